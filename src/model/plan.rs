//! A dated plan: milestones, the delays that moved them, and tasks.

use std::{collections::BTreeMap, sync::Arc};

use chrono::NaiveDate;

use super::{
    Calendar, DateRule, Dates, Day, Election, Entity, Id, OnClosed, PlanItemId, Proposal, Text, date,
};
use crate::diagnostic::{Place, Placed};

/// A release, or any other plan; also what a memo with tasks of its own holds.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The file's stem; none for a plan inside a memo.
    pub id: Option<Id>,
    /// "VoteCal Release".
    pub name: Option<String>,
    /// "VoteCal".
    pub system: Option<String>,
    /// Where it is tried out.
    pub environment: Option<Environment>,
    /// Whose working days its milestones are counted in; without it Monday to Friday.
    pub calendar: Option<Arc<Calendar>>,
    /// The election that E-60 counts from.
    pub election: Option<Arc<Election>>,
    /// Milestones with the first plan's dates, in the order written.
    pub milestones: Vec<Milestone>,
    /// Delays, earliest first.
    pub delays: Vec<Delay>,
    /// A delay that is only proposed; it is none of the delays.
    pub proposal: Option<Arc<Proposal>>,
    /// Tasks of all plans, in the order written.
    pub tasks: Vec<Task>,
    /// What stands around the table.
    pub schedule: ScheduleText,
}

/// Where a release is tried out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Environment {
    /// "County Test Environment".
    pub name: String,
    /// "CTE".
    pub short: Option<String>,
}

/// A dated point or window of a plan.
#[derive(Debug, Clone)]
pub struct Milestone {
    /// Its stable name.
    pub id: Id,
    /// When, in the first plan.
    pub dates: Dates,
    /// It has a start and an end.
    pub is_window: bool,
}

/// A day, or the days from the first to the last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Window {
    /// The first day.
    pub start: Day,
    /// The last day.
    pub end: Day,
}

/// A delay: one announcement that moves milestones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delay {
    /// When counties were told.
    pub announced: NaiveDate,
    /// As it reads after "due to".
    pub cause: Text,
    /// Which milestones move to where.
    pub moves: BTreeMap<Id, Move>,
    /// What was past when counties were told, and had not been done: tasks, and milestones that follow others. It moves with
    /// what it hangs on.
    pub reopens: Vec<Placed<PlanItemId>>,
}

/// Where a delay moves a milestone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Move {
    /// Its day, or its first day.
    pub start: Day,
    /// Its last day; if it is not said, a window keeps its length in working days.
    pub end: Option<Day>,
    /// Where it was written.
    pub place: Place,
}

/// A task of a plan.
#[derive(Debug, Clone)]
pub struct Task {
    /// Its stable name.
    pub id: Id,
    /// The printed step, which is text: "6a"; by the last delay that is known, or that the memo knows. A deadline of a memo has
    /// none.
    pub step: Placed<String>,
    /// All its steps, earliest first, each with the number of the delay from which on it has it: the first one with that from
    /// which on it exists. Empty if it has one step in all plans.
    pub steps: Vec<(usize, Placed<String>)>,
    /// Who is responsible, at least one.
    pub owners: Vec<Arc<Entity>>,
    /// What is to be done.
    pub text: Text,
    /// What must not be overlooked.
    pub warning: Option<Text>,
    /// It exists from this delay on; 0 is the first plan.
    pub since: usize,
    /// It exists no more from this delay on.
    pub until: Option<usize>,
    /// When it starts and ends.
    pub dates: Dates,
}

/// What stands around a schedule's table.
#[derive(Debug, Clone, Default)]
pub struct ScheduleText {
    /// "Schedule for the County Test Environment".
    pub title: Option<Text>,
    /// Which one: "November 21, 2021, Release".
    pub edition: Option<Text>,
    /// The paragraph above the table.
    pub introduction: Option<Text>,
    /// The paragraph below the table, after "Note:".
    pub note: Option<Text>,
    /// Whether dates that are counted from the election show their numbers: "9/6/2024 (E-60)".
    pub shows_e_numbers: bool,
    /// Where it was said that dates which a closed day has moved show a star, with a note below the table.
    pub shows_rolled: Option<Place>,
}

impl Milestone {
    /// What it is called in a sentence: "mock election".
    pub fn words(&self) -> String {
        self.id.words()
    }
}

/// How a milestone moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shift {
    /// Not at all.
    Stays,
    /// To a later day. A window that only gets longer moves later, too.
    Later,
    /// To an earlier day.
    Earlier,
    /// To a day that nobody knows yet.
    PutOff,
    /// From a day that nobody knew yet.
    Set,
    /// From one such day to another: what is known of it is another.
    Reworded,
}

impl Window {
    /// How it moved to here.
    pub fn shift(before: &Window, now: &Window) -> Shift {
        match (before.known(), now.known()) {
            _ if before == now => Shift::Stays,
            (Some(before), Some(now)) if before < now => Shift::Later,
            (Some(_), Some(_)) => Shift::Earlier,
            (Some(_), None) => Shift::PutOff,
            (None, None) => Shift::Reworded,
            (None, Some(_)) => Shift::Set,
        }
    }

    /// The first and the last day, if both are known.
    pub fn known(&self) -> Option<(NaiveDate, NaiveDate)> {
        self.start.known().zip(self.end.known())
    }

    /// As it reads in a sentence: "November 5 to November 19, 2021", "June 8, 2026, to TBD".
    pub fn prose(&self) -> String {
        match (self.known(), &self.start, &self.end) {
            (Some((start, end)), ..) => date::window(start, end),
            (None, start, end) if start == end => start.prose(),
            (None, Day::Known(start), end) => format!("{}, to {}", date::prose(*start), end.prose()),
            (None, start, end) => format!("{} to {}", start.prose(), end.prose()),
        }
    }
}

impl Plan {
    /// How the dates of its milestones and tasks are found.
    pub fn all_dates(&self) -> impl Iterator<Item = &Dates> {
        let milestones = self.milestones.iter().map(|milestone| &milestone.dates);
        milestones.chain(self.tasks.iter().map(|task| &task.dates))
    }

    /// Its texts, in which variables can stand.
    pub fn texts(&self) -> impl Iterator<Item = &Text> {
        let around = &self.schedule;
        let around = [&around.title, &around.edition, &around.introduction, &around.note];
        let tasks = self.tasks.iter().flat_map(|task| [Some(&task.text), task.warning.as_ref()]);
        let causes = self.delays.iter().map(|delay| &delay.cause);
        around.into_iter().flatten().chain(tasks.flatten()).chain(causes)
    }

    /// Lets dates stay on closed days whose rules do not say what happens there.
    pub fn stay_on_closed_days(&mut self) {
        let milestones = self.milestones.iter_mut().map(|milestone| &mut milestone.dates);
        for dates in milestones.chain(self.tasks.iter_mut().map(|task| &mut task.dates)) {
            for rule in [&mut dates.start, &mut dates.end] {
                if let DateRule::Counted(counted) = &mut rule.value
                    && counted.may_fall_on_closed_day()
                {
                    counted.closed.get_or_insert(OnClosed::Stay);
                }
            }
        }
    }

    /// Says what happens on a closed day to the dates of a step or a milestone whose rules do not say it.
    pub fn say_on_closed_days(&mut self, target: &PlanItemId, closed: OnClosed) {
        let dates = match target {
            PlanItemId::Task(id) => {
                self.tasks.iter_mut().find(|task| task.id == *id).map(|task| &mut task.dates)
            }
            PlanItemId::Milestone(id) => {
                let found = self.milestones.iter_mut().find(|milestone| milestone.id == *id);
                found.map(|milestone| &mut milestone.dates)
            }
        };
        for rule in dates.into_iter().flat_map(|dates| [&mut dates.start, &mut dates.end]) {
            if let DateRule::Counted(counted) = &mut rule.value
                && counted.may_fall_on_closed_day()
            {
                counted.closed.get_or_insert(closed);
            }
        }
    }

    /// The day on which all is known that is written down of it: its last delay, and all that has happened. Long ago, if nothing
    /// has.
    pub fn seen_on(&self) -> NaiveDate {
        let announced = self.delays.iter().map(|delay| delay.announced);
        announced.chain(self.all_dates().flat_map(Dates::happened)).max().unwrap_or(NaiveDate::MIN)
    }

    /// What tells one of its delays from others of the same day: "second "; nothing if it is the only one.
    pub fn which(&self, delay: &Delay) -> &'static str {
        let mut same = self.delays.iter().filter(|other| other.announced == delay.announced);
        let several = same.clone().nth(1).is_some();
        let nth = same.position(|other| std::ptr::eq(other, delay)).filter(|_| several);
        let ordinals =
            ["first ", "second ", "third ", "fourth ", "fifth ", "sixth ", "seventh ", "eighth ", "ninth "];
        nth.map_or("", |nth| ordinals.get(nth).copied().unwrap_or("later "))
    }

    /// A release at one of its delays: "the first plan of the VoteCal Release", "the plan of the VoteCal Release after the
    /// delay of March 10, 2025".
    pub fn at_delay(&self, knows: usize) -> String {
        let name = self.name.as_deref().or(self.id.as_ref().map(Id::as_str)).unwrap_or_default();
        let kind = if name.to_lowercase().ends_with("release") { "" } else { " release" };
        match knows.checked_sub(1).and_then(|last| self.delays.get(last)) {
            None => format!("the first plan of the {name}{kind}"),
            Some(delay) => {
                let (which, day) = (self.which(delay), date::prose(delay.announced));
                format!("the plan of the {name}{kind} after the {which}delay of {day}")
            }
        }
    }

    /// The same plan with the steps that its tasks have for somebody who knows so many delays.
    #[must_use]
    pub fn numbered(self: &Arc<Plan>, knows: usize) -> Arc<Plan> {
        if self.tasks.iter().all(|task| task.step_at(knows) == &task.step) {
            return Arc::clone(self);
        }
        let mut plan = Plan::clone(self);
        for task in &mut plan.tasks {
            task.step = task.step_at(knows).clone();
        }
        Arc::new(plan)
    }

    /// How many of its delays were announced on a day or before.
    pub fn announced_by(&self, day: NaiveDate) -> usize {
        self.delays.iter().filter(|delay| delay.announced <= day).count()
    }
}

impl Task {
    /// The calendars of those who are responsible.
    pub fn calendars(&self) -> impl Iterator<Item = &Calendar> {
        self.owners.iter().filter_map(|owner| owner.calendar.as_deref())
    }

    /// Its step in the plan of somebody who knows so many delays.
    pub fn step_at(&self, knows: usize) -> &Placed<String> {
        let known = self.steps.iter().rev().find(|(since, _)| *since <= knows);
        known.or(self.steps.first()).map_or(&self.step, |(_, step)| step)
    }

    /// Whether it is a deadline that a memo lists, and no step of a schedule.
    pub fn is_deadline(&self) -> bool {
        self.step.value.is_empty()
    }

    /// What it is called in a sentence: "step 16", "the deadline `statement`".
    pub fn words(&self) -> String {
        match self.is_deadline() {
            true => format!("the deadline `{}`", self.id),
            false => format!("step {}", self.step.value),
        }
    }

    /// Whether the plan that knows so many delays has this task.
    pub fn exists(&self, delays: usize) -> bool {
        self.since <= delays && self.until.is_none_or(|until| delays < until)
    }
}
