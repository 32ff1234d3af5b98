//! What is proposed of releases: in a sentence, as a request that can be recorded, with what is still open; and dropped.
//!
//! In: a snapshot. Out: a [`ProposalNote`], requests, the plan without a proposal. Not here: keeping a delay as a proposal, and recording
//! it (`slip`).

use chrono::NaiveDate;
use serde::Serialize;

use super::{
    AnswerOf, ClosedAnswer, DoneAnswers, FolderRecords, MilestoneMove, SlipPurpose, SlipReport, SlipRequest,
    places, release_named, slip_from, take_back::mark,
};
use crate::{
    desk::{Refused, iso},
    diagnostic::Placed,
    folder::{Edits, Plan, Snapshot},
    model::{Delay, Plan as ReleasePlan, PlanItemId, Proposal, Window, date},
    words::series,
};

/// What is proposed of a release.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProposalNote {
    /// Where it moves what, who proposed it and when: "the release to November 21, 2021 (by Ana Ruiz, September 3, 2021)".
    pub words: String,
    /// Who proposed it, if that is said.
    pub by: Option<String>,
    /// When.
    #[serde(serialize_with = "iso")]
    pub date: NaiveDate,
    /// The memos in work that tell it, by their ids.
    pub drafts: Vec<String>,
}

/// What is proposed of a release, and what is still to be said before it can be recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OpenProposal {
    /// The release's id.
    pub release: String,
    /// "VoteCal Release moves the release to November 21, 2021 (by Ana Ruiz, September 3, 2021): 2 questions are open".
    pub words: String,
    /// How many steps nobody has said of whether they were done.
    pub questions: usize,
    /// Why it cannot be recorded as the folder is by now.
    pub why_not: Option<String>,
    /// The memos in work that tell it.
    pub drafts: Vec<String>,
}

/// A proposal that is dropped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DroppedProposal {
    /// The release's id.
    pub release: String,
    /// What was proposed.
    pub proposal: ProposalNote,
}

impl ProposalNote {
    /// What is proposed in a plan, if anything is.
    pub(super) fn of(side: &FolderRecords, plan: &ReleasePlan) -> Option<ProposalNote> {
        let Proposal { delay, by, date, .. } = plan.proposal.as_deref()?;
        let moves = plan.milestones.iter().filter_map(|milestone| {
            let to = delay.moves.get(&milestone.id)?;
            let (start, end) = (to.start.clone(), to.end.clone().unwrap_or_else(|| to.start.clone()));
            Some(format!("the {} to {}", milestone.words(), Window { start, end }.prose()))
        });
        let moves: Vec<String> = moves.collect();
        let words = if moves.is_empty() { "nothing".to_owned() } else { series(&moves) };
        let person = |id: &String| {
            let person = side.working.office.people.get(&id.parse().ok()?)?.as_deref()?;
            Some(person.name.clone())
        };
        let by = by.as_ref().map(|by| person(by).unwrap_or_else(|| by.clone()));
        let who = by.as_ref().map(|by| format!("by {by}, ")).unwrap_or_default();
        let memos = side.working.memos.values().flatten().chain(&side.working.faulty);
        let drafts = memos.filter(|memo| memo.tells_proposal);
        let drafts = drafts.filter(|memo| memo.plan.as_ref().is_some_and(|other| other.id == plan.id));
        Some(ProposalNote {
            words: format!("{} ({who}{})", words, date::prose(*date)),
            by,
            date: *date,
            drafts: drafts.map(|memo| memo.id.to_string()).collect(),
        })
    }
}

/// All that is proposed, each with what is still open.
pub fn open_proposals(snapshot: &Snapshot) -> Vec<OpenProposal> {
    let releases = snapshot.texts.releases.iter();
    releases.filter_map(|(release, _)| open_proposal(snapshot, release)).collect()
}

/// What is proposed of a release, with what is still open; none if nothing is, or the release has faults.
pub fn open_proposal(snapshot: &Snapshot, release: &str) -> Option<OpenProposal> {
    let (id, source) = release_named(snapshot, release).ok()?;
    if !has_proposal(&snapshot.sources.get(source).text) {
        return None;
    }
    let side = FolderRecords::read(snapshot).ok()?;
    let plan = side.plan(&id)?;
    let note = ProposalNote::of(&side, plan)?;
    let planned = slip_from(&side, snapshot, &recorded(&id, plan.proposal.as_deref()?));
    let report = planned.map(|plan| plan.report);
    let why_not = match &report {
        Ok(report) if report.is_nothing() => Some("nothing would move any more".to_owned()),
        Ok(report) => report.why_not(),
        Err(refused) => Some(why(refused)),
    };
    let open = report.as_ref().ok().and_then(SlipReport::open_questions);
    let open = match &why_not {
        Some(why) => format!("it cannot be recorded: {why}"),
        None => open.unwrap_or_else(|| "no question is open".to_owned()),
    };
    let questions = report.map_or(0, |report| report.questions.len());
    let name = plan.name.as_deref().unwrap_or(&id);
    let words = format!("{name} moves {}: {open}", note.words);
    Some(OpenProposal { release: id, words, questions, why_not, drafts: note.drafts })
}

/// Whether anything is proposed of any release; it may have faults.
pub fn has_proposals(snapshot: &Snapshot) -> bool {
    snapshot.texts.releases.iter().any(|(_, source)| has_proposal(&snapshot.sources.get(*source).text))
}

/// Why a proposal cannot be recorded: the first thing that is wrong with its dates, if it is that.
fn why(refused: &Refused) -> String {
    match refused {
        Refused::Conflict { findings, .. } => {
            findings.faults.first().map_or_else(|| refused.to_string(), |fault| fault.message.clone())
        }
        refused => refused.to_string(),
    }
}

fn has_proposal(text: &str) -> bool {
    text.contains(places::PROPOSED) && !mark(text, places::PROPOSED).is_empty()
}

/// What is proposed, as a request to record it.
///
/// # Errors
/// [`Refused`]: there is no such release, it has faults, or nothing is proposed.
pub fn proposed_request(snapshot: &Snapshot, release: &str) -> Result<SlipRequest, Refused> {
    let (id, _) = release_named(snapshot, release)?;
    let side = FolderRecords::read(snapshot)?;
    match &side.release(&id, snapshot)?.proposal {
        Some(proposal) => Ok(recorded(&id, proposal)),
        None => Err(Refused::NoProposal { release: id }),
    }
}

fn recorded(id: &str, proposal: &Proposal) -> SlipRequest {
    let wish = request(id, &proposal.delay, SlipPurpose::RecordProposal);
    let answers = DoneAnswers { done: answers(&proposal.done), ..wish.answers };
    let closed = proposal
        .closed
        .iter()
        .map(|(target, closed)| ClosedAnswer { of: AnswerOf::Target(target.clone()), closed: *closed });
    SlipRequest { answers, closed: closed.collect(), ..wish }
}

/// The last delay, as a request to change it.
///
/// # Errors
/// [`Refused`]: there is no such release, it has faults, or no delay.
pub fn last_request(snapshot: &Snapshot, release: &str) -> Result<SlipRequest, Refused> {
    let (id, source) = release_named(snapshot, release)?;
    let side = FolderRecords::read(snapshot)?;
    let Some(last) = side.release(&id, snapshot)?.delays.last() else {
        return Err(Refused::NoDelay { release: id });
    };
    let of = mark(&snapshot.sources.get(source).text, "delays");
    Ok(request(&id, last, SlipPurpose::Change { of }))
}

fn request(id: &str, delay: &Delay, purpose: SlipPurpose) -> SlipRequest {
    let moves = delay.moves.iter().map(|(milestone, to)| MilestoneMove {
        milestone: milestone.to_string(),
        start: to.start.clone(),
        end: to.end.clone(),
    });
    SlipRequest {
        release: id.to_owned(),
        moves: moves.collect(),
        reason: delay.cause.value.clone(),
        announced: delay.announced,
        answers: DoneAnswers { done: Vec::new(), not_done: answers(&delay.reopens) },
        closed: Vec::new(),
        purpose,
    }
}

fn answers(targets: &[Placed<PlanItemId>]) -> Vec<AnswerOf> {
    targets.iter().map(|target| AnswerOf::Target(target.value.clone())).collect()
}

/// Plans to drop what is proposed. Drafts that tell it keep their texts, and are at fault until they tell something else.
///
/// # Errors
/// [`Refused`]: there is no such release, it has faults, or nothing is proposed.
pub fn drop_proposal(snapshot: &Snapshot, release: &str) -> Result<Plan<DroppedProposal>, Refused> {
    let (id, source) = release_named(snapshot, release)?;
    let side = FolderRecords::read(snapshot)?;
    let Some(proposal) = ProposalNote::of(&side, side.release(&id, snapshot)?) else {
        return Err(Refused::NoProposal { release: id });
    };
    let file = snapshot.sources.get(source);
    let text = places::without_proposal(&file.text)
        .ok_or_else(|| places::not_edited(&file.name, "take `proposed:` out yourself"))?;
    let mut edits = Edits::of(snapshot);
    edits.edit(source, &text);
    let what = format!("drop the proposed delay of {id}");
    Ok(Plan::of_sources(what, DroppedProposal { release: id, proposal }, edits.files()?))
}
