//! Lists that somebody has typed.
//!
//! In: paragraphs, some of which begin with a bullet, a number or a letter. Out: items in their place, where it is sure
//! that a list was meant. Not here: lists of word processors.
//!
//! A bullet and a blank are sure. A number is only if the next or the last that was typed is its neighbor: a memo may well
//! begin a paragraph with "5. November".

use super::{
    block::{CopiedBlock, CopiedItem, Marker, Paragraph},
    counts::Counts,
    text::{Mark, Sign, Signs},
};

const BULLETS: [char; 15] = ['•', '·', '▪', '‣', '◦', '●', '○', '■', '□', '➢', '–', '—', '−', '‑', '‐'];

/// What a paragraph begins with.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Begins {
    Bullet(char),
    /// A star, which may stand for a remark below.
    Star,
    Number(u64),
    Letter(u64),
}

/// A paragraph that begins as an item does.
struct Found {
    /// Its place among the blocks.
    at: usize,
    begins: Begins,
    indent: usize,
    /// How many signs the mark takes, with the blank behind it.
    first: usize,
    /// The same with the bullets behind it.
    length: usize,
}

/// Puts items where items were typed.
pub(super) fn items(blocks: Vec<CopiedBlock>, counts: &mut Counts) -> Vec<CopiedBlock> {
    let mut blocks: Vec<CopiedBlock> =
        blocks.into_iter().map(|block| inner(block, counts)).flat_map(split).collect();
    let mut run: Vec<Found> = Vec::new();
    let mut sure: Vec<(Found, usize)> = Vec::new();
    for (at, block) in blocks.iter().enumerate() {
        match block {
            CopiedBlock::Paragraph(paragraph) if !paragraph.goes_on => match begins(paragraph, at) {
                Some(found) => run.push(found),
                None => sure.extend(settled(std::mem::take(&mut run))),
            },
            CopiedBlock::Paragraph(_) => {}
            _ => sure.extend(settled(std::mem::take(&mut run))),
        }
    }
    sure.extend(settled(run));
    counts.typed += sure.len();
    for (found, level) in sure {
        let block = &mut blocks[found.at];
        if let CopiedBlock::Paragraph(paragraph) = block {
            let mark: String = paragraph.text[..found.first].iter().filter_map(Sign::char).collect();
            let marker = match found.begins {
                Begins::Bullet(_) | Begins::Star => Marker::Bullet,
                _ => Marker::Printed(mark.trim().to_owned()),
            };
            let text = paragraph.text.split_off(found.length);
            *block =
                CopiedBlock::Item(CopiedItem { level, marker, blocks: vec![CopiedBlock::paragraph(text)] });
        }
    }
    blocks
}

/// The same in what a block holds. An item that begins with a bullet once more needs none.
fn inner(block: CopiedBlock, counts: &mut Counts) -> CopiedBlock {
    match block {
        CopiedBlock::List(mut list) => {
            for item in &mut list.items {
                item.blocks = of_item(std::mem::take(&mut item.blocks), counts);
            }
            CopiedBlock::List(list)
        }
        CopiedBlock::Item(item) => {
            CopiedBlock::Item(CopiedItem { blocks: of_item(item.blocks, counts), ..item })
        }
        CopiedBlock::Quote(blocks) => CopiedBlock::Quote(items(blocks, counts)),
        other => other,
    }
}

fn of_item(mut blocks: Vec<CopiedBlock>, counts: &mut Counts) -> Vec<CopiedBlock> {
    if blocks.is_empty() {
        return blocks;
    }
    let mut first = blocks.remove(0);
    if let CopiedBlock::Paragraph(paragraph) = &mut first {
        paragraph.text.drain(..bullets(&paragraph.text));
    }
    let mut out = vec![inner(first, counts)];
    out.extend(items(blocks, counts));
    out
}

/// How many signs the bullets take that a text begins with.
fn bullets(text: &[Sign]) -> usize {
    let mut length = 0;
    while let Some((Begins::Bullet(_), more)) = mark(&text[length..]) {
        length += more;
    }
    length
}

/// A paragraph whose lines begin with bullets, as a paragraph for each.
fn split(block: CopiedBlock) -> Vec<CopiedBlock> {
    let CopiedBlock::Paragraph(paragraph) = block else { return vec![block] };
    let begins_line = |at: &usize| *at == 0 || paragraph.text[at - 1].mark == Mark::Break;
    let lines = (0..paragraph.text.len()).filter(begins_line);
    let marked: Vec<(usize, Begins)> =
        lines.filter_map(|at| Some((at, mark(&paragraph.text[at..])?.0))).collect();
    // One number alone may be that of a day.
    let counted =
        marked.iter().filter(|(_, begins)| matches!(begins, Begins::Number(_) | Begins::Letter(_))).count();
    let is_item = |begins: &Begins| match begins {
        Begins::Bullet(_) => true,
        Begins::Star => false,
        Begins::Number(_) | Begins::Letter(_) => counted > 1,
    };
    let starts: Vec<usize> =
        marked.iter().filter(|(at, begins)| *at > 0 && is_item(begins)).map(|(at, _)| *at).collect();
    if starts.is_empty() {
        return vec![CopiedBlock::Paragraph(paragraph)];
    }
    let mut parts = Vec::new();
    let mut rest: Signs = paragraph.text;
    for start in starts.into_iter().rev() {
        parts.push(rest.split_off(start));
        rest.pop();
    }
    parts.push(rest);
    parts.reverse();
    let Paragraph { indent, goes_on, .. } = paragraph;
    parts.into_iter().map(|text| CopiedBlock::Paragraph(Paragraph { text, indent, goes_on })).collect()
}

fn begins(paragraph: &Paragraph, at: usize) -> Option<Found> {
    let (begins, first) = mark(&paragraph.text)?;
    let length = first + bullets(&paragraph.text[first..]);
    Some(Found { at, begins, indent: paragraph.indent, first, length })
}

/// What a text begins with, and how long that is.
fn mark(text: &[Sign]) -> Option<(Begins, usize)> {
    let start: Vec<char> = text.iter().take(5).map_while(Sign::char).collect();
    let word = start.iter().position(|c| c.is_whitespace())?;
    let behind = text.get(word + 1).and_then(Sign::char)?;
    let begins = match start[..word] {
        ['*'] => Begins::Star,
        ['o'] if behind.is_uppercase() => Begins::Bullet('o'),
        ['-'] if !behind.is_ascii_digit() => Begins::Bullet('-'),
        [c] if BULLETS.contains(&c) => Begins::Bullet(c),
        [letter @ 'a'..='z', '.'] => Begins::Letter(u64::from(u32::from(letter) - u32::from('a')) + 1),
        [ref digits @ .., '.'] if !digits.is_empty() && digits.iter().all(char::is_ascii_digit) => {
            let number: String = digits.iter().collect();
            Begins::Number(number.parse().ok().filter(|number| *number < 100)?)
        }
        _ => return None,
    };
    Some((begins, word + 1))
}

/// Which paragraphs of a run are items, and how deep each is.
fn settled(run: Vec<Found>) -> Vec<(Found, usize)> {
    let count = |found: &Found| match found.begins {
        Begins::Number(number) => Some((false, number)),
        Begins::Letter(number) => Some((true, number)),
        _ => None,
    };
    let stars = run.iter().filter(|found| found.begins == Begins::Star).count();
    let mut is_item = vec![false; run.len()];
    // The last number and the last letter.
    let mut last: [Option<(usize, u64)>; 2] = [None, None];
    for (at, found) in run.iter().enumerate() {
        match count(found) {
            Some((is_letter, number)) => {
                let last = &mut last[usize::from(is_letter)];
                if let Some((before, of)) = *last
                    && of + 1 == number
                {
                    (is_item[before], is_item[at]) = (true, true);
                }
                *last = Some((at, number));
            }
            None => is_item[at] = found.begins != Begins::Star || stars > 1,
        }
    }
    let mut open: Vec<(usize, u8)> = Vec::new();
    let mut out = Vec::new();
    for (found, is_item) in run.into_iter().zip(is_item) {
        if !is_item {
            open.clear();
            continue;
        }
        let kind = kind(&found.begins);
        let is_known = |open: &[(usize, u8)]| open.iter().any(|(_, of)| *of == kind);
        while let Some((indent, of)) = open.last().copied() {
            // Numbers below bullets are a list of their own, bullets below numbers part of an item.
            let may_nest = of != kind && !(of > 1 && kind < 2) && !is_known(&open);
            let is_deeper = found.indent > indent || found.indent == indent && may_nest;
            if is_deeper || found.indent == indent && of == kind {
                break;
            }
            open.pop();
        }
        if open.last() != Some(&(found.indent, kind)) {
            open.push((found.indent, kind));
        }
        out.push((found, open.len().min(9)));
    }
    out
}

/// Items of a kind stand equally deep, if blanks do not say otherwise.
fn kind(begins: &Begins) -> u8 {
    match begins {
        Begins::Number(_) => 0,
        Begins::Letter(_) => 1,
        Begins::Star => 2,
        Begins::Bullet('-' | '–' | '—' | '−' | '‑' | '‐') => 3,
        Begins::Bullet('o' | '◦' | '○') => 4,
        Begins::Bullet('▪' | '■' | '□') => 5,
        Begins::Bullet(_) => 6,
    }
}
