//! `proposed` of a release -> [`Proposal`].
//!
//! In: its keys, the milestones, tasks and delays of the plan. Out: a proposal; faults of its keys. What the plan has become since
//! is no fault of the release, whose memos do not tell the proposal: it is kept with the proposal. Not here: whether questions are open.

use super::{
    delay::{Delays, can_reopen, moves},
    reader::Reader,
    rule::{self, RuleNames},
};
use crate::{
    diagnostic::{Code, Diagnostic, Faults, Placed},
    model::{Delay, Id, Milestone, OnClosed, PlanItemId, Proposal, Task, date},
    yaml::Node,
};

/// What was right when somebody proposed it, and need not be any more.
const BY_PLAN: [Code; 5] =
    [Code::FixedMoves, Code::UnknownMilestone, Code::UnknownTask, Code::DelayOrder, Code::ConflictingKeys];

/// Reads a proposal.
pub(super) fn proposal(
    node: &Node,
    r: &mut Reader<'_>,
    names: &RuleNames<'_>,
    (milestones, tasks, delays): (&[Milestone], &[Task], &Delays),
) -> Option<Proposal> {
    let mut found = Faults::default();
    let mut reader = Reader::new(r.source, &mut found);
    let read = keys(node, &mut reader, names, milestones);
    if let Some((Proposal { delay, .. }, announced)) = &read {
        order(delay, announced, delays, &mut reader);
        delay
            .reopens
            .iter()
            .for_each(|open| can_reopen(open, delays.count, delay.announced, milestones, tasks, &mut reader));
    }
    let (by_plan, own): (Vec<_>, Vec<_>) =
        found.into_sorted().into_iter().partition(|fault| BY_PLAN.contains(&fault.code));
    let is_whole = own.is_empty();
    own.into_iter().for_each(|fault| r.faults.push(fault));
    let (proposal, _) = read.filter(|_| is_whole)?;
    Some(Proposal { faults: by_plan, ..proposal })
}

/// The proposal, and where it says when counties would be told.
fn keys<'n>(
    node: &'n Node,
    r: &mut Reader<'_>,
    names: &RuleNames<'_>,
    milestones: &[Milestone],
) -> Option<(Proposal, &'n Node)> {
    let mut f = r.fields(node, "a proposal")?;
    let by = r.may(&mut f, "by", |n, r| r.text(n));
    let date = r.need(&mut f, "date", |n, r| r.date(n));
    let at_announced = f.peek("announced");
    let announced = r.need(&mut f, "announced", |n, r| r.date(n));
    let cause = r.need(&mut f, "cause", |n, r| r.prose(n));
    let moves = r.need(&mut f, "moves", |n, r| Some(moves(n, r, names, milestones, announced)));
    let mut targets = |key: &'static str, r: &mut Reader<'_>| {
        r.may(&mut f, key, |n, r| Some(r.list(n, |n, r| rule::target(n, r, names))))
    };
    let (reopens, done) = (targets("reopens", r), targets("done", r));
    let closed = r.may(&mut f, "closed", closed_days);
    r.end(&f);
    let delay =
        Delay { announced: announced?, cause: cause?, moves: moves?, reopens: reopens?.unwrap_or_default() };
    let done: Vec<Placed<PlanItemId>> = done?.unwrap_or_default();
    Some((
        Proposal {
            delay,
            done,
            closed: closed?.unwrap_or_default(),
            by: by?,
            date: date?,
            faults: Vec::new(),
        },
        at_announced?,
    ))
}

/// What happens to dates of steps and milestones that would fall on a closed day.
fn closed_days(node: &Node, r: &mut Reader<'_>) -> Option<Vec<(PlanItemId, OnClosed)>> {
    let mut f = r.fields(node, "what happens on closed days")?;
    let steps = r.may(&mut f, "steps", |n, r| Some(r.entries(n, rule::on_closed)));
    let milestones = r.may(&mut f, "milestones", |n, r| Some(r.entries(n, rule::on_closed)));
    r.end(&f);
    let of = |kind: fn(Id) -> PlanItemId, days: Vec<(Id, Option<OnClosed>)>| {
        days.into_iter().filter_map(move |(id, closed)| Some((kind(id), closed?)))
    };
    let steps = of(PlanItemId::Task, steps?.unwrap_or_default());
    Some(steps.chain(of(PlanItemId::Milestone, milestones?.unwrap_or_default())).collect())
}

/// Reports that counties would be told before they were told of the last delay.
fn order(delay: &Delay, announced: &Node, delays: &Delays, r: &mut Reader<'_>) {
    let Some(last) = delays.last().filter(|last| delay.announced < last.announced) else { return };
    let message = format!("it would be announced on {}, before the last delay", date::prose(delay.announced));
    let expected = format!("the last delay was announced on {}", date::prose(last.announced));
    let place = r.source.at(announced.range.clone());
    r.faults.push(
        Diagnostic::new(Code::DelayOrder, place, message)
            .expected(expected)
            .help("say a later day on which counties are told"),
    );
}
