//! What a memo with a lock told is asked of its lock: whatever has become of the office, the release and the memo since.

use std::fs;

use crate::common::{Folder, served::Served};

const RELEASE: &str = "memos/releases/ballots.yaml";

/// A release of ballots on a day, and an office with somebody who is about to leave it.
fn ballots(day: &str) -> Folder {
    let folder = Folder::with_seed();
    folder.edit(
        "memos/office.yaml",
        "  debra-ledsinger:\n",
        "  about-to-leave:\n    name: Jane Doe\n    initials: jd\n    titles: Analyst\n  debra-ledsinger:\n",
    );
    let release = format!(
        "name: Ballots\nmilestones:\n  ballots: {day}\ntasks:\n  - id: print\n    step: 1\n    owners: sos\n    text: \
         Ballots are printed\n    warning: NOT ON A SUNDAY\n    end: {{at: ballots, offset: -10d, closed: stay}}\n  - \
         id: mail\n    step: 2\n    owners: sos\n    text: Ballots are mailed\n    end: {{at: ballots}}\n"
    );
    folder.file(RELEASE, release);
    folder
}

/// The same release, delayed.
fn delay(folder: &Folder, announced: &str, to: &str) {
    let text = folder.read(RELEASE);
    let delay = format!("  - {{announced: {announced}, cause: a late fix, moves: {{ballots: {to}}}}}\n");
    let delays = if text.contains("delays:\n") { delay } else { format!("delays:\n{delay}") };
    folder.file(RELEASE, text.replace("tasks:\n", &format!("{delays}tasks:\n")));
}

fn memo(folder: &Folder, id: &str, date: &str, from: &str, more: &str) {
    let text = format!(
        "number: {id}\ndate: {date}\nstatus: approved\nletterhead: elections\nto: All\nfrom: {from}\nsubject: Ballots\n\
         body: The schedule is attached.\n{more}"
    );
    folder.file(&format!("memos/2021/{id}.yaml"), text);
}

fn done(folder: &Folder, arguments: &[&str]) -> String {
    let run = folder.run(arguments);
    assert_eq!((run.status, run.faults.as_str()), (0, ""), "{arguments:?} {}", run.results);
    run.results
}

/// Takes the person out of the office who was about to leave.
fn leave(folder: &Folder) {
    let person = "  about-to-leave:\n    name: Jane Doe\n    initials: jd\n    titles: Analyst\n";
    folder.edit("memos/office.yaml", person, "");
}

/// Takes what a lock held first out of what it holds since.
fn of_first_format(folder: &Folder, id: &str) {
    let lock = format!("memos/2021/{id}.lock");
    let text = folder.read(&lock);
    let (before, rest) = text.split_once("written:\n").unwrap();
    let (_, made_from) = rest.split_once("made_from:\n").unwrap();
    let made_from = made_from.split_once("resolved:\n").unwrap().0;
    folder.file(&lock, format!("{before}made_from:\n{made_from}").replace("format: 4\n", ""));
}

#[test]
fn a_memo_that_cannot_be_read_any_more_has_told_what_its_lock_holds() {
    let folder = ballots("2021-05-26");
    memo(&folder, "21200", "2021-03-01", "about-to-leave", "release: ballots\nattachments: schedule\n");
    done(&folder, &["issue", "21200"]);
    leave(&folder);
    // What the plan says of the time before is another thing than what the counties have read.
    folder.edit(RELEASE, "ballots: 2021-05-26", "ballots: 2021-06-02");
    delay(&folder, "2021-03-15", "2021-06-23");
    let more = "release: ballots\nupdates: 21200\nattachments: [schedule, changes]\n";
    memo(&folder, "21210", "2021-03-16", "debra-ledsinger", more);
    done(&folder, &["build"]);
    let text = folder.read("output/ccrov/2021/march/21210dl.md");
    assert!(text.contains("The ballots moved from May 26 to June 23, 2021"), "{text}");
    let told = done(&folder, &["diff", "21200", "21210"]);
    assert!(told.starts_with("From memo 21200 (March 1, 2021) to memo 21210 (March 16, 2021):"), "{told}");
    assert!(told.contains("Step 2 moved from May 26 to June 23, 2021"), "{told}");

    // Changes need no delay if the memo that is updated has the schedule, be it readable or not.
    folder.edit("memos/2021/21210.yaml", "attachments:", "knows: 0\nattachments:");
    done(&folder, &["build", "21210"]);
    let text = folder.read("output/ccrov/2021/march/21210dl.md");
    assert!(text.contains("The ballots moved from May 26 to June 2, 2021"), "{text}");
}

#[test]
fn whether_a_memo_tells_a_later_delay_is_asked_in_words_of_the_terminal_and_of_the_desk() {
    let folder = ballots("2021-05-26");
    memo(&folder, "21200", "2021-03-01", "debra-ledsinger", "release: ballots\nattachments: schedule\n");
    delay(&folder, "2021-03-15", "2021-06-23");
    let asked = folder.run(&["issue", "21200"]).faults;
    assert!(asked.contains(
        "21200 is of March 1, 2021, and its release has a delay that was announced on March 15, 2021"
    ));
    assert!(
        asked.contains("`ccrov set 21200 knows 0`") && asked.contains("`ccrov set 21200 knows 1`"),
        "{asked}"
    );
    let desk = Served::desk(folder.path());
    let page = desk.post("/issue", &[("memo", "21200"), ("do", "look")]).text();
    let (_, why) = page.split_once("It is of March 1, 2021").unwrap_or_else(|| panic!("{page}"));
    let why = why.split_once("</").unwrap().0;
    assert!(why.contains("counties were told on March 15, 2021") && !why.contains('`'), "{why}");
    assert_eq!(folder.run(&["set", "21200", "knows", "1"]).status, 0);
    assert_eq!(folder.run(&["issue", "21200"]).status, 0);
}

#[test]
fn a_delay_is_told_also_if_nobody_can_read_the_memo_any_more_that_told_it() {
    for is_first in [false, true] {
        let folder = ballots("2021-05-26");
        delay(&folder, "2021-03-15", "2021-06-23");
        memo(&folder, "21200", "2021-03-16", "about-to-leave", "release: ballots\nattachments: schedule\n");
        done(&folder, &["issue", "21200"]);
        leave(&folder);
        if is_first {
            of_first_format(&folder, "21200");
        }
        memo(
            &folder,
            "21210",
            "2021-03-20",
            "debra-ledsinger",
            "release: ballots\nknows: 0\nattachments: schedule\n",
        );
        let run = folder.run(&["issue", "21210"]);
        assert_eq!(run.status, 0, "{}", run.faults);
        let warning =
            "warning[fewer-delays]: memo 21210 of March 20, 2021, does not tell a delay that memo 21200 of";
        assert!(run.faults.contains(warning), "{}", run.faults);
        done(&folder, &["build"]);
        let calendar = folder.read("output/calendar/2021.html");
        assert!(calendar.contains("June 23, 2021") && !calendar.contains("May 26, 2021"), "{calendar}");
    }
}

#[test]
fn what_an_unreadable_memo_told_is_outdated_and_replaced_as_it_would_be_otherwise() {
    let folder = ballots("2021-05-26");
    memo(&folder, "21200", "2021-03-01", "about-to-leave", "release: ballots\nattachments: schedule\n");
    memo(&folder, "21201", "2021-03-02", "debra-ledsinger", "release: ballots\nattachments: schedule\n");
    memo(
        &folder,
        "21202",
        "2021-03-03",
        "about-to-leave",
        "release: ballots\nupdates: 21201\nattachments: schedule\n",
    );
    done(&folder, &["issue", "21200", "21201", "21202"]);
    leave(&folder);
    delay(&folder, "2021-03-15", "2021-06-23");
    let status = folder.run(&["status"]).results;
    let says = |id: &str, what: &str| status.lines().any(|line| line.contains(id) && line.contains(what));
    assert!(says("21200", "write a memo that updates it"), "{status}");
    assert!(says("21202", "write a memo that updates it"), "{status}");
    assert!(!says("21201", "write a memo that updates it"), "{status}");
    let drafted = folder.run(&["new", "21210", "--announces", "ballots"]);
    assert_eq!(drafted.status, 0, "{}", drafted.faults);
    let text = folder.read("memos/2021/21210.yaml");
    assert!(text.contains("21200") && text.contains("21202") && !text.contains("21201"), "{text}");
}

#[test]
fn a_release_that_has_another_name_now_is_said_and_not_guessed() {
    let folder = ballots("2021-05-26");
    memo(
        &folder,
        "21200",
        "2021-03-01",
        "debra-ledsinger",
        "release: ballots\nknows: 0\nattachments: schedule\n",
    );
    done(&folder, &["issue", "21200"]);
    let text = folder.read(RELEASE);
    fs::remove_file(folder.path().join(RELEASE)).unwrap();
    folder.file("memos/releases/ballots-2021.yaml", text);
    let more = "release: ballots-2021\nupdates: 21200\nattachments: [schedule, changes]\n";
    memo(&folder, "21210", "2021-03-16", "debra-ledsinger", more);
    let run = folder.run(&["diff", "21200", "21210"]);
    assert_eq!((run.status, run.results.as_str()), (2, ""), "{}", run.faults);
    let said =
        "memo 21200 has the schedule of the release ballots, and there is no memos/releases/ballots.yaml";
    assert!(run.faults.contains(said) && !run.faults.contains("unknown-release"), "{}", run.faults);
    // Also if there is a delay that could be told instead.
    for _ in 0..2 {
        let run = folder.run(&["check", "21210"]);
        assert_eq!(run.status, 1);
        let said =
            "memo 21200, which this memo updates, has the schedule of the release ballots, and there is no";
        assert!(run.faults.contains(said), "{}", run.faults);
        assert!(run.faults.contains("memos/2021/21210.yaml:11:25"), "{}", run.faults);
        let release = "memos/releases/ballots-2021.yaml";
        let delay = "delays: [{announced: 2021-03-15, cause: a fix, moves: {ballots: 2021-06-23}}]\ntasks:\n";
        folder.file(release, folder.read(release).replace("tasks:\n", delay));
    }
}

#[test]
fn only_a_memo_in_force_is_followed_by_the_warning_of_fewer_delays() {
    let folder = ballots("2021-05-26");
    delay(&folder, "2021-03-15", "2021-06-23");
    let release = "release: ballots\nattachments: schedule\n";
    memo(&folder, "21203", "2021-03-16", "debra-ledsinger", release);
    memo(&folder, "21204", "2021-03-17", "debra-ledsinger", "supersedes: 21203\n");
    done(&folder, &["issue", "21203", "21204"]);
    memo(&folder, "21205", "2021-03-18", "debra-ledsinger", &format!("knows: 0\n{release}"));
    done(&folder, &["issue", "21205"]);
    done(&folder, &["build"]);
    assert!(folder.read("output/calendar/2021.html").contains("May 26, 2021"));
}

#[test]
fn of_a_lock_without_dates_a_step_with_a_warning_reads_as_it_did() {
    let folder = ballots("2021-05-26");
    memo(&folder, "21200", "2021-03-01", "debra-ledsinger", "release: ballots\nattachments: schedule\n");
    done(&folder, &["issue", "21200"]);
    of_first_format(&folder, "21200");
    let more = "release: ballots\nupdates: 21200\nattachments: schedule\n";
    memo(&folder, "21210", "2021-03-16", "debra-ledsinger", more);
    let told = folder.run(&["diff", "21200", "21210"]);
    assert!(told.results.starts_with("Nothing changed from memo 21200"), "{}", told.results);
    // A step is known by its text alone, too.
    folder.edit(RELEASE, "step: 1\n    owners: sos", "step: 9\n    owners: cgi");
    let told = folder.run(&["diff", "21200", "21210"]).results;
    assert!(!told.contains("new") && !told.contains("dropped"), "{told}");
}

#[test]
fn the_word_that_an_office_had_for_unknown_dates_is_understood_after_it_has_another() {
    for is_first in [false, true] {
        for (then, now) in [("", "To be determined"), ("To be determined", ""), ("Open", "Not yet known")] {
            let folder = ballots("TBD (Fall 2021)");
            let office = folder.read("memos/office.yaml");
            let with = |word: &str| match word {
                "" => office.clone(),
                word => format!("words:\n  tbd: {word}\n{office}"),
            };
            folder.file("memos/office.yaml", with(then));
            folder.edit(
                RELEASE,
                "    end: {at: ballots, offset: -10d, closed: stay}\n",
                "    end: 2021-04-01\n",
            );
            memo(
                &folder,
                "21200",
                "2021-03-01",
                "debra-ledsinger",
                "release: ballots\nattachments: schedule\n",
            );
            done(&folder, &["issue", "21200"]);
            folder.file("memos/office.yaml", with(now));
            if is_first {
                of_first_format(&folder, "21200");
            }
            let more = "release: ballots\nupdates: 21200\nattachments: schedule\n";
            memo(&folder, "21210", "2021-03-16", "debra-ledsinger", more);
            let told = folder.run(&["diff", "21200", "21210"]);
            assert_eq!(told.status, 0, "{}", told.faults);
            // What a lock does not hold any more is told as it was printed, and not as nothing.
            let is_unknown = is_first && then == "Open";
            let said = match is_unknown {
                true => told.results.contains("it was to be determined (Open"),
                false => told.results.starts_with("Nothing changed from memo 21200"),
            };
            assert!(said, "{then:?} {now:?} {is_first}: {}", told.results);
        }
    }
}

#[test]
fn memos_that_are_corrected_together_bring_with_them_what_each_brings_alone() {
    let folder = ballots("2021-05-26");
    let schedule = "release: ballots\nattachments: schedule\n";
    memo(&folder, "21200", "2021-03-01", "debra-ledsinger", schedule);
    memo(&folder, "21201", "2021-03-02", "debra-ledsinger", schedule);
    done(&folder, &["issue", "21200", "21201"]);
    // The election is moved after that, and told by a memo that updates the first.
    folder.edit(RELEASE, "ballots: 2021-05-26", "ballots: 2021-06-02");
    let changes = "release: ballots\nupdates: 21200\nattachments: [schedule, changes]\n";
    memo(&folder, "21202", "2021-03-03", "debra-ledsinger", changes);
    done(&folder, &["issue", "21202"]);
    folder.edit("memos/office.yaml", "5th Floor", "6th Floor");
    let left = |memos: &[&str], what: &str| {
        let run = folder
            .run(&[&["issue"][..], memos, &["--correct", what, "--date", "2021-04-01", "--json"]].concat());
        let data: serde_json::Value = serde_json::from_str(&run.results).unwrap();
        data["left"].as_array().unwrap().clone()
    };
    let memos = ["21200", "21201", "21202"];
    let alone: Vec<_> = memos.iter().flat_map(|memo| left(&[memo], "the floor")).collect();
    assert_eq!(left(&memos, "the floor"), alone);
    let told = |at: usize, what: &str| alone[at].to_string().contains(what);
    assert!(
        (0..3).all(|at| told(at, "6th Floor")) && told(0, "6/2/2021") && !told(2, "5/26/2021"),
        "{alone:?}"
    );
    // A reason that says nothing is refused before anything is compared.
    assert!(left(&memos, " ").iter().all(|left| left["why"] == "refused"));
}

#[test]
fn a_page_that_cannot_tell_what_changed_is_no_secret() {
    let folder = ballots("2021-05-26");
    memo(&folder, "21200", "2021-03-01", "debra-ledsinger", "release: ballots\nattachments: schedule\n");
    done(&folder, &["issue", "21200"]);
    let text = folder.read(RELEASE);
    fs::remove_file(folder.path().join(RELEASE)).unwrap();
    folder.file("memos/releases/ballots-2021.yaml", text);
    let more = "release: ballots-2021\nupdates: 21200\nattachments: schedule\n";
    memo(&folder, "21210", "2021-03-16", "debra-ledsinger", more);
    let run = folder.run(&["check", "21210"]);
    assert_eq!(run.status, 0, "{}", run.faults);
    let said = "warning[gone-release]: memo 21200, which this memo updates, has the schedule of the release ballots, and";
    assert!(run.faults.contains(said), "{}", run.faults);
    assert!(run.faults.contains("memos/2021/21210.yaml:10:10"), "{}", run.faults);
    memo(
        &folder,
        "21210",
        "2021-03-16",
        "debra-ledsinger",
        &format!("{more}accepts: {{gone-release: it is another}}\n"),
    );
    done(&folder, &["check", "21210"]);
    // One without a schedule would tell none.
    memo(&folder, "21210", "2021-03-16", "debra-ledsinger", "updates: 21200\n");
    done(&folder, &["check", "21210"]);
}

#[test]
fn a_printed_cell_is_read_whatever_the_word_for_an_unknown_date_was_and_is() {
    let folder = ballots("2021-05-26");
    let office = folder.read("memos/office.yaml");
    folder.file("memos/office.yaml", format!("words:\n  tbd: Open\n{office}"));
    memo(&folder, "21200", "2021-03-01", "debra-ledsinger", "release: ballots\nattachments: schedule\n");
    done(&folder, &["issue", "21200"]);
    folder.file("memos/office.yaml", format!("words:\n  tbd: Not set\n{office}"));
    let lock = folder.read("memos/2021/21200.lock");
    assert_eq!(lock.matches("end: 5/26/2021\n").count(), 1);
    for (printed, is) in [
        ("Open", "Not set"),
        ("Open (Fall 2026)", "Not set (Fall 2026)"),
        ("open (Fall 2026)", "Not set (Fall 2026)"),
        ("TBD", "Not set"),
        ("9/6/2024* (E-60)", "2024-09-06"),
        ("", ""),
        ("On-going", "On-going"),
        ("N/A", "N/A"),
        ("Opening day", "Not set (Opening day)"),
    ] {
        folder
            .file("memos/2021/21200.lock", lock.replace("end: 5/26/2021\n", &format!("end: '{printed}'\n")));
        let told = done(&folder, &["diff", "21200", "ballots", "--format", "json"]);
        let told: serde_json::Value = serde_json::from_str(&told).unwrap();
        assert_eq!(told["tasks"][0]["was"]["end"], is, "{printed:?}: {told}");
    }
}
