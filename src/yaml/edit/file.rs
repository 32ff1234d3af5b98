//! The stretches of a file's text that an edit takes out, puts in or replaces.
//!
//! In: a file, and what is to be written where. Out: stretches, and the text with them, if it says what was asked for. Not
//! here: which edits there are.

use std::ops::Range;

use super::{
    Step, Value,
    nodes::{find, same},
    write,
};
use crate::{
    diagnostic::{Faults, Sources},
    yaml::tree::{self, Data, Key, Node},
};

/// A stretch of the text, and what stands there instead.
pub(super) type TextSplice = (Range<usize>, String);

/// A file as it was read; `root` becomes what it is to say.
pub(super) struct YamlFile<'t> {
    pub text: &'t str,
    pub root: Node,
    /// Where its keys and texts stand, in order.
    was: Vec<Range<usize>>,
    faults: usize,
}

impl<'t> YamlFile<'t> {
    pub fn read(text: &'t str) -> Option<YamlFile<'t>> {
        let mut faults = Faults::default();
        let root = tree::read(Sources::default().add("", ""), text, &mut faults)?;
        let mut was = Vec::new();
        texts(&root, &mut was);
        Some(YamlFile { text, root, was, faults: faults.into_sorted().len() })
    }

    /// The keys of the first level.
    pub fn entries(&self) -> Option<&[(Key, Node)]> {
        match &self.root.data {
            Data::Map(entries) => Some(entries),
            _ => None,
        }
    }

    /// The text with its pieces, if it says what it is to say, has no new fault, and keeps every remark.
    pub fn written(self, pieces: Vec<TextSplice>) -> Option<String> {
        self.with(pieces, |before, after| before == after)
    }

    /// The text without a stretch, on the same terms, but for the remarks in it.
    pub fn without(self, stretch: Range<usize>) -> Option<String> {
        self.with(vec![(stretch, String::new())], |_, _| true)
    }

    fn with(self, pieces: Vec<TextSplice>, are_kept: fn(Vec<&str>, Vec<&str>) -> bool) -> Option<String> {
        let mut text = self.text.to_owned();
        for (range, piece) in pieces.into_iter().rev() {
            text.replace_range(range, &piece);
        }
        let again = YamlFile::read(&text)?;
        let as_asked = again.faults <= self.faults
            && same(&again.root.data, &self.root.data)
            && are_kept(remarks(self.text, &self.was), remarks(&text, &again.was));
        as_asked.then_some(text)
    }

    /// What has to be written so that a place has another value; with `None` nothing is left after the key's colon.
    pub fn set(&self, steps: &[Step], value: Option<&Value>) -> Option<Vec<TextSplice>> {
        let (last, above) = steps.split_last()?;
        match (find(&self.root, above), last) {
            (Some(Node { data: Data::Map(entries), .. }), Step::Key(name)) => {
                match (entries.iter().find(|(key, _)| key.text == *name), value) {
                    (Some((key, there)), _) => self.replaced(key, there, value, self.inside(above)),
                    (None, Some(value)) => Some(vec![self.added(above, entries.len(), name, value)?]),
                    (None, None) => None,
                }
            }
            (Some(there @ Node { data: Data::List(items), .. }), Step::Item(at)) => {
                let written = match value? {
                    Value::Text(text) => write::scalar(text, brackets(self.text, there)),
                    value => write::flow(value),
                };
                Some(vec![(items.get(*at)?.range.clone(), written)])
            }
            (Some(Node { data: Data::Nothing, .. }) | None, last) => {
                // What leads there is written with it.
                let value = match last {
                    Step::Key(name) => Value::Map(vec![(name.clone(), value?.clone())]),
                    Step::Item(0) => Value::List(vec![value?.clone()]),
                    Step::Item(_) => return None,
                };
                self.set(above, Some(&value))
            }
            // An only item may stand without a list.
            (Some(_), Step::Item(0)) => self.set(above, value),
            _ => None,
        }
    }

    /// A key's value is another one.
    fn replaced(
        &self,
        key: &Key,
        there: &Node,
        value: Option<&Value>,
        inside: bool,
    ) -> Option<Vec<TextSplice>> {
        let colon = self.colon(key);
        let end = self.end(key, there);
        let after = self.text[colon..].trim_start_matches(' ');
        // An indented remark after the value would become part of text in lines of its own.
        let next = self.text.len() - self.text[end..].trim_start().len();
        let remark = self.text[next..].starts_with('#') && self.column(next) > self.column(key.range.start);
        let written = match value {
            None => String::new(),
            Some(Value::Text(text)) if remark || !text.contains('\n') => {
                format!(" {}", write::scalar(text, inside))
            }
            Some(value) if inside => format!(" {}", write::flow(value)),
            Some(value) => self.block(key, value)?,
        };
        let (line, below) = written.split_at(written.find(self.line_end()).unwrap_or(written.len()));
        if after.starts_with('|') && line.starts_with(" |") {
            // The mark stays as it is, with what stands beside it.
            let stop = self.line_stop(colon);
            return Some(vec![(stop..end.max(stop), below.to_owned())]);
        }
        let text = matches!((&there.data, value), (Data::Text(_), None | Some(Value::Text(_))));
        if text && !after.starts_with(['|', '>']) && below.is_empty() {
            return Some(vec![(there.range.clone(), line.trim_start().to_owned())]);
        }
        // A remark beside the mark of a block stands in the block's own stretch.
        let mark = &self.text[colon..self.line_stop(colon)];
        let remark = mark.find(" #").filter(|at| after.starts_with(['|', '>']) && colon + at < end);
        let beside = remark.map_or("", |at| &mark[at..]);
        let stop = self.line_stop(end);
        Some(vec![(colon..end, format!("{line}{beside}")), put_in(stop, below.to_owned())])
    }

    /// A value as it stands after a key's colon: in its line, or in lines below.
    fn block(&self, key: &Key, value: &Value) -> Option<String> {
        let column = self.column(key.range.start);
        let mut lines = Vec::new();
        write::entry("k", value, column, &mut lines);
        let whole = lines.join(self.line_end());
        whole.get(column + "k:".len()..).map(str::to_owned)
    }

    /// A key that is not there yet, as the one at `at` of the map to which `steps` lead.
    pub fn added(&self, steps: &[Step], at: usize, name: &str, value: &Value) -> Option<TextSplice> {
        let map = find(&self.root, steps)?;
        let Data::Map(entries) = &map.data else { return None };
        let before = at.checked_sub(1).and_then(|before| entries.get(before));
        if self.inside(steps) {
            let entry = format!("{name}: {}", write::flow(value));
            return Some(match (before, entries.first()) {
                (Some((key, node)), _) => put_in(self.end(key, node), format!(", {entry}")),
                (None, Some((key, _))) => put_in(key.range.start, format!("{entry}, ")),
                (None, None) => put_in(map.range.start + 1, entry),
            });
        }
        let (first, _) = entries.first()?;
        let column = self.column(first.range.start);
        let mut lines = Vec::new();
        let Some((key, node)) = before else {
            write::entry(name, value, column, &mut lines);
            let written = lines.join(self.line_end()).split_off(column);
            return Some(put_in(
                first.range.start,
                format!("{written}{}{}", self.line_end(), " ".repeat(column)),
            ));
        };
        if matches!(value, Value::List(_)) && self.apart(entries, at - 1) {
            lines.push(String::new());
        }
        write::entry(name, value, column, &mut lines);
        // Remarks at the end of the file stay where they are.
        let last = steps.is_empty() && at == entries.len();
        Some(self.below(if last { self.text.trim_end().len() } else { self.end(key, node) }, &lines))
    }

    /// Whether a blank line stands before a key.
    fn apart(&self, entries: &[(Key, Node)], at: usize) -> bool {
        let Some((key, node)) = at.checked_sub(1).map(|before| &entries[before]) else { return false };
        let between = self.text.get(self.end(key, node)..entries[at].0.range.start).unwrap_or_default();
        // The last one is the line in which the key stands.
        let lines: Vec<&str> = between.split('\n').skip(1).collect();
        lines.split_last().is_some_and(|(_, lines)| lines.iter().any(|line| line.trim_end().is_empty()))
    }

    /// The stretch that goes with a key or an item.
    pub fn removed(&self, steps: &[Step]) -> Option<Range<usize>> {
        let (last, above) = steps.split_last()?;
        let parent = find(&self.root, above)?;
        let (ranges, at): (Vec<Range<usize>>, usize) = match (&parent.data, last) {
            (Data::Map(entries), Step::Key(name)) => (
                entries.iter().map(|(key, node)| key.range.start..self.end(key, node)).collect(),
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
        let start = match &parent.data {
            Data::List(items) => self.dash(items.get(at)?)?,
            _ => range.start,
        };
        // The first key of an item stands beside the item's dash.
        let stop = self.line_stop(range.end);
        let rest = &self.text[stop..];
        if self.indent(start).is_none() {
            ranges.get(at + 1)?;
            return Some(start..self.text.len() - rest.trim_start().len());
        }
        let lines = self.line_start(start)..stop + rest.find('\n').map_or(rest.len(), |end| end + 1);
        // Of the blank lines around a key of the first level, one is enough.
        let blank = self.line_start(lines.start.saturating_sub(1))..lines.start;
        let is_blank = |line: &str| line.trim().is_empty();
        let next = self.text[lines.end..].split('\n').next().unwrap_or_default();
        let both = steps.len() == 1 && is_blank(&self.text[blank.clone()]) && is_blank(next);
        Some(if both { blank.start..lines.end } else { lines })
    }

    /// What has to be written so that a list, or a value that stands for a list of one, has more items.
    pub fn inserted(&self, there: &Node, index: usize, values: &[Value]) -> Option<Vec<TextSplice>> {
        let Range { start, end } = there.range;
        let flow = values.iter().map(write::flow).collect::<Vec<_>>().join(", ");
        let items_at = |column: usize, step: usize| -> Vec<String> {
            values.iter().flat_map(|value| write::item(value, column, step)).collect()
        };
        Some(match &there.data {
            Data::List(items) => {
                let before = index.min(items.len()).checked_sub(1).and_then(|before| items.get(before));
                if brackets(self.text, there) {
                    return Some(vec![match (before, items.first()) {
                        (Some(before), _) => put_in(before.range.end, format!(", {flow}")),
                        (None, Some(first)) => put_in(first.range.start, format!("{flow}, ")),
                        (None, None) => put_in(start + 1, flow),
                    }]);
                }
                let (item, dash) =
                    items.iter().rev().find_map(|item| self.dash(item).map(|dash| (item, dash)))?;
                let between = &self.text[dash..item.range.start];
                let step = if between.contains('\n') { 2 } else { between.len() };
                let lines = items_at(self.indent(dash)?, step);
                vec![match before {
                    Some(before) => self.below(before.range.end, &lines),
                    None => self.above(self.dash(items.first()?)?, &lines),
                }]
            }
            Data::Map(_) if !brackets(self.text, there) => {
                // One blank before the first key becomes its dash.
                let lines = items_at(self.indent(start)?.checked_sub(2)?, 2);
                let dash = (start - 2..start - 1, "-".to_owned());
                match index {
                    0 => vec![self.above(start, &lines), dash],
                    _ => vec![dash, self.below(end, &lines)],
                }
            }
            Data::Map(_) | Data::Text(_) => match index {
                0 => vec![put_in(start, format!("[{flow}, ")), put_in(end, "]".to_owned())],
                _ => vec![put_in(start, "[".to_owned()), put_in(end, format!(", {flow}]"))],
            },
            Data::Nothing | Data::Broken => return None,
        })
    }

    /// The stretch of an item, with its dash and the remark in its last line where it has its lines for itself.
    pub fn slot(&self, list: &Node, item: &Node) -> Range<usize> {
        match brackets(self.text, list) {
            true => item.range.clone(),
            false => self.dash(item).unwrap_or(item.range.start)..self.line_stop(item.range.end),
        }
    }

    /// Lines below the line in which a place stands.
    fn below(&self, at: usize, lines: &[String]) -> TextSplice {
        put_in(self.line_stop(at), lines.iter().flat_map(|line| [self.line_end(), line.as_str()]).collect())
    }

    /// Lines above the line in which a place stands.
    fn above(&self, at: usize, lines: &[String]) -> TextSplice {
        put_in(self.line_start(at), lines.iter().flat_map(|line| [line.as_str(), self.line_end()]).collect())
    }

    /// Where an item's dash stands, if there is nothing but blanks and line ends between.
    fn dash(&self, item: &Node) -> Option<usize> {
        Some(self.text[..item.range.start].trim_end().strip_suffix('-')?.len())
    }

    /// Where a key's value may begin.
    fn colon(&self, key: &Key) -> usize {
        self.text[key.range.end..].find(':').map_or(key.range.end, |at| key.range.end + at + 1)
    }

    /// Where a key ends with its value; without one, it ends with its colon, or with the mark of a block that has no lines yet.
    fn end(&self, key: &Key, value: &Node) -> usize {
        if !value.range.is_empty() {
            return value.range.end;
        }
        let colon = self.colon(key);
        let mark = self.text[colon..].trim_start_matches(' ');
        let begins = self.text.len() - mark.len();
        match mark.starts_with(['|', '>']) {
            true => begins + mark.find(|c: char| c.is_whitespace()).unwrap_or(mark.len()),
            false => colon,
        }
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
        at + line.strip_suffix('\r').unwrap_or(line).len()
    }

    /// The column of a place, in characters of one byte: indents are blanks.
    fn column(&self, at: usize) -> usize {
        at - self.line_start(at)
    }

    /// The blanks before a place in its line, if there is nothing else.
    fn indent(&self, at: usize) -> Option<usize> {
        let before = &self.text[self.line_start(at)..at];
        before.bytes().all(|byte| byte == b' ').then_some(before.len())
    }

    /// Whether a value stands in brackets or braces, or in something that does.
    fn inside(&self, steps: &[Step]) -> bool {
        (0..=steps.len())
            .filter_map(|count| find(&self.root, &steps[..count]))
            .any(|node| brackets(self.text, node))
    }
}

/// Whether a list or a map stands in brackets or braces.
pub(super) fn brackets(text: &str, node: &Node) -> bool {
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

/// The remarks of a file, in any order that is always the same.
fn remarks<'t>(text: &'t str, texts: &[Range<usize>]) -> Vec<&'t str> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(mark) = text[at..].find('#').map(|mark| at + mark) {
        let near = texts.get(texts.partition_point(|range| range.end <= mark));
        if let Some(range) = near.filter(|range| range.contains(&mark)) {
            at = range.end;
        } else if text[..mark].is_empty() || text[..mark].ends_with([' ', '\t', '\n']) {
            let line = text[mark..].split('\n').next().unwrap_or_default();
            at = mark + line.len();
            found.push(line.trim_end());
        } else {
            at = mark + 1;
        }
    }
    found.sort_unstable();
    found
}

/// Where keys and texts stand, in order.
fn texts(node: &Node, ranges: &mut Vec<Range<usize>>) {
    match &node.data {
        Data::Text(_) => ranges.push(node.range.clone()),
        Data::List(items) => items.iter().for_each(|item| texts(item, ranges)),
        Data::Map(entries) => entries.iter().for_each(|(key, value)| {
            ranges.push(key.range.clone());
            texts(value, ranges);
        }),
        Data::Nothing | Data::Broken => {}
    }
}

fn put_in(at: usize, text: String) -> TextSplice {
    (at..at, text)
}
