//! Lists of HTML.
//!
//! In: `<ul>` and `<ol>`. Out: lists with the numbers that were shown; items without a list, where a browser puts each into
//! a list of its own. Not here: lists of word processors (`nest`).

use super::{
    block::{CopiedBlock, CopiedItem, CopiedList, CopiedListItem, Marker, Numbering},
    read::{Around, HtmlReader},
    source,
    style::ElementStyle,
    tree::NodeId,
};

impl<'t> HtmlReader<'t, '_> {
    pub(super) fn list(&mut self, id: NodeId, around: Around<'t>) {
        self.flush();
        let tree = self.tree;
        let is_ordered = tree.name(id) == "ol";
        let numbering = if is_ordered { self.numbering(id) } else { Numbering::Bullets };
        let mut next = tree.attribute(id, "start").and_then(source::number).unwrap_or(1);
        let mut items: Vec<CopiedListItem> = Vec::new();
        let inner = around.deeper();
        for child in tree.children(id) {
            let style = ElementStyle::of(tree, child);
            let is_item = tree.name(child) == "li";
            if is_item && source::is_left_out(tree, child, &style, self.counts) {
                continue;
            }
            if is_item && let Some(value) = tree.attribute(child, "value").and_then(source::number) {
                next = value;
            }
            let blocks = self.apart(|reader| match is_item {
                true => reader.children(child, inner.within(tree, child, &style)),
                false => reader.node(child, inner),
            });
            if blocks.is_empty() {
                continue;
            }
            // Browsers in which mails are written put every item into a list of its own.
            if let Some(level) = source::item_level(tree, child) {
                let marker = match numbering {
                    Numbering::Bullets => Marker::Bullet,
                    Numbering::Numbers => Marker::Printed(format!("{next}.")),
                    Numbering::Letters => Marker::Printed(source::letter(next)),
                };
                self.flow.blocks.push(CopiedBlock::Item(CopiedItem { level, marker, blocks }));
                next = (next + 1).min(source::LARGEST);
                continue;
            }
            match items.last_mut() {
                // A list right within a list belongs to the item above it.
                Some(last) if !is_item => last.blocks.extend(blocks),
                _ => {
                    let number = if is_ordered { next } else { 0 };
                    items.push(CopiedListItem { number, blocks });
                    next = (next + 1).min(source::LARGEST);
                }
            }
        }
        if !items.is_empty() {
            self.flow.blocks.push(CopiedBlock::List(CopiedList { numbering, items }));
        }
    }

    /// What an ordered list counts by.
    fn numbering(&mut self, id: NodeId) -> Numbering {
        let tree = self.tree;
        let printed = tree.attribute(id, "type").unwrap_or_default();
        // Some set the form of numbers at each item.
        let item = tree.children(id).find(|child| tree.name(*child) == "li");
        let of_item = item.and_then(|item| ElementStyle::of(tree, item).get("list-style-type"));
        let style = ElementStyle::of(tree, id).get("list-style-type").or(of_item).unwrap_or(printed);
        match source::letters(style) {
            Some(other) => {
                self.counts.renumbered += usize::from(other);
                Numbering::Letters
            }
            None => {
                self.counts.renumbered +=
                    usize::from(style.to_ascii_lowercase().ends_with("roman") || matches!(style, "i" | "I"));
                Numbering::Numbers
            }
        }
    }
}
