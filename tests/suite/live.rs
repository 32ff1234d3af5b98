//! An open page and the desk: what it is told and when, who has what open, what is kept of it, and when the desk ends.

use std::{
    fs,
    path::Path,
    thread::sleep,
    time::{Duration, Instant},
};

use crate::common::{Folder, files, served::Served};

const MEMO: &str = "memos/2026/26002.yaml";
const SUBJECT: &str = "SAMPLE: Help Desk Hours on Election Day";

/// What a page shows of the texts that it was made of.
fn mark(page: &str) -> String {
    page.split_once("data-mark=\"").unwrap().1.split('"').next().unwrap().to_owned()
}

fn wait_until(what: &str, so: impl Fn() -> bool) {
    let begin = Instant::now();
    while !so() {
        assert!(begin.elapsed() < Duration::from_secs(60), "{what}");
        sleep(Duration::from_millis(50));
    }
}

#[test]
fn a_form_is_told_what_others_changed_and_what_save_will_do() {
    let folder = Folder::sample();
    let desk = Served::desk(folder.path());
    desk.post("/you", &[("person", "ana-ruiz")]);
    let read = mark(&desk.get("/memo/26002").text());
    let news = |subject: &str, date: &str| {
        let form = [
            ("mark", read.as_str()),
            ("was:subject", SUBJECT),
            ("now:subject", subject),
            ("was:date", "March 2, 2026"),
            ("now:date", date),
        ];
        desk.post("/news/memo/26002", &form).text()
    };
    assert_eq!(news("Hours", "March 2, 2026").trim(), "");
    desk.post("/memo/26002", &[("was:date", "March 2, 2026"), ("now:date", "March 9, 2026")]);
    let before = folder.read(MEMO);
    let told = news("Hours", "March 2, 2026");
    assert!(told.contains("Ana Ruiz changed Date at ") && told.contains(".m.</strong>"), "{told}");
    assert!(told.contains("Save keeps that and what you typed."), "{told}");
    let told = news(SUBJECT, "March 2, 2026");
    assert!(told.contains("<a href=\"/memo/26002\">Show it as it is now</a>"), "{told}");
    let told = news("Hours", "March 10, 2026");
    assert!(told.contains("You changed Date too: Save will show both texts, and you decide."), "{told}");
    // What others have written is what was typed here.
    let told = news(SUBJECT, "March 9, 2026");
    assert!(told.contains("Ana Ruiz changed this file"), "{told}");

    // An editor names nobody, and may change what is no field.
    folder.file(MEMO, format!("# A remark.\n{before}"));
    let told = news("Hours", "March 2, 2026");
    assert!(told.contains("Somebody changed Date.") && !told.contains("Ana Ruiz"), "{told}");
    let fresh = mark(&desk.get("/memo/26002").text());
    folder.file(MEMO, format!("# Another.\n{before}"));
    let told = desk.post("/news/memo/26002", &[("mark", &fresh)]).text();
    assert!(told.contains("Somebody changed this file."), "{told}");

    // The file as a whole.
    let text = [("mark", fresh.as_str()), ("read", "of before"), ("text", "typed")];
    let told = desk.post("/news/memo/26002", &text).text();
    assert!(told.contains("You changed this file too"), "{told}");
    folder.file(MEMO, &before);
    fs::remove_file(folder.path().join(MEMO)).unwrap();
    assert!(news("Hours", "March 2, 2026").contains("This is no longer here"));
    assert!(
        desk.post("/news/office", &[("mark", "of before")]).text().contains("Somebody changed this file.")
    );
}

#[test]
fn a_save_is_told_before_it_is_built() {
    let folder = Folder::sample();
    let desk = Served::desk(folder.path());
    let mut events = desk.events();
    events.first();
    sleep(Duration::from_secs(1));
    folder.file(MEMO, folder.read(MEMO).replace("Help Desk Hours", "Opening Hours"));
    let begin = Instant::now();
    let mut heard = events.next();
    while heard != "saved" {
        heard = events.next();
    }
    assert!(begin.elapsed() < Duration::from_secs(10), "{:?}", begin.elapsed());
}

#[test]
fn who_has_a_memo_open_is_told_to_other_machines_and_taken_back() {
    let folder = Folder::sample();
    let before: Vec<_> = files(folder.path());
    let desk = Served::desk(folder.path());
    desk.post("/you", &[("person", "ana-ruiz")]);
    let _events = desk.events();
    let show = |window: &str, screen: &str| {
        assert_eq!(desk.post("/here", &[("window", window), ("screen", screen)]).status, 204);
    };
    show("one", "/memo/26002");
    let own = folder.path().join(".ccrov/open/ana-ruiz--sos-pc-114.json");
    wait_until("it is told", || own.is_file());
    assert_eq!(folder.read(".ccrov/open/.gitignore"), "*\n");
    assert_eq!(files(folder.path()), before);

    let news = |window: &str| desk.post("/news/memo/26002", &[("window", window)]).text();
    assert!(!news("one").contains("open"), "{}", news("one"));
    assert!(news("two").contains("You have this open in another window, too."));
    // A colleague's, and one that was left behind long ago.
    let told = fs::read_to_string(&own).unwrap();
    let at = told.split_once("\"at\":\"").unwrap().1.split('"').next().unwrap().to_owned();
    let theirs = told.replace("SOS-PC-114", "SOS-PC-7");
    folder.file(".ccrov/open/ana-ruiz--sos-pc-7.json", &theirs);
    folder.file(
        ".ccrov/open/ana-ruiz--sos-pc-8.json",
        theirs
            .replace("SOS-PC-7", "SOS-PC-8")
            .replace(&format!("\"at\":\"{at}"), "\"at\":\"2026-01-02T03:04:05"),
    );
    for shown in [news("one"), desk.get("/memo/26002").text(), desk.get("/file/memo/26002").text()] {
        assert!(
            shown.contains("Ana Ruiz has had this open since ") && shown.contains("(SOS-PC-7)."),
            "{shown}"
        );
        assert!(!shown.contains("SOS-PC-8"), "{shown}");
    }
    assert!(!desk.get("/office").text().contains("has had this open"));
    // What is closed is closed for all, and so is what a desk showed that ends.
    desk.post("/gone", &[("window", "one")]);
    show("one", "/memo/26002");
    assert!(!news("two").contains("another window"), "a goodbye that came first holds");
    show("three", "/office");
    wait_until("it is taken back", || {
        fs::read_to_string(&own).is_ok_and(|told| told.contains("/office") && !told.contains("/memo/"))
    });
    let _aside = desk.end();
    assert!(!own.exists());
}

#[test]
fn each_form_keeps_what_is_typed_until_it_is_saved() {
    let folder = Folder::sample();
    let desk = Served::desk(folder.path());
    let keep = |page: &str, fields: &[(&str, &str)]| {
        assert_eq!(desk.post("/typed", &[&[("page", page)], fields].concat()).status, 200);
    };
    let phone = "contacts.help-desk.phone";
    let [was, now] = [format!("was:{phone}"), format!("now:{phone}")];
    let text = folder.read(MEMO);
    keep("/office", &[(&was, "(916) 555-0100"), (&now, "(916) 555-0177")]);
    keep("/release/roster-2026", &[("was:name", "Roster"), ("now:name", "Rosters")]);
    keep("/file/memo/26002", &[("read", &text), ("text", "half a file")]);
    keep("/new", &[("name", "half-a-name"), ("from", "blank")]);
    // One of an earlier program.
    folder.file(
        ".ccrov/typed/26002--somebody--sos-pc-114.json",
        r#"{"memo":"26002","by":null,"machine":"SOS-PC-114","at":"2026-03-02T09:40:00","fields":[["was:subject","x"],["now:subject","of old"]]}"#,
    );
    let home = desk.get("/").text();
    let pages = [
        ("/office", "the office"),
        ("/release/roster-2026", "release roster-2026"),
        ("/file/memo/26002", "the file of 26002"),
        ("/new", "New memo"),
        ("/memo/26002", "26002"),
    ];
    for (page, name) in pages {
        assert!(home.contains(&format!("You typed in <a href=\"{page}\">{name}</a>")), "{page}: {home}");
        assert!(desk.get(page).text().contains("You typed here on "), "{page}");
    }
    let kept = || {
        let entries = fs::read_dir(folder.path().join(".ccrov/typed")).unwrap().flatten();
        entries.filter(|entry| Path::new(&entry.file_name()).extension().is_some()).count()
    };
    assert_eq!(kept(), 5);
    assert_eq!(desk.post("/office", &[(&was, "(916) 555-0100"), (&now, "(916) 555-0177")]).status, 303);
    assert_eq!(kept(), 4);
    let whole = text.replace("March 2", "March 12");
    assert_eq!(desk.post("/file/memo/26002", &[("read", &text), ("text", &whole)]).status, 303);
    assert_eq!(kept(), 3);
    assert_eq!(desk.post("/new", &[("name", "drill"), ("from", "blank")]).status, 303);
    assert_eq!(kept(), 2);
    let left = desk.post("/typed/leave", &[("page", "/release/roster-2026")]);
    assert!(left.status == 303 && left.head.contains("location: /release/roster-2026"), "{}", left.head);
    assert_eq!(kept(), 1);
    desk.post("/memo/26002", &[("was:date", "March 12, 2026"), ("now:date", "March 13, 2026")]);
    assert_eq!(kept(), 0);
    let elsewhere = desk.post("/typed/leave", &[("page", "//evil.example/")]);
    assert!(
        elsewhere.head.contains("location: /\r") || elsewhere.head.ends_with("location: /"),
        "{}",
        elsewhere.head
    );
}

#[test]
fn the_desk_ends_after_its_last_window_and_not_before() {
    let folder = Folder::sample();
    let mut desk = Served::desk_that_stays(folder.path(), "1");
    let runs = |why: &str, desk: &mut Served| {
        sleep(Duration::from_millis(3500));
        assert!(desk.child.try_wait().unwrap().is_none(), "{why}");
    };
    runs("nobody has come yet", &mut desk);
    let events = desk.events();
    desk.post("/here", &[("window", "one"), ("screen", "/new")]);
    drop(events);
    runs("a window that sleeps has not said goodbye", &mut desk);
    let events = desk.events();
    desk.post("/gone", &[("window", "one")]);
    runs("a connection is there", &mut desk);
    desk.post("/typed", &[("page", "/new"), ("name", "half")]);
    drop(events);
    runs("something typed is not saved", &mut desk);
    desk.post("/typed/leave", &[("page", "/new")]);
    let begin = Instant::now();
    while desk.child.try_wait().unwrap().is_none() {
        assert!(begin.elapsed() < Duration::from_secs(60), "nobody is there");
        sleep(Duration::from_millis(50));
    }
    assert!(desk.child.wait().unwrap().success());
}
