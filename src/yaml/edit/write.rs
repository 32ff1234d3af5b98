//! A value -> how it is written in YAML.
//!
//! In: a [`Value`]. Out: its text in one line, or the lines of a block. Text has quotes where YAML would read
//! it as something else. Not here: where it is written.

use super::Value;
use crate::{
    diagnostic::{Faults, Sources},
    yaml::tree::{self, Data, Node},
};

/// The lines of a key with its value.
pub(super) fn entry(key: &str, value: &Value, column: usize, lines: &mut Vec<String>) {
    let blanks = " ".repeat(column);
    match value {
        Value::Map(entries) if !entries.is_empty() => {
            lines.push(format!("{blanks}{key}:"));
            entries.iter().for_each(|(key, value)| entry(key, value, column + 2, lines));
        }
        Value::List(items) if !items.is_empty() => {
            lines.push(format!("{blanks}{key}:"));
            items.iter().for_each(|value| lines.extend(item(value, column + 2, 2)));
        }
        Value::Text(text) if text.contains('\n') && literal(text) => {
            let (mark, shown) = block(text);
            lines.push(format!("{blanks}{key}: {mark}"));
            let indented =
                |line: &str| if line.is_empty() { String::new() } else { format!("{blanks}  {line}") };
            lines.extend(shown.split('\n').map(indented));
        }
        value => lines.push(format!("{blanks}{key}: {}", flow(value))),
    }
}

/// The lines of an item of a list, which begins `step` columns to the right of its dash.
pub(super) fn item(value: &Value, column: usize, step: usize) -> Vec<String> {
    let mut lines = Vec::new();
    match value {
        Value::Map(entries) if !entries.is_empty() => {
            entries.iter().for_each(|(key, value)| entry(key, value, column + step, &mut lines));
        }
        value => lines.push(format!("{}{}", " ".repeat(column + step), flow(value))),
    }
    lines[0].replace_range(column..=column, "-");
    lines
}

/// A value in brackets and braces, in one line.
pub(super) fn flow(value: &Value) -> String {
    match value {
        Value::Text(text) => scalar(text, true),
        Value::Flow(value) => flow(value),
        Value::List(items) => format!("[{}]", items.iter().map(flow).collect::<Vec<_>>().join(", ")),
        Value::Map(entries) => {
            let entry = |(key, value): &(String, Value)| format!("{key}: {}", flow(value));
            format!("{{{}}}", entries.iter().map(entry).collect::<Vec<_>>().join(", "))
        }
    }
}

/// Text in one line: as it is, if every reader takes it for this text, and otherwise in quotes.
pub(super) fn scalar(text: &str, inside: bool) -> String {
    let written = if inside { format!("a: [{text}]") } else { format!("a: {text}") };
    if reads(&written, text) && !looks_like_another(text) {
        return text.to_owned();
    }
    let single = format!("'{}'", text.replace('\'', "''"));
    if text.contains(['"', '\\']) && reads(&format!("a: {single}"), text) {
        return single;
    }
    // Text in JSON is text in YAML.
    serde_json::Value::from(text).to_string()
}

/// The mark of text in lines of its own, and the lines: the mark says how many line ends stand at the text's end.
fn block(text: &str) -> (&'static str, &str) {
    match text.strip_suffix('\n') {
        None => ("|-", text),
        Some(shown) if shown.ends_with('\n') => ("|+", shown),
        Some(shown) => ("|", shown),
    }
}

/// Whether text of several lines can stand in lines of its own.
fn literal(text: &str) -> bool {
    let (mark, shown) = block(text);
    reads(&format!("a: {mark}\n {}\n", shown.replace('\n', "\n ")), text)
}

/// Whether the key of a small file says this text, and nothing is wrong with it.
fn reads(file: &str, text: &str) -> bool {
    let mut faults = Faults::default();
    let Some(Node { data: Data::Map(entries), .. }) =
        tree::read(Sources::default().add("", ""), file, &mut faults)
    else {
        return false;
    };
    let says = |data: &Data| matches!(data, Data::Text(there) if there == text);
    let all = matches!(entries.as_slice(), [(_, node)] if says(&node.data)
        || matches!(&node.data, Data::List(items) if items.len() == 1 && says(&items[0].data)));
    all && faults.is_empty()
}

/// Whether other programs take text without quotes for a number that is written in another way: `007`, `1e3`.
fn looks_like_another(text: &str) -> bool {
    let zeros = text.len() > 1 && text.starts_with('0') && text.bytes().all(|b| b.is_ascii_digit());
    zeros
        || match serde_yaml::from_str(text) {
            Ok(serde_yaml::Value::String(_)) => false,
            Ok(serde_yaml::Value::Number(number)) => number.to_string() != text,
            Ok(serde_yaml::Value::Bool(flag)) => flag.to_string() != text,
            _ => true,
        }
}
