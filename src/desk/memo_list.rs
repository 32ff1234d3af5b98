//! All memos as a list shows them, from their own files alone: at once, also of thousands, and of those that have faults.
//!
//! In: a snapshot. Out: a row for each memo whose file could be read. Not here: what each still needs (`status`).

use serde::Serialize;

use super::{Reviewed, written_status};
use crate::{folder::Snapshot, model::date, yaml::outline};

/// A memo of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ListedMemo {
    /// Its id.
    pub id: String,
    /// Its printed number.
    pub number: Option<String>,
    /// Its date, in words; as it is written if that is no date.
    pub date: String,
    /// How far it says it has come.
    pub status: String,
    /// Its subject, as it is written.
    pub subject: String,
    /// The id of the person who is on it.
    pub analyst: Option<String>,
    /// Who reads it, or has approved it.
    pub review: Option<Reviewed>,
    /// Whether it is not issued yet, or says no status that there is.
    pub is_in_work: bool,
}

/// The memos: those in work first; then the last first.
pub fn memo_list(snapshot: &Snapshot) -> Vec<ListedMemo> {
    let files = snapshot.texts.memos.iter();
    let mut listed: Vec<_> = files.map(|(id, source)| row(id, &snapshot.sources.get(*source).text)).collect();
    listed.sort_by(|(a, day_a), (b, day_b)| (b.is_in_work, day_b, &b.id).cmp(&(a.is_in_work, day_a, &a.id)));
    listed.into_iter().map(|(memo, _)| memo).collect()
}

fn row(id: &str, text: &str) -> (ListedMemo, Option<chrono::NaiveDate>) {
    let entries = outline(text).unwrap_or_default();
    let value = |key: &str| entries.iter().find(|entry| entry.path == key)?.text.clone();
    let written = value("date").unwrap_or_default();
    let day = date::read(&written).ok();
    let is_archived = value("archive").is_some();
    let has_gone_out = written_status(&entries).is_some_and(|status| !status.is_open());
    let memo = ListedMemo {
        id: id.to_owned(),
        number: value("number"),
        date: day.map_or(written, date::prose),
        is_in_work: !has_gone_out && !is_archived,
        review: Reviewed::of(&entries),
        status: value("status")
            .unwrap_or_else(|| if is_archived { "archived".to_owned() } else { String::new() }),
        subject: value("subject").or_else(|| value("title")).unwrap_or_default(),
        analyst: value("analyst").or_else(|| value("from")),
    };
    (memo, day)
}
