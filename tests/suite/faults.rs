//! Every fault stands where it is: a note in the line says which (`# error: unknown-key`), and the
//! run shows exactly those. A case is a folder that is laid over the shipped memos. A file with lines
//! that can hold no note has a file `.faults` beside it: "6 underscores".

use std::{collections::BTreeSet, fs, path::PathBuf};

use crate::{
    cases::{cases, folders},
    common::{Folder, files, shipped},
};
use ccrov::diagnostic::Code;

type Fault = (String, usize, String);

/// The faults that the notes in a case's files announce.
fn announced(case: &str) -> Vec<Fault> {
    let case = path(case);
    let mut faults = Vec::new();
    for file in files(&case) {
        let text = fs::read_to_string(case.join(&file)).unwrap();
        if let Some(file) = file.strip_suffix(".faults") {
            let notes = text.lines().map(|line| line.split_once(' ').unwrap());
            faults
                .extend(notes.map(|(line, code)| (file.to_owned(), line.parse().unwrap(), code.to_owned())));
            continue;
        }
        for (line, number) in text.lines().zip(1..) {
            let Some((_, codes)) = line.split_once(" error: ") else { continue };
            let codes = codes.split("-->").next().unwrap().split("#}").next().unwrap();
            faults.extend(codes.split_whitespace().map(|code| (file.clone(), number, code.to_owned())));
        }
    }
    faults
}

/// The faults that a run has shown, in their order.
fn shown(text: &str) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut code = "";
    for line in text.lines() {
        if let Some((head, _)) = line.split_once("]: ") {
            code = head.strip_prefix("error[").or(head.strip_prefix("warning[")).unwrap_or(code);
        } else if let Some(place) = line.trim_start().strip_prefix("--> ") {
            let mut parts = place.rsplit(':');
            let (_column, line) = (parts.next().unwrap(), parts.next().unwrap().parse().unwrap());
            faults.push((parts.next().unwrap().to_owned(), line, code.to_owned()));
        }
    }
    faults
}

fn path(case: &str) -> PathBuf {
    shipped().join("tests/faults").join(case)
}

fn laid_over_shipped(case: &str) -> Folder {
    let (folder, case) = (Folder::with_seed(), path(case));
    for file in files(&case) {
        folder.file(&file, fs::read(case.join(&file)).unwrap());
    }
    folder
}

cases! {
    of folders("faults");
    run {
        every_fault_is_shown_once_and_in_its_place
        faults_are_the_same_on_any_number_of_threads
        faults_as_data_are_those_for_people_in_the_same_order
    };
    for {
        bodies controls copies dates days fonts glyphs habits keys locks logos meant names office paths pattern rules schedule spellings
        syntax templates texts theme typeface
    }
}

fn every_fault_is_shown_once_and_in_its_place(case: &str) {
    let run = laid_over_shipped(case).run(&["check"]);
    let mut expected = announced(case);
    let mut found = shown(&run.faults);
    expected.sort();
    found.sort();
    assert_eq!(found, expected, "{}", run.faults);
    assert_eq!(run.status, 1);
    let (faults, more) = run.faults.trim().rsplit_once("\n\n").unwrap();
    assert!(more.starts_with("`ccrov explain "), "{more}");
    let blocks: Vec<_> = faults.split("\n\n").collect();
    assert!(blocks.iter().all(|block| block.contains("= help: ")), "{}", run.faults);
}

fn faults_are_the_same_on_any_number_of_threads(case: &str) {
    let folder = laid_over_shipped(case);
    let run = |threads| folder.run(&["build", "--check", "--threads", threads]);
    let (one, four) = (run("1"), run("4"));
    assert_eq!((one.status, one.faults, one.results), (four.status, four.faults, four.results));
}

fn faults_as_data_are_those_for_people_in_the_same_order(case: &str) {
    let folder = laid_over_shipped(case);
    let data: serde_json::Value = serde_json::from_str(&folder.run(&["check", "--json"]).results).unwrap();
    let place = |fault: &serde_json::Value| {
        let text = |key: &str| fault[key].as_str().unwrap().to_owned();
        (text("file"), fault["line"].as_u64().unwrap() as usize, text("code"))
    };
    let found: Vec<Fault> = data["faults"].as_array().unwrap().iter().map(place).collect();
    assert_eq!(found, shown(&folder.run(&["check"]).faults));
}

#[test]
fn every_kind_of_fault_has_a_case() {
    let cases = folders("faults");
    let mut seen: BTreeSet<String> =
        cases.iter().flat_map(|case| announced(case)).map(|fault| fault.2).collect();
    // No file's line shows these: command_line.rs, threads.rs, bounds.rs, issue.rs and locks.rs make them.
    let others = [
        "missing-folder",
        "unreadable-file",
        "not-utf8",
        "program-failed",
        "attached-too-large",
        "not-reviewed",
        "lost-lock",
        "issued-by-hand",
        "moved-election",
        "gone-release",
        "fewer-delays",
        "changed-after-issue",
        "published-file",
    ];
    seen.extend(others.map(str::to_owned));
    let missing: Vec<_> = Code::ALL.iter().filter(|code| !seen.contains(code.name())).collect();
    assert!(missing.is_empty(), "no case for {missing:?}");
}

#[test]
fn faults_come_in_the_order_of_files_and_lines_and_the_last_line_counts_them() {
    let run = laid_over_shipped("keys").run(&["build"]);
    let found = shown(&run.faults);
    let mut sorted = found.clone();
    sorted.sort();
    assert_eq!(found, sorted);
    let counts = format!("{} faults in 6 files.", found.len());
    let results = run.results_of_memos();
    let last = results.lines().last().unwrap();
    assert_eq!(last, format!("Built 1 of 7 memos: 9 files written, 0 unchanged. {counts}"));
}

#[test]
fn a_fault_says_where_what_was_found_what_was_expected_and_what_to_type() {
    let folder = Folder::with_seed();
    folder.edit("memos/2021/21144.yaml", "from: debra-ledsinger", "from: debra-ledsingr");
    let run = folder.run(&["build"]);
    assert_eq!(
        run.faults,
        "\
error[unknown-person]: there is no person `debra-ledsingr`
 --> memos/2021/21144.yaml:6:7
  |
6 | from: debra-ledsingr
  |       ^^^^^^^^^^^^^^ the key of a person is expected
  |
  = help: did you mean `debra-ledsinger`?

`ccrov explain unknown-person` says more.
"
    );
    assert_eq!(
        run.results_of_memos(),
        "With faults: 21144\nBuilt 0 of 1 memo: 1 file written, 0 unchanged. 1 fault in 1 file.\n"
    );
}

#[test]
fn twenty_faults_in_ten_files_are_shown_in_their_order_and_the_rest_is_built() {
    let folder = Folder::with_seed();
    let good = folder.read("memos/2021/21144.yaml");
    for number in 21201..21211 {
        let memo = good.replace("21144", &number.to_string());
        let memo = memo.replace("from: debra", "from: debora").replace("contact: votecal", "contact: votcal");
        folder.file(&format!("memos/2021/{number}.yaml"), memo);
    }
    let run = folder.run(&["build"]);
    let found = shown(&run.faults);
    let mut sorted = found.clone();
    sorted.sort();
    sorted.dedup();
    assert_eq!((found.len(), &found), (20, &sorted));
    let results = run.results_of_memos();
    let last = results.lines().last().unwrap();
    assert_eq!(last, "Built 1 of 11 memos: 9 files written, 0 unchanged. 20 faults in 10 files.");
}

#[test]
fn faults_can_be_had_as_data() {
    let folder = Folder::with_seed();
    folder.edit("memos/2021/21144.yaml", "from: debra-ledsinger", "from: debra-ledsingr");
    let run = folder.run(&["check", "--json"]);
    assert_eq!((run.status, run.faults.as_str()), (1, ""));
    assert_eq!(
        run.results,
        r#"{
  "format": 1,
  "command": "check",
  "status": 1,
  "faults": [
    {
      "code": "unknown-person",
      "severity": "error",
      "message": "there is no person `debra-ledsingr`",
      "expected": "the key of a person is expected",
      "help": "did you mean `debra-ledsinger`?",
      "file": "memos/2021/21144.yaml",
      "line": 6,
      "column": 7,
      "end_line": 6,
      "end_column": 21,
      "text": "debra-ledsingr"
    }
  ],
  "memos": 1,
  "errors": 1,
  "warnings": 0,
  "with_faults": [
    "21144"
  ]
}
"#
    );
    let run = Folder::with_seed().run(&["check", "--json"]);
    assert_eq!(run.status, 0);
    assert!(run.results.contains("\"faults\": [],\n  \"memos\": 1"), "{}", run.results);
}

#[test]
fn a_fault_of_the_lines_does_not_hide_one_of_the_text() {
    let folder = Folder::with_seed();
    let body = "body: |\n  \u{2022} {{ memo.dat }}\n";
    folder.edit("memos/2021/21144.yaml", "template: release-delay\n", body);
    let codes: Vec<_> = shown(&folder.run(&["check"]).faults).into_iter().map(|fault| fault.2).collect();
    assert_eq!(codes, ["word-bullet", "undefined-variable"]);
}

#[test]
fn a_character_without_a_glyph_is_shown_and_marked_where_it_stands() {
    let run = laid_over_shipped("glyphs").run(&["check", "--json"]);
    let data: serde_json::Value = serde_json::from_str(&run.results).unwrap();
    let mut count = 0;
    for fault in data["faults"].as_array().unwrap() {
        let number = |key: &str| fault[key].as_u64().unwrap() as usize;
        let (file, message) = (fault["file"].as_str().unwrap(), fault["message"].as_str().unwrap());
        let text = fs::read_to_string(path("glyphs").join(file)).unwrap();
        let line = text.lines().nth(number("line") - 1).unwrap();
        let column = line.chars().position(|c| c > '\u{25ff}').unwrap() + 1;
        let character = line.chars().nth(column - 1).unwrap();
        assert_eq!((number("column"), number("end_column")), (column, column + 1), "{file}: {line}");
        assert!(message.contains(&format!("`{character}` (U+{:X})", u32::from(character))), "{message}");
        count += 1;
    }
    assert_eq!(count, announced("glyphs").len());
}
