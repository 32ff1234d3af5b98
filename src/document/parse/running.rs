//! Running text: words, faces, links, references to notes, leaders, blanks.
//!
//! In: the events of a paragraph, heading or cell. Out: [`Inline`]s. Not here: blocks.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::super::{Blank, FileLink, Inline, MarkdownFault, Remark, Trouble, plain};
use super::links::{is_vague, leads_somewhere, push_linked, unlinked};
use super::{MarkdownReader, notes::label_key, push_text};

/// How far the name of a note or a blank goes, in bytes: each of many brackets looks no further.
pub(super) const NAME: usize = 1000;

/// How many dots are a leader.
const LEADER: usize = 4;

impl<'a> MarkdownReader<'a> {
    /// Running text up to the end of what holds it. The end is consumed if it belongs to the text
    /// (a paragraph's); a block that follows in the same item is left for the next call.
    pub(super) fn inlines(&mut self) -> Vec<Inline> {
        let mut text = Vec::new();
        while let Some((event, span)) = self.next() {
            match event {
                Event::Text(t) if &*t == "[" && !self.is_escaped(span.start) => self.bracket(span, &mut text),
                Event::Text(t) => push_text(&mut text, &t),
                Event::SoftBreak if self.keeps_lines => text.push(Inline::Break),
                Event::SoftBreak => push_text(&mut text, " "),
                Event::HardBreak => text.push(Inline::Break),
                Event::Code(t) => text.push(Inline::Code(t.into_string())),
                Event::InlineHtml(html) => match html.trim() {
                    "<br>" | "<br/>" | "<br />" => text.push(Inline::Break),
                    comment if comment.starts_with("<!--") => {}
                    other => self.faults.push(MarkdownFault::Html { span, found: other.to_owned() }),
                },
                Event::FootnoteReference(label) => {
                    text.push(self.notes.reference(&label, span, &mut self.faults));
                }
                Event::Start(Tag::Strong) => self.wrapped(Inline::Strong, &mut text),
                Event::Start(Tag::Emphasis) => self.wrapped(Inline::Emphasis, &mut text),
                Event::Start(Tag::Link { link_type, dest_url, id, .. }) => {
                    if !matches!(link_type, LinkType::Inline | LinkType::Autolink | LinkType::Email) {
                        self.addresses_used.insert(label_key(&id));
                    }
                    text.push(self.link(link_type, dest_url.into_string(), span));
                }
                Event::Start(Tag::Image { .. }) => {
                    self.faults.push(MarkdownFault::Picture { span });
                    self.inlines();
                }
                // A tight item's text ends where the item ends or where a block begins in it.
                Event::End(TagEnd::Item | TagEnd::DefinitionListDefinition)
                | Event::Start(_)
                | Event::Rule => {
                    self.ahead = Some((event, span));
                    break;
                }
                Event::End(_) => break,
                _ => {}
            }
        }
        self.finished(text)
    }

    /// Text with its leaders and with links where bare addresses stand.
    fn finished(&self, text: Vec<Inline>) -> Vec<Inline> {
        let mut out = Vec::with_capacity(text.len());
        for inline in text {
            let Inline::Text(words) = inline else {
                out.push(inline);
                continue;
            };
            let mut rest = words.as_str();
            while let Some(dots) = if self.has_leaders { leader(rest) } else { None } {
                push_linked(&self.links, rest[..dots.start].trim_end(), &mut out);
                out.push(Inline::Leader);
                rest = rest[dots.end..].trim_start();
            }
            push_linked(&self.links, rest, &mut out);
        }
        out
    }

    /// Bold or italic text. Leaders stand outside, so that what stands on both sides of one can be
    /// set apart.
    fn wrapped(&mut self, wrap: fn(Vec<Inline>) -> Inline, out: &mut Vec<Inline>) {
        let inner = self.inlines();
        if !inner.contains(&Inline::Leader) {
            return out.push(wrap(inner));
        }
        let mut run = Vec::new();
        for inline in inner {
            if !matches!(inline, Inline::Leader | Inline::Break) {
                run.push(inline);
                continue;
            }
            if !run.is_empty() {
                out.push(wrap(std::mem::take(&mut run)));
            }
            out.push(inline);
        }
        if !run.is_empty() {
            out.push(wrap(run));
        }
    }

    fn link(&mut self, kind: LinkType, href: String, span: Range<usize>) -> Inline {
        let leaders = std::mem::take(&mut self.has_leaders);
        let text = unlinked(self.inlines());
        self.has_leaders = leaders;
        let shown = plain(&text);
        if shown.trim().is_empty() {
            self.faults.push(MarkdownFault::EmptyLink { span: span.clone() });
        } else if is_vague(&shown) {
            let trouble = Trouble::VagueLink { text: shown };
            self.remarks.push(Remark { span: span.clone(), trouble });
        }
        let href = if kind == LinkType::Email { format!("mailto:{href}") } else { href };
        if let Some(name) = href.strip_prefix('#').filter(|name| !name.is_empty()) {
            let name = name.to_lowercase();
            let href = format!("#{name}");
            self.inner_links.push((name, span));
            return Inline::Link { href, text };
        }
        if !leads_somewhere(&href) {
            self.faults.push(MarkdownFault::BadAddress { span, href: href.clone() });
        } else if !href.contains([':', '/', '#']) {
            self.files.push(FileLink { span, name: href.clone() });
        }
        Inline::Link { href, text }
    }

    /// What an opening bracket that begins no link begins: a blank, a reference to a note that is not
    /// there, or nothing.
    fn bracket(&mut self, span: Range<usize>, out: &mut Vec<Inline>) {
        let rest = &self.source[span.start..];
        let line = rest[..rest.floor_char_boundary(NAME)].lines().next().unwrap_or_default();
        let inner = line.get(1..).and_then(|rest| rest.split_once(']')).map(|(inner, _)| inner);
        let end = span.start + inner.map_or(0, str::len) + 2;
        match inner {
            Some(inner) if inner.starts_with('^') && inner.len() > 1 => {
                self.faults
                    .push(MarkdownFault::UnknownNote { span: span.start..end, label: inner[1..].to_owned() });
            }
            Some(inner) => {
                if let Some(blank) = Blank::read(inner) {
                    out.push(Inline::Blank(blank));
                    return self.skip_to(end, out);
                }
            }
            None => {}
        }
        push_text(out, "[");
    }

    /// Leaves out the words up to a place of the Markdown.
    fn skip_to(&mut self, end: usize, out: &mut Vec<Inline>) {
        while let Some((event, span)) = self.next() {
            match event {
                Event::Text(t) if span.start < end => {
                    let beyond = t.len() - span.end.saturating_sub(end).min(t.len());
                    push_text(out, t.get(beyond..).unwrap_or_default());
                }
                other => {
                    self.ahead = Some((other, span));
                    break;
                }
            }
        }
    }

    /// Whether a backslash takes the meaning of the character at a place away.
    fn is_escaped(&self, at: usize) -> bool {
        let before = &self.source[..at];
        (before.len() - before.trim_end_matches('\\').len()) % 2 == 1
    }
}

/// The first leader in a text.
fn leader(text: &str) -> Option<Range<usize>> {
    let mut start = 0;
    while let Some(at) = text[start..].find(['.', '…']) {
        start += at;
        let dots = text[start..].trim_start_matches(['.', '…']);
        let run = start..text.len() - dots.len();
        // An ellipsis is three dots that a word processor has joined.
        let count: usize = text[run.clone()].chars().map(|c| if c == '.' { 1 } else { 3 }).sum();
        if count >= LEADER {
            return Some(run);
        }
        start = run.end;
    }
    None
}
