//! The names of a plan, by their places in it.
//!
//! In: a plan. Out: what a rule names; whose working days count. Not here: dates.

use std::collections::BTreeMap;

use super::part::{Edge, Part, Thing};
use crate::{
    calendar::Workdays,
    model::{Plan, Target},
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

    pub fn milestone(&self, id: &str) -> Option<Thing> {
        self.milestones.get(id).map(|at| Thing::Milestone(*at))
    }

    pub fn target(&self, target: &Target) -> Option<Thing> {
        match target {
            Target::Task(id) => self.tasks.get(id.as_str()).map(|at| Thing::Task(*at)),
            Target::Milestone(id) => self.milestone(id.as_str()),
        }
    }

    /// The days on which all who are responsible are open.
    pub fn workdays(&self, thing: Thing) -> Workdays<'p> {
        match thing {
            Thing::Milestone(_) => Workdays::of(self.plan.calendar.as_deref()),
            Thing::Task(at) => Workdays::of(self.plan.tasks[at].calendars()),
        }
    }

    /// Milestones, then tasks, in their order.
    pub fn things(&self) -> impl Iterator<Item = Thing> + use<> {
        let (milestones, tasks) = (self.plan.milestones.len(), self.plan.tasks.len());
        (0..milestones).map(Thing::Milestone).chain((0..tasks).map(Thing::Task))
    }

    /// Where a list of all starts and ends has one.
    pub fn place_in_list(&self, part: Part) -> usize {
        let thing = match part.thing {
            Thing::Milestone(at) => at,
            Thing::Task(at) => self.plan.milestones.len() + at,
        };
        2 * thing + usize::from(part.edge == Edge::End)
    }
}
