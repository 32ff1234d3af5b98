//! What was done to a file and the texts beside it: who, when, what; each earlier version, with the way back to it.
//!
//! In: the journals of the folder, the file as it is. Out: a page; an earlier version brought back. Not here: what a journal is (`folder`).

use std::{collections::BTreeMap, sync::Arc};

use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::Response,
};
use serde::Serialize;
use tera::Context;

use super::{
    file::{self, screen},
    open::{OpenFolder, Shared},
    refusal,
    request::{Answer, Desk, FormData, Named, answered},
    typed, unhurried, values,
    versions::{Version, versions},
};
use crate::{
    desk::{self, DeleteReport, Refused},
    folder::Snapshot,
    in_common::in_common,
    output::digest,
};

/// How many changes a page shows.
const SHOWN: usize = 50;

/// A change of a file, as a page shows it.
#[derive(Serialize)]
struct HistoryLine {
    place: String,
    when: String,
    who: String,
    what: String,
    /// The name of the text.
    file: String,
    /// The lines that went and came, with what stands before each: `-`, `+`.
    lines: Vec<(char, String)>,
    /// The digest of the text as it is now, if the version before this change can come back.
    now: Option<String>,
    /// The name that the memo has by now, if it went under this one.
    renamed: Option<String>,
}

/// `GET /history/KIND/ID?from=50`.
pub(super) async fn show(
    State(shared): State<Arc<Shared>>,
    Desk(open): Desk,
    named: Named,
    Query(asked): Query<Vec<(String, String)>>,
) -> Response {
    unhurried(move || {
        let from = FormData::asked(asked).get("from").and_then(|from| from.parse().ok()).unwrap_or(0);
        answered(&shared, page(&shared, &open, &named, from))
    })
    .await
}

/// `POST /history/KIND/ID`: a text becomes what it was before a change.
pub(super) async fn bring_back(
    State(shared): State<Arc<Shared>>,
    Desk(open): Desk,
    named: Named,
    form: FormData,
) -> Response {
    unhurried(move || answered(&shared, brought_back(&shared, &open, &named, &form))).await
}

/// The history of what was deleted, where it can be brought back; what is typed in it and not saved is forgotten.
pub(super) fn deleted(shared: &Shared, open: &OpenFolder, named: &Named, report: &DeleteReport) -> Answer {
    typed::forget(shared, open, &screen(&named.file));
    typed::forget(shared, open, &file::address(named.kind, &named.id));
    let page = format!("/history/{}/{}", named.kind, values::encoded(&report.id));
    shared.say(&page, format!("{} is deleted. Here it can be brought back.", report.id));
    Answer::Go(page)
}

fn brought_back(
    shared: &Shared,
    open: &OpenFolder,
    named: &Named,
    form: &FormData,
) -> Result<Answer, Refused> {
    const SEEN: &str = "The file has been changed since this page was shown. Look at its history again.";
    let missing =
        |words: &str| Ok(Answer::Problem(StatusCode::NOT_FOUND, shared.pages.refusal(shared, words)));
    let snapshot = open.snapshot()?;
    let wanted = form.filled("place").unwrap_or_default();
    let versions = versions(&snapshot, &open.root, &named.file);
    let renamed = renamed(&snapshot, &versions);
    let version = versions.into_iter().find(|version| version.place == wanted);
    let Some((earlier, version)) = version.and_then(|version| Some((version.before.clone()?, version)))
    else {
        return missing("There is no such version.");
    };
    let path = version.path.as_str();
    if let Some(name) = renamed.get(path) {
        return missing(&format!("This memo is {name} by now. Look at the history of {name}."));
    }
    if !snapshot.texts.files.contains(path) {
        let gone = match version.gone.iter().any(|(gone, _)| gone == path) {
            true => version.gone,
            // Somebody else has removed it.
            false => vec![(path.to_owned(), earlier)],
        };
        shared.carry_out(open, |snapshot| desk::restore_texts(snapshot, &gone))?;
        return Ok(Answer::Go(screen(&named.file)));
    }
    let texts = desk::texts(&snapshot, &named.file)?;
    let now = texts.iter().find(|(known, _)| *known == path).map(|(_, text)| (*text).to_owned());
    let Some(now) = now.filter(|now| form.get("digest") == Some(digest(now.as_bytes()).as_str())) else {
        return missing(SEEN);
    };
    let report =
        shared.carry_out(open, |snapshot| desk::bring_back(snapshot, &named.file, path, &now, &earlier))?;
    if report.now.is_some() {
        return missing(SEEN);
    }
    shared.tell(&screen(&named.file), &[]);
    Ok(Answer::Go(screen(&named.file)))
}

/// The paths of memos that went under another name, and are still there under it.
fn renamed(snapshot: &Snapshot, versions: &[Version]) -> BTreeMap<String, String> {
    let mut names = BTreeMap::new();
    // The last change of a path says whether it went so.
    for version in versions.iter().rev().filter(|version| !snapshot.texts.files.contains(&version.path)) {
        match version.renamed.as_ref().filter(|name| snapshot.memos.contains(name)) {
            Some(name) => drop(names.insert(version.path.clone(), name.clone())),
            None => drop(names.remove(&version.path)),
        }
    }
    names
}

/// What was done, with people by their names.
fn with_names(what: &str, people: &BTreeMap<String, String>) -> String {
    what.split(' ').map(|word| people.get(word).map_or(word, String::as_str)).collect::<Vec<_>>().join(" ")
}

fn page(shared: &Shared, open: &OpenFolder, named: &Named, from: usize) -> Result<Answer, Refused> {
    let snapshot = open.snapshot()?;
    let versions = versions(&snapshot, &open.root, &named.file);
    let renamed = renamed(&snapshot, &versions);
    let texts = desk::texts(&snapshot, &named.file);
    if let (Err(refused), []) = (&texts, versions.as_slice()) {
        let page = shared.pages.refusal(shared, &refusal::words(refused));
        return Ok(Answer::Problem(StatusCode::NOT_FOUND, page));
    }
    let texts = texts.unwrap_or_default();
    let locked = desk::is_locked(&snapshot, &named.file);
    let sum = |path: &str| {
        let now = texts.iter().find(|(known, _)| *known == path).map_or("", |(_, text)| text);
        digest(now.as_bytes())
    };
    // What has another name by now comes back under that name.
    let is_of_today = |version: &Version| {
        !snapshot.texts.files.contains(&version.path) || texts.iter().any(|(path, _)| *path == version.path)
    };
    let people: BTreeMap<String, String> = open.people().into_iter().collect();
    let count = versions.len();
    let change = |version: Version| {
        let is_here = !renamed.contains_key(&version.path) && is_of_today(&version);
        let comes_back = version.before.is_some() && !locked && is_here;
        let lines = lines(
            version.before.as_deref().unwrap_or_default(),
            version.after.as_deref().unwrap_or_default(),
        );
        HistoryLine {
            now: comes_back.then(|| sum(&version.path)),
            when: version.at.map(values::moment).unwrap_or_default(),
            who: version.by.map(|id| people.get(&id).cloned().unwrap_or(id)).unwrap_or_default(),
            what: with_names(&values::deed(&version.what), &people),
            file: version.path.rsplit('/').next().unwrap_or(&version.path).to_owned(),
            place: version.place,
            lines,
            renamed: renamed.get(&version.path).filter(|_| version.after.is_none()).cloned(),
        }
    };
    let changes: Vec<HistoryLine> = versions.into_iter().skip(from).take(SHOWN).map(change).collect();
    let mut context = Context::new();
    context.insert("done", &shared.told(&address(named)));
    context.insert("title", &format!("History of {}", named.id));
    context.insert("address", &address(named));
    context.insert("screen", &screen(&named.file));
    context.insert("locked", &locked);
    context.insert("changes", &changes);
    context.insert("from", &from);
    context.insert("earlier", &Some(from + SHOWN).filter(|earlier| *earlier < count));
    Ok(Answer::Page(shared.pages.page(shared, "history.html", "", context)))
}

/// The address of a file's history.
pub(super) fn address(named: &Named) -> String {
    format!("/history/{}/{}", named.kind, values::encoded(&named.id))
}

/// The lines that went and came.
fn lines(before: &str, after: &str) -> Vec<(char, String)> {
    let (old, new): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    let (mut found, mut at) = (Vec::new(), (0, 0));
    for next in in_common(&old, &new).into_iter().map(Some).chain([None]) {
        let end = next.unwrap_or((old.len(), new.len()));
        found.extend(old[at.0..end.0].iter().map(|line| ('-', (*line).to_owned())));
        found.extend(new[at.1..end.1].iter().map(|line| ('+', (*line).to_owned())));
        at = next.map_or(end, |(a, b)| (a + 1, b + 1));
    }
    found
}
