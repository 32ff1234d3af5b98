//! Begin a release: from last time's plan on new days, from a spreadsheet, or blank; then what it carries over, to be confirmed.
//!
//! In: a name, last time's release, its milestones. Out: the pages that ask for them; the part that follows while somebody types; the
//! release begun. Not here: what is copied and which dates follow, which the desk knows; the
//! milestones of a plan that begins anew (`new_milestones`).

use std::{collections::BTreeMap, sync::Arc};

use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::Response,
};
use serde::Serialize;
use tera::Context;

use super::{
    deed::{self, Deed, Shown},
    new_milestones::{self, TypedPlan},
    open::{OpenFolder, Shared},
    refusal,
    request::{Answer, Desk, FormData, answered},
    sheet_file::TableForm,
    slip_conflicts::fault_words,
    slip_form::TypedDays,
    unhurried,
    upload::UploadForm,
    values,
};
use crate::{
    desk::{self, Blank, CopiedDate, NewRelease, NewReleaseReport, Refused, movable},
    diagnostic::Findings,
    folder::Snapshot,
};

/// `GET /new/release`: the name and what to begin with; with both, last time's milestones.
pub(super) async fn form(
    State(shared): State<Arc<Shared>>,
    Desk(open): Desk,
    Query(asked): Query<BTreeMap<String, String>>,
) -> Response {
    unhurried(move || {
        let filled = |key: &str| asked.get(key).map(|text| text.trim()).filter(|text| !text.is_empty());
        if let Some(with) = filled("with") {
            let name = filled("name");
            let page = match name {
                Some(name) => Ok(new_milestones::page(&shared, &TypedPlan::blank(name, with), None)),
                None => first(&shared, &open, &asked, Some(&refusal::words(&Refused::Blank(Blank::Name)))),
            };
            return answered(&shared, page.map(Answer::Page));
        }
        let page = match (filled("name"), filled("from")) {
            (Some(name), Some(from)) => {
                let typed = Typed { name, from, days: TypedDays::default() };
                match looked(&open, &typed) {
                    Ok(shown) => Ok(dated(&shared, &typed, &shown, None)),
                    Err(refused) => first(&shared, &open, &asked, Some(&refusal::words(&refused))),
                }
            }
            (None, Some(_)) => {
                first(&shared, &open, &asked, Some(&refusal::words(&Refused::Blank(Blank::Name))))
            }
            _ => first(&shared, &open, &asked, None),
        };
        answered(&shared, page.map(Answer::Page))
    })
    .await
}

/// `POST /new/release/follows`: last time's steps on the days that are typed so far, for the page's script. Nothing is written.
pub(super) async fn follows(State(shared): State<Arc<Shared>>, Desk(open): Desk, form: FormData) -> Response {
    unhurried(move || {
        let typed = Typed::read(&form);
        let mut context = Context::new();
        match looked(&open, &typed) {
            Ok(shown) => insert(&mut context, &typed, &shown),
            Err(refused) => context.insert("refused", &refusal::words(&refused)),
        }
        context.insert("wrong", &typed.days.wrong);
        Answer::Page(shared.pages.part("new-release-follows.html", &context))
    })
    .await
}

/// `POST /new/release`.
pub(super) async fn begin(State(shared): State<Arc<Shared>>, Desk(open): Desk, sent: UploadForm) -> Response {
    unhurried(move || {
        let UploadForm { mut form, files } = sent;
        if form.filled("with").is_some() {
            let table = TableForm::of(&mut form, &files);
            return answered(&shared, new_milestones::begin(&shared, &open, &form, table));
        }
        let typed = Typed::read(&form);
        let plan = |now: &Snapshot| desk::new_release(now, &typed.wish());
        let begun = match (typed.name, form.get("do")) {
            ("", _) => Err(Refused::Blank(Blank::Name)),
            _ if typed.from.is_empty() => shared.carry_out(&open, plan).map(Deed::Done),
            (_, Some("show")) => looked(&open, &typed).map(Deed::Shown),
            _ if !typed.days.wrong.is_empty() => looked(&open, &typed).map(Deed::Shown),
            _ => deed::deed(&shared, &open, &form, plan),
        };
        match begun {
            Ok(Deed::Done(report)) if report.carried.is_empty() => Answer::Go(address(&report.id)),
            Ok(Deed::Done(report)) => Answer::Page(carried(&shared, &report)),
            Ok(Deed::Shown(shown)) if shown.is_other => {
                deed::shown(&form, dated(&shared, &typed, &shown, None))
            }
            Ok(Deed::Shown(shown)) => Answer::Page(dated(&shared, &typed, &shown, None)),
            Err(refused) => refusal(&shared, &open, &form, &typed, &refusal::words(&refused)),
        }
    })
    .await
}

/// The page that was sent, with the words for which nothing was begun.
fn refusal(shared: &Shared, open: &OpenFolder, form: &FormData, typed: &Typed<'_>, words: &str) -> Answer {
    let as_it_was = looked(open, &Typed { days: TypedDays::default(), ..typed.clone() });
    let page = match as_it_was {
        Ok(shown) if !typed.from.is_empty() => Ok(dated(shared, typed, &shown, Some(words))),
        _ => {
            let asked = form.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
            first(shared, open, &asked, Some(words))
        }
    };
    match page {
        Ok(page) => Answer::Problem(StatusCode::UNPROCESSABLE_ENTITY, page),
        Err(refused) => answered(shared, Err(refused)),
    }
}

fn address(release: &str) -> String {
    format!("/release/{}", values::encoded(release))
}

/// What is typed of a new release.
#[derive(Clone)]
struct Typed<'f> {
    name: &'f str,
    /// The release that it begins with; blank if none.
    from: &'f str,
    days: TypedDays,
}

impl<'f> Typed<'f> {
    fn read(form: &'f FormData) -> Typed<'f> {
        let filled = |name: &str| form.filled(name).unwrap_or_default();
        Typed { name: filled("name"), from: filled("from"), days: TypedDays::read(form) }
    }

    fn wish(&self) -> NewRelease {
        let from = Some(self.from).filter(|from| !from.is_empty());
        NewRelease {
            name: self.name.to_owned(),
            from: from.map(str::to_owned),
            moves: if from.is_some() { self.days.moves.clone() } else { Vec::new() },
            ..NewRelease::default()
        }
    }
}

/// What would be begun, to look at.
fn looked(open: &OpenFolder, typed: &Typed<'_>) -> Result<Shown<NewReleaseReport>, Refused> {
    let plan = desk::new_release(&open.snapshot()?, &typed.wish())?;
    Ok(Shown { agreed: plan.digest(), report: plan.report, is_other: false })
}

/// The page that asks for a name and what to begin with.
fn first(
    shared: &Shared,
    open: &OpenFolder,
    asked: &BTreeMap<String, String>,
    wrong: Option<&str>,
) -> Result<String, Refused> {
    let mut context = Context::new();
    context.insert("title", "Begin a release");
    context.insert("releases", &movable(&open.snapshot()?)?);
    context.insert("asked", asked);
    context.insert("problem", &wrong);
    Ok(shared.pages.page(shared, "new-release.html", "new-release", context))
}

/// A milestone with the day that is typed for it.
#[derive(Serialize)]
struct MilestoneRow<'r> {
    date: &'r CopiedDate,
    start: String,
    end: String,
}

/// The page of last time's milestones.
fn dated<'r>(
    shared: &Shared,
    typed: &Typed<'_>,
    shown: &'r Shown<NewReleaseReport>,
    wrong: Option<&str>,
) -> String {
    let report = &shown.report;
    let milestones = report.dates.iter().filter(|date| date.is_milestone);
    let row = |date: &'r CopiedDate| {
        let [start, end] = typed.days.of(&date.id);
        MilestoneRow { date, start, end }
    };
    let rows: Vec<MilestoneRow<'_>> = milestones.map(row).collect();
    let mut context = Context::new();
    insert(&mut context, typed, shown);
    context.insert("title", &format!("Begin {}", report.id));
    context.insert("rows", &rows);
    context.insert("name", typed.name);
    context.insert("from", typed.from);
    context.insert("problem", &wrong);
    context.insert("is_other", &shown.is_other);
    context.insert("wrong", &typed.days.wrong);
    shared.pages.page(shared, "new-release-dates.html", "new-release", context)
}

/// Gives a template the dates that follow.
fn insert(context: &mut Context, typed: &Typed<'_>, shown: &Shown<NewReleaseReport>) {
    context.insert("agreed", &shown.agreed);
    context.insert("dates", &shown.report.dates);
    context.insert("unmoved", &typed.days.moves.is_empty());
    context.insert("faults", &faults(&shown.report.findings));
}

fn faults(findings: &Findings) -> Vec<(String, String)> {
    findings.faults.iter().map(fault_words).collect()
}

/// What the release says that may be last time's own, each with a box.
fn carried(shared: &Shared, report: &NewReleaseReport) -> String {
    let mut context = Context::new();
    context.insert("title", "Still right?");
    context.insert("id", &report.id);
    context.insert("carried", &report.carried);
    context.insert("faults", &faults(&report.findings));
    shared.pages.page(shared, "new-release.html", "new-release", context)
}
