//! `why` shows what a date follows from, back to what somebody wrote.

use crate::common::Folder;

const RELEASE: &str = "memos/releases/votecal-2021-2.yaml";

/// The line of a file that holds a text, from a place on.
fn line(folder: &Folder, after: &str, text: &str) -> usize {
    let yaml = folder.read(RELEASE);
    let start = yaml.find(after).unwrap();
    let at = start + yaml[start..].find(text).unwrap();
    yaml[..at].matches('\n').count() + 1
}

#[test]
fn the_chain_of_a_step_leads_to_the_delay_that_moved_it() {
    let folder = Folder::with_seed();
    let run = folder.run(&["why", "votecal-2021-2", "17"]);
    assert_eq!((run.status, run.faults.as_str()), (0, ""));
    let (start, takes) =
        (line(&folder, "id: smoke-test\n", "start:"), line(&folder, "id: smoke-test\n", "takes:"));
    let (end, moved) = (line(&folder, "id: reconnect\n", "end:"), line(&folder, "moves:", "deployment:"));
    assert_eq!(
        run.results,
        format!(
            "\
Step 17 (`smoke-test`), All CTE Counties, after the delay announced August 31, 2021:

  Step 17 starts on October 12, 2021: 1 working day after step 16, October 8, 2021; Monday, October 11, is closed for counties: Columbus Day.
      {RELEASE}:{start}
  Step 16 ends on October 8, 2021: the day of the deployment, October 8, 2021.
      {RELEASE}:{end}
  The deployment is on October 8, 2021: moved by the delay announced August 31, 2021.
      {RELEASE}:{moved}

  Step 17 ends on October 12, 2021: it takes 1 working day from October 12, 2021.
      {RELEASE}:{takes}
  Step 17 starts on October 12, 2021: 1 working day after step 16, October 8, 2021; Monday, October 11, is closed for counties: Columbus Day, as above.
"
        )
    );
}

#[test]
fn a_milestone_a_task_by_its_id_and_an_earlier_plan_can_be_asked_for() {
    let folder = Folder::with_seed();
    let said = |arguments: &[&str]| {
        let run = folder.run(&[&["why", "votecal-2021-2"], arguments].concat());
        assert_eq!((run.status, run.faults.as_str()), (0, ""));
        run.results
    };
    let release = said(&["release", "--knows", "0"]);
    assert!(
        release.starts_with(
            "The release in the first plan:\n\n  The release is on August 8, 2021: as written.\n"
        ),
        "{release}"
    );
    assert_eq!(release.lines().count(), 4);
    assert!(said(&["14", "--knows", "0"]).starts_with("Step 14 (`mock-election-first`)"));
    assert!(said(&["14"]).starts_with("Step 14 (`ems-release`), All CTE Counties, after the delay"));
    assert_eq!(said(&["install"]), said(&["15"]));
    assert!(said(&["6A"]).contains("Step 6a starts on June 25, 2021, at 11:00 p.m.: as written."));
}

#[test]
fn what_is_over_and_what_has_happened_say_so() {
    let folder = Folder::with_seed();
    folder
        .edit(
            RELEASE,
            "    start: 7/9/2021\n    end: 7/9/2021\n\n  - id: smoke-test-first",
            "    start: {at: deployment}\n    takes: 1wd\n\n  - id: smoke-test-first",
        )
        .edit(
            RELEASE,
            "    start: {during: mock-election}\n\n  # What",
            "    start: {during: mock-election}\n    actual: {start: 7/26/2021}\n\n  # What",
        );
    let step = folder.run(&["why", "votecal-2021-2", "11"]).results;
    assert!(
        step.contains(
            "Step 11 starts on July 9, 2021: the day of the deployment, July 9, 2021; it had been completed before the delay of \
             August 31, 2021, was announced, and stays."
        ),
        "{step}"
    );
    // It counts for more than what a delay announced, and what hangs on it follows.
    folder.edit(RELEASE, "  deployment: 2021-07-09", "  deployment: {date: 2021-07-09, actual: 2021-10-12}");
    let step = folder.run(&["why", "votecal-2021-2", "16"]).results;
    assert!(step.contains("The deployment is on October 12, 2021: this is when it happened."), "{step}");
    let step = folder.run(&["why", "votecal-2021-2", "14", "--knows", "0"]).results;
    assert!(step.contains("Step 14 starts on July 26, 2021: this is when it happened."), "{step}");
}

#[test]
fn a_memo_with_tasks_of_its_own_can_be_asked_and_what_is_not_there_is_said() {
    let folder = Folder::with_seed();
    folder.file(
        "memos/2021/drill.yaml",
        "date: 9/1/2021\nstatus: draft\nletterhead: elections\nto: All\nfrom: debra-ledsinger\nsubject: Drill\nbody: Drill.\n\
         election: gubernatorial-recall-2021\ntasks:\n- {id: a, step: 1, owners: sos, text: Send, end: {at: E-4, closed: next}}\n",
    );
    let step = folder.run(&["why", "drill", "1"]).results;
    assert!(
        step.contains("Step 1 ends on September 10, 2021: 4 days before the Gubernatorial Recall Election, September 14, 2021 (E-4)."),
        "{step}"
    );
    for (arguments, said) in [
        (
            &["votecal-2021", "1"][..],
            "there is no release `votecal-2021` in memos/releases/; did you mean `votecal-2021-2`?",
        ),
        (&["votecal-2021-2", "99"], "this plan has no step `99`"),
        (&["votecal-2021-2", "smoke-tests"], "did you mean `smoke-test`?"),
        (&["votecal-2021-2", "1", "--knows", "2"], "--knows is 2, and votecal-2021-2 has 1 delay"),
    ] {
        let run = folder.run(&[&["why"], arguments].concat());
        assert_eq!((run.status, run.results.as_str()), (2, ""), "{said}");
        assert!(run.faults.contains(said), "{}", run.faults);
    }
    folder.edit(RELEASE, "{with: smoke-test}", "{after: smoke-tests}");
    let run = folder.run(&["why", "votecal-2021-2", "17"]);
    assert!(run.status == 1 && run.faults.contains("[unknown-task]"), "{}", run.faults);
}
