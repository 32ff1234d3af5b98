//! A date with what it follows from.
//!
//! In: the steps by which a date was found. Out: [`ResolvedDate`]. Not here: finding dates, and the reason in words.

use chrono::NaiveDate;

use super::part::Part;
use crate::{
    calendar::Closed,
    diagnostic::Place,
    model::{Counted, DateCell, Delay, OnClosed, Span},
};

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

impl<'p> ResolvedDate<'p> {
    /// The same date of something that was past when a delay was announced.
    pub(super) fn over(self, delay: &'p Delay) -> ResolvedDate<'p> {
        let ground = match self.ground {
            ground @ (Ground::Over(..) | Ground::Written | Ground::Happened | Ground::Moved(_)) => ground,
            ground => Ground::Over(delay, Box::new(ground)),
        };
        ResolvedDate { ground, ..self }
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
    pub(super) fn first(&self) -> &Self {
        match self {
            Ground::Over(_, was) => was.first(),
            ground => ground,
        }
    }
}
