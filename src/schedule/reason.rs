//! Why a date is what it is, in words.
//!
//! In: a [`ResolvedDate`]. Out: its reason, without a full stop. Not here: finding dates, and the steps before this one.

use chrono::{Datelike as _, NaiveDate};

use super::{
    part::{Edge, Naming, Part},
    resolved_date::{Ground, ResolvedDate},
};
use crate::{
    calendar::Closed,
    model::{Base, Counted, OnClosed, Plan, Span, Unit, date, e_text},
    words::{counted, series},
};

/// How many closed days a reason names.
const NAMED: usize = 12;

impl ResolvedDate<'_> {
    /// The reason in words, without a full stop at its end.
    ///
    /// "1 working day after step 16, October 8, 2021; Monday, October 11, is closed for counties: Columbus Day"
    pub(super) fn reason(&self, part: Part, names: &impl Naming) -> String {
        let mut words = self.ground.words(part, names);
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
            words += &format!("; and {}", counted(more, "more closed day"));
        }
        words += match self.ground {
            Ground::Counted { rolled: Some(OnClosed::Next), .. } => ", and the next working day is taken",
            Ground::Counted { rolled: Some(OnClosed::Previous), .. } => {
                ", and the working day before is taken"
            }
            Ground::Counted { rolled: Some(OnClosed::Stay), .. } => ", and the date stays",
            _ => "",
        };
        match &part.thing.dates(names.plan()).fixed {
            Some(authority) if self.ground != Ground::Happened => words + "; fixed by " + &authority.value,
            _ => words,
        }
    }
}

impl Ground<'_> {
    fn words(&self, part: Part, names: &impl Naming) -> String {
        let plan = names.plan();
        match self {
            Ground::Written => "as written".to_owned(),
            Ground::Happened => "this is when it happened".to_owned(),
            Ground::Moved(delay) => {
                format!("moved by the {}delay announced {}", plan.which(delay), date::prose(delay.announced))
            }
            Ground::Over(delay, was) => format!(
                "{}; it had been completed before the {}delay of {}, was announced, and stays",
                was.words(part, names),
                plan.which(delay),
                date::prose(delay.announced)
            ),
            Ground::Takes { span: Span { count: 1, unit: Unit::Days }, .. } => "the same day".to_owned(),
            Ground::Takes { span, day } => {
                let to = if part.edge == Edge::End { "from" } else { "to" };
                format!("it takes {} {to} {}", span.words(), date::prose(*day))
            }
            Ground::Unknown { from } => format!("{} has no date yet", from.owner_words(names)),
            Ground::Counted { rule, from, day, others, floor, .. } => {
                let mut words = counted_from(rule, *from, *day, names);
                if !others.is_empty() {
                    words += &among(matches!(rule.base, Base::Before(_)), others, names);
                }
                if let Some(floor) = floor {
                    let day = date::prose(floor.day);
                    words += &match floor.from {
                        Some(from) if from.thing.is_one_day(plan) => {
                            format!(", but not before {}, {day}", names.words(from.thing))
                        }
                        Some(from) => format!(", but not before {} starts, {day}", names.words(from.thing)),
                        None => format!(", but not before {day}"),
                    };
                }
                words
            }
        }
    }
}

/// ", the later of step 1 (June 3, 2024) and step 2 (June 7, 2024)".
fn among(earliest: bool, all: &[(Part, NaiveDate)], names: &impl Naming) -> String {
    let which = match (earliest, all.len()) {
        (true, 2) => "earlier",
        (true, _) => "earliest",
        (false, 2) => "later",
        (false, _) => "latest",
    };
    let mut named: Vec<_> = all
        .iter()
        .take(NAMED)
        .map(|(part, day)| format!("{} ({})", names.words(part.thing), date::prose(*day)))
        .collect();
    if let Some(more @ 1..) = all.len().checked_sub(NAMED) {
        named.push(format!("{more} more"));
    }
    format!(", the {which} of {}", series(&named))
}

/// "4 working days before the deployment, October 8, 2021".
fn counted_from(rule: &Counted, from: Option<Part>, day: NaiveDate, names: &impl Naming) -> String {
    let plan = names.plan();
    let distance = rule.offset.words();
    let day = date::prose(day);
    let direction = match rule.offset.count {
        0 => None,
        count => Some(if count < 0 { "before" } else { "after" }),
    };
    let Some(from) = from else { return from_election(rule, &day, plan) };
    let thing = names.words(from.thing);
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
