//! What a form's page tells at its top, when it happens: who else has it open, and what others have saved since it was read.
//!
//! In: the form as it stands in a window, with the mark of what it read. Out: a few lines; what Save would do is asked of the plan that Save
//! would carry out. What is typed is not touched. Not here: who is there (`presence`).

use std::{collections::BTreeMap, sync::Arc};

use axum::{extract::State, response::Response};
use chrono::NaiveDateTime;
use serde::Serialize;
use tera::Context;

use super::{
    file::{address, own, screen},
    form,
    open::{OpenFolder, Shared},
    presence, refusal,
    request::{Answer, Desk, FormData, Named},
    unhurried, values,
};
use crate::{
    desk::{self, Refused, SourceFile},
    folder::{Snapshot, TextChange, history},
    output::digest,
    words::series,
};

/// How many fields are named.
const NAMED: usize = 4;

/// What has changed since a form was read.
#[derive(Default, Serialize)]
struct ChangeNote {
    /// "Maria Lopez changed Subject at 4:52 p.m."
    said: String,
    /// What becomes of what was typed.
    then: String,
    /// The page as it is now, if nothing was typed that would be left behind.
    show: Option<String>,
}

/// Gives a form's page the place for its news: the address that has them, the mark of what is read, who is there now.
pub(super) fn place(
    shared: &Shared,
    open: &OpenFolder,
    texts: &[(&str, &str)],
    file: &SourceFile,
    context: &mut Context,
) {
    context.insert("news_of", &screen(file));
    context.insert("mark", &mark(texts.iter().copied()));
    context.insert("people", &presence::lines(shared, open, &screen(file), ""));
}

/// `POST /news/...`: what is new for a form.
pub(super) async fn news(
    State(shared): State<Arc<Shared>>,
    Desk(open): Desk,
    named: Named,
    form: FormData,
) -> Response {
    unhurried(move || {
        let window = form.get("window").unwrap_or_default();
        let mut context = Context::new();
        context.insert("people", &presence::lines(&shared, &open, &screen(&named.file), window));
        context.insert("change", &changed(&shared, &open, &named, &form));
        Answer::Page(shared.pages.part("news.html", &context))
    })
    .await
}

/// What others changed; a folder that cannot be read now has no news.
fn changed(shared: &Shared, open: &OpenFolder, named: &Named, form: &FormData) -> Option<ChangeNote> {
    let snapshot = open.snapshot().ok()?;
    let is_text = form.get("read").is_some();
    let texts = match is_text {
        true => own(&snapshot, &named.file).map(|own| vec![own]),
        false => desk::texts(&snapshot, &named.file),
    };
    let texts = texts.unwrap_or_default();
    let read = form.get("mark").unwrap_or_default();
    let is_same = mark(texts.iter().copied()) == read;
    let effect = match is_text {
        true => effect_on_text(&snapshot, named, form),
        false => effect_on_form(&snapshot, &named.file, form),
    };
    let effect = match effect {
        Err(_) if is_same => return None,
        Err(refused) => return Some(refusal(&refused)),
        Ok(effect) if is_same && effect.changed.is_empty() => return None,
        Ok(effect) => effect,
    };
    let (who, at) = authors(open, &texts, read).unwrap_or_default();
    let who = match who.as_slice() {
        [] => "Somebody".to_owned(),
        who => series(who),
    };
    let at = at.map(|at| {
        let now = shared.now();
        let before = if at.date() == now.date() { "at" } else { "on" };
        format!(" {before} {}", values::lately(at, now))
    });
    let at = at.unwrap_or_default();
    let then = match (effect.both.as_slice(), effect.typed) {
        ([], true) => "Save keeps that and what you typed.".to_owned(),
        ([], false) => "This page still shows what it said before.".to_owned(),
        (both, _) => format!("You changed {} too: Save will show both texts, and you decide.", few(both)),
    };
    let page = if is_text { address(named.kind, &named.id) } else { screen(&named.file) };
    let show = (!effect.typed).then_some(page);
    let said = format!("{who} changed {}{at}", few(&effect.changed));
    // A time of day ends with a period of its own.
    let said = if said.ends_with('.') { said } else { format!("{said}.") };
    Some(ChangeNote { said, then, show })
}

/// What Save would do.
struct Effect {
    /// The labels of the fields that others changed.
    changed: Vec<String>,
    /// Those of them that were changed here, too.
    both: Vec<String>,
    /// Whether something was typed here.
    typed: bool,
}

fn effect_on_form(snapshot: &Snapshot, file: &SourceFile, form: &FormData) -> Result<Effect, Refused> {
    let report = desk::save_form(snapshot, file, &form::request(form, &[]))?.report;
    let both: Vec<String> = report.conflicts.into_iter().map(|conflict| conflict.label).collect();
    let added = form.iter().any(|(name, text)| name.starts_with("add:") && !text.trim().is_empty());
    let typed = added || !report.set.is_empty() || !both.is_empty();
    Ok(Effect { changed: [report.merged, both.clone()].concat(), both, typed })
}

fn effect_on_text(snapshot: &Snapshot, named: &Named, form: &FormData) -> Result<Effect, Refused> {
    let [read, typed] = ["read", "text"].map(|name| form.get(name).unwrap_or_default());
    let (path, _) = own(snapshot, &named.file)?;
    let report = desk::save_text(snapshot, &named.file, path, read, typed)?.report;
    let typed = read != typed;
    let both = (typed && report.now.is_some()).then(|| "this file".to_owned());
    Ok(Effect { changed: Vec::new(), both: both.into_iter().collect(), typed })
}

/// Why the form could not be saved any more.
fn refusal(refused: &Refused) -> ChangeNote {
    let [said, then] = match refused {
        Refused::Locked { .. } => [
            "This memo has been issued meanwhile, so it is locked.",
            "What you typed is kept, and can no longer be saved here.",
        ],
        Refused::Unknown { .. } => [
            "This is no longer here: somebody deleted it, or gave it another name.",
            "What you typed is kept.",
        ],
        refused => {
            let said = "Somebody changed this, and it cannot be saved as it is now.".to_owned();
            return ChangeNote { said, then: refusal::words(refused), show: None };
        }
    };
    ChangeNote { said: said.to_owned(), then: then.to_owned(), show: None }
}

/// Some labels, and how many more there are.
fn few(labels: &[String]) -> String {
    let mut named: Vec<String> = Vec::new();
    labels.iter().for_each(|label| {
        if !named.contains(label) {
            named.push(label.clone());
        }
    });
    match named.len() {
        0 => "this file".to_owned(),
        count if count > NAMED => {
            named.truncate(NAMED - 1);
            series(&[named, vec![format!("{} other fields", count - NAMED + 1)]].concat())
        }
        _ => series(&named),
    }
}

/// What tells whether texts are still the ones that were read.
fn mark<'t>(texts: impl Iterator<Item = (&'t str, &'t str)>) -> String {
    let all: String = texts.map(|(path, text)| format!("{path}\0{text}\0")).collect();
    digest(all.as_bytes())
}

/// Who wrote what has been written since a form was read, and when the last of it; none if not all of it is in the history.
fn authors(
    open: &OpenFolder,
    texts: &[(&str, &str)],
    read: &str,
) -> Option<(Vec<String>, Option<NaiveDateTime>)> {
    let mut then: BTreeMap<String, String> =
        texts.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
    let order: Vec<&str> = texts.iter().map(|(path, _)| *path).collect();
    let (mut who, mut last) = (Vec::new(), None);
    for change in history(&open.root) {
        let is_of_it = |text: &TextChange| then.contains_key(text.path.as_str());
        let of_it: Vec<TextChange> = change.texts.into_iter().filter(is_of_it).collect();
        if of_it.is_empty() {
            continue;
        }
        for text in of_it {
            let now = then.get_mut(text.path.as_str())?;
            if text.after.as_ref() != Some(now) {
                return None;
            }
            *now = text.before.unwrap_or_default();
        }
        let by = change.by.map_or_else(|| "Somebody".to_owned(), |id| open.person_name(&id).unwrap_or(id));
        if !who.contains(&by) {
            who.push(by);
        }
        last = last.or(change.at);
        if mark(order.iter().map(|path| (*path, then[*path].as_str()))) == read {
            who.reverse();
            return Some((who, last));
        }
    }
    None
}
