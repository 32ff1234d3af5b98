//! Paragraphs and tables of a part.
//!
//! In: pieces with what became of them. Out: XML in the order that the format asks for. Not here: running text (`part`), what is around it.

use super::{
    change::{Mark, MarkedParagraph, MarkedPiece, MarkedTable},
    flow::{RowKind, Style},
    look::{Look, color, twips},
    part::Part,
    section::Section,
    table,
    token::{Token, TokenKind},
};
use crate::{document::Align, pdf::capitals, word::sent::SentParagraph};

/// The pieces of a text. `lists` says under which number Word finds each list.
pub(super) struct Body<'b> {
    pub look: &'b Look<'b>,
    pub lists: &'b [usize],
}

/// What stands around a paragraph.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Surroundings {
    /// The section that ends with it.
    pub section: Option<Section>,
    /// It begins a page, since a section begins.
    pub begins_section: bool,
    /// The number of a note stands before it.
    pub note: bool,
}

impl Body<'_> {
    /// All pieces of a document, section by section. Gives the last section, which stands by itself.
    pub fn pieces(&self, part: &mut Part<'_, '_>, pieces: &[MarkedPiece]) -> Section {
        let mut section =
            Section { is_first: true, turned: pieces.first().is_some_and(MarkedPiece::is_turned) };
        let mut begins_section = false;
        for (at, piece) in pieces.iter().enumerate() {
            let next = pieces.get(at + 1).filter(|next| next.is_turned() != section.turned);
            let ends = next.map(|_| section);
            let is_last = at + 1 == pieces.len();
            match piece {
                MarkedPiece::Paragraph(paragraph) => {
                    let around = Surroundings { section: ends, begins_section, note: false };
                    self.paragraph(part, paragraph, around);
                }
                MarkedPiece::Table(table) => {
                    self.table(part, table, begins_section);
                    // Word wants a paragraph behind a table that ends a text.
                    if ends.is_some() || is_last {
                        self.end(part, ends);
                    }
                }
            }
            begins_section = next.is_some();
            if let Some(next) = next {
                section = Section { is_first: false, turned: next.is_turned() };
            }
        }
        section
    }

    /// A paragraph that nobody sees, since a table cannot end a text.
    fn end(&self, part: &mut Part<'_, '_>, section: Option<Section>) {
        part.markup.open("w:p", &[]);
        part.markup.element("w:pPr", &[], |about| {
            about.empty(
                "w:spacing",
                &[("w:before", "0"), ("w:after", "0"), ("w:line", "20"), ("w:lineRule", "exact")],
            );
            about.element("w:rPr", &[], |form| form.value("w:sz", "2"));
            if let Some(section) = section {
                section.write(about, self.look);
            }
        });
        part.markup.close("w:p");
    }

    /// A paragraph with its bookmark.
    pub fn paragraph(&self, part: &mut Part<'_, '_>, paragraph: &MarkedParagraph, around: Surroundings) {
        let text: String = paragraph
            .tokens
            .iter()
            .filter(|(mark, _)| *mark != Mark::Deleted)
            .map(|(_, token)| token.text())
            .collect();
        let is_gone = paragraph.mark == Mark::Deleted;
        let place = format!("ccrov_b{}", paragraph.form.place);
        let id = match is_gone {
            true => part.shared.paragraph_id(&format!("{place} before"), &paragraph.form.text()),
            false => part.shared.paragraph_id(&place, &text),
        };
        if paragraph.mark != Mark::Same || paragraph.tokens.iter().any(|(mark, _)| *mark != Mark::Same) {
            part.shared.changes += 1;
        }
        part.markup.open("w:p", &[("w14:paraId", &id.to_string())]);
        self.about(part, paragraph, around);
        let bookmark = (!is_gone).then(|| part.shared.number());
        if let Some(bookmark) = &bookmark {
            part.markup.empty("w:bookmarkStart", &[("w:id", bookmark), ("w:name", &place)]);
        }
        if around.note {
            part.markup.element("w:r", &[], |run| {
                run.element("w:rPr", &[], |form| form.value("w:rStyle", "FootnoteReference"));
                run.empty("w:footnoteRef", &[]);
                run.holding("w:t", &[("xml:space", "preserve")], " ");
            });
        }
        match paragraph.form.style {
            Style::Letterhead(0) => self.small_capitals(part, &paragraph.tokens),
            _ => part.tokens(&paragraph.tokens),
        }
        if let Some(bookmark) = &bookmark {
            part.markup.empty("w:bookmarkEnd", &[("w:id", bookmark)]);
            part.shared.sent.push(SentParagraph { id, place, text });
        }
        part.markup.close("w:p");
        let is_changed_last = paragraph.tokens.last().is_some_and(|(mark, _)| *mark != Mark::Same);
        if paragraph.mark == Mark::Same && is_changed_last {
            part.shared.turn_time();
        }
    }

    /// What is to be said of a paragraph before its text.
    fn about(&self, part: &mut Part<'_, '_>, paragraph: &MarkedParagraph, around: Surroundings) {
        let form = &paragraph.form;
        part.markup.open("w:pPr", &[]);
        if form.style != Style::Normal {
            part.markup.value("w:pStyle", &form.style.id());
        }
        if form.keep_next {
            part.markup.empty("w:keepNext", &[]);
        }
        if form.new_page && !around.begins_section {
            part.markup.empty("w:pageBreakBefore", &[]);
        }
        if let Some(item) = form.item {
            let number = self.lists.get(item.list).copied().unwrap_or(item.list + 1).to_string();
            part.markup.element("w:numPr", &[], |list| {
                list.value("w:ilvl", &item.level.min(8).to_string());
                list.value("w:numId", &number);
            });
        }
        self.rules(part, form.rules);
        self.tabs(part, paragraph);
        self.space(part, paragraph, around);
        match form.align {
            Align::Left => {}
            Align::Center => part.markup.value("w:jc", "center"),
            Align::Right => part.markup.value("w:jc", "right"),
        }
        if paragraph.mark != Mark::Same {
            part.markup.open("w:rPr", &[]);
            part.marked(paragraph.mark, |_| {});
            part.markup.close("w:rPr");
        }
        if let Some(section) = around.section {
            section.write(&mut part.markup, self.look);
        }
        part.markup.close("w:pPr");
    }

    /// Lines across the page.
    fn rules(&self, part: &mut Part<'_, '_>, (above, below): (bool, bool)) {
        if !above && !below {
            return;
        }
        let ink = color(self.look.theme.rule_ink);
        let line = [("w:val", "single"), ("w:sz", "4"), ("w:space", "6"), ("w:color", ink.as_str())];
        part.markup.element("w:pBdr", &[], |borders| {
            if above {
                borders.empty("w:top", &line);
            }
            if below {
                borders.empty("w:bottom", &line);
            }
        });
    }

    /// Where what stands behind dots ends: at the right edge.
    fn tabs(&self, part: &mut Part<'_, '_>, paragraph: &MarkedParagraph) {
        if paragraph.tokens.iter().any(|(_, token)| token.kind == TokenKind::Leader) {
            let edge = twips(self.look.text_width(paragraph.form.turned));
            part.markup.element("w:tabs", &[], |tabs| {
                tabs.empty("w:tab", &[("w:val", "right"), ("w:leader", "dot"), ("w:pos", &edge)]);
            });
        }
    }

    /// The space around a paragraph, where it is not that of its style.
    fn space(&self, part: &mut Part<'_, '_>, paragraph: &MarkedParagraph, around: Surroundings) {
        let form = &paragraph.form;
        let theme = self.look.theme;
        let (before, after) = self.look.space(form.style);
        let wanted = if around.begins_section { 0.0 } else { form.before };
        let is_inside =
            matches!(form.style, Style::Cell | Style::CellHead | Style::Letterhead(_) | Style::Header);
        let mut spacing = Vec::new();
        if !is_inside && wanted != before {
            spacing.push(("w:before", twips(wanted)));
        }
        if form.after > 0.0 && form.after != after {
            spacing.push(("w:after", twips(form.after)));
        }
        if !spacing.is_empty() {
            let spacing: Vec<(&str, &str)> =
                spacing.iter().map(|(key, value)| (*key, value.as_str())).collect();
            part.markup.empty("w:spacing", &spacing);
        }
        let (left, hanging) = match form.item {
            Some(item) => (theme.indent * (item.level + 1) as f32, theme.indent),
            None if form.style == Style::Labeled => (theme.label_width, theme.label_width),
            None => (0.0, 0.0),
        };
        if form.indent != left {
            let hanging = if form.hanging > 0.0 { form.hanging } else { hanging };
            let indent = [("w:left", twips(form.indent)), ("w:hanging", twips(hanging))];
            part.markup.empty("w:ind", &indent.each_ref().map(|(key, value)| (*key, value.as_str())));
        }
    }

    /// Capitals inside a word are smaller than the first, as in the PDF.
    fn small_capitals(&self, part: &mut Part<'_, '_>, tokens: &[(Mark, Token)]) {
        let text: String = tokens.iter().map(|(_, token)| token.text()).collect();
        let theme = self.look.theme;
        let name = theme.letterhead.name;
        for (place, scale) in capitals::stretches(&text, &(0..text.len()), &name, theme.small_capital) {
            part.sized(&text[place], name.size * scale);
        }
    }

    fn table(&self, part: &mut Part<'_, '_>, table: &MarkedTable, begins_section: bool) {
        let columns = table.rows.iter().map(|row| row.cells.len()).max().unwrap_or(1).max(1);
        let widths = table::widths(self.look, &table.form, columns);
        part.markup.open("w:tbl", &[]);
        table::about(&mut part.markup, table, &widths);
        for row in &table.rows {
            part.markup.open("w:tr", &[]);
            part.markup.open("w:trPr", &[]);
            part.markup.empty("w:cantSplit", &[]);
            if row.kind == RowKind::Head {
                part.markup.empty("w:tblHeader", &[]);
            }
            part.marked_row(row.mark);
            part.markup.close("w:trPr");
            for (cell, width) in row.cells.iter().zip(&widths) {
                part.markup.open("w:tc", &[]);
                let spanned = (row.kind == RowKind::Band).then_some(widths.as_slice());
                table::about_cell(&mut part.markup, self.look, *width, spanned, row.kind);
                self.paragraph(part, cell, Surroundings { begins_section, ..Surroundings::default() });
                part.markup.close("w:tc");
            }
            part.markup.close("w:tr");
        }
        part.markup.close("w:tbl");
    }

    /// The paragraphs of a note, the first behind its number.
    pub fn note(&self, part: &mut Part<'_, '_>, pieces: &[MarkedPiece]) {
        for (at, piece) in pieces.iter().enumerate() {
            match piece {
                MarkedPiece::Paragraph(paragraph) => {
                    self.paragraph(
                        part,
                        paragraph,
                        Surroundings { note: at == 0, ..Surroundings::default() },
                    );
                }
                MarkedPiece::Table(table) => {
                    self.table(part, table, false);
                    self.end(part, None);
                }
            }
        }
    }
}

impl Part<'_, '_> {
    /// Says of a row that it came or went.
    fn marked_row(&mut self, mark: Mark) {
        if mark != Mark::Same {
            self.marked(mark, |_| {});
        }
    }
}

impl MarkedPiece {
    fn is_turned(&self) -> bool {
        match self {
            MarkedPiece::Paragraph(paragraph) => paragraph.form.turned,
            MarkedPiece::Table(table) => table.form.turned,
        }
    }
}
