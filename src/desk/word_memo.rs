//! A new memo out of the text of a Word file.
//!
//! In: a file, the draft that is begun. Out: the draft with what the file says; what could not be taken. Not here: what a Word file is
//! (`word`), how a text becomes Markdown (`paste`).

use super::{
    BroughtFile, NotFromWord, Refused,
    sheet::is_task_table,
    word_head::{WordHead, head},
};
use crate::{
    model::{ById, Office, Person},
    paste,
    word::read::{self, Unread, WordBlock, WordTable, paragraphs},
    words::{counted, series},
    yaml::edit::{self, At, Value},
};

/// What a Word file says, as a memo.
pub(super) struct MemoFromWord {
    pub head: WordHead,
    body: String,
    not_taken: Vec<String>,
}

impl MemoFromWord {
    /// # Errors
    /// [`NotFromWord::UnreadWord`].
    pub fn read(file: &BroughtFile) -> Result<MemoFromWord, Refused> {
        let text = read::read(&file.bytes)
            .map_err(|why| Refused::NotFromWord(NotFromWord::UnreadWord { file: file.name.clone(), why }))?;
        let head = head(&text.blocks);
        let blocks = &text.blocks[head.body..];
        let pasted = paste::from_word(blocks, &text, "");
        let mut not_taken = Vec::new();
        if !head.others.is_empty() {
            let lines: Vec<&str> = head.others.iter().map(String::as_str).collect();
            not_taken.push(format!("Left out above the text: {}", lines.join(" / ")));
        }
        let missing =
            [("TO", head.to.is_empty()), ("FROM", head.from.is_empty()), ("RE", head.subject.is_empty())];
        let missing: Vec<&str> =
            missing.into_iter().filter(|(_, missing)| *missing).map(|(label, _)| label).collect();
        if !missing.is_empty() {
            not_taken.push(format!("Not found in the file: {}", series(&missing)));
        }
        not_taken.extend(pasted.report.losses());
        not_taken.extend(
            text.comments.iter().map(|comment| format!("A comment of {}: {}", comment.author, comment.text)),
        );
        not_taken.extend(unread(&text.unread));
        not_taken.extend(tables(blocks).filter(|table| is_task_table(&cells(table))).map(|table| {
            let heads = cells(table).into_iter().next().unwrap_or_default();
            format!(
                "The table {} has the columns of a release. It is a table of the text now; to begin a release of it, copy it in Word and paste it under New release",
                heads.join(", ")
            )
        }));
        Ok(MemoFromWord { head, body: pasted.markdown, not_taken })
    }

    /// Writes it into a draft; what could not be taken.
    pub fn fill(self, text: &mut String, number: Option<&str>, office: Option<&Office>) -> Vec<String> {
        let MemoFromWord { head, body, mut not_taken } = self;
        let people = office.map(|office| &office.people);
        let other = head.number.as_deref().filter(|own| number != Some(own));
        not_taken.extend(other.map(|own| format!("The number {own} of the file was not taken")));
        let letterhead = letterhead(&head.others, office);
        let mut set = |key: &str, value: Value, said: &str| {
            // Braces would be a variable of ours.
            let is_safe = !matches!(&value, Value::Text(text) if key != "body" && (text.contains("{{") || text.contains("{%") || text.contains("{#")));
            match edit::set_at(text, &At::default().key(key), &value).filter(|_| is_safe) {
                Some(edited) => *text = edited,
                None => not_taken.push(format!("Not taken: {said}")),
            }
        };
        if let Some(letterhead) = letterhead {
            set("letterhead", Value::Text(letterhead), "the letterhead");
        }
        if !head.to.is_empty() {
            set("to", Value::Text(head.to.join("\n")), &format!("TO: {}", head.to.join(", ")));
        }
        if !head.subject.is_empty() {
            let subject = head.subject.join(" ");
            set("subject", Value::Text(subject.clone()), &format!("RE: {subject}"));
        }
        let signers = signers(&head.from, people);
        match &signers[..] {
            [] if head.from.is_empty() => {}
            [] => not_taken.push(format!("FROM {} is nobody in the office’s file", head.from.join(", "))),
            [one] => set("from", Value::Text(one.clone()), "FROM"),
            more => set("from", Value::List(more.iter().cloned().map(Value::Text).collect()), "FROM"),
        }
        if !body.trim().is_empty() {
            let body = format!("{}\n", body.trim_end());
            match edit::set_at(text, &At::default().key("body"), &Value::Text(body)) {
                Some(edited) => *text = edited,
                None => not_taken
                    .push("Not taken: the text. Copy it in Word and paste it into the memo".to_owned()),
            }
        }
        not_taken
    }
}

/// The letterhead whose division stands above the text.
fn letterhead(lines: &[String], office: Option<&Office>) -> Option<String> {
    let is_above = |division: &str| lines.iter().any(|line| line.eq_ignore_ascii_case(division));
    let mut letterheads = office?.letterheads.iter();
    let found = letterheads.find(|(_, head)| head.as_deref().is_some_and(|head| is_above(&head.division)));
    found.map(|(id, _)| id.to_string())
}

/// The people that FROM names, by the names that the office's file has for them.
fn signers(from: &[String], people: Option<&ById<Person>>) -> Vec<String> {
    let name = |line: &str| line.trim_start_matches("/s/").trim().to_lowercase();
    let known = |line: &String| {
        let mut people = people?.iter();
        // "Debra Ledsinger, Elections Analyst" in one line names her as well.
        let is_named = |person: &Person| {
            name(line).split(',').next().is_some_and(|first| first.trim() == person.name.to_lowercase())
        };
        people.find(|(_, person)| person.as_deref().is_some_and(is_named))
    };
    from.iter().filter_map(known).map(|(id, _)| id.to_string()).collect()
}

fn unread(unread: &Unread) -> Vec<String> {
    let told = [
        (unread.boxes, "text box", "its words stand below the paragraph that it hung on"),
        (unread.formulas, "formula", "its signs stand in the line"),
    ];
    let told = told.into_iter().filter(|(count, ..)| *count > 0);
    told.map(|(count, what, now)| format!("{}: {now}", counted(count, what))).collect()
}

fn tables(blocks: &[WordBlock]) -> impl Iterator<Item = &WordTable> {
    blocks.iter().filter_map(|block| match block {
        WordBlock::Table(table) => Some(table),
        WordBlock::Paragraph(_) => None,
    })
}

/// The words of a table's cells, row by row.
fn cells(table: &WordTable) -> Vec<Vec<String>> {
    let words = |blocks: &[WordBlock]| {
        let mut found = Vec::new();
        paragraphs(blocks, &mut found);
        found.iter().map(|paragraph| paragraph.words().trim().to_owned()).collect::<Vec<_>>().join("\n")
    };
    table.rows.iter().map(|row| row.cells.iter().map(|cell| words(&cell.blocks)).collect()).collect()
}

/// Whether a name is that of a file of a word processor. Of what is in it, its bytes say more.
pub fn is_word_name(name: &str) -> bool {
    [".docx", ".docm", ".dotx", ".doc", ".odt", ".rtf"]
        .iter()
        .any(|ending| name.to_lowercase().ends_with(ending))
}
