//! What reaches a terminal: nothing that would steer it; and what is said when nothing can be written.

use std::{
    fs::File,
    io::Read as _,
    process::{Command, Output, Stdio},
};

use crate::common::{Folder, Run};

/// What a terminal or a reader would be led astray by.
fn steers(text: &str) -> bool {
    text.chars().any(|c| {
        c.is_control() && c != '\n' && c != '\t'
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    })
}

fn assert_visible(run: &Run, shown: &str) {
    assert!(!steers(&run.results) && !steers(&run.faults), "{:?} {:?}", run.results, run.faults);
    assert!(run.results.contains(shown) || run.faults.contains(shown), "{} {}", run.results, run.faults);
}

#[cfg(unix)]
#[test]
fn names_of_files_are_shown_and_not_obeyed() {
    let folder = Folder::with_seed();
    folder.file("memos/2021/x\u{1b}]0;title\u{7}.yaml", "number: 21150\n");
    folder.file("memos/2021/y\u{9b}31m\u{202e}.yaml", "number: 21151\n");
    for command in [&["check"][..], &["status"], &["build"], &["check", "--json"], &["status", "--json"]] {
        let run = folder.run(command);
        let shown = if command.len() == 2 { r"y\u009b31m\u202e" } else { r"y\u{9b}31m\u{202e}" };
        assert_visible(&run, shown);
    }
}

#[test]
fn keys_bodies_and_templates_are_shown_and_not_obeyed() {
    let folder = Folder::with_seed();
    folder.edit("memos/2021/21144.yaml", "contact:", "\"a\u{9b}31m\": 1\nbody: One \u{9b}31m two.\ncontact:");
    folder.file("templates/release-delay.md", "Two \u{9b}31m {{ nothing }}");
    assert_visible(&folder.run(&["check"]), r"\u{9b}31m");
    assert_visible(&folder.run(&["check", "--json"]), r"\u009b31m");
}

#[test]
fn the_mark_stands_below_what_it_marks() {
    let folder = Folder::with_seed();
    folder.edit("memos/2021/21144.yaml", "contact:", "\u{9d}\u{9d}bad: \u{1b} # remark\ncontact:");
    let run = folder.run(&["check"]);
    let lines: Vec<&str> = run.faults.lines().collect();
    let line = lines.iter().rposition(|line| line.contains(r": \u{1b} #")).expect(&run.faults);
    let column = lines[line].find(r"\u{1b}").unwrap();
    assert_eq!(lines[line + 1].find('^'), Some(column), "{}", run.faults);
}

#[test]
fn arguments_and_rows_are_shown_and_not_obeyed() {
    let folder = Folder::with_seed();
    assert_visible(&folder.run(&["build", "21\u{1b}[31m\u{9b}"]), r"\u{1b}[31m\u{9b}");
    assert_visible(&folder.run(&["explain", "a\u{9b}"]), r"\u{9b}");
    assert_visible(&folder.run(&["--a\u{9b}"]), r"\u{9b}");
    folder.build();
    assert_visible(&folder.run(&["find", "a\u{9b}"]), r"\u{9b}");
    folder.file("list.csv", "number,date,title,address\n16\u{1b}[31m,4/4/2016,t,https://e.gov/a\n");
    assert_visible(&folder.run(&["import", "list.csv"]), r"16\u{1b}[31m");
    folder.file("list.csv", "number,date,title,address\n16120,4/4/2016,t\u{202e},https://e.gov/a\n");
    let run = folder.run(&["import", "list.csv"]);
    assert!(run.faults.contains("list.csv:2: it has a control character"), "{}", run.faults);
    assert!(!folder.has("memos/2016/16120.yaml"));
}

#[cfg(target_os = "linux")]
fn into(folder: &Folder, arguments: &[&str], results: impl Into<Stdio>) -> Output {
    let mut program = Command::new(env!("CARGO_BIN_EXE_ccrov"));
    program.args(arguments).current_dir(folder.path()).stdout(results).output().unwrap()
}

#[cfg(target_os = "linux")]
#[test]
fn what_cannot_be_written_is_an_error() {
    let folder = Folder::with_seed();
    for arguments in [&["status"][..], &["check"], &["check", "--json"], &["schema", "memo"], &["--help"]] {
        let full = File::options().write(true).open("/dev/full").unwrap();
        let run = into(&folder, arguments, full);
        let said = String::from_utf8(run.stderr).unwrap();
        assert_eq!(run.status.code(), Some(3), "{arguments:?} {said}");
        assert!(said.starts_with("error: the results could not be written to standard output: "), "{said}");
        assert_eq!(said.lines().count(), 1, "{said}");
    }
}

#[cfg(unix)]
#[test]
fn a_reader_that_has_gone_away_is_no_fault() {
    let folder = Folder::with_seed();
    let mut program = Command::new(env!("CARGO_BIN_EXE_ccrov"));
    let program = program.args(["explain"]).current_dir(folder.path());
    let mut run = program.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(run.stdout.take());
    let status = run.wait().unwrap();
    let mut said = String::new();
    run.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert_eq!((status.code(), said.as_str()), (Some(0), ""));
}
