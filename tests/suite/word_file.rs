//! A memo as a Word file: where it stands, what it is compared with, what is in it.

use crate::common::{Folder, files, served::Served, shipped};
use ccrov::{
    document::Document,
    package::Package,
    pdf::{Faces, Theme},
    word::{NotSent, ParagraphId, SentCopy, SentParagraph, WordMemo, write},
};

const MEMO: &str = "memos/2026/26002.yaml";
const FIRST: &str = "reviews/26002 review 1.docx";
const SECOND: &str = "reviews/26002 review 2.docx";

fn review(folder: &Folder, arguments: &[&str]) -> String {
    let run = folder.run(&[&["review"], arguments].concat());
    assert_eq!((run.status, run.faults.as_str()), (0, ""), "{arguments:?}");
    run.results
}

fn part(folder: &Folder, file: &str, name: &str) -> String {
    let bytes = folder.bytes(file);
    let part = Package::open(&bytes).unwrap().part(name).unwrap();
    String::from_utf8(part.unwrap_or_else(|| panic!("{file} has no {name}"))).unwrap()
}

fn document(folder: &Folder, file: &str) -> String {
    part(folder, file, "word/document.xml")
}

/// The words that are said to have come (`w:ins`) or gone (`w:del`), one by one.
fn marked(xml: &str, mark: &str) -> Vec<String> {
    let texts = |piece: &str| -> String {
        let text = piece.split("<w:").filter_map(|run| {
            let (name, text) = run.split_once('>')?;
            (name.starts_with("t ") || name.starts_with("delText")).then(|| text.split('<').next())?
        });
        text.collect()
    };
    let [begin, end] = [format!("<w:{mark} "), format!("</w:{mark}>")];
    let pieces = xml.split(&begin).skip(1);
    let words = pieces.map(|piece| texts(piece.split(&end).next().unwrap()));
    words.filter(|words| !words.is_empty()).collect()
}

#[test]
fn the_first_file_shows_the_memo_and_the_next_what_changed_since() {
    let folder = Folder::sample();
    assert_eq!(review(&folder, &["26002"]), "reviews/26002 review 1.docx is the memo for a reviewer.\n");
    let first = document(&folder, FIRST);
    assert!(!first.contains("<w:ins ") && !first.contains("<w:del "));
    let bytes = folder.bytes(FIRST);

    // What says the same is the same file.
    review(&folder, &["26002"]);
    assert_eq!(files(&folder.path().join("reviews")), ["26002 review 1.docx"]);

    folder.edit(MEMO, "your connection", "your network");
    assert_eq!(
        review(&folder, &["26002"]),
        "reviews/26002 review 2.docx is the memo for a reviewer. 1 change since copy 1 is tracked.\n"
    );
    let second = document(&folder, SECOND);
    assert_eq!(marked(&second, "ins"), ["network"]);
    assert_eq!(marked(&second, "del"), ["connection"]);
    assert_eq!(folder.bytes(FIRST), bytes, "the first one stays");

    // The same file once more: it is compared with what it was compared with.
    std::fs::remove_file(folder.path().join(SECOND)).unwrap();
    review(&folder, &["26002"]);
    assert_eq!(document(&folder, SECOND), second);
}

#[test]
fn a_file_that_a_reviewer_has_saved_in_its_place_is_left_alone() {
    let folder = Folder::sample();
    review(&folder, &["26002"]);
    folder.file(FIRST, "what the reviewer says");
    assert!(review(&folder, &["26002"]).starts_with(SECOND));
    assert_eq!(folder.read(FIRST), "what the reviewer says");
}

#[test]
fn it_is_compared_with_what_is_named() {
    let folder = Folder::with_seed();
    assert_eq!(folder.run(&["issue", "21144"]).status, 0);
    let locked = folder.run(&["review", "21144"]);
    assert!(locked.status != 0 && locked.faults.contains("21144"), "{}", locked.faults);

    folder.run(&["new", "drill", "--from", "21144", "--date", "2021-09-21"]);
    assert!(review(&folder, &["drill"]).ends_with("is the memo for a reviewer.\n"));
    let said = review(&folder, &["drill", "--against", "21144"]);
    assert!(said.contains("since 21144"), "{said}");
    let xml = document(&folder, "reviews/drill review 2.docx");
    assert!(marked(&xml, "del").contains(&"August 31".to_owned()), "{:?}", marked(&xml, "del"));
    let unknown = folder.run(&["review", "drill", "--against", "21145"]);
    assert!(unknown.status == 2 && unknown.faults.contains("21145"), "{}", unknown.faults);

    // A memo that updates another is compared with that one at first.
    folder.run(&["new", "later", "--from", "21144", "--date", "2021-09-22"]);
    let path = "memos/2021/later.yaml";
    let memo = folder.read(path);
    folder.file(path, format!("{memo}updates: 21144\n"));
    let said = review(&folder, &["later"]);
    assert!(said.contains("since 21144"), "{said}");
}

#[test]
fn nothing_of_it_is_published() {
    let folder = Folder::sample();
    folder.build();
    let before = files(&folder.path().join("output"));
    review(&folder, &["26002"]);
    folder.build();
    assert_eq!(files(&folder.path().join("output")), before);
    assert!(folder.has(".ccrov/reviews/26002 review 1.xml"));
    assert_eq!(folder.run(&["check"]).faults, "");
}

#[test]
fn it_says_what_was_sent_of_every_paragraph() {
    let folder = Folder::sample();
    review(&folder, &["26002"]);
    let kept = folder.read(".ccrov/reviews/26002 review 1.xml");
    assert_eq!(part(&folder, FIRST, "customXml/item1.xml"), kept);
    let sent = SentCopy::read(kept.as_bytes()).unwrap();
    assert_eq!(sent.memo, "26002");
    let output = files(&folder.build().path().join("output"));
    let markdown = output.iter().find(|file| file.contains("26002") && file.ends_with(".md")).unwrap();
    assert_eq!(sent.markdown, folder.read(&format!("output/{markdown}")));

    let parts = ["word/document.xml", "word/header2.xml", "word/footnotes.xml"];
    let all: String = parts.iter().map(|name| part(&folder, FIRST, name)).collect();
    let mut ids: Vec<ParagraphId> = sent.paragraphs.iter().map(|paragraph| paragraph.id).collect();
    for paragraph in &sent.paragraphs {
        assert_eq!(all.matches(&format!("w14:paraId=\"{}\"", paragraph.id)).count(), 1, "{paragraph:?}");
        assert_eq!(all.matches(&format!("w:name=\"{}\"", paragraph.place)).count(), 1, "{paragraph:?}");
    }
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), sent.paragraphs.len());
}

#[test]
fn a_kept_copy_that_cannot_be_read_is_told() {
    let folder = Folder::sample();
    review(&folder, &["26002"]);
    folder.file(".ccrov/reviews/26002 review 1.xml", "<sent/>");
    let run = folder.run(&["review", "26002"]);
    assert!(run.status == 1 && run.faults.contains("26002 review 1.xml cannot be read"), "{}", run.faults);
}

#[test]
fn a_memo_with_things_to_fix_is_not_made() {
    let folder = Folder::sample();
    folder.edit(MEMO, "date: March 2, 2026", "date: March 42, 2026");
    let run = folder.run(&["review", "26002"]);
    assert!(run.status == 1 && run.faults.contains("March 42"), "{}", run.faults);
    assert!(!folder.has("reviews"));
}

/// The body of a sample memo, replaced.
fn with_body(body: &str) -> Folder {
    let folder = Folder::sample();
    let memo = folder.read(MEMO);
    let (start, _) = memo.split_once("body:").unwrap();
    let indented: String = body.lines().map(|line| format!("  {line}\n")).collect();
    folder.file(MEMO, format!("{start}body: |\n{indented}"));
    folder
}

#[test]
fn a_list_has_the_numbers_that_were_typed() {
    let folder = with_body("Steps:\n\n3. Call.\n4. Write.\n   - a mail\n   - a letter\n7. Wait.\n");
    review(&folder, &["26002"]);
    let numbers = part(&folder, FIRST, "word/numbering.xml");
    let starts: Vec<&str> = numbers.split("<w:startOverride w:val=\"").skip(1).collect();
    let starts: Vec<&str> = starts.iter().map(|rest| rest.split('"').next().unwrap()).collect();
    assert_eq!(starts, ["3", "7"]);
    let text = document(&folder, FIRST);
    let number = |words: &str| {
        let before = text.split(&format!(">{words}<")).next().unwrap();
        let about = before.rsplit("<w:numPr>").next().unwrap();
        about.split("</w:numPr>").next().unwrap().to_owned()
    };
    assert_eq!(number("Call."), number("Write."));
    assert_ne!(number("Write."), number("Wait."));
    assert!(number("a mail").contains("w:ilvl w:val=\"1\""));
}

#[test]
fn rows_notes_links_and_blanks_are_those_of_word() {
    let body = "See [the site](https://www.sos.ca.gov).[^1] Name: [blank: your name]\n\n[blank of 3 lines: why]\n\n- [tick: yes] Yes\n\n| Day | Task |\n|---|---|\n\
                | 1 | Call |\n| **Later** | |\n| 2 | Write |\n\n[^1]: It is new.\n";
    let folder = with_body(body);
    review(&folder, &["26002"]);
    let text = document(&folder, FIRST);
    assert_eq!((text.matches("<w:tblHeader/>").count(), text.matches("<w:cantSplit/>").count()), (1, 4));
    assert!(text.contains("<w:gridSpan w:val=\"2\"/>"));
    assert!(text.contains("<w:tblDescription w:val=\"The columns are Day and Task.\"/>"));
    assert!(text.contains("<w:footnoteReference w:id=\"1\"/>"));
    assert!(part(&folder, FIRST, "word/footnotes.xml").contains(">It is new.<"));
    assert!(text.contains("<w:alias w:val=\"your name\"/>"));
    assert!(text.contains("<w:text w:multiLine=\"1\"/>"), "an answer of several lines");
    assert!(text.contains("<w14:checkbox><w14:checked w14:val=\"0\"/>") && text.contains(">\u{2610}<"));
    let links = part(&folder, FIRST, "word/_rels/document.xml.rels");
    assert!(links.contains("Target=\"https://www.sos.ca.gov\" TargetMode=\"External\""), "{links}");

    // A row that came, a row that went, a note that changed.
    folder.edit(MEMO, "  | 2 | Write |\n", "  | 3 | Travel to Sacramento |\n").edit(
        MEMO,
        "It is new.",
        "It is old.",
    );
    review(&folder, &["26002"]);
    let text = document(&folder, SECOND);
    let rows = |mark: &str| text.matches(&format!("<w:cantSplit/><w:{mark} ")).count();
    assert_eq!((rows("ins"), rows("del")), (1, 1));
    let notes = part(&folder, SECOND, "word/footnotes.xml");
    assert_eq!((marked(&notes, "del"), marked(&notes, "ins")), (vec!["new".into()], vec!["old".into()]));
}

#[test]
fn the_bytes_are_those_of_the_memo_alone() {
    let bytes = || {
        let folder = Folder::copy(&shipped().join("memos"), "memos");
        review(&folder, &["24901"]);
        folder.bytes("reviews/24901 review 1.docx")
    };
    assert_eq!(bytes(), bytes());
}

#[test]
fn the_logo_stands_in_it_as_a_picture_with_words_for_it() {
    let folder = Folder::sample();
    let seal = std::fs::read(shipped().join("tests/explained/memos/seal.svg")).unwrap();
    folder.file("memos/seal.svg", seal);
    folder.edit(
        "memos/office.yaml",
        "    division:",
        "    logo: {file: seal.svg, alternative: The seal of the office}\n    division:",
    );
    review(&folder, &["26002"]);
    let head = part(&folder, FIRST, "word/header2.xml");
    assert!(head.contains("descr=\"The seal of the office\""), "{head}");
    let bytes = folder.bytes(FIRST);
    let mut package = Package::open(&bytes).unwrap();
    let logo = package.names().into_iter().find(|name| name.ends_with(".png")).unwrap();
    assert!(package.part(&logo).unwrap().unwrap().starts_with(b"\x89PNG"));
}

#[test]
fn the_desk_gives_the_file_and_keeps_what_it_says() {
    let folder = Folder::sample();
    let desk = Served::desk(folder.path());
    let page = desk.get("/memo/26002/review").text();
    assert!(
        page.contains(">Word file alone</button>") && page.contains(">Mail with the Word file</button>"),
        "{page}"
    );
    let post = |fields: &[(&str, &str)]| desk.post("/memo/26002/word", fields);
    let token = desk.token();
    let answer = post(&[("token", &token)]);
    assert!(answer.head.contains("filename*=utf-8''26002%20review%201.docx"), "{}", answer.head);
    assert!(answer.body.starts_with(b"PK"));
    assert!(!folder.has("reviews") && folder.has(".ccrov/reviews/26002 review 1.xml"));

    // What the desk gives is byte for byte what the command line writes.
    review(&folder, &["26002"]);
    assert_eq!(folder.bytes(FIRST), answer.body);
    let page = desk.get("/memo/26002/review").text();
    assert!(page.contains("the last Word file that said something else"), "{page}");
    let unknown = post(&[("token", &token), ("against", "21999")]).text();
    assert!(unknown.contains("role=\"alert\"") && unknown.contains("21999"), "{unknown}");
    let _ = desk.end();
}

/// The lines above the text of a mail, unfolded.
fn head(mail: &[u8]) -> String {
    let mail = String::from_utf8(mail.to_vec()).unwrap();
    assert!(!mail.replace("\r\n", "").contains(['\r', '\n']), "each line ends as mail does");
    mail.split("\r\n\r\n").next().unwrap().replace("\r\n ", " ")
}

#[test]
fn a_mail_brings_the_file_to_its_reader() {
    let folder = Folder::sample();
    folder.edit("memos/office.yaml", "name: Ana Ruiz", "name: Ana Ruiz\n    email: ana.ruiz@example.gov");
    let said = review(&folder, &["26002", "--mail", "--to", "ana-ruiz"]);
    assert_eq!(
        said,
        "reviews/26002 review 1.eml is a mail with the Word file in it. It is to ana.ruiz@example.gov. Open it, read it, and send it.\n"
    );
    let file = "reviews/26002 review 1.eml";
    let mail = folder.bytes(file);
    let head = head(&mail);
    for line in ["X-Unsent: 1", "To: \"Ana Ruiz\" <ana.ruiz@example.gov>", "Subject: For review: "] {
        assert!(head.contains(line), "{line}: {head}");
    }
    // It is kept what the file says, and the same mail is the same file.
    assert!(folder.has(".ccrov/reviews/26002 review 1.xml") && !folder.has(FIRST));
    review(&folder, &["26002", "--mail", "--to", "ana-ruiz"]);
    assert_eq!((folder.bytes(file), files(&folder.path().join("reviews")).len()), (mail.clone(), 1));

    // The desk gives the same, to the person whom the memo is with.
    let desk = Served::desk(folder.path());
    let token = desk.token();
    let mark = desk.get("/memo/26002/review").text();
    let mark = mark.split("name=\"mark\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let sent =
        [("token", &*token), ("mark", &mark), ("do", "send"), ("to", "ana-ruiz"), ("day", "2026-01-05")];
    let went = desk.post("/memo/26002/review", &sent);
    assert!(went.head.to_lowercase().contains("location: /memo/26002/review#word"), "{}", went.head);
    let page = desk.get("/memo/26002/review").text();
    assert!(page.contains("With Ana Ruiz since January 5, 2026."), "{page}");
    let chosen = page.split("name=\"mail-to\"").nth(1).unwrap().split("</select>").next().unwrap();
    assert!(chosen.contains("value=\"ana-ruiz\" selected"), "{chosen}");
    let fields = [("token", &*token), ("do", "mail"), ("mail-to", "ana-ruiz")];
    let answer = desk.post("/memo/26002/word", &fields);
    assert!(
        answer.head.contains("26002%20review%201.eml") && answer.head.contains("message/rfc822"),
        "{}",
        answer.head
    );
    assert!(answer.body == mail, "{}", String::from_utf8_lossy(&answer.body));
    let _ = desk.end();
    // What was sent has the number that the memo has now: it is no change.
    let said = review(&folder, &["26002", "--against", "sent"]);
    assert_eq!(said, "reviews/26002 review 1.docx is the memo for a reviewer.\n");

    // Whoever has no address is told so, and a person whom nobody knows is refused.
    folder.edit("memos/office.yaml", "\n    email: ana.ruiz@example.gov", "");
    let said = review(&folder, &["26002", "--mail", "--to", "ana-ruiz"]);
    assert!(
        said.contains("has no e-mail address of Ana Ruiz")
            && said.starts_with("reviews/26002 review 1-2.eml"),
        "{said}"
    );
    let run = folder.run(&["review", "26002", "--mail", "--to", "ana-ruis"]);
    assert!(run.status == 2 && run.faults.contains("ana-ruiz"), "{}", run.faults);
    folder.edit("memos/office.yaml", "name: Ana Ruiz", "name: Ana Ruiz\n    email: ana ruiz, example");
    let run = folder.run(&["check"]);
    assert!(run.faults.contains("`ana ruiz, example` is no e-mail address"), "{}", run.faults);
}

#[test]
fn a_draft_that_is_deleted_leaves_nothing_for_another_one_to_be_compared_with() {
    let folder = Folder::sample();
    folder.run(&["new", "drill", "--from", "26002", "--date", "2026-03-09"]);
    review(&folder, &["drill"]);
    let desk = Served::desk(folder.path());
    assert_eq!(desk.post("/memo/drill/delete", &[]).status, 303);
    let _ = desk.end();
    assert!(!folder.has("memos/2026/drill.yaml"));
    assert!(!folder.has(".ccrov/reviews/drill review 1.xml"));
    assert!(folder.has("reviews/drill review 1.docx"), "what somebody may have on the desk stays");
}

#[test]
fn a_draft_that_is_issued_leaves_its_name_to_another_without_its_copies() {
    let folder = Folder::sample();
    folder.run(&["new", "drill", "--from", "26002", "--date", "2026-03-09"]);
    review(&folder, &["drill"]);
    let run = folder.run(&["issue", "drill", "--anyway", "no time"]);
    assert!(run.status == 0 && !folder.has("memos/2026/drill.yaml"), "{}{}", run.results, run.faults);
    folder.run(&["new", "drill", "--from", "26001", "--date", "2026-03-16"]);
    // The other memo's text would be shown as what somebody has taken out of this one.
    let said = review(&folder, &["drill"]);
    assert!(said.ends_with(" is the memo for a reviewer.\n"), "{said}");
    assert!(!document(&folder, "reviews/drill review 2.docx").contains("<w:del "), "{said}");
}

fn copy() -> SentCopy {
    let paragraph = |number, place: &str, text: &str| SentParagraph {
        id: ParagraphId::new(number),
        place: place.to_owned(),
        text: text.to_owned(),
    };
    SentCopy {
        memo: "21144".to_owned(),
        digest: "0123456789abcdef".to_owned(),
        day: chrono::NaiveDate::from_ymd_opt(2021, 8, 31).unwrap(),
        markdown: "# \"A\" & <B>\n\nText\u{a0}here  \nthere\n".to_owned(),
        paragraphs: vec![
            paragraph(0, "ccrov_b1", "“A” & <B>"),
            paragraph(0x9234_abcd, "ccrov_b2_r1_c2", ""),
            paragraph(7, "ccrov_n1", "one\ntwo"),
        ],
    }
}

#[test]
fn what_was_sent_is_read_as_it_was_written() {
    assert_eq!(copy().to_xml().matches("id=\"").count(), 3);
    assert!(copy().to_xml().contains("id=\"1234ABCD\""));
    assert_eq!(SentCopy::read(copy().to_xml().as_bytes()).unwrap(), copy());
}

#[test]
fn what_another_program_wrote_is_not_read() {
    let xml = copy().to_xml();
    let read = |xml: &str| SentCopy::read(xml.as_bytes());
    assert!(matches!(read(&xml.replace("sent-copy:1", "sent-copy:2")), Err(NotSent::Other)));
    assert!(matches!(read("<a/>"), Err(NotSent::Other)));
    assert!(matches!(read(""), Err(NotSent::Other)));
    assert!(matches!(read(&xml.replace("1234ABCD", "9234ABCD")), Err(NotSent::Broken)));
    assert!(matches!(read(&xml.replace("<markdown>", "<markdown><a><b/></a>")), Err(NotSent::Broken)));
    assert!(matches!(read(&xml[..xml.len() - 20]), Err(NotSent::NotXml(_) | NotSent::Broken)));
    let entity = xml.replacen("<sent", "<!DOCTYPE sent [<!ENTITY a \"b\">]><sent", 1);
    assert!(matches!(read(&entity), Err(NotSent::Other)));
    assert!(read(&xml.replace("one", "&a;")).is_err());
}

/// A text as the only paragraph of a Word file, with what changed in it since it said something else.
fn compared(text: &str, before: Option<&str>) -> String {
    let memo = WordMemo {
        id: "26002",
        markdown: text,
        digest: String::new(),
        title: "CC/ROV Memorandum #26002".to_owned(),
        author: "Secretary of State",
        subject: "Polls",
        date: chrono::NaiveDate::from_ymd_opt(2026, 3, 2).unwrap(),
        running_head: &[],
        mark: None,
        editor: "Ana Ruiz",
        typeface: "Noto Sans",
        logos: std::collections::BTreeMap::default(),
    };
    let before = before.map(|text| Document::parse(text).unwrap());
    let document = Document::parse(text).unwrap();
    let copy = write(&document, before.as_ref(), &memo, &Faces::embedded(), &Theme::default());
    let part = Package::open(&copy.bytes).unwrap().part("word/document.xml").unwrap().unwrap();
    String::from_utf8(part).unwrap()
}

#[test]
fn a_change_is_tracked_of_words_and_signs_one_by_one() {
    let text = "See (CC/ROV) at 7:00 p.m.,\u{a0} “now”.";
    let pieces = [
        "See", " ", "(", "CC/ROV", ")", " ", "at", " ", "7:00", " ", "p.m", ".,", "\u{a0} ", "“", "now", "”.",
    ];
    assert_eq!(pieces.concat(), text);
    for (nth, piece) in pieces.iter().enumerate() {
        let other = match piece.trim() {
            "" => "\u{2003}",
            "(" | "“" => "[",
            ")" => "]",
            ".," | "”." => "!",
            _ => "another",
        };
        let after = [&pieces[..nth].concat(), other, &pieces[nth + 1..].concat()].concat();
        let xml = compared(&after, Some(text));
        assert_eq!(
            (marked(&xml, "del"), marked(&xml, "ins")),
            (vec![piece.to_string()], vec![other.to_owned()])
        );
    }
}
