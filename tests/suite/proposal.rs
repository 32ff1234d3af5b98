//! A delay that is only proposed moves nothing but the drafts that tell it, and is recorded as if it never had been.

use crate::common::{
    Folder, Run, files, pdf_text,
    served::{Served, hidden},
};

const RELEASE: &str = "memos/releases/r.yaml";
const DRAFT: &str = "memos/2025/later.yaml";

/// A release of which step 2 is over by June 30, 2025.
const PLAN: &str = "\
name: Roster Release
calendar: state
milestones:
  release: 2025-06-29
  drill:
    start: 2025-07-21
    end: 2025-07-25

tasks:
  - {id: install, step: 2, owners: sos, text: Install, start: {at: release, closed: stay}, end: {at: release, closed: stay}}
  - {id: watch, step: 3, owners: sos, text: Watch, start: {after: install}, takes: 5wd}
";

const TELLS: &str = "date: June 30, 2025\nstatus: draft\nletterhead: elections\nto: All\nfrom: debra-ledsinger\n\
    subject: X\nrelease: r\nknows: proposed\nattachments: schedule\nbody: It moves to {{ milestones.release.date }}.\n";

/// The release, and a memo of it that is issued.
fn folder() -> Folder {
    let folder = Folder::with_seed();
    folder.file(RELEASE, PLAN).file(
        "memos/2025/25100.yaml",
        "number: 25100\ndate: May 1, 2025\nstatus: approved\nletterhead: elections\nto: All\nfrom: debra-ledsinger\n\
         subject: X\nrelease: r\nattachments: schedule\nbody: It is on {{ milestones.release.date }}.\n",
    );
    assert_eq!(folder.run(&["issue", "25100"]).status, 0);
    folder
}

const MOVES: [&str; 8] = [
    "--move",
    "release=2025-07-13",
    "--move",
    "drill=2025-08-04",
    "--announced",
    "2025-06-30",
    "--reason",
    "a failed installation",
];

fn slip(folder: &Folder, more: &[&str]) -> Run {
    folder.run(&[&["slip", "r", "--yes"], more].concat())
}

fn propose(folder: &Folder) {
    let run = slip(folder, &[&MOVES[..], &["--propose", "--by", "debra-ledsinger"]].concat());
    assert_eq!((run.status, run.faults.as_str()), (0, ""), "{}", run.results);
    assert!(
        run.results.contains("Wrote the proposal") && run.results.contains("1 question is open"),
        "{}",
        run.results
    );
}

/// All that is built, but for the manifest, which has digests of what it was built from.
fn output(folder: &Folder) -> Vec<(String, Vec<u8>)> {
    let all = files(folder.path()).into_iter();
    let all = all.filter(|name| name.starts_with("output/") && name != "output/manifest.json");
    all.map(|name| (name.clone(), folder.bytes(&name))).collect()
}

#[test]
fn a_proposal_moves_nothing_that_anybody_reads() {
    let folder = folder();
    folder.build();
    let before = output(&folder);
    propose(&folder);
    let text = folder.read(RELEASE);
    assert!(text.contains("proposed:\n  by: debra-ledsinger\n  date: "), "{text}");
    assert!(text.contains("  moves:\n    release: 2025-07-13\n    drill: 2025-08-04\n"), "{text}");
    folder.build();
    assert!(output(&folder) == before);
    // Nor with a draft that tells it.
    folder.file(DRAFT, TELLS);
    let run = folder.run(&["build"]);
    assert_eq!(run.status, 0, "{}", run.faults);
    assert!(
        run.results.contains("Left out: later, which tells a delay that is only proposed"),
        "{}",
        run.results
    );
    assert!(output(&folder) == before);
    assert_eq!(folder.run(&["build", "--check"]).status, 0);
    let said = folder.run(&["status"]).results;
    assert!(
        said.contains(
            "Proposed: Roster Release moves the release to July 13, 2025 and the drill to August 4, 2025 (by"
        ),
        "{said}"
    );
    assert!(said.contains("1 question is open."), "{said}");
    assert!(said.contains("record the proposed delay"), "{said}");
    let www = Folder::empty();
    let target = www.path().join("www");
    let target = target.to_str().unwrap();
    assert_eq!(folder.run(&["publish", target]).status, 0);
    // A memo that is issued meanwhile locks nothing of it.
    let other = folder.read("memos/2025/25100.yaml").replace("25100", "25101");
    folder.file("memos/2025/25101.yaml", other.replace("status: issued", "status: approved"));
    assert_eq!(folder.run(&["issue", "25101"]).status, 0);
    let before = output(&folder);
    let locks: Vec<String> = files(folder.path()).into_iter().filter(|name| name.contains("lock")).collect();
    assert!(locks.iter().any(|name| name.contains("25101")), "{locks:?}");
    for lock in locks {
        let text = folder.read(&lock);
        assert!(!text.contains("2025-07-13") && !text.contains("proposed"), "{lock}: {text}");
    }
    // With drafts it is made, for the chief to read; lists and targets have nothing of it.
    assert_eq!(folder.run(&["build", "--drafts"]).status, 0);
    let own: Vec<String> = files(folder.path()).into_iter().filter(|name| name.contains("/later")).collect();
    let page = own.iter().find(|name| name.ends_with(".md") && !name.contains("schedule")).unwrap();
    let page = folder.read(page);
    for words in ["PROPOSED DATES:", "It moves to July 13, 2025."] {
        assert!(page.contains(words), "{words}: {page}");
    }
    // Scripts are the program's.
    let is_list =
        |name: &&String| name.starts_with("output/") && !own.contains(name) && !name.ends_with(".js");
    for name in files(folder.path()).iter().filter(is_list) {
        let bytes = folder.bytes(name);
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains("later") || name == "output/manifest.json", "{name}");
        assert!(!text.contains("July 13, 2025"), "{name}");
    }
    for page in own.iter().filter(|name| name.ends_with(".html")) {
        assert!(folder.read(page).contains("PROPOSED DATES:"), "{page}");
    }
    for file in own.iter().filter(|name| name.ends_with(".pdf")) {
        let text = pdf_text(&folder.bytes(file)).join(" ");
        assert!(text.contains("PROPOSED DATES: These dates are proposed."), "{file}: {text}");
    }
    assert_eq!(folder.run(&["publish", "--drafts", target]).status, 0);
    assert!(files(www.path()).iter().all(|name| !name.contains("later")));
    assert_eq!(folder.run(&["build"]).status, 0);
    assert!(output(&folder) == before);
}

#[test]
fn a_draft_that_tells_it_is_neither_approved_nor_issued() {
    let folder = folder();
    folder.file(DRAFT, TELLS);
    let run = folder.run(&["check"]);
    assert!(run.status == 1 && run.faults.contains("nothing is proposed"), "{}", run.faults);
    propose(&folder);
    assert_eq!(folder.run(&["check"]).faults, "");
    let by = ["--by", "debra-ledsinger", "--how", "by e-mail"];
    let run = folder.run(&[&["approve", "later"][..], &by].concat());
    assert!(
        run.status != 0 && run.faults.contains("later tells a delay that is only proposed: record it first"),
        "{}",
        run.faults
    );
    let run = folder.run(&["issue", "later", "--anyway", "it is urgent"]);
    assert!(run.status != 0, "{}", run.results);
    assert!(
        format!("{}{}", run.results, run.faults).contains("only proposed: record it first"),
        "{}{}",
        run.results,
        run.faults
    );
    folder.file(DRAFT, TELLS.replace("milestones.release.date", "milestones.gone.date"));
    let run = folder.run(&["check"]);
    assert!(run.status == 1 && run.faults.contains("gone"), "{}", run.faults);
    assert!(
        folder.run(&["status"]).results.contains("correct 1 fault"),
        "{}",
        folder.run(&["status"]).results
    );
    for status in ["approved", "issued"] {
        folder.file(DRAFT, format!("number: 25101\n{}", TELLS.replace("draft", status)));
        let run = folder.run(&["check"]);
        assert!(
            run.status == 1 && run.faults.contains("the memo tells a delay that is only proposed"),
            "{}",
            run.faults
        );
    }
}

#[test]
fn it_is_recorded_as_if_it_had_been_so_at_first() {
    let (one, other) = (folder(), folder());
    propose(&one);
    one.file(DRAFT, TELLS);
    let by = slip(&one, &[&MOVES[..], &["--propose", "--by", "nobody"]].concat());
    assert!(by.status != 0 && by.faults.contains("nobody"), "{}", by.faults);
    // All questions are asked for.
    let run = slip(&one, &["--record"]);
    assert!(
        run.status == 2 && run.faults.contains("nobody has said whether these were done: 2"),
        "{}{}",
        run.results,
        run.faults
    );
    let answers = ["--not-done", "2"];
    let run = slip(&one, &[&["--record"][..], &answers].concat());
    assert_eq!((run.status, run.faults.as_str()), (0, ""), "{}", run.results);
    let run = slip(&other, &[&MOVES[..], &answers].concat());
    assert_eq!(run.status, 0, "{}", run.faults);
    assert_eq!(one.read(RELEASE), other.read(RELEASE));
    assert!(one.read(DRAFT).contains("knows: 1\n"), "{}", one.read(DRAFT));
    assert!(!one.run(&["status"]).results.contains("Proposed"));
    assert!(slip(&one, &["--record"]).faults.contains("nothing is proposed of r"));
}

#[test]
fn a_proposal_is_replaced_and_dropped() {
    let folder = folder();
    propose(&folder);
    let again = [
        "--move",
        "release=2025-07-20",
        "--announced",
        "2025-06-30",
        "--reason",
        "rain",
        "--propose",
        "--done",
        "2",
    ];
    let run = slip(&folder, &again);
    assert_eq!(run.status, 0, "{}", run.faults);
    assert!(
        run.results.contains("Proposed before, replaced by this one: the release to July 13, 2025"),
        "{}",
        run.results
    );
    let text = folder.read(RELEASE);
    assert!(
        text.contains("2025-07-20")
            && !text.contains("2025-07-13")
            && text.contains("  done:\n    - install\n"),
        "{text}"
    );
    folder.file(DRAFT, TELLS);
    let run = slip(&folder, &["--drop"]);
    assert!(run.results.contains("Told by later"), "{}", run.results);
    assert_eq!(folder.read(RELEASE), PLAN);
    // What told it says so.
    assert!(folder.run(&["check"]).faults.contains("nothing is proposed"));
}

#[test]
fn what_the_release_has_become_is_no_fault_of_its_other_memos() {
    let folder = folder();
    propose(&folder);
    folder.file(DRAFT, TELLS);
    // A delay that is announced later, and a milestone that has been.
    let run = slip(
        &folder,
        &["--move", "drill=2025-07-28", "--announced", "2025-07-10", "--reason", "rain", "--done", "all"],
    );
    assert_eq!(run.status, 1, "{}", run.faults);
    folder.edit(RELEASE, "  release: 2025-06-29", "  release: {date: 2025-06-29, actual: 2025-06-29}");
    let run = folder.run(&["check"]);
    assert!(run.faults.contains("what is proposed cannot be as the release is by now"), "{}", run.faults);
    assert!(
        run.faults.contains("cannot be moved") && !run.faults.contains("releases/r.yaml:1:"),
        "{}",
        run.faults
    );
    assert!(folder.run(&["check", "25100"]).status == 0);
    let said = folder.run(&["status"]).results;
    assert!(said.contains("it cannot be recorded"), "{said}");
}

const TYPED: [(&str, &str); 4] = [
    ("to:release", "7/13/2025"),
    ("to:drill", "8/4/2025"),
    ("told", "6/30/2025"),
    ("cause", "a failed installation"),
];

#[test]
fn the_desk_proposes_and_records_as_the_command_does() {
    let (one, other) = (folder(), folder());
    let desk = Served::desk(one.path());
    let shown = desk.post("/slip/r/follows", &TYPED).text();
    assert!(shown.contains("Save as a proposal"), "{shown}");
    let early = desk.post("/slip/r", &[&TYPED[..], &[("do", "propose"), ("seen", "")]].concat());
    assert!(
        early.status == 422 && early.text().contains("look at it again, then save the proposal"),
        "{}",
        early.text()
    );
    let saved =
        desk.post("/slip/r", &[&TYPED[..], &[("do", "propose"), ("seen", &hidden(&shown, "seen"))]].concat());
    assert_eq!((saved.status, saved.location()), (303, "/slip/r"), "{}", saved.text());
    let run = slip(&other, &[&MOVES[..], &["--propose"]].concat());
    assert_eq!(run.status, 0, "{}", run.faults);
    assert_eq!(one.read(RELEASE), other.read(RELEASE));
    let page = desk.get("/slip/r").text();
    for words in [
        "The proposal is saved. 1 question is open.",
        "What is proposed",
        "No draft tells it",
        "Continue with it",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert!(desk.get("/").text().contains("Roster Release moves the release to July 13, 2025"));

    // A draft of it, recorded with it.
    let made = desk.post("/new", &[("from", "proposal"), ("release", "r"), ("name", "later")]);
    assert_eq!(made.status, 303, "{}", made.text());
    let draft = one.read("memos/2025/later.yaml");
    assert!(draft.contains("release: r\nknows: proposed\n"), "{draft}");
    let page = desk.get("/slip/r/proposal").text();
    for words in [
        "value=\"7/13/2025\"",
        "value=\"proposal\"",
        "a failed installation</textarea>",
        "<a href=\"/memo/later\">",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    let proposed = hidden(&page, "proposed");
    let own = [("begun", "proposal"), ("proposed", &proposed), ("done:step-install", "no")];
    let all = [&TYPED[..], &own].concat();
    let shown = desk.post("/slip/r/follows", &all).text();
    let recorded =
        desk.post("/slip/r", &[&all[..], &[("do", "record"), ("seen", &hidden(&shown, "seen"))]].concat());
    assert_eq!(recorded.status, 303, "{}", recorded.text());
    assert!(one.read("memos/2025/later.yaml").contains("knows: 1\n"));
    assert_eq!(slip(&other, &["--record", "--not-done", "2"]).status, 0);
    assert_eq!(one.read(RELEASE), other.read(RELEASE));
}

#[test]
fn a_proposal_that_somebody_else_has_changed_is_not_dropped() {
    let folder = folder();
    propose(&folder);
    let desk = Served::desk(folder.path());
    let before = hidden(&desk.get("/slip/r").text(), "mark");
    folder.edit(RELEASE, "    drill: 2025-08-04", "    drill: 2025-08-11");
    assert_eq!(desk.post("/slip/r/drop", &[("mark", &before)]).status, 303);
    assert!(desk.get("/slip/r").text().contains("so it was not dropped"));
    let now = hidden(&desk.get("/slip/r").text(), "mark");
    assert_eq!(desk.post("/slip/r/drop", &[("mark", &now)]).status, 303);
    assert_eq!(folder.read(RELEASE), PLAN);
}

/// Nobody's proposal or delay is overwritten by a page that showed another one.
#[test]
fn what_somebody_else_did_meanwhile_is_shown_first() {
    let folder = folder();
    let desk = Served::desk(folder.path());
    let shown = hidden(&desk.post("/slip/r/follows", &TYPED).text(), "seen");
    let send = |more: &[(&str, &str)], seen: &str| {
        desk.post("/slip/r", &[&TYPED[..], more, &[("seen", seen)]].concat())
    };
    propose(&folder);
    let text = folder.read(RELEASE);
    let answer = send(&[("do", "propose")], &shown).text();
    assert!(
        answer.contains("Somebody has saved another proposal meanwhile")
            && answer.contains("has a proposal already"),
        "{answer}"
    );
    assert_eq!(folder.read(RELEASE), text);
    // The proposal that is looked at is recorded by somebody else, or dropped.
    let proposed = hidden(&answer, "proposed");
    let own = [("begun", "proposal"), ("proposed", &proposed), ("done:step-install", "yes")];
    let page = desk.post("/slip/r/follows", &[&TYPED[..], &own].concat()).text();
    assert_eq!(slip(&folder, &["--record", "--done", "2"]).status, 0);
    let text = folder.read(RELEASE);
    let answer = send(&[&own[..], &[("do", "record")]].concat(), &hidden(&page, "seen"));
    assert!(answer.status == 422 && answer.text().contains("The proposal is gone"), "{}", answer.text());
    assert_eq!(folder.read(RELEASE), text);
    assert_eq!(desk.get("/slip/r/proposal").location(), "/slip/r");
    // Two delays of one day are told apart.
    let first = hidden(&desk.get("/slip/r").text(), "mark");
    assert_eq!(
        slip(
            &folder,
            &["--move", "drill=2025-08-11", "--announced", "2025-06-30", "--reason", "a failed installation"]
        )
        .status,
        0
    );
    assert_eq!(desk.post("/slip/r/take-back", &[("mark", &first)]).status, 303);
    assert!(desk.get("/slip/r").text().contains("so the delay was not taken back"));
    assert!(folder.read(RELEASE).contains("2025-08-11"));
}

/// A proposal is saved or recorded over the one that the page was opened with, and no other.
#[test]
fn a_proposal_that_somebody_else_has_changed_is_not_replaced_or_recorded() {
    let folder = folder();
    propose(&folder);
    let desk = Served::desk(folder.path());
    let proposed = hidden(&desk.get("/slip/r/proposal").text(), "proposed");
    let typed = [("begun", "proposal"), ("proposed", &proposed), ("done:step-install", "no")];
    let typed = [&TYPED[..], &typed].concat();
    let shown = hidden(&desk.post("/slip/r/follows", &typed).text(), "seen");
    // The dates stay, so what follows from what is typed stays, too.
    let answer = ["--propose", "--by", "debra-ledsinger", "--done", "2"];
    assert_eq!(slip(&folder, &[&MOVES[..], &answer].concat()).status, 0);
    let text = folder.read(RELEASE);
    for does in ["propose", "record"] {
        let sent = desk.post("/slip/r", &[&typed[..], &[("do", does), ("seen", &shown)]].concat());
        assert!(sent.status == 422 && sent.text().contains("saved another proposal"), "{}", sent.text());
        assert_eq!(folder.read(RELEASE), text);
    }
    let part = desk.post("/slip/r/follows", &typed).text();
    assert!(part.contains("Show what stands now") && !part.contains("name=\"seen\""), "{part}");
    // Looked at again, it is replaced.
    let page = desk.post("/slip/r", &[&typed[..], &[("do", "show")]].concat()).text();
    let proposed = hidden(&page, "proposed");
    let typed: Vec<_> = typed
        .into_iter()
        .map(|(name, value)| (name, if name == "proposed" { &proposed } else { value }))
        .collect();
    let sent =
        desk.post("/slip/r", &[&typed[..], &[("do", "propose"), ("seen", &hidden(&page, "seen"))]].concat());
    assert_eq!(sent.status, 303, "{}", sent.text());
}

/// A release with a step and a milestone of one id, three and four days after the release.
const CLOSED: &str = "\
name: Roster Release
calendar: state
milestones:
  release: 2025-06-23
  watch: {at: release, offset: 3d}
tasks:
  - {id: watch, step: 3, owners: sos, text: Watch, start: {at: release, offset: 4d}, end: {at: release, offset: 4d}}
";

/// What happens on a closed day is kept with the proposal, and stands in no rule before the delay is recorded.
#[test]
fn a_proposal_keeps_its_answers_to_closed_days() {
    let (one, other) = (folder(), folder());
    one.file(RELEASE, CLOSED);
    other.file(RELEASE, CLOSED);
    let desk = Served::desk(one.path());
    // Saturday and Sunday, July 12 and 13.
    let typed = [("to:release", "7/9/2025"), ("told", "6/2/2025"), ("cause", "rain")];
    let answers = [("closed:step-watch", "next"), ("closed:milestone-watch", "stay")];
    let all = [&typed[..], &answers].concat();
    let shown = desk.post("/slip/r/follows", &all).text();
    let saved =
        desk.post("/slip/r", &[&all[..], &[("do", "propose"), ("seen", &hidden(&shown, "seen"))]].concat());
    assert_eq!(saved.status, 303, "{}", saved.text());
    let text = one.read(RELEASE);
    let kept = "  closed:\n    steps:\n      watch: next\n    milestones:\n      watch: stay\n";
    assert!(text.contains(kept), "{text}");
    assert!(CLOSED.lines().all(|line| text.contains(line)), "{text}");
    // A draft that tells it takes the answers.
    one.file(DRAFT, TELLS);
    let run = one.run(&["check", "later"]);
    assert_eq!(run.status, 0, "{}", run.faults);
    let page = desk.get("/slip/r/proposal").text();
    for words in [
        "name=\"closed:step-watch\" value=\"next\" checked",
        "name=\"closed:milestone-watch\" value=\"stay\" checked",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert_eq!(slip(&one, &["--record"]).status, 0);
    let text = one.read(RELEASE);
    for rule in
        ["watch: {at: release, offset: 3d, closed: stay}", "start: {at: release, offset: 4d, closed: next}"]
    {
        assert!(text.contains(rule), "{rule}: {text}");
    }
    // Dropped, nothing of it is left. With the command, a step is answered by its number.
    let given =
        ["--move", "release=2025-07-09", "--announced", "2025-06-02", "--reason", "rain", "--propose"];
    let run = slip(&other, &[&given[..], &["--closed", "watch=next"]].concat());
    assert!(run.status != 0 && run.faults.contains("is step 3 and a milestone"), "{}", run.faults);
    other.edit(RELEASE, "offset: 3d", "offset: 3d, closed: stay");
    let before = other.read(RELEASE);
    let run = slip(&other, &[&given[..], &["--closed", "3=next"]].concat());
    assert_eq!(run.status, 0, "{}{}", run.results, run.faults);
    assert!(other.read(RELEASE).contains("      watch: next\n"), "{}", other.read(RELEASE));
    assert_eq!(slip(&other, &["--drop"]).status, 0);
    assert_eq!(other.read(RELEASE), before);
}

/// A release with a step and a milestone of one id, which follow the release.
const NAMESAKES: &str = "\
name: Roster Release
calendar: state
milestones:
  release: 2025-06-23
  watch: {at: release, offset: -3d}
tasks:
  - {id: watch, step: 3, owners: sos, text: Watch, start: {at: release, offset: -6d}, end: {at: release, offset: -6d}}
";

const LATER: [&str; 6] =
    ["--move", "release=2025-07-14", "--announced", "2025-06-30", "--reason", "a failed installation"];

/// That the step was done says nothing of the milestone, nor the other way round.
#[test]
fn a_step_and_a_milestone_of_one_id_are_answered_apart() {
    let folder = folder();
    folder.file(RELEASE, NAMESAKES);
    let run = slip(&folder, &[&LATER[..], &["--propose", "--done", "3"]].concat());
    assert!(run.status == 0 && run.results.contains("1 question is open"), "{}{}", run.results, run.faults);
    let desk = Served::desk(folder.path());
    let page = desk.get("/slip/r/proposal").text();
    assert!(page.contains("name=\"done:step-watch\" value=\"yes\" checked"), "{page}");
    assert!(!page.contains("name=\"done:milestone-watch\" value=\"yes\" checked"), "{page}");
    let run = slip(&folder, &["--record"]);
    assert!(run.status == 2 && run.faults.contains("were done: watch"), "{}{}", run.results, run.faults);

    // Only the step had not been done.
    folder.file(RELEASE, NAMESAKES);
    let run = slip(&folder, &[&LATER[..], &["--not-done", "3", "--done", "watch"]].concat());
    assert_eq!((run.status, run.faults.as_str()), (0, ""), "{}", run.results);
    assert!(folder.read(RELEASE).contains("    reopens:\n      - watch\n"), "{}", folder.read(RELEASE));
    assert!(folder.run(&["why", "r", "3"]).results.contains("July 8, 2025"));
    assert!(run.results.contains("The watch: completed"), "{}", run.results);
    let page = desk.get("/slip/r/change").text();
    assert!(page.contains("name=\"done:step-watch\" value=\"no\" checked"), "{page}");
    assert!(!page.contains("name=\"done:milestone-watch\" value=\"no\" checked"), "{page}");

    // Of the milestone alone, the file could not say it.
    folder.file(RELEASE, NAMESAKES);
    let run = slip(&folder, &[&LATER[..], &["--done", "3", "--not-done", "watch"]].concat());
    assert!(run.status != 0 && run.faults.contains("has the id of step 3"), "{}{}", run.results, run.faults);
    let run = slip(&folder, &[&LATER[..], &["--propose", "--done", "watch"]].concat());
    assert!(run.status != 0 && run.faults.contains("has the id of step 3"), "{}{}", run.results, run.faults);
    assert_eq!(folder.read(RELEASE), NAMESAKES);
}

/// A step is asked about though the milestone that moves has its id.
#[test]
fn a_step_with_the_id_of_what_moves_is_asked_about() {
    let folder = folder();
    folder.file(RELEASE, NAMESAKES.replace("id: watch", "id: release"));
    let run = slip(&folder, &[&LATER[..], &["--done", "watch"]].concat());
    assert!(run.status == 2 && run.faults.contains("were done: 3"), "{}{}", run.results, run.faults);
}
