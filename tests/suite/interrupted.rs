//! Whatever ends a command, and at whatever step: the next one finishes it, or it never was. What is said to be done
//! outlasts a loss of power.

use std::{collections::BTreeMap, fs, sync::OnceLock};

use crate::common::{
    Folder,
    failing::{End, Failing},
    files,
    served::Served,
};
use ccrov::{
    desk::{
        self, BuildRequest, CorrectionRequest, Desk, FieldChange, IssueRequest, MilestoneMove, NewMemo,
        Origin, Refused, SlipRequest, SourceFile, WithdrawRequest,
    },
    folder::{OutputChanges, Plan, Recovery, Snapshot, System, WorkingFolder, history, recover},
};
use chrono::NaiveDate;

const RELEASE: &str = "votecal-2021-2";

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

/// A built folder with an issued memo, and a draft with a text beside it.
fn folder() -> Folder {
    let folder = Folder::with_seed();
    folder
        .file(
            "memos/2021/drill.yaml",
            "date: September 1, 2021\nstatus: approved\nletterhead: elections\nto: All\nfrom: debra-ledsinger\n\
             subject: Drill\nupdates: 21144\nbody: drill-text.md\n",
        )
        .file("memos/2021/drill-text.md", "A drill.\n")
        .build();
    assert_eq!(folder.run(&["issue", "21144"]).status, 0);
    folder
}

/// What a command plans.
type Planning = dyn Fn(&Snapshot) -> Result<Plan<()>, Refused>;

/// Every command that writes, as a plan.
fn commands() -> Vec<(&'static str, Box<Planning>)> {
    fn issue(correction: Option<CorrectionRequest>, memo: &str) -> IssueRequest {
        IssueRequest { memos: vec![memo.to_owned()], correction, anyway: None }
    }
    vec![
        ("build", Box::new(|now| Ok(desk::build(now, &BuildRequest::default())?.map(drop)))),
        (
            "new",
            Box::new(|now| {
                let new = NewMemo {
                    name: Some("21150".to_owned()),
                    origin: Origin::Copy("drill".to_owned()),
                    ..NewMemo::default()
                };
                Ok(desk::new_memo(now, &new)?.map(drop))
            }),
        ),
        (
            "slip",
            Box::new(|now| {
                let moves = vec![MilestoneMove {
                    milestone: "release".to_owned(),
                    start: day(2021, 12, 5).into(),
                    end: None,
                }];
                let (reason, announced) = ("a late fix".to_owned(), day(2021, 9, 20));
                let (release, answers) = (RELEASE.to_owned(), Default::default());
                let slip = desk::slip(
                    now,
                    &SlipRequest {
                        release,
                        moves,
                        reason,
                        announced,
                        answers,
                        closed: Vec::new(),
                        purpose: desk::SlipPurpose::Record,
                    },
                )?;
                let built = desk::build(&now.with(&slip.sources), &BuildRequest::default())?;
                Ok(slip.and_build(built).map(drop))
            }),
        ),
        ("issue", Box::new(|now| Ok(desk::issue(now, &issue(None, "drill"))?.map(drop)))),
        (
            "correct",
            Box::new(|now| {
                let date = day(2021, 9, 2);
                let correction = CorrectionRequest {
                    what: "the addressees".to_owned(),
                    date,
                    changes: desk::TakenChanges::Unasked,
                    is_dated: true,
                };
                Ok(desk::issue(now, &issue(Some(correction), "21144"))?.map(drop))
            }),
        ),
        (
            "withdraw",
            Box::new(|now| {
                let (why, date) = ("it was sent twice".to_owned(), day(2021, 9, 2));
                let wish = WithdrawRequest { memo: "21144".to_owned(), why, date };
                Ok(desk::withdraw(now, &wish)?.map(drop))
            }),
        ),
        (
            "import",
            Box::new(|now| {
                let list = "Date,CCROV Number,Title,Address\n4/4/2016,16120,A,https://example.gov/a.pdf\n\
                        4/5/2016,16121,B,https://example.gov/b.pdf\n";
                Ok(desk::import(now, list.as_bytes())?.map(drop))
            }),
        ),
        (
            "set",
            Box::new(|now| {
                let value = FieldChange::Set("Another drill".to_owned());
                Ok(desk::set(now, &SourceFile::Memo("drill".to_owned()), "subject", &value)?.map(drop))
            }),
        ),
    ]
}

/// Every file of a folder, but those of the program's own.
fn bytes(folder: &Folder) -> BTreeMap<String, Vec<u8>> {
    let names = files(folder.path()).into_iter();
    names.map(|name| (name.clone(), folder.bytes(&name))).collect()
}

/// A folder in which a command has something to do.
fn before(command: &str) -> Folder {
    let folder = folder();
    match command {
        "correct" => {
            folder.edit("memos/2021/21144.yaml", "All County Clerks", "All Clerks");
        }
        "build" => {
            folder.edit("memos/2021/drill.yaml", "subject: Drill", "subject: Fire Drill");
        }
        _ => {}
    }
    folder
}

/// A plan once more: one is used up by its commit.
fn again(plan: &Plan<()>) -> Plan<()> {
    let output = plan.output.as_ref().map(|output| OutputChanges {
        changes: output.changes.clone(),
        upon: output.upon.clone(),
        unchanged: output.unchanged.clone(),
        foreign: output.foreign.clone(),
        moved: output.moved.clone(),
    });
    let (what, sources, locks) = (plan.what.clone(), plan.sources.clone(), plan.locks.clone());
    let files = plan.files.clone();
    Plan { report: (), what, files, sources, output, locks }
}

/// A folder in which a command has something to do, and its plan there.
fn planned(name: &str, plan: impl Fn(&Snapshot) -> Result<Plan<()>, Refused>) -> (Folder, Plan<()>) {
    let folder = before(name);
    let plan = plan(&Desk::at(&WorkingFolder::at(folder.path())).snapshot().unwrap());
    (folder, plan.unwrap_or_else(|refused| panic!("{name}: {refused}")))
}

/// Stops every command at every step.
fn at_every_step(end: End) {
    for (name, plan) in commands() {
        let (start, plan) = planned(name, plan);
        let (whole, counting) = (Folder::copy(start.path(), "."), Failing::never());
        let _receipt = WorkingFolder::at(whole.path()).commit_through(&counting, again(&plan)).unwrap();
        let (old, new) = (bytes(&start), bytes(&whole));
        assert_ne!(old, new, "{name}");
        let most = if name == "build" { 2 } else { 10 };
        assert!(counting.syncs() <= most, "{name} syncs {} times", counting.syncs());
        // In the middle one file after another is written, or takes its place: some of them stand for all.
        let steps = counting.steps();
        for stop in (0..steps).filter(|stop| *stop < 12 || stop + 20 > steps || stop % 5 == 0) {
            let folder = Folder::copy(start.path(), ".");
            let failing = Failing::after(stop, end);
            let _ = WorkingFolder::at(folder.path()).commit_through(&failing, again(&plan));
            if end == End::PowerLost {
                failing.lose_power();
            }
            let recovery = recover(&System, folder.path());
            let recovery = recovery.unwrap_or_else(|_| panic!("{name} is stuck after step {stop}"));
            let now = bytes(&folder);
            // What was only built may be built again, and nothing of it is taken for what it is not.
            if name == "build" {
                if stop % 9 == 0 {
                    assert_eq!(bytes(folder.build()), new, "{name} after step {stop}");
                }
                continue;
            }
            assert!(now == old || now == new, "{name} after step {stop}: {recovery:?}");
            if let Recovery::Forgotten { .. } = recovery {
                assert_eq!(now, old, "{name} after step {stop}");
            }
            assert_eq!(recover(&System, folder.path()).ok(), Some(Recovery::Nothing), "{name} {stop}");
        }
    }
}

#[test]
fn a_full_disk_leaves_all_or_nothing_of_any_command() {
    at_every_step(End::Full);
}

#[test]
fn a_kill_leaves_all_or_nothing_of_any_command() {
    at_every_step(End::Killed);
}

#[test]
fn a_loss_of_power_leaves_all_or_nothing_of_any_command() {
    at_every_step(End::PowerLost);
}

/// A loss of power right after a command has said that it is done takes nothing back.
#[test]
fn what_is_done_outlasts_a_loss_of_power() {
    for (name, plan) in commands().into_iter().filter(|(name, _)| *name != "build") {
        let (folder, plan) = planned(name, plan);
        let failing = Failing::never();
        let _receipt = WorkingFolder::at(folder.path()).commit_through(&failing, plan).unwrap();
        let done = bytes(&folder);
        failing.lose_power();
        assert_eq!(bytes(&folder), done, "{name}");
    }
}

#[test]
fn what_was_done_is_remembered_with_the_texts_of_before() {
    let folder = folder();
    assert_eq!(folder.run(&["issue", "drill"]).status, 0);
    let told: Vec<_> = history(folder.path()).collect();
    assert_eq!(told[0].what, "issue drill");
    assert!(told[0].at.is_some());
    let memo = told[0].texts.iter().find(|text| text.path.as_str() == "memos/2021/drill.yaml").unwrap();
    assert!(memo.before.as_ref().unwrap().contains("status: approved") && memo.after.is_none());
    // A copy without the program's own folder works.
    let copy = Folder::copy(folder.path(), ".");
    assert!(!copy.has(".ccrov"));
    assert_eq!(copy.run(&["build", "--check"]).status, 0);
    assert!(history(copy.path()).next().is_none());
}

/// A folder in which an issue was interrupted after all new files have taken their places, before the old ones go; then
/// somebody has edited one of these.
fn interrupted_and_edited() -> Folder {
    let (_, issue) = commands().into_iter().find(|(name, _)| *name == "issue").unwrap();
    let (start, plan) = planned("issue", issue);
    let stopped = |stop: usize| {
        let folder = Folder::copy(start.path(), ".");
        let failing = Failing::after(stop, End::Killed);
        let ended = WorkingFolder::at(folder.path()).commit_through(&failing, again(&plan)).is_ok();
        (folder, ended)
    };
    let is_between =
        |folder: &Folder| folder.has("memos/2021/21145.lock") && folder.has("memos/2021/drill.yaml");
    static STEP: OnceLock<usize> = OnceLock::new();
    let step = STEP.get_or_init(|| {
        let steps = (20..).map(|stop| (stop, stopped(stop))).take_while(|(_, (_, ended))| !ended);
        steps.into_iter().find(|(_, (folder, _))| is_between(folder)).unwrap().0
    });
    let (folder, _) = stopped(*step);
    folder.edit("memos/2021/drill.yaml", "subject: Drill", "subject: A drill that I edit");
    folder
}

#[test]
fn the_desk_finishes_what_was_interrupted_and_says_so() {
    let folder = interrupted_and_edited();
    let desk = Served::desk(folder.path());
    let home = desk.get("/").text();
    let said = "Issue drill was interrupted the last time. It is finished now. Somebody has changed memos/2021/drill.yaml since";
    assert!(home.contains(said), "{home}");
    assert!(!desk.get("/").text().contains(said), "it is said once");
    assert!(folder.has("memos/2021/21145.lock"));
    desk.end();
}

/// Somebody edits a file after a command was interrupted: what she wrote stays.
#[test]
fn an_edit_after_an_interruption_is_kept_and_told() {
    let folder = interrupted_and_edited();
    let run = folder.run(&["status"]);
    assert!(
        run.faults.contains("`ccrov issue drill` was interrupted; `ccrov build` finishes it"),
        "{}",
        run.faults
    );
    let run = folder.run(&["build"]);
    assert!(run.faults.contains("`ccrov issue drill` was interrupted; it is finished now"), "{}", run.faults);
    assert!(run.faults.contains("memos/2021/drill.yaml was edited after the interruption"), "{}", run.faults);
    assert!(folder.read("memos/2021/drill.yaml").contains("A drill that I edit"));
    assert!(folder.has("memos/2021/21145.lock"));
}

/// Whoever commits without having looked for it cannot spoil what is to be finished.
#[test]
fn no_other_change_begins_before_an_interrupted_one_is_finished() {
    let (_, issue) = commands().into_iter().find(|(name, _)| *name == "issue").unwrap();
    let (folder, plan) = planned("issue", issue);
    let working = WorkingFolder::at(folder.path());
    let stop = (10..).find(|stop| {
        let copy = Folder::copy(folder.path(), ".");
        let _ =
            WorkingFolder::at(copy.path()).commit_through(&Failing::after(*stop, End::Killed), again(&plan));
        copy.has("memos/2021/21145.yaml")
    });
    let copy = Folder::copy(folder.path(), ".");
    let in_copy = WorkingFolder::at(copy.path());
    let _ = in_copy.commit_through(&Failing::after(stop.unwrap(), End::Killed), again(&plan));
    let new = NewMemo { name: Some("21150".to_owned()), ..NewMemo::default() };
    let new = desk::new_memo(&Desk::at(&working).snapshot().unwrap(), &new).unwrap();
    let failed = in_copy.commit(new).unwrap_err().to_string();
    assert!(failed.contains("`ccrov issue drill` was interrupted a moment ago"), "{failed}");
    assert!(matches!(recover(&System, copy.path()), Ok(Recovery::Finished { .. })));
    assert!(copy.has("memos/2021/21145.lock") && !copy.has("memos/2021/drill.yaml"));
}

#[test]
fn what_killed_runs_leave_aside_goes_with_the_next_command() {
    let folder = folder();
    folder.file(".ccrov/aside/0", "half").file("output/.ccrov-aside/1", "half");
    folder.file(".ccrov/.writing-7-journal.json", "half");
    assert_eq!(folder.run(&["build"]).faults.matches("interrupted").count(), 0);
    assert!(
        !folder.has(".ccrov/.writing-7-journal.json")
            && !folder.has(".ccrov/aside")
            && !folder.has("output/.ccrov-aside")
    );
    assert_eq!(fs::read_to_string(folder.path().join(".ccrov/.gitignore")).unwrap(), "*\n");
    // The desk clears it away when it opens the folder, and says nothing: nothing was begun.
    folder.file(".ccrov/aside/0", "half").file("output/.ccrov-aside/1", "half");
    let desk = Served::desk(folder.path());
    assert!(!desk.get("/").text().contains("interrupted"));
    assert!(!folder.has(".ccrov/aside") && !folder.has("output/.ccrov-aside"));
}
