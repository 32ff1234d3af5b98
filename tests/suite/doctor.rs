//! `doctor` says in one place what is not in order, and names what puts it in order.

use crate::common::Folder;

const MARKDOWN: &str = "output/ccrov/2021/august/21144dl.md";

#[test]
fn a_folder_in_order_is_said_to_be_and_what_is_not_is_named_with_its_remedy() {
    let folder = Folder::with_seed();
    assert_eq!(folder.run(&["issue", "21144"]).status, 0);
    folder.build();
    let run = folder.run(&["doctor"]);
    assert_eq!((run.status, run.faults.as_str()), (0, ""), "{}", run.results);
    assert!(run.results.contains("issue 21144: memos/2021/21144.lock"), "{}", run.results);
    assert!(run.results.ends_with("Everything is in order.\n"), "{}", run.results);

    let issued = folder.read(MARKDOWN);
    folder.edit(MARKDOWN, "October 8, 2021", "October 9, 2021").file("output/style.css", "x");
    let run = folder.run(&["doctor"]);
    assert!(run.status == 1 && run.faults.contains("is not the file that was issued"), "{}", run.faults);
    assert!(
        run.results.contains("in output/ are not current. `ccrov build --anew` writes them."),
        "{}",
        run.results
    );
    folder.file(MARKDOWN, issued);
    assert_eq!(folder.run(&["build", "--anew"]).status, 0);
    assert_eq!(folder.run(&["doctor"]).status, 0);

    folder.file(".ccrov/journal.json", "{");
    let run = folder.run(&["doctor"]);
    assert!(run.status == 1 && run.results.contains("Interrupted: an earlier command."), "{}", run.results);
    assert_eq!(folder.run(&["build"]).status, 0);
    assert_eq!(folder.run(&["doctor"]).status, 0);
}

#[test]
fn what_is_issued_and_not_yet_published_is_told() {
    let (folder, target) = (Folder::with_seed(), Folder::empty());
    let www = target.path().join("www");
    let www = www.to_str().unwrap();
    folder.edit("memos/office.yaml", "website:\n", &format!("website:\n  publish_to: [{www}]\n"));
    assert_eq!(folder.run(&["issue", "21144"]).status, 0);
    folder.build();
    let unpublished = format!("Not yet published to {www}: 21144.\n");
    assert!(folder.run(&["status"]).results.ends_with(&unpublished), "{}", folder.run(&["status"]).results);
    assert_eq!(folder.run(&["publish", www]).status, 0);
    assert!(!folder.run(&["status"]).results.contains("Not yet published"));
    folder.edit("memos/2021/21144.yaml", "to:", "# who\nto:");
    assert_eq!(folder.run(&["issue", "21144", "--correct", "a remark", "--date", "2021-09-02"]).status, 0);
    assert!(folder.run(&["doctor"]).results.contains(&unpublished));
    // What visitors have after an undo is not known here.
    assert_eq!(folder.run(&["publish", www, "--undo"]).status, 0);
    assert!(folder.run(&["status"]).results.contains(&unpublished));
}
