//! Somebody leaves the office: no later memo is from this person, and the drafts go to somebody else on the desk.

use crate::common::{Folder, served::Served};

const OFFICE: &str = "memos/office.yaml";
const FIRST: &str = "memos/2026/26001.yaml";
const SECOND: &str = "memos/2026/26002.yaml";

/// The sample, with another person, and with Ana's last day.
fn folder(last_day: &str) -> Folder {
    let folder = Folder::sample();
    let ana = "    initials: ar\n";
    let luis = "\n  luis-vega:\n    name: Luis Vega\n    initials: lv\n    titles: Elections Analyst\n";
    let titles = "        starting: 2027-01-04\n";
    folder.edit(OFFICE, ana, &format!("{ana}    last_day: {last_day}\n"));
    folder.edit(OFFICE, titles, &format!("{titles}{luis}"));
    folder
}

#[test]
fn a_memo_is_from_nobody_who_has_left() {
    let day = "2026-02-02";
    let checked = folder(day).run(&["check", "26001"]);
    assert_eq!(checked.status, 0, "the last day is a day in the office: {}", checked.faults);
    let checked = folder("2026-02-01").run(&["check", "26001"]);
    assert_eq!(checked.status, 1);
    let said = "Ana Ruiz has left the office by the memo's date: the last day is February 1, 2026";
    assert!(checked.faults.contains(said) && checked.faults.contains("26001.yaml:"), "{}", checked.faults);
}

#[test]
fn drafts_of_somebody_who_leaves_go_to_somebody_else() {
    let folder = folder("2026-01-15");
    folder.edit(SECOND, "from: ana-ruiz", "from: [ana-ruiz, luis-vega] # both\nanalyst: ana-ruiz");
    let [first, second] = [FIRST, SECOND].map(|memo| folder.read(memo));
    let desk = Served::desk(folder.path());
    let page = desk.get("/office").text();
    let said = "2 drafts are from Ana Ruiz, whose last day is January 15, 2026:";
    assert!(page.contains(said) && page.contains("<option value=\"luis-vega\">Luis Vega</option>"), "{page}");
    assert!(!page.contains("<option value=\"ana-ruiz\">Ana Ruiz</option>"), "{page}");

    let give = |to: &str, drafts: &[&str]| {
        let mut form = vec![("person", "ana-ruiz"), ("to", to)];
        form.extend(drafts.iter().map(|draft| ("draft", *draft)));
        assert_eq!(desk.post("/office/give", &form).status, 303);
        desk.get("/office").text()
    };
    assert!(give("", &["26001", "26002"]).contains("choose who takes the drafts over"));
    assert!(give("luis-vega", &["26001"]).contains("the drafts are others by now"));
    assert_eq!([FIRST, SECOND].map(|memo| folder.read(memo)), [first.clone(), second.clone()]);

    let given = give("luis-vega", &["26001", "26002"]);
    assert!(given.contains("26001 and 26002 went from Ana Ruiz to Luis Vega.") && !given.contains(said));
    assert_eq!(folder.read(FIRST), first.replace("from: ana-ruiz", "from: luis-vega"));
    let both =
        second.replace("[ana-ruiz, luis-vega]", "[luis-vega]").replace("analyst: ana", "analyst: luis");
    assert_eq!(folder.read(SECOND), both.replace("analyst: luis-ruiz", "analyst: luis-vega"));
}

#[test]
fn drafts_are_not_given_to_somebody_without_a_title_on_their_day() {
    let folder = folder("2026-01-15");
    folder.edit(
        OFFICE,
        "titles: Elections Analyst\n",
        "titles: {title: Elections Analyst, starting: 2026-06-01}\n",
    );
    let before = folder.read(FIRST);
    let desk = Served::desk(folder.path());
    let form = [("person", "ana-ruiz"), ("to", "luis-vega"), ("draft", "26001"), ("draft", "26002")];
    let refused = desk.post("/office/give", &form);
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("Luis Vega has no title on the memo"), "{}", refused.text());
    assert_eq!(folder.read(FIRST), before);
}
