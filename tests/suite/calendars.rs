//! The files that calendars import and subscribe to: which events they have, and what becomes of those that were announced.
//!
//! `tests/office/calendars.rs` has others read the same files.

use std::collections::BTreeMap;

use crate::common::{Folder, files, shipped};

// The lines themselves: what no text of an analyst leads the writer to write is escaped, too.
#[path = "../../src/icalendar/line.rs"]
mod line;

use line::{Lines, escaped};

const OFFICE: &str = "state: State of California
office_holders: [{starting: 2015-01-01, name: A B, title: Secretary of State}]
letterheads: {elections: {division: Elections Division, address: 1500 11th Street}}
people: {ann: {name: Ann Lee, initials: al, titles: Analyst}}
entities: {counties: All Counties, sos: SOS, makers: Makers}
published_as: ccrov/{{ memo.year }}/{{ memo.id }}
website: {title: County Memoranda, address: https://example.gov/memos}
";

const TASKS: &str = "tasks:
- {id: copy, step: 1, owners: sos, text: 'Copy; then check, twice', start: 6/3/2024, end: 6/7/2024}
- {id: install, step: 2, owners: makers, text: Install, start: {at: deployment}, end: {at: deployment}, warning: DO NOT RESTART}
- {id: drill, step: 3, owners: counties, text: Drill, start: {at: drill}, end: {at: drill}}
- {id: report, step: 4, owners: counties, text: Report, end: {at: release, time: 5:00 p.m.}}
- {id: hot-line, step: 5, owners: sos, text: Hot line, start: {at: release}, end: On-going}
- {id: party, step: 6, owners: sos, text: Party, end: TBD (Fall 2025)}
- {id: loan, step: 7, owners: sos, text: Loan, start: 'Between Sep. 9, 2024 and Sep. 13, 2024'}
- {id: night, step: 8, owners: sos, text: Night work, start: 9/16/2024 10:00 p.m., end: 9/17/2024 4:30 a.m.}
- {id: mixed, step: 9, owners: sos, text: Mixed, start: 9/18/2024, end: 9/20/2024 11:00 p.m.}
- {id: once, step: 10, owners: sos, text: Once, until: 1, end: 9/30/2024}
";

const DELAY: &str = "delays:
- {announced: 2024-07-01, cause: a fault, moves: {deployment: 2024-08-05, drill: {start: 2024-08-12, end: 2024-08-16}}}
";

fn folder() -> Folder {
    let folder = Folder::empty();
    folder.file("memos/office.yaml", OFFICE);
    release(&folder, "");
    memo(&folder, "24101", "2024-05-20", "knows: 0\n");
    folder
}

fn release(folder: &Folder, delays: &str) {
    let milestones = "milestones:\n  deployment: 2024-07-08\n  drill: {start: 2024-07-15, end: 2024-07-19}\n  release: 2024-09-03\n";
    folder.file("memos/releases/roster.yaml", format!("name: Roster\n{milestones}{delays}{TASKS}"));
}

fn memo(folder: &Folder, id: &str, date: &str, more: &str) {
    let text = format!(
        "number: {id}\ndate: {date}\nstatus: approved\nletterhead: elections\nto: All\nfrom: ann\nsubject: Dates\nrelease: roster\n\
         attachments: [schedule]\n{more}body: Please read.\n"
    );
    folder.file(&format!("memos/2024/{id}.yaml"), text);
}

fn done(folder: &Folder, arguments: &[&str]) {
    let run = folder.run(arguments);
    assert_eq!(run.status, 0, "{arguments:?} {}{}", run.results, run.faults);
}

fn issue(folder: &Folder, id: &str) {
    done(folder, &["issue", id, "--yes", "--anyway", "a test"]);
}

type Event = BTreeMap<String, String>;

/// The properties of a file's events, by their first names; escapes stay.
fn events(text: &str) -> BTreeMap<String, Event> {
    let lines = text.strip_suffix("\r\n").unwrap().replace("\r\n ", "");
    let (mut events, mut event) = (BTreeMap::new(), None::<Event>);
    for line in lines.split("\r\n") {
        let (name, value) = line.split_once(':').unwrap();
        match (line, &mut event) {
            ("BEGIN:VEVENT", _) => event = Some(Event::new()),
            ("END:VEVENT", _) => {
                let event = event.take().unwrap();
                let known = events.insert(event["UID"].clone(), event);
                assert!(known.is_none(), "an event stands twice: {known:?}");
            }
            (_, Some(event)) => _ = event.insert(name.to_owned(), value.to_owned()),
            _ => {}
        }
    }
    events
}

fn read(folder: &Folder, name: &str) -> BTreeMap<String, Event> {
    events(&folder.read(&format!("output/calendar/{name}.ics")))
}

/// A step's event in the file of its release.
fn step(folder: &Folder, id: &str) -> Event {
    read(folder, "releases/roster")[&format!("{id}.roster@releases.ccrov")].clone()
}

fn has(event: &Event, properties: &[(&str, &str)]) {
    for (name, value) in properties {
        assert_eq!(event.get(*name).map(String::as_str), Some(*value), "{name}: {event:?}");
    }
}

#[test]
fn each_step_is_an_event_over_its_days_or_at_its_time() {
    let folder = folder();
    issue(&folder, "24101");
    let day = "VALUE=DATE";
    let start = |event: &Event| {
        let key = event.keys().find(|key| key.starts_with("DTSTART")).unwrap().clone();
        let end = event.keys().find(|key| key.starts_with("DTEND"));
        (key.split_once(';').unwrap().1.to_owned(), event[&key].clone(), end.map(|end| event[end].clone()))
    };
    let is = |id: &str, kind: &str, from: &str, to: Option<&str>| {
        let said = (kind.to_owned(), from.to_owned(), to.map(str::to_owned));
        assert_eq!(start(&step(&folder, id)), said, "{id}");
    };
    let california = "TZID=America/Los_Angeles";
    is("copy", day, "20240603", Some("20240608"));
    is("drill", day, "20240715", Some("20240720"));
    is("report", california, "20240903T170000", None);
    is("hot-line", day, "20240903", Some("20240904"));
    is("loan", day, "20240909", Some("20240914"));
    is("night", california, "20240916T220000", Some("20240917T043000"));
    // An hour that nobody wrote is none.
    is("mixed", day, "20240918", Some("20240921"));
    has(&step(&folder, "mixed"), &[("SUMMARY", "Mixed (step 9\\, Roster\\, ends at 11:00 p.m.)")]);
    has(&step(&folder, "hot-line"), &[("SUMMARY", "Hot line (step 5\\, Roster\\, starts\\; end: On-going)")]);
    has(&step(&folder, "loan"), &[("SUMMARY", "Loan (step 7\\, Roster\\, starts on one of these days)")]);
    has(&step(&folder, "copy"), &[("SUMMARY", "Copy\\; then check\\, twice (step 1\\, Roster)")]);
    let install = step(&folder, "install");
    let page = "https://example.gov/memos/ccrov/2024/24101.html";
    has(
        &install,
        &[("SEQUENCE", "0"), ("STATUS", "CONFIRMED"), ("DTSTAMP", "20240520T120000Z"), ("URL", page)],
    );
    let described = format!(
        "Warning: DO NOT RESTART\\nStart: 7/8/2024\\nEnd: 7/8/2024\\nResponsible: Makers\\nCC/ROV #24101 of May 20\\, 2024: Dates\\n{page}"
    );
    has(&install, &[("DESCRIPTION", &described)]);
}

#[test]
fn what_has_no_date_is_said_and_not_guessed() {
    let folder = folder();
    issue(&folder, "24101");
    for name in ["all", "releases/roster", "entities/sos", "memos/24101"] {
        let text = folder.read(&format!("output/calendar/{name}.ics")).replace("\r\n ", "");
        assert!(!text.contains("UID:party."), "{name}");
        let said = "in this calendar: 6. Party (TBD (Fall 2025))\r\n";
        assert_eq!(text.matches(said).count(), 2, "{name}: {text}");
    }
    let counties = folder.read("output/calendar/entities/counties.ics");
    assert!(!counties.contains("Party") && counties.contains("UID:report."), "{counties}");
}

#[test]
fn a_delay_moves_an_event_and_doubles_none() {
    let folder = folder();
    issue(&folder, "24101");
    let before = read(&folder, "releases/roster");
    release(&folder, DELAY);
    memo(&folder, "24102", "2024-07-01", "knows: 1\nupdates: 24101\n");
    issue(&folder, "24102");
    let after = read(&folder, "releases/roster");
    assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>());
    has(
        &step(&folder, "install"),
        &[
            ("SEQUENCE", "1"),
            ("DTSTART;VALUE=DATE", "20240805"),
            ("LAST-MODIFIED", "20240701T120000Z"),
            ("CREATED", "20240520T120000Z"),
        ],
    );
    assert!(step(&folder, "install")["DESCRIPTION"].contains("\\nIt was before: 7/8/2024\\n"));
    // What did not move is the same event, told by the new memo.
    has(&step(&folder, "mixed"), &[("SEQUENCE", "0"), ("LAST-MODIFIED", "20240701T120000Z")]);
    // What the new memo does not list is canceled.
    let once = step(&folder, "once");
    has(
        &once,
        &[("SEQUENCE", "1"), ("STATUS", "CANCELLED"), ("SUMMARY", "Canceled: Once (step 10\\, Roster)")],
    );
    assert!(once["DESCRIPTION"].starts_with(
        "Canceled: CC/ROV #24102 of July 1\\, 2024\\, does not list it any more.\\nIt was: 9/30/2024\\n"
    ));
    // Who downloaded the dates of the first memo finds there what has become of them.
    assert_eq!(read(&folder, "memos/24101"), after);
    assert!(!read(&folder, "memos/24102").contains_key("once.roster@releases.ccrov"));
    assert_eq!(read(&folder, "all"), after);
}

#[test]
fn a_withdrawn_memo_cancels_what_it_told_and_gives_back_what_held_before() {
    let folder = folder();
    issue(&folder, "24101");
    release(&folder, DELAY);
    memo(&folder, "24102", "2024-07-01", "knows: 1\nsupersedes: 24101\n");
    issue(&folder, "24102");
    done(&folder, &["withdraw", "24102", "--why", "an error", "--date", "2024-07-03"]);
    has(
        &step(&folder, "install"),
        &[("SEQUENCE", "2"), ("DTSTART;VALUE=DATE", "20240708"), ("STATUS", "CONFIRMED")],
    );
    has(&step(&folder, "once"), &[("SEQUENCE", "2"), ("STATUS", "CONFIRMED")]);
    done(&folder, &["withdraw", "24101", "--why", "an error", "--date", "2024-07-05"]);
    let all = read(&folder, "all");
    assert!(all.len() == 9 && all.values().all(|event| event["STATUS"] == "CANCELLED"), "{all:?}");
    has(&step(&folder, "install"), &[("SEQUENCE", "3"), ("DTSTAMP", "20240705T120000Z")]);
    assert!(
        step(&folder, "install")["DESCRIPTION"]
            .starts_with("Canceled: CC/ROV #24101 was withdrawn on July 5\\, 2024.\\nIt was: 7/8/2024\\n")
    );
}

#[test]
fn a_date_that_is_taken_away_cancels_and_one_that_is_given_back_confirms() {
    let folder = folder();
    issue(&folder, "24101");
    let delay = "delays:\n- {announced: 2024-06-01, cause: a fault, moves: {drill: TBD}}\n";
    release(&folder, delay);
    memo(&folder, "24102", "2024-06-01", "knows: 1\nupdates: 24101\n");
    issue(&folder, "24102");
    let drill = step(&folder, "drill");
    has(&drill, &[("SEQUENCE", "1"), ("STATUS", "CANCELLED"), ("DTSTART;VALUE=DATE", "20240715")]);
    assert!(drill["DESCRIPTION"].starts_with("Canceled: its date is not known any more\\, by CC/ROV #24102"));
    let text = folder.read("output/calendar/all.ics").replace("\r\n ", "");
    assert!(text.contains("3. Drill (TBD)\r\n"), "{text}");
    release(
        &folder,
        &format!(
            "{delay}- {{announced: 2024-07-01, cause: x, moves: {{drill: {{start: 2024-08-12, end: 2024-08-16}}}}}}\n"
        ),
    );
    memo(&folder, "24103", "2024-07-01", "knows: 2\nupdates: 24102\n");
    issue(&folder, "24103");
    has(
        &step(&folder, "drill"),
        &[("SEQUENCE", "2"), ("STATUS", "CONFIRMED"), ("DTSTART;VALUE=DATE", "20240812")],
    );
}

#[test]
fn a_correction_counts_and_what_it_drops_is_canceled() {
    let folder = folder();
    let deadline = |line: &str| {
        format!("knows: 0\ndeadlines:\n{line}- {{id: b, what: Call, who: sos, date: 10/1/2024}}\n")
    };
    memo(
        &folder,
        "24101",
        "2024-05-20",
        &deadline("- {id: a, what: Send the list, who: counties, date: 9/6/2024 5:00 p.m.}\n"),
    );
    issue(&folder, "24101");
    has(
        &read(&folder, "memos/24101")["a.24101@memos.ccrov"],
        &[
            ("SUMMARY", "Send the list (due\\, CC/ROV #24101)"),
            ("DTSTART;TZID=America/Los_Angeles", "20240906T170000"),
            ("SEQUENCE", "0"),
        ],
    );
    let text = folder.read("memos/2024/24101.yaml");
    let line = text.lines().find(|line| line.contains("Send the list")).unwrap().to_owned() + "\n";
    folder.edit("memos/2024/24101.yaml", &line, "");
    let release = "memos/releases/roster.yaml";
    folder.edit(release, "end: 6/7/2024", "end: 6/6/2024");
    let loan = folder.read(release).lines().find(|line| line.contains("id: loan")).unwrap().to_owned() + "\n";
    folder.edit(release, &loan, "");
    done(
        &folder,
        &["issue", "24101", "--correct", "the list", "--date", "2024-05-22", "--with-changes", "--yes"],
    );
    let all = read(&folder, "all");
    has(&all["a.24101@memos.ccrov"], &[("STATUS", "CANCELLED"), ("SEQUENCE", "1")]);
    has(
        &all["b.24101@memos.ccrov"],
        &[("STATUS", "CONFIRMED"), ("SEQUENCE", "1"), ("DTSTAMP", "20240522T120000Z")],
    );
    has(&step(&folder, "copy"), &[("SEQUENCE", "1"), ("DTEND;VALUE=DATE", "20240607")]);
    has(&step(&folder, "loan"), &[("SEQUENCE", "1"), ("STATUS", "CANCELLED")]);
    let said = &step(&folder, "loan")["DESCRIPTION"];
    assert!(
        said.starts_with(
            "Canceled: CC/ROV #24101 of May 20\\, 2024\\, corrected May 22\\, 2024\\, does not list"
        ),
        "{said}"
    );
    // It is not forgotten with the next one.
    folder.edit("memos/2024/24101.yaml", "Please read.", "Please do read.");
    done(&folder, &["issue", "24101", "--correct", "a word", "--date", "2024-05-23", "--yes"]);
    has(&read(&folder, "all")["a.24101@memos.ccrov"], &[("STATUS", "CANCELLED"), ("SEQUENCE", "1")]);
}

#[test]
fn what_is_over_when_it_is_not_told_any_more_stays() {
    let folder = folder();
    memo(
        &folder,
        "24101",
        "2024-05-20",
        "knows: 0\ndeadlines:\n- {id: a, what: Call, who: sos, date: 6/1/2024}\n- {id: b, what: Write, who: sos, date: 9/1/2024}\n",
    );
    issue(&folder, "24101");
    memo(&folder, "24102", "2024-07-01", "knows: 0\nsupersedes: 24101\n");
    issue(&folder, "24102");
    let all = read(&folder, "all");
    has(&all["a.24101@memos.ccrov"], &[("STATUS", "CONFIRMED")]);
    has(&all["b.24101@memos.ccrov"], &[("STATUS", "CANCELLED")]);
}

#[test]
fn who_was_asked_before_is_told_who_is_asked_now() {
    let folder = folder();
    issue(&folder, "24101");
    release(&folder, DELAY);
    folder.edit("memos/releases/roster.yaml", "owners: makers", "owners: sos");
    memo(&folder, "24102", "2024-07-01", "knows: 1\nupdates: 24101\n");
    issue(&folder, "24102");
    for entity in ["makers", "sos"] {
        let install = &read(&folder, &format!("entities/{entity}"))["install.roster@releases.ccrov"];
        assert!(
            install["DESCRIPTION"].contains("Responsible: SOS") && install["SEQUENCE"] == "1",
            "{install:?}"
        );
    }
}

#[test]
fn nothing_of_a_draft_is_in_a_calendar_that_is_published() {
    let folder = folder();
    folder.build();
    assert!(
        files(&folder.path().join("output/calendar"))
            .iter()
            .all(|file| !file.ends_with(".ics") || file == "all.ics")
    );
    assert_eq!(read(&folder, "all").len(), 0);
    let page = folder.read("output/ccrov/2024/24101.html");
    assert!(!page.contains(".ics"), "{page}");
    done(&folder, &["build", "--drafts"]);
    let all = read(&folder, "all");
    assert!(
        all.values().all(|event| event["STATUS"] == "TENTATIVE" && event["SUMMARY"].starts_with("Draft: "))
    );
}

#[test]
fn pages_lead_to_their_calendars() {
    let folder = folder();
    issue(&folder, "24101");
    let pages = [
        ("index", "", "all"),
        ("calendar/index", "../", "all"),
        ("calendar/2024", "../", "all"),
        ("releases/roster", "../", "releases/roster"),
        ("entities/makers", "../", "entities/makers"),
        ("ccrov/2024/24101", "../../", "memos/24101"),
        ("ccrov/2024/24101-schedule", "../../", "memos/24101"),
    ];
    for (page, root, calendar) in pages {
        let text = folder.read(&format!("output/{page}.html"));
        assert!(text.contains(&format!("href=\"{root}calendar/{calendar}.ics\" download")), "{page}: {text}");
        assert!(
            text.contains(&format!("href=\"webcal://example.gov/memos/calendar/{calendar}.ics\"")),
            "{page}"
        );
        assert!(folder.has(&format!("output/calendar/{calendar}.ics")), "{page}");
    }
    // Without an address nobody can subscribe.
    folder.edit("memos/office.yaml", ", address: https://example.gov/memos", "");
    folder.build();
    let home = folder.read("output/index.html");
    assert!(!home.contains("webcal") && home.contains("calendar/all.ics\" download"), "{home}");
    assert!(!folder.read("output/calendar/all.ics").contains("http"));
}

#[test]
fn the_name_of_an_event_has_nothing_that_can_change() {
    let folder = folder();
    issue(&folder, "24101");
    let before = read(&folder, "all");
    folder.edit("memos/office.yaml", "https://example.gov/memos", "https://other.example.gov");
    folder.edit("memos/office.yaml", "County Memoranda", "Memos");
    folder.build();
    assert_eq!(read(&folder, "all").keys().collect::<Vec<_>>(), before.keys().collect::<Vec<_>>());
}

#[test]
fn every_shipped_calendar_is_written_by_the_rules() {
    let folder = Folder::with_sources_of(shipped());
    done(&folder, &["build"]);
    let all = files(&folder.path().join("output/calendar"));
    let calendars: Vec<_> = all.iter().filter(|file| file.ends_with(".ics")).collect();
    assert!(calendars.len() > 10);
    for name in calendars {
        let text = folder.read(&format!("output/calendar/{name}"));
        assert!(text.split("\r\n").all(|line| line.len() <= 75 && !line.contains(['\r', '\n'])), "{name}");
        for event in events(&text).values() {
            for property in ["DTSTAMP", "SEQUENCE", "SUMMARY", "DESCRIPTION", "STATUS", "CREATED"] {
                assert!(event.contains_key(property), "{name}: {event:?}");
            }
        }
    }
}

#[test]
fn a_line_is_75_octets_at_most_and_no_letter_is_torn() {
    for (text, times) in [("a", 400), ("é", 200), ("候", 150), ("🗳", 100)] {
        let text = text.repeat(times);
        let mut lines = Lines::default();
        lines.put("SUMMARY", &text);
        let written = String::from_utf8(lines.bytes()).unwrap();
        let whole = written.strip_suffix("\r\n").unwrap();
        assert!(whole.split("\r\n").all(|line| line.len() <= 75), "{whole}");
        assert_eq!(whole.replace("\r\n ", ""), format!("SUMMARY:{text}"));
    }
}

#[test]
fn nothing_in_a_text_ends_its_line_or_its_value() {
    let hostile = "a;b,c\\n\r\nEND:VEVENT\u{7f}\t\u{85}";
    assert_eq!(escaped(hostile), "a\\;b\\,c\\\\n\\nEND:VEVENT   ");
}
