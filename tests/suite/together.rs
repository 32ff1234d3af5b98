//! Several at work in one folder: commands take turns, and nothing that somebody wrote is lost.

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread,
    time::Duration,
};

use crate::common::{Folder, files};
use ccrov::{
    desk::{self, BuildRequest, Desk, IssueRequest},
    folder::{CommitError, FileSystem, System, WorkingFolder},
    output::{Manifest, digest},
};

const PDF: &str = "output/ccrov/2021/august/21144dl.pdf";

fn draft(folder: &Folder, id: &str) {
    let text = format!(
        "date: September 1, 2021\nstatus: approved\nletterhead: elections\nto: All\nfrom: debra-ledsinger\nsubject: {id}\nbody: x\n"
    );
    folder.file(&format!("memos/2021/{id}.yaml"), text);
}

fn started(folder: &Folder, arguments: &[&str]) -> std::process::Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ccrov"));
    command
        .args(arguments)
        .current_dir(folder.path())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

#[test]
fn memos_that_are_issued_at_the_same_moment_get_numbers_of_their_own() {
    let folder = Folder::with_seed();
    ["one", "two", "three"].iter().for_each(|id| draft(&folder, id));
    folder.build();
    let running: Vec<_> = ["one", "two", "three"].iter().map(|id| started(&folder, &["issue", id])).collect();
    for mut run in running {
        assert!(run.wait().unwrap().success());
    }
    let subjects: Vec<_> = (21145..21148)
        .map(|number| folder.read(&format!("memos/2021/{number}.yaml")))
        .map(|text| text.lines().find(|line| line.starts_with("subject")).unwrap().to_owned())
        .collect();
    for id in ["one", "two", "three"] {
        assert!(subjects.contains(&format!("subject: {id}")), "{subjects:?}");
    }
    folder.build();
    assert_eq!(folder.run(&["doctor"]).status, 0);
}

#[test]
fn a_command_waits_for_its_turn_and_then_says_who_has_it() {
    let folder = Folder::with_seed();
    draft(&folder, "drill");
    folder.build();
    let turn = File::options().write(true).open(folder.path().join(".ccrov/turn")).unwrap();
    turn.lock().unwrap();
    let waiting = started(&folder, &["issue", "drill"]);
    thread::sleep(Duration::from_millis(1500));
    assert!(folder.has("memos/2021/drill.yaml"));
    turn.unlock().unwrap();
    assert!(waiting.wait_with_output().unwrap().status.success());
    turn.lock().unwrap();
    folder.edit("memos/office.yaml", "5th Floor", "6th Floor");
    let run = folder.run(&["build"]);
    assert!(
        run.status == 3 && run.faults.contains("another ccrov is writing in this folder"),
        "{}",
        run.faults
    );
    // To look is nobody's turn.
    assert_eq!(folder.run(&["status"]).faults, "");
}

#[test]
fn what_appeared_or_changed_meanwhile_is_not_overwritten() {
    let folder = Folder::with_seed();
    draft(&folder, "drill");
    folder.build();
    let working = WorkingFolder::at(folder.path());
    let issue = || {
        let wish = IssueRequest { memos: vec!["drill".to_owned()], correction: None, anyway: None };
        desk::issue(&Desk::at(&working).snapshot().unwrap(), &wish).unwrap()
    };
    for (file, text) in [
        ("memos/2021/21145.yaml", "somebody else's"),
        ("memos/2021/21145.lock", "somebody else's"),
        ("output/ccrov/2021/september/21145dl.pdf", "somebody else's"),
        ("output/manifest.json", "{\"memos\": []}\n"),
        ("memos/2021/drill.yaml", "status: draft # edited\n"),
    ] {
        let plan = issue();
        let before = folder.path().join(file).exists().then(|| folder.bytes(file));
        folder.file(file, text);
        let failed = working.commit(plan).unwrap_err();
        assert!(failed.is_stale(), "{file}: {failed}");
        assert_eq!(folder.read(file), text);
        assert!(!folder.has("memos/2021/21145.lock") || file.ends_with("lock"));
        match before {
            Some(bytes) => fs::write(folder.path().join(file), bytes).unwrap(),
            None => fs::remove_file(folder.path().join(file)).unwrap(),
        }
    }
    let _receipt = working.commit(issue()).unwrap();
}

/// A file system in which another program holds a file.
struct Held(PathBuf);

impl Held {
    fn unless_held(&self, file: &Path, step: impl FnOnce() -> io::Result<()>) -> io::Result<()> {
        if file == self.0 { Err(io::ErrorKind::PermissionDenied.into()) } else { step() }
    }
}

impl FileSystem for Held {
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.unless_held(to, || System.rename(from, to))
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

    fn settle(&self, folder: &Path, files: &[PathBuf]) -> io::Result<()> {
        System.settle(folder, files)
    }

    fn remove(&self, file: &Path) -> io::Result<()> {
        self.unless_held(file, || System.remove(file))
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

/// Acrobat, on Windows: all else is written, the file is named, and the manifest says what is there.
#[test]
fn a_pdf_that_is_open_elsewhere_keeps_no_other_file_from_being_written() {
    let folder = Folder::with_seed();
    folder.build();
    let (old, page) = (folder.bytes(PDF), folder.bytes(&PDF.replace(".pdf", ".html")));
    folder.edit("memos/office.yaml", "Debra Ledsinger", "Debra M. Ledsinger");
    let working = WorkingFolder::at(folder.path());
    let plan = desk::build(&Desk::at(&working).snapshot().unwrap(), &BuildRequest::default()).unwrap();
    let failed = working.commit_through(&Held(folder.path().join(PDF)), plan).unwrap_err();
    assert!(
        matches!(&failed, CommitError::Held { paths } if *paths == [folder.path().join(PDF)]),
        "{failed}"
    );
    assert!(failed.to_string().contains("close them in other programs (Acrobat, for a PDF)"), "{failed}");
    assert!(folder.bytes(PDF) == old && folder.bytes(&PDF.replace(".pdf", ".html")) != page);
    let manifest = Manifest::read(&folder.bytes("output/manifest.json")).unwrap();
    for file in manifest.published(true) {
        assert_eq!(digest(&folder.bytes(&format!("output/{}", file.path))), file.sha256, "{}", file.path);
    }
    folder.build();
    assert!(folder.bytes(PDF) != old);
    assert_eq!(folder.run(&["build", "--check"]).status, 0);
    assert!(!files(folder.path()).iter().any(|file| file.contains("aside")));
}

/// One that belongs to nothing any more goes as soon as it can.
#[test]
fn a_pdf_that_cannot_be_removed_is_removed_by_the_next_command() {
    let folder = Folder::with_seed();
    draft(&folder, "drill");
    folder.build();
    let pdf = "output/ccrov/2021/september/drilldl.pdf";
    fs::remove_file(folder.path().join("memos/2021/drill.yaml")).unwrap();
    let working = WorkingFolder::at(folder.path());
    let plan = desk::build(&Desk::at(&working).snapshot().unwrap(), &BuildRequest::default()).unwrap();
    assert!(working.commit_through(&Held(folder.path().join(pdf)), plan).is_err());
    assert!(folder.has(pdf) && !folder.has(&pdf.replace(".pdf", ".html")));
    assert_eq!(folder.run(&["build"]).status, 0);
    assert!(!folder.has(pdf));
    assert_eq!(folder.run(&["build"]).faults, "");
}

#[cfg(unix)]
#[test]
fn an_edit_keeps_who_may_read_a_file_and_where_a_link_leads() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    let folder = Folder::with_seed();
    let release = folder.path().join("memos/releases/votecal-2021-2.yaml");
    let kept = folder.path().join("memos/kept.txt");
    fs::rename(&release, &kept).unwrap();
    symlink("../kept.txt", &release).unwrap();
    fs::set_permissions(&kept, fs::Permissions::from_mode(0o600)).unwrap();
    let slip = ["slip", "votecal-2021-2", "--yes", "--move", "release=2021-12-05", "--reason", "a late fix"];
    let run = folder.run(&[&slip[..], &["--announced", "2021-09-20"]].concat());
    assert_eq!((run.status, run.faults.as_str()), (0, ""));
    assert!(release.symlink_metadata().unwrap().is_symlink());
    assert!(fs::read_to_string(&kept).unwrap().contains("a late fix"));
    assert_eq!(fs::metadata(&kept).unwrap().permissions().mode() & 0o777, 0o600);
}
