//! Date filters: `{{ memo.date | table }}`.
//!
//! In: what stands before the bar. Out: a date in another form. Not here: how dates are read and written, which `model`
//! knows.
//!
//! A date in a template is its prose, "August 31, 2021", so that printing it needs no filter. Each
//! filter takes any form in which dates are read, and leaves a date that nobody knows yet as it is.

use chrono::NaiveDate;
use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

use crate::model::{Tbd, after_tbd, date};

/// Makes the filters known.
pub(super) fn register(tera: &mut Tera) {
    register_styles(tera);
    tera.register_filter("safe", safe);
    tera.register_filter("days", days);
    tera.register_filter("e_date", e_date);
    tera.register_filter("e_number", e_number);
    tera.register_filter("time", time);
}

/// Text that is Markdown or HTML already. Tera's own filter makes nothing of a name that stands for nothing.
fn safe(value: &Value, _: Kwargs, _: &State) -> TeraResult<Value> {
    match value.is_undefined() {
        true => Err(Error::message("`undefined` is no text")),
        false => Ok(Value::safe_string(&value.to_string())),
    }
}

/// "September 9, 2016" of a date so many days before (negative) or after: `| days(count=-60)`.
#[expect(clippy::needless_pass_by_value, reason = "the form of a filter")]
fn days(value: &str, arguments: Kwargs, state: &State) -> TeraResult<String> {
    if is_tbd(value, state)? {
        return Ok(value.to_owned());
    }
    let count = arguments.must_get::<i64>("count")?;
    moved(read(value, "days")?, count).map(date::prose)
}

/// "September 9, 2016" of "E-60", counted from the memo's election.
fn e_date(value: &str, _: Kwargs, state: &State) -> TeraResult<String> {
    let count = value.strip_prefix('E').unwrap_or(value).replace('–', "-");
    let count =
        count.parse().map_err(|_| Error::message(format!("`{value}` is no E-number, such as E-60")))?;
    moved(election_day(state)?, count).map(date::prose)
}

/// "E-60" of a date, counted from the memo's election.
fn e_number(value: &str, _: Kwargs, state: &State) -> TeraResult<String> {
    if is_tbd(value, state)? {
        return Ok(value.to_owned());
    }
    let distance = read(value, "e_number")?.signed_duration_since(election_day(state)?);
    Ok(format!("E{:+}", distance.num_days()))
}

/// "11:00 p.m." of a clock time.
fn time(value: &str, _: Kwargs, _: &State) -> TeraResult<String> {
    date::read_time(value)
        .map(date::time)
        .ok_or_else(|| Error::message(format!("`{value}` is no clock time for the filter `time`")))
}

fn election_day(state: &State) -> TeraResult<NaiveDate> {
    let election: Option<Value> = state.get("election")?;
    let day = election.as_ref().and_then(|election| election.get_from_path("date")?.as_str());
    day.and_then(|day| date::read(day).ok())
        .ok_or_else(|| Error::message("E-numbers need a line `election: ...` in the memo"))
}

fn moved(day: NaiveDate, count: i64) -> TeraResult<NaiveDate> {
    date::moved(day, count).ok_or_else(|| {
        Error::message(format!("{count} days from {} is beyond the calendar", date::prose(day)))
    })
}

/// Whether it is a date that nobody knows yet, which every filter leaves as it is.
fn is_tbd(value: &str, state: &State) -> TeraResult<bool> {
    let office: Option<Value> = state.get("tbd")?;
    let word = office.as_ref().and_then(Value::as_str).unwrap_or(Tbd::WORD);
    Ok(after_tbd(value, word).is_some_and(|note| note.is_empty() || note.starts_with(" (")))
}

fn read(value: &str, filter: &str) -> TeraResult<NaiveDate> {
    date::read(value).map_err(|_| Error::message(format!("`{value}` is no date for the filter `{filter}`")))
}

macro_rules! date_filters {
    ($($(#[$doc:meta])* $name:ident => $print:expr;)*) => {
        fn register_styles(tera: &mut Tera) {
            $(tera.register_filter(stringify!($name), $name);)*
        }

        $($(#[$doc])* fn $name(value: &str, _: Kwargs, state: &State) -> TeraResult<String> {
            if is_tbd(value, state)? {
                return Ok(value.to_owned());
            }
            Ok(String::from($print(read(value, stringify!($name))?)))
        })*
    };
}

date_filters! {
    /// "August 31, 2021".
    prose => date::prose;
    /// "8/31/2021".
    table => date::table;
    /// "08/31/2021".
    padded => |day: NaiveDate| day.format("%m/%d/%Y").to_string();
    /// "08/31/21".
    padded_short => |day: NaiveDate| day.format("%m/%d/%y").to_string();
    /// "2021-08-31".
    iso => date::iso_text;
    /// "August".
    month => date::month;
    /// "August 31".
    month_day => date::month_and_day;
    /// "August 2021".
    month_year => |day| format!("{} {}", date::month(day), chrono::Datelike::year(&day));
    /// "Aug. 31, 2021".
    short => date::short;
    /// "Tuesday".
    weekday => date::weekday;
    /// "Tuesday, August 31, 2021".
    weekday_date => |day| format!("{}, {}", date::weekday(day), date::prose(day));
}
