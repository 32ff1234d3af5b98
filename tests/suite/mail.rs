//! Mails that tell counties of memos: what they say, what is to be seen to before, that Home knows of them.

use crate::common::{Folder, files, served::Served, shipped};

const FIRST: &str = "mail/24904 issue 2024-07-09.eml";

/// The shipped memos, with what they built to.
fn shipped_folder() -> Folder {
    Folder::with_sources_of(shipped())
}

fn mail(folder: &Folder, arguments: &[&str]) -> String {
    let run = folder.run(&[&["mail"], arguments].concat());
    assert_eq!((run.status, run.faults.as_str()), (0, ""), "{arguments:?}");
    run.results
}

/// A mail's lines as they were before they were cut and encoded, as far as these tests look.
fn plain(folder: &Folder, file: &str) -> String {
    String::from_utf8(folder.bytes(file)).unwrap().replace("=\r\n", "").replace("\r\n", "\n")
}

#[test]
fn a_mail_tells_what_changed_when_and_where_it_is_read() {
    let folder = shipped_folder();
    let said = mail(&folder, &["24904"]);
    assert!(said.starts_with(&format!("{FIRST} is a mail: CC/ROV #24904: Site Roster")), "{said}");
    assert!(
        said.contains("It is to nobody yet") && said.contains("Nothing was ever published from this folder"),
        "{said}"
    );
    let written = plain(&folder, FIRST);
    for line in [
        "X-Unsent: 1\n",
        "\nCC/ROV #24904 of July 9, 2024, is published.\n",
        "\nIt updates CC/ROV #24902.\n",
        "- The opening moved from July 22 to August 12, 2024: 15 working days later.\n",
        "- 8/12/2024: Step 5, Site Roster Team\n  Open the August 2024 roster\n  THE ROSTER OF THE LAST ELECTION CLOSES",
        "\nThe memo on the web:\nhttps://elections.example.gov/memos/ccrov/2024/july/24904mq.html\n",
        "<th scope=3D\"col\"",
    ] {
        assert!(written.contains(line), "{line:?} in {written}");
    }
    // What was completed is no date to keep.
    assert!(!written.contains("Name up to three editors"), "{written}");
    assert!(!written.contains("\nBcc:") && !written.contains("\nTo:"), "{written}");
    // The same mail is the same file; with the PDF it is another, and the first stays.
    let bytes = folder.bytes(FIRST);
    mail(&folder, &["24904"]);
    let with_pdf = mail(&folder, &["24904", "--pdf"]);
    assert!(with_pdf.starts_with("mail/24904 issue 2024-07-09-2.eml"), "{with_pdf}");
    assert!(folder.bytes(FIRST) == bytes);
    assert_eq!(files(&folder.path().join("mail")).len(), 2);
}

#[test]
fn a_withdrawal_and_a_correction_are_told_first() {
    let folder = shipped_folder();
    let said = mail(&folder, &["24903"]);
    assert!(said.contains("Withdrawn: CC/ROV #24903:"), "{said}");
    let written = plain(&folder, "mail/24903 withdrawal 2024-06-10.eml");
    assert!(written.contains("was withdrawn and is no longer in force."), "{written}");
    assert!(!written.contains("Dates:"), "what is withdrawn asks nothing of anybody: {written}");
    // It can still be told that it was published.
    assert!(mail(&folder, &["24903", "--tell", "issue"]).contains("is a mail: CC/ROV #24903:"));

    for (memo, arguments, why) in [
        ("county-contact-list", &[][..], "has not gone out"),
        ("23917", &[], "has not gone out"),
        ("24904", &["--tell", "correction"], "there is no correction of 24904"),
        ("24999", &[], "24999"),
    ] {
        let run = folder.run(&[&["mail", memo], arguments].concat());
        assert!(run.status == 2 && run.faults.contains(why), "{memo}: {}", run.faults);
    }
    // A PDF that is not what was published goes to nobody.
    folder.file("output/ccrov/2024/july/24904mq.pdf", "spoiled");
    let run = folder.run(&["mail", "24904", "--pdf"]);
    assert!(run.status != 0 && !folder.has("mail/24904 issue 2024-07-09.eml"), "{}", run.faults);
}

#[test]
fn the_offices_addresses_are_unseen_and_a_wrong_one_is_a_fault() {
    let folder = shipped_folder();
    let office = folder.read("memos/office.yaml");
    folder.file(
        "memos/office.yaml",
        format!("{office}\nmail_to:\n  - alameda@example.gov\n  - butte@example.gov\n"),
    );
    let said = mail(&folder, &["24904"]);
    assert!(said.contains("It is to 2 addresses, in Bcc."), "{said}");
    let written = String::from_utf8(folder.bytes(FIRST)).unwrap().replace("\r\n ", " ");
    assert!(written.contains("\r\nBcc: <alameda@example.gov>, <butte@example.gov>\r\n"), "{written}");
    folder.file("memos/office.yaml", format!("{office}\nmail_to: [alameda@example.gov, butte]\n"));
    let run = folder.run(&["mail", "24904"]);
    assert!(run.status == 1 && run.faults.contains("`butte` is no e-mail address"), "{}", run.faults);
}

#[test]
fn the_desk_makes_the_mail_and_home_names_what_was_published_and_not_mailed() {
    let folder = shipped_folder();
    let target = Folder::empty();
    let www = target.path().join("www");
    assert_eq!(folder.run(&["publish", www.to_str().unwrap()]).status, 0);
    let desk = Served::desk(folder.path());
    // An office that writes its mails elsewhere is told nothing.
    assert!(!desk.get("/").text().contains("mail not written"));
    let page = desk.get("/memo/24904/mail").text();
    assert!(
        page.contains("CC/ROV #24904 of July 9, 2024, is published.") && !page.contains("Before you send it"),
        "{page}"
    );
    let token = desk.token();
    let answer =
        desk.post("/memo/24903/mail", &[("token", &*token), ("do", "file"), ("tells", "withdrawal")]);
    assert!(answer.head.contains("message/rfc822"), "{}", answer.head);
    // What was published since the first mail is expected to be mailed, too.
    let home = desk.get("/").text();
    assert!(home.contains("mail not written: <a href=\"/memo/24903-2/mail\">24903-2</a>, <a href=\"/memo/24904/mail\">24904</a>."), "{home}");
    let answer = desk.post("/memo/24904/mail", &[("token", &*token), ("do", "copied"), ("tells", "issue")]);
    assert_eq!(answer.status, 303);
    let home = desk.get("/").text();
    assert!(home.contains("mail not written: <a href=\"/memo/24903-2/mail\">24903-2</a>."), "{home}");
    assert!(!folder.has("mail"), "the browser has the file");
    let _ = desk.end();
    // On the command line it is the same file.
    mail(&folder, &["24904"]);
    assert!(folder.has(FIRST));
}
