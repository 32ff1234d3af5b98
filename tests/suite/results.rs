//! What commands print with `--json` is what the schema of results says, for every command and for refusals.

use serde_json::Value;

use crate::{
    common::{Folder, Run},
    schema::broken_by,
};

const SLIP: [&str; 9] = [
    "slip",
    "votecal-2021-2",
    "--move",
    "release=2021-12-05",
    "--reason",
    "a late fix",
    "--announced",
    "2021-09-20",
    "--yes",
];

/// The one object that a command prints, held against the schema.
fn result(folder: &Folder, arguments: &[&str]) -> (Value, Run) {
    let schema = Folder::empty().run(&["schema", "results"]).results;
    let run = folder.run(&[arguments, &["--json"]].concat());
    let data: Value =
        serde_json::from_str(&run.results).unwrap_or_else(|wrong| panic!("{arguments:?}: {wrong}"));
    let broken = broken_by(&serde_json::from_str(&schema).unwrap(), &data, arguments[0]);
    assert_eq!(broken, [""; 0], "{arguments:?}: {}", run.results);
    assert_eq!(data["status"].as_i64(), Some(i64::from(run.status)), "{arguments:?}");
    assert_eq!(data["command"], arguments[0]);
    (data, run)
}

#[test]
fn every_command_hands_its_report_on_as_data() {
    let folder = Folder::with_seed();
    folder.file("list.csv", "number,date,title,address\n16120,4/4/2016,Old,https://a.gov/a.pdf\n16x,,,\n");
    let target = Folder::empty();
    let www = target.path().join("www");
    let draft = "memos/2021/drill.yaml";
    let mut seen = Vec::new();
    for (arguments, status) in [
        (&["init", "new-folder"][..], 0),
        (&["check"], 0),
        (&["build"], 0),
        (&["build", "--check"], 0),
        (&["doctor"], 0),
        (&["status", "--all"], 0),
        (&["why", "votecal-2021-2", "14"], 0),
        (&["diff", "votecal-2021-2"], 0),
        (&["find", "mock"], 0),
        (&["set", "21144"], 0),
        (&["set", "21144", "contact", "ana"], 1),
        (&["set", "21144", "contact", "--remove"], 0),
        (&[&SLIP[..], &["--dry-run"]].concat(), 0),
        (&[&SLIP[..], &["--propose"]].concat(), 0),
        (&["status"], 0),
        (&["slip", "votecal-2021-2", "--drop", "--yes"], 0),
        (&[&SLIP[..], &["--propose"]].concat(), 0),
        (&["slip", "votecal-2021-2", "--record", "--yes"], 0),
        (&["slip", "votecal-2021-2", "--take-back", "--dry-run"], 0),
        (&["new", "drill", "--from", "21144", "--date", "2021-09-21"], 0),
        (&["review", "drill"], 0),
        (&["review", "drill", "--mail"], 0),
        (&["approve", "drill", "--by", "debra-ledsinger", "--how", "by e-mail", "--date", "2021-09-20"], 0),
        (&["issue", "drill", "--dry-run"], 0),
        (&["issue", "drill"], 0),
        (&["issue", "21145", "--undo"], 0),
        (&["issue", "21145"], 0),
        (&["withdraw", "21145", "--why", "sent twice"], 0),
        (&["mail", "21145"], 0),
        (&["import", "list.csv"], 1),
        (&["export", "votecal-2021-2"], 0),
        (&["import", "votecal-2021-2.xlsx", "--as-table"], 0),
        (&["import", "votecal-2021-2.xlsx", "--release", "votecal-2021-2"], 0),
        (&["build"], 0),
        (&["publish", www.to_str().unwrap(), "--dry-run"], 0),
        (&["publish", www.to_str().unwrap()], 0),
        (&["explain"], 0),
        (&["explain", "unknown-key"], 0),
    ] {
        let (data, run) = result(&folder, arguments);
        assert_eq!(run.status, status, "{arguments:?}: {} {}", run.results, run.faults);
        assert!(data.get("refused").is_none(), "{arguments:?}: {data}");
        seen.push(arguments[0].to_owned());
    }
    assert!(!folder.has(draft));
    let schema: Value = serde_json::from_str(&Folder::empty().run(&["schema", "results"]).results).unwrap();
    // It would not come to its end; tests of the preview start it.
    seen.push("serve".to_owned());
    for command in schema["properties"]["command"]["enum"].as_array().unwrap() {
        assert!(seen.iter().any(|seen| command == seen), "{command} is tried");
    }
}

#[test]
fn a_refusal_is_data_too() {
    let folder = Folder::with_seed();
    for (arguments, status) in [
        (&["new", "21144"][..], 2),
        (&["build", "21145"], 2),
        (&["slip", "votecal", "--move", "a=2021-12-05", "--reason", "x"], 2),
        (&["issue", "21145"], 2),
        (&["withdraw", "21144", "--why", " "], 2),
        (&["withdraw", "21144", "--why", "x", "--date", "8/1/2021"], 2),
        (&["why", "votecal-2021-2", "99"], 2),
        (&["diff", "21144", "21145"], 2),
        (&["find", "mock"], 2),
        (&["review", "21145"], 2),
        (&["mail", "21145"], 2),
        (&["set", "21144", "subjct", "x"], 2),
        (&["publish", "ftp://a"], 2),
        (&["import", "nowhere.csv"], 3),
        (&["import", "memos/office.yaml", "--release", "votecal"], 2),
        (&["export", "votecal"], 2),
        (&["explain", "no-such-code"], 2),
    ] {
        let (data, run) = result(&folder, arguments);
        assert_eq!((run.status, run.faults.as_str()), (status, ""), "{arguments:?}: {}", run.results);
        assert!(data["refused"].as_str().is_some_and(|why| why.len() > 10), "{data}");
    }
    // A folder without memos cannot be shown.
    let (data, run) = result(&Folder::empty(), &["serve"]);
    assert!(run.status == 2 && data["refused"].is_string(), "{data}");
    // With the faults that it rests on.
    folder.edit("memos/releases/votecal-2021-2.yaml", "deployment: 2021-10-08", "deployment: 2021-10-88");
    let (data, _) = result(&folder, &SLIP);
    assert!(data["faults"].as_array().is_some_and(|faults| !faults.is_empty()), "{data}");
}

#[test]
fn a_record_that_a_newer_program_wrote_is_refused_in_one_sentence() {
    // The lowest that a program must know: of a schedule's Excel file.
    let newer = "a newer ccrov wrote it (format 3; this one knows format 2): use that one";
    let folder = Folder::with_seed();
    assert_eq!(folder.run(&["issue", "21144"]).status, 0);
    let manifest = folder.read("output/manifest.json");
    assert!(manifest.starts_with("{\n  \"format\": 2,"), "{manifest}");
    folder.file("output/manifest.json", manifest.replacen("\"format\": 2", "\"format\": 3", 1));
    let run = folder.run(&["build"]);
    assert_eq!((run.status, run.faults.matches(newer).count()), (3, 1), "{}", run.faults);
    for command in [&["status"][..], &["find", "mock"]] {
        let run = folder.run(command);
        assert_eq!((run.status, run.faults.matches(newer).count()), (3, 1), "{}", run.faults);
    }

    let folder = Folder::with_seed();
    assert_eq!(folder.run(&["issue", "21144"]).status, 0);
    let lock = folder.read("memos/2021/21144.lock");
    folder.file("memos/2021/21144.lock", lock.replace("format: 4", "format: 6"));
    let newer = "a newer ccrov wrote it (format 6; this one knows format 5): use that one";
    let run = folder.run(&["build"]);
    assert_eq!((run.status, run.faults.matches(newer).count()), (1, 1), "{}", run.faults);

    let newer = "a newer ccrov wrote it (format 2; this one knows format 1): use that one";
    folder.file("ccrov-unfinished.yaml", "format: 2\n");
    let run = folder.run(&["build"]);
    assert_eq!((run.status, run.faults.matches(newer).count()), (3, 1), "{}", run.faults);
    assert!(folder.has("ccrov-unfinished.yaml"));
}
