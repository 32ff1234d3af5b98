//! A file's text -> the same text with something else in it; every other byte is kept.
//!
//! In: the text of a YAML file, and what it is to say. Out: the text with stretches put in or replaced, so
//! remarks, order, blank lines and line ends stay. It is read again: if it would not say exactly what it
//! said before and what was asked for, there is none. Not here: which keys there are, and files.

mod at;
mod write;

use std::{collections::BTreeMap, mem, ops::Range};

pub use at::{At, NotAPlace, Step, insert_at, move_at, remove_at, set_at};

use super::tree::{self, Data, Key, Node};
use crate::diagnostic::{Faults, Sources};

/// A value to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Text, a number or a date.
    Text(String),
    /// Values one below the other.
    List(Vec<Value>),
    /// Keys with values, in the order in which they are to be written.
    Map(Vec<(String, Value)>),
    /// A list or keys in one line, in brackets or braces.
    Flow(Box<Value>),
}

/// Writes texts of the file's first level anew; `None` leaves nothing after the colon. A key that is not
/// there comes after the one before it in `values`, the first one before all others.
///
/// ```
/// use ccrov::yaml::edit;
/// let text = "number: # none yet\nstatus: draft\n";
/// let issued = edit::set(text, &[("number", Some("21150")), ("status", Some("issued")), ("knows", Some("1"))]);
/// assert_eq!(issued.unwrap(), "number: 21150 # none yet\nstatus: issued\nknows: 1\n");
/// ```
pub fn set(text: &str, values: &[(&str, Option<&str>)]) -> Option<String> {
    let mut text = text.to_owned();
    let mut before = None;
    for (key, value) in values {
        let file = File::read(&text)?;
        let written = match (file.find(key), value) {
            (None, None) => continue,
            (Some(at), _) => file.put(at, *value)?,
            (None, Some(value)) => {
                let at = before.and_then(|before| file.find(before)).map_or(0, |at| at + 1);
                file.add(at, key, Value::Text((*value).to_owned()))?
            }
        };
        text = written;
        before = Some(*key);
    }
    Some(text)
}

/// Writes every value that `names` knows as the other one.
///
/// ```
/// use ccrov::yaml::edit;
/// let names = [("21144.md".to_owned(), "21150.md".to_owned())].into();
/// assert_eq!(edit::rename("body: 21144.md # short\n", &names).unwrap(), "body: 21150.md # short\n");
/// ```
pub fn rename(text: &str, names: &BTreeMap<String, String>) -> Option<String> {
    let mut file = File::read(text)?;
    let mut pieces = Vec::new();
    let braces = file.braces();
    for (_, node) in &mut file.entries {
        renamed(text, node, braces, names, &mut pieces);
    }
    file.written(pieces)
}

/// Appends an item to the list under a key of the file's first level, in the way in which the list is
/// written: after its last item, before remarks that follow it. Keys without a list become the first item of
/// one. A list that is not there comes after the first of `after` that is, or else at the end.
///
/// ```
/// use ccrov::yaml::edit::{self, Value};
/// let item = Value::Map(vec![("announced".to_owned(), Value::Text("2021-08-31".to_owned()))]);
/// let text = "delays:\n- announced: 2021-07-01 # the first\n\nname: VoteCal Release\n";
/// assert_eq!(
///     edit::append(text, "delays", item, &[]).unwrap(),
///     "delays:\n- announced: 2021-07-01 # the first\n- announced: 2021-08-31\n\nname: VoteCal Release\n",
/// );
/// ```
pub fn append(text: &str, key: &str, item: Value, after: &[&str]) -> Option<String> {
    let mut file = File::read(text)?;
    let Some(at) = file.find(key) else {
        let at = after.iter().find_map(|key| file.find(key)).map_or(file.entries.len(), |at| at + 1);
        return file.add(at, key, Value::List(vec![item]));
    };
    let pieces = file.appended(at, &item)?;
    let list = &mut file.entries[at].1.data;
    match (list, node(item)) {
        (Data::List(items), item) => items.push(item),
        (list @ Data::Nothing, item) => *list = Data::List(vec![item]),
        (other, item) => {
            let alone = Node { range: 0..0, data: mem::replace(other, Data::Nothing) };
            *other = Data::List(vec![alone, item]);
        }
    }
    file.written(pieces)
}

/// A value as somebody types it: what stands in brackets or braces is a list or keys, all else is text.
///
/// ```
/// use ccrov::yaml::edit::{Value, typed};
/// assert_eq!(typed("[A, B]"), Value::List(vec![typed("A"), typed("B")]));
/// assert_eq!(typed("{at: release}"), Value::Map(vec![("at".to_owned(), typed("release"))]));
/// assert_eq!(typed("E-60"), Value::Text("E-60".to_owned()));
/// ```
pub fn typed(text: &str) -> Value {
    let as_text = || Value::Text(text.to_owned());
    if !text.trim_start().starts_with(['[', '{']) {
        return as_text();
    }
    let mut faults = Faults::default();
    let read = tree::read(Sources::default().add("", ""), text, &mut faults);
    read.filter(|_| faults.is_empty()).and_then(value).unwrap_or_else(as_text)
}

/// A value that was read, as one that can be written.
fn value(node: Node) -> Option<Value> {
    Some(match node.data {
        Data::Text(text) => Value::Text(text),
        Data::List(items) => Value::List(items.into_iter().map(value).collect::<Option<_>>()?),
        Data::Map(entries) => {
            let entry = |(key, node): (Key, Node)| Some((key.text, value(node)?));
            Value::Map(entries.into_iter().map(entry).collect::<Option<_>>()?)
        }
        Data::Nothing | Data::Broken => return None,
    })
}

/// A stretch of the text, and what stands there instead.
type Piece = (Range<usize>, String);

/// A file as it was read; `entries` become what it is to say.
struct File<'t> {
    text: &'t str,
    range: Range<usize>,
    entries: Vec<(Key, Node)>,
    faults: usize,
}

impl<'t> File<'t> {
    fn read(text: &'t str) -> Option<File<'t>> {
        let mut faults = Faults::default();
        let root = tree::read(Sources::default().add("", ""), text, &mut faults)?;
        let Data::Map(entries) = root.data else { return None };
        Some(File { text, range: root.range, entries, faults: faults.into_sorted().len() })
    }

    fn find(&self, key: &str) -> Option<usize> {
        self.entries.iter().position(|(there, _)| there.text == key)
    }

    /// Whether the whole file stands in braces.
    fn braces(&self) -> bool {
        self.text[self.range.start..].starts_with('{')
    }

    /// How the lines end.
    fn line_end(&self) -> &'static str {
        if self.text.contains("\r\n") { "\r\n" } else { "\n" }
    }

    /// Lines below the line in which a place stands.
    fn below(&self, at: usize, lines: &[String]) -> Piece {
        let line = self.text[at..].split('\n').next().unwrap_or_default();
        let end = at + line.strip_suffix('\r').unwrap_or(line).len();
        (end..end, lines.iter().flat_map(|line| [self.line_end(), line.as_str()]).collect())
    }

    /// The blanks before a place in its line, if there is nothing else.
    fn indent(&self, at: usize) -> Option<usize> {
        let line = self.text[..at].rsplit('\n').next().unwrap_or_default();
        line.bytes().all(|byte| byte == b' ').then_some(line.len())
    }

    /// A key's value written anew.
    fn put(mut self, at: usize, value: Option<&str>) -> Option<String> {
        let now = value.map_or(Data::Nothing, |value| Data::Text(value.to_owned()));
        let there = &self.entries[at].1.data;
        if !matches!(there, Data::Text(_) | Data::Nothing) {
            return None;
        }
        let mut pieces = Vec::new();
        if !same(there, &now) {
            let value = value.map(|value| write::scalar(value, self.braces()));
            pieces.push(self.instead(at, &value.unwrap_or_default()));
        }
        self.entries[at].1.data = now;
        self.written(pieces)
    }

    /// What stands in the place of a value; after the colon, if there is none.
    fn instead(&self, at: usize, value: &str) -> Piece {
        let (key, node) = &self.entries[at];
        let colon = self.text[key.range.end..].find(':').map_or(key.range.end, |at| key.range.end + at + 1);
        if node.range.is_empty() {
            return (colon..colon, format!(" {value}"));
        }
        // The range of text in lines of its own begins below the mark that announces it.
        let after = self.text[colon..].trim_start();
        let start =
            if after.starts_with(['|', '>']) { self.text.len() - after.len() } else { node.range.start };
        (start..node.range.end, value.to_owned())
    }

    /// A key that is not there yet.
    fn add(mut self, at: usize, key: &str, value: Value) -> Option<String> {
        let before = at.checked_sub(1).map(|before| &self.entries[before]);
        let piece = if self.braces() {
            let entry = format!("{key}: {}", write::flow(&value));
            match (before, self.entries.first()) {
                (Some((_, node)), _) => (node.range.end..node.range.end, format!(", {entry}")),
                (None, Some((key, _))) => (key.range.start..key.range.start, format!("{entry}, ")),
                (None, None) => (self.range.start + 1..self.range.start + 1, entry),
            }
        } else {
            let column = self.indent(self.range.start)?;
            let mut lines = Vec::new();
            match before {
                None => {
                    write::entry(key, &value, column, &mut lines);
                    let mut lines = lines.join(self.line_end()).split_off(column);
                    lines += self.line_end();
                    lines += &" ".repeat(column);
                    (self.range.start..self.range.start, lines)
                }
                Some((_, node)) => {
                    let last = at == self.entries.len();
                    if matches!(value, Value::List(_)) && self.apart(at - 1) {
                        lines.push(String::new());
                    }
                    write::entry(key, &value, column, &mut lines);
                    // Remarks at the end of the file stay where they are.
                    self.below(if last { self.text.trim_end().len() } else { node.range.end }, &lines)
                }
            }
        };
        let key = Key { text: key.to_owned(), range: 0..0 };
        self.entries.insert(at, (key, node(value)));
        self.written(vec![piece])
    }

    /// Whether a blank line stands before a key.
    fn apart(&self, at: usize) -> bool {
        let before = at.checked_sub(1).map_or(0, |before| self.entries[before].1.range.end);
        let between = &self.text[before..self.entries[at].0.range.start];
        between.split('\n').skip(1).any(|line| line == "\r" || line.is_empty())
    }

    /// What has to be written so that the list under a key has another item.
    fn appended(&self, at: usize, item: &Value) -> Option<Vec<Piece>> {
        let (key, node) = &self.entries[at];
        let Range { start, end } = node.range;
        let flow = write::flow(item);
        Some(match &node.data {
            Data::Nothing if node.range.is_empty() && !self.braces() => {
                let column = self.indent(self.range.start)? + 2;
                vec![self.below(key.range.end, &write::item(item, column, 2))]
            }
            Data::Nothing => vec![self.instead(at, &format!("[{flow}]"))],
            Data::List(items) if brackets(self.text, node) => vec![match items.last() {
                Some(last) => (last.range.end..last.range.end, format!(", {flow}")),
                None => (start + 1..start + 1, flow),
            }],
            Data::List(items) => {
                let (column, step) = items.iter().rev().find_map(|item| self.dash(item))?;
                vec![self.below(end, &write::item(item, column, step))]
            }
            Data::Map(_) if brackets(self.text, node) => {
                vec![(start..start, "[".to_owned()), (end..end, format!(", {flow}]"))]
            }
            Data::Map(_) => {
                // One blank before the first key becomes its dash.
                let column = self.indent(start)?.checked_sub(2)?;
                let dash = (start - 2..start - 1, "-".to_owned());
                vec![dash, self.below(end, &write::item(item, column, 2))]
            }
            Data::Text(_) | Data::Broken => return None,
        })
    }

    /// The column of an item's dash, and how far to the right of it the item begins.
    fn dash(&self, item: &Node) -> Option<(usize, usize)> {
        let before = self.text[..item.range.start].trim_end();
        let dash = before.strip_suffix('-')?.len();
        let between = &self.text[dash..item.range.start];
        Some((self.indent(dash)?, if between.contains('\n') { 2 } else { between.len() }))
    }

    /// The text with its pieces, if it says what it is to say and has no new fault.
    fn written(self, pieces: Vec<Piece>) -> Option<String> {
        let mut text = self.text.to_owned();
        for (range, piece) in pieces.into_iter().rev() {
            text.replace_range(range, &piece);
        }
        let again = File::read(&text)?;
        let as_asked = again.faults <= self.faults && same_entries(&again.entries, &self.entries);
        as_asked.then_some(text)
    }
}

/// Whether a list or a map stands in brackets or braces.
fn brackets(text: &str, node: &Node) -> bool {
    let opens = |bracket| text[node.range.start..].starts_with(bracket);
    match &node.data {
        Data::Map(_) => opens('{'),
        // The range of a list that is not indented begins with its first item.
        Data::List(items) => {
            opens('[') && items.first().is_none_or(|item| item.range.start > node.range.start)
        }
        _ => false,
    }
}

fn renamed(
    text: &str,
    node: &mut Node,
    inside: bool,
    names: &BTreeMap<String, String>,
    pieces: &mut Vec<Piece>,
) {
    let inside = inside || brackets(text, node);
    match &mut node.data {
        Data::Text(value) => {
            if let Some(name) = names.get(value) {
                pieces.push((node.range.clone(), write::scalar(name, inside)));
                name.clone_into(value);
            }
        }
        Data::List(items) => items.iter_mut().for_each(|item| renamed(text, item, inside, names, pieces)),
        Data::Map(entries) => entries.iter_mut().for_each(|(_, n)| renamed(text, n, inside, names, pieces)),
        Data::Nothing | Data::Broken => {}
    }
}

/// A value as it will be read.
fn node(value: Value) -> Node {
    let data = match value {
        Value::Text(text) => Data::Text(text),
        Value::Flow(value) => return node(*value),
        Value::List(items) => Data::List(items.into_iter().map(node).collect()),
        Value::Map(entries) => {
            let key = |text| Key { text, range: 0..0 };
            Data::Map(entries.into_iter().map(|(text, value)| (key(text), node(value))).collect())
        }
    };
    Node { range: 0..0, data }
}

/// Whether two values say the same. No reader looks at blanks at the end of a text.
fn same(a: &Data, b: &Data) -> bool {
    match (a, b) {
        (Data::Nothing, Data::Nothing) | (Data::Broken, Data::Broken) => true,
        (Data::Text(a), Data::Text(b)) => a.trim_end() == b.trim_end(),
        (Data::List(a), Data::List(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(&a.data, &b.data))
        }
        (Data::Map(a), Data::Map(b)) => same_entries(a, b),
        _ => false,
    }
}

fn same_entries(a: &[(Key, Node)], b: &[(Key, Node)]) -> bool {
    let mut both = a.iter().zip(b);
    a.len() == b.len() && both.all(|((a, x), (b, y))| a.text == b.text && same(&x.data, &y.data))
}
