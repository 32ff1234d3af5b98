//! What was sent and what came back, as rows of units: paragraphs, and rows of tables with their cells.
//!
//! In: a copy that was sent, what a Word file says now. Out: [`SentUnit`]s, [`ReturnedUnit`]s. Not here: which is which (`pairs`).

use crate::{
    document::{PlacedWord, words_of},
    word::{
        SentCopy,
        read::{TextRevision, WordBlock, WordParagraph, WordRun, WordText, paragraphs},
    },
};

/// What a text cell says, and its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct CellText {
    pub text: String,
    pub words: Vec<PlacedWord>,
}

impl CellText {
    pub fn new(text: String) -> CellText {
        CellText { words: words_of(&text), text }
    }

    /// What stands from one word to another, without the latter.
    pub fn said(&self, range: std::ops::Range<usize>) -> &str {
        match (self.words.get(range.start), range.end.checked_sub(1).and_then(|last| self.words.get(last))) {
            (Some(first), Some(last)) if range.start < range.end => {
                &self.text[first.range.start..last.range.end]
            }
            _ => "",
        }
    }

    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }
}

/// A paragraph or a row as it was sent.
#[derive(Debug)]
pub(super) struct SentUnit {
    /// What its cells are known by: their bookmarks, and what the file calls them.
    pub names: Vec<String>,
    pub cells: Vec<CellText>,
    pub is_row: bool,
}

/// A paragraph or a row as it came back.
#[derive(Debug)]
pub(super) struct ReturnedUnit {
    pub names: Vec<String>,
    pub cells: Vec<CellText>,
    /// The running text of its cells.
    pub runs: Vec<Vec<WordRun>>,
    pub is_row: bool,
    pub page: Option<usize>,
    /// What it is made of, to be written as Markdown.
    pub blocks: Vec<WordBlock>,
    /// How deep it stands in a list.
    pub level: Option<usize>,
    /// Where it stands.
    pub region: Region,
    /// Who deleted something in it, by the place among the file's authors.
    pub went: Option<usize>,
}

/// Where something stands in a Word file. Only in the text does the order of paragraphs say anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Region {
    Text,
    /// Above its pages.
    Header,
    Note,
}

/// The units of a copy.
pub(super) fn sent(copy: &SentCopy) -> Vec<SentUnit> {
    let mut units: Vec<SentUnit> = Vec::new();
    let mut last_row = None;
    for paragraph in &copy.paragraphs {
        // The cells of a row have its place in common: "ccrov_b12_r3".
        let row = paragraph.place.rsplit_once("_c").map(|(row, _)| row).filter(|row| row.contains("_r"));
        let names = [paragraph.place.clone(), paragraph.id.to_string()];
        let cell = CellText::new(paragraph.text.clone());
        match units.last_mut().filter(|_| row.is_some() && row == last_row) {
            Some(open) => {
                open.names.extend(names);
                open.cells.push(cell);
            }
            None => units.push(SentUnit { names: names.into(), cells: vec![cell], is_row: row.is_some() }),
        }
        last_row = row;
    }
    units
}

/// The units of a file.
pub(super) fn returned(file: &WordText) -> Vec<ReturnedUnit> {
    let mut units = Vec::new();
    add(&file.headers, Region::Header, &mut units);
    add(&file.blocks, Region::Text, &mut units);
    for note in file.notes.values() {
        add(note, Region::Note, &mut units);
    }
    // Nobody reads blank paragraphs.
    units.retain(|unit| unit.is_row || !unit.cells.iter().all(CellText::is_empty) || !unit.names.is_empty());
    units
}

fn add(blocks: &[WordBlock], region: Region, units: &mut Vec<ReturnedUnit>) {
    for block in blocks {
        match block {
            WordBlock::Paragraph(paragraph) if paragraph.is_there() => {
                let runs: Vec<WordRun> = live(paragraph);
                units.push(ReturnedUnit {
                    names: names(paragraph),
                    cells: vec![CellText::new(text(&runs))],
                    runs: vec![runs],
                    is_row: false,
                    page: paragraph.page,
                    blocks: vec![block.clone()],
                    level: paragraph.item.as_ref().map(|item| item.level),
                    region,
                    went: went(paragraph),
                });
            }
            WordBlock::Paragraph(_) => {}
            WordBlock::Table(table) => {
                for row in &table.rows {
                    let mut unit = ReturnedUnit {
                        names: Vec::new(),
                        cells: Vec::new(),
                        runs: Vec::new(),
                        is_row: true,
                        page: None,
                        blocks: Vec::new(),
                        level: None,
                        region,
                        went: None,
                    };
                    for cell in row.cells.iter().filter(|cell| cell.rows > 0) {
                        let mut inner = Vec::new();
                        paragraphs(&cell.blocks, &mut inner);
                        inner.retain(|paragraph| paragraph.is_there());
                        unit.went = unit.went.or_else(|| inner.iter().find_map(|paragraph| went(paragraph)));
                        let runs: Vec<Vec<WordRun>> = inner.iter().map(|paragraph| live(paragraph)).collect();
                        let texts: Vec<String> = runs.iter().map(|runs| text(runs)).collect();
                        unit.names.extend(inner.iter().flat_map(|paragraph| names(paragraph)));
                        unit.page = unit.page.or_else(|| inner.first().and_then(|first| first.page));
                        unit.cells.push(CellText::new(texts.join("\n")));
                        unit.runs.push(joined(runs));
                    }
                    units.push(unit);
                }
            }
        }
    }
}

/// Runs of paragraphs of a cell, with a line end between.
fn joined(paragraphs: Vec<Vec<WordRun>>) -> Vec<WordRun> {
    let mut out: Vec<WordRun> = Vec::new();
    for (nth, runs) in paragraphs.into_iter().enumerate() {
        if nth > 0 {
            out.push(WordRun::plain("\n"));
        }
        out.extend(runs);
    }
    out
}

/// Who deleted something in a paragraph.
fn went(paragraph: &WordParagraph) -> Option<usize> {
    paragraph.runs.iter().find_map(|run| match run.fate {
        TextRevision::Went(author) => Some(author),
        _ => None,
    })
}

fn live(paragraph: &WordParagraph) -> Vec<WordRun> {
    paragraph.runs.iter().filter(|run| run.is_there()).cloned().collect()
}

fn text(runs: &[WordRun]) -> String {
    runs.iter().map(WordRun::words).collect()
}

/// What a paragraph is known by, if it is one of ours.
fn names(paragraph: &WordParagraph) -> Vec<String> {
    let places = paragraph.places.iter().filter(|place| place.starts_with("ccrov_b"));
    places.chain(&paragraph.id).cloned().collect()
}
