//! How a Word file looks: as the PDF does.
//!
//! In: the theme of the PDF, the name of the typeface. Out: spaces between blocks, lengths in the units of Word. Not here: XML.

use std::collections::BTreeMap;

use super::{WordPicture, flow::Style};
use crate::{
    document::{Block, BlockKind, PartId, Role},
    model::Color,
    pdf::Theme,
};

/// How a Word file looks.
#[derive(Debug, Clone)]
pub(super) struct Look<'a> {
    pub theme: &'a Theme,
    /// The typeface, by the name that Word finds it by.
    pub typeface: &'a str,
    /// The logos of the document's letterheads, by their paragraphs.
    pub logos: &'a BTreeMap<PartId, WordPicture>,
}

impl Look<'_> {
    /// The width between the margins, in points.
    pub fn text_width(&self, turned: bool) -> f32 {
        let theme = self.theme;
        let paper = if turned { theme.page_height } else { theme.page_width };
        paper - 2.0 * theme.margin
    }

    /// The space above and below paragraphs of a style, in points.
    pub fn space(&self, style: Style) -> (f32, f32) {
        let theme = self.theme;
        match style {
            Style::Normal | Style::ListContinue | Style::Quote | Style::Code => (theme.paragraph_gap, 0.0),
            Style::Title | Style::Heading(_) => (theme.heading_gap, 0.0),
            Style::AttachmentTitle | Style::Cell | Style::CellHead | Style::Header => (0.0, 0.0),
            Style::Subtitle | Style::Bullet | Style::Number => (theme.item_gap, 0.0),
            Style::Labeled => (theme.definition_gap, 0.0),
            Style::Caption => (theme.paragraph_gap, theme.caption_gap),
            Style::Footnote => (theme.note_between, 0.0),
            Style::Letterhead(_) => (theme.letterhead.line_gap, 0.0),
        }
    }

    /// The space between two blocks, in points.
    pub fn gap(&self, above: Option<&Block>, block: &Block, in_item: bool) -> f32 {
        let theme = self.theme;
        let Some(above) = above else { return 0.0 };
        match (&above.kind, &block.kind) {
            _ if block.role == Some(Role::Subtitle) => theme.item_gap,
            _ if above.role == Some(Role::Letterhead) => theme.letterhead.after,
            (_, BlockKind::Heading { .. }) | (BlockKind::Heading { level: 1, .. }, _) => theme.heading_gap,
            _ if matches!(above.role, Some(Role::Title | Role::Subtitle)) => theme.heading_gap,
            (BlockKind::Heading { .. }, _) => theme.heading_after,
            (BlockKind::Definitions(_) | BlockKind::Table(_), _) => theme.heading_gap,
            (BlockKind::Paragraph(_), BlockKind::List(_)) if in_item => theme.item_gap,
            _ => theme.paragraph_gap,
        }
    }
}

impl Style {
    /// What a file calls it.
    pub fn id(self) -> String {
        match self {
            Style::Normal => "Normal",
            Style::Title => "Title",
            Style::Heading(level) => return format!("Heading{}", level.clamp(1, 5)),
            Style::AttachmentTitle => "AttachmentTitle",
            Style::Subtitle => "Subtitle",
            Style::Labeled => "MemoLine",
            Style::Bullet => "ListBullet",
            Style::Number => "ListNumber",
            Style::ListContinue => "ListContinue",
            Style::Quote => "Quote",
            Style::Code => "HTMLPreformatted",
            Style::Caption => "Caption",
            Style::Cell => "TableText",
            Style::CellHead => "TableHead",
            Style::Footnote => "FootnoteText",
            Style::Letterhead(0) => "LetterheadName",
            Style::Letterhead(1) => "LetterheadDivision",
            Style::Letterhead(_) => "LetterheadAddress",
            Style::Header => "Header",
        }
        .to_owned()
    }

    /// Whether Word has no such style itself.
    pub fn is_own(self) -> bool {
        matches!(
            self,
            Style::AttachmentTitle | Style::Labeled | Style::Cell | Style::CellHead | Style::Letterhead(_)
        )
    }
}

/// A length in twentieths of a point.
pub(super) fn twips(points: f32) -> String {
    ((points * 20.0).round() as i32).to_string()
}

/// A size of type in half points.
pub(super) fn half_points(points: f32) -> String {
    ((points * 2.0).round() as i32).to_string()
}

/// A color, without the sign before it.
pub(super) fn color(ink: Color) -> String {
    let Color(red, green, blue) = ink;
    format!("{red:02X}{green:02X}{blue:02X}")
}
