//! The desk in the browser, as a browser speaks to it: what it saves, whom it refuses, what it keeps.

use std::fs;

use crate::common::{Folder, files, served::Served};

const MEMO: &str = "memos/2026/26002.yaml";
const FORM: &str = "Origin: http://127.0.0.1:PORT\r\nContent-Type: application/x-www-form-urlencoded\r\n";

/// What analysts wrote and what was built, without what the program keeps for itself.
fn sources(folder: &Folder) -> Vec<(String, Vec<u8>)> {
    files(folder.path()).into_iter().map(|name| (name.clone(), folder.bytes(&name))).collect()
}

/// What a page of the history shows of the text that it was made of.
fn digest(page: &str) -> String {
    page.split_once("name=\"digest\" value=\"").unwrap().1.split('"').next().unwrap().to_owned()
}

/// What a button of a history brings back: the first one of the page.
fn place(page: &str) -> String {
    page.split_once("name=\"place\" value=\"").unwrap().1.split('"').next().unwrap().to_owned()
}

/// The journals of a folder, the last last.
fn history(folder: &Folder) -> Vec<String> {
    let entries = fs::read_dir(folder.path().join(".ccrov/history")).unwrap().flatten();
    let mut files: Vec<_> = entries.map(|entry| entry.path()).collect();
    files.sort();
    files.into_iter().map(|file| fs::read_to_string(file).unwrap()).collect()
}

#[test]
fn a_memo_is_begun_written_shown_and_deleted() {
    let folder = Folder::sample();
    let desk = Served::desk(folder.path());
    let home = desk.get("/").text();
    assert!(home.contains("SAMPLE: Help Desk Hours on Election Day") && home.contains("In work"), "{home}");
    assert_eq!(desk.post("/you", &[("person", "ana-ruiz")]).status, 303);
    assert!(desk.get("/").text().contains("You are Ana Ruiz."));

    let begun = desk.post("/new", &[("name", "drill"), ("from", "blank")]);
    assert!(begun.status == 303 && begun.head.contains("location: /memo/drill"), "{}", begun.head);
    let page = desk.get("/memo/drill").text();
    assert!(page.contains("name=\"now:subject\""), "{page}");
    let file = files(folder.path()).into_iter().find(|name| name.ends_with("/drill.yaml")).unwrap();
    let before = folder.read(&file);
    let was = |key: &str| {
        let (_, rest) = page.split_once(&format!("name=\"was:{key}\" value=\"")).unwrap();
        rest.split('"').next().unwrap().to_owned()
    };
    let (subject, date) = (was("subject"), was("date"));
    let saved = desk.post(
        "/memo/drill",
        &[
            ("was:subject", &subject),
            ("now:subject", "Registration Drill: 2026"),
            ("was:date", &date),
            ("now:date", "March 16, 2026"),
        ],
    );
    assert!(saved.status == 303 && saved.head.contains("location: /memo/drill"), "{}", saved.head);
    assert!(desk.get("/memo/drill").text().contains("id=\"done\">Saved "));
    assert!(!desk.get("/memo/drill").text().contains("id=\"done\""), "it is said once");
    let after = folder.read(&file);
    assert!(
        after.contains("subject: \"Registration Drill: 2026\"") && after.contains("date: March 16, 2026")
    );
    assert_eq!(before.lines().count(), after.lines().count());
    desk.wait_for("/memo/drill/shown", |text| text.contains("src=\"/site/") || text.contains("to fix"));
    assert!(history(&folder).last().unwrap().contains("\"by\":\"ana-ruiz\""));

    // Deleted, it is in the history, and comes back from there.
    let text = folder.read(&file);
    let deleted = desk.post("/memo/drill/delete", &[]);
    assert!(
        deleted.status == 303 && deleted.head.contains("location: /history/memo/drill"),
        "{}",
        deleted.head
    );
    assert!(!folder.path().join(&file).exists());
    assert!(history(&folder).last().unwrap().contains("Registration Drill"));
    let page = desk.get("/history/memo/drill").text();
    assert!(page.contains("drill is deleted. Here it can be brought back."), "{page}");
    assert_eq!(
        desk.post("/history/memo/drill", &[("place", &place(&page)), ("digest", &digest(&page))]).status,
        303
    );
    assert_eq!(folder.read(&file), text);
}

#[test]
fn what_two_people_write_at_a_time_is_merged_or_shown() {
    let folder = Folder::sample();
    let desk = Served::desk(folder.path());
    folder.file(MEMO, folder.read(MEMO).replace("date: March 2, 2026", "date: March 4, 2026"));
    let subject = "SAMPLE: Help Desk Hours on Election Day";
    let both = desk.post(
        "/memo/26002",
        &[
            ("was:subject", subject),
            ("now:subject", "Hours"),
            ("was:date", "March 2, 2026"),
            ("now:date", "March 2, 2026"),
        ],
    );
    assert_eq!(both.status, 303, "{}", both.head);
    assert!(
        desk.get("/memo/26002").text().contains("Somebody else changed Date meanwhile; that is kept, too.")
    );
    assert!(folder.read(MEMO).contains("March 4, 2026") && folder.read(MEMO).contains("subject: Hours"));

    let before = folder.read(MEMO);
    let conflict = desk.post("/memo/26002", &[("was:subject", subject), ("now:subject", "My own <words>")]);
    assert_eq!(conflict.status, 409);
    let page = conflict.text();
    assert!(page.contains("Not saved yet.") && page.contains("Somebody else wrote:"), "{page}");
    assert!(page.contains("value=\"My own &lt;words&gt;\"") && page.contains("<pre>Hours</pre>"), "{page}");
    assert_eq!(folder.read(MEMO), before);
    // Whoever saves then has seen it.
    assert!(page.contains("name=\"was:subject\" value=\"Hours\""), "{page}");
    assert_eq!(desk.post("/memo/26002", &[("was:subject", "Hours"), ("now:subject", "Mine")]).status, 303);
}

/// A way in which an editor puts a text in the place of a file's.
type Saves = fn(&std::path::Path, &str);

#[test]
fn however_an_editor_saves_its_text_meets_the_form_that_was_open_before() {
    let folder = Folder::sample();
    let desk = Served::desk(folder.path());
    let path = folder.path().join(MEMO);
    let aside = |path: &std::path::Path| path.with_extension("tmp");
    let ways: [(&str, Saves); 5] = [
        ("in place", |path, text| fs::write(path, text).unwrap()),
        ("by rename", |path, text| {
            fs::write(path.with_extension("tmp"), text).unwrap();
            fs::rename(path.with_extension("tmp"), path).unwrap();
        }),
        ("deleted and made anew", |path, text| {
            fs::remove_file(path).unwrap();
            fs::write(path, text).unwrap();
        }),
        ("with a backup beside it", |path, text| {
            fs::rename(path, path.with_extension("tmp")).unwrap();
            fs::write(path, text).unwrap();
        }),
        ("as Notepad does", |path, text| {
            fs::write(path, format!("\u{feff}{}", text.replace('\n', "\r\n"))).unwrap();
        }),
    ];
    let mut subject = "SAMPLE: Help Desk Hours on Election Day".to_owned();
    let mut date = "March 2, 2026".to_owned();
    for (nth, (way, save)) in ways.into_iter().enumerate() {
        assert_eq!(desk.get("/memo/26002").status, 200);
        // As long as before, and saved at once: neither size nor date tells it.
        let (theirs, day) = (format!("SAMPL{nth}{}", &subject[6..]), format!("March {}, 2026", nth + 3));
        let text = folder.read(MEMO).replace("\u{feff}", "").replace("\r\n", "\n");
        save(&path, &text.replace(&subject, &theirs));
        let form = [
            ("was:subject", subject.as_str()),
            ("now:subject", "My own words"),
            ("was:date", date.as_str()),
            ("now:date", date.as_str()),
        ];
        let both = desk.post("/memo/26002", &form);
        assert_eq!(both.status, 409, "{way}");
        assert!(both.text().contains("Somebody else wrote:") && folder.read(MEMO).contains(&theirs), "{way}");
        // What does not overlap is merged.
        let form = [
            ("was:subject", subject.as_str()),
            ("now:subject", subject.as_str()),
            ("was:date", date.as_str()),
            ("now:date", day.as_str()),
        ];
        assert_eq!(desk.post("/memo/26002", &form).status, 303, "{way}");
        let merged = folder.read(MEMO);
        assert!(merged.contains(&theirs) && merged.contains(&day), "{way}: {merged}");
        let _ = fs::remove_file(aside(&path));
        (subject, date) = (theirs, day);
    }
    // Line ends and mark of the file as Notepad left it stay.
    assert!(folder.bytes(MEMO).starts_with(b"\xef\xbb\xbf") && folder.read(MEMO).contains("\r\n"));
}

#[test]
fn what_is_typed_is_kept_for_each_person_and_never_taken_over() {
    let folder = Folder::sample();
    let desk = Served::desk(folder.path());
    desk.post("/you", &[("person", "ana-ruiz")]);
    let before = sources(&folder);
    let kept = desk
        .post("/typed", &[("page", "/memo/26002"), ("now:subject", "Half a"), ("now:body", "One\r\ntwo")]);
    assert!(kept.status == 200 && kept.text().contains("kept"), "{}", kept.text());
    let name = ".ccrov/typed/26002--ana-ruiz--sos-pc-114.json";
    assert!(folder.read(name).contains("Half a") && folder.read(name).contains("One\\ntwo"));
    assert_eq!(folder.read(".ccrov/typed/.gitignore"), "*\n");
    assert_eq!(sources(&folder), before);
    // A power cut; the next start offers it, and has not saved it.
    let aside = desk.kill();
    let desk = Served::desk_of(folder.path(), aside);
    assert!(desk.get("/").text().contains("You typed in"));
    let page = desk.get("/memo/26002").text();
    assert!(page.contains("You typed here on") && page.contains("Half a"), "{page}");
    assert_eq!(sources(&folder), before);
    // A colleague's.
    let other = folder.read(name).replace("SOS-PC-114", "SOS-PC-7").replace("Half a", "Ours");
    folder.file(".ccrov/typed/26002--ana-ruiz--sos-pc-7.json", other);
    assert!(desk.get("/memo/26002").text().contains("Ana Ruiz on SOS-PC-7 typed here"));
    // Saved, mine is gone and the other's is not.
    desk.post("/memo/26002", &[("was:date", "March 2, 2026"), ("now:date", "March 3, 2026")]);
    assert!(!folder.path().join(name).exists());
    assert!(folder.path().join(".ccrov/typed/26002--ana-ruiz--sos-pc-7.json").exists());
}

#[test]
fn nobody_else_gets_in() {
    let folder = Folder::sample();
    let desk = Served::desk(folder.path());
    let token = desk.token();
    let before = sources(&folder);
    let fields = [("token", token.as_str()), ("was:date", "March 2, 2026"), ("now:date", "March 9, 2026")];
    let post = |heads: &str| desk.post_as("/memo/26002", &fields, heads).status;
    let kind = "Content-Type: application/x-www-form-urlencoded\r\n";
    assert_eq!(post(&format!("Origin: http://evil.example\r\n{kind}")), 403);
    assert_eq!(post(&format!("Origin: http://127.0.0.1:1\r\n{kind}")), 403);
    assert_eq!(post(&format!("Origin: null\r\n{kind}")), 403);
    assert_eq!(post(kind), 403);
    assert_eq!(post(&format!("Origin: http://127.0.0.1:PORT\r\nSec-Fetch-Site: cross-site\r\n{kind}")), 403);
    for kind in ["text/plain", "application/json", "text/plain; x=application/x-www-form-urlencoded"] {
        assert_eq!(
            post(&format!("Origin: http://127.0.0.1:PORT\r\nContent-Type: {kind}\r\n")),
            403,
            "{kind}"
        );
    }
    assert_eq!(post("Origin: http://127.0.0.1:PORT\r\n"), 403);
    // A token of another run, or none.
    for token in ["0123456789abcdef0123456789abcdef", ""] {
        let fields = [("token", token), ("was:date", "March 2, 2026"), ("now:date", "March 9, 2026")];
        assert_eq!(desk.post_as("/memo/26002", &fields, FORM).status, 403);
    }
    // Another name for this machine, no cookie, another method.
    let head = "GET / HTTP/1.1\r\nHost: evil.example:PORT\r\nConnection: close\r\n\r\n";
    assert_eq!(desk.ask(head).status, 403);
    let open = "GET /memo/26002 HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nConnection: close\r\n\r\n";
    let closed = Served::answer(desk.connect_without_key(open));
    assert!(closed.status == 401 && closed.text().contains("Start ccrov from its icon"));
    let put =
        "PUT /memo/26002 HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
    assert_eq!(desk.ask(put).status, 405);
    // Paths instead of names.
    for path in ["/memo/..%2F..%2Foffice", "/file/memo/..%2Foffice", "/site/..%2F..%2Fmemos%2Foffice.yaml"] {
        assert!(desk.get(path).status >= 400, "{path}");
    }
    assert_eq!(sources(&folder), before);
    assert_eq!(desk.post_as("/memo/26002", &fields, FORM).status, 303);
}

#[test]
fn an_issued_memo_is_shown_and_not_changed() {
    let folder = Folder::sample();
    assert_eq!(folder.run(&["issue", "26001", "--yes"]).status, 0);
    let desk = Served::desk(folder.path());
    let page = desk.get("/memo/26001").text();
    assert!(page.contains("Issued and locked.") && !page.contains("name=\"now:subject\""), "{page}");
    let before = sources(&folder);
    let saved =
        desk.post("/memo/26001", &[("was:date", "February 2, 2026"), ("now:date", "February 3, 2026")]);
    assert_eq!(saved.status, 409);
    assert_eq!(desk.post("/memo/26001/delete", &[]).status, 422);
    // Nor by the ways around its screen.
    let text = folder.read("memos/2026/26001.yaml");
    assert_eq!(desk.post("/file/memo/26001", &[("read", &text), ("text", "number: 1\n")]).status, 422);
    let page = desk.get("/history/memo/26001").text();
    assert!(!page.contains("Bring back"), "{page}");
    let back = desk.post("/history/memo/26001", &[("place", "0"), ("digest", &digest_of(&text))]);
    assert!(back.status >= 400);
    assert_eq!(sources(&folder), before);
}

fn digest_of(text: &str) -> String {
    ccrov::output::digest(text.as_bytes())
}

#[test]
fn an_earlier_version_comes_back() {
    let folder = Folder::sample();
    let desk = Served::desk(folder.path());
    let before = folder.read(MEMO);
    desk.post("/memo/26002", &[("was:date", "March 2, 2026"), ("now:date", "March 9, 2026")]);
    let page = desk.get("/history/memo/26002").text();
    assert!(
        page.contains("Date in memos/2026/26002.yaml") && page.contains("+ date: March 9, 2026"),
        "{page}"
    );
    assert_eq!(
        desk.post("/history/memo/26002", &[("place", &place(&page)), ("digest", "of another text")]).status,
        404
    );
    assert_eq!(
        desk.post("/history/memo/26002", &[("place", &place(&page)), ("digest", &digest(&page))]).status,
        303
    );
    assert_eq!(folder.read(MEMO), before);
}

#[test]
fn the_office_and_the_file_behind_a_screen_are_saved_as_they_are_typed() {
    let folder = Folder::sample();
    let desk = Served::desk(folder.path());
    let office = folder.read("memos/office.yaml");
    let phone = desk.post(
        "/office",
        &[
            ("was:contacts.help-desk.phone", "(916) 555-0100"),
            ("now:contacts.help-desk.phone", "(916) 555-0199"),
        ],
    );
    assert_eq!(phone.status, 303);
    assert_eq!(folder.read("memos/office.yaml"), office.replace("555-0100", "555-0199"));

    let text = folder.read(MEMO);
    let typed = text.replace("March 2", "March 12").replace('\n', "\r\n");
    assert_eq!(desk.post("/file/memo/26002", &[("read", &text), ("text", &typed)]).status, 303);
    assert_eq!(folder.read(MEMO), text.replace("March 2", "March 12"));
    let late = desk.post("/file/memo/26002", &[("read", &text), ("text", "number: 1\n")]);
    assert!(late.status == 409 && late.text().contains("What they saved"));
}

#[test]
fn without_a_folder_the_desk_asks_for_one() {
    let empty = Folder::empty();
    let desk = Served::desk(empty.path());
    let page = desk.get("/").text();
    assert!(page.contains("Where are your memos?") && page.contains("Try it with samples"), "{page}");
    let token = page.split_once("name=\"token\" value=\"").unwrap().1.split('"').next().unwrap().to_owned();
    let post = |path: &str, name: &str, value: &str| {
        desk.post_as(path, &[("token", token.as_str()), (name, value)], FORM)
    };
    let wrong = post("/open", "folder", empty.path().join("nowhere").to_str().unwrap());
    assert!(wrong.status == 422 && wrong.text().contains("There is no folder"), "{}", wrong.text());
    let made = empty.path().join("samples");
    assert_eq!(post("/samples", "samples", made.to_str().unwrap()).status, 303);
    assert!(fs::read_to_string(made.join("memos/office.yaml")).unwrap().contains("ana-ruiz"));
    assert!(desk.get("/").text().contains("In work"));
}

#[test]
fn a_second_start_shows_the_desk_that_runs() {
    let folder = Folder::sample();
    let desk = Served::desk(folder.path());
    let run = std::process::Command::new(env!("CARGO_BIN_EXE_ccrov"))
        .args(["desk", "--no-open", "--port", &desk.port.to_string()])
        .current_dir(folder.path())
        .env("XDG_CONFIG_HOME", desk.aside.path().join("config"))
        .output()
        .unwrap();
    let said = String::from_utf8(run.stdout).unwrap();
    assert!(
        run.status.success() && said.contains("The desk is open already") && said.contains(&desk.address())
    );
}

#[test]
fn quit_ends_the_desk_and_removes_what_it_built() {
    let folder = Folder::sample();
    let mut desk = Served::desk(folder.path());
    let closed = desk.post("/quit", &[]);
    assert!(closed.text().contains("The desk is closed"));
    assert!(desk.child.wait().unwrap().success());
    let left = fs::read_dir(desk.aside.path()).unwrap().flatten();
    assert!(!left.into_iter().any(|entry| entry.file_name().to_string_lossy().starts_with("ccrov-preview-")));
}

#[test]
fn a_change_that_the_system_does_not_tell_is_seen_all_the_same() {
    let folder = Folder::sample();
    let desk = Served::desk(folder.path());
    desk.wait_for("/memo/26002/shown", |text| text.contains("src=\"/site/"));
    // With another name and back, as programs save on network drives.
    let (path, aside) = (folder.path().join(MEMO), folder.path().join("aside.yaml"));
    let text = folder.read(MEMO).replace("Help Desk Hours", "Opening Hours");
    fs::write(&aside, text).unwrap();
    fs::rename(&aside, &path).unwrap();
    desk.wait_for("/memo/26002", |text| text.contains("SAMPLE: Opening Hours"));
}

#[test]
fn the_office_gains_entries_and_says_who_uses_each() {
    let folder = Folder::sample();
    let desk = Served::desk(folder.path());
    let office = folder.read("memos/office.yaml");
    let page = desk.get("/office").text();
    assert!(page.contains("2 drafts follow."), "{page}");
    assert_eq!(desk.post("/office", &[("add:contacts", "the Night Desk")]).status, 303);
    let with = folder.read("memos/office.yaml");
    assert!(with.contains("  the-night-desk: {name: the Night Desk}\n"), "{with}");
    assert!(with.lines().filter(|line| !office.lines().any(|old| old == *line)).count() <= 3);
    // A new person can begin a memo at once.
    assert_eq!(desk.post("/you", &[("name", "Ben Lee"), ("title", "Analyst")]).status, 303);
    assert!(desk.get("/").text().contains("You are Ben Lee."));
    assert!(folder.read("memos/office.yaml").contains("initials: bl"));
    for (name, id) in [("José Núñez", "jose-nunez:"), ("李娜", "entry:")] {
        assert_eq!(desk.post("/you", &[("name", name), ("title", "Analyst")]).status, 303, "{name}");
        assert!(folder.read("memos/office.yaml").contains(id), "{}", folder.read("memos/office.yaml"));
    }
    assert_eq!(folder.run(&["check"]).status, 0);
}

#[test]
fn what_an_editor_wrote_is_seen_in_the_history_and_can_be_undone() {
    let folder = Folder::sample();
    let desk = Served::desk(folder.path());
    desk.post("/memo/26002", &[("was:date", "March 2, 2026"), ("now:date", "March 9, 2026")]);
    let ours = folder.read(MEMO);
    folder.file(MEMO, ours.replace("March 9", "March 10"));
    let page = desk.get("/history/memo/26002").text();
    assert!(
        page.contains("Changed outside ccrov since then") && page.contains("+ date: March 10, 2026"),
        "{page}"
    );
    assert_eq!(
        desk.post("/history/memo/26002", &[("place", &place(&page)), ("digest", &digest(&page))]).status,
        303
    );
    assert_eq!(folder.read(MEMO), ours);
    // What the editor wrote is kept as well.
    assert!(desk.get("/history/memo/26002").text().contains("- date: March 10, 2026"));
}

#[test]
fn a_memo_gains_deadlines_and_attachments_by_buttons() {
    let folder = Folder::sample();
    let desk = Served::desk(folder.path());
    let add = |path: &str, fields: &[(&str, &str)]| {
        let answer = desk.post(path, fields);
        assert_eq!(answer.status, 303, "{}", answer.text());
    };
    add("/memo/26002", &[("add:deadlines", "Send the names")]);
    let page = desk.get("/memo/26002").text();
    assert!(page.contains("name=\"now:deadlines[0].date\"") && page.contains("“Date” is needed."), "{page}");
    add(
        "/memo/26002",
        &[
            ("was:deadlines[0].date", ""),
            ("now:deadlines[0].date", "March 20, 2026"),
            ("list", "deadlines[0].who"),
            ("item:deadlines[0].who", "sos"),
        ],
    );
    add(
        "/memo/26002",
        &[("raw:attachments", ""), ("do", "add attachments {title: Notice, body: \"(the text)\"}")],
    );
    let memo = folder.read(MEMO);
    assert!(memo.contains("what: Send the names") && memo.contains("who: sos"), "{memo}");
    assert!(memo.contains("title: Notice"), "{memo}");
    let run = folder.run(&["check", "26002"]);
    assert_eq!(run.status, 0, "{}", run.faults);
}

#[test]
fn a_text_stays_a_block_and_an_empty_one_can_be_filled() {
    let folder = Folder::sample();
    let desk = Served::desk(folder.path());
    desk.post("/new", &[("name", "drill"), ("from", "blank")]);
    let file = files(folder.path()).into_iter().find(|name| name.ends_with("/drill.yaml")).unwrap();
    // A key behind the empty text.
    desk.post("/memo/drill", &[("raw:attachments", ""), ("do", "add attachments schedule")]);
    assert_eq!(desk.post("/memo/drill", &[("was:body", ""), ("now:body", "Hello.")]).status, 303);
    let text = folder.read(&file);
    assert!(text.contains("body: |\n  Hello.\nattachments: schedule\n"), "{text}");
    let saved =
        desk.post("/memo/drill", &[("was:body", "Hello.\r\n"), ("now:body", "Hello.\r\n\r\n- one\r\n- two")]);
    assert_eq!(saved.status, 303);
    let text = folder.read(&file);
    assert!(text.contains("body: |\n  Hello.\n\n  - one\n  - two\nattachments"), "{text}");
}

#[test]
fn a_broken_file_leads_to_its_line_and_a_deleted_memo_to_its_history() {
    let folder = Folder::sample();
    let desk = Served::desk(folder.path());
    let whole = folder.read(MEMO);
    folder.file(MEMO, whole.replace("date: March", "date: \"March"));
    let answer = desk.get("/memo/26002");
    assert!(answer.status == 303 && answer.head.contains("location: /file/memo/26002"), "{}", answer.head);
    let page = desk.get("/file/memo/26002").text();
    assert!(page.contains("memos/2026/26002.yaml:"), "{page}");
    folder.file(MEMO, &whole);

    desk.post("/typed", &[("page", "/memo/26002"), ("was:subject", "x"), ("now:subject", "Half a thought")]);
    let typed = desk.get("/memo/26002").text();
    assert!(typed.contains("Half a thought"));
    assert_eq!(folder.run(&["set", "26002", "date", "March 9, 2026"]).status, 0);
    fs::remove_file(folder.path().join(MEMO)).unwrap();
    let gone = desk.get("/memo/26002");
    assert!(gone.status == 404 && gone.text().contains("Half a thought"), "{}", gone.text());
    let saved = desk.post("/memo/26002", &[("was:date", "March 9, 2026"), ("now:date", "March 10, 2026")]);
    assert!(saved.status == 404 && saved.text().contains("There is no memo 26002"));
    let page = desk.get("/history/memo/26002").text();
    assert_eq!(
        desk.post("/history/memo/26002", &[("place", &place(&page)), ("digest", &digest(&page))]).status,
        303
    );
    // It comes back as it was when somebody removed it.
    assert_eq!(folder.read(MEMO), whole.replace("March 2, 2026", "March 9, 2026"));
}

#[test]
fn a_release_that_no_memo_takes_is_deleted_and_comes_back() {
    let folder = Folder::sample();
    let desk = Served::desk(folder.path());
    let used = desk.post("/release/roster-2026/delete", &[]);
    assert_eq!(used.status, 422);
    assert!(
        used.text().contains("The release roster-2026 stays: 26001 takes its dates from it."),
        "{}",
        used.text()
    );
    const BEGUN: &str = "memos/releases/roster-2027.yaml";
    let text = folder.read("memos/releases/roster-2026.yaml");
    folder.file(BEGUN, &text);
    let gone = desk.post("/release/roster-2027/delete", &[]);
    assert!(gone.status == 303 && !folder.has(BEGUN), "{}", gone.text());
    let page = desk.get("/history/release/roster-2027").text();
    assert!(page.contains("roster-2027 is deleted. Here it can be brought back."), "{page}");
    let back = [("place", place(&page)), ("digest", digest(&page))];
    let back = back.each_ref().map(|(name, value)| (*name, value.as_ref()));
    assert_eq!(desk.post("/history/release/roster-2027", &back).status, 303);
    assert_eq!(folder.read(BEGUN), text);
}

#[test]
fn a_deleted_memo_comes_back_with_the_text_beside_it() {
    let folder = Folder::sample();
    let desk = Served::desk(folder.path());
    let memo = folder.read(MEMO);
    let (head, _) = memo.split_once("body: |").unwrap();
    folder.file(MEMO, format!("{head}body: 26002.md\n"));
    folder.file("memos/2026/26002.md", "The text.\n");
    // The text beside has its own lines in the history.
    assert_eq!(
        desk.post("/memo/26002", &[("was:body", "The text.\n"), ("now:body", "Another.")]).status,
        303
    );
    let page = desk.get("/history/memo/26002").text();
    assert!(page.contains("- The text.") && page.contains("+ Another."), "{page}");
    assert_eq!(
        desk.post("/history/memo/26002", &[("place", &place(&page)), ("digest", &digest(&page))]).status,
        303
    );
    assert_eq!(folder.read("memos/2026/26002.md"), "The text.\n");

    let before = sources(&folder);
    desk.post("/memo/26002/delete", &[]);
    assert!(!folder.path().join("memos/2026/26002.md").exists());
    let page = desk.get("/history/memo/26002").text();
    assert_eq!(
        desk.post("/history/memo/26002", &[("place", &place(&page)), ("digest", &digest(&page))]).status,
        303
    );
    assert_eq!(sources(&folder), before);
}

#[test]
fn a_form_of_one_folder_is_not_saved_into_another() {
    let (one, other) = (Folder::sample(), Folder::sample());
    let desk = Served::desk(one.path());
    let token = desk.token();
    assert_eq!(desk.post("/open", &[("folder", other.path().to_str().unwrap())]).status, 303);
    let before = sources(&other);
    let fields = [("token", token.as_str()), ("was:date", "March 2, 2026"), ("now:date", "March 9, 2026")];
    assert_eq!(desk.post_as("/memo/26002", &fields, FORM).status, 403);
    assert_eq!(sources(&other), before);
}

#[test]
fn a_fault_that_stands_at_no_field_stands_on_top() {
    let folder = Folder::sample();
    let office = folder.read("memos/office.yaml");
    folder.file(
        "memos/office.yaml",
        office.replace("    initials: ar\n", "    initials: ar\n    titel: Chief\n"),
    );
    let desk = Served::desk(folder.path());
    let page = desk.get("/office").text();
    assert_eq!(page.matches("No field is called “titel”.").count(), 1, "{page}");
}
