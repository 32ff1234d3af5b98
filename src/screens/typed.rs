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

/// What is kept of a memo, for a page.
#[derive(Serialize)]
pub(super) struct KeptText {
    memo: String,
    /// Who typed it: "Ana Ruiz on SOS-PC-114".
    who: String,
    at: String,
    /// The names of the fields and what they say, as JSON.
    fields: String,
    /// The fields that say something else than what was read.
    changed: Vec<FieldText>,
}

/// A field that somebody typed into.
#[derive(Serialize)]
struct FieldText {
    name: String,
    text: String,
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
        let _turn = open.typing();
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
        let memo = form.get("memo").unwrap_or_default();
        forget(&shared, &open, memo);
        Answer::Go(format!("/memo/{}", values::encoded(memo)))
    })
    .await
}

/// What was typed and not saved: my own, or that of others.
fn texts(shared: &Shared, open: &OpenFolder, own: bool) -> impl Iterator<Item = TypedText> + use<> {
    let (by, machine) = (shared.settings().person(&open.root), shared.machine.clone());
    typed_texts(&open.root).into_iter().filter(move |text| text.is_of(by.as_deref(), &machine) == own)
}

/// What I typed into a memo and did not save.
pub(super) fn mine(shared: &Shared, open: &OpenFolder, memo: &str) -> Option<KeptText> {
    texts(shared, open, true).find(|text| text.memo == memo).map(|text| kept(open, text))
}

/// What others typed into a memo and did not save.
pub(super) fn others(shared: &Shared, open: &OpenFolder, memo: &str) -> Vec<KeptText> {
    texts(shared, open, false).filter(|text| text.memo == memo).map(|text| kept(open, text)).collect()
}

/// Who typed into a memo and did not save, and when: "Ana Ruiz on SOS-PC-114, March 2, 2026 at 4:50 p.m."
pub(super) fn all(shared: &Shared, open: &OpenFolder, memo: &str) -> Vec<String> {
    let all = mine(shared, open, memo).into_iter().chain(others(shared, open, memo));
    all.map(|text| format!("{}, {}", text.who, text.at)).collect()
}

/// All that I typed and did not save.
pub(super) fn unsaved(shared: &Shared, open: &OpenFolder) -> Vec<KeptText> {
    texts(shared, open, true).map(|text| kept(open, text)).collect()
}

/// Forgets what I typed into a memo: it is saved, or it is not wanted.
pub(super) fn forget(shared: &Shared, open: &OpenFolder, memo: &str) {
    let _turn = open.typing();
    for text in texts(shared, open, true).filter(|text| text.memo == memo) {
        // What stays behind is offered once more, and nothing is lost.
        let _ = text.forget(&open.root);
    }
}

fn kept(open: &OpenFolder, text: TypedText) -> KeptText {
    let by = text.by.map_or_else(|| "Somebody".to_owned(), |id| open.person_name(&id).unwrap_or(id));
    let read = |key: &str| {
        let was = format!("was:{key}");
        text.fields.iter().find(|(name, _)| *name == was).map(|(_, read)| read)
    };
    let changed = text.fields.iter().filter_map(|(name, said)| {
        let key = name.strip_prefix("now:")?;
        (read(key) != Some(said)).then(|| FieldText { name: key.to_owned(), text: said.clone() })
    });
    KeptText {
        who: format!("{by} on {}", text.machine),
        at: values::moment(text.at),
        changed: changed.collect(),
        fields: serde_json::json!(text.fields).to_string(),
        memo: text.memo,
    }
}
