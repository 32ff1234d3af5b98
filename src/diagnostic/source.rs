//! The texts that faults point into, and places in them.

use std::{
    collections::BTreeSet,
    ops::Range,
    sync::{Arc, OnceLock},
};

/// Which text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct SourceId(usize);

/// A text that was read, with the name people know it by.
#[derive(Debug, Clone)]
pub struct Source {
    /// The path from the working folder, with forward slashes: `memos/2021/21144.yaml`.
    pub name: String,
    /// What stands in it.
    pub text: String,
    /// Where each of its lines but the first begins, once somebody asked.
    line_starts: OnceLock<Vec<usize>>,
}

/// All texts of a run, in the order in which their faults are shown. A copy shares the texts.
#[derive(Debug, Clone, Default)]
pub struct Sources(Vec<Arc<Source>>);

/// A stretch of a text, in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The text.
    pub source: SourceId,
    /// From the first byte to the one after the last.
    pub range: Range<usize>,
}

/// A value with the place where it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub place: Place,
}

impl Source {
    fn new(name: String, text: String) -> Source {
        Source { name, text, line_starts: OnceLock::new() }
    }

    /// The number of the line in which a byte stands, from 1.
    pub(super) fn line_of(&self, at: usize) -> usize {
        let ends = || self.text.match_indices('\n').map(|(end, _)| end + 1).collect();
        let starts: &Vec<usize> = self.line_starts.get_or_init(ends);
        starts.partition_point(|start| *start <= at) + 1
    }
}

impl SourceId {
    /// The start of the text: a fault of the file as a whole.
    pub fn start(self) -> Place {
        self.at(0..0)
    }

    /// A stretch of the text.
    pub fn at(self, range: Range<usize>) -> Place {
        Place { source: self, range }
    }
}

impl Sources {
    /// Takes a text in.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> SourceId {
        self.0.push(Arc::new(Source::new(name.into(), text.into())));
        SourceId(self.0.len() - 1)
    }

    /// Takes in a text that another reading shares with this one.
    pub fn share(&mut self, source: Arc<Source>) -> SourceId {
        self.0.push(source);
        SourceId(self.0.len() - 1)
    }

    /// A text, to be shared with another reading.
    pub fn shared(&self, id: SourceId) -> Arc<Source> {
        Arc::clone(&self.0[id.0])
    }

    /// The text of an id that [`Sources::add`] gave.
    pub fn get(&self, id: SourceId) -> &Source {
        &self.0[id.0]
    }

    /// Puts another text in the place of one, under its name.
    pub fn replace(&mut self, id: SourceId, text: impl Into<String>) {
        let source = &mut self.0[id.0];
        *source = Arc::new(Source::new(source.name.clone(), text.into()));
    }

    /// Gives a text another name.
    pub fn rename(&mut self, id: SourceId, name: &str) {
        name.clone_into(&mut Arc::make_mut(&mut self.0[id.0]).name);
    }

    /// The names of all texts.
    pub fn all_names(&self) -> BTreeSet<&str> {
        self.0.iter().map(|source| source.name.as_str()).collect()
    }

    /// Line and column of a place, both from 1, the column in characters.
    ///
    /// ```
    /// use ccrov::diagnostic::Sources;
    /// let mut sources = Sources::default();
    /// let id = sources.add("memo.yaml", "number: 21144\ndate: soon\n");
    /// assert_eq!(sources.line_and_column(&id.at(20..24)), (2, 7));
    /// ```
    pub fn line_and_column(&self, place: &Place) -> (usize, usize) {
        let source = self.get(place.source);
        let before = &source.text[..source.text.floor_char_boundary(place.range.start)];
        let line_start = before.rfind('\n').map_or(0, |i| i + 1);
        (source.line_of(before.len()), before[line_start..].chars().count() + 1)
    }

    /// The part of a placed value's written text where a piece of the value stands.
    ///
    /// A value is not written as it reads: YAML folds lines and drops indents and quotes. So the
    /// piece is looked for as it is: the piece's k-th occurrence in the value is its k-th in the
    /// written text. If it is not found, the whole value is the place.
    pub fn piece(&self, value: &Placed<String>, piece: Range<usize>) -> Place {
        self.pieces(value).place(piece)
    }

    /// The places of many pieces of a value, found as [`Sources::piece`] finds one.
    pub fn pieces<'a>(&'a self, value: &'a Placed<String>) -> Pieces<'a> {
        let written = self.get(value.place.source).text.get(value.place.range.clone());
        Pieces { value, written: written.unwrap_or_default(), last: (0, 0) }
    }
}

/// The places of pieces of one value. Each is looked for from the one before it on, so that many take no longer than
/// the value is long.
pub struct Pieces<'a> {
    value: &'a Placed<String>,
    written: &'a str,
    /// Where the last piece begins, in the value and as written.
    last: (usize, usize),
}

impl Pieces<'_> {
    /// Where a piece of the value stands; the whole value, if it is not found.
    pub fn place(&mut self, piece: Range<usize>) -> Place {
        let Placed { value, place: whole } = self.value;
        let words = value.get(piece.clone()).unwrap_or_default().trim();
        if words.is_empty() {
            return self.blank(piece);
        }
        if piece.start < self.last.0 {
            self.last = (0, 0);
        }
        let (in_value, in_written) = self.last;
        let before = value.get(in_value..piece.start).unwrap_or_default().matches(words).count();
        match self.written[in_written..].match_indices(words).nth(before) {
            Some((at, _)) => {
                self.last = (piece.start, in_written + at);
                let start = whole.range.start + in_written + at;
                whole.source.at(start..start + words.len())
            }
            None => whole.clone(),
        }
    }

    /// Where white space stands, found by the line that it stands in.
    fn blank(&mut self, piece: Range<usize>) -> Place {
        let Placed { value, place: whole } = self.value;
        let start = value.get(..piece.start).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1);
        let end = value
            .get(piece.end..)
            .map_or(value.len(), |rest| piece.end + rest.find('\n').unwrap_or(rest.len()));
        let Some(line) = value.get(start..end).filter(|line| !line.trim().is_empty()) else {
            return whole.clone();
        };
        let begins = start + (line.len() - line.trim_start().len());
        let place = self.place(begins..start + line.trim_end().len());
        let inside = begins <= piece.start && place != *whole;
        match inside {
            true => {
                let at = place.range.start + (piece.start - begins);
                place.source.at(at..at + piece.len())
            }
            false => place,
        }
    }
}
