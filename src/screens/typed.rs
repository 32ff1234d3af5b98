//! What somebody types, kept a second after the last key: so that nothing is lost, whatever ends the desk or the browser.
//!
//! In: a form's fields as they are typed. Out: a file in the working folder; what is kept of a memo, by whom. It is never taken over by
//! itself. Not here: where the files lie (`folder::typed`).

use std::sync::Arc;

use axum::{extract::State, http::StatusCode, response::Response};
use serde::Serialize;

use super::{
    open::{OpenFolder, Shared},
    request::{Answer, Desk, FormData},
    unhurried, values,
};
use crate::folder::{TypedText, typed_texts};

/// What is kept of a memo, for its page.
#[derive(Serialize)]
pub(super) struct KeptText {
    memo: String,
    /// Who typed it: "Ana Ruiz on SOS-PC-114".
    who: String,
    at: String,
    /// The names of the fields and what they say, as JSON.
    fields: String,
}

/// `POST /typed`: keeps what is typed.
pub(super) async fn keep(State(shared): State<Arc<Shared>>, Desk(open): Desk, form: FormData) -> Response {
    unhurried(move || {
        let fields = form.iter().filter(|(name, _)| !["token", "memo", "do"].contains(name));
        let text = TypedText {
            memo: form.get("memo").unwrap_or_default().to_owned(),
            by: shared.settings().person(&open.root),
            machine: shared.machine.clone(),
            at: shared.now(),
            fields: fields.map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
        };
        match text.keep(&open.root) {
            Ok(()) => Answer::Data(serde_json::json!({ "kept": values::clock(text.at) }).to_string()),
            Err(failed) => Answer::Problem(StatusCode::INSUFFICIENT_STORAGE, failed.to_string()),
        }
    })
    .await
}

/// `POST /typed/leave`: what was kept is not wanted.
pub(super) async fn leave(State(shared): State<Arc<Shared>>, Desk(open): Desk, form: FormData) -> Response {
    unhurried(move || {
        let memo = form.get("memo").unwrap_or_default().to_owned();
        forget(&shared, &open, &memo);
        Answer::Go(format!("/memo/{}", values::encoded(&memo)))
    })
    .await
}

/// What I typed into a memo and did not save.
pub(super) fn mine(shared: &Shared, open: &OpenFolder, memo: &str) -> Option<KeptText> {
    let by = shared.settings().person(&open.root);
    let mut texts = typed_texts(&open.root).into_iter();
    texts
        .find(|text| text.memo == memo && text.is_of(by.as_deref(), &shared.machine))
        .map(|text| kept(open, text))
}

/// A field that somebody typed into.
#[derive(Serialize)]
pub(super) struct FieldText {
    name: String,
    text: String,
}

/// The fields that I typed into and did not save.
pub(super) fn texts(shared: &Shared, open: &OpenFolder, memo: &str) -> Vec<FieldText> {
    let by = shared.settings().person(&open.root);
    let mine = typed_texts(&open.root)
        .into_iter()
        .find(|text| text.memo == memo && text.is_of(by.as_deref(), &shared.machine));
    let fields = mine.map(|text| text.fields).unwrap_or_default();
    let read =
        |key: &str| fields.iter().find(|(name, _)| *name == format!("was:{key}")).map(|(_, read)| read);
    let changed = fields.iter().filter_map(|(name, text)| {
        let key = name.strip_prefix("now:")?;
        let name = key.to_owned();
        (read(key) != Some(text)).then(|| FieldText { name, text: text.clone() })
    });
    changed.collect()
}

/// What others typed into a memo and did not save.
pub(super) fn others(shared: &Shared, open: &OpenFolder, memo: &str) -> Vec<KeptText> {
    let by = shared.settings().person(&open.root);
    let texts = typed_texts(&open.root).into_iter();
    let others = texts.filter(|text| text.memo == memo && !text.is_of(by.as_deref(), &shared.machine));
    others.map(|text| kept(open, text)).collect()
}

/// All that I typed and did not save.
pub(super) fn unsaved(shared: &Shared, open: &OpenFolder) -> Vec<KeptText> {
    let by = shared.settings().person(&open.root);
    let texts = typed_texts(&open.root).into_iter();
    texts.filter(|text| text.is_of(by.as_deref(), &shared.machine)).map(|text| kept(open, text)).collect()
}

/// Forgets what I typed into a memo: it is saved, or it is not wanted.
pub(super) fn forget(shared: &Shared, open: &OpenFolder, memo: &str) {
    let by = shared.settings().person(&open.root);
    let mine = typed_texts(&open.root).into_iter();
    for text in mine.filter(|text| text.memo == memo && text.is_of(by.as_deref(), &shared.machine)) {
        // What stays behind is offered once more, and nothing is lost.
        let _ = text.forget(&open.root);
    }
}

fn kept(open: &OpenFolder, text: TypedText) -> KeptText {
    let by = text.by.map(|id| open.person_name(&id).unwrap_or(id));
    let who = match by {
        Some(by) => format!("{by} on {}", text.machine),
        None => format!("Somebody on {}", text.machine),
    };
    let at = format!("{} at {}", crate::model::date::prose(text.at.date()), values::clock(text.at));
    let fields = serde_json::json!(text.fields).to_string();
    KeptText { memo: text.memo, who, at, fields }
}
