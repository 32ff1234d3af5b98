//! When California's clocks are changed.
//!
//! In: the first time that a file names. Out: its VTIMEZONE: the rule of today, and those of before as far back as they are needed.
//! The rules are those of 15 U.S.C. 260a and of the laws before it, from 1967 on; the time zone database says the same. Not here: times of other zones.

use chrono::{Datelike as _, NaiveDateTime};

use super::line::Lines;

/// Its name in the time zone database.
pub(super) const NAME: &str = "America/Los_Angeles";

/// A rule by which the clocks are changed once a year, at two.
struct ClockRule {
    is_summer: bool,
    /// The first change by it; the weekday is always a Sunday.
    first: &'static str,
    /// By which rule of RFC 5545.
    rule: &'static str,
    /// The last change by it, in universal time, and its year; none of today's.
    until: Option<(&'static str, i32)>,
}

const fn rule(
    is_summer: bool,
    first: &'static str,
    rule: &'static str,
    until: Option<(&'static str, i32)>,
) -> ClockRule {
    ClockRule { is_summer, first, rule, until }
}

/// Latest first. In 1974 and 1975 summer began early.
const RULES: [ClockRule; 8] = [
    rule(true, "20070311", "FREQ=YEARLY;BYMONTH=3;BYDAY=2SU", None),
    rule(false, "20071104", "FREQ=YEARLY;BYMONTH=11;BYDAY=1SU", None),
    rule(true, "19870405", "FREQ=YEARLY;BYMONTH=4;BYDAY=1SU", Some(("20060402T100000Z", 2006))),
    rule(false, "19671029", "FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU", Some(("20061029T090000Z", 2006))),
    rule(true, "19760425", "FREQ=YEARLY;BYMONTH=4;BYDAY=-1SU", Some(("19860427T100000Z", 1986))),
    rule(true, "19750223", "FREQ=YEARLY;BYMONTH=2;BYDAY=-1SU", Some(("19750223T100000Z", 1975))),
    rule(true, "19740106", "FREQ=YEARLY;BYMONTH=1;BYDAY=1SU", Some(("19740106T100000Z", 1974))),
    rule(true, "19670430", "FREQ=YEARLY;BYMONTH=4;BYDAY=-1SU", Some(("19730429T100000Z", 1973))),
];

/// Adds the zone, as it is from the first time on.
pub(super) fn put(first: Option<NaiveDateTime>, lines: &mut Lines) {
    lines.put("BEGIN", "VTIMEZONE");
    lines.put("TZID", NAME);
    // What holds on a day may have begun the year before.
    let needed = |rule: &&ClockRule| match (rule.until, first) {
        (None, _) => true,
        (Some((_, last)), Some(first)) => first.year() <= last + 1,
        (Some(_), None) => false,
    };
    for rule in RULES.iter().filter(needed) {
        let part = if rule.is_summer { "DAYLIGHT" } else { "STANDARD" };
        let (from, to, name) = match rule.is_summer {
            true => ("-0800", "-0700", "PDT"),
            false => ("-0700", "-0800", "PST"),
        };
        lines.put("BEGIN", part);
        lines.put("DTSTART", &format!("{}T020000", rule.first));
        lines.put("TZOFFSETFROM", from);
        lines.put("TZOFFSETTO", to);
        lines.put("TZNAME", name);
        match rule.until {
            Some((until, _)) => lines.put("RRULE", &format!("{};UNTIL={until}", rule.rule)),
            None => lines.put("RRULE", rule.rule),
        }
        lines.put("END", part);
    }
    lines.put("END", "VTIMEZONE");
}
