//! Blocks -> HTML.
//!
//! In: [`Document`]. Out: a fragment for a page's main part. Not here: the page around it, which is a
//! template; how it looks, which is the style sheet.

mod gate;
mod notes;
mod running;
mod table;

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
};

use crate::document::{Block, BlockKind, Document, Inline, List, ListItem, Markers, PartId, Role};
use gate::{HEADING, STEP};

/// Writes a document as an HTML fragment; its notes stand at the end. Text is escaped; links keep
/// only harmless schemes; nothing but what is written here leaves the room.
///
/// ```
/// use ccrov::{document::Document, html};
/// let memo = Document::parse("Call **now** & write to help@sos.ca.gov").unwrap();
/// assert_eq!(
///     html::write(&memo),
///     "<p>Call <strong>now</strong> &amp; write to <a href=\"mailto:help@sos.ca.gov\">help@sos.ca.gov</a></p>\n"
/// );
/// ```
pub fn write(document: &Document) -> String {
    let written = written(document);
    let passed = gate::pass(&written);
    // What it takes out of our own markup would be lost in silence: writer or gate is at fault.
    debug_assert!(passed == written, "the gate changes\n{written}\nto\n{passed}");
    passed
}

fn written(document: &Document) -> String {
    let headings = document.targets.iter().map(|(name, id)| (*id, name.as_str())).collect();
    let mut writer = FragmentWriter {
        out: String::new(),
        referred: BTreeSet::new(),
        steps: BTreeSet::new(),
        targets: &document.targets,
        headings,
    };
    let mut in_section = false;
    for block in &document.blocks {
        if block.new_page {
            if in_section {
                writer.out.push_str("</section>\n");
            }
            writer.out.push_str("<section class=\"attached\">\n");
            in_section = true;
        }
        writer.block(block);
    }
    if in_section {
        writer.out.push_str("</section>\n");
    }
    writer.notes(&document.notes);
    writer.out
}

/// The fragment so far.
struct FragmentWriter<'d> {
    out: String,
    /// The headings that links lead to, by their names, and the other way round.
    targets: &'d BTreeMap<String, PartId>,
    headings: BTreeMap<PartId, &'d str>,
    /// The notes that the text has referred to.
    referred: BTreeSet<usize>,
    /// The numbers of steps that a link can lead to.
    steps: BTreeSet<String>,
}

impl FragmentWriter<'_> {
    fn block(&mut self, block: &Block) {
        match (&block.kind, block.role) {
            (BlockKind::Paragraph(text), Some(Role::Letterhead)) => self.letterhead(text),
            (BlockKind::Paragraph(text), role) => self.element("p", class(role), text),
            (BlockKind::Heading { level, text }, role) => {
                let id = self.headings.get(&block.id).copied();
                self.heading(*level, id, class(role), text);
            }
            (BlockKind::List(list), role) => self.list(list, role),
            (BlockKind::Definitions(definitions), _) => {
                self.out.push_str("<dl>\n");
                for definition in definitions {
                    self.element("dt", "", &definition.term);
                    for detail in &definition.details {
                        self.item("dd", "", detail);
                    }
                }
                self.out.push_str("</dl>\n");
            }
            (BlockKind::Table(table), _) => self.table(table),
            (BlockKind::Quote(blocks), _) => {
                self.out.push_str("<blockquote>\n");
                blocks.iter().for_each(|inner| self.block(inner));
                self.out.push_str("</blockquote>\n");
            }
            (BlockKind::Code(code), _) => {
                self.out.push_str("<pre><code>");
                self.escape(code);
                self.out.push_str("</code></pre>\n");
            }
            (BlockKind::Rule, _) => self.out.push_str("<hr>\n"),
        }
    }

    fn heading(&mut self, level: u8, id: Option<&str>, class: &str, text: &[Inline]) {
        let _ = write!(self.out, "<h{level}");
        if let Some(id) = id {
            self.out.push_str(" id=\"");
            self.out.push_str(HEADING);
            self.escape_value(id);
            self.out.push('"');
        }
        let _ = write!(self.out, "{class}>");
        self.lines(text);
        let _ = writeln!(self.out, "</h{level}>");
    }

    /// Text in which the author ended lines, a paragraph for each: they are read one by one.
    fn paragraphs(&mut self, text: &[Inline]) {
        if !text.contains(&Inline::Break) {
            return self.lines(text);
        }
        for line in text.split(|inline| *inline == Inline::Break) {
            self.out.push_str("<p class=\"line\">");
            self.lines(line);
            self.out.push_str("</p>");
        }
    }

    fn element(&mut self, name: &str, class: &str, text: &[Inline]) {
        let _ = write!(self.out, "<{name}{class}>");
        self.lines(text);
        let _ = writeln!(self.out, "</{name}>");
    }

    /// The office's lines, a paragraph each, so that each can be styled.
    fn letterhead(&mut self, text: &[Inline]) {
        self.out.push_str("<header class=\"letterhead\">\n");
        for line in text.split(|inline| *inline == Inline::Break) {
            self.element("p", "", line);
        }
        self.out.push_str("</header>\n");
    }

    fn list(&mut self, list: &List, role: Option<Role>) {
        let (name, letters) = match list.markers {
            Markers::Bullets => ("ul", ""),
            Markers::Numbers => ("ol", ""),
            Markers::Letters => ("ol", " type=\"a\""),
        };
        let first = list.items.first().and_then(|item| item.number).unwrap_or(1);
        let _ = write!(self.out, "<{name}{letters}");
        if first != 1 {
            let _ = write!(self.out, " start=\"{first}\"");
        }
        if list.markers == Markers::Bullets && !class(role).is_empty() {
            // A list without bullets is no list to some readers unless it says so.
            let _ = write!(self.out, "{} role=\"list\"", class(role));
        }
        self.out.push_str(">\n");
        let mut expected = first;
        for entry in &list.items {
            let number = entry.number.unwrap_or(expected);
            let value = if number == expected { String::new() } else { format!(" value=\"{number}\"") };
            self.item("li", &value, entry);
            expected = number.saturating_add(1);
        }
        let _ = writeln!(self.out, "</{name}>");
    }

    /// An item; a lone paragraph needs no element of its own.
    fn item(&mut self, name: &str, attributes: &str, item: &ListItem) {
        if let [Block { kind: BlockKind::Paragraph(text), role: None, .. }] = item.blocks.as_slice() {
            let _ = write!(self.out, "<{name}{attributes}>");
            self.paragraphs(text);
            let _ = writeln!(self.out, "</{name}>");
            return;
        }
        let _ = writeln!(self.out, "<{name}{attributes}>");
        item.blocks.iter().for_each(|inner| self.block(inner));
        let _ = writeln!(self.out, "</{name}>");
    }

    /// Escapes text as the standard's own writer does, so that the gate finds nothing to change.
    fn escape(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '&' => self.out.push_str("&amp;"),
                '<' => self.out.push_str("&lt;"),
                '>' => self.out.push_str("&gt;"),
                '\u{a0}' => self.out.push_str("&nbsp;"),
                c => self.out.push(c),
            }
        }
    }

    /// Escapes the value of an attribute.
    fn escape_value(&mut self, text: &str) {
        for (at, part) in text.split('"').enumerate() {
            if at > 0 {
                self.out.push_str("&quot;");
            }
            self.escape(part);
        }
    }
}

fn class(role: Option<Role>) -> &'static str {
    match role {
        Some(Role::Title) => " class=\"title\"",
        Some(Role::Subtitle) => " class=\"subtitle\"",
        Some(Role::Columns) => " class=\"columns\"",
        Some(Role::Leaders) => " class=\"leaders\"",
        Some(Role::Letterhead) | None => "",
    }
}
