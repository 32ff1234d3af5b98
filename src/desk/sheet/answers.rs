//! What somebody answers to what nobody can tell of a sheet.
//!
//! In: the value of a form's field. Out: the answer; the value again. Not here: what is asked (`questions`).

/// Whom a name in a sheet means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OwnerAnswer {
    /// An entity of the office, by its id.
    Is(String),
    /// One that the office has not: it is added.
    New,
    /// One that the office has not: it is added, as a part of another.
    PartOf(String),
}

impl OwnerAnswer {
    /// As forms have it: "is sos", "new", "part sos".
    pub fn key(&self) -> String {
        match self {
            OwnerAnswer::Is(id) => format!("is {id}"),
            OwnerAnswer::New => "new".to_owned(),
            OwnerAnswer::PartOf(id) => format!("part {id}"),
        }
    }

    /// The answer that a form has; none of anything else.
    pub fn of_key(key: &str) -> Option<OwnerAnswer> {
        match key.split_once(' ') {
            Some(("is", id)) => Some(OwnerAnswer::Is(id.to_owned())),
            Some(("part", id)) => Some(OwnerAnswer::PartOf(id.to_owned())),
            _ => (key == "new").then_some(OwnerAnswer::New),
        }
    }
}

/// What a row of a sheet is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowAnswer {
    /// A step of the release, by the id of its task.
    Step(String),
    /// A new step.
    New,
    /// Nothing that is taken over.
    LeaveOut,
}

impl RowAnswer {
    /// As forms have it: "is task-4", "new", "leave".
    pub fn key(&self) -> String {
        match self {
            RowAnswer::Step(id) => format!("is {id}"),
            RowAnswer::New => "new".to_owned(),
            RowAnswer::LeaveOut => "leave".to_owned(),
        }
    }

    /// The answer that a form has; none of anything else.
    pub fn of_key(key: &str) -> Option<RowAnswer> {
        match key {
            "new" => Some(RowAnswer::New),
            "leave" => Some(RowAnswer::LeaveOut),
            key => key.strip_prefix("is ").map(|id| RowAnswer::Step(id.to_owned())),
        }
    }
}
