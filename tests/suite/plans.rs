//! What holds for the dates of any plan: random plans, read as an analyst would write them, through their delays.

use std::collections::BTreeMap;

use crate::common::{
    Random,
    plan::{day, good, read},
};
use ccrov::{
    calendar::Workdays,
    model::{Base, DateCell, Limit, OnClosed, PlanItemId, Window},
    schedule::{Edge, Ground, Part, PlanItem, Resolved, check, resolve},
};
use chrono::{Days, NaiveDate};

impl Random {
    fn day(&mut self) -> NaiveDate {
        day("2024-03-01") + Days::new(self.below(240))
    }

    /// `offset: -4wd`, or days of the calendar with what happens on a closed day.
    fn distance(&mut self, key: &str, least: i64) -> String {
        let count = least + self.below(12) as i64;
        let closed = self.one(&["next", "previous", "stay"]);
        match self.below(2) {
            0 if count != 0 => format!("{key}: {count}wd"),
            _ => format!("{key}: {count}d, closed: {closed}"),
        }
    }
}

/// A release whose first milestone is a day that others hang on.
fn release(random: &mut Random) -> String {
    let mut text =
        format!("name: R\ncalendar: state\nelection: general-2024\nmilestones:\n  m0: {}\n", random.day());
    text += &format!("  w0: {{start: {}, takes: {}wd}}\n", random.day(), 1 + random.below(15));
    text += &format!("  m1: {{at: m0, {}}}\n", random.distance("offset", -6));
    text += &format!(
        "  w1: {{start: {{after: m1, {}}}, takes: {}wd}}\n",
        random.distance("lag", 0),
        1 + random.below(9)
    );
    text += "tasks:\n";
    let milestones = ["m0", "m1", "w0", "w1"];
    for task in 0..12 {
        let owners = random.one(&["sos", "counties", "cgi", "[sos, counties]", "[cgi, counties]"]);
        text += &format!("- {{id: t{task}, step: {task}, owners: {owners}, text: Do it");
        let other = random.below(task.max(1));
        let another = random.below(task.max(1));
        let rule = match random.below(if task == 0 { 6 } else { 10 }) {
            0 => format!("{}", random.day()),
            1 => format!(
                "{{at: E-{}, closed: {}}}",
                random.below(90),
                random.one(&["next", "previous", "stay"])
            ),
            2 => format!(
                "{{during: {}, closed: {}}}",
                random.one(&["w0", "w1"]),
                random.one(&["next", "stay"])
            ),
            3 => format!("{{at: {}, {}}}", random.one(&milestones), random.distance("offset", -6)),
            4 => format!("{{at: E-{}, offset: -{}wd}}", random.below(30), 1 + random.below(9)),
            5 => {
                format!("{{at: m0, offset: {}w, closed: {}}}", random.below(5), random.one(&["next", "stay"]))
            }
            6 => format!("{{after: t{other}, {}}}", random.distance("lag", 1)),
            7 => format!("{{after: [t{other}, m1, t{another}], {}}}", random.distance("lag", 1)),
            8 => format!("{{before: [t{other}, t{another}], lag: {}wd}}", 1 + random.below(6)),
            9 => {
                let floor = match random.below(3) {
                    0 => random.day().to_string(),
                    1 => format!("t{another}"),
                    _ => "w1".to_owned(),
                };
                format!("{{after: t{other}, lag: {}wd, not_before: {floor}}}", 1 + random.below(6))
            }
            _ => format!("{{with: t{other}, {}}}", random.distance("offset", -3)),
        };
        text += &match random.below(3) {
            0 => format!(", end: {rule}, takes: {}wd}}\n", 1 + random.below(8)),
            _ => format!(", start: {rule}, takes: {}wd}}\n", 1 + random.below(8)),
        };
    }
    text
}

/// A delay of m0, or of a window by its first day.
fn delay(announced: &str, milestone: &str, to: NaiveDate) -> String {
    format!("- {{announced: {announced}, cause: x, moves: {{{milestone}: {to}}}}}\n")
}

/// Start and end of every task and milestone.
fn dates(resolved: &Resolved<'_>) -> BTreeMap<String, (DateCell, DateCell)> {
    let tasks =
        resolved.tasks.iter().map(|t| (t.task.id.to_string(), (t.start.cell.clone(), t.end.cell.clone())));
    let milestones =
        resolved.milestones.iter().map(|m| (m.id.to_string(), (m.now.start.cell(), m.now.end.cell())));
    tasks.chain(milestones).collect()
}

/// How many working days there are from the first to the last.
fn length(workdays: &Workdays<'_>, first: NaiveDate, last: NaiveDate) -> i64 {
    workdays.between(first, last) + i64::from(workdays.closed(first).is_none())
}

const PLANS: u64 = 400;

#[test]
fn no_rule_lands_on_a_closed_day_unless_it_says_so_and_lengths_and_order_are_kept() {
    let (mut counted, mut several, mut waited) = (0, 0, 0);
    for seed in 0..PLANS {
        let text = release(&mut Random(seed));
        let read = good(&text);
        let resolved = read.resolved(0, "2024-01-01");
        let plan = resolved.plan;
        for task in &resolved.tasks {
            let workdays = Workdays::of(task.task.calendars());
            for when in [&task.start, &task.end] {
                let stays = match &when.ground {
                    Ground::Counted { rule, .. } => rule.closed == Some(OnClosed::Stay),
                    Ground::Takes { .. } => false,
                    _ => true,
                };
                counted += usize::from(!stays);
                let day = when.cell.day().unwrap();
                assert!(stays || workdays.closed(day).is_none(), "{day} of {}\n{text}", task.task.id);
            }
            let (start, end) = (task.start.cell.day().unwrap(), task.end.cell.day().unwrap());
            for (thing, ground) in [(&task.start, &task.end.ground), (&task.end, &task.start.ground)] {
                if let Ground::Takes { span, .. } = ground {
                    let open_end = workdays.closed(thing.cell.day().unwrap()).is_none();
                    let found = length(&workdays, start, end);
                    // From a day that is closed and stays, the whole length lies beyond it.
                    assert_eq!(found, i64::from(span.count), "{} {open_end}\n{text}", task.task.id);
                }
            }
            for when in [&task.start, &task.end] {
                let Ground::Counted { rule, day, others, .. } = &when.ground else { continue };
                let days = others.iter().map(|(_, day)| *day);
                let wanted = match rule.base {
                    Base::Before(_) => days.min(),
                    _ => days.max(),
                };
                assert!(wanted.is_none_or(|wanted| wanted == *day), "{}\n{text}", task.task.id);
                several += usize::from(wanted.is_some());
                let part =
                    |thing| resolved.when(Part { thing, edge: Edge::Start }).unwrap().cell.day().unwrap();
                let floor = match rule.not_before.as_ref().map(|floor| &floor.value) {
                    None => continue,
                    Some(Limit::Day(day)) => *day,
                    Some(Limit::Start(PlanItemId::Task(id))) => {
                        part(PlanItem::Task(plan.tasks.iter().position(|task| task.id == *id).unwrap()))
                    }
                    Some(_) => part(PlanItem::Milestone(3)),
                };
                assert!(when.cell.day().unwrap() >= floor, "{} is before {floor}\n{text}", task.task.id);
                waited += usize::from(when.cell.day().unwrap() == floor);
            }
            if let Ground::Counted { rule, from: Some(from), .. } = &task.start.ground
                && matches!(rule.base, Base::After(_))
                && rule.closed != Some(OnClosed::Previous)
            {
                let after = resolved.when(*from).unwrap().cell.day().unwrap();
                assert!(start > after, "{} comes after\n{text}", task.task.id);
            }
        }
        // Every date has a reason that leads back to something that somebody wrote.
        for (at, _) in plan.tasks.iter().enumerate() {
            for edge in [Edge::Start, Edge::End] {
                let chain = resolved.chain(Part { thing: PlanItem::Task(at), edge });
                assert!(chain.iter().all(|(_, words)| words.len() > 12));
                let (_, last) = chain.last().unwrap();
                let ends = last.ends_with("as written") || last.contains("General Election");
                assert!(ends || last.contains(" E-") || last.contains("but not before"), "{last}");
            }
        }
    }
    assert!(counted > 4000, "{counted} dates were counted");
    assert!(several > 400 && waited > 50, "{several} counted from several, {waited} waited");
}

#[test]
fn what_hangs_on_a_day_that_nobody_knows_has_none_and_all_else_is_as_it_was() {
    let (mut open, mut known) = (0, 0);
    for seed in 0..PLANS {
        let text = release(&mut Random(seed));
        let first = text.lines().position(|line| line.starts_with("  m0: ")).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        let tbd = [&lines[..first], &["  m0: TBD (Fall)"], &lines[first + 1..]].concat().join("\n");
        let (read, without) = (good(&text), good(&tbd));
        let (resolved, without) = (read.resolved(0, "2024-06-01"), without.resolved(0, "2024-06-01"));
        for (task, other) in resolved.tasks.iter().zip(&without.tasks) {
            for (edge, (was, is)) in
                [(&task.start, &other.start), (&task.end, &other.end)].into_iter().enumerate()
            {
                let edge = if edge == 0 { Edge::Start } else { Edge::End };
                let chain = without.chain(Part { thing: PlanItem::Task(task.at), edge });
                match is.cell.tbd() {
                    Some(tbd) => {
                        assert_eq!(tbd.to_string(), "TBD", "{}\n{tbd}", task.task.id);
                        let (_, last) = chain.last().unwrap();
                        assert_eq!(last, "the m0 is on a day to be determined (Fall): as written");
                        open += 1;
                    }
                    None => {
                        assert_eq!(was.cell, is.cell, "{}\n{text}", task.task.id);
                        known += 1;
                    }
                }
            }
            assert!(!other.completed || other.end.cell.tbd().is_none());
        }
    }
    assert!(open > 1000 && known > 1000, "{open} have no date, {known} have one");
}

#[test]
fn what_is_completed_never_moves() {
    let mut completed = 0;
    for seed in 0..PLANS {
        let mut random = Random(seed);
        let text = release(&mut random);
        let milestone = random.one(&["m0", "w0", "m1"]);
        let text = format!("{text}delays:\n{}", delay("2024-06-14", milestone, random.day() + Days::new(60)));
        let read = good(&text);
        let (before, after) = (read.resolved(0, "2024-06-14"), read.resolved(1, "2024-06-14"));
        let now = dates(&after);
        for task in before.tasks.iter().filter(|task| task.completed) {
            let kept = (task.start.cell.clone(), task.end.cell.clone());
            assert_eq!(now[task.task.id.as_str()], kept, "{}\n{text}", task.task.id);
            completed += 1;
        }
    }
    assert!(completed > 500, "{completed} tasks were completed");
}

#[test]
fn what_a_delay_reopens_moves_as_if_it_had_been_announced_in_time() {
    let mut reopened = 0;
    for seed in 0..PLANS {
        let mut random = Random(seed);
        let text = release(&mut random);
        let to = random.day() + Days::new(60);
        let in_time = good(&format!("{text}delays:\n{}", delay("2024-01-02", "m0", to)));
        let names: Vec<String> = (0..12).map(|task| format!("t{task}")).collect();
        let open = format!("reopens: [m1, w1, {}]}}", names.join(", "));
        let late = delay("2024-06-14", "m0", to).replace("}}\n", &format!("}}, {open}\n"));
        let late = good(&format!("{text}delays:\n{late}"));
        assert_eq!(
            dates(&in_time.resolved(1, "2025-12-31")),
            dates(&late.resolved(1, "2025-12-31")),
            "{text}"
        );
        let before = late.resolved(0, "2024-06-14");
        reopened += before.tasks.iter().filter(|task| task.completed).count();
    }
    assert!(reopened > 500, "{reopened} tasks were reopened");
}

#[test]
fn a_window_moved_by_a_date_keeps_its_length_in_working_days() {
    for seed in 0..PLANS {
        let mut random = Random(seed);
        let text = release(&mut random);
        let text = format!("{text}delays:\n{}", delay("2024-01-02", "w0", random.day()));
        let read = good(&text);
        let resolved = read.resolved(1, "2024-01-02");
        let window = resolved.milestones.iter().find(|milestone| milestone.id.as_str() == "w0").unwrap();
        let workdays = Workdays::of(resolved.plan.calendar.as_deref());
        let days = |window: &Window| window.known().unwrap();
        let lengths =
            [&window.first, &window.now].map(days).map(|(start, end)| length(&workdays, start, end));
        if window.first.start != window.first.end {
            assert_eq!(lengths[0], lengths[1], "{text}");
        }
    }
}

#[test]
fn moving_by_nothing_changes_nothing_and_a_then_b_is_a_and_b() {
    let mut moved = 0;
    for seed in 0..PLANS {
        let mut random = Random(seed);
        let text = release(&mut random);
        let first = good(&text);
        let first = first.resolved(0, "2024-01-01");
        let there = first.milestones[0].now.start.known().unwrap();
        let still = good(&format!("{text}delays:\n{}", delay("2024-01-02", "m0", there)));
        assert_eq!(dates(&first), dates(&still.resolved(1, "2024-01-03")), "{text}");

        // Announced before anything is completed.
        let (a, b) = (there + Days::new(random.below(40)), there + Days::new(random.below(80)));
        let once = good(&format!("{text}delays:\n{}", delay("2024-01-03", "m0", b)));
        let twice =
            good(&format!("{text}delays:\n{}{}", delay("2024-01-02", "m0", a), delay("2024-01-03", "m0", b)));
        let (once, twice) = (dates(&once.resolved(1, "2024-01-03")), dates(&twice.resolved(2, "2024-01-03")));
        assert_eq!(once, twice, "{text}");
        moved += usize::from(once != dates(&first));
    }
    assert!(moved > 300, "{moved} plans moved");
}

#[test]
fn no_change_of_the_shipped_release_makes_the_program_panic() {
    let office = include_str!("../../memos/office.yaml");
    let shipped = include_str!("../../memos/releases/votecal-2021-2.yaml");
    let rules = [
        "{at: deployment}",
        "{after: smoke-test}",
        "{with: install, offset: -99999d}",
        "{during: release}",
        "E-60",
        "{after: mock-election, lag: 99999wd}",
        "{after: [install, smoke-test, deployment], lag: 99999w}",
        "{before: install, not_before: release}",
        "{at: release, offset: 5w, closed: previous, not_before: 9999-12-31}",
        "TBD (Fall)",
        "{start: TBD, end: 2021-12-31}",
        "99999wd",
        "On-going",
        "{at: deployment, offset: 1d, time: noon}",
        "true",
        "9999-12-31",
        "0001-01-01",
        "{start: 2021-01-01}",
        "[",
        "- id: install",
        "{}",
    ];
    let mut random = Random(7);
    let mut resolved_count = 0;
    for _ in 0..1500 {
        let mut lines: Vec<String> = shipped.lines().map(str::to_owned).collect();
        for _ in 0..=random.below(3) {
            let at = random.index(lines.len());
            match random.below(4) {
                0 => _ = lines.remove(at),
                1 => lines.insert(at, lines[random.index(lines.len())].clone()),
                _ => {
                    let line = &mut lines[at];
                    let key = line.find(": ").map_or(line.len(), |colon| colon + 2);
                    line.truncate(key);
                    line.push_str(random.one(&rules));
                }
            }
        }
        let (read, mut faults) = read(office, &lines.join("\n"));
        let Some(read) = read else { continue };
        let Some(plan) = read.plan() else { continue };
        for knows in 0..=plan.delays.len() {
            if let Some(resolved) = resolve(plan, knows, day("2021-08-31"), &mut faults) {
                check(&resolved, ["SOS"], &read.sources, &mut faults);
                resolved_count += 1;
            }
        }
    }
    assert!(resolved_count > 400, "{resolved_count} plans were resolved");
}
