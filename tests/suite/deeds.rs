//! What the desk in the browser issues, corrects, withdraws and publishes is what the commands would have written; and it is
//! what somebody has looked at.

use crate::common::{
    Folder, files,
    served::{Answer, Served, hidden},
};

fn run(folder: &Folder, arguments: &[&str]) {
    let run = folder.run(arguments);
    assert_eq!(run.status, 0, "{arguments:?}\n{}\n{}", run.results, run.faults);
}

/// What analysts wrote and what was built and published.
fn all(folder: &Folder) -> Vec<(String, Vec<u8>)> {
    files(folder.path()).into_iter().map(|name| (name.clone(), folder.bytes(&name))).collect()
}

fn names(all: &[(String, Vec<u8>)]) -> Vec<&str> {
    all.iter().map(|(name, _)| name.as_str()).collect()
}

/// Looks at a deed, then does it, as the two buttons do.
fn do_it(desk: &Served, path: &str, fields: &[(&str, &str)]) -> Answer {
    let with = |extra: &[(&str, &str)]| desk.post(path, &[fields, extra].concat());
    let looked = with(&[("do", "look")]);
    let agreed = hidden(&looked.text(), "agreed");
    let done = with(&[("do", "deed"), ("agreed", &agreed)]);
    assert_eq!(done.status, 303, "{}", done.text());
    done
}

/// What a form of a correction showed of the text.
fn body(page: &str) -> String {
    let (_, rest) = page.split_once("name=\"was:body\" hidden>\n").unwrap();
    rest.split("</textarea>").next().unwrap().to_owned()
}

fn publish(desk: &Served, target: &str) {
    let looked = desk.get(&format!("/publish?other={target}")).text();
    let fields = [("target", target), ("do", "deed"), ("agreed", &hidden(&looked, "agreed"))];
    let done = desk.post("/publish", &fields);
    assert_eq!(done.status, 303, "{}", done.text());
}

#[test]
fn the_desk_writes_what_the_commands_write() {
    let [by_desk, by_hand] = [Folder::sample(), Folder::sample()];
    let desk = Served::desk(by_desk.path());
    let reason = "The chief approved it by telephone.";
    do_it(&desk, "/issue", &[("memo", "26001"), ("memo", "26002"), ("anyway", reason)]);
    run(&by_hand, &["issue", "26001", "26002", "--anyway", reason]);
    let (ours, theirs) = (all(&by_desk), all(&by_hand));
    assert_eq!(names(&ours), names(&theirs));
    assert_eq!(ours, theirs);

    // Nobody has seen it, so it can be taken back; and then it is issued after all.
    do_it(&desk, "/memo/26002/take-back", &[("sent", "no")]);
    run(&by_hand, &["issue", "26002", "--undo"]);
    assert_eq!(all(&by_desk), all(&by_hand));
    do_it(&desk, "/issue", &[("memo", "26002"), ("anyway", reason)]);
    run(&by_hand, &["issue", "26002", "--anyway", reason]);

    for folder in [&by_desk, &by_hand] {
        std::fs::create_dir(folder.path().join("www")).unwrap();
    }
    publish(&desk, "www");
    run(&by_hand, &["build"]);
    run(&by_hand, &["publish", "www"]);
    assert_eq!(all(&by_desk), all(&by_hand));
    let stays = desk.post("/memo/26002/take-back", &[("sent", "no"), ("do", "look")]).text();
    assert!(stays.contains("It was published to www."), "{stays}");

    // A correction: the text, and the line that says so.
    let was = body(&desk.get("/memo/26002/correct").text());
    let typed = was.replace("your connection", "your network");
    let fields =
        [("was:body", &*was), ("now:body", &typed), ("what", "the network"), ("day", "April 2, 2026")];
    let before = all(&by_desk);
    let looked = desk.post("/memo/26002/correct", &[&fields[..], &[("do", "look")]].concat()).text();
    assert!(looked.contains("<del>connection\n</del><ins>network\n</ins>"), "{looked}");
    assert_eq!(all(&by_desk), before, "looking writes nothing");
    let then =
        looked.split("title=\"The page as it will be\" src=\"").nth(1).unwrap().split('"').next().unwrap();
    let page = desk.get(then).text();
    assert!(page.contains("your network") && page.contains("Corrected April 2, 2026: the network"), "{page}");
    do_it(&desk, "/memo/26002/correct", &fields);
    let memo = "memos/2026/26002.yaml";
    let edited = by_hand.read(memo).replace("your connection", "your network");
    std::fs::write(by_hand.path().join(memo), edited).unwrap();
    run(&by_hand, &["issue", "26002", "--correct", "the network", "--date", "2026-04-02"]);
    assert_eq!(by_desk.read(memo), by_hand.read(memo));
    assert_eq!(all(&by_desk), all(&by_hand));

    do_it(&desk, "/memo/26001/withdraw", &[("day", "May 4, 2026"), ("why", "The release does not come.")]);
    run(&by_hand, &["withdraw", "26001", "--why", "The release does not come.", "--date", "2026-05-04"]);
    assert_eq!(all(&by_desk), all(&by_hand));
    publish(&desk, "www");
    run(&by_hand, &["build"]);
    run(&by_hand, &["publish", "www"]);
    assert_eq!(all(&by_desk), all(&by_hand));

    // The last publication is undone there, too.
    let looked = desk.get("/publish?target=www&undo=1").text();
    let undone = [("target", "www"), ("undo", "1"), ("do", "deed"), ("agreed", &hidden(&looked, "agreed"))];
    assert_eq!(desk.post("/publish", &undone).status, 303);
    run(&by_hand, &["publish", "www", "--undo"]);
    assert_eq!(all(&by_desk), all(&by_hand));
    desk.end();
}

#[test]
fn nothing_is_done_but_what_was_looked_at() {
    let folder = Folder::sample();
    let desk = Served::desk(folder.path());
    let looked = desk.get("/issue?memo=26001").text();
    assert!(looked.contains("Issue 26001</button>"), "{looked}");
    let agreed = hidden(&looked, "agreed");
    // A colleague changes the memo meanwhile: it is shown once more, and then issued.
    let memo = "memos/2026/26001.yaml";
    let changed = folder.read(memo).replace("Roster Release", "Rosters");
    std::fs::write(folder.path().join(memo), changed).unwrap();
    let before = all(&folder);
    let fields = |agreed| [("memo", "26001"), ("do", "deed"), ("agreed", agreed)];
    let refused = desk.post("/issue", &fields(&*agreed));
    assert_eq!(refused.status, 409);
    assert!(refused.text().contains("Something has changed since you looked."), "{}", refused.text());
    assert_eq!(all(&folder), before);
    // Another box than those that were looked at, or no look at all, does nothing either.
    let agreed = hidden(&refused.text(), "agreed");
    for fields in [
        vec![("memo", "26001"), ("memo", "26002"), ("anyway", "x"), ("do", "deed"), ("agreed", &agreed)],
        vec![("memo", "26001"), ("do", "deed"), ("agreed", "")],
        vec![("memo", "26001"), ("do", "deed")],
    ] {
        assert_ne!(desk.post("/issue", &fields).status, 303);
        assert_eq!(all(&folder), before);
    }
    // What an address asks for is never done.
    desk.get(&format!("/issue?memo=26001&do=deed&agreed={agreed}"));
    desk.get(&format!("/publish?other=www&do=deed&agreed={agreed}"));
    assert_eq!(all(&folder), before);
    assert_eq!(desk.post("/issue", &fields(&agreed)).status, 303);
    assert!(folder.read(memo).contains("status: issued"));
    desk.end();
}

#[test]
fn what_keeps_a_deed_back_is_said_in_words_of_the_desk() {
    let folder = Folder::sample();
    let desk = Served::desk(folder.path());
    let said = |answer: Answer, words: &str| {
        let page = answer.text();
        assert!(page.contains(words), "{words}\n{page}");
        let main = page.split("<main").nth(1).unwrap();
        assert!(!main.contains("ccrov issue") && !main.contains("--") && !main.contains('`'), "{main}");
    };
    said(desk.get("/issue?memo=26002"), "It is a draft, and nobody has approved it.");
    said(
        desk.post("/memo/26002/withdraw", &[("do", "look"), ("day", "May 4, 2026"), ("why", "")]),
        "Say why.",
    );
    said(
        desk.post("/memo/26002/withdraw", &[("do", "look"), ("day", "soon"), ("why", "x")]),
        "The day is no date.",
    );
    said(desk.get("/publish?other=nowhere/at/all"), "Nothing is published.");
    let dated = desk.post("/issue", &[("memo", "26002"), ("do", "today 26002")]);
    assert!(dated.head.contains("location: /issue?memo=26002"), "{}", dated.head);
    assert!(!folder.read("memos/2026/26002.yaml").contains("date: March 2, 2026"));
    // An issued memo of a synced folder asks to wait, and text that was typed and not saved is told.
    desk.post("/typed", &[("page", "/memo/26002"), ("was:subject", "a"), ("now:subject", "b")]);
    said(desk.get("/issue?memo=26002"), "Typed and not saved, so not in what is issued:");
    desk.end();
}

#[test]
fn what_would_be_is_shown_as_long_as_its_plan_is_kept_and_then_says_so() {
    let folder = Folder::sample();
    let desk = Served::desk(folder.path());
    let looked =
        desk.post("/issue", &[("memo", "26002"), ("anyway", "It is urgent."), ("do", "look")]).text();
    let agreed = hidden(&looked, "agreed");
    let (_, rest) = looked.split_once(&format!("/would/{agreed}/")).unwrap_or_else(|| panic!("{looked}"));
    let path = format!("/would/{agreed}/{}", rest.split('"').next().unwrap());
    assert_eq!(desk.get(&path).status, 200);
    // What the plan leaves as it is comes from what is built; a plan that nobody keeps has nothing to show.
    let gone = desk.get(&path.replace(&agreed, &"0".repeat(agreed.len())));
    assert!(gone.status == 410 && gone.text().contains("no longer kept"), "{} {}", gone.status, gone.text());
}

#[test]
fn a_correction_takes_the_changes_that_are_ticked_and_no_other() {
    let folder = Folder::sample();
    run(&folder, &["issue", "26002", "--anyway", "It is urgent."]);
    run(&folder, &["build"]);
    let path = |ending: &str| {
        let is_it =
            |name: &String| name.starts_with("output/") && name.contains("/26002") && name.ends_with(ending);
        files(folder.path()).into_iter().filter(is_it).min_by_key(String::len).unwrap()
    };
    let published = |folder: &Folder| folder.read(&path(".md"));
    let issued = published(&folder);
    for (from, to) in [("(916) 555-0100", "(916) 555-0199"), ("5th Floor", "6th Floor")] {
        folder.edit("memos/office.yaml", from, to);
    }
    let desk = Served::desk(folder.path());
    let correct = "/memo/26002/correct";
    let was = body(&desk.get(correct).text());
    let typed = was.replace("two people", "three people");
    let edit = [("was:body", &*was), ("now:body", &*typed), ("what", "the people"), ("day", "April 2, 2026")];
    let look = |fields: &[(&str, &str)]| desk.post(correct, &[fields, &[("do", "look")]].concat()).text();
    let key = |page: &str, words: &str| {
        let (before, _) = page.split_once(words).unwrap_or_else(|| panic!("{page}"));
        before.rsplit("name=\"take\" value=\"").next().unwrap()[..8].to_owned()
    };
    // Nothing is ticked at first: the edit goes alone.
    let page = look(&edit);
    assert!(!page.contains("checked"), "{page}");
    let (phone, floor) = (key(&page, "555-0199"), key(&page, "6th Floor"));
    assert_ne!(phone, floor);
    do_it(&desk, correct, &[&edit[..], &[("take", &phone)]].concat());
    let note = "*Corrected April 2, 2026: the people*";
    let corrected = published(&folder);
    let expected = issued.replace("two people", "three people").replace("555-0100", "555-0199");
    let without: String =
        corrected.lines().filter(|line| !line.contains("Corrected April 2")).map(squeezed).collect();
    assert_eq!(without, expected.lines().map(squeezed).collect::<String>(), "{corrected} {note}");
    // Its data says what is printed, and the PDF and the page, too.
    let lock = folder.read("memos/2026/26002.lock");
    assert!(lock.contains("555-0199") && lock.contains("5th Floor") && !lock.contains("6th Floor"), "{lock}");
    let page = path(".md").replace(".md", ".html");
    assert!(folder.read(&page).contains("5th Floor") && folder.read(&page).contains("555-0199"));
    assert_eq!(folder.run(&["check", "26002"]).status, 0);
    assert_eq!(folder.run(&["build"]).status, 0);
    assert_eq!(published(&folder), corrected);
    assert!(folder.read(&page).contains("5th Floor"));
    // The other change is still there to be taken, without an edit.
    let later = [("what", "the floor"), ("day", "April 3, 2026")];
    let page = look(&later);
    assert!(page.contains("6th Floor") && !page.contains("555-0199"), "{page}");
    assert!(!page.contains("value=\"deed\""), "nothing is taken yet: {page}");
    do_it(&desk, correct, &[&later[..], &[("take", &key(&page, "6th Floor"))]].concat());
    assert!(published(&folder).contains("6th Floor"));
    desk.end();
}

fn squeezed(line: &str) -> String {
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn what_cannot_be_told_apart_goes_as_a_whole_or_is_said() {
    let folder = Folder::sample();
    run(&folder, &["issue", "26002", "--anyway", "It is urgent."]);
    folder.edit("memos/office.yaml", "(916) 555-0100", "(916) 555-0199");
    let memo = "memos/2026/26002.yaml";
    let before = folder.read(memo);
    // The edit and the change that does not go stand in one line.
    folder.edit(memo, "If you have any questions", "If you have questions");
    let alone = ["issue", "26002", "--correct", "the words", "--date", "2026-04-02", "--without-changes"];
    let refused = folder.run(&alone);
    assert_eq!(refused.status, 1);
    assert!(
        refused.faults.contains("26002 is not corrected: your edit stands in the same lines"),
        "{}",
        refused.faults
    );
    // Beside each other they can be told apart.
    std::fs::write(folder.path().join(memo), before.replace("two people", "three people")).unwrap();
    run(&folder, &alone);
    let lock = folder.read("memos/2026/26002.lock");
    assert!(lock.contains("555-0100") && !lock.contains("555-0199"), "{lock}");
    // A schedule is no lines: its dates are in the lists, too.
    run(&folder, &["issue", "26001"]);
    let release = files(folder.path()).into_iter().find(|name| name.starts_with("memos/releases/")).unwrap();
    let text = folder.read(&release);
    let (_, task) = text.split_once("text: ").unwrap();
    let task = task.lines().next().unwrap();
    folder.edit(&release, task, &format!("{task} Soon"));
    let desk = Served::desk(folder.path());
    let correct = "/memo/26001/correct";
    let fields = [("what", "the steps"), ("day", "April 2, 2026"), ("do", "look")];
    let page = desk.post(correct, &fields).text();
    assert!(page.contains("They cannot be told apart line by line"), "{page}");
    assert!(!page.contains("name=\"take\"") && !page.contains("value=\"deed\""), "{page}");
    let page = desk.post(correct, &[&fields[..], &[("with_changes", "1")]].concat()).text();
    assert!(page.contains("value=\"deed\""), "{page}");
    desk.end();
}

#[test]
fn a_fact_that_changed_is_corrected_in_all_memos_that_printed_it() {
    let folder = Folder::sample();
    for name in ["one", "two", "three"] {
        run(&folder, &["new", name, "--from", "26002", "--date", "2026-05-04"]);
    }
    run(&folder, &["issue", "26002", "one", "two", "three", "--anyway", "It is urgent."]);
    let desk = Served::desk(folder.path());
    assert!(!desk.get("/office").text().contains("Correct them"));
    for (from, to) in [("(916) 555-0100", "(916) 555-0199"), ("5th Floor", "6th Floor")] {
        folder.edit("memos/office.yaml", from, to);
    }
    assert!(desk.get("/office").text().contains("4 issued memos printed a fact that is another one by now."));
    let listed = desk.get("/correct").text();
    assert!(
        listed.contains("the Help Desk, telephone") && listed.contains("Elections Division, address"),
        "{listed}"
    );
    // What somebody has edited is read by somebody.
    folder.edit("memos/2026/26004.yaml", "two people", "three people");
    let fact = [("key", "contacts.help-desk.phone"), ("from", "(916) 555-0100")];
    let memos = [("memo", "26002"), ("memo", "26003"), ("memo", "26004")];
    let said = [("what", "the telephone of the help desk"), ("day", "June 2, 2026")];
    let blank = desk.post("/correct", &[&fact[..], &memos, &[("do", "look")]].concat()).text();
    assert!(blank.contains("Say what was wrong."), "{blank}");
    let fields = [&fact[..], &memos, &said].concat();
    let before = all(&folder);
    let looked = desk.post("/correct", &[&fields[..], &[("do", "look")]].concat()).text();
    assert!(looked.contains("26004 was edited since it was issued"), "{looked}");
    assert!(looked.contains("Correct 2 memos</button>"), "{looked}");
    assert_eq!(all(&folder), before);
    do_it(&desk, "/correct", &fields);
    for (id, phone) in [("26002", "0199"), ("26003", "0199"), ("26004", "0100"), ("26005", "0100")] {
        let lock = folder.read(&format!("memos/2026/{id}.lock"));
        assert!(lock.contains(&format!("555-{phone}")) && lock.contains("5th Floor"), "{id}: {lock}");
        let corrected =
            folder.read(&format!("memos/2026/{id}.yaml")).contains("the telephone of the help desk");
        assert_eq!(corrected, phone == "0199", "{id}");
    }
    // Those that are left still wait.
    let listed = desk.get("/correct").text();
    assert!(listed.contains("in 2 issued memos"), "{listed}");
    // So does what stayed behind in those that were corrected.
    assert!(listed.contains("in 4 issued memos"), "{listed}");
    let again = desk.post("/correct", &[&fact[..], &memos, &said, &[("do", "look")]].concat()).text();
    assert!(!again.contains("value=\"26002\""), "{again}");
    desk.end();
}

#[test]
fn a_fact_that_somebody_typed_besides_keeps_its_memo_out_of_the_correction() {
    let folder = Folder::sample();
    let memo = "memos/2026/26002.yaml";
    folder.edit(
        memo,
        "If you have any questions",
        "Call (916) 555-0100 first.\n\n  If you have any questions",
    );
    run(&folder, &["issue", "26002", "--anyway", "It is urgent."]);
    folder.edit("memos/office.yaml", "(916) 555-0100", "(916) 555-0199");
    let desk = Served::desk(folder.path());
    let fields = [
        ("key", "contacts.help-desk.phone"),
        ("from", "(916) 555-0100"),
        ("memo", "26002"),
        ("what", "the telephone"),
        ("day", "March 9, 2026"),
        ("do", "look"),
    ];
    let looked = desk.post("/correct", &fields).text();
    assert!(looked.contains("also stands in the text of 26002 as it was typed"), "{looked}");
    // No correction is of a day before the memo's own, or of one that is still to come.
    let of = |day: &str| {
        let fields = [("was:body", ""), ("what", "a word"), ("day", day), ("do", "look")];
        desk.post("/memo/26002/correct", &fields).text()
    };
    assert!(of("January 1, 2226").contains("That day has not come yet."));
    assert!(!of("January 1, 2020").contains("name=\"agreed\" value=\"0"), "{}", of("January 1, 2020"));
}

#[test]
fn an_edit_in_the_lines_of_another_change_is_corrected_with_that_change() {
    let folder = Folder::sample();
    run(&folder, &["issue", "26002", "--anyway", "It is urgent."]);
    folder.edit("memos/office.yaml", "(916) 555-0100", "(916) 555-0199");
    let desk = Served::desk(folder.path());
    let path = "/memo/26002/correct";
    let was = body(&desk.get(path).text());
    let now = was.replace("any questions", "questions");
    let fields =
        [("was:body", was.as_str()), ("now:body", &now), ("what", "a word"), ("day", "March 9, 2026")];
    let looked = desk.post(path, &[&fields[..], &[("do", "look")]].concat()).text();
    assert!(looked.contains("stands in the same lines as a change"), "{looked}");
    let (_, take) = looked.split_once("name=\"take\" value=\"").unwrap_or_else(|| panic!("{looked}"));
    let take = take.split('"').next().unwrap().to_owned();
    do_it(&desk, path, &[&fields[..], &[("take", &take)]].concat());
    assert!(folder.read("memos/2026/26002.lock").contains("555-0199"));
}
