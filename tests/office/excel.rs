//! The Excel files of schedules, read by openpyxl, edited by LibreOffice, and imported again.

use std::fs;

use serde_json::{Value, json};

use crate::{
    common::{Folder, Run},
    programs::{python, saved_as},
};

fn import(folder: &Folder, file: &str) -> (Value, Run) {
    let run = folder.run(&["import", file, "--release", "votecal-2021-2", "--json"]);
    (serde_json::from_str(&run.results).unwrap_or_else(|wrong| panic!("{wrong}: {}", run.results)), run)
}

fn exported() -> Folder {
    let folder = Folder::with_seed();
    assert_eq!(folder.run(&["export", "votecal-2021-2", "--to", "tasks.xlsx"]).status, 0);
    folder
}

#[test]
fn openpyxl_finds_a_table_with_real_dates_and_text_that_is_text() {
    let folder = Folder::with_seed();
    let run = folder.run(&["export", "votecal-2021-2", "--to", "tasks.xlsx"]);
    assert_eq!(run.status, 0, "{}", run.faults);
    let found = python("workbook.py", &folder.path().join("tasks.xlsx"));
    let rows = found["rows"].as_array().unwrap();
    assert_eq!(found["frozen"], "A2");
    assert_eq!(found["print_titles"], "$1:$1");
    assert_eq!(found["landscape"], "landscape");
    assert_eq!(found["fits"], json!([true, null, 0]));
    assert_eq!(found["wraps"], true);
    assert_eq!(found["created"], found["modified"]);
    assert!(found["created"].as_str().unwrap().ends_with("00:00:00"), "{found}");
    let table = &found["table"];
    assert_eq!((&table["name"], &table["heads"]), (&json!("Schedule"), &json!(1)));
    assert_eq!(table["ref"], format!("A1:H{}", rows.len()));
    assert_eq!(table["filter"], table["ref"]);
    let heads = json!(["#", "Responsible Entity", "Task", "Warning", "Start", "End", "Status", "ID"]);
    assert_eq!((&table["columns"], &rows[0]), (&heads, &heads));
    // Steps are text, days are days.
    assert!(rows[1..].iter().all(|row| row[0].is_string() && row[2].is_string()), "{found}");
    let dates: Vec<&Value> = rows[1..].iter().map(|row| &row[5]).filter(|cell| cell.is_array()).collect();
    assert!(!dates.is_empty() && dates.iter().all(|date| date[0] == "d"), "{found}");
}

#[test]
fn what_is_exported_and_imported_without_an_edit_changes_nothing() {
    let folder = exported();
    for ending in ["ods", "fods"] {
        saved_as(&folder.path().join("tasks.xlsx"), ending);
    }
    // Back from LibreOffice's own form.
    fs::rename(folder.path().join("tasks.fods"), folder.path().join("again.fods")).unwrap();
    saved_as(&folder.path().join("again.fods"), "xlsx");
    for file in ["tasks.xlsx", "tasks.ods", "again.xlsx"] {
        let (result, run) = import(&folder, file);
        assert_eq!((run.status, &result["changes"]), (0, &json!([])), "{file}: {result}");
        assert!(result["same"].as_u64().unwrap() > 10, "{file}: {result}");
    }
}

#[test]
fn what_somebody_edits_in_libreoffice_is_what_changes() {
    let folder = exported();
    saved_as(&folder.path().join("tasks.xlsx"), "fods");
    let path = folder.path().join("tasks.fods");
    let text = fs::read_to_string(&path).unwrap();
    let (result, _) = import(&folder, "tasks.xlsx");
    assert_eq!(result["changes"], json!([]));
    // Another word in a task, and another day in the first cell that has one.
    let task = "<text:p>";
    let at = text.find("ID</text:p>").map(|at| at + text[at..].find("</table:table-row>").unwrap()).unwrap();
    let first = at + text[at..].find(task).unwrap() + task.len();
    let third = (0..2).fold(first, |at, _| at + text[at..].find(task).unwrap() + task.len());
    let edited = format!("{}Carefully: {}", &text[..third], &text[third..]);
    fs::write(folder.path().join("edited.fods"), edited).unwrap();
    for ending in ["xlsx", "ods"] {
        saved_as(&folder.path().join("edited.fods"), ending);
        let (result, run) = import(&folder, &format!("edited.{ending}"));
        let changes = result["changes"].as_array().unwrap();
        assert_eq!((run.status, changes.len()), (0, 1), "{ending}: {result}");
        assert!(
            changes[0]["cell"] == "Task"
                && changes[0]["becomes"].as_str().unwrap().starts_with("Carefully: "),
            "{result}"
        );
    }
}

#[test]
fn a_file_of_an_old_excel_is_told() {
    let folder = exported();
    let path = folder.path().join("tasks.xlsx");
    saved_as(&path, "xls");
    let run = folder.run(&["import", "tasks.xls", "--release", "votecal-2021-2"]);
    assert!(run.status == 2 && run.faults.contains("before 2007"), "{}", run.faults);
}
