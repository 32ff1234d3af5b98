//! Lists out of items that say how deep they are.
//!
//! In: blocks with items as word processors write them, one below the other. Out: the same with lists, nested, with the
//! numbers that were printed. Not here: items that somebody has typed (`typed`).

use super::{
    block::{CopiedBlock, CopiedItem, CopiedList, CopiedListItem, Marker, Numbering, Paragraph},
    text,
};

/// Puts items that follow each other into lists.
pub(super) fn gather(blocks: Vec<CopiedBlock>) -> Vec<CopiedBlock> {
    let mut out = Vec::with_capacity(blocks.len());
    let mut items: Vec<CopiedItem> = Vec::new();
    for block in blocks.into_iter().flat_map(inner) {
        match block {
            CopiedBlock::Item(item) => match number(&item.marker, None) {
                // `1.2` is no number of a list: it is printed as it was.
                None if item.marker != Marker::Bullet => {
                    close(&mut items, &mut out);
                    out.extend(as_text(item));
                }
                _ => items.push(item),
            },
            CopiedBlock::Paragraph(Paragraph { goes_on: true, text, .. }) if !items.is_empty() => {
                items
                    .last_mut()
                    .into_iter()
                    .for_each(|last| last.blocks.push(CopiedBlock::paragraph(text.clone())));
            }
            other => {
                close(&mut items, &mut out);
                out.push(other);
            }
        }
    }
    close(&mut items, &mut out);
    out
}

/// The same in what a block holds. An item that begins with a table or a quotation stands apart from its list.
fn inner(block: CopiedBlock) -> Vec<CopiedBlock> {
    match block {
        CopiedBlock::List(CopiedList { numbering, items }) => {
            let mut out = Vec::new();
            let mut open = Vec::new();
            for CopiedListItem { number, blocks } in items {
                let blocks = gather(blocks);
                if matches!(blocks.first(), Some(CopiedBlock::Table(_) | CopiedBlock::Quote(_))) {
                    if !open.is_empty() {
                        out.push(CopiedBlock::List(CopiedList {
                            numbering,
                            items: std::mem::take(&mut open),
                        }));
                    }
                    out.extend(blocks);
                } else {
                    open.push(CopiedListItem { number, blocks });
                }
            }
            if !open.is_empty() {
                out.push(CopiedBlock::List(CopiedList { numbering, items: open }));
            }
            out
        }
        CopiedBlock::Item(item) => {
            vec![CopiedBlock::Item(CopiedItem { blocks: gather(item.blocks), ..item })]
        }
        CopiedBlock::Quote(blocks) => vec![CopiedBlock::Quote(gather(blocks))],
        other => vec![other],
    }
}

/// How many lists of items have numbers that are printed in another form.
pub(super) fn other_forms(blocks: &[CopiedBlock]) -> usize {
    let forms = blocks.iter().map(|block| match block {
        CopiedBlock::Item(item) => number(&item.marker, None).filter(|(form, _)| form.is_other()),
        _ => None,
    });
    let mut count = 0;
    let mut above = None;
    for (at, found) in forms.enumerate() {
        let begins = found.is_some() && above != Some(at.wrapping_sub(1));
        count += usize::from(begins);
        above = found.map(|_| at).or(above);
    }
    count
}

fn close(items: &mut Vec<CopiedItem>, out: &mut Vec<CopiedBlock>) {
    if !items.is_empty() {
        let mut items = std::mem::take(items).into_iter().peekable();
        while let Some(level) = items.peek().map(|item| item.level) {
            out.extend(lists(&mut items, level).into_iter().map(CopiedBlock::List));
        }
    }
}

/// The lists of a level, up to an item that stands less deep.
fn lists(items: &mut std::iter::Peekable<std::vec::IntoIter<CopiedItem>>, level: usize) -> Vec<CopiedList> {
    let mut lists: Vec<(CopiedList, NumberForm)> = Vec::new();
    while let Some(item) = items.next_if(|item| item.level >= level) {
        if item.level > level
            && let Some(above) = lists.last_mut().and_then(|(list, _)| list.items.last_mut())
        {
            let deeper = item.level;
            let mut inner = vec![item];
            while let Some(next) = items.next_if(|next| next.level > level) {
                inner.push(next);
            }
            let mut inner = inner.into_iter().peekable();
            while inner.peek().is_some() {
                let level = inner.peek().map_or(deeper, |item| item.level);
                above.blocks.extend(self::lists(&mut inner, level).into_iter().map(CopiedBlock::List));
            }
            continue;
        }
        let before =
            lists.last().map(|(list, form)| (form.clone(), list.items.last().map_or(0, |last| last.number)));
        let (form, number) = number(&item.marker, before.as_ref()).unwrap_or((NumberForm::Bullets, 0));
        let listed = CopiedListItem { number, blocks: item.blocks };
        match lists.last_mut() {
            Some((list, of))
                if *of == form
                    && (form == NumberForm::Bullets
                        || list.items.last().is_some_and(|last| last.number < number)) =>
            {
                list.items.push(listed);
            }
            _ => lists.push((CopiedList { numbering: form.numbering(), items: vec![listed] }, form)),
        }
    }
    lists.into_iter().map(|(list, _)| list).collect()
}

/// How a number is printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum NumberForm {
    Bullets,
    /// What stands before and behind the number: `(`, `)`.
    Number(&'static str, char),
    Letter(bool, &'static str, char),
    Roman(bool, &'static str, char),
}

impl NumberForm {
    fn numbering(&self) -> Numbering {
        match self {
            NumberForm::Bullets => Numbering::Bullets,
            NumberForm::Number(..) | NumberForm::Roman(..) => Numbering::Numbers,
            NumberForm::Letter(..) => Numbering::Letters,
        }
    }

    /// Whether a list of ours prints it in another way.
    pub fn is_other(&self) -> bool {
        !matches!(
            self,
            NumberForm::Bullets | NumberForm::Number("", '.') | NumberForm::Letter(false, "", '.')
        )
    }
}

/// The form and number of a marker, read as the one before it was; `None` if no list counts so.
pub(super) fn number(marker: &Marker, before: Option<&(NumberForm, u64)>) -> Option<(NumberForm, u64)> {
    let Marker::Printed(printed) = marker else { return Some((NumberForm::Bullets, 0)) };
    let opening = if printed.starts_with('(') { "(" } else { "" };
    let inner = printed.strip_prefix('(').unwrap_or(printed);
    let closing = inner.chars().next_back().filter(|c| matches!(c, '.' | ')'))?;
    let inner = inner[..inner.len() - 1].trim();
    if inner.is_empty() || inner.len() > 8 {
        return None;
    }
    if inner.bytes().all(|byte| byte.is_ascii_digit()) {
        let number = inner.parse().ok().filter(|number| *number < 1000)?;
        return Some((NumberForm::Number(opening, closing), number));
    }
    let is_capital = inner.bytes().all(|byte| byte.is_ascii_uppercase());
    if !is_capital && !inner.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return None;
    }
    let lower = inner.to_ascii_lowercase();
    let as_letter = letter(&lower).map(|number| (NumberForm::Letter(is_capital, opening, closing), number));
    let as_roman = roman(&lower).map(|number| (NumberForm::Roman(is_capital, opening, closing), number));
    let goes_on = |found: &Option<(NumberForm, u64)>| match (found, before) {
        (Some((form, number)), Some((of, last))) => form == of && *number == last + 1,
        _ => false,
    };
    match (as_letter, as_roman) {
        (letter, roman) if goes_on(&roman) && !goes_on(&letter) => roman,
        (letter, _) if goes_on(&letter) => letter,
        // A list begins with a or with i.
        (_, Some((form, 1))) => Some((form, 1)),
        (Some(letter), _) => Some(letter),
        (None, roman) => roman,
    }
}

/// a to z, then aa, bb or aa, ab: as far as both are the same.
fn letter(text: &str) -> Option<u64> {
    match text.as_bytes() {
        [one] => Some(u64::from(one - b'a') + 1),
        [b'a', b'a'] => Some(27),
        _ => None,
    }
}

fn roman(text: &str) -> Option<u64> {
    let value = |c: char| {
        ['i', 'v', 'x', 'l', 'c'].iter().position(|of| *of == c).map(|at| [1_i64, 5, 10, 50, 100][at])
    };
    let values = text.chars().map(value).collect::<Option<Vec<i64>>>()?;
    let mut sum: i64 = 0;
    for (at, value) in values.iter().enumerate() {
        let is_less = values.get(at + 1).is_some_and(|next| next > value);
        sum += if is_less { -value } else { *value };
    }
    let sum = u64::try_from(sum).ok()?;
    (1..200).contains(&sum).then_some(sum)
}

/// An item as a paragraph that begins with what was printed before it.
fn as_text(item: CopiedItem) -> Vec<CopiedBlock> {
    let CopiedItem { marker, mut blocks, .. } = item;
    if let (Marker::Printed(marker), Some(CopiedBlock::Paragraph(first))) = (marker, blocks.first_mut()) {
        first.text.splice(0..0, text::plain(&format!("{marker} ")));
    }
    blocks
}
