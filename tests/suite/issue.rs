//! Issued is issued: what was published is kept and held against its lock, whatever changes around it.

use std::fs;

use crate::common::{Folder, files};
use ccrov::issued::source_digest;

const MEMO: &str = "memos/2021/21144.yaml";
const LOCK: &str = "memos/2021/21144.lock";
const OUTPUT: &str = "output/ccrov/2021/august/21144dl";
const KEPT: [&str; 6] = [".md", ".pdf", "-schedule.md", "-schedule.pdf", "-schedule.xlsx", "-schedule.csv"];

/// The seed, issued.
fn issued() -> Folder {
    let folder = Folder::with_seed();
    let run = folder.run(&["issue", "21144"]);
    assert_eq!((run.status, run.faults.as_str()), (0, ""), "{}", run.results);
    assert!(run.results.starts_with("Issued: 21144, VoteCal: County Test Environment"), "{}", run.results);
    folder
}

fn published(folder: &Folder) -> Vec<Vec<u8>> {
    KEPT.iter().map(|ending| folder.bytes(&format!("{OUTPUT}{ending}"))).collect()
}

fn draft(folder: &Folder, id: &str, more: &str) {
    let text = format!(
        "# {id}\ndate: September 1, 2021\nstatus: approved\nletterhead: elections\nto: All\nfrom: debra-ledsinger\n\
         subject: Drill\n{more}"
    );
    folder.file(&format!("memos/2021/{id}.yaml"), text);
}

#[test]
fn what_is_issued_is_kept_whatever_changes_and_the_page_around_it_follows() {
    let folder = issued();
    let before = published(&folder);
    folder
        .edit("memos/office.yaml", "5th Floor", "6th Floor")
        .edit("memos/releases/votecal-2021-2.yaml", "deployment: 2021-10-08", "deployment: 2021-10-15")
        .file("templates/memo.md", "# Memo {{ memo.id }}\n\n{{ body | safe }}\n")
        .file("templates/style.css", "main { color: black; }");
    draft(&folder, "news", "updates: 21144\nbody: New.\n");
    let run = folder.run(&["build"]);
    assert_eq!((run.status, run.faults.as_str()), (0, ""));
    assert!(run.results.ends_with("1 issued memo keeps its form.\n"), "{}", run.results);
    assert!(published(&folder) == before);
    let page = folder.read(&format!("{OUTPUT}.html"));
    assert!(folder.read("output/style.css").contains("main { color: black; }"));
    assert!(!page.contains("Updated by"), "what a draft says is not told: {page}");
    assert!(page.contains("October 8, 2021") && !page.contains("October 15"));
    assert_eq!(folder.run(&["build", "--check"]).status, 0);
    assert_eq!(folder.run(&["build", "--drafts"]).status, 0);
    assert!(folder.read(&format!("{OUTPUT}.html")).contains("Updated by"));
    assert_eq!(folder.run(&["issue", "21144"]).results, "21144 is issued already.\nNothing was written.\n");
    // Into another folder goes what was published.
    assert_eq!(folder.run(&["build", "--out", "other"]).status, 0);
    let other = folder.bytes("other/ccrov/2021/august/21144dl.pdf");
    assert!(other == before[1]);
}

#[test]
fn the_page_of_an_earlier_memo_says_at_once_that_an_issued_one_updates_it() {
    let folder = issued();
    draft(&folder, "news", "updates: 21144\nbody: New.\n");
    assert_eq!(folder.run(&["build"]).status, 0);
    let run = folder.run(&["issue", "news"]);
    assert_eq!((run.status, run.faults.as_str()), (0, ""), "{}", run.results);
    assert!(folder.read(&format!("{OUTPUT}.html")).contains("Updated by"));
    let check = folder.run(&["build", "--check"]);
    assert_eq!(check.status, 0, "{}", check.results);
}

#[test]
fn an_edit_of_an_issued_memo_is_shown_with_its_line_as_it_was() {
    let folder = issued();
    let (text, lock) = (folder.read(MEMO), folder.read(LOCK));
    let line = text.lines().position(|line| line.starts_with("subject:")).unwrap();
    let lines = |from: usize, count: usize, new: &str| {
        let mut lines: Vec<&str> = text.lines().collect();
        lines.splice(from..from + count, (!new.is_empty()).then_some(new));
        lines.join("\r\n") + "\r\n"
    };
    let subject = text.lines().nth(line).unwrap();
    let was = format!("it was `{subject}`");
    let back = format!("to take the edit back, type in line {}: `{subject}`", line + 1);
    let added = format!("to take the edit back, take line {} out", line + 1);
    let gone = format!("before this stood `{subject}`");
    let edits = [
        (lines(line, 1, "subject: Another"), [was.as_str(), back.as_str()]),
        (lines(line, 0, "analyst: debra-ledsinger"), ["this was not there", added.as_str()]),
        (lines(line, 1, ""), [gone.as_str(), "type this before line"]),
    ];
    for (edited, said) in edits {
        folder.file(MEMO, edited);
        let run = folder.run(&["check"]);
        for words in said {
            assert!(run.faults.contains(words), "{words}: {}", run.faults);
        }
        assert!(run.faults.contains(&format!("21144.yaml:{}:1", line + 1)), "{}", run.faults);
    }
    folder.file(MEMO, &text);
    assert_eq!(folder.run(&["check"]).status, 0);

    // A lock of before has no text: the edit is a fault all the same.
    let start = lock.find("written:\n").unwrap();
    let end = lock.find("made_from:\n").unwrap();
    folder.file(LOCK, format!("{}{}", &lock[..start], &lock[end..]).replace("format: 4", "format: 2"));
    assert_eq!(folder.run(&["check"]).status, 0);
    folder.edit(MEMO, "All County Clerks", "All Clerks");
    assert!(folder.run(&["check"]).faults.contains("was edited after memo 21144"));
}

#[test]
fn an_edit_of_an_issued_memo_is_a_fault_until_it_is_a_correction() {
    let folder = issued();
    let before = published(&folder);
    folder.edit(MEMO, "All County Clerks", "All Clerks");
    let run = folder.run(&["build"]);
    assert_eq!(run.status, 1);
    assert!(
        run.faults.contains("[changed-after-issue]: 21144.yaml was edited after memo 21144"),
        "{}",
        run.faults
    );
    assert!(run.faults.contains("ccrov issue 21144 --correct"), "{}", run.faults);
    assert!(published(&folder) == before);

    let correct = ["issue", "21144", "--correct", "the addressees", "--date", "September 2, 2021"];
    let run = folder.run(&correct);
    assert_eq!((run.status, run.faults.as_str()), (0, ""), "{}", run.results);
    assert!(!run.results.contains("Look at"), "nothing changed but the memo: {}", run.results);
    assert!(folder.read(MEMO).contains("corrections:\n  - date: 2021-09-02\n    what: the addressees\n"));
    let memo = folder.read(&format!("{OUTPUT}.md"));
    assert!(memo.contains("**Corrected September 2, 2021:** the addressees") && memo.contains("All Clerks"));
    // The earlier files are kept and linked; what did not change has one file.
    for (ending, bytes) in [(".md", &before[0]), (".pdf", &before[1])] {
        assert!(folder.bytes(&format!("{OUTPUT}-until-2021-09-02{ending}")) == *bytes);
        let link = format!("href=\"21144dl-until-2021-09-02{ending}\"");
        assert!(folder.read(&format!("{OUTPUT}.html")).contains(&link), "{link}");
    }
    assert!(!folder.has(&format!("{OUTPUT}-schedule-until-2021-09-02.pdf")));
    let manifest: serde_json::Value = serde_json::from_slice(&folder.bytes("output/manifest.json")).unwrap();
    assert_eq!(manifest["memos"][0]["corrections"][0]["date"], "2021-09-02");
    assert_eq!(manifest["memos"][0]["corrections"][0]["what"], "the addressees");

    folder.build();
    assert_eq!(folder.run(&["build", "--check"]).status, 0);
    let run = folder.run(&correct);
    assert!(
        run.results.starts_with("21144 has not changed since it was issued; edit it first"),
        "{}",
        run.results
    );
    // A second correction keeps the first one's files, too.
    folder.edit(MEMO, "All Clerks", "Every Clerk").edit("memos/office.yaml", "5th Floor", "6th Floor");
    let again = ["issue", "21144", "--correct", "again", "--date", "2021-09-03", "--with-changes"];
    assert_eq!(folder.run(&again[..6]).status, 1);
    let run = folder.run(&again);
    assert_eq!(run.status, 0, "{}", run.faults);
    assert!(run.results.contains("letterhead.address: from"), "what else changed is said: {}", run.results);
    assert!(folder.has(&format!("{OUTPUT}-until-2021-09-02.pdf")));
    assert!(folder.has(&format!("{OUTPUT}-until-2021-09-03.pdf")));
    folder.build();
}

#[test]
fn an_interrupted_correction_and_an_interrupted_issue_are_completed_by_the_same_command() {
    let folder = issued();
    let (lock, before) = (folder.read(LOCK), published(&folder));
    folder.edit(MEMO, "All County Clerks", "All Clerks");
    let correct = ["issue", "21144", "--correct", "the addressees", "--date", "2021-09-02"];
    assert_eq!(folder.run(&correct).status, 0);
    let (memo, new) = (folder.read(MEMO), folder.read(LOCK));
    // As if the lock was not written any more.
    folder.file(LOCK, &lock);
    let run = folder.run(&correct);
    assert_eq!((run.status, run.faults.as_str()), (0, ""), "{}", run.results);
    assert_eq!((folder.read(MEMO), folder.read(LOCK)), (memo, new));
    assert!(folder.bytes(&format!("{OUTPUT}-until-2021-09-02.md")) == before[0]);

    // What cannot be written is found before anything is changed.
    folder.edit(MEMO, "All Clerks", "Every Clerk");
    let now = published(&folder);
    folder.file(&format!("{OUTPUT}-until-2021-09-03.pdf/in-the-way"), "");
    let run = folder.run(&["issue", "21144", "--correct", "again", "--date", "2021-09-03"]);
    assert_eq!(run.status, 3, "{}", run.faults);
    assert!(published(&folder) == now);
    fs::remove_dir_all(folder.path().join(format!("{OUTPUT}-until-2021-09-03.pdf"))).unwrap();
    assert!(!folder.read(MEMO).contains("what: again"));
    let again = ["issue", "21144", "--correct", "again", "--date", "2021-09-03"];
    assert_eq!(folder.run(&again).status, 0);
    assert_eq!(folder.read(MEMO).matches("what: again").count(), 1);
    assert!(folder.bytes(&format!("{OUTPUT}-until-2021-09-03.pdf")) == now[1]);

    fs::remove_file(folder.path().join(LOCK)).unwrap();
    assert_eq!(folder.run(&["issue", "21144"]).status, 0);
    assert!(folder.has(LOCK));
}

#[test]
fn a_published_file_that_is_missing_is_made_again_and_one_that_differs_is_a_fault() {
    let folder = issued();
    let before = published(&folder);
    for ending in KEPT {
        fs::remove_file(folder.path().join(format!("{OUTPUT}{ending}"))).unwrap();
    }
    folder.build();
    assert!(published(&folder) == before);

    folder.file(&format!("{OUTPUT}.md"), "# Another memo\n");
    let run = folder.run(&["build"]);
    assert_eq!(run.status, 1);
    assert!(
        run.faults.contains("[published-file]: ccrov/2021/august/21144dl.md is not the file"),
        "{}",
        run.faults
    );
    assert_eq!(folder.read(&format!("{OUTPUT}.md")), "# Another memo\n");

    fs::remove_file(folder.path().join(format!("{OUTPUT}.md"))).unwrap();
    folder.edit("memos/office.yaml", "5th Floor", "6th Floor");
    let run = folder.run(&["build"]);
    assert_eq!(run.status, 1);
    assert!(run.faults.contains("is missing, and is another file when it is made again"), "{}", run.faults);
    assert!(run.faults.contains("; memos/office.yaml"), "{}", run.faults);
    folder.edit("memos/office.yaml", "6th Floor", "5th Floor").build();
    assert!(published(&folder) == before);
}

#[test]
fn a_draft_gets_the_next_number_and_its_name() {
    let folder = Folder::with_seed();
    draft(&folder, "drill", "release: votecal-2021-2\nbody: drill.md\n");
    folder.file("memos/2021/drill.md", "On {{ milestones.release.date }}.\n");
    draft(&folder, "second", "updates: [21144, drill]\nbody: It updates.\n");
    folder.file(
        "memos/2021/21147.yaml",
        "archive: true\nnumber: 21147\ndate: 9/1/2021\ntitle: Old\naddress: https://a.gov\n",
    );
    folder.build();
    let dry = folder.run(&["issue", "drill", "second", "--dry-run"]);
    assert_eq!(
        dry.results,
        "Would be issued: 21148 (it was drill), Drill\nWould be issued: 21149 (it was second), Drill\n\
         Numbers of 2021 that no memo here bears: 21145 to 21146.\nNothing was written (--dry-run).\n"
    );
    assert!(folder.has("memos/2021/drill.yaml"));
    let run = folder.run(&["issue", "drill", "second"]);
    assert_eq!((run.status, run.faults.as_str()), (0, ""), "{}", run.results);
    assert_eq!(
        folder.read("memos/2021/21148.yaml"),
        "# drill\nnumber: 21148\ndate: September 1, 2021\nstatus: issued\nletterhead: elections\nto: All\n\
         from: debra-ledsinger\nsubject: Drill\nrelease: votecal-2021-2\nknows: 1\nbody: 21148.md\n"
    );
    assert!(folder.read("memos/2021/21149.yaml").contains("updates: [21144, 21148]"));
    assert!(folder.has("memos/2021/21148.md") && folder.has("memos/2021/21149.lock"));
    for gone in ["memos/2021/drill.yaml", "memos/2021/drill.md", "output/ccrov/2021/september/drilldl.pdf"] {
        assert!(!folder.has(gone), "{gone}");
    }
    assert!(folder.has("output/ccrov/2021/september/21148dl.pdf"));
    folder.build();
    assert_eq!(folder.run(&["build", "--check"]).status, 0);
}

#[test]
fn a_memo_that_is_renamed_takes_only_the_texts_that_are_its_own() {
    let folder = Folder::with_seed();
    draft(&folder, "drill", "# begun from drill-2.md\nbody: drill.md\n");
    draft(&folder, "drill-2", "body: drill-2.md\n");
    draft(&folder, "other", "body: drill.md\n");
    folder.file("memos/2021/drill.md", "A drill.\n").file("memos/2021/drill-2.md", "Another.\n");
    let run = folder.run(&["issue", "drill"]);
    assert_eq!((run.status, run.faults.as_str()), (0, ""), "{}", run.results);
    assert!(folder.has("memos/2021/drill.md") && folder.has("memos/2021/drill-2.md"));
    let run = folder.run(&["check"]);
    assert_eq!((run.status, run.faults.as_str()), (0, ""), "{}", run.results);
}

#[test]
fn a_memo_in_a_folder_with_a_blank_is_issued_with_its_lock() {
    let folder = Folder::with_seed();
    draft(&folder, "21150", "number: 21150\nbody: x\n");
    let text = folder.read("memos/2021/21150.yaml").replace("status: draft", "status: issued");
    fs::remove_file(folder.path().join("memos/2021/21150.yaml")).unwrap();
    folder.file("memos/Élection 2021 (候)/21150.yaml", text);
    let run = folder.run(&["issue", "21150"]);
    assert_eq!((run.status, run.faults.as_str()), (0, ""), "{}", run.results);
    assert!(folder.has("memos/Élection 2021 (候)/21150.lock"));
    assert!(folder.has("output/ccrov/2021/september/21150dl.pdf"));
}

#[test]
fn what_a_lock_says_of_dates_and_releases_is_held_against_what_they_are() {
    for (written, wrong) in
        [("date: 2021-08-31", "date: August 2021"), ("release: votecal-2021-2", "release: a b")]
    {
        let folder = Folder::with_seed();
        assert_eq!(folder.run(&["issue", "21144"]).status, 0);
        let lock = "memos/2021/21144.lock";
        assert!(folder.read(lock).contains(written), "{}", folder.read(lock));
        let run = folder.edit(lock, written, wrong).run(&["build"]);
        assert_eq!(run.status, 1, "{}", run.results);
        assert!(run.faults.contains(lock), "{}", run.faults);
    }
}

#[test]
fn one_bad_memo_does_not_stop_the_others_and_takes_no_number() {
    let folder = Folder::with_seed();
    draft(&folder, "bad", "body: On {{ memo.dat }}.\n");
    draft(&folder, "good", "body: Good.\n");
    let run = folder.run(&["issue", "bad", "good"]);
    assert_eq!(run.status, 1);
    assert!(
        run.faults.contains("[undefined-variable]") && run.faults.contains("bad has faults"),
        "{}",
        run.faults
    );
    assert!(run.results.contains("Issued: 21145 (it was good), Drill"), "{}", run.results);
    assert!(folder.read("memos/2021/bad.yaml").starts_with("# bad\ndate:"));
    assert!(folder.has("memos/2021/21145.lock") && !folder.has("memos/2021/good.yaml"));
}

#[test]
fn a_withdrawn_memo_keeps_its_files_and_its_page_says_why() {
    let folder = issued();
    let before = published(&folder);
    draft(&folder, "drill", "body: Drill.\n");
    assert_eq!(folder.run(&["withdraw", "drill", "--why", "x"]).status, 2);
    let run = folder.run(&["withdraw", "21144", "--why", "it was told: twice", "--date", "9/2/2021"]);
    assert_eq!((run.status, run.faults.as_str()), (0, ""), "{}", run.results);
    let written = "status: withdrawn\nwithdrawn: 2021-09-02\nwhy: \"it was told: twice\"\n";
    assert!(folder.read(MEMO).contains(written), "{}", folder.read(MEMO));
    assert!(published(&folder) == before);
    let page = folder.read(&format!("{OUTPUT}.html"));
    assert!(
        page.contains("<p class=\"status stop\">Withdrawn September 2, 2021: it was told: twice</p>"),
        "{page}"
    );
    // And below the heading, for who goes there at once.
    let below = "</h1>\n<p><strong>WITHDRAWN September 2, 2021:</strong> it was told: twice</p>\n";
    for page in [format!("{OUTPUT}.html"), format!("{OUTPUT}-schedule.html")] {
        let page = folder.read(&page);
        assert!(page.contains(below) && page.matches("WITHDRAWN September").count() == 1, "{page}");
    }
    folder.build();
    // What its readers were told is not told anew.
    let (memo, lock) = (folder.read(MEMO), folder.read(LOCK));
    let run = folder.run(&["withdraw", "21144", "--why", "another reason"]);
    assert_eq!(run.status, 2, "{}", run.results);
    assert!(
        run.faults.contains("21144 was withdrawn on September 2, 2021: \"it was told: twice\""),
        "{}",
        run.faults
    );
    assert!(folder.read(MEMO) == memo && folder.read(LOCK) == lock);
    // An edit is not hidden by it.
    let folder = issued();
    folder.edit(MEMO, "All County Clerks", "All Clerks");
    let run = folder.run(&["withdraw", "21144", "--why", "x"]);
    assert_eq!(run.status, 1);
    assert!(run.faults.contains("changed-after-issue"), "{}", run.faults);
    assert!(folder.read(MEMO).contains("status: issued"));
}

#[test]
fn a_withdrawal_has_its_day_and_one_of_before_that_has_none_stays() {
    let folder = issued();
    let run = folder.run(&["withdraw", "21144", "--why", "x", "--date", "August 30, 2021"]);
    assert_eq!(run.status, 2, "{}", run.results);
    assert!(run.faults.contains("it cannot be withdrawn on August 30, 2021"), "{}", run.faults);
    let run = folder.run(&["withdraw", "21144", "--why", "x"]);
    assert_eq!((run.status, run.faults.as_str()), (0, ""), "{}", run.results);
    let memo = folder.read(MEMO);
    let day = memo.lines().find_map(|line| line.strip_prefix("withdrawn: ")).unwrap();
    // The command says which day it took.
    let said = ccrov::model::date::prose(ccrov::model::date::read(day).unwrap());
    assert!(run.results.contains(&format!("Withdrawn {said}: 21144, x")), "{}", run.results);
    // Written by a program that did not know the day.
    for file in [MEMO, LOCK] {
        let text = folder.read(file);
        let without = text.lines().filter(|line| !line.trim_start().starts_with("withdrawn: "));
        folder.file(file, without.collect::<Vec<_>>().join("\n") + "\n");
    }
    let digest = source_digest("21144.yaml", folder.read(MEMO).as_bytes());
    let lock = folder.read(LOCK);
    let line = lock.lines().find(|line| line.starts_with("  21144.yaml: ") && !line.contains('|')).unwrap();
    folder.file(LOCK, lock.replace(line, &format!("  21144.yaml: {digest}")));
    folder.build();
    let page = folder.read(&format!("{OUTPUT}.html"));
    assert!(page.contains("This memorandum has been withdrawn: x"), "{page}");
    let run = folder.run(&["withdraw", "21144", "--why", "y"]);
    assert!(run.status == 2 && run.faults.contains("21144 was withdrawn: \"x\""), "{}", run.faults);
}

#[test]
fn two_hundred_memos_on_one_release_half_of_them_issued_are_built_in_one_run() {
    let folder = Folder::with_seed();
    let mut issue = vec!["issue".to_owned()];
    for number in 21201..21401 {
        let id = number.to_string();
        draft(
            &folder,
            &id,
            "release: votecal-2021-2\nbody: On {{ milestones.release.date }}.\nattachments: schedule\n",
        );
        let name = format!("memos/2021/{id}.yaml");
        folder.file(&name, format!("number: {id}\n{}", folder.read(&name)));
        if number < 21301 {
            issue.push(id);
        }
    }
    let run = folder.run(&issue.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!((run.status, run.faults.as_str()), (0, ""));
    let text = |id: u32| folder.read(&format!("output/ccrov/2021/september/{id}dl.md"));
    let run = folder.run(&[
        "slip",
        "votecal-2021-2",
        "--move",
        "release=2021-12-05",
        "--reason",
        "a late fix",
        "--announced",
        "2021-09-01",
        "--yes",
    ]);
    assert_eq!((run.status, run.faults.as_str()), (0, ""));
    assert!(run.results.contains("Built 201 memos: "), "{}", run.results);
    assert!(run.results.ends_with("100 issued memos keep their form.\n"), "{}", run.results);
    assert_eq!(run.results.matches("stays as issued; it needs a memo that updates it").count(), 101);
    assert_eq!(run.results.matches("follows, and is built anew").count(), 100);
    for id in 21201..21401 {
        let date = if id < 21301 { "November 21, 2021" } else { "December 5, 2021" };
        assert!(text(id).contains(&format!("On {date}.")), "{id}");
    }
    assert_eq!(folder.run(&["build", "--check"]).status, 0);
}

#[test]
fn a_lock_that_cannot_be_read_or_has_no_memo_is_a_fault_and_nothing_is_lost() {
    let folder = issued();
    let (lock, before) = (folder.read(LOCK), published(&folder));
    folder.file(LOCK, lock.replace("status:", "state:"));
    let run = folder.run(&["build"]);
    assert!(run.status == 1 && run.faults.contains("[bad-lock]: this lock cannot be read"), "{}", run.faults);
    assert!(published(&folder) == before);
    folder.file(LOCK, &lock);
    fs::remove_file(folder.path().join(MEMO)).unwrap();
    let run = folder.run(&["build"]);
    assert!(
        run.faults.contains("[bad-lock]: this is the lock of memo 21144, which is not there"),
        "{}",
        run.faults
    );
    assert!(published(&folder) == before);
    assert!(files(&folder.path().join("output")).len() > 7);
}

#[test]
fn what_nobody_has_approved_is_not_issued_unless_somebody_says_why() {
    let folder = Folder::with_seed();
    draft(&folder, "drill", "body: x\n");
    folder.edit("memos/2021/drill.yaml", "status: approved", "status: draft");
    let run = folder.run(&["issue", "drill"]);
    assert_eq!((run.status, run.results.as_str()), (1, "Nothing was written.\n"), "{}", run.faults);
    assert!(
        run.faults.contains("drill is a draft, and is not issued; when somebody has reviewed it"),
        "{}",
        run.faults
    );
    assert!(!folder.has("memos/2021/21145.yaml"));
    let run = folder.run(&["issue", "drill", "--anyway", " "]);
    assert!(run.status == 1 && run.faults.contains("the reason is blank"), "{}", run.faults);
    folder.edit("memos/2021/drill.yaml", "status: draft", "status: review");
    let run = folder.run(&["issue", "drill", "--anyway", "the deadline is today"]);
    assert_eq!(run.status, 0, "{}", run.faults);
    let issued = folder.read("memos/2021/21145.yaml");
    assert!(issued.contains("accepts:\n  not-reviewed: the deadline is today\n"), "{issued}");
    assert_eq!(folder.run(&["check"]).status, 0);
}
