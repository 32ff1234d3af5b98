//! Edits of a YAML file keep every other byte, and say what was asked for and nothing else.

use std::fs;

use crate::common::{Random, files, shipped};
use ccrov::yaml::{
    edit::{self, At, Value},
    outline,
};
use serde_yaml::Value as Read;

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

fn map(entries: &[(&str, Value)]) -> Value {
    Value::Map(entries.iter().map(|(key, value)| ((*key).to_owned(), value.clone())).collect())
}

/// A delay as `slip` writes it.
fn delay(cause: &str) -> Value {
    let window = map(&[("start", text("2021-11-19")), ("end", text("2021-12-03"))]);
    let moves = map(&[("release", text("2021-12-05")), ("mock-election", window)]);
    map(&[("announced", text("2021-09-30")), ("cause", text(cause)), ("moves", moves)])
}

/// The delay as a second reader reads it.
fn read_of(value: &Value) -> Read {
    match value {
        Value::Text(text) => Read::String(text.clone()),
        Value::Flow(value) => read_of(value),
        Value::List(items) => Read::Sequence(items.iter().map(read_of).collect()),
        Value::Map(entries) => {
            Read::Mapping(entries.iter().map(|(key, value)| (key.as_str().into(), read_of(value))).collect())
        }
    }
}

/// Numbers and truth values are text to ccrov, and blanks at the end of a text are nothing.
fn as_text(value: Read) -> Read {
    match value {
        Read::String(text) => Read::String(text.trim_end().to_owned()),
        Read::Number(number) => Read::String(number.to_string()),
        Read::Bool(flag) => Read::String(flag.to_string()),
        Read::Sequence(items) => Read::Sequence(items.into_iter().map(as_text).collect()),
        Read::Mapping(map) => Read::Mapping(map.into_iter().map(|(k, v)| (k, as_text(v))).collect()),
        other => other,
    }
}

fn read(text: &str) -> Read {
    as_text(serde_yaml::from_str(text).unwrap_or_else(|wrong| panic!("{wrong}\n{text}")))
}

/// Whether a text is another one with one stretch put in.
fn has_one_stretch_more(longer: &str, text: &str) -> bool {
    let before = longer.bytes().zip(text.bytes()).take_while(|(a, b)| a == b).count();
    let after = longer.bytes().rev().zip(text.bytes().rev()).take_while(|(a, b)| a == b).count();
    longer.len() > text.len() && before + after >= text.len()
}

/// Whether every byte of a text stands in another one, in the same order.
fn has_all_of(longer: &str, text: &str) -> bool {
    let mut bytes = longer.bytes();
    text.bytes().all(|byte| bytes.any(|other| other == byte))
}

/// Appends to the list under `delays` and holds the result against a second reader.
fn appended(file: &str, item: &Value) -> String {
    let result = edit::append(file, "delays", item.clone(), &["milestones"])
        .unwrap_or_else(|| panic!("nothing can be appended to\n{file}"));
    let mut expected = read(file);
    let delays = expected.as_mapping_mut().unwrap().entry("delays".into()).or_insert(Read::Null);
    let mut items = match delays.clone() {
        Read::Null => Vec::new(),
        Read::Sequence(items) => items,
        alone => vec![alone],
    };
    items.push(as_text(read_of(item)));
    *delays = Read::Sequence(items);
    assert_eq!(read(&result), expected, "{file}\n{result}");
    result
}

#[test]
fn an_item_is_written_as_its_list_is() {
    for (file, expected) in [
        (
            "delays:\n  - announced: 8/31/2021\n    cause: x # why\n  # about the tasks\n\ntasks: []\n",
            "delays:\n  - announced: 8/31/2021\n    cause: x # why\n  - announced: 2021-09-30\n    cause: new\n  # about the tasks\n\ntasks: []\n",
        ),
        (
            "delays:\r\n-   cause: >-\r\n      two\r\n      lines\r\n\r\ntasks: []\r\n",
            "delays:\r\n-   cause: >-\r\n      two\r\n      lines\r\n-   announced: 2021-09-30\r\n    cause: new\r\n\r\ntasks: []\r\n",
        ),
        ("delays:\n- cause: x", "delays:\n- cause: x\n- announced: 2021-09-30\n  cause: new"),
        (
            "delays:\n  cause: x # why\n  moves:\n    a: 1\n# end\n",
            "delays:\n- cause: x # why\n  moves:\n    a: 1\n- announced: 2021-09-30\n  cause: new\n# end\n",
        ),
        (
            "delays: {cause: x} # one\ntasks: []\n",
            "delays: [{cause: x}, {announced: 2021-09-30, cause: new}] # one\ntasks: []\n",
        ),
        ("delays: [] # none\n", "delays: [{announced: 2021-09-30, cause: new}] # none\n"),
        (
            "delays: # none\n\n# next\ntasks: []\n",
            "delays: # none\n  - announced: 2021-09-30\n    cause: new\n\n# next\ntasks: []\n",
        ),
        (
            "name: x\n\nmilestones:\n  a: 1 # first\n\n# the tasks\ntasks: []\n",
            "name: x\n\nmilestones:\n  a: 1 # first\n\ndelays:\n  - announced: 2021-09-30\n    cause: new\n\n# the tasks\ntasks: []\n",
        ),
        ("name: x\n# end\n", "name: x\n# end\ndelays:\n  - announced: 2021-09-30\n    cause: new\n"),
        (
            "{milestones: {a: 1}, tasks: []}\n",
            "{milestones: {a: 1}, delays: [{announced: 2021-09-30, cause: new}], tasks: []}\n",
        ),
    ] {
        let item = map(&[("announced", text("2021-09-30")), ("cause", text("new"))]);
        assert_eq!(appended(file, &item), expected);
    }
}

#[test]
fn what_cannot_be_a_list_is_left() {
    for file in
        ["delays: none\n", "delays: *x\n", "- delays\n", "delays: [\n", "# nothing\n", "delays:\n a: 1\n"]
    {
        assert_eq!(edit::append(file, "delays", delay("x"), &[]), None, "{file}");
    }
}

#[test]
fn values_are_written_so_that_they_are_read_as_they_are() {
    let file = "# top\nstatus: draft # now\nwhy: |-\n  a\n  b\n\nto: [x]\n";
    let set = |values: &[(&str, Option<&str>)]| edit::set(file, values).unwrap();
    assert_eq!(
        set(&[("number", Some("01150")), ("status", Some("issued")), ("knows", Some("1"))]),
        "# top\nnumber: \"01150\"\nstatus: issued # now\nknows: 1\nwhy: |-\n  a\n  b\n\nto: [x]\n"
    );
    assert_eq!(
        set(&[("why", Some("text with: colon # and hash")), ("number", None), ("status", None)]),
        "# top\nstatus:  # now\nwhy: \"text with: colon # and hash\"\n\nto: [x]\n"
    );
    assert_eq!(edit::set(file, &[("to", Some("y"))]), None);
    assert_eq!(edit::set("{a: 1}", &[("a", Some("b, c"))]).unwrap(), "{a: \"b, c\"}");
}

/// Texts that YAML would read as something else, if they were written as they are.
const TEXTS: [&str; 28] = [
    "the recall",
    "text with: colon # and hash",
    "007",
    "100",
    "1e3",
    "true",
    "null",
    "~",
    "",
    "- a",
    "a, b {c} [d]",
    "“x”",
    "it's \"both\" \\",
    "several\nlines\n\n  of it",
    " first\nlast",
    "last\n\n",
    "tab\tin",
    " before",
    "after ",
    "a:",
    "? a",
    "&a",
    "*a",
    "!a",
    "%a",
    "@a",
    "#a",
    "é … \r",
];

/// Lines that say nothing, or none.
fn gap(chance: &mut Random) -> &'static str {
    chance.one(&[
        "",
        "",
        "",
        "\n",
        "# a remark: - x\n",
        "\n\n  # indented\n",
        "# one\n\n# two\n",
        "    # far in\n",
    ])
}

/// The lines of a delay that stands in a list, or alone.
fn keys(chance: &mut Random, column: usize) -> String {
    let blanks = " ".repeat(column);
    let inner = " ".repeat(column + 1 + chance.index(4));
    let mut out = format!("announced: 8/31/2021{}\n", chance.one(&["", " # told", "   "]));
    if chance.index(3) == 0 {
        out += &format!("{blanks}# between\n");
    }
    let last = match chance.index(10) {
        0 => "cause: plain # why\n".to_owned(),
        1 => "cause: \"quoted # not\"   # why\n".to_owned(),
        2 => format!("cause: 'it''s\n\n{inner}long'\n"),
        3 => format!("cause: |-\n{inner}- a\n{inner}  # b\n\n{inner}c\n"),
        4 => format!("cause: >\n{inner}a\n{inner}b: c\n"),
        5 => format!("cause: a\n{inner}b\n"),
        6 => format!("moves:\n{inner}a: 1\n{inner}b: {{start: 1, end: 2}} # c\n"),
        7 => "moves: {a: 1, b: }\n".to_owned(),
        8 => format!("moves: [a,\n{inner}b, # c\n{inner}]\n"),
        _ => "cause: # none\n".to_owned(),
    };
    out + &blanks + &last
}

/// The key `delays` in one of the ways in which it can be written, and whether its item alone becomes a list.
fn delays(chance: &mut Random) -> (String, bool) {
    let in_line = |value: &str| (format!("delays: {value}\n"), false);
    match chance.index(13) {
        0 => (String::new(), false),
        1 => ("delays:\n".to_owned(), false),
        2 => in_line("# none"),
        3 => in_line("[]"),
        4 => in_line("[ ] # none"),
        5 => in_line("[{a: b}, {c: d} , ] # two"),
        6 => in_line("[\n    {a: b}, # one\n    {c: [d]} # two\n  ]"),
        7 => (format!("delays: {{a: b,\n  c: d}}{}\n", chance.one(&["", " # one"])), true),
        8 => {
            let column = 2 + chance.index(4);
            let remark = chance.one(&["", "# one\n"]);
            (format!("delays:\n{remark}{}{}", " ".repeat(column), keys(chance, column)), true)
        }
        _ => {
            let (column, step) = (chance.index(5), 2 + chance.index(3));
            let mut out = format!("delays:{}\n", chance.one(&["", " # so far"]));
            for _ in 0..=chance.index(3) {
                out += gap(chance);
                let start = match chance.index(6) {
                    0 => format!("-\n{}", " ".repeat(column + step)),
                    _ => format!("-{}", " ".repeat(step - 1)),
                };
                out += &format!("{}{start}{}", " ".repeat(column), keys(chance, column + step));
            }
            (out, false)
        }
    }
}

/// A file with `name`, `delays` and others, in any order.
fn file(chance: &mut Random) -> (String, bool) {
    if chance.index(12) == 0 {
        let delays = chance.one(&["", "delays: [], ", "delays: , ", "delays: [{a: b}],\n  "]);
        return (format!("# in braces\n{{name: x, {delays}milestones: {{a: 1}}}} # end\n"), false);
    }
    let (delays, alone) = delays(chance);
    let mut parts = vec![
        delays,
        chance
            .one(&["name: x # y\n", "name: \"x\"\n", "name: |-\n  x\n", "name:\n", "name: >-\n    x\n\n"])
            .to_owned(),
        "milestones:\n  a: 2021-07-09\n  b:\n    start: 1\n    end: 2 # c\n".to_owned(),
        "note: >-\n  See below:\n  # no remark\n\n  - x\n".to_owned(),
        "tasks:\n- id: a\n  step: 01\n\n- id: b\n".to_owned(),
        "keep: |\n  - announced: 1\n   more\n".to_owned(),
        "other: \"delays:\\n- x\"\n".to_owned(),
    ];
    let mut out = chance.one(&["", "", "---\n", "# top\n\n"]).to_owned();
    while !parts.is_empty() {
        out += gap(chance);
        let part = chance.index(parts.len());
        out += &parts.remove(part);
    }
    out += gap(chance);
    if chance.index(4) == 0 {
        out.truncate(out.trim_end().len());
    }
    (if chance.index(3) == 0 { out.replace('\n', "\r\n") } else { out }, alone)
}

#[test]
fn every_other_byte_is_kept() {
    let mut chance = Random(1);
    for _ in 0..1500 {
        let (file, alone) = file(&mut chance);
        let longer = appended(&file, &delay(chance.one(&TEXTS)));
        if alone {
            // One blank may have become a dash.
            let blanks = |text: &str| text.replace('-', " ");
            assert!(has_all_of(&blanks(&longer), &blanks(&file)), "{file}\n{longer}");
        } else {
            assert!(has_one_stretch_more(&longer, &file), "{file}\n{longer}");
        }
        assert_eq!(file.contains("\r\n"), longer.contains("\r\n"));
        assert!(!file.contains("\r\n") || !longer.replace("\r\n", "").contains('\n'), "{longer}");
        // Again, to what was written before.
        appended(&longer, &delay(chance.one(&TEXTS)));
    }
}

/// The items under `delays` as a second reader reads them.
fn items(text: &str) -> Vec<Read> {
    match &read(text)["delays"] {
        Read::Null => Vec::new(),
        Read::Sequence(items) => items.clone(),
        alone => vec![alone.clone()],
    }
}

#[test]
fn an_item_is_put_in_moved_and_taken_out_wherever_it_stands() {
    let mut chance = Random(3);
    let list = At::default().key("delays");
    for _ in 0..1500 {
        let (file, alone) = file(&mut chance);
        let mut expected = if read(&file).get("delays").is_some() { items(&file) } else { Vec::new() };
        let index = chance.index(expected.len() + 1);
        let item = delay(chance.one(&TEXTS));
        let longer = edit::insert_at(&file, &list, index, &item).unwrap_or_else(|| panic!("{index}\n{file}"));
        expected.insert(index, as_text(read_of(&item)));
        assert_eq!(items(&longer), expected, "{index}\n{file}\n{longer}");
        assert!(alone || has_one_stretch_more(&longer, &file), "{index}\n{file}\n{longer}");

        expected.remove(index);
        match edit::remove_at(&longer, &list.item(index)) {
            Some(shorter) => {
                assert!(has_one_stretch_more(&longer, &shorter), "{index}\n{longer}\n{shorter}");
                let left = if expected.is_empty() { Vec::new() } else { items(&shorter) };
                assert_eq!(left, expected, "{shorter}");
            }
            // An indented remark below would become part of the text above.
            None => assert!(longer.contains("  # "), "{index}\n{longer}"),
        }

        let (from, to) = (chance.index(expected.len() + 1), chance.index(expected.len() + 1));
        let mut expected = items(&longer);
        let Some(moved) = edit::move_at(&longer, &list, from, to) else {
            assert!(longer.contains("  # "), "{from} {to}\n{longer}");
            continue;
        };
        let item = expected.remove(from);
        expected.insert(to, item);
        assert_eq!(items(&moved), expected, "{from} {to}\n{longer}\n{moved}");
    }
}

#[test]
fn a_value_is_written_in_its_place() {
    let mut chance = Random(2);
    for _ in 0..1500 {
        let (file, _) = file(&mut chance);
        let value = chance.one(&TEXTS);
        let result =
            edit::set(&file, &[("name", Some(value))]).unwrap_or_else(|| panic!("{value:?}\n{file}"));
        let mut expected = read(&file);
        expected.as_mapping_mut().unwrap().insert("name".into(), as_text(value.into()));
        assert_eq!(read(&result), expected, "{file}\n{result}");
        let name = outline(&file).unwrap().into_iter().find(|entry| entry.path == "name").unwrap();
        let after = if name.text.is_none() { name.key.end + 1 } else { name.range.end };
        assert!(result.starts_with(&file[..name.key.end]), "{file}\n{result}");
        assert!(result.ends_with(&file[after..]), "{file}\n{result}");
    }
}

#[test]
fn every_file_of_the_repository_can_be_edited() {
    let mut releases = 0;
    for folder in ["memos", "tests/golden", "tests/explained"] {
        let folder = shipped().join(folder);
        for name in files(&folder).iter().filter(|name| name.ends_with(".yaml")) {
            let as_written = fs::read_to_string(folder.join(name)).unwrap();
            for file in
                [as_written.clone(), as_written.replace('\n', "\r\n"), as_written.trim_end().to_owned()]
            {
                if outline(&file).is_none_or(|entries| entries.is_empty()) {
                    continue;
                }
                assert!(
                    has_one_stretch_more(
                        &edit::set(&file, &[("status-of-old", Some("a: b"))]).unwrap(),
                        &file
                    ),
                    "{name}"
                );
                assert!(has_one_stretch_more(&appended(&file, &delay("the recall")), &file), "{name}");
                if name.contains("releases/") {
                    releases += 1;
                    let longer = edit::append(&file, "tasks", delay("x"), &[]).unwrap();
                    assert!(has_one_stretch_more(&longer, &file), "{name}");
                }
            }
        }
    }
    assert!(releases > 9);
}

#[test]
fn a_block_without_lines_takes_any_text_whatever_stands_below() {
    for mark in ["|", ">", "|-", ">+", "|2", "| # the text", ">- # folded"] {
        for below in ["", "attachments: schedule\n", "\n# A remark.\nattachments: schedule\n", "\n"] {
            let file = format!("date: 2026-03-02\nbody: {mark}\n{below}");
            for value in ["Hello.", "One.\n\nTwo.\n", "- one\n- two", "  It begins with blanks.", ""] {
                let written = edit::set_at(&file, &"body".parse::<At>().unwrap(), &text(value));
                // A remark beside the mark is kept, or the file is left to a person.
                let Some(written) = written else {
                    assert!(mark.contains('#'), "{value:?} in\n{file}");
                    continue;
                };
                assert_eq!(read(&written)["body"], as_text(Read::String(value.to_owned())), "{written}");
                for kept in below.lines().chain(mark.find('#').map(|at| &mark[at..])) {
                    assert!(written.contains(kept), "{kept} is gone:\n{written}");
                }
            }
        }
    }
}
