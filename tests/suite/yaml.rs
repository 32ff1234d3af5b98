//! What a YAML file is read as: what every other program reads; no text makes the reader panic.

use std::fs;

use serde_yaml::Value as Other;

use crate::common::{files, plan, shipped};
use ccrov::yaml::edit::{At, Value, has, value_at};

/// Two readers must see the same file; numbers and truth values are text to ours.
fn same(value: &Value, other: &Other) -> bool {
    match (value, other) {
        (Value::Text(text), Other::String(other)) => text == other,
        (Value::Text(text), Other::Bool(_) | Other::Number(_)) => {
            serde_yaml::from_str::<Other>(text).is_ok_and(|read| read == *other)
        }
        (Value::List(items), Other::Sequence(others)) => {
            items.len() == others.len() && items.iter().zip(others).all(|(a, b)| same(a, b))
        }
        (Value::Map(entries), Other::Mapping(others)) => {
            entries.len() == others.len()
                && entries.iter().all(|(key, value)| {
                    let mut others = others.iter();
                    others.any(|(other, inner)| same(&Value::Text(key.clone()), other) && same(value, inner))
                })
        }
        _ => false,
    }
}

/// Holds what stands at a place against the other reader. Where something within says nothing, there is no value of the whole: then
/// each part for itself.
fn assert_same(text: &str, at: &At, other: &Other) {
    let there = |at: &At| has(text, at).unwrap();
    if let Some(value) = value_at(text, at) {
        assert!(same(&value, other), "{at}: {value:?} is {other:?} in\n{text}");
        return;
    }
    assert!(there(at), "{at} is not there in\n{text}");
    match other {
        Other::Null => {}
        Other::Sequence(items) => {
            items.iter().enumerate().for_each(|(nth, item)| assert_same(text, &at.item(nth), item));
            assert!(!there(&at.item(items.len())), "{at} has more items in\n{text}");
        }
        Other::Mapping(entries) => {
            for (key, value) in entries {
                assert_same(text, &at.key(key.as_str().unwrap()), value);
            }
        }
        other => panic!("{at} says nothing, and is {other:?} in\n{text}"),
    }
}

/// A release whose values are written in all ways.
const FORMS: &str = "\
name: 'It''s'
milestones: {day: 2024-10-08}
calendar:
tasks:
  - {id: a, step: 1, owners: sos, text: \"tab\\there\", end: {at: day}}
  - id: b
    step: \"2\"
    owners: [sos]
    text: >
      folded
      text

      more
    warning: |-
      kept
       lines
    end: {at: day}
";

#[test]
fn files_are_read_as_other_programs_read_them() {
    let mut texts = vec![FORMS.to_owned()];
    for folder in ["memos", "tests/golden"] {
        let folder = shipped().join(folder);
        let names = files(&folder).into_iter().filter(|name| name.ends_with(".yaml"));
        texts.extend(names.map(|name| fs::read_to_string(folder.join(name)).unwrap()));
    }
    assert!(texts.len() > 8);
    for text in texts {
        assert_same(&text, &At::default(), &serde_yaml::from_str(&text).unwrap());
    }
    let read = plan::good(FORMS);
    let texts: Vec<&str> = read.plan().unwrap().tasks.iter().map(|task| task.text.value.as_str()).collect();
    assert_eq!(texts, ["tab\there", "folded text\nmore"]);
}

#[test]
fn no_text_makes_it_panic() {
    let text = "a: [b, {c: \"d\"}]\ne: |\n  é…\n - ' \n# x\n? !t &a *a\n---\n";
    for (start, _) in text.char_indices() {
        for (end, _) in text.char_indices().filter(|(end, _)| *end >= start) {
            let (_, faults) = plan::read(plan::OFFICE, &text[start..end]);
            assert!(!faults.is_empty(), "{:?}", &text[start..end]);
        }
    }
}
