//! What rules of several dates, of limits and of rolls come to, worked out by hand.

use crate::common::plan::{faults, good};
use ccrov::schedule::Edge::{End, Start};

/// A release of the general election of November 5, 2024.
fn plan(milestones: &str, tasks: &str) -> String {
    format!("name: R\ncalendar: state\nelection: general-2024\nmilestones:\n{milestones}tasks:\n{tasks}")
}

/// A task of the state.
fn task(id: &str, dates: &str) -> String {
    format!("- {{id: {id}, step: 1{id}, owners: sos, text: x, {dates}}}\n")
}

/// What is said of the start of the last of some tasks.
fn start(milestones: &str, tasks: &[(&str, &str)]) -> String {
    let text: String = tasks.iter().map(|(id, dates)| task(id, dates)).collect();
    good(&plan(milestones, &text)).said(tasks[tasks.len() - 1].0, Start, 0, "2024-01-01")
}

const RELEASE: &str = "  release: 2024-07-14\n";

#[test]
fn after_several_the_latest_counts_and_before_several_the_earliest() {
    let two = [("a", "end: 6/3/2024"), ("b", "end: 6/7/2024")];
    let after = |rule| [&two[..], &[("c", rule)]].concat();
    assert_eq!(
        start(RELEASE, &after("start: {after: [a, b]}")),
        "6/10/2024: 1 working day after step 1b, June 7, 2024, the later of step 1a (June 3, 2024) and step 1b \
         (June 7, 2024)"
    );
    assert_eq!(
        start(RELEASE, &after("start: {after: [a, b, release], lag: 1w, closed: next}")),
        "7/22/2024: 1 week after the release, July 14, 2024, the latest of step 1a (June 3, 2024), step 1b (June 7, \
         2024) and the release (July 14, 2024); Sunday, July 21, is not a working day, and the next working day is taken"
    );
    assert_eq!(
        start(RELEASE, &after("start: {after: [a]}")),
        "6/4/2024: 1 working day after step 1a, June 3, 2024"
    );
    let three =
        [("a", "start: 6/14/2024, takes: 3wd"), ("b", "start: 6/11/2024"), ("c", "start: {before: [a, b]}")];
    assert_eq!(
        start(RELEASE, &three),
        "6/10/2024: 1 working day before the start of step 1b, June 11, 2024, the earlier of step 1a (June 14, 2024) and \
         step 1b (June 11, 2024)"
    );
}

#[test]
fn before_a_task_ends_the_working_day_before_it_starts() {
    let said = |rule: &str| {
        let tasks =
            task("b", "start: 6/10/2024, takes: 2wd") + &task("a", &format!("end: {rule}, takes: 2wd"));
        let read = good(&plan(RELEASE, &tasks));
        (read.said("a", Start, 0, "2024-01-01"), read.said("a", End, 0, "2024-01-01"))
    };
    let (first, last) = said("{before: b}");
    assert_eq!(last, "6/7/2024: 1 working day before the start of step 1b, June 10, 2024");
    assert_eq!(first, "6/6/2024: it takes 2 working days to June 7, 2024");
    assert!(said("{before: b, lag: 3wd}").1.starts_with("6/5/2024: 3 working days before"));
    assert!(said("{before: b, lag: 0d}").1.starts_with("6/10/2024: when step 1b starts"));
    assert_eq!(said("{before: release}").1, "7/12/2024: 1 working day before the release, July 14, 2024");
}

#[test]
fn a_date_waits_for_the_day_that_it_may_not_be_before() {
    let said = |rule: &str| start(RELEASE, &[("a", "end: 6/7/2024"), ("b", rule)]);
    let usual = "1 working day after step 1a, June 7, 2024";
    assert_eq!(said("start: {after: a, not_before: 2024-06-05}"), format!("6/10/2024: {usual}"));
    assert_eq!(
        said("start: {after: a, not_before: 2024-06-12}"),
        format!("6/12/2024: {usual}, but not before June 12, 2024")
    );
    // A rule that counts working days leads to one.
    assert_eq!(
        said("start: {after: a, not_before: release}"),
        format!(
            "7/15/2024: {usual}, but not before the release, July 14, 2024; Sunday, July 14, is not a working day, and the \
             next working day is taken"
        )
    );
    assert!(said("start: {after: a, not_before: release, closed: stay}").starts_with("7/14/2024: "));
    // The working day before would be too early.
    assert!(said("start: {after: a, not_before: release, closed: previous}").starts_with("7/15/2024: "));
    assert_eq!(
        said("start: {after: a, not_before: E-60}"),
        format!("9/6/2024: {usual}, but not before September 6, 2024")
    );
    let text = plan(
        RELEASE,
        &(task("a", "end: 6/7/2024") + &task("b", "start: {after: a, lag: 3d, not_before: release}")),
    );
    let found = faults(&text, 0, "2024-01-01");
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with("closed-day-unsaid: ") && found[0].contains("Sunday, July 14"), "{found:?}");
}

#[test]
fn a_milestone_follows_a_task() {
    let milestones = "  release: {after: install, lag: 5wd}\n  install: 2024-05-01\n  review: {with: test}\n";
    let text = plan(milestones, &(task("install", "end: 6/7/2024") + &task("test", "start: {at: release}")));
    let read = good(&text);
    // A milestone's rule takes the milestone of that name, as it always has.
    assert_eq!(
        read.said("release", Start, 0, "2024-01-01"),
        "5/8/2024: 5 working days after the install, May 1, 2024"
    );
    assert_eq!(read.said("review", Start, 0, "2024-01-01"), "5/8/2024: when step 1test starts, May 8, 2024");

    let lost = plan(
        "  release: {after: [install, test]}\n",
        &(task("install", "end: 6/7/2024, until: 1") + &task("test", "end: 6/7/2024")),
    )
    .replace("tasks:", "delays:\n- {announced: 2024-05-01, cause: x, moves: {}}\ntasks:");
    assert_eq!(
        faults(&lost, 0, "2024-01-01"),
        [
            "unknown-task: `install`: the release hangs on `install`, which is not in the plan of delay 1; a task of the same \
             plans is expected; give both the same `since` and `until`, or two tasks, one for each plan"
        ]
    );
}

#[test]
fn e_numbers_and_windows_take_an_offset() {
    let said = |rule: &str| start("  drill: {start: 2024-06-17, end: 2024-06-21}\n", &[("a", rule)]);
    assert_eq!(
        said("start: {at: E-1, offset: -3wd}"),
        "10/30/2024: 3 working days before E-1, November 4, 2024"
    );
    assert_eq!(
        said("start: {at: E+0, offset: -5wd}"),
        "10/29/2024: 5 working days before the General Election, November 5, 2024"
    );
    assert_eq!(
        said("start: {during: drill, offset: 1wd}"),
        "6/18/2024: 1 working day after the first day of the drill, June 17, 2024"
    );
    let read = good(&plan(
        "  drill: {start: 2024-06-17, end: 2024-06-21}\n",
        &(task("a", "start: {during: drill, offset: 1wd}")
            + &task("b", "end: {during: drill, offset: -1wd}, takes: 1wd")),
    ));
    // It lasts to the last day of the window.
    assert_eq!(read.said("a", End, 0, "2024-01-01"), "6/21/2024: the last day of the drill, June 21, 2024");
    assert_eq!(
        read.said("b", End, 0, "2024-01-01"),
        "6/20/2024: 1 working day before the last day of the drill, June 21, 2024"
    );
    let text = plan(
        "  drill: {start: 2024-06-17, end: 2024-06-21}\n",
        &task("a", "start: {during: drill, offset: -1wd}, takes: 1wd"),
    );
    assert!(
        faults(&text, 0, "2024-01-01")[0].starts_with("outside-window: `drill`: step 1a starts on June 14")
    );
}

#[test]
fn weeks_are_seven_days_of_the_calendar() {
    assert_eq!(
        start("  deployment: 2024-06-07\n", &[("a", "start: {at: deployment, offset: -2w, closed: stay}")]),
        "5/24/2024: 2 weeks before the deployment, June 7, 2024"
    );
    let found = faults(&plan(RELEASE, &task("a", "start: 6/7/2024, takes: 2w")), 0, "2024-01-01");
    assert!(
        found[0].starts_with("bad-value: `2w`: it takes 2w; a number of working days is expected"),
        "{found:?}"
    );
}

#[test]
fn a_limit_can_be_a_date() {
    let text = plan(RELEASE, &task("a", "start: 6/7/2024, by: 2024-06-06"));
    assert_eq!(
        faults(&text, 0, "2024-01-01"),
        [
            "past-limit: `2024-06-06`: step 1a ends on June 7, 2024, later than it may; it must have ended: the latest day is \
             June 6, 2024; let it end earlier, or look whether the limit is still right"
        ]
    );
    assert!(faults(&text.replace("by: 2024-06-06", "by: 6/7/2024"), 0, "2024-01-01").is_empty());
    let impossible = faults(&text.replace("by: 2024-06-06", "by: 2/30/2024"), 0, "2024-01-01");
    assert!(
        impossible[0].starts_with("impossible-date: `2/30/2024`: there is no day 2/30/2024"),
        "{impossible:?}"
    );
}

#[test]
fn what_is_fixed_stays_on_a_closed_day_unless_it_says_otherwise() {
    let law = |keys: &str| format!("  ballots: {{{keys}, fixed: true, authority: Elections Code 3114}}\n");
    let said = |keys: &str| good(&plan(&law(keys), "")).said("ballots", Start, 0, "2024-01-01");
    let day = "45 days before the General Election, November 5, 2024 (E-45); Saturday, September 21, is not a working day";
    let by = "fixed by Elections Code 3114";
    assert_eq!(said("date: E-45"), format!("9/21/2024: {day}, and the date stays; {by}"));
    assert_eq!(
        said("date: {at: E-45, closed: next}"),
        format!("9/23/2024: {day}, and the next working day is taken; {by}")
    );
}

#[test]
fn a_deadline_rolls_by_the_calendar_that_it_names() {
    // Admission Day, September 9, moves a deadline, and state offices are open. Labor Day is closed for both.
    let office_open = "start: {at: E-57, closed: next}";
    assert_eq!(
        start(RELEASE, &[("a", office_open)]),
        "9/9/2024: 57 days before the General Election, November 5, 2024 (E-57)"
    );
    let rolled = start(RELEASE, &[("a", "start: {at: E-57, roll: counties}")]);
    assert_eq!(
        rolled,
        "9/10/2024: 57 days before the General Election, November 5, 2024 (E-57); Monday, September 9, is closed for \
         counties: Admission Day, and the next working day is taken"
    );
    assert!(
        start(RELEASE, &[("a", "start: {at: E-57, roll: counties, closed: previous}")])
            .starts_with("9/6/2024: ")
    );
    // Five working days of the state before September 16 are September 9, which then rolls.
    let counted =
        start("  filing: 2024-09-16\n", &[("a", "start: {at: filing, offset: -5wd, roll: counties}")]);
    assert!(counted.starts_with("9/10/2024: 5 working days before the filing"), "{counted}");
    let unknown = faults(&plan(RELEASE, &task("a", "start: {at: E-57, roll: legal}")), 0, "2024-01-01");
    assert!(unknown[0].starts_with("unknown-calendar: `legal`"), "{unknown:?}");
}

#[test]
fn what_waits_for_itself_through_a_list_is_a_cycle() {
    let tasks = task("a", "start: {after: [b, c]}, takes: 1wd")
        + &task("b", "start: 6/7/2024, takes: 1wd")
        + &task("c", "start: {after: b, not_before: a}, takes: 1wd");
    let found = faults(&plan(RELEASE, &tasks), 0, "2024-01-01");
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with("rule-cycle: "), "{found:?}");
}

#[test]
fn ten_thousand_predecessors_in_lists_take_no_stack_and_little_time() {
    let mut tasks = task("t0", "start: 6/3/2024, takes: 1wd");
    for at in 1..10_000 {
        let two = if at > 1 { format!("[t{}, t{}]", at - 1, at - 2) } else { "[t0]".to_owned() };
        tasks +=
            &task(&format!("t{at}"), &format!("start: {{after: {two}, lag: 0d, closed: next}}, takes: 1wd"));
    }
    let all: Vec<String> = (0..10_000).map(|at| format!("t{at}")).collect();
    tasks += &task("last", &format!("start: {{after: [{}]}}", all.join(", ")));
    let said = good(&plan(RELEASE, &tasks)).said("last", Start, 0, "2024-01-01");
    assert!(said.starts_with("6/4/2024: 1 working day after step 1t"), "{said}");
    assert!(said.ends_with("and 9988 more"), "{said}");
}
