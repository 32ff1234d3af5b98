//! A date and why it is what it is.
//!
//! In: the steps by which a date was found. Out: [`ResolvedDate`], and its reason in words. Not here: finding dates.

use chrono::{Datelike as _, NaiveDate};

use crate::{
    calendar::Closed,
    diagnostic::Place,
    model::{Base, Counted, DateCell, Dates, Delay, Id, OnClosed, Plan, Span, Unit, date, e_text},
    words::{counted as counted_words, series},
};

/// The start or the end of a milestone or task of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Part {
    /// Of what.
    pub thing: Thing,
    /// Which end of it.
    pub edge: Edge,
}

/// A milestone or task by its place in the plan's list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Thing {
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

/// A resolved date with its reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResolvedDate<'p> {
    /// What stands in the table.
    pub cell: DateCell,
    /// Where the file says it.
    pub place: &'p Place,
    /// What it follows from.
    pub ground: Ground<'p>,
    /// Closed days that were passed over, or that it fell on.
    pub closed: Vec<(NaiveDate, Closed<'p>)>,
}

/// What a date follows from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ground<'p> {
    /// The file says it.
    Written,
    /// It has happened.
    Happened,
    /// A delay moved it there.
    Moved(&'p Delay),
    /// It was over when a delay was announced, and stays where it was.
    Over(&'p Delay, Box<Ground<'p>>),
    /// It is counted from another date.
    Counted {
        /// How.
        rule: &'p Counted,
        /// From what; from the plan's election, if from nothing of the plan.
        from: Option<Part>,
        /// The day it is counted from.
        day: NaiveDate,
        /// All that it could have been counted from, if there are several; `from` is one of them.
        others: Vec<(Part, NaiveDate)>,
        /// The day that it had to wait for.
        floor: Option<Floor>,
        /// What became of it on a closed day, if it fell on one.
        rolled: Option<OnClosed>,
    },
    /// It is counted from a date that nobody knows yet.
    Unknown {
        /// Which.
        from: Part,
    },
    /// It is counted from the other end.
    Takes {
        /// How long the whole takes.
        span: Span,
        /// The day at the other end.
        day: NaiveDate,
    },
}

/// A day before which a date may not be, and which is later than what it is counted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Floor {
    /// Whose start it is, if it is one.
    pub from: Option<Part>,
    /// The day.
    pub day: NaiveDate,
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

impl Thing {
    /// What it is called in a sentence: "step 16", "the mock election".
    pub fn words(self, plan: &Plan) -> String {
        match self {
            Thing::Milestone(at) => format!("the {}", plan.milestones[at].words()),
            Thing::Task(at) => format!("step {}", plan.tasks[at].step.value),
        }
    }

    /// The same for a fault of its file: "step 16", "the milestone `mock-election`".
    pub fn named(self, plan: &Plan) -> String {
        match self {
            Thing::Milestone(at) => format!("the milestone `{}`", plan.milestones[at].id),
            Thing::Task(_) => self.words(plan),
        }
    }

    /// How its dates are found and what holds them.
    pub fn dates(self, plan: &Plan) -> &Dates {
        match self {
            Thing::Milestone(at) => &plan.milestones[at].dates,
            Thing::Task(at) => &plan.tasks[at].dates,
        }
    }

    /// Its stable name.
    pub fn id(self, plan: &Plan) -> &Id {
        match self {
            Thing::Milestone(at) => &plan.milestones[at].id,
            Thing::Task(at) => &plan.tasks[at].id,
        }
    }

    pub(super) fn is_one_day(self, plan: &Plan) -> bool {
        matches!(self, Thing::Milestone(at) if !plan.milestones[at].is_window)
    }
}

impl Part {
    /// "the start of step 16", "the date of `deployment`": a milestone by the name that its file gives it.
    pub fn noun(self, plan: &Plan) -> String {
        let what = if self.thing.is_one_day(plan) { "date" } else { self.edge.noun() };
        format!("the {what} of {}", self.thing.named(plan))
    }

    /// What has the date: "the deployment", "the start of step 16".
    fn owner_words(self, plan: &Plan) -> String {
        let thing = self.thing.words(plan);
        match self.edge {
            _ if self.thing.is_one_day(plan) => thing,
            Edge::Start => format!("the start of {thing}"),
            Edge::End => format!("the end of {thing}"),
        }
    }

    /// "step 16 ends", "the deployment is".
    pub fn words(self, plan: &Plan) -> String {
        format!("{} {}", self.thing.words(plan), self.verb(plan))
    }

    /// The same for a fault of its file: "the milestone `deployment` is".
    pub fn named(self, plan: &Plan) -> String {
        format!("{} {}", self.thing.named(plan), self.verb(plan))
    }

    fn verb(self, plan: &Plan) -> &'static str {
        if self.thing.is_one_day(plan) { "is" } else { self.edge.verb() }
    }
}

/// How many closed days a reason names.
const NAMED: usize = 12;

impl<'p> ResolvedDate<'p> {
    /// The same date of something that was past when a delay was announced.
    pub(super) fn over(self, delay: &'p Delay) -> ResolvedDate<'p> {
        let ground = match self.ground {
            ground @ (Ground::Over(..) | Ground::Written | Ground::Happened | Ground::Moved(_)) => ground,
            ground => Ground::Over(delay, Box::new(ground)),
        };
        ResolvedDate { ground, ..self }
    }

    /// The reason in words, without a full stop at its end.
    ///
    /// "1 working day after step 16, October 8, 2021; Monday, October 11, is closed for counties: Columbus Day"
    pub fn reason(&self, part: Part, plan: &Plan) -> String {
        let mut words = self.ground.words(part, plan);
        let year = self.cell.day().map(|day| day.year());
        for (day, closed) in self.closed.iter().take(NAMED) {
            let date = if Some(day.year()) == year { date::month_and_day(*day) } else { date::prose(*day) };
            let named = format!("{}, {date}", date::weekday(*day));
            words += &match closed {
                Closed::Weekend => format!("; {named}, is not a working day"),
                Closed::Holiday { calendar, reason } => {
                    format!("; {named}, is closed for {}: {reason}", uncapitalized(&calendar.name))
                }
            };
        }
        if let Some(more @ 1..) = self.closed.len().checked_sub(NAMED) {
            words += &format!("; and {more} more closed day{}", if more == 1 { "" } else { "s" });
        }
        words += match self.ground {
            Ground::Counted { rolled: Some(OnClosed::Next), .. } => ", and the next working day is taken",
            Ground::Counted { rolled: Some(OnClosed::Previous), .. } => {
                ", and the working day before is taken"
            }
            Ground::Counted { rolled: Some(OnClosed::Stay), .. } => ", and the date stays",
            _ => "",
        };
        match &part.thing.dates(plan).fixed {
            Some(authority) if self.ground != Ground::Happened => words + "; fixed by " + &authority.value,
            _ => words,
        }
    }

    /// Its number, if it is counted from the election in days of the calendar: -60 of E-60.
    pub fn e_number(&self) -> Option<i32> {
        match self.ground.first() {
            Ground::Counted { rule, floor: None, .. } => rule.e_number(),
            _ => None,
        }
    }

    /// Whether a closed day moved it to the working day after it, or before it.
    pub fn rolled(&self) -> Option<OnClosed> {
        match self.ground.first() {
            Ground::Counted { rolled, .. } => rolled.filter(|rolled| *rolled != OnClosed::Stay),
            _ => None,
        }
    }

    /// What its date hangs on.
    pub fn from(&self, part: Part) -> Option<Part> {
        match &self.ground {
            Ground::Counted { floor: Some(floor), .. } => floor.from,
            Ground::Counted { from, .. } => *from,
            Ground::Unknown { from } => Some(*from),
            Ground::Takes { .. } => Some(Part { edge: part.edge.other(), ..part }),
            _ => None,
        }
    }
}

impl Ground<'_> {
    /// What it followed from before it was over.
    fn first(&self) -> &Self {
        match self {
            Ground::Over(_, was) => was.first(),
            ground => ground,
        }
    }

    fn words(&self, part: Part, plan: &Plan) -> String {
        match self {
            Ground::Written => "as written".to_owned(),
            Ground::Happened => "this is when it happened".to_owned(),
            Ground::Moved(delay) => {
                format!("moved by the {}delay announced {}", plan.which(delay), date::prose(delay.announced))
            }
            Ground::Over(delay, was) => format!(
                "{}; it had been completed before the {}delay of {}, was announced, and stays",
                was.words(part, plan),
                plan.which(delay),
                date::prose(delay.announced)
            ),
            Ground::Takes { span: Span { count: 1, unit: Unit::Days }, .. } => "the same day".to_owned(),
            Ground::Takes { span, day } => {
                let to = if part.edge == Edge::End { "from" } else { "to" };
                format!("it takes {} {to} {}", span.words(), date::prose(*day))
            }
            Ground::Unknown { from } => format!("{} has no date yet", from.owner_words(plan)),
            Ground::Counted { rule, from, day, others, floor, .. } => {
                let mut words = counted(rule, *from, *day, plan);
                if !others.is_empty() {
                    words += &among(matches!(rule.base, Base::Before(_)), others, plan);
                }
                if let Some(floor) = floor {
                    let day = date::prose(floor.day);
                    words += &match floor.from {
                        Some(from) if from.thing.is_one_day(plan) => {
                            format!(", but not before {}, {day}", from.thing.words(plan))
                        }
                        Some(from) => format!(", but not before {} starts, {day}", from.thing.words(plan)),
                        None => format!(", but not before {day}"),
                    };
                }
                words
            }
        }
    }
}

/// ", the later of step 1 (June 3, 2024) and step 2 (June 7, 2024)".
fn among(earliest: bool, all: &[(Part, NaiveDate)], plan: &Plan) -> String {
    let which = match (earliest, all.len()) {
        (true, 2) => "earlier",
        (true, _) => "earliest",
        (false, 2) => "later",
        (false, _) => "latest",
    };
    let mut named: Vec<_> = all
        .iter()
        .take(NAMED)
        .map(|(part, day)| format!("{} ({})", part.thing.words(plan), date::prose(*day)))
        .collect();
    if let Some(more @ 1..) = all.len().checked_sub(NAMED) {
        named.push(format!("{more} more"));
    }
    format!(", the {which} of {}", series(&named))
}

/// "4 working days before the deployment, October 8, 2021".
fn counted(rule: &Counted, from: Option<Part>, day: NaiveDate, plan: &Plan) -> String {
    let distance = rule.offset.words();
    let day = date::prose(day);
    let direction = match rule.offset.count {
        0 => None,
        count => Some(if count < 0 { "before" } else { "after" }),
    };
    let Some(from) = from else { return from_election(rule, &day, plan) };
    let thing = from.thing.words(plan);
    let one_day = from.thing.is_one_day(plan);
    let (first, start) = match from.edge {
        Edge::Start => ("first", "start"),
        Edge::End => ("last", "end"),
    };
    match (&rule.base, direction) {
        (Base::After(_), Some("before")) if !one_day => {
            format!("{distance} before the end of {thing}, {day}")
        }
        (Base::After(_), Some(direction)) => format!("{distance} {direction} {thing}, {day}"),
        (Base::Before(_), Some(direction)) if !one_day => {
            format!("{distance} {direction} the start of {thing}, {day}")
        }
        (Base::With(_), Some(direction)) => format!("{distance} {direction} the {start} of {thing}, {day}"),
        (_, Some(direction)) if one_day => format!("{distance} {direction} {thing}, {day}"),
        (_, Some(direction)) => format!("{distance} {direction} the {first} day of {thing}, {day}"),
        (_, None) if one_day => format!("the day of {thing}, {day}"),
        (Base::At(_) | Base::During(_), None) => format!("the {first} day of {thing}, {day}"),
        (_, None) => format!("when {thing} {}, {day}", from.edge.verb()),
    }
}

/// "60 days before the General Election, November 5, 2024 (E-60)", "3 working days before E-1, November 4, 2024".
fn from_election(rule: &Counted, day: &str, plan: &Plan) -> String {
    let Base::Election(days) = rule.base else { return format!("from {day}") };
    let (election, on) = match &plan.election {
        Some(election) => (election.name.as_str(), date::prose(election.date)),
        None => ("election", day.to_owned()),
    };
    let direction = |count: i32| if count < 0 { "before" } else { "after" };
    let from = match days {
        0 => format!("the {election}, {on}"),
        _ => format!("{}, {day}", e_text(days)),
    };
    match (rule.offset.count, days) {
        (0, 0) => format!("the day of {from}"),
        (0, _) => {
            let distance = Span { count: days, unit: Unit::Days }.words();
            format!("{distance} {} the {election}, {on} ({})", direction(days), e_text(days))
        }
        (count, _) => format!("{} {} {from}", rule.offset.words(), direction(count)),
    }
}

/// "Counties" inside a sentence; "SOS" and "Los Angeles" keep their capitals.
fn uncapitalized(name: &str) -> String {
    let mut letters = name.chars();
    match letters.next() {
        Some(first) if !letters.clone().any(char::is_uppercase) => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => name.to_owned(),
    }
}

/// What a date follows from, step by step, itself first: each place with what stands there.
pub(super) fn chain<'w, 'p: 'w>(
    plan: &Plan,
    part: Part,
    find: impl Fn(Part) -> Option<&'w ResolvedDate<'p>>,
) -> Vec<(Place, String)> {
    steps(part, find).map(|(part, when)| told(plan, part, when)).collect()
}

/// The same for a fault, which is to be read at a glance: the nearest steps and the last. It ends with a date at which
/// another fault `is_told`.
pub(super) fn short_chain<'w, 'p: 'w>(
    plan: &Plan,
    part: Part,
    find: impl Fn(Part) -> Option<&'w ResolvedDate<'p>>,
    is_told: impl Fn(Part) -> bool,
) -> Vec<(Place, String)> {
    let mut ended = false;
    let steps = steps(part, find).take(FARTHEST).take_while(|(step, _)| {
        let goes_on = !ended;
        ended = *step != part && is_told(*step);
        goes_on
    });
    shortened(steps.collect(), |(part, when)| told(plan, part, when))
}

/// How many steps of a chain are counted: a fault of a longer one does not tell its end.
pub(super) const FARTHEST: usize = 10_000;

/// How many of the nearest steps of a chain a fault tells.
const NEAREST: usize = 6;

/// The nearest steps of a chain and the last, each told.
pub(super) fn shortened<S>(mut steps: Vec<S>, tell: impl Fn(S) -> (Place, String)) -> Vec<(Place, String)> {
    let last = steps.pop();
    let more = steps.len().saturating_sub(NEAREST);
    steps.truncate(NEAREST);
    let mut told: Vec<_> = steps.into_iter().map(&tell).collect();
    told.extend(last.map(tell).map(|(place, words)| match more {
        0 => (place, words),
        more => (place, format!("{}, then {words}", counted_words(more, "more step"))),
    }));
    told
}

/// The dates that one hangs on, each on the next, itself first.
pub(super) fn steps<'w, 'p: 'w>(
    part: Part,
    find: impl Fn(Part) -> Option<&'w ResolvedDate<'p>>,
) -> impl Iterator<Item = (Part, &'w ResolvedDate<'p>)> {
    let mut next = Some(part);
    std::iter::from_fn(move || {
        let part = next.take()?;
        let when = find(part)?;
        next = when.from(part);
        Some((part, when))
    })
}

fn told(plan: &Plan, part: Part, when: &ResolvedDate<'_>) -> (Place, String) {
    if (&when.cell, &when.ground) == (&DateCell::Empty, &Ground::Written) {
        let words = format!("{} has no {}: none is written", part.thing.words(plan), part.edge.noun());
        return (when.place.clone(), words);
    }
    (when.place.clone(), format!("{} {}: {}", part.words(plan), said(&when.cell), when.reason(part, plan)))
}

/// "on October 8, 2021", "on no day".
pub(super) fn said(cell: &DateCell) -> String {
    match cell {
        DateCell::Day(day) => format!("on {}", date::prose(*day)),
        DateCell::Moment(day, time) => format!("on {}, at {}", date::prose(*day), date::time(*time)),
        DateCell::Empty => "on no day".to_owned(),
        DateCell::Tbd(tbd) => {
            let note = tbd.note().map(|note| format!(" ({note})")).unwrap_or_default();
            format!("on a day to be determined{note}")
        }
        other => format!("\"{other}\""),
    }
}
