//! What a document tells of itself -> faults for people.
//!
//! In: the faults and remarks of a document, by kind. Out: code, message, what was expected, what to
//! type. Not here: where it was written.

use crate::{
    controls,
    diagnostic::{Code, Diagnostic, Place, offer},
    document::{LineHolder, MarkdownFault, PrintedMark, Trouble},
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
        MarkdownFault::UnknownHeading { name, known, .. } => {
            let (message, known) =
                (format!("`#{name}` leads to no heading"), known.iter().map(String::as_str));
            (
                Code::BadAddress,
                message,
                "the text of a heading is expected, in small letters with hyphens for its spaces".into(),
                offer(&format!("#{name}"), known),
            )
        }
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
pub(super) fn remark(trouble: &Trouble, place: Place) -> Diagnostic {
    let (code, message, expected, help): (_, String, String, String) = match trouble {
        Trouble::SkippedLevel { from, to } => (
            Code::SkippedLevel,
            format!("a heading of level {to} stands below one of level {from}"),
            format!("level {} is expected", from + 1),
            format!("write it with {}", "#".repeat(usize::from(from + 1))),
        ),
        Trouble::VagueLink { text } => (
            Code::VagueLink,
            format!("the link says only \"{text}\""),
            "words that say where it leads are expected".into(),
            "put the name of the page or form in the brackets".into(),
        ),
        Trouble::Misplaced { role } => (
            Code::MisplacedRole,
            format!("`<!-- {role} -->` says nothing of what follows"),
            match *role {
                "columns" => "it stands before bullets",
                "letters" => "it stands before a numbered list",
                "caption" => "it stands before a paragraph above a table",
                "leaders" => "it stands before a list or a paragraph",
                _ => "it stands before the block that it speaks of",
            }
            .into(),
            "put it on the line right before that, or take it out".into(),
        ),
        Trouble::Printed(mark) => printed(*mark),
        Trouble::LostMarks => (
            Code::LostMarks,
            "these marks would vanish".into(),
            "Markdown takes them for the ends of italic or bold text".into(),
            "put a backslash before each that is to be printed: `5\\*3`".into(),
        ),
        Trouble::MarksInWord => (
            Code::MarksInWord,
            "bold or italic text begins in the middle of a word".into(),
            "the marks around it are not printed".into(),
            "put them around the whole word; put a backslash before a mark that is to be printed: `\\*`".into(),
        ),
        Trouble::Underscores => (
            Code::Underscores,
            "underscores stand here for something to be filled in".into(),
            "they are printed in part at best, and are no line to write on".into(),
            "write what is to be filled in: [blank: telephone]; put a backslash before an underscore that is to be \
             printed"
                .into(),
        ),
        Trouble::LostBackslash => (
            Code::LostBackslash,
            "some of the backslashes of this path would vanish".into(),
            "Markdown takes the meaning of the sign behind a backslash away, and leaves the backslash out".into(),
            "put the path between backticks: `\\\\server\\forms`".into(),
        ),
        Trouble::SignTaken { sign } => (
            Code::SignTaken,
            format!("`{sign}` begins this text, before a figure or another sign"),
            match sign {
                '>' => "Markdown makes a quotation of the text, and the sign vanishes",
                _ => "Markdown makes a bullet of the sign",
            }
            .into(),
            format!("put a backslash before it: `\\{sign}`; or say it in words"),
        ),
        Trouble::NoList { mark } => (
            Code::NoList,
            format!("`{mark}` begins this line as if it were an item of a list"),
            "Markdown knows no list here, and would join the lines".into(),
            "begin each item with `1. ` or `- `, after an empty line; for a., b., c. write `<!-- letters -->` on the \
             line before `1. `"
                .into(),
        ),
        Trouble::Parenthesis => (
            Code::NoList,
            "these items are numbered with a parenthesis".into(),
            "they would be printed with a dot: 1., 2., 3.".into(),
            "write `1. `; or put a backslash before the parenthesis, and leave a line empty after each: `1\\) `".into(),
        ),
        Trouble::NotNested { column } => (
            Code::NotNested,
            "this is indented, but not as far as the text of the item above it".into(),
            format!("it would stand outside the list; {column} spaces are expected"),
            format!("indent it by {column} spaces if it belongs to the item, or not at all"),
        ),
        Trouble::NotRising { number, above } => (
            Code::NumberOrder,
            format!("the item {number}. follows the item {above}."),
            "a number greater than the one before it is expected".into(),
            format!(
                "write {}.; a list that begins anew follows a line of text or a heading",
                above.saturating_add(1)
            ),
        ),
        Trouble::YearTaken => (
            Code::NumberList,
            "a number with a dot begins this line".into(),
            "Markdown makes a numbered list of it".into(),
            "put a backslash before the dot, as in 2021\\.".into(),
        ),
        Trouble::Swallowed { by } => (
            Code::SwallowedLine,
            match by {
                LineHolder::Item => "this line stands right below a list",
                LineHolder::Definition => "this line stands right below what a label stands for",
                LineHolder::Note => "this line stands right below a note",
                LineHolder::Quote => "this line stands right below a quotation",
            }
            .into(),
            match by {
                LineHolder::Item => "Markdown makes it the end of the last item",
                LineHolder::Definition => "Markdown makes it the end of that",
                LineHolder::Note => "Markdown makes it the end of the note",
                LineHolder::Quote => "Markdown makes it the end of the quotation",
            }
            .into(),
            match by {
                LineHolder::Quote => "leave a line empty before it; or begin it with `> ` if it belongs there",
                _ => "leave a line empty before it; or indent it as the text above it if it belongs there",
            }
            .into(),
        ),
        Trouble::NoTable { below_table: false } => (
            Code::TableLine,
            "a table without the line of dashes below its head".into(),
            "its pipes would be printed".into(),
            "below the first line write | --- | --- |, one for each column".into(),
        ),
        Trouble::NoTable { below_table: true } => (
            Code::TableLine,
            "an empty line stands between this row and the table above it".into(),
            "the table ends there, and the pipes of this row would be printed".into(),
            "take the empty line out; a tag of a template on a line of its own leaves none if it ends with -%}".into(),
        ),
        Trouble::LostWords => (
            Code::LostWords,
            "these words would not be printed".into(),
            "Markdown takes them for something else than text".into(),
            "write them as text of their own, or take them out".into(),
        ),
    };
    Diagnostic::new(code, place, message).expected(expected).help(help)
}

/// Marks that are left in the text.
fn printed(mark: PrintedMark) -> (Code, String, String, String) {
    let (found, expected, help) = match mark {
        PrintedMark::Stars => (
            "these stars would be printed",
            "stars for bold text stand right before a word and right after one",
            "write `**Note:** Call`, with the blanks outside; put a backslash before a star that is to be printed: `\\*`",
        ),
        PrintedMark::Tildes => (
            "these tildes would be printed",
            "memos have no struck-out text",
            "take the struck-out words out, or say what changed",
        ),
        PrintedMark::NumberSigns => (
            "these number signs would be printed",
            "a blank is expected between the signs and a heading",
            "write `## Dates`; put a backslash before a sign that is to be printed: `\\#`",
        ),
        PrintedMark::Link => (
            "this would be printed as it is, and not be a link",
            "`[words](address)` is expected, without blanks in the address",
            "write `[the form](form.pdf)`; an address with blanks stands in angle brackets: `[the form](<the form.pdf>)`",
        ),
        PrintedMark::Box => (
            "these brackets would be printed",
            "a box to check is expected with what it is for",
            "write `[tick: yes, the county takes part]`; put a backslash before a bracket that is to be printed: `\\[`",
        ),
        PrintedMark::Blank => (
            "these brackets would be printed, and not be a place to fill in",
            "what goes there is expected, on one line or on 2 to 20",
            "write `[blank: telephone]`, `[blank of 4 lines: reasons]` or `[tick: yes]`; put a backslash before a bracket that is to be printed: `\\[`",
        ),
        PrintedMark::Backtick => (
            "this backtick would be printed",
            "two are expected, around text that keeps its form",
            "write an apostrophe; or put a backslash before it: `\\``",
        ),
    };
    (Code::PrintedMarks, found.into(), expected.into(), help.into())
}
