//! What is not the program's own is never replaced in silence, what could be two things is neither, and what nobody
//! looked at is not trusted.

use std::fs;

use crate::common::{Folder, files};

const PDF: &str = "output/ccrov/2021/august/21144dl.pdf";
const MARKDOWN: &str = "output/ccrov/2021/august/21144dl.md";

fn memo(folder: &Folder, id: &str, more: &str) {
    let text = format!(
        "date: September 1, 2021\nstatus: approved\nletterhead: elections\nto: All\nfrom: debra-ledsinger\n\
         subject: Drill\nbody: Words.\n{more}"
    );
    folder.file(&format!("memos/2021/{id}.yaml"), text);
}

#[test]
fn a_file_of_somebody_else_is_named_and_moved_aside_only_when_asked() {
    let folder = Folder::with_seed();
    folder.file("output/index.html", "mine").file("output/style.css", "mine, too");
    let run = folder.run(&["build"]);
    assert_eq!(run.status, 1);
    let said = "output has files that ccrov did not write, where its own are to go: index.html, style.css; nothing was";
    assert!(run.faults.contains(said), "{}", run.faults);
    assert!(!folder.has(PDF) && folder.read("output/index.html") == "mine");
    for command in [&["issue", "21144"][..], &["build", "--out", "output"]] {
        assert_eq!(folder.run(command).status, 1, "{command:?}");
    }
    let run = folder.run(&["build", "--adopt"]);
    assert_eq!((run.status, run.faults.as_str()), (0, ""));
    assert!(run.results.contains("Moved aside: moved-aside/index.html\n"), "{}", run.results);
    assert_eq!(folder.read("moved-aside/index.html"), "mine");
    assert_eq!(folder.run(&["build", "--check"]).status, 0);
    // Files that are what is built are taken as they are.
    fs::remove_file(folder.path().join("output/manifest.json")).unwrap();
    folder.build();
    // The working folder itself is no place to build into.
    assert_eq!(folder.run(&["build", "--out", "."]).status, 2);
}

#[test]
fn a_manifest_that_git_could_not_merge_is_made_anew_when_asked() {
    let folder = Folder::with_seed();
    folder.build();
    let manifest = folder.read("output/manifest.json");
    let theirs = manifest.replace("2021-08-31", "2021-08-30");
    folder.file("output/manifest.json", format!("<<<<<<< HEAD\n{manifest}=======\n{theirs}>>>>>>> theirs\n"));
    let run = folder.run(&["build"]);
    assert!(
        run.status == 3 && run.faults.contains("Git could not merge two versions of it"),
        "{}",
        run.faults
    );
    assert!(run.faults.contains("`ccrov build --adopt`"), "{}", run.faults);
    assert_eq!(folder.run(&["build", "--adopt"]).status, 0);
    assert_eq!(folder.read("output/manifest.json"), manifest);
    assert!(folder.read("moved-aside/manifest.json").starts_with("<<<<<<< HEAD"));
}

#[test]
fn attachments_in_any_script_keep_apart_and_those_that_do_not_are_a_fault() {
    let folder = Folder::with_seed();
    let list = "attachments:\n  - file: 候选人.csv\n    title: Candidates\n  - file: 投票人.csv\n    title: Voters\n";
    memo(&folder, "drill", list);
    folder.file("memos/2021/候选人.csv", "a\n").file("memos/2021/投票人.csv", "b\n").build();
    let published = files(&folder.path().join("output/ccrov/2021/september"));
    assert_eq!(published.iter().filter(|file| file.ends_with(".csv")).count(), 2, "{published:?}");

    for (one, other) in [("A b.txt", "a-b.txt"), ("Form.txt", "form.TXT")] {
        let folder = Folder::with_seed();
        let list =
            format!("attachments:\n  - file: {one}\n    title: One\n  - file: {other}\n    title: Other\n");
        memo(&folder, "drill", &list);
        folder.file(&format!("memos/2021/{one}"), "a\n").file(&format!("memos/2021/{other}"), "b\n");
        let run = folder.run(&["build"]);
        assert!(run.status == 1 && run.faults.contains("two files of memo drill would be"), "{}", run.faults);
    }
}

#[test]
fn no_memo_takes_a_path_of_the_website_or_of_another_memo_in_other_capitals() {
    let pattern = "published_as: ";
    for (path, said) in [
        ("index", "index.html, which the website needs itself"),
        ("404", "404.html, which the website needs itself"),
        ("Search/{{ memo.id }}", "which the website needs itself"),
        ("{{ memo.id }}/index", "which the website needs itself"),
        ("ccrov/aux", "a device on Windows"),
    ] {
        let folder = Folder::with_seed();
        let office = folder.read("memos/office.yaml");
        let line = office.lines().find(|line| line.starts_with(pattern)).unwrap().to_owned();
        folder.edit("memos/office.yaml", &line, &format!("published_as: \"{path}\""));
        let run = folder.run(&["build"]);
        assert!(run.status == 1 && run.faults.contains(said), "{path}: {}", run.faults);
        let home = fs::read_to_string(folder.path().join("output/index.html")).unwrap_or_default();
        assert!(!home.contains("County Test Environment Updates\n"), "{path}");
    }
    let folder = Folder::with_seed();
    memo(&folder, "calendar", "");
    memo(&folder, "memos", "");
    folder.build();
    assert_eq!(folder.run(&["build", "--drafts"]).status, 0);
    assert!(folder.read("output/calendar/index.html").contains("Calendar"));
    assert_eq!(folder.run(&["build", "--drafts", "--check"]).status, 0);
}

#[test]
fn an_archived_memo_is_published_where_the_others_are() {
    for (pattern, path) in [
        ("letters/{{ memo.year }}/{{ memo.id }}{{ memo.initials }}", "output/letters/2016/16120.txt"),
        ("letters/{{ letterhead.division }}/{{ memo.id }}", "output/ccrov/2016/april/16120.txt"),
    ] {
        let folder = Folder::with_seed();
        let office = folder.read("memos/office.yaml");
        let line = office.lines().find(|line| line.starts_with("published_as: ")).unwrap().to_owned();
        folder.edit("memos/office.yaml", &line, &format!("published_as: \"{pattern}\""));
        let old = "archive: true\nnumber: 16120\ndate: 4/4/2016\ntitle: Committees\nfile: old.txt\n";
        folder.file("memos/2016/16120.yaml", old).file("memos/2016/old.txt", "Old.\n");
        folder.run(&["build", "16120"]);
        assert!(folder.has(path), "{pattern}: {:?}", files(&folder.path().join("output")));
    }
}

/// Every file that the website makes is known to be its own.
#[test]
fn the_websites_own_paths_are_known() {
    let folder = Folder::with_sources_of(crate::common::shipped());
    let manifest: serde_json::Value = serde_json::from_str(&folder.read("output/manifest.json")).unwrap();
    for part in manifest["site"].as_array().unwrap() {
        for file in part["files"].as_array().unwrap() {
            let path = file["path"].as_str().unwrap();
            assert!(ccrov::website::is_own(&path.parse().unwrap()), "{path}");
        }
    }
}

#[test]
fn an_edit_of_an_issued_file_at_equal_length_is_seen_whatever_is_built_in_between() {
    let folder = Folder::with_seed();
    memo(&folder, "drill", "");
    folder.build();
    assert_eq!(folder.run(&["issue", "21144"]).status, 0);
    let time = fs::metadata(folder.path().join(MARKDOWN)).unwrap().modified().unwrap();
    folder.edit(MARKDOWN, "October 8, 2021", "October 9, 2021");
    fs::File::options().write(true).open(folder.path().join(MARKDOWN)).unwrap().set_modified(time).unwrap();
    folder.edit("memos/2021/drill.yaml", "Words.", "Other words.");
    assert_eq!(folder.run(&["build", "drill"]).status, 0);
    for command in [&["build"][..], &["check"], &["build", "--check"], &["build", "--anew"]] {
        let run = folder.run(command);
        assert!(run.status == 1 && run.faults.contains("is not the file that was issued"), "{command:?}");
    }
}

#[test]
fn a_published_file_that_was_damaged_at_equal_size_and_time_is_written_again() {
    let folder = Folder::with_seed();
    folder.build();
    let (whole, file) = (folder.bytes(PDF), folder.path().join(PDF));
    let time = fs::metadata(&file).unwrap().modified().unwrap();
    let mut damaged = whole.clone();
    damaged[1000] ^= 1;
    fs::write(&file, &damaged).unwrap();
    fs::File::options().write(true).open(&file).unwrap().set_modified(time).unwrap();
    folder.build();
    assert!(folder.bytes(PDF) == whole);
}
