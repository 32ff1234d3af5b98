//! The headings of an attachment stand below its title, whatever level they were written at.
//!
//! In: all blocks of a document. Out: the same, with the levels by which bookmarks, tags and pages nest. Not here: how a heading looks.

use crate::document::{Block, BlockKind, Role};

/// The deepest level of a heading.
const DEEPEST: u8 = 6;

/// Puts the headings after each title, up to the next one, below it: "## Part One" of an attachment whose own title is of level 2.
pub(super) fn below_titles(blocks: &mut [Block]) {
    let is_title = |block: &Block| block.role == Some(Role::Title);
    for section in blocks.chunk_by_mut(|_, next| !is_title(next)) {
        let Some((title, rest)) = section.split_first_mut().filter(|(title, _)| is_title(title)) else {
            continue;
        };
        let BlockKind::Heading { level: above, .. } = title.kind else { continue };
        let highest = rest.iter().filter_map(|block| level(&block.kind).copied()).min();
        let by = highest.map_or(0, |highest| (above + 1).saturating_sub(highest));
        for block in rest.iter_mut().filter(|_| by > 0) {
            if let BlockKind::Heading { level, .. } = &mut block.kind {
                *level = (*level + by).min(DEEPEST);
            }
        }
    }
}

fn level(kind: &BlockKind) -> Option<&u8> {
    match kind {
        BlockKind::Heading { level, .. } => Some(level),
        _ => None,
    }
}
