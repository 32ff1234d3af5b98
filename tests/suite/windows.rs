//! What Windows and Git for Windows do to files: line ends, names of devices, other forms of letters.

use std::{path::Path, process::Command};

use crate::common::{Folder, files};

fn git(folder: &Path, arguments: &[&str]) {
    let run = Command::new("git")
        .args(["-c", "user.name=Ana", "-c", "user.email=ana@example.gov", "-c", "init.defaultBranch=main"])
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap();
    assert!(run.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&run.stderr));
}

/// The same repository as Git for Windows checks it out.
fn clone(from: &Folder, line_ends: &str) -> Folder {
    let folder = Folder::empty();
    let from = from.path().to_str().unwrap();
    git(folder.path(), &["clone", "--quiet", "--config", &format!("core.autocrlf={line_ends}"), from, "."]);
    folder
}

#[test]
fn a_folder_that_went_through_git_for_windows_is_the_same() {
    let folder = Folder::with_seed();
    let attributes = Folder::empty();
    assert_eq!(attributes.run(&["init", "new"]).status, 0);
    folder
        .file(".gitattributes", attributes.bytes("new/.gitattributes"))
        .file(
            "memos/2021/drill.yaml",
            "date: September 1, 2021\nstatus: approved\nletterhead: elections\nto: All\nfrom: debra-ledsinger\n\
             subject: Drill\nbody: drill.md\nattachments:\n  - file: list.csv\n    title: List\n",
        )
        .file("memos/2021/drill.md", "A drill.\n\nIn two parts.\n")
        .file("memos/2021/list.csv", "a,b\n1,2\n")
        .file(
            "templates/memo.md",
            ccrov::template::BUILT_IN.iter().find(|(name, _)| *name == "memo.md").unwrap().1,
        );
    folder.build();
    assert_eq!(folder.run(&["issue", "21144"]).status, 0);
    git(folder.path(), &["init", "--quiet"]);
    git(folder.path(), &["add", "."]);
    git(folder.path(), &["commit", "--quiet", "-m", "All"]);
    assert!(
        !String::from_utf8_lossy(
            &Command::new("git").args(["ls-files"]).current_dir(folder.path()).output().unwrap().stdout
        )
        .contains(".ccrov/")
    );

    let windows = clone(&folder, "true");
    assert!(windows.read("memos/2021/21144.yaml").contains("\r\n"));
    assert!(windows.read("memos/2021/drill.md").contains("\r\n"));
    let run = windows.run(&["build", "--check"]);
    assert_eq!((run.status, run.faults.as_str()), (0, ""), "{}", run.results);
    let run = windows.run(&["issue", "drill"]);
    assert_eq!((run.status, run.faults.as_str()), (0, ""), "{}", run.results);
    assert_eq!(windows.run(&["build", "--check"]).status, 0);
    assert!(windows.read("memos/2021/21145.yaml").contains("\r\nstatus: issued\r\n"));
    assert!(!windows.read("output/ccrov/2021/september/21145dl.md").contains('\r'));
    git(windows.path(), &["add", "."]);
    git(windows.path(), &["commit", "--quiet", "-m", "Issued"]);

    let back = clone(&windows, "false");
    let run = back.run(&["build", "--check"]);
    assert_eq!((run.status, run.faults.as_str()), (0, ""), "{}", run.results);
    assert_eq!(files(&back.path().join("output")), files(&windows.path().join("output")));
}

/// Without rules of its own, Git changes published text, too: what was issued is known all the same, and put back.
#[test]
fn an_issued_text_with_other_line_ends_is_the_issued_text() {
    let folder = Folder::with_seed();
    assert_eq!(folder.run(&["issue", "21144"]).status, 0);
    let file = "output/ccrov/2021/august/21144dl.md";
    let issued = folder.read(file);
    for name in [file, "memos/2021/21144.yaml", "memos/2021/21144.lock"] {
        folder.file(name, folder.read(name).replace('\n', "\r\n"));
    }
    let csv = "output/ccrov/2021/august/21144dl-schedule.csv";
    let rows = folder.bytes(csv);
    folder.file(csv, folder.read(csv).replace("\r\n", "\n"));
    folder.build();
    assert_eq!(folder.read(file), issued);
    assert!(folder.bytes(csv) == rows);
}

#[test]
fn names_that_windows_cannot_have_are_refused_everywhere() {
    for name in ["con", "aux.txt", "LPT1.txt", "list.txt.", "a:b.txt"] {
        let folder = Folder::with_seed();
        let text = format!(
            "date: September 1, 2021\nstatus: approved\nletterhead: elections\nto: All\nfrom: debra-ledsinger\n\
             subject: Drill\nbody: x\nattachments:\n  - file: \"{name}\"\n    title: List\n"
        );
        folder.file("memos/2021/drill.yaml", text).file(&format!("memos/2021/{name}"), "x\n");
        let run = folder.run(&["check"]);
        assert!(
            run.status == 1 && run.faults.contains("cannot have this name on every computer"),
            "{name}: {}",
            run.faults
        );
    }
    let folder = Folder::with_seed();
    assert_eq!(folder.run(&["new", "con", "--date", "2021-09-01"]).status, 2);
    folder.file("memos/2021/aux.yaml", folder.read("memos/2021/21144.yaml"));
    let run = folder.run(&["check"]);
    assert!(
        run.status == 1 && run.faults.contains("cannot have this name on every computer"),
        "{}",
        run.faults
    );
}

/// Lines that an edit does not touch keep their ends, and a line that is changed keeps its own.
#[test]
fn an_edit_of_a_file_of_mixed_line_ends_changes_no_end() {
    let folder = Folder::with_seed();
    let text = "date: September 1, 2021\nstatus: approved\r\nletterhead: elections\nto: All\r\nfrom: debra-ledsinger\n\
                subject: Drill\r\nbody: x\n";
    folder.file("memos/2021/drill.yaml", text);
    assert_eq!(folder.run(&["set", "drill", "subject", "Another"]).status, 0);
    assert_eq!(folder.read("memos/2021/drill.yaml"), text.replace("Drill", "Another"));
}
