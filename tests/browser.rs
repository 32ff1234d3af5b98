//! The built site, opened in a browser: tests/browser/check.mjs says what is looked for.
//!
//! Needs Chromium, Java, and what `sh tests/browser/install.sh` puts beside the checks, so this file runs only
//! when it is named: `cargo test --test browser`. Not here: what no program can check, such as whether a
//! text is understood.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by it")]
#![allow(clippy::disallowed_methods, reason = "a site is put together from published files")]

#[path = "browser/searched.rs"]
mod searched;

mod common;

use std::{
    io::{Seek as _, Write as _},
    path::Path,
    process::Command,
    sync::{PoisonError, RwLock},
    time::{Duration, Instant},
};

use ccrov::{output::Manifest, search};
use common::{
    Folder, hostile,
    served::{PATIENCE, Served},
    shipped,
};

/// What looks at a whole site keeps every processor busy and has the machine to itself; the desk's checks wait most of the time, so
/// several run side by side.
static TURN: RwLock<()> = RwLock::new(());

/// Runs a check of a whole site and gives what it prints.
fn of_site(script: &str, arguments: &[&str]) -> (i32, String) {
    let _turn = TURN.write().unwrap_or_else(PoisonError::into_inner);
    node(script, arguments)
}

fn node(script: &str, arguments: &[&str]) -> (i32, String) {
    node_with(script, arguments, "")
}

/// Runs a script that reads lines.
fn node_with(script: &str, arguments: &[&str], lines: &str) -> (i32, String) {
    let here = shipped().join("tests/browser");
    for needed in ["node_modules/.installed", "packages/.installed"] {
        assert!(here.join(needed).exists(), "first run `sh tests/browser/install.sh`: there is no {needed}");
    }
    let mut input = tempfile::tempfile().unwrap();
    input.write_all(lines.as_bytes()).unwrap();
    input.rewind().unwrap();
    let run = Command::new("node").arg(here.join(script)).args(arguments).stdin(input).output();
    let run = run.unwrap_or_else(|error| panic!("the checks need node, 18 or later: {error}"));
    let printed = [run.stdout, run.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    (run.status.code().expect("the checks end by themselves"), printed.concat())
}

/// Where the office says that its site stands.
fn address(folder: &Folder) -> String {
    let office: serde_yaml::Value = serde_yaml::from_str(&folder.read("memos/office.yaml")).unwrap();
    let address = office.get("website").and_then(|website| website.get("address"));
    address.and_then(|address| address.as_str()).unwrap_or("https://elections.example.gov/memos").to_owned()
}

/// Builds a folder, and checks what of it is published.
fn check(folder: &Folder, drafts: bool) {
    let run = folder.run(&["build"]);
    let output = folder.path().join("output");
    let manifest = Manifest::read(&folder.bytes("output/manifest.json")).unwrap();
    let site = Folder::empty();
    let mut pages = 0;
    for file in manifest.published(drafts) {
        let path = file.path.as_str();
        site.file(path, std::fs::read(output.join(path)).unwrap());
        pages += usize::from(Path::new(path).extension().is_some_and(|ending| ending == "html"));
    }
    assert!(run.status == 0 && pages > 0, "{}", run.faults);
    let (status, printed) = of_site("check.mjs", &[site.path().to_str().unwrap(), &address(folder)]);
    assert!(status == 0, "{} failures on {pages} pages\n{printed}", printed.lines().count());
}

#[test]
fn each_check_fails_for_its_fault_and_no_other() {
    let (status, printed) = of_site("self-test.mjs", &[]);
    assert!(status == 0, "{printed}");
}

#[test]
fn the_shipped_site_is_as_it_should_be() {
    check(&Folder::with_sources_of(shipped()), false);
}

#[test]
fn what_readers_come_for_takes_no_more_clicks_than_it_may() {
    let folder = Folder::with_sources_of(shipped());
    let run = folder.run(&["build"]);
    assert_eq!(run.status, 0, "{}", run.faults);
    let (status, printed) = of_site("tasks.mjs", &[folder.path().join("output").to_str().unwrap()]);
    assert!(status == 0, "{printed}");
}

#[test]
fn a_site_of_hostile_texts_is_as_it_should_be() {
    check(&hostile::folder(hostile::MARKUP), true);
}

/// A folder with the scripts of the search, and more of its files.
fn with_scripts(files: &[search::Output]) -> Folder {
    let folder = Folder::empty();
    // What makes an older node read them as modules.
    folder.file("package.json", r#"{"type": "module"}"#);
    for (path, bytes) in search::shared().iter().chain(files) {
        folder.file(path.as_str(), bytes);
    }
    folder
}

#[test]
fn a_browser_finds_the_stem_of_a_word_as_the_index_has_it() {
    let folder = with_scripts(&[]);
    let words = searched::words();
    let (status, stems) = node_with("stems.mjs", &[folder.path().to_str().unwrap()], &words.join("\n"));
    assert!(status == 0 && stems.lines().count() == words.len(), "{stems}");
    let stemmer = pagefind_stem::Stemmer::create(pagefind_stem::Algorithm::English);
    let wrong = words.iter().zip(stems.lines()).filter(|(word, stem)| stemmer.stem(word) != *stem);
    assert_eq!(wrong.collect::<Vec<_>>(), Vec::new());
}

#[test]
fn a_browser_finds_what_a_look_through_every_memo_finds() {
    for seed in 0..3 {
        let (memos, queries) = (searched::memos(seed), searched::queries(seed));
        let folder = with_scripts(&searched::files(&memos));
        let lines: Vec<String> = queries.iter().map(|query| format!("{}\n", query.json())).collect();
        let (status, printed) =
            node_with("search-plain.mjs", &[folder.path().to_str().unwrap()], &lines.concat());
        assert!(status == 0 && printed.lines().count() == queries.len(), "{printed}");
        let mut some = 0;
        for (query, line) in queries.iter().zip(printed.lines()) {
            let found: serde_json::Value = serde_json::from_str(line).unwrap();
            assert_eq!(found, query.found(&memos), "seed {seed}: {query:?}");
            some += usize::from(line != "[]");
        }
        // Queries that find nothing prove nothing.
        assert!(some > queries.len() / 3, "{some}");
    }
}

#[test]
fn the_search_page_finds_what_the_program_finds() {
    let folder = Folder::with_sources_of(shipped());
    let bodies = [
        "A voter can vote by mail. The drop box is open.",
        "Each vote-by-mail ballot goes into a drop-box. See #24902.",
        "The dropbox is closed; \u{201c}vote\u{2011}by\u{2011}mail\u{201d} is not.",
        "The o\u{fb03}ce \u{fb01}les 500\u{a0}forms on regis\u{ad}tration; by mail, some vote. A box may drop.",
    ];
    for (body, number) in bodies.iter().zip(24911..) {
        let memo = format!(
            "number: {number}\ndate: July 10, 2024\nstatus: issued\nletterhead: elections\nto: All Counties\n\
             from: marisol-quintanar\nsubject: Ways of writing\nbody: |\n  {body}\n"
        );
        folder.file(&format!("memos/2024/{number}.yaml"), memo);
    }
    assert_eq!(folder.run(&["build"]).status, 0);
    let program = env!("CARGO_BIN_EXE_ccrov");
    let (status, printed) = of_site("search-same.mjs", &[folder.path().to_str().unwrap(), program]);
    assert!(status == 0, "{printed}");
}

/// Runs a check of the desk.
fn desk(check: &str, served: &Served) {
    desk_with(check, served, &[]);
}

/// Runs a check that is told more.
fn desk_with(check: &str, desk: &Served, more: &[&str]) {
    let _turn = TURN.read().unwrap_or_else(PoisonError::into_inner);
    let (status, printed) = node("desk.mjs", &[&[check, &desk.address()], more].concat());
    assert!(status == 0, "{printed}");
}

/// What a desk has built of a memo: its files by their names.
fn built(desk: &Served, memo: &str) -> Vec<(String, Vec<u8>)> {
    let entries = std::fs::read_dir(desk.aside.path()).unwrap().flatten();
    let preview =
        entries.into_iter().find(|entry| entry.file_name().to_string_lossy().starts_with("ccrov-preview-"));
    files_of(&preview.unwrap().path().join("site"), memo)
}

fn files_of(site: &Path, memo: &str) -> Vec<(String, Vec<u8>)> {
    let names = common::files(site).into_iter();
    let names = names.filter(|name| name.rsplit('/').next().unwrap().starts_with(memo));
    names.map(|name| (name.clone(), std::fs::read(site.join(&name)).unwrap())).collect()
}

/// The shipped office and releases, and nothing else.
fn without_memos() -> Folder {
    let folder = Folder::with_sources_of(shipped());
    for year in std::fs::read_dir(folder.path().join("memos")).unwrap().flatten() {
        if year.file_name().to_string_lossy().starts_with("20") {
            std::fs::remove_dir_all(year.path()).unwrap();
        }
    }
    // What is built of them.
    let _ = std::fs::remove_dir_all(folder.path().join("output"));
    folder
}

#[test]
fn memo_21144_is_drafted_by_clicks_and_keys_as_its_yaml_builds() {
    let folder = without_memos();
    let served = Served::desk(folder.path());
    desk("draft", &served);
    let by_hand = built(&served, "21144");

    let expected = without_memos();
    let yaml = std::fs::read_to_string(shipped().join("memos/2021/21144.yaml")).unwrap();
    let yaml = yaml.replace("status: issued", "status: draft");
    expected.file("memos/2021/21144.yaml", yaml);
    let run = expected.run(&["build"]);
    assert_eq!(run.status, 0, "{}", run.faults);
    same(&by_hand, &files_of(&expected.path().join("output"), "21144"), 5);
}

/// What was drafted at the desk is what its YAML builds, in that many files or more.
fn same(by_hand: &[(String, Vec<u8>)], by_yaml: &[(String, Vec<u8>)], least: usize) {
    assert!(by_yaml.len() >= least, "{}", by_yaml.len());
    for ((name, bytes), (expected, wanted)) in by_hand.iter().zip(by_yaml) {
        assert_eq!(name, expected);
        let [own, other] = [bytes, wanted].map(|bytes| String::from_utf8_lossy(bytes));
        let first = own.lines().zip(other.lines()).find(|(own, other)| own != other);
        assert!(bytes == wanted, "{name} differs: {first:?}");
    }
    assert_eq!(by_hand.len(), by_yaml.len());
}

/// What a person types into the text of a memo with a table, a note and a form.
const SAMPLE: &str = "number: 26002
letterhead: elections
from: ana-ruiz
contact: help-desk
date: March 2, 2026
status: draft
to: All County Clerks/Registrars of Voters
subject: Help Desk Hours on Election Day
body: |
  The Help Desk is open on {{ elections.general_2026.date }}:[^1]

  | Hours | For |
  | --- | --- |
  | 7:00 a.m. to 8:00 p.m. | all counties |

  **Send** the form that is attached.

  [^1]: And by telephone at {{ contact.phone }}.
attachments: [{title: The form, file: The form.pdf}]
";

#[test]
fn a_memo_with_a_table_a_note_and_a_form_is_drafted_by_clicks_and_keys_as_its_yaml_builds() {
    let [folder, expected] = [Folder::sample(), Folder::sample()];
    for folder in [&folder, &expected] {
        std::fs::remove_file(folder.path().join("memos/2026/26002.yaml")).unwrap();
    }
    expected.run(&["build", "--drafts"]);
    let pdf = common::files(expected.path()).into_iter().find(|name| name.ends_with(".pdf")).unwrap();
    expected.file("memos/2026/The form.pdf", expected.bytes(&pdf));
    let served = Served::desk(folder.path());
    desk_with("sample", &served, &[expected.path().join("memos/2026/The form.pdf").to_str().unwrap()]);

    expected.file("memos/2026/26002.yaml", SAMPLE);
    let run = expected.run(&["build"]);
    assert_eq!(run.status, 0, "{}", run.faults);
    same(&built(&served, "26002"), &files_of(&expected.path().join("output"), "26002"), 4);
}

#[test]
fn forms_that_nobody_touched_change_no_byte() {
    let folder = Folder::sample();
    let memo = "memos/2026/26002.yaml";
    let block =
        "to:\n  - |\n    Debra Jones\n    1500 11th Street\n  - \"All \\\"Counties\\\" & more \"\n  - ' x '";
    let text = folder.read(memo).replace("to: All County Clerks/Registrars of Voters", block);
    let text = text
        .replace("subject: \"SAMPLE: ", "subject: \"  SAMPLE: ")
        .replace("  If you have", "\n\n  <b>&amp;</b>\tIf you have");
    for text in [text.replace('\n', "\r\n"), text] {
        folder.file(memo, &text);
        let before: Vec<_> =
            common::files(folder.path()).into_iter().map(|name| folder.bytes(&name)).collect();
        desk("untouched", &Served::desk(folder.path()));
        let after: Vec<_> =
            common::files(folder.path()).into_iter().map(|name| folder.bytes(&name)).collect();
        assert_eq!(folder.read(memo), text);
        assert!(before == after);
    }
}

#[test]
fn a_text_is_written_with_buttons_facts_and_undo() {
    let folder = Folder::sample();
    desk("text", &Served::desk(folder.path()));
    let memo = folder.read("memos/2026/26002.yaml");
    assert!(
        memo.contains("See {{ elections.general_2026.date }}") && memo.contains("of two lines"),
        "{memo}"
    );
}

#[test]
fn what_is_pasted_becomes_markdown_and_can_be_had_otherwise() {
    let folder = Folder::sample();
    let before = folder.read("memos/2026/26002.yaml");
    desk("paste", &Served::desk(folder.path()));
    assert_eq!(folder.read("memos/2026/26002.yaml"), before, "nothing is saved by itself");
}

#[test]
fn what_is_typed_outlives_a_power_cut() {
    let folder = Folder::sample();
    let before = folder.read("memos/2026/26002.yaml");
    let served = Served::desk(folder.path());
    desk("kept", &served);
    assert_eq!(folder.read("memos/2026/26002.yaml"), before);
    let served = Served::desk_of(folder.path(), served.kill());
    desk("offered", &served);
    assert!(folder.read("memos/2026/26002.yaml").contains("subject: Half a thought"));
}

#[test]
fn two_people_in_two_browsers_lose_nothing() {
    let folder = Folder::sample();
    desk("two", &Served::desk(folder.path()));
    let memo = folder.read("memos/2026/26002.yaml");
    assert!(memo.contains("date: March 9, 2026") && memo.contains("subject: Ben's subject"), "{memo}");
}

/// What an analyst does from an office without memos to a website: by keys alone or with the mouse.
fn whole(way: &str) -> Folder {
    let folder = Folder::sample();
    std::fs::remove_dir_all(folder.path().join("memos/2026")).unwrap();
    std::fs::remove_dir_all(folder.path().join("memos/releases")).unwrap();
    std::fs::create_dir(folder.path().join("www")).unwrap();
    let desk = Served::desk(folder.path());
    let _turn = TURN.read().unwrap_or_else(PoisonError::into_inner);
    let (status, printed) = node("whole.mjs", &[way, &desk.address()]);
    assert!(status == 0, "{way}: {printed}");
    desk.end();
    folder
}

#[test]
fn keys_alone_and_the_mouse_lead_from_an_empty_folder_to_the_same_website() {
    let [keys, mouse] = [whole("keys"), whole("mouse")];
    let all = |folder: &Folder| {
        let names = common::files(folder.path()).into_iter();
        names.map(|name| (name.clone(), folder.bytes(&name))).collect::<Vec<_>>()
    };
    let (ours, theirs) = (all(&keys), all(&mouse));
    let other: Vec<&String> =
        ours.iter().zip(&theirs).filter(|(one, two)| one != two).map(|((name, _), _)| name).collect();
    assert!(ours.len() == theirs.len() && other.is_empty(), "{other:?}");
    assert_eq!(keys.run(&["build", "--check"]).status, 0);

    let release = keys.read("memos/releases/roster-2026.yaml");
    assert_eq!(release.matches("text: Task ").count(), 20, "{release}");
    assert_eq!(keys.run(&["check"]).status, 0);
    let page = |name: &str| keys.read(&format!("www/ccrov/2026/february/{name}.md"));
    assert!(page("26003ar").contains("Release: May 3, 2026 (it was April 26, 2026)"), "{}", page("26003ar"));
    assert!(keys.read("memos/2026/26001.yaml").contains("why: The plan is another."));
    for corrected in ["26002ar", "26003ar"] {
        let page = page(corrected);
        assert!(page.contains("(916) 555-0199") && page.contains("**Corrected "), "{page}");
    }
}

/// Luis Vega and their chief, beside Ana Ruiz of the sample.
const COLLEAGUES: &str = "
  luis-vega:
    name: Luis Vega
    initials: lv
    titles: Elections Analyst
  dana-cole:
    name: Dana Cole
    initials: dc
    titles: Chief of Elections
";

#[test]
fn two_people_work_for_a_year_and_every_memo_keeps_what_it_said() {
    let folder = Folder::sample();
    let last = "        starting: 2027-01-04\n";
    folder.edit("memos/office.yaml", last, &format!("{last}{COLLEAGUES}"));
    std::fs::create_dir(folder.path().join("www")).unwrap();
    let [ana, luis] = [Served::desk(folder.path()), Served::desk(folder.path())];
    {
        let _turn = TURN.read().unwrap_or_else(PoisonError::into_inner);
        let (status, printed) = node("year.mjs", &["year", &ana.address(), &luis.address()]);
        assert!(status == 0, "{printed}");
    }
    let checked = folder.run(&["check"]);
    assert_eq!(checked.status, 0, "{}", checked.faults);
    assert_eq!(folder.run(&["build", "--check"]).status, 0);
    let text = |path: &str| folder.read(&format!("www/ccrov/{path}.md"));
    let [spring, delay] = [text("2023/february/23001ar"), text("2023/april/23002ar")];
    let [fall, next] = [text("2023/september/23003ar"), text("2024/february/24001ar")];
    for (memo, secretary) in [(&spring, "SHIRLEY N. WEBER"), (&delay, "SHIRLEY N. WEBER")]
        .into_iter()
        .chain([(&fall, "MARIA SANTOS"), (&next, "MARIA SANTOS")])
    {
        assert!(
            memo.contains(secretary) && memo.contains("Ana Ruiz") && !memo.contains("Luis Vega"),
            "{memo}"
        );
    }
    assert_eq!(folder.read("memos/office.yaml").matches("Maria Santos").count(), 1, "added once");
    assert!(spring.contains("| 6 | SOS | Release to all counties | 4/23/2023 | 4/23/2023 |"), "{spring}");
    assert!(delay.contains("Release: May 14, 2023 (it was April 23, 2023)"), "{delay}");
    assert!(next.contains("| 6 | SOS | Release to all counties | 4/28/2024 | 4/28/2024 |"), "{next}");
}

#[test]
fn memos_go_out_by_keys_alone() {
    let folder = Folder::sample();
    std::fs::create_dir(folder.path().join("www")).unwrap();
    desk("gone_out", &Served::desk(folder.path()));
    let page = folder.read("www/ccrov/2026/march/26002ar.html");
    assert!(page.contains("The network was wrong before.") && page.contains("the network"), "{page}");
    assert!(folder.read("memos/2026/26001.yaml").contains("why: The release does not come."));
}

#[test]
fn a_page_is_told_what_others_save_and_the_desk_ends_after_the_last_window() {
    let folder = Folder::sample();
    let mut served = Served::desk_that_stays(folder.path(), "2");
    desk("told", &served);
    std::thread::sleep(Duration::from_secs(5));
    assert!(served.child.try_wait().unwrap().is_none(), "something typed is not saved");
    desk("closed", &served);
    let begin = Instant::now();
    let ended = loop {
        match served.child.try_wait().unwrap() {
            Some(ended) => break ended,
            None => assert!(begin.elapsed() < PATIENCE, "the last window is closed and nothing is unsaved"),
        }
        std::thread::sleep(Duration::from_millis(100));
    };
    assert!(ended.success());
}

#[test]
fn a_delay_is_recorded_by_keyboard_alone_and_told() {
    let (folder, other) = (Folder::sample(), Folder::sample());
    desk("slip", &Served::desk(folder.path()));
    let moves =
        ["--move", "deployment=2026-04-17", "--move", "test=2026-05-04", "--move", "release=2026-05-24"];
    let told = ["--announced", "2026-03-16", "--reason", "the time needed to fix a fault", "--yes"];
    assert_eq!(other.run(&[&["slip", "roster-2026"], &moves[..], &told].concat()).status, 0);
    assert_eq!(other.run(&["new", "roster-delay", "--announces", "roster-2026"]).status, 0);
    for file in ["memos/releases/roster-2026.yaml", "memos/2026/roster-delay.yaml"] {
        assert_eq!(folder.read(file), other.read(file), "{file}");
    }
}

#[test]
fn answers_to_comments_are_kept_and_sent_one_by_one() {
    desk("comments", &Served::desk(Folder::sample().path()));
}

#[test]
fn files_are_attached_and_what_was_typed_is_saved() {
    let folder = Folder::sample();
    desk("uploads", &Served::desk(folder.path()));
    let memo = folder.read("memos/2026/26002.yaml");
    assert!(memo.contains("subject: Typed before a file was chosen"), "{memo}");
    let attached = common::files(folder.path()).into_iter().filter(|name| name.ends_with(".csv"));
    let mut texts: Vec<String> = attached.map(|name| folder.read(&name)).collect();
    texts.sort();
    assert_eq!(texts, ["County,Hours\nAlpine,8\n", "County,Hours\nInyo,9\n", "County,Hours\nMono,7\n"]);
}

#[test]
fn of_a_memo_saved_twice_one_is_kept() {
    let folder = Folder::sample();
    let (memo, office) = (folder.read("memos/2026/26002.yaml"), folder.read("memos/office.yaml"));
    let copy = memo.replace("SAMPLE: Help Desk", "SAMPLE: Our Help Desk");
    folder.file("memos/2026/26002-SOS-PC-114.yaml", &copy);
    folder.file("memos/office-SOS-PC-114.yaml", office.replace("Elections Division", "Elections"));
    desk("copies", &Served::desk(folder.path()));
    assert_eq!(folder.read("memos/2026/26002.yaml"), copy);
    assert_eq!(folder.read("memos/office.yaml"), office);
    assert!(!folder.has("memos/2026/26002-SOS-PC-114.yaml") && !folder.has("memos/office-SOS-PC-114.yaml"));
}

#[test]
fn an_offered_name_is_taken_by_a_button() {
    let folder = Folder::sample();
    let memo = folder.read("memos/2026/26002.yaml").replace("from: ana-ruiz", "from: ana-riuz");
    folder.file("memos/2026/26002.yaml", &memo);
    desk("takes_a_name", &Served::desk(folder.path()));
    let memo = folder.read("memos/2026/26002.yaml");
    assert!(memo.contains("from: ana-ruiz") && memo.contains("subject: Typed beside a fault"), "{memo}");
}

#[test]
fn the_pages_are_to_a_screen_reader_what_is_expected() {
    let folder = Folder::sample();
    let soon = chrono::Local::now().date_naive() + chrono::Days::new(3);
    let due = format!("deadlines:\n  - what: Send the names\n    who: counties\n    date: {soon}\n");
    folder.file("memos/2026/26002.yaml", folder.read("memos/2026/26002.yaml") + &due);
    desk("trees", &Served::desk(folder.path()));
}

#[test]
fn steps_are_changed_in_their_table_by_keyboard_alone() {
    let folder = Folder::sample();
    desk("tasks", &Served::desk(folder.path()));
    let text = folder.read("memos/releases/roster-2026.yaml");
    let row = "  - id: task-7\n    step: 2a\n    text: Tell counties\n    owners: sos\n";
    assert!(text.contains(row) && text.find(row) < text.find("id: install"), "{text}");
}

#[test]
fn a_sheet_of_twenty_tasks_is_pasted_by_keyboard_alone() {
    let folder = Folder::sample();
    desk("sheet", &Served::desk(folder.path()));
    let text = folder.read("memos/releases/roster-2026.yaml");
    assert_eq!(text.matches("  - id: task-").count(), 19, "{text}");
    assert!(text.contains("text: Task \"0\"\n    start: {at: deployment}\n"), "{text}");
    assert!(!text.contains("Task \"1\""), "{text}");
}

#[test]
fn the_desk_is_for_everybody() {
    desk("everybody", &Served::desk(Folder::sample().path()));
}
