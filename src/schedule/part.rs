//! Which date of a plan: the start or the end of a milestone or task.
//!
//! In: places in a plan's lists. Out: [`Part`], [`PlanItem`], [`Edge`], and what they are called. Not here: which day it is.

use super::Resolved;
use crate::model::{Dates, Delay, Id, Plan, PlanItemId};

/// Who says what milestones and tasks are called: a plan, or what was resolved of it, which knows the number that a completed
/// step had.
pub(super) trait Naming {
    /// The plan.
    fn plan(&self) -> &Plan;

    /// What something of it is called in a sentence: "step 16", "the mock election".
    fn words(&self, thing: PlanItem) -> String;
}

impl Naming for Plan {
    fn plan(&self) -> &Plan {
        self
    }

    fn words(&self, thing: PlanItem) -> String {
        thing.words(self)
    }
}

impl Naming for Resolved<'_> {
    fn plan(&self) -> &Plan {
        self.plan
    }

    fn words(&self, thing: PlanItem) -> String {
        Resolved::words(self, thing)
    }
}

/// The start or the end of a milestone or task of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Part {
    /// Of what.
    pub thing: PlanItem,
    /// Which end of it.
    pub edge: Edge,
}

/// A milestone or task by its place in the plan's list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PlanItem {
    /// Of the plan's milestones.
    Milestone(usize),
    /// Of the plan's tasks.
    Task(usize),
}

/// Start or end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Edge {
    /// When it starts.
    Start,
    /// When it ends.
    End,
}

impl Edge {
    /// The other end.
    #[must_use]
    pub fn other(self) -> Edge {
        match self {
            Edge::Start => Edge::End,
            Edge::End => Edge::Start,
        }
    }

    /// What it is called: "start".
    pub fn noun(self) -> &'static str {
        match self {
            Edge::Start => "start",
            Edge::End => "end",
        }
    }

    /// What a thing does there: "starts".
    pub fn verb(self) -> &'static str {
        match self {
            Edge::Start => "starts",
            Edge::End => "ends",
        }
    }
}

impl PlanItem {
    /// What it is called in a sentence: "step 16", "the mock election". What is resolved knows more: [`Resolved::words`].
    pub(crate) fn words(self, plan: &Plan) -> String {
        match self {
            PlanItem::Milestone(at) => format!("the {}", plan.milestones[at].words()),
            PlanItem::Task(at) => plan.tasks[at].words(),
        }
    }

    /// The same for a fault of its file: "step 16", "the milestone `mock-election`".
    pub fn named(self, plan: &Plan) -> String {
        match self {
            PlanItem::Milestone(at) => format!("the milestone `{}`", plan.milestones[at].id),
            PlanItem::Task(_) => self.words(plan),
        }
    }

    /// How its dates are found and what holds them.
    pub fn dates(self, plan: &Plan) -> &Dates {
        match self {
            PlanItem::Milestone(at) => &plan.milestones[at].dates,
            PlanItem::Task(at) => &plan.tasks[at].dates,
        }
    }

    /// Its stable name.
    pub fn id(self, plan: &Plan) -> &Id {
        match self {
            PlanItem::Milestone(at) => &plan.milestones[at].id,
            PlanItem::Task(at) => &plan.tasks[at].id,
        }
    }

    /// By its kind and its stable name: a task and a milestone can have one.
    pub fn target(self, plan: &Plan) -> PlanItemId {
        let id = self.id(plan).clone();
        match self {
            PlanItem::Milestone(_) => PlanItemId::Milestone(id),
            PlanItem::Task(_) => PlanItemId::Task(id),
        }
    }

    /// Whether a delay says of it that it was past and had not been done.
    pub(super) fn is_reopened(self, delay: &Delay, plan: &Plan) -> bool {
        delay.reopens.iter().any(|open| match (&open.value, self) {
            (PlanItemId::Milestone(id), PlanItem::Milestone(_))
            | (PlanItemId::Task(id), PlanItem::Task(_)) => id == self.id(plan),
            _ => false,
        })
    }

    pub(super) fn is_one_day(self, plan: &Plan) -> bool {
        match self {
            PlanItem::Milestone(at) => !plan.milestones[at].is_window,
            PlanItem::Task(at) => plan.tasks[at].is_deadline(),
        }
    }
}

impl Part {
    /// "the start of step 16", "the date of `deployment`": a milestone by the name that its file gives it.
    pub fn noun(self, plan: &Plan) -> String {
        let what = if self.thing.is_one_day(plan) { "date" } else { self.edge.noun() };
        format!("the {what} of {}", self.thing.named(plan))
    }

    /// What has the date: "the deployment", "the start of step 16".
    pub(super) fn owner_words(self, names: &impl Naming) -> String {
        let thing = names.words(self.thing);
        match self.edge {
            _ if self.thing.is_one_day(names.plan()) => thing,
            Edge::Start => format!("the start of {thing}"),
            Edge::End => format!("the end of {thing}"),
        }
    }

    /// "step 16 ends", "the deployment is".
    pub(super) fn words(self, names: &impl Naming) -> String {
        format!("{} {}", names.words(self.thing), self.verb(names.plan()))
    }

    /// The same for a fault of its file: "the milestone `deployment` is".
    pub fn named(self, plan: &Plan) -> String {
        format!("{} {}", self.thing.named(plan), self.verb(plan))
    }

    fn verb(self, plan: &Plan) -> &'static str {
        if self.thing.is_one_day(plan) { "is" } else { self.edge.verb() }
    }
}
