//! An election gets another day in the office's file after memos were issued that named it.

use crate::common::Folder;

const OFFICE: &str = include_str!("../golden/deadlines/memos/office.yaml");

/// Three issued memos: one names the day, one counts from the election, one has nothing to do with it.
fn folder() -> Folder {
    let folder = Folder::empty();
    folder.file("memos/office.yaml", OFFICE);
    memo(&folder, "24301", "", "The election is on {{ elections.general_2024.date }}.");
    memo(&folder, "24302", "election: general-2024\n", "The report is due on {{ \"E-60\" | e_date }}.");
    memo(&folder, "24303", "", "The Help Desk is open.");
    assert_eq!(folder.run(&["issue", "24301", "24302", "24303"]).status, 0);
    folder
}

fn memo(folder: &Folder, id: &str, more: &str, body: &str) {
    let text = format!(
        "number: {id}\ndate: 2024-07-15\nstatus: approved\nletterhead: elections\nto: All\nfrom: raj-bathla\nsubject: \
         Dates\n{more}body: '{body}'\n"
    );
    folder.file(&format!("memos/2024/{id}.yaml"), text);
}

#[test]
fn of_many_memos_the_first_are_named() {
    let folder = Folder::empty();
    folder.file("memos/office.yaml", OFFICE);
    let ids: Vec<String> = (24301..24313).map(|id| id.to_string()).collect();
    ids.iter().for_each(|id| memo(&folder, id, "", "The election is on 11/5/2024."));
    let issue: Vec<&str> = ["issue"].into_iter().chain(ids.iter().map(String::as_str)).collect();
    assert_eq!(folder.run(&issue).status, 0);
    folder.edit("memos/office.yaml", "2024-11-05", "2024-11-12");
    let said = folder.run(&["check"]).faults;
    assert!(
        said.contains("issued memos 24301, 24302, ") && said.contains("24310 and 2 more still name"),
        "{said}"
    );
}

#[test]
fn the_memos_that_named_the_old_day_are_listed_until_somebody_answers() {
    let folder = folder();
    let quiet = |folder: &Folder| {
        let run = folder.run(&["check"]);
        assert_eq!((run.status, run.faults.as_str()), (0, ""));
    };
    quiet(&folder);
    folder.edit("memos/office.yaml", "2024-11-05", "2024-11-12");
    let said = "warning[moved-election]: the General Election moved to November 12, 2024, and issued memos 24301 and 24302 \
                still name November 5, 2024\n  --> memos/office.yaml:30:11\n";
    for command in ["check", "build"] {
        let run = folder.run(&[command]);
        assert!(run.status == 0 && run.faults.contains(said), "{}", run.faults);
    }
    assert!(
        folder.run(&["check", "24302"]).faults.contains("issued memo 24302 still names November 5, 2024")
    );
    assert!(!folder.run(&["check", "24303"]).faults.contains("moved-election"));

    let office = folder.read("memos/office.yaml");
    folder.file("memos/office.yaml", format!("{office}accepts:\n  moved-election: the counties know it\n"));
    quiet(&folder);
    folder.file("memos/office.yaml", office);
    // A memo that tells the new day answers for those that it names.
    memo(&folder, "24304", "updates: [\"24301\"]\n", "It is on {{ elections.general_2024.date }}.");
    assert!(folder.run(&["check"]).faults.contains("24301 and 24302"));
    assert_eq!(folder.run(&["issue", "24304"]).status, 0);
    assert!(folder.run(&["check"]).faults.contains("issued memo 24302 still names"));
    assert_eq!(
        folder.run(&["withdraw", "24302", "--why", "the day is another", "--date", "2024-07-16"]).status,
        0
    );
    quiet(&folder);
}
