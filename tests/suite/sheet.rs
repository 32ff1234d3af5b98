//! A spreadsheet's clipboard and the steps of a release: what is read, what is asked, what is written, and what is left as it is.

use ccrov::{
    desk::{Desk, SheetRequest, copied_steps, exported_steps, paste_sheet},
    folder::WorkingFolder,
};

use crate::common::{
    Folder,
    book::{rows, xlsx},
    forms::{fields, plain},
    served::{Answer, PATIENCE, Served},
    shipped,
};

const RELEASE: &str = "memos/releases/r.yaml";
const PASTE: &str = "/release/r/tasks/paste";

const PLAN: &str = "\
name: Roster Release
calendar: state
milestones:
  deployment: 2026-10-08
  mock-election:
    start: 2026-11-09
    end: 2026-11-13
tasks:
  # Before all else.
  - {id: decide, step: 1, owners: sos, text: Decide, end: 9/25/2026}

  - id: install # by night
    step: 2
    owners: [sos, counties]
    text: >-
      Install it
      everywhere
    start: {at: deployment, offset: -4wd}
    end: {at: deployment}
  - {id: watch, step: 3, owners: sos, text: Watch, warning: Not on a Sunday, start: {after: install}, takes: 5wd}
  - {id: tell, step: 4, owners: counties, text: \"Tell: \\\"all\\\" # of them\", start: N/A, end: On-going}
";

const HEAD: &str = "No.\tResponsible\tActivity\tWarnings\tStart Date\tEnd Date\n";

fn folder() -> Folder {
    let folder = Folder::with_seed();
    folder.file(
        "memos/office.yaml",
        folder.read("memos/office.yaml").replace("entities:\n", "entities:\n  counties: Counties\n"),
    );
    folder.file(RELEASE, PLAN);
    folder
}

/// Pastes a sheet, and gives the page that compares it.
fn compare(desk: &Served, sheet: &str) -> String {
    let answer = desk.post(PASTE, &[("sheet", sheet), ("do", "look")]);
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.text()
}

/// Sends a page's form once more, with other answers; a blank value unticks.
fn send(desk: &Served, page: &str, deed: &str, said: &[(&str, &str)]) -> Answer {
    send_to(desk, PASTE, page, deed, said)
}

/// The same, to another address.
fn send_to(desk: &Served, path: &str, page: &str, deed: &str, said: &[(&str, &str)]) -> Answer {
    let mut form = fields(page, "paste");
    for (name, value) in said {
        match name.split_once('=') {
            // A tick of several with one name.
            Some((name, key)) => {
                form.retain(|(field, is)| !(field == name && is == key));
                form.extend((!value.is_empty()).then(|| (name.to_owned(), key.to_owned())));
            }
            None => {
                form.retain(|(field, _)| field != name);
                form.push(((*name).to_owned(), (*value).to_owned()));
            }
        }
    }
    form.push(("do".to_owned(), deed.to_owned()));
    let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    desk.post(path, &form)
}

/// Does what a page shows.
fn deed(desk: &Served, page: &str) {
    let answer = send(desk, page, "deed", &[]);
    assert_eq!(answer.status, 303, "{}", answer.text());
}

fn says(page: &str, all: &[&str]) {
    let shown = plain(page);
    all.iter().for_each(|words| assert!(shown.contains(words), "{words}: {page}"));
}

#[test]
fn changed_cells_change_their_lines_only() {
    let folder = folder();
    let desk = Served::desk(folder.path());
    let sheet = format!(
        "Schedule, as of May\t\t\t\t\t\r\n{HEAD}Pre-deployment\t\t\t\t\t\n\
         1\tSOS\tDecide\t\t\t9/28/26\n\
         2\tSOS/Counties\tInstall it everywhere\t\t10/2/2026\tOctober 8, 2026\n\
         \t\t\t\t\t\n\
         3\tSOS\tWatch it\tNot on a Sunday\t9-Oct-26\t10/16/2026\n\
         4\tCounties\t\"Tell: \"\"all\"\" # of them\"\t\tN/A\tOngoing\r\n"
    );
    let page = compare(&desk, &sheet);
    says(
        &page,
        &[
            "Use these 2 changes",
            "Above the table stands “Schedule, as of May”",
            "“Pre-deployment” is a heading",
        ],
    );
    // What follows from the ticks is shown, and never written.
    let follows = send_to(&desk, "/release/r/tasks/paste/follows", &page, "deed", &[]);
    says(&follows.text(), &["Use these 2 changes"]);
    assert_eq!(folder.read(RELEASE), PLAN);
    deed(&desk, &page);
    let expected =
        PLAN.replace("end: 9/25/2026", "end: 9/28/2026").replace("text: Watch,", "text: Watch it,");
    assert_eq!(folder.read(RELEASE), expected);
    // What was unticked stays.
    let page = compare(&desk, &sheet.replace("9/28/26", "9/29/26").replace("Watch it", "Watch them"));
    let page = send(&desk, &page, "look", &[("take=4 end", "")]).text();
    says(&page, &["Use this change"]);
    deed(&desk, &page);
    assert_eq!(folder.read(RELEASE), expected.replace("Watch it", "Watch them"));
}

/// The steps as a page offers them for Excel.
fn copied(desk: &Served) -> String {
    let page = desk.get("/release/r/tasks").text();
    let (_, area) = page.split_once("id=\"copied\"").unwrap_or_else(|| panic!("{page}"));
    let (_, text) = area.split_once(">\n").unwrap();
    plain(text.split("</textarea>").next().unwrap())
}

#[test]
fn what_is_copied_out_and_pasted_back_is_no_change() {
    let folder = folder();
    let desk = Served::desk(folder.path());
    let text = copied(&desk);
    assert!(text.contains("2\tSOS/Counties\tInstall it everywhere\t\t10/2/2026\t10/8/2026\t5"), "{text}");
    assert!(text.contains("\"Tell: \"\"all\"\" # of them\""), "{text}");
    says(&compare(&desk, &text), &["No changes."]);
    says(&compare(&desk, &text.replace('\n', "\r\n")), &["No changes."]);
    // A part of it is no change either, unless somebody removes the rest.
    let part: Vec<&str> = text.lines().filter(|line| !line.starts_with('4')).collect();
    let page = compare(&desk, &part.join("\n"));
    says(&page, &["Not in the sheet", "Nothing is ticked"]);
    let page = send(&desk, &page, "look", &[("take=gone tell", "on")]).text();
    deed(&desk, &page);
    assert!(!folder.read(RELEASE).contains("tell") && folder.read(RELEASE).contains("id: watch"));
}

#[test]
fn every_release_that_is_shipped_comes_back_as_it_is() {
    let snapshot = Desk::at(&WorkingFolder::at(shipped())).snapshot().unwrap();
    assert!(snapshot.texts.releases.len() > 1);
    for (release, _) in &snapshot.texts.releases {
        let text = copied_steps(&snapshot, release).unwrap();
        let wish = SheetRequest { release: release.clone(), text, ..SheetRequest::default() };
        let report = paste_sheet(&snapshot, &wish).unwrap().report;
        assert!(report.is_nothing(), "{release}: {report:#?}");
        assert_eq!(report.told, Vec::<String>::new(), "{release}");
        assert!(report.same > 5, "{release}: {}", report.same);
    }
}

#[test]
fn a_date_that_the_plan_finds_stays_a_rule_unless_somebody_writes_it_by_hand() {
    let folder = folder();
    let desk = Served::desk(folder.path());
    // Step 3 begins a day later than the plan counts, and ends when the plan then finds.
    let sheet = format!("{HEAD}3\tSOS\tWatch\tNot on a Sunday\t10/12/2026\t10/16/2026\n");
    let page = compare(&desk, &sheet);
    says(
        &page,
        &[
            "The plan finds something else",
            "The plan finds 10/9/2026: 1 working day after step 2",
            "Nothing is ticked",
        ],
    );
    let page = send(&desk, &page, "look", &[("take=2 start", "on")]).text();
    says(&page, &["Use this change"]);
    deed(&desk, &page);
    assert_eq!(
        folder.read(RELEASE),
        PLAN.replace("start: {after: install}, takes", "start: 10/12/2026, takes")
    );
}

#[test]
fn what_follows_a_change_of_the_sheet_needs_no_change_of_its_own() {
    let folder = folder();
    folder.file(
        RELEASE,
        PLAN.replace("{at: deployment, offset: -4wd}", "10/2/2026")
            .replace("end: {at: deployment}", "end: 10/8/2026"),
    );
    let desk = Served::desk(folder.path());
    let sheet = "Step\tTask\tStart\tEnd\n2\tInstall it everywhere\t10/2/2026\t10/9/2026\n3\tWatch\t10/12/2026\t10/16/2026\n";
    let page = compare(&desk, sheet);
    says(&page, &["Use this change", "Step 3 follows what changes, and is then when the sheet says"]);
    deed(&desk, &page);
    let text = folder.read(RELEASE);
    assert!(
        text.contains("end: 10/9/2026") && text.contains("start: {after: install}, takes: 5wd"),
        "{text}"
    );
}

#[test]
fn names_rows_and_dates_that_nobody_can_tell_are_asked() {
    let folder = folder();
    folder.file(
        RELEASE,
        PLAN.replace(
            "step: 4, owners: counties, text: \"Tell: \\\"all\\\" # of them\"",
            "step: 4, owners: sos, text: Watch",
        ),
    );
    let desk = Served::desk(folder.path());
    let sheet = format!(
        "{HEAD}1\tSOS/County IT\tDecide\t\t\t2/30/2026\n9\tSOS\tWatch\t\t\t\n10\tThe Vendor\tTest: \"it\"\t# now\t10/5/2026\tsoon\n"
    );
    let page = compare(&desk, &sheet);
    says(
        &page,
        &[
            "Who is “County IT”?",
            "Who is “The Vendor”?",
            "Which step is row 3",
            "End of step 1: “2/30/2026” cannot be read",
            "End of step 10: “soon” cannot be read",
            "5 questions are open",
            "First say above who is responsible",
            "Nothing is ticked",
        ],
    );
    let answers = [
        ("owner:County IT", "is counties"),
        ("owner:The Vendor", "part sos"),
        ("row:3", "is tell"),
        ("date:2 end", "9/24/2026"),
        ("date:4 end", "On-going"),
    ];
    let page = send(&desk, &page, "look", &answers).text();
    says(&page, &["Step 10", "The Vendor, 10/5/2026 to On-going"]);
    assert!(!page.contains("are open"), "{page}");
    deed(&desk, &page);
    let text = folder.read(RELEASE);
    assert!(
        text.contains("{id: decide, step: 1, owners: [sos, counties], text: Decide, end: 9/24/2026}"),
        "{text}"
    );
    assert!(text.contains("id: tell, step: 9,"), "{text}");
    let new = "  - id: task-5\n    step: 10\n    owners: the-vendor\n    text: 'Test: \"it\"'\n    warning: \"# now\"\n    start: 10/5/2026\n    end: On-going\n";
    assert!(text.contains(new), "{text}");
    let office = folder.read("memos/office.yaml");
    assert!(
        office.contains("the-vendor: {name: The Vendor, part_of: sos}")
            || office.contains("the-vendor:\n    name: The Vendor\n    part_of: sos\n"),
        "{office}"
    );
    assert_eq!(desk.get("/release/r/tasks").status, 200);
    says(&compare(&desk, &copied(&desk)), &["No changes."]);
}

#[test]
fn a_sheet_without_names_is_asked_which_column_is_which() {
    let folder = folder();
    let desk = Served::desk(folder.path());
    let page = compare(&desk, "1\tDecide\t46290\tx\n2\tInstall it everywhere\t46303\ty\n");
    says(&page, &["Say which column is which", "Column A: 1", "Column C: 46290"]);
    let page =
        send(&desk, &page, "look", &[("column:0", "step"), ("column:1", "task"), ("column:2", "end")]).text();
    says(
        &page,
        &[
            "has the numbers by which Excel counts days: 46290 is 9/25/2026",
            "Column D is left out",
            "Not in the sheet",
        ],
    );
}

#[test]
fn steps_come_where_the_sheet_has_them_and_go_where_it_says() {
    let folder = folder();
    let desk = Served::desk(folder.path());
    let sheet = format!(
        "{HEAD}\tSOS\tBegin\t\t9/1/2026\t9/2/2026\n1\tSOS\tDecide\t\t\t9/25/2026\n\tCounties\tAsk:\t\tTBD\t\n\tSOS\tAnswer\t\t\tTBD (fall)\n\
         2\tSOS/Counties\tInstall it everywhere\t\t10/2/2026\t10/8/2026\n"
    );
    let page = compare(&desk, &sheet);
    says(&page, &["The sheet gives it no number", "Use these 3 changes"]);
    let page = send(&desk, &page, "look", &[("take=gone tell", "on")]).text();
    deed(&desk, &page);
    let text = folder.read(RELEASE);
    let order: Vec<usize> =
        ["text: Begin", "text: Decide", "text: 'Ask:'", "text: Answer", "id: install", "id: watch"]
            .iter()
            .map(|words| {
                text.find(words)
                    .or_else(|| text.find(&words.replace('\'', "\"")))
                    .unwrap_or_else(|| panic!("{words}: {text}"))
            })
            .collect();
    assert!(order.is_sorted(), "{text}");
    assert!(text.contains("step: 1a") && text.contains("step: 1b") && text.contains("TBD (fall)"), "{text}");
    assert!(
        text.contains("# Before all else.") && text.contains("# by night") && !text.contains("id: tell"),
        "{text}"
    );
    assert_eq!(desk.get("/release/r/tasks").status, 200);
    // A step that others count from cannot go.
    let page = compare(&desk, &format!("{HEAD}1\tSOS\tDecide\t\t\t9/25/2026\n"));
    let page = send(&desk, &page, "look", &[("take=gone install", "on")]).text();
    says(&page, &["something in the release is to be fixed", "There is no task install"]);
    assert!(!page.contains("value=\"deed\""), "{page}");
    assert_eq!(folder.read(RELEASE), text);
}

#[test]
fn what_somebody_else_changed_is_looked_at_first() {
    let folder = folder();
    let desk = Served::desk(folder.path());
    let sheet = format!("{HEAD}1\tSOS\tDecide\t\t\t9/28/2026\n");
    let page = compare(&desk, &sheet);
    let theirs = PLAN.replace("end: 9/25/2026", "end: 9/24/2026");
    folder.file(RELEASE, &*theirs);
    let answer = send(&desk, &page, "deed", &[]);
    assert_eq!(answer.status, 409);
    says(&answer.text(), &["Nothing is changed yet", "9/24/2026"]);
    assert_eq!(folder.read(RELEASE), theirs);
    deed(&desk, &answer.text());
    assert_eq!(folder.read(RELEASE), PLAN.replace("end: 9/25/2026", "end: 9/28/2026"));
}

#[test]
fn hostile_sheets_are_answered_and_change_nothing_untold() {
    let folder = folder();
    let desk = Served::desk(folder.path());
    let many = "1\tSOS\tX\t\t\t\n".repeat(1200);
    for sheet in [
        "\t\t\t\n",
        "\"",
        "\t",
        "Task\tEnd\n",
        "<script>\t{{ x }}\n",
        &format!("{HEAD}{many}"),
        "\u{0}\t\u{7}\n",
        &"\t".repeat(5000),
    ] {
        let answer = desk.post(PASTE, &[("sheet", sheet), ("do", "look")]);
        assert!([200, 422].contains(&answer.status), "{} {sheet:.20}", answer.status);
        assert!(!answer.text().contains("<script>\t"), "{sheet:.20}");
    }
    // As many rows as there can be are compared in one go.
    let rows: String = (0..990).map(|nth| format!("{nth}0\tSOS\tTask {nth}\t\t\t9/1/2026\n")).collect();
    let begun = std::time::Instant::now();
    says(&compare(&desk, &format!("{HEAD}{rows}")), &["Use these 990 changes"]);
    assert!(begun.elapsed() < PATIENCE, "{:?}", begun.elapsed());
    // Twice the same row: nobody can tell which of them it is.
    let page =
        compare(&desk, &format!("{HEAD}1\tSOS\tDecide\t\t\t9/28/2026\n1\tSOS\tDecide\t\t\t9/29/2026\n"));
    says(&page, &["Which step is row 2", "Which step is row 3", "Nothing is ticked"]);
    // Braces of a sheet are a template's: what is wrong with them is shown, and nothing is written.
    let page = compare(&desk, &format!("{HEAD}1\tSOS\tDecide {{{{ nothing }}}}\t\t\t9/25/2026\n"));
    assert!(page.contains("Decide {{ nothing }}"), "{page}");
    assert_eq!(folder.read(RELEASE), PLAN);
    assert_eq!(desk.post("/release/none/tasks/paste", &[("sheet", "x"), ("do", "look")]).status, 422);
    assert_eq!(desk.get("/release/none/tasks/paste").status, 422);
}

#[test]
fn a_plan_that_counties_have_read_moves_by_a_delay() {
    // Days to come, whenever this runs; those of 2037 fall as those of 2026.
    let folder = folder();
    let plan = PLAN.replace("2026", "2037");
    folder.file(RELEASE, &*plan);
    folder.file(
        "memos/2026/26100.yaml",
        "number: 26100\ndate: July 30, 2026\nstatus: draft\nletterhead: elections\nto: All\nfrom: debra-ledsinger\n\
         subject: X\nrelease: r\nattachments: schedule\nbody: Attached.\n",
    );
    let desk = Served::desk(folder.path());
    let sheet = "No.\tWho\tTask\tStart\tEnd\n\
        1\tSOS\tDecide\t\t9/28/2037\n\
        2\tSOS/Counties\tInstall it everywhere\t10/9/2037\t10/15/2037\n\
        3\tSOS\tWatch\t10/16/2037\t10/22/2037\n\
        \t\tMock election\t11/16/2037\t11/20/2037\n\
        5\tSOS\tSomething new\t\t\n";
    let page = compare(&desk, sheet);
    says(
        &page,
        &["value=\"wrong\" checked", "“Mock election” is a milestone of the release", "Use these 2 changes"],
    );
    assert!(!page.contains("name=\"to:deployment\""), "{page}");

    let issued = folder.run(&["issue", "26100", "--anyway", "read aloud"]);
    assert_eq!(issued.status, 0, "{}", issued.faults);
    let page = compare(&desk, sheet);
    says(
        &page,
        &[
            "value=\"moved\" checked",
            "26100 went out with this schedule",
            "name=\"to:deployment\" value=\"10/15/2037\"",
            "name=\"to:mock-election\" value=\"11/16/2037\"",
            "name=\"end:mock-election\" value=\"11/20/2037\"",
            "4 dates of steps are then what the sheet says",
            "This stays as it is: 1 step that the sheet does not have",
            "Step 1, end: the sheet says 9/28/2037, and with the delay it is 9/25/2037",
            "formaction=\"/slip/r\"",
        ],
    );
    assert!(!page.contains("value=\"deed\""), "{page}");
    // The page of the delay has the new days, and records nothing yet.
    let answer = send_to(&desk, "/slip/r", &page, "show", &[]);
    assert_eq!(answer.status, 200, "{}", answer.text());
    says(&answer.text(), &["name=\"to:deployment\" value=\"10/15/2037\"", "Record this delay"]);
    assert_eq!(folder.read(RELEASE), plan);
    // A step that the sheet has not goes by the delay if somebody says so, and the new one comes by it.
    let answer =
        send_to(&desk, "/slip/r", &page, "show", &[("take=gone tell", "gone tell"), ("cause", "a storm")]);
    let page = answer.text();
    says(&page, &["Step 5 is new: Something new", "Step 4 is dropped: Tell"]);
    let mut form = fields(&page, "slip");
    form.push(("do".to_owned(), "record".to_owned()));
    let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    assert_eq!(desk.post("/slip/r", &form).status, 303);
    let file = folder.read(RELEASE);
    assert!(
        file.contains("text: \"Tell: \\\"all\\\" # of them\", start: N/A, end: On-going, until: 1}"),
        "{file}"
    );
    assert!(file.contains("text: Something new") && file.contains("since: 1"), "{file}");
    folder.file(RELEASE, &*plan);
    // Two steps that put a milestone on two days move it nowhere.
    let page = compare(
        &desk,
        &sheet.replace("\t\tMock election\t11/16/2037\t11/20/2037", "\t\tDeployment\t\t10/16/2037"),
    );
    says(&page, &["The deployment would be on 10/15/2037 by step 2, and on 10/16/2037 by row 5"]);
    assert!(!page.contains("name=\"to:deployment\""), "{page}");
}

/// A sheet, and what is typed of the release that begins with it.
const NEW_SHEET: &str = "Task\tResponsible\tStart\tEnd\nDecide\tSOS\t\t9/25/2037\nInstall\tSOS/Counties\t10/2/2037\t10/8/2037\n\
    Mock election\t\t11/9/2037\t11/13/2037\n";
const NEW: [(&str, &str); 11] = [
    ("name", "roster-2037"),
    ("with", "sheet"),
    ("title", "Roster: 2037"),
    ("milestone:0", "Deployment"),
    ("start:0", "10/8/2037"),
    ("milestone:1", "Mock Election"),
    ("start:1", "11/9/2037"),
    ("end:1", "November 13, 2037"),
    ("milestone:2", "Release"),
    ("start:2", "TBD"),
    ("sheet", NEW_SHEET),
];

#[test]
fn what_keeps_a_release_from_its_milestones_is_said() {
    let folder = folder();
    let desk = Served::desk(folder.path());
    let wrong = desk.post(
        "/new/release",
        &[&NEW[..3], &[("milestone:0", "Deployment"), ("start:0", "2/30/2037")]].concat(),
    );
    assert_eq!(wrong.status, 422);
    says(
        &wrong.text(),
        &["Deployment: “2/30/2037” is no date", "Paste the table of the steps", "value=\"2/30/2037\""],
    );
    let umlaut =
        [&NEW[..3], &[("milestone:0", "Ärger"), ("start:0", "10/8/2037"), ("sheet", NEW_SHEET)]].concat();
    let umlaut = desk.post("/new/release", &umlaut);
    assert_eq!(umlaut.status, 422);
    says(
        &umlaut.text(),
        &["“Ärger” cannot be the name of a milestone: use the letters a to z", "value=\"Ärger\""],
    );
    let blank = desk.post("/new/release", &[&NEW[..3], &[("sheet", NEW_SHEET)]].concat());
    assert_eq!(blank.status, 422);
    says(&blank.text(), &["Type one milestone with its day", "Install\tSOS/Counties", "Begin this release"]);
    assert!(!folder.has("memos/releases/roster-2037.yaml"));
}

#[test]
fn a_release_begins_with_its_milestones_and_a_sheet() {
    let folder = folder();
    let desk = Served::desk(folder.path());
    let page = desk.get("/new/release").text();
    says(&page, &["With last time’s plan", "Begin from a spreadsheet", "Begin a blank release"]);
    let page = desk.get("/new/release?name=roster-2037&with=sheet").text();
    says(&page, &["First the milestones", "Or paste from Excel"]);
    let page = desk.post("/new/release", &NEW).text();
    says(
        &page,
        &[
            "Use these 2 changes",
            "“Mock election” is a milestone",
            "action=\"/release/roster-2037/tasks/paste\"",
        ],
    );
    let text = folder.read("memos/releases/roster-2037.yaml");
    assert!(text.contains("name: 'Roster: 2037'") || text.contains("name: \"Roster: 2037\""), "{text}");
    assert!(
        text.contains("deployment: 2037-10-08")
            && text.contains("release: TBD")
            && !text.contains("\ntasks:"),
        "{text}"
    );
    let answer = send_to(&desk, "/release/roster-2037/tasks/paste", &page, "deed", &[]);
    assert_eq!(answer.status, 303, "{}", answer.text());
    // What the dates follow is asked next.
    assert!(answer.head.contains("location: /release/roster-2037/tasks/follow"), "{}", answer.head);
    says(
        &desk.get("/release/roster-2037/tasks/follow").text(),
        &["2 changes of the sheet are saved", "on the day of the deployment"],
    );
    let text = folder.read("memos/releases/roster-2037.yaml");
    let steps = "tasks:\n  - id: task-1\n    step: 1\n    owners: sos\n    text: Decide\n    end: 9/25/2037\n  - id: task-2\n    step: 2\n    owners: [sos, counties]\n";
    assert!(text.contains(steps), "{text}");
}

#[test]
fn a_release_begins_blank_with_its_milestones() {
    let folder = folder();
    let desk = Served::desk(folder.path());
    let blank = [
        ("name", "blank"),
        ("with", "blank"),
        ("title", "Blank"),
        ("milestone:0", "Go"),
        ("start:0", "1/4/2038"),
    ];
    let answer = desk.post("/new/release", &blank);
    assert!(answer.head.contains("location: /release/blank/tasks"), "{}", answer.head);
    says(&desk.get("/release/blank/tasks").text(), &["Add the first step"]);
    let twice = [&blank[..], &[("milestone:1", "go"), ("start:1", "1/5/2038")]].concat();
    let twice: Vec<(&str, &str)> = twice
        .into_iter()
        .map(|(name, value)| (name, if value == "blank" && name == "name" { "other" } else { value }))
        .collect();
    let answer = desk.post("/new/release", &twice);
    assert_eq!(answer.status, 422, "{}", answer.text());
    assert!(!folder.has("memos/releases/other.yaml"));
}

#[test]
fn a_sheet_for_a_release_with_faults_is_kept_beside_the_way_to_the_release() {
    let folder = folder();
    folder.file(RELEASE, PLAN.replace("deployment: 2026-10-08", "deployment:"));
    let desk = Served::desk(folder.path());
    let sheet = format!("{HEAD}1\tSOS\tDecide\t\t\t9/28/26\n");
    for answer in [
        desk.post(PASTE, &[("sheet", &sheet), ("do", "look")]),
        desk.get("/release/r/tasks/follow"),
        desk.post("/release/r/tasks/follow", &[("do", "follow decide end")]),
    ] {
        assert_eq!(answer.status, 422);
        says(&answer.text(), &["The release has things to fix", "href=\"/release/r\""]);
    }
    let page = desk.post(PASTE, &[("sheet", &sheet), ("do", "look")]).text();
    says(&page, &["1\tSOS\tDecide\t\t\t9/28/26", "Compare with the steps"]);
}

#[test]
fn a_name_that_stands_for_nothing_is_told_before_a_memo_prints_it() {
    let folder = folder();
    let desk = Served::desk(folder.path());
    let sheet =
        |text: &str| format!("{HEAD}2\tSOS/Counties\tInstall it everywhere {text}\t\t10/2/26\t10/8/26\n");
    let page = compare(&desk, &sheet("{{ nme }}"));
    says(&page, &["something in the release is to be fixed", "nme"]);
    assert!(!page.contains("name=\"agreed\""), "{page}");
    let page = compare(&desk, &sheet("{{ memo.date }}"));
    says(&page, &["Use this change"]);
    for (text, is_fault) in [("{{ nme }}", true), ("{{ memo.date }}", false), ("{{ release.name }}", false)] {
        folder.file(RELEASE, PLAN.replace("text: Decide", &format!("text: 'Decide {text}'")));
        let page = desk.get("/release/r/tasks").text();
        assert_eq!(page.contains("“nme” stands for nothing"), is_fault, "{text}: {page}");
    }
}

#[test]
fn a_column_of_notes_is_asked_and_a_blank_cell_removes_nothing_by_itself() {
    let folder = folder();
    let desk = Served::desk(folder.path());
    let row = "3\tSOS\tWatch\tAsk Bob\t\t\n";
    let page = compare(&desk, &format!("{}{row}", HEAD.replace("Warnings", "Notes")));
    says(&page, &["Does the column “Notes” have warnings", "<details open>"]);
    assert!(!page.contains("take-2-warning"), "{page}");
    let page = send(&desk, &page, "look", &[("column:3", "warning")]).text();
    says(&page, &["value=\"2 warning\" id=\"take-2-warning\" checked"]);
    assert!(!page.contains("Does the column"), "{page}");
    // Nothing stands there: that is no wish to remove it.
    let page = compare(&desk, &format!("{HEAD}{}", row.replace("Ask Bob", "")));
    says(&page, &["value=\"2 warning\" id=\"take-2-warning\" aria-label", "The sheet leaves this blank"]);
    let page = compare(&desk, &format!("{HEAD}1\tSOS\tDecide\t\t\t\n"));
    says(&page, &["value=\"2 end\" id=\"take-2-end\" aria-label", "Nothing is ticked"]);
}

#[test]
fn a_row_that_may_be_a_step_is_no_new_one_before_somebody_says_so() {
    let folder = folder();
    let desk = Served::desk(folder.path());
    for number in ["", "7"] {
        let page = compare(
            &desk,
            &format!("{HEAD}{number}\tSOS/Counties\tInstal it everywhere\t\t10/2/26\t10/8/26\n"),
        );
        says(&page, &["Which step is row 2 of the sheet?", "is install", "1 question is open"]);
        assert!(!page.contains("value=\"2 new\""), "{page}");
    }
    // A step can be one row: the second that is said to be it stays open.
    let sheet = format!("{HEAD}\tSOS\tWatch it\t\t\t\n\tSOS\tWatches\t\t\t\n");
    let page = compare(&desk, &sheet);
    let page = send(&desk, &page, "look", &[("row:2", "is watch"), ("row:3", "is watch")]).text();
    says(&page, &["Step 3 is row 2 already.", "1 question is open"]);
    assert!(!page.contains("value=\"3 new\""), "{page}");
    let page = send(&desk, &page, "look", &[("row:3", "new")]).text();
    says(&page, &["value=\"3 new\""]);
    assert!(!page.contains("already"), "{page}");
}

#[test]
fn working_days_are_read_shown_or_told() {
    let folder = folder();
    let desk = Served::desk(folder.path());
    let head = HEAD.replace('\n', "\tDuration\n");
    let new = |row: &str| format!("{head}9\tSOS\tQuite another matter\t{row}\n");
    for (row, words) in [
        ("\t10/20/26\t\t2 weeks", "SOS, 10/20/2026, 10 working days"),
        ("\t10/20/26\t\t2w", "SOS, 10/20/2026, 10 working days"),
        ("\t10/20/26\t\t1 day", "SOS, 10/20/2026, 1 working day<"),
        ("\t10/20/26\t\t5 days?", "Step 9: the working days “5 days?” cannot be read"),
        ("\t10/20/26\t10/22/26\t5 days", "the dates count; their working days are left out"),
        ("\t\t\t5 days", "Step 9: it has no date, so its number of working days, 5, is left out"),
    ] {
        says(&compare(&desk, &new(row)), &[words]);
    }
    for (row, words) in [
        (
            "3\tSOS\tWatch\tNot on a Sunday\t\t\t2 weeks",
            "<td class=\"what\">5</td><td class=\"what\">10</td>",
        ),
        ("3\tSOS\tWatch\tNot on a Sunday\t\t\ta while", "Step 3: the working days “a while” cannot be read"),
        (
            "1\tSOS\tDecide\t\t\t9/25/26\t4 days",
            "Step 1: the sheet says 4 working days. The number is left out",
        ),
        (
            "1\tSOS\tDecide\t\t\t9/25/26\t1 day",
            "Step 1: the sheet says 1 working day. The number is left out",
        ),
    ] {
        says(&compare(&desk, &format!("{head}{row}\n")), &[words]);
    }
}

#[test]
fn a_closed_day_of_a_delay_hides_nothing_that_follows() {
    let folder = folder();
    let rest =
        "  - {id: rest, step: 5, owners: sos, text: Rest a while, end: {at: deployment, offset: 1d}}\n";
    folder.file(RELEASE, PLAN.replace("2026", "2037") + rest);
    let desk = Served::desk(folder.path());
    let sheet = "No.\tWho\tTask\tStart\tEnd\n\
        2\tSOS/Counties\tInstall it everywhere\t10/5/2037\t10/9/2037\n\
        5\tSOS\tRest a while\t\t10/10/2037\n";
    let page = send(&desk, &compare(&desk, sheet), "look", &[("how", "moved")]).text();
    says(
        &page,
        &["name=\"to:deployment\" value=\"10/9/2037\"", "3 dates of steps are then what the sheet says"],
    );
    assert!(!page.contains("with the delay it is"), "{page}");
}

/// An Excel file with a step that ends three days later, and one that is struck through and hidden.
fn book(names: &[&str]) -> Vec<u8> {
    let head: &[&str] = &["#", "Responsible Entity", "Task", "Start Date", "End Date"];
    let inside = rows(&[
        &["Schedule"],
        head,
        &["1", "SOS", "Decide", "", "<c r=\"@\" s=\"1\"><v>46293</v></c>"],
        &["2", "SOS/Counties", "Install it everywhere", "10/2/2026", "10/8/2026"],
        &["3", "SOS", "Watch", "10/9/2026", "10/15/2026"],
        &[
            "4",
            "Counties",
            "Tell: \"all\" # of them",
            "N/A",
            "<c r=\"@\" s=\"5\" t=\"inlineStr\"><is><t>On-going</t></is></c>",
        ],
    ]);
    let inside = inside.replace("<row r=\"6\">", "<row r=\"6\" hidden=\"1\">");
    xlsx(&names.iter().map(|name| (*name, inside.as_str())).collect::<Vec<_>>())
}

#[test]
fn a_file_is_compared_as_a_clipboard_is() {
    let folder = folder();
    let desk = Served::desk(folder.path());
    let token = desk.token();
    let upload = |file: &str, bytes: &[u8]| {
        desk.upload_with(PASTE, &[("token", &token), ("sheet", ""), ("do", "look")], &[(file, bytes)])
    };
    let page = upload("tasks.xlsx", &book(&["Tasks"])).text();
    let told =
        ["The cell E6 is struck through in the sheet", "Row 6 is hidden in the sheet", "Use this change"];
    says(&page, &told);
    // What was found of the file stays on the page.
    let again = send(&desk, &page, "look", &[]).text();
    says(&again, &told);
    assert_eq!(folder.read(RELEASE), PLAN);
    deed(&desk, &again);
    assert_eq!(folder.read(RELEASE), PLAN.replace("end: 9/25/2026", "end: 9/28/2026"));
    // Of several sheets somebody chooses one, and the file need not be sent again.
    let page = upload("tasks.xlsx", &book(&["May", "June"])).text();
    says(&page, &["Which sheet has the steps?", "May", "June"]);
    let texts: Vec<(String, String)> = fields(&page, "paste");
    let mut form: Vec<(&str, &str)> =
        texts.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    form.extend([("chosen", "1"), ("do", "look")]);
    says(&desk.post(PASTE, &form).text(), &["No changes."]);
    for (file, bytes, words) in [
        (
            "tasks.xls",
            &b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"[..],
            "tasks.xls: this is a file of Excel before 2007",
        ),
        ("tasks.xlsx", b"%PDF-1.7", "this is a PDF, and no spreadsheet"),
    ] {
        says(&upload(file, bytes).text(), &[words]);
    }
    assert_eq!(desk.upload_with(PASTE, &[("token", "x"), ("do", "look")], &[]).status, 403);
}

#[test]
fn the_excel_file_of_a_release_is_no_change_when_it_comes_back() {
    let folder = folder();
    let desk = Served::desk(folder.path());
    says(&desk.get("/release/r/tasks").text(), &["Excel file"]);
    let answer = desk.get("/release/r/tasks/excel");
    assert_eq!(answer.status, 200);
    assert_eq!(
        answer.body,
        exported_steps(&Desk::at(&WorkingFolder::at(folder.path())).snapshot().unwrap(), "r").unwrap()
    );
    let page =
        desk.upload_with(PASTE, &[("token", &desk.token()), ("do", "look")], &[("r.xlsx", &answer.body)]);
    says(&page.text(), &["No changes."]);
    assert_eq!(desk.get("/release/none/tasks/excel").status, 422);
}

#[test]
fn a_spreadsheet_belongs_somewhere() {
    let folder = folder();
    let desk = Served::desk(folder.path());
    says(&desk.get("/spreadsheet").text(), &["/release/r/tasks/paste", "Show it as a table"]);
    let token = desk.token();
    let page =
        desk.upload_with("/spreadsheet", &[("token", &token)], &[("tasks.xlsx", &book(&["May", "June"]))]);
    says(&page.text(), &["The sheet June as a table", "| 1 | SOS | Decide | | 9/28/2026 |"]);
    let page = desk.upload_with("/spreadsheet", &[("token", &token)], &[]);
    assert_eq!(page.status, 422);
}

#[test]
fn a_release_begins_with_a_file() {
    let folder = folder();
    let desk = Served::desk(folder.path());
    let token = desk.token();
    let typed: Vec<(&str, &str)> =
        NEW.iter().copied().filter(|(name, _)| *name != "sheet").chain([("token", token.as_str())]).collect();
    // Of several sheets one has to be chosen before anything is begun.
    let page = desk.upload_with("/new/release", &typed, &[("tasks.xlsx", &book(&["May", "June"]))]).text();
    says(&page, &["Say which sheet has the steps.", "Which sheet has the steps?"]);
    assert!(!folder.has("memos/releases/roster-2037.yaml"));
    let page = desk.upload_with("/new/release", &typed, &[("tasks.pdf", b"%PDF-1.7")]).text();
    says(&page, &["tasks.pdf: this is a PDF, and no spreadsheet"]);
    assert!(!folder.has("memos/releases/roster-2037.yaml"));
    let page = desk.upload_with("/new/release", &typed, &[("tasks.xlsx", &book(&["May"]))]).text();
    says(&page, &["Use these 4 changes", "Row 6 is hidden in the sheet"]);
    let answer = send_to(&desk, "/release/roster-2037/tasks/paste", &page, "deed", &[]);
    assert_eq!(answer.status, 303, "{}", answer.text());
    assert!(folder.read("memos/releases/roster-2037.yaml").contains("Install it everywhere"));
}
