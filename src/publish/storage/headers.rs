//! How a file is served: its type, and how long a reader's browser and the servers between may keep it.

use crate::site::OutputPath;

/// It may be kept, and must be asked for again each time: a page is never older than what it leads to.
const ASK_AGAIN: &str = "no-cache";
/// Documents, which are downloaded more often than they change.
const SHORT: &str = "public, max-age=300";
/// A file whose name changes with its content.
const FOREVER: &str = "public, max-age=31536000, immutable";

/// Endings with their types, and whether a site is made of such files; others are documents to download.
const TYPES: [(&str, &str, bool); 27] = [
    ("atom", "application/atom+xml; charset=utf-8", true),
    ("css", "text/css; charset=utf-8", true),
    ("csv", "text/csv; charset=utf-8", false),
    ("doc", "application/msword", false),
    ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", false),
    ("gif", "image/gif", true),
    ("html", "text/html; charset=utf-8", true),
    ("ico", "image/vnd.microsoft.icon", true),
    ("ics", "text/calendar; charset=utf-8", true),
    ("jpeg", "image/jpeg", true),
    ("jpg", "image/jpeg", true),
    ("js", "text/javascript; charset=utf-8", true),
    ("json", "application/json", true),
    ("md", "text/markdown; charset=utf-8", false),
    ("pdf", "application/pdf", false),
    ("png", "image/png", true),
    ("ppt", "application/vnd.ms-powerpoint", false),
    ("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation", false),
    ("svg", "image/svg+xml", true),
    ("txt", "text/plain; charset=utf-8", true),
    ("wasm", "application/wasm", true),
    ("webp", "image/webp", true),
    ("woff2", "font/woff2", true),
    ("xls", "application/vnd.ms-excel", false),
    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", false),
    ("xml", "application/xml; charset=utf-8", true),
    ("zip", "application/zip", false),
];

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
    let of_search = path.as_str().starts_with("search/");
    if of_search && ending.starts_with("pf_") {
        return Headers { content_type: "application/octet-stream", cache_control: FOREVER };
    }
    let known = TYPES.iter().find(|(known, ..)| *known == ending);
    let content_type = match known {
        Some(_) if name == "feed.xml" => "application/atom+xml; charset=utf-8",
        Some((_, content_type, _)) => content_type,
        None => "application/octet-stream",
    };
    let of_site = of_search || known.is_some_and(|(_, _, of_site)| *of_site);
    Headers { content_type, cache_control: if of_site { ASK_AGAIN } else { SHORT } }
}
