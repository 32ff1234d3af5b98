//! A day that is put into a text: the ways to write it.
//!
//! In: a day as somebody types it, and the memo. Out: the day in words, with its weekday, and the facts that are on that day today.
//! Nothing is saved.

use axum::response::Response;
use serde::Serialize;

use super::{
    open::OpenFolder,
    request::{Answer, Desk, FormData},
    unhurried,
};
use crate::{
    desk,
    model::date::{self, NotADate},
    records::Readings,
};

/// What is typed for a day, or why it is none.
#[derive(Serialize)]
struct DayWays {
    said: String,
    ways: Vec<Way>,
}

/// A way to write the day.
#[derive(Serialize)]
struct Way {
    /// What its button says.
    words: String,
    /// What it puts into the text.
    text: String,
}

/// `POST /day`.
pub(super) async fn ways(Desk(open): Desk, form: FormData) -> Response {
    unhurried(move || {
        let ways = found(&open, &form);
        Answer::Data(serde_json::to_string(&ways).expect("it holds texts, which are JSON"))
    })
    .await
}

fn found(open: &OpenFolder, form: &FormData) -> DayWays {
    let typed = form.get("day").unwrap_or_default().trim();
    let none = |said: String| DayWays { said, ways: Vec::new() };
    let day = match date::read(typed) {
        Ok(day) => day,
        Err(NotADate::Impossible) => return none(format!("There is no {typed}.")),
        Err(NotADate::Form) if typed.is_empty() => {
            return none("Type a day first, such as 3/2/2026.".to_owned());
        }
        Err(NotADate::Form) => {
            return none(format!("“{typed}” is not read as a day. Type it like 3/2/2026 or March 2, 2026."));
        }
    };
    let prose = date::prose(day);
    let with_weekday = format!("{}, {prose}", date::weekday(day));
    let plain = [prose.clone(), with_weekday].map(|text| Way { words: text.clone(), text });
    let known = match (open.snapshot(), form.get("memo")) {
        (Ok(snapshot), Some(memo)) => desk::facts(&snapshot, memo, &mut Readings::default()),
        _ => Vec::new(),
    };
    let follows = known.into_iter().filter(|fact| fact.printed == prose);
    let follows = follows.map(|fact| Way {
        words: format!("{}: {}, which moves with it", fact.group, fact.label),
        text: fact.insert,
    });
    DayWays { said: "How is it written?".to_owned(), ways: plain.into_iter().chain(follows).collect() }
}
