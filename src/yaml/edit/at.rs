//! One value of a file, wherever it stands, is set, inserted, moved or removed.
//!
//! In: a file's text, and where: `tasks[3].end`. Out: the edited text. Not here: which keys there are.

use std::{mem, ops::Range};

use super::{
    At, Step, Value,
    file::{YamlFile, brackets},
    nodes::{cut, find, find_mut, node, put, same},
};
use crate::yaml::tree::{Data, Node};

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
    let mut file = YamlFile::read(text)?;
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
    let pieces = file.set(at.steps(), Some(value))?;
    put(&mut file.root, at.steps(), now)?;
    file.written(pieces)
}

/// Takes a key with its value out, or an item of a list. What is empty then is taken out, too.
///
/// ```
/// use ccrov::yaml::edit;
/// let text = "to:\n  - A\n  - B # second\nfrom: ana\n";
/// assert_eq!(edit::remove_at(text, &"to[1]".parse().unwrap()).unwrap(), "to:\n  - A\nfrom: ana\n");
/// ```
pub fn remove_at(text: &str, at: &At) -> Option<String> {
    let mut file = YamlFile::read(text)?;
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
    file.without(range)
}

/// The text without what stands at a place, as [`remove_at`] takes it out, if anything does.
///
/// ```
/// use ccrov::yaml::edit;
/// let text = "to: [A, B]\nfrom: ana\n";
/// assert_eq!(edit::without(text, &"from".parse().unwrap()).unwrap(), "to: [A, B]\n");
/// assert_eq!(edit::without(text, &"body".parse().unwrap()).unwrap(), text);
/// ```
pub fn without(text: &str, at: &At) -> Option<String> {
    if has(text, at)? { remove_at(text, at) } else { Some(text.to_owned()) }
}

/// Whether a file has anything at a place; `None` if it cannot be read.
pub fn has(text: &str, at: &At) -> Option<bool> {
    let file = YamlFile::read(text)?;
    Some(find(&file.root, at.steps()).is_some())
}

/// Puts an item into a list: before the one that stands at `index`, or after the last. A list that is not there is begun.
///
/// ```
/// use ccrov::yaml::edit::{self, Value};
/// let b = Value::Text("B".to_owned());
/// assert_eq!(edit::insert_at("to: [A, C]\n", &"to".parse().unwrap(), 1, &b).unwrap(), "to: [A, B, C]\n");
/// ```
pub fn insert_at(text: &str, list: &At, index: usize, value: &Value) -> Option<String> {
    insert_all_at(text, list, index, std::slice::from_ref(value))
}

/// Puts several items into a list, one below the other, as [`insert_at`] does with one.
pub fn insert_all_at(text: &str, list: &At, index: usize, values: &[Value]) -> Option<String> {
    let mut file = YamlFile::read(text)?;
    let steps = list.steps();
    if values.is_empty() {
        return Some(text.to_owned());
    }
    let Some(there) = find(&file.root, steps).filter(|there| !matches!(there.data, Data::Nothing)) else {
        let all = Value::List(values.to_vec());
        let pieces = file.set(steps, Some(&all))?;
        put(&mut file.root, steps, node(all))?;
        return file.written(pieces);
    };
    let pieces = file.inserted(there, index, values)?;
    let there = find_mut(&mut file.root, steps)?;
    if !matches!(there.data, Data::List(_)) {
        let alone = Node { range: 0..0, data: mem::replace(&mut there.data, Data::Nothing) };
        there.data = Data::List(vec![alone]);
    }
    if let Data::List(items) = &mut there.data {
        let index = index.min(items.len());
        items.splice(index..index, values.iter().cloned().map(node));
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
    let mut file = YamlFile::read(text)?;
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
