//! The holidays of California's law, and on which days they are kept.
//!
//! In: which of the two lists; a day, or a span of days. Out: holidays. Not here: Saturdays and Sundays;
//! closed days that an office has of its own; counting.
//!
//! The lists are those of the Government Code: 19853(a) for state offices, 6700(a) for legal holidays. A holiday
//! with a date of its own is kept on Monday if that is a Sunday (19853(b) and 6701, which does not name those of
//! 2023), and Veterans Day on Friday if it is a Saturday; others on a Saturday are not kept on another day. What was
//! added since 2010: Native American Day by Stats. 2014, ch. 537; Juneteenth, Genocide Remembrance Day and Lunar
//! New Year by Stats. 2022, chs. 753, 761 and 792. Cesar Chavez Day is Farmworkers Day by Stats. 2026, ch. 7. For
//! years before 2010, when there were others, these are taken.
//!
//! Left out, since the law gives no date: Diwali (Stats. 2025, ch. 358), which is "the 15th day of the month of
//! Kartik", on one day here and on another there; days that the President or Governor appoints; and Good
//! Friday, a holiday for three hours.

use chrono::{Datelike as _, Days, NaiveDate, Weekday};

use super::lunar;
use crate::model::Holidays;

/// A holiday as the law has it.
struct HolidayRule {
    kept_by: &'static [Holidays],
    day: When,
    name: &'static str,
    /// What it is called on Monday, if it is kept then when it is a Sunday.
    after_sunday: Option<&'static str>,
    /// The same for Friday and Saturday.
    before_saturday: Option<&'static str>,
    /// The first and the last year.
    years: (i32, i32),
}

enum When {
    /// A month and a day.
    On(u32, u32),
    /// The first such weekday on or after a day: the third Monday of a month is the first from the 15th on.
    First(Weekday, u32, u32),
    /// In January or February.
    LunarNewYear,
}

use Weekday::{Fri, Mon, Thu};
use When::{First, LunarNewYear, On};

const BOTH: &[Holidays] = &[Holidays::StateOffices, Holidays::Legal];
const STATE: &[Holidays] = &[Holidays::StateOffices];
const LEGAL: &[Holidays] = &[Holidays::Legal];

const RULES: [HolidayRule; 19] = [
    rule(BOTH, On(1, 1), "New Year's Day").or_monday("New Year's Day, observed"),
    rule(BOTH, First(Mon, 1, 15), "Martin Luther King Jr. Day"),
    rule(LEGAL, LunarNewYear, "Lunar New Year").since(2023),
    rule(LEGAL, On(2, 12), "Lincoln Day").or_monday("Lincoln Day, observed"),
    rule(BOTH, First(Mon, 2, 15), "Presidents' Day"),
    rule(BOTH, On(3, 31), "Cesar Chavez Day").or_monday("Cesar Chavez Day, observed").until(2025),
    rule(BOTH, On(3, 31), "Farmworkers Day").or_monday("Farmworkers Day, observed").since(2026),
    rule(LEGAL, On(4, 24), "Genocide Remembrance Day").since(2023),
    rule(BOTH, First(Mon, 5, 25), "Memorial Day"),
    rule(LEGAL, On(6, 19), "Juneteenth").since(2023),
    rule(BOTH, On(7, 4), "Independence Day").or_monday("Independence Day, observed"),
    rule(BOTH, First(Mon, 9, 1), "Labor Day"),
    rule(LEGAL, On(9, 9), "Admission Day").or_monday("Admission Day, observed"),
    rule(LEGAL, First(Fri, 9, 22), "Native American Day").since(2015),
    rule(LEGAL, First(Mon, 10, 8), "Columbus Day"),
    rule(BOTH, On(11, 11), "Veterans Day")
        .or_monday("Veterans Day, observed")
        .or_friday("Veterans Day, observed"),
    rule(BOTH, First(Thu, 11, 22), "Thanksgiving Day"),
    rule(STATE, First(Fri, 11, 23), "the day after Thanksgiving"),
    rule(BOTH, On(12, 25), "Christmas Day").or_monday("Christmas Day, observed"),
];

const fn rule(kept_by: &'static [Holidays], day: When, name: &'static str) -> HolidayRule {
    HolidayRule { kept_by, day, name, after_sunday: None, before_saturday: None, years: (i32::MIN, i32::MAX) }
}

impl HolidayRule {
    const fn or_monday(mut self, name: &'static str) -> HolidayRule {
        self.after_sunday = Some(name);
        self
    }

    const fn or_friday(mut self, name: &'static str) -> HolidayRule {
        self.before_saturday = Some(name);
        self
    }

    const fn since(mut self, year: i32) -> HolidayRule {
        self.years.0 = year;
        self
    }

    const fn until(mut self, year: i32) -> HolidayRule {
        self.years.1 = year;
        self
    }

    /// The day on which it is kept in a year, and its name there. No holiday is moved to another year.
    fn kept(&self, year: i32) -> Option<(NaiveDate, &'static str)> {
        if !(self.years.0..=self.years.1).contains(&year) {
            return None;
        }
        let day = match self.day {
            On(month, day) => NaiveDate::from_ymd_opt(year, month, day)?,
            First(weekday, month, day) => {
                let first = NaiveDate::from_ymd_opt(year, month, day)?;
                first + Days::new(weekday.days_since(first.weekday()).into())
            }
            LunarNewYear => lunar::new_year(year)?,
        };
        match (day.weekday(), self.after_sunday, self.before_saturday) {
            (Weekday::Sun, Some(name), _) => Some((day.succ_opt()?, name)),
            (Weekday::Sat, _, Some(name)) => Some((day.pred_opt()?, name)),
            _ => Some((day, self.name)),
        }
    }

    /// Whether it may be kept in a month: March 31 may be kept on April 1.
    fn near(&self, month: u32) -> bool {
        let own = match self.day {
            On(own, _) | First(_, own, _) => own,
            LunarNewYear => 1,
        };
        own == month || own + 1 == month
    }
}

fn rules(holidays: Holidays) -> impl Iterator<Item = &'static HolidayRule> {
    RULES.iter().filter(move |rule| rule.kept_by.contains(&holidays))
}

/// The holiday that is kept on a day: "Labor Day", "Independence Day, observed".
pub(super) fn on(holidays: Holidays, day: NaiveDate) -> Option<&'static str> {
    let near = rules(holidays).filter(|rule| rule.near(day.month()));
    near.filter_map(|rule| rule.kept(day.year())).find(|(kept, _)| *kept == day).map(|(_, name)| name)
}

/// The days of a span on which holidays are kept, without order.
pub(super) fn within(
    holidays: Holidays,
    first: NaiveDate,
    last: NaiveDate,
) -> impl Iterator<Item = NaiveDate> {
    let years = first.year()..=last.year();
    let days = years.flat_map(move |year| rules(holidays).filter_map(move |rule| rule.kept(year)));
    days.map(|(day, _)| day).filter(move |day| (first..=last).contains(day))
}
