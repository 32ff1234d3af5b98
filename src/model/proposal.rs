//! A delay that somebody proposes, and nobody has announced.
//!
//! It moves nothing, but in the drafts that tell it. Not here: how a delay moves a plan (`schedule`).

use chrono::NaiveDate;

use super::{Delay, OnClosed, Plan, PlanItemId};
use crate::diagnostic::{Diagnostic, Placed};

/// A delay that is proposed: "move the release to November 21, by Ana, September 3".
#[derive(Debug, Clone)]
pub struct Proposal {
    /// The delay as it would be recorded.
    pub delay: Delay,
    /// What was past when counties would be told, and had been done: tasks and milestones.
    pub done: Vec<Placed<PlanItemId>>,
    /// What happens to dates that would fall on a closed day, and whose rules do not say it before it is recorded.
    pub closed: Vec<(PlanItemId, OnClosed)>,
    /// Who proposed it: a person of the office, by name.
    pub by: Option<String>,
    /// When it was proposed.
    pub date: NaiveDate,
    /// What would be wrong with it as a delay of the plan as it is by now.
    pub faults: Vec<Diagnostic>,
}

impl Plan {
    /// The plan as it would be with what is proposed; `None` if nothing is.
    pub fn with_proposal(&self) -> Option<Plan> {
        let Proposal { delay, closed, .. } = self.proposal.as_deref()?;
        let mut plan = Plan { proposal: None, ..self.clone() };
        plan.delays.push(delay.clone());
        closed.iter().for_each(|(target, closed)| plan.say_on_closed_days(target, *closed));
        Some(plan)
    }
}
