//! What many faults, long chains and large folders take: no more lines than somebody reads, and time in proportion.
//! A limit of time is far from what is needed, and far below what a quadratic way would take.

use std::{
    fmt::Write as _,
    time::{Duration, Instant},
};

use serde_json::Value;

use crate::common::{Folder, Run};

const HEAD: &str = "number: 21150\ndate: 2021-08-31\nstatus: issued\nletterhead: elections\nto: All County Clerks/Registrars \
of Voters\nfrom: debra-ledsinger\nsubject: \"Test: 21150\"\n";

/// A folder whose memo 21150 goes on so.
fn with_memo(rest: &str) -> Folder {
    let folder = Folder::with_seed();
    folder.file("memos/2021/21150.yaml", format!("{HEAD}{rest}"));
    folder
}

/// The same text for each number, which takes the place of `@`.
fn repeated(text: &str, count: usize) -> String {
    (0..count).map(|at| text.replace('@', &at.to_string())).collect()
}

fn errors(run: &Run) -> usize {
    run.faults.lines().filter(|line| line.starts_with("error[")).count()
}

/// Runs a command that must end in time.
fn within(seconds: u64, folder: &Folder, arguments: &[&str]) -> Run {
    let begun = Instant::now();
    let run = folder.run(arguments);
    assert!(begun.elapsed() < Duration::from_secs(seconds), "{arguments:?} took {:?}", begun.elapsed());
    run
}

fn faults(run: &Run) -> Vec<Value> {
    let report: Value = serde_json::from_str(&run.results).unwrap();
    report["faults"].as_array().unwrap().clone()
}

#[test]
fn a_run_prints_fifty_faults_and_says_how_many_more() {
    let folder = with_memo(&format!("body: Hello.\n{}", repeated("keyy@: 1\n", 2000)));
    let run = within(60, &folder, &["check"]);
    assert_eq!(errors(&run), 50);
    assert!(run.faults.contains("\nand 1,950 more; `--all` shows them\n"), "{}", run.faults);
    assert!(run.results.ends_with("Checked 2 memos. 2000 faults in 1 file.\n"), "{}", run.results);
    assert_eq!(errors(&within(60, &folder, &["check", "--all"])), 2000);
    assert_eq!(faults(&within(60, &folder, &["check", "--json"])).len(), 2000);
    assert_eq!(errors(&folder.run(&["build"])), 50);
}

#[test]
fn an_error_is_not_hidden_by_warnings() {
    let folder = with_memo(&format!("body: |\n{}", repeated("  See [here](https://e.gov/@).\n\n", 60)));
    folder.file("memos/2021/21151.yaml", HEAD.replace("21150", "21151") + "body: Hello.\nbad: 1\n");
    let run = folder.run(&["check"]);
    assert_eq!(errors(&run), 1, "{}", run.faults);
    assert!(run.faults.contains("and 11 more; "), "{}", run.faults);
}

/// Tasks in a chain that are all too late; the first is the cause.
fn late(count: usize, upside_down: bool) -> Folder {
    let start = |at: usize| match at.checked_sub(1) {
        None => "start: 2021-09-01\n    end: 2021-09-10".to_owned(),
        Some(before) => format!("start: {{after: t{before}, lag: 1wd}}\n    takes: 1wd"),
    };
    let task = |at| {
        format!(
            "  - id: t{at}\n    step: {at}\n    owners: sos\n    text: Do it.\n    {}\n    by: m\n",
            start(at)
        )
    };
    let mut tasks: Vec<_> = (0..count).map(task).collect();
    if upside_down {
        tasks.reverse();
    }
    with_memo(&format!("body: Hello.\nmilestones:\n  m: 2021-09-05\ntasks:\n{}", tasks.concat()))
}

#[test]
fn late_tasks_in_a_chain_are_told_once_each_and_the_cause_first() {
    for upside_down in [false, true] {
        let run = within(60, &late(1000, upside_down), &["check", "--json"]);
        let late: Vec<_> = faults(&run).into_iter().filter(|fault| fault["code"] == "past-limit").collect();
        assert_eq!(late.len(), 1000);
        assert!(late[0]["message"].as_str().unwrap().starts_with("step 0 ends"), "{}", late[0]);
        assert!(late.iter().all(|fault| fault["because"].as_array().is_none_or(|steps| steps.len() <= 4)));
    }
    let run = within(60, &late(100, false), &["check"]);
    assert!(run.faults.lines().count() < 1000, "{}", run.faults.lines().count());
}

#[test]
fn a_long_way_to_a_date_is_told_by_its_nearest_steps_and_its_last() {
    let mut tasks = String::new();
    for at in 0..2000 {
        let start = match at {
            0 => "2021-09-01".to_owned(),
            at => format!("{{after: t{}, lag: 1wd}}", at - 1),
        };
        let _ = write!(
            tasks,
            "  - id: t{at}\n    step: {at}\n    owners: sos\n    text: Do it.\n    start: {start}\n    takes: 1wd\n"
        );
    }
    tasks += &repeated(
        "  - id: u@\n    step: 3@\n    owners: sos\n    text: Do it.\n    start: {after: t1999, lag: 1wd}\n    takes: 1wd\n    by: m\n",
        500,
    );
    let memo = format!("body: Hello.\nmilestones:\n  m: 2021-09-05\ntasks:\n{tasks}");
    let run = within(100, &with_memo(&memo), &["check", "--json"]);
    let late: Vec<_> = faults(&run).into_iter().filter(|fault| fault["code"] == "past-limit").collect();
    assert_eq!(late.len(), 500);
    let steps = late[499]["because"].as_array().unwrap();
    assert!(steps.len() <= 8, "{steps:?}");
    let told = |words: &str| steps.iter().any(|step| step["message"].as_str().unwrap().starts_with(words));
    assert!(told("3995 more steps, then step 0 starts on September 1, 2021"), "{steps:?}");
}

#[test]
fn a_ring_of_dates_is_told_by_a_few_of_them() {
    let task = "  - id: t@\n    step: @\n    owners: sos\n    text: Do it.\n    start: {after: t~, lag: 1wd}\n    takes: 1wd\n";
    let tasks =
        (0..1000).map(|at| task.replace('@', &at.to_string()).replace('~', &((at + 1) % 1000).to_string()));
    let memo = format!("body: Hello.\ntasks:\n{}", tasks.collect::<String>());
    let run = within(60, &with_memo(&memo), &["check"]);
    assert_eq!(errors(&run), 1, "{}", run.faults);
    assert!(run.faults.lines().count() < 50, "{}", run.faults);
}

#[test]
fn many_faults_of_any_kind_take_time_in_proportion() {
    let body = |line: &str| format!("body: |\n{}", repeated(&format!("  {line}\n\n"), 1500));
    let task = "  - id: t@\n    step: @\n    owners: nobody\n    text: Do it.\n    start: {after: u@, lag: 1wd}\n    end: bad\n";
    let memos = [
        ("unknown-key", format!("body: Hello.\n{}", repeated("keyy@: 1\n", 1500))),
        ("duplicate-key", format!("body: Hello.\n{}", repeated("keyy@: 1\n", 1500).repeat(2))),
        ("wrong-weekday", body("On Monday, September 7, 20@, we go.").replace("20", "2021")),
        ("unknown-reference", body("See CC/ROV #16@ for it.").replace("#16", "#161")),
        ("html", body("See <b>this @</b> for it.")),
        ("html", format!("body: \"{}\"\n", repeated("See <b>this @</b>. ", 1500))),
        ("word-bullet", body("• this @")),
        ("unknown-note", body("See[^@] for it.")),
        ("hidden-text", body("See {# a@ #} for it.")),
        ("bad-address", body("See [the form](x@.pdf) for it.")),
        ("no-glyph", body("See \u{1f600} for it @.")),
        ("unknown-entity", format!("body: Hello.\ntasks:\n{}", repeated(task, 1500))),
    ];
    for (code, memo) in memos {
        let folder = with_memo(&memo);
        let run = within(60, &folder, &["check", "--json"]);
        assert!(faults(&run).iter().filter(|fault| fault["code"] == code).count() >= 1, "{code}");
    }
}

#[test]
fn status_of_many_memos_takes_time_in_proportion() {
    let folder = Folder::with_seed();
    for at in 0..1500 {
        let draft = HEAD.replace("number: 21150\n", "").replace("issued", "draft");
        folder.file(&format!("memos/2021/m{at}.yaml"), draft + "body: Hello.\nbad: 1\n");
    }
    let run = within(100, &folder, &["status"]);
    assert!(run.results.contains("1501 memos: 1500 draft, 1 issued."), "{:?}", run.results.lines().last());
    let run = within(100, &folder, &["check"]);
    assert!(run.results.lines().all(|line| line.len() < 1000), "{}", run.results);
}

/// Bodies of templates that never end, or take all memory.
fn endless() -> Vec<(&'static str, String)> {
    let doubled = "{% set s = s ~ s %}".repeat(60);
    let lists = "{% set s = [s, s] %}".repeat(60);
    let long = "y".repeat(10_000);
    vec![
        (
            "loops",
            "{% for i in range(end=100000) %}{% for j in range(end=100000) %}{% endfor %}{% endfor %}".into(),
        ),
        ("doubled", format!("{{% set s = 'aaaaaaaaaa' %}}{doubled}{{{{ s | length }}}}")),
        ("lists", format!("{{% set s = ['aaaaaaaaaa'] %}}{lists}{{{{ s | length }}}}")),
        (
            "kept",
            format!("{{% set x %}}{{% for i in range(end=100000) %}}{long}{{% endfor %}}{{% endset %}}"),
        ),
        (
            "printed",
            format!(
                "{{% set b = '{long}' %}}{{% filter upper %}}{{% for i in range(end=100000) %}}{{{{ b }}}}{{% endfor %}}{{% endfilter %}}"
            ),
        ),
        ("joined", format!("{{{{ range(end=100000) | join(sep='{long}') | length }}}}")),
        (
            "replaced",
            format!(
                "{{% set b = '{long}' %}}{{{{ b | replace(from='y', to=b) | replace(from='y', to=b) | length }}}}"
            ),
        ),
        (
            "indented",
            format!("{{{{ \"{}\" | indent(width=1000, blank=true) | length }}}}", "\\n".repeat(20_000)),
        ),
        ("components", "{% component a() %}{{ <a/> }}{{ <a/> }}{% endcomponent a %}{{ <a/> }}".into()),
        ("brackets", "{{ [i for i in range(end=100000)] | length }}".into()),
    ]
}

#[test]
fn a_template_that_never_ends_is_a_fault_of_its_memo() {
    let folder = Folder::with_seed();
    let memos = endless();
    for (name, body) in &memos {
        let head = HEAD.replace("number: 21150\n", "").replace("issued", "draft");
        folder.file(&format!("memos/2021/{name}.yaml"), format!("{head}body: |\n  Hello.\n\n  {body}\n"));
    }
    let run = within(100, &folder, &["build"]);
    assert_eq!(errors(&run), memos.len(), "{}", run.faults);
    for (name, _) in &memos {
        assert!(run.faults.contains(&format!("memos/2021/{name}.yaml:10:")), "{name}: {}", run.faults);
    }
    assert!(folder.has("output/ccrov/2021/august/21144dl.pdf"));
}
