//! A step of a schedule as it was published.
//!
//! In: the cells of a row. Out: its days, and how they read. Not here: who publishes it, and which schedules hold.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::model::{DateCell, Id};

/// A step of a published schedule, as it is printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepEntry {
    /// Its stable name, if a list knows it: a memo that updates another can move its deadlines.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<Id>,
    /// Its number: "6a".
    pub step: String,
    /// Who is responsible: "All CTE Counties/SOS".
    pub owner: String,
    /// What is to be done.
    pub task: String,
    /// What must not be overlooked, if there is something.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub warning: Option<String>,
    /// When it starts, as printed.
    pub start: String,
    /// When it ends, as printed.
    pub end: String,
    /// Whether it was completed on the memo's date.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub completed: bool,
}

impl StepEntry {
    /// When it starts and ends; a cell that no form reads is blank.
    pub(crate) fn cells(&self) -> [DateCell; 2] {
        [&self.start, &self.end].map(|text| text.parse().unwrap_or(DateCell::Empty))
    }

    /// The days on which it starts and ends, each with what happens then and what is printed of it.
    pub(crate) fn days(&self) -> impl Iterator<Item = (&StepEntry, NaiveDate, &'static str, DateCell)> {
        let [start, end] = self.cells();
        let (first, last) = (start.first_day(), end.day());
        let is_one_day = first.is_some() && first == last;
        let starts = first.filter(|_| !is_one_day).map(|day| (self, day, "starts", start));
        let what = if is_one_day { "starts and ends" } else { "ends" };
        starts.into_iter().chain(last.map(|day| (self, day, what, end)))
    }

    /// Its days as they are printed: "11/5/2021 to 11/19/2021".
    pub(crate) fn printed_days(&self) -> String {
        match (self.start.as_str(), self.end.as_str()) {
            ("", "") => "no date".to_owned(),
            ("" | "N/A", end) => end.to_owned(),
            (start, "") => format!("from {start}"),
            (start, end) if start == end => start.to_owned(),
            (start, end) => format!("{start} to {end}"),
        }
    }

    /// Whether another memo lists the same deadline: under the same id, or for the same entities in the same words.
    pub(crate) fn is_same_deadline(&self, other: &StepEntry) -> bool {
        (&self.task, &self.owner) == (&other.task, &other.owner) || self.id.is_some() && self.id == other.id
    }
}
