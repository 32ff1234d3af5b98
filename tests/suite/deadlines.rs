//! Deadlines that a memo lists itself: they stand in its text, and wherever the steps of a schedule stand.

use std::sync::Arc;

use ccrov::{
    desk::{self, Desk},
    folder::Overlay,
    records::Readings,
};

use crate::common::Folder;

const OFFICE: &str = include_str!("../golden/deadlines/memos/office.yaml");

const REPORT: &str = "- {id: report, what: Send the report, who: counties, date: 9/6/2024 5:00 p.m.}";

fn office() -> Folder {
    let folder = Folder::empty();
    folder.file("memos/office.yaml", OFFICE);
    folder
}

/// A memo that lists deadlines, with more lines and a text.
fn memo(folder: &Folder, id: &str, date: &str, deadlines: &str, more: &str, body: &str) {
    let text = format!(
        "number: {id}\ndate: {date}\nstatus: approved\nletterhead: elections\nto: All\nfrom: raj-bathla\nsubject: \
         Reports\nelection: general-2024\n{more}deadlines:\n{deadlines}\nbody: |\n  {body}\n"
    );
    folder.file(&format!("memos/2024/{id}.yaml"), text);
}

fn done(folder: &Folder, arguments: &[&str]) -> String {
    let run = folder.run(arguments);
    assert_eq!((run.status, run.faults.as_str()), (0, ""), "{arguments:?} {}", run.results);
    run.results
}

/// What is wrong with a memo that lists such deadlines.
fn faults(deadlines: &str, more: &str, body: &str) -> String {
    let folder = office();
    memo(&folder, "24301", "2024-07-15", deadlines, more, body);
    let run = folder.run(&["check"]);
    assert!(!run.faults.contains("panicked"), "{}", run.faults);
    run.faults
}

fn printed(body: &str) -> String {
    let folder = office();
    memo(&folder, "24301", "2024-07-15", REPORT, "", body);
    done(&folder, &["build"]);
    let text = folder.read("output/ccrov/2024/24301.md");
    text.split_once("**Reports**").unwrap().1.trim().to_owned()
}

/// The words of a page without its marks.
fn words(page: &str) -> String {
    let mut words = String::new();
    for piece in page.split('<') {
        words += piece.split_once('>').map_or(piece, |(_, text)| text);
        words.push(' ');
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn every_deadline_stands_in_the_text_of_its_memo() {
    let table = "| Deadline | Responsible Entity | What Is Due |\n| --- | --- | --- |\n| 9/6/2024 5:00 p.m. | Counties | Send \
                 the report |";
    assert_eq!(printed("Please note."), format!("Please note.\n\n{table}"));
    assert_eq!(printed("{{ deadline_table | safe }}\n\n  Thank you."), format!("{table}\n\nThank you."));
    // A text that says the day needs no table; however it says it.
    assert_eq!(printed("Due on September 6, 2024."), "Due on September 6, 2024.");
    assert_eq!(
        printed(
            "Due on {{ deadlines.report.date | weekday_date }} at {{ deadlines.report.time }} ({{ deadlines.report.who }})."
        ),
        "Due on Friday, September 6, 2024 at 5:00 p.m. (Counties)."
    );
    let escaped = faults(REPORT, "", "{{ deadline_table }}");
    assert!(escaped.contains("error[lost-words]") && escaped.contains("24301.yaml:12:6"), "{escaped}");
    assert!(escaped.contains("write `{{ deadline_table | safe }}`"), "{escaped}");
}

#[test]
fn a_day_that_only_looks_like_a_deadlines_says_none() {
    let text = |deadline: &str, body: &str| {
        let folder = office();
        let office = format!("{OFFICE}words: {{tbd: To be determined}}\n");
        folder.file("memos/office.yaml", office);
        memo(&folder, "24301", "2024-07-15", deadline, "", body);
        done(&folder, &["build"]);
        folder.read("output/ccrov/2024/24301.md")
    };
    let is_in_table = |deadline: &str, body: &str| text(deadline, body).contains("| Counties | Send it |");
    let on = |day: &str| format!("- {{id: report-1, what: Send it, who: counties, date: {day}}}");
    assert!(is_in_table(&on("1/6/2025"), "The canvass ends on 11/6/2025."));
    assert!(!is_in_table(&on("1/6/2025"), "It is due on 1/6/2025."));
    // What has no day is said by its name alone; whatever else has none says nothing of it.
    assert!(is_in_table(&on("TBD"), "The place is to be determined. To be determined: who comes."));
    assert!(is_in_table(&on("TBD"), "Due is {{ deadlines['report_1'].what }}."));
    let named = text(&on("TBD"), "The day of the report is {{ deadlines.report_1.date }}.");
    // In a sentence it has no capital.
    assert!(
        named.contains("The day of the report is to be determined.") && !named.contains("| Counties |"),
        "{named}"
    );
    assert!(!is_in_table(
        &on("TBD"),
        "{% for row in deadline_rows %}{{ row.what }}: {{ row.date }}. {% endfor %}"
    ));
}

#[test]
fn a_deadline_is_among_the_facts_that_a_text_can_take() {
    let tbd =
        "- {id: report-2, what: Send more, who: sos, date: TBD}\n- {what: Call, who: sos, date: 9/10/2024}";
    let text = format!(
        "date: 2024-07-15\nstatus: draft\nletterhead: elections\nto: All\nfrom: raj-bathla\nsubject: Reports\ndeadlines:\n\
         {REPORT}\n{tbd}\nbody: Please note.\n"
    );
    let folder = Overlay::empty().with("memos/office.yaml", OFFICE).with("memos/2024/24301.yaml", text);
    let snapshot = Desk::over(Arc::new(folder), Arc::new(Overlay::empty())).snapshot().unwrap();
    let facts = desk::facts(&snapshot, "24301", &mut Readings::default());
    let told = facts.iter().filter(|fact| fact.group == "Deadlines");
    let told: Vec<_> =
        told.map(|fact| [&fact.label, &fact.insert, &fact.printed].map(String::as_str)).collect();
    assert_eq!(
        told,
        [
            ["Report", "{{ deadlines.report.date }}", "September 6, 2024"],
            ["Report, time", "{{ deadlines.report.time }}", "5:00 p.m."],
            ["Report 2", "{{ deadlines.report_2.date }}", "TBD"],
        ]
    );
}

#[test]
fn an_attached_text_can_hold_the_table() {
    let folder = office();
    let attached = "attachments:\n  title: Dates\n  body: \"{{ deadline_table | safe }}\"\n";
    memo(&folder, "24301", "2024-07-15", REPORT, attached, "The dates are attached.");
    done(&folder, &["build"]);
    let text = folder.read("output/ccrov/2024/24301.md");
    assert_eq!(text.matches("| 9/6/2024 5:00 p.m. |").count(), 1, "{text}");
}

#[test]
fn a_deadline_stands_where_steps_stand() {
    let folder = office();
    memo(&folder, "24301", "2024-07-15", REPORT, "", "Please note.");
    done(&folder, &["issue", "24301"]);
    done(&folder, &["build", "--as-of", "2024-08-30"]);
    let due = "Friday, September 6, 2024 , 5:00 p.m. Send the report is due Counties 24301";
    for page in ["calendar/2024.html", "index.html"] {
        let page = words(&folder.read(&format!("output/{page}")));
        assert!(page.contains(due), "{page}");
    }
    let page = words(&folder.read("output/entities/counties.html"));
    assert!(
        page.contains("Deadline Responsible Entity What Is Due 9/6/2024 5:00 p.m. Counties Send the report"),
        "{page}"
    );
    assert!(
        folder
            .read("output/memos.json")
            .contains(r#""deadlines":[{"id":"report","step":"","owner":"Counties""#)
    );

    // Withdrawn, it asks for nothing.
    done(&folder, &["withdraw", "24301", "--why", "the report is not needed", "--date", "2024-07-20"]);
    assert!(!folder.has("output/calendar/2024.html"));
}

#[test]
fn a_later_memo_moves_a_deadline_and_leaves_the_others() {
    let folder = office();
    let other = "- {what: Send the names, who: counties, date: 8/23/2024}";
    memo(&folder, "24301", "2024-07-15", &format!("{REPORT}\n{other}"), "", "Please note.");
    done(&folder, &["issue", "24301"]);
    let later = REPORT.replace("9/6/2024", "9/13/2024");
    memo(&folder, "24302", "2024-07-22", &later, "updates: \"24301\"\n", "There is more time.");
    assert_eq!(
        done(&folder, &["diff", "24301", "24302"]),
        "From memo 24301 (July 15, 2024) to memo 24302 (July 22, 2024):\n\nThe deadline “Send the report” moved from \
         September 6 at 5:00 p.m. to September 13, 2024, at 5:00 p.m.: 5 working days later.\nThe deadline “Send the \
         names” is not listed any more.\n"
    );
    done(&folder, &["issue", "24302"]);
    let calendar = words(&folder.read("output/calendar/2024.html"));
    assert!(
        calendar.contains("Friday, September 13, 2024 , 5:00 p.m. Send the report is due Counties 24302")
    );
    assert!(calendar.contains("Friday, August 23, 2024 Send the names is due Counties 24301"), "{calendar}");
    assert!(!calendar.contains("September 6"), "{calendar}");
}

#[test]
fn what_was_issued_of_a_deadline_is_compared() {
    let folder = office();
    let counted = "- {id: report, what: Send the report, who: counties, date: E-60}";
    memo(&folder, "24301", "2024-07-15", counted, "", "Please note.");
    done(&folder, &["issue", "24301"]);
    folder.edit("memos/office.yaml", "2024-11-05", "2024-11-12");
    memo(&folder, "24302", "2024-07-22", counted, "updates: \"24301\"\n", "Please note.");
    let told = done(&folder, &["diff", "24301", "24302"]);
    assert!(told.contains("moved from September 6 to September 13, 2024"), "{told}");
}

#[test]
fn deadlines_count_from_the_schedule_that_their_memo_knows() {
    let folder = office();
    folder.file(
        "memos/releases/roster.yaml",
        "name: Roster\nmilestones: {release: 2024-08-02}\ndelays:\n- {announced: 2024-07-10, cause: a fix, moves: {release: \
         2024-08-16}}\ntasks:\n- {id: test, step: 1, owners: counties, text: Test, start: {at: release, offset: -2wd}}\n- {id: \
         gone, step: 2, owners: sos, text: Old, until: 1, end: 7/1/2024}\n- {id: late, step: 3, owners: sos, text: New, since: \
         1, end: {at: release}}\n",
    );
    let counted = "- {id: names, what: Send names, who: counties, date: {before: test}}\n- {what: Report, who: sos, date: \
                   {after: late}}";
    let counted = format!("{counted}\n- {{what: Say so, who: sos, date: {{before: names, lag: 2wd}}}}");
    memo(
        &folder,
        "24301",
        "2024-07-15",
        &counted,
        "release: roster\nattachments: schedule\n",
        "Please note.",
    );
    done(&folder, &["build"]);
    let text = folder.read("output/ccrov/2024/24301.md");
    assert!(
        text.contains(
            "| 8/13/2024 | Counties | Send names |\n| 8/19/2024 | SOS | Report |\n| 8/9/2024 | SOS | Say so |"
        ),
        "{text}"
    );
    // The schedule alone stays as it was.
    assert_eq!(folder.read("output/ccrov/2024/24301-schedule.csv").lines().count(), 3);
    let why = done(&folder, &["why", "24301", "names"]);
    assert!(
        why.contains(
            "The deadline `names` is on August 13, 2024: 1 working day before the start of step 1, August 14, 2024"
        ),
        "{why}"
    );

    let gone = "- {what: Report, who: sos, date: {after: gone}}";
    memo(&folder, "24301", "2024-07-15", gone, "release: roster\nattachments: schedule\n", "Please note.");
    let faults = folder.run(&["check"]).faults;
    assert!(
        faults.contains("counts from step 2, which is not in the schedule that the memo knows"),
        "{faults}"
    );
}

#[test]
fn what_is_no_deadline_is_a_fault_in_its_place() {
    for (deadlines, said) in [
        ("- {what: A, who: counties, date: On-going}", "`On-going` is no deadline"),
        ("- {what: A, who: counties, date: N/A}", "`N/A` is no deadline"),
        ("- {what: A, who: counties, date: {at: release}}", "there is no milestone `release`"),
        ("- {what: A, who: nobody, date: 9/6/2024}", "there is no responsible entity `nobody`"),
        ("- {what: A, who: counties}", "date"),
        ("- {who: counties, date: 9/6/2024}", "what"),
        ("- {id: 1st, what: A, who: counties, date: 9/6/2024}", "begins with a figure"),
        (
            "- {id: a, what: A, who: counties, date: 9/6/2024}\n- {id: a, what: B, who: sos, date: 9/6/2024}",
            "another deadline has the id `a` already",
        ),
        (
            "- {id: a, what: A, who: counties, date: {after: b}}\n- {id: b, what: B, who: sos, date: {after: a}}",
            "hangs on itself",
        ),
        ("- {what: A, who: counties, date: {at: E-45}}", "closed"),
        ("- {id: a, what: A, who: counties, date: {before: a}}", "hangs on itself"),
        ("- {what: \"{{ nothing }}\", who: counties, date: 9/6/2024}", "stands for nothing"),
    ] {
        let faults = faults(deadlines, "", "Please note.");
        assert!(faults.contains("error[") && faults.contains(said), "{deadlines}\n{faults}");
    }
    let unlisted = faults(REPORT, "", "{{ deadlines.estimate.date }}");
    assert!(unlisted.contains("error[undefined-variable]"), "{unlisted}");
}
