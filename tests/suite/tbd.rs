//! Dates that nobody knows yet: what hangs on them has none either, and nothing says a date that is not one.

use crate::common::plan::{faults, good};
use ccrov::{
    model::DateCell,
    schedule::Edge::{End, Start},
};

const TASKS: &str = "tasks:
- {id: copy, step: 1, owners: sos, text: Copy, end: {at: deployment, offset: -1wd}, takes: 3wd}
- {id: install, step: 2, owners: sos, text: Install, start: {at: deployment}, by: release}
- {id: test, step: 3, owners: counties, text: Test, start: {after: [install, train]}, takes: 2wd}
- {id: train, step: 4, owners: counties, text: Train, start: 6/3/2024, takes: 1wd}
- {id: practice, step: 5, owners: counties, text: Practice, start: {during: drill}}
- {id: report, step: 6, owners: sos, text: Report, start: {after: train, not_before: release}}
";

fn plan(deployment: &str, delays: &str) -> String {
    format!(
        "name: R\nmilestones:\n  deployment: {deployment}\n  drill: {{start: {{after: deployment, lag: 5wd}}, takes: 5wd}}\n  \
         release: {{after: drill, lag: 10wd}}\n{delays}{TASKS}"
    )
}

#[test]
fn what_hangs_on_a_date_that_nobody_knows_has_none_and_says_why() {
    let read = good(&plan("TBD (Fall 2024)", ""));
    let said = |of, edge| read.said(of, edge, 0, "2030-01-01");
    assert_eq!(said("deployment", Start), "TBD (Fall 2024): as written");
    assert_eq!(said("copy", End), "TBD: the deployment has no date yet");
    assert_eq!(said("copy", Start), "TBD: the end of step 1 has no date yet");
    assert_eq!(said("drill", Start), "TBD: the deployment has no date yet");
    assert_eq!(said("release", Start), "TBD: the end of the drill has no date yet");
    assert_eq!(said("practice", Start), "TBD: the start of the drill has no date yet");
    // What waits for two waits for the one that nobody knows; so does what may not be before it.
    assert_eq!(said("test", Start), "TBD: the start of step 2 has no date yet");
    assert_eq!(said("report", Start), "TBD: the release has no date yet");
    assert_eq!(said("train", Start), "6/3/2024: as written");

    let resolved = read.resolved(0, "2030-01-01");
    let completed: Vec<_> =
        resolved.tasks.iter().filter(|task| task.completed).map(|t| t.task.id.as_str()).collect();
    assert_eq!(completed, ["train"]);
    assert!(resolved.milestones.iter().all(|milestone| milestone.now.known().is_none()));
    assert_eq!(faults(&plan("TBD (Fall 2024)", ""), 0, "2030-01-01"), [""; 0]);
}

#[test]
fn a_delay_takes_a_date_away_and_another_gives_one_back() {
    let delays = "delays:
- {announced: 2024-05-01, cause: x, moves: {deployment: TBA, drill: TBD}}
- {announced: 2024-05-20, cause: y, moves: {deployment: 2024-09-06, drill: 2024-09-16}}
";
    let read = good(&plan("2024-06-07", delays));
    let said = |of, edge, knows| read.said(of, edge, knows, "2024-05-21");
    assert_eq!(said("deployment", Start, 0), "6/7/2024: as written");
    assert_eq!(said("deployment", Start, 1), "TBD: moved by the delay announced May 1, 2024");
    assert_eq!(said("install", Start, 1), "TBD: the deployment has no date yet");
    assert_eq!(said("install", Start, 2), "9/6/2024: the day of the deployment, September 6, 2024");
    // The window keeps the length that it had when both its days were known.
    assert_eq!(said("drill", End, 0), "6/20/2024: it takes 5 working days from June 14, 2024");
    assert_eq!(said("drill", End, 1), "TBD: moved by the delay announced May 1, 2024");
    assert_eq!(said("drill", End, 2), "9/20/2024: moved by the delay announced May 20, 2024");
    let before = &read.resolved(2, "2024-05-21").milestones[0].before;
    assert!(matches!(before.start.cell(), DateCell::Tbd(_)));
}

#[test]
fn a_window_that_never_had_both_days_says_both_when_it_gets_them() {
    let text = "name: R\nmilestones:\n  drill: {start: 2024-06-17, end: TBD}\ndelays:\n\
                - {announced: 2024-05-01, cause: x, moves: {drill: 2024-06-24}}\ntasks: []\n";
    let found = faults(text, 1, "2024-05-02");
    assert_eq!(
        found,
        [
            "closed-day-unsaid: `2024-06-24`: the drill is moved by its first day alone, and it is not known when it ends; no \
             plan before has both its days; write both: {start: 2024-06-24, end: ...}"
        ]
    );
    let both = good(&text.replace("drill: 2024-06-24", "drill: {start: 2024-06-24, end: TBD (July)}"));
    assert_eq!(
        both.said("drill", End, 1, "2024-05-02"),
        "TBD (July): moved by the delay announced May 1, 2024"
    );
    assert_eq!(both.resolved(1, "2024-05-02").milestones[0].now.prose(), "June 24, 2024, to TBD (July)");
}

#[test]
fn what_happened_has_a_date() {
    let read = good(&plan("{date: TBD, actual: 2024-06-13}", ""));
    assert_eq!(read.said("install", Start, 0, "2024-06-12"), "TBD: the deployment has no date yet");
    assert_eq!(
        read.said("install", Start, 0, "2024-06-13"),
        "6/13/2024: the day of the deployment, June 13, 2024"
    );
}

#[test]
fn a_milestone_of_one_day_has_one_date_and_its_note() {
    let read = good(&plan("TBD (Fall 2024)", ""));
    let said = |edge| read.said("deployment", edge, 0, "2030-01-01");
    assert!(said(Start).starts_with("TBD (Fall 2024): ") && said(End).starts_with("TBD (Fall 2024): "));
    let resolved = read.resolved(0, "2030-01-01");
    assert_eq!(resolved.milestones[0].now.prose(), "TBD (Fall 2024)");
}
