//! Markdown as templates leave it -> as it is published.
//!
//! In: filled-in Markdown. Out: the same without what templates leave over. Not here: quotation marks and dashes.

use crate::prose::Fence;

/// At most one empty line between blocks, and one line end at the end: templates leave more.
pub(super) fn tidy(markdown: &str) -> String {
    let mut out = String::with_capacity(markdown.len());
    let (mut empty, mut fence) = (0, Fence::default());
    for line in markdown.trim().lines() {
        // Inside a fence every line stays as it is.
        let kept = fence.holds(line);
        let line = if line.trim_start().is_empty() && !kept { "" } else { line };
        empty = if line.is_empty() && !kept { empty + 1 } else { 0 };
        if empty < 2 {
            out.push_str(line);
            out.push('\n');
        }
    }
    out
}
