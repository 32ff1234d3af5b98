//! What an element's style says.
//!
//! In: the attributes of an element. Out: whether its text is bold, italic, struck through, hidden; Word's private words.
//! Not here: style sheets (`sheet`).

use super::{
    sheet::PastedSheet,
    text::SignLook,
    tree::{HtmlTree, NodeId},
};

/// The declarations of an element's `style` attribute, and under them those of its classes.
pub(super) struct ElementStyle<'t> {
    own: &'t str,
    classes: &'t str,
    sheet: &'t PastedSheet,
}

impl<'t> ElementStyle<'t> {
    pub fn of(tree: &'t HtmlTree, id: NodeId) -> ElementStyle<'t> {
        let attribute = |name| tree.attribute(id, name).unwrap_or_default();
        ElementStyle { own: attribute("style"), classes: attribute("class"), sheet: tree.sheet() }
    }

    /// The value of a property: the last that is set.
    pub fn get(&self, property: &str) -> Option<&'t str> {
        let mut declarations =
            self.own.split(';').rev().filter_map(|declaration| declaration.split_once(':'));
        let own = declarations.find(|(name, _)| name.trim().eq_ignore_ascii_case(property));
        let value = own.map(|(_, value)| value).or_else(|| self.sheet.get(self.classes, property))?;
        // `bold !important`
        Some(value.split('!').next().unwrap_or_default().trim())
    }

    /// Whether a property has a value, whatever its case.
    pub fn is(&self, property: &str, value: &str) -> bool {
        self.get(property).is_some_and(|found| found.eq_ignore_ascii_case(value))
    }

    /// Whether it makes text bold, or makes it no longer bold.
    fn bold(&self) -> Option<bool> {
        let weight = self.get("font-weight")?;
        match weight.to_ascii_lowercase().as_str() {
            "bold" | "bolder" => Some(true),
            "normal" | "lighter" => Some(false),
            number => number.parse::<u32>().ok().map(|number| number >= 600),
        }
    }

    /// Whether it makes text italic, or makes it no longer italic.
    fn italic(&self) -> Option<bool> {
        match self.get("font-style")?.to_ascii_lowercase().as_str() {
            "italic" | "oblique" => Some(true),
            "normal" => Some(false),
            _ => None,
        }
    }

    /// How its text is set, within text that is set so.
    pub fn look(&self, around: SignLook) -> SignLook {
        let (bold, italic) = (self.bold(), self.italic());
        SignLook { bold: bold.unwrap_or(around.bold), italic: italic.unwrap_or(around.italic), ..around }
    }

    /// Whether it begins and ends lines of its own.
    pub fn is_block(&self) -> bool {
        let display = self.get("display").unwrap_or_default();
        ["block", "flex", "grid", "table", "list-item", "flow-root"]
            .iter()
            .any(|block| display.eq_ignore_ascii_case(block))
    }

    /// Whether it keeps the line ends of its text, or keeps them no longer.
    pub fn keeps_lines(&self) -> Option<bool> {
        match self.get("white-space")?.to_ascii_lowercase().as_str() {
            "pre" | "pre-wrap" | "pre-line" | "break-spaces" => Some(true),
            "normal" | "nowrap" => Some(false),
            _ => None,
        }
    }

    /// Whether no reader sees it.
    pub fn is_hidden(&self) -> bool {
        self.is("display", "none") || self.is("visibility", "hidden") || self.is("mso-hide", "all")
    }

    /// Whether its text is struck through.
    pub fn is_struck(&self) -> bool {
        ["text-decoration", "text-decoration-line"]
            .iter()
            .any(|property| self.get(property).is_some_and(|value| value.contains("line-through")))
    }

    /// The level of the list that Word has put a paragraph in: `mso-list:l0 level2 lfo1`.
    pub fn word_level(&self) -> Option<usize> {
        let list = self.get("mso-list")?;
        let level = list.split_whitespace().find_map(|word| word.strip_prefix("level"))?;
        level.parse().ok().map(|level: usize| level.clamp(1, 9))
    }
}

/// Whether an element is of a class that begins so.
pub(super) fn has_class(tree: &HtmlTree, id: NodeId, start: &str) -> bool {
    let classes = tree.attribute(id, "class").unwrap_or_default();
    classes.split_whitespace().any(|class| class.starts_with(start))
}
