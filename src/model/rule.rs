//! Rules by which a date is found: counted from a milestone, a task, an election, or its own other end.

use std::{fmt, str::FromStr, sync::Arc};

use chrono::{NaiveDate, NaiveTime};

use super::{Calendar, DateCell, Id};
use crate::{
    diagnostic::{Place, Placed},
    words::counted,
};

/// What a date cell is to be: written out, or found by a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DateRule {
    /// As written.
    Literal(DateCell),
    /// Counted from something else.
    Counted(Counted),
    /// So that the whole takes so long, first and last day included; counted from its other end.
    Takes(Span),
}

/// A rule that counts from something else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// From what.
    pub base: Base,
    /// How far.
    pub offset: Span,
    /// The first day that it may lead to.
    pub not_before: Option<Placed<Limit>>,
    /// What happens on a closed day, if it is said.
    pub closed: Option<OnClosed>,
    /// Whose closed days count for that; without it, those by which working days are counted.
    pub roll: Option<Arc<Calendar>>,
    /// At what time of the day.
    pub time: Option<NaiveTime>,
}

/// What a rule counts from. A start counts from a start and an end from an end, except with `After` and `Before`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Base {
    /// A milestone: of a window, its first day for a start and its last for an end.
    At(Placed<Id>),
    /// A window, in which the task must lie as a whole.
    During(Placed<Id>),
    /// The end of tasks or milestones: of several, the latest.
    After(Vec<Placed<PlanItemId>>),
    /// The start of tasks or milestones: of several, the earliest.
    Before(Vec<Placed<PlanItemId>>),
    /// The start or the end of a task or milestone.
    With(Placed<PlanItemId>),
    /// So many days before the plan's election, or after it.
    Election(i32),
}

/// A task or a milestone by its name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum PlanItemId {
    /// A task.
    Task(Id),
    /// A milestone.
    Milestone(Id),
}

/// A length of time, in working days, days or weeks: `-4wd`, `10d`, `2w`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// How many; below 0 it leads back.
    pub count: i32,
    /// Of what.
    pub unit: Unit,
}

/// What a length of time is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Days on which all who are responsible are open.
    WorkingDays,
    /// Days of the calendar.
    Days,
    /// Weeks of seven days of the calendar.
    Weeks,
}

/// What becomes of a date that falls on a closed day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnClosed {
    /// The next working day is taken.
    Next,
    /// The working day before is taken.
    Previous,
    /// It stays.
    Stay,
}

/// Start and end of a task or a milestone: how they are found and what holds them.
#[derive(Debug, Clone)]
pub struct Dates {
    /// When it starts.
    pub start: Placed<DateRule>,
    /// When it ends; of a milestone of one day, the same day.
    pub end: Placed<DateRule>,
    /// When it did start, once it has.
    pub started: Option<Placed<DateCell>>,
    /// When it did end, once it has.
    pub ended: Option<Placed<DateCell>>,
    /// It was not done, though its day may be past: `done: false`.
    pub is_open: Option<Place>,
    /// By what authority it never moves: "Elections Code 3114".
    pub fixed: Option<Placed<String>>,
    /// It must have ended by the start of this.
    pub by: Option<Placed<Limit>>,
}

/// What something must have ended by, or may not come before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Limit {
    /// The start of a task or milestone.
    Start(PlanItemId),
    /// So many days before the plan's election, or after it.
    Election(i32),
    /// A day that is written out.
    Day(NaiveDate),
}

impl Counted {
    /// Whether it can lead to a closed day; counting on or back in working days never does.
    pub fn may_fall_on_closed_day(&self) -> bool {
        self.offset.unit != Unit::WorkingDays || self.offset.count == 0
    }

    /// The day's number as the law counts it, if it is counted from the election in days of the calendar: -60 of E-60.
    pub fn e_number(&self) -> Option<i32> {
        let Base::Election(days) = self.base else { return None };
        days.checked_add(self.offset.calendar_days()?)
    }

    /// The tasks and milestones that it counts from, but for those of `at` and `during`.
    pub fn targets(&self) -> &[Placed<PlanItemId>] {
        match &self.base {
            Base::After(all) | Base::Before(all) => all.as_slice(),
            Base::With(one) => std::slice::from_ref(one),
            Base::At(_) | Base::During(_) | Base::Election(_) => &[],
        }
    }
}

impl Span {
    /// No time at all.
    pub const NONE: Span = Span { count: 0, unit: Unit::Days };

    /// "4 working days", whether back or on.
    pub fn words(self) -> String {
        let what = match self.unit {
            Unit::WorkingDays => "working day",
            Unit::Days => "day",
            Unit::Weeks => "week",
        };
        counted(usize::try_from(self.count.unsigned_abs()).unwrap_or(usize::MAX), what)
    }

    /// How many days of the calendar these are; `None` of working days.
    pub fn calendar_days(self) -> Option<i32> {
        match self.unit {
            Unit::WorkingDays => (self.count == 0).then_some(0),
            Unit::Days => Some(self.count),
            Unit::Weeks => self.count.checked_mul(7),
        }
    }

    /// As long, the other way.
    #[must_use]
    pub fn back(self) -> Span {
        Span { count: -self.count, ..self }
    }
}

impl FromStr for Span {
    type Err = ();

    /// Reads a number with its unit, `wd` for working days, `d` for days of the calendar, `w` for weeks.
    ///
    /// # Errors
    /// The text has another form, or the number is larger than 99,999.
    ///
    /// ```
    /// use ccrov::model::Span;
    /// assert_eq!("-4wd".parse::<Span>().unwrap().words(), "4 working days");
    /// assert_eq!("+1 d".parse::<Span>().unwrap().to_string(), "1d");
    /// assert_eq!("2w".parse::<Span>().unwrap().calendar_days(), Some(14));
    /// assert!("4".parse::<Span>().is_err() && "4m".parse::<Span>().is_err());
    /// ```
    fn from_str(text: &str) -> Result<Self, ()> {
        let text = text.trim();
        let units = [("wd", Unit::WorkingDays), ("d", Unit::Days), ("w", Unit::Weeks)];
        let (number, unit) =
            units.iter().find_map(|(word, unit)| Some((text.strip_suffix(word)?, *unit))).ok_or(())?;
        let count: i32 = number.trim().parse().map_err(|_| ())?;
        if count.unsigned_abs() > 99_999 { Err(()) } else { Ok(Span { count, unit }) }
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = match self.unit {
            Unit::WorkingDays => "wd",
            Unit::Days => "d",
            Unit::Weeks => "w",
        };
        write!(f, "{}{unit}", self.count)
    }
}

impl OnClosed {
    /// Every answer there is.
    pub const ALL: [OnClosed; 3] = [OnClosed::Next, OnClosed::Previous, OnClosed::Stay];

    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            OnClosed::Next => "next",
            OnClosed::Previous => "previous",
            OnClosed::Stay => "stay",
        }
    }
}

impl DateRule {
    /// Whether it hangs on a milestone or another task, and moves with it.
    pub fn hangs(&self) -> bool {
        let DateRule::Counted(Counted { base, not_before, .. }) = self else { return false };
        let floor = not_before.as_ref().is_some_and(|floor| matches!(floor.value, Limit::Start(_)));
        floor || !matches!(base, Base::Election(_))
    }
}

impl PlanItemId {
    /// Its name.
    pub fn id(&self) -> &Id {
        match self {
            PlanItemId::Task(id) | PlanItemId::Milestone(id) => id,
        }
    }
}

impl Dates {
    /// The days on which it is known to have started or ended.
    pub fn happened(&self) -> impl Iterator<Item = NaiveDate> {
        [&self.started, &self.ended].into_iter().flatten().filter_map(|happened| happened.value.day())
    }

    /// Whether it moves with a milestone or another task.
    pub fn hangs(&self) -> bool {
        self.both().iter().any(|rule| rule.value.hangs())
    }

    /// Whether it follows anything: a milestone, another task, the election.
    pub fn follows(&self) -> bool {
        self.both().iter().any(|rule| matches!(rule.value, DateRule::Counted(_)))
    }

    /// Both by their rules.
    pub fn both(&self) -> [&Placed<DateRule>; 2] {
        [&self.start, &self.end]
    }
}

/// Days before election day (less than 0) or after it: "E-60", "E+2", "E".
///
/// ```
/// use ccrov::model::e_days;
/// assert_eq!((e_days("E-60"), e_days("E+2"), e_days("E60")), (Some(-60), Some(2), None));
/// ```
pub fn e_days(text: &str) -> Option<i32> {
    let rest = text.trim().strip_prefix('E')?;
    if rest.is_empty() {
        return Some(0);
    }
    let figures = rest.strip_prefix(['-', '+'])?;
    let count: i32 = figures.parse().ok().filter(|_| figures.bytes().all(|b| b.is_ascii_digit()))?;
    Some(if rest.starts_with('-') { -count } else { count }).filter(|_| count < 100_000)
}

/// "E-60", "E+2", "E".
pub fn e_text(days: i32) -> String {
    if days == 0 { "E".to_owned() } else { format!("E{days:+}") }
}

/// A day so many days later.
pub fn days_on(day: NaiveDate, count: i32) -> Option<NaiveDate> {
    day.checked_add_signed(chrono::TimeDelta::days(i64::from(count)))
}
