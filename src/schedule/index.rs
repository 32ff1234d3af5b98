//! The names of a plan, by their places in it.
//!
//! In: a plan. Out: what a rule names; whose working days count. Not here: dates.

use std::collections::BTreeMap;

use super::part::{Edge, Part, PlanItem};
use crate::{
    calendar::Workdays,
    model::{Plan, PlanItemId},
};

/// A plan whose names are known by their places.
pub(super) struct Index<'p> {
    pub plan: &'p Plan,
    milestones: BTreeMap<&'p str, usize>,
    tasks: BTreeMap<&'p str, usize>,
}

impl<'p> Index<'p> {
    pub fn new(plan: &'p Plan) -> Index<'p> {
        let milestones = plan.milestones.iter().enumerate().map(|(at, m)| (m.id.as_str(), at));
        let tasks = plan.tasks.iter().enumerate().map(|(at, t)| (t.id.as_str(), at));
        Index { plan, milestones: milestones.collect(), tasks: tasks.collect() }
    }

    pub fn milestone(&self, id: &str) -> Option<PlanItem> {
        self.milestones.get(id).map(|at| PlanItem::Milestone(*at))
    }

    pub fn target(&self, target: &PlanItemId) -> Option<PlanItem> {
        match target {
            PlanItemId::Task(id) => self.tasks.get(id.as_str()).map(|at| PlanItem::Task(*at)),
            PlanItemId::Milestone(id) => self.milestone(id.as_str()),
        }
    }

    /// The days on which all who are responsible are open.
    pub fn workdays(&self, thing: PlanItem) -> Workdays<'p> {
        match thing {
            PlanItem::Milestone(_) => Workdays::of(self.plan.calendar.as_deref()),
            PlanItem::Task(at) => Workdays::of(self.plan.tasks[at].calendars()),
        }
    }

    /// Milestones, then tasks, in their order.
    pub fn things(&self) -> impl Iterator<Item = PlanItem> + use<> {
        let (milestones, tasks) = (self.plan.milestones.len(), self.plan.tasks.len());
        (0..milestones).map(PlanItem::Milestone).chain((0..tasks).map(PlanItem::Task))
    }

    /// Where a list of all starts and ends has one.
    pub fn place_in_list(&self, part: Part) -> usize {
        let thing = match part.thing {
            PlanItem::Milestone(at) => at,
            PlanItem::Task(at) => self.plan.milestones.len() + at,
        };
        2 * thing + usize::from(part.edge == Edge::End)
    }
}
