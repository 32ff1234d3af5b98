//! What each kind of fault means, with an example.
//!
//! In: `explanations.yaml`, which is in the program. Out: [`Explanation`]s. Not here: how they are
//! printed.

use serde::{Deserialize, Serialize};

/// What a kind of fault means, and how it is put right.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Explanation {
    /// The name of the kind.
    pub code: String,
    /// What it is, in one line.
    pub is: String,
    /// What it means, why it is a fault, what to do.
    pub text: String,
    /// The file that the example stands in; none, if no file can show it.
    pub file: Option<String>,
    /// Lines that give the fault.
    pub wrong: String,
    /// The same lines put right.
    pub right: String,
}

/// All explanations: one for each of [`Code::ALL`](super::Code::ALL).
pub fn explanations() -> Vec<Explanation> {
    serde_yaml::from_str(include_str!("explanations.yaml")).expect("the tests read the same text")
}
