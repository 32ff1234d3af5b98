//! The head of a memo in a Word file: date, number, TO, FROM, RE.
//!
//! In: the blocks of a Word file. Out: [`WordHead`], and where the text begins below it. Not here: who the people are, and the text.

use chrono::NaiveDate;

use crate::{
    model::date,
    word::read::{WordBlock, paragraphs},
};

/// How many blocks are looked through for the head.
const REACH: usize = 40;
/// How many lines of one part can stand without an indent before the next label.
const LINES: usize = 6;

/// What stands above a memo's text.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct WordHead {
    pub number: Option<String>,
    pub date: Option<NaiveDate>,
    /// The lines of TO, FROM, RE.
    pub to: Vec<String>,
    pub from: Vec<String>,
    pub subject: Vec<String>,
    /// Lines that are none of these: the letterhead, CC.
    pub others: Vec<String>,
    /// Which block the text begins with.
    pub body: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Label {
    To,
    From,
    Subject,
    Date,
    Other,
}

/// Finds the head.
pub(super) fn head(blocks: &[WordBlock]) -> WordHead {
    let lines = lines(blocks);
    let mut head = WordHead::default();
    let mut above = Vec::new();
    let mut current = None;
    for (nth, (block, line)) in lines.iter().enumerate() {
        let words = line.split_whitespace().collect::<Vec<_>>().join(" ");
        let goes_on = line.starts_with(char::is_whitespace);
        let next_label = || lines[nth..].iter().take(LINES).any(|(_, line)| label(line).is_some());
        let label = match (label(line), current) {
            (Some((label, rest)), _) => {
                current = Some(label);
                head.body = block + 1;
                head.put(label, rest);
                continue;
            }
            (None, _) if words.is_empty() => continue,
            (None, None) => None,
            // What stands below RE without an indent is text, unless another label follows.
            (None, Some(label)) => (goes_on || next_label()).then_some(label),
        };
        let is_of_head = head.date.is_none() && date::read(&words).is_ok() || number(&words).is_some();
        match label {
            _ if is_of_head => {
                head.date = head.date.or_else(|| date::read(&words).ok());
                head.number = head.number.take().or_else(|| number(&words));
                head.body = block + 1;
            }
            Some(label) => {
                head.body = block + 1;
                head.put(label, &words);
            }
            None if current.is_some() => break,
            None => above.push((*block, words)),
        }
    }
    // Without a head, everything is text.
    let of_head = above.into_iter().filter(|(block, _)| *block < head.body).map(|(_, words)| words);
    head.others = of_head.chain(std::mem::take(&mut head.others)).collect();
    head
}

impl WordHead {
    fn put(&mut self, label: Label, words: &str) {
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        match label {
            _ if words.is_empty() => {}
            Label::To => self.to.push(words),
            Label::From => self.from.push(words),
            Label::Subject => self.subject.push(words),
            Label::Date => match date::read(&words) {
                Ok(day) => self.date = Some(day),
                Err(_) => self.others.push(format!("DATE: {words}")),
            },
            Label::Other => self.others.push(words),
        }
    }
}

/// The lines of the first blocks, each with the place of its block. Rows of a table in which labels stand are lines, too.
fn lines(blocks: &[WordBlock]) -> Vec<(usize, String)> {
    let mut lines = Vec::new();
    for (at, block) in blocks.iter().enumerate().take(REACH) {
        match block {
            WordBlock::Paragraph(paragraph) => {
                let words = paragraph.words();
                // What follows a line end goes on what stands above it.
                let each = words.split('\n').enumerate();
                lines.extend(
                    each.map(|(nth, line)| {
                        (at, if nth == 0 { line.to_owned() } else { format!("\t{line}") })
                    }),
                );
            }
            WordBlock::Table(table) => {
                let rows: Vec<String> = table
                    .rows
                    .iter()
                    .map(|row| {
                        let cells = row.cells.iter().map(|cell| {
                            let mut inner = Vec::new();
                            paragraphs(&cell.blocks, &mut inner);
                            let words = inner.iter().map(|paragraph| paragraph.words());
                            words.collect::<Vec<_>>().join(" ").replace('\n', " ")
                        });
                        cells.collect::<Vec<_>>().join("\t")
                    })
                    .collect();
                if !rows.iter().any(|row| label(row).is_some()) {
                    break;
                }
                lines.extend(rows.into_iter().map(|row| (at, row)));
            }
        }
    }
    lines
}

/// The label that a line begins with, and what stands behind it.
fn label(line: &str) -> Option<(Label, &str)> {
    let (label, rest) = line.trim_start().split_once(':')?;
    let label = match label.trim().to_uppercase().as_str() {
        "TO" => Label::To,
        "FROM" => Label::From,
        "RE" | "SUBJECT" | "SUBJ" => Label::Subject,
        "DATE" => Label::Date,
        "CC" | "BCC" | "VIA" => Label::Other,
        _ => return None,
    };
    Some((label, rest))
}

/// The number of a memo in the line that says that it is one: "(CC/ROV) Memorandum #21144".
fn number(words: &str) -> Option<String> {
    let lower = words.to_lowercase();
    if !lower.contains("memorandum") && !lower.contains("ccrov") && !lower.contains("cc/rov") {
        return None;
    }
    let digits = words.rsplit('#').next()?.trim();
    let number: String = digits.chars().take_while(char::is_ascii_digit).collect();
    (number.len() == 5 && words.contains('#')).then_some(number)
}
