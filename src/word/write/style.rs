//! The styles of a Word file.
//!
//! In: how it looks. Out: `word/styles.xml`. Not here: which paragraph has which.

use super::{
    flow::Style,
    look::{Look, color, half_points, twips},
};
use crate::{
    document::Align,
    pdf::{TextStyle, Theme},
    word::markup::Markup,
};

/// What every part says of the names in it.
pub(super) const NAMES: [(&str, &str); 6] = [
    ("xmlns:w", "http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    ("xmlns:r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
    ("xmlns:wp", "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"),
    ("xmlns:mc", "http://schemas.openxmlformats.org/markup-compatibility/2006"),
    ("xmlns:w14", "http://schemas.microsoft.com/office/word/2010/wordml"),
    ("mc:Ignorable", "w14"),
];

/// A style of paragraphs.
struct ParagraphStyle {
    style: Style,
    /// As Word lists it.
    name: &'static str,
    based_on: Option<&'static str>,
    /// The style of what is typed below it.
    next: Option<&'static str>,
    text: TextStyle,
    align: Align,
    /// It stands on the page of what follows.
    keep_next: bool,
    /// Of a heading, its level from 0.
    outline: Option<u8>,
}

/// `word/styles.xml`.
pub(super) fn part(look: &Look<'_>) -> String {
    Markup::part("w:styles", &NAMES, |styles| {
        defaults(styles, look);
        for style in paragraph_styles(look.theme) {
            style.write(styles, look);
        }
        characters(styles, look);
        tables(styles, look);
    })
}

fn defaults(styles: &mut Markup, look: &Look<'_>) {
    let face = look.typeface;
    styles.element("w:docDefaults", &[], |defaults| {
        defaults.element("w:rPrDefault", &[], |runs| {
            runs.element("w:rPr", &[], |form| {
                form.empty(
                    "w:rFonts",
                    &[("w:ascii", face), ("w:hAnsi", face), ("w:eastAsia", face), ("w:cs", face)],
                );
                size(form, look.theme.body.size);
                form.empty("w:lang", &[("w:val", "en-US"), ("w:eastAsia", "en-US"), ("w:bidi", "ar-SA")]);
            });
        });
        defaults.empty("w:pPrDefault", &[]);
    });
}

fn size(form: &mut Markup, points: f32) {
    form.value("w:sz", &half_points(points));
    form.value("w:szCs", &half_points(points));
}

fn paragraph_styles(theme: &Theme) -> Vec<ParagraphStyle> {
    let based = |style: Style, name: &'static str, text: TextStyle| ParagraphStyle {
        style,
        name,
        based_on: Some("Normal"),
        next: None,
        text,
        align: Align::Left,
        keep_next: false,
        outline: None,
    };
    let centered = |style: ParagraphStyle| ParagraphStyle { align: Align::Center, ..style };
    let heading = |style: ParagraphStyle| ParagraphStyle { next: Some("Normal"), keep_next: true, ..style };
    let body = theme.body;
    let letterhead = &theme.letterhead;
    let headings = ["heading 1", "heading 2", "heading 3", "heading 4", "heading 5"];
    let mut styles = vec![
        ParagraphStyle { based_on: None, ..based(Style::Normal, "Normal", body) },
        centered(heading(based(Style::Title, "Title", theme.number_line))),
    ];
    for (level, name) in (1_u8..).zip(headings) {
        let text = theme.headings[usize::from(level > 1)];
        let style = heading(based(Style::Heading(level), name, text));
        styles.push(ParagraphStyle { outline: Some(level - 1), ..style });
    }
    let title = heading(based(Style::AttachmentTitle, "Attachment Title", theme.title));
    styles.extend([
        centered(ParagraphStyle { based_on: Some("Heading1"), outline: Some(0), ..title }),
        centered(heading(based(Style::Subtitle, "Subtitle", theme.subtitle))),
        based(Style::Labeled, "Memo Line", body),
        based(Style::Bullet, "List Bullet", body),
        based(Style::Number, "List Number", body),
        based(Style::ListContinue, "List Continue", body),
        based(Style::Quote, "Quote", body),
        based(Style::Code, "HTML Preformatted", theme.code),
        ParagraphStyle { keep_next: true, ..based(Style::Caption, "caption", theme.caption) },
        based(Style::Cell, "Table Text", theme.cell),
        ParagraphStyle { keep_next: true, ..based(Style::CellHead, "Table Head", theme.cell.bold()) },
        based(Style::Footnote, "footnote text", theme.note),
        centered(based(Style::Letterhead(0), "Letterhead Name", letterhead.name)),
        centered(based(Style::Letterhead(1), "Letterhead Division", letterhead.division)),
        centered(based(Style::Letterhead(2), "Letterhead Address", letterhead.address)),
        based(Style::Header, "header", theme.running_head),
    ]);
    styles
}

impl ParagraphStyle {
    fn write(&self, styles: &mut Markup, look: &Look<'_>) {
        let id = self.style.id();
        let mut about = vec![("w:type", "paragraph")];
        if self.based_on.is_none() {
            about.push(("w:default", "1"));
        }
        if self.style.is_own() {
            about.push(("w:customStyle", "1"));
        }
        about.push(("w:styleId", &id));
        styles.element("w:style", &about, |style| {
            style.value("w:name", self.name);
            if let Some(based_on) = self.based_on {
                style.value("w:basedOn", based_on);
            }
            if let Some(next) = self.next {
                style.value("w:next", next);
            }
            style.empty("w:qFormat", &[]);
            style.element("w:pPr", &[], |form| self.paragraph(form, look));
            style.element("w:rPr", &[], |form| self.text(form));
        });
    }

    fn paragraph(&self, form: &mut Markup, look: &Look<'_>) {
        let theme = look.theme;
        if self.keep_next {
            form.empty("w:keepNext", &[]);
            form.empty("w:keepLines", &[]);
        }
        if self.style == Style::Labeled {
            form.element("w:tabs", &[], |tabs| {
                tabs.empty("w:tab", &[("w:val", "left"), ("w:pos", &twips(theme.label_width))]);
            });
        }
        let (before, after) = look.space(self.style);
        form.empty(
            "w:spacing",
            &[
                ("w:before", &twips(before)),
                ("w:after", &twips(after)),
                ("w:line", &twips(self.text.line_height())),
                ("w:lineRule", "atLeast"),
            ],
        );
        if self.style == Style::Labeled {
            let width = twips(theme.label_width);
            form.empty("w:ind", &[("w:left", &width), ("w:hanging", &width)]);
        }
        match self.align {
            Align::Center => form.value("w:jc", "center"),
            Align::Left | Align::Right => form.value("w:jc", "left"),
        }
        if let Some(level) = self.outline {
            form.value("w:outlineLvl", &level.to_string());
        }
    }

    fn text(&self, form: &mut Markup) {
        if self.text.face.bold {
            form.empty("w:b", &[]);
            form.empty("w:bCs", &[]);
        }
        if self.text.tracking > 0.0 {
            form.value("w:spacing", &twips(self.text.tracking * self.text.size));
        }
        size(form, self.text.size);
    }
}

/// A style of words: how Word calls it, and what it looks like.
fn character(styles: &mut Markup, id: &str, name: &str, form: impl FnOnce(&mut Markup)) {
    styles.element("w:style", &[("w:type", "character"), ("w:styleId", id)], |style| {
        style.value("w:name", name);
        style.element("w:rPr", &[], form);
    });
}

fn characters(styles: &mut Markup, look: &Look<'_>) {
    character(styles, "Hyperlink", "Hyperlink", |form| {
        form.value("w:color", &color(look.theme.link_ink));
        form.value("w:u", "single");
    });
    character(styles, "FootnoteReference", "footnote reference", |form| {
        form.value("w:vertAlign", "superscript");
    });
    character(styles, "PlaceholderText", "Placeholder Text", |form| form.value("w:color", "595959"));
    character(styles, "HTMLCode", "HTML Code", |_| {});
}

fn tables(styles: &mut Markup, look: &Look<'_>) {
    let theme = look.theme;
    let (side, height) = (twips(theme.cell_padding.0), twips(theme.cell_padding.1));
    // Words that just fit into a column of the PDF are a hair wider here.
    let right = twips(theme.cell_padding.0 * 0.75);
    let ink = color(theme.rule_ink);
    let line = [("w:val", "single"), ("w:sz", "4"), ("w:space", "0"), ("w:color", ink.as_str())];
    styles.element(
        "w:style",
        &[("w:type", "table"), ("w:customStyle", "1"), ("w:styleId", "MemoTable")],
        |style| {
            style.value("w:name", "Memo Table");
            style.element("w:tblPr", &[], |table| {
                table.element("w:tblBorders", &[], |borders| {
                    for edge in ["w:top", "w:left", "w:bottom", "w:right", "w:insideH", "w:insideV"] {
                        borders.empty(edge, &line);
                    }
                });
                table.element("w:tblCellMar", &[], |margins| {
                    for (edge, width) in
                        [("w:top", &height), ("w:left", &side), ("w:bottom", &height), ("w:right", &right)]
                    {
                        margins.empty(edge, &[("w:w", width), ("w:type", "dxa")]);
                    }
                });
            });
        },
    );
}
