//! What was issued is what the counties have read: a lock that is not there is noticed, and what was issued is what is
//! compared.

use std::fs;

use crate::common::Folder;

const MEMO: &str = "memos/2021/21144.yaml";
const LOCK: &str = "memos/2021/21144.lock";

/// The seed, in an office that has not answered for memos without a lock.
fn unanswered() -> Folder {
    let folder = Folder::with_seed();
    let office = folder.read("memos/office.yaml");
    let at = office.find("accepts:\n").unwrap();
    folder.file("memos/office.yaml", &office[..at]);
    folder
}

fn data(folder: &Folder, arguments: &[&str]) -> serde_json::Value {
    serde_json::from_str(&folder.run(&[arguments, &["--json"]].concat()).results).unwrap()
}

#[test]
fn a_status_typed_by_hand_is_no_issue_and_is_said_everywhere_until_it_is_answered() {
    let folder = unanswered();
    let warning = "warning[issued-by-hand]: memo 21144 says `status: issued`, and has no lock";
    let target = Folder::empty();
    let www = target.path().join("www");
    let publish = ["publish", www.to_str().unwrap()];
    for arguments in [&["check"][..], &["build"], &["build"], &["build", "21144"], &publish] {
        let run = folder.run(arguments);
        assert_eq!(run.status, 0, "{}", run.faults);
        assert!(run.faults.contains(warning), "{arguments:?}: {}", run.faults);
        assert!(run.faults.contains("type `ccrov issue 21144`"), "{}", run.faults);
        assert!(run.faults.contains("memos/2021/21144.yaml:3:9"), "{}", run.faults);
    }
    let status = folder.run(&["status"]).results;
    assert!(status.contains("issue it (it has no lock)"), "{status}");
    let memo = data(&folder, &["status"])["memos"][0].clone();
    assert_eq!((memo["locked"].as_bool(), memo["ready"].as_bool()), (Some(false), Some(false)));

    // Either file answers it.
    let office = folder.read("memos/office.yaml");
    for file in ["memos/office.yaml", MEMO] {
        let text = folder.read(file);
        folder.file(file, format!("{text}accepts:\n  issued-by-hand: it began before there were locks\n"));
        let run = folder.run(&["check"]);
        assert_eq!((run.status, run.faults.as_str()), (0, ""), "{file}");
        folder.file(file, text);
    }
    assert_eq!(folder.read("memos/office.yaml"), office);
    assert_eq!(folder.run(&["issue", "21144"]).status, 0);
    let run = folder.run(&["check"]);
    assert_eq!((run.status, run.faults.as_str()), (0, ""));
    let memo = data(&folder, &["status"])["memos"][0].clone();
    assert_eq!((memo["locked"].as_bool(), memo["ready"].as_bool()), (Some(true), Some(true)));
    assert_eq!(folder.run(&["build", "--check"]).status, 0);
}

#[test]
fn a_lock_that_is_gone_is_noticed_and_the_memos_files_stay() {
    let folder = unanswered();
    assert_eq!(folder.run(&["issue", "21144"]).status, 0);
    let pdf = folder.bytes("output/ccrov/2021/august/21144dl.pdf");
    let lock = folder.read(LOCK);
    fs::remove_file(folder.path().join(LOCK)).unwrap();
    folder.edit("memos/office.yaml", "5th Floor", "6th Floor");
    for arguments in
        [&["check"][..], &["build"], &["build"], &["withdraw", "21144", "--why", "It was wrong."]]
    {
        let run = folder.run(arguments);
        assert_eq!(run.status, 1, "{}", run.results);
        let said = "error[lost-lock]: memo 21144 was issued, and its lock 21144.lock is gone";
        assert!(run.faults.contains(said), "{arguments:?}: {}", run.faults);
        assert!(!run.faults.contains("issued-by-hand"), "{}", run.faults);
    }
    assert!(folder.bytes("output/ccrov/2021/august/21144dl.pdf") == pdf);
    folder.file(LOCK, lock);
    folder.build();
    assert!(folder.bytes("output/ccrov/2021/august/21144dl.pdf") == pdf);

    // If it is lost for good, the memo is locked as it looks now.
    fs::remove_file(folder.path().join(LOCK)).unwrap();
    assert_eq!(folder.run(&["issue", "21144"]).status, 0);
    folder.build();
    assert!(folder.bytes("output/ccrov/2021/august/21144dl.pdf") != pdf);
}

/// An election whose ballots are counted from it, and a memo that tells it.
fn election() -> Folder {
    let folder = Folder::with_seed();
    let release = "name: Ballots\nelection: gubernatorial-recall-2021\nmilestones:\n  ballots: E-29\ntasks:\n  - id: print\n    \
                   step: 1\n    owners: sos\n    text: Ballots are printed\n    end: {at: ballots, offset: -10d, closed: \
                   stay}\n  - id: mail\n    step: 2\n    owners: sos\n    text: Ballots are mailed\n    end: {at: \
                   ballots}\n";
    folder.file("memos/releases/ballots.yaml", release);
    memo(&folder, "21200", "2021-06-01", "");
    assert_eq!(folder.run(&["issue", "21200"]).status, 0);
    folder.edit("memos/office.yaml", "date: 2021-09-14", "date: 2021-09-28");
    folder
}

fn memo(folder: &Folder, id: &str, date: &str, more: &str) {
    let text = format!(
        "number: {id}\ndate: {date}\nstatus: approved\nletterhead: elections\nto: All\nfrom: debra-ledsinger\nsubject: \
         Ballots\nrelease: ballots\nattachments: [schedule, changes]\nbody: The schedule is attached.\n{more}"
    );
    let text = if more.is_empty() { text.replace("[schedule, changes]", "schedule") } else { text };
    folder.file(&format!("memos/2021/{id}.yaml"), text);
}

#[test]
fn changes_are_told_against_what_was_issued_and_not_against_the_old_memo_computed_anew() {
    let folder = election();
    memo(&folder, "21210", "2021-06-15", "updates: 21200\n");
    let run = folder.run(&["diff", "21200", "21210"]);
    assert_eq!((run.status, run.faults.as_str()), (0, ""));
    assert_eq!(
        run.results,
        "From memo 21200 (June 1, 2021) to memo 21210 (June 15, 2021):\n\n\
         The ballots moved from August 16 to August 30, 2021: 10 working days later.\n\
         Step 1 moved from August 6 to August 20, 2021: 10 working days later.\n\
         Step 2 moved from August 16 to August 30, 2021: 10 working days later.\n"
    );
    // The warning that the election moved is all that there is to say.
    let run = folder.run(&["build"]);
    assert!(run.status == 0 && run.faults.contains("issued memo 21200 still names September 14, 2021"));
    assert_eq!(run.faults.matches("warning[").count(), 1, "{}", run.faults);
    let memo_text = folder.read("output/ccrov/2021/june/21210dl.md");
    assert!(memo_text.contains("Step 1 moved from August 6 to August 20, 2021"), "{memo_text}");

    // A text that was edited since is told, too; and so is a step that is no more.
    let release = "memos/releases/ballots.yaml";
    folder.edit(release, "text: Ballots are mailed", "text: Ballots are mailed and counted");
    let run = folder.run(&["diff", "21200", "21210"]);
    assert!(
        run.results.contains("It now reads “Ballots are mailed and counted”; it read “Ballots are mailed”.")
    );
    let text = folder.read(release);
    folder.file(release, &text[..text.find("  - id: mail").unwrap()]);
    let run = folder.run(&["diff", "21200", "21210"]);
    assert!(run.results.contains("Step 2 has been dropped: Ballots are mailed."), "{}", run.results);
    // Nobody asks today's plan what was issued.
    let run = folder.run(&["diff", "21200", "21200"]);
    assert!(run.results.starts_with("Nothing changed from memo 21200"), "{}", run.results);
}

#[test]
fn of_a_lock_without_dates_the_published_spreadsheet_is_compared_and_said_to_be() {
    let folder = election();
    memo(&folder, "21210", "2021-06-15", "updates: 21200\n");
    let lock = "memos/2021/21200.lock";
    let text = folder.read(lock);
    let (before, rest) = text.split_once("written:\n").unwrap();
    let (_, made_from) = rest.split_once("made_from:\n").unwrap();
    let made_from = made_from.split_once("resolved:\n").unwrap().0;
    folder.file(lock, format!("{before}made_from:\n{made_from}").replace("format: 4\n", ""));
    let run = folder.run(&["diff", "21200", "21210"]);
    assert_eq!(run.status, 0, "{}", run.faults);
    assert!(
        run.faults.contains("its steps are those of ccrov/2021/june/21200dl-schedule.csv"),
        "{}",
        run.faults
    );
    assert_eq!(
        run.results,
        "From memo 21200 (June 1, 2021) to memo 21210 (June 15, 2021):\n\n\
         Step 1 moved from August 6 to August 20, 2021: 10 working days later.\n\
         Step 2 moved from August 16 to August 30, 2021: 10 working days later.\n"
    );
    assert_eq!(data(&folder, &["diff", "21200", "21210"])["notes"].as_array().unwrap().len(), 1);
    folder.build();

    // Without a spreadsheet nothing is made up.
    let csv = "output/ccrov/2021/june/21200dl-schedule.csv";
    fs::remove_file(folder.path().join(csv)).unwrap();
    let run = folder.run(&["diff", "21200", "21210"]);
    assert_eq!(run.status, 2, "{}", run.results);
    assert!(run.faults.contains("nothing says which dates the counties have read"), "{}", run.faults);
}

#[test]
fn memos_of_two_releases_have_no_changes_between_them() {
    let folder = election();
    let run = folder.run(&["diff", "21144", "21200"]);
    assert_eq!((run.status, run.results.as_str()), (2, ""));
    assert!(
        run.faults.contains("memo 21144 has the schedule of the release votecal-2021-2"),
        "{}",
        run.faults
    );
    assert!(run.faults.contains("nothing of the one is a change of the other"), "{}", run.faults);
    assert_eq!(folder.run(&["diff", "votecal-2021-2", "ballots@0"]).status, 2);
}

#[test]
fn a_memo_of_before_a_delay_is_not_issued_before_it_says_whether_it_tells_the_delay() {
    for knows in ["0", "1"] {
        let folder = Folder::with_seed();
        let release = "memos/releases/votecal-2021-2.yaml";
        folder.edit(MEMO, "knows: 1\n", "").edit(MEMO, "status: issued", "status: approved");
        folder.edit(MEMO, "date: August 31, 2021", "date: July 1, 2021");
        assert!(folder.read(release).contains("announced:"));
        let (text, lock) = (folder.read(MEMO), "memos/2021/21144.lock");
        for arguments in [&["issue", "21144", "--dry-run"][..], &["issue", "21144"]] {
            let run = folder.run(arguments);
            assert_eq!(run.status, 1, "{}", run.results);
            assert!(
                run.faults.contains("21144 is of July 1, 2021, and its release has a delay that was"),
                "{}",
                run.faults
            );
            assert!(
                run.faults.contains("`ccrov set 21144 knows 0`; if it does, `ccrov set 21144 knows 1`"),
                "{}",
                run.faults
            );
            assert!(folder.read(MEMO) == text && !folder.has(lock));
        }
        let run = folder.run(&["set", "21144", "knows", knows]);
        assert_eq!(run.status, 0, "{}", run.faults);
        let run = folder.run(&["issue", "21144"]);
        let unsaid = "its release has a delay that was";
        assert!(!run.faults.contains(unsaid) && (knows == "0" || run.status == 0), "{}", run.faults);
    }
}

/// A release that was delayed from July to August, and a memo that told so.
fn delayed() -> Folder {
    let folder = Folder::with_seed();
    let release = "name: Ballots\nmilestones:\n  ballots: 2021-07-14\ndelays:\n  - announced: 2021-06-01\n    cause: a \
                   late fix\n    moves:\n      ballots: 2021-08-11\ntasks:\n  - id: mail\n    step: 1\n    owners: \
                   sos\n    text: Ballots are mailed\n    end: {at: ballots}\n";
    folder.file("memos/releases/ballots.yaml", release);
    memo(&folder, "21200", "2021-06-02", "");
    assert_eq!(folder.run(&["issue", "21200"]).status, 0);
    folder
}

#[test]
fn a_newer_memo_that_does_not_tell_a_delay_is_warned_of_and_turns_no_list_back() {
    let folder = delayed();
    let pages = ["output/releases/ballots.html", "output/calendar/2021.html", "output/entities/sos.html"];
    let late = |folder: &Folder| pages.iter().all(|page| folder.read(page).contains("Ballots are mailed"));
    let july = |folder: &Folder| {
        pages
            .iter()
            .any(|page| folder.read(page).contains("7/14/2021") || folder.read(page).contains("July 14"))
    };
    let warning = "warning[fewer-delays]: memo 21210 of June 20, 2021, does not tell a delay that memo 21200 of June 2, 2021, has told";
    for relation in ["", "updates: 21200\n"] {
        memo(&folder, "21210", "2021-06-20", &format!("knows: 0\n{relation}"));
        folder.edit("memos/2021/21210.yaml", "[schedule, changes]", "schedule");
        for arguments in [["check", "21210"], ["build", "--drafts"], ["issue", "21210"]] {
            let run = folder.run(&arguments);
            assert_eq!(run.status, 0, "{}", run.faults);
            assert!(run.faults.contains(warning), "{arguments:?}: {}", run.faults);
            assert!(run.faults.contains("memos/2021/21210.yaml:11:8"), "{}", run.faults);
        }
        let run = folder.run(&["build"]);
        assert_eq!((run.status, run.faults.as_str()), (0, ""));
        assert!(late(&folder) && !july(&folder));
        for file in ["memos/2021/21210.yaml", "memos/2021/21210.lock"] {
            fs::remove_file(folder.path().join(file)).unwrap();
        }
        folder.build();
    }
    // One that takes the place of the other takes its delay back.
    memo(&folder, "21210", "2021-06-20", "knows: 0\nsupersedes: 21200\n");
    folder.edit("memos/2021/21210.yaml", "[schedule, changes]", "schedule");
    let run = folder.run(&["issue", "21210"]);
    assert_eq!((run.status, run.faults.as_str()), (0, ""));
    assert!(july(&folder));
}

#[test]
fn a_correction_names_what_comes_with_it_and_takes_it_only_if_told() {
    let folder = Folder::with_seed();
    assert_eq!(folder.run(&["issue", "21144"]).status, 0);
    let correct = ["issue", "21144", "--correct", "the telephone", "--date", "2021-09-02"];
    let told = [&correct[..], &["--with-changes"]].concat();
    let nothing = "21144 has not changed since it was issued; edit it first";
    for arguments in [&correct[..], &told] {
        assert!(folder.run(arguments).results.starts_with(nothing));
    }
    // What the memo does not print comes with nothing.
    folder.edit("memos/office.yaml", "    name: General Election", "    name: Presidential Election");
    assert!(folder.run(&correct).results.starts_with(nothing));

    // A fact alone has changed.
    let text = folder.read(MEMO);
    folder.edit("memos/office.yaml", "5th Floor", "6th Floor");
    let run = folder.run(&correct);
    assert_eq!(run.status, 1);
    assert!(
        run.faults.contains("21144 is not corrected: it was not edited, but it would be printed"),
        "{}",
        run.faults
    );
    let address = "letterhead.address: from “1500 11th Street, 5th Floor, Sacramento, CA 95814” to “1500 11th Street, 6th Floor";
    assert!(run.results.contains(address), "{}", run.results);
    assert!(run.results.contains("add --with-changes") && folder.read(MEMO) == text, "{}", run.results);
    let left = data(&folder, &correct)["left"][0].clone();
    assert_eq!((left["why"].as_str(), left["is_edited"].as_bool()), (Some("brings-changes"), Some(false)));
    assert_eq!(left["differences"][0]["what"], "letterhead.address");

    // With an edit, too; and the edit is not named among what comes with it.
    folder.edit(MEMO, "All County Clerks", "All Clerks");
    let run = folder.run(&correct);
    assert_eq!(run.status, 1);
    assert!(run.faults.contains("besides your edit"), "{}", run.faults);
    assert!(run.results.contains(address) && !run.results.contains("All Clerks"), "{}", run.results);
    let run = folder.run(&told);
    assert_eq!((run.status, run.faults.as_str()), (0, ""), "{}", run.results);
    assert!(run.results.contains("With 21144 comes, besides its edit:") && run.results.contains(address));
    let memo = folder.read("output/ccrov/2021/august/21144dl.md");
    assert!(memo.contains("6th Floor") && memo.contains("All Clerks"), "{memo}");
    folder.build();

    // A fact alone can be corrected.
    folder.edit("memos/office.yaml", "6th Floor", "7th Floor");
    let again = ["issue", "21144", "--correct", "the floor", "--date", "2021-09-03", "--with-changes"];
    let run = folder.run(&again);
    assert_eq!((run.status, run.faults.as_str()), (0, ""), "{}", run.results);
    assert!(folder.read("output/ccrov/2021/august/21144dl.md").contains("7th Floor"));
    folder.build();
    assert!(folder.run(&again).results.starts_with(nothing));
}

#[test]
fn a_correction_names_a_template_a_look_and_a_release_that_changed() {
    let folder = Folder::with_seed();
    assert_eq!(folder.run(&["issue", "21144"]).status, 0);
    let correct = ["issue", "21144", "--correct", "the addressees", "--date", "2021-09-02"];
    folder.edit(MEMO, "All County Clerks", "All Clerks");
    let release = "memos/releases/votecal-2021-2.yaml";
    let (was, office) = (folder.read(release), folder.read("memos/office.yaml"));
    folder.edit(release, "deployment: 2021-10-08", "deployment: 2021-10-15");
    let run = folder.run(&correct);
    assert_eq!(run.status, 1);
    assert!(
        run.results.contains("milestones.deployment.date: from “October 8, 2021” to “October 15, 2021”"),
        "{}",
        run.results
    );
    assert!(run.results.contains("the memo: from “| 17 | … search works"), "{}", run.results);
    folder.file(release, was).file("memos/office.yaml", format!("theme:\n  size: 12\n{office}"));
    let run = folder.run(&correct);
    assert_eq!(run.status, 1, "{}", run.results);
    assert!(
        run.results.contains("the look of the PDF, for this changed: memos/office.yaml"),
        "{}",
        run.results
    );
    folder.file("memos/office.yaml", office);
    let run = folder.run(&correct);
    assert_eq!((run.status, run.faults.as_str()), (0, ""), "{}", run.results);
    assert!(!run.results.contains("besides"), "{}", run.results);
}

#[test]
fn that_a_memo_was_issued_is_undone_as_long_as_no_target_has_it() {
    let folder = Folder::with_seed();
    folder.edit(MEMO, "status: issued", "status: approved");
    folder.build();
    let (text, manifest) = (folder.read(MEMO), folder.read("output/manifest.json"));
    assert_eq!(folder.run(&["issue", "21144"]).status, 0);
    let undo = ["issue", "21144", "--undo"];
    let dry = folder.run(&[&undo[..], &["--dry-run"]].concat());
    assert!(
        dry.results
            .starts_with("Would no longer be issued: 21144, `status: approved`. It keeps `knows: 1`.\n")
    );
    assert!(folder.has(LOCK));
    let run = folder.run(&undo);
    assert_eq!((run.status, run.faults.as_str()), (0, ""), "{}", run.results);
    assert!(
        run.results.contains("This folder knows of no place to which it was published."),
        "{}",
        run.results
    );
    assert!(!folder.has(LOCK) && folder.read(MEMO) == text);
    assert!(folder.read("output/manifest.json") == manifest);
    let check = folder.run(&["build", "--check"]);
    assert_eq!((check.status, check.faults.as_str()), (0, ""), "{}", check.results);
    assert_eq!(folder.run(&undo).status, 2, "it is not issued");

    // What a target has stays issued, whoever published it.
    assert_eq!(folder.run(&["issue", "21144"]).status, 0);
    folder.build();
    let target = Folder::empty();
    let www = target.path().join("www");
    let www = www.to_str().unwrap();
    let office = folder.read("memos/office.yaml");
    folder.file(
        "memos/office.yaml",
        office.replace("website:\n", &format!("website:\n  publish_to: [{www}]\n")),
    );
    folder.build();
    assert_eq!(folder.run(&["publish", www]).status, 0);
    for by_others in [false, true] {
        if by_others {
            fs::remove_file(folder.path().join(".ccrov/published.json")).unwrap();
        }
        let lock = folder.read(LOCK);
        let run = folder.run(&undo);
        assert_eq!(run.status, 2, "{}", run.results);
        assert!(
            run.faults.contains(&format!("21144 stays as it is: it was published to {www}; `ccrov withdraw"))
        );
        assert!(folder.read(LOCK) == lock);
    }
    assert_eq!(folder.run(&["publish", www, "--undo"]).status, 0);
    let run = folder.run(&undo);
    assert_eq!((run.status, run.faults.as_str()), (0, ""), "{}", run.results);
    assert!(run.results.contains(&format!("It is not at {www}.")), "{}", run.results);
}

#[test]
fn what_others_are_built_upon_stays_issued() {
    let folder = delayed();
    memo(&folder, "21210", "2021-06-20", "updates: 21200\n");
    assert_eq!(folder.run(&["issue", "21210"]).status, 0);
    let run = folder.run(&["issue", "21200", "--undo"]);
    assert_eq!(run.status, 2);
    assert!(run.faults.contains("memo 21210 names it and is issued"), "{}", run.faults);
    let both = data(&folder, &["issue", "21200", "21210", "--undo"]);
    assert_eq!(both["undone"].as_array().unwrap().len(), 2);
    folder.build();
    let reason = ["issue", "21200", "--correct", "x"];
    assert_eq!(folder.run(&reason).status, 1, "it has no lock");
    assert_eq!(folder.run(&["issue", "21200"]).status, 0);
    folder.edit("memos/2021/21200.yaml", "to: All", "to: All Counties");
    assert_eq!(folder.run(&reason).status, 0);
    let run = folder.run(&["issue", "21200", "--undo"]);
    assert!(run.status == 2 && run.faults.contains("it was corrected"), "{}", run.faults);
}

#[test]
fn the_memo_that_tells_a_delay_says_what_the_counties_have_read_before() {
    let folder = election();
    // The election was moved by two weeks after 21200 was issued, and nobody told it; now the ballots are late, too.
    let slip = [
        "slip",
        "ballots",
        "--move",
        "ballots=2021-09-07",
        "--reason",
        "a late fix",
        "--announced",
        "2021-06-20",
    ];
    let run = folder.run(&[&slip[..], &["--yes"]].concat());
    assert_eq!(run.status, 0, "{}", run.faults);
    let run = folder.run(&["new", "21210", "--announces", "ballots", "--changes"]);
    assert_eq!(run.status, 0, "{}", run.faults);
    assert!(folder.read("memos/2021/21210.yaml").contains("updates: 21200"));
    let run = folder.run(&["build", "21210"]);
    assert_eq!(run.status, 0, "{}", run.faults);
    let memo = folder.read("output/ccrov/2021/june/21210dl.md");
    assert!(memo.contains("- Ballots: September 7, 2021 (it was August 16, 2021)"), "{memo}");
    assert!(memo.contains("Step 2 moved from August 16 to September 7, 2021"), "{memo}");
}
