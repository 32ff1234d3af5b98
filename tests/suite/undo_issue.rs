//! That a memo was issued is taken back: what is asked before, what is said, and what nothing else holds against it.

use std::fs;

use crate::common::Folder;

const MEMO: &str = "memos/2021/21144.yaml";

fn approved() -> Folder {
    let folder = Folder::with_seed();
    folder.edit(MEMO, "status: issued", "status: approved");
    folder
}

fn done(folder: &Folder, arguments: &[&str]) -> String {
    let run = folder.run(arguments);
    assert_eq!((run.status, run.faults.as_str()), (0, ""), "{arguments:?} {}", run.results);
    run.results
}

#[test]
fn a_folder_that_was_built_elsewhere_follows_when_an_issue_is_undone() {
    let (folder, aside) = (approved(), Folder::empty());
    let out = aside.path().join("site");
    let build = ["build", "--out", out.to_str().unwrap()];
    done(&folder, &["issue", "21144"]);
    done(&folder, &["build"]);
    done(&folder, &build);
    done(&folder, &["issue", "21144", "--undo"]);
    done(&folder, &build);
    done(&folder, &["build", "--check"]);
    // A lock that was lost is missed there, too.
    done(&folder, &["issue", "21144"]);
    fs::remove_file(folder.path().join("memos/2021/21144.lock")).unwrap();
    for arguments in [&build[..], &["build"], &["check"]] {
        let run = folder.run(arguments);
        assert!(run.status == 1 && run.faults.contains("error[lost-lock]"), "{arguments:?}: {}", run.faults);
    }
    // And it is said of it that nothing keeps it.
    let status: serde_json::Value = serde_json::from_str(&folder.run(&["status", "--json"]).results).unwrap();
    assert_eq!(status["memos"][0]["locked"], false);
}

#[test]
fn a_memo_that_was_issued_unreviewed_is_to_be_reviewed_after_its_issue_is_undone() {
    let folder = approved();
    folder.edit(MEMO, "status: approved", "status: draft");
    let before = folder.read(MEMO);
    for other in ["", "accepts:\n  later-delay: it is known\n"] {
        folder.file(MEMO, format!("{before}{other}"));
        let text = folder.read(MEMO);
        let run = folder.run(&["issue", "21144", "--anyway", "the election is tomorrow"]);
        assert_eq!(run.status, 0, "{}", run.faults);
        assert!(folder.read(MEMO).contains("not-reviewed: the election is tomorrow"));
        let said = folder.run(&["issue", "21144", "--undo"]);
        assert!(said.results.contains("No longer issued: 21144, `status: draft`."), "{}", said.results);
        assert_eq!(folder.read(MEMO), text);
        let run = folder.run(&["issue", "21144"]);
        assert!(run.status == 1 && run.faults.contains("21144 is a draft"), "{}", run.faults);
    }
}

#[test]
fn a_target_that_cannot_be_asked_is_an_answer_and_hides_no_other() {
    let (folder, target) = (approved(), Folder::empty());
    target.file("no-folder", "a file").file("also-none", "a file");
    let [bad, good] = ["no-folder", "www"].map(|name| target.path().join(name).display().to_string());
    let office = folder.read("memos/office.yaml");
    folder.file(
        "memos/office.yaml",
        office.replace("website:\n", &format!("website:\n  publish_to: [{bad}, {good}]\n")),
    );
    done(&folder, &["build"]);
    let undo = ["issue", "21144", "--undo"];
    // One that has no lock needs no target.
    let run = folder.run(&undo);
    assert!(run.status == 2 && run.faults.contains("it has no lock"), "{}", run.faults);
    done(&folder, &["issue", "21144"]);
    let run = folder.run(&undo);
    assert_eq!(run.status, 2, "{}", run.results);
    let said = format!("21144 stays as it is: {bad} cannot be asked whether it has the memo: ");
    assert!(run.faults.contains(&said), "{}", run.faults);
    // That another one has it is more to the point.
    done(&folder, &["build"]);
    assert_eq!(folder.run(&["publish", &good]).status, 0);
    fs::remove_file(folder.path().join(".ccrov/published.json")).unwrap();
    let run = folder.run(&undo);
    assert!(run.faults.contains(&format!("it was published to {good}")), "{}", run.faults);
}

#[test]
fn what_would_be_undone_is_said_of_one_memo_and_of_several() {
    let folder = approved();
    folder.file("memos/2021/21145.yaml", folder.read(MEMO).replace("21144", "21145"));
    done(&folder, &["issue", "21144", "21145"]);
    let said = done(&folder, &["issue", "21144", "--undo", "--dry-run"]);
    let one = "Would no longer be issued: 21144, `status: approved`. It keeps `knows: 1`.\n";
    assert!(
        said.starts_with(one) && said.contains("This folder knows of no place to which it was published."),
        "{said}"
    );
    let said = done(&folder, &["issue", "21144", "21145", "--undo", "--dry-run"]);
    assert!(said.contains("Would no longer be issued: 21145"), "{said}");
    assert!(said.contains("This folder knows of no place to which they were published."), "{said}");
}

#[test]
fn an_office_that_may_name_more_targets_than_can_be_read_is_corrected_first() {
    let folder = approved();
    let (office, target) = (folder.read("memos/office.yaml"), Folder::empty());
    let www = target.path().join("www").display().to_string();
    done(&folder, &["issue", "21144"]);
    for wrong in [format!("website:\n  publish_to: {www}\n"), "website: [\n".to_owned()] {
        folder.file("memos/office.yaml", format!("{office}{wrong}"));
        let run = folder.run(&["issue", "21144", "--undo"]);
        assert_eq!(run.status, 2, "{wrong}{}", run.results);
        assert!(
            run.faults.contains("memos/office.yaml has faults, so it may name targets"),
            "{}",
            run.faults
        );
        assert!(folder.has("memos/2021/21144.lock"));
    }
    folder.file("memos/office.yaml", office);
    done(&folder, &["issue", "21144", "--undo"]);
}
