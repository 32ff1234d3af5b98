//! Delays and new releases at the desk in the browser: what follows is shown before anything is written, and what is written is what
//! the commands write.

use crate::common::{
    Folder, files,
    served::{Served, hidden},
};

const RELEASE: &str = "memos/releases/r.yaml";

/// A release of which three steps and a report are over by June 30, 2025.
const PLAN: &str = "\
name: Roster Release
calendar: state
milestones:
  release: 2025-06-29
  report: {at: release, offset: -10d, closed: previous}
  drill:
    start: 2025-07-21
    end: 2025-07-25
tasks:
  - {id: decide, step: 1, owners: sos, text: Decide, end: {at: release, offset: -3wd}}
  - {id: install, step: 2, owners: sos, text: Install, start: {at: release, closed: stay}, end: {at: release, closed: stay}}
  - {id: watch, step: 3, owners: sos, text: Watch, start: {after: install}, takes: 5wd}
  - {id: other, step: 4, owners: sos, text: Something else, end: 6/20/2025}
";

fn folder() -> Folder {
    let folder = Folder::with_seed();
    folder.file(RELEASE, PLAN).file(
        "memos/2025/25100.yaml",
        "number: 25100\ndate: June 30, 2025\nstatus: draft\nletterhead: elections\nto: All\nfrom: debra-ledsinger\n\
         subject: X\nrelease: r\nattachments: schedule\nbody: Attached.\n",
    );
    folder
}

/// What analysts wrote and what was built.
fn contents(folder: &Folder) -> Vec<(String, Vec<u8>)> {
    let all = files(folder.path()).into_iter().filter(|name| !name.starts_with(".ccrov"));
    all.map(|name| (name.clone(), folder.bytes(&name))).collect()
}

const TYPED: [(&str, &str); 6] = [
    ("to:release", "7/13/2025"),
    ("to:drill", "August 4, 2025"),
    ("end:drill", ""),
    ("to:report", ""),
    ("told", "6/30/2025"),
    ("cause", "a failed installation"),
];

/// The command that records a delay of the drill alone.
const RAIN: [&str; 9] =
    ["slip", "r", "--move", "drill=2025-08-04", "--announced", "2025-06-30", "--reason", "rain", "--yes"];

/// The command that records what is typed, with steps that were done and one that was not.
const AS_TYPED: [&str; 15] = [
    "slip",
    "r",
    "--move",
    "release=2025-07-13",
    "--move",
    "drill=2025-08-04",
    "--announced",
    "2025-06-30",
    "--reason",
    "a failed installation",
    "--done",
    "report,decide",
    "--not-done",
    "2",
    "--yes",
];

#[test]
fn a_delay_is_recorded_as_the_command_records_it() {
    let (one, other) = (folder(), folder());
    let desk = Served::desk(one.path());
    let before = contents(&one);
    let page = desk.get("/slip/r").text();
    for words in ["Roster Release", "First plan", "for=\"to-release\"", "name=\"end:drill\"", "<svg "] {
        assert!(page.contains(words), "{words}: {page}");
    }
    let shown = desk.post("/slip/r/follows", &TYPED).text();
    for words in [
        "Done or not?",
        "Step 2, SOS: Install",
        "July 13, 2025",
        "questions are left",
        "8/4/2025 to 8/8/2025",
    ] {
        assert!(shown.contains(words), "{words}: {shown}");
    }
    // All answers are asked for first.
    let early =
        desk.post("/slip/r", &[&TYPED[..], &[("do", "record"), ("seen", &hidden(&shown, "seen"))]].concat());
    assert!(early.status == 422 && early.text().contains("Answer each question"), "{}", early.text());
    let answers =
        [("done:milestone-report", "yes"), ("done:step-decide", "yes"), ("done:step-install", "no")];
    let all = [&TYPED[..], &answers].concat();
    let answered = desk.post("/slip/r/follows", &all).text();
    assert!(answered.contains("Done or not?") && !answered.contains("left"), "{answered}");
    // What was shown before the answers is not what is recorded.
    let stale =
        desk.post("/slip/r", &[&all[..], &[("do", "record"), ("seen", &hidden(&shown, "seen"))]].concat());
    assert!(stale.status == 422 && stale.text().contains("look at it again"), "{}", stale.text());
    assert_eq!(contents(&one), before);

    let recorded =
        desk.post("/slip/r", &[&all[..], &[("do", "record"), ("seen", &hidden(&answered, "seen"))]].concat());
    assert_eq!((recorded.status, recorded.location()), (303, "/slip/r"), "{}", recorded.text());
    let run = other.run(&AS_TYPED);
    assert_eq!(run.status, 0, "{}", run.faults);
    assert!(contents(&one) == contents(&other));

    let page = desk.get("/slip/r").text();
    for words in [
        "The delay is recorded: ",
        "Write the memo that tells it",
        "due to a failed installation",
        "Take it back",
    ] {
        assert!(page.to_lowercase().contains(&words.to_lowercase()), "{words}: {page}");
    }
    assert!(page.contains("href=\"/new?from=delay&amp;release=r\""), "{page}");
    assert!(desk.get("/new?from=delay&release=r").text().contains("value=\"delay\" checked"));
}

#[test]
fn a_delay_is_taken_back_until_a_memo_that_went_out_tells_it() {
    let folder = folder();
    folder.build();
    let before = contents(&folder);
    let desk = Served::desk(folder.path());
    assert_eq!(folder.run(&RAIN).status, 0);
    // What is shown was another delay.
    desk.post("/slip/r/take-back", &[("mark", "of another")]);
    assert!(desk.get("/slip/r").text().contains("was not taken back"));
    let own = hidden(&desk.get("/slip/r").text(), "mark");
    assert_eq!(desk.post("/slip/r/take-back", &[("mark", &own)]).status, 303);
    let page = desk.get("/slip/r").text();
    assert!(page.contains("The delay is taken back") && page.contains("25100 told it"), "{page}");
    assert!(contents(&folder) == before);

    // The command does the same.
    let take_back = |more: &[&str]| folder.run(&[&["slip", "r", "--take-back"], more].concat());
    let none = take_back(&["--yes"]);
    assert!(none.status == 2 && none.faults.contains("r has no delay yet"), "{}", none.faults);
    assert_eq!(folder.run(&RAIN).status, 0);
    let shown = take_back(&["--dry-run"]);
    assert!(
        shown.results.contains("Told by 25100, which has to tell something else then."),
        "{}",
        shown.results
    );
    assert!(contents(&folder) != before);
    assert_eq!(take_back(&[]).status, 2, "nobody can be asked");
    let taken = take_back(&["--yes"]);
    assert!(taken.status == 0 && taken.results.contains("The delay is taken back"), "{}", taken.results);
    assert!(contents(&folder) == before);

    assert_eq!(folder.run(&RAIN).status, 0);
    folder.edit("memos/2025/25100.yaml", "status: draft", "status: approved");
    assert_eq!(folder.run(&["issue", "25100"]).status, 0);
    let page = desk.get("/slip/r").text();
    assert!(page.contains("went out, so it stays") && !page.contains("Take it back"), "{page}");
    let text = folder.read(RELEASE);
    let refused = desk.post("/slip/r/take-back", &[("mark", &own)]).text();
    assert!(refused.contains("was told by 25100"), "{refused}");
    let by_command = take_back(&["--yes"]);
    assert!(
        by_command.status == 2 && by_command.faults.contains("was told by 25100"),
        "{}",
        by_command.faults
    );
    assert_eq!(folder.read(RELEASE), text);
}

/// A delay that no memo has told is another one.
#[test]
fn a_delay_is_changed_as_if_it_had_been_recorded_so_at_first() {
    for earlier in [false, true] {
        let (one, other) = (folder(), folder());
        let first = [
            "slip",
            "r",
            "--move",
            "drill=2025-07-28",
            "--announced",
            "2025-06-02",
            "--reason",
            "heat",
            "--yes",
        ];
        for folder in [&one, &other].into_iter().filter(|_| earlier) {
            assert_eq!(folder.run(&first).status, 0);
        }
        assert_eq!(one.run(&RAIN).status, 0);
        let desk = Served::desk(one.path());
        assert!(desk.get("/slip/r").text().contains("href=\"/slip/r/change\""));
        let page = desk.get("/slip/r/change").text();
        for words in ["value=\"8/4/2025\"", "value=\"6/30/2025\"", ">rain</textarea>", "Change the delay"] {
            assert!(page.contains(words), "{words}: {page}");
        }
        let last = hidden(&page, "last");
        let answers = [
            ("begun", "change"),
            ("last", &last),
            ("done:milestone-report", "yes"),
            ("done:step-decide", "yes"),
            ("done:step-install", "no"),
        ];
        let all = [&TYPED[..], &answers].concat();
        let shown = desk.post("/slip/r/follows", &all).text();
        let was = if earlier { "7/28/2025" } else { "7/21/2025" };
        assert!(shown.contains(was) && !shown.contains("Save as a proposal"), "{shown}");
        let changed = desk
            .post("/slip/r", &[&all[..], &[("do", "record"), ("seen", &hidden(&shown, "seen"))]].concat());
        assert_eq!(changed.status, 303, "{}", changed.text());
        assert_eq!(other.run(&AS_TYPED).status, 0);
        assert!(contents(&one) == contents(&other));
        // The command changes what is given, and leaves the rest.
        let run = one.run(&["slip", "r", "--change", "--reason", "hail", "--done", "report,decide", "--yes"]);
        assert_eq!(run.status, 0, "{}{}", run.results, run.faults);
        other.edit(RELEASE, "cause: a failed installation", "cause: hail");
        assert_eq!(one.read(RELEASE), other.read(RELEASE));
        // What is said now counts before what was said, and of another day it says nothing.
        let text = one.read(RELEASE);
        let run = one.run(&["slip", "r", "--change", "--done", "report,decide,2", "--yes"]);
        assert_eq!(run.status, 0, "{}{}", run.results, run.faults);
        assert_eq!(one.read(RELEASE), text.replace("    reopens:\n      - install\n", ""));
        one.file(RELEASE, &text);
        let before = ["--announced", "2025-06-28", "--done", "report,decide", "--yes"];
        let run = one.run(&[&["slip", "r", "--change"], &before[..]].concat());
        assert_eq!(run.status, 0, "{}{}", run.results, run.faults);
        assert!(!one.read(RELEASE).contains("reopens"), "{}", one.read(RELEASE));
        // Taken back, nothing of it is left.
        desk.post("/slip/r/take-back", &[("mark", &hidden(&desk.get("/slip/r").text(), "mark"))]);
        let fresh = folder();
        assert!(!earlier || fresh.run(&first).status == 0);
        assert_eq!(one.read(RELEASE), fresh.read(RELEASE));
    }
}

#[test]
fn a_delay_that_a_memo_told_or_somebody_changed_is_not_changed() {
    let folder = folder();
    assert_eq!(folder.run(&RAIN).status, 0);
    let desk = Served::desk(folder.path());
    let last = hidden(&desk.get("/slip/r/change").text(), "last");
    let typed = [
        ("begun", "change"),
        ("last", &last),
        ("to:drill", "8/11/2025"),
        ("told", "6/30/2025"),
        ("cause", "rain"),
    ];
    let shown = hidden(&desk.post("/slip/r/follows", &typed).text(), "seen");
    let send = || desk.post("/slip/r", &[&typed[..], &[("do", "record"), ("seen", &shown)]].concat());
    let other = ["slip", "r", "--change", "--move", "drill=2025-08-05", "--yes"];
    assert_eq!(folder.run(&other).status, 0);
    let text = folder.read(RELEASE);
    assert!(send().text().contains("look at it again"), "{}", send().text());
    assert_eq!(folder.read(RELEASE), text);
    folder.edit("memos/2025/25100.yaml", "status: draft", "status: approved");
    assert_eq!(folder.run(&["issue", "25100"]).status, 0);
    let run = folder.run(&other);
    assert!(run.status != 0 && run.faults.contains("was told by 25100"), "{}", run.faults);
    // The page that is shown again is of the delay as it is by now.
    let last = hidden(&send().text(), "last");
    let typed = [&typed[..1], &[("last", &last)], &typed[2..]].concat();
    assert!(desk.post("/slip/r/follows", &typed).text().contains("was told by 25100"));
    assert!(!desk.get("/slip/r").text().contains("/slip/r/change"));
    assert_eq!(folder.read(RELEASE), text);
}

/// A delay that a colleague records or takes back while somebody types is not what is replaced.
#[test]
fn the_delay_that_is_changed_is_the_one_that_the_page_was_opened_with() {
    let folder = folder();
    let slip = |drill: &str, reason: &str| {
        let drill = format!("drill={drill}");
        let run = ["slip", "r", "--move", &drill, "--announced", "2025-06-30", "--reason", reason, "--yes"];
        assert_eq!(folder.run(&run).status, 0);
    };
    slip("2025-07-28", "heat");
    slip("2025-08-04", "rain");
    let desk = Served::desk(folder.path());
    let last = hidden(&desk.get("/slip/r/change").text(), "last");
    let typed = [("begun", "change"), ("to:drill", "8/11/2025"), ("told", "6/30/2025"), ("cause", "wind")];
    let own = [&typed[..], &[("last", &last)]].concat();
    let now = hidden(&desk.post("/slip/r/follows", &own).text(), "seen");
    slip("2025-08-18", "smoke");
    let text = folder.read(RELEASE);
    // The script has asked since.
    let shown = desk.post("/slip/r/follows", &own).text();
    assert!(shown.contains("changed, added or taken back a delay meanwhile"), "{shown}");
    assert!(shown.contains("Show what stands now") && !shown.contains("name=\"seen\""), "{shown}");
    let again = desk.post("/slip/r", &[&own[..], &[("do", "record"), ("seen", &now)]].concat());
    let page = again.text();
    assert!(again.status == 422 && page.contains("taken back a delay meanwhile"), "{page}");
    assert!(page.contains("due to smoke") && page.contains("value=\"8/11/2025\""), "{page}");
    assert_eq!(folder.read(RELEASE), text);
    // Back to the one before.
    for _ in 0..2 {
        desk.post("/slip/r/take-back", &[("mark", &hidden(&desk.get("/slip/r").text(), "mark"))]);
    }
    let text = folder.read(RELEASE);
    let again = desk.post("/slip/r", &[&own[..], &[("do", "record"), ("seen", &now)]].concat());
    assert!(again.status == 422 && again.text().contains("due to heat"), "{}", again.text());
    assert_eq!(folder.read(RELEASE), text);
    desk.post("/slip/r/take-back", &[("mark", &hidden(&desk.get("/slip/r").text(), "mark"))]);
    let again = desk.post("/slip/r", &[&own[..], &[("do", "record"), ("seen", &now)]].concat()).text();
    assert!(again.contains("taken the delay back meanwhile"), "{again}");
    assert_eq!(folder.read(RELEASE), PLAN);
}

/// What is not given stays with the command; what is blank on the page goes back, and the page says so.
#[test]
fn a_change_tells_what_goes_back() {
    let folder = folder();
    let slip = |more: &[&str]| folder.run(&[&["slip", "r", "--yes"], more].concat());
    let run = slip(&[
        "--move",
        "release=2025-07-13",
        "--move",
        "drill=2025-08-04",
        "--announced",
        "2025-06-02",
        "--reason",
        "rain",
    ]);
    assert_eq!(run.status, 0, "{}", run.faults);
    let run = slip(&["--change", "--move", "drill=2025-08-11"]);
    assert_eq!(run.status, 0, "{}", run.faults);
    let text = folder.read(RELEASE);
    assert!(text.contains("release: 2025-07-13") && text.contains("drill: 2025-08-11"), "{text}");
    assert!(!run.results.contains("goes back"), "{}", run.results);

    let desk = Served::desk(folder.path());
    let page = desk.get("/slip/r/change").text();
    assert!(page.contains("Blank: as before this delay."), "{page}");
    let last = hidden(&page, "last");
    let typed = [
        ("begun", "change"),
        ("last", &last),
        ("to:drill", "8/11/2025"),
        ("told", "6/2/2025"),
        ("cause", "rain"),
    ];
    let shown = desk.post("/slip/r/follows", &typed).text();
    let (_, back) = shown.split_once("id=\"back\"").unwrap_or_else(|| panic!("{shown}"));
    let (back, _) = back.split_once("</ul>").unwrap();
    for words in ["release: from July 13, 2025 to June 29, 2025", "Step 3: from "] {
        assert!(back.contains(words), "{words}: {back}");
    }
    let stays = shown.split_once("id=\"stays\"").map_or("", |(_, stays)| stays);
    let (stays, _) = stays.split_once("</ul>").unwrap_or_default();
    assert!(!stays.contains("release:"), "{stays}");
    // Typed anew, nothing goes back.
    let all = [&typed[..], &[("to:release", "7/13/2025")]].concat();
    assert!(!desk.post("/slip/r/follows", &all).text().contains("id=\"back\""));
}

/// What happens on a closed day is said on the page, and stands in the rule from then on.
#[test]
fn a_closed_day_is_answered_on_the_page_as_with_the_command() {
    let (one, other) = (folder(), folder());
    let plan = PLAN
        .replace("offset: -10d, closed: previous", "offset: -9d")
        .replace(
            "start: {at: release, closed: stay}, end: {at: release, closed: stay}",
            "start: {at: release, offset: 0d}, end: {at: release, offset: 0d}",
        )
        .replace("release: 2025-06-29", "release: 2025-06-27");
    one.file(RELEASE, &plan);
    other.file(RELEASE, &plan);
    let desk = Served::desk(one.path());
    let typed = [("to:release", "7/13/2025"), ("told", "6/2/2025"), ("cause", "rain")];
    let shown = desk.post("/slip/r/follows", &typed).text();
    for words in [
        "What stands in the way",
        "Independence Day",
        "name=\"closed:milestone-report\" value=\"next\"",
        "Working day before",
        "name=\"closed:step-install\"",
    ] {
        assert!(shown.contains(words), "{words}: {shown}");
    }
    assert_eq!(shown.matches("id=\"stay-step-install\"").count(), 1, "{shown}");
    // One after the other: the first answer stays.
    let first = [&typed[..], &[("closed:step-install", "stay")]].concat();
    let shown = desk.post("/slip/r/follows", &first).text();
    assert!(shown.contains("<input type=\"hidden\" name=\"closed:step-install\" value=\"stay\">"), "{shown}");
    assert!(!shown.contains("Record this delay"), "{shown}");
    let all = [&first[..], &[("closed:milestone-report", "next")]].concat();
    let shown = desk.post("/slip/r/follows", &all).text();
    for words in ["On a closed day", "value=\"next\" checked", "7/7/2025", "Record this delay"] {
        assert!(shown.contains(words), "{words}: {shown}");
    }
    // Another answer is not what was shown.
    let as_shown = hidden(&shown, "seen");
    let another =
        [&first[..], &[("closed:milestone-report", "stay"), ("do", "record"), ("seen", &as_shown)]].concat();
    assert!(desk.post("/slip/r", &another).text().contains("look at it again"));
    let recorded =
        desk.post("/slip/r", &[&all[..], &[("do", "record"), ("seen", &hidden(&shown, "seen"))]].concat());
    assert_eq!(recorded.status, 303, "{}", recorded.text());
    let slip = [
        "slip",
        "r",
        "--move",
        "release=2025-07-13",
        "--announced",
        "2025-06-02",
        "--reason",
        "rain",
        "--yes",
    ];
    let run = other.run(&slip);
    assert!(
        run.results.contains("add --closed 2=next --closed report=next"),
        "{}{}",
        run.results,
        run.faults
    );
    let run = other.run(&[&slip[..], &["--closed", "2=stay,report=next"]].concat());
    assert_eq!(run.status, 0, "{}{}", run.results, run.faults);
    assert!(run.results.contains("On closed days\n"), "{}", run.results);
    assert_eq!(one.read(RELEASE), other.read(RELEASE));
    let text = one.read(RELEASE);
    for rule in [
        "report: {at: release, offset: -9d, closed: next}",
        "start: {at: release, offset: 0d, closed: stay}, end: {at: release, offset: 0d, closed: stay}",
    ] {
        assert!(text.contains(rule), "{rule}: {text}");
    }
    let run = other.run(&[&slip[..], &["--closed", "99=stay"]].concat());
    assert!(run.status != 0 && run.faults.contains("99"), "{}", run.faults);
}

/// A step that would move to a closed day is asked about like any other.
#[test]
fn a_closed_day_hides_no_question() {
    let folder = folder();
    let plan = PLAN
        .replace(
            "start: {at: release, closed: stay}, end: {at: release, closed: stay}",
            "start: {at: release}, end: {at: release}",
        )
        .replace("release: 2025-06-29", "release: 2025-06-27");
    folder.file(RELEASE, &plan);
    let slip = [
        "slip",
        "r",
        "--move",
        "release=2025-07-13",
        "--announced",
        "2025-06-30",
        "--reason",
        "rain",
        "--yes",
    ];
    let run = folder.run(&slip);
    assert!(run.status == 2 && run.faults.contains("report, 1 and 2"), "{}{}", run.results, run.faults);
    assert_eq!(folder.read(RELEASE), plan);
    // An answer stays though a conflict follows from it.
    let desk = Served::desk(folder.path());
    let typed =
        [("to:release", "7/13/2025"), ("told", "6/30/2025"), ("cause", "rain"), ("done:step-install", "no")];
    let shown = desk.post("/slip/r/follows", &typed).text();
    assert!(shown.contains("name=\"closed:step-install\""), "{shown}");
    assert!(shown.contains("<input type=\"hidden\" name=\"done:step-install\" value=\"no\">"), "{shown}");
    let not_done = ["--not-done", "2", "--done", "report,1"];
    let run = folder.run(&[&slip[..], &not_done].concat());
    assert!(
        run.status == 1 && run.faults.contains("2 is on Sunday, July 13")
            || run.faults.contains("not a working day"),
        "{}",
        run.faults
    );
    let run = folder.run(&[&slip[..], &not_done, &["--closed", "2=next"]].concat());
    assert_eq!(run.status, 0, "{}", run.faults);
    assert!(folder.read(RELEASE).contains("{at: release, closed: next}"), "{}", folder.read(RELEASE));
}

#[test]
fn what_cannot_be_recorded_is_told_in_words() {
    let folder = folder();
    let desk = Served::desk(folder.path());
    let before = folder.read(RELEASE);
    let shown = |fields: &[(&str, &str)]| {
        let shown = desk.post("/slip/r/follows", fields).text();
        let record = [fields, &[("do", "record"), ("seen", "x"), ("cause", "rain")]].concat();
        assert_eq!(desk.post("/slip/r", &record).status, 422);
        assert_eq!(folder.read(RELEASE), before);
        shown
    };
    let wrong = shown(&[("to:release", "soon"), ("told", "6/2/2025")]);
    assert!(wrong.contains("Release: “soon” is no date."), "{wrong}");
    let far = shown(&[("to:release", "7/13/2075"), ("told", "6/2/2025")]);
    assert!(far.contains("look at the year"), "{far}");
    let end = shown(&[("to:drill", ""), ("end:drill", "8/4/2025"), ("told", "6/2/2025")]);
    assert!(end.contains("type its first day, too"), "{end}");
    // A rule that leads to Independence Day.
    folder.file(RELEASE, PLAN.replace("-10d, closed: previous", "-9d"));
    let closed = desk.post("/slip/r/follows", &[("to:release", "7/13/2025"), ("told", "6/2/2025")]).text();
    for words in [
        "What stands in the way",
        "not a working day",
        "the next working day (Monday, July 7, 2025)",
        "leave it on the closed day",
    ] {
        assert!(closed.contains(words), "{words}: {closed}");
    }
    assert!(!closed.contains("closed: ") && !closed.contains("Record this delay"), "{closed}");
    // A period that ended on a closed day.
    folder.file(RELEASE, PLAN.replace("end: 2025-07-25", "end: 2025-07-26"));
    let last = desk.post("/slip/r/follows", &[("to:drill", "8/5/2025"), ("told", "6/2/2025")]).text();
    assert!(last.contains("Type its last day, too.") && !last.contains("value=\"next\""), "{last}");
    // What passes another milestone has to be meant.
    folder.file(RELEASE, PLAN);
    let past = [("to:release", "8/13/2025"), ("told", "6/2/2025"), ("cause", "rain")];
    let page = desk.post("/slip/r/follows", &past).text();
    assert!(page.contains("the release now comes after the drill".trim_start_matches("the ")), "{page}");
    let seen = hidden(&page, "seen");
    let record = [&past[..], &[("do", "record"), ("seen", &seen)]].concat();
    assert!(desk.post("/slip/r", &record).text().contains("tick the box"));
    assert_eq!(desk.post("/slip/r", &[&record[..], &[("meant", "1")]].concat()).status, 303);

    folder.file(RELEASE, "name: Broken\nmilestones:\n  release: someday\n");
    let page = desk.get("/slip/r");
    assert!(page.status == 422 && page.text().contains("something to fix first"), "{}", page.text());
    folder.file(RELEASE, "name: Plain\nmilestones:\n  release: 2025-07-13\n");
    assert!(desk.get("/slip/r").text().contains("No step follows a milestone yet"));
    assert!(desk.get("/slip").text().contains("/slip/votecal-2021-2"));
    assert_eq!(desk.get("/slip/none").status, 422);
}

#[test]
fn a_release_begins_with_last_times_plan_as_the_command_begins_it() {
    let (one, other) = (Folder::with_seed(), Folder::with_seed());
    let desk = Served::desk(one.path());
    let page = desk.get("/new/release").text();
    assert!(page.contains("Begin with the plan of") && page.contains("votecal-2021-2"), "{page}");
    let page = desk.get("/new/release?name=votecal-2022-1&from=votecal-2021-2").text();
    for words in ["The mock election", "11/5/2021 to 11/19/2021", "Step 17"] {
        assert!(page.contains(words), "{words}: {page}");
    }
    let typed = [
        ("name", "votecal-2022-1"),
        ("from", "votecal-2021-2"),
        ("to:deployment", "3/11/2022"),
        ("to:mock-election", "4/4/2022"),
        ("end:mock-election", ""),
        ("to:release", "5/15/2022"),
    ];
    let shown = desk.post("/new/release/follows", &typed).text();
    for words in [
        "3/7/2022 to 3/11/2022",
        "4 working days before the deployment, March 11, 2022",
        "4/4/2022 to 4/15/2022",
    ] {
        assert!(shown.contains(words), "{words}: {shown}");
    }
    assert!(!one.has("memos/releases/votecal-2022-1.yaml"));
    // Somebody changes last time's release meanwhile: what was shown is shown again.
    let before = one.read("memos/releases/votecal-2021-2.yaml");
    let begin = |shown: &str| {
        let agreed = hidden(shown, "agreed");
        desk.post("/new/release", &[&typed[..], &[("do", "deed"), ("agreed", &agreed)]].concat())
    };
    one.file(
        "memos/releases/votecal-2021-2.yaml",
        before.replacen("    text: ", "    text: First of all, ", 1),
    );
    let again = begin(&shown);
    assert_eq!(again.status, 409);
    assert!(again.text().contains("Nothing is begun yet") && again.text().contains("First of all"));
    assert!(!one.has("memos/releases/votecal-2022-1.yaml"));
    one.file("memos/releases/votecal-2021-2.yaml", before);
    assert_eq!(begin(&again.text()).status, 409);
    let begun = begin(&shown).text();
    assert!(begun.contains("Still right?") && begun.contains("step 13, start: 7/9/2021"), "{begun}");
    let run = other.run(&[
        "new",
        "--release",
        "votecal-2022-1",
        "--from",
        "votecal-2021-2",
        "--move",
        "deployment=2022-03-11",
        "--move",
        "mock-election=2022-04-04",
        "--move",
        "release=2022-05-15",
    ]);
    assert_eq!((run.status, run.faults.as_str()), (0, ""), "{}", run.results);
    assert!(contents(&one) == contents(&other));
    let text = one.read("memos/releases/votecal-2022-1.yaml");
    for gone in ["delays:", "since:", "until:", "actual:", "regression-first"] {
        assert!(!text.lines().any(|line| !line.contains('#') && line.contains(gone)), "{gone}: {text}");
    }
    assert!(text.contains("    start: 2022-04-04\n    end: 2022-04-15\n"), "{text}");
    let again = desk.post("/new/release", &typed);
    assert!(again.status == 422 && again.text().contains("There is a release"), "{}", again.text());
    let nameless = desk.post("/new/release", &[("name", "")]);
    assert!(nameless.status == 422 && nameless.text().contains("Type a short name first"));
    assert_eq!(desk.post("/new/release", &[("name", "blank")]).status, 303);
    assert!(one.has("memos/releases/blank.yaml"));
}

#[test]
fn a_copied_plan_takes_its_latest_form() {
    let folder = Folder::with_seed();
    folder.file(
        "memos/releases/last.yaml",
        "name: Recall 2.4\nmilestones:\n  kickoff: {date: 2025-06-02, actual: 2025-06-03}\n  \
         release: 2025-06-30\n  drill: {start: 2025-07-07, takes: 5wd}\n  review: {after: watch, lag: 1wd}\n\
         delays:\n  - announced: 2025-06-10\n    cause: rain\n    moves: {drill: 2025-07-14}\n\
         proposed: {date: 2025-06-12, announced: 2025-06-20, cause: hail, moves: {drill: 2025-07-21}}\ntasks:\n  - id: install\n    step: 1\n    renumbered: {since: 1, step: 2}\n    owners: sos\n    text: Install in May 2025\n    \
         start: {at: release}\n    actual: {start: 2025-06-30}\n  \
         - {id: gone, step: 3, until: 1, owners: sos, text: Gone, end: 6/20/2025}\n  \
         - {id: watch, step: 4, owners: sos, text: Watch, start: {after: install}, takes: 5wd, done: false}\n",
    );
    let run = folder.run(&["new", "--release", "next", "--from", "last", "--move", "release=2026-06-30"]);
    assert_eq!((run.status, run.faults.as_str()), (0, ""), "{}", run.results);
    assert_eq!(
        folder.read("memos/releases/next.yaml"),
        "name: Recall 2.4\nmilestones:\n  kickoff: {date: 2025-06-02}\n  \
         release: 2026-06-30\n  drill: {start: 2025-07-14, end: 2025-07-18}\n  review: {after: watch, lag: 1wd}\n\
         tasks:\n  - id: install\n    step: 2\n    owners: sos\n    text: Install in May 2025\n    \
         start: {at: release}\n  \
         - {id: watch, step: 4, owners: sos, text: Watch, start: {after: install}, takes: 5wd}\n"
    );
    for words in ["name: Recall 2.4", "step 2, text: May 2025", "kickoff date: 2025-06-02"] {
        assert!(run.results.contains(words), "{words}: {}", run.results);
    }
    assert!(!run.results.contains("release: 2026-06-30"), "{}", run.results);
    let run = folder.run(&["new", "--release", "x", "--from", "last", "--move", "relase=2026-06-30"]);
    assert!(run.status == 2 && run.faults.contains("release"), "{}", run.faults);
    let run = folder.run(&["new", "--release", "x", "--from", "last", "--move", "release=2096-06-30"]);
    assert!(run.status == 2 && run.faults.contains("look at the year"), "{}", run.faults);
}
