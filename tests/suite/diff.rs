//! `diff` says what changed from one schedule to another, in words, tables and data.

use crate::common::{Folder, shipped};
use serde_json::Value;

/// What `diff` prints; it must not find a fault.
fn diff(folder: &Folder, arguments: &[&str]) -> String {
    let run = folder.run(&[&["diff"], arguments].concat());
    assert_eq!((run.status, run.faults.as_str()), (0, ""), "{arguments:?}");
    run.results
}

/// Two memos of 2021 with tasks of their own, each a list of lines.
fn two_memos(earlier: &str, later: &str) -> Folder {
    let folder = Folder::with_seed();
    for (id, date, tasks) in [("21301", "June 1, 2021", earlier), ("21302", "July 1, 2021", later)] {
        let memo = format!(
            "number: {id}\ndate: {date}\nstatus: draft\nletterhead: elections\nto: All\nfrom: debra-ledsinger\n\
             subject: Hours\nbody: Hello.\n{tasks}"
        );
        folder.file(&format!("memos/2021/{id}.yaml"), memo);
    }
    folder
}

/// From July 9 to October 8 there are 13 weeks, so 65 days from Monday to Friday, less Labor Day. The 15 weeks from
/// July 23 to November 5 are 74 days of the state; the 15 weeks to November 19 have Veterans Day as well. The counties close
/// on Columbus Day, too, but the days of one table are counted by one calendar, the release's.
#[test]
fn a_release_at_two_of_its_delays() {
    let folder = Folder::with_seed();
    let expected = "\
From the first plan of the VoteCal Release to the plan of the VoteCal Release after the delay of August 31, 2021:

The deployment moved from July 9 to October 8, 2021: 64 working days later.
The start of the mock election moved from July 23 to November 5, 2021: 74 working days later. Its end moved from \
August 6 to November 19, 2021: 73 working days later.
The release moved from August 8 to November 21, 2021: 73 working days later.
Step 13 is new, for SOS/CGI, July 9, 2021: Install the current VoteCal \"mini release\" Service Pack into the VoteCal \
CTE.
Step 14 is new, for All CTE Counties, October 4 through October 8, 2021: Receive and install the updated November \
2021 EMS release into the County EMS CTE (and/or confer with EMS to determine what updates are needed) – COUNTY TO \
INSTALL RELEASE PRIOR TO RECONNECTING TO VOTECAL CTE.
Step 15 is new, for SOS/CGI, October 4 through October 8, 2021: Install the current VoteCal release into the VoteCal \
CTE – VOTECAL CTE WILL BE DOWN.
Step 16 is new, for SOS/Elections, October 8, 2021: Inform counties that services to VoteCal CTE are reinitiated and \
can be reconnected to county EMS CTE.
Step 17 is new, for All CTE Counties, October 12, 2021: Conduct a connectivity/smoke test as needed with all counties \
to verify that VoteCal search works from the County EMS CTE.
Step 13 is now step 18. Its start moved from July 12 to October 12, 2021: 65 working days later.
Step 14 is now step 19. Its start moved from July 23 to November 5, 2021: 74 working days later. Its end moved from \
August 6 to November 19, 2021: 73 working days later.
Steps 1 through 13 have been completed since.
";
    assert_eq!(diff(&folder, &["votecal-2021-2@0", "votecal-2021-2@1"]), expected);
    assert_eq!(diff(&folder, &["votecal-2021-2"]), expected);
    let memo = expected.replace(
        "the plan of the VoteCal Release after the delay of August 31, 2021",
        "memo 21144 (August 31, 2021)",
    );
    assert_eq!(diff(&folder, &["votecal-2021-2@0", "memos/2021/21144.yaml"]), memo);

    let back = diff(&folder, &["votecal-2021-2@1", "votecal-2021-2@0"]);
    for line in [
        "The deployment moved from October 8 to July 9, 2021: 64 working days earlier.\n",
        "Step 18 is now step 13. Its start moved from October 12 to July 12, 2021: 65 working days earlier.\n",
        "Step 16 has been dropped: Inform counties that services to VoteCal CTE are reinitiated",
    ] {
        assert!(back.contains(line), "{back}");
    }
}

#[test]
fn two_memos_of_a_release() {
    let folder = Folder::with_sources_of(shipped());
    assert_eq!(
        diff(&folder, &["24902", "24904"]),
        "\
From memo 24902 (April 15, 2024) to memo 24904 (July 9, 2024):

The opening moved from July 22 to August 12, 2024: 15 working days later.
The rehearsal moved from August 5 through August 9 to August 26 through August 30, 2024: 15 working days later.
Step 4 is new, for Site Roster Team/All Counties, July 15 through August 2, 2024: Proofread the translated notices, \
each language by a county that uses it.
Step 4 is now step 5. It moved from July 22 to August 12, 2024: 15 working days later. It now reads “Open the August \
2024 roster – THE ROSTER OF THE LAST ELECTION CLOSES AT NOON THE DAY BEFORE”; it read “Open the July 2024 roster”.
Step 5 is now step 6. It moved from August 5 through August 9 to August 26 through August 30, 2024: 15 working days \
later.
Step 6 is now step 7. Its start moved from July 22 to August 12, 2024: 15 working days later.
Steps 1 through 3 have been completed since.
"
    );
}

/// A case for each form of a date, and each way in which a task can become another.
#[test]
fn each_kind_of_change_is_said() {
    let task = |id: &str, step: &str, owner: &str, text: &str, start: &str, end: &str| {
        format!(
            "  - {{id: {id}, step: {step}, owners: {owner}, text: \"{text}\", start: {start}, end: {end}}}\n"
        )
    };
    let earlier = [
        "milestones: {first-day: 2021-12-30, hearing: 8/2/2021}\ntasks:\n".to_owned(),
        task("time", "1", "sos", "Stop", "7/9/2021 11:00 p.m.", "7/9/2021 11:00 p.m."),
        task("years", "2", "sos", "Wait", "12/20/2021", "12/24/2021"),
        task("weekend", "3", "cgi", "Switch", "N/A", "8/6/2021"),
        task("open", "4", "cgi", "Answer", "8/2/2021", "On-going"),
        task("owner", "5", "sos", "Send", "8/2/2021", "8/2/2021"),
        task("text", "6", "sos", "Read.", "8/2/2021", "8/2/2021"),
        task("twice-a", "7a", "sos", "Copy", "8/2/2021", "8/2/2021"),
        task("twice-b", "7b", "sos", "Copy", "8/3/2021", "8/3/2021"),
        task("same", "8", "sos", "Rest", "8/2/2021", "8/2/2021"),
        task("done", "9", "sos", "Begin", "6/1/2021", "6/30/2021"),
        task("between", "10", "sos", "Visit", "Between 7/1/2021 and 7/9/2021", "\"\""),
    ];
    let later = [
        "milestones: {first-day: 2022-01-03}\ntasks:\n".to_owned(),
        task("time", "1", "sos", "Stop", "7/9/2021 9:00 p.m.", "7/9/2021 9:00 p.m."),
        task("years", "2", "sos", "Wait", "12/28/2021", "1/3/2022"),
        task("weekend", "3", "cgi", "Switch", "N/A", "8/8/2021"),
        task("open", "4", "cgi", "Answer", "8/2/2021", "8/31/2021"),
        task("owner", "5", "cgi", "Send", "8/2/2021", "8/2/2021"),
        task("text", "6", "sos", "Read it.", "8/2/2021", "8/2/2021"),
        task("twice-c", "7a", "sos", "Copy", "8/2/2021", "8/2/2021"),
        task("same", "8", "sos", "Rest", "8/2/2021", "8/2/2021"),
        task("done", "9", "sos", "Begin", "6/1/2021", "6/30/2021"),
        task("between", "10", "sos", "Visit", "Between 7/8/2021 and 7/16/2021", "\"\""),
    ];
    let folder = two_memos(&earlier.concat(), &later.concat());
    // Christmas Day and New Year's Day were Saturdays, so that the days before were open.
    assert_eq!(
        diff(&folder, &["21301", "21302"]),
        "\
From memo 21301 (June 1, 2021) to memo 21302 (July 1, 2021):

The first day moved from December 30, 2021, to January 3, 2022: 2 working days later.
The hearing has been dropped.
Step 1 moved from July 9 at 11:00 p.m. to July 9, 2021, at 9:00 p.m.
Step 2 moved from December 20 through December 24, 2021, to December 28, 2021, through January 3, 2022: 6 working days \
later.
Step 3 moved from August 6 to August 8, 2021: 2 calendar days later.
The end of step 4 is now August 31, 2021; it was on-going.
Step 5 is now for CGI; it was for SOS.
Step 6 now reads “Read it.”; it read “Read.”.
Step 7a is new, for SOS, August 2, 2021: Copy.
Step 10 is now between July 8, 2021, and July 16, 2021; it was between July 1, 2021, and July 9, 2021.
Step 7a has been dropped: Copy.
Step 7b has been dropped: Copy.
Step 9 has been completed since.
"
    );
}

#[test]
fn the_tasks_of_one_entity() {
    let folder = Folder::with_sources_of(shipped());
    let expected = "\
For Site Roster Team, from memo 24902 (April 15, 2024) to memo 24904 (July 9, 2024):

Step 4 is new, for Site Roster Team/All Counties, July 15 through August 2, 2024: Proofread the translated notices, \
each language by a county that uses it.
Step 4 is now step 5. It moved from July 22 to August 12, 2024: 15 working days later. It now reads “Open the August \
2024 roster – THE ROSTER OF THE LAST ELECTION CLOSES AT NOON THE DAY BEFORE”; it read “Open the July 2024 roster”.
Step 5 is now step 6. It moved from August 5 through August 9 to August 26 through August 30, 2024: 15 working days \
later.
Step 2 has been completed since.
";
    for name in ["roster-team", "Site Roster Team", "site roster team"] {
        assert_eq!(diff(&folder, &["24902", "24904", "--for", name]), expected);
    }
    let nothing = "Nothing changed for CGI from memo 24902 (April 15, 2024) to memo 24904 (July 9, 2024).\n";
    assert_eq!(diff(&folder, &["24902", "24904", "--for", "cgi"]), nothing);
    let run = folder.run(&["diff", "24902", "24904", "--for", "Site Rooster Team"]);
    assert_eq!(run.status, 2);
    assert_eq!(
        run.faults,
        "error: there is no responsible entity `Site Rooster Team`; did you mean `Site Roster Team`?\n"
    );
}

#[test]
fn nothing_changed_is_said_and_is_no_fault() {
    let folder = Folder::with_seed();
    let said = "Nothing changed from memo 21144 (August 31, 2021) to memo 21144 (August 31, 2021).";
    for (format, expected) in
        [("text", format!("{said}\n")), ("md", format!("{said}\n")), ("html", format!("<p>{said}</p>\n"))]
    {
        assert_eq!(diff(&folder, &["21144", "21144", "--format", format]), expected);
    }
    let json: Value = serde_json::from_str(&diff(&folder, &["21144", "21144", "--format", "json"])).unwrap();
    assert_eq!(json["tasks"], Value::Array(Vec::new()));
}

#[test]
fn markdown_and_web_page_have_the_sentences_and_a_table() {
    let folder = Folder::with_sources_of(shipped());
    let sentences = diff(&folder, &["24902", "24904"]);
    let markdown = diff(&folder, &["24902", "24904", "--format", "md"]);
    let (text, table) = markdown.split_once("\n\n|").unwrap();
    assert_eq!(text.replace("\n- ", "\n").trim(), sentences.trim());
    let rows: Vec<&str> = table.lines().skip(2).collect();
    assert_eq!(rows.len(), 6);
    assert_eq!(
        rows[1],
        "|  |  | Rehearsal | 8/5/2024 to 8/9/2024 | 8/26/2024 to 8/30/2024 | 15 working days later |"
    );
    assert_eq!(
        rows[5],
        "| 7 | All Counties | Enter every site and its hours | 7/22/2024 to 10/4/2024 | 8/12/2024 to 10/4/2024 | was step \
         6; its start 15 working days later |"
    );

    let page = diff(&folder, &["24902", "24904", "--format", "html"]);
    let mut open = Vec::new();
    for tag in page.split('<').skip(1).map(|piece| piece.split_once('>').unwrap().0) {
        match tag.strip_prefix('/') {
            Some(name) => assert_eq!(open.pop(), Some(name), "{page}"),
            None => open.push(tag.split(' ').next().unwrap()),
        }
    }
    assert_eq!(open, Vec::<&str>::new());
    assert_eq!(page.matches("<tr>").count(), 7);

    // An office's own form; what cannot be a page is a fault in it.
    folder.file("templates/changes.md", "<b>{{ changes.heading }}</b>\n");
    assert!(diff(&folder, &["24902", "24904", "--format", "md"]).starts_with("<b>From memo 24902"));
    let run = folder.run(&["diff", "24902", "24904", "--format", "html"]);
    assert_eq!(run.status, 1);
    assert!(run.faults.contains("templates/changes.md:1:1"), "{}", run.faults);
}

#[test]
fn other_programs_get_dates_and_counts() {
    let folder = Folder::with_seed();
    let json: Value = serde_json::from_str(&diff(
        &folder,
        &["votecal-2021-2", "--format", "json", "--for", "opted-in-counties"],
    ))
    .unwrap();
    assert_eq!((&json["from"], &json["to"]), (&"votecal-2021-2@0".into(), &"votecal-2021-2@1".into()));
    assert_eq!(json["for"], "Counties");
    let [task] = json["tasks"].as_array().unwrap().as_slice() else { panic!("{json}") };
    assert_eq!(task["kinds"], serde_json::json!(["renumbered", "moved"]));
    assert_eq!((&task["was"]["id"], &task["was"]["step"]), (&"regression-first".into(), &"13".into()));
    assert_eq!((&task["is"]["start"], &task["is"]["end"]), (&"2021-10-12".into(), &"On-going".into()));
    assert_eq!(task["start_moved"], serde_json::json!({"working_days": 65, "calendar_days": 92}));
    assert_eq!(task["end_moved"], Value::Null);
    assert_eq!(
        task["sentence"],
        "Step 13 is now step 18. Its start moved from July 12 to October 12, 2021: 65 working days later."
    );
}

#[test]
fn what_cannot_be_compared_is_said() {
    let folder = Folder::with_sources_of(shipped());
    for (arguments, expected) in [
        (&["21144"][..], "name a second memo, or a release"),
        (&["24903", "21144"], "memo 24903 has no schedule: no `release` and no `tasks`"),
        (&["21144", "23917"], "memo 23917 has no schedule: it is archived"),
        (&["21145", "21144"], "there is no memo or release `21145`; did you mean `21144`?"),
        (
            &["votecal-2021-3@0", "21144"],
            "there is no release `votecal-2021-3` in memos/releases/; did you mean `votecal-2021-2`?",
        ),
        (
            &["votecal-2021-2@2", "21144"],
            "votecal-2021-2@0 is the first plan, votecal-2021-2@1 the last; there is no `votecal-2021-2@2`",
        ),
        (&["votecal-2021-2@x", "21144"], "there is no `votecal-2021-2@x`"),
    ] {
        let run = folder.run(&[&["diff"], arguments].concat());
        assert_eq!((run.status, run.results.as_str()), (2, ""), "{arguments:?}");
        assert!(run.faults.contains(expected), "{}", run.faults);
    }
    folder.edit("memos/2024/24904.yaml", "status: issued", "status: isued");
    let run = folder.run(&["diff", "24902", "24904"]);
    assert_eq!((run.status, run.results.as_str()), (1, ""));
    assert!(run.faults.contains("memos/2024/24904.yaml:6:9"), "{}", run.faults);
}

#[test]
fn two_delays_of_one_day_are_told_apart() {
    let folder = Folder::with_seed();
    let delay = |to: &str| format!("- {{announced: 2025-03-10, cause: x, moves: {{release: {to}}}}}\n");
    let text = format!(
        "name: Roster\nmilestones: {{release: 2025-06-29}}\ntasks:\n- {{id: one, step: 1, owners: sos, text: Do it, start: {{at: \
         release, closed: stay}}}}\ndelays:\n{}{}",
        delay("2025-07-06"),
        delay("2025-07-13")
    );
    folder.file("memos/releases/r.yaml", text);
    let told = diff(&folder, &["r"]);
    let heading = "From the plan of the Roster release after the first delay of March 10, 2025 to the plan of the Roster release \
                   after the second delay of March 10, 2025:\n";
    assert!(told.starts_with(heading), "{told}");
    let why = folder.run(&["why", "r", "release", "--knows", "2"]).results;
    assert!(why.contains("after the second delay announced March 10, 2025"), "{why}");
    assert!(why.contains("moved by the second delay announced March 10, 2025"), "{why}");
}
