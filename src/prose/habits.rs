//! What Word habits do to Markdown: lines of a body that would become something else, or vanish.
//!
//! In: a body as it was written. Out: faults at their places. Not here: what the parsed document
//! shows by itself, such as rows that are too wide.

use std::ops::Range;

use super::Fence;
use crate::{
    diagnostic::{Code, Diagnostic, Faults, Sources},
    model::Text,
};

/// A line that Markdown reads in another way than it was meant.
struct Habit {
    code: Code,
    found: &'static str,
    expected: &'static str,
    help: &'static str,
}

/// Bullets that word processors set.
pub(super) const BULLETS: [char; 9] = ['•', '·', '▪', '‣', '◦', '●', '○', '■', '\u{f0b7}'];

const BULLET: Habit = Habit {
    code: Code::WordBullet,
    found: "a bullet from a word processor begins this line",
    expected: "Markdown knows no list here",
    help: "begin the line with `- ` instead, after an empty line",
};
const NUMBER_HEADING: Habit = Habit {
    code: Code::NumberHeading,
    found: "a number sign and a blank begin this line",
    expected: "Markdown makes a heading of it, as large as the memo's own",
    help: "for a heading write ## ; for a number sign put a backslash before it: \\# of ballots",
};
const NUMBER_LIST: Habit = Habit {
    code: Code::NumberList,
    found: "a number with a dot begins this line",
    expected: "Markdown makes a numbered list of it",
    help: "leave a line empty before a list; put a backslash before a dot that is none of a list: 1\\.",
};
const COLON: Habit = Habit {
    code: Code::ColonLine,
    found: "a colon begins this line",
    expected: "Markdown makes a label of the text before it",
    help: "join the line to the one before it, or put a backslash before the colon",
};
const UNDERLINE: Habit = Habit {
    code: Code::UnderlinedText,
    found: "dashes or equals signs underline the text above",
    expected: "Markdown makes a heading of that text",
    help: "leave a line empty before it, for a line across the page; begin a heading with ## instead",
};
const UNDERSCORES: Habit = Habit {
    code: Code::Underscores,
    found: "underscores stand alone in this line",
    expected: "Markdown makes a line across the page of them",
    help: "write what is to be filled in: [blank: telephone]",
};

const INDENTED: Habit = Habit {
    code: Code::IndentedText,
    found: "this text is indented by four spaces or more",
    expected: "Markdown keeps it as it is, in small type",
    help: "begin it where the text before it begins",
};
/// Reports every such line of a body.
pub fn check(body: &Text, sources: &Sources, faults: &mut Faults) {
    let mut before = "";
    let (mut fence, mut listed) = (Fence::default(), false);
    let mut opened = None;
    let mut start = 0;
    let mut pieces = sources.pieces(body);
    for whole in body.value.split_inclusive('\n') {
        let line = whole.trim_end();
        let trimmed = line.trim_start();
        if !fence.holds(line) {
            let indent = line.len() - trimmed.len();
            if let Some(tab) = line[..indent].find('\t') {
                let place = pieces.place(start + tab..start + line.len());
                faults
                    .push(Diagnostic::new(TAB.code, place, TAB.found).expected(TAB.expected).help(TAB.help));
            }
            listed =
                is_item(trimmed) || trimmed.starts_with("[^") || listed && (indent > 0 || trimmed.is_empty());
            let surroundings = LineContext { indent, before, listed };
            if let Some((habit, marked)) = habit(trimmed, &surroundings) {
                let at = start + indent;
                let place = pieces.place(at + marked.start..at + marked.end);
                faults.push(
                    Diagnostic::new(habit.code, place, habit.found).expected(habit.expected).help(habit.help),
                );
            }
        }
        opened = opened.or(Some(start..start + line.len())).filter(|_| fence.is_open());
        let printed = past_tags(trimmed);
        // Nothing is left of a line of tags that ends with `-%}`, not even its end.
        if !printed.is_empty() || !trimmed.ends_with("-%}") {
            before = printed;
        }
        start += whole.len();
    }
    if let Some(fence) = opened {
        let place = sources.piece(body, fence);
        faults.push(
            Diagnostic::new(
                Code::OpenFence,
                place,
                "these marks begin text that is kept as it is, and nothing ends it",
            )
            .expected("all that follows would be kept as it is")
            .help("end it with a line of the same marks, or take them out"),
        );
    }
}

const TAB: Habit = Habit {
    code: Code::TabInText,
    found: "a tab stands in this line",
    expected: "Markdown makes a space of it, or code of the line",
    help: "write a space, as in `1. test`; for columns write a table, for dates at the right edge <!-- leaders -->",
};

/// A line without the `{% ... %}` at its beginning, which print nothing.
fn past_tags(mut line: &str) -> &str {
    while let Some((_, rest)) = line.strip_prefix("{%").and_then(|rest| rest.split_once("%}")) {
        line = rest.trim_start();
    }
    line
}

/// What stands around a line.
struct LineContext<'a> {
    indent: usize,
    before: &'a str,
    /// It belongs to a list.
    listed: bool,
}

/// The habit of a line, and what of the line shows it.
fn habit(line: &str, around: &LineContext<'_>) -> Option<(Habit, Range<usize>)> {
    let &LineContext { indent, before, listed } = around;
    let first = line.chars().next()?;
    let all = 0..line.len();
    if BULLETS.contains(&first) {
        return Some((BULLET, 0..first.len_utf8()));
    }
    if line.len() >= 3 && line.chars().all(|c| c == '_' || c == ' ') {
        return Some((UNDERSCORES, all));
    }
    if indent < 4 && is_text(before) && line.chars().all(|c| c == first) && (first == '=' || first == '-') {
        return Some((UNDERLINE, all));
    }
    if let Some(tab) = line.find('\t') {
        return Some((TAB, tab..tab + 1));
    }
    if indent >= 4 && before.is_empty() && !listed {
        return Some((INDENTED, all));
    }
    let signs = line.len() - line.trim_start_matches('#').len();
    let is_number = signs <= 6 && digits(line[signs..].trim_start()) >= 3;
    if line[signs..].starts_with(' ') && (signs == 1 || signs > 1 && is_number) {
        return Some((NUMBER_HEADING, all));
    }
    if first == ':' && !before.is_empty() {
        return Some((COLON, 0..1));
    }
    let count = digits(line);
    let item = count > 0 && [". ", ") "].iter().any(|mark| line[count..].starts_with(mark));
    let interrupts = &line[..count] == "1" && is_text(before) && indent == 0;
    (item && interrupts).then_some((NUMBER_LIST, 0..count + 1))
}

/// Whether a line begins an item of a list.
pub(super) fn is_item(line: &str) -> bool {
    let bullet = ["- ", "* ", "+ "].iter().any(|mark| line.starts_with(mark));
    bullet || digits(line) > 0 && line[digits(line)..].starts_with(['.', ')'])
}

fn digits(text: &str) -> usize {
    text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len()
}

/// Whether a line is running text, which the next line goes on: no list, table, heading or quote.
fn is_text(line: &str) -> bool {
    let marked = ["> ", "|", "#", "<!--", "{%"].iter().any(|mark| line.starts_with(mark));
    !line.is_empty() && !marked && !is_item(line)
}
