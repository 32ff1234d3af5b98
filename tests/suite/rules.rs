//! What rules come to, worked out by hand: dates, their reasons, and what cannot be.

use crate::common::plan::{faults, good};
use ccrov::schedule::Edge::{End, Start};

/// A release with milestones, delays and tasks.
fn plan(milestones: &str, delays: &str, tasks: &str) -> String {
    let delays = if delays.is_empty() { String::new() } else { format!("delays:\n{delays}") };
    format!(
        "name: R\ncalendar: state\nelection: general-2024\nmilestones:\n{milestones}{delays}tasks:\n{tasks}"
    )
}

/// A delay announced on September 20, 2024.
fn delay(moves: &str) -> String {
    format!("- {{announced: 2024-09-20, cause: x, moves: {{{moves}}}}}\n")
}

#[test]
fn what_happened_stands_from_its_day_on_though_it_was_moved_or_thought_to_be_over() {
    let text = plan(
        "  deployment: {date: 2024-10-08, actual: 2024-10-11}\n",
        &delay("deployment: 2024-10-10"),
        "- {id: late, step: 1, owners: sos, text: x, start: {at: deployment, offset: -20wd}, takes: 3wd, actual: 2024-09-24}
- {id: begun, step: 2, owners: sos, text: x, start: {at: deployment, offset: -19wd}, takes: 2wd, actual: {start: 2024-09-23}}
- {id: early, step: 3, owners: sos, text: x, start: 9/3/2024, end: {at: deployment, offset: -20wd}, actual: {start: 2024-09-04}}
",
    );
    let read = good(&text);
    let moved = "moved by the delay announced September 20, 2024";
    assert_eq!(read.said("deployment", Start, 1, "2024-10-10"), format!("10/10/2024: {moved}"));
    assert_eq!(read.said("deployment", Start, 1, "2024-10-11"), "10/11/2024: this is when it happened");
    // It should have been over on September 12, and nobody knew better until it was.
    let over = "it had been completed before the delay of September 20, 2024, was announced, and stays";
    let planned = "20 working days before the deployment, October 8, 2024";
    assert_eq!(read.said("late", Start, 1, "2024-09-23"), format!("9/10/2024: {planned}; {over}"));
    assert_eq!(read.said("late", Start, 1, "2024-09-24"), "9/24/2024: this is when it happened");
    assert_eq!(
        read.said("begun", End, 1, "2024-09-23"),
        "9/24/2024: it takes 2 working days from September 23, 2024"
    );
    // What began and ended before the delay stays, though only its start is known.
    assert_eq!(read.said("early", Start, 1, "2024-10-20"), "9/4/2024: this is when it happened");
    assert_eq!(read.said("early", End, 1, "2024-10-20"), format!("9/10/2024: {planned}; {over}"));
}

#[test]
fn a_delay_keeps_nothing_that_it_would_not_move() {
    // Step 2 follows step 1, which ended late. The delay is of another matter, and was announced in between.
    let text = plan(
        "  first: 2024-09-16\n  release: 2024-10-27\n",
        &delay("release: 2024-11-17"),
        "- {id: one, step: 1, owners: sos, text: x, start: {at: first}, takes: 1wd, actual: {end: 2024-09-24}}
- {id: two, step: 2, owners: sos, text: x, start: {after: one}, takes: 2wd}
",
    );
    let read = good(&text);
    assert_eq!(
        read.said("two", Start, 1, "2024-10-20"),
        "9/25/2024: 1 working day after step 1, September 24, 2024"
    );
    let open = read.resolved(1, "2024-09-25").tasks.iter().map(|task| task.completed).collect::<Vec<_>>();
    assert_eq!(open, [true, false]);
}

#[test]
fn what_was_not_done_is_not_completed_and_what_was_done_has_a_day_of_its_own() {
    let open = plan(
        "  release: 2024-10-27\n",
        "",
        "- {id: one, step: 1, owners: sos, text: x, end: 9/3/2024, done: false}\n- {id: two, step: 2, owners: sos, text: x, \
         end: 9/3/2024}\n",
    );
    let completed = |text: &str| {
        let read = good(text);
        read.resolved(0, "2024-09-20").tasks.iter().map(|task| task.completed).collect::<Vec<_>>()
    };
    assert_eq!(completed(&open), [false, true]);
    let reopened = open.replace(", done: false", "")
        + "delays:\n- {announced: 2024-09-20, cause: x, moves: {release: 2024-11-17}, reopens: one}\n";
    let read = good(&reopened);
    assert!(
        !read.resolved(1, "2024-12-20").tasks[0].completed
            && read.resolved(0, "2024-09-19").tasks[0].completed
    );

    let wrong = |task: &str, delay: &str| {
        let task = format!("- {{id: one, step: 1, owners: sos, text: x, {task}}}\n");
        faults(&(plan("  release: 2024-10-27\n", delay, &task)), 0, "2024-09-20")
    };
    let reopens = "- {announced: 2024-09-20, cause: x, moves: {release: 2024-11-17}, reopens: one}\n";
    for (task, delays, said) in [
        ("end: 9/3/2024, done: true", "", "bad-value: `true`: `done: true` does not say when"),
        (
            "end: 9/3/2024, done: false, actual: 9/4/2024",
            "",
            "conflicting-keys: `false`: `done: false` of what has an `actual` end",
        ),
        (
            "start: 9/3/2024, actual: {end: 9/4/2024}",
            "",
            "bad-value: `9/4/2024`: `actual` has the end of something that has no end; no `end` is planned, so none is printed; \
             write `actual: {start: ...}`, or give it a planned `end`",
        ),
        (
            "end: 9/3/2024, actual: {start: 9/4/2024}",
            "",
            "bad-value: `9/4/2024`: `actual` has the start of something that has no start",
        ),
        (
            "actual: 9/4/2024",
            "",
            "bad-value: `9/4/2024`: `actual` has the start of something that has no start",
        ),
        (
            "end: 9/3/2024, actual: 9/4/2024",
            reopens,
            "conflicting-keys: `one`: `one` had been done when this delay was announced",
        ),
        (
            "end: 9/3/2024, since: 1",
            reopens,
            "unknown-task: `one`: `one` is not in the plan that this delay changes",
        ),
    ] {
        let found = wrong(task, delays);
        assert!(found.len() == 1 && found[0].starts_with(said), "{found:#?}");
    }
    assert!(wrong("start: 9/3/2024, actual: 9/4/2024", "").is_empty());
}

#[test]
fn what_goes_on_beyond_its_limit_is_a_fault_from_the_day_after_it() {
    let text = plan(
        "  release: 2024-10-27\n",
        "",
        "- {id: one, step: 1, owners: sos, text: x, start: 9/3/2024, end: On-going, by: release}\n",
    );
    assert!(faults(&text, 0, "2024-10-27").is_empty());
    assert_eq!(
        faults(&text, 0, "2024-10-28"),
        [
            "past-limit: `release`: step 1 goes on after October 27, 2024; it must have ended: the release is on October 27, \
          2024; let it end earlier, or look whether the limit is still right"
        ]
    );
    assert!(
        faults(&text.replace("by: release", "by: release, actual: {end: 9/9/2024}"), 0, "2024-10-28")
            .is_empty()
    );
}

#[test]
fn what_had_happened_when_a_delay_was_announced_cannot_be_moved_by_it() {
    let milestones = "  build: {date: 2024-09-10, actual: 2024-09-12}
  drill: {start: 2024-09-16, end: 2024-09-27, actual: {start: 2024-09-17}}
  late: {date: 2024-09-19, actual: 2024-09-23}
  release: 2024-10-20
";
    let moves = "build: 2024-09-30, drill: {start: 2024-09-16, end: 2024-10-04}, late: 2024-09-26, release: {start: 2024-10-26, end: 2024-10-27}";
    assert_eq!(
        faults(&plan(milestones, &delay(moves), ""), 1, "2024-09-20"),
        [
            "fixed-moves: `2024-09-30`: the build was on September 12, 2024, and cannot be moved; it had \
             happened when the delay was announced; take this line out, or correct `actual` of the milestone",
            "fixed-moves: `{start: 2024-09-16, end: 2024-10-04}`: the drill started on September 17, 2024, and \
             cannot be moved; it had happened when the delay was announced; take this line out, or correct \
             `actual` of the milestone",
            "bad-value: `{start: 2024-10-26, end: 2024-10-27}`: the milestone `release` is one day, and is moved \
             to a start and an end; its new date is expected; write `release: 2024-10-26`",
        ]
    );
    let moves = "drill: {start: 2024-09-17, end: 2024-10-04}, late: 2024-09-26";
    assert!(faults(&plan(milestones, &delay(moves), ""), 1, "2024-09-20").is_empty());
}

#[test]
fn what_is_fixed_says_by_what_and_what_a_delay_would_not_move_is_not_kept_by_it() {
    let text = plan(
        "  deployment: 2024-10-08
  law: {date: E-60, fixed: true, authority: Elections Code 3114}
  report: {date: 2024-09-03, fixed: true, authority: Elections Code 10}
",
        &delay("deployment: 2024-10-10"),
        "- {id: filing, step: 1, owners: sos, text: x, start: E-70, takes: 5wd}
- {id: printing, step: 2, owners: sos, text: x, start: {at: law}, takes: 1wd}
",
    );
    let read = good(&text);
    let said = |of, edge| read.said(of, edge, 1, "2024-10-20");
    assert_eq!(
        said("law", Start),
        "9/6/2024: 60 days before the General Election, November 5, 2024 (E-60); fixed by Elections Code 3114"
    );
    assert_eq!(said("report", Start), "9/3/2024: as written; fixed by Elections Code 10");
    assert_eq!(
        said("filing", Start),
        "8/27/2024: 70 days before the General Election, November 5, 2024 (E-70)"
    );
    assert_eq!(
        said("filing", End),
        "9/3/2024: it takes 5 working days from August 27, 2024; Monday, September 2, is closed for state offices: Labor Day"
    );
    assert_eq!(said("printing", Start), "9/6/2024: the day of the law, September 6, 2024");
}

#[test]
fn a_window_that_ends_on_a_closed_day_is_moved_by_both_its_days_unless_it_ends_alike() {
    let moved = |to: &str| {
        let windows = "  weeks: {start: 2024-11-04, end: 2024-11-17}\n  weekend: {start: 2024-10-12, end: 2024-10-13}\n";
        plan(windows, &delay(to), "")
    };
    let end = |to: &str, of: &str| {
        let said = good(&moved(to)).said(of, End, 1, "2024-09-20");
        said.split_once(':').unwrap().0.to_owned()
    };
    assert_eq!(end("weeks: 2024-11-04", "weeks"), "11/17/2024");
    assert_eq!(end("weekend: 2024-10-19", "weekend"), "10/20/2024");
    // Two weeks with Veterans Day have nine working days, two others ten.
    let unsaid = |to: &str, what: &str| {
        let found = faults(&moved(to), 1, "2024-09-20");
        assert_eq!(found.len(), 1);
        assert!(found[0].starts_with("closed-day-unsaid: ") && found[0].ends_with(what), "{}", found[0]);
    };
    unsaid(
        "weeks: 2024-10-21",
        "the weeks is moved by its first day alone, and it is not known when it ends; it ended on Sunday, \
         November 17, 2024, which is not a working day; write both: {start: 2024-10-21, end: ...}",
    );
    unsaid("weekend: 2024-10-16", "write both: {start: 2024-10-16, end: ...}");
}

#[test]
fn a_reason_names_the_closed_days_by_which_a_date_is_what_it_is() {
    let text = plan(
        "  deployment: 2024-10-08\n  drill: {start: 2024-11-08, end: 2024-11-12}\n",
        "",
        "- {id: roll, step: 1, owners: counties, text: x, start: {at: deployment, offset: 4d, closed: next}}
- {id: roll-back, step: 2, owners: counties, text: x, start: {at: deployment, offset: 6d, closed: previous}}
- {id: weekend, step: 3, owners: sos, text: x, start: {at: deployment, offset: 5d, closed: stay}}
- {id: on, step: 4, owners: [sos, counties], text: x, start: {at: deployment, offset: 4wd}}
- {id: over-the-year, step: 5, owners: sos, text: x, start: {at: E+48, closed: next}, takes: 9wd}
- {id: long, step: 6, owners: sos, text: x, start: {at: deployment, offset: 500wd}}
- {id: drill, step: 7, owners: counties, text: x, start: {during: drill, time: 8:00 a.m.}}
",
    );
    let said = |of, edge| good(&text).said(of, edge, 0, "2024-09-20");
    let columbus = "Monday, October 14, is closed for counties: Columbus Day";
    assert_eq!(
        said("roll", Start),
        format!(
            "10/15/2024: 4 days after the deployment, October 8, 2024; Saturday, October 12, is not a working day; \
             {columbus}, and the next working day is taken"
        )
    );
    assert_eq!(
        said("roll-back", Start),
        format!(
            "10/11/2024: 6 days after the deployment, October 8, 2024; {columbus}, \
             and the working day before is taken"
        )
    );
    assert_eq!(
        said("weekend", Start),
        "10/13/2024: 5 days after the deployment, October 8, 2024; Sunday, October 13, is not a working day, \
         and the date stays"
    );
    assert_eq!(
        said("on", Start),
        format!("10/15/2024: 4 working days after the deployment, October 8, 2024; {columbus}")
    );
    assert_eq!(
        said("over-the-year", End),
        "1/6/2025: it takes 9 working days from December 23, 2024; Wednesday, December 25, 2024, is closed for \
         state offices: Christmas Day; Wednesday, January 1, is closed for state offices: New Year's Day"
    );
    let long = said("long", Start);
    // Until October 7, 2026, there are 4 holidays in 2024, 11 in 2025, and 6 in 2026, when July 4 is a Saturday.
    assert_eq!(long.matches(" is closed for ").count(), 12, "{long}");
    assert!(long.ends_with("; and 9 more closed days"), "{long}");
    assert_eq!(said("drill", Start), "11/8/2024 8:00 a.m.: the first day of the drill, November 8, 2024");
    assert_eq!(said("drill", End), "11/12/2024: the last day of the drill, November 12, 2024");
}

#[test]
fn a_rule_that_leads_to_a_closed_day_says_what_can_be_written() {
    let text = plan(
        "  deployment: 2024-10-08\n",
        "",
        "- {id: a, step: 1, owners: counties, text: x, start: {at: deployment, offset: 6d}}
- {id: b, step: 2, owners: sos, text: x, start: E-30}
",
    );
    assert_eq!(
        faults(&text, 0, "2024-09-20"),
        [
            "closed-day-unsaid: `{at: deployment, offset: 6d}`: step 1 starts on Monday, October 14, 2024, which is not a \
             working day (Columbus Day, Counties); the rule does not say what happens on a closed day; add \
             `closed: next` (Tuesday, October 15, 2024), `closed: previous` (Friday, October 11, 2024) or \
             `closed: stay`",
            "closed-day-unsaid: `E-30`: step 2 starts on Sunday, October 6, 2024, which is not a working day; the rule does \
             not say what happens on a closed day; write {at: E-30, closed: next} (Monday, October 7, 2024), \
             `closed: previous` (Friday, October 4, 2024) or `closed: stay`",
        ]
    );
}

#[test]
fn what_is_past_lies_where_it_did_though_its_window_or_limit_does_not() {
    let milestones = "  drill: {start: 2024-09-09, end: 2024-09-13}\n  canvass: 2024-09-16\n";
    let tasks = |actual: &str| {
        format!(
            "- {{id: over, step: 1, owners: sos, text: x, start: {{during: drill}}}}
- {{id: late, step: 2, owners: sos, text: x, start: {{after: over, lag: 0d}}, takes: 1wd, by: canvass{actual}}}
- {{id: both, step: 3, owners: sos, text: x, start: {{at: drill}}, end: {{during: drill}}{actual}}}
"
        )
    };
    let late = plan(milestones, &delay("drill: 2024-10-07"), &tasks(", actual: 2024-09-20"));
    assert!(faults(&late, 1, "2024-09-20").is_empty(), "{:?}", faults(&late, 1, "2024-09-20"));
    let open = faults(&plan(milestones, "", &tasks(", actual: {start: 2024-09-20}")), 0, "2024-09-20");
    assert_eq!(open.len(), 2, "{open:?}");
    assert!(
        open[0].starts_with("past-limit: `canvass`: step 2 ends on September 20, 2024, later"),
        "{open:?}"
    );
    assert!(
        open[1].starts_with("end-before-start: `{during: drill}`: step 3 ends on September 13, 2024"),
        "{open:?}"
    );
}

#[test]
fn a_rule_that_says_that_a_date_stays_on_a_closed_day_is_not_asked_again() {
    let tasks = |start: &str| {
        plan(
            "  deployment: 2024-10-08\n",
            "",
            &format!("- {{id: a, step: 1, owners: counties, text: x, start: {start}}}\n"),
        )
    };
    assert!(faults(&tasks("{at: deployment, offset: 6d, closed: stay}"), 0, "2024-09-20").is_empty());
    assert!(faults(&tasks("10/9/2024, actual: 10/14/2024"), 0, "2024-10-20").is_empty());
    let literal = faults(&tasks("10/14/2024"), 0, "2024-09-20");
    assert!(
        literal[0].starts_with("closed-day: `10/14/2024`: step 1 starts on October 14, 2024, Columbus Day")
    );
}

#[test]
fn dates_end_with_the_year_9999_and_an_authority_is_of_something_fixed() {
    let text = plan(
        "  end: 9999-12-30\n  begin: {at: first, offset: -1d, closed: stay}\n  first: 0001-01-01\n",
        "",
        "- {id: a, step: 1, owners: sos, text: x, start: {at: end}, takes: 3wd}
- {id: b, step: 2, owners: sos, text: x, start: {at: end, offset: 2d, closed: next}}
- {id: c, step: 3, owners: sos, text: x, start: {at: end, offset: 1d, closed: stay}, takes: 1wd}
",
    );
    let found = faults(&text, 0, "2024-09-20");
    let beyond = [
        "impossible-date: `{at: first, offset: -1d, closed: stay}`: the milestone `begin` is beyond the calendar",
        "impossible-date: `3wd`: step 1 ends beyond the calendar",
        "impossible-date: `{at: end, offset: 2d, closed: next}`: step 2 starts beyond the calendar",
    ];
    assert_eq!(found.len(), 3, "{found:?}");
    assert!(found.iter().zip(beyond).all(|(found, beyond)| found.starts_with(beyond)), "{found:?}");

    let held = |keys: &str| plan(&format!("  law: {{date: E-60{keys}}}\n"), "", "");
    for keys in [", authority: The law", ", fixed: false, authority: The law"] {
        let found = faults(&held(keys), 0, "2024-09-20");
        let expected = "missing-key: `The law`: an authority for what is not fixed; \
                        `fixed: true` stands beside it; add a line `fixed: true`, or take `authority` out";
        assert_eq!(found, [expected]);
    }
}

#[test]
fn an_end_at_an_earlier_time_of_the_day_is_before_its_start() {
    let tasks =
        "- {id: a, step: 1, owners: sos, text: x, start: 10/8/2024 11:00 p.m., end: 10/8/2024 8:00 a.m.}\n";
    assert_eq!(
        faults(&plan("  release: 2024-10-20\n", "", tasks), 0, "2024-09-20"),
        [
            "end-before-start: `10/8/2024 8:00 a.m.`: step 1 ends on October 8, 2024, at 8:00 a.m., before it starts; \
          it starts on October 8, 2024, at 11:00 p.m.; correct one of the two dates"
        ]
    );
}

#[test]
fn a_milestone_that_a_delay_moved_and_another_reopens_follows_its_rule_again() {
    let delays = "- {announced: 2024-09-02, cause: x, moves: {release: 2024-09-13}}
- {announced: 2024-09-20, cause: x, moves: {install: 2024-10-07}, reopens: release}
";
    let read = good(&plan("  install: 2024-09-02\n  release: {after: install, lag: 5wd}\n", delays, ""));
    assert_eq!(
        read.said("release", Start, 1, "2024-09-19"),
        "9/13/2024: moved by the delay announced September 2, 2024"
    );
    assert_eq!(
        read.said("release", Start, 2, "2024-12-20"),
        "10/14/2024: 5 working days after the install, October 7, 2024"
    );
    // One without a rule stays where it was moved to, and is not over.
    let delays = delays.replace("reopens: release", "reopens: [release]");
    let read = good(&plan("  install: 2024-09-02\n  release: 2024-09-06\n", &delays, ""));
    assert!(read.said("release", Start, 2, "2024-12-20").starts_with("9/13/2024: moved by"));
    assert!(!read.resolved(2, "2024-12-20").milestones[1].completed);
    assert!(read.resolved(1, "2024-09-19").milestones[1].completed);
}

#[test]
fn what_is_one_day_has_one_actual_day() {
    for actual in ["{end: 2024-10-02}", "{start: 2024-10-02}", "{start: 2024-10-02, end: 2024-10-03}"] {
        let text = plan(&format!("  release: {{date: 2024-10-01, actual: {actual}}}\n"), "", "");
        let found = faults(&text, 0, "2024-12-20");
        assert!(
            found.len() == 1 && found[0].contains("`actual` has a start or an end of what is one day"),
            "{found:#?}"
        );
    }
}

#[test]
fn a_delay_with_a_fault_is_no_fault_of_what_another_reopens() {
    let delays = "- {announced: 2024-09-33, cause: x, moves: {release: 2024-10-07}}
- {announced: 2024-09-20, cause: x, moves: {release: 2024-10-14}, reopens: one}
";
    let tasks = "- {id: one, step: 1, owners: sos, text: x, end: 9/3/2024, since: 1}\n";
    let found = faults(&plan("  release: 2024-10-01\n", delays, tasks), 0, "2024-09-20");
    assert!(found.len() == 1 && found[0].starts_with("impossible-date: "), "{found:#?}");
}

#[test]
fn what_has_happened_is_looked_at_though_no_memo_shows_it() {
    let task = "- {id: one, step: 1, owners: sos, text: x, start: 9/3/2024, end: 9/4/2024, actual: {start: 9/10/2024, end: \
                9/5/2024}}\n";
    let text = plan("  release: 2024-10-01\n", "", task);
    let read = good(&text);
    assert_eq!(read.plan().unwrap().seen_on(), crate::common::plan::day("2024-09-10"));
}
