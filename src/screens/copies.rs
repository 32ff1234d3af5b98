//! Second copies of files, which OneDrive or Dropbox made when two people saved at a time: both side by side, and which is kept.
//!
//! In: the copies of the folder, a choice. Out: the page; one of both files. Not here: which files are copies (`folder`).

use std::sync::Arc;

use axum::{extract::State, response::Response};
use serde::Serialize;
use tera::Context;

use super::{
    open::{OpenFolder, Shared},
    request::{Answer, Desk, FormData, answered},
    unhurried,
};
use crate::{
    desk::{self, KeptCopy, LinePair, Refused},
    folder::{SecondCopy, Snapshot},
};

/// A copy beside the file that it is a copy of.
#[derive(Serialize)]
struct Copy {
    path: String,
    /// The names of both files, without their folder.
    file: String,
    original: String,
    seen: String,
    locked: bool,
    /// Whether what both say is kept.
    both: bool,
    /// How many lines differ.
    differ: usize,
    lines: Vec<LinePair>,
}

/// `GET /copies`.
pub(super) async fn show(State(shared): State<Arc<Shared>>, Desk(open): Desk) -> Response {
    unhurried(move || answered(&shared, page(&shared, &open).map(Answer::Page))).await
}

/// `POST /copies`.
pub(super) async fn settle(State(shared): State<Arc<Shared>>, Desk(open): Desk, form: FormData) -> Response {
    unhurried(move || {
        let [path, seen] = ["path", "seen"].map(|name| form.get(name).unwrap_or_default());
        let kept = if form.get("keep") == Some("copy") { KeptCopy::Copy } else { KeptCopy::Original };
        let settled = shared.carry_out(&open, |now| desk::settle_copy(now, path, kept, seen)).map(|report| {
            let name = |path: &str| path.rsplit('/').next().unwrap_or(path).to_owned();
            let (file, gone, kept) = (name(&report.file), name(&report.gone), report.kept);
            shared.say(
                "/copies",
                match kept {
                    KeptCopy::Original => {
                        format!("{file} stays as it is. {gone} is gone; its text is in the history.")
                    }
                    KeptCopy::Both => format!("{file} says now what both said. {gone} is gone."),
                    KeptCopy::Copy => {
                        format!("{file} says now what {gone} said. What it said before is in the history.")
                    }
                },
            );
            Answer::Go("/copies".to_owned())
        });
        answered(&shared, settled)
    })
    .await
}

fn page(shared: &Shared, open: &OpenFolder) -> Result<String, Refused> {
    let snapshot = open.snapshot()?;
    let copies: Vec<Copy> = snapshot.copies.iter().map(|copy| beside(copy, &snapshot)).collect();
    let mut context = Context::new();
    context.insert("title", "Saved twice");
    context.insert("done", &shared.told("/copies"));
    context.insert("copies", &copies);
    Ok(shared.pages.page(shared, "copies.html", "", context))
}

fn beside(copy: &SecondCopy, snapshot: &Snapshot) -> Copy {
    let text = |source| snapshot.sources.get(source).text.as_str();
    let original = copy.original(snapshot).map(text).unwrap_or_default();
    let lines = desk::side_by_side(original, text(copy.source));
    let name = |path: &str| path.rsplit('/').next().unwrap_or(path).to_owned();
    Copy {
        file: name(&copy.path),
        original: name(&copy.of),
        seen: copy.seen(snapshot),
        locked: copy.is_of_locked(snapshot),
        both: copy.is_of_review(),
        differ: lines.iter().filter(|pair| !pair.is_same).count(),
        lines: near(lines),
        path: copy.path.clone(),
    }
}

/// The lines that differ, each with two lines before and after it.
fn near(lines: Vec<LinePair>) -> Vec<LinePair> {
    const AROUND: usize = 2;
    let differ: Vec<bool> = lines.iter().map(|pair| !pair.is_same).collect();
    let is_near = |at: usize| {
        let end = differ.len().min(at + AROUND + 1);
        differ[at.saturating_sub(AROUND)..end].contains(&true)
    };
    lines.into_iter().enumerate().filter(|(at, _)| is_near(*at)).map(|(_, pair)| pair).collect()
}

/// What a page says of the copies of a file: the names of those that its own screen should tell.
pub(super) fn of_file(snapshot: &Snapshot, is_own: impl Fn(&str) -> bool) -> usize {
    snapshot.copies.iter().filter(|copy| is_own(&copy.of)).count()
}
