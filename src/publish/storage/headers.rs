//! How a file is served: its type, and how long a reader's browser and the servers between may keep it.

use crate::output::{OutputPath, content_type};

/// It may be kept, and must be asked for again each time: a page is never older than what it leads to.
const ASK_AGAIN: &str = "no-cache";
/// Documents, which are downloaded more often than they change.
const SHORT: &str = "public, max-age=300";

/// The endings of documents that are downloaded; the site itself is made of other known files.
const DOCUMENTS: [&str; 10] = ["csv", "doc", "docx", "md", "pdf", "ppt", "pptx", "xls", "xlsx", "zip"];
/// What is said of a file of which nothing is known.
const BYTES: &str = "application/octet-stream";

/// What a file is served with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Headers {
    pub content_type: &'static str,
    pub cache_control: &'static str,
}

/// The record is of this moment.
pub(super) const OF_RECORD: Headers = Headers { content_type: "application/json", cache_control: "no-store" };

/// What a file of the site is served with.
pub(super) fn headers(path: &OutputPath) -> Headers {
    let name = path.file_name();
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
    let content_type = content_type(path.as_str());
    let of_site = content_type != BYTES && !DOCUMENTS.contains(&ending.as_str());
    let cache_control = if of_site { ASK_AGAIN } else { SHORT };
    Headers { content_type, cache_control }
}
