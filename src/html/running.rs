//! Running text as HTML.
//!
//! In: [`Inline`]s. Out: markup. Leaders and blanks are drawn by the style sheet: what stands in the
//! markup is what is read aloud. Not here: blocks.

use std::fmt::Write as _;

use super::{FragmentWriter, HEADING};
use crate::document::{Blank, BlankKind, BlankLength, Inline, leads_somewhere};

impl FragmentWriter<'_> {
    /// The text of a block, with a row for each of its lines if something fills one of them: a leader,
    /// or a blank at its end.
    pub(super) fn lines(&mut self, text: &[Inline]) {
        let lines = || text.split(|inline| *inline == Inline::Break);
        if !lines().any(is_filled) {
            return self.inlines(text);
        }
        self.out.push('\n');
        for line in lines() {
            self.out.push_str("<span class=\"row\">");
            for (at, part) in line.split(|inline| *inline == Inline::Leader).enumerate() {
                if at > 0 {
                    self.out.push_str(" <span class=\"dots\" aria-hidden=\"true\"></span> ");
                }
                let words = if ends_in_blank(part) { &part[..part.len() - 1] } else { part };
                self.out.push_str("<span>");
                self.inlines(words);
                self.out.push_str("</span>");
                self.inlines(&part[words.len()..]);
            }
            self.out.push_str("</span>\n");
        }
    }

    pub(super) fn inlines(&mut self, text: &[Inline]) {
        for (at, inline) in text.iter().enumerate() {
            match inline {
                Inline::Text(words) => self.escape(words),
                Inline::Strong(inner) => self.wrapped("strong", inner),
                Inline::Emphasis(inner) => self.wrapped("em", inner),
                Inline::Code(words) => {
                    self.out.push_str("<code>");
                    self.escape(words);
                    self.out.push_str("</code>");
                }
                Inline::Link { href, text } if leads_somewhere(href) => {
                    self.out.push_str("<a href=\"");
                    self.escape_value(href);
                    self.out.push_str("\">");
                    self.inlines(text);
                    self.out.push_str("</a>");
                }
                Inline::Link { href, text } if self.leads_to_heading(href) => {
                    let _ = write!(self.out, "<a href=\"#{HEADING}");
                    self.escape_value(href.trim_start_matches('#'));
                    self.out.push_str("\">");
                    self.inlines(text);
                    self.out.push_str("</a>");
                }
                Inline::Link { text, .. } => self.inlines(text),
                Inline::Break => self.out.push_str("<br>\n"),
                Inline::Note(note) => {
                    self.reference(*note);
                    // "1, 2" and not "12".
                    if matches!(text.get(at + 1), Some(Inline::Note(_))) {
                        self.out.push_str("<sup>, </sup>");
                    }
                }
                Inline::Leader => self.out.push(' '),
                Inline::Blank(blank) => self.blank(blank),
            }
        }
    }

    /// A place to fill in. A box can be checked in the page, which is then printed.
    fn blank(&mut self, blank: &Blank) {
        let (class, lines) = match (blank.kind, blank.length()) {
            (BlankKind::Tick, _) => {
                self.out.push_str("<input aria-label=\"");
                self.escape_value(&blank.what);
                self.out.push_str("\" type=\"checkbox\">");
                return;
            }
            (BlankKind::Lines(count), _) => ("blank answer", usize::from(count)),
            (BlankKind::Line, BlankLength::Short) => ("blank short", 0),
            (BlankKind::Line, BlankLength::Medium) => ("blank medium", 0),
            (BlankKind::Line, BlankLength::Long) => ("blank", 0),
        };
        let _ = write!(self.out, "<span class=\"{class}\"><span class=\"unseen\">blank: ");
        self.escape(&blank.what);
        self.out.push_str("</span>");
        self.out.push_str(&"<span></span>".repeat(lines));
        self.out.push_str("</span>");
    }

    fn leads_to_heading(&self, href: &str) -> bool {
        href.strip_prefix('#').is_some_and(|name| self.targets.contains_key(name))
    }

    fn wrapped(&mut self, name: &str, text: &[Inline]) {
        let _ = write!(self.out, "<{name}>");
        self.inlines(text);
        let _ = write!(self.out, "</{name}>");
    }
}

fn is_filled(line: &[Inline]) -> bool {
    line.contains(&Inline::Leader) || ends_in_blank(line)
}

fn ends_in_blank(line: &[Inline]) -> bool {
    matches!(line.last(), Some(Inline::Blank(Blank { kind: BlankKind::Line, .. })))
}
