//! What the pages look like: sizes, spaces, colors.
//!
//! In: the few values that an office chooses. Out: all that follows from them. All lengths are points
//! (1/72 inch). Not here: where anything goes.

use super::glyphs::BlankSpace;
use crate::document::Face;
/// A color that something is drawn in.
pub use crate::model::Color as Ink;
use crate::model::Look;

const REGULAR: Face = Face { bold: false, italic: false };
const BOLD: Face = Face { bold: true, italic: false };

/// How the paper lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Orientation {
    #[default]
    Upright,
    /// Its long side is across.
    Turned,
}

/// How a piece of text is set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TextStyle {
    /// Bold, italic.
    pub face: Face,
    /// In points.
    pub size: f32,
    /// Its color.
    pub ink: Ink,
    /// From baseline to baseline, in sizes.
    pub leading: f32,
    /// Space after each glyph, in sizes.
    pub tracking: f32,
    /// Capitals inside a word are set smaller than the first.
    pub small_capitals: bool,
    /// Links are colored and underlined.
    pub show_links: bool,
    /// How wide a blank is, whatever goes there; none, if it is as wide as that asks for.
    pub blank: Option<f32>,
}

impl TextStyle {
    /// The same in bold.
    pub const fn bold(self) -> TextStyle {
        TextStyle { face: Face { bold: true, italic: self.face.italic }, ..self }
    }

    /// From baseline to baseline.
    pub fn line_height(&self) -> f32 {
        self.size * self.leading
    }
}

/// The letterhead's lines.
#[derive(Debug, Clone)]
pub struct LetterheadStyle {
    /// The first line: who holds the office.
    pub name: TextStyle,
    /// The lines between.
    pub division: TextStyle,
    /// The last line: where the office is.
    pub address: TextStyle,
    /// Between two lines.
    pub line_gap: f32,
    /// Between the lines and the rule below them.
    pub rule_gap: f32,
    /// Between the rule and what follows.
    pub after: f32,
    /// How high a logo is that does not say it.
    pub logo: f32,
    /// Between a logo and the lines below it.
    pub logo_gap: f32,
}

/// The form of a page and of all that stands on it, made from a [`Look`].
#[derive(Debug, Clone)]
pub struct Theme {
    pub(crate) page_width: f32,
    pub(crate) page_height: f32,
    /// The same on all four sides.
    pub(crate) margin: f32,
    /// No column is set narrower than this, however deep it is nested.
    pub(crate) narrowest: f32,

    pub(crate) body: TextStyle,
    pub(crate) code: TextStyle,
    /// A heading of level 1: the number line.
    pub(crate) number_line: TextStyle,
    /// Headings of level 2, and of all below.
    pub(crate) headings: [TextStyle; 2],
    pub(crate) title: TextStyle,
    pub(crate) subtitle: TextStyle,
    pub(crate) caption: TextStyle,
    pub(crate) cell: TextStyle,
    pub(crate) note: TextStyle,
    pub(crate) running_head: TextStyle,
    pub(crate) letterhead: LetterheadStyle,

    /// The number of a note: its size, and how far it is raised, both in sizes.
    pub(crate) note_mark: (f32, f32),
    /// Capitals inside a word set in small capitals, in sizes.
    pub(crate) small_capital: f32,

    /// Above a paragraph, a list, a table.
    pub(crate) paragraph_gap: f32,
    /// Above an item of a list.
    pub(crate) item_gap: f32,
    /// Above a label of a definition list.
    pub(crate) definition_gap: f32,
    /// Above a heading, and above the number line and a title.
    pub(crate) heading_gap: f32,
    /// Below a heading.
    pub(crate) heading_after: f32,
    /// How far items, quotations and code stand in.
    pub(crate) indent: f32,
    /// The least width of the labels' column in a definition list.
    pub(crate) label_width: f32,
    /// Between a label and what it labels.
    pub(crate) label_gap: f32,

    /// Between the text and the rule above the notes, and between the rule and the first note.
    pub(crate) note_gaps: (f32, f32),
    /// Between two notes.
    pub(crate) note_between: f32,
    /// How far the text of a note stands in.
    pub(crate) note_indent: f32,
    /// How long the rule above the notes is.
    pub(crate) note_rule: f32,

    /// How wide a leader is at least.
    pub(crate) leader: f32,
    /// From dot to dot, how thick they are, and how far they stay from the words.
    pub(crate) dots: (f32, f32, f32),
    /// How wide a blank is at least for a short, a medium and a long answer.
    pub(crate) blank_lengths: [f32; 3],
    /// How far below the baseline the rule of a blank is.
    pub(crate) blank_drop: f32,
    /// Above a line with a blank.
    pub(crate) blank_room: f32,
    /// How high a blank is that is filled in on the screen: what is typed there is as large as the text, tails and all.
    pub(crate) field_height: f32,
    /// From line to line of an answer of several.
    pub(crate) answer_line: f32,
    /// Between the two columns of a list.
    pub(crate) column_gap: f32,
    /// Between a caption and its table.
    pub(crate) caption_gap: f32,

    /// Between a cell's edge and its text, at the sides, and above and below.
    pub(crate) cell_padding: (f32, f32),
    pub(crate) rule_weight: f32,
    pub(crate) rule_ink: Ink,
    pub(crate) link_ink: Ink,
    /// Behind a table's head and bands.
    pub(crate) shade: Ink,

    /// The word across a page that is not issued.
    pub(crate) mark: Ink,

    /// From the page's top to the running head.
    pub(crate) running_head_top: f32,
    /// Between the running head and the text.
    pub(crate) running_head_gap: f32,
}

impl Default for Theme {
    fn default() -> Self {
        Theme::new(&Look::default())
    }
}

impl Theme {
    /// The theme of a look.
    ///
    /// ```
    /// use ccrov::{model::{Look, Paper}, pdf::Theme};
    /// let theme = Theme::new(&Look { page: Paper::A4, margin: 90.0, ..Look::default() });
    /// ```
    pub fn new(look: &Look) -> Self {
        let (page_width, page_height) = look.page.size();
        // What stands here is for a text of 10.5 points; hundredths are finer than any printer draws.
        let to = |points: f32| (points * look.size / 10.5 * 100.0).round() / 100.0;
        let style = |face, size| TextStyle {
            face,
            size: to(size),
            ink: Ink::BLACK,
            leading: 1.36,
            tracking: 0.0,
            small_capitals: false,
            show_links: true,
            blank: None,
        };
        let quiet = |style: TextStyle| TextStyle { show_links: false, ..style };
        let body = style(REGULAR, 10.5);
        Theme {
            page_width,
            page_height,
            margin: look.margin,
            narrowest: to(120.0),

            body,
            code: TextStyle { size: to(9.5), ..body },
            number_line: style(BOLD, 12.5),
            headings: [style(BOLD, 11.5), style(BOLD, 10.5)],
            title: style(BOLD, 12.5),
            subtitle: style(BOLD, 10.5),
            caption: style(BOLD, 9.5),
            cell: TextStyle { leading: 1.32, blank: Some(to(36.0)), ..style(REGULAR, 9.5) },
            note: TextStyle { leading: 1.32, ..style(REGULAR, 8.5) },
            running_head: TextStyle { leading: 1.3, ..quiet(style(REGULAR, 8.5)) },
            letterhead: LetterheadStyle {
                // Without tracking: space between two sizes would be copied out as a space.
                name: TextStyle { small_capitals: true, ..quiet(style(BOLD, 12.0)) },
                division: TextStyle { tracking: 0.06, ..quiet(style(REGULAR, 9.0)) },
                address: quiet(style(REGULAR, 8.0)),
                line_gap: to(1.5),
                rule_gap: to(7.0),
                after: to(20.0),
                logo: to(50.4),
                logo_gap: to(5.0),
            },

            note_mark: (0.64, 0.34),
            small_capital: 0.8,

            paragraph_gap: to(9.0),
            item_gap: to(4.0),
            definition_gap: to(7.0),
            heading_gap: to(16.0),
            heading_after: to(5.0),
            indent: to(18.0),
            label_width: to(54.0),
            label_gap: to(8.0),

            note_gaps: (to(12.0), to(5.0)),
            note_between: to(2.5),
            note_indent: to(12.0),
            note_rule: to(108.0),

            leader: to(24.0),
            dots: (to(4.0), to(0.9), to(4.0)),
            blank_lengths: [to(60.0), to(96.0), to(168.0)],
            blank_drop: to(3.5),
            blank_room: to(8.0),
            field_height: to(16.0),
            answer_line: to(20.0),
            column_gap: to(24.0),
            caption_gap: to(4.0),

            cell_padding: (to(4.0), to(2.8)),
            rule_weight: 0.5,
            rule_ink: look.rules,
            link_ink: look.links,
            shade: look.shade,

            mark: Ink(236, 236, 236),

            running_head_top: look.margin / 2.0,
            running_head_gap: to(18.0),
        }
    }

    /// Width and height of a sheet.
    pub(crate) fn paper(&self, sheet: Orientation) -> (f32, f32) {
        match sheet {
            Orientation::Upright => (self.page_width, self.page_height),
            Orientation::Turned => (self.page_height, self.page_width),
        }
    }

    /// The width between the margins.
    pub(crate) fn text_width(&self, sheet: Orientation) -> f32 {
        self.paper(sheet).0 - 2.0 * self.margin
    }

    /// How far below the baseline the rule of a blank is: in a cell nearer, to keep off the cell's own.
    pub(crate) fn drop_of(&self, space: BlankSpace) -> f32 {
        if space.length.is_some() { self.blank_drop } else { self.blank_drop / 2.0 }
    }

    /// How high a place for so many lines is.
    pub(crate) fn answer_height(&self, lines: u8) -> f32 {
        self.field_height + self.answer_line * f32::from(lines - 1)
    }

    /// How far down a page the text may go.
    pub(crate) fn bottom(&self, sheet: Orientation) -> f32 {
        self.paper(sheet).1 - self.margin
    }
}
