//! What the cells of a spreadsheet's clipboard are read as: where each begins and ends, and which date it says.

use ccrov::{
    desk::{
        ChangeKind, Desk, SheetChange,
        SheetColumn::{self, Step, Task, Warning},
        SheetReport, SheetRequest, paste_sheet, table_of,
    },
    folder::{Snapshot, WorkingFolder},
};

use crate::common::{
    Folder,
    book::{rows, xlsx},
};

/// A release of four steps, each of which ends on a day that no sheet here says.
fn release() -> Snapshot {
    let folder = Folder::with_seed();
    let step = |nth| {
        format!("  - {{id: s{nth}, step: {nth}, owners: sos, text: Task {nth}, end: 2020-10-0{nth}}}\n")
    };
    let steps: String = (1..=4).map(step).collect();
    folder.file("memos/releases/r.yaml", format!("name: R\nmilestones: {{m: 2020-11-02}}\ntasks:\n{steps}"));
    Desk::at(&WorkingFolder::at(folder.path())).snapshot().unwrap()
}

fn pasted(release: &Snapshot, text: &str, columns: &[SheetColumn]) -> SheetReport {
    let columns = columns.iter().copied().map(Some).collect();
    let wish =
        SheetRequest { release: "r".to_owned(), text: text.to_owned(), columns, ..SheetRequest::default() };
    paste_sheet(release, &wish).unwrap().report
}

/// What the ends of the first steps become by a sheet that says these; of one that nobody can read, nothing.
fn ends(release: &Snapshot, cells: &[&str]) -> (Vec<Option<String>>, SheetReport) {
    let row = |(nth, cell): (usize, &&str)| format!("{nth}\tTask {nth}\t{cell}\n", nth = nth + 1);
    let rows: String = cells.iter().enumerate().map(row).collect();
    let report = pasted(release, &format!("Step\tTask\tEnd\n{rows}"), &[]);
    let end = |line: usize| {
        let change = report.changes.iter().find(|change| change.line == Some(line) && change.cell == "End");
        let asked = report.dates.iter().find(|date| date.line == line && date.column == SheetColumn::End);
        if let Some(asked) = asked {
            assert_eq!((asked.says.as_str(), asked.is_open), (cells[line - 2], true));
        }
        assert_ne!(asked.is_none(), change.is_none(), "line {line} of {cells:?}: {:?}", report.changes);
        change.map(|change| change.becomes.clone())
    };
    ((2..cells.len() + 2).map(end).collect(), report)
}

/// What one cell says, in a column with another date.
fn end(release: &Snapshot, cell: &str) -> Option<String> {
    ends(release, &[cell, "9/26/2021"]).0.remove(0)
}

#[test]
fn dates_as_spreadsheets_show_them() {
    let release = release();
    for text in [
        "8/31/2021",
        "08/31/2021",
        "8/31/21",
        "August 31, 2021",
        "Aug 31, 2021",
        "31-Aug-21",
        "31-Aug-2021",
        "31 August 2021",
        "2021-08-31",
        "2021-08-31 00:00:00",
        "8/31/2021 0:00",
        "Tuesday, August 31, 2021",
        "Tue 8/31/21",
        "8/31/2021*",
        "8/31/2021 (E-14)",
    ] {
        assert_eq!(end(&release, text).as_deref(), Some("8/31/2021"), "{text}");
    }
    for (text, printed) in [
        ("N/A", "N/A"),
        ("n.a.", "N/A"),
        ("On-going", "On-going"),
        ("ongoing", "On-going"),
        ("On Going", "On-going"),
        ("", ""),
        ("tba (Fall 2026)", "TBD (Fall 2026)"),
        ("8/31/2021 17:00", "8/31/2021 5:00 p.m."),
    ] {
        assert_eq!(end(&release, text).as_deref(), Some(printed), "{text}");
    }
}

#[test]
fn what_can_be_read_in_two_ways_or_none_is_not_read() {
    let release = release();
    for text in [
        "2/30/2021",
        "31/8/2021",
        "31.8.2021",
        "8/31",
        "31-Aug",
        "Aug-21",
        "8/31/35",
        "Monday, August 31, 2021",
        "soon",
        "-",
        "44439",
        "8/31/2021 - 9/2/2021",
        "8-31-2021",
        "8/1/021",
        "\u{0661}/1/2021",
    ] {
        assert_eq!(end(&release, text), None, "{text}");
    }
}

#[test]
fn numbers_of_days_are_read_where_a_whole_column_has_them() {
    let release = release();
    let read = |cells: &[&str]| {
        let (ends, report) = ends(&release, cells);
        let words = "The column End has the numbers by which Excel counts days: 44439 is 8/31/2021.";
        (ends, report.told.iter().any(|told| told == words))
    };
    let said = |ends: &[&str]| ends.iter().map(|end| Some((*end).to_owned())).collect::<Vec<_>>();
    assert_eq!(read(&["44439", "", "N/A", "44440"]), (said(&["8/31/2021", "", "N/A", "9/1/2021"]), true));
    assert_eq!(read(&["44439", "8/31/2021"]), (vec![None, Some("8/31/2021".to_owned())], false));
    assert_eq!(read(&["", "N/A"]), (said(&["", "N/A"]), false));
    for no_day in ["12", "60", "44439.5", "999999"] {
        assert_eq!(read(&["44439", no_day]), (vec![None, None], false), "{no_day}");
    }
}

/// The rows of a sheet without a head as new steps: line, number, task and warning.
fn new_steps<'r>(report: &'r SheetReport) -> Vec<(usize, &'r str, &'r str, &'r str)> {
    let new = report.changes.iter().filter(|change| change.kind == ChangeKind::New);
    let said = |change: &'r SheetChange| {
        (change.line.unwrap(), change.step.as_str(), change.task.as_str(), change.becomes.as_str())
    };
    new.map(said).collect()
}

#[test]
fn clipboards_of_three_programs_are_the_same_cells() {
    let release = release();
    for text in [
        "11\t\"a \"\"b\"\"\nc\"\tx\r\n\t\t\r\n12\t\"\"\"d\"\"\"\t\r\n",
        "11\t\"a \"\"b\"\"\nc\"\tx\n\t\t\n12\t\"d\"\t",
        "\u{feff}11\t\"a \"\"b\"\"\r\nc\"\tx\r\n\t\t\r\n12\t\"d\"\t\r\n",
    ] {
        let report = pasted(&release, text, &[Step, Task, Warning]);
        assert_eq!((report.rows, report.columns.len()), (2, 3), "{text:?}");
        let expected = [(1, "Step 11", "a \"b\"\nc", "x"), (3, "Step 12", "\"d\"", "")];
        assert_eq!(new_steps(&report), expected, "{text:?}");
    }
}

#[test]
fn what_begins_with_a_quote_swallows_nothing() {
    let release = release();
    let report = pasted(&release, "\"A\" and \"B\"\tx\n\"open\ty\n", &[Step, Task]);
    assert_eq!(new_steps(&report), [(1, "Step \"A\" and \"B\"", "x", ""), (2, "Step \"open", "y", "")]);
    let report = pasted(&release, "", &[]);
    assert_eq!((report.rows, report.columns.len()), (0, 0));
    let report = pasted(&release, "a\n\nb\n", &[Task]);
    assert_eq!(new_steps(&report), [(1, "Step 5", "a", ""), (3, "Step 6", "b", "")]);
    let report = pasted(&release, "a\u{a0}b \t x\u{7}y\u{200b}z", &[Step, Task]);
    assert_eq!(new_steps(&report), [(1, "Step a b", "x y z", "")]);
    assert_eq!(report.told, ["The sheet has 2 signs that nobody sees; blanks take their places."]);
}

#[test]
fn what_is_written_is_read_back() {
    let texts = ["a b", "a\nb", "\"q\"", "say \"x\"", "=1+1", "- dash", "'70s", "'=x"];
    let warnings = [""].into_iter().chain(texts.into_iter().rev());
    let cells: Vec<[&str; 3]> = texts.into_iter().zip(warnings).map(|(a, b)| ["new", a, b]).collect();
    let sheet: Vec<&[&str]> = cells.iter().map(|row| &row[..]).collect();
    let table = table_of(&xlsx(&[("Tasks", &rows(&sheet))]), None).unwrap();
    assert!(!table.text.contains("\t=") && !table.text.contains("\t- "), "{}", table.text);
    let report = pasted(&release(), &table.text, &[Step, Task, Warning]);
    let expected = cells.iter().zip(1..).map(|(cells, line)| (line, "Step new", cells[1], cells[2]));
    assert_eq!(new_steps(&report), expected.collect::<Vec<_>>());
}
