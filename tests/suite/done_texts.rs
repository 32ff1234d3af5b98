//! What was done is not reworded by a delay that comes later: a completed step says what was known when it was completed. Which
//! steps are completed is said as people say it.

use ccrov::schedule::completed_steps;

use crate::common::Folder;

const RELEASE: &str = "memos/releases/roster.yaml";
const CSV: &str = "output/ccrov/2021/june/21301dl-schedule.csv";

/// A release whose steps name what a delay moves, and a memo of after the delay.
fn folder(delays: &str) -> Folder {
    let folder = Folder::with_seed();
    folder.file(
        RELEASE,
        format!(
            "name: Roster Release\nsystem: Roster\nmilestones:\n  release: 2021-07-15\nschedule:\n  title: Schedule\n  edition: \
             '{{{{ milestones.release.date }}}}'\ntasks:\n  \
             - {{id: written, step: 1, owners: sos, text: 'Plan for {{{{ schedule.edition }}}}', start: 2021-05-03, end: \
             2021-05-03}}\n  \
             - {{id: copy, step: 2, owners: sos, text: 'Copy data for {{{{ milestones.release.date | month_year }}}}', \
             warning: 'DOWN UNTIL {{{{ milestones.release.date }}}}', start: {{at: release, offset: -50d, closed: stay}}, end: \
             {{at: release, offset: -49d, closed: stay}}}}\n  \
             - {{id: install, step: 3, owners: sos, text: 'Install the {{{{ milestones.release.date | month_year }}}} release', \
             start: {{at: release}}, end: {{at: release}}}}\n{delays}"
        ),
    );
    folder.file(
        "memos/2021/21301.yaml",
        "number: 21301\ndate: June 28, 2021\nstatus: draft\nletterhead: elections\nto: All\nfrom: debra-ledsinger\n\
         subject: Roster\nrelease: roster\nattachments: schedule\nbody: Text.\n",
    );
    folder
}

const TWO: &str = "delays:\n  - {announced: 2021-06-01, cause: a late fix, moves: {release: 2021-08-12}}\n  \
                   - {announced: 2021-06-25, cause: another, moves: {release: 2021-09-09}}\n";

/// The lines of the steps.
fn lines(folder: &Folder) -> Vec<String> {
    folder.build();
    folder.read(CSV).lines().skip(1).map(str::to_owned).collect()
}

#[test]
fn a_completed_step_says_what_was_known_when_it_was_completed() {
    // Steps 1 and 2 were over when the first delay was announced, on June 1.
    let said = [
        "3,SOS,Install the September 2021 release,,9/9/2021,9/9/2021,Remaining",
        "1,SOS,\"Plan for July 15, 2021\",,5/3/2021,5/3/2021,Completed",
        "2,SOS,Copy data for July 2021,\"DOWN UNTIL July 15, 2021\",5/26/2021,5/27/2021,Completed",
    ];
    assert_eq!(lines(&folder(TWO)), said);
    let run = folder(TWO).run(&["diff", "roster@0", "roster@2"]);
    assert!(!run.results.contains("Copy data"), "it is the same step, and reads the same: {}", run.results);
}

#[test]
fn a_step_completed_between_two_delays_knows_the_first() {
    let folder = folder(TWO);
    folder.edit(
        RELEASE,
        "end: {at: release, offset: -49d, closed: stay}",
        "end: {at: release, offset: -70d, closed: stay}",
    );
    folder.edit(RELEASE, "start: {at: release, offset: -50d, closed: stay}", "start: 2021-04-30");
    // The end moves from May 6 to June 3, and is over by June 25.
    folder.edit(RELEASE, "release: 2021-07-15", "release: 2021-08-10");
    let lines = lines(&folder);
    assert!(lines.iter().any(|line| line.starts_with("2,SOS,Copy data for August 2021,")), "{lines:#?}");
}

#[test]
fn a_text_that_speaks_of_the_delay_itself_is_filled_in_as_it_is_now() {
    let folder = folder(TWO);
    folder.edit(RELEASE, "Plan for {{ schedule.edition }}", "Plan ({{ delay.announced }})");
    let lines = lines(&folder);
    assert!(lines.iter().any(|line| line.contains("Plan (June 25, 2021)")), "{lines:#?}");
}

#[test]
fn a_step_that_ended_later_than_planned_was_not_completed_before_the_delay() {
    let folder = folder(TWO);
    folder.edit(RELEASE, "id: copy,", "id: copy, actual: {start: 2021-05-26, end: 2021-06-08},");
    let lines = lines(&folder);
    let said = "2,SOS,Copy data for August 2021,\"DOWN UNTIL August 12, 2021\",5/26/2021,6/8/2021,Completed";
    assert!(lines.iter().any(|line| line == said), "{lines:#?}");
}

fn told(done: &[&str]) -> String {
    completed_steps(done.iter().map(|step| (*step, true))).to_string()
}

#[test]
fn runs_and_gaps_are_said_as_people_say_them() {
    assert_eq!(told(&[]), "");
    assert_eq!(told(&["4"]), "Step 4");
    assert_eq!(told(&["6a", "6b"]), "Step 6");
    assert_eq!(told(&["1", "2"]), "Steps 1 and 2");
    assert_eq!(told(&["1", "2", "3", "4", "5", "7"]), "Steps 1 through 5 and 7");
    assert_eq!(told(&["1", "3", "5", "6", "7"]), "Steps 1, 3 and 5 through 7");
    assert_eq!(told(&["A", "2", "1", "3"]), "Steps 1 through 3 and A");
    let some = [("8", true), ("9", true), ("9a", false), ("10", true), ("11a", true), ("11b", false)];
    assert_eq!(completed_steps(some).to_string(), "Steps 8, 9, 10 and 11a");
}
