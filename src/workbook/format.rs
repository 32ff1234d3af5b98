//! How a number is shown: as a day, a time, or figures.
//!
//! In: the code of a format, such as `m/d/yyyy` or `0.00`; a number. Out: what the cell says. Not here: which cell has which format.

use chrono::{Days, NaiveDate, NaiveTime};

use super::CellValue;

/// What a format shows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum NumberFormat {
    /// Figures, as many as there are.
    #[default]
    General,
    /// Figures, with so many behind the point, and with a sign for hundredths.
    Fixed { decimals: usize, is_percent: bool },
    /// A day.
    Day,
    /// A day with a time.
    Moment,
    /// A time.
    Time,
    /// Anything else: such as a telephone number.
    Other,
}

/// Seconds of a day.
const DAY: f64 = 86_400.0;
/// Excel's number of the day that never was, February 29, 1900, and of the last day that it knows.
const NEVER: i64 = 60;
const LAST_DAY: i64 = 2_958_465;
/// How many days later the first day of old workbooks of the Macintosh is.
const MACINTOSH: i64 = 1462;

impl NumberFormat {
    /// The format that a code describes.
    pub fn of_code(code: &str) -> NumberFormat {
        let code = code.split(';').next().unwrap_or_default();
        if code.is_empty() || code.eq_ignore_ascii_case("general") || code == "@" {
            return NumberFormat::General;
        }
        let Some(bare) = bare(code) else { return NumberFormat::Other };
        let has = |signs: &[char]| bare.contains(signs);
        match (has(&['d', 'y']), has(&['h', 's'])) {
            (true, true) => NumberFormat::Moment,
            (true, false) => NumberFormat::Day,
            (false, true) => NumberFormat::Time,
            (false, false) if has(&['m']) => NumberFormat::Day,
            _ => figures(code),
        }
    }

    /// The format that Excel knows by a number alone.
    pub fn built_in(number: usize) -> NumberFormat {
        match number {
            0 | 49 => NumberFormat::General,
            1 | 3 => NumberFormat::Fixed { decimals: 0, is_percent: false },
            2 | 4 => NumberFormat::Fixed { decimals: 2, is_percent: false },
            9 => NumberFormat::Fixed { decimals: 0, is_percent: true },
            10 => NumberFormat::Fixed { decimals: 2, is_percent: true },
            14..=17 | 27..=31 | 34..=36 | 50..=54 | 57 | 58 => NumberFormat::Day,
            18..=21 | 32 | 33 | 45 | 47 | 55 | 56 => NumberFormat::Time,
            22 => NumberFormat::Moment,
            _ => NumberFormat::Other,
        }
    }

    /// What a number says. `is_macintosh` if days are counted from 1904.
    pub fn shown(self, number: f64, is_macintosh: bool) -> CellValue {
        let plain = |text: String| CellValue::Number { text, is_plain: self != NumberFormat::Other };
        match self {
            NumberFormat::General | NumberFormat::Other => plain(number.to_string()),
            NumberFormat::Fixed { decimals, is_percent: false } => plain(format!("{number:.decimals$}")),
            NumberFormat::Fixed { decimals, is_percent: true } => {
                plain(format!("{:.decimals$}%", number * 100.0))
            }
            NumberFormat::Day | NumberFormat::Moment | NumberFormat::Time => self.day(number, is_macintosh),
        }
    }

    fn day(self, number: f64, is_macintosh: bool) -> CellValue {
        let never = || CellValue::Fault(format!("{number} as a day"));
        // Half a second is the least that can be meant.
        let seconds = (number * DAY).round();
        if !(0.0..=DAY * LAST_DAY as f64).contains(&seconds) {
            return never();
        }
        let (day, second) = ((seconds / DAY).floor() as i64, (seconds % DAY) as u32);
        let Some(time) = NaiveTime::from_num_seconds_from_midnight_opt(second, 0) else { return never() };
        if self == NumberFormat::Time && day == 0 {
            return CellValue::Time(time);
        }
        let day = if is_macintosh { day + MACINTOSH } else { day };
        let before = NaiveDate::from_ymd_opt(1899, 12, if day > NEVER { 30 } else { 31 });
        let counted = before.filter(|_| day != NEVER && day > 0).zip(u64::try_from(day).ok());
        let Some(date) = counted.and_then(|(before, day)| before.checked_add_days(Days::new(day))) else {
            return never();
        };
        match self {
            NumberFormat::Day => CellValue::Day(date),
            _ => CellValue::Moment(date.and_time(time)),
        }
    }
}

/// A code without words, colors and blanks; `None` if it counts more hours than a day has.
fn bare(code: &str) -> Option<String> {
    let (mut bare, mut signs) = (String::new(), code.chars());
    while let Some(sign) = signs.next() {
        match sign {
            '"' => signs.by_ref().take_while(|sign| *sign != '"').for_each(drop),
            '\\' | '_' | '*' => drop(signs.next()),
            '[' => {
                let inside: String = signs.by_ref().take_while(|sign| *sign != ']').collect();
                if inside.to_lowercase().chars().all(|sign| matches!(sign, 'h' | 'm' | 's')) {
                    return None;
                }
            }
            sign => bare.extend(sign.to_lowercase()),
        }
    }
    Some(bare)
}

fn figures(code: &str) -> NumberFormat {
    let (number, is_percent) = code.strip_suffix('%').map_or((code, false), |number| (number, true));
    let (whole, decimals) = number.split_once('.').unwrap_or((number, ""));
    let is_plain = matches!(whole, "0" | "#" | "#0") && decimals.chars().all(|sign| sign == '0');
    if is_plain { NumberFormat::Fixed { decimals: decimals.len(), is_percent } } else { NumberFormat::Other }
}
