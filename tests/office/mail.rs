//! Mail files, opened by Python's reader of mail.

use std::fs;

use ccrov::output::digest;

use crate::{
    common::{Folder, shipped},
    programs::python,
};

#[test]
fn another_reader_has_every_word_link_and_attachment_of_a_mail() {
    let folder = Folder::with_sources_of(shipped());
    let office = folder.read("memos/office.yaml");
    let people = "people:\n  debra-ledsinger:\n";
    let office = office
        .replace(people, &format!("mail_to: [alameda@example.gov]\n{people}    email: d.l@example.gov\n"));
    folder.file("memos/office.yaml", office);
    let made = |arguments: &[&str], file: &str| {
        let run = folder.run(arguments);
        assert_eq!((run.status, run.faults.as_str()), (0, ""), "{arguments:?}");
        python("mail.py", &folder.path().join(file))
    };

    let mail = made(&["mail", "24904", "--pdf"], "mail/24904 issue 2024-07-09.eml");
    assert_eq!(mail["defects"], serde_json::json!([]), "{mail}");
    assert_eq!(mail["subject"], "CC/ROV #24904: Site Roster: Revised Schedule – August 12, 2024, Opening");
    assert_eq!((&mail["unsent"], &mail["day"]), (&"1".into(), &"2024-07-09".into()));
    assert_eq!(mail["addresses"], serde_json::json!({"bcc": ["alameda@example.gov"]}));
    assert_eq!(mail["heads"], 4, "the table of dates says what its columns are");
    // Text and page say the same, apart from how a table and links are written.
    let text = mail["text"].as_str().unwrap();
    let links = mail["links"].as_array().unwrap();
    assert!(links.len() == 4 && links.iter().all(|link| text.contains(link.as_str().unwrap())), "{mail}");
    let words = mail["words"].as_array().unwrap().iter().map(|words| words.as_str().unwrap());
    let marks = ["Step", "When", "Who", "What"];
    for words in words.filter(|words| !marks.contains(words)) {
        assert!(text.contains(words), "{words:?} in {text}");
    }
    let pdf = fs::read(folder.path().join("output/ccrov/2024/july/24904mq.pdf")).unwrap();
    assert_eq!(mail["attached"], serde_json::json!([["24904mq.pdf", "application/pdf", digest(&pdf)]]));

    let draft = "county-contact-list";
    let mail = made(
        &["review", draft, "--mail", "--to", "debra-ledsinger"],
        &format!("reviews/{draft} review 1.eml"),
    );
    assert_eq!(mail["addresses"], serde_json::json!({"to": ["d.l@example.gov"]}));
    folder.run(&["review", draft]);
    let word = fs::read(folder.path().join(format!("reviews/{draft} review 1.docx"))).unwrap();
    assert_eq!(mail["attached"][0][0], format!("{draft} review 1.docx"));
    assert_eq!(mail["attached"][0][2], digest(&word));
}
