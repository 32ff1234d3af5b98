//! What a PDF says of itself beside its pages.
//!
//! In: what a memo is called, who publishes it, what stands on each page. Out: [`Info`]. Not here: how it is written.

use std::{collections::BTreeMap, sync::Arc};

use chrono::NaiveDate;

use super::logo::LogoPicture;
use crate::document::PartId;

/// What a PDF says of itself beside its pages.
#[derive(Debug, Clone, PartialEq)]
pub struct Info {
    /// Shown in the title bar of a reader.
    pub title: String,
    /// The office.
    pub author: String,
    /// What the document is about.
    pub subject: String,
    /// How the document is cited: "CC/ROV #21144"; none as long as it has no number.
    pub identifier: Option<String>,
    /// The document's own date: a day of the office, whatever time zone a reader is in.
    pub date: NaiveDate,
    /// The day of its last change: that of the document, or of its last correction.
    pub changed: NaiveDate,
    /// The lines at the top of each page after the first; "Page 2" follows them.
    pub running_head: Vec<String>,
    /// A word that stands behind the text of each page: "DRAFT".
    pub mark: Option<String>,
    /// Blanks can be filled in on the screen.
    pub fields: bool,
    /// The logos of its letterheads, by their paragraphs.
    pub logos: BTreeMap<PartId, Arc<LogoPicture>>,
}
