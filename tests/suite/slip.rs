//! A delay is told in one command: what moves and what stays is shown, the release's file has it, and all that is
//! not issued follows.

use crate::common::{Folder, Run, shipped};

const RELEASE: &str = "memos/releases/votecal-2021-2.yaml";
const MEMO: &str = "memos/2021/21144.yaml";

/// The plan of before: the shipped release without its delay, and the memo as a draft.
fn before() -> Folder {
    let folder = Folder::with_seed();
    let text = folder.read(RELEASE);
    let (head, rest) = text.split_once("delays:\n").unwrap();
    let (_, rest) = rest.split_once("\nschedule:").unwrap();
    folder.file(RELEASE, format!("{head}\nschedule:{rest}"));
    folder.edit(MEMO, "knows: 1\n", "").edit(MEMO, "status: issued", "status: draft");
    folder
}

fn slip(folder: &Folder, arguments: &[&str]) -> Run {
    folder.run(&[&["slip", "votecal-2021-2", "--yes"], arguments].concat())
}

const SEEDS_DELAY: [&str; 10] = [
    "--move",
    "release=2021-11-21",
    "--move",
    "deployment=10/8/2021",
    "--move",
    "mock-election=2021-11-05..2021-11-19",
    "--announced",
    "August 31, 2021",
    "--reason",
    "the {{ elections.gubernatorial_recall_2021.name }} on {{ elections.gubernatorial_recall_2021.date }}",
];

#[test]
fn the_seeds_own_delay_gives_the_seeds_memo() {
    let folder = before();
    let text = folder.read(RELEASE);
    let run = slip(&folder, &SEEDS_DELAY);
    assert_eq!((run.status, run.faults.as_str()), (0, ""), "{}", run.results);
    // Every other byte is kept.
    let after = folder.read(RELEASE);
    let start = after.find("\ndelays:\n").unwrap();
    let length = after.len() - text.len();
    assert_eq!([&after[..start], &after[start + length..]].concat(), text);
    // It is the memo of August 31 in all its forms, once it is issued.
    folder.edit(MEMO, "status: draft", "status: issued").build();
    for file in ["21144dl.md", "21144dl.html", "21144dl.pdf", "21144dl-schedule.csv"] {
        let name = format!("output/ccrov/2021/august/{file}");
        assert!(folder.bytes(&name) == std::fs::read(shipped().join(&name)).unwrap(), "{file}");
    }
}

/// The shipped plan, moved on.
const LATE: [&str; 8] = [
    "--move",
    "release=2021-12-05",
    "--move",
    "mock-election=2021-11-19..2021-12-03",
    "--reason",
    "a late fix",
    "--announced",
    "2021-09-20",
];

fn draft(folder: &Folder, id: &str, more: &str) {
    let text = format!(
        "date: 2021-09-20\nstatus: draft\nletterhead: elections\nto: All\nfrom: debra-ledsinger\nsubject: New Dates\n\
         release: votecal-2021-2\nbody: On {{{{ milestones.release.date }}}}.\nattachments: schedule\n{more}"
    );
    folder.file(&format!("memos/2021/{id}.yaml"), text);
}

#[test]
fn what_is_not_issued_follows_and_what_is_issued_stays() {
    let folder = Folder::with_seed();
    draft(&folder, "news", "updates: 21144\n");
    draft(&folder, "pinned", "knows: 1\n");
    let issued = folder.build().bytes("output/ccrov/2021/august/21144dl.pdf");
    let run = slip(&folder, &LATE);
    assert_eq!((run.status, run.faults.as_str()), (0, ""), "{}", run.results);
    assert!(folder.bytes("output/ccrov/2021/august/21144dl.pdf") == issued);
    let text = |id: &str| folder.read(&format!("output/ccrov/2021/september/{id}dl.md"));
    assert!(text("news").contains("On December 5, 2021."));
    assert!(text("pinned").contains("On November 21, 2021."));
    assert!(text("news").contains("| 11/19/2021 | 12/3/2021 |"), "{}", text("news"));
    for line in [
        "21144 (issued, August 31, 2021): stays as issued; news updates it",
        "news (draft, September 20, 2021): follows, and is built anew",
        "pinned (draft, September 20, 2021): stays: it says `knows: 1`",
    ] {
        assert!(run.results.contains(line), "{}", run.results);
    }
}

#[test]
fn a_slip_says_what_moves_and_why_and_what_stays_and_why() {
    let run = slip(&Folder::with_seed(), &[&LATE[..], &["--dry-run"]].concat());
    assert_eq!((run.status, run.faults.as_str()), (0, ""));
    assert_eq!(
        run.results,
        "\
VoteCal Release (votecal-2021-2), a delay announced September 20, 2021, due to a late fix.

Changes
  Mock election
      was 11/5/2021 to 11/19/2021, becomes 11/19/2021 to 12/3/2021: its start 9 working days later; its end 8 working days later
      moved by the delay announced September 20, 2021
  Release
      was 11/21/2021, becomes 12/5/2021: 8 working days later
      moved by the delay announced September 20, 2021
  Step 14, All CTE Counties: Receive and install the updated December 2021 EMS release into the C…
      stays 10/4/2021 to 10/8/2021: reworded
      starts: 4 working days before the deployment, October 8, 2021
      ends: the day of the deployment, October 8, 2021
  Step 19, All CTE Counties/SOS: SOS led user acceptance testing (UAT) / Mock Election for the Vo…
      was 11/5/2021 to 11/19/2021, becomes 11/19/2021 to 12/3/2021: its start 9 working days later; its end 8 working days later
      starts: the first day of the mock election, November 19, 2021
      ends: the last day of the mock election, December 3, 2021

Stays
  The deployment: not named by this delay
  Steps 1, 2, 3, 4, 5, 6a, 6b, 7, 8, 9, 10, 11, 12 and 13: completed
  Steps 15, 16, 17 and 18: counted from what stays

1 memo of this release
  21144 (issued, August 31, 2021): stays as issued; it needs a memo that updates it

Nothing was written (--dry-run).
"
    );
}

#[test]
fn a_dry_run_and_a_slip_by_nothing_write_nothing() {
    let folder = Folder::with_seed();
    let text = folder.build().read(RELEASE);
    assert_eq!(slip(&folder, &[&LATE[..], &["--dry-run"]].concat()).status, 0);
    let there = ["--move", "release=11/21/2021", "--move", "mock-election=2021-11-05"];
    let run = slip(&folder, &[&there[..], &["--reason", "nothing"]].concat());
    assert_eq!((run.status, run.faults.as_str()), (0, ""));
    assert!(run.results.contains("Nothing moves"), "{}", run.results);
    assert_eq!(folder.read(RELEASE), text);
    assert_eq!(folder.run(&["build", "--check"]).status, 0);
}

#[test]
fn a_conflict_names_the_authority_and_nothing_is_written() {
    let folder = Folder::with_seed();
    let law = "  mailing: {date: 2021-12-01, fixed: true, authority: Elections Code 3114}\n  release:";
    folder.edit(RELEASE, "  release: 2021-08-08", &format!("{law} {{date: 2021-08-08, by: mailing}}"));
    let text = folder.build().read(RELEASE);
    let run = slip(&folder, &LATE);
    assert_eq!((run.status, run.results.as_str()), (1, "Nothing was written.\n"));
    assert!(run.faults.contains("the release is on December 5, 2021, later than it may"), "{}", run.faults);
    assert!(run.faults.contains("the mailing is on December 1, 2021, fixed by Elections Code 3114"));
    let run = slip(&folder, &["--move", "mailing=2021-12-08", "--reason", "x", "--announced", "2021-09-20"]);
    assert_eq!(run.status, 1);
    assert!(run.faults.contains("`mailing` is fixed and cannot be moved"), "{}", run.faults);
    assert!(run.faults.contains("it is fixed: Elections Code 3114"), "{}", run.faults);
    assert_eq!(folder.read(RELEASE), text);
    assert_eq!(folder.run(&["build", "--check"]).status, 0);
}

#[test]
fn a_slip_that_cannot_be_built_is_not_written() {
    let folder = Folder::with_seed();
    draft(&folder, "news", "");
    folder.build();
    let memo = "output/ccrov/2021/september/newsdl.md";
    // An output folder that cannot be read is found before anything is written.
    let release = folder.read(RELEASE);
    let (output, kept) = (folder.path().join("output"), folder.path().join("kept"));
    std::fs::rename(&output, &kept).unwrap();
    std::fs::write(&output, "").unwrap();
    assert_eq!(slip(&folder, &LATE).status, 3);
    std::fs::remove_file(&output).unwrap();
    std::fs::rename(&kept, &output).unwrap();
    assert_eq!(folder.read(RELEASE), release);
    // A folder where a file is to go is found before anything is written, too.
    std::fs::remove_file(folder.path().join(memo)).unwrap();
    std::fs::create_dir(folder.path().join(memo)).unwrap();
    let run = slip(&folder, &LATE);
    assert!(run.status == 3 && run.faults.contains(memo), "{}", run.faults);
    std::fs::remove_dir_all(folder.path().join(memo)).unwrap();
    assert_eq!(folder.read(RELEASE), release);
    assert_eq!(folder.run(&["status"]).faults, "");
}

#[test]
fn what_an_earlier_version_left_of_a_slip_is_told_once() {
    let folder = Folder::with_seed();
    folder.file("ccrov-unfinished.yaml", "file: a.yaml\nsha256: b\nbefore: c\n");
    let run = folder.run(&["build"]);
    assert!(run.faults.contains("a slip by an earlier ccrov was interrupted"), "{}", run.faults);
    assert_eq!(folder.run(&["build"]).faults, "");
    std::fs::create_dir(folder.path().join("ccrov-unfinished.yaml")).unwrap();
    let run = folder.run(&["build"]);
    assert!(run.status == 3 && run.faults.contains("ccrov-unfinished.yaml cannot be read"), "{}", run.faults);
}

#[test]
fn windows_line_ends_and_the_mark_before_the_text_are_kept() {
    let folder = Folder::with_seed();
    let text = format!("\u{feff}{}", folder.read(RELEASE).replace('\n', "\r\n"));
    folder.file(RELEASE, &text);
    assert_eq!(slip(&folder, &LATE).status, 0);
    let after = folder.read(RELEASE);
    let start = after.find("\r\n  - announced: 2021-09-20").unwrap();
    assert_eq!([&after[..start], &after[start + after.len() - text.len()..]].concat(), text);
    assert_eq!(after.matches('\n').count(), after.matches("\r\n").count());
}

#[test]
fn what_is_called_wrongly_is_said() {
    let folder = Folder::with_seed();
    let reason = ["--reason", "x", "--announced", "2021-09-20"];
    for (arguments, said) in [
        (&["--move", "relase=2021-12-05"][..], "there is no milestone `relase`; did you mean `release`?"),
        (&["--move", "release"], "`release` moves nothing"),
        (&["--move", "release=soon"], "`soon` is no date"),
        (&["--move", "release=2021-12-05..2021-12-06"], "release is one day"),
        (&["--move", "mock-election=2021-12-05..2021-12-01"], "before it starts"),
        (&["--move", "release=2021-12-05", "--move", "release=2021-12-06"], "release is moved twice"),
    ] {
        let run = slip(&folder, &[arguments, &reason].concat());
        assert_eq!((run.status, run.results.as_str()), (2, ""), "{said}");
        assert!(run.faults.contains(said), "{}", run.faults);
    }
    let early = ["--move", "release=2021-12-05", "--reason", "x", "--announced", "2021-08-01"];
    assert!(slip(&folder, &early).faults.contains("before the last one, of August 31, 2021"));
    let run = folder.run(&["slip", "votecal", "--move", "a=2021-12-05", "--reason", "x"]);
    assert!(run.faults.contains("there is no release `votecal`"), "{}", run.faults);
}

#[test]
fn a_memo_that_announces_the_delay_is_written_with_its_relations_and_the_table_of_changes() {
    let folder = Folder::with_seed();
    let run = folder.run(&["new", "--announces", "votecal-2021-2"]);
    assert_eq!(
        run.results,
        "Made memos/2021/draft.yaml, a draft that announces the delay. Next: `ccrov build draft`.\n"
    );
    assert!(folder.read("memos/2021/draft.yaml").contains("\ndate: 2021-08-31\nstatus: draft\n"));
    std::fs::remove_file(folder.path().join("memos/2021/draft.yaml")).unwrap();
    assert_eq!(slip(&folder, &LATE).status, 0);
    let run =
        folder.run(&["new", "21150", "--announces", "votecal-2021-2", "--changes", "--date", "9/21/2021"]);
    assert_eq!((run.status, run.faults.as_str()), (0, ""));
    let yaml = folder.read("memos/2021/21150.yaml");
    for line in [
        "number: 21150",
        "date: 9/21/2021",
        "letterhead: elections",
        "from: debra-ledsinger",
        "template: release-delay",
        "contact: votecal-help-desk",
        "release: votecal-2021-2",
        "updates: 21144",
        "attachments:\n  - schedule\n  - changes",
    ] {
        assert!(yaml.contains(&format!("\n{line}\n")), "{line}\n{yaml}");
    }
    folder.build();
    let memo = folder.read("output/ccrov/2021/september/21150dl.md");
    assert!(
        memo.contains("was delayed from November 21, 2021, to December 5, 2021, due to a late fix."),
        "{memo}"
    );
    assert!(memo.contains("From CC/ROV #21144 (August 31, 2021) to this memorandum:"), "{memo}");
    assert!(memo.contains("- The release moved from November 21 to December 5, 2021: 8 working days later."));
    let page = "output/ccrov/2021/august/21144dl.html";
    assert!(!folder.read(page).contains("Updated by"), "it is a draft");
    assert_eq!(folder.run(&["build", "--drafts"]).status, 0);
    assert!(folder.read(page).contains("Updated by"));
}

#[test]
fn any_release_can_be_announced_and_what_cannot_is_said() {
    let folder = Folder::copy(&shipped().join("memos"), "memos");
    assert_eq!(folder.run(&["new", "24950", "--announces", "site-roster-2024"]).status, 0);
    // 24902 is told by 24904 already, which is the last of the release.
    assert!(folder.read("memos/2024/24950.yaml").contains("updates: 24904\n"));
    folder.build();
    let memo = folder.read("output/ccrov/2024/july/24950mq.md");
    assert!(
        memo.contains("- Rehearsal: August 26 to August 30, 2024 (it was August 5 to August 9, 2024)"),
        "{memo}"
    );
    for (arguments, said) in [
        (["24951", "--announces", "votecal"], "there is no release `votecal` in memos/releases/"),
        (["24950", "--announces", "votecal-2021-2"], "there is a memo `24950` already"),
        (["24951", "--changes", "--announces"], "a value is required"),
    ] {
        let run = folder.run(&[&["new"][..], &arguments].concat());
        assert!(run.status == 2 && run.faults.contains(said), "{}", run.faults);
    }
    let folder = before();
    let run = folder.run(&["new", "21150", "--announces", "votecal-2021-2"]);
    assert!(run.status == 2 && run.faults.contains("has no delay yet; `ccrov slip"), "{}", run.faults);
}

#[test]
fn status_asks_for_a_memo_that_updates_an_issued_one() {
    let folder = Folder::with_seed();
    assert!(!folder.run(&["status"]).results.contains("updates it"));
    assert_eq!(slip(&folder, &LATE).status, 0);
    let status = folder.run(&["status"]).results;
    let row = status.lines().find(|line| line.starts_with("21144 ")).unwrap();
    assert!(row.contains("issued") && row.contains("write a memo that updates it"), "{status}");
    draft(&folder, "news", "updates: 21144\n");
    assert!(!folder.run(&["status"]).results.contains("updates it"));
}

/// A program that reads what is printed is nobody who could be asked.
#[test]
fn nothing_is_written_where_nobody_can_be_asked() {
    let folder = Folder::with_seed();
    let release = folder.read(RELEASE);
    let run = folder.run(&[&["slip", "votecal-2021-2"], &LATE[..]].concat());
    assert_eq!((run.status, folder.read(RELEASE)), (2, release));
    assert!(
        run.faults.contains("nobody can be asked here, so nothing was written; to write it, add --yes"),
        "{}",
        run.faults
    );
    assert!(!folder.has("output"));
}

/// A release of Sunday, June 29, 2025, with a step before, on and after it, and a step of another matter.
const FAILED: &str = "name: VoteCal Release
calendar: state
milestones:
  release: 2025-06-29
  report: {at: release, offset: -10d, closed: previous}
tasks:
  - {id: decide, step: 1, owners: sos, text: Decide, end: {at: release, offset: -3wd}}
  - {id: install, step: 2, owners: sos, text: Install, start: {at: release, closed: stay}, end: {at: release, closed: stay}}
  - {id: watch, step: 3, owners: sos, text: Watch, start: {after: install}, takes: 5wd}
  - {id: other, step: 4, owners: sos, text: Something else, end: 6/20/2025}
";

fn failed() -> Folder {
    let folder = Folder::with_seed();
    folder.file("memos/releases/r.yaml", FAILED).file(
        "memos/2025/25100.yaml",
        "number: 25100\ndate: June 30, 2025\nstatus: draft\nletterhead: elections\nto: All\nfrom: debra-ledsinger\n\
         subject: X\nrelease: r\nattachments: schedule\nbody: Attached.\n",
    );
    folder
}

fn told_on_monday(folder: &Folder, more: &[&str]) -> Run {
    let moved =
        ["--move", "release=2025-07-13", "--reason", "a failed installation", "--announced", "2025-06-30"];
    folder.run(&[&["slip", "r", "--yes"], &moved[..], more].concat())
}

fn rows(folder: &Folder) -> Vec<String> {
    let csv = folder.read("output/ccrov/2025/june/25100dl-schedule.csv");
    let row = |line: &str| line.split(',').map(str::to_owned).collect::<Vec<_>>();
    let told =
        |cells: Vec<String>| [&cells[0], &cells[4], &cells[5], &cells[6]].map(String::as_str).join(" ");
    csv.lines().skip(1).map(row).map(told).collect()
}

#[test]
fn nobody_guesses_whether_a_step_was_done_that_a_delay_would_move() {
    let folder = failed();
    let run = told_on_monday(&folder, &[]);
    assert_eq!(run.status, 2, "{}", run.results);
    assert_eq!(
        run.faults,
        "error: nobody has said whether these were done: report, 1 and 2; add --done STEP or --not-done STEP for each, or for \
         all: --done all\n"
    );
    for line in [
        "Step 2, SOS: Install\n      was planned for June 29, 2025; if it was not done, it becomes July 13, 2025\n",
        "Step 1, SOS: Decide\n      was planned for June 25, 2025; if it was not done, it becomes July 9, 2025\n",
        "The report\n      was planned for June 19, 2025; if it was not done, it becomes July 3, 2025\n",
    ] {
        assert!(run.results.contains(line), "{}", run.results);
    }
    assert_eq!(folder.read("memos/releases/r.yaml"), FAILED);

    let json = told_on_monday(&folder, &["--json"]);
    let json: serde_json::Value = serde_json::from_str(&json.results).unwrap();
    let names: Vec<_> = json["questions"].as_array().unwrap().iter().map(|one| one["id"].as_str()).collect();
    assert_eq!(names, [Some("report"), Some("decide"), Some("install")]);
}

#[test]
fn what_was_not_done_moves_with_the_delay_and_what_was_done_stays() {
    let folder = failed();
    let run = told_on_monday(&folder, &["--done", "report,1", "--not-done", "2"]);
    assert_eq!((run.status, run.faults.as_str()), (0, ""), "{}", run.results);
    assert!(folder.read("memos/releases/r.yaml").contains("    reopens:\n      - install\n"));
    assert_eq!(
        rows(&folder),
        [
            "2 7/13/2025 7/13/2025 Remaining",
            "3 7/14/2025 7/18/2025 Remaining",
            "1  6/25/2025 Completed",
            "4  6/20/2025 Completed",
        ]
    );
    // A later diff takes it back.
    let diff = folder.run(&["diff", "r"]).results;
    assert!(diff.contains("Step 2 moved from June 29 to July 13, 2025"), "{diff}");
    // A delay that answers nothing reads as it always did.
    folder.edit("memos/releases/r.yaml", "    reopens:\n      - install\n", "").build();
    assert_eq!(rows(&folder)[1], "1  6/25/2025 Completed");
    assert!(rows(&folder).contains(&"2 6/29/2025 6/29/2025 Completed".to_owned()));
}

#[test]
fn all_questions_can_be_answered_at_once_and_answers_are_held_against_the_plan() {
    let folder = failed();
    let refused = |more: &[&str], said: &str| {
        let run = told_on_monday(&folder, more);
        assert_eq!((run.status, run.faults.as_str()), (2, format!("error: {said}\n").as_str()));
        assert_eq!(folder.read("memos/releases/r.yaml"), FAILED);
    };
    refused(
        &["--done", "all", "--not-done", "9"],
        "this plan has no step `9`; there are `1`, `2`, `3`, `4`, `release`, `report`",
    );
    refused(&["--done", "2", "--not-done", "install"], "step 2 cannot be both done and not done");
    refused(
        &["--done", "all", "--not-done", "3"],
        "the day of step 3 has not passed on June 30, 2025; whether it was done is asked of past days only",
    );
    let run = told_on_monday(&folder, &["--not-done", "all", "--done", "report", "--not-done", "4"]);
    assert_eq!(run.status, 0, "{}{}", run.faults, run.results);
    assert_eq!(
        rows(&folder),
        [
            "1  7/9/2025 Remaining",
            "2 7/13/2025 7/13/2025 Remaining",
            "3 7/14/2025 7/18/2025 Remaining",
            "4  6/20/2025 Remaining",
        ]
    );
}

#[test]
fn milestones_that_pass_each_other_are_shown_before_anything_is_written() {
    let folder = Folder::with_seed();
    let moved = [
        "--move",
        "deployment=2021-11-22",
        "--reason",
        "a late fix",
        "--announced",
        "2021-09-20",
        "--dry-run",
    ];
    let run = slip(&folder, &moved);
    let unusual = "\nUnusual\n  The deployment now comes after the mock election and the release; it came before them.\n";
    assert!(run.results.contains(unusual), "{}", run.results);
    let moved =
        ["--move", "release=2021-09-12", "--reason", "luck.", "--announced", "2021-09-20", "--dry-run"];
    let run = slip(&folder, &moved);
    assert!(run.results.starts_with(
        "VoteCal Release (votecal-2021-2), a change announced September 20, 2021, due to luck.\n"
    ));
    // Said once more where it is written, for people and for programs.
    let write =
        ["--move", "release=2021-09-12", "--reason", "luck.", "--announced", "2021-09-20", "--done", "all"];
    let written = slip(&Folder::with_seed(), &write).results;
    assert!(
        written.contains("It was confirmed though it is unusual: The release moves to September 12, 2021"),
        "{written}"
    );
    let json = slip(&Folder::with_seed(), &[&write[..], &["--json"]].concat()).results;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["unusual"].as_array().unwrap().len(), 2, "{json}");
    for line in [
        "  The release moves to September 12, 2021, before counties are told on September 20, 2021.\n",
        "  The release now comes before the deployment and the mock election; it came after them.\n",
    ] {
        assert!(run.results.contains(line), "{}", run.results);
    }
}

#[test]
fn the_cause_is_shown_as_it_is_printed_and_its_faults_are_found_before_anything_is_written() {
    let folder = Folder::with_seed();
    let told = |cause: &str| {
        slip(
            &folder,
            &["--move", "release=2021-12-05", "--announced", "2021-09-20", "--dry-run", "--reason", cause],
        )
    };
    let run = told("the {{ elections.gubernatorial_recall_2021.name }}");
    assert!(run.results.contains("due to the Gubernatorial Recall Election.\n"), "{}", run.results);
    let run = told("the {{ elections.gubernatorial_recall_2012.name }}");
    assert_eq!(run.status, 1, "{}", run.results);
    assert!(run.faults.contains("--> the new delay:2:"), "{}", run.faults);
}

/// The paragraphs of the memo that tells a delay of a release with a deployment on January 17, a mock election from February
/// 7 to 24 and a release on March 9, 2025.
fn announced(moves: &[&str], announced: &str) -> String {
    announced_of(RELEASED, moves, announced)
}

const RELEASED: &str = "name: VoteCal Release\nenvironment: {name: County Test Environment, short: CTE}\ncalendar: state\nmilestones:\n  \
         deployment: 2025-01-17\n  mock-election: {start: 2025-02-07, end: 2025-02-24}\n  release: 2025-03-09\ntasks:\n  - {id: \
         mock, step: 1, owners: sos, text: Mock Election, start: {during: mock-election}}\n";

fn announced_of(release: &str, moves: &[&str], announced: &str) -> String {
    let folder = Folder::with_seed();
    folder.file("memos/releases/r.yaml", release);
    let moves = moves.iter().flat_map(|to| ["--move", to]);
    let more = ["--yes", "--done", "all", "--reason", "a fault", "--announced", announced];
    let run = folder.run(&["slip", "r"].into_iter().chain(moves).chain(more).collect::<Vec<_>>());
    assert_eq!(run.status, 0, "{}{}", run.faults, run.results);
    assert_eq!(folder.run(&["new", "news", "--announces", "r"]).status, 0);
    let memo = "memos/2025/news.yaml";
    folder.edit(memo, "letterhead:", "letterhead: elections").edit(memo, "\nto:", "\nto: All");
    folder.edit(memo, "from:", "from: debra-ledsinger").build();
    let path = if announced.contains("-01-") { "january" } else { "march" };
    let text = folder.read(&format!("output/ccrov/2025/{path}/newsdl.md"));
    let start = text.find(" VoteCal Release ").unwrap();
    let start = text[..start].rfind("\n\n").unwrap() + 2;
    text[start..text.find("\n\nThe revised").unwrap()].to_owned()
}

#[test]
fn the_memo_that_tells_a_delay_says_what_moved_and_which_way_and_what_is_over() {
    let still = "Additionally, the associated Mock Election is still taking place from February 7 to February 24, 2025. We \
                 encourage counties to participate in the Mock Election if you have not already signed up.";
    assert_eq!(
        announced(&["deployment=2025-01-31"], "2025-01-14"),
        format!(
            "The VoteCal Release is still on March 9, 2025, but other dates have changed due to a fault. The March code \
             release will now be deployed to the County Test Environment (CTE) on January 31, 2025.\n\n{still}"
        )
    );
    assert_eq!(
        announced(&["deployment=2025-01-10", "release=2025-03-02"], "2025-01-02"),
        format!(
            "As you are aware, the VoteCal Release was moved up from March 9, 2025, to March 2, 2025, due to a fault. As a \
             result, the March code release will be deployed to the County Test Environment (CTE) on January 10, \
             2025.\n\n{still}"
        )
    );
    assert_eq!(
        announced(&["release=2025-03-16"], "2025-03-03"),
        "As you are aware, the VoteCal Release was delayed from March 9, 2025, to March 16, 2025, due to a fault. The March \
         code release was deployed to the County Test Environment (CTE) on January 17, 2025.\n\nThe associated Mock Election \
         took place from February 7 to February 24, 2025."
    );
    assert_eq!(
        announced(&["mock-election=2025-02-10..2025-02-21"], "2025-01-20"),
        "The VoteCal Release is still on March 9, 2025, but other dates have changed due to a fault. The March code release \
         was deployed to the County Test Environment (CTE) on January 17, 2025.\n\nAdditionally, the associated Mock Election \
         is now taking place from February 10 to February 21, 2025. We encourage counties to participate in the Mock Election \
         given the updated schedule if you have not already signed up."
    );
}

#[test]
fn a_release_without_an_environment_says_which_way_it_moves() {
    let folder = Folder::copy(&shipped().join("memos"), "memos");
    folder.file("templates/memo.md", "{{ body | safe }}\n").file(
        "memos/2025/news.yaml",
        "date: 2025-01-02\nstatus: draft\nletterhead: elections\nto: All\nfrom: debra-ledsinger\nsubject: X\nrelease: r\ntemplate: \
         release-delay\n",
    );
    let text = |moves: &str| {
        folder.file(
            "memos/releases/r.yaml",
            format!(
                "name: Roster Release\nmilestones: {{begin: 2025-03-03, end: 2025-03-28}}\ndelays:\n- announced: 2025-01-02\n  \
                 cause: a fault\n  moves: {{{moves}}}\n"
            ),
        );
        assert_eq!(folder.run(&["build", "news"]).status, 0);
        let text = folder.read("output/ccrov/2025/january/newsdl.md");
        text.lines().next().unwrap().to_owned()
    };
    assert_eq!(
        text("begin: 2025-03-04"),
        "The Roster Release is delayed due to a fault. These dates are now:"
    );
    assert_eq!(
        text("end: 2025-03-27"),
        "The Roster Release has been moved up due to a fault. These dates are now:"
    );
    assert_eq!(
        text("begin: 2025-03-04, end: 2025-03-27"),
        "The dates of the Roster Release have changed due to a fault. These dates are now:"
    );
}

#[test]
fn the_memo_that_tells_a_delay_says_nothing_of_what_has_not_been_and_no_day_that_nobody_knows() {
    let not_done = RELEASED.replace("deployment: 2025-01-17", "deployment: {date: 2025-01-17, done: false}");
    let text = announced_of(&not_done, &["release=2025-03-16"], "2025-03-03");
    assert!(
        text.contains(
            "The March code release has not been deployed yet; it was to be deployed to the County Test Environment (CTE) on \
             January 17, 2025."
        ),
        "{text}"
    );
    let not_held = RELEASED.replace("end: 2025-02-24}", "end: 2025-02-24, done: false}");
    let text = announced_of(&not_held, &["release=2025-03-16"], "2025-03-03");
    assert!(
        text.ends_with(
            "was to take place from February 7 to February 24, 2025, and has not taken place yet."
        ),
        "{text}"
    );
    let half_known = announced(&["mock-election=2025-02-10..TBD"], "2025-01-20");
    assert!(half_known.contains("is now taking place from February 10, 2025, to TBD."), "{half_known}");
    let one_day =
        RELEASED.replace("mock-election: {start: 2025-02-07, end: 2025-02-24}", "mock-election: 2025-02-07");
    let one_day = one_day.replace(", short: CTE", "");
    let text = announced_of(&one_day, &["release=2025-03-16"], "2025-01-20");
    assert!(text.contains("to the County Test Environment on January 17, 2025."), "{text}");
    assert!(text.contains("is still taking place on February 7, 2025."), "{text}");
    let open = RELEASED.replace("release: 2025-03-09", "release: TBD (Fall 2025)");
    let text = announced_of(&open, &["release=TBD (Winter 2025)"], "2025-01-20");
    assert!(
        text.starts_with(
            "Dates of the VoteCal Release have changed due to a fault. The date of the release itself is not known yet."
        ),
        "{text}"
    );
}

#[test]
fn an_issued_memo_that_cannot_be_read_any_more_is_a_memo_of_its_release() {
    let folder = Folder::with_seed();
    assert_eq!(folder.run(&["issue", "21144"]).status, 0);
    folder.edit("memos/2021/21144.yaml", "from: debra-ledsinger", "from: nobody-here");
    let run = slip(&folder, &[&LATE[..], &["--dry-run"]].concat());
    let line = "21144 (issued, August 31, 2021): stays as issued; it needs a memo that updates it";
    assert!(run.results.contains(line), "{}{}", run.results, run.faults);
}
