//! What was done to a file: who, when, what; each earlier version, with the way back to it.
//!
//! In: the journals of the folder, the file as it is. Out: a page; an earlier version brought back. Not here: what a journal is (`folder`).

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use serde::Serialize;
use tera::Context;

use super::{
    file::{named, screen},
    open::{OpenFolder, Shared},
    request::{Answer, Desk, FormData, answered},
    unhurried, values,
};
use crate::{
    desk::{self, Refused, SourceFile},
    folder::{Snapshot, history},
    model::date,
    words::capitalized,
};

/// A change of a file.
#[derive(Serialize)]
struct Change {
    /// Which of the changes it is, counted from the last.
    place: usize,
    when: String,
    who: String,
    what: String,
    /// The lines that went and came, with what stands before each: `-`, `+`.
    lines: Vec<(char, String)>,
    /// Whether the file's text before it is known.
    has_before: bool,
}

/// `GET /history/KIND/ID`.
pub(super) async fn show(
    State(shared): State<Arc<Shared>>,
    Desk(open): Desk,
    Path((kind, id)): Path<(String, String)>,
) -> Response {
    unhurried(move || answered(&shared, page(&shared, &open, &kind, &id))).await
}

/// `POST /history/KIND/ID`: the file becomes what it was before a change.
pub(super) async fn bring_back(
    State(shared): State<Arc<Shared>>,
    Desk(open): Desk,
    Path((kind, id)): Path<(String, String)>,
    form: FormData,
) -> Response {
    unhurried(move || {
        let wanted = form.filled("place").unwrap_or_default().to_owned();
        let done = || -> Result<Answer, Refused> {
            let gone = |words: &str| {
                Ok(Answer::Problem(StatusCode::NOT_FOUND, shared.pages.refusal(&shared, words)))
            };
            let Some(file) = named(&kind, &id) else { return gone("There is no such file.") };
            let snapshot = open.snapshot()?;
            let Some(path) = path_of(&snapshot, &open, &file, &id) else {
                return gone("There is no such file.");
            };
            let mut versions = versions(&open, &path).into_iter();
            let earlier = match wanted.parse::<usize>() {
                Ok(place) => versions.nth(place).and_then(|version| version.before),
                Err(_) => versions.next().and_then(|version| version.after),
            };
            let Some(earlier) = earlier else { return gone("There is no such version.") };
            if !snapshot.texts.files.contains(&path) {
                shared.carry_out(&open, |snapshot| desk::restore_text(snapshot, &path, &earlier))?;
                return Ok(Answer::Go(screen(&file)));
            }
            let now = desk::text(&snapshot, &file)?.to_owned();
            // The page that was looked at may be old: then what stands there now was not seen.
            if form.get("digest") != Some(digest(&now).as_str()) {
                return gone(
                    "The file has been changed since this page was shown. Look at its history again.",
                );
            }
            let report =
                shared.carry_out(&open, |snapshot| desk::save_text(snapshot, &file, &now, &earlier))?;
            if report.now.is_some() {
                return gone("The file has been changed meanwhile. Look at its history again.");
            }
            shared.tell(&screen(&file), &[]);
            Ok(Answer::Go(screen(&file)))
        };
        answered(&shared, done())
    })
    .await
}

/// A version of a file.
struct Version {
    when: String,
    by: Option<String>,
    what: String,
    before: Option<String>,
    after: Option<String>,
}

/// What was done to a file, the last first.
fn versions(open: &OpenFolder, path: &str) -> Vec<Version> {
    let changes = history(&open.root).flat_map(|journal| {
        let when = journal
            .at
            .map(|at| format!("{} at {}", date::prose(at.date()), values::clock(at)))
            .unwrap_or_default();
        let (by, what) = (journal.by, journal.what);
        journal.texts.into_iter().map(move |text| {
            let (when, by, what) = (when.clone(), by.clone(), what.clone());
            (text.path.to_string(), Version { when, by, what, before: text.before, after: text.after })
        })
    });
    changes.filter(|(changed, _)| changed == path).map(|(_, version)| version).collect()
}

/// Where a file is; of one that is gone, where it was.
fn path_of(snapshot: &Snapshot, open: &OpenFolder, file: &SourceFile, id: &str) -> Option<String> {
    let there = match file {
        SourceFile::Office => Some("memos/office.yaml".to_owned()),
        SourceFile::Release(id) => Some(format!("memos/releases/{id}.yaml")),
        SourceFile::Memo(id) => {
            snapshot.memo(id).map(|(source, _)| snapshot.sources.get(source).name.clone())
        }
    };
    there.or_else(|| {
        let name = format!("/{id}.yaml");
        let mut paths = history(&open.root).flat_map(|change| change.texts).map(|text| text.path.to_string());
        paths.find(|path| path.starts_with("memos/") && path.ends_with(&name))
    })
}

fn page(shared: &Shared, open: &OpenFolder, kind: &str, id: &str) -> Result<Answer, Refused> {
    let snapshot = open.snapshot()?;
    let file = named(kind, id).ok_or(Refused::NoOffice)?;
    let Some(path) = path_of(&snapshot, open, &file, id) else {
        let page = shared.pages.refusal(shared, "Nothing of this name was ever written with ccrov.");
        return Ok(Answer::Problem(StatusCode::NOT_FOUND, page));
    };
    let change = |(place, version): (usize, Version)| {
        let (before, after) = (version.before.unwrap_or_default(), version.after.unwrap_or_default());
        Change {
            place,
            when: version.when,
            who: version.by.map(|id| open.person_name(&id).unwrap_or(id)).unwrap_or_default(),
            what: capitalized(version.what.strip_prefix("desk: ").unwrap_or(&version.what)),
            has_before: !before.is_empty(),
            lines: lines(&before, &after),
        }
    };
    let versions = versions(open, &path);
    let now = desk::text(&snapshot, &file).unwrap_or_default();
    let known = versions.first().and_then(|last| last.after.clone());
    let outside = known.filter(|known| known != now && !now.is_empty()).map(|known| lines(&known, now));
    let changes: Vec<Change> = versions.into_iter().enumerate().map(change).collect();
    let mut context = Context::new();
    context.insert("done", &shared.told(&format!("/history/{kind}/{}", values::encoded(id))));
    context.insert("title", &format!("History of {id}"));
    context.insert("kind", kind);
    context.insert("id", id);
    context.insert("screen", &named(kind, id).map(|file| screen(&file)));
    context.insert("digest", &digest(now));
    context.insert("locked", &desk::is_locked(&snapshot, &file));
    context.insert("changes", &changes);
    // What an editor or git has written since.
    context.insert("outside", &outside);
    Ok(Answer::Page(shared.pages.page(shared, "history.html", "", context)))
}

/// What a page shows of a text to say which one it was.
fn digest(text: &str) -> String {
    crate::output::digest(text.as_bytes())
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
