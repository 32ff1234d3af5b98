//! Issue: drafts get their numbers and are locked. Nobody outside sees them before they are published.
//!
//! In: memos, and why one is issued that nobody has approved. Out: one page before the deed; the memos issued. Not here: numbers and
//! locks, which the desk knows.

use std::sync::Arc;

use axum::{
    extract::{Query, State},
    response::Response,
};
use serde::Serialize;
use tera::Context;

use super::{
    deed::{self, Deed},
    faults::{FaultLine, Told},
    open::{OpenFolder, Shared},
    request::{Answer, Desk, FormData, answered},
    typed, unhurried, values,
};
use crate::{
    desk::{
        self, BroughtChange, FormRequest, IssueReport, IssueRequest, MemoLeftOut, Refused, SourceFile,
        TypedField, memo_list,
    },
    model::{Id, Relation, Status, date},
    words::{capitalized, listed, series},
    yaml::{outline, value},
};

/// How many numbers of a button are named.
const NAMED: usize = 6;

/// `GET /issue?memo=...`: what would be issued; without a memo, all that are approved.
pub(super) async fn show(
    State(shared): State<Arc<Shared>>,
    Desk(open): Desk,
    Query(asked): Query<Vec<(String, String)>>,
) -> Response {
    unhurried(move || {
        let form = FormData::asked(asked);
        answered(&shared, page(&shared, &open, &form, form.get("memo").is_none()))
    })
    .await
}

/// `POST /issue`.
pub(super) async fn issue(State(shared): State<Arc<Shared>>, Desk(open): Desk, form: FormData) -> Response {
    unhurried(move || {
        let answer = match form.get("do").and_then(|wish| wish.strip_prefix("today ")) {
            Some(memo) => dated_today(&shared, &open, memo, &form),
            None => page(&shared, &open, &form, false),
        };
        answered(&shared, answer)
    })
    .await
}

/// A memo of the page, and whether it is ticked.
#[derive(Serialize)]
struct IssueRow {
    id: String,
    subject: String,
    status: String,
    date: String,
    /// Whether it bears another date than today's.
    is_older: bool,
    /// Who typed in it and did not save.
    unsaved: Vec<String>,
    ticked: bool,
}

fn page(shared: &Shared, open: &OpenFolder, form: &FormData, all: bool) -> Result<Answer, Refused> {
    let mut work: Vec<_> = memo_list(&open.snapshot()?).into_iter().filter(|memo| memo.is_in_work).collect();
    work.reverse();
    let mut memos = form.all("memo");
    if all {
        let approved = work.iter().filter(|memo| memo.status == Status::Approved.word());
        memos = approved.map(|memo| memo.id.clone()).collect();
    }
    let today = date::prose(shared.now().date());
    let mut context = Context::new();
    context.insert("title", "Issue");
    context.insert("rows", &rows(work, &memos, &today, open));
    context.insert("anyway", form.get("anyway").unwrap_or_default());
    context.insert("synced", &open.is_synced());
    context.insert("today", &today);
    if !memos.is_empty() {
        let wish = IssueRequest { memos, correction: None, anyway: form.filled("anyway").map(str::to_owned) };
        match deed::deed(shared, open, form, |now| desk::issue(now, &wish))? {
            Deed::Done(report) => return Ok(done(shared, &report)),
            Deed::Shown(shown) => {
                context.insert("is_other", &shown.is_other);
                context.insert("agreed", &shown.agreed);
                fill(&mut context, &shown.report, &shown.agreed);
            }
        }
    }
    let page = shared.pages.page(shared, "issue.html", "issue", context);
    Ok(deed::shown(form, page))
}

/// The memos in work, the first first: it gets the first number.
fn rows(work: Vec<desk::ListedMemo>, ticked: &[String], today: &str, open: &OpenFolder) -> Vec<IssueRow> {
    let mut typed = typed::all(open);
    let row = |memo: desk::ListedMemo| IssueRow {
        ticked: ticked.contains(&memo.id),
        unsaved: typed.remove(&format!("/memo/{}", values::encoded(&memo.id))).unwrap_or_default(),
        is_older: date::read(&memo.date).is_ok() && memo.date != today,
        id: memo.id,
        subject: memo.subject,
        status: memo.status,
        date: memo.date,
    };
    work.into_iter().map(row).collect()
}

/// A memo that would be issued, as the page shows it.
#[derive(Serialize)]
struct Issued {
    number: String,
    was: String,
    title: String,
    /// "Updates 25110": it and the other page say so from then on.
    names: Vec<String>,
    /// What its date changes since it was approved.
    since_approval: Vec<BroughtChange>,
    /// What a correction brings from outside the memo.
    also_changed: Vec<BroughtChange>,
    /// "2 open comments".
    comments: Option<String>,
    page: Option<String>,
    pdf: Option<String>,
    files: Vec<String>,
}

/// A memo that is left as it is, and why.
#[derive(Serialize)]
pub(super) struct LeftLine {
    id: String,
    why: String,
    /// Whether a reason would let it be issued.
    wants_reason: bool,
}

pub(super) fn fill(context: &mut Context, report: &IssueReport, agreed: &str) {
    let issued: Vec<Issued> = report
        .issued
        .iter()
        .map(|memo| Issued {
            number: memo.id.clone(),
            was: memo.was.clone(),
            title: memo.title.clone(),
            names: memo.relations.iter().map(|(relation, ids)| named(*relation, ids)).collect(),
            since_approval: memo.since_approval.clone(),
            also_changed: memo.also_changed.clone(),
            comments: desk::open_comments_words(memo.open_comments),
            page: memo.page.as_ref().map(|page| looked(page.as_str(), agreed)),
            pdf: pdf(&memo.files, agreed),
            files: memo.files.clone(),
        })
        .collect();
    let numbers: Vec<&String> = issued.iter().map(|memo| &memo.number).collect();
    context.insert("deed", &format!("Issue {}", listed(&numbers, NAMED)));
    context.insert("issued", &issued);
    let left: Vec<LeftLine> = report.left.iter().map(left).collect();
    context.insert("wants_reason", &left.iter().any(|left| left.wants_reason));
    context.insert("left", &left);
    let gaps: Vec<String> = report
        .gaps
        .iter()
        .map(|gaps| format!("No memo of {} in this folder bears these numbers: {}.", gaps.year, gaps.numbers))
        .collect();
    context.insert("gaps", &gaps);
    let faults: Vec<FaultLine> =
        report.faults.iter().flat_map(|findings| FaultLine::others(&[], &Told::of_file(findings))).collect();
    context.insert("faults", &faults);
}

fn named(relation: Relation, ids: &[Id]) -> String {
    format!("{} {}", relation.words(), series(&ids.iter().map(Id::as_str).collect::<Vec<_>>()))
}

/// Where a file can be looked at as it would be.
pub(super) fn looked(path: &str, agreed: &str) -> String {
    format!("/would/{agreed}/{path}")
}

/// Where the first PDF of a memo can be looked at as it would be.
pub(super) fn pdf(files: &[String], agreed: &str) -> Option<String> {
    files.iter().find(|file| file.ends_with(".pdf")).map(|file| looked(file, agreed))
}

/// Why a memo is left, in the words of the screens.
pub(super) fn left(left: &MemoLeftOut) -> LeftLine {
    let why = match left {
        MemoLeftOut::IssuedAlready { .. } => "It is issued already.".to_owned(),
        MemoLeftOut::NothingToCorrect { .. } => "Nothing of it is changed yet.".to_owned(),
        MemoLeftOut::BringsChanges { .. } => "Office, release or templates have changed since it was issued. Tick that these changes go with the correction, or take them back first.".to_owned(),
        MemoLeftOut::SameLines { .. } => "Your edit stands in the same lines as a change of office, release or templates that is not ticked. Tick it, too, or leave those lines as they are.".to_owned(),
        MemoLeftOut::NotReviewed { in_review, .. } => {
            let state = if *in_review { "It is in review" } else { "It is a draft" };
            format!("{state}, and nobody has approved it. When somebody has, record it under Review and approval. Or say above why it is issued without.")
        }
        MemoLeftOut::ChangedSinceApproval { .. } => {
            "It has changed since it was approved. Ask for approval again. Or say above why it is issued without.".to_owned()
        }
        MemoLeftOut::UntoldDelay { of, announced, .. } => format!(
            "It is of {}, and its release has a delay that counties were told on {told}. On the memo, under More, at “Delays that this \
             memo announces”, choose the plan that it tells: as of {told} or later if it tells that delay, an earlier one if it does \
             not. Or give the memo a later date.",
            date::prose(*of),
            told = date::prose(*announced)
        ),
        // What is typed in a terminal is no way out here.
        MemoLeftOut::Refused { reason, instead, .. } if instead.is_empty() || instead.contains('`') => {
            format!("{}.", capitalized(reason))
        }
        MemoLeftOut::Refused { reason, instead, .. } => format!("{}; {instead}.", capitalized(reason)),
        MemoLeftOut::Faulty { .. } => "It has things to fix; they stand below.".to_owned(),
    };
    let wants_reason =
        matches!(left, MemoLeftOut::NotReviewed { .. } | MemoLeftOut::ChangedSinceApproval { .. });
    LeftLine { id: left.id().to_owned(), why, wants_reason }
}

/// Leads on to publishing: an issue alone reaches nobody.
fn done(shared: &Shared, report: &IssueReport) -> Answer {
    let numbers: Vec<String> = report.issued.iter().map(|memo| memo.id.clone()).collect();
    shared.say(
        "/publish",
        format!("Issued {} at {}.", series(&numbers), values::clock(shared.now()).trim_end_matches('.')),
    );
    Answer::Go("/publish".to_owned())
}

/// Gives a memo the date of today, and shows the page again.
fn dated_today(shared: &Shared, open: &OpenFolder, memo: &str, form: &FormData) -> Result<Answer, Refused> {
    let today = date::iso_text(shared.now().date());
    shared.carry_out(open, |now| {
        let text = now.memo(memo).map(|(_, text)| outline(text).unwrap_or_default()).unwrap_or_default();
        let read = value(&text, "date").unwrap_or_default().to_owned();
        let field = TypedField { key: "date".to_owned(), read, typed: today.clone() };
        let wish = FormRequest { fields: vec![field], ..FormRequest::default() };
        desk::save_form(now, &SourceFile::Memo(memo.to_owned()), &wish)
    })?;
    let memos = form.all("memo").into_iter().map(|memo| format!("memo={}", values::encoded(&memo)));
    let reason = form.filled("anyway").map(|reason| format!("anyway={}", values::encoded(reason)));
    Ok(Answer::Go(format!("/issue?{}", memos.chain(reason).collect::<Vec<_>>().join("&"))))
}
