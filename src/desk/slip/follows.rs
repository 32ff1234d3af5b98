//! What follows from a delay, before it is written: what moves and why, what stays and why, which memos follow.
//!
//! Not here: its words, and writing it.

use super::{
    DateMove, DoneQuestion, MemoOfRelease, Side, SlipReport, SlipRequest, StayingDates, WhatFollows,
    unusual::unusual,
};
use crate::{
    model::{Memo, Relation, Status},
    schedule::{self, Change, Edge, Ground, Part, Resolved, ResolvedDate, Thing, compare, last_day, tell},
    template::Engine,
};

/// A release before a delay and after it.
pub(super) struct Follows<'s> {
    pub id: &'s str,
    /// The texts of the steps as they are now.
    pub before: &'s [String],
    pub now: &'s Resolved<'s>,
    pub after: &'s Side,
    pub then: &'s Resolved<'s>,
    pub engine: &'s Engine,
    /// What nobody has answered.
    pub questions: &'s [DoneQuestion],
}

impl Follows<'_> {
    /// All of it.
    pub fn report(&self, file: &str, wish: &SlipRequest) -> SlipReport {
        let (moves, moved) = self.moves();
        let (memos, would_tell) = self.memos();
        let stays = self.rests(&moves);
        let nothing = SlipReport::nothing(self.id, file, wish, self.then.plan);
        let earlier_delays = self.now.delays.len();
        let (unusual, under_way) = (unusual(self.now, self.then), self.under_way(&moves));
        SlipReport { moved, stays, memos, would_tell, earlier_delays, unusual, under_way, ..nothing }
    }

    /// What moves, with the reasons.
    fn moves(&self) -> (Vec<Thing>, Vec<DateMove>) {
        let later = self.after.texts(self.then, self.engine);
        let changes = compare(
            schedule::Side { resolved: self.now, texts: self.before },
            schedule::Side { resolved: self.then, texts: &later },
            None,
        );
        let told = tell(&changes, "", "", None);
        let all: Vec<&Change<'_>> = changes.milestones.iter().chain(&changes.tasks).collect();
        let (mut things, mut moved) = (Vec::new(), Vec::new());
        for (change, row) in all.iter().zip(told.rows) {
            let thing = change.is.as_ref().and_then(|is| self.thing(is.id.as_str(), is.task.is_some()));
            if thing.is_some_and(|thing| self.is_asked(thing)) {
                continue;
            }
            moved.push(DateMove { row, reasons: thing.map(|thing| self.reasons(thing)).unwrap_or_default() });
            things.extend(thing);
        }
        (things, moved)
    }

    /// Whether somebody is still to say if it was done.
    fn is_asked(&self, thing: Thing) -> bool {
        let id = thing.id(self.then.plan).as_str();
        self.questions.iter().any(|question| question.id == id)
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

    fn when(&self, thing: Thing, edge: Edge) -> Option<&ResolvedDate<'_>> {
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

    /// What moves though it was to have begun by the day on which counties are told, and nobody says whether it has.
    fn under_way(&self, moved: &[Thing]) -> Vec<String> {
        let begun = moved.iter().filter(|thing| {
            let before = self.now.when(Part { thing: **thing, edge: Edge::Start });
            let begins =
                before.filter(|when| when.ground != Ground::Happened).and_then(|when| when.cell.day());
            let end = self.now.when(Part { thing: **thing, edge: Edge::End });
            let last = before.zip(end).and_then(|(start, end)| last_day(&start.cell, &end.cell));
            let is_over = last.is_some_and(|last| last < self.now.as_of);
            let moves =
                before.map(|when| &when.cell) != self.when(**thing, Edge::Start).map(|when| &when.cell);
            moves && !is_over && begins.is_some_and(|begins| begins < self.now.as_of)
        });
        begun.map(|thing| thing.words(self.then.plan)).collect()
    }

    /// What stays, each with the reason.
    fn rests(&self, moved: &[Thing]) -> Vec<StayingDates> {
        let mut groups: Vec<StayingDates> = Vec::new();
        let milestones = (0..self.then.milestones.len()).map(|at| (Thing::Milestone(at), false));
        let tasks = self.then.tasks.iter().map(|task| (Thing::Task(task.at), task.completed));
        let all = milestones.chain(tasks);
        let all = all.filter(|(thing, _)| !moved.contains(thing) && !self.is_asked(*thing));
        for (thing, completed) in all {
            let (why, what) = (self.stays(thing, completed), thing.words(self.then.plan));
            match groups.iter_mut().find(|known| known.why == why) {
                Some(group) => group.what.push(what),
                None => groups.push(StayingDates { what: vec![what], why }),
            }
        }
        groups
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
        } else if matches!(thing, Thing::Milestone(_)) {
            "not named by this delay".to_owned()
        } else {
            "written as a date".to_owned()
        }
    }

    /// The memos of the release; and the issued ones among them that would tell the delay.
    fn memos(&self) -> (Vec<MemoOfRelease>, Vec<String>) {
        let delays = self.then.delays.len();
        let all = || self.after.working.memos.values().flatten().map(|memo| &**memo);
        let of_release = |memo: &&Memo| {
            memo.plan.as_deref().and_then(|plan| plan.id.as_ref()).is_some_and(|id| id.as_str() == self.id)
        };
        let (mut memos, mut telling) = (Vec::new(), Vec::new());
        for memo in all().filter(of_release) {
            let follows = match (memo.status, memo.knows == delays) {
                (Status::Withdrawn, _) => continue,
                (Status::Issued, true) => {
                    telling.push(memo.id.to_string());
                    continue;
                }
                (Status::Issued, false) => match self.after.working.later(&memo.id).next() {
                    Some(later) => {
                        let relation = later.relations.iter().find(|(_, id)| id.value == memo.id);
                        let relation = relation.map_or(Relation::Updates, |(relation, _)| *relation);
                        WhatFollows::Updated { by: later.id.to_string(), relation }
                    }
                    None => WhatFollows::NeedsUpdate,
                },
                (_, true) => WhatFollows::Rebuilt,
                (_, false) => WhatFollows::Pinned { knows: memo.knows },
            };
            let (id, status, date) = (memo.id.to_string(), memo.status, memo.date);
            memos.push(MemoOfRelease { id, status, date, follows });
        }
        (memos, telling)
    }
}
