//! What somebody types, kept a second after the last key: so that nothing is lost, whatever ends the desk or the browser.
//!
//! In: a form's fields as they are typed. Out: a file in the working folder; what is kept of a form, by whom. It is never taken over by
//! itself. Not here: where the files lie (`folder::typed`).

use std::{borrow::Cow, collections::BTreeMap, sync::Arc};

use axum::{extract::State, http::StatusCode, response::Response};
use serde::Serialize;
use tera::Context;

use super::{
    open::{OpenFolder, Shared},
    request::{Answer, Desk, FormData},
    unhurried, values,
};
use crate::folder::{TypedText, typed_texts};

/// What is kept of a form, for a page.
#[derive(Serialize)]
pub(super) struct KeptText {
    /// The form's address.
    page: String,
    /// What the form is called: "26002", "the office".
    name: String,
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
        let fields = form.iter().filter(|(name, _)| !["token", "page", "do"].contains(name));
        let text = TypedText {
            page: page(&form).to_owned(),
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
        let page = page(&form);
        forget(&shared, &open, page);
        Answer::Go(page.to_owned())
    })
    .await
}

/// The form that is meant: an address of this desk.
fn page(form: &FormData) -> &str {
    let page = form.get("page").unwrap_or_default();
    if page.starts_with('/') && !page.starts_with("//") { page } else { "/" }
}

/// What was typed and not saved: my own, or that of others.
fn texts(shared: &Shared, open: &OpenFolder, own: bool) -> impl Iterator<Item = TypedText> + use<> {
    let (mine, others) = parted(shared, open);
    if own { mine.into_iter() } else { others.into_iter() }
}

/// What was typed and not saved: my own, and that of others.
fn parted(shared: &Shared, open: &OpenFolder) -> (Vec<TypedText>, Vec<TypedText>) {
    let (by, machine) = (shared.settings().person(&open.root), shared.machine.clone());
    typed_texts(&open.root).into_iter().partition(|text| text.is_of(by.as_deref(), &machine))
}

/// What I typed into a form and did not save.
pub(super) fn mine(shared: &Shared, open: &OpenFolder, page: &str) -> Option<KeptText> {
    texts(shared, open, true).find(|text| address(text) == page).map(|text| kept(open, text))
}

/// Who typed into which form and did not save, and when, by the form's address: "Ana Ruiz on SOS-PC-114, March 2, 2026 at 4:50 p.m."
pub(super) fn all(open: &OpenFolder) -> BTreeMap<String, Vec<String>> {
    let mut all: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for text in typed_texts(&open.root) {
        let KeptText { page, who, at, .. } = kept(open, text);
        all.entry(page).or_default().push(format!("{who}, {at}"));
    }
    all
}

/// All that I typed and did not save.
pub(super) fn unsaved(shared: &Shared, open: &OpenFolder) -> Vec<KeptText> {
    texts(shared, open, true).map(|text| kept(open, text)).collect()
}

/// Whether anybody typed something at this machine and did not save it.
pub(super) fn is_unsaved(shared: &Shared, open: &OpenFolder) -> bool {
    typed_texts(&open.root).iter().any(|text| text.machine == shared.machine)
}

/// Gives a form's page what was typed into it and not saved.
pub(super) fn offer(shared: &Shared, open: &OpenFolder, page: &str, context: &mut Context) {
    context.insert("page", page);
    let (mine, others) = parted(shared, open);
    let of_page = |texts: Vec<TypedText>| {
        let texts = texts.into_iter().filter(|text| address(text) == page);
        texts.map(|text| kept(open, text)).collect::<Vec<_>>()
    };
    context.insert("mine", &of_page(mine).into_iter().next());
    context.insert("typed", &of_page(others));
}

/// A part of a form was saved, in the fields that are named; keeps what else was typed into it, if there is something.
pub(super) fn keep_rest(
    shared: &Shared,
    open: &OpenFolder,
    page: &str,
    form: &FormData,
    is_rest: impl Fn(&str) -> bool,
) {
    let rest = form.iter().filter(|(name, text)| is_rest(name) && !text.trim().is_empty());
    let fields: Vec<(String, String)> = rest.map(|(name, text)| (name.to_owned(), text.to_owned())).collect();
    if fields.is_empty() {
        return forget(shared, open, page);
    }
    let text = TypedText {
        page: page.to_owned(),
        by: shared.settings().person(&open.root),
        machine: shared.machine.clone(),
        at: shared.now(),
        fields,
    };
    let _turn = open.typing();
    // What was kept before has all of it, too.
    let _ = text.keep(&open.root);
}

/// Forgets what I typed into a form: it is saved, or it is not wanted.
pub(super) fn forget(shared: &Shared, open: &OpenFolder, page: &str) {
    let _turn = open.typing();
    for text in texts(shared, open, true).filter(|text| address(text) == page) {
        // What stays behind is offered once more, and nothing is lost.
        let _ = text.forget(&open.root);
    }
}

/// Where a text was typed. Earlier programs kept texts of memos only.
fn address(text: &TypedText) -> Cow<'_, str> {
    match text.page.starts_with('/') {
        true => Cow::Borrowed(&text.page),
        false => Cow::Owned(format!("/memo/{}", values::encoded(&text.page))),
    }
}

/// What a form is called in a sentence, by its address.
fn name(page: &str) -> String {
    let parts: Vec<&str> = page.split('/').skip(1).collect();
    match parts.as_slice() {
        ["memo", id] => values::decoded(id),
        ["memo", id, "correct"] => format!("the correction of {}", values::decoded(id)),
        ["memo", id, "review"] => format!("a comment on {}", values::decoded(id)),
        ["office"] => "the office".to_owned(),
        ["release", id] => format!("release {}", values::decoded(id)),
        ["release", id, "tasks"] => format!("the steps of release {}", values::decoded(id)),
        ["new"] => "New memo".to_owned(),
        ["file", "office", _] => "the file of the office".to_owned(),
        ["file", _, id] => format!("the file of {}", values::decoded(id)),
        _ => page.to_owned(),
    }
}

fn kept(open: &OpenFolder, text: TypedText) -> KeptText {
    let page = address(&text).into_owned();
    let by = text.by.map_or_else(|| "Somebody".to_owned(), |id| open.person_name(&id).unwrap_or(id));
    let field = |name: &str| text.fields.iter().find(|(known, _)| known == name).map(|(_, value)| value);
    let changed = text.fields.iter().filter_map(|(name, said)| {
        let (key, read) = match name.strip_prefix("now:") {
            Some(key) => (key, field(&format!("was:{key}"))),
            None if name == "text" => ("The file", field("read")),
            None => return None,
        };
        (read != Some(said)).then(|| FieldText { name: key.to_owned(), text: said.clone() })
    });
    KeptText {
        who: format!("{by} on {}", text.machine),
        at: values::moment(text.at),
        changed: changed.collect(),
        fields: serde_json::json!(text.fields).to_string(),
        name: name(&page),
        page,
    }
}
