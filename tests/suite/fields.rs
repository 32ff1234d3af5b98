//! The fields of a file, and one of them set: every other byte is kept.

use crate::common::{Folder, files, shipped};
use ccrov::{
    desk::{self, Desk, Field, SourceFile},
    folder::WorkingFolder,
    schema::{FieldKind, SCHEMAS},
    yaml::edit::{At, Value, insert_at, move_at, remove_at, set_at, typed},
};

const MEMO: &str = "memos/2021/21144.yaml";
const RELEASE: &str = "memos/releases/votecal-2021-2.yaml";

fn fields(folder: &Folder, name: &str) -> Vec<Field> {
    let snapshot = Desk::at(&WorkingFolder::at(folder.path())).snapshot().unwrap();
    let file = SourceFile::find(name, &snapshot).unwrap();
    desk::fields(&snapshot, &file).unwrap().fields
}

fn find<'f>(fields: &'f [Field], key: &str) -> Option<&'f Field> {
    fields.iter().find_map(|field| if field.key == key { Some(field) } else { find(&field.fields, key) })
}

#[test]
fn choices_that_are_called_alike_say_which_is_which() {
    let folder = Folder::with_seed();
    let labels = |folder: &Folder| {
        let memo = fields(folder, "21144");
        let choices = &find(&memo, "release").unwrap().choices;
        choices.iter().map(|choice| choice.label.clone()).collect::<Vec<_>>()
    };
    let [alone] = labels(&folder).try_into().unwrap();
    folder.file("memos/releases/votecal-2022-1.yaml", folder.read(RELEASE));
    assert_eq!(labels(&folder), ["2021-2", "2022-1"].map(|id| format!("{alone} (votecal-{id})")));
}

#[test]
fn a_field_has_what_is_written_what_it_means_and_where_it_stands() {
    let folder = Folder::with_seed();
    let memo = fields(&folder, "21144");
    let from = find(&memo, "from[0]").or_else(|| find(&memo, "from")).unwrap();
    assert_eq!(from.written.as_deref(), Some("debra-ledsinger"));
    assert_eq!(from.resolved.as_deref(), Some("Debra Ledsinger"));
    assert!(from.choices.iter().any(|choice| choice.value == "debra-ledsinger"));
    let status = find(&memo, "status").unwrap();
    assert_eq!((status.kind, status.choices.len()), (FieldKind::Choice, 5));
    let date = find(&memo, "date").unwrap();
    assert_eq!((date.kind, date.resolved.as_deref()), (FieldKind::Date, Some("August 31, 2021")));
    let line = folder.read(MEMO).lines().position(|line| line.starts_with("date:")).unwrap() + 1;
    assert_eq!((date.line, date.column), (Some(line), Some(1)));
    let contact = find(&memo, "election").unwrap();
    assert_eq!((contact.written.as_deref(), contact.line), (None, None));
    assert!(find(&memo, "subject").unwrap().required);
}

#[test]
fn the_dates_of_a_release_are_shown_as_they_are_after_its_delays() {
    let release = fields(&Folder::with_seed(), "votecal-2021-2");
    let milestone = find(&release, "milestones.release").unwrap();
    assert_eq!(milestone.resolved.as_deref(), Some("11/21/2021"), "{milestone:?}");
    let tasks = find(&release, "tasks").unwrap();
    let step = tasks.fields.iter().find(|task| {
        find(&task.fields, &format!("{}.id", task.key)).unwrap().written.as_deref() == Some("ems-release")
    });
    let start = find(&step.unwrap().fields, &format!("{}.start", step.unwrap().key)).unwrap();
    assert_eq!((start.kind, start.resolved.as_deref()), (FieldKind::Rule, Some("10/4/2021")), "{start:?}");
    assert!(start.written.as_deref().unwrap().contains("deployment"), "{start:?}");
}

#[test]
fn what_is_wrong_stands_with_the_field_that_it_is_in() {
    let folder = Folder::with_seed();
    folder.edit(MEMO, "status: issued", "status: isued");
    let memo = fields(&folder, "21144");
    assert_eq!(find(&memo, "status").unwrap().faults, [0]);
    assert_eq!(find(&memo, "date").unwrap().faults, [0; 0]);
}

#[test]
fn a_field_that_is_set_changes_its_own_bytes_and_no_others() {
    let folder = Folder::with_seed();
    let (memo, release) = (folder.read(MEMO), folder.read(RELEASE));
    let run = folder.run(&["set", "21144", "subject", "Revised: dates"]);
    assert_eq!((run.status, run.faults.as_str()), (0, ""), "{}", run.results);
    let now = folder.read(MEMO);
    let changed: Vec<_> = memo.lines().zip(now.lines()).filter(|(was, is)| was != is).collect();
    assert_eq!(changed.len(), 1, "{changed:?}");
    assert_eq!(changed[0].1, "subject: \"Revised: dates\"");

    let run = folder.run(&["set", "votecal-2021-2", "tasks[3].end", "{at: deployment, offset: -4wd}"]);
    assert!(run.status <= 1, "{}", run.faults);
    let now = folder.read(RELEASE);
    let changed: Vec<_> = release.lines().zip(now.lines()).filter(|(was, is)| was != is).collect();
    assert_eq!(changed.len(), 1, "{changed:?}");
    assert!(changed[0].1.ends_with("end: {at: deployment, offset: -4wd}"), "{changed:?}");
    assert_eq!(release.lines().count(), now.lines().count());
}

#[test]
fn what_is_said_of_a_change_is_what_the_file_says_then() {
    let folder = Folder::with_seed();
    for (arguments, said) in [
        (&["to", "All Counties", "--insert", "0"][..], "to is now [All Counties, All County Clerks"),
        (&["to", "[All, none]", "--insert", "0"], "to is now [\"[All, none]\", All Counties"),
        (&["to[0]", "--remove"], "to[0] is "),
        (&["to[1]", "--to", "0"], "to is now [All County Clerks"),
        (&["to[0]", "--remove"], "to[0] is removed."),
        (&["to", "[A, B]"], "to is now [A, B]."),
        (&["knows", "--remove"], "knows is removed."),
    ] {
        let run = folder.run(&[&["set", "21144"], arguments].concat());
        assert!(
            run.results.contains(&format!("{MEMO}: {said}")),
            "{arguments:?}: {}{}",
            run.results,
            run.faults
        );
    }
    assert!(folder.read(MEMO).contains("\nto: [A, B]\n"), "{}", folder.read(MEMO));
}

#[test]
fn what_cannot_be_set_is_said() {
    let folder = Folder::with_seed();
    for (arguments, status, said) in [
        (&["set", "21145"][..], 2, "there is no memo or release `21145`; did you mean `21144`?"),
        (&["set", "21144", "subjct", "x"], 2, "there is no key `subjct` in `21144`; did you mean `subject`?"),
        (&["set", "21144", "to[x]", "x"], 2, "`to[x]` is no key"),
        (&["set", "21144", "subject"], 2, "what subject is to say is missing"),
        (&["set", "21144", "subject", "--to", "1"], 2, "--to moves an item of a list"),
        (&["set", "21144", "signed", "--remove"], 2, "21144.yaml has no `signed` that could be removed"),
        (&["set", "21144", "to[7]", "x"], 1, "cannot be edited in the way it is written"),
    ] {
        let run = folder.run(arguments);
        assert_eq!((run.status, run.results.as_str()), (status, ""), "{arguments:?}: {}", run.faults);
        assert!(run.faults.contains(said), "{arguments:?}: {}", run.faults);
    }
}

#[test]
fn a_value_with_a_fault_is_set_and_the_fault_is_shown() {
    let folder = Folder::with_seed();
    let run = folder.run(&["set", "21144", "status", "isued"]);
    assert_eq!(run.status, 1);
    assert!(run.faults.contains("isued") && run.results.contains("status is now isued"), "{}", run.results);
}

fn at(text: &str) -> At {
    text.parse().unwrap()
}

#[test]
fn values_are_set_inserted_moved_and_removed_however_they_are_written() {
    let text = |text: &str| Value::Text(text.to_owned());
    let set = |file: &str, key: &str, value: &str| set_at(file, &at(key), &typed(value)).unwrap();
    assert_eq!(set("a: {b: 1, c: 2} # x\n", "a.b", "3"), "a: {b: 3, c: 2} # x\n");
    assert_eq!(set("a: {b: 1}\n", "a.c", "3"), "a: {b: 1, c: 3}\n");
    assert_eq!(set("a:\n  b: 1 # one\nd: 4\n", "a.c", "3"), "a:\n  b: 1 # one\n  c: 3\nd: 4\n");
    assert_eq!(set("a:\nd: 4\n", "a.c", "3"), "a:\n  c: 3\nd: 4\n");
    assert_eq!(set("d: 4 # end\n", "a.c", "3"), "d: 4 # end\na:\n  c: 3\n");
    assert_eq!(set("a: one\nb: 2\n", "a[0]", "two"), "a: two\nb: 2\n");
    assert_eq!(set("a:\n- x # first\n- y\n", "a[1]", "z"), "a:\n- x # first\n- z\n");
    assert_eq!(set("a: |\n  one\n\n  two\nb: 2\n", "a", "one\nthree"), "a: |\n  one\n  three\nb: 2\n");
    assert_eq!(set("a: old # remark\n", "a", "new: text"), "a: \"new: text\" # remark\n");
    assert_eq!(set("a: 1\r\nb: 2\r\n", "b", "3"), "a: 1\r\nb: 3\r\n");
    // A value that is no list or keys cannot have an item or a key.
    assert_eq!(set_at("a: text\n", &at("a.b"), &text("x")), None);
    assert_eq!(set_at("a: [x]\n", &at("a[3]"), &text("x")), None);

    let insert =
        |file: &str, index: usize, value: &str| insert_at(file, &at("a"), index, &typed(value)).unwrap();
    assert_eq!(insert("a:\n  - x\n  - y\nb: 1\n", 1, "z"), "a:\n  - x\n  - z\n  - y\nb: 1\n");
    assert_eq!(insert("a:\n  - x # one\nb: 1\n", 1, "z"), "a:\n  - x # one\n  - z\nb: 1\n");
    assert_eq!(insert("a: []\n", 0, "z"), "a: [z]\n");
    assert_eq!(insert("a: x\n", 1, "z"), "a: [x, z]\n");
    assert_eq!(insert("b: 1\n", 0, "z"), "b: 1\na:\n  - z\n");
    let task = "a:\n  - id: one\n    step: 1\n  - id: two\n";
    assert_eq!(insert(task, 1, "{id: new}"), "a:\n  - id: one\n    step: 1\n  - id: new\n  - id: two\n");

    assert_eq!(move_at(task, &at("a"), 1, 0).unwrap(), "a:\n  - id: two\n  - id: one\n    step: 1\n");
    assert_eq!(move_at("a: [x, y, z]\n", &at("a"), 0, 2).unwrap(), "a: [y, z, x]\n");
    assert_eq!(move_at("a: [x]\n", &at("a"), 0, 1), None);

    let remove = |file: &str, key: &str| remove_at(file, &at(key)).unwrap();
    assert_eq!(remove(task, "a[0]"), "a:\n  - id: two\n");
    assert_eq!(remove(task, "a[0].id"), "a:\n  - step: 1\n  - id: two\n");
    assert_eq!(remove(task, "a[0].step"), "a:\n  - id: one\n  - id: two\n");
    assert_eq!(remove("b: 1\na:\n  c: 1\n", "a.c"), "b: 1\n");
    assert_eq!(remove("b: 1\na: x\n", "a[0]"), "b: 1\n");
    assert_eq!(remove("a: {b: 1, c: 2}\n", "a.b"), "a: {c: 2}\n");
    assert_eq!(remove("a: {b: 1, c: 2}\n", "a.c"), "a: {b: 1}\n");
    assert_eq!(remove("a: |\n  x\n  y\nb: 1\n", "a"), "b: 1\n");
    assert_eq!(remove_at("a: 1\n", &at("b")), None);
}

#[test]
fn no_remark_goes_with_a_value_that_is_another_one() {
    let list = "to:\n  - A # why\n  # about B\n  - B\nfrom: ana\n";
    assert_eq!(set_at(list, &at("to"), &typed("[A, C]")), None);
    assert_eq!(set_at(list, &at("to[0]"), &typed("C")).unwrap(), list.replace("- A", "- C"));
    let items = "a:\n  - id: x # one\n    step: 1\n";
    assert_eq!(set_at(items, &at("a[0]"), &typed("{id: y}")), None);
    // A number sign in a text is no remark.
    let text = "a:\n  - \"x # y\"\n";
    assert_eq!(set_at(text, &at("a"), &typed("[z]")).unwrap(), "a:\n  - z\n");
    let first = "a:\n  - id: x\n    # about the step\n    step: 1\n";
    assert_eq!(remove_at(first, &at("a[0].id")).unwrap(), "a:\n  - # about the step\n    step: 1\n");
}

#[test]
fn text_in_lines_of_its_own_can_be_begun_and_ended_at_the_end_of_a_file() {
    let body = |file: &str| set_at(file, &at("body"), &Value::Text("a\nb".to_owned())).unwrap();
    assert_eq!(body("x: 1\nbody: |"), "x: 1\nbody: |\n  a\n  b");
    assert_eq!(body("body: |\nx: 1\n"), "body: |\n  a\n  b\nx: 1\n");
    assert_eq!(body("body: # none\nx: 1\n"), "body: \"a\\nb\" # none\nx: 1\n");
    assert_eq!(body("body:"), "body: |-\n  a\n  b");
}

/// Each filled-in field of every shipped and golden file, set to what it says: not a byte changes.
#[test]
fn a_field_that_is_set_to_what_it_says_leaves_every_byte() {
    let mut count = 0;
    let golden = std::fs::read_dir(shipped().join("tests/golden")).unwrap();
    let golden = golden.map(|case| case.unwrap().path());
    for folder in golden.chain([shipped().to_owned()]) {
        let snapshot = Desk::at(&WorkingFolder::at(&folder)).snapshot().unwrap();
        let memos = snapshot.memos.iter().map(|id| SourceFile::Memo(id.clone()));
        let releases = snapshot.texts.releases.iter().map(|(id, _)| SourceFile::Release(id.clone()));
        for file in memos.chain(releases).chain([SourceFile::Office]) {
            let report = desk::fields(&snapshot, &file).unwrap();
            let mut all: Vec<&Field> = report.fields.iter().collect();
            while let Some(field) = all.pop() {
                all.extend(&field.fields);
                let Some(written) = field.written.clone().filter(|_| field.fields.is_empty()) else {
                    continue;
                };
                count += 1;
                let text = matches!(field.kind, FieldKind::Text | FieldKind::Prose | FieldKind::Choice);
                let value = if text { Value::Text(written.clone()) } else { typed(&written) };
                let was = std::fs::read_to_string(folder.join(&report.file)).unwrap();
                let is = set_at(&was, &at(&field.key), &value);
                assert_eq!(is.as_deref(), Some(was.as_str()), "{file} {}", field.key);
            }
        }
    }
    assert!(count > 500, "{count}");
}

#[test]
fn every_key_of_a_schema_has_a_label_and_a_kind_for_forms() {
    fn look(schema: &serde_json::Value, path: &str) {
        let properties = schema["title"].is_string().then(|| schema["properties"].as_object()).flatten();
        for (key, part) in properties.into_iter().flatten() {
            assert!(part["label"].is_string() && part["kind"].is_string(), "{path}/{key}");
        }
        for (key, part) in schema.as_object().into_iter().flatten() {
            look(part, &format!("{path}/{key}"));
        }
    }
    for schema in SCHEMAS {
        look(&serde_json::from_str(schema.text).unwrap(), schema.name);
    }
    assert!(!files(&shipped().join("schema")).is_empty());
}
