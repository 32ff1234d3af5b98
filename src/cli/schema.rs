//! `schema`: what each kind of file may hold, for editors that complete and check while one types.

use super::{Outcome, Terminal};
use crate::schema::SCHEMAS;

/// `ccrov schema KIND`.
pub(super) fn schema(name: &str, terminal: &mut Terminal) -> Outcome {
    for schema in SCHEMAS.iter().filter(|schema| schema.name == name) {
        terminal.print(schema.text.trim_end());
    }
    Outcome::Done
}
