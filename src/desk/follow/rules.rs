//! Rules that give exactly a date.
//!
//! In: a resolved plan. Out: for each date of a step that is written out, the rules that lead to it, the likeliest first. Not here:
//! whether every date stays when one is written, which is tried.

use chrono::NaiveDate;

use super::OfferedRule;
use crate::{
    calendar::Workdays,
    model::{DateCell, DateRule, Span, Unit, e_text},
    schedule::{Edge, Ground, Resolved, ResolvedTask},
};

/// How many rules are shown for a date.
const MOST: usize = 4;

/// How many working days a date may be from a milestone to be counted from it: what is farther away is hardly counted.
const FAR: i64 = 10;

/// How many it may be from it, or from another step, to be taken with all others.
const NEAR: i64 = 5;

/// How many working days a step may take that is counted by its length.
const LONG: i64 = 20;

/// How many days before and after an election days are counted from it.
const OF_ELECTION: i64 = 150;

/// A date that is written out, with the rules that give it.
pub(super) struct Candidate {
    /// The task's place in the plan.
    pub at: usize,
    pub edge: Edge,
    pub date: DateCell,
    pub rules: Vec<OfferedRule>,
    /// Whether the first rule is plain.
    pub fits: bool,
}

/// How likely a rule is what the date follows; the first is the likeliest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Likely {
    /// The step's text names the day of the election.
    IsSaid,
    /// It is the day of a milestone.
    SameDay,
    /// It is the working day after a step above.
    NextDay,
    /// It is found by how long the step takes.
    Length,
    /// It is so many working days from a milestone, or from a step above.
    Days(i64),
    /// It is the day of a step above.
    WithStep,
    /// It is so many days from the election, as any day is.
    Election,
}

/// A rule with how likely it is.
type Rated = (Likely, OfferedRule);

/// Finds them, in the order of the steps.
pub(super) fn candidates(resolved: &Resolved<'_>) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = Vec::new();
    for task in resolved.steps() {
        for edge in [Edge::Start, Edge::End] {
            let Some(day) = written(task, edge) else { continue };
            let date = Date { resolved, task, edge, day, workdays: Workdays::of(task.task.calendars()) };
            let start_follows =
                found.last().is_some_and(|start| start.at == task.at && !start.rules.is_empty());
            let start_follows = start_follows || !matches!(task.task.dates.start.value, DateRule::Literal(_));
            let mut rules = [date.milestones(), date.steps(), date.election()].concat();
            rules.extend(date.length().filter(|_| start_follows));
            rules.sort_by_key(|(likely, _)| *likely);
            let fits = fits(&rules);
            rules.truncate(MOST);
            let rules = rules.into_iter().map(|(_, rule)| rule).collect();
            found.push(Candidate { at: task.at, edge, date: DateCell::Day(day), rules, fits });
        }
    }
    found
}

/// Whether the likeliest rule is plain: the same day, the next day, a length; or a few days, if nothing else is so near.
fn fits(rules: &[Rated]) -> bool {
    let near =
        rules.iter().filter(|(likely, _)| matches!(likely, Likely::Days(days) if *days <= NEAR)).count();
    match rules.first() {
        Some((Likely::Days(days), _)) => *days <= NEAR && near == 1,
        Some((likely, _)) => *likely < Likely::Days(0),
        None => false,
    }
}

/// The day of one end of a step, if the file says it, nothing fixes it and it has not happened.
fn written(task: &ResolvedTask<'_>, edge: Edge) -> Option<NaiveDate> {
    let dates = &task.task.dates;
    let (rule, when) = match edge {
        Edge::Start => (&dates.start, &task.start),
        Edge::End => (&dates.end, &task.end),
    };
    let is_free = dates.fixed.is_none() && dates.started.is_none() && dates.ended.is_none();
    match (&rule.value, &when.cell) {
        (DateRule::Literal(_), DateCell::Day(day)) if is_free && when.ground == Ground::Written => Some(*day),
        _ => None,
    }
}

/// A date for which rules are looked for.
struct Date<'d> {
    resolved: &'d Resolved<'d>,
    task: &'d ResolvedTask<'d>,
    edge: Edge,
    day: NaiveDate,
    workdays: Workdays<'d>,
}

impl Date<'_> {
    /// How many working days it is from another day, if counting leads here: 0 on the day itself.
    fn from(&self, day: NaiveDate) -> Option<i64> {
        let count = self.workdays.between(day, self.day);
        let leads = self.workdays.plus(day, i32::try_from(count).ok()?) == Some(self.day);
        (leads && (count != 0 || day == self.day)).then_some(count)
    }

    /// What is to be said of a closed day on which it is.
    fn closed(&self) -> &'static str {
        if self.workdays.closed(self.day).is_some() { ", closed: stay" } else { "" }
    }

    fn milestones(&self) -> Vec<Rated> {
        let each = self.resolved.milestones.iter().zip(&self.resolved.plan.milestones);
        let rule = |(is, written): (&crate::schedule::ResolvedMilestone<'_>, &crate::model::Milestone)| {
            let day = if self.edge == Edge::Start { &is.now.start } else { &is.now.end };
            let count = self.from(day.known()?).filter(|count| count.abs() <= FAR)?;
            let (id, name) = (is.id, is.id.words());
            let part = match (written.is_window, self.edge) {
                (false, _) => format!("the {name}"),
                (true, Edge::Start) => format!("the first day of the {name}"),
                (true, Edge::End) => format!("the last day of the {name}"),
            };
            let of = if written.is_window { format!("on {part}") } else { format!("on the day of {part}") };
            Some(match count {
                0 => (Likely::SameDay, rule(format!("{{at: {id}{}}}", self.closed()), of)),
                count => {
                    let direction = if count < 0 { "before" } else { "after" };
                    let words = format!("{} {direction} {part}", working_days(count)?.words());
                    (
                        Likely::Days(count.abs()),
                        rule(format!("{{at: {id}, offset: {}}}", working_days(count)?), words),
                    )
                }
            })
        };
        each.filter_map(rule).collect()
    }

    /// Rules that count from a step above, the nearest one of each kind.
    fn steps(&self) -> Vec<Rated> {
        let above = self.resolved.steps().filter(|other| other.at < self.task.at && self.outlives(other));
        let mut found: Vec<Rated> = Vec::new();
        for other in above.collect::<Vec<_>>().into_iter().rev() {
            let Some(end) = other.end.cell.day() else { continue };
            let (id, name) = (&other.task.id, format!("step {}", other.step().value));
            let same = match self.edge {
                Edge::Start => other.start.cell.day() == Some(self.day),
                Edge::End => end == self.day,
            };
            let count = self.from(end).filter(|count| self.edge == Edge::Start && (1..=NEAR).contains(count));
            let rated = match count {
                Some(1) => Some((
                    Likely::NextDay,
                    rule(format!("{{after: {id}}}"), format!("on the working day after {name}")),
                )),
                Some(count) => working_days(count).map(|span| {
                    let words = format!("{} after {name}", span.words());
                    (Likely::Days(count), rule(format!("{{after: {id}, lag: {span}}}"), words))
                }),
                None if same => {
                    let words = format!("when {name} {}", self.edge.verb());
                    Some((Likely::WithStep, rule(format!("{{with: {id}{}}}", self.closed()), words)))
                }
                None => None,
            };
            found.extend(rated.filter(|(likely, _)| found.iter().all(|(known, _)| known != likely)));
        }
        found
    }

    /// Whether another step is there as long as this one.
    fn outlives(&self, other: &ResolvedTask<'_>) -> bool {
        let (own, other) = (self.task.task, other.task);
        let stays = other.until.is_none_or(|until| own.until.is_some_and(|own| own <= until));
        other.since <= own.since && stays && !self.resolved.plan.milestones.iter().any(|is| is.id == other.id)
    }

    /// How long the step takes, of its end.
    fn length(&self) -> Option<Rated> {
        let start =
            self.task.start.cell.day().filter(|start| self.edge == Edge::End && *start <= self.day)?;
        let is_open = |day| self.workdays.closed(day).is_none();
        let days = self.workdays.between(start, self.day) + 1;
        let span = working_days(days).filter(|_| is_open(start) && is_open(self.day) && days <= LONG)?;
        Some((Likely::Length, rule(span.to_string(), format!("when it has lasted {}", span.words()))))
    }

    /// So many days from the election.
    fn election(&self) -> Vec<Rated> {
        let Some(election) = &self.resolved.plan.election else { return Vec::new() };
        let days = (self.day - election.date).num_days();
        let Some(count) = i32::try_from(days).ok().filter(|_| days.abs() <= OF_ELECTION) else {
            return Vec::new();
        };
        let number = e_text(count);
        let text = [Some(&self.task.task.text), self.task.task.warning.as_ref()];
        let names = |text: &str| {
            text.split(|c: char| !c.is_alphanumeric() && !"+-".contains(c)).any(|word| word == number)
        };
        let is_said = count != 0 && text.into_iter().flatten().any(|text| names(&text.value));
        let direction = if days < 0 { "before" } else { "after" };
        let span = Span { count, unit: Unit::Days }.words();
        let words = match days {
            0 => format!("on the day of the {}", election.name),
            _ => format!("{span} {direction} the {} ({number})", election.name),
        };
        let typed = match self.closed() {
            "" => number,
            closed => format!("{{at: {number}{closed}}}"),
        };
        let likely = match (is_said, days) {
            (true, _) => Likely::IsSaid,
            (_, 0) => Likely::SameDay,
            _ => Likely::Election,
        };
        vec![(likely, rule(typed, words))]
    }
}

fn rule(typed: String, words: String) -> OfferedRule {
    OfferedRule { typed, words }
}

fn working_days(count: i64) -> Option<Span> {
    Some(Span { count: i32::try_from(count).ok()?, unit: Unit::WorkingDays })
}
