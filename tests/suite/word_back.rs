//! A reviewer's Word file comes back: what was done in it is listed, and what is taken is written where it stands in the memo.

use std::collections::BTreeSet;

use ccrov::{
    desk::{
        BroughtFile, ChangeStanding, Desk, NotFromWord, Refused, ReviewerChangeKind, WordBackReport,
        WordBackRequest, WordFileRequest, word_back, word_file,
    },
    folder::WorkingFolder,
    package::{Package, write_package},
};

use crate::common::{
    Folder,
    served::{Served, hidden},
};

const PATH: &str = "memos/2020/20046.yaml";
const MEMO: &str = r#"number: 20046
date: 2020-03-10 # the date
status: review
letterhead: elections
to: All County Clerks/Registrars of Voters
from: debra-ledsinger
subject: "Election Observers: Who May Watch" # the subject
contact: votecal-help-desk
body: |
  ## What changed

  Counties must **post** the notice by 8 a.m. on {{ memo.date }}. See [our page](https://www.sos.ca.gov/elections).[^1]

  "Observers" may watch; they may not touch a ballot.

  - Bring a badge
    - of the county
  - Sign the log

  1. Open the door.
  2. Close it.
  3. Lock it.

  | Place | Who |
  | --- | --- |
  | Hall | Clerk |
  | Yard | Guard |

  Call {{ contact.phone }} with questions.

  [^1]: Elections Code section 2300.
"#;

fn folder() -> Folder {
    let folder = Folder::with_seed();
    folder.file(PATH, MEMO);
    folder
}

/// The Word file of the memo, as it is sent; the copy is kept.
fn sent(folder: &Folder) -> Vec<u8> {
    let working = WorkingFolder::at(folder.path());
    let snapshot = Desk::at(&working).snapshot().unwrap();
    let wish = WordFileRequest { memo: "20046".to_owned(), against: None, is_written: true };
    working.commit(word_file(&snapshot, &wish).unwrap()).unwrap().report.bytes
}

/// A Word file with words of its XML replaced, each of which stands in it once.
fn edited(bytes: &[u8], edits: &[(&str, &str)]) -> Vec<u8> {
    let mut package = Package::open(bytes).unwrap();
    let mut parts: Vec<(String, String)> = Vec::new();
    for name in package.names() {
        let part = String::from_utf8(package.part(&name).unwrap().unwrap()).unwrap();
        parts.push((name, part));
    }
    for (from, to) in edits {
        let mut found = 0;
        for (_, part) in
            parts.iter_mut().filter(|(name, _)| name.starts_with("word/") && !name.starts_with("word/header"))
        {
            found += part.matches(from).count();
            *part = part.replace(from, to);
        }
        assert_eq!(found, 1, "{from}");
    }
    let parts: Vec<(&str, &[u8])> =
        parts.iter().map(|(name, part)| (name.as_str(), part.as_bytes())).collect();
    write_package(&parts)
}

fn request(bytes: &[u8], take: &[usize]) -> WordBackRequest {
    WordBackRequest {
        memo: "20046".to_owned(),
        file: BroughtFile {
            name: "21150 DL edits FINAL2.docx".to_owned(),
            title: String::new(),
            bytes: bytes.to_vec(),
        },
        take: take.iter().copied().collect(),
        as_text: BTreeSet::new(),
        leave: BTreeSet::new(),
        at: chrono::NaiveDate::from_ymd_opt(2020, 3, 12).unwrap().and_hms_opt(9, 0, 0).unwrap(),
    }
}

fn listed(folder: &Folder, bytes: &[u8]) -> WordBackReport {
    let snapshot = Desk::at(&WorkingFolder::at(folder.path())).snapshot().unwrap();
    let plan = word_back(&snapshot, &request(bytes, &[])).unwrap_or_else(|refused| panic!("{refused}"));
    assert!(plan.sources.is_empty());
    plan.report
}

fn taken(folder: &Folder, wish: &WordBackRequest) -> Result<WordBackReport, Refused> {
    let working = WorkingFolder::at(folder.path());
    let snapshot = Desk::at(&working).snapshot().unwrap();
    let plan = word_back(&snapshot, wish)?;
    Ok(working.commit(plan).unwrap().report)
}

/// Takes all that can be taken; the memo's file then, with every change as a pair of words if it is not what was edited.
fn after(bytes: &[u8], folder: &Folder) -> String {
    let report = listed(folder, bytes);
    let open = report.changes.iter().filter(|change| change.standing == ChangeStanding::Open);
    let numbers: Vec<usize> = open.map(|change| change.number).collect();
    taken(folder, &request(bytes, &numbers)).unwrap_or_else(|refused| panic!("{refused}\n{report:#?}"));
    folder.read(PATH)
}

/// Takes all that can be taken of edits of the file, and compares the memo with what it was, replaced by pairs.
fn holds(edits: &[(&str, &str)], becomes: &[(&str, &str)]) {
    let folder = folder();
    let bytes = edited(&sent(&folder), edits);
    let mut wanted = MEMO.to_owned();
    for (from, to) in becomes {
        assert!(wanted.contains(from), "{from}");
        wanted = wanted.replacen(from, to, 1);
    }
    assert_eq!(after(&bytes, &folder), wanted);
    // The same review taken twice changes nothing.
    for change in listed(&folder, &bytes).changes {
        assert_ne!(change.standing, ChangeStanding::Open, "{change:#?}");
    }
}

#[test]
fn a_file_that_was_not_edited_has_no_changes() {
    let folder = folder();
    let bytes = sent(&folder);
    assert_eq!(listed(&folder, &bytes).changes, []);
}

#[test]
fn words_are_taken_where_they_stand_and_every_other_byte_stays() {
    holds(&[("by 8 a.m.", "by 7:30 a.m.")], &[("by 8 a.m.", "by 7:30 a.m.")]);
    holds(
        &[("they may not touch a ballot", "nobody may touch it")],
        &[("they may not touch a ballot", "nobody may touch it")],
    );
    holds(&[("may watch; they", "may quietly watch; they")], &[("may watch", "may quietly watch")]);
    holds(
        &[(" with questions.", " with any *questions* {{ you }} have.")],
        &[(" with questions.", r" with any \*questions\* {\{ you \}} have.")],
    );
    holds(&[(">Hall<", ">Main hall<")], &[("| Hall |", "| Main hall |")]);
    holds(&[("Who May Watch", "Who Can Watch")], &[("Who May Watch", "Who Can Watch")]);
    holds(&[(">post<", ">hang<")], &[("**post**", "**hang**")]);
    holds(&[("section 2300.", "section 2301.")], &[("section 2300.", "section 2301.")]);
    holds(&[("Bring a badge", "Bring a yellow badge")], &[("Bring a badge", "Bring a yellow badge")]);
}

#[test]
fn a_text_in_a_file_of_its_own_is_changed_there() {
    let folder = folder();
    let (head, body) = MEMO.split_once("body: |\n").unwrap();
    let body: String =
        body.lines().map(|line| format!("{}\n", line.strip_prefix("  ").unwrap_or(line))).collect();
    folder.file(PATH, format!("{head}body: 20046.md\n")).file("memos/2020/20046.md", &body);
    let bytes = edited(&sent(&folder), &[("by 8 a.m.", "by 7 a.m.")]);
    let place = listed(&folder, &bytes).changes[0].place.clone().unwrap();
    assert_eq!((place.file.as_str(), place.line), ("memos/2020/20046.md", 3));
    after(&bytes, &folder);
    assert_eq!(folder.read("memos/2020/20046.md"), body.replace("by 8 a.m.", "by 7 a.m."));
}

#[test]
fn what_is_tracked_is_taken_as_if_it_were_accepted_and_names_who_did_it() {
    let folder = folder();
    let bytes = edited(
        &sent(&folder),
        &[(
            "may watch; they may not touch a ballot.</w:t></w:r>",
            "may </w:t></w:r><w:del w:id=\"900\" w:author=\"Dana Lee\"><w:r><w:delText>watch</w:delText></w:r></w:del><w:ins w:id=\"901\" w:author=\"Dana Lee\"><w:r><w:t>look on</w:t></w:r></w:ins><w:r><w:t>; they may not touch a ballot.</w:t></w:r>",
        )],
    );
    let report = listed(&folder, &bytes);
    assert_eq!(report.reviewers, ["Dana Lee"]);
    let [change] = &report.changes[..] else { panic!("{report:#?}") };
    assert_eq!(
        (change.was.as_str(), change.is.as_str(), change.by.as_deref()),
        ("watch", "look on", Some("Dana Lee"))
    );
    let place = change.place.as_ref().unwrap();
    assert_eq!((place.field.as_str(), place.line), ("body", 14));
    assert!(after(&bytes, &folder).contains("may look on; they may"));
}

#[test]
fn paragraphs_items_and_rows_come_go_and_move() {
    let paragraph = |words: &str| format!("<w:p><w:r><w:t>{words}</w:t></w:r></w:p>");
    let folder = folder();
    let bytes = sent(&folder);
    let xml = {
        let mut package = Package::open(&bytes).unwrap();
        String::from_utf8(package.part("word/document.xml").unwrap().unwrap()).unwrap()
    };
    // The whole element around words, of a kind.
    let around = |words: &str, kind: &str| {
        let at = xml.find(words).unwrap();
        let open = xml[..at].rfind(&format!("<{kind}>")).max(xml[..at].rfind(&format!("<{kind} "))).unwrap();
        let end = at + xml[at..].find(&format!("</{kind}>")).unwrap() + kind.len() + 3;
        xml[open..end].to_owned()
    };
    let without_ids = |element: &str| {
        let at = element.find("w14:paraId=\"").unwrap() + 12;
        let element = element.replace(&element[at..at + 8], "7FFF0001");
        let at = element.find("<w:bookmarkStart").unwrap();
        let end = element[at..].find("/>").unwrap() + at + 2;
        element.replace(&element[at..end], "")
    };
    let observers = around("may watch;", "w:p");
    let close = around("Close it.", "w:p");
    let yard = around(">Yard<", "w:tr");
    let heading = around("What changed", "w:p");
    // A paragraph that comes.
    holds(
        &[(&observers, &format!("{observers}{}", paragraph("Wear a badge.")))],
        &[("a ballot.\n", "a ballot.\n\n  Wear a badge.\n")],
    );
    holds(
        &[(&observers, &format!("{}{observers}", paragraph("Wear a badge.")))],
        &[("\"Observers\"", "Wear a badge.\n\n  \"Observers\"")],
    );
    holds(
        &[(&heading, &format!("{}{heading}", paragraph("In short:")))],
        &[("## What changed", "In short:\n\n  ## What changed")],
    );
    // An item that comes: the list counts on.
    let third = without_ids(&close).replace("Close it.", "Wait.");
    holds(
        &[(&close, &format!("{close}{third}"))],
        &[("2. Close it.\n  3. Lock", "2. Close it.\n  3. Wait.\n  4. Lock")],
    );
    // Behind the last one, no blank line comes between: what stands there parts the list from the table.
    let lock = around("Lock it.", "w:p");
    let fourth = without_ids(&lock).replace("Lock it.", "Wait.");
    holds(&[(&lock, &format!("{lock}{fourth}"))], &[("3. Lock it.\n", "3. Lock it.\n  4. Wait.\n")]);
    let sign = around("Sign the log", "w:p");
    let wait = without_ids(&sign).replace("Sign the log", "Wait");
    holds(&[(&sign, &format!("{sign}{wait}"))], &[("- Sign the log\n", "- Sign the log\n  - Wait\n")]);
    // What goes.
    holds(&[(&observers, "")], &[("  \"Observers\" may watch; they may not touch a ballot.\n\n", "")]);
    holds(&[(&close, "")], &[("2. Close it.\n  3. Lock", "2. Lock")]);
    holds(&[(&yard, "")], &[("  | Yard | Guard |\n", "")]);
    // A row that comes.
    let gate = without_ids(&without_ids(&yard)).replace(">Yard<", ">Gate<").replace(">Guard<", ">Nobody<");
    holds(
        &[(&yard, &format!("{yard}{gate}"))],
        &[("| Yard | Guard |\n", "| Yard | Guard |\n  | Gate | Nobody |\n")],
    );
    // A paragraph that moves.
    holds(
        &[(&observers, ""), (&heading, &format!("{observers}{heading}"))],
        &[
            ("  \"Observers\" may watch; they may not touch a ballot.\n\n", ""),
            ("## What changed", "\"Observers\" may watch; they may not touch a ballot.\n\n  ## What changed"),
        ],
    );
}

#[test]
fn what_is_worked_out_is_taken_as_text_alone() {
    let folder = folder();
    let bytes = edited(&sent(&folder), &[("on March 10, 2020. See", "on March 12, 2020. See")]);
    let report = listed(&folder, &bytes);
    let [change] = &report.changes[..] else { panic!("{report:#?}") };
    assert_eq!((change.standing, change.can_be_text), (ChangeStanding::WorkedOut, true));
    assert_eq!(change.fills, ["{{ memo.date }}"]);
    assert!(matches!(
        taken(&folder, &request(&bytes, &[1])),
        Err(Refused::NotFromWord(NotFromWord::NotTaken { number: 1, .. }))
    ));
    let wish = WordBackRequest { as_text: [1].into(), ..request(&bytes, &[]) };
    taken(&folder, &wish).unwrap();
    assert_eq!(folder.read(PATH), MEMO.replace("on {{ memo.date }}", "on March 12, 2020"));

    // What comes from the office or the release is told.
    let bytes = edited(&bytes, &[("Associate Elections Analyst", "Elections Analyst")]);
    let report = listed(&folder, &bytes);
    let change = report.changes.iter().find(|change| change.was == "Associate").unwrap();
    assert_eq!(change.standing, ChangeStanding::ByHand);
}

#[test]
fn what_the_analyst_wrote_since_stays() {
    let folder = folder();
    let bytes = edited(&sent(&folder), &[("by 8 a.m.", "by 7 a.m."), ("may watch; they", "can watch; they")]);
    folder.edit(PATH, "by 8 a.m.", "by 9 a.m.");
    folder.edit(PATH, "touch a ballot.", "touch any ballot.\n\n  A new paragraph.");
    let report = listed(&folder, &bytes);
    let standings: Vec<_> = report.changes.iter().map(|change| change.standing).collect();
    assert_eq!(standings, [ChangeStanding::Changed, ChangeStanding::Open]);
    assert!(report.changes[0].why.as_ref().unwrap().contains('9'), "{report:#?}");
    assert!(matches!(
        taken(&folder, &request(&bytes, &[1])),
        Err(Refused::NotFromWord(NotFromWord::NotTaken { .. }))
    ));
    taken(&folder, &request(&bytes, &[2])).unwrap();
    let now = folder.read(PATH);
    assert!(
        now.contains("can watch; they may not touch any ballot.\n\n  A new paragraph.")
            && now.contains("by 9 a.m.")
    );
}

#[test]
fn two_reviewers_files_are_taken_one_after_the_other() {
    let folder = folder();
    let sent = sent(&folder);
    let (one, other) = (
        edited(&sent, &[("by 8 a.m.", "by 7 a.m."), ("may watch; they", "can watch; they")]),
        edited(&sent, &[("touch a ballot", "touch any ballot"), ("may watch; they", "can watch; they")]),
    );
    after(&one, &folder);
    let report = listed(&folder, &other);
    assert!(report.changes.iter().any(|change| change.standing == ChangeStanding::There));
    let memo = after(&other, &folder);
    assert_eq!(
        memo,
        MEMO.replace("by 8", "by 7").replace("may watch", "can watch").replace("a ballot", "any ballot")
    );
}

#[test]
fn comments_become_comments_of_the_memo_once() {
    let folder = folder();
    let comments = r#"<w:comments xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:comment w:id="7" w:author="Dana Lee" w:date="2020-03-11T10:00:00Z"><w:p><w:r><w:t>Which badge?</w:t></w:r></w:p></w:comment></w:comments>"#;
    let bytes = edited(
        &sent(&folder),
        &[(
            "<w:r><w:t xml:space=\"preserve\">Bring a badge</w:t></w:r>",
            "<w:commentRangeStart w:id=\"7\"/><w:r><w:t>Bring a badge</w:t></w:r><w:commentRangeEnd w:id=\"7\"/>",
        )],
    );
    let bytes = with_comments(&bytes, comments);
    let report = listed(&folder, &bytes);
    let [comment] = &report.changes[..] else { panic!("{report:#?}") };
    assert_eq!(comment.kind, ReviewerChangeKind::Comment);
    assert_eq!((comment.was.as_str(), comment.is.as_str()), ("Bring a badge", "Which badge?"));
    taken(&folder, &request(&bytes, &[1])).unwrap();
    let review = folder.read("memos/2020/20046.review");
    assert!(
        review.contains("on: body")
            && review.contains("quote: Bring a badge")
            && review.contains("Dana Lee: Which badge?"),
        "{review}"
    );
    assert_eq!(folder.read(PATH), MEMO);
    assert_eq!(listed(&folder, &bytes).changes[0].standing, ChangeStanding::There);
    taken(&folder, &request(&bytes, &[1])).unwrap();
    assert_eq!(folder.read("memos/2020/20046.review"), review);
}

fn with_comments(bytes: &[u8], comments: &str) -> Vec<u8> {
    let mut package = Package::open(bytes).unwrap();
    let mut parts: Vec<(String, Vec<u8>)> = package
        .names()
        .into_iter()
        .map(|name| (name.clone(), package.part(&name).unwrap().unwrap()))
        .collect();
    for (name, part) in &mut parts {
        if name == "word/_rels/document.xml.rels" {
            let relation = r#"<Relationship Id="rIdC" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments" Target="comments.xml"/></Relationships>"#;
            *part =
                String::from_utf8(part.clone()).unwrap().replace("</Relationships>", relation).into_bytes();
        }
    }
    parts.push(("word/comments.xml".to_owned(), comments.as_bytes().to_vec()));
    let parts: Vec<(&str, &[u8])> =
        parts.iter().map(|(name, part)| (name.as_str(), part.as_slice())).collect();
    write_package(&parts)
}

#[test]
fn a_change_that_is_left_is_not_offered_again() {
    let folder = folder();
    let bytes = edited(&sent(&folder), &[("by 8 a.m.", "by 7 a.m.")]);
    taken(&folder, &WordBackRequest { leave: [1].into(), ..request(&bytes, &[]) }).unwrap();
    assert_eq!(listed(&folder, &bytes).changes[0].standing, ChangeStanding::Left);
    assert_eq!(folder.read(PATH), MEMO);
    // Somebody may think better of it.
    taken(&folder, &request(&bytes, &[1])).unwrap();
    assert!(folder.read(PATH).contains("by 7 a.m."));
}

#[test]
fn a_file_of_another_memo_is_refused_by_name() {
    let folder = folder();
    let bytes = sent(&folder);
    folder.file("memos/2020/20047.yaml", MEMO.replace("20046", "20047"));
    let wish = WordBackRequest { memo: "20047".to_owned(), ..request(&bytes, &[]) };
    let Err(Refused::NotFromWord(NotFromWord::OfOtherMemo { of, .. })) = taken(&folder, &wish) else {
        panic!("it is refused")
    };
    assert_eq!(of, "20046");
    let other = crate::common::docx::docx(&crate::common::docx::p("Something else."), &[]);
    assert!(matches!(
        taken(&folder, &request(&other, &[])),
        Err(Refused::NotFromWord(NotFromWord::NotACopy { .. }))
    ));
}

#[test]
fn the_command_lists_takes_by_number_and_leaves() {
    let folder = folder();
    let bytes = edited(
        &sent(&folder),
        &[
            ("by 8 a.m.", "by 7 a.m."),
            ("may watch; they", "can watch; they"),
            ("on March 10, 2020. See", "on March 12, 2020. See"),
        ],
    );
    folder.file("back.docx", &bytes);
    let file = folder.path().join("back.docx");
    let review =
        |arguments: &[&str]| folder.run(&[&["review", "20046", file.to_str().unwrap()], arguments].concat());
    let listed = review(&[]);
    assert_eq!((listed.status, listed.faults.as_str()), (0, ""));
    assert_eq!(
        listed.results,
        "  1. memos/2020/20046.yaml:12: Counties must post the notice by [8 -> 7] a.m. on March
  2. memos/2020/20046.yaml:12: a.m. on March [10 -> 12], 2020. See our page
     here stands {{ memo.date }}: change it where it is kept, or write it out in this memo with `--as-text 2`
  3. memos/2020/20046.yaml:14: \"Observers\" [may -> can] watch; they may not touch
Nothing is written yet. Take some with `--only 1,3`, or all with `--all`.
"
    );
    // What cannot be taken is named once more when all else is.
    let other = Folder::copy(folder.path(), ".");
    let all = other.run(&["review", "20046", "back.docx", "--all"]).results;
    assert!(all.contains("Neither taken nor left: 1 change.\n  2. "), "{all}");
    let refused = review(&["--only", "2"]);
    assert!(refused.status == 2 && refused.faults.contains("change 2 cannot be taken"), "{}", refused.faults);
    assert!(review(&["--only", "9"]).faults.contains("there is no change 9; the last is 3"));
    assert_eq!(folder.read(PATH), MEMO);
    let taken = review(&["--only", "1", "--as-text", "2", "--leave", "3"]);
    assert!(
        taken.results.ends_with("Taken into 20046: 2 changes. Left: 1 change.\n"),
        "{} {}",
        taken.results,
        taken.faults
    );
    let becomes = MEMO.replace("by 8 a.m.", "by 7 a.m.").replace("on {{ memo.date }}", "on March 12, 2020");
    assert_eq!(folder.read(PATH), becomes);
    let all = review(&["--all"]);
    assert!(all.results.contains("Nothing") || all.results.contains("already"), "{}", all.results);
    assert_eq!(folder.read(PATH), becomes);
}

#[test]
fn at_the_desk_a_change_is_looked_at_taken_left_or_put_off() {
    let folder = folder();
    let bytes = edited(
        &sent(&folder),
        &[
            ("by 8 a.m.", "by 7 a.m."),
            ("may watch; they", "can watch; they"),
            ("on March 10, 2020. See", "on March 12, 2020. See"),
        ],
    );
    let desk = Served::desk(folder.path());
    let review = desk.get("/memo/20046/review").text();
    assert!(review.contains("Changes from Word"), "{review}");
    let token = hidden(&review, "token");
    let page =
        desk.upload_with("/memo/20046/word-back", &[("token", &token)], &[("back.docx", &bytes)]).text();
    assert!(
        page.contains("<del>8</del>")
            && page.contains("<ins>7</ins>")
            && page.contains("Write it out in this memo only"),
        "{page}"
    );
    assert_eq!(folder.read(PATH), MEMO);
    let keys: Vec<&str> = page.split("name=\"c-").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let mut keys: Vec<String> = keys.into_iter().map(|key| format!("c-{key}")).collect();
    keys.dedup();
    let [first, second, third] = &keys[..] else { panic!("{keys:?}") };
    let (word, agreed) = (hidden(&page, "word"), String::new());
    let post = |agreed: &str, button: &str| {
        let fields = [
            ("token", token.as_str()),
            ("file", "back.docx"),
            ("word", &word),
            ("agreed", agreed),
            (first.as_str(), "take"),
            (second, "text"),
            (third, "later"),
            ("do", button),
        ];
        desk.upload_with("/memo/20046/word-back", &fields, &[])
    };
    let shown = post(&agreed, "look").text();
    assert!(shown.contains("2 changes taken into the memo, 0 changes left."), "{shown}");
    assert_eq!(folder.read(PATH), MEMO);
    let agreed = hidden(&shown, "agreed");
    // Somebody writes into the memo meanwhile: it is looked at again.
    folder.edit(PATH, "Sign the log", "Sign the book");
    let again = post(&agreed, "deed").text();
    assert!(again.contains("The memo has changed since you looked"), "{again}");
    let done = post(&hidden(&again, "agreed"), "deed");
    assert_eq!(done.location(), "/memo/20046");
    let becomes = MEMO
        .replace("by 8 a.m.", "by 7 a.m.")
        .replace("on {{ memo.date }}", "on March 12, 2020")
        .replace("Sign the log", "Sign the book");
    assert_eq!(folder.read(PATH), becomes);
}

#[test]
fn what_libreoffice_saved_is_read_as_what_word_saved() {
    let folder = Folder::with_seed();
    folder.file(PATH, MEMO.replace("20046", "20048"));
    std::fs::rename(folder.path().join(PATH), folder.path().join("memos/2020/20048.yaml")).unwrap();
    let wish =
        WordBackRequest { memo: "20048".to_owned(), ..request(include_bytes!("../word/reviewed.docx"), &[]) };
    let snapshot = Desk::at(&WorkingFolder::at(folder.path())).snapshot().unwrap();
    let report = word_back(&snapshot, &wish).unwrap().report;
    let said: Vec<_> = report
        .changes
        .iter()
        .map(|change| (change.kind, change.was.as_str(), change.is.as_str(), change.standing))
        .collect();
    use ChangeStanding::Open;
    use ReviewerChangeKind::{Comment, New, Words};
    assert_eq!(
        said,
        [
            (Words, "8", "7:30", Open),
            (Words, "may", "can", Open),
            (New, "", "Wear a badge.", Open),
            (Words, "Guard", "Two guards", Open),
            (Comment, "Sign the log", "Which log?", Open),
        ]
    );
    assert_eq!(report.reviewers, ["Dana Lee"]);
}
