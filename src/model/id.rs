//! The names by which files refer to things.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// A stable name: lower-case letters, digits and single hyphens between them, such as
/// `mock-election`. In a template a hyphen is written as an underscore: `milestones.mock_election`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Id(String);

/// Text that is no [`Id`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotAnId {
    /// The nearest text that is one, if there is any.
    pub nearest: Option<Id>,
}

impl Id {
    /// As text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name under which templates know it.
    pub fn variable(&self) -> String {
        self.0.replace('-', "_")
    }

    /// What it is called in a sentence: "mock election".
    pub fn words(&self) -> String {
        self.0.replace('-', " ")
    }
}

impl FromStr for Id {
    type Err = NotAnId;

    /// # Errors
    /// [`NotAnId`], with what could be meant.
    ///
    /// ```
    /// use ccrov::model::Id;
    /// assert_eq!("15161-2".parse::<Id>().unwrap().as_str(), "15161-2");
    /// let wrong = "Mock Election".parse::<Id>().unwrap_err();
    /// assert_eq!(wrong.nearest.unwrap().as_str(), "mock-election");
    /// ```
    fn from_str(text: &str) -> Result<Self, NotAnId> {
        let words = text
            .split(|c: char| !c.is_ascii_alphanumeric())
            .filter(|word| !word.is_empty())
            .collect::<Vec<_>>()
            .join("-")
            .to_ascii_lowercase();
        if words == text && !words.is_empty() {
            return Ok(Id(words));
        }
        Err(NotAnId { nearest: (!words.is_empty()).then_some(Id(words)) })
    }
}

impl TryFrom<String> for Id {
    type Error = NotAnId;

    fn try_from(text: String) -> Result<Self, NotAnId> {
        text.parse()
    }
}

impl From<Id> for String {
    fn from(id: Id) -> String {
        id.0
    }
}

impl fmt::Display for NotAnId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name is lower-case letters, digits and hyphens")
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
