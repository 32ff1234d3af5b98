//! What a person asks for, through the library alone: without a terminal, a command line or a clock.

use std::sync::Arc;

use crate::common::{Folder, disk::Full, files};
use ccrov::{
    desk::{
        self, BuildRequest, CorrectionRequest, Desk, IssueRequest, MilestoneMove, NewMemo, Origin,
        PublishRequest, Refused, SlipPurpose, SlipRequest, WithdrawRequest,
    },
    folder::{Overlay, Plan, Snapshot, WorkingFolder},
    publish,
};
use chrono::NaiveDate;

const RELEASE: &str = "votecal-2021-2";
const MEMO: &str = "memos/2021/21150.yaml";

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

fn late() -> SlipRequest {
    SlipRequest {
        closed: Vec::new(),
        purpose: SlipPurpose::Record,
        release: RELEASE.to_owned(),
        moves: vec![MilestoneMove {
            milestone: "release".to_owned(),
            start: day(2021, 12, 5).into(),
            end: None,
        }],
        reason: "a late fix".to_owned(),
        announced: day(2021, 9, 20),
        answers: Default::default(),
    }
}

/// Plans something, and does it.
fn done<R>(folder: &Folder, plan: impl FnOnce(&Snapshot) -> Result<Plan<R>, Refused>) -> R {
    let working = WorkingFolder::at(folder.path());
    let snapshot = Desk::at(&working).snapshot().unwrap();
    let plan = plan(&snapshot).unwrap_or_else(|refused| panic!("{refused}"));
    working.commit(plan).unwrap().report
}

/// Records the delay, and builds what follows.
fn slipped(snapshot: &Snapshot) -> Result<Plan<()>, Refused> {
    let plan = desk::slip(snapshot, &late())?;
    let built = desk::build(&snapshot.with(&plan.sources), &BuildRequest::default())?;
    Ok(plan.and_build(built).map(drop))
}

fn issue(memo: &str, correction: Option<CorrectionRequest>) -> IssueRequest {
    IssueRequest { memos: vec![memo.to_owned()], correction, anyway: None }
}

/// A year of a memo: begun, its release slips, issued, corrected, withdrawn, published.
fn by_the_library(folder: &Folder, target: &Folder) {
    let announcing = Origin::Announcing { release: RELEASE.to_owned(), changes: false, proposed: false };
    done(folder, slipped);
    let new = NewMemo { name: Some("21150".to_owned()), origin: announcing, ..NewMemo::default() };
    assert_eq!(done(folder, |now| desk::new_memo(now, &new)).files, [MEMO]);
    folder.edit(MEMO, "status: draft", "status: approved");
    done(folder, |now| desk::build(now, &BuildRequest::default()));
    let issued = done(folder, |now| desk::issue(now, &issue("21150", None)));
    assert_eq!(issued.issued[0].id, "21150");
    folder.edit(MEMO, "to:", "# who\nto:");
    let correction = CorrectionRequest {
        what: "the list".to_owned(),
        date: day(2021, 9, 21),
        changes: desk::TakenChanges::Unasked,
        is_dated: true,
    };
    let corrected = done(folder, |now| desk::issue(now, &issue("21150", Some(correction))));
    assert_eq!(corrected.issued[0].id, "21150");
    let why = "it was sent twice".to_owned();
    let withdraw = WithdrawRequest { memo: "21150".to_owned(), why, date: day(2021, 9, 22) };
    done(folder, |now| desk::withdraw(now, &withdraw));
    done(folder, |now| desk::build(now, &BuildRequest::default()));

    let working = WorkingFolder::at(folder.path());
    let place = publish::Folder::open(&target.path().join("www"), folder.path()).unwrap();
    let now = Desk::at(&working).snapshot().unwrap();
    let publication = desk::publish(&now, &PublishRequest::default(), Box::new(place)).unwrap();
    let (files, told) = (publication.files_sent(), std::cell::Cell::new(0));
    let published = publication.commit(|_| told.set(told.get() + 1)).unwrap();
    assert_eq!((told.get(), published.report.files.len()), (files, files), "each file is told as it goes");
    assert!(files > 40);
}

fn by_the_commands(folder: &Folder, target: &Folder) {
    let www = target.path().join("www");
    let slip = ["slip", RELEASE, "--yes", "--move", "release=2021-12-05", "--reason", "a late fix"];
    for arguments in [
        &[&slip[..], &["--announced", "2021-09-20"]].concat()[..],
        &["new", "21150", "--announces", RELEASE],
        &["approve"],
        &["build"],
        &["issue", "21150"],
        &["edit"],
        &["issue", "21150", "--correct", "the list", "--date", "2021-09-21"],
        &["withdraw", "21150", "--why", "it was sent twice", "--date", "9/22/2021"],
        &["build"],
        &["publish", www.to_str().unwrap()],
    ] {
        if arguments == ["approve"] {
            folder.edit(MEMO, "status: draft", "status: approved");
            continue;
        }
        if arguments == ["edit"] {
            folder.edit(MEMO, "to:", "# who\nto:");
            continue;
        }
        let run = folder.run(arguments);
        assert_eq!((run.status, run.faults.as_str()), (0, ""), "{arguments:?} {}", run.results);
    }
}

#[test]
fn the_library_and_the_commands_leave_the_same_folder() {
    let (one, other) = (Folder::with_seed(), Folder::with_seed());
    let (target, other_target) = (Folder::empty(), Folder::empty());
    by_the_library(&one, &target);
    by_the_commands(&other, &other_target);
    for (one, other) in [(&one, &other), (&target, &other_target)] {
        assert_eq!(files(one.path()), files(other.path()));
        for file in files(one.path()) {
            assert!(one.bytes(&file) == other.bytes(&file), "{file}");
        }
    }
}

#[test]
fn a_plan_changes_nothing_before_it_is_committed() {
    let folder = Folder::with_seed();
    folder.build();
    let before: Vec<_> = files(folder.path()).into_iter().map(|file| (folder.bytes(&file), file)).collect();
    let snapshot = Desk::at(&WorkingFolder::at(folder.path())).snapshot().unwrap();
    let plan = slipped(&snapshot).unwrap();
    assert!(!plan.sources.is_empty() && plan.output.is_some());
    drop(plan);
    let after: Vec<_> = files(folder.path()).into_iter().map(|file| (folder.bytes(&file), file)).collect();
    assert!(before == after);
}

#[test]
fn a_folder_in_memory_is_read_and_built_as_one_on_disk() {
    let folder = Folder::with_seed();
    let mut memory = Overlay::empty();
    for file in files(folder.path()) {
        memory = memory.with(&file, folder.bytes(&file));
    }
    let mut desk = Desk::over(Arc::new(memory), Arc::new(Overlay::empty()));
    let built = desk::build(&desk.snapshot().unwrap(), &BuildRequest::default()).unwrap();
    folder.build();
    for change in built.output.unwrap().changes {
        if let ccrov::output::Verdict::Create(bytes) = change.verdict {
            assert!(folder.bytes(&format!("output/{}", change.path)) == bytes, "{}", change.path);
        }
    }
}

#[test]
fn unsaved_text_is_built_as_if_it_were_saved() {
    let folder = Folder::with_seed();
    let disk = WorkingFolder::at(folder.path()).disk();
    let memo = "memos/2021/21144.yaml";
    let text = folder.read(memo).replace("status: issued", "status: isued");
    let unsaved = Overlay::over(disk).with(memo, text);
    let mut desk = Desk::over(Arc::new(unsaved), Arc::new(Overlay::empty()));
    let report = desk::check(&desk.snapshot().unwrap(), &[]).unwrap();
    assert_eq!((report.errors, report.with_faults), (1, vec!["21144".to_owned()]));
    assert_eq!(folder.run(&["check"]).status, 0);
}

#[test]
fn a_file_that_was_saved_in_the_meantime_is_not_overwritten() {
    let folder = Folder::with_seed();
    let working = WorkingFolder::at(folder.path());
    let plan = slipped(&Desk::at(&working).snapshot().unwrap()).unwrap();
    let release = format!("memos/releases/{RELEASE}.yaml");
    folder.edit(&release, "name:", "# saved by somebody else\nname:");
    let text = folder.read(&release);
    let failed = working.commit(plan).unwrap_err();
    assert!(failed.is_stale() && failed.to_string().contains("was changed in the meantime"), "{failed}");
    assert_eq!(folder.read(&release), text);
    assert!(!folder.has("output") && !folder.has(".ccrov/journal.json"));
}

#[test]
fn a_desk_reads_again_only_what_changed_and_sees_every_change() {
    let folder = Folder::with_seed();
    let mut desk = Desk::at(&WorkingFolder::at(folder.path()));
    let text = |snapshot: &Snapshot| snapshot.memo("21144").unwrap().1.to_owned();
    let first = desk.snapshot().unwrap();
    assert_eq!(text(&desk.snapshot().unwrap()), text(&first));
    folder.edit("memos/2021/21144.yaml", "status: issued", "status: draft");
    assert!(text(&desk.snapshot().unwrap()).contains("status: draft"));
    std::fs::remove_file(folder.path().join("memos/2021/21144.yaml")).unwrap();
    assert!(desk.snapshot().unwrap().memo("21144").is_none());
}

/// Whatever the step at which a slip stops, the next command completes it or nothing of it is there.
#[test]
fn a_slip_that_stops_at_any_step_is_completed_by_the_next_command_or_never_was() {
    let whole = Folder::with_seed();
    whole.build();
    let counting = Full::after(usize::MAX);
    let working = WorkingFolder::at(whole.path());
    let plan = slipped(&Desk::at(&working).snapshot().unwrap()).unwrap();
    let _receipt = working.commit_through(&counting, plan).unwrap();
    let steps = counting.steps();
    assert!(steps > 10, "{steps}");

    let built = Folder::with_seed();
    built.build();
    for stop in 0..steps {
        let folder = Folder::copy(built.path(), ".");
        let working = WorkingFolder::at(folder.path());
        let plan = slipped(&Desk::at(&working).snapshot().unwrap()).unwrap();
        let _ = working.commit_through(&Full::after(stop), plan);
        assert_eq!(folder.run(&["build"]).status, 0, "{stop}");
        let release = folder.read(&format!("memos/releases/{RELEASE}.yaml"));
        let wanted = if release.contains("a late fix") { &whole } else { &built };
        for file in files(wanted.path()) {
            assert!(folder.bytes(&file) == wanted.bytes(&file), "{file} after stop {stop}");
        }
        assert_eq!(files(folder.path()), files(wanted.path()), "{stop}");
    }
}

/// Whatever the step at which a publication stops, visitors have the old site or the new one, and the next publication
/// finishes it.
#[test]
fn a_publication_that_stops_at_any_step_leaves_a_whole_site_and_is_finished_by_the_next() {
    let folder = Folder::with_seed();
    folder.build();
    let working = WorkingFolder::at(folder.path());
    let publish_through = |target: &Folder, system: Arc<Full>| {
        let place = publish::Folder::open(&target.path().join("www"), folder.path()).unwrap().through(system);
        let now = Desk::at(&working).snapshot().unwrap();
        desk::publish(&now, &PublishRequest::default(), Box::new(place)).unwrap().commit(|_| ()).map(drop)
    };
    let (whole, counting) = (Folder::empty(), Arc::new(Full::after(usize::MAX)));
    publish_through(&whole, Arc::clone(&counting)).unwrap();
    let site = |target: &Folder| {
        let all = files(&target.path().join("www")).into_iter();
        all.filter(|file| !file.starts_with("_ccrov")).collect::<Vec<_>>()
    };
    for stop in (0..counting.steps()).step_by(11) {
        let target = Folder::empty();
        assert!(publish_through(&target, Arc::new(Full::after(stop))).is_err(), "{stop}");
        assert!(site(&target).is_empty() || site(&target) == site(&whole), "{stop}: {:?}", site(&target));
        publish_through(&target, Arc::new(Full::after(usize::MAX))).unwrap();
        assert_eq!(site(&target), site(&whole), "{stop}");
    }
}
