//! Where a value stands in a file: `tasks[3].end`.
//!
//! In: text, as it is typed. Out: keys and places of items, in order. Not here: whether a file has such a place.

use std::{fmt, str::FromStr};

/// Where a value stands in a file: keys and, in brackets, the places of items, from 0.
///
/// ```
/// use ccrov::yaml::edit::At;
/// let at: At = "tasks[3].end".parse().unwrap();
/// assert_eq!(at.to_string(), "tasks[3].end");
/// assert!("tasks[3.end".parse::<At>().is_err());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct At(Vec<Step>);

/// A step on the way to a value.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// The value of a key.
    Key(String),
    /// An item of a list. What is no list counts as a list of one.
    Item(usize),
}

/// Text that is no place in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotAPlace;

impl fmt::Display for NotAPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key is expected, such as subject, or tasks[3].end for the end of the fourth task")
    }
}

impl std::error::Error for NotAPlace {}

impl FromStr for At {
    type Err = NotAPlace;

    fn from_str(text: &str) -> Result<At, NotAPlace> {
        let mut steps = Vec::new();
        for part in text.split('.') {
            let (key, items) = part.split_at(part.find('[').unwrap_or(part.len()));
            if key.is_empty() {
                return Err(NotAPlace);
            }
            steps.push(Step::Key(key.to_owned()));
            for item in items.split_inclusive(']') {
                let item = item.strip_prefix('[').and_then(|item| item.strip_suffix(']'));
                steps.push(Step::Item(item.and_then(|item| item.parse().ok()).ok_or(NotAPlace)?));
            }
        }
        Ok(At(steps))
    }
}

impl fmt::Display for At {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (count, step) in self.0.iter().enumerate() {
            match step {
                Step::Key(key) if count > 0 => write!(f, ".{key}")?,
                Step::Key(key) => f.write_str(key)?,
                Step::Item(at) => write!(f, "[{at}]")?,
            }
        }
        Ok(())
    }
}

impl At {
    /// The place of a key below this one.
    #[must_use]
    pub fn key(&self, key: &str) -> At {
        At([&self.0[..], &[Step::Key(key.to_owned())]].concat())
    }

    /// The place of an item below this one.
    #[must_use]
    pub fn item(&self, at: usize) -> At {
        At([&self.0[..], &[Step::Item(at)]].concat())
    }

    /// The place that holds this one; the whole file holds itself.
    #[must_use]
    pub fn above(&self) -> At {
        let above = self.0.split_last().map_or(&[][..], |(_, above)| above);
        At(above.to_vec())
    }

    /// The steps that lead there.
    pub fn steps(&self) -> &[Step] {
        &self.0
    }
}
