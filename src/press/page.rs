//! A document's web page: its text, and around it what is known of its memo today.
//!
//! In: a document, its memo's entry in the manifest, how memos stand to each other. Out: a page. Not here:
//! how text becomes HTML, which is `html`.

use serde::Serialize;

use super::{dates, job::Job};
use crate::{
    attached::size_in_words,
    diagnostic::Faults,
    document::{Block, BlockKind, Document, Inline, plain},
    html,
    layout::{self, CalendarLink, CalendarPath, PageKind},
    model::{Status, date},
    output::{Artifact, CorrectionEntry, File, Form, MemoEntry, OutputPath, Piece},
    template::Engine,
};

/// What a page says of its memo.
pub(super) struct PageMemo<'a> {
    pub entry: &'a MemoEntry,
    /// The memo's path without an ending.
    pub path: &'a OutputPath,
    /// Why it was withdrawn, if it was.
    pub why: Option<&'a str>,
    /// Whether its schedule is published alone as well.
    pub schedule: bool,
    /// Its files in other forms.
    pub files: &'a [Download],
}

/// A file in another form.
pub(super) struct Download {
    piece: Piece,
    form: Form,
    size: u64,
    pages: Option<usize>,
}

impl From<&Artifact> for Download {
    fn from(file: &Artifact) -> Download {
        Download { piece: file.piece, form: file.form, size: file.bytes.len() as u64, pages: file.pages }
    }
}

impl From<&File> for Download {
    fn from(file: &File) -> Download {
        Download { piece: file.document, form: file.kind, size: file.size, pages: file.pages }
    }
}

/// A link to another form of a document.
#[derive(Serialize)]
struct FormLink {
    label: &'static str,
    href: String,
    download: bool,
    /// "3 pages, 25 KB".
    size: Option<String>,
}

/// Something that was put right, and the files that were published until then.
#[derive(Serialize)]
struct CorrectionLine<'a> {
    date: String,
    what: &'a str,
    earlier: Vec<FormLink>,
}

/// The page of a document of this title. `None` if there was a fault.
pub(super) fn page(
    engine: &Engine,
    piece: Piece,
    called: &str,
    document: &Document,
    about: &PageMemo<'_>,
    job: &Job<'_>,
    faults: &mut Faults,
) -> Option<Vec<u8>> {
    let other = |label, piece, form| {
        let href = about.path.of(piece, form).file_name().to_owned();
        let file = about.files.iter().find(|file| (file.piece, file.form) == (piece, form));
        let size = file.map(|file| size_in_words(file.pages, file.size));
        FormLink { label, href, download: is_saved(form), size }
    };
    let mut others = vec![other("PDF", piece, Form::Pdf), other("Markdown", piece, Form::Md)];
    // A memo that was issued before there were any has none.
    let has_book = about.files.iter().any(|file| (file.piece, file.form) == (Piece::Schedule, Form::Xlsx));
    match piece {
        Piece::Schedule => {
            others.extend(has_book.then(|| other("Excel", piece, Form::Xlsx)));
            others.push(other("Spreadsheet (CSV)", piece, Form::Csv));
            others.push(FormLink { size: None, ..other("The memorandum", Piece::Memo, Form::Html) });
        }
        Piece::Memo if about.schedule => {
            let page = FormLink { size: None, ..other("Schedule alone", Piece::Schedule, Form::Html) };
            others.push(page);
            others.extend(has_book.then(|| other("Schedule in Excel", Piece::Schedule, Form::Xlsx)));
            others.push(other("Schedule as a spreadsheet (CSV)", Piece::Schedule, Form::Csv));
        }
        Piece::Memo | Piece::Attachment | Piece::Earlier => {}
    }
    let here = about.path.of(piece, Form::Html);
    let corrections = about.entry.corrections.iter().map(|correction| corrected(correction, &here));
    let corrections: Vec<_> = corrections.collect();
    let mut values = layout::values(job.office, &here, PageKind::Memo, &title(about.entry, called));
    values.insert("status", &about.entry.status);
    values.insert("number", &about.entry.number);
    values.insert("subject", &about.entry.title);
    values.insert("date", &date::prose(about.entry.date));
    if let Some(day) = about.entry.withdrawn {
        values.insert("withdrawn", &date::prose(day));
    }
    values.insert("schedule", &(piece == Piece::Schedule));
    values.insert("others", &others);
    // A draft has no dates that anybody is to keep.
    let entry = about.entry;
    if !entry.is_draft() && (about.schedule || !entry.deadlines.is_empty()) {
        values.insert("calendar", &CalendarLink::of(job.office, &CalendarPath::Memo(&entry.id)));
    }
    let relations = job.relations.of(&about.entry.id, &here);
    let superseded = relations.iter().any(|line| line.supersedes);
    // Of a memo that another one updates, that one has the dates.
    let holds = !relations.iter().any(|line| line.replaces) && about.entry.status != Status::Withdrawn.word();
    if holds && piece == Piece::Memo {
        let schedule = about.path.of(Piece::Schedule, Form::Html).file_name().to_owned();
        values.insert("dates", &dates::of(about.entry, about.schedule.then_some(schedule)));
    }
    values.insert("superseded", &superseded);
    let standing = match about.entry.status.as_str() {
        "withdrawn" => "Withdrawn. ",
        "issued" | "archived" if superseded => "Superseded. ",
        "issued" | "archived" => "In force. ",
        _ => "Draft. ",
    };
    let day = date::prose(about.entry.date);
    values.insert("about", &format!("{standing}CC/ROV memorandum of {day}: {}.", about.entry.title));
    values.insert("relations", &relations);
    values.insert("corrections", &corrections);
    values.insert("changes", &about.entry.changes);
    if let Some(why) = about.why {
        values.insert("why", why);
    }
    let links = job.relations.numbers(&about.entry.id, &here, None);
    let mut document = links.put_into(document);
    if about.entry.status == Status::Withdrawn.word() {
        tell_withdrawal(document.to_mut(), about);
    }
    values.insert("content", &html::write(&document));
    engine.fill("page.html", &values, job.sources, faults).map(String::into_bytes)
}

/// Says below a document's heading that its memo was withdrawn, for who goes from heading to heading. A memo that was not
/// issued before says it in its own text.
fn tell_withdrawal(document: &mut Document, about: &PageMemo<'_>) {
    let is_heading = |block: &Block| matches!(block.kind, BlockKind::Heading { level: 1, .. });
    let below = document.blocks.iter().position(is_heading).map_or(0, |heading| heading + 1);
    let word = match about.entry.withdrawn {
        Some(day) => format!("WITHDRAWN {}", date::prose(day)),
        None => "WITHDRAWN".to_owned(),
    };
    let said = match document.blocks.get(below).map(|block| &block.kind) {
        Some(BlockKind::Paragraph(text)) => plain(text).starts_with(&word),
        _ => false,
    };
    if !said {
        let text = match about.why {
            Some(why) => {
                vec![Inline::Strong(vec![Inline::Text(format!("{word}:"))]), Inline::Text(format!(" {why}"))]
            }
            None => vec![Inline::Strong(vec![Inline::Text(format!("{word}."))])],
        };
        document.blocks.insert(below, Block::paragraph(text));
    }
}

/// Whether a browser saves a form, and does not show it.
fn is_saved(form: Form) -> bool {
    matches!(form, Form::Xlsx | Form::Csv)
}

fn corrected<'a>(correction: &'a CorrectionEntry, here: &OutputPath) -> CorrectionLine<'a> {
    let date = date::prose(correction.date);
    let earlier = correction.earlier.iter().map(|file| {
        let label = match (file.document, file.kind) {
            (Piece::Schedule, Form::Pdf) => "schedule as PDF",
            (Piece::Schedule, Form::Md) => "schedule as Markdown",
            (Piece::Schedule, Form::Xlsx) => "schedule in Excel",
            (Piece::Schedule, _) => "schedule as a spreadsheet",
            (_, Form::Pdf) => "PDF",
            (_, Form::Md) => "Markdown",
            _ => "attached file",
        };
        FormLink { label, href: file.path.relative_to(here), download: is_saved(file.kind), size: None }
    });
    let earlier: Vec<_> = earlier.collect();
    // The sentence goes on with what was there until then.
    let what = if earlier.is_empty() { &correction.what } else { correction.what.trim_end_matches('.') };
    CorrectionLine { date, what, earlier }
}

/// What a document is called outside itself. It begins with what tells it from the others: its memo's number.
pub(super) fn title(entry: &MemoEntry, title: &str) -> String {
    let is_withdrawn = entry.status == Status::Withdrawn.word();
    let withdrawn = if is_withdrawn { "WITHDRAWN: " } else { "" };
    match &entry.number {
        Some(number) => format!("{withdrawn}CC/ROV #{number}: {title}"),
        None => format!("{withdrawn}{title}"),
    }
}
