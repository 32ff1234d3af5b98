//! What follows from a delay, before it is written: what moves and why, what stays and why, which memos follow.
//!
//! Not here: finding it, writing it.

use super::{Side, Workspace};
use crate::{
    cli::{Terminal, counted, status::cut},
    model::{Memo, Status, date},
    schedule::{self, Change, Edge, Ground, Part, Resolved, Thing, ToldRow, When, compare, tell},
    template::{Engine, task_texts},
};

/// How many characters of a task's text are shown.
const WIDTH: usize = 96;

/// A release before a delay and after it.
pub(super) struct Shown<'s> {
    pub id: &'s str,
    pub before: &'s Side,
    pub now: &'s Resolved<'s>,
    pub after: &'s Side,
    pub then: &'s Resolved<'s>,
    pub workspace: &'s Workspace,
}

/// What was said.
pub(super) struct Said {
    /// The table of what moves.
    pub rows: Vec<ToldRow>,
    /// The issued memos that would tell the delay, which no issued memo may.
    pub pinned: Vec<String>,
}

impl Shown<'_> {
    /// Says it.
    pub fn say(&self, terminal: &mut Terminal) -> Said {
        let plan = self.then.plan;
        let name = plan.name.as_deref().unwrap_or(self.id);
        if let Some(delay) = plan.delays.last() {
            let (announced, cause) = (date::prose(delay.announced), &delay.cause.value);
            terminal.say(&format!("{name} ({}), a delay announced {announced}, due to {cause}.", self.id));
        }
        let (moved, rows) = self.moves(terminal);
        self.rests(&moved, terminal);
        Said { rows, pinned: self.memos(terminal) }
    }

    /// What moves, with the reasons. Gives what that is, and its table.
    fn moves(&self, terminal: &mut Terminal) -> (Vec<Thing>, Vec<ToldRow>) {
        let engine =
            Engine::markdown(&self.workspace.templates, &self.workspace.sources, &mut Default::default());
        let texts = |side: &Side, resolved: &Resolved<'_>| {
            task_texts(resolved.plan, None, resolved, &side.working.office, &engine, &side.sources)
        };
        let (earlier, later) = (texts(self.before, self.now), texts(self.after, self.then));
        let changes = compare(
            schedule::Side { resolved: self.now, texts: &earlier },
            schedule::Side { resolved: self.then, texts: &later },
            None,
        );
        let told = tell(&changes, "", "", None);
        terminal.say("\nChanges");
        let mut moved = Vec::new();
        let all: Vec<&Change<'_>> = changes.milestones.iter().chain(&changes.tasks).collect();
        for (change, row) in all.iter().zip(&told.rows) {
            let what = match row.step.as_str() {
                "" => row.task.clone(),
                step => format!("Step {step}, {}: {}", row.owner, row.task),
            };
            terminal.say(&format!("  {}", cut(&what, WIDTH)));
            let when = match (row.was.as_str(), row.is.as_str()) {
                (was, is) if was == is => format!("stays {is}"),
                ("", is) => is.to_owned(),
                (was, "") => format!("was {was}"),
                (was, is) => format!("was {was}, becomes {is}"),
            };
            terminal.say(&format!("      {when}: {}", row.difference));
            let Some(thing) = change.is.as_ref().and_then(|is| self.thing(is.id.as_str(), is.task.is_some()))
            else {
                continue;
            };
            for reason in self.reasons(thing) {
                terminal.say(&format!("      {reason}"));
            }
            moved.push(thing);
        }
        (moved, told.rows)
    }

    fn thing(&self, id: &str, is_task: bool) -> Option<Thing> {
        if is_task {
            return self
                .then
                .tasks
                .iter()
                .find(|task| task.task.id.as_str() == id)
                .map(|t| Thing::Task(t.at));
        }
        self.then.milestones.iter().position(|m| m.id.as_str() == id).map(Thing::Milestone)
    }

    fn when(&self, thing: Thing, edge: Edge) -> Option<&When<'_>> {
        self.then.when(Part { thing, edge })
    }

    /// Why start and end are when they are; once, if both say the same.
    fn reasons(&self, thing: Thing) -> Vec<String> {
        let reason = |edge| {
            let part = Part { thing, edge };
            Some((edge, self.then.when(part)?.reason(part, self.then.plan)))
        };
        let both: Vec<_> = [Edge::Start, Edge::End].into_iter().filter_map(reason).collect();
        match both.as_slice() {
            [(_, start), (_, end)] if start == end || end == "the same day" => vec![start.clone()],
            both => both.iter().map(|(edge, reason)| format!("{}: {reason}", edge.verb())).collect(),
        }
    }

    /// What stays, each with the reason.
    fn rests(&self, moved: &[Thing], terminal: &mut Terminal) {
        let plan = self.then.plan;
        let mut groups: Vec<(String, Vec<String>)> = Vec::new();
        let milestones = (0..self.then.milestones.len()).map(|at| (Thing::Milestone(at), false));
        let tasks = self.then.tasks.iter().map(|task| (Thing::Task(task.at), task.completed));
        for (thing, completed) in milestones.chain(tasks).filter(|(thing, _)| !moved.contains(thing)) {
            let why = self.stays(thing, completed);
            let what = thing.words(plan);
            match groups.iter_mut().find(|(known, _)| *known == why) {
                Some((_, all)) => all.push(what),
                None => groups.push((why, vec![what])),
            }
        }
        if !groups.is_empty() {
            terminal.say("\nStays");
        }
        for (why, all) in groups {
            terminal.say(&format!("  {}: {why}", listed(&all)));
        }
    }

    fn stays(&self, thing: Thing, completed: bool) -> String {
        let grounds = [Edge::Start, Edge::End].map(|edge| self.when(thing, edge).map(|when| &when.ground));
        let any = |wanted: fn(&Ground<'_>) -> bool| grounds.iter().flatten().any(|ground| wanted(ground));
        if let Some(authority) = &thing.dates(self.then.plan).fixed {
            format!("fixed by {}", authority.value)
        } else if completed || any(|ground| matches!(ground, Ground::Over(..))) {
            "completed".to_owned()
        } else if any(|ground| matches!(ground, Ground::Happened)) {
            "it has happened".to_owned()
        } else if any(|ground| matches!(ground, Ground::Counted { .. })) {
            "counted from what stays".to_owned()
        } else if any(|ground| matches!(ground, Ground::Moved(_))) {
            "not named by this delay".to_owned()
        } else {
            "written as a date".to_owned()
        }
    }

    fn memos(&self, terminal: &mut Terminal) -> Vec<String> {
        let delays = self.then.delays.len();
        let all = || self.after.working.memos.values().flatten().map(|memo| &**memo);
        let of_release = |memo: &&Memo| {
            memo.plan.as_deref().and_then(|plan| plan.id.as_ref()).is_some_and(|id| id.as_str() == self.id)
        };
        let mut telling = Vec::new();
        let mut lines = Vec::new();
        for memo in all().filter(of_release) {
            let updated_by = self.after.working.later(&memo.id).next();
            let says = match (memo.status, memo.knows == delays) {
                (Status::Withdrawn, _) => continue,
                (Status::Issued, true) => {
                    telling.push(memo.id.to_string());
                    continue;
                }
                (Status::Issued, false) => match updated_by {
                    Some(later) => format!("stays as issued; {} updates it", later.id),
                    None => "stays as issued; it needs a memo that updates it".to_owned(),
                },
                (_, true) => "follows, and is built anew".to_owned(),
                (_, false) => format!("stays: it says `knows: {}`", memo.knows),
            };
            lines.push(format!("  {} ({}, {}): {says}", memo.id, memo.status, date::prose(memo.date)));
        }
        terminal.say(&format!("\n{} of this release", capital(&counted(lines.len(), "memo"))));
        lines.iter().for_each(|line| terminal.say(line));
        terminal.say("");
        telling
    }
}

/// "Steps 1, 2 and 6a", "The deployment and step 3".
fn listed(all: &[String]) -> String {
    let numbers: Option<Vec<&str>> = all.iter().map(|name| name.strip_prefix("step ")).collect();
    let names = |names: &[&str]| match names {
        [most @ .., before, last] => [most, &[&*format!("{before} and {last}")]].concat().join(", "),
        one => one.concat(),
    };
    match numbers.as_deref() {
        Some(numbers) if numbers.len() > 1 => format!("Steps {}", names(numbers)),
        _ => capital(&names(&all.iter().map(String::as_str).collect::<Vec<_>>())),
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
