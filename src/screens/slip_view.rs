//! What follows from a delay, in the words of the screen.
//!
//! In: what is typed of a delay. Out: an [`Outlook`]: the desk's plan and report, or why there is none; what a template is given of
//! it. Not here: the form, and writing.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;
use tera::Context;

use super::{
    chart, refusal,
    slip_conflicts::{Conflict, conflicts},
    slip_form::{NO_CAUSE, TypedDelay, key},
    slip_kept,
};
use crate::{
    desk::{
        self, DoneQuestion, MemoOfRelease, MovableRelease, Refused, SlipReport, SlipRequest, Timeline,
        WhatFollows,
    },
    folder::{Plan, Snapshot},
    model::{PlanItemId, date},
    output::digest,
    serve::Front,
    words::{capitalized, counted, series},
};

/// What follows from what is typed.
#[derive(Default)]
pub(super) struct Outlook {
    /// The plan, if anything moves; it writes nothing as long as something is left to be said.
    pub plan: Option<Plan<SlipReport>>,
    /// What is asked for, with the answers, if it can be.
    pub wish: Option<SlipRequest>,
    /// What is typed and is no date.
    wrong: Vec<String>,
    /// Whether a cause is typed.
    has_cause: bool,
    /// What somebody else has made of what is to be replaced.
    meanwhile: Option<&'static str>,
    /// All steps that are asked about, with the answers.
    questions: Vec<AskedStep>,
    /// Why it cannot be.
    refused: Option<String>,
    conflicts: Vec<Conflict>,
    /// The schedule as it is, if nothing moves.
    timeline: Timeline,
}

/// A step or a milestone whose day has passed.
#[derive(Serialize)]
struct AskedStep {
    key: String,
    #[serde(flatten)]
    asked: DoneQuestion,
    /// What somebody says.
    done: Option<bool>,
}

impl AskedStep {
    fn of(asked: &DoneQuestion, typed: &TypedDelay) -> AskedStep {
        let done = typed.answers.get(&asked.target).copied();
        AskedStep { key: key(&asked.target), done, asked: asked.clone() }
    }
}

/// What was answered of a closed day.
#[derive(Serialize)]
struct ShownClosedDay {
    key: String,
    what: String,
    closed: &'static str,
}

impl Outlook {
    /// Finds it. The questions are those of a delay without answers, so that a question does not go as it is answered.
    pub fn of(snapshot: &Snapshot, release: &str, typed: &TypedDelay, today: NaiveDate) -> Outlook {
        let mut outlook = Outlook {
            wrong: typed.days.wrong.clone(),
            has_cause: !typed.cause.is_empty(),
            meanwhile: slip_kept::meanwhile(snapshot, release, typed, false),
            ..Outlook::default()
        };
        if outlook.meanwhile.is_some() || !typed.days.wrong.is_empty() || typed.days.moves.is_empty() {
            outlook.timeline = desk::timeline(snapshot, release, today).unwrap_or_default();
            return outlook;
        }
        match planned(snapshot, release, typed) {
            Ok((plan, questions, wish)) => {
                if plan.report.is_nothing() {
                    outlook.timeline = desk::timeline(snapshot, release, today).unwrap_or_default();
                }
                (outlook.plan, outlook.questions, outlook.wish) = (Some(plan), questions, Some(wish));
            }
            Err(refused) => {
                outlook.timeline = desk::timeline(snapshot, release, today).unwrap_or_default();
                outlook.conflicts = conflicts(&refused, typed);
                outlook.refused = outlook.conflicts.is_empty().then(|| refusal::words(&refused));
            }
        }
        outlook
    }

    fn report(&self) -> Option<&SlipReport> {
        self.plan.as_ref().map(|plan| &plan.report).filter(|report| !report.is_nothing())
    }

    /// What tells this outlook from others. The plan writes the release alone, so its own digest would not tell that the office or a
    /// memo has changed what follows.
    fn seen(&self) -> String {
        let Some(report) = self.report() else { return String::new() };
        let SlipReport {
            announced, moved, goes_back, stays, memos, unusual, closed, proposal, steps, ..
        } = report;
        let all = serde_json::json!([
            announced.to_string(),
            moved,
            goes_back,
            stays,
            memos,
            unusual,
            closed,
            proposal,
            steps
        ]);
        digest(all.to_string().as_bytes())
    }

    /// Why the delay is not kept as a proposal, if it is not: `seen` is what was shown. Questions may be open.
    pub fn why_not_proposed(&self, seen: Option<&str>) -> Option<String> {
        let why = match self.report() {
            None => "Look at what stands below.",
            Some(_) if !self.has_cause => "Type the cause, as it reads after “due to” in the memo.",
            Some(_) if seen != Some(self.seen().as_str()) => {
                "What follows is not what was shown before: look at it again, then save the proposal."
            }
            Some(_) => return None,
        };
        Some(format!("Not saved yet. {why}"))
    }

    /// Why the delay is not recorded, if it is not: `seen` is what was shown, `meant` that what is unusual is meant.
    pub fn why_not(&self, seen: Option<&str>, meant: bool) -> Option<String> {
        let Some(report) = self.report() else {
            return Some("Not recorded yet. Look at what stands below.".to_owned());
        };
        let why = if !report.would_tell.is_empty() {
            "Not recorded. Look at what stands below."
        } else if !self.has_cause {
            "Not recorded yet. Type the cause, as it reads after “due to” in the memo."
        } else if !report.questions.is_empty() {
            "Not recorded yet. Answer each question under “Done or not?”."
        } else if seen != Some(self.seen().as_str()) {
            "Not recorded yet. What follows is not what was shown before: look at it again, then record the delay."
        } else if !report.unusual.is_empty() && !meant {
            "Not recorded yet. Something is unusual: tick the box if it is meant."
        } else {
            return None;
        };
        Some(why.to_owned())
    }
}

fn planned(
    snapshot: &Snapshot,
    release: &str,
    typed: &TypedDelay,
) -> Result<(Plan<SlipReport>, Vec<AskedStep>, SlipRequest), Refused> {
    let wish = typed.wish(release, |_| false);
    let open = typed.sheet.plan(snapshot, &wish)?;
    let asked: Vec<AskedStep> =
        open.report.questions.iter().map(|asked| AskedStep::of(asked, typed)).collect();
    if asked.iter().all(|question| question.done.is_none()) {
        return Ok((open, asked, wish));
    }
    let wish = typed.wish(release, |of| asked.iter().any(|question| question.asked.target == *of));
    let plan = typed.sheet.plan(snapshot, &wish)?;
    // What an answer has made needless is asked no more.
    let is_left = |of: &PlanItemId| plan.report.questions.iter().any(|left| left.target == *of);
    let is_shown = |question: &AskedStep| question.done.is_some() || is_left(&question.asked.target);
    let questions = asked.into_iter().filter(is_shown).collect();
    Ok((plan, questions, wish))
}

/// Where the screens of releases stand.
pub(super) fn at(front: Front) -> &'static str {
    match front {
        Front::Desk => "/slip",
        Front::Preview => "/what-if",
    }
}

/// What they are called.
pub(super) fn title(front: Front) -> &'static str {
    match front {
        Front::Desk => "A date has moved",
        Front::Preview => "What if a date moves",
    }
}

/// What the whole page shows of a release and of what is typed.
pub(super) fn whole(
    front: Front,
    snapshot: &Snapshot,
    release: &MovableRelease,
    typed: &TypedDelay,
    today: NaiveDate,
) -> Context {
    let mut context = part(front, snapshot, release, typed, today);
    context.insert("at", at(front));
    context.insert("title", &format!("{}: {}", title(front), release.name));
    context.insert("release", release);
    context.insert("rows", &typed.rows(release));
    context.insert("told", &typed.told);
    context.insert("cause", &typed.cause);
    context.insert("marks", &typed.marks);
    context
}

/// What the part of the page shows that follows while somebody types.
pub(super) fn part(
    front: Front,
    snapshot: &Snapshot,
    release: &MovableRelease,
    typed: &TypedDelay,
    today: NaiveDate,
) -> Context {
    let outlook = Outlook::of(snapshot, &release.id, typed, today);
    let report = outlook.report();
    let mut context = Context::new();
    context.insert("writes", &(front == Front::Desk));
    let rest = report.map_or(&outlook.timeline, |report| &report.timeline);
    context.insert("meanwhile", &outlook.meanwhile);
    context.insert("wrong", &outlook.wrong);
    context.insert("questions", &outlook.questions);
    context.insert("refused", &outlook.refused);
    context.insert("conflicts", &outlook.conflicts);
    insert_answers(&mut context, typed, &outlook);
    context.insert("is_there", &(outlook.plan.is_some() && report.is_none()));
    context.insert("chart", &chart::chart(rest));
    context.insert("seen", &outlook.seen());
    context.insert("follows", &report.map(OutlookWords::of));
    context.insert("meant", &typed.meant);
    context.insert("begun", typed.begun.word());
    let replaces = report.and_then(|report| report.proposal.as_ref());
    context.insert("replaces", &replaces.map(|proposal| &proposal.words));
    context.insert("release_id", &release.id);
    context
}

/// Gives a template what was answered of closed days; and all answers that the dates typed so far do not ask for, so that an answer to
/// one question does not take away that to another.
fn insert_answers(context: &mut Context, typed: &TypedDelay, outlook: &Outlook) {
    let days = outlook.report().into_iter().flat_map(|report| &report.closed);
    // Start and end of a step are answered together.
    let closed: BTreeMap<String, ShownClosedDay> = days
        .map(|day| {
            let key = key(&day.target);
            (key.clone(), ShownClosedDay { key, what: capitalized(&day.what), closed: day.closed })
        })
        .collect();
    let is_shown = |key: &String| {
        let asked = outlook.conflicts.iter().filter_map(|conflict| conflict.key.as_ref());
        closed.contains_key(key) || asked.into_iter().any(|asked| asked == key)
    };
    let closed_kept = typed.closed.iter().map(|(of, closed)| (key(of), closed.word()));
    let closed_kept = closed_kept.filter(|(key, _)| !is_shown(key));
    let closed_kept = closed_kept.map(|(key, closed)| (format!("closed:{key}"), closed));
    let is_asked = |of: &PlanItemId| outlook.questions.iter().any(|question| question.asked.target == *of);
    let done_kept = typed.answers.iter().filter(|(of, _)| !is_asked(of));
    let done_kept =
        done_kept.map(|(of, done)| (format!("done:{}", key(of)), if *done { "yes" } else { "no" }));
    context.insert("kept", &closed_kept.chain(done_kept).collect::<Vec<_>>());
    context.insert("closed", &closed.into_values().collect::<Vec<_>>());
}

/// What follows, in words.
#[derive(Serialize)]
struct OutlookWords<'r> {
    summary: String,
    told: String,
    cause: Option<&'r str>,
    moved: &'r [desk::DateMove],
    goes_back: &'r [desk::DateReturn],
    steps: &'r [String],
    stays: Vec<String>,
    memos: Vec<(&'r str, String)>,
    unusual: Vec<String>,
    under_way: String,
    would_tell: String,
    /// What has no date any more.
    dateless: Vec<String>,
}

impl<'r> OutlookWords<'r> {
    fn of(report: &'r SlipReport) -> OutlookWords<'r> {
        let moved = counted(report.moved.len(), "date");
        let change = if report.moved.len() == 1 { "changes" } else { "change" };
        let asked = match report.questions.len() {
            0 => String::new(),
            1 => "; 1 question is left".to_owned(),
            left => format!("; {left} questions are left"),
        };
        let dateless = report.moved.iter().filter(|moved| date::read(last_of(&moved.row.is)).is_err());
        let name = |moved: &'r desk::DateMove| match moved.row.step.as_str() {
            "" => moved.row.task.clone(),
            step => format!("step {step}"),
        };
        OutlookWords {
            summary: format!("{moved} {change}{asked}"),
            told: date::prose(report.announced),
            cause: Some(report.cause.as_str()).filter(|cause| *cause != NO_CAUSE),
            moved: &report.moved,
            goes_back: &report.goes_back,
            steps: &report.steps,
            stays: report.stays.iter().map(ToString::to_string).collect(),
            memos: report.memos.iter().map(|memo| (memo.id.as_str(), memo_words(memo))).collect(),
            unusual: report.unusual_sentences(),
            under_way: capitalized(&series(&report.under_way)),
            would_tell: report.would_tell.join(", "),
            dateless: dateless.map(name).collect(),
        }
    }
}

/// The last day of "11/5/2021 to 11/19/2021".
fn last_of(days: &str) -> &str {
    days.rsplit(" to ").next().unwrap_or(days)
}

fn memo_words(memo: &MemoOfRelease) -> String {
    let date = date::prose(memo.date);
    let says = match &memo.follows {
        WhatFollows::Rebuilt => "takes the new dates".to_owned(),
        WhatFollows::Pinned { .. } => "keeps the dates of an earlier plan, as it says itself".to_owned(),
        WhatFollows::Updated { by, relation } => format!("stays as it went out; {by} {} it", relation.key()),
        WhatFollows::TellsProposal => "tells what is proposed".to_owned(),
        WhatFollows::NeedsUpdate => "stays as it went out; it needs a memo that updates it".to_owned(),
    };
    format!("({}, {date}) {says}", memo.status)
}
