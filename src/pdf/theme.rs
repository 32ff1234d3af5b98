//! What the pages look like: sizes, spaces, colours.
//!
//! All lengths are points (1/72 inch). Not here: where anything goes.

use super::page::Sheet;
use crate::document::Face;

const REGULAR: Face = Face { bold: false, italic: false };
const BOLD: Face = Face { bold: true, italic: false };

/// A colour, as red, green and blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ink(pub u8, pub u8, pub u8);

impl Ink {
    pub const BLACK: Ink = Ink(0, 0, 0);
}

/// How a piece of text is set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Style {
    pub face: Face,
    pub size: f32,
    pub ink: Ink,
    /// From baseline to baseline, in sizes.
    pub leading: f32,
    /// Space after each glyph, in sizes.
    pub tracking: f32,
    /// Capitals inside a word are set smaller than the first.
    pub small_capitals: bool,
    /// Links are coloured and underlined.
    pub show_links: bool,
    /// How wide a blank is at least.
    pub blank: f32,
}

impl Style {
    const fn new(face: Face, size: f32) -> Style {
        Style {
            face,
            size,
            ink: Ink::BLACK,
            leading: 1.36,
            tracking: 0.0,
            small_capitals: false,
            show_links: true,
            blank: 108.0,
        }
    }

    /// The same in bold.
    pub const fn bold(self) -> Style {
        Style { face: Face { bold: true, italic: self.face.italic }, ..self }
    }

    /// The same, so many times as large.
    pub fn scaled(self, scale: f32) -> Style {
        Style { size: self.size * scale, ..self }
    }

    /// From baseline to baseline.
    pub fn line_height(&self) -> f32 {
        self.size * self.leading
    }
}

/// The letterhead's lines.
#[derive(Debug, Clone)]
pub struct Letterhead {
    /// The first line: who holds the office.
    pub name: Style,
    /// The lines between.
    pub division: Style,
    /// The last line: where the office is.
    pub address: Style,
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

/// The form of a page and of all that stands on it.
#[derive(Debug, Clone)]
pub struct Theme {
    pub page_width: f32,
    pub page_height: f32,
    /// The same on all four sides.
    pub margin: f32,
    /// No column is set narrower than this, however deep it is nested.
    pub narrowest: f32,

    pub body: Style,
    pub code: Style,
    /// A heading of level 1: the number line.
    pub number_line: Style,
    /// Headings of level 2, and of all below.
    pub headings: [Style; 2],
    pub title: Style,
    pub subtitle: Style,
    pub caption: Style,
    pub cell: Style,
    pub note: Style,
    pub running_head: Style,
    pub letterhead: Letterhead,

    /// The number of a note: its size, and how far it is raised, both in sizes.
    pub note_mark: (f32, f32),
    /// Capitals inside a word set in small capitals, in sizes.
    pub small_capital: f32,

    /// Above a paragraph, a list, a table.
    pub paragraph_gap: f32,
    /// Above an item of a list.
    pub item_gap: f32,
    /// Above a label of a definition list.
    pub definition_gap: f32,
    /// Above a heading, and above the number line and a title.
    pub heading_gap: f32,
    /// Below a heading.
    pub heading_after: f32,
    /// How far items, quotations and code stand in.
    pub indent: f32,
    /// The least width of the labels' column in a definition list.
    pub label_width: f32,
    /// Between a label and what it labels.
    pub label_gap: f32,

    /// Between the text and the rule above the notes, and between the rule and the first note.
    pub note_gaps: (f32, f32),
    /// Between two notes.
    pub note_between: f32,
    /// How far the text of a note stands in.
    pub note_indent: f32,
    /// How long the rule above the notes is.
    pub note_rule: f32,

    /// How wide a leader is at least.
    pub leader: f32,
    /// From dot to dot, how thick they are, and how far they stay from the words.
    pub dots: (f32, f32, f32),
    /// How far below the baseline the rule of a blank is.
    pub blank_drop: f32,
    /// Above a line with a blank.
    pub blank_room: f32,
    /// Between the two columns of a list.
    pub column_gap: f32,
    /// Between a caption and its table.
    pub caption_gap: f32,

    /// Between a cell's edge and its text, at the sides, and above and below.
    pub cell_padding: (f32, f32),
    pub rule_weight: f32,
    pub rule_ink: Ink,
    pub link_ink: Ink,
    /// Behind a table's head and bands.
    pub shade: Ink,

    /// The word across a page that is not issued; its size is that of a word of five letters.
    pub mark: Style,

    /// From the page's top to the running head.
    pub running_head_top: f32,
    /// Between the running head and the text.
    pub running_head_gap: f32,
}

impl Default for Theme {
    fn default() -> Self {
        let body = Style::new(REGULAR, 10.5);
        let quiet = |style: Style| Style { show_links: false, ..style };
        Theme {
            page_width: 612.0,
            page_height: 792.0,
            margin: 72.0,
            narrowest: 120.0,

            body,
            code: Style { size: 9.5, ..body },
            number_line: Style::new(BOLD, 12.5),
            headings: [Style::new(BOLD, 11.5), Style::new(BOLD, 10.5)],
            title: Style::new(BOLD, 12.5),
            subtitle: Style::new(BOLD, 10.5),
            caption: Style::new(BOLD, 9.5),
            cell: Style { leading: 1.32, blank: 36.0, ..Style::new(REGULAR, 9.5) },
            note: Style { leading: 1.32, ..Style::new(REGULAR, 8.5) },
            running_head: Style { leading: 1.3, ..quiet(Style::new(REGULAR, 8.5)) },
            letterhead: Letterhead {
                // Without tracking: space between two sizes would be copied out as a space.
                name: Style { small_capitals: true, ..quiet(Style::new(BOLD, 12.0)) },
                division: Style { tracking: 0.06, ..quiet(Style::new(REGULAR, 9.0)) },
                address: quiet(Style::new(REGULAR, 8.0)),
                line_gap: 1.5,
                rule_gap: 7.0,
                after: 20.0,
                logo: 50.4,
                logo_gap: 5.0,
            },

            note_mark: (0.64, 0.34),
            small_capital: 0.8,

            paragraph_gap: 9.0,
            item_gap: 4.0,
            definition_gap: 7.0,
            heading_gap: 16.0,
            heading_after: 5.0,
            indent: 18.0,
            label_width: 54.0,
            label_gap: 8.0,

            note_gaps: (12.0, 5.0),
            note_between: 2.5,
            note_indent: 12.0,
            note_rule: 108.0,

            leader: 24.0,
            dots: (4.0, 0.9, 4.0),
            blank_drop: 1.5,
            blank_room: 8.0,
            column_gap: 24.0,
            caption_gap: 4.0,

            cell_padding: (4.0, 2.8),
            rule_weight: 0.5,
            rule_ink: Ink(70, 70, 70),
            link_ink: Ink(11, 61, 120),
            shade: Ink(230, 230, 230),

            mark: Style { ink: Ink(236, 236, 236), ..quiet(Style::new(BOLD, 150.0)) },

            running_head_top: 36.0,
            running_head_gap: 18.0,
        }
    }
}

impl Theme {
    /// Width and height of a sheet.
    pub fn paper(&self, sheet: Sheet) -> (f32, f32) {
        match sheet {
            Sheet::Upright => (self.page_width, self.page_height),
            Sheet::Turned => (self.page_height, self.page_width),
        }
    }

    /// The width between the margins.
    pub fn text_width(&self, sheet: Sheet) -> f32 {
        self.paper(sheet).0 - 2.0 * self.margin
    }

    /// How far down a page the text may go.
    pub fn bottom(&self, sheet: Sheet) -> f32 {
        self.paper(sheet).1 - self.margin
    }
}
