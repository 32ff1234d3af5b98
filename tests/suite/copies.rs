//! Second copies of OneDrive and Dropbox: never memos, shown beside what they are copies of, and settled without a loss.

use ccrov::folder::copied;

use crate::common::{Folder, served::Served};

const MEMO: &str = "memos/2026/26002.yaml";
const COPY: &str = "memos/2026/26002-SOS-PC-114.yaml";

fn between<'t>(text: &'t str, before: &str) -> &'t str {
    text.split_once(before).unwrap_or_else(|| panic!("{before} in {text}")).1.split('"').next().unwrap()
}

#[test]
fn a_second_copy_is_a_fault_and_no_memo() {
    let folder = Folder::sample();
    folder.file(COPY, folder.read(MEMO).replace("March 2, 2026", "March 4, 2026"));
    let run = folder.run(&["check"]);
    assert_eq!(run.status, 1);
    assert!(
        run.faults.contains("26002-SOS-PC-114.yaml is a second copy of 26002.yaml, and is not read"),
        "{}",
        run.faults
    );
    assert!(!run.faults.contains("bad-id") && !run.faults.contains("duplicate-id"), "{}", run.faults);
    let status = folder.run(&["status", "--json"]).results;
    assert!(!status.contains("\"id\": \"26002-SOS-PC-114\""), "{status}");
}

#[test]
fn a_memo_with_another_number_is_no_copy_and_a_copy_stays_one_whatever_is_edited() {
    let folder = Folder::sample();
    let edited =
        folder.read(MEMO).replace("March 2, 2026", "May 4, 2026").replace("Help Desk Hours", "Drill");
    folder.file("memos/2026/26002-REV.yaml", &edited);
    let run = folder.run(&["check"]);
    assert!(run.faults.contains("second-copy"), "{}", run.faults);
    folder.file("memos/2026/26002-REV.yaml", edited.replace("number: 26002", "number: 26009"));
    let run = folder.run(&["check"]);
    assert!(!run.faults.contains("second-copy") && run.status == 1, "{}", run.faults);
}

#[test]
fn the_desk_shows_both_and_keeps_the_one_that_is_chosen() {
    let folder = Folder::sample();
    let (ours, theirs) = (folder.read(MEMO), folder.read(MEMO).replace("March 2, 2026", "March 4, 2026"));
    folder.file(COPY, &theirs);
    let desk = Served::desk(folder.path());
    let home = desk.get("/").text();
    assert!(home.contains("A file was saved twice") && !home.contains("/memo/26002-SOS-PC-114"), "{home}");
    assert!(desk.get("/memo/26002").text().contains("This memo was saved twice"));
    let page = desk.get("/copies").text();
    assert!(
        page.contains("<mark>date: March 2, 2026</mark>")
            && page.contains("<mark>date: March 4, 2026</mark>"),
        "{page}"
    );

    // What was shown is what is settled.
    let seen = between(&page, "name=\"seen\" value=\"").to_owned();
    let wish = |keep| [("path", COPY), ("seen", seen.as_str()), ("keep", keep)];
    folder.file(COPY, theirs.replace("March 4", "March 5"));
    let refused = desk.post("/copies", &wish("copy"));
    assert!(
        refused.status == 422 && refused.text().contains("has been changed or removed since it was shown")
    );
    assert_eq!(
        desk.post("/copies", &[("path", "memos/office.yaml"), ("seen", ""), ("keep", "original")]).status,
        422
    );
    folder.file(COPY, &theirs);

    assert_eq!(desk.post("/copies", &wish("copy")).status, 303);
    assert_eq!(folder.read(MEMO), theirs);
    assert!(!folder.path().join(COPY).exists());
    assert!(desk.get("/copies").text().contains("26002.yaml says now what 26002-SOS-PC-114.yaml said."));
    let history = desk.get("/history/memo/26002").text();
    assert!(
        history.contains("- date: March 2, 2026") && history.contains("+ date: March 4, 2026"),
        "{history}"
    );

    // The other way: what the copy said is in the history, and comes back as the copy that it was.
    folder.file(COPY, &ours);
    let page = desk.get("/copies").text();
    let seen = between(&page, "name=\"seen\" value=\"").to_owned();
    assert_eq!(desk.post("/copies", &[("path", COPY), ("seen", &seen), ("keep", "original")]).status, 303);
    assert_eq!(folder.read(MEMO), theirs);
    assert!(!folder.path().join(COPY).exists());
    assert!(desk.get("/history/memo/26002").text().contains("- date: March 2, 2026"));
}

#[test]
fn a_copy_of_an_issued_memo_cannot_take_its_place() {
    let folder = Folder::sample();
    let issued = "memos/2026/26001.yaml";
    let run = folder.run(&["issue", "26001"]);
    assert_eq!(run.status, 0, "{}", run.faults);
    folder.file("memos/2026/26001 (1).yaml", folder.read(issued) + "# later\n");
    let desk = Served::desk(folder.path());
    let page = desk.get("/copies").text();
    assert!(page.contains("Keep 26001.yaml") && !page.contains("Keep what 26001 (1).yaml says"), "{page}");
    let before = folder.read(issued);
    let seen = between(&page, "name=\"seen\" value=\"").to_owned();
    let path = "memos/2026/26001 (1).yaml";
    assert_eq!(desk.post("/copies", &[("path", path), ("seen", &seen), ("keep", "copy")]).status, 422);
    assert_eq!(folder.read(issued), before);
    assert_eq!(desk.post("/copies", &[("path", path), ("seen", &seen), ("keep", "original")]).status, 303);
    assert!(folder.run(&["check"]).status == 0);
}

#[test]
fn names_of_copies_are_known_and_names_of_memos_are_not_taken_for_them() {
    let there =
        |path: &str| ["memos/2026/26002.yaml", "memos/office.yaml", "memos/2026/drill.yaml"].contains(&path);
    for copy in [
        "memos/2026/26002-SOS-PC-114.yaml",
        "memos/2026/26002-Anas-MacBook-Pro.yaml",
        "memos/2026/26002 (1).yaml",
        "memos/2026/26002 - Copy.yaml",
        "memos/2026/26002 - Copy (2).yaml",
        "memos/2026/26002 copy.yaml",
        "memos/2026/26002 copy 2.yaml",
        "memos/2026/26002 (Ana Ruiz's conflicted copy 2026-03-02).yaml",
    ] {
        assert_eq!(copied(copy, there).as_deref(), Some("memos/2026/26002.yaml"), "{copy}");
    }
    assert_eq!(copied("memos/office-SOS-PC-114.yaml", there).as_deref(), Some("memos/office.yaml"));
    for memo in [
        "memos/2026/26002.yaml",
        "memos/2026/26002-2.yaml",
        "memos/2026/drill-two.yaml",
        "memos/2026/drill-copy.yaml",
        "memos/2026/26003-SOS-PC-114.yaml",
        "memos/2026/26002-SOS-PC-114.md",
        "memos/2026/(1).yaml",
    ] {
        assert_eq!(copied(memo, there), None, "{memo}");
    }
}
