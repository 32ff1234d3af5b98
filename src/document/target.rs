//! The headings that links of the same document lead to.
//!
//! In: blocks, the links whose address begins with `#`. Out: names for headings; faults of links that lead to none. Not here:
//! how a page or a PDF leads there.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

use super::{Block, BlockKind, MarkdownFault, PartId, plain};

/// The names of headings, in reading order: `note-7` of "Note 7". They are those that common readers of Markdown give, so
/// the published Markdown leads to the same places.
///
/// A heading in a quotation or list has none: it heads no part of the document.
fn names(blocks: &[Block]) -> Vec<(PartId, String)> {
    let mut times: BTreeMap<String, usize> = BTreeMap::new();
    let mut taken = BTreeSet::new();
    let mut names = Vec::new();
    for block in blocks {
        let BlockKind::Heading { text, .. } = &block.kind else { continue };
        let name = name(&plain(text));
        if name.is_empty() {
            continue;
        }
        let nth = times.entry(name.clone()).or_default();
        // "Dates" and "Dates 1": the name of the second "Dates" may be taken.
        let free = (*nth..).map(|nth| if nth == 0 { name.clone() } else { format!("{name}-{nth}") });
        let found = free.enumerate().find(|(_, name)| !taken.contains(name));
        let Some((skipped, found)) = found else { continue };
        *nth += skipped + 1;
        taken.insert(found.clone());
        names.push((block.id, found));
    }
    names
}

/// "Note 7: Dates" is `note-7-dates`.
fn name(heading: &str) -> String {
    let lower = heading.trim().to_lowercase();
    let kept = lower.chars().map(|c| if matches!(c, ' ' | '\u{a0}') { '-' } else { c });
    kept.filter(|c| c.is_alphanumeric() || matches!(c, '-' | '_')).collect()
}

/// The headings that are led to, each with its name. `links` are the names that links lead to, with their places.
pub(super) fn targets(
    blocks: &[Block],
    links: Vec<(String, Range<usize>)>,
    faults: &mut Vec<MarkdownFault>,
) -> BTreeMap<String, PartId> {
    if links.is_empty() {
        return BTreeMap::new();
    }
    let names = names(blocks);
    let by_name: BTreeMap<&str, PartId> = names.iter().map(|(id, name)| (name.as_str(), *id)).collect();
    let mut targets = BTreeMap::new();
    for (name, span) in links {
        match by_name.get(name.as_str()) {
            Some(id) => _ = targets.insert(name, *id),
            None => faults.push(MarkdownFault::UnknownHeading {
                span,
                name,
                known: names.iter().map(|(_, name)| format!("#{name}")).collect(),
            }),
        }
    }
    targets
}
