//! What follows from a delay, before it is written: what moves and why, what stays and why, which memos follow.
//!
//! Not here: its words, and writing it.

use chrono::NaiveDate;

use super::{
    DateMove, DateReturn, DoneQuestion, FolderRecords, MemoOfRelease, SlipReport, StayingDates, Timeline,
    WhatFollows,
    questions::{cells, days},
    unusual::unusual,
};
use crate::{
    issued::{Locks, Telling},
    model::{Relation, Shift, Status, Window},
    schedule::{self, Change, Edge, Ground, Part, PlanItem, Resolved, compare, last_day, tell},
    template::Engine,
    words::capitalized,
};

/// A release before a delay and after it.
pub(super) struct Follows<'s> {
    pub id: &'s str,
    /// The texts of the steps as they are now.
    pub before: &'s [String],
    pub now: &'s Resolved<'s>,
    pub after: &'s FolderRecords,
    pub then: &'s Resolved<'s>,
    pub engine: &'s Engine,
    /// The locks of issued memos: what they say counts, whatever has become of the memo.
    pub locks: &'s Locks,
    /// The release with the last delay, if this one takes its place.
    pub stands: Option<&'s Resolved<'s>>,
    /// What nobody has answered.
    pub questions: &'s [DoneQuestion],
}

impl Follows<'_> {
    /// All of it.
    pub fn report(&self, nothing: SlipReport) -> SlipReport {
        let (moves, moved) = self.moves();
        let (memos, would_tell) = self.memos();
        let back = self.back(&moves);
        let stays = self.rests(&[&moves[..], &back].concat());
        let goes_back = back.into_iter().filter_map(|thing| self.date_return(thing)).collect();
        let (unusual, under_way) = (unusual(self.now, self.then), self.under_way(&moves));
        let all_earlier = self.all_earlier();
        let timeline = Timeline::of(self.now, self.then, &self.after.texts(self.then, self.engine));
        SlipReport {
            moved,
            goes_back,
            all_earlier,
            stays,
            memos,
            would_tell,
            unusual,
            under_way,
            timeline,
            ..nothing
        }
    }

    /// What moves, with the reasons.
    fn moves(&self) -> (Vec<PlanItem>, Vec<DateMove>) {
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
    fn is_asked(&self, thing: PlanItem) -> bool {
        self.questions.iter().any(|question| question.thing == thing)
    }

    fn thing(&self, id: &str, is_task: bool) -> Option<PlanItem> {
        if is_task {
            return self
                .then
                .tasks
                .iter()
                .find(|task| task.task.id.as_str() == id)
                .map(|t| PlanItem::Task(t.at));
        }
        self.then.milestones.iter().position(|m| m.id.as_str() == id).map(PlanItem::Milestone)
    }

    /// Why start and end are when they are; once, if both say the same.
    fn reasons(&self, thing: PlanItem) -> Vec<String> {
        let reason = |edge| {
            let part = Part { thing, edge };
            Some((edge, self.then.reason(part)?))
        };
        let both: Vec<_> = [Edge::Start, Edge::End].into_iter().filter_map(reason).collect();
        match both.as_slice() {
            [(_, start), (_, end)] if start == end || end == "the same day" => vec![start.clone()],
            both => both.iter().map(|(edge, reason)| format!("{}: {reason}", edge.verb())).collect(),
        }
    }

    /// Whether every milestone that moves comes earlier.
    fn all_earlier(&self) -> bool {
        let pairs = self.now.milestones.iter().zip(&self.then.milestones);
        let shifts = pairs.map(|(was, is)| Window::shift(&was.now, &is.now));
        shifts.filter(|shift| *shift != Shift::Stays).all(|shift| shift == Shift::Earlier)
    }

    /// What moves though it was to have begun by the day on which counties are told, and nobody says whether it has.
    fn under_way(&self, moved: &[PlanItem]) -> Vec<String> {
        let before = |day: Option<NaiveDate>| day.is_some_and(|day| day < self.now.as_of);
        let begun = moved.iter().filter(|thing| {
            let (Some([start, end]), Some([then, _])) = (self.now.pair(**thing), self.then.pair(**thing))
            else {
                return false;
            };
            let has_begun = start.ground != Ground::Happened && before(start.cell.day());
            has_begun && !before(last_day(&start.cell, &end.cell)) && start.cell != then.cell
        });
        begun.map(|thing| self.then.words(*thing)).collect()
    }

    /// What the last delay has moved and this one, in its place, leaves where it was before both.
    fn back(&self, moved: &[PlanItem]) -> Vec<PlanItem> {
        let stays = self.then.things().filter(|thing| !moved.contains(thing) && !self.is_asked(*thing));
        let is_other = |thing: &PlanItem| {
            self.stands.is_some_and(|stands| cells(*thing, stands) != cells(*thing, self.then))
        };
        stays.filter(is_other).collect()
    }

    fn date_return(&self, thing: PlanItem) -> Option<DateReturn> {
        let written = |resolved| cells(thing, resolved).map(|[start, end]| days(start, end));
        let what = capitalized(&self.then.words(thing));
        Some(DateReturn { what, was: written(self.stands?)?, becomes: written(self.then)? })
    }

    /// What stays, each with the reason.
    fn rests(&self, gone: &[PlanItem]) -> Vec<StayingDates> {
        let mut groups: Vec<StayingDates> = Vec::new();
        let stays = self.then.things().filter(|thing| !gone.contains(thing) && !self.is_asked(*thing));
        for thing in stays {
            let (why, what) = (self.stays(thing), self.then.words(thing));
            match groups.iter_mut().find(|known| known.why == why) {
                Some(group) => group.what.push(what),
                None => groups.push(StayingDates { what: vec![what], why }),
            }
        }
        groups
    }

    fn stays(&self, thing: PlanItem) -> String {
        let pair = self.then.pair(thing);
        let any = |wanted: fn(&Ground<'_>) -> bool| pair.iter().flatten().any(|when| wanted(&when.ground));
        let completed = self.then.tasks.iter().any(|task| PlanItem::Task(task.at) == thing && task.completed);
        if let Some(authority) = &thing.dates(self.then.plan).fixed {
            format!("fixed by {}", authority.value)
        } else if completed || any(|ground| matches!(ground, Ground::Over(..))) {
            "completed".to_owned()
        } else if any(|ground| matches!(ground, Ground::Happened)) {
            "it has happened".to_owned()
        } else if any(|ground| matches!(ground, Ground::Counted { .. })) {
            "counted from what stays".to_owned()
        } else if matches!(thing, PlanItem::Milestone(_)) {
            "not named by this delay".to_owned()
        } else {
            "written as a date".to_owned()
        }
    }

    /// The memos of the release; and the issued ones among them that would tell the delay.
    fn memos(&self) -> (Vec<MemoOfRelease>, Vec<String>) {
        let delays = self.then.delays.len();
        let all = self.after.working.memos.iter();
        let all = all.filter_map(|(id, memo)| Telling::of(id, memo.as_deref(), self.locks.get(id)));
        let (mut memos, mut telling) = (Vec::new(), Vec::new());
        for memo in all.filter(|memo| memo.release.is_some_and(|release| release.as_str() == self.id)) {
            let knows = memo.knows(self.then.plan);
            let follows = match (memo.status, knows == delays) {
                (Status::Withdrawn, _) => continue,
                _ if memo.tells_proposal => WhatFollows::TellsProposal,
                (Status::Issued, true) => {
                    telling.push(memo.id.to_string());
                    continue;
                }
                (Status::Issued, false) => match self.after.working.later(memo.id).next() {
                    Some(later) => {
                        let relation = later.relations.iter().find(|(_, id)| id.value == *memo.id);
                        let relation = relation.map_or(Relation::Updates, |(relation, _)| *relation);
                        WhatFollows::Updated { by: later.id.to_string(), relation }
                    }
                    None => WhatFollows::NeedsUpdate,
                },
                (_, true) => WhatFollows::Rebuilt,
                (_, false) => WhatFollows::Pinned { knows },
            };
            let (id, status, date) = (memo.id.to_string(), memo.status, memo.date);
            memos.push(MemoOfRelease { id, status, date, follows });
        }
        (memos, telling)
    }
}
