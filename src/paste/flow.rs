//! The paragraph that is being read.
//!
//! In: signs one by one, what they are part of. Out: blocks, as paragraphs end. Not here: which elements end them (`read`).

use super::{
    block::{CopiedBlock, CopiedItem, Marker, Paragraph},
    text::{self, Mark, Sign, SignLook, Signs},
};

/// The blocks that are being read, and the text that is no block yet.
#[derive(Default)]
pub(super) struct PastedFlow {
    pub blocks: Vec<CopiedBlock>,
    text: Signs,
    /// What the paragraph is beyond that.
    pub form: ParagraphKind,
    /// What Word prints before an item.
    pub marker: Option<String>,
    /// The key of the note that the paragraph begins.
    pub note: Option<String>,
    /// What follows is no part of the word before it.
    pub parts: bool,
}

/// What a paragraph is.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum ParagraphKind {
    #[default]
    Paragraph,
    Heading(u8),
    Item(usize),
    GoesOn,
}

impl PastedFlow {
    pub fn push(&mut self, mark: Mark, look: SignLook) {
        let is_word = |sign: &Sign| sign.char().is_some_and(char::is_alphanumeric);
        let sign = Sign { mark, look };
        if std::mem::take(&mut self.parts) && is_word(&sign) && self.text.last().is_some_and(is_word) {
            self.text.push(Sign { mark: Mark::Char(' '), look });
        }
        self.text.push(sign);
    }

    /// Whether nothing was read of the paragraph.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Whether the paragraph has no words yet.
    pub fn is_blank(&self) -> bool {
        self.text.iter().all(Sign::is_blank)
    }

    /// Ends the paragraph: the blocks that it is; with its key, if they are a note's.
    pub fn end(&mut self) -> (Vec<CopiedBlock>, Option<String>) {
        let marker = self.marker.take().map(|marker| marker.trim().replace('\u{a0}', ""));
        let mut texts = text::paragraphs(std::mem::take(&mut self.text)).into_iter();
        let mut blocks = Vec::new();
        if let ParagraphKind::Heading(level) = self.form {
            let mut heading = marker.map(|marker| text::plain(&format!("{marker} "))).unwrap_or_default();
            let between = Sign { mark: Mark::Char(' '), look: SignLook::default() };
            heading.extend(texts.collect::<Vec<Signs>>().join(&between));
            let is_empty = heading.iter().all(Sign::is_blank);
            blocks.extend((!is_empty).then_some(CopiedBlock::Heading(level, heading)));
            return (blocks, self.note.take());
        }
        let mut goes_on = self.form == ParagraphKind::GoesOn;
        let level = match self.form {
            ParagraphKind::Item(level) => Some(level),
            // Lists may be said in a style sheet.
            _ => marker.as_ref().map(|_| 1),
        };
        if let Some(level) = level
            && let Some(text) = texts.next()
        {
            let marker = match marker {
                Some(marker)
                    if marker.contains(|c: char| c.is_ascii_digit()) || marker.ends_with(['.', ')']) =>
                {
                    Marker::Printed(marker)
                }
                _ => Marker::Bullet,
            };
            blocks.push(CopiedBlock::Item(CopiedItem {
                level,
                marker,
                blocks: vec![CopiedBlock::paragraph(text)],
            }));
            // What follows in the same item goes on it.
            goes_on = true;
            if self.form != ParagraphKind::Paragraph {
                self.form = ParagraphKind::GoesOn;
            }
        }
        blocks.extend(texts.map(|text| CopiedBlock::Paragraph(Paragraph { text, indent: 0, goes_on })));
        (blocks, self.note.take())
    }
}
