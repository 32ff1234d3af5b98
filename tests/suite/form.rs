//! Forms: what is saved of them, and what two people do to the same memo.

use ccrov::{
    desk::{
        FieldChange, FormReport, FormRequest, ItemChange, SourceFile, TypedField, TypedList, fields,
        save_form, save_text,
    },
    folder::WorkingFolder,
};

use crate::common::{Folder, shipped};

const MEMO: &str = "memos/2026/26002.yaml";

fn snapshot(folder: &Folder) -> ccrov::folder::Snapshot {
    ccrov::desk::Desk::at(&WorkingFolder::at(folder.path())).snapshot().unwrap()
}

fn save(folder: &Folder, memo: &str, wish: &FormRequest) -> FormReport {
    let plan = save_form(&snapshot(folder), &SourceFile::Memo(memo.to_owned()), wish).unwrap();
    WorkingFolder::at(folder.path()).commit(plan).unwrap().report
}

fn field(key: &str, read: &str, typed: &str) -> FormRequest {
    let field = TypedField { key: key.to_owned(), read: read.to_owned(), typed: typed.to_owned() };
    FormRequest { fields: vec![field], ..FormRequest::default() }
}

fn list(key: &str, read: &[&str], typed: &[&str]) -> FormRequest {
    let [read, typed] = [read, typed].map(|items| items.iter().map(|item| (*item).to_owned()).collect());
    FormRequest { lists: vec![TypedList { key: key.to_owned(), read, typed }], ..FormRequest::default() }
}

/// What a form sends of a field and of all in it, as the screens do.
fn as_shown(fields: &[ccrov::desk::Field], wish: &mut FormRequest) {
    for field in fields {
        let shown = field.beside.clone().or_else(|| field.written.clone()).unwrap_or_default();
        wish.fields.push(TypedField { key: field.key.clone(), read: shown.clone(), typed: shown });
        as_shown(&field.fields, wish);
    }
}

#[test]
fn a_form_that_nobody_touched_changes_no_byte_of_any_file() {
    let folder = Folder::with_sources_of(shipped());
    let now = snapshot(&folder);
    let releases = now.texts.releases.iter().map(|(id, _)| SourceFile::Release(id.clone()));
    let memos = now.texts.memos.iter().map(|(id, _)| SourceFile::Memo(id.clone()));
    for file in
        releases.chain(memos).chain([SourceFile::Office]).filter(|file| !ccrov::desk::is_locked(&now, file))
    {
        let mut wish = FormRequest::default();
        as_shown(&fields(&now, &file).unwrap().fields, &mut wish);
        let plan = save_form(&now, &file, &wish).unwrap();
        assert!(plan.sources.is_empty() && plan.report.set.is_empty(), "{file}");
        assert!(plan.report.merged.is_empty() && plan.report.conflicts.is_empty(), "{file}");
    }
}

#[test]
fn one_field_changes_its_own_lines_only_and_line_ends_stay() {
    for ends in ["\n", "\r\n"] {
        let folder = Folder::sample();
        let text = folder.read(MEMO).replace('\n', ends);
        folder.file(MEMO, &text);
        let was = "SAMPLE: Help Desk Hours on Election Day";
        let report = save(&folder, "26002", &field("subject", was, "Hours: Election Day"));
        assert_eq!(report.set, ["Subject (RE)"]);
        let expected = text.replace(&format!("\"{was}\""), "\"Hours: Election Day\"");
        assert_eq!(folder.read(MEMO), expected);
        assert!(ends == "\n" || !folder.read(MEMO).replace("\r\n", "").contains('\n'));
    }
}

#[test]
fn a_text_is_saved_as_it_was_typed() {
    let folder = Folder::sample();
    let now = snapshot(&folder);
    let read = fields(&now, &SourceFile::Memo("26002".to_owned())).unwrap();
    let read = read.fields.iter().find(|field| field.key == "body").unwrap().written.clone().unwrap();
    for typed in
        ["# not: a remark\n\n- one\n  - two\n\n\ttab", "\"quoted\"", "  begins with blanks\n\nends  "]
    {
        save(&folder, "26002", &field("body", &read, typed));
        let now = fields(&snapshot(&folder), &SourceFile::Memo("26002".to_owned())).unwrap();
        let now = now.fields.iter().find(|field| field.key == "body").unwrap().written.clone().unwrap();
        assert_eq!(now.trim_end_matches('\n'), typed);
        save(&folder, "26002", &field("body", &now, &read));
    }
}

#[test]
fn lists_gain_lose_and_change_their_items() {
    let folder = Folder::sample();
    let one = "All County Clerks/Registrars of Voters";
    let block = "Debra Jones\n1500 11th Street\nSacramento";
    save(&folder, "26002", &list("to", &[one], &[one, block]));
    save(&folder, "26002", &list("to", &[one, block], &["First", one, block]));
    save(&folder, "26002", &list("to", &["First", one, block], &["First", block]));
    let report = fields(&snapshot(&folder), &SourceFile::Memo("26002".to_owned())).unwrap();
    let to = report.fields.iter().find(|field| field.key == "to").unwrap();
    let items: Vec<_> = to.fields.iter().map(|item| item.written.clone().unwrap()).collect();
    assert_eq!(items, ["First", block]);
    // An optional list that is emptied goes.
    save(&folder, "26002", &list("updates", &[], &["26001"]));
    assert!(folder.read(MEMO).contains("updates: 26001") || folder.read(MEMO).contains("- 26001"));
    save(&folder, "26002", &list("updates", &["26001"], &[]));
    assert!(!folder.read(MEMO).contains("updates"));
}

#[test]
fn attachments_move_and_stay_whole() {
    let folder = Folder::sample();
    let change = |read: &str, key: &str, change: FieldChange| FormRequest {
        items: vec![ItemChange { key: key.to_owned(), read: read.to_owned(), change }],
        ..FormRequest::default()
    };
    let add = FieldChange::Insert(usize::MAX, "{title: Notice, body: \"To all\"}".to_owned());
    save(&folder, "26001", &change("schedule", "attachments", add));
    let raw = |folder: &Folder| {
        let report = fields(&snapshot(folder), &SourceFile::Memo("26001".to_owned())).unwrap();
        report.fields.into_iter().find(|field| field.key == "attachments").unwrap().raw.unwrap()
    };
    assert_eq!(raw(&folder), "[schedule, {title: Notice, body: To all}]");
    save(&folder, "26001", &change(&raw(&folder), "attachments", FieldChange::Move(1, 0)));
    assert_eq!(raw(&folder), "[{title: Notice, body: To all}, schedule]");
    // The form read another list: nothing is moved.
    let report = save(&folder, "26001", &change("schedule", "attachments[0]", FieldChange::Remove));
    assert_eq!(report.conflicts.len(), 1);
    assert_eq!(raw(&folder), "[{title: Notice, body: To all}, schedule]");
}

#[test]
fn two_people_on_one_memo_lose_nothing() {
    let folder = Folder::sample();
    let subject = "SAMPLE: Help Desk Hours on Election Day";
    // Another field: both are kept, and it is said.
    save(&folder, "26002", &field("date", "March 2, 2026", "March 9, 2026"));
    let mut wish = field("subject", subject, "Hours");
    wish.fields.push(TypedField {
        key: "date".to_owned(),
        read: "March 2, 2026".to_owned(),
        typed: "March 2, 2026".to_owned(),
    });
    let report = save(&folder, "26002", &wish);
    assert_eq!((report.set.len(), report.merged.as_slice()), (1, &["Date".to_owned()][..]));
    assert!(
        folder.read(MEMO).contains("date: March 9, 2026") && folder.read(MEMO).contains("subject: Hours")
    );
    // The same field: nothing is written, and both texts are given.
    let before = folder.read(MEMO);
    let mut wish = field("subject", subject, "Mine");
    wish.fields.push(TypedField {
        key: "date".to_owned(),
        read: "March 9, 2026".to_owned(),
        typed: "March 10, 2026".to_owned(),
    });
    let report = save(&folder, "26002", &wish);
    let [conflict] = report.conflicts.as_slice() else { panic!("{:?}", report.conflicts) };
    assert_eq!((conflict.now.as_str(), conflict.typed.as_str()), ("Hours", "Mine"));
    assert_eq!(folder.read(MEMO), before);
    // The same field, changed to the same: that is no conflict.
    assert!(save(&folder, "26002", &field("subject", subject, "Hours")).conflicts.is_empty());
}

#[test]
fn a_text_beside_a_memo_is_what_its_form_shows_and_saves() {
    let folder = Folder::sample();
    let text = folder.read(MEMO);
    let (head, _) = text.split_once("body: |").unwrap();
    folder.file(MEMO, format!("{head}body: 26002.md\n"));
    folder.file("memos/2026/26002.md", "The text.\n");
    let now = snapshot(&folder);
    let report = fields(&now, &SourceFile::Memo("26002".to_owned())).unwrap();
    let body = report.fields.iter().find(|field| field.key == "body").unwrap();
    assert_eq!(body.beside.as_deref(), Some("The text.\n"));
    save(&folder, "26002", &field("body", "The text.\n", "Another text."));
    assert_eq!(folder.read("memos/2026/26002.md"), "Another text.\n");
    assert!(folder.read(MEMO).ends_with("body: 26002.md\n"));
}

#[test]
fn a_file_that_somebody_else_has_saved_is_not_replaced() {
    let folder = Folder::sample();
    let file = SourceFile::Memo("26002".to_owned());
    let read = folder.read(MEMO);
    folder.file(MEMO, read.replace("March 2", "March 3"));
    let plan = save_text(&snapshot(&folder), &file, MEMO, &read, "number: 26002\n").unwrap();
    assert!(plan.sources.is_empty() && plan.report.now.is_some_and(|now| now.contains("March 3")));
}

#[test]
fn a_field_of_an_item_goes_to_no_other_item() {
    let folder = Folder::sample();
    let path = "memos/2026/26001.yaml";
    let list = |items: &str| format!("attachments:\n{items}");
    let one = "  - {title: One, body: First.}\n";
    let mine = "  - {title: Mine, body: Text.}\n";
    let text = folder.read(path).replace("attachments: schedule\n", &list(&[one, mine].concat()));
    folder.file(path, &text);
    // What the form of the second item says: its revision was blank.
    let typed = |key: &str, read: &str, typed: &str| TypedField {
        key: format!("attachments[1].{key}"),
        read: read.to_owned(),
        typed: typed.to_owned(),
    };
    let wish = FormRequest {
        fields: vec![
            typed("title", "Mine", "Mine"),
            typed("body", "Text.", "Text."),
            typed("revised", "", "Revised 3/2/2026"),
        ],
        ..FormRequest::default()
    };
    // Meanwhile the first one has gone to the end: another item stands at the second place.
    folder.file(path, text.replace(&[one, mine].concat(), &[mine, one].concat()));
    let report = save(&folder, "26001", &wish);
    assert_eq!(report.conflicts.len(), 1, "{:?}", report.set);
    assert!(!folder.read(path).contains("Revised"));
    // Where the item is still the one that was read, it is set.
    folder.file(path, &text);
    save(&folder, "26001", &wish);
    assert!(
        folder.read(path).contains("{title: Mine, body: Text., revised: Revised 3/2/2026}"),
        "{}",
        folder.read(path)
    );
}

#[test]
fn items_move_in_a_file_of_windows() {
    let folder = Folder::sample();
    let path = "memos/2026/26001.yaml";
    let items = "attachments:\n  - schedule\n  - {title: Note, body: Text.}\n";
    let text = folder.read(path).replace("attachments: schedule\n", items).replace('\n', "\r\n");
    folder.file(path, &text);
    let report = fields(&snapshot(&folder), &SourceFile::Memo("26001".to_owned())).unwrap();
    let raw = report.fields.into_iter().find(|field| field.key == "attachments").unwrap().raw.unwrap();
    // A browser gives it back with plain line ends.
    let wish = FormRequest {
        items: vec![ItemChange {
            key: "attachments".to_owned(),
            read: raw.replace("\r\n", "\n"),
            change: FieldChange::Move(1, 0),
        }],
        ..FormRequest::default()
    };
    let report = save(&folder, "26001", &wish);
    assert!(report.conflicts.is_empty(), "{:?}", report.conflicts);
    assert!(folder.read(path).contains("  - {title: Note, body: Text.}\r\n  - schedule\r\n"));
}

#[test]
fn a_new_entry_replaces_none_that_is_there() {
    let folder = Folder::sample();
    let before = folder.read("memos/office.yaml");
    let wish = field("people.ana-ruiz", "", "{name: Ana Ruiz}");
    let refused = save_form(&snapshot(&folder), &SourceFile::Office, &wish).unwrap_err().to_string();
    assert!(refused.contains("has `people.ana-ruiz` already"), "{refused}");
    assert_eq!(folder.read("memos/office.yaml"), before);
}
