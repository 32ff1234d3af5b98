//! A spreadsheet of tasks on the command line: what it would change is shown, and nothing is written before somebody says what it means.

use serde_json::Value;

use crate::common::{
    Folder,
    book::{rows, xlsx},
    files, shipped,
};

const RELEASE: &str = "memos/releases/r.yaml";

const PLAN: &str = "\
name: Roster Release
calendar: state
milestones:
  deployment: 2026-10-08
tasks:
  - {id: decide, step: 1, owners: sos, text: Decide, end: 9/25/2026} # kept
  - {id: install, step: 2, owners: [sos, counties], text: Install it, start: {at: deployment, offset: -4wd}, end: {at: deployment}}
  - {id: watch, step: 3, owners: sos, text: Watch, start: {after: install}, takes: 5wd}
  - {id: tell, step: 4, owners: counties, text: Tell, start: N/A, end: On-going}
";

fn folder() -> Folder {
    let folder = Folder::with_seed();
    let office = folder.read("memos/office.yaml").replace("entities:\n", "entities:\n  counties: Counties\n");
    folder.file("memos/office.yaml", office);
    folder.file(RELEASE, PLAN);
    folder
}

const TITLE: [&str; 1] = ["Roster Release, as of May"];
const HEAD: [&str; 5] = ["#", "Responsible Entity", "Task", "Start Date", "End Date"];

/// A sheet with a title, heads in the third row, and steps.
fn sheet(steps: &[[&str; 5]]) -> String {
    let mut all: Vec<&[&str]> = vec![&TITLE, &[], &HEAD];
    all.extend(steps.iter().map(|step| &step[..]));
    rows(&all)
}

/// September 28, 2026.
const LATER: &str = "<c r=\"@\" s=\"1\"><v>46293</v></c>";

fn steps() -> Vec<[&'static str; 5]> {
    vec![
        ["1", "SOS", "Decide", "", LATER],
        ["2", "SOS/Counties", "Install it", "10/2/2026", "October 8, 2026"],
        ["3", "SOS", "Watch", "9-Oct-26", "10/15/2026"],
        ["Completed", "", "", "", ""],
        ["4", "Counties", "Tell", "N/A", "Ongoing"],
    ]
}

fn import(folder: &Folder, inside: &str, more: &[&str]) -> crate::common::Run {
    folder.file("tasks.xlsx", xlsx(&[("Notes", &rows(&[&["nothing"]])), ("Tasks", inside)]));
    folder.run(&[&["import", "tasks.xlsx", "--release", "r"], more].concat())
}

#[test]
fn what_a_sheet_changes_is_shown_and_written_once_somebody_says_what_it_means() {
    let folder = folder();
    let run = import(&folder, &sheet(&steps()), &[]);
    assert_eq!(run.status, 0, "{}{}", run.results, run.faults);
    for words in [
        "1  Step 1 (row 4), end: was 9/25/2026, becomes 9/28/2026",
        "“Completed” is a heading",
        "has step 4 as completed",
        "3 steps are as the sheet says.",
        "Nothing was written. If the plan was wrong, add --wrong.",
    ] {
        assert!(run.results.contains(words), "{words}: {}", run.results);
    }
    assert_eq!(folder.read(RELEASE), PLAN);
    // Nobody can be asked here.
    assert_eq!(
        (import(&folder, &sheet(&steps()), &["--wrong"]).status, folder.read(RELEASE).as_str()),
        (2, PLAN)
    );
    let run = import(&folder, &sheet(&steps()), &["--wrong", "--yes", "--json"]);
    let result: Value = serde_json::from_str(&run.results).unwrap();
    assert_eq!(
        (run.status, result["written"].as_bool(), result["sheet"].as_str()),
        (0, Some(true), Some("Tasks")),
        "{result}"
    );
    assert_eq!(folder.read(RELEASE), PLAN.replace("end: 9/25/2026", "end: 9/28/2026"));
    // The same sheet again changes nothing.
    let run = import(&folder, &sheet(&steps()), &["--wrong", "--yes"]);
    assert!(
        run.status == 0 && run.results.contains("4 steps are as the sheet says.\nNothing was written."),
        "{}",
        run.results
    );
}

#[test]
fn what_cannot_be_read_is_listed_and_nothing_is_half_imported() {
    let folder = folder();
    let mut all = steps();
    all[1][3] = "soon";
    all[2][1] = "XYZ";
    all[4][4] = "<c r=\"@\" t=\"e\"><v>#REF!</v></c>";
    let run = import(&folder, &sheet(&all), &["--wrong", "--yes"]);
    assert_eq!((run.status, folder.read(RELEASE).as_str()), (1, PLAN), "{}{}", run.results, run.faults);
    for words in [
        "row 6 names “XYZ”",
        "D5, Start of step 2: “soon” is no date",
        "E8, End of step 4: “#REF!” is no date",
        "The cell E8 says “#REF!”",
        "3 questions to answer first. Nothing was written.",
    ] {
        assert!(run.results.contains(words), "{words}: {}", run.results);
    }
    let answers =
        ["--wrong", "--yes", "--who", "XYZ=counties", "--date", "D5=10/2/2026", "--date", "e8=On-going"];
    let run = import(&folder, &sheet(&all), &answers);
    assert_eq!(run.status, 0, "{}{}", run.results, run.faults);
    let expected = PLAN
        .replace("end: 9/25/2026", "end: 9/28/2026")
        .replace("step: 3, owners: sos", "step: 3, owners: counties");
    assert_eq!(folder.read(RELEASE), expected);
    for wrong in [["--who", "X=sos"], ["--row", "9=1"], ["--date", "A1=1/1/2026"], ["--only", "9"]] {
        assert_eq!(import(&folder, &sheet(&steps()), &wrong).status, 2, "{wrong:?}");
    }
}

#[test]
fn a_date_of_a_rule_is_overwritten_only_if_somebody_chooses_it() {
    let folder = folder();
    let mut all = steps();
    all[2][4] = "10/20/2026";
    let run = import(&folder, &sheet(&all), &["--wrong", "--yes"]);
    assert!(
        run.results.contains("2  Step 3 (row 6), end: was 10/15/2026, becomes 10/20/2026"),
        "{}",
        run.results
    );
    assert_eq!(folder.read(RELEASE), PLAN.replace("end: 9/25/2026", "end: 9/28/2026"));
    let run = import(&folder, &sheet(&all), &["--wrong", "--yes", "--only", "1"]);
    assert_eq!(run.status, 0, "{}{}", run.results, run.faults);
    assert!(
        folder.read(RELEASE).contains("start: {after: install}, end: 10/20/2026}"),
        "{}",
        folder.read(RELEASE)
    );
}

#[test]
fn a_plan_that_has_moved_is_a_delay_by_which_steps_come_and_go() {
    let folder = folder();
    let mut all = steps();
    all[0] = ["1", "SOS", "Decide", "", "9/25/2026"];
    all[1] = ["2", "SOS/Counties", "Install it", "10/9/2026", "10/15/2026"];
    all[2] = ["3", "SOS", "Watch", "10/16/2026", "10/22/2026"];
    all[3] = ["3a", "Counties", "Report", "", "10/23/2026"];
    all.pop();
    let moved = ["--moved", "--reason", "a storm", "--announced", "2026-09-01", "--yes"];
    let shown: Value = serde_json::from_str(&import(&folder, &sheet(&all), &["--json"]).results).unwrap();
    let changes = shown["changes"].as_array().unwrap();
    let number = |kind: &str| changes.iter().position(|change| change["kind"] == kind).unwrap() + 1;
    let only = format!("{},{}", number("new"), number("gone"));
    let run = import(&folder, &sheet(&all), &[&moved[..], &["--only", &only]].concat());
    assert_eq!(run.status, 0, "{}{}", run.results, run.faults);
    for words in ["Steps that come or go by this delay", "Step 3a is new: Report", "Step 4 is dropped: Tell"]
    {
        assert!(run.results.contains(words), "{words}: {}", run.results);
    }
    let file = folder.read(RELEASE);
    for line in [
        "deployment: 2026-10-15",
        "{id: tell, step: 4, owners: counties, text: Tell, start: N/A, end: On-going, until: 1}",
        "since: 1",
    ] {
        assert!(file.contains(line), "{line}: {file}");
    }
    assert_eq!(folder.run(&["check"]).status, 0);
    // What the plan was before keeps its steps.
    let before = folder.run(&["diff", "r@0", "r@1"]);
    assert!(before.results.contains("Report") && before.results.contains("Tell"), "{}", before.results);
    // Without a reason there is no delay.
    assert_eq!(import(&folder, &sheet(&all), &["--moved"]).status, 2);
}

#[test]
fn which_sheet_is_meant_is_asked() {
    let folder = folder();
    let inside = sheet(&steps());
    folder.file("tasks.xlsx", xlsx(&[("May", &inside), ("June", &inside), ("-Old", &inside)]));
    let run = folder.run(&["import", "tasks.xlsx", "--release", "r"]);
    assert_eq!((run.status, run.faults.contains("“May” and “June”")), (2, true), "{}", run.faults);
    assert_eq!(folder.run(&["import", "tasks.xlsx", "--release", "r", "--sheet", "june"]).status, 0);
    assert_eq!(folder.run(&["import", "tasks.xlsx", "--release", "r", "--sheet", "July"]).status, 2);
    folder.file("tasks.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 Workbook");
    let run = folder.run(&["import", "tasks.xlsx", "--release", "r"]);
    assert!(run.status == 2 && run.faults.contains("before 2007"), "{}", run.faults);
}

#[test]
fn bold_capitals_are_warnings_and_merged_cells_are_read_in_each_row() {
    let folder = folder();
    let mut all = steps();
    all[0][4] = "9/25/2026";
    all[1][2] = "<c r=\"@\" t=\"inlineStr\"><is><r><t>Install it – </t></r><r><rPr><b/></rPr><t>NOT ON A SUNDAY</t></r></is></c>";
    let inside = sheet(&all) + "<mergeCells><mergeCell ref=\"B6:B7\"/></mergeCells>";
    let run = import(&folder, &inside, &["--wrong", "--yes"]);
    assert_eq!(run.status, 0, "{}{}", run.results, run.faults);
    for words in
        ["Bold capitals in column C are read as a warning: row 5.", "The cell B6 is merged over several rows"]
    {
        assert!(run.results.contains(words), "{words}: {}", run.results);
    }
    assert!(
        folder.read(RELEASE).contains("end: {at: deployment}, warning: NOT ON A SUNDAY}"),
        "{}",
        folder.read(RELEASE)
    );
}

#[test]
fn what_is_exported_and_imported_without_an_edit_changes_nothing() {
    let releases: Vec<String> = files(&shipped().join("memos/releases"))
        .iter()
        .filter_map(|file| file.strip_suffix(".yaml").map(str::to_owned))
        .collect();
    assert!(releases.len() > 1, "{releases:?}");
    let folder = Folder::with_sources_of(shipped());
    for release in releases {
        let path = format!("memos/releases/{release}.yaml");
        let before = folder.read(&path);
        let run = folder.run(&["export", &release]);
        assert_eq!(run.status, 0, "{release}: {}", run.faults);
        let file = format!("{release}.xlsx");
        let bytes = folder.bytes(&file);
        // One that is there is not replaced unless somebody says so, and then it is the same.
        assert_eq!(folder.run(&["export", &release]).status, 2);
        assert_eq!(folder.run(&["export", &release, "--replace"]).status, 0);
        assert_eq!(folder.bytes(&file), bytes);
        let run = folder.run(&["import", &file, "--release", &release, "--wrong", "--yes", "--json"]);
        let result: Value = serde_json::from_str(&run.results).unwrap();
        assert_eq!((run.status, &result["changes"]), (0, &serde_json::json!([])), "{release}: {result}");
        assert_eq!(folder.read(&path), before);
    }
}

#[test]
fn a_step_is_known_by_its_id_whatever_else_changes() {
    let folder = folder();
    let head: &[&str] = &["ID", "#", "Responsible Entity", "Task", "Start", "End"];
    let inside = rows(&[
        head,
        &["decide", "7", "SOS", "Something else altogether", "", "9/25/2026"],
        // Whoever sorts some columns only leaves the ids where they were: here, words go first.
        &["tell", "3", "SOS", "Watch", "10/9/2026", "10/15/2026"],
        &["watch", "4", "Counties", "Tell", "N/A", "On-going"],
    ]);
    let run = import(&folder, &inside, &["--wrong", "--yes"]);
    assert_eq!(run.status, 0, "{}{}", run.results, run.faults);
    let expected = PLAN.replace(
        "step: 1, owners: sos, text: Decide",
        "step: 7, owners: sos, text: Something else altogether",
    );
    assert_eq!(folder.read(RELEASE), expected);
}

#[test]
fn a_list_of_contacts_is_a_table_for_a_text() {
    let folder = Folder::with_seed();
    let inside = rows(&[
        &[],
        &["", "Name", "Telephone"],
        &[
            "",
            "<c r=\"@\" t=\"inlineStr\"><is><r><t>Ana | </t></r><r><rPr><b/></rPr><t>chief</t></r></is></c>",
            "<c r=\"@\" s=\"6\"><v>9165551234</v></c>",
        ],
        &["", "=1+1 *", "<c r=\"@\" s=\"1\"><v>44439</v></c>"],
    ]);
    folder.file("contacts.xlsx", xlsx(&[("Contacts", &inside), ("-Old", &inside)]));
    let run = folder.run(&["import", "contacts.xlsx", "--as-table"]);
    assert_eq!(run.status, 0, "{}", run.faults);
    assert_eq!(
        run.results,
        "| Name | Telephone |\n| --- | --- |\n| Ana \\| **chief** | 9165551234 |\n| =1+1 \\* | 8/31/2021 |\n"
    );
    assert!(
        run.faults.contains("The cell C3 is a number in a format of Excel that ccrov does not know"),
        "{}",
        run.faults
    );
    folder.file("contacts.xlsx", xlsx(&[("North", &inside), ("South", &inside)]));
    assert_eq!(folder.run(&["import", "contacts.xlsx", "--as-table"]).status, 2);
    assert_eq!(folder.run(&["import", "contacts.xlsx", "--as-table", "--sheet", "south"]).status, 0);
}
