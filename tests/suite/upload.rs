//! Files that are brought to a memo: what becomes of their names, which are refused, and that no other file is lost.

use std::{fs, sync::Arc};

use ccrov::{
    desk::{BroughtFile, Desk, NotAttached, Refused, attach},
    folder::WorkingFolder,
};

use crate::common::{Folder, served::Served};

const MEMO: &str = "memos/2026/26002.yaml";
const PDF: &[u8] = b"%PDF-1.4\nno pages\n";

fn brought(name: &str, bytes: &[u8]) -> BroughtFile {
    BroughtFile { name: name.to_owned(), title: String::new(), bytes: bytes.to_vec() }
}

/// Attaches a file, and gives the name that it has beside the memo.
fn attached(folder: &Folder, name: &str, bytes: &[u8]) -> Result<String, NotAttached> {
    let working = WorkingFolder::at(folder.path());
    let snapshot = Desk::at(&working).snapshot().unwrap();
    match attach(&snapshot, "26002", &[brought(name, bytes)]) {
        Ok(plan) => {
            let report = working.commit(plan).unwrap().report;
            Ok(report.attached[0].name.clone())
        }
        Err(Refused::NotAttached { why, .. }) => Err(why),
        Err(other) => panic!("{other}"),
    }
}

#[test]
fn a_file_stands_beside_its_memo_and_takes_no_others_place() {
    let folder = Folder::sample();
    assert_eq!(attached(&folder, r"C:\Users\ana\Contact Form.pdf", PDF).unwrap(), "Contact Form.pdf");
    let memo = folder.read(MEMO);
    assert!(memo.contains("title: Contact Form") && memo.contains("file: Contact Form.pdf"), "{memo}");
    assert_eq!(folder.bytes("memos/2026/Contact Form.pdf"), PDF);

    let other: &[u8] = b"%PDF-1.4\nanother\n";
    assert_eq!(attached(&folder, "contact form.PDF", other).unwrap(), "contact form-2.pdf");
    assert_eq!(folder.bytes("memos/2026/Contact Form.pdf"), PDF);
    assert_eq!(folder.bytes("memos/2026/contact form-2.pdf"), other);
    // The same file under the same name is there already.
    assert_eq!(attached(&folder, "Contact Form.pdf", PDF).unwrap(), "Contact Form.pdf");

    for (name, becomes) in [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("..\\office.csv", "office.csv"),
        ("a<b>:c?.txt", "a-b--c.txt"),
        ("~$notes.txt", "$notes.txt".trim_start_matches('$')),
        ("con.txt", "file-con-1.txt"),
        ("Cafe\u{301} \u{202e}.txt", "Café.txt"),
    ] {
        assert_eq!(attached(&folder, name, format!("words of {name}").as_bytes()).unwrap(), becomes);
    }
    let run = folder.run(&["check", "26002"]);
    assert!(!run.faults.contains("missing-file"), "{}", run.faults);
}

#[test]
fn what_a_file_is_its_bytes_say() {
    let folder = Folder::sample();
    let before = folder.read(MEMO);
    let docx = b"PK\x03\x04....word/document.xml....";
    let refused = |name: &str, bytes: &[u8]| attached(&folder, name, bytes).unwrap_err();
    assert_eq!(refused("a.pdf", docx), NotAttached::Named("a Word file", ".docx"));
    assert_eq!(refused("a.txt", b"<!DOCTYPE html><script>"), NotAttached::Kind(Some("a web page")));
    assert_eq!(refused("a.pdf", b"\x7fELF\x02\x01\x01 and more of it"), NotAttached::Kind(None));
    assert_eq!(refused("a.zip", b"PK\x03\x04 things"), NotAttached::Kind(Some("a zip file")));
    assert_eq!(
        refused("26003.yaml", b"subject: Mine"),
        NotAttached::Named("plain text", ".txt, or .csv for a table")
    );
    assert_eq!(refused("a.html", b"hello"), NotAttached::Named("plain text", ".txt, or .csv for a table"));
    assert_eq!(refused("a.pdf", b""), NotAttached::Empty);
    assert_eq!(refused("---.pdf", PDF), NotAttached::Nameless);
    assert_eq!(refused("large.txt", &vec![b'a'; 20_000_001]), NotAttached::TooLarge(20));
    assert_eq!(folder.read(MEMO), before);
    assert_eq!(attached(&folder, "a.docx", docx).unwrap(), "a.docx");
}

#[test]
fn a_file_that_comes_meanwhile_keeps_its_name() {
    let folder = Folder::sample();
    let working = WorkingFolder::at(folder.path());
    let snapshot = Desk::at(&working).snapshot().unwrap();
    let plan = attach(&snapshot, "26002", &[brought("form.pdf", PDF)]).unwrap();
    folder.file("memos/2026/form.pdf", "somebody else's");
    let before = folder.read(MEMO);
    assert!(working.commit(plan).unwrap_err().is_stale());
    assert_eq!(folder.read("memos/2026/form.pdf"), "somebody else's");
    assert_eq!(folder.read(MEMO), before);
    drop(Arc::new(snapshot));
}

#[test]
fn a_browser_uploads_files_and_history_has_it() {
    let folder = Folder::sample();
    let desk = Served::desk(folder.path());
    let page = desk.get("/memo/26002").text();
    assert!(page.contains("enctype=\"multipart/form-data\"") && page.contains("form=\"upload\""), "{page}");
    let token = desk.token();
    let answer = desk.upload("/memo/26002/attach", &token, &[("one.pdf", PDF), ("two.csv", b"a,b\n")]);
    assert!(answer.status == 303 && answer.head.contains("location: /memo/26002"), "{}", answer.text());
    let page = desk.get("/memo/26002").text();
    assert!(page.contains("one.pdf and two.csv are attached."), "{page}");
    assert!(page.contains("lacks everything: it cannot be read as a PDF"), "{page}");
    assert!(desk.get("/history/memo/26002").text().contains("Attach one.pdf and two.csv to 26002"));

    // Nothing without the token, from elsewhere, or of another kind.
    let memo = folder.read(MEMO);
    assert_eq!(desk.upload("/memo/26002/attach", "x", &[("three.pdf", PDF)]).status, 403);
    assert_eq!(desk.upload("/memo/26002/attach", &token, &[]).status, 422);
    let refused = desk.upload("/memo/26002/attach", &token, &[("page.pdf", b"<html>")]);
    assert!(refused.status == 422 && refused.text().contains("“page.pdf” is not attached: it is a web page"));
    assert_eq!(desk.upload("/memo/nothing/attach", &token, &[("three.pdf", PDF)]).status, 422);
    assert_eq!(folder.read(MEMO), memo);
    assert!(!fs::exists(folder.path().join("memos/2026/three.pdf")).unwrap());
}

#[test]
fn a_memo_is_begun_with_files_or_not_at_all() {
    let folder = Folder::sample();
    let desk = Served::desk(folder.path());
    let begin = |name: &str, files: &[(&str, &[u8])]| {
        desk.upload_with("/new", &[("token", &desk.token()), ("name", name), ("from", "blank")], files)
    };
    let begun = begin("contact-form", &[("Contact form.pdf", PDF)]);
    assert_eq!(begun.status, 303, "{}", begun.text());
    let year = chrono::Local::now().format("%Y");
    let memo = folder.read(&format!("memos/{year}/contact-form.yaml"));
    assert!(memo.contains("title: Contact form, file: Contact form.pdf"), "{memo}");
    assert_eq!(folder.bytes(&format!("memos/{year}/Contact form.pdf")), PDF);
    assert!(desk.get("/memo/contact-form").text().contains("Contact form.pdf is attached."));
    // A file that nobody can be given leaves no memo behind; without files it is a form as any other.
    let refused = begin("another", &[("setup.exe", b"MZ")]);
    assert!(refused.status == 422 && refused.text().contains("Choose the files again"), "{}", refused.text());
    assert!(!folder.has(&format!("memos/{year}/another.yaml")));
    assert_eq!(begin("another", &[]).status, 303);
    assert_eq!(desk.upload_with("/new", &[("name", "third")], &[]).status, 403);
}

#[test]
fn a_file_that_is_attached_already_is_not_listed_twice() {
    let folder = Folder::sample();
    let desk = Served::desk(folder.path());
    let bring = |files: &[(&str, &[u8])]| {
        let answer = desk.upload("/memo/26002/attach", &desk.token(), files);
        assert_eq!(answer.status, 303, "{}", answer.text());
        desk.get("/memo/26002").text()
    };
    // The same file twice in one drop is one; so it is the next time.
    assert!(bring(&[("Hours.csv", b"a,b\n"), ("Hours.csv", b"a,b\n")]).contains("Hours.csv is attached."));
    let again = bring(&[("Hours.csv", b"a,b\n")]);
    assert!(again.contains("Nothing was added. Hours.csv is attached already."), "{again}");
    let memo = folder.read("memos/2026/26002.yaml");
    assert_eq!(memo.matches("Hours.csv").count(), 1, "{memo}");
    // Another one of the name gets a name of its own, and that is what is told.
    let other = bring(&[("Ho{urs.csv", b"c,d\n"), ("Ho{urs.csv", b"e,f\n")]);
    assert!(other.contains("has the name Ho-urs.csv, so yours is called Ho-urs-2.csv."), "{other}");
}
