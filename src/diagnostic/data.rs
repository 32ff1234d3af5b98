//! A fault as data for other programs: editors, checks that run by themselves.
//!
//! In: a fault and its texts. Out: what serialises. Not here: what is printed for people.

use serde::Serialize;

use super::{Diagnostic, Place, Severity, Sources};

/// A fault; lines and columns are counted from 1, columns in characters.
#[derive(Serialize)]
pub(super) struct Fault<'a> {
    code: &'static str,
    severity: &'static str,
    message: &'a str,
    expected: &'a str,
    help: &'a str,
    file: &'a str,
    line: usize,
    column: usize,
    /// The place after the last character.
    end_line: usize,
    end_column: usize,
    /// What stands there.
    text: &'a str,
    /// Other places that led to it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    because: Vec<Because<'a>>,
}

#[derive(Serialize)]
struct Because<'a> {
    message: &'a str,
    file: &'a str,
    line: usize,
    column: usize,
}

/// A fault with the lines that it stands in.
pub(super) fn view<'a>(fault: &'a Diagnostic, sources: &'a Sources) -> Fault<'a> {
    let source = sources.get(fault.place.source);
    let range = fault.place.range.clone();
    let (line, column) = sources.line_and_column(&fault.place);
    let (end_line, end_column) = sources.line_and_column(&fault.place.source.at(range.end..range.end));
    Fault {
        code: fault.code.name(),
        severity: match fault.code.severity() {
            Severity::Error => "error",
            Severity::Warning => "warning",
        },
        message: &fault.message,
        expected: &fault.expected,
        help: &fault.help,
        file: &source.name,
        line,
        column,
        end_line,
        end_column,
        text: source.text.get(range).unwrap_or_default(),
        because: fault.because.iter().map(|(place, message)| because(place, message, sources)).collect(),
    }
}

fn because<'a>(place: &Place, message: &'a str, sources: &'a Sources) -> Because<'a> {
    let (line, column) = sources.line_and_column(place);
    Because { message, file: &sources.get(place.source).name, line, column }
}
