//! Ways in which an office's work was once lost, or something untrue was said.

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::Mutex,
};

use crate::common::{Folder, failing::End, failing::Failing, files};
use ccrov::{
    desk::{self, Desk, IssueRequest},
    folder::{FileSystem, Recovery, System, WorkingFolder, recover},
};

const MEMO: &str = "memos/2021/21144.yaml";
const LOCK: &str = "memos/2021/21144.lock";
const PDF: &str = "output/ccrov/2021/august/21144dl.pdf";

fn draft(folder: &Folder, path: &str, text: &str) {
    let memo = format!(
        "date: September 1, 2021\nstatus: approved\nletterhead: elections\nto: All\nfrom: debra-ledsinger\nsubject: Drill\n{text}"
    );
    folder.file(path, memo);
}

fn issued() -> Folder {
    let folder = Folder::with_seed();
    draft(&folder, "memos/2021/drill.yaml", "body: drill-text.md\n");
    folder.file("memos/2021/drill-text.md", "A drill.\n");
    assert_eq!(folder.run(&["issue", "21144"]).status, 0);
    folder.build();
    folder
}

#[test]
fn a_number_that_was_published_is_never_given_again() {
    // The memo's file is gone, with its lock or without.
    for gone in [&[MEMO][..], &[MEMO, LOCK]] {
        let folder = issued();
        let published = folder.bytes(PDF);
        gone.iter().for_each(|file| fs::remove_file(folder.path().join(file)).unwrap());
        folder.run(&["issue", "drill"]);
        assert!(folder.has("memos/2021/21145.yaml") && !folder.has(MEMO), "{gone:?}");
        assert!(!folder.has(PDF) || folder.bytes(PDF) == published, "{gone:?}");
    }
    let folder = issued();
    fs::remove_file(folder.path().join(MEMO)).unwrap();
    assert_eq!(folder.run(&["new", "21144"]).status, 2);
    // What cannot be read may bear the next number.
    let folder = issued();
    fs::remove_file(folder.path().join(MEMO)).unwrap();
    fs::create_dir(folder.path().join(MEMO)).unwrap();
    let run = folder.run(&["issue", "drill"]);
    assert!(run.status != 0 && folder.has("memos/2021/drill.yaml"), "{}", run.results);
}

/// An issue that was killed when so many steps were done.
fn killed(folder: &Folder, steps: usize) {
    let working = WorkingFolder::at(folder.path());
    let wish = IssueRequest { memos: vec!["drill".to_owned()], correction: None, anyway: None };
    let plan = desk::issue(&Desk::at(&working).snapshot().unwrap(), &wish).unwrap();
    let _ = working.commit_through(&Failing::after(steps, End::Killed), plan);
}

/// How many steps an issue does before its first file has taken its place.
fn before_the_first(folder: &Folder) -> usize {
    (10..)
        .find(|steps| {
            let copy = Folder::copy(folder.path(), ".");
            copy.file(".ccrov/.gitignore", "*\n");
            killed(&copy, steps + 1);
            copy.has("memos/2021/21145-text.md")
        })
        .unwrap()
}

#[test]
fn what_cannot_be_read_is_not_taken_for_done() {
    let folder = issued();
    killed(&folder, before_the_first(&folder));
    let aside = folder.path().join(".ccrov/aside/0");
    let kept = fs::read(&aside).unwrap();
    fs::remove_file(&aside).unwrap();
    fs::create_dir(&aside).unwrap();
    assert!(recover(&System, folder.path()).is_err());
    assert!(folder.has("memos/2021/drill.yaml"));
    fs::remove_dir(&aside).unwrap();
    fs::write(&aside, kept).unwrap();
    assert!(matches!(recover(&System, folder.path()), Ok(Recovery::Finished { .. })));
    assert!(folder.has("memos/2021/21145.lock"));
}

#[test]
fn an_old_file_stays_if_its_new_one_cannot_take_its_place() {
    let folder = issued();
    killed(&folder, before_the_first(&folder) + 1);
    folder.file("memos/2021/21145.yaml", "number: 21145 # somebody else's\n");
    let run = folder.run(&["build"]);
    assert!(run.faults.contains("memos/2021/21145.yaml was edited after the interruption"), "{}", run.faults);
    assert!(folder.read("memos/2021/21145.yaml").contains("somebody else's"));
    assert!(folder.has("memos/2021/drill.yaml") && folder.has("memos/2021/drill-text.md"));
}

/// A file system that is slow to sync; meanwhile somebody saves a file.
struct Meanwhile {
    file: Mutex<Option<(PathBuf, String)>>,
}

impl FileSystem for Meanwhile {
    fn settle(&self, folder: &Path, files: &[PathBuf]) -> io::Result<()> {
        if let Some((file, text)) = self.file.lock().unwrap().take() {
            fs::write(file, text)?;
        }
        System.settle(folder, files)
    }

    fn create_folder(&self, folder: &Path) -> io::Result<()> {
        System.create_folder(folder)
    }

    fn write(&self, file: &Path, bytes: &[u8]) -> io::Result<()> {
        System.write(file, bytes)
    }

    fn sync(&self, path: &Path) -> io::Result<()> {
        System.sync(path)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        System.rename(from, to)
    }

    fn remove(&self, file: &Path) -> io::Result<()> {
        System.remove(file)
    }

    fn remove_folder(&self, folder: &Path) -> io::Result<()> {
        System.remove_folder(folder)
    }

    fn link(&self, file: &Path, second: &Path) -> io::Result<()> {
        System.link(file, second)
    }

    fn copy(&self, file: &Path, second: &Path) -> io::Result<()> {
        System.copy(file, second)
    }

    fn link_again(&self, link: &Path, second: &Path) -> io::Result<()> {
        System.link_again(link, second)
    }

    fn permit_like(&self, folder: &Path, other: &Path) -> io::Result<()> {
        System.permit_like(folder, other)
    }

    fn exchange(&self, one: &Path, other: &Path) -> io::Result<bool> {
        System.exchange(one, other)
    }
}

#[test]
fn an_edit_that_is_saved_while_a_command_waits_for_the_disk_is_kept() {
    for (file, text) in [
        ("memos/2021/drill.yaml", "precious"),
        ("memos/2021/drill-text.md", "precious"),
        ("memos/2021/21145.yaml", "precious"),
        ("memos/2021/21145.lock", "precious"),
    ] {
        let folder = issued();
        let working = WorkingFolder::at(folder.path());
        let wish = IssueRequest { memos: vec!["drill".to_owned()], correction: None, anyway: None };
        let plan = desk::issue(&Desk::at(&working).snapshot().unwrap(), &wish).unwrap();
        let system = Meanwhile { file: Mutex::new(Some((folder.path().join(file), text.to_owned()))) };
        let failed = working.commit_through(&system, plan).unwrap_err();
        assert!(failed.is_stale(), "{file}: {failed}");
        assert_eq!(folder.read(file), text);
        assert!(
            folder.has("memos/2021/drill.yaml") && !folder.has("output/ccrov/2021/september/21145dl.pdf")
        );
    }
}

#[test]
fn a_years_memos_that_all_go_at_once_stay_published_until_they_are_said_to_go() {
    let folder = issued();
    let published = folder.bytes(PDF);
    fs::rename(folder.path().join("memos/2021"), folder.path().join("away")).unwrap();
    // A drive that is not connected leaves an empty folder; ccrov itself makes it for a new memo.
    fs::create_dir(folder.path().join("memos/2021")).unwrap();
    let run = folder.run(&["build"]);
    assert!(run.status == 1 && run.faults.contains("[missing-folder]"), "{}", run.faults);
    draft(&folder, "memos/2021/21151.yaml", "number: 21151\nbody: x\n");
    let run = folder.run(&["build"]);
    assert!(run.status == 1 && run.faults.contains("[missing-folder]"), "{}", run.faults);
    assert!(folder.bytes(PDF) == published);
    assert_eq!(folder.run(&["build", "--remove", "2021"]).status, 0);
    assert!(!folder.has(PDF));
}

#[test]
fn what_another_office_has_built_is_not_removed() {
    let (folder, other) = (issued(), Folder::with_seed());
    let text = other
        .read(MEMO)
        .replace("number: \"21144\"", "number: 21200")
        .replace("number: 21144", "number: 21200");
    fs::remove_file(other.path().join(MEMO)).unwrap();
    other.file("memos/2021/21200.yaml", text);
    let before = files(&folder.path().join("output"));
    let run = other.run(&["build", "--out", folder.path().join("output").to_str().unwrap()]);
    assert!(run.status == 1, "{} {}", run.results, run.faults);
    assert!(before.iter().all(|file| folder.has(&format!("output/{file}"))), "{}", run.results);
}

#[test]
fn a_memo_whose_own_file_has_another_name_is_a_fault() {
    let folder = issued();
    fs::rename(folder.path().join(MEMO), folder.path().join("memos/2021/21144.yml")).unwrap();
    for command in [&["check"][..], &["build"], &["publish", "www"]] {
        let run = folder.run(command);
        assert!(
            run.status == 1 && run.faults.contains("21144.yaml, with which memo 21144 was issued"),
            "{}",
            run.faults
        );
    }
}

#[test]
fn what_a_lock_says_is_what_the_memo_says() {
    for (from, to) in [
        ("status: issued", "status: draft"),
        ("status: issued", "status: withdrawn"),
        ("number: '21144'", "number: '21999'"),
    ] {
        let folder = issued();
        folder.edit(LOCK, from, to);
        let run = folder.run(&["check"]);
        assert!(run.status == 1 && run.faults.contains("[bad-lock]"), "{to}: {}", run.faults);
        assert_eq!(folder.run(&["publish", "www"]).status, 1, "{to}");
    }
    let folder = issued();
    folder.edit(MEMO, "status: issued", "status: draft");
    let run = folder.run(&["issue", "21144", "--correct", "x"]);
    assert!(run.status == 1 && run.faults.contains("write `status: issued` again"), "{}", run.faults);
}

#[test]
fn a_build_that_cannot_be_finished_stops_no_other_command() {
    let folder = issued();
    draft(&folder, "memos/2021/other.yaml", "body: y\n");
    let elsewhere = Folder::empty();
    let (working, out) = (WorkingFolder::at(folder.path()), elsewhere.path().join("out"));
    let into = working.building_into(&out);
    let plan = desk::build(&Desk::at(&into).snapshot().unwrap(), &desk::BuildRequest::default()).unwrap();
    let counting = Failing::after(150, End::Killed);
    let _ = into.commit_through(&counting, plan);
    assert!(folder.has(".ccrov/journal.json"));
    fs::remove_dir_all(&out).unwrap();
    let run = folder.run(&["build"]);
    assert_eq!(run.status, 0, "{}", run.faults);
    assert_eq!(folder.run(&["build"]).faults, "");
}

#[cfg(unix)]
#[test]
fn a_memo_keeps_its_mark_line_ends_and_rights_under_its_number() {
    use std::os::unix::fs::PermissionsExt as _;

    let folder = issued();
    for file in ["memos/2021/drill.yaml", "memos/2021/drill-text.md"] {
        let text = format!("\u{feff}{}", folder.read(file).replace('\n', "\r\n"));
        folder.file(file, text);
        fs::set_permissions(folder.path().join(file), fs::Permissions::from_mode(0o600)).unwrap();
    }
    assert_eq!(folder.run(&["issue", "drill"]).status, 0);
    for file in ["memos/2021/21145.yaml", "memos/2021/21145-text.md"] {
        let text = folder.read(file);
        assert!(
            text.starts_with('\u{feff}') && text.matches('\n').count() == text.matches("\r\n").count(),
            "{text:?}"
        );
        assert_eq!(
            fs::metadata(folder.path().join(file)).unwrap().permissions().mode() & 0o777,
            0o600,
            "{file}"
        );
    }
}

#[test]
fn nothing_is_built_among_what_analysts_write_or_what_programs_keep() {
    for out in ["templates", "output/..", ".git", ".ccrov/x", "memos/../memos/2021"] {
        let folder = Folder::with_seed();
        let before = files(folder.path());
        assert_eq!(folder.run(&["build", "--out", out]).status, 2, "{out}");
        assert_eq!(files(folder.path()), before, "{out}");
    }
}

#[cfg(unix)]
#[test]
fn a_link_in_a_loop_and_a_pipe_among_the_programs_own_files_stop_nothing() {
    let folder = issued();
    std::os::unix::fs::symlink("loop", folder.path().join("memos/2021/loop")).unwrap();
    std::os::unix::fs::symlink("loop", folder.path().join("loop")).unwrap();
    folder.build();
    for file in [".ccrov/journal.json", ".ccrov/turn"] {
        let path = folder.path().join(file);
        let _ = fs::remove_file(&path);
        assert!(std::process::Command::new("mkfifo").arg(&path).status().unwrap().success());
        folder.edit("memos/2021/drill-text.md", "drill", "new drill");
        assert_eq!(folder.run(&["build"]).status, 3, "{file}");
        fs::remove_file(&path).unwrap();
    }
    folder.build();
}

/// A published file that cannot be read is not missing: nobody is told to remove a lock for it.
#[cfg(unix)]
#[test]
fn a_published_file_that_cannot_be_read_is_said_to_be_so() {
    let folder = issued();
    fs::remove_file(folder.path().join(PDF)).unwrap();
    fs::create_dir(folder.path().join(PDF)).unwrap();
    folder.edit("memos/office.yaml", "5th Floor", "6th Floor");
    for command in [&["check"][..], &["build"], &["doctor"]] {
        let run = folder.run(command);
        assert!(
            run.status == 1 && run.faults.contains("21144dl.pdf cannot be read: it is a folder"),
            "{}",
            run.faults
        );
    }
}

/// The record of an interrupted command may have been edited: nothing outside the folder is touched by it.
#[test]
fn a_journal_that_somebody_wrote_reaches_nothing_outside() {
    let around = Folder::empty();
    around.file("precious.txt", "x").file("elsewhere/precious.txt", "x");
    let inner = around.path().join("work");
    let folder = issued();
    for file in files(folder.path()) {
        around.file(&format!("work/{file}"), folder.bytes(&file));
    }
    let remove = |output: &str, place: &str, path: &str| {
        format!(
            "{{\"what\": \"build\", \"texts\": [], {output} \"steps\": [{{\"place\": \"{place}\", \"path\": \"{path}\"}}]}}"
        )
    };
    let elsewhere = format!("\"output\": \"{}\",", around.path().join("elsewhere").display());
    for journal in [
        remove("", "folder", "../precious.txt"),
        remove("", "output", "../../precious.txt"),
        remove("", "folder", "/etc/hostname"),
        remove(&elsewhere, "output", "precious.txt"),
    ] {
        around.file("work/.ccrov/journal.json", &journal);
        assert!(recover(&System, &inner).is_ok(), "{journal}");
        assert!(around.has("precious.txt") && around.has("elsewhere/precious.txt"), "{journal}");
        assert!(!around.has("work/.ccrov/journal.json"), "{journal}");
    }
    // One of a newer program is left to that one, and so is what it has aside.
    around.file("work/.ccrov/journal.json", "{\"format\": 9}").file("work/.ccrov/aside/0", "x");
    let working = WorkingFolder::at(&inner);
    let wish = IssueRequest { memos: vec!["drill".to_owned()], correction: None, anyway: None };
    let plan = desk::issue(&Desk::at(&working).snapshot().unwrap(), &wish).unwrap();
    assert!(working.commit(plan).unwrap_err().to_string().contains("a newer ccrov wrote it"));
    assert!(around.has("work/.ccrov/aside/0") && around.has("work/memos/2021/drill.yaml"));
}
