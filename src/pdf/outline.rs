//! The headings as bookmarks.
//!
//! In: headings in their places. Out: the outline's objects in the file.

use lopdf::{Dictionary, Object, ObjectId, dictionary, text_string};

use super::flow::Flow;
use super::objects::Objects;
use super::theme::Theme;

/// Adds the outline and gives its object; none if there are no headings. A heading stands below the
/// nearest one before it of a lower level.
pub fn add(objects: &mut Objects, flow: &Flow, pages: &[ObjectId], theme: &Theme) -> Option<ObjectId> {
    let headings = flow.headings.as_slice();
    if headings.is_empty() {
        return None;
    }
    let root = objects.reserve();
    let ids: Vec<ObjectId> = headings.iter().map(|_| objects.reserve()).collect();
    let mut above: Vec<usize> = Vec::new();
    let mut parents: Vec<Option<usize>> = Vec::with_capacity(headings.len());
    for (i, placed) in headings.iter().enumerate() {
        above.retain(|&other| headings[other].heading.level < placed.heading.level);
        parents.push(above.last().copied());
        above.push(i);
    }
    let children = |parent: Option<usize>| -> Vec<usize> {
        (0..headings.len()).filter(|&child| parents[child] == parent).collect()
    };
    for (i, placed) in headings.iter().enumerate() {
        let Some(&page) = pages.get(placed.page) else { continue };
        let height = theme.paper(flow.pages[placed.page].sheet).1;
        let top = Object::Real((height - placed.y).round());
        let mut entry = dictionary! {
            "Title" => text_string(&placed.heading.text),
            "Parent" => parents[i].map_or(root, |parent| ids[parent]),
            "Dest" => vec![page.into(), "XYZ".into(), Object::Null, top, Object::Null],
        };
        let siblings = children(parents[i]);
        let place = siblings.iter().position(|&sibling| sibling == i).unwrap_or(0);
        if place > 0 {
            entry.set("Prev", ids[siblings[place - 1]]);
        }
        if let Some(&next) = siblings.get(place + 1) {
            entry.set("Next", ids[next]);
        }
        set_ends(&mut entry, &children(Some(i)), &ids);
        objects.put(ids[i], entry);
    }
    let mut outline = dictionary! { "Type" => "Outlines" };
    set_ends(&mut outline, &children(None), &ids);
    objects.put(root, outline);
    Some(root)
}

fn set_ends(entry: &mut Dictionary, children: &[usize], ids: &[ObjectId]) {
    if let (Some(&first), Some(&last)) = (children.first(), children.last()) {
        entry.set("First", ids[first]);
        entry.set("Last", ids[last]);
    }
}
