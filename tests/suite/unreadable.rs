//! What cannot be read is no reason to remove or replace anything: a lock, a folder, a file that is something else.

use std::{fs, io, process::Command, sync::Arc};

use crate::common::{Folder, files};
use ccrov::{
    desk::{self, BuildRequest, Desk},
    folder::{Disk, FolderEntry, ReadError, WorkingFolder},
    output::Verdict,
};

const LOCK: &str = "memos/2021/21144.lock";
const PDF: &str = "output/ccrov/2021/august/21144dl.pdf";

fn issued() -> Folder {
    let folder = Folder::with_seed();
    assert_eq!(folder.run(&["issue", "21144"]).status, 0);
    folder.build();
    folder
}

/// Puts something that is no file in a file's place.
fn replace(folder: &Folder, file: &str, what: &str) {
    let path = folder.path().join(file);
    let _ = fs::remove_file(&path);
    match what {
        "a folder" => fs::create_dir(&path).unwrap(),
        "a pipe" => assert!(Command::new("mkfifo").arg(&path).status().unwrap().success()),
        "a link to nowhere" => std::os::unix::fs::symlink("nowhere", &path).unwrap(),
        "a link out" => std::os::unix::fs::symlink("/etc/hostname", &path).unwrap(),
        "UTF-16" => fs::write(
            &path,
            "a: b\n".encode_utf16().flat_map(u16::to_le_bytes).chain([0xff]).collect::<Vec<_>>(),
        )
        .unwrap(),
        bytes => fs::write(&path, [bytes.as_bytes(), b"\xff"].concat()).unwrap(),
    }
}

#[cfg(unix)]
#[test]
fn a_lock_that_cannot_be_read_keeps_what_was_issued() {
    for what in ["a folder", "a pipe", "a link to nowhere", "a link out", "UTF-16", "format: 2\n"] {
        let folder = issued();
        let published = folder.bytes(PDF);
        replace(&folder, LOCK, what);
        folder.edit("memos/office.yaml", "5th Floor", "6th Floor");
        for command in [&["build"][..], &["check"], &["issue", "21144"], &["withdraw", "21144", "--why", "x"]]
        {
            let run = folder.run(command);
            assert!(run.status != 0 && run.faults.contains("21144"), "{what}, {command:?}: {}", run.results);
            assert!(folder.bytes(PDF) == published, "{what}, {command:?}");
        }
    }
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_a_fault_and_never_waited_for() {
    for file in [
        "memos/2021/drill.yaml",
        "memos/2021/drill.md",
        "memos/2021/list.csv",
        "templates/memo.md",
        "memos/office.yaml",
    ] {
        for what in ["a folder", "a pipe", "a link to nowhere", "a link out"] {
            let folder = Folder::with_seed();
            let memo = "date: September 1, 2021\nstatus: approved\nletterhead: elections\nto: All\nfrom: debra-ledsinger\n\
                        subject: Drill\nbody: drill.md\nattachments:\n  - file: list.csv\n    title: List\n";
            folder
                .file("memos/2021/drill.yaml", memo)
                .file("memos/2021/drill.md", "x\n")
                .file("memos/2021/list.csv", "a\n");
            folder.file("templates/memo.md", "{{ body }}\n").build();
            let before = files(&folder.path().join("output"));
            replace(&folder, file, what);
            let run = folder.run(&["build"]);
            assert!(run.status != 0, "{file}, {what}: {}", run.results);
            assert_eq!(files(&folder.path().join("output")), before, "{file}, {what}");
            assert!(!folder.read("output/manifest.json").contains("/etc/"), "{file}, {what}");
        }
    }
}

/// A folder of which one part cannot be listed or read.
struct Torn {
    folder: Arc<dyn Disk>,
    part: &'static str,
}

impl Torn {
    fn look(&self, path: &str) -> Result<(), ReadError> {
        if path == self.part { Err(ReadError::System(io::Error::from_raw_os_error(5))) } else { Ok(()) }
    }
}

impl Disk for Torn {
    fn list(&self, folder: &str) -> Result<Vec<FolderEntry>, ReadError> {
        self.look(folder)?;
        self.folder.list(folder)
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        self.look(path)?;
        self.folder.read(path)
    }

    fn file(&self, path: &str) -> Option<FolderEntry> {
        self.folder.file(path)
    }
}

#[test]
fn a_run_with_a_reading_error_removes_nothing() {
    let folder = issued();
    let working = WorkingFolder::at(folder.path());
    for part in [
        "memos",
        "memos/2021",
        "memos/releases",
        "memos/2021/21144.yaml",
        LOCK,
        "templates",
        "memos/office.yaml",
    ] {
        if part == "templates" {
            folder.file("templates/unused.md", "x");
        }
        let torn = Arc::new(Torn { folder: working.disk(), part });
        let snapshot = Desk::over(torn, working.own_output()).snapshot().unwrap();
        let plan = desk::build(&snapshot, &BuildRequest::default()).unwrap();
        let removed = plan.output.iter().flat_map(|output| &output.changes);
        let removed: Vec<_> = removed.filter(|change| change.verdict == Verdict::Remove).collect();
        assert!(removed.is_empty(), "{part}: {removed:?}");
        assert!(plan.report.findings.errors() > 0, "{part}");
    }
}

#[test]
fn a_years_folder_that_is_gone_is_a_fault_until_it_is_said_to_go() {
    let folder = issued();
    let before = files(&folder.path().join("output"));
    fs::rename(folder.path().join("memos/2021"), folder.path().join("elsewhere")).unwrap();
    let run = folder.run(&["build"]);
    assert!(run.status == 1 && run.faults.contains("there is no folder memos/2021"), "{}", run.faults);
    assert!(run.faults.contains("`ccrov build --remove 2021`"), "{}", run.faults);
    assert_eq!(files(&folder.path().join("output")), before);
    fs::rename(folder.path().join("elsewhere"), folder.path().join("memos/2021")).unwrap();
    folder.build();
    assert_eq!(files(&folder.path().join("output")), before);
    fs::remove_dir_all(folder.path().join("memos/2021")).unwrap();
    assert_eq!(folder.run(&["build", "--remove", "2021"]).status, 0);
    assert!(!folder.has(PDF));
}
