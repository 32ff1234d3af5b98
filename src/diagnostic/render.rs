//! A fault as text for people: what, where, the line with a mark, what was expected, what to type.
//!
//! In: a fault and its texts. Out: text in which nothing but its own colors steers a terminal. Of each text only the
//! lines around marks are looked at, so a fault takes no longer in a large file.

use std::{borrow::Cow, ops::Range};

use annotate_snippets::{Annotation, AnnotationKind, Level, Renderer, Snippet};

use super::{Diagnostic, Severity, Source, SourceId, Sources};
use crate::words::visible;

/// Marks that are so many bytes apart are shown as two excerpts.
const APART: usize = 4096;

/// Where the text goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// A file or a pipe: no colour.
    Plain,
    /// A terminal.
    Colored,
}

/// Text for one fault, without a line end.
pub fn render(fault: &Diagnostic, sources: &Sources, style: Style) -> String {
    let excerpts = excerpts(fault, sources);
    let level = match fault.code.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let mut report = level
        .primary_title(visible(&fault.message))
        .id(fault.code.name())
        .elements(excerpts.iter().map(Excerpt::snippet));
    if !fault.help.is_empty() {
        report = report.element(Level::HELP.message(visible(&fault.help)));
    }
    let renderer = match style {
        Style::Plain => Renderer::plain(),
        Style::Colored => Renderer::styled(),
    };
    renderer.render(&[report])
}

/// Something marked in a text.
struct MarkedRange<'a> {
    kind: AnnotationKind,
    range: Range<usize>,
    label: Cow<'a, str>,
}

/// Lines of a text in which something is marked.
struct Excerpt<'a> {
    id: SourceId,
    source: &'a Source,
    /// The lines, in bytes.
    lines: Range<usize>,
    marks: Vec<MarkedRange<'a>>,
}

/// The excerpts of a fault, first the one in which it stands itself.
fn excerpts<'a>(fault: &'a Diagnostic, sources: &'a Sources) -> Vec<Excerpt<'a>> {
    let itself = (AnnotationKind::Primary, &fault.place, &fault.expected);
    let others = fault.because.iter().map(|(place, words)| (AnnotationKind::Context, place, words));
    let mut excerpts: Vec<Excerpt<'a>> = Vec::new();
    for (kind, place, words) in std::iter::once(itself).chain(others) {
        let source = sources.get(place.source);
        let range = shown(&source.text, place.range.clone());
        let lines = lines(&source.text, &range);
        let mark = MarkedRange { kind, range, label: visible(words) };
        let near = |excerpt: &&mut Excerpt<'_>| {
            excerpt.id == place.source
                && lines.start < excerpt.lines.end + APART
                && excerpt.lines.start < lines.end + APART
        };
        match excerpts.iter_mut().find(near) {
            Some(excerpt) => {
                let (start, end) = (excerpt.lines.start.min(lines.start), excerpt.lines.end.max(lines.end));
                excerpt.lines = start..end;
                excerpt.marks.push(mark);
            }
            None => excerpts.push(Excerpt { id: place.source, source, lines, marks: vec![mark] }),
        }
    }
    excerpts
}

impl Excerpt<'_> {
    fn snippet(&self) -> Snippet<'_, Annotation<'_>> {
        let text = &self.source.text[self.lines.clone()];
        let shown = visible(text);
        let at = |at: usize| match &shown {
            Cow::Borrowed(_) => at - self.lines.start,
            Cow::Owned(_) => visible(&text[..at - self.lines.start]).len(),
        };
        let marks = self.marks.iter().map(|mark| {
            let span = mark.kind.span(at(mark.range.start)..at(mark.range.end));
            if mark.label.is_empty() { span } else { span.label(&*mark.label) }
        });
        let marks: Vec<_> = marks.collect();
        let line = self.source.line_of(self.lines.start);
        Snippet::source(shown).line_start(line).path(visible(&self.source.name)).annotations(marks)
    }
}

/// The stretch to mark: within its first line, at least a character wide where there is one.
fn shown(text: &str, range: Range<usize>) -> Range<usize> {
    let start = text.floor_char_boundary(range.start);
    let line_end = text[start..].find(['\n', '\r']).map_or(text.len(), |i| start + i);
    let end = text.ceil_char_boundary(range.end).clamp(start, line_end);
    if end > start {
        return start..end;
    }
    let width = text[start..line_end].chars().next().map_or(0, char::len_utf8);
    start..start + width
}

/// The line of a marked stretch with its end; below the last line, the last with what follows.
fn lines(text: &str, marked: &Range<usize>) -> Range<usize> {
    let before = &text[..marked.start];
    let before = if marked.start == text.len() { before.trim_end_matches(['\n', '\r']) } else { before };
    let start = before.rfind('\n').map_or(0, |end| end + 1);
    let end = text[marked.end..].find('\n').map_or(text.len(), |end| marked.end + end + 1);
    start..end
}
