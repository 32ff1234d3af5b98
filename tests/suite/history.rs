//! The history of a memo: every version, whoever wrote it and under whatever name; the way back brings back what was chosen.

use std::{fs, time::Instant};

use crate::common::{Folder, served::Served};

const MEMO: &str = "memos/2026/26002.yaml";

/// The buttons of a history: which version, of which text as it is now.
fn buttons(page: &str) -> Vec<(String, String)> {
    let value = |part: &str, name: &str| {
        let (_, rest) = part.split_once(&format!("name=\"{name}\" value=\""))?;
        Some(rest.split('"').next()?.to_owned())
    };
    page.split("<form action=\"/history/")
        .skip(1)
        .filter_map(|part| Some((value(part, "place")?, value(part, "digest")?)))
        .collect()
}

fn set(folder: &Folder, name: &str, date: &str) {
    assert_eq!(folder.run(&["set", name, "date", date]).status, 0);
}

#[test]
fn a_page_that_was_shown_before_another_change_brings_back_what_it_showed() {
    let folder = Folder::sample();
    let desk = Served::desk(folder.path());
    let (head, _) =
        folder.read(MEMO).split_once("body: |").map(|(a, b)| (a.to_owned(), b.to_owned())).unwrap();
    folder.file(MEMO, format!("{head}body: 26002.md\n"));
    folder.file("memos/2026/26002.md", "The text.\n");
    set(&folder, "26002", "March 3, 2026");
    set(&folder, "26002", "March 4, 2026");
    let shown = buttons(&desk.get("/history/memo/26002").text());
    // A colleague changes the text beside it: the memo's own file is as it was shown.
    let typed = [("was:body", "The text.\n"), ("now:body", "Another.")];
    assert_eq!(desk.post("/memo/26002", &typed).status, 303);
    let (place, digest) = &shown[1];
    assert_eq!(desk.post("/history/memo/26002", &[("place", place), ("digest", digest)]).status, 303);
    assert!(folder.read(MEMO).contains("date: March 2, 2026"), "{}", folder.read(MEMO));
    desk.end();
}

#[test]
fn what_was_written_outside_stands_between_and_line_ends_are_no_change() {
    let folder = Folder::sample();
    let desk = Served::desk(folder.path());
    set(&folder, "26002", "March 3, 2026");
    folder.edit(MEMO, "two people", "three people");
    set(&folder, "26002", "March 4, 2026");
    let page = desk.get("/history/memo/26002").text();
    assert!(page.contains("Changed outside ccrov") && page.contains("three people"), "{page}");
    assert!(!page.contains("since then"), "{page}");
    let (place, digest) = buttons(&page).into_iter().find(|(place, _)| place.ends_with("outside")).unwrap();
    assert_eq!(desk.post("/history/memo/26002", &[("place", &place), ("digest", &digest)]).status, 303);
    let text = folder.read(MEMO);
    assert!(text.contains("two people") && text.contains("March 3, 2026"), "{text}");
    // Git for Windows, or an editor, changes line ends and nothing else.
    fs::write(folder.path().join(MEMO), text.replace('\n', "\r\n")).unwrap();
    let page = desk.get("/history/memo/26002").text();
    assert!(!page.contains("since then"), "{page}");
    set(&folder, "26002", "March 5, 2026");
    assert!(!desk.get("/history/memo/26002").text().contains("since then"));
    assert_eq!(desk.get("/history/memo/26002").text().matches("Changed outside ccrov").count(), 1);
    // Each text is looked at, not only the one that was written last.
    let text = folder.read(MEMO);
    let (head, _) = text.split_once("body: |").unwrap();
    folder.file(MEMO, format!("{head}body: 26002.md\n"));
    folder.file("memos/2026/26002.md", "The text.\n");
    let typed = [("was:body", "The text.\n"), ("now:body", "Another.")];
    assert_eq!(desk.post("/memo/26002", &typed).status, 303);
    set(&folder, "26002", "March 6, 2026");
    folder.file("memos/2026/26002.md", "Of Notepad.\n");
    let page = desk.get("/history/memo/26002").text();
    assert!(page.contains("since then") && page.contains("+ Of Notepad."), "{page}");
    desk.end();
}

#[test]
fn a_memo_is_followed_to_the_name_that_it_had_and_does_not_come_back_twice() {
    let folder = Folder::sample();
    for name in ["one", "two"] {
        assert_eq!(folder.run(&["new", name, "--from", "26002", "--date", "2026-05-04"]).status, 0);
    }
    set(&folder, "two", "May 6, 2026");
    set(&folder, "one", "May 5, 2026");
    assert_eq!(folder.run(&["issue", "one", "two", "--anyway", "It is urgent."]).status, 0);
    let desk = Served::desk(folder.path());
    for (id, own, other) in [("26003", "May 5", "May 6"), ("26004", "May 6", "May 5")] {
        let page = desk.get(&format!("/history/memo/{id}")).text();
        assert!(
            page.contains(&format!("+ date: 2026-05-0{}", &own[4..]))
                || page.contains(&format!("+ date: {own}")),
            "{page}"
        );
        assert!(!page.contains(&format!("+ date: {other}")), "{page}");
        assert!(page.contains("The memo has gone out") && buttons(&page).is_empty(), "{page}");
        assert!(!page.contains("outside ccrov"), "{page}");
    }
    // Under its old name it is no draft that could come back.
    let page = desk.get("/history/memo/one").text();
    assert!(page.contains("This memo is <a href=\"/history/memo/26003\">26003</a> by now."), "{page}");
    let gone = folder.read("memos/2026/26003.yaml");
    let journals = fs::read_dir(folder.path().join(".ccrov/history")).unwrap().count();
    for place in (0..=journals).flat_map(|number| (0..8).map(move |nth| format!("{number}-{nth}"))) {
        let answer = desk.post("/history/memo/one", &[("place", &place), ("digest", "")]);
        assert_ne!(answer.status, 303, "{place} brought back what is 26003");
    }
    assert!(!folder.has("memos/2026/one.yaml") && folder.read("memos/2026/26003.yaml") == gone);
    // A draft again, it does not become issued by its history.
    assert_eq!(folder.run(&["issue", "26003", "--undo"]).status, 0);
    set(&folder, "26003", "May 8, 2026");
    let page = desk.get("/history/memo/26003").text();
    let mut refused = 0;
    for (place, _) in buttons(&page) {
        let now = ccrov::output::digest(folder.read("memos/2026/26003.yaml").as_bytes());
        let answer = desk.post("/history/memo/26003", &[("place", &place), ("digest", &now)]);
        refused += usize::from(answer.text().contains("26003 was issued, and it is a draft now"));
        assert!(!folder.read("memos/2026/26003.yaml").contains("status: issued"), "{place}");
    }
    assert!(refused > 0, "{page}");
    desk.end();
}

#[test]
fn a_thousand_changes_are_shown_at_once_and_none_is_forgotten() {
    let folder = Folder::sample();
    let desk = Served::desk(folder.path());
    let history = folder.path().join(".ccrov/history");
    set(&folder, "26002", "March 3, 2026");
    let first = fs::read_to_string(history.join("000001.json")).unwrap();
    let text = serde_json::to_string(&folder.read(MEMO)).unwrap();
    for number in 2..1000_u32 {
        // Most are of another memo.
        let (id, same) = if number % 3 == 0 { ("26002", text.as_str()) } else { ("26001", "\"\"") };
        let change = format!(
            "{{\"what\":\"change {number}\",\"texts\":[{{\"path\":\"memos/2026/{id}.yaml\",\"before\":{same},\"after\":{same}}}],\"steps\":[]}}"
        );
        fs::write(history.join(format!("{number:06}.json")), change).unwrap();
    }
    set(&folder, "26002", "March 4, 2026");
    let began = Instant::now();
    let page = desk.get("/history/memo/26002").text();
    assert!(began.elapsed().as_secs() < 5, "{:?}", began.elapsed());
    assert!(page.contains("+ date: March 4, 2026") && page.contains("?from=50\">Earlier changes"), "{page}");
    assert_eq!(page.matches("<li>\n<h2>").count(), 50);
    let last = desk.get("/history/memo/26002?from=300").text();
    assert!(last.contains("+ date: March 3, 2026") && !last.contains("Earlier changes"), "{last}");
    assert_eq!(fs::read_to_string(history.join("000001.json")).unwrap(), first);
    desk.end();
}

#[test]
fn what_commands_did_is_told_in_words_and_people_by_their_names() {
    let folder = Folder::sample();
    let run = |arguments: &[&str]| assert_eq!(folder.run(arguments).status, 0, "{arguments:?}");
    run(&["approve", "26002", "--by", "ana-ruiz", "--how", "by e-mail"]);
    run(&["issue", "26002"]);
    run(&["issue", "26002", "--undo"]);
    let desk = Served::desk(folder.path());
    let page = desk.get("/history/memo/26002").text();
    for words in [
        "26002 approved by Ana Ruiz",
        "Issue 26002",
        "Take back the issue of 26002",
        "Begin the folder with samples",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert!(!page.contains("--undo") && !page.contains("approved by ana-ruiz"), "{page}");
}
