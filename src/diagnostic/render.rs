//! A fault as text for people: what, where, the line with a mark, what was expected, what to type.

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use super::{Diagnostic, Severity, Sources};

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
    let source = sources.get(fault.place.source);
    let range = shown(&source.text, fault.place.range.clone());
    let mut mark = AnnotationKind::Primary.span(range);
    if !fault.expected.is_empty() {
        mark = mark.label(&fault.expected);
    }
    let mut snippet = Snippet::source(&source.text).path(&source.name).annotation(mark);
    let mut elsewhere = Vec::new();
    for (place, words) in &fault.because {
        let other = sources.get(place.source);
        let mark = AnnotationKind::Context.span(shown(&other.text, place.range.clone())).label(words);
        if place.source == fault.place.source {
            snippet = snippet.annotation(mark);
        } else {
            elsewhere.push(Snippet::source(&other.text).path(&other.name).annotation(mark));
        }
    }
    let level = match fault.code.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let mut report =
        level.primary_title(&fault.message).id(fault.code.name()).element(snippet).elements(elsewhere);
    if !fault.help.is_empty() {
        report = report.element(Level::HELP.message(&fault.help));
    }
    let renderer = match style {
        Style::Plain => Renderer::plain(),
        Style::Colored => Renderer::styled(),
    };
    renderer.render(&[report])
}

/// The stretch to mark: within its first line, at least a character wide where there is one.
fn shown(text: &str, range: std::ops::Range<usize>) -> std::ops::Range<usize> {
    let start = text.floor_char_boundary(range.start);
    let line_end = text[start..].find(['\n', '\r']).map_or(text.len(), |i| start + i);
    let end = text.ceil_char_boundary(range.end).clamp(start, line_end);
    if end > start {
        return start..end;
    }
    let width = text[start..line_end].chars().next().map_or(0, char::len_utf8);
    start..start + width
}
