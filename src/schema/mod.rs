//! What each kind of file may hold: JSON Schemas, for editors that complete and check while one types, and for forms. And
//! what commands print with `--json`, for programs that read it.

mod fields;
mod shape;

pub use fields::{FileField, file_fields};
pub use shape::{FieldKind, Shape, shapes};

/// A kind of file with a schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Schema {
    /// The kind, by which people know it.
    pub name: &'static str,
    /// JSON Schema, draft 7.
    pub text: &'static str,
}

/// Every schema there is.
pub const SCHEMAS: [Schema; 4] = [
    Schema { name: "office", text: include_str!("../../schema/office.json") },
    Schema { name: "release", text: include_str!("../../schema/release.json") },
    Schema { name: "memo", text: include_str!("../../schema/memo.json") },
    Schema { name: "results", text: include_str!("../../schema/results.json") },
];
