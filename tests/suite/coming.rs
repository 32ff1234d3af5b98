//! What is due in the next days, and what a copy carries over, in the words of the desk.

use ccrov::{
    desk::{ComingDate, Desk, coming, manifest, memo_list},
    folder::WorkingFolder,
};
use chrono::NaiveDate;

use crate::common::{Folder, served::Served};

const MEMO: &str = "memos/2026/26002.yaml";

fn due(folder: &Folder, from: (i32, u32, u32), days: u64) -> Vec<ComingDate> {
    let snapshot = Desk::at(&WorkingFolder::at(folder.path())).snapshot().unwrap();
    let from = NaiveDate::from_ymd_opt(from.0, from.1, from.2).unwrap();
    coming(&snapshot, &manifest(&snapshot).unwrap(), &memo_list(&snapshot), from, days)
}

#[test]
fn deadlines_of_drafts_and_of_issued_memos_are_due_and_others_are_not() {
    let folder = Folder::sample();
    let with = "deadlines:\n  - what: Send the names\n    who: counties\n    date: March 20, 2026 5:00 p.m.\n  - what: Send more\n    who: sos\n    date: June 1, 2026\n";
    folder.file(MEMO, folder.read(MEMO) + with);
    let found = due(&folder, (2026, 3, 10), 14);
    let names = found.iter().filter(|due| due.what == "Send the names").collect::<Vec<_>>();
    let [names] = names.as_slice() else { panic!("{found:#?}") };
    assert_eq!(names.date, "Friday, March 20, 2026, 5:00 p.m.");
    assert_eq!(
        (names.name.as_str(), names.warning.as_deref()),
        ("26002", Some("The memo that says so is not issued yet."))
    );
    assert!(!names.who.is_empty() && !found.iter().any(|due| due.what == "Send more"), "{found:#?}");
    // The first day counts, the one after the last does not; nothing comes twice.
    assert!(due(&folder, (2026, 3, 20), 14).iter().any(|due| due.what == "Send the names"));
    assert!(!due(&folder, (2026, 3, 6), 14).iter().any(|due| due.what == "Send the names"));

    let memo = folder.read(MEMO).replace("status: draft", "status: approved");
    folder.file(MEMO, memo);
    let run = folder.run(&["issue", "26002", "--yes"]);
    assert_eq!(run.status, 0, "{}", run.faults);
    let found = due(&folder, (2026, 3, 10), 14);
    let names = found.iter().filter(|due| due.what == "Send the names").collect::<Vec<_>>();
    assert!(matches!(names.as_slice(), [due] if due.warning.is_none()), "{found:#?}");
}

/// Issues a memo of these deadlines and keys.
fn issue(folder: &Folder, id: &str, date: &str, keys: &str) {
    let memo = folder.read(MEMO).replace("status: draft", "status: approved");
    let dated = memo.lines().map(|line| match line.starts_with("date:") {
        true => format!("date: {date}\n"),
        false => format!("{line}\n"),
    });
    let own = format!("number: {id}\n");
    let text: String = dated.filter(|line| !line.starts_with("number:")).collect();
    folder.file(&format!("memos/2026/{id}.yaml"), own + &text + keys);
    let run = folder.run(&["issue", id, "--yes"]);
    assert_eq!(run.status, 0, "{}{}", run.results, run.faults);
}

#[test]
fn a_deadline_is_due_as_long_as_the_memo_that_lists_it_last_is_in_force() {
    let folder = Folder::sample();
    let listed =
        |day: &str| format!("deadlines:\n  - what: Send the names\n    who: counties\n    date: {day}\n");
    let due = |folder: &Folder| -> Vec<String> {
        let found = due(folder, (2026, 1, 1), 365).into_iter().filter(|due| due.what == "Send the names");
        found.map(|due| format!("{} {}", due.name, due.date)).collect()
    };
    issue(&folder, "26010", "2026-03-02", &listed("March 20, 2026"));
    issue(&folder, "26011", "2026-03-03", &format!("updates: ['26010']\n{}", listed("March 24, 2026")));
    assert_eq!(due(&folder), ["26011 Tuesday, March 24, 2026"]);
    // A memo that takes the place of the one that listed it anew takes that deadline with it, and the first holds again.
    issue(&folder, "26012", "2026-03-04", "supersedes: ['26011']\n");
    assert_eq!(due(&folder), ["26010 Friday, March 20, 2026"]);
    let run = folder.run(&["withdraw", "26012", "--why", "It was sent by mistake."]);
    assert_eq!(run.status, 0, "{}{}", run.results, run.faults);
    assert_eq!(due(&folder), ["26011 Tuesday, March 24, 2026"]);
}

#[test]
fn steps_and_milestones_of_a_release_are_due_with_the_day_in_words() {
    let folder = Folder::sample();
    let all = due(&folder, (2025, 1, 1), 1000);
    let of_release: Vec<_> = all.iter().filter(|due| due.name == "roster-2026").collect();
    assert!(of_release.iter().any(|due| due.what.starts_with("Step ") && !due.who.is_empty()), "{all:#?}");
    assert!(of_release.iter().any(|due| due.who.is_empty()), "{all:#?}");
    assert!(all.is_sorted() && all.iter().all(|due| due.date.contains(", 202")), "{all:#?}");
}

#[test]
fn home_shows_the_next_days_and_a_copy_says_its_places_in_words() {
    let folder = Folder::sample();
    let desk = Served::desk(folder.path());
    assert!(desk.get("/").text().contains("<h2 id=\"coming\">The next 14 days</h2>"));
    let carried = desk.post("/new", &[("name", "again"), ("from", "memo"), ("memo", "26002")]);
    let page = carried.text();
    assert!(carried.status == 200 && page.contains("Still right?"), "{page}");
    assert!(!page.contains(".yaml") && !page.contains("line "), "{page}");
    assert!(page.contains("Text, paragraph "), "{page}");
}
