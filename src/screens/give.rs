//! Somebody leaves the office: the drafts that are still from this person go to somebody else.
//!
//! In: a form of the office's page. Out: what that page says of it; the drafts given. Not here: whose drafts they are, which the desk
//! finds.

use std::sync::Arc;

use axum::{extract::State, response::Response};
use serde::Serialize;

use super::{
    open::{OpenFolder, Shared},
    request::{Answer, Desk, FormData, answered},
    slip::built_words,
    unhurried,
};
use crate::{
    desk::{self, Refused},
    folder::{Plan, Snapshot},
    model::date,
    words::{counted, series},
};

/// Somebody who leaves, as the page tells it.
#[derive(Serialize)]
pub(super) struct LeavingLine {
    id: String,
    /// "2 drafts are from Ana Ruiz, whose last day is September 30, 2026:".
    words: String,
    drafts: Vec<String>,
    /// Who can take them over: ids and names.
    others: Vec<(String, String)>,
}

/// Who leaves and still has drafts.
pub(super) fn lines(snapshot: &Snapshot, open: &OpenFolder) -> Vec<LeavingLine> {
    let mut left = desk::leaving(snapshot);
    let leaves: Vec<String> = left.iter().map(|person| person.id.clone()).collect();
    let people = open.people();
    let stays = |(id, _): &&(String, String)| !leaves.contains(id);
    left.retain(|person| !person.drafts.is_empty());
    let line = |person: desk::LeavingPerson| {
        let drafts = counted(person.drafts.len(), "draft");
        let are = if person.drafts.len() == 1 { "is" } else { "are" };
        LeavingLine {
            words: format!(
                "{drafts} {are} from {}, whose last day is {}:",
                person.name,
                date::prose(person.last_day)
            ),
            id: person.id,
            drafts: person.drafts,
            others: people.iter().filter(stays).cloned().collect(),
        }
    };
    left.into_iter().map(line).collect()
}

/// `POST /office/give`: drafts of somebody who leaves, and who takes them over.
pub(super) async fn give(State(shared): State<Arc<Shared>>, Desk(open): Desk, form: FormData) -> Response {
    unhurried(move || answered(&shared, given(&shared, &open, &form))).await
}

fn given(shared: &Shared, open: &OpenFolder, form: &FormData) -> Result<Answer, Refused> {
    let from = form.get("person").unwrap_or_default();
    let Some(to) = form.filled("to") else {
        shared.say("/office", "Not given yet: choose who takes the drafts over.".to_owned());
        return Ok(Answer::Go("/office".to_owned()));
    };
    let shown = form.all("draft");
    let written = shared.carry_out(open, |now| {
        // What somebody else has given away meanwhile is not this person's any more.
        let is_theirs =
            desk::leaving(now).into_iter().any(|person| person.id == from && person.drafts == shown);
        match is_theirs {
            true => Ok(desk::and_build(now, desk::give_drafts(now, from, to, &shown)?)?.map(Some)),
            false => Ok(Plan::nothing(None)),
        }
    })?;
    let name = |id: &str| open.person_name(id).unwrap_or_else(|| id.to_owned());
    let said = match written {
        Some((given, built)) => {
            format!(
                "{} went from {} to {}. {}",
                series(&given.drafts),
                name(from),
                name(to),
                built_words(&built)
            )
        }
        None => "Not given: the drafts are others by now. Look at them again.".to_owned(),
    };
    shared.say("/office", said);
    Ok(Answer::Go("/office".to_owned()))
}
