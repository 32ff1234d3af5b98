//! A year of work: every command that an analyst types, and every sentence that she or a county reads of it.
//!
//! `tests/year/transcript.txt` has the commands, each after `$ `, with what they say. `$ body ID` is what a memo's text says,
//! `$ rows ID` its spreadsheet. `UPDATE=1 cargo test year::` writes the file anew: read all of it before it is committed.

use crate::common::{Folder, arguments, shipped};

/// A memo's published files, whatever month they are in.
fn published(folder: &Folder, id: &str, ending: &str) -> String {
    let manifest: serde_json::Value = serde_json::from_str(&folder.read("output/manifest.json")).unwrap();
    let memo = manifest["memos"].as_array().unwrap().iter().find(|memo| memo["id"] == id).unwrap();
    let files = memo["artifacts"].as_array().unwrap().iter().map(|file| file["path"].as_str().unwrap());
    let mut files: Vec<&str> = files.filter(|path| path.ends_with(ending)).collect();
    files.sort_by_key(|path| path.len());
    folder.read(&format!("output/{}", files[0]))
}

/// The paragraphs between the head of a memo and what is attached.
fn body(text: &str) -> String {
    let (_, text) = text.split_once("RE:\n").unwrap();
    let text = text.split("\n\n## Attachment").next().unwrap();
    let changes = "## CHANGES TO THE SCHEDULE\n\n";
    text.split_once("\n\n")
        .map_or_else(String::new, |(_, body)| format!("{}\n", body.split(changes).next().unwrap()))
}

fn said(folder: &Folder, line: &str) -> String {
    let typed = arguments(line);
    match typed[0].as_str() {
        "body" => body(&published(folder, &typed[1], ".md")),
        "changes" => {
            let text = published(folder, &typed[1], ".md");
            text.split("## CHANGES TO THE SCHEDULE\n\n").nth(1).unwrap_or_default().to_owned()
        }
        "rows" => published(folder, &typed[1], ".csv").trim_start_matches('\u{feff}').replace("\r\n", "\n"),
        "approve" => {
            let run = folder.run(&["set", &typed[1], "status", "approved"]);
            assert_eq!(run.status, 0, "{}", run.faults);
            String::new()
        }
        "ccrov" => {
            let run = folder.run(&typed[1..].iter().map(String::as_str).collect::<Vec<_>>());
            let status = if run.status == 0 { String::new() } else { format!("[{}]\n", run.status) };
            // Every page that is added to the website changes how many files there are.
            let counts =
                |line: &&str| !line.starts_with("Built ") && !line.contains(" files written to output");
            let lines =
                run.results.lines().chain(run.faults.lines()).filter(counts).map(|line| format!("{line}\n"));
            lines.collect::<String>() + &status
        }
        other => panic!("{other} is no command of this file"),
    }
}

#[test]
fn every_sentence_of_a_year_is_as_somebody_has_read_it() {
    let path = shipped().join("tests/year/transcript.txt");
    let transcript = std::fs::read_to_string(&path).unwrap().replace("\r\n", "\n");
    let folder = Folder::copy(&shipped().join("tests/year/memos"), "memos");
    let mut now = String::new();
    for line in transcript.lines().filter(|line| line.starts_with("$ ") || line.starts_with("# ")) {
        now += &match line.strip_prefix("$ ") {
            Some(command) => format!("{line}\n{}\n", said(&folder, command)),
            None => format!("{line}\n\n"),
        };
    }
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &now).unwrap();
    }
    assert!(
        now == transcript,
        "tests/year/transcript.txt is another: UPDATE=1 cargo test year::, then read it"
    );
}
