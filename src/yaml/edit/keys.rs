//! Keys of a file's first level are set, added and renamed, each where it belongs among the others.
//!
//! In: a file's text, and values by key. Out: the edited text. Not here: values further in.

use std::collections::BTreeMap;

use super::{
    At, Step, Value,
    file::{TextSplice, YamlFile, brackets},
    insert_at,
    nodes::{find_mut, key, node, same},
    without, write,
};
use crate::yaml::tree::{Data, Node};

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
        let file = YamlFile::read(&text)?;
        let value = value.map(|value| Value::Text(value.to_owned()));
        let written = match (position(&file, key)?, value) {
            (None, None) => continue,
            (Some(at), value) => instead(file, at, value.as_ref())?,
            (None, Some(value)) => {
                let before = before.and_then(|before| position(&file, before).flatten());
                add(file, before.map_or(0, |at| at + 1), key, value)?
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
    let mut file = YamlFile::read(text)?;
    let mut pieces = Vec::new();
    renamed(text, &mut file.root, false, names, &mut pieces);
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
    let file = YamlFile::read(text)?;
    let Some(at) = position(&file, key)? else {
        let after = after.iter().find_map(|key| position(&file, key).flatten());
        let at = after.map_or(file.entries()?.len(), |at| at + 1);
        return add(file, at, key, Value::List(vec![item]));
    };
    match file.entries()?[at].1.data {
        // Text where items belong is a slip, and no item.
        Data::Text(_) => None,
        _ => insert_at(text, &At::default().key(key), usize::MAX, &item),
    }
}

/// Writes keys with values under a key of the file's first level, in lines of their own, in place of what stood there. A key that is
/// not there comes after the first of `after` that is, or else at the end.
///
/// ```
/// use ccrov::yaml::edit::{self, Value};
/// let by = Value::Map(vec![("by".to_owned(), Value::Text("ana-ruiz".to_owned()))]);
/// let text = "name: VoteCal Release # of 2021\ncalendar: state\n";
/// assert_eq!(
///     edit::put(text, "proposed", by, &["name"]).unwrap(),
///     "name: VoteCal Release # of 2021\nproposed:\n  by: ana-ruiz\ncalendar: state\n",
/// );
/// ```
pub fn put(text: &str, key: &str, value: Value, after: &[&str]) -> Option<String> {
    let text = without(text, &At::default().key(key))?;
    let file = YamlFile::read(&text)?;
    let after = after.iter().find_map(|key| position(&file, key).flatten());
    let at = after.map_or(file.entries()?.len(), |at| at + 1);
    add(file, at, key, value)
}

/// Where a key stands among the others, if the file has keys.
fn position(file: &YamlFile<'_>, key: &str) -> Option<Option<usize>> {
    Some(file.entries()?.iter().position(|(there, _)| there.text == key))
}

/// Text written where other text or nothing is.
fn instead(mut file: YamlFile<'_>, at: usize, value: Option<&Value>) -> Option<String> {
    let (key, there) = &file.entries()?[at];
    let now = value.map_or(Data::Nothing, |value| node(value.clone()).data);
    if !matches!(there.data, Data::Text(_) | Data::Nothing) {
        return None;
    }
    if same(&there.data, &now) {
        return Some(file.text.to_owned());
    }
    let steps = [Step::Key(key.text.clone())];
    let pieces = file.set(&steps, value)?;
    find_mut(&mut file.root, &steps)?.data = now;
    file.written(pieces)
}

/// A key that is not there yet.
fn add(mut file: YamlFile<'_>, at: usize, name: &str, value: Value) -> Option<String> {
    let piece = file.added(&[], at, name, &value)?;
    if let Data::Map(entries) = &mut file.root.data {
        entries.insert(at, (key(name), node(value)));
    }
    file.written(vec![piece])
}

fn renamed(
    text: &str,
    node: &mut Node,
    inside: bool,
    names: &BTreeMap<String, String>,
    pieces: &mut Vec<TextSplice>,
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
