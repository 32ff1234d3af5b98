//! A memo begun with the text of a Word file: what is found in it, what is told, and that nothing is lost in silence.

use crate::common::{
    Folder,
    docx::{docx, p},
    served::{Served, hidden},
    shipped,
};

const OBSERVERS: &[u8] = include_bytes!("../word/observers.docx");

fn folder_with(name: &str, bytes: &[u8]) -> Folder {
    let folder = Folder::with_seed();
    folder.file(name, bytes);
    folder
}

/// `new --from FILE` in a folder with such a file: what was printed, and the memo that was made.
fn begun(bytes: &[u8], arguments: &[&str]) -> (String, String) {
    let folder = folder_with("in.docx", bytes);
    let file = folder.path().join("in.docx");
    let run = folder.run(&[&["new", "--from", file.to_str().unwrap()], arguments].concat());
    assert_eq!((run.status, run.faults.as_str()), (0, ""));
    let made = run.results.split("Made ").nth(1).unwrap().split(',').next().unwrap().to_owned();
    (run.results.replace(file.to_str().unwrap(), "in.docx"), folder.read(&made))
}

#[test]
fn the_memos_own_form_is_found_and_the_text_is_markdown() {
    let (said, memo) = begun(OBSERVERS, &[]);
    for line in [
        "number: 20045\n",
        "date: 2020-03-03\n",
        "status: draft\n",
        "letterhead: elections\n",
        "to: All County Clerks/Registrars of Voters\n",
        "from: debra-ledsinger\n",
        "subject: \"Election Observers: Who May Watch\"\n",
    ] {
        assert!(memo.contains(line), "{line} {memo}");
    }
    let (_, body) = memo.split_once("body: |\n").unwrap();
    assert_eq!(
        body,
        "  ## What changed

  Counties must **post** the notice by 8 a.m. See [our page](https://www.sos.ca.gov/elections).[^1] The rule was stated and repeated.

  - Bring a badge
    - of the county
  - Sign the log

  Then:

  1. Open the door.

     <!-- letters -->
     1. Slowly

  2. Close it.

  | # | Responsible Entity | Task | Start | End |
  | --- | --- | --- | --- | --- |
  | 1 | Counties | Test the *new* form | 3/10/2020 | 3/12/2020 |
  | 2 | SOS | Release it | 3/16/2020 | N/A |

  Call the Help Desk with questions.

  [^1]: Elections Code section 2300.
"
    );
    for told in [
        "ELECTIONS DIVISION",
        "Left out 1 comment, 1 deleted passage",
        "1 tracked insertion is in the text",
        "A comment of Dana Lee: Which log?",
        "has the columns of a release",
    ] {
        assert!(said.contains(told), "{told} {said}");
    }
    assert!(said.contains("Made memos/2020/20045.yaml, a draft."), "{said}");
}

#[test]
fn a_head_is_found_in_other_forms_and_what_is_missing_is_told() {
    let row =
        |label: &str, words: &str| format!("<w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr>", p(label), p(words));
    let in_a_table = format!(
        "{}<w:tbl>{}{}{}{}</w:tbl>{}",
        p("CC/ROV Memorandum #21144"),
        row("DATE:", "September 9, 2021"),
        row("TO:", "All Counties"),
        row("FROM:", "Somebody Else"),
        row("SUBJECT:", "Mail"),
        p("Use {{ it }} *now*.")
    );
    let (said, memo) = begun(&docx(&in_a_table, &[]), &["mail"]);
    assert!(memo.contains("\nto: All Counties\n") && memo.contains("\nsubject: Mail\n"), "{memo}");
    assert!(memo.contains("\ndate: 2021-09-09\n") && memo.contains("\nnumber:\n"), "{memo}");
    assert!(memo.contains(r"  Use {\{ it \}} \*now\*."), "{memo}");
    assert!(said.contains("The number 21144 of the file was not taken"), "{said}");
    assert!(said.contains("FROM Somebody Else is nobody in the office’s file"), "{said}");

    let (said, memo) = begun(&docx(&[p("Only"), p("text.")].concat(), &[]), &["only", "--date", "9/1/2021"]);
    assert!(memo.ends_with("body: |\n  Only\n\n  text.\n"), "{memo}");
    assert!(said.contains("Not found in the file: TO, FROM and RE"), "{said}");
}

#[test]
fn a_file_that_cannot_be_read_begins_nothing() {
    for (name, bytes, why) in [
        (
            "old.doc",
            &b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"[..],
            "has a password, or is a Word file of before 2007",
        ),
        ("a.docx", b"PK\x03\x04", "damaged"),
        ("a.docx", b"%PDF-1.7", "it is a PDF, not a Word file"),
    ] {
        let folder = folder_with(name, bytes);
        let file = folder.path().join(name);
        let run = folder.run(&["new", "x", "--from", file.to_str().unwrap(), "--date", "9/1/2021"]);
        assert_eq!(run.status, 2, "{}", run.faults);
        assert!(run.faults.contains(why), "{}", run.faults);
        assert!(!folder.has("memos/2021/x.yaml"));
    }
    let run = Folder::with_seed().run(&["import", shipped().join("in.docx").to_str().unwrap()]);
    assert!(run.faults.contains("`ccrov new --from "), "{}", run.faults);
}

#[test]
fn the_desk_begins_a_memo_with_a_word_file_and_attaches_the_others() {
    let folder = Folder::with_seed();
    let desk = Served::desk(folder.path());
    let token = hidden(&desk.get("/new").text(), "token");
    let fields = [("token", token.as_str()), ("from", "word"), ("name", "")];
    let nothing = desk.upload_with("/new", &fields, &[("map.txt", b"A map")]);
    assert!(
        nothing.text().contains("choose the Word file (.docx) first")
            || nothing.text().contains("Choose the Word file (.docx) first"),
        "{}",
        nothing.text()
    );
    let page = desk.upload_with("/new", &fields, &[("map.txt", b"A map"), ("in.docx", OBSERVERS)]).text();
    assert!(page.contains("A comment of Dana Lee: Which log?"), "{page}");
    assert!(page.contains("The text of the Word file is in 20045 now"), "{page}");
    let memo = folder.read("memos/2020/20045.yaml");
    assert!(memo.contains("file: map.txt") && !memo.contains("in.docx"), "{memo}");
}
