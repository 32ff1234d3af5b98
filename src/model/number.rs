//! The numbers that memos are printed with.

use std::{fmt, str::FromStr};

use serde::Serialize;

/// A memo's number: two digits of the year and three more, such as 21144. It stays text, so it keeps its zeros.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct Number(String);

/// Text that is no [`Number`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotANumber;

impl Number {
    /// How many digits a number has.
    pub const DIGITS: usize = 5;

    /// As text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Its year.
    ///
    /// ```
    /// use ccrov::model::Number;
    /// assert_eq!("05001".parse::<Number>().unwrap().year(), 2005);
    /// assert!("2114".parse::<Number>().is_err() && "21144a".parse::<Number>().is_err());
    /// ```
    pub fn year(&self) -> i32 {
        self.0[..2].parse().map_or(2000, |year: i32| 2000 + year)
    }

    /// The number that a memo's id begins with: of `15161-2`, 15161.
    pub fn of_id(id: &str) -> Option<Number> {
        id.split('-').next()?.parse().ok()
    }
}

impl FromStr for Number {
    type Err = NotANumber;

    fn from_str(text: &str) -> Result<Number, NotANumber> {
        let is_number = text.len() == Number::DIGITS && text.bytes().all(|byte| byte.is_ascii_digit());
        if is_number { Ok(Number(text.to_owned())) } else { Err(NotANumber) }
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for NotANumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("five digits are expected: two of the year and three more, such as 21144")
    }
}

impl std::error::Error for NotANumber {}
