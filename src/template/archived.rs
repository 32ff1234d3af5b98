//! The path of a memo that exists as a file only.
//!
//! In: an archived memo, the office. Out: its path without an ending, by the office's `published_as`. Not here: its file.

use chrono::Datelike as _;
use serde::Serialize;

use super::{Engine, Values};
use crate::{
    diagnostic::{Faults, Sources},
    model::{Archived, Office, date},
};

/// What is known of an archived memo: nobody's initials are.
#[derive(Serialize)]
struct ArchivedView<'a> {
    id: &'a str,
    number: &'a str,
    date: String,
    year: i32,
    month: &'static str,
    status: &'static str,
    initials: &'static str,
}

#[derive(Serialize)]
struct ArchivedContext<'a> {
    memo: ArchivedView<'a>,
    state: &'a str,
}

/// Where an archived memo is published, without an ending; `None` if the office's pattern needs more than is known of it.
pub fn archived_path(memo: &Archived, office: &Office, engine: &Engine, sources: &Sources) -> Option<String> {
    let view = ArchivedView {
        id: memo.id.as_str(),
        number: &memo.number,
        date: date::prose(memo.date),
        year: memo.date.year(),
        month: date::month(memo.date),
        status: "archived",
        initials: "",
    };
    let values = Values::of(&ArchivedContext { memo: view, state: &office.state });
    engine.plain(&office.published_as, &values, sources, &mut Faults::default())
}
