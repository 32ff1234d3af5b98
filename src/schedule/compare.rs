//! Two resolved plans -> what changed from the one to the other.
//!
//! In: two [`Side`]s. Out: [`Changes`], typed. Not here: how they are told, and which plans are compared.

use std::collections::{BTreeMap, BTreeSet};

use super::{Resolved, ResolvedMilestone, ResolvedTask};
use crate::{
    calendar::Workdays,
    model::{DateCell, Entity, Id, Task},
};

/// A plan as somebody sees it.
#[derive(Debug, Clone, Copy)]
pub struct Side<'p> {
    /// Its dates.
    pub resolved: &'p Resolved<'p>,
    /// The texts of its tasks as they are printed, in their order.
    pub texts: &'p [String],
}

/// What changed.
#[derive(Debug)]
pub struct Changes<'p> {
    /// Of the milestones; of one entity there are none.
    pub milestones: Vec<Change<'p>>,
    /// Of the tasks: in the later order, then those that are gone.
    pub tasks: Vec<Change<'p>>,
    /// The later tasks that were not completed before, and whether they are now.
    pub since: Vec<(&'p ResolvedTask<'p>, bool)>,
}

/// What changed of one milestone or task; at least one of the two is there.
#[derive(Debug)]
pub struct Change<'p> {
    /// Before; none if it is new.
    pub was: Option<Row<'p>>,
    /// After; none if it was dropped.
    pub is: Option<Row<'p>>,
    /// It was completed before, and is not after.
    pub reopened: bool,
    days: Workdays<'p>,
}

/// A milestone or task on one side.
#[derive(Debug, PartialEq, Eq)]
pub struct Row<'p> {
    /// Its stable name.
    pub id: &'p Id,
    /// What else is printed of a task.
    pub task: Option<TaskWords<'p>>,
    /// When it starts.
    pub start: DateCell,
    /// When it ends.
    pub end: DateCell,
}

/// What is printed of a task besides its dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TaskWords<'p> {
    /// "6a".
    pub step: &'p str,
    /// Who is responsible.
    pub owners: &'p [std::sync::Arc<Entity>],
    /// What is to be done.
    pub text: &'p str,
}

/// A kind of change; one task can have several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// It was not there before.
    New,
    /// It is there no more.
    Dropped,
    /// It has another step.
    Renumbered,
    /// Its day had passed, and it is still to be done.
    Reopened,
    /// Its start or its end is another.
    Moved,
    /// Others are responsible.
    Reassigned,
    /// It reads in another way.
    Reworded,
}

/// How a date moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moved {
    /// From one day to another; less than 0 if that is earlier.
    By {
        /// In working days of the later plan's calendar, for steps and milestones alike: the same two dates are as far from
        /// each other wherever they stand.
        working: i64,
        /// In days.
        calendar: i64,
    },
    /// It was no day, or is none now: "On-going".
    Anew,
}

/// Compares two plans: all of them, or the tasks of those with one of the `names`.
///
/// A task is the same task if it has the same id. What is left over is the same if exactly one task on each side
/// has its text, as it is written, and its owners: so a task that a delay gives another step is no new one.
pub fn compare<'p>(before: Side<'p>, after: Side<'p>, names: Option<&BTreeSet<&str>>) -> Changes<'p> {
    let concerns = |task: &Task| {
        names.is_none_or(|names| task.owners.iter().any(|owner| names.contains(owner.name.as_str())))
    };
    let milestones = if names.is_none() { milestones(before.resolved, after.resolved) } else { Vec::new() };
    let (mut tasks, mut since) = (Vec::new(), Vec::new());
    for (was, is) in pairs(&before.resolved.tasks, &after.resolved.tasks) {
        let (earlier, later) =
            (was.map(|at| &before.resolved.tasks[at]), is.map(|at| &after.resolved.tasks[at]));
        if !earlier.iter().chain(&later).any(|task| concerns(task.task)) {
            continue;
        }
        if let Some(later) = later.filter(|_| earlier.is_none_or(|earlier| !earlier.completed)) {
            since.push((later, later.completed));
        }
        tasks.push(Change {
            was: was.map(|at| task(before, at)),
            is: is.map(|at| task(after, at)),
            reopened: earlier.is_some_and(|task| task.completed) && later.is_some_and(|task| !task.completed),
            days: Workdays::of(after.resolved.plan.calendar.as_deref()),
        });
    }
    tasks.retain(|change| !change.kinds().is_empty());
    Changes { milestones, tasks, since }
}

fn milestones<'p>(before: &'p Resolved<'p>, after: &'p Resolved<'p>) -> Vec<Change<'p>> {
    let find = |all: &'p [ResolvedMilestone<'p>], id: &Id| all.iter().find(|m| m.id == id).map(milestone);
    let later = after.milestones.iter().map(|m| (find(&before.milestones, m.id), Some(milestone(m))));
    let gone = before.milestones.iter().filter(|m| find(&after.milestones, m.id).is_none());
    let all = later.chain(gone.map(|m| (Some(milestone(m)), None)));
    let days = Workdays::of(after.plan.calendar.as_deref());
    let changes = all.map(|(was, is)| Change { was, is, reopened: false, days: days.clone() });
    changes.filter(|change| !change.kinds().is_empty()).collect()
}

fn milestone<'p>(milestone: &ResolvedMilestone<'p>) -> Row<'p> {
    let (start, end) = (milestone.now.start.cell(), milestone.now.end.cell());
    Row { id: milestone.id, task: None, start, end }
}

fn task<'p>(side: Side<'p>, at: usize) -> Row<'p> {
    let found = &side.resolved.tasks[at];
    let ResolvedTask { task, start, end, .. } = found;
    let text = side.texts.get(at).map_or("", String::as_str);
    let printed = TaskWords { step: &found.step().value, owners: &task.owners, text };
    // A deadline is printed as one day.
    let start = if task.is_deadline() { DateCell::Empty } else { start.cell.clone() };
    Row { id: &task.id, task: Some(printed), start, end: end.cell.clone() }
}

/// Which task is which, by their places; those of `after` in their order, then what is left of `before`.
fn pairs(before: &[ResolvedTask<'_>], after: &[ResolvedTask<'_>]) -> Vec<(Option<usize>, Option<usize>)> {
    let ids: BTreeMap<_, _> = before.iter().enumerate().map(|(at, task)| (&task.task.id, at)).collect();
    let mut found: Vec<Option<usize>> = after.iter().map(|task| ids.get(&task.task.id).copied()).collect();
    let mut left: BTreeSet<usize> = (0..before.len()).collect();
    found.iter().flatten().for_each(|at| _ = left.remove(at));

    let mut alike: BTreeMap<_, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
    for at in &left {
        alike.entry(content(before[*at].task)).or_default().0.push(*at);
    }
    for (at, task) in after.iter().enumerate().filter(|(at, _)| found[*at].is_none()) {
        alike.entry(content(task.task)).or_default().1.push(at);
    }
    for (was, is) in alike.into_values() {
        if let ([was], [is]) = (was.as_slice(), is.as_slice()) {
            found[*is] = Some(*was);
            left.remove(was);
        }
    }
    let later = found.into_iter().enumerate().map(|(at, was)| (was, Some(at)));
    later.chain(left.into_iter().map(|at| (Some(at), None))).collect()
}

/// What a task is without its id, step and dates.
fn content(task: &Task) -> (Vec<&str>, Vec<&str>) {
    let owners = task.owners.iter().map(|owner| owner.name.as_str()).collect();
    (owners, task.text.value.split_whitespace().collect())
}

impl Change<'_> {
    /// Whether it is of a deadline that a memo lists, and no step of a schedule.
    pub fn is_deadline(&self) -> bool {
        let mut rows = self.was.iter().chain(&self.is);
        rows.any(|row| row.task.is_some_and(|task| task.is_deadline()))
    }

    /// Every kind of change there is; none if nothing changed.
    pub fn kinds(&self) -> Vec<Kind> {
        let (was, is) = match (&self.was, &self.is) {
            (None, _) => return vec![Kind::New],
            (_, None) => return vec![Kind::Dropped],
            (Some(was), Some(is)) => (was, is),
        };
        let mut kinds = Vec::new();
        if was.task.map(|task| task.step) != is.task.map(|task| task.step) {
            kinds.push(Kind::Renumbered);
        }
        if self.reopened {
            kinds.push(Kind::Reopened);
        }
        if (&was.start, &was.end) != (&is.start, &is.end) {
            kinds.push(Kind::Moved);
        }
        if was.task.map(|task| task.owner()) != is.task.map(|task| task.owner()) {
            kinds.push(Kind::Reassigned);
        }
        if was.task.map(|task| task.text) != is.task.map(|task| task.text) {
            kinds.push(Kind::Reworded);
        }
        kinds
    }

    /// How its start moved, if it did.
    pub fn start(&self) -> Option<Moved> {
        self.moved(&self.was.as_ref()?.start, &self.is.as_ref()?.start)
    }

    /// How its end moved, if it did.
    pub fn end(&self) -> Option<Moved> {
        self.moved(&self.was.as_ref()?.end, &self.is.as_ref()?.end)
    }

    /// How far it is from one cell to another, if they differ.
    pub(super) fn moved(&self, was: &DateCell, is: &DateCell) -> Option<Moved> {
        let day = |cell: &DateCell| match cell {
            DateCell::Day(day) | DateCell::Moment(day, _) => Some(*day),
            _ => None,
        };
        (was != is).then(|| match (day(was), day(is)) {
            (Some(was), Some(is)) => {
                Moved::By { working: self.days.between(was, is), calendar: (is - was).num_days() }
            }
            _ => Moved::Anew,
        })
    }
}

impl TaskWords<'_> {
    /// Whether it is a deadline that a memo lists, and no step of a schedule.
    pub fn is_deadline(&self) -> bool {
        self.step.is_empty()
    }

    /// Who is responsible, as printed: "SOS/CGI".
    pub fn owner(&self) -> String {
        Entity::joined(self.owners)
    }
}

impl Kind {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Kind::New => "new",
            Kind::Dropped => "dropped",
            Kind::Renumbered => "renumbered",
            Kind::Reopened => "reopened",
            Kind::Moved => "moved",
            Kind::Reassigned => "reassigned",
            Kind::Reworded => "reworded",
        }
    }
}
