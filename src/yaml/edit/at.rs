//! One value of a file, wherever it stands, is set, inserted, moved or removed; every other byte is kept.
//!
//! In: a file's text, and where: `tasks[3].end`. Out: the text with stretches put in, taken out or replaced. It is read
//! again: if it would not say exactly what it said before and what was asked for, there is none. Not here: which keys
//! there are.

use std::{fmt, ops::Range, str::FromStr};

use super::{Piece, Value, brackets, node, same, write};
use crate::{
    diagnostic::{Faults, Sources},
    yaml::tree::{self, Data, Key, Node},
};

/// Where a value stands in a file: keys and, in brackets, the places of items, from 0.
///
/// ```
/// use ccrov::yaml::edit::At;
/// let at: At = "tasks[3].end".parse().unwrap();
/// assert_eq!(at.to_string(), "tasks[3].end");
/// assert!("tasks[3.end".parse::<At>().is_err());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct At(Vec<Step>);

/// A step on the way to a value.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// The value of a key.
    Key(String),
    /// An item of a list. What is no list counts as a list of one.
    Item(usize),
}

/// Text that is no place in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotAPlace;

impl fmt::Display for NotAPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key is expected, such as subject, or tasks[3].end for the end of the fourth task")
    }
}

impl std::error::Error for NotAPlace {}

impl FromStr for At {
    type Err = NotAPlace;

    fn from_str(text: &str) -> Result<At, NotAPlace> {
        let mut steps = Vec::new();
        for part in text.split('.') {
            let (key, items) = part.split_at(part.find('[').unwrap_or(part.len()));
            if key.is_empty() {
                return Err(NotAPlace);
            }
            steps.push(Step::Key(key.to_owned()));
            for item in items.split_inclusive(']') {
                let item = item.strip_prefix('[').and_then(|item| item.strip_suffix(']'));
                steps.push(Step::Item(item.and_then(|item| item.parse().ok()).ok_or(NotAPlace)?));
            }
        }
        Ok(At(steps))
    }
}

impl fmt::Display for At {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (count, step) in self.0.iter().enumerate() {
            match step {
                Step::Key(key) if count > 0 => write!(f, ".{key}")?,
                Step::Key(key) => f.write_str(key)?,
                Step::Item(at) => write!(f, "[{at}]")?,
            }
        }
        Ok(())
    }
}

impl At {
    /// The place of a key below this one.
    #[must_use]
    pub fn key(&self, key: &str) -> At {
        At([&self.0[..], &[Step::Key(key.to_owned())]].concat())
    }

    /// The place of an item below this one.
    #[must_use]
    pub fn item(&self, at: usize) -> At {
        At([&self.0[..], &[Step::Item(at)]].concat())
    }

    /// The steps that lead there.
    pub fn steps(&self) -> &[Step] {
        &self.0
    }
}

/// Sets a value. Keys on the way that are not there are written, each after the last one beside it.
///
/// ```
/// use ccrov::yaml::edit::{self, Value};
/// let text = "tasks:\n  - step: 1 # the first\n    end: 10/4/2021\n  - step: 2\n";
/// let at = "tasks[1].end".parse().unwrap();
/// let set = edit::set_at(text, &at, &Value::Text("10/8/2021".to_owned())).unwrap();
/// assert_eq!(set, format!("{text}    end: 10/8/2021\n"));
/// ```
pub fn set_at(text: &str, at: &At, value: &Value) -> Option<String> {
    let mut file = File::read(text)?;
    let there = find(&file.root, at.steps());
    let now = node(value.clone());
    if there.is_some_and(|there| same(&there.data, &now.data)) {
        return Some(text.to_owned());
    }
    // What has lines of its own keeps them; all else is as short as it was typed.
    let has_lines = there
        .is_some_and(|there| matches!(there.data, Data::List(_) | Data::Map(_)) && !brackets(text, there));
    let value = match value {
        Value::List(_) | Value::Map(_) if !has_lines => &Value::Flow(Box::new(value.clone())),
        value => value,
    };
    let piece = file.set(at.steps(), value)?;
    put(&mut file.root, at.steps(), now)?;
    file.written(vec![piece])
}

/// Takes a key with its value out, or an item of a list. What is empty then is taken out, too.
///
/// ```
/// use ccrov::yaml::edit;
/// let text = "to:\n  - A\n  - B # second\nfrom: ana\n";
/// assert_eq!(edit::remove_at(text, &"to[1]".parse().unwrap()).unwrap(), "to:\n  - A\nfrom: ana\n");
/// ```
pub fn remove_at(text: &str, at: &At) -> Option<String> {
    let mut file = File::read(text)?;
    let mut steps = at.steps();
    // The last thing in a list or map goes with it.
    while steps.len() > 1 {
        let (last, above) = steps.split_last()?;
        let alone = match &find(&file.root, above)?.data {
            Data::Map(entries) => entries.len() == 1 && matches!(last, Step::Key(_)),
            Data::List(items) => items.len() == 1,
            _ => matches!(last, Step::Item(0)),
        };
        if !alone && !matches!((last, &find(&file.root, above)?.data), (Step::Item(_), Data::Map(_))) {
            break;
        }
        steps = above;
    }
    let range = file.removed(steps)?;
    cut(&mut file.root, steps)?;
    file.written(vec![(range, String::new())])
}

/// Puts an item into a list: before the one that stands at `index`, or after the last. A list that is not there is begun.
///
/// ```
/// use ccrov::yaml::edit::{self, Value};
/// let b = Value::Text("B".to_owned());
/// assert_eq!(edit::insert_at("to: [A, C]\n", &"to".parse().unwrap(), 1, &b).unwrap(), "to: [A, B, C]\n");
/// ```
pub fn insert_at(text: &str, list: &At, index: usize, value: &Value) -> Option<String> {
    let mut file = File::read(text)?;
    let steps = list.steps();
    let Some(there) = find(&file.root, steps).filter(|there| !matches!(there.data, Data::Nothing)) else {
        let one = Value::List(vec![value.clone()]);
        let piece = file.set(steps, &one)?;
        put(&mut file.root, steps, node(one))?;
        return file.written(vec![piece]);
    };
    let pieces = file.inserted(there, index, value)?;
    let there = find_mut(&mut file.root, steps)?;
    if !matches!(there.data, Data::List(_)) {
        let alone = Node { range: 0..0, data: std::mem::replace(&mut there.data, Data::Nothing) };
        there.data = Data::List(vec![alone]);
    }
    if let Data::List(items) = &mut there.data {
        items.insert(index.min(items.len()), node(value.clone()));
    }
    file.written(pieces)
}

/// Moves an item of a list to where another one stands; those between give way.
///
/// ```
/// use ccrov::yaml::edit;
/// let text = "to:\n  - A # first\n  - B\n";
/// assert_eq!(edit::move_at(text, &"to".parse().unwrap(), 1, 0).unwrap(), "to:\n  - B\n  - A # first\n");
/// ```
pub fn move_at(text: &str, list: &At, from: usize, to: usize) -> Option<String> {
    let mut file = File::read(text)?;
    let there = find(&file.root, list.steps())?;
    let Data::List(items) = &there.data else { return None };
    if from >= items.len() || to >= items.len() {
        return None;
    }
    let slots: Vec<Range<usize>> = items.iter().map(|item| file.slot(there, item)).collect();
    let mut order: Vec<usize> = (0..items.len()).collect();
    let moved = order.remove(from);
    order.insert(to, moved);
    let text_of = |at: usize| file.text[slots[at].clone()].to_owned();
    let pieces = slots.iter().zip(&order).map(|(slot, item)| (slot.clone(), text_of(*item))).collect();
    if let Data::List(items) = &mut find_mut(&mut file.root, list.steps())?.data {
        let item = items.remove(from);
        items.insert(to, item);
    }
    file.written(pieces)
}

/// A file as it was read; `root` becomes what it is to say.
struct File<'t> {
    text: &'t str,
    root: Node,
    faults: usize,
}

impl<'t> File<'t> {
    fn read(text: &'t str) -> Option<File<'t>> {
        let mut faults = Faults::default();
        let root = tree::read(Sources::default().add("", ""), text, &mut faults)?;
        Some(File { text, root, faults: faults.into_sorted().len() })
    }

    /// The text with its pieces, if it says what it is to say and has no new fault.
    fn written(self, pieces: Vec<Piece>) -> Option<String> {
        let mut text = self.text.to_owned();
        for (range, piece) in pieces.into_iter().rev() {
            text.replace_range(range, &piece);
        }
        let again = File::read(&text)?;
        let as_asked = again.faults <= self.faults && same(&again.root.data, &self.root.data);
        as_asked.then_some(text)
    }

    fn line_end(&self) -> &'static str {
        if self.text.contains("\r\n") { "\r\n" } else { "\n" }
    }

    /// Where the line of a place begins.
    fn line_start(&self, at: usize) -> usize {
        self.text[..at].rfind('\n').map_or(0, |end| end + 1)
    }

    /// Where the line of a place ends, before its line end.
    fn line_stop(&self, at: usize) -> usize {
        let line = self.text[at..].split('\n').next().unwrap_or_default();
        at + line.trim_end_matches('\r').len()
    }

    /// The column of a place, in characters of one byte: indents are blanks.
    fn column(&self, at: usize) -> usize {
        at - self.line_start(at)
    }

    /// Whether a value stands in brackets or braces, or in something that does.
    fn inside(&self, steps: &[Step]) -> bool {
        (0..=steps.len())
            .filter_map(|count| find(&self.root, &steps[..count]))
            .any(|node| brackets(self.text, node))
    }

    fn set(&self, steps: &[Step], value: &Value) -> Option<Piece> {
        let (last, above) = steps.split_last()?;
        match (find(&self.root, above), last) {
            (Some(Node { data: Data::Map(entries), .. }), Step::Key(name)) => {
                match entries.iter().find(|(key, _)| key.text == *name) {
                    Some((key, there)) => self.replace(key, there, value, self.inside(above)),
                    None => self.add(find(&self.root, above)?, name, value, self.inside(above)),
                }
            }
            (Some(there @ Node { data: Data::List(items), .. }), Step::Item(at)) => {
                items.get(*at).map(|item| replaced_item(item, value, brackets(self.text, there)))
            }
            (Some(Node { data: Data::Nothing, .. }) | None, last) => {
                // What leads there is written with it.
                let value = match last {
                    Step::Key(name) => Value::Map(vec![(name.clone(), value.clone())]),
                    Step::Item(0) => Value::List(vec![value.clone()]),
                    Step::Item(_) => return None,
                };
                self.set(above, &value)
            }
            // An only item may stand without a list.
            (Some(_), Step::Item(0)) => self.set(above, value),
            _ => None,
        }
    }

    /// A key's value is another one.
    fn replace(&self, key: &Key, there: &Node, value: &Value, inside: bool) -> Option<Piece> {
        let colon = self.text[key.range.end..].find(':').map(|at| key.range.end + at + 1)?;
        let after = self.text[colon..].trim_start_matches(' ');
        let header = self.text.len() - after.len();
        let written = match value {
            Value::Text(text) if !text.contains('\n') => format!(" {}", write::scalar(text, inside)),
            value if inside => format!(" {}", write::flow(value)),
            value => self.block(key, value)?,
        };
        let literal = after.starts_with('|') && written.trim_start().starts_with('|');
        if literal {
            // The mark stays as it is, with what stands beside it.
            let lines = written.split_once('\n').map_or("", |(_, lines)| lines);
            let start = self.line_stop(header) + self.line_end().len();
            return Some((start.min(self.text.len())..there.range.end.max(start), lines.to_owned()));
        }
        let end = if there.range.is_empty() { colon } else { there.range.end };
        let plain = matches!((&there.data, value), (Data::Text(_), Value::Text(_)));
        if plain && !after.starts_with(['|', '>']) && !written.contains('\n') {
            return Some((there.range.clone(), written.trim_start().to_owned()));
        }
        // A remark that stands between the key and what is replaced would be lost.
        let between = self.text.get(colon..there.range.start).unwrap_or_default();
        if between.contains('#') && !there.range.is_empty() {
            return None;
        }
        Some((colon..end, written))
    }

    /// A value as it stands after a key's colon: in its line, or in lines below.
    fn block(&self, key: &Key, value: &Value) -> Option<String> {
        let column = self.column(key.range.start);
        let mut lines = Vec::new();
        write::entry("k", value, column, &mut lines);
        let whole = lines.join(self.line_end());
        whole.get(column + "k:".len()..).map(str::to_owned)
    }

    /// A key that is not there yet, after the last one of its map.
    fn add(&self, map: &Node, name: &str, value: &Value, inside: bool) -> Option<Piece> {
        let Data::Map(entries) = &map.data else { return None };
        let (first, _) = entries.first()?;
        let (key, last) = entries.last()?;
        let end = last.range.end.max(key.range.end);
        if inside {
            return Some((end..end, format!(", {name}: {}", write::flow(value))));
        }
        let mut lines = Vec::new();
        write::entry(name, value, self.column(first.range.start), &mut lines);
        // A key without a value ends with its colon, and a line with its remark.
        let stop = self.line_stop(end);
        Some((stop..stop, lines.iter().flat_map(|line| [self.line_end(), line.as_str()]).collect()))
    }

    /// The stretch that goes with a key or an item.
    fn removed(&self, steps: &[Step]) -> Option<Range<usize>> {
        let (last, above) = steps.split_last()?;
        let parent = find(&self.root, above)?;
        let (ranges, at): (Vec<Range<usize>>, usize) = match (&parent.data, last) {
            (Data::Map(entries), Step::Key(name)) => (
                entries
                    .iter()
                    .map(|(key, node)| key.range.start..node.range.end.max(key.range.end))
                    .collect(),
                entries.iter().position(|(key, _)| key.text == *name)?,
            ),
            (Data::List(items), Step::Item(at)) => {
                (items.iter().map(|item| item.range.clone()).collect(), *at)
            }
            _ => return None,
        };
        let range = ranges.get(at)?.clone();
        if self.inside(above) {
            // With the comma that parts it from its neighbor.
            return Some(match (ranges.get(at + 1), at.checked_sub(1)) {
                (Some(next), _) => range.start..next.start,
                (None, Some(before)) => ranges[before].end..range.end,
                (None, None) => range,
            });
        }
        let start = match parent.data {
            Data::List(_) => self.text[..range.start].rfind('-')?,
            _ => range.start,
        };
        // The first key of an item stands beside the item's dash.
        let line = self.line_start(start);
        if !self.text[line..start].bytes().all(|byte| byte == b' ') {
            let next = ranges.get(at + 1)?;
            return Some(start..next.start);
        }
        let stop = self.line_stop(range.end);
        let rest = &self.text[stop..];
        Some(line..stop + rest.find('\n').map_or(rest.len(), |end| end + 1))
    }

    /// What has to be written so that a list has another item.
    fn inserted(&self, there: &Node, index: usize, value: &Value) -> Option<Vec<Piece>> {
        let Data::List(items) = &there.data else { return self.second(there, index, value) };
        if brackets(self.text, there) {
            let flow = write::flow(value);
            return Some(vec![match (items.get(index), items.last()) {
                (Some(next), _) => (next.range.start..next.range.start, format!("{flow}, ")),
                (None, Some(last)) => (last.range.end..last.range.end, format!(", {flow}")),
                (None, None) => (there.range.start + 1..there.range.start + 1, flow),
            }]);
        }
        let dash = |item: &Node| self.text[..item.range.start].rfind('-');
        let first = items.first()?;
        let column = self.column(dash(first)?);
        let between = &self.text[dash(first)?..first.range.start];
        let step = if between.contains('\n') { 2 } else { between.len() };
        let lines = write::item(value, column, step).join(self.line_end());
        Some(vec![match items.get(index) {
            Some(next) => {
                let start = self.line_start(dash(next)?);
                (start..start, format!("{lines}{}", self.line_end()))
            }
            None => {
                let stop = self.line_stop(items.last()?.range.end);
                (stop..stop, format!("{}{lines}", self.line_end()))
            }
        }])
    }

    /// What has to be written so that a value that stands alone becomes a list with another one.
    fn second(&self, there: &Node, index: usize, value: &Value) -> Option<Vec<Piece>> {
        let Data::Text(_) = there.data else { return None };
        let Range { start, end } = there.range;
        let flow = write::flow(value);
        Some(match index {
            0 => vec![(start..start, format!("[{flow}, ")), (end..end, "]".to_owned())],
            _ => vec![(start..start, "[".to_owned()), (end..end, format!(", {flow}]"))],
        })
    }

    /// The stretch of an item, with the remark in its last line where it has its lines for itself.
    fn slot(&self, list: &Node, item: &Node) -> Range<usize> {
        match brackets(self.text, list) {
            true => item.range.clone(),
            false => item.range.start..self.line_stop(item.range.end),
        }
    }
}

/// An item that is another one.
fn replaced_item(item: &Node, value: &Value, inside: bool) -> Piece {
    let written = match value {
        Value::Text(text) => write::scalar(text, inside),
        value => write::flow(value),
    };
    (item.range.clone(), written)
}

/// The node at a place.
fn find<'n>(root: &'n Node, steps: &[Step]) -> Option<&'n Node> {
    let Some((first, rest)) = steps.split_first() else { return Some(root) };
    match (&root.data, first) {
        (Data::Map(entries), Step::Key(name)) => {
            find(entries.iter().find(|(key, _)| key.text == *name).map(|(_, node)| node)?, rest)
        }
        (Data::List(items), Step::Item(at)) => find(items.get(*at)?, rest),
        (Data::Text(_) | Data::Map(_), Step::Item(0)) => find(root, rest),
        _ => None,
    }
}

fn find_mut<'n>(root: &'n mut Node, steps: &[Step]) -> Option<&'n mut Node> {
    let Some((first, rest)) = steps.split_first() else { return Some(root) };
    if let (Step::Item(0), Data::Text(_) | Data::Map(_)) = (first, &root.data) {
        return find_mut(root, rest);
    }
    match (&mut root.data, first) {
        (Data::Map(entries), Step::Key(name)) => {
            find_mut(entries.iter_mut().find(|(key, _)| key.text == *name).map(|(_, node)| node)?, rest)
        }
        (Data::List(items), Step::Item(at)) => find_mut(items.get_mut(*at)?, rest),
        _ => None,
    }
}

/// Puts a value into the tree as it is to be read.
fn put(root: &mut Node, steps: &[Step], value: Node) -> Option<()> {
    let Some((first, rest)) = steps.split_first() else {
        root.data = value.data;
        return Some(());
    };
    if let Data::Nothing = root.data {
        root.data = match first {
            Step::Key(_) => Data::Map(Vec::new()),
            Step::Item(_) => Data::List(Vec::new()),
        };
    }
    if let (Step::Item(0), Data::Text(_) | Data::Map(_)) = (first, &root.data) {
        return put(root, rest, value);
    }
    match (&mut root.data, first) {
        (Data::Map(entries), Step::Key(name)) => {
            let at = entries.iter().position(|(key, _)| key.text == *name).unwrap_or_else(|| {
                let key = Key { text: name.clone(), range: 0..0 };
                entries.push((key, Node { range: 0..0, data: Data::Nothing }));
                entries.len() - 1
            });
            put(&mut entries[at].1, rest, value)
        }
        (Data::List(items), Step::Item(at)) => {
            if *at == items.len() {
                items.push(Node { range: 0..0, data: Data::Nothing });
            }
            put(items.get_mut(*at)?, rest, value)
        }
        _ => None,
    }
}

/// Takes a value out of the tree.
fn cut(root: &mut Node, steps: &[Step]) -> Option<()> {
    let (last, above) = steps.split_last()?;
    match (&mut find_mut(root, above)?.data, last) {
        (Data::Map(entries), Step::Key(name)) => {
            let at = entries.iter().position(|(key, _)| key.text == *name)?;
            entries.remove(at);
            Some(())
        }
        (Data::List(items), Step::Item(at)) if *at < items.len() => {
            items.remove(*at);
            Some(())
        }
        _ => None,
    }
}
