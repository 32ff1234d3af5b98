//! Dates of steps that hang on nothing: which rules give exactly them, and that no date changes when a rule is taken.

use crate::common::{Folder, served::Served};

const RELEASE: &str = "memos/releases/r.yaml";
const FOLLOW: &str = "/release/r/tasks/follow";

/// Days of 2037, which fall as those of 2026.
const PLAN: &str = "\
name: Roster Release
calendar: state
milestones:
  deployment: 2037-10-08
  mock-election:
    start: 2037-11-09
    end: 2037-11-13
tasks:
  - {id: decide, step: 1, owners: sos, text: Decide, end: 9/8/2037}
  # By night.
  - id: install
    step: 2
    owners: sos
    text: Install it
    start: 10/2/2037 # a Friday
    end: 2037-10-08
  - {id: watch, step: 3, owners: sos, text: Watch, start: 10/9/2037, end: 10/15/2037}
  - {id: drill, step: 4, owners: sos, text: Drill, start: 11/9/2037, end: \"November 13, 2037\"}
  - {id: law, step: 5, owners: sos, text: File, end: 10/8/2037, fixed: true, authority: Elections Code 1}
  - {id: other, step: 6, owners: sos, text: Other, start: N/A, end: 11/14/2037}
";

fn folder() -> Folder {
    let folder = Folder::with_seed();
    folder.file(RELEASE, PLAN);
    folder
}

fn dates(desk: &Served) -> Vec<String> {
    let page = desk.get("/release/r/tasks").text();
    let (_, copied) = page.split_once("id=\"copied\"").unwrap();
    copied.split("</textarea>").next().unwrap().lines().map(str::to_owned).collect()
}

/// The rule that a page offers first for a date.
fn offered(page: &str, key: &str) -> String {
    let (_, rest) =
        page.split_once(&format!("name=\"rule:{key}\"")).unwrap_or_else(|| panic!("{key}: {page}"));
    let (_, rest) = rest.split_once("value=\"").unwrap();
    rest.split('"').next().unwrap().to_owned()
}

fn follow(desk: &Served, page: &str, deed: &str, keys: &[(&str, &str)]) -> String {
    let mut form: Vec<(String, String)> = vec![("do".to_owned(), deed.to_owned())];
    for (key, date) in keys {
        form.push(("fits".to_owned(), (*key).to_owned()));
        form.push((format!("date:{key}"), (*date).to_owned()));
        form.push((format!("rule:{key}"), offered(page, key)));
    }
    let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let answer = desk.post(FOLLOW, &form);
    assert_eq!(answer.status, 303, "{}", answer.text());
    desk.get(FOLLOW).text()
}

#[test]
fn dates_follow_what_gives_exactly_them() {
    let folder = folder();
    let desk = Served::desk(folder.path());
    let page = desk.get(FOLLOW).text();
    for words in [
        "No step follows a milestone yet",
        "Step 4 starts on the first day of the mock election: follow it?",
        "on the day of the deployment",
        "4 working days before the deployment",
        "on the working day after step 2",
        "when it has lasted 5 working days",
        "Follow all 6 that fit",
        "2 other dates are written out and near nothing",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    // What the law fixes is not offered, nor what is far from everything.
    assert!(!page.contains("date:law end") && !page.contains("date:decide end"), "{page}");
    assert_eq!(folder.read(RELEASE), PLAN, "nothing follows by itself");

    let before = dates(&desk);
    let page = follow(&desk, &page, "follow install end", &[("install end", "10/8/2037")]);
    assert!(
        page.contains("Step 2 ends on the day of the deployment from now on. No date has changed."),
        "{page}"
    );
    let one = PLAN.replace("end: 2037-10-08", "end: {at: deployment}");
    assert_eq!(folder.read(RELEASE), one);

    let rest = [
        ("install start", "10/2/2037"),
        ("watch start", "10/9/2037"),
        ("watch end", "10/15/2037"),
        ("drill start", "11/9/2037"),
        ("drill end", "11/13/2037"),
    ];
    let page = follow(&desk, &page, "all", &rest);
    assert!(page.contains("5 dates follow what you chose"), "{page}");
    let all = one
        .replace("start: 10/2/2037 #", "start: {at: deployment, offset: -4wd} #")
        .replace("start: 10/9/2037, end: 10/15/2037", "start: {after: install}, takes: 5wd")
        .replace(
            "start: 11/9/2037, end: \"November 13, 2037\"",
            "start: {at: mock-election}, end: {at: mock-election}",
        );
    assert_eq!(folder.read(RELEASE), all);
    assert_eq!(dates(&desk), before);
    assert!(!desk.get("/slip/r").text().contains("No step follows a milestone yet"));
}

#[test]
fn a_date_that_is_another_by_now_stays_as_it_is() {
    let folder = folder();
    let desk = Served::desk(folder.path());
    let page = desk.get(FOLLOW).text();
    let theirs = PLAN.replace("end: 2037-10-08", "end: 2037-10-07");
    folder.file(RELEASE, &*theirs);
    let page = follow(&desk, &page, "follow install end", &[("install end", "10/8/2037")]);
    assert!(
        page.contains("No date follows anything new") && page.contains("Step 2 has another date by now"),
        "{page}"
    );
    assert_eq!(folder.read(RELEASE), theirs);
    // What nobody offered is not written.
    let form = [
        ("do", "follow install end"),
        ("date:install end", "10/7/2037"),
        ("rule:install end", "{at: release}"),
    ];
    assert_eq!(desk.post(FOLLOW, &form).status, 303);
    assert_eq!(folder.read(RELEASE), theirs);
}

#[test]
fn what_would_be_another_date_in_a_plan_with_delays_is_not_offered_with_the_rest() {
    let folder = folder();
    // In the first plan the deployment was over when the delay was announced: what follows it would have stayed there.
    let plan = PLAN.replace("deployment: 2037-10-08", "deployment: 2037-07-09").replace(
        "tasks:\n",
        "delays:\n  - announced: 2037-08-31\n    cause: a fault\n    moves:\n      deployment: 2037-10-08\ntasks:\n",
    );
    folder.file(RELEASE, &*plan);
    let desk = Served::desk(folder.path());
    let page = desk.get(FOLLOW).text();
    let before = dates(&desk);
    let page = follow(&desk, &page, "follow install end", &[("install end", "10/8/2037")]);
    assert!(page.contains("another date would change, so it stays as it is"), "{page}");
    assert_eq!(folder.read(RELEASE), plan);
    let all = [
        ("watch start", "10/9/2037"),
        ("watch end", "10/15/2037"),
        ("drill start", "11/9/2037"),
        ("drill end", "11/13/2037"),
    ];
    follow(&desk, &page, "all", &all);
    assert_eq!(dates(&desk), before);
    assert!(folder.read(RELEASE).contains("start: {after: install}, takes: 5wd"), "{}", folder.read(RELEASE));
}

#[test]
fn days_of_an_election_are_offered_where_the_text_names_them() {
    let folder = folder();
    let office = folder.read("memos/office.yaml");
    let election =
        office.split_once("\nelections:\n").unwrap().1.trim_start().split(':').next().unwrap().to_owned();
    folder.file(
        RELEASE,
        format!(
            "name: R\nelection: {election}\ntasks:\n  - {{id: a, step: 1, owners: sos, text: Mail by E-60, end: \"E-60\"}}\n"
        ),
    );
    let desk = Served::desk(folder.path());
    let printed = dates(&desk);
    let day = printed
        .iter()
        .find_map(|line| line.split('\t').find(|cell| cell.matches('/').count() == 2))
        .unwrap()
        .to_owned();
    let day = day.split(' ').next().unwrap().to_owned();
    folder.file(RELEASE, folder.read(RELEASE).replace("\"E-60\"", &day));
    let page = desk.get(FOLLOW).text();
    assert!(page.contains("60 days before the") && page.contains("Follow the one that fits"), "{page}");
    follow(&desk, &page, "all", &[("a end", &day)]);
    assert!(
        folder.read(RELEASE).contains("end: E-60")
            || folder.read(RELEASE).contains("{at: E-60, closed: stay}"),
        "{}",
        folder.read(RELEASE)
    );
    assert_eq!(dates(&desk), printed);
}
