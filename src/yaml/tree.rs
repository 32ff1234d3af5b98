//! YAML text -> a tree in which every value knows its place.
//!
//! In: a file's text. Out: [`Node`]s; duplicate keys and syntax faults go to the sink. Scalars
//! stay text: what a number or a date is, the key decides. Not here: which keys there are.

use std::{collections::BTreeMap, ops::Range};

use saphyr_parser::{Event, Parser, ScalarStyle, Span};

use super::{
    blanks::{self, odd_blank},
    scalar::quoted,
    slip::slip,
    syntax,
};
use crate::{
    controls,
    diagnostic::{Code, Diagnostic, Faults, SourceId},
    words::is_control,
};

/// A file nested deeper than this is a slip of the indent, not a memo.
const DEEPEST: usize = 32;

/// A value with its place.
#[derive(Debug)]
pub(crate) struct Node {
    pub range: Range<usize>,
    pub data: Data,
}

/// What stands there.
#[derive(Debug)]
pub(crate) enum Data {
    Nothing,
    Text(String),
    List(Vec<Node>),
    Map(Vec<(Key, Node)>),
    /// Something that cannot be read, and was reported.
    Broken,
}

/// A key with its place.
#[derive(Debug)]
pub(crate) struct Key {
    pub text: String,
    pub range: Range<usize>,
}

impl Node {
    /// What it is, in the words of the guide.
    pub fn kind(&self) -> &'static str {
        match self.data {
            Data::Nothing => "nothing",
            Data::Text(_) => "text",
            Data::List(_) => "a list",
            Data::Map(_) => "keys with values",
            Data::Broken => "what cannot be read",
        }
    }
}

/// Reads a file. A syntax fault ends the reading; all other faults are collected.
pub(crate) fn read(source: SourceId, text: &str, faults: &mut Faults) -> Option<Node> {
    let mut bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    bytes.push(text.len());
    let mut builder =
        Builder { source, text, bytes, faults, open: Vec::new(), root: None, line: 1, told: None };
    let mut parser = Parser::new_from_str(text);
    while let Some(event) = parser.next_event() {
        match event {
            Ok((event, span)) => builder.take(event, span)?,
            Err(error) => {
                let mut at = builder.byte(error.marker().index());
                if syntax::is_about_a_tab(error.info()) {
                    // The reader names the value before the tab.
                    at += text[at..].find('\t').unwrap_or(0);
                }
                let (range, words) =
                    slip(text, at).unwrap_or_else(|| (at..at, syntax::in_words(error.info())));
                let expected = "the file could not be read further";
                // What was told already is why the reader gave up.
                if builder.told != Some(range.start) {
                    builder.fault(words.code, range, words.found.into_owned(), expected, &words.help);
                }
                return None;
            }
        }
    }
    if builder.root.is_none() {
        builder.fault(
            Code::EmptyFile,
            0..0,
            "the file is empty".to_owned(),
            "keys with values are expected",
            "write it, or remove the file; docs/format.md shows what it holds",
        );
    }
    builder.root
}

pub(super) struct Builder<'a> {
    source: SourceId,
    pub(super) text: &'a str,
    bytes: Vec<usize>,
    faults: &'a mut Faults,
    pub(super) open: Vec<OpenNode>,
    root: Option<Node>,
    /// The line of the value that is being read, from 1.
    line: usize,
    /// Where the last fault stands that may keep the reader from going on.
    pub(super) told: Option<usize>,
}

/// A list or a map that is not closed yet.
pub(super) struct OpenNode {
    start: usize,
    data: Data,
    pub(super) key: Option<Key>,
    /// The line of each key of a map, and that of the last one.
    lines: BTreeMap<String, usize>,
    line: usize,
}

impl Builder<'_> {
    fn byte(&self, character: usize) -> usize {
        self.bytes.get(character).copied().unwrap_or(self.text.len())
    }

    fn range(&self, span: Span) -> Range<usize> {
        self.byte(span.start.index())..self.byte(span.end.index())
    }

    pub(super) fn fault(
        &mut self,
        code: Code,
        range: Range<usize>,
        message: String,
        expected: &str,
        help: &str,
    ) {
        let fault = Diagnostic::new(code, self.source.at(range), message).expected(expected).help(help);
        self.faults.push(fault);
    }

    /// Takes an event in; `None` ends the reading.
    fn take(&mut self, event: Event<'_>, span: Span) -> Option<()> {
        let range = self.range(span);
        self.line = span.start.line();
        match event {
            Event::Scalar(_, _, anchor, ref tag) if anchor > 0 || tag.is_some() => {
                self.fault(
                    Code::YamlSyntax,
                    range.clone(),
                    "a mark for other programs stands before this value (`&` or `!`)".to_owned(),
                    "it has no meaning here",
                    "take it out; put text that begins with & or ! in quotes",
                );
                self.put(Node { range, data: Data::Broken });
            }
            Event::Scalar(text, style, _, _) => self.take_text(text.into_owned(), style, range),
            Event::SequenceStart(..) => self.begin(range, Data::List(Vec::new()))?,
            Event::MappingStart(..) => self.begin(range, Data::Map(Vec::new()))?,
            Event::SequenceEnd | Event::MappingEnd => self.end(range),
            Event::Alias(_) => {
                self.fault(
                    Code::YamlSyntax,
                    range,
                    "a reference to another place of the file (`*name`)".to_owned(),
                    "text, a list or keys are expected",
                    "write the value again; or put the text in quotes if it begins with a star",
                );
                return None;
            }
            Event::DocumentStart(_) if self.root.is_some() => {
                self.fault(
                    Code::YamlSyntax,
                    range,
                    "a second document begins here".to_owned(),
                    "a file holds one",
                    "take the line `---` out; indent it if it belongs to a text",
                );
                return None;
            }
            _ => {}
        }
        Some(())
    }

    fn take_text(&mut self, mut text: String, style: ScalarStyle, range: Range<usize>) {
        let nothing = style == ScalarStyle::Plain && matches!(&*text, "" | "~" | "null");
        let range = match style {
            ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => quoted(self.text, range),
            _ => trimmed(self.text, range),
        };
        if style == ScalarStyle::Plain {
            self.look_at_plain(&text, range.clone());
        }
        self.look_at_lines(style, range.clone());
        controls::check(&text, self.text, self.source.at(range.clone()), self.faults);
        text.retain(|c| !is_control(c));
        let data = if nothing { Data::Nothing } else { Data::Text(text) };
        self.put(Node { range, data });
    }

    fn end(&mut self, range: Range<usize>) {
        if let Some(open) = self.open.pop() {
            let bracket = self.text[range.clone()].starts_with([']', '}']);
            let end = if bracket { range.start + 1 } else { end(&open.data).unwrap_or(range.end) };
            let range = trimmed(self.text, open.start..end.max(open.start));
            // A key that is no text spoils what it stands in.
            let broken = matches!(&open.data, Data::Map(entries) if entries.iter().any(|(key, _)| key.text.is_empty()));
            self.put(Node { range, data: if broken { Data::Broken } else { open.data } });
        }
    }

    fn begin(&mut self, range: Range<usize>, data: Data) -> Option<()> {
        if self.open.len() == DEEPEST {
            self.fault(
                Code::YamlSyntax,
                range,
                format!("nested more than {DEEPEST} levels deep"),
                "",
                "look for a stray indent or bracket",
            );
            return None;
        }
        self.open.push(OpenNode {
            start: range.start,
            data,
            key: None,
            lines: BTreeMap::new(),
            line: self.line,
        });
        Some(())
    }

    fn put(&mut self, node: Node) {
        let Some(mut open) = self.open.pop() else {
            self.root = Some(node);
            return;
        };
        match (&mut open.data, open.key.take()) {
            (Data::List(items), _) => items.push(node),
            (Data::Map(entries), Some(key)) => {
                if let Some(line) = open.lines.get(&key.text) {
                    self.fault(
                        Code::DuplicateKey,
                        key.range.clone(),
                        format!("the key `{}` stands twice", key.text),
                        &format!("it stands in line {line} already"),
                        "keep one of the two",
                    );
                } else {
                    open.lines.insert(key.text.clone(), open.line);
                    entries.push((key, node));
                }
            }
            (Data::Map(_), None) => match node.data {
                Data::Text(text) => {
                    let blank = text.chars().next().filter(|first| odd_blank(*first).is_some());
                    if let Some(blank) = blank {
                        let words = blanks::words(blank);
                        let at = node.range.start..node.range.start + blank.len_utf8();
                        self.told = Some(at.start);
                        self.fault(
                            words.code,
                            at,
                            words.found.into_owned(),
                            "a key is expected",
                            &words.help,
                        );
                    }
                    let text = text.trim_matches(|c| odd_blank(c).is_some() || c == ' ').to_owned();
                    (open.key, open.line) = (Some(Key { text, range: node.range }), self.line);
                }
                _ => {
                    let range = node.range.clone();
                    open.key = Some(Key { text: String::new(), range: node.range });
                    self.fault(
                        Code::WrongType,
                        range,
                        "a key that is not text".to_owned(),
                        "a key is a word before a colon",
                        "put text that begins with a brace or bracket in quotes: \"{{ ... }}\"",
                    );
                }
            },
            // Only lists and maps are opened.
            (Data::Nothing | Data::Text(_) | Data::Broken, _) => {}
        }
        self.open.push(open);
    }
}

/// Where a list or map without brackets ends: with the last thing in it. The reader goes on to what follows.
fn end(data: &Data) -> Option<usize> {
    match data {
        Data::List(items) => items.last().map(|node| node.range.end),
        Data::Map(entries) => entries.last().map(|(_, node)| node.range.end),
        _ => None,
    }
}

/// Without the white space at its end: a block's range runs on to the next line.
pub(super) fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let end = range.start + text[range.clone()].trim_end().len();
    range.start..end
}
