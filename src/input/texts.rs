//! The texts of a memo: where a body stands, and what any text says against what is known.
//!
//! In: a body's node; texts. Out: texts with their places; faults. Not here: what Markdown makes of
//! lines, and dates, which have files of their own.

use chrono::NaiveDate;

use super::{attachment::beside, controls, memo::Around, reader::Reader, tree::Node};
use crate::{
    diagnostic::{Code, Diagnostic},
    model::{Text, said_dates},
};

/// A text, or the Markdown file beside the memo that holds it.
pub(super) fn body(node: &Node, r: &mut Reader<'_>, around: &Around<'_>) -> Option<Text> {
    let text = r.prose(node)?;
    let name = text.value.as_str();
    // The place of a text of several lines begins after the mark that announces it.
    let before = around.sources.get(r.source).text.get(..node.range.start).unwrap_or_default().trim_end();
    let line = before.rfind('\n').map_or(0, |end| end + 1);
    let mark = before[line..].find("body:").map(|key| line + key + "body:".len());
    if let Some(mark) = mark.filter(|mark| before[*mark..].trim_start().starts_with('>')) {
        let at = mark + before[mark..].find('>').unwrap_or(0);
        r.faults.push(
            Diagnostic::new(Code::FoldedBody, r.source.at(at..at + 1), "`>` joins the lines of a text")
                .expected("lists, tables and paragraphs would run together")
                .help("write `body: |`, which keeps lines as they are"),
        );
        return None;
    }
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let is_file =
        !name.contains(['\n', ' ']) && ["md", "doc", "docx", "odt", "rtf", "txt", "pdf"].contains(&ending);
    if !is_file {
        return Some(text);
    }
    if ending != "md" {
        let help = "save the text as plain text in a file that ends in .md, or attach the file".to_owned();
        let message = format!("a body cannot be read from a .{ending} file");
        r.fault(
            Code::BadValue,
            node,
            message,
            "the name of an .md file, or the text itself, is expected",
            help,
        );
        return None;
    }
    let path = beside(node, r, around)?.value;
    let Some(&source) = around.bodies.get(&path) else {
        // It is there and could not be read, which is reported with the file.
        r.leans_on_fault = true;
        return None;
    };
    let written = &around.sources.get(source).text;
    controls::check(written, written, source.at(0..written.len()), r.faults);
    Some(Text { value: written.clone(), place: source.at(0..written.len()) })
}

/// Reports what a text says against what is known: hidden text, dates, memos, telephone numbers.
pub(super) fn check(text: &Text, election: Option<NaiveDate>, r: &mut Reader<'_>, around: &Around<'_>) {
    hidden(text, r, around);
    said_dates::check(text, election, around.sources, r.faults);
    references(text, r, around);
    telephones(text, r, around);
}

/// A remark of the template language in a text: what it hides is lost without a word.
fn hidden(text: &Text, r: &mut Reader<'_>, around: &Around<'_>) {
    for (at, _) in text.value.match_indices("{#") {
        let place = around.sources.piece(text, at..at + 2);
        r.faults.push(
            Diagnostic::new(Code::HiddenText, place, "`{#` hides what follows it")
                .expected("the text up to `#}` would not be printed")
                .help("for a brace and a number sign write { #; for a remark write <!-- remark -->"),
        );
    }
}

/// "CC/ROV #16120": the memo should be known, so that a reader of either can be shown the other.
fn references(text: &Text, r: &mut Reader<'_>, around: &Around<'_>) {
    for (at, _) in text.value.match_indices('#') {
        let before = text.value[..at].trim_end();
        if !(before.ends_with("CC/ROV") || before.ends_with("CCROV") || before.ends_with("Memorandum")) {
            continue;
        }
        let figures = text.value[at + 1..].split(|c: char| !c.is_ascii_digit()).next().unwrap_or_default();
        let same_number = |id: &String| id.split('-').next() == Some(figures);
        if figures.len() != 5 || around.memos.iter().any(same_number) {
            continue;
        }
        let place = around.sources.piece(text, at..at + 1 + figures.len());
        r.faults.push(
            Diagnostic::new(Code::UnknownReference, place, format!("memo #{figures} is not in memos/"))
                .expected("readers cannot be led there")
                .help("correct the number, or add the memo: an old one with `archive: true`"),
        );
    }
}

/// A telephone number is written as office.yaml writes it.
fn telephones(text: &Text, r: &mut Reader<'_>, around: &Around<'_>) {
    for (figures, range) in super::telephone::find(&text.value) {
        let said = &text.value[range.clone()];
        let Some(known) = around.telephones.get(&figures).filter(|known| *known != said) else { continue };
        let place = around.sources.piece(text, range);
        r.faults.push(
            Diagnostic::new(
                Code::TelephoneTwoWays,
                place,
                format!("{said} is written {known} in office.yaml"),
            )
            .expected("one number, two ways")
            .help("name the contact: {{ contact.phone }}; or write both alike"),
        );
    }
}
