//! A delay gives a task another number, and it stays the same task.

use crate::common::{
    Folder,
    plan::{faults, good},
};

const OFFICE: &str = include_str!("../golden/deadlines/memos/office.yaml");

/// Step 2 is 3 from the first delay on, and 2b from the second on; step 1 is completed before the first.
const RELEASE: &str = "name: Roster
milestones: {release: 2024-08-02}
delays:
- {announced: 2024-07-10, cause: a fix, moves: {release: 2024-08-16}}
- {announced: 2024-07-20, cause: a fix, moves: {release: 2024-08-30}}
tasks:
- {id: plan, step: 1, renumbered: {since: 1, step: 4}, owners: sos, text: Plan, end: 7/1/2024}
- {id: copy, step: 2, since: 1, owners: sos, text: Copy, end: 7/26/2024}
- {id: test, step: 2, renumbered: [{since: 1, step: 3}, {since: 2, step: 2b}], owners: counties, text: Test, end: {at: release}}
- {id: tell, step: 5, owners: counties, text: Tell, end: {after: test}}
";

fn folder() -> Folder {
    let folder = Folder::empty();
    folder.file("memos/office.yaml", OFFICE).file("memos/releases/roster.yaml", RELEASE);
    for (id, date, knows) in
        [("24301", "2024-06-20", 0), ("24302", "2024-07-12", 1), ("24303", "2024-07-22", 2)]
    {
        folder.file(
            &format!("memos/2024/{id}.yaml"),
            format!(
                "number: {id}\ndate: {date}\nstatus: approved\nletterhead: elections\nto: All\nfrom: raj-bathla\nsubject: \
                 Roster\nrelease: roster\nknows: {knows}\nattachments: schedule\nbody: Attached.\n"
            ),
        );
    }
    folder
}

fn done(folder: &Folder, arguments: &[&str]) -> String {
    let run = folder.run(arguments);
    assert_eq!((run.status, run.faults.as_str()), (0, ""), "{arguments:?} {}", run.results);
    run.results
}

/// The steps of a memo's schedule, in their order.
fn steps(folder: &Folder, id: &str) -> Vec<String> {
    let csv = folder.read(&format!("output/ccrov/2024/{id}-schedule.csv"));
    let rows = csv.lines().skip(1).map(|row| row.split(',').step_by(2).take(2).collect::<Vec<_>>().join(" "));
    rows.collect()
}

#[test]
fn each_memo_prints_the_numbers_that_it_knows() {
    let folder = folder();
    done(&folder, &["build"]);
    assert_eq!(steps(&folder, "24301"), ["1 Plan", "2 Test", "5 Tell"]);
    // What was completed keeps its number.
    assert_eq!(steps(&folder, "24302"), ["2 Copy", "3 Test", "5 Tell", "1 Plan"]);
    assert_eq!(steps(&folder, "24303"), ["2 Copy", "2b Test", "5 Tell", "1 Plan"]);
}

#[test]
fn a_comparison_tells_the_new_number_and_asks_for_issued_ones() {
    let folder = folder();
    done(&folder, &["issue", "24301"]);
    for from in ["24301", "roster@0"] {
        let told = done(&folder, &["diff", from, "24302"]);
        assert!(told.contains("\nStep 2 is now step 3. It moved from August 2 to August 16, 2024"), "{told}");
        assert!(!told.contains("step 4"), "{told}");
    }
    let told = done(&folder, &["diff", "roster"]);
    assert!(told.contains("\nStep 3 is now step 2b. It moved"), "{told}");
}

#[test]
fn explanations_and_slips_call_it_by_the_number_of_their_plan() {
    let folder = folder();
    let why = |step: &str, knows: &str| done(&folder, &["why", "roster", step, "--knows", knows]);
    assert!(why("2", "0").contains("Step 2 (`test`), Counties, in the first plan"), "{}", why("2", "0"));
    assert!(why("5", "1").contains("after step 3, August 16, 2024"), "{}", why("5", "1"));
    assert!(why("5", "2").contains("after step 2b, August 30, 2024"), "{}", why("5", "2"));
    let stays = "Stays\n  Steps 1 and 2: completed\n";
    let wish = [
        "slip",
        "roster",
        "--move",
        "release=2024-09-13",
        "--reason",
        "x",
        "--announced",
        "2024-08-01",
        "--dry-run",
    ];
    let told = folder.run(&wish);
    assert!(
        told.results.contains("Step 2b, Counties: Test\n") && told.results.contains(stays),
        "{}",
        told.results
    );
}

/// Step 1 hangs on a milestone that only the next delay moves, and was over before the first gave it another number.
#[test]
fn what_is_over_is_asked_for_and_explained_by_the_number_that_it_had() {
    let folder = folder();
    folder
        .edit(
            "memos/releases/roster.yaml",
            "{release: 2024-08-02}",
            "{start: 2024-07-01, release: 2024-08-02}",
        )
        .edit("memos/releases/roster.yaml", "end: 7/1/2024}", "end: {at: start}}")
        .edit("memos/releases/roster.yaml", "end: 7/26/2024}", "end: {after: plan, lag: 18wd}}");
    let why = done(&folder, &["why", "roster", "1"]);
    assert!(why.starts_with("Step 1 (`plan`), SOS, after the"), "{why}");
    assert!(why.contains("  Step 1 ends on July 1, 2024: the day of the start, July 1, 2024.\n"), "{why}");
    assert!(folder.run(&["why", "roster", "4"]).faults.contains("this plan has no step `4`"));
    // So does what counts from it.
    let why = done(&folder, &["why", "roster", "2"]);
    assert!(why.contains("18 working days after step 1, July 1, 2024"), "{why}");

    let wish = ["slip", "roster", "--move", "start=2024-09-03", "--reason", "x", "--announced", "2024-08-01"];
    let slip = |more: &[&str]| folder.run(&[&wish[..], more].concat());
    let asked = slip(&["--dry-run"]);
    let told = format!("{}{}", asked.results, asked.faults);
    assert!(told.contains("Step 1, SOS: Plan") && !told.to_lowercase().contains("step 4"), "{told}");
    let report: serde_json::Value = serde_json::from_str(&slip(&["--dry-run", "--json"]).results).unwrap();
    assert_eq!(report["questions"][0]["name"], "1", "{report:#}");
    assert_eq!(report["questions"][0]["what"], "Step 1, SOS: Plan");
    let both = slip(&["--done", "1", "--not-done", "plan", "--dry-run"]).faults;
    assert!(both.contains("step 1 cannot be both done and not done"), "{both}");
    let future = slip(&["--done", "tell", "--dry-run"]).faults;
    assert!(future.contains("step 5"), "{future}");
    let answered = slip(&["--not-done", "1", "--done", "2", "--yes"]);
    assert_eq!((answered.status, answered.faults.as_str()), (0, ""), "{}", answered.results);
    let written = folder.read("memos/releases/roster.yaml");
    assert!(written.contains("reopens:") && written.lines().any(|line| line.trim() == "- plan"), "{written}");
}

#[test]
fn a_number_comes_with_a_delay_that_the_task_can_know() {
    let with = |renumbered: &str, more: &str| {
        let text =
            RELEASE.replace("renumbered: {since: 1, step: 4}", &format!("{more}renumbered: {renumbered}"));
        faults(&text, 2, "2024-08-01").join("\n")
    };
    assert!(with("[{since: 2, step: 7}, {since: 1, step: 8}]", "").contains("a later delay is expected"));
    assert!(with("{since: 0, step: 7}", "").contains("a later delay is expected"));
    assert!(with("{since: 2, step: 7}", "until: 2, ").contains("it exists no more from delay 2 on"));
    assert!(with("{since: 9, step: 7}", "").contains("`since` is `9`"));
    assert!(with("{step: 7}", "").contains("since"));
    // The next delay can be prepared.
    let _ = good(&RELEASE.replace("{since: 2, step: 2b}", "{since: 3, step: 2b}"));
}
