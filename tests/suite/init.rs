//! `init` makes a working folder that builds, and overwrites nothing.

use std::fs;

use crate::common::{Folder, files, shipped};

#[test]
fn a_new_folder_builds_without_a_fault() {
    let folder = Folder::empty();
    let run = folder.run(&["init", "memoranda"]);
    assert_eq!((run.status, run.faults.as_str()), (0, ""));
    let count = files(&folder.path().join("memoranda")).len();
    let made = format!("Made {count} files in memoranda. Next: `cd \"memoranda\"`, then `ccrov build`.\n");
    assert_eq!(
        run.results,
        "\
memos/office.yaml                the office: a sample, to be replaced by yours
memos/2026/26001.yaml            a sample of a memo with a schedule, and 26002.yaml of one without
memos/releases/roster-2026.yaml  the release that 26001 takes its dates from
templates/                       the form of memos, schedules and pages
schema/                          what each file may hold, for your editor
docs/format.md                   the guide; docs/keys.md and docs/templates.md go with it

"
        .to_owned()
            + &made
    );
    let run = folder.run(&["--root", "memoranda", "build"]);
    assert_eq!((run.status, run.faults.as_str()), (0, ""));
    assert_eq!(run.results_of_memos(), "Built 2 memos: 12 files written, 0 unchanged.\n");
    let memo = folder.read("memoranda/output/ccrov/2026/march/26002ar.md");
    assert!(memo.contains("on Tuesday, November 3, 2026. On that day"), "{memo}");
    assert!(memo.contains("SAMPLE: Help Desk Hours on Election Day"), "{memo}");
    assert!(memo.contains("please contact the Help Desk at (916) 555-0100"), "{memo}");
}

#[test]
fn a_new_folder_has_the_templates_the_schemas_and_the_guide_of_the_program() {
    let folder = Folder::empty();
    folder.run(&["init", "."]);
    for name in ["templates", "schema"] {
        assert_eq!(files(&folder.path().join(name)), files(&shipped().join(name)), "{name}");
    }
    let lines = files(folder.path()).into_iter().filter(|file| file.ends_with(".yaml")).map(|file| {
        let depth = file.matches('/').count();
        let first = folder.read(&file).lines().next().unwrap().to_owned();
        let schema = first.strip_prefix("# yaml-language-server: $schema=").unwrap().to_owned();
        assert_eq!(schema.matches("../").count(), depth, "{file}: {first}");
        schema.replace("../", "")
    });
    assert!(lines.inspect(|schema| assert!(folder.has(schema), "{schema}")).count() == 4);
    assert!(folder.read("docs/keys.md").contains("# Every key"));
}

#[test]
fn a_folder_with_files_is_left_as_it_is() {
    let folder = Folder::empty();
    folder.file("memoranda/memos/office.yaml", "state: mine\n");
    let run = folder.run(&["init", "memoranda"]);
    assert_eq!((run.status, run.results.as_str()), (2, ""));
    assert_eq!(
        run.faults,
        "error: memoranda is not empty, and was left as it is; name a new or empty folder\n"
    );
    assert_eq!(files(folder.path()), ["memoranda/memos/office.yaml"]);
    assert_eq!(folder.read("memoranda/memos/office.yaml"), "state: mine\n");
}

#[test]
fn an_empty_folder_and_one_with_hidden_files_are_filled() {
    let folder = Folder::empty();
    fs::create_dir(folder.path().join("empty")).unwrap();
    assert_eq!(folder.run(&["init", "empty"]).status, 0);
    folder.file("hidden/.git/config", "");
    assert_eq!(folder.run(&["init", "hidden"]).status, 0);
    assert_eq!(folder.run(&["--root", "hidden", "check"]).status, 0);
}

#[test]
fn a_file_in_the_way_is_a_fault_of_the_disk() {
    let folder = Folder::empty();
    folder.file("memoranda", "a file");
    let run = folder.run(&["init", "memoranda"]);
    assert_eq!(run.status, 3);
    assert!(run.faults.starts_with("error: memoranda cannot be read: "), "{}", run.faults);
    assert_eq!(folder.read("memoranda"), "a file");
}
