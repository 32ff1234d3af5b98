//! `knows` of a memo: how many of its release's delays it tells, or what is only proposed.
//!
//! In: the key, the plan, how far the memo has come. Out: what the memo tells, and the plan that it tells; faults of a proposal that
//! is not there, or cannot be told. Not here: what a memo tells that does not say it.

use std::sync::Arc;

use super::{fields::Fields, reader::Reader};
use crate::{
    diagnostic::{Code, Diagnostic},
    model::{Plan, Proposal, Status},
    yaml::{Data, Node},
};

/// The word for what is only proposed.
pub(crate) const PROPOSED: &str = "proposed";

/// What a memo says that it tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ToldPlan {
    /// Nothing is said.
    Unsaid,
    /// So many of the delays.
    Delays(usize),
    /// All delays, and the one that is only proposed.
    Proposal,
}

/// Reads the key. The plan is that of the release, with what is proposed if the memo tells it. `None` is a fault.
pub(super) fn told(
    plan: Option<Arc<Plan>>,
    f: &mut Fields<'_>,
    r: &mut Reader<'_>,
    status: Option<Status>,
) -> (Option<Arc<Plan>>, Option<ToldPlan>) {
    let says = f.peek("knows").is_some_and(
        |node| matches!(&node.data, Data::Text(text) if text.trim().eq_ignore_ascii_case(PROPOSED)),
    );
    let is_known = !r.leans_on_fault && (plan.is_some() || f.key_range("release").is_none());
    if !says {
        let most = is_known.then(|| plan.as_ref().map_or(0, |plan| plan.delays.len()));
        let said = r.may(f, "knows", |n, r| r.delay(n, most, false));
        return (plan, said.map(|said| said.map_or(ToldPlan::Unsaid, ToldPlan::Delays)));
    }
    let with = |node: &Node, r: &mut Reader<'_>| {
        let plan = plan.as_deref().filter(|plan| plan.id.is_some())?;
        let Some((whole, proposal)) = plan.with_proposal().zip(plan.proposal.as_deref()) else {
            no_proposal(node, r);
            return None;
        };
        can_tell(proposal, status, node, r).then(|| Arc::new(whole))
    };
    match r.may(f, "knows", with) {
        Some(Some(whole)) => (Some(whole), Some(ToldPlan::Proposal)),
        // Only a release has a proposal; one with a fault may have one.
        _ if f.key_range("release").is_none() => (plan, Some(ToldPlan::Unsaid)),
        _ => (plan, None),
    }
}

fn no_proposal(node: &Node, r: &mut Reader<'_>) {
    let message = "the memo tells a delay that is proposed, and nothing is proposed".to_owned();
    let help = "take this line out; or, if the delay was recorded, write its number: `knows: 1`".to_owned();
    r.fault(Code::UnknownDelay, node, message, "the release has no `proposed`", help);
}

/// Whether a memo of this status can tell what is proposed.
fn can_tell(proposal: &Proposal, status: Option<Status>, node: &Node, r: &mut Reader<'_>) -> bool {
    if status.is_some_and(|status| !matches!(status, Status::Draft | Status::Review)) {
        let message = "the memo tells a delay that is only proposed".to_owned();
        let help = "record the delay first; or put the memo back to `status: draft`".to_owned();
        r.fault(Code::ConflictingKeys, node, message, "a draft, or a memo in review, can tell it", help);
        return false;
    }
    if proposal.faults.is_empty() {
        return true;
    }
    let place = r.source.at(node.range.clone());
    let because = proposal.faults.iter().map(|fault| (fault.place.clone(), fault.message.clone()));
    r.faults.push(
        Diagnostic::new(Code::ConflictingKeys, place, "what is proposed cannot be as the release is by now")
            .expected("the memo tells a delay that could be recorded")
            .because(because.collect())
            .help("change the proposal, or drop it"),
    );
    false
}
