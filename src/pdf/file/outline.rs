//! The headings as bookmarks.
//!
//! In: headings in their places. Out: the outline's objects in the file.

use lopdf::{Dictionary, Object, ObjectId, dictionary, text_string};

use super::objects::Objects;
use crate::pdf::pages::flow::PageFlow;
use crate::pdf::theme::Theme;

/// Adds the outline and gives its object; none if there are no headings. A heading stands below the
/// nearest one before it of a lower level; all are shown at once.
pub fn add(objects: &mut Objects, flow: &PageFlow, pages: &[ObjectId], theme: &Theme) -> Option<ObjectId> {
    let headings = flow.headings.as_slice();
    if headings.is_empty() {
        return None;
    }
    // The outline itself stands behind the headings.
    let root = headings.len();
    let ids: Vec<ObjectId> = (0..=root).map(|_| objects.reserve()).collect();
    let mut above: Vec<usize> = Vec::new();
    let mut parents = Vec::with_capacity(root);
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); root + 1];
    for (i, placed) in headings.iter().enumerate() {
        above.retain(|&other| headings[other].heading.level < placed.heading.level);
        let parent = above.last().copied().unwrap_or(root);
        parents.push(parent);
        children[parent].push(i);
        above.push(i);
    }
    let mut below = vec![0_i64; root + 1];
    // What stands below an entry comes after it, so its count is known first.
    for i in (0..root).rev() {
        below[parents[i]] += below[i] + 1;
    }
    let ends = |entry: &mut Dictionary, at: usize| {
        if let (Some(&first), Some(&last)) = (children[at].first(), children[at].last()) {
            entry.set("First", ids[first]);
            entry.set("Last", ids[last]);
            entry.set("Count", below[at]);
        }
    };
    for siblings in &children {
        for (place, &i) in siblings.iter().enumerate() {
            let placed = &headings[i];
            let height = theme.paper(flow.pages[placed.page].sheet).1;
            let top = Object::Real((height - placed.y).round());
            let mut entry = dictionary! {
                "Title" => text_string(&placed.heading.text),
                "Parent" => ids[parents[i]],
                "Dest" => vec![pages[placed.page].into(), "XYZ".into(), Object::Null, top, Object::Null],
            };
            if let Some(before) = place.checked_sub(1) {
                entry.set("Prev", ids[siblings[before]]);
            }
            if let Some(&next) = siblings.get(place + 1) {
                entry.set("Next", ids[next]);
            }
            ends(&mut entry, i);
            objects.put(ids[i], entry);
        }
    }
    let mut outline = dictionary! { "Type" => "Outlines" };
    ends(&mut outline, root);
    objects.put(ids[root], outline);
    Some(ids[root])
}
