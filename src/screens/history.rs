//! What was done to a file and the texts beside it: who, when, what; each earlier version, with the way back to it.
//!
//! In: the journals of the folder, the file as it is. Out: a page; an earlier version brought back. Not here: what a journal is (`folder`).

use std::sync::Arc;

use axum::{extract::State, http::StatusCode, response::Response};
use serde::Serialize;
use tera::Context;

use super::{
    file::screen,
    open::{OpenFolder, Shared},
    refusal,
    request::{Answer, Desk, FormData, Named, answered},
    unhurried, values,
};
use crate::{
    desk::{self, Refused, SourceFile},
    folder::{self, Snapshot, TextChange, history},
    output::digest,
    words::capitalized,
};

/// A change of a file, as a page shows it.
#[derive(Serialize)]
struct Change {
    /// Which of the changes it is, counted from the last.
    place: usize,
    when: String,
    who: String,
    what: String,
    /// The lines that went and came, with what stands before each: `-`, `+`.
    lines: Vec<(char, String)>,
    /// The digest of the text as it is now, if this change can be undone.
    now: Option<String>,
}

/// A version of one of a file's texts.
struct Version {
    when: String,
    by: Option<String>,
    what: String,
    text: TextChange,
    /// What went in the same change.
    gone: Vec<(String, String)>,
}

/// `GET /history/KIND/ID`.
pub(super) async fn show(State(shared): State<Arc<Shared>>, Desk(open): Desk, named: Named) -> Response {
    unhurried(move || answered(&shared, page(&shared, &open, &named))).await
}

/// `POST /history/KIND/ID`: a text becomes what it was before a change, or what was written last.
pub(super) async fn bring_back(
    State(shared): State<Arc<Shared>>,
    Desk(open): Desk,
    named: Named,
    form: FormData,
) -> Response {
    unhurried(move || answered(&shared, brought_back(&shared, &open, &named, &form))).await
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
    let mut versions = versions(&snapshot, open, &named.file).into_iter();
    let wanted = form.filled("place").unwrap_or_default();
    let (version, earlier) = match wanted.parse::<usize>() {
        Ok(place) => versions.nth(place).map(|version| (version.text.before.clone(), version)),
        Err(_) => versions.next().map(|version| (version.text.after.clone(), version)),
    }
    .map_or((None, None), |(earlier, version)| (Some(version), earlier));
    let (Some(version), Some(earlier)) = (version, earlier) else {
        return missing("There is no such version.");
    };
    let path = version.text.path.as_str();
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
        shared.carry_out(open, |snapshot| desk::save_text(snapshot, &named.file, path, &now, &earlier))?;
    if report.now.is_some() {
        return missing(SEEN);
    }
    shared.tell(&screen(&named.file), &[]);
    Ok(Answer::Go(screen(&named.file)))
}

/// What was done to a file and to the texts beside it, the last first.
fn versions(snapshot: &Snapshot, open: &OpenFolder, file: &SourceFile) -> Vec<Version> {
    let own = |path: &str| match file {
        SourceFile::Office => path == "memos/office.yaml",
        SourceFile::Release(id) => path == format!("memos/releases/{id}.yaml"),
        SourceFile::Memo(id) => {
            path.starts_with("memos/")
                && !path.starts_with("memos/releases/")
                && path.ends_with(&format!("/{id}.yaml"))
        }
    };
    let texts = desk::texts(snapshot, file).unwrap_or_default();
    let mut found = Vec::new();
    for change in history(&open.root) {
        let when = change.at.map(values::moment).unwrap_or_default();
        let goes = |text: &&TextChange| text.after.is_none();
        let mut gone: Vec<(String, String)> = change
            .texts
            .iter()
            .filter(goes)
            .filter_map(|text| Some((text.path.to_string(), text.before.clone()?)))
            .collect();
        // The memo gives the others their name.
        gone.sort_by_key(|(path, _)| !own(path));
        for text in change.texts {
            let path = text.path.as_str();
            let is_copy = folder::copied(path, |original| own(original)).is_some();
            if is_copy || own(path) || texts.iter().any(|(known, _)| *known == path) {
                let (when, by, what) = (when.clone(), change.by.clone(), change.what.clone());
                found.push(Version { when, by, what, text, gone: gone.clone() });
            }
        }
    }
    found
}

fn page(shared: &Shared, open: &OpenFolder, named: &Named) -> Result<Answer, Refused> {
    let snapshot = open.snapshot()?;
    let versions = versions(&snapshot, open, &named.file);
    let texts = desk::texts(&snapshot, &named.file);
    if let (Err(refused), []) = (&texts, versions.as_slice()) {
        let page = shared.pages.refusal(shared, &refusal::words(refused));
        return Ok(Answer::Problem(StatusCode::NOT_FOUND, page));
    }
    let texts = texts.unwrap_or_default();
    let locked = desk::is_locked(&snapshot, &named.file);
    let now = |path: &str| texts.iter().find(|(known, _)| *known == path).map_or("", |(_, text)| text);
    let sum = |path: &str| digest(now(path).as_bytes());
    // A second copy that was settled is no version of the file itself.
    let is_known = |version: &&Version| texts.iter().any(|(known, _)| *known == version.text.path.as_str());
    let outside = versions.iter().find(is_known).and_then(|last| {
        let (path, written) = (last.text.path.as_str(), last.text.after.as_ref()?);
        let changed = !now(path).is_empty() && written != now(path);
        changed.then(|| Outside { lines: lines(written, now(path)), digest: sum(path) })
    });
    let change = |(place, version): (usize, Version)| {
        let TextChange { path, before, after } = &version.text;
        Change {
            place,
            when: version.when,
            who: version.by.map(|id| open.person_name(&id).unwrap_or(id)).unwrap_or_default(),
            what: capitalized(version.what.strip_prefix("desk: ").unwrap_or(&version.what)),
            lines: lines(before.as_deref().unwrap_or_default(), after.as_deref().unwrap_or_default()),
            now: before.as_ref().filter(|_| !locked).map(|_| sum(path.as_str())),
        }
    };
    let changes: Vec<Change> = versions.into_iter().enumerate().map(change).collect();
    let mut context = Context::new();
    context.insert("done", &shared.told(&address(named)));
    context.insert("title", &format!("History of {}", named.id));
    context.insert("kind", named.kind);
    context.insert("id", &named.id);
    context.insert("screen", &screen(&named.file));
    context.insert("locked", &locked);
    context.insert("changes", &changes);
    context.insert("outside", &outside);
    Ok(Answer::Page(shared.pages.page(shared, "history.html", "", context)))
}

/// What an editor or git has written since.
#[derive(Serialize)]
struct Outside {
    lines: Vec<(char, String)>,
    digest: String,
}

/// The address of a file's history.
pub(super) fn address(named: &Named) -> String {
    format!("/history/{}/{}", named.kind, values::encoded(&named.id))
}

/// The lines between what two texts begin and end with alike.
fn lines(before: &str, after: &str) -> Vec<(char, String)> {
    let (old, new): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    let start = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let end = old[start..].iter().rev().zip(new[start..].iter().rev()).take_while(|(a, b)| a == b).count();
    let gone = old[start..old.len() - end].iter().map(|line| ('-', (*line).to_owned()));
    let come = new[start..new.len() - end].iter().map(|line| ('+', (*line).to_owned()));
    gone.chain(come).collect()
}
