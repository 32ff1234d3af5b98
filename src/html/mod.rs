//! Blocks -> HTML.
//!
//! In: [`Document`]. Out: a fragment for a page's main part. Not here: the page around it, which is a
//! template; how it looks, which is the style sheet.

mod table;

use std::fmt::Write as _;

use crate::document::{Block, Document, Inline, Item, Kind, List, Role};

/// Writes a document as an HTML fragment. Text is escaped; links keep only harmless schemes.
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
    let mut out = String::new();
    let mut in_section = false;
    for block in &document.blocks {
        if block.new_page {
            if in_section {
                out.push_str("</section>\n");
            }
            out.push_str("<section class=\"attached\">\n");
            in_section = true;
        }
        self::block(block, &mut out);
    }
    if in_section {
        out.push_str("</section>\n");
    }
    out
}

fn block(block: &Block, out: &mut String) {
    match (&block.kind, block.role) {
        (Kind::Paragraph(text), Some(Role::Letterhead)) => letterhead(text, out),
        (Kind::Paragraph(text), role) => element("p", class(role), text, out),
        (Kind::Heading { level, text }, role) => element(&format!("h{level}"), class(role), text, out),
        (Kind::List(list), _) => self::list(list, out),
        (Kind::Definitions(definitions), _) => {
            out.push_str("<dl>\n");
            for definition in definitions {
                element("dt", "", &definition.term, out);
                for detail in &definition.details {
                    item("dd", detail, out);
                }
            }
            out.push_str("</dl>\n");
        }
        (Kind::Table(rows), _) => table::write(rows, out),
        (Kind::Quote(blocks), _) => {
            out.push_str("<blockquote>\n");
            blocks.iter().for_each(|inner| self::block(inner, out));
            out.push_str("</blockquote>\n");
        }
        (Kind::Code(code), _) => {
            out.push_str("<pre><code>");
            escape(code, out);
            out.push_str("</code></pre>\n");
        }
        (Kind::Rule, _) => out.push_str("<hr>\n"),
    }
}

fn class(role: Option<Role>) -> &'static str {
    match role {
        Some(Role::Title) => " class=\"title\"",
        Some(Role::Subtitle) => " class=\"subtitle\"",
        Some(Role::Letterhead) | None => "",
    }
}

fn element(name: &str, class: &str, text: &[Inline], out: &mut String) {
    let _ = write!(out, "<{name}{class}>");
    inlines(text, out);
    let _ = writeln!(out, "</{name}>");
}

/// The office's lines, a paragraph each, so that each can be styled.
fn letterhead(text: &[Inline], out: &mut String) {
    out.push_str("<header class=\"letterhead\">\n");
    for line in text.split(|inline| *inline == Inline::Break) {
        element("p", "", line, out);
    }
    out.push_str("</header>\n");
}

fn list(list: &List, out: &mut String) {
    let name = if list.first.is_some() { "ol" } else { "ul" };
    match list.first {
        Some(first) if first != 1 => _ = writeln!(out, "<ol start=\"{first}\">"),
        _ => _ = writeln!(out, "<{name}>"),
    }
    for entry in &list.items {
        item("li", entry, out);
    }
    let _ = writeln!(out, "</{name}>");
}

/// An item; a lone paragraph needs no element of its own.
fn item(name: &str, item: &Item, out: &mut String) {
    if let [Block { kind: Kind::Paragraph(text), role: None, .. }] = item.blocks.as_slice() {
        return element(name, "", text, out);
    }
    let _ = writeln!(out, "<{name}>");
    item.blocks.iter().for_each(|inner| block(inner, out));
    let _ = writeln!(out, "</{name}>");
}

fn inlines(text: &[Inline], out: &mut String) {
    for inline in text {
        match inline {
            Inline::Text(words) => escape(words, out),
            Inline::Strong(inner) => wrapped("strong", inner, out),
            Inline::Emphasis(inner) => wrapped("em", inner, out),
            Inline::Code(words) => {
                out.push_str("<code>");
                escape(words, out);
                out.push_str("</code>");
            }
            Inline::Link { href, text } if harmless(href) => {
                out.push_str("<a href=\"");
                escape(href, out);
                out.push_str("\">");
                inlines(text, out);
                out.push_str("</a>");
            }
            Inline::Link { text, .. } => inlines(text, out),
            Inline::Break => out.push_str("<br>\n"),
        }
    }
}

fn wrapped(name: &str, text: &[Inline], out: &mut String) {
    let _ = write!(out, "<{name}>");
    inlines(text, out);
    let _ = write!(out, "</{name}>");
}

/// An address of a scheme that only leads somewhere, or a relative one.
fn harmless(href: &str) -> bool {
    match href.split_once(':') {
        Some((scheme, _)) if !scheme.contains(['/', '?', '#']) => {
            ["http", "https", "mailto", "tel"].iter().any(|known| scheme.eq_ignore_ascii_case(known))
        }
        _ => true,
    }
}

fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
}
