//! A document's web page: its text, and around it what is known of its memo today.
//!
//! In: a document, its memo's entry in the manifest, how memos stand to each other. Out: a page. Not here:
//! how text becomes HTML, which is `html`.

use serde::Serialize;
use tera::Context;

use super::{Job, Press, title};
use crate::{
    diagnostic::Faults,
    document::Document,
    html,
    model::date,
    site::{CorrectionEntry, Form, MemoEntry, OutputPath, Piece},
};

/// What a page says of its memo.
pub(super) struct About<'a> {
    pub entry: &'a MemoEntry,
    /// The memo's path without an ending.
    pub path: &'a OutputPath,
    /// Why it was withdrawn, if it was.
    pub why: Option<&'a str>,
    /// Whether its schedule is published alone as well.
    pub schedule: bool,
}

/// A link to another form of a document.
#[derive(Serialize)]
struct Other {
    label: &'static str,
    href: String,
    download: bool,
}

/// Something that was put right, and the files that were published until then.
#[derive(Serialize)]
struct Corrected<'a> {
    date: String,
    what: &'a str,
    earlier: Vec<Other>,
}

impl Press {
    /// The page of a document of this title. `None` if there was a fault.
    pub(super) fn page(
        &self,
        piece: Piece,
        called: &str,
        document: &Document,
        about: &About<'_>,
        job: &Job<'_>,
        faults: &mut Faults,
    ) -> Option<Vec<u8>> {
        let other = |label, piece, form| {
            let href = about.path.of(piece, form).file_name().to_owned();
            Other { label, href, download: form == Form::Csv }
        };
        let mut others = vec![other("PDF", piece, Form::Pdf), other("Markdown", piece, Form::Md)];
        match piece {
            Piece::Schedule => others.push(other("Spreadsheet (CSV)", piece, Form::Csv)),
            Piece::Memo if about.schedule => {
                others.push(other("Schedule alone", Piece::Schedule, Form::Html));
            }
            Piece::Memo | Piece::Attachment | Piece::Earlier => {}
        }
        let here = about.path.of(piece, Form::Html);
        let corrections = about.entry.corrections.iter().map(|correction| corrected(correction, &here));
        let corrections: Vec<_> = corrections.collect();
        let mut context = Context::new();
        context.insert("title", &title(piece, document, called));
        context.insert("status", &about.entry.status);
        context.insert("style", &self.style);
        context.insert("others", &others);
        context.insert("relations", &job.relations.of(&about.entry.id, &here));
        context.insert("corrections", &corrections);
        if let Some(why) = about.why {
            context.insert("why", why);
        }
        context.insert("content", &html::write(document));
        self.pages.fill("page.html", &context, job.sources, faults).map(String::into_bytes)
    }
}

fn corrected<'a>(correction: &'a CorrectionEntry, here: &OutputPath) -> Corrected<'a> {
    let date = date::read(&correction.date).map_or_else(|_| correction.date.clone(), date::prose);
    let earlier = correction.earlier.iter().map(|file| {
        let label = match (file.document, file.kind) {
            (Piece::Schedule, Form::Pdf) => "schedule as PDF",
            (Piece::Schedule, Form::Md) => "schedule as Markdown",
            (Piece::Schedule, _) => "schedule as a spreadsheet",
            (_, Form::Pdf) => "PDF",
            (_, Form::Md) => "Markdown",
            _ => "attached file",
        };
        Other { label, href: file.path.relative_to(here), download: file.kind == Form::Csv }
    });
    Corrected { date, what: &correction.what, earlier: earlier.collect() }
}
