//! `schema`: what each kind of file may hold, for editors that complete and check while one types.

use super::{Outcome, Terminal};

/// A kind of file with a schema.
pub(super) struct Schema {
    /// The kind, by which the command knows it.
    pub name: &'static str,
    /// JSON Schema, draft 7.
    pub text: &'static str,
}

/// Every schema there is.
pub(super) const SCHEMAS: [Schema; 3] = [
    Schema { name: "office", text: include_str!("../../schema/office.json") },
    Schema { name: "release", text: include_str!("../../schema/release.json") },
    Schema { name: "memo", text: include_str!("../../schema/memo.json") },
];

/// `ccrov schema KIND`.
pub(super) fn schema(name: &str, terminal: &mut Terminal) -> Outcome {
    for schema in SCHEMAS.iter().filter(|schema| schema.name == name) {
        terminal.say(schema.text.trim_end());
    }
    Outcome::Done
}
