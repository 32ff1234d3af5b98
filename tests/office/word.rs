//! Word files, opened by programs that know nothing of ccrov: LibreOffice, python-docx, a validator of the format.
//!
//! Not here: what Word itself makes of a file.
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::{
    common::{Folder, files, shipped},
    programs::{printed, with_uno},
};

/// The shipped memos that have a text. 23917 is a file.
const MEMOS: [&str; 7] = ["21144", "24901", "24902", "24903", "24903-2", "24904", "county-contact-list"];

/// What LibreOffice reads in a file.
#[derive(Deserialize)]
struct Read {
    file: PathBuf,
    text: Vec<String>,
    changes: usize,
    accepted: Vec<String>,
    rejected: Vec<String>,
}

fn libre_office(files: &[PathBuf]) -> Vec<Read> {
    serde_json::from_str(&with_uno("revisions.py", files)).unwrap()
}

fn review(folder: &Folder, arguments: &[&str]) {
    let run = folder.run(&[&["review"], arguments].concat());
    assert_eq!(run.status, 0, "{arguments:?}: {}", run.faults);
}

fn word_files(folder: &Path) -> Vec<PathBuf> {
    let reviews = folder.join("reviews");
    files(&reviews).iter().map(|file| reviews.join(file)).collect()
}

/// The text without the numbers of memos: a memo that is compared with another is compared with it as a draft.
fn without_numbers(lines: &[String]) -> Vec<String> {
    let without = |line: &String| match line.split_once(" Memorandum #") {
        Some((before, _)) => format!("{before} Memorandum"),
        None => line.clone(),
    };
    lines.iter().map(without).collect()
}

/// Without lines to write on that came: LibreOffice 7.4 keeps a content control that was inserted, whatever becomes of the change.
fn without_blanks(lines: &[String]) -> Vec<String> {
    lines.iter().filter(|line| !line.chars().all(|c| c == '_')).cloned().collect()
}

#[test]
fn every_shipped_memo_is_a_file_that_others_open_and_everybody_can_read() {
    let folder = Folder::copy(&shipped().join("memos"), "memos");
    MEMOS.iter().for_each(|memo| review(&folder, &[memo]));
    let files = word_files(folder.path());
    assert_eq!(files.len(), MEMOS.len());
    assert_eq!(printed("check.py", &files), "\n");
    for read in libre_office(&files) {
        assert!(read.changes == 0 && read.text.len() > 8, "{:?}: {:?}", read.file, read.text);
        assert!(read.text.iter().any(|line| line.starts_with("County Clerk/Registrar of Voters")));
    }
}

#[test]
fn changes_that_are_accepted_give_the_new_text_and_rejected_the_old_one() {
    let folder = Folder::copy(&shipped().join("memos"), "memos");
    MEMOS.iter().for_each(|memo| review(&folder, &[memo]));
    // Nothing is more changed than a memo that is another one.
    let mut compared = Vec::new();
    for (memo, nth) in MEMOS.iter().skip(1).zip([2; 6]) {
        for (earlier, nth) in ["21144", "24901"].iter().filter(|earlier| *earlier != memo).zip(nth..) {
            review(&folder, &[memo, "--against", earlier]);
            compared.push((format!("{memo} review {nth}.docx"), *memo, *earlier));
        }
    }
    let files = word_files(folder.path());
    assert_eq!(printed("check.py", &files), "\n");
    let read = libre_office(&files);
    let of = |file: &str| read.iter().find(|read| read.file.ends_with(file)).unwrap();
    assert!(compared.len() > 10);
    for (file, memo, earlier) in compared {
        let (file, new, old) =
            (of(&file), of(&format!("{memo} review 1.docx")), of(&format!("{earlier} review 1.docx")));
        assert!(file.changes > 20, "{:?}", file.file);
        assert_eq!(without_numbers(&file.accepted), without_numbers(&new.text), "{:?}", file.file);
        assert_eq!(
            without_blanks(&without_numbers(&file.rejected)),
            without_numbers(&old.text),
            "{:?}",
            file.file
        );
    }
}

const WAS: &str = "\
As agreed, the offices close at 5:00 p.m. See the list.[^1]

## Steps

1. Call the county.
2. Write to the county.
   a letter goes with it.
3. Wait.

- one
- two
- three

> What is quoted stays.

A paragraph that goes.

| Day | Task |
|---|---|
| 1 | Call |
| 2 | Write |
| **Later** | |
| 3 | Wait |

The end.[^2]

[^1]: The list of March.
[^2]: Of all that.
";

const IS: &str = "\
As agreed, the offices close at **8:00 p.m.** See [the new list](https://www.sos.ca.gov).[^1]

## Steps and dates

1. Call the county.
2. Ask again.
3. Write to the county.
   a letter goes with it.

- one
- three
- four

> What is quoted stays, mostly.

| Day | Task |
|---|---|
| 1 | Call by noon |
| 2b | Travel there |
| **Later** | |
| 3 | Wait |
| 4 | Come back |

### A new heading

A paragraph that came.[^3]

The end.

[^1]: The list of April.
[^3]: And all that.
";

/// The sample's memo with another text.
fn with_body(folder: &Folder, body: &str) {
    let path = "memos/2026/26002.yaml";
    let memo = folder.read(path);
    let (start, _) = memo.split_once("body:").unwrap();
    let indented: String = body.lines().map(|line| format!("  {line}\n")).collect();
    folder.file(path, format!("{start}body: |\n{indented}"));
}

#[test]
fn every_kind_of_change_can_be_accepted_and_rejected() {
    let (tracked, plain) = (Folder::sample(), Folder::sample());
    with_body(&tracked, WAS);
    review(&tracked, &["26002"]);
    with_body(&tracked, IS);
    review(&tracked, &["26002"]);
    with_body(&plain, IS);
    review(&plain, &["26002"]);
    let files = [word_files(tracked.path()), word_files(plain.path())].concat();
    assert_eq!(printed("check.py", &files), "\n");
    let [was, both, is] = <[Read; 3]>::try_from(libre_office(&files)).ok().unwrap();
    assert!(both.changes > 10);
    assert_eq!(both.accepted, is.text);
    assert_eq!(both.rejected, was.text);
    assert!(
        is.text.iter().any(|line| line == "3. Write to the county. a letter goes with it."),
        "{:?}",
        is.text
    );
}
