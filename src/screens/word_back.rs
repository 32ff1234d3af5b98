//! Changes from Word: a reviewer's file comes back, and somebody takes, leaves or puts off each change in it.
//!
//! In: a memo, a Word file, what becomes of each change. Out: the list; the memo with what is taken. The page carries the file, without
//! pictures, so that nothing has to be kept between looking and taking. Not here: what was changed, which the desk finds.

use std::{collections::BTreeSet, sync::Arc};

use axum::{
    extract::{Path, State},
    response::Response,
};
use serde::Serialize;
use tera::Context;

use super::{
    deed::{self, Deed},
    open::{OpenFolder, Shared},
    refusal,
    request::{Answer, Desk, FormData, answered},
    unhurried,
    upload::UploadForm,
    values,
};
use crate::{
    desk::{
        self, BroughtFile, ChangeStanding, NotFromWord, Refused, ReviewerChange, WordBackReport,
        WordBackRequest,
    },
    word::read::without_pictures,
    words::{counted, series},
};

/// `POST /memo/ID/word-back`.
pub(super) async fn answer(
    State(shared): State<Arc<Shared>>,
    Desk(open): Desk,
    Path(id): Path<String>,
    UploadForm { form, files }: UploadForm,
) -> Response {
    unhurried(move || answered(&shared, page(&shared, &open, &id, &form, files))).await
}

fn page(
    shared: &Shared,
    open: &OpenFolder,
    id: &str,
    form: &FormData,
    files: Vec<BroughtFile>,
) -> Result<Answer, Refused> {
    let file = file(form, files)?;
    let mut wish = WordBackRequest {
        memo: id.to_owned(),
        file,
        take: BTreeSet::new(),
        as_text: BTreeSet::new(),
        leave: BTreeSet::new(),
        at: shared.now(),
    };
    let report = desk::word_back(&open.snapshot()?, &wish)?.report;
    choose(&mut wish, &report, form);
    let mut context = Context::new();
    context.insert("title", &format!("Changes from Word in {id}"));
    context.insert("id", id);
    context.insert("name", &wish.file.name);
    context.insert("word", &hex(&wish.file.bytes));
    context.insert("sent", &report.sent);
    context.insert("reviewers", &series(&report.reviewers));
    context.insert("not_read", &series(&report.not_read));
    let chosen = wish.take.len() + wish.as_text.len() + wish.leave.len();
    if form.get("do").is_some() && chosen == 0 {
        context.insert("wrong", "Choose Take or Leave at one of the changes first.");
    } else if form.get("do").is_some() {
        match deed::deed(shared, open, form, |now| desk::word_back(now, &wish)) {
            Ok(Deed::Done(report)) => {
                let to = format!("/memo/{}", values::encoded(id));
                shared.say(&to, done(&report, &wish));
                return Ok(Answer::Go(to));
            }
            Ok(Deed::Shown(shown)) => {
                context.insert("is_other", &shown.is_other);
                context.insert("agreed", &shown.agreed);
                context.insert("does", &does(&wish));
            }
            Err(
                refused @ (Refused::NotFromWord(NotFromWord::NotTaken { .. })
                | Refused::NotFromWord(NotFromWord::SameWords)
                | Refused::NotFromWord(NotFromWord::PrintsOtherwise { .. })),
            ) => {
                context.insert("wrong", &refusal::words(&refused));
            }
            Err(refused) => return Err(refused),
        }
    }
    let release = open.snapshot()?.memo(id).and_then(|(_, text)| {
        let written = crate::yaml::outline(text)?;
        Some(crate::yaml::value(&written, "release")?.to_owned())
    });
    let lines: Vec<ChangeLine<'_>> =
        report.changes.iter().map(|change| ChangeLine::of(change, id, release.as_deref(), form)).collect();
    context.insert("changes", &lines);
    Ok(deed::shown(form, shared.pages.page(shared, "word.html", "memo", context)))
}

/// The file that was chosen, or that the page carries.
fn file(form: &FormData, mut files: Vec<BroughtFile>) -> Result<BroughtFile, Refused> {
    let place = files.iter().position(|file| desk::is_word_name(&file.name));
    if let Some(place) = place.or(Some(0).filter(|_| !files.is_empty())) {
        let BroughtFile { name, title, bytes } = files.swap_remove(place);
        let bytes = without_pictures(&bytes)
            .or_else(|_| crate::word::read::read(&bytes).map(|_| bytes))
            .map_err(|why| Refused::NotFromWord(NotFromWord::UnreadWord { file: name.clone(), why }))?;
        return Ok(BroughtFile { name, title, bytes });
    }
    let bytes = form.get("word").and_then(unhex).ok_or(Refused::Blank(desk::Blank::Word))?;
    let name = form.get("file").unwrap_or_default().to_owned();
    Ok(BroughtFile { name, title: String::new(), bytes })
}

/// Takes in what somebody chose, by what the changes are known by.
fn choose(wish: &mut WordBackRequest, report: &WordBackReport, form: &FormData) {
    for change in &report.changes {
        let numbers = match form.get(&format!("c-{}", change.key)) {
            Some("take") => &mut wish.take,
            Some("text") => &mut wish.as_text,
            Some("leave") => &mut wish.leave,
            _ => continue,
        };
        numbers.insert(change.number);
    }
}

fn does(wish: &WordBackRequest) -> String {
    let taken = wish.take.len() + wish.as_text.len();
    format!("{} taken into the memo, {} left.", counted(taken, "change"), counted(wish.leave.len(), "change"))
}

fn done(report: &WordBackReport, wish: &WordBackRequest) -> String {
    let later = report.changes.iter().filter(|change| {
        let number = &change.number;
        let is_open = matches!(
            change.standing,
            ChangeStanding::Open
                | ChangeStanding::WorkedOut
                | ChangeStanding::ByHand
                | ChangeStanding::Changed
        );
        is_open && ![&wish.take, &wish.as_text, &wish.leave].iter().any(|numbers| numbers.contains(number))
    });
    let later = match later.count() {
        0 => String::new(),
        count => format!(" {} for later: bring the file again under Review.", counted(count, "change")),
    };
    format!("Saved. {}{later}", does(wish))
}

/// A change as the page shows it.
#[derive(Serialize)]
struct ChangeLine<'r> {
    change: &'r ReviewerChange,
    /// "page 2, Dana Lee".
    about: String,
    /// What is chosen.
    choice: String,
    is_open: bool,
    /// What else is to be known.
    note: Option<String>,
    /// Where it can be changed, with what that page is called.
    links: Vec<(String, String)>,
}

impl<'r> ChangeLine<'r> {
    fn of(change: &'r ReviewerChange, id: &str, release: Option<&str>, form: &FormData) -> ChangeLine<'r> {
        let page = change.page.map(|page| format!("page {page}"));
        let place = change.place.as_ref().map(|place| format!("{}, line {}", place.label, place.line));
        let about: Vec<String> = [page, change.by.clone(), place].into_iter().flatten().collect();
        let chosen = form.get(&format!("c-{}", change.key)).unwrap_or("later");
        let note = match change.standing {
            ChangeStanding::Open => None,
            ChangeStanding::There => Some("The memo has it already.".to_owned()),
            ChangeStanding::Left => Some("You left it before.".to_owned()),
            ChangeStanding::WorkedOut => Some("ccrov works this out. Change it where it is kept, so that it is right everywhere; or write it out in this memo only.".to_owned()),
            ChangeStanding::Changed | ChangeStanding::ByHand => {
                let why = change.why.as_deref().unwrap_or("write it into the memo");
                Some(format!("Not taken by a button: {why}."))
            }
        };
        let is_elsewhere = change.place.is_none() && change.standing == ChangeStanding::ByHand;
        let fills = |names: &[&str]| {
            is_elsewhere || change.fills.iter().any(|fill| names.iter().any(|name| fill.contains(name)))
        };
        let mut links = Vec::new();
        if let Some(release) =
            release.filter(|_| fills(&["milestones", "release", "schedule", "environment"]))
        {
            links.push((format!("/release/{}", values::encoded(release)), format!("The dates of {release}")));
        }
        if fills(&["contact", "office", "letterhead", "people"]) {
            links.push(("/office".to_owned(), "The office".to_owned()));
        }
        if fills(&["memo."]) {
            links.push((format!("/memo/{}", values::encoded(id)), "The memo".to_owned()));
        }
        ChangeLine {
            change,
            about: about.join(", "),
            choice: chosen.to_owned(),
            is_open: matches!(change.standing, ChangeStanding::Open | ChangeStanding::Left),
            note,
            links: if change.standing == ChangeStanding::WorkedOut || is_elsewhere {
                links
            } else {
                Vec::new()
            },
        }
    }
}

/// Bytes as a form can carry them.
fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .filter_map(|half| char::from_digit(half.into(), 16))
        .collect()
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let pair = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
    (!text.is_empty() && text.len().is_multiple_of(2))
        .then(|| text.as_bytes().chunks(2).map(pair).collect())?
}
