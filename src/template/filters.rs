//! Date filters: `{{ memo.date | table }}`.
//!
//! A date in a template is its prose, "August 31, 2021", so that printing it needs no filter. Each
//! filter takes any form in which dates are read.

use tera::{Error, Kwargs, State, Tera, TeraResult};

use crate::model::date;

macro_rules! date_filters {
    ($($(#[$doc:meta])* $name:ident => $print:expr;)*) => {
        /// Makes the filters known.
        pub(super) fn register(tera: &mut Tera) {
            $(tera.register_filter(stringify!($name), $name);)*
        }

        $($(#[$doc])* fn $name(value: &str, _: Kwargs, _: &State) -> TeraResult<String> {
            let day = date::read(value)
                .map_err(|_| Error::message(format!("`{value}` is no date for the filter `{}`", stringify!($name))))?;
            Ok(String::from($print(day)))
        })*
    };
}

date_filters! {
    /// "August 31, 2021".
    prose => date::prose;
    /// "8/31/2021".
    table => date::table;
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
