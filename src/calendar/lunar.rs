//! The day of the lunar new year.
//!
//! In: a year. Out: the day, of which the Government Code, section 6700, says that it is the second new moon
//! after the winter solstice, or the third if an intercalary month intervenes: the rule of the Chinese calendar,
//! which is reckoned by the time of Beijing. Not here: since when the law has it; astronomy, which is borrowed.

use std::sync::OnceLock;

use calendrical_calculations::{
    chinese_based::{Chinese, YearBounds},
    rata_die::RataDie,
};
use chrono::{Datelike as _, NaiveDate};

/// The day in a year from 1 to 9999. Until 2099 it agrees with two other reckonings (tests/suite/holidays.rs); far
/// from now it is as good as the forecast of how long days will be.
pub(super) fn new_year(year: i32) -> Option<NaiveDate> {
    /// Those found so far, from 2000 on: a moon takes a thousand times as long as any other holiday.
    static FOUND: [OnceLock<Option<NaiveDate>>; 200] = [const { OnceLock::new() }; 200];
    let found = year.checked_sub(2000).and_then(|index| FOUND.get(usize::try_from(index).ok()?));
    match found {
        Some(found) => *found.get_or_init(|| find(year)),
        None => find(year),
    }
}

fn find(year: i32) -> Option<NaiveDate> {
    // The lunar year in whose middle the summer is began in this year.
    let summer = NaiveDate::from_ymd_opt(year, 7, 1).filter(|_| (1..=9999).contains(&year))?;
    let summer = RataDie::new(summer.num_days_from_ce().into());
    let first = YearBounds::compute::<Chinese>(summer).new_year.to_i64_date();
    NaiveDate::from_num_days_from_ce_opt(i32::try_from(first).ok()?)
}
