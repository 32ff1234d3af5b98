//! What came and went between two flows, as a word processor tracks it.
//!
//! In: the flow as it was and as it is. Out: one flow in which each paragraph, row and word says what became of it. Not here: how a Word file
//! says so.

use std::collections::BTreeSet;

use super::{
    flow::{ListRun, Paragraph, Piece, Row, RowKind, TablePiece},
    token::{Token, TokenKind},
};
use crate::in_common::{Places, in_common, likeness, side_by_side};

/// What became of something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    Same,
    Inserted,
    Deleted,
}

/// A paragraph or a table, with what became of it.
#[derive(Debug)]
pub(super) enum MarkedPiece {
    Paragraph(MarkedParagraph),
    Table(MarkedTable),
}

#[derive(Debug)]
pub(super) struct MarkedParagraph {
    /// Its form: as it is, or of what went as it was.
    pub form: Paragraph,
    pub mark: Mark,
    pub tokens: Vec<(Mark, Token)>,
}

#[derive(Debug)]
pub(super) struct MarkedTable {
    /// The table without its rows.
    pub form: TablePiece,
    pub rows: Vec<MarkedRow>,
}

#[derive(Debug)]
pub(super) struct MarkedRow {
    pub kind: RowKind,
    pub mark: Mark,
    pub cells: Vec<MarkedParagraph>,
}

/// A flow in which nothing changed, or all of it came or went.
pub(super) fn all(pieces: Vec<Piece>, mark: Mark) -> Vec<MarkedPiece> {
    pieces.into_iter().map(|piece| whole(piece, mark)).collect()
}

/// Two flows as one.
pub(super) fn merged(was: Vec<Piece>, is: Vec<Piece>) -> Vec<MarkedPiece> {
    let places = places(&was, &is);
    joined(was, is, &places, whole, |was, is| match (was, is) {
        (Piece::Paragraph(was), Piece::Paragraph(is)) => MarkedPiece::Paragraph(paragraph(was, is)),
        (Piece::Table(was), Piece::Table(is)) => MarkedPiece::Table(table(was, is)),
        (_, is) => whole(is, Mark::Inserted),
    })
}

/// Which list of the new flow a list of the old one goes on as: the one that an item of it stands in now.
pub(super) fn lists(was: &[Piece], is: &[Piece], runs: &[ListRun]) -> Vec<Option<usize>> {
    let mut found = vec![None; runs.len()];
    for (old, new) in places(was, is).into_iter().filter_map(|(old, new)| Some((old?, new?))) {
        let item = |piece: &Piece| match piece {
            Piece::Paragraph(paragraph) => paragraph.item,
            Piece::Table(_) => None,
        };
        if let (Some(old), Some(new)) = (item(&was[old]), item(&is[new])) {
            found[old.list].get_or_insert(new.list);
        }
    }
    found
}

/// The notes of two documents, side by side.
pub(super) fn notes(was: &[Vec<Piece>], is: &[Vec<Piece>]) -> Vec<Places> {
    let words = |notes: &[Vec<Piece>]| notes.iter().map(|note| sorted(note.iter().flat_map(words))).collect();
    let (old, new): (Vec<Vec<String>>, Vec<Vec<String>>) = (words(was), words(is));
    side_by_side(&old, &new, |a, b| likeness(&old[a], &new[b]))
}

impl MarkedPiece {
    /// All paragraphs of it.
    fn paragraphs(&mut self) -> Vec<&mut MarkedParagraph> {
        match self {
            MarkedPiece::Paragraph(paragraph) => vec![paragraph],
            MarkedPiece::Table(table) => table.rows.iter_mut().flat_map(|row| &mut row.cells).collect(),
        }
    }
}

/// The notes to which something refers that is there before and after.
pub(super) fn kept_notes(pieces: &mut [MarkedPiece]) -> BTreeSet<usize> {
    let paragraphs = pieces.iter_mut().flat_map(MarkedPiece::paragraphs);
    let tokens = paragraphs.flat_map(|paragraph| &paragraph.tokens);
    let notes = tokens.filter_map(|(mark, token)| match token.kind {
        TokenKind::Note(nth) if *mark == Mark::Same => Some(nth),
        _ => None,
    });
    notes.collect()
}

/// Puts notes into the order in which the text refers to them, for LibreOffice takes them so whatever their numbers.
pub(super) fn in_order(pieces: &mut [MarkedPiece], notes: Vec<Vec<MarkedPiece>>) -> Vec<Vec<MarkedPiece>> {
    let mut order: Vec<usize> = Vec::new();
    let tokens =
        pieces.iter_mut().flat_map(MarkedPiece::paragraphs).flat_map(|paragraph| &mut paragraph.tokens);
    for (_, token) in tokens {
        if let TokenKind::Note(nth) = &mut token.kind {
            let known = order.iter().position(|known| known == nth);
            *nth = known.unwrap_or_else(|| {
                order.push(*nth);
                order.len() - 1
            });
        }
    }
    let mut notes: Vec<Option<Vec<MarkedPiece>>> = notes.into_iter().map(Some).collect();
    let mut found: Vec<Vec<MarkedPiece>> =
        order.into_iter().filter_map(|nth| notes.get_mut(nth)?.take()).collect();
    found.extend(notes.into_iter().flatten());
    found
}

/// What a piece is compared by.
#[derive(PartialEq)]
enum Key<'p> {
    Paragraph(super::flow::Style, Option<usize>, &'p [Token]),
    Table(Vec<Vec<&'p [Token]>>),
}

fn key(piece: &Piece) -> Key<'_> {
    match piece {
        Piece::Paragraph(paragraph) => {
            Key::Paragraph(paragraph.style, paragraph.item.map(|item| item.level), &paragraph.tokens)
        }
        Piece::Table(table) => Key::Table(
            table.rows.iter().map(|row| row.cells.iter().map(|cell| &*cell.tokens).collect()).collect(),
        ),
    }
}

fn places(was: &[Piece], is: &[Piece]) -> Vec<Places> {
    let keys = |pieces: &'_ [Piece]| -> Vec<Vec<String>> {
        pieces.iter().map(|piece| sorted(words(piece))).collect()
    };
    let (old_words, new_words) = (keys(was), keys(is));
    let (old, new): (Vec<Key<'_>>, Vec<Key<'_>>) =
        (was.iter().map(key).collect(), is.iter().map(key).collect());
    side_by_side(&old, &new, |a, b| match (&old[a], &new[b]) {
        (Key::Paragraph(style, level, _), Key::Paragraph(other, other_level, _))
            if (style, level) == (other, other_level) =>
        {
            likeness(&old_words[a], &new_words[b])
        }
        // A table of other columns is another table; one of which every row has changed may still be the same one.
        (Key::Table(old), Key::Table(new)) if columns(old) == columns(new) => {
            likeness(&old_words[a], &new_words[b]).max(1)
        }
        _ => 0,
    })
}

fn columns(rows: &[Vec<&[Token]>]) -> Option<usize> {
    rows.first().map(Vec::len)
}

fn words(piece: &Piece) -> Vec<String> {
    let of = |paragraph: &Paragraph| -> Vec<String> {
        paragraph.tokens.iter().filter(|token| !token.is_space()).map(Token::text).collect()
    };
    match piece {
        Piece::Paragraph(paragraph) => of(paragraph),
        Piece::Table(table) => table.rows.iter().flat_map(|row| &row.cells).flat_map(of).collect(),
    }
}

fn sorted(words: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut words: Vec<String> = words.into_iter().collect();
    words.sort_unstable();
    words
}

/// Two lists as one, by where their items stand side by side.
fn joined<T, M>(
    was: Vec<T>,
    is: Vec<T>,
    places: &[Places],
    whole: impl Fn(T, Mark) -> M,
    both: impl Fn(T, T) -> M,
) -> Vec<M> {
    let (mut was, mut is) = (was.into_iter(), is.into_iter());
    let mut found = Vec::new();
    for place in places {
        let (old, new) = (place.0.and_then(|_| was.next()), place.1.and_then(|_| is.next()));
        found.extend(match (old, new) {
            (Some(old), Some(new)) => Some(both(old, new)),
            (Some(old), None) => Some(whole(old, Mark::Deleted)),
            (None, Some(new)) => Some(whole(new, Mark::Inserted)),
            (None, None) => None,
        });
    }
    found
}

fn whole(piece: Piece, mark: Mark) -> MarkedPiece {
    match piece {
        Piece::Paragraph(form) => MarkedPiece::Paragraph(whole_paragraph(form, mark)),
        Piece::Table(mut form) => {
            let rows = std::mem::take(&mut form.rows);
            MarkedPiece::Table(MarkedTable {
                form,
                rows: rows.into_iter().map(|row| whole_row(row, mark)).collect(),
            })
        }
    }
}

pub(super) fn whole_paragraph(mut form: Paragraph, mark: Mark) -> MarkedParagraph {
    let tokens = std::mem::take(&mut form.tokens).into_iter().map(|token| (mark, token)).collect();
    MarkedParagraph { form, mark, tokens }
}

fn whole_row(row: Row, mark: Mark) -> MarkedRow {
    let cells = row.cells.into_iter().map(|cell| whole_paragraph(cell, mark)).collect();
    MarkedRow { kind: row.kind, mark, cells }
}

pub(super) fn paragraph(was: Paragraph, mut is: Paragraph) -> MarkedParagraph {
    let tokens = tokens(was.tokens, std::mem::take(&mut is.tokens));
    MarkedParagraph { form: is, mark: Mark::Same, tokens }
}

fn table(was: TablePiece, mut is: TablePiece) -> MarkedTable {
    let (old, new) = (was.rows, std::mem::take(&mut is.rows));
    let cells = |rows: &[Row]| -> Vec<(RowKind, Vec<String>)> {
        rows.iter().map(|row| (row.kind, row.cells.iter().map(Paragraph::text).collect())).collect()
    };
    let bags = |rows: &[Row]| -> Vec<Vec<String>> {
        let words =
            |row: &Row| sorted(row.cells.iter().flat_map(|cell| words(&Piece::Paragraph(cell.clone()))));
        rows.iter().map(words).collect()
    };
    let (old_bags, new_bags) = (bags(&old), bags(&new));
    let places = side_by_side(&cells(&old), &cells(&new), |a, b| {
        match (old[a].kind, old[a].cells.len()) == (new[b].kind, new[b].cells.len()) {
            true if old[a].kind == RowKind::Head => 100,
            true => likeness(&old_bags[a], &new_bags[b]),
            false => 0,
        }
    });
    let both = |was: Row, is: Row| {
        let cells = was.cells.into_iter().zip(is.cells).map(|(was, is)| paragraph(was, is)).collect();
        MarkedRow { kind: is.kind, mark: Mark::Same, cells }
    };
    MarkedTable { form: is, rows: joined(old, new, &places, whole_row, both) }
}

/// The tokens of two texts as one: what went stands before what came.
fn tokens(was: Vec<Token>, is: Vec<Token>) -> Vec<(Mark, Token)> {
    let same = in_common(&was, &is);
    let mut stretches: Vec<(Mark, Vec<Token>, Vec<Token>)> = Vec::new();
    let (mut old, mut new) = (was.into_iter(), is.into_iter());
    let mut at = (0, 0);
    for next in same.into_iter().map(Some).chain([None]) {
        let (a, b) = next.unwrap_or((usize::MAX, usize::MAX));
        let gone: Vec<Token> = old.by_ref().take(a.saturating_sub(at.0)).collect();
        let came: Vec<Token> = new.by_ref().take(b.saturating_sub(at.1)).collect();
        if !gone.is_empty() || !came.is_empty() {
            stretches.push((Mark::Inserted, gone, came));
        }
        if next.is_none() {
            break;
        }
        at = (a + 1, b + 1);
        let (_, Some(token)) = (old.next(), new.next()) else { break };
        match stretches.last_mut() {
            Some((Mark::Same, _, tokens)) => tokens.push(token),
            _ => stretches.push((Mark::Same, Vec::new(), vec![token])),
        }
    }
    whole_phrases(stretches)
}

/// What is the same between two changes and is nothing but space goes and comes with them: a reader sees a phrase, not words.
fn whole_phrases(stretches: Vec<(Mark, Vec<Token>, Vec<Token>)>) -> Vec<(Mark, Token)> {
    let last = stretches.len().saturating_sub(1);
    let mut phrases: Vec<(Mark, Vec<Token>, Vec<Token>)> = Vec::new();
    for (at, (mark, gone, came)) in stretches.into_iter().enumerate() {
        let is_between = mark == Mark::Same && at > 0 && at < last && came.iter().all(Token::is_space);
        match phrases.last_mut() {
            Some((Mark::Inserted, old, new)) if is_between => {
                old.extend(came.iter().cloned());
                new.extend(came);
            }
            Some((Mark::Inserted, old, new)) if mark == Mark::Inserted => {
                old.extend(gone);
                new.extend(came);
            }
            _ => phrases.push((mark, gone, came)),
        }
    }
    let mut found = Vec::new();
    for (mark, gone, came) in phrases {
        found.extend(gone.into_iter().map(|token| (Mark::Deleted, token)));
        found.extend(came.into_iter().map(|token| (mark, token)));
    }
    found
}
