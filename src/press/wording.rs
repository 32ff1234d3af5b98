//! What a document tells of itself -> faults for people.
//!
//! In: the faults and remarks of a document, by kind. Out: code, message, what was expected, what to
//! type. Not here: where it was written.

use crate::{
    controls,
    diagnostic::{Code, Diagnostic, Place},
    document::{MarkdownFault, Remark},
};

/// A fault of a document, at a place.
pub(crate) fn fault(fault: &MarkdownFault, place: Place) -> Diagnostic {
    let (code, message, expected, help): (_, _, String, String) = match fault {
        MarkdownFault::Html { found, .. } => (
            Code::Html,
            format!("`{found}` is HTML"),
            "memos are written without HTML".into(),
            "write it in Markdown; put a backslash before a `<` that is meant as such".into(),
        ),
        MarkdownFault::Control { found, .. } => return controls::fault(*found, place),
        MarkdownFault::TooDeep { .. } => (
            Code::TooDeep,
            "this is nested too deep".into(),
            "lists and quotations go a few levels down".into(),
            "look for a row of `>`, `-` or `*` that is not meant".into(),
        ),
        MarkdownFault::Picture { .. } => (
            Code::Picture,
            "a picture stands in the text".into(),
            "memos hold no pictures".into(),
            "say in words what it shows".into(),
        ),
        MarkdownFault::WideRow { found, columns, .. } => (
            Code::WideRow,
            format!("this row is wider than its table: `{found}` would be lost"),
            format!("the table has {columns} columns"),
            "add a column to the first two lines, or write `\\|` for a bar inside a cell".into(),
        ),
        MarkdownFault::StuckText { .. } => (
            Code::StuckText,
            "this line stands right below a table".into(),
            "Markdown makes a row of it".into(),
            "leave a line empty before it".into(),
        ),
        MarkdownFault::EmptyLink { .. } => (
            Code::EmptyLink,
            "a link shows nothing".into(),
            "words between the brackets are expected".into(),
            "write `[the form](address)`".into(),
        ),
        MarkdownFault::BadAddress { href, .. } => (
            Code::BadAddress,
            match href.as_str() {
                "" => "this link has no address".into(),
                href => format!("`{href}` is no address that a link can lead to, nor a file published here"),
            },
            "an address of https, http, mailto or tel, or a file beside the memo, is expected".into(),
            "write `[the form](https://...)`".into(),
        ),
        MarkdownFault::UnusedAddress { .. } => (
            Code::LinkLine,
            "this line names an address that no link uses, and is not printed".into(),
            "a name in brackets and a colon begin it".into(),
            "put a backslash before the bracket: `\\[Note]: ...`".into(),
        ),
        MarkdownFault::UnknownNote { label, .. } => (
            Code::UnknownNote,
            format!("there is no note `[^{label}]`"),
            "a note of this name is expected".into(),
            format!("write `[^{label}]: The note.` on a line of its own, or `\\[` for a bracket"),
        ),
        MarkdownFault::UnusedNote { label, .. } => (
            Code::UnusedNote,
            format!("nothing refers to the note `[^{label}]`"),
            "it would not be printed".into(),
            format!("write `[^{label}]` where the text refers to it, or take the note out"),
        ),
        MarkdownFault::NoteTwice { label, .. } => (
            Code::NoteTwice,
            format!("there are two notes `[^{label}]`"),
            "one of them would be lost".into(),
            "give one another name".into(),
        ),
        MarkdownFault::NoteInNote { label, .. } => (
            Code::NoteInNote,
            format!("a note refers to the note `[^{label}]`"),
            "only the text can refer to notes".into(),
            "say it in the note itself".into(),
        ),
    };
    Diagnostic::new(code, place, message).expected(expected).help(help)
}

/// A remark of a document, at a place.
pub(super) fn remark(remark: &Remark, place: Place) -> Diagnostic {
    let (code, message, expected, help) = match remark {
        Remark::SkippedLevel { from, to, .. } => (
            Code::SkippedLevel,
            format!("a heading of level {to} stands below one of level {from}"),
            format!("level {} is expected", from + 1),
            format!("write it with {}", "#".repeat(usize::from(from + 1))),
        ),
        Remark::VagueLink { text, .. } => (
            Code::VagueLink,
            format!("the link says only \"{text}\""),
            "words that say where it leads are expected".to_owned(),
            "put the name of the page or form in the brackets".to_owned(),
        ),
        Remark::Misplaced { role, .. } => (
            Code::MisplacedRole,
            format!("`<!-- {role} -->` says nothing of what follows"),
            match *role {
                "columns" => "it stands before bullets",
                "letters" => "it stands before a numbered list",
                "caption" => "it stands before a paragraph above a table",
                "leaders" => "it stands before a list or a paragraph",
                _ => "it stands before the block that it speaks of",
            }
            .to_owned(),
            "put it on the line right before that, or take it out".to_owned(),
        ),
    };
    Diagnostic::new(code, place, message).expected(expected).help(help)
}
