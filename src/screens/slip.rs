//! A date has moved: new days of milestones, what follows from them, and the delay recorded.
//!
//! In: the form of a release's milestones. Out: its page; the part of it that follows while somebody types; the delay recorded or
//! taken back. Not here: what follows from a delay, which the desk finds, and how that is shown (`slip_view`).

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use chrono::NaiveDate;
use serde::Serialize;
use tera::Context;

use super::{
    open::{OpenFolder, Shared},
    request::{Answer, Desk, FormData, answered},
    slip_form::TypedDelay,
    slip_view::{self, Outlook},
    unhurried, values,
};
use crate::{
    desk::{self, BuildReport, LastDelay, MovableRelease, Refused, SlipReport},
    folder::{Journal, Plan, Snapshot, TextChange, history},
    model::date,
    words::{capitalized, counted, series},
};

/// `GET /slip`: the release, if there is one; else which.
pub(super) async fn choose(State(shared): State<Arc<Shared>>, Desk(open): Desk) -> Response {
    unhurried(move || answered(&shared, chosen(&shared, &open))).await
}

/// `GET /slip/RELEASE`.
pub(super) async fn show(
    State(shared): State<Arc<Shared>>,
    Desk(open): Desk,
    Path(release): Path<String>,
) -> Response {
    unhurried(move || answered(&shared, opened(&shared, &open, &release))).await
}

/// `POST /slip/RELEASE/follows`: what follows from what is typed so far, for the page's script. Nothing is written.
pub(super) async fn follows(
    State(shared): State<Arc<Shared>>,
    Desk(open): Desk,
    Path(release): Path<String>,
    form: FormData,
) -> Response {
    unhurried(move || {
        let part = open.snapshot().and_then(|now| {
            let today = shared.now().date();
            let release = found(&now, &release, today)?;
            let mut context = Context::new();
            let typed = TypedDelay::read(&form, today);
            let outlook = Outlook::of(&now, &release.id, &typed, today);
            slip_view::insert(&mut context, &release, &typed, &outlook);
            Ok(shared.pages.part("slip-follows.html", &context))
        });
        answered(&shared, part.map(Answer::Page))
    })
    .await
}

/// `POST /slip/RELEASE`: shows what follows, or records the delay if that is what was shown.
pub(super) async fn record(
    State(shared): State<Arc<Shared>>,
    Desk(open): Desk,
    Path(release): Path<String>,
    form: FormData,
) -> Response {
    unhurried(move || answered(&shared, recorded(&shared, &open, &release, &form))).await
}

/// `POST /slip/RELEASE/take-back`.
pub(super) async fn take_back(
    State(shared): State<Arc<Shared>>,
    Desk(open): Desk,
    Path(release): Path<String>,
    form: FormData,
) -> Response {
    unhurried(move || answered(&shared, taken_back(&shared, &open, &release, &form))).await
}

/// The address of a release's screen of delays.
pub(super) fn address(release: &str) -> String {
    format!("/slip/{}", values::encoded(release))
}

fn chosen(shared: &Shared, open: &OpenFolder) -> Result<Answer, Refused> {
    let snapshot = open.snapshot()?;
    let releases = desk::movable(&snapshot)?;
    if let [one] = releases.as_slice()
        && snapshot.texts.releases.len() == 1
    {
        return Ok(Answer::Go(address(&one.id)));
    }
    let faulty = snapshot.texts.releases.iter().map(|(id, _)| id.as_str());
    let faulty = faulty.filter(|id| releases.iter().all(|release| release.id != *id));
    Ok(Answer::Page(choice(shared, &releases, faulty)))
}

/// The page that asks which release; and names those that must be put right before.
fn choice<'f>(shared: &Shared, releases: &[MovableRelease], faulty: impl Iterator<Item = &'f str>) -> String {
    let mut context = Context::new();
    context.insert("title", "A date has moved");
    context.insert("releases", releases);
    context.insert("faulty", &faulty.map(|id| (id, values::encoded(id))).collect::<Vec<_>>());
    shared.pages.page(shared, "slip-choose.html", "slip", context)
}

/// A release whose milestones can be moved.
fn found(snapshot: &Snapshot, release: &str, today: NaiveDate) -> Result<MovableRelease, Refused> {
    let known = desk::movable(snapshot)?.into_iter().find(|known| known.id == release);
    // That says whether there is none, or what is wrong with it.
    known.map_or_else(|| desk::timeline(snapshot, release, today).and(Err(Refused::NoOffice)), Ok)
}

/// What a page shows besides the release as it is.
struct Shown<'t> {
    typed: &'t TypedDelay,
    outlook: &'t Outlook,
    /// Why it was not recorded.
    why_not: Option<&'t str>,
}

/// The page as it is opened.
fn opened(shared: &Shared, open: &OpenFolder, release: &str) -> Result<Answer, Refused> {
    let (snapshot, today) = (open.snapshot()?, shared.now().date());
    let release = match found(&snapshot, release, today) {
        Ok(release) => release,
        Err(refused) if refused.findings().is_some() => {
            let page = choice(shared, &[], [release].into_iter());
            return Ok(Answer::Problem(StatusCode::UNPROCESSABLE_ENTITY, page));
        }
        Err(refused) => return Err(refused),
    };
    let typed = TypedDelay::blank(today);
    let outlook = Outlook::of(&snapshot, &release.id, &typed, today);
    page(shared, open, &release, &Shown { typed: &typed, outlook: &outlook, why_not: None })
}

fn page(
    shared: &Shared,
    open: &OpenFolder,
    release: &MovableRelease,
    shown: &Shown<'_>,
) -> Result<Answer, Refused> {
    let mut context = Context::new();
    slip_view::insert(&mut context, release, shown.typed, shown.outlook);
    context.insert("title", &format!("A date has moved: {}", release.name));
    context.insert("release", release);
    context.insert("rows", &shown.typed.rows(release));
    context.insert("told", &shown.typed.told);
    context.insert("cause", &shown.typed.cause);
    context.insert("not_yet", &shown.why_not);
    context.insert("done", &shared.told(&address(&release.id)));
    context.insert("last", &shown_delay(&open.snapshot()?, open, &release.id)?);
    let page = shared.pages.page(shared, "slip.html", "slip", context);
    Ok(match shown.why_not {
        Some(_) => Answer::Problem(StatusCode::UNPROCESSABLE_ENTITY, page),
        None => Answer::Page(page),
    })
}

fn recorded(shared: &Shared, open: &OpenFolder, release: &str, form: &FormData) -> Result<Answer, Refused> {
    let today = shared.now().date();
    let release = found(&open.snapshot()?, release, today)?;
    let typed = TypedDelay::read(form, today);
    let outlook = |now: &Snapshot| Outlook::of(now, &release.id, &typed, today);
    if form.get("do") != Some("record") {
        let outlook = outlook(&open.snapshot()?);
        return page(shared, open, &release, &Shown { typed: &typed, outlook: &outlook, why_not: None });
    }
    // Whatever somebody else has written meanwhile: what is recorded is what was shown.
    let written = shared.carry_out(open, |now| {
        let outlook = outlook(now);
        let why_not = outlook.why_not(form.get("seen"), typed.meant);
        match (why_not, outlook) {
            (None, Outlook { plan: Some(plan), .. }) => Ok(desk::and_build(now, plan)?.map(Ok)),
            (why_not, outlook) => Ok(Plan::nothing(Err((why_not.unwrap_or_default(), Box::new(outlook))))),
        }
    })?;
    match written {
        Ok((slip, built)) => {
            shared.say(&address(&release.id), said(&slip, &built));
            Ok(Answer::Go(address(&release.id)))
        }
        Err((why, outlook)) => {
            page(shared, open, &release, &Shown { typed: &typed, outlook: &outlook, why_not: Some(&why) })
        }
    }
}

/// What was written.
fn said(slip: &SlipReport, built: &BuildReport) -> String {
    let moved = counted(slip.moved.len(), "date");
    let change = if slip.moved.len() == 1 { "changes" } else { "change" };
    let mut said = format!("The delay is recorded: {moved} {change}. {}", built_words(built));
    if !slip.unusual.is_empty() {
        let unusual: Vec<String> =
            slip.unusual.iter().map(|said| format!("{}.", capitalized(said))).collect();
        said += &format!(" You confirmed what is unusual: {}", unusual.join(" "));
    }
    said
}

fn built_words(built: &BuildReport) -> String {
    let made = match built.written + built.removed {
        0 => "No memo had to be made again.".to_owned(),
        files => format!(
            "{} of memos {} made again.",
            counted(files, "file"),
            if files == 1 { "was" } else { "were" }
        ),
    };
    match built.with_faults.as_slice() {
        [] => made,
        [one] => format!("{made} Memo {one} has something to fix, and stays as it was until then."),
        some => {
            format!("{made} Memos {} have something to fix, and stay as they were until then.", series(some))
        }
    }
}

/// The last delay of a release, as its page tells it.
#[derive(Serialize)]
struct ShownDelay {
    told: String,
    cause: String,
    /// The memos that went out with it.
    issued: Vec<String>,
    drafts: Vec<String>,
    /// Whether the text before it is kept, and the release says the same since.
    can_go: bool,
}

fn shown_delay(snapshot: &Snapshot, open: &OpenFolder, release: &str) -> Result<Option<ShownDelay>, Refused> {
    let delay = desk::last_delay(snapshot, release)?;
    Ok(delay.map(|LastDelay { announced, cause, issued, drafts }| ShownDelay {
        told: date::prose(announced),
        cause: cause.trim_end_matches('.').to_owned(),
        can_go: issued.is_empty() && last_texts(snapshot, open, release).is_some(),
        issued,
        drafts,
    }))
}

/// The release's text with the last delay and before it, if recording that delay was the last change of the file.
fn last_texts(snapshot: &Snapshot, open: &OpenFolder, release: &str) -> Option<(String, String)> {
    let path = format!("memos/releases/{release}.yaml");
    let now = desk::texts(snapshot, &desk::SourceFile::Release(release.to_owned())).ok()?;
    let now = now.first().map(|(_, text)| *text)?;
    let of_file = |change: Journal| {
        let text = change.texts.into_iter().find(|text| text.path.as_str() == path)?;
        Some((change.what, text))
    };
    let (what, TextChange { before, after, .. }) = history(&open.root).find_map(of_file)?;
    let (before, after) = before.zip(after).filter(|_| what == format!("slip {release}"))?;
    (after == now).then_some((after, before))
}

fn taken_back(shared: &Shared, open: &OpenFolder, release: &str, form: &FormData) -> Result<Answer, Refused> {
    const CHANGED: &str =
        "The release has been changed since this page was shown, so the delay was not taken back.";
    let release = found(&open.snapshot()?, release, shared.now().date())?;
    let is_last = form.get("told").is_some_and(|told| release.delays.last().is_some_and(|last| last == told));
    let taken = match is_last {
        false => None,
        true => shared.carry_out(open, |now| {
            let Some((written, before)) = last_texts(now, open, &release.id) else {
                return Ok(Plan::nothing(None));
            };
            let plan = desk::take_back_delay(now, &release.id, &written, &before)?;
            match plan.report.is_some() {
                true => Ok(desk::and_build(now, plan)?.map(|(delay, built)| delay.zip(Some(built)))),
                false => Ok(Plan::nothing(None)),
            }
        })?,
    };
    let said = match taken {
        None => CHANGED.to_owned(),
        Some((LastDelay { drafts, .. }, built)) => {
            let told = match drafts.as_slice() {
                [] => String::new(),
                drafts => format!(" {} told it: look at what each says now.", series(drafts)),
            };
            format!(
                "The delay is taken back; all dates are as they were before it. {}{told}",
                built_words(&built)
            )
        }
    };
    shared.say(&address(&release.id), said);
    Ok(Answer::Go(address(&release.id)))
}
