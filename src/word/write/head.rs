//! The heads of pages: the letterhead on the first, the running head on the others.
//!
//! In: their lines. Out: parts. Not here: how high pages are.

use super::{
    body::{Body, Surroundings},
    change::{Mark, whole_paragraph},
    flow::Paragraph,
    look::{Look, twips},
    part::Part,
    style::NAMES,
};
use crate::word::markup::Markup;

/// What stands between the parts of the last line of a running head.
const BETWEEN: &str = " \u{b7} ";

/// The head of every page but the first: lines, the page, what it is a copy of.
pub(super) fn running(part: &mut Part<'_, '_>, lines: &[String], mark: Option<&str>, look: &Look<'_>) {
    for line in lines {
        plain(&mut part.markup, 0.0, |run| run.holding("w:t", &[("xml:space", "preserve")], line));
    }
    part.markup.open("w:p", &[]);
    spaced(&mut part.markup, look.theme.running_head_gap, 0.0);
    if let Some(mark) = mark {
        word(&mut part.markup, &format!("{mark}{BETWEEN}"));
    }
    word(&mut part.markup, "Page ");
    part.field("PAGE", "2");
    word(&mut part.markup, " of ");
    part.field("NUMPAGES", "2");
    part.markup.close("w:p");
}

/// The head of the first page.
pub(super) fn first(
    part: &mut Part<'_, '_>,
    letterhead: Vec<Paragraph>,
    mark: Option<&str>,
    body: &Body<'_>,
) {
    let theme = body.look.theme;
    let room = theme.margin - theme.running_head_top;
    let line = theme.running_head.line_height();
    let is_empty = letterhead.is_empty();
    // Whatever stands above the letterhead, it begins where the text of other pages would.
    part.markup.open("w:p", &[]);
    match mark {
        Some(mark) => {
            spaced(&mut part.markup, if is_empty { 0.0 } else { (room - line).max(0.0) }, 0.0);
            word(&mut part.markup, mark);
        }
        None => {
            let height = if is_empty { line } else { room };
            let height = twips(height);
            part.markup.element("w:pPr", &[], |about| {
                about.value("w:pStyle", "Header");
                about.empty("w:spacing", &[("w:line", &height), ("w:lineRule", "exact")]);
            });
        }
    }
    part.markup.close("w:p");
    let last = letterhead.len().saturating_sub(1);
    for (at, line) in letterhead.into_iter().enumerate() {
        let after = if at == last { theme.letterhead.after } else { 0.0 };
        let line = whole_paragraph(Paragraph { after, ..line }, Mark::Same);
        body.paragraph(part, &line, Surroundings::default());
    }
}

/// A part with a head.
pub(super) fn wrapped(head: &Markup) -> String {
    Markup::part("w:hdr", &NAMES, |part| part.append(head))
}

fn plain(markup: &mut Markup, after: f32, text: impl FnOnce(&mut Markup)) {
    markup.open("w:p", &[]);
    spaced(markup, after, 0.0);
    markup.element("w:r", &[], text);
    markup.close("w:p");
}

fn spaced(markup: &mut Markup, after: f32, before: f32) {
    markup.element("w:pPr", &[], |about| {
        about.value("w:pStyle", "Header");
        if after > 0.0 || before > 0.0 {
            about.empty("w:spacing", &[("w:before", &twips(before)), ("w:after", &twips(after))]);
        }
    });
}

fn word(markup: &mut Markup, text: &str) {
    markup.element("w:r", &[], |run| run.holding("w:t", &[("xml:space", "preserve")], text));
}
