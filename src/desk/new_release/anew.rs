//! A release with a name and milestones of its own.
//!
//! In: the text of a blank release. Out: the same text with both in it. Not here: its steps.

use super::{NewMilestone, NewPlan};
use crate::{
    desk::{NotADelay, Refused},
    model::{Day, Id, NotAnId},
    yaml::edit::{self, At, Value},
};

/// The milestone whose name a blank release has without a day.
const UNDATED: &str = "release";

/// Writes them; `file` is the release's, for what is refused.
pub(super) fn with(text: String, plan: &NewPlan, file: &str) -> Result<String, Refused> {
    let not_edited =
        || Refused::NotEdited { what: file.to_owned(), instead: "begin a blank release".to_owned() };
    let at = |key: &str| At::default().key(key);
    let mut text = text;
    if !plan.title.trim().is_empty() {
        let title = Value::Text(plan.title.trim().to_owned());
        text = edit::set_at(&text, &at("name"), &title).ok_or_else(not_edited)?;
    }
    let mut ids: Vec<Id> = Vec::new();
    for milestone in &plan.milestones {
        let id = id_of(milestone)?;
        if ids.contains(&id) {
            return Err(Refused::EntryTaken { key: id.to_string(), file: "the new release".to_owned() });
        }
        let place = at("milestones").key(id.as_str());
        text = edit::set_at(&text, &place, &days(milestone)?).ok_or_else(not_edited)?;
        ids.push(id);
    }
    if !ids.is_empty() && ids.iter().all(|id| id.as_str() != UNDATED) {
        text = edit::remove_at(&text, &at("milestones").key(UNDATED)).ok_or_else(not_edited)?;
    }
    Ok(text)
}

fn id_of(milestone: &NewMilestone) -> Result<Id, Refused> {
    let name = milestone.name.trim();
    // What stands for it in rules is made of its letters: none is dropped in silence.
    if name.chars().any(|c| c.is_alphanumeric() && !c.is_ascii()) {
        return Err(Refused::BadLetters { name: name.to_owned() });
    }
    let nearest =
        |not: NotAnId| not.nearest.ok_or_else(|| Refused::BadName { name: name.to_owned(), near: None });
    name.parse().or_else(nearest)
}

fn days(milestone: &NewMilestone) -> Result<Value, Refused> {
    let NewMilestone { name, start, end } = milestone;
    let day = |day: &Day| Value::Text(day.written());
    let Some(end) = end else { return Ok(day(start)) };
    match (start, end) {
        (Day::Known(first), Day::Known(last)) if last < first => {
            Err(Refused::NotADelay(NotADelay::EndsFirst { milestone: name.clone(), end: *last }))
        }
        _ => Ok(Value::Map(vec![("start".to_owned(), day(start)), ("end".to_owned(), day(end))])),
    }
}
