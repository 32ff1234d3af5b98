//! Sections: which way the paper lies, and which heads stand on it.
//!
//! In: a section. Out: XML. Not here: what stands in the heads.

use super::look::{Look, twips};
use crate::word::markup::Markup;

/// A section.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Section {
    /// It is the first, whose first page has the letterhead.
    pub is_first: bool,
    /// The paper lies on its side.
    pub turned: bool,
}

impl Section {
    /// What ends a section, or stands at the end of the text.
    pub fn write(self, markup: &mut Markup, look: &Look<'_>) {
        let theme = look.theme;
        let margin = twips(theme.margin);
        let (width, height) = match self.turned {
            false => (theme.page_width, theme.page_height),
            true => (theme.page_height, theme.page_width),
        };
        markup.element("w:sectPr", &[], |section| {
            // A later section has the heads of the first.
            if self.is_first {
                section.empty("w:headerReference", &[("w:type", "default"), ("r:id", "rIdHead")]);
                section.empty("w:headerReference", &[("w:type", "first"), ("r:id", "rIdFirstHead")]);
            }
            let (width, height) = (twips(width), twips(height));
            let mut paper = vec![("w:w", width.as_str()), ("w:h", height.as_str())];
            if self.turned {
                paper.push(("w:orient", "landscape"));
            }
            section.empty("w:pgSz", &paper);
            section.empty(
                "w:pgMar",
                &[
                    ("w:top", &margin),
                    ("w:right", &margin),
                    ("w:bottom", &margin),
                    ("w:left", &margin),
                    ("w:header", &twips(theme.running_head_top)),
                    ("w:footer", &twips(theme.running_head_top)),
                    ("w:gutter", "0"),
                ],
            );
            if self.is_first {
                section.empty("w:titlePg", &[]);
            }
        });
    }
}
