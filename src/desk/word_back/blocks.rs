//! Whole paragraphs, items and rows of the memo's Markdown: how they are taken out, and where another one goes.
//!
//! In: a text with its units. Out: stretches, and what stands there instead; or why it has to be done by hand. Not here: single words.

use std::ops::Range;

use super::{
    source::SourceText,
    units::{Region, ReturnedUnit},
};
use crate::{
    document::{PlacedKind, PlacedUnit},
    paste,
    word::read::{WordBlock, WordText},
};

type ByHand = &'static str;

const CHILDREN: ByHand = "it stands above items of its own";
const NOTE: ByHand = "it is a footnote: write its mark and its text in the memo";
const KINDS: ByHand = "it stands between a list, a table and text; put it there in the memo";

/// The lines of a unit, to be taken out.
pub(super) fn without(text: &SourceText, unit: &PlacedUnit) -> Result<Range<usize>, ByHand> {
    if unit.kind == PlacedKind::Note {
        return Err(NOTE);
    }
    if unit.kind == PlacedKind::Head {
        return Err("it heads the columns of a table");
    }
    let own = own(text, unit)?;
    let is_tag = |word: &&crate::document::PlacedWord| word.is_filled && !word.word.starts_with("{{");
    if unit.cells.iter().flatten().any(|word| is_tag(&word)) {
        return Err("a template decides whether it is printed");
    }
    let start = text.text[..own.start].rfind('\n').map_or(0, |line| line + 1);
    let mut end = text.text[own.end..].find('\n').map_or(text.text.len(), |line| own.end + line + 1);
    // One blank line is left between what stands above and below.
    let is_alone = text.text[..start].ends_with("\n\n") || start == 0;
    if is_alone && text.text[end..].starts_with('\n') {
        end += 1;
    }
    Ok(start..end)
}

/// Where a unit stands, without what stands in it.
fn own(text: &SourceText, unit: &PlacedUnit) -> Result<Range<usize>, ByHand> {
    let Some(item) = unit.items.last() else { return Ok(trimmed(text, unit.span.clone())) };
    let others =
        text.units.iter().filter(|other| other.span != unit.span && other.items.contains(item)).count();
    match (others, &text.text[item.start..unit.span.start]) {
        (0, _) => Ok(trimmed(text, item.clone())),
        // A later paragraph of an item is a paragraph.
        (_, before) if before.contains('\n') => Ok(trimmed(text, unit.span.clone())),
        _ => Err(CHILDREN),
    }
}

fn trimmed(text: &SourceText, range: Range<usize>) -> Range<usize> {
    let words = &text.text[range.clone()];
    range.start..range.start + words.trim_end().len()
}

/// What a unit says as it is written, without what stands before an item.
pub(super) fn said(text: &SourceText, unit: &PlacedUnit) -> Result<String, ByHand> {
    let own = own(text, unit)?;
    let said = &text.text[own];
    let marked = said.trim_start_matches(|c: char| c.is_ascii_digit());
    Ok(match !unit.items.is_empty() {
        true => marked.trim_start_matches(['-', '*', '+', '.', ')']).trim_start().to_owned(),
        false => said.to_owned(),
    })
}

/// What came, as Markdown without what stands before an item.
pub(super) fn markdown(unit: &ReturnedUnit) -> Result<String, ByHand> {
    if unit.region == Region::Note {
        return Err(NOTE);
    }
    let mut blocks = unit.blocks.clone();
    for block in &mut blocks {
        if let WordBlock::Paragraph(paragraph) = block {
            paragraph.item = None;
        }
    }
    let pasted = paste::from_word(&blocks, &WordText::default(), "");
    if pasted.report.counts.lost_notes > 0 {
        return Err(NOTE);
    }
    Ok(pasted.markdown.trim_end().to_owned())
}

/// A row that came.
pub(super) fn row(unit: &ReturnedUnit) -> String {
    let cells: Vec<String> = unit.runs.iter().map(|runs| paste::inline(runs, true)).collect();
    format!("| {} |", cells.join(" | "))
}

/// Where something goes that came after a unit, and how it is written there.
pub(super) fn after(
    text: &SourceText,
    above: &PlacedUnit,
    unit: &ReturnedUnit,
    said: &str,
) -> Result<(usize, String), ByHand> {
    let is_row = matches!(above.kind, PlacedKind::Row | PlacedKind::Head);
    if above.kind == PlacedKind::Note {
        return Err(NOTE);
    }
    match (unit.is_row, is_row) {
        (true, true) if unit.cells.len() == above.cells.len() => {
            let mut end = line_end(text, above.span.start);
            // Below the names stands the line that parts them from the rows.
            if above.kind == PlacedKind::Head {
                end = line_end(text, (end + 1).min(text.text.len()));
            }
            Ok((end, format!("\n{said}")))
        }
        (true, true) => Err("the row has other cells than its table"),
        (true, false) => Err("it is a new table; copy it in Word and paste it into the memo"),
        (false, true) => {
            let rows = text.units.iter().skip_while(|other| other.span != above.span);
            let last =
                rows.take_while(|other| matches!(other.kind, PlacedKind::Row | PlacedKind::Head)).last();
            let end = line_end(text, last.map_or(above.span.start, |last| last.span.start));
            if unit.level.is_some() {
                return Err(KINDS);
            }
            Ok((end, format!("\n\n{said}")))
        }
        (false, false) => match (unit.level, above.items.len()) {
            (None, 0) => Ok((trimmed(text, above.span.clone()).end, format!("\n\n{said}"))),
            (None, _) => Ok((trimmed(text, above.items[0].clone()).end, format!("\n\n{said}"))),
            (Some(_), 0) => {
                Ok((trimmed(text, above.span.clone()).end, format!("\n\n- {}", indented(said, 2))))
            }
            (Some(level), depth) => item(text, above, level, depth, said),
        },
    }
}

/// An item beside another one, or below it.
fn item(
    text: &SourceText,
    above: &PlacedUnit,
    level: usize,
    depth: usize,
    said: &str,
) -> Result<(usize, String), ByHand> {
    let beside = &above.items[level.min(depth) - 1];
    let line = text.text[..beside.start].rfind('\n').map_or(0, |line| line + 1);
    let indent = beside.start - line;
    let marker: String = text.text[beside.start..].chars().take_while(|c| !c.is_whitespace()).collect();
    let end = trimmed(text, beside.clone()).end;
    if level > depth {
        let indent = indent + marker.chars().count() + 1;
        let above_end = trimmed(text, above.span.clone()).end;
        return Ok((above_end, format!("\n{}- {}", " ".repeat(indent), indented(said, indent + 2))));
    }
    let figures: String = marker.chars().take_while(char::is_ascii_digit).collect();
    let marker = match figures.parse::<u64>() {
        Ok(number) => format!("{}{}", number + 1, &marker[figures.len()..]),
        Err(_) => marker,
    };
    let between = if is_loose(&text.text, beside, line) { "\n\n" } else { "\n" };
    let width = indent + marker.chars().count() + 1;
    Ok((end, format!("{between}{}{marker} {}", " ".repeat(indent), indented(said, width))))
}

/// Whether blank lines stand between the items of a list; `line` is where the item's own line begins. What stands behind the last item parts
/// it from what follows the list, and says nothing of this.
fn is_loose(text: &str, item: &Range<usize>, line: usize) -> bool {
    // What marks an item of the same list: another list has another mark.
    let mark = |line: &str| {
        let line = line.trim_start();
        let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
        (rest.len() < line.len(), rest.chars().next().filter(|c| "-*+.)".contains(*c)))
    };
    let own = mark(&text[item.clone()]);
    let is_item = |line: &str| mark(line) == own;
    let above = text[..line].trim_end().lines().next_back().unwrap_or_default();
    match text[item.end..].lines().next().is_some_and(is_item) {
        true => text[item.clone()].ends_with("\n\n"),
        false => text[..line].ends_with("\n\n") && (is_item(above) || above.starts_with("  ")),
    }
}

/// Where something goes that came before a unit.
pub(super) fn before(
    text: &SourceText,
    below: &PlacedUnit,
    unit: &ReturnedUnit,
    said: &str,
) -> Result<(usize, String), ByHand> {
    let is_plain =
        |of: &PlacedUnit| of.items.is_empty() && matches!(of.kind, PlacedKind::Text | PlacedKind::Heading);
    match is_plain(below) && !unit.is_row && unit.level.is_none() {
        true => {
            let line = text.text[..below.span.start].rfind('\n').map_or(0, |line| line + 1);
            Ok((line, format!("{said}\n\n")))
        }
        false => Err(KINDS),
    }
}

fn line_end(text: &SourceText, at: usize) -> usize {
    text.text[at..].find('\n').map_or(text.text.len(), |line| at + line)
}

/// Text whose later lines stand as far in as its first.
fn indented(said: &str, width: usize) -> String {
    said.lines().collect::<Vec<_>>().join(&format!("\n{}", " ".repeat(width)))
}
