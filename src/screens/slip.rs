//! A date has moved: new days of milestones, what follows from them, and the delay recorded.
//!
//! In: the form of a release's milestones. Out: its page; the part of it that follows while somebody types; the delay recorded,
//! changed, or kept as a proposal. Not here: what follows from a delay, which the desk finds, how that is shown (`slip_view`), and taking
//! back (`slip_kept`).

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use chrono::NaiveDate;
use tera::Context;

use super::{
    open::{OpenFolder, Shared},
    request::{Answer, Desk, FormData, answered},
    slip_form::{Begun, TypedDelay},
    slip_kept,
    slip_view::{self, Outlook},
    unhurried, values,
};
use crate::{
    desk::{self, BuildReport, MovableRelease, Refused, SlipPurpose, SlipReport, SlipRequest},
    folder::{Plan, Snapshot},
    serve::Front,
    words::{counted, series},
};

/// `GET /slip`: the release, if there is one; else which.
pub(super) async fn choose(State(shared): State<Arc<Shared>>, Desk(open): Desk) -> Response {
    unhurried(move || {
        let page = |context| shared.pages.page(&shared, "slip-choose.html", "slip", context);
        answered(&shared, open.snapshot().and_then(|now| chosen(&now, Front::Desk, page)))
    })
    .await
}

/// `GET /slip/RELEASE`: a blank form.
pub(super) async fn show(shared: State<Arc<Shared>>, desk: Desk, Path(release): Path<String>) -> Response {
    show_kept(shared, desk, Path((release, String::new()))).await
}

/// `GET /slip/RELEASE/proposal`, `/slip/RELEASE/change`: a form with what is proposed, or with the last delay.
pub(super) async fn show_kept(
    State(shared): State<Arc<Shared>>,
    Desk(open): Desk,
    Path((release, begun)): Path<(String, String)>,
) -> Response {
    unhurried(move || answered(&shared, opened(&shared, &open, &release, &begun))).await
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
            let context =
                slip_view::part(Front::Desk, &now, &release, &TypedDelay::read(&form, today), today);
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

/// The address of a release's screen of delays.
pub(super) fn address(release: &str) -> String {
    format!("{}/{}", slip_view::at(Front::Desk), values::encoded(release))
}

/// The only release's address, or the page that asks which one.
pub(super) fn chosen(
    snapshot: &Snapshot,
    front: Front,
    page: impl FnOnce(Context) -> String,
) -> Result<Answer, Refused> {
    let releases = desk::movable(snapshot)?;
    if let [one] = releases.as_slice()
        && snapshot.texts.releases.len() == 1
    {
        return Ok(Answer::Go(format!("{}/{}", slip_view::at(front), values::encoded(&one.id))));
    }
    let faulty = snapshot.texts.releases.iter().map(|(id, _)| id.as_str());
    let faulty = faulty.filter(|id| releases.iter().all(|release| release.id != *id));
    Ok(Answer::Page(page(choice(front, &releases, faulty))))
}

/// What the page says that asks which release; it names those that must be put right before.
fn choice<'f>(front: Front, releases: &[MovableRelease], faulty: impl Iterator<Item = &'f str>) -> Context {
    let mut context = Context::new();
    context.insert("title", slip_view::title(front));
    context.insert("at", slip_view::at(front));
    context.insert("writes", &(front == Front::Desk));
    context.insert("releases", releases);
    context.insert("faulty", &faulty.map(|id| (id, values::encoded(id))).collect::<Vec<_>>());
    context
}

/// A release whose milestones can be moved.
pub(super) fn found(snapshot: &Snapshot, release: &str, today: NaiveDate) -> Result<MovableRelease, Refused> {
    let known = desk::movable(snapshot)?.into_iter().find(|known| known.id == release);
    // That says whether there is none, or what is wrong with it.
    known.map_or_else(|| desk::timeline(snapshot, release, today).and(Err(Refused::NoOffice)), Ok)
}

/// What a page shows besides the release as it is.
struct SlipPage<'t> {
    snapshot: &'t Snapshot,
    typed: TypedDelay,
    /// Why it was not recorded.
    why_not: Option<&'t str>,
}

/// The page as it is opened.
fn opened(shared: &Shared, open: &OpenFolder, release: &str, begun: &str) -> Result<Answer, Refused> {
    let (snapshot, today) = (open.snapshot()?, shared.now().date());
    let release = match found(&snapshot, release, today) {
        Ok(release) => release,
        Err(refused) if refused.findings().is_some() => {
            let page = choice(Front::Desk, &[], [release].into_iter());
            let page = shared.pages.page(shared, "slip-choose.html", "slip", page);
            return Ok(Answer::Problem(StatusCode::UNPROCESSABLE_ENTITY, page));
        }
        Err(refused) => return Err(refused),
    };
    let typed = match Begun::of(begun).map(|begun| kept(&snapshot, &release.id, begun, today)) {
        Some(Err(Refused::NoProposal { .. } | Refused::NoDelay { .. })) | None => {
            return Ok(Answer::Go(address(&release.id)));
        }
        Some(typed) => typed?,
    };
    page(shared, &release, SlipPage { snapshot: &snapshot, typed, why_not: None })
}

/// What a form is opened with.
fn kept(snapshot: &Snapshot, release: &str, begun: Begun, today: NaiveDate) -> Result<TypedDelay, Refused> {
    let wish = match begun {
        Begun::Blank => return Ok(TypedDelay::blank(today)),
        Begun::Proposal => desk::proposed_request(snapshot, release)?,
        Begun::Last => desk::last_request(snapshot, release)?,
    };
    Ok(TypedDelay::kept(&wish, begun))
}

/// The page of a release as it is now: what others have written meanwhile is shown, and is what is replaced from then on.
fn page(shared: &Shared, release: &MovableRelease, shown: SlipPage<'_>) -> Result<Answer, Refused> {
    let SlipPage { snapshot, typed, why_not } = shown;
    let typed = TypedDelay { marks: desk::delay_marks(snapshot, &release.id), ..typed };
    let mut context = slip_view::whole(Front::Desk, snapshot, release, &typed, shared.now().date());
    context.insert("not_yet", &why_not);
    context.insert("done", &shared.told(&address(&release.id)));
    context.insert("last", &slip_kept::last(snapshot, &release.id)?);
    context.insert("proposal", &slip_kept::proposal(snapshot, &release.id));
    let page = shared.pages.page(shared, "slip.html", "slip", context);
    Ok(match why_not {
        Some(_) => Answer::Problem(StatusCode::UNPROCESSABLE_ENTITY, page),
        None => Answer::Page(page),
    })
}

fn recorded(shared: &Shared, open: &OpenFolder, release: &str, form: &FormData) -> Result<Answer, Refused> {
    let today = shared.now().date();
    let snapshot = open.snapshot()?;
    let release = found(&snapshot, release, today)?;
    let typed = TypedDelay::read(form, today);
    let does = form.get("do");
    if !matches!(does, Some("record" | "propose")) {
        let why_not = slip_kept::meanwhile(&snapshot, &release.id, &typed, false);
        return page(shared, &release, SlipPage { snapshot: &snapshot, typed, why_not });
    }
    // Whatever somebody else has written meanwhile: what is recorded is what was shown.
    let written = shared.carry_out(open, |now| {
        let outlook = Outlook::of(now, &release.id, &typed, today);
        let proposes = does == Some("propose");
        let meanwhile = slip_kept::meanwhile(now, &release.id, &typed, proposes);
        let why_not = meanwhile.map(|why| format!("Not saved. {why}")).or_else(|| match proposes {
            true => outlook.why_not_proposed(form.get("seen")),
            false => outlook.why_not(form.get("seen"), typed.meant),
        });
        match (why_not, outlook) {
            (None, Outlook { wish: Some(wish), .. }) if proposes => {
                let by = shared.settings().person(&open.root);
                let purpose = SlipPurpose::Propose { by, on: today };
                let plan = desk::slip(now, &SlipRequest { purpose, ..wish })?;
                Ok(desk::and_build(now, plan)?.map(Ok))
            }
            (None, Outlook { plan: Some(plan), .. }) => Ok(desk::and_build(now, plan)?.map(Ok)),
            (why_not, _) => Ok(Plan::nothing(Err(why_not.unwrap_or_default()))),
        }
    })?;
    match written {
        Ok((slip, built)) => {
            shared.say(&address(&release.id), said(&slip, &built));
            Ok(Answer::Go(address(&release.id)))
        }
        Err(why) => {
            let snapshot = open.snapshot()?;
            let release = found(&snapshot, &release.id, today)?;
            page(shared, &release, SlipPage { snapshot: &snapshot, typed, why_not: Some(&why) })
        }
    }
}

/// What was written.
fn said(slip: &SlipReport, built: &BuildReport) -> String {
    let moved = counted(slip.moved.len(), "date");
    let change = if slip.moved.len() == 1 { "changes" } else { "change" };
    if slip.is_proposal() {
        let open = slip.open_questions().map(|open| format!(" {open}.")).unwrap_or_default();
        return format!("The proposal is saved.{open} Nothing moves before it is recorded.");
    }
    let mut said = format!("The delay is recorded: {moved} {change}. {}", built_words(built));
    if !slip.unusual.is_empty() {
        said += &format!(" You confirmed what is unusual: {}", slip.unusual_sentences().join(" "));
    }
    said
}

pub(super) fn built_words(built: &BuildReport) -> String {
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
