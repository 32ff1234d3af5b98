//! The documents of one memo -> their files.
//!
//! In: a memo whose texts are filled in. Out: for the memo, and for its schedule alone, Markdown, PDF and page; faults
//! where they were written. Not here: filling in, files that are attached.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{
    equipment::Press,
    job::{Job, MemoCopy},
    page::{self, Download, PageMemo, title},
    wording,
};
use crate::{
    diagnostic::{Code, Diagnostic, Faults, offered},
    document::{Document, MarkdownFault, MarkdownFaults, PartId, Remark},
    model::{Id, Memo, Status},
    output::{Artifact, Form, MemoEntry, OutputPath, Piece},
    pdf,
    template::{DocumentText, MemoTexts},
};

/// One memo on its way through the press.
pub(super) struct MemoRun<'a> {
    pub press: &'a Press,
    pub memo: &'a Memo,
    pub job: &'a Job<'a>,
    pub rendered: &'a MemoTexts,
    pub path: OutputPath,
    pub entry: MemoEntry,
    /// What follows the memo's path in the names of its attached files.
    pub attached: Vec<String>,
    pub faults: &'a mut Faults,
    pub artifacts: Vec<Artifact>,
    /// Its Word file, if it is made as one.
    pub copy: Option<MemoCopy>,
}

impl MemoRun<'_> {
    /// Makes a document's files. `None` if there was a fault.
    pub(super) fn document(&mut self, piece: Piece, part: &DocumentText) -> Option<()> {
        let document = match Document::parse(&part.markdown) {
            Ok(document) => document,
            Err(MarkdownFaults { faults, remarks }) => {
                let places = self.find_spans(&part.markdown, faults.iter().map(MarkdownFault::span));
                for (fault, place) in faults.iter().zip(places) {
                    self.faults.push(wording::fault(fault, place));
                }
                self.remarks(&remarks, &part.markdown);
                return None;
            }
        };
        self.remarks(&document.remarks, &part.markdown);
        let lost = self.lost(&document.files);
        let places = self.find_spans(&part.markdown, lost.iter().map(|link| link.span.clone()));
        for (link, place) in lost.iter().zip(places) {
            let fault = MarkdownFault::BadAddress { span: link.span.clone(), href: link.name.clone() };
            self.faults.push(wording::fault(&fault, place));
        }
        if !lost.is_empty() {
            return None;
        }
        let logos = self.logos(&document, &part.markdown)?;
        let named = self.with_published_names(&part.markdown, &document.files);
        let document = named.as_ref().map_or(Some(document), |named| Document::parse(named).ok())?;
        let markdown = named.unwrap_or_else(|| part.markdown.clone());
        let settled = self.job.settled.and_then(|texts| texts.get(&(self.memo.id.to_string(), piece)));
        let (document, markdown) = match settled {
            Some(text) => (self.settled(text)?, text.clone()),
            None => (document, markdown),
        };
        if piece == Piece::Memo {
            self.copy = self.word(&document, &markdown, part, &logos);
        }
        self.put(piece, Form::Md, markdown.into_bytes(), None);
        // A page says how large the PDF is.
        let forms = self.job.forms;
        if forms.contains(&Form::Pdf) || forms.contains(&Form::Html) {
            let (bytes, pages) = self.pdf(piece, &document, part, logos)?;
            self.put(piece, Form::Pdf, bytes, Some(pages));
        }
        if forms.contains(&Form::Html) {
            let files: Vec<_> = self.artifacts.iter().map(Download::from).collect();
            let about = PageMemo {
                entry: &self.entry,
                path: &self.path,
                why: self.memo.why.as_deref(),
                schedule: self.rendered.schedule.is_some(),
                files: &files,
            };
            let page =
                page::page(&self.press.pages, piece, &part.title, &document, &about, self.job, self.faults)?;
            self.put(piece, Form::Html, page, None);
        }
        Some(())
    }

    /// A document whose text is settled. What would be wrong with it was never issued.
    fn settled(&mut self, text: &str) -> Option<Document> {
        match Document::parse(text) {
            Ok(document) => Some(document),
            Err(MarkdownFaults { faults, .. }) => {
                let place = self.memo.source.start();
                faults.iter().for_each(|fault| self.faults.push(wording::fault(fault, place.clone())));
                None
            }
        }
    }

    fn remarks(&mut self, remarks: &[Remark], markdown: &str) {
        let places = self.find_spans(markdown, remarks.iter().map(|remark| remark.span.clone()));
        for (remark, place) in remarks.iter().zip(places) {
            self.faults.push(wording::remark(&remark.trouble, place));
        }
    }

    /// The logos of a document's letterheads: the memo's, or that of the letterhead which is named.
    /// `None` if there is a fault.
    fn logos(
        &mut self,
        document: &Document,
        markdown: &str,
    ) -> Option<BTreeMap<PartId, Arc<pdf::LogoPicture>>> {
        let (job, mut whole, mut logos) = (self.job, true, BTreeMap::new());
        for letterhead in &document.letterheads {
            let id = match &letterhead.other {
                None => Some(&self.memo.letterhead.id),
                Some((name, span)) => {
                    let id = job.office.letterheads.keys().find(|id| id.as_str() == name);
                    if id.is_none() {
                        let place = self.find_span(markdown, span.clone());
                        let message = format!("there is no letterhead `{name}`");
                        let help = offered(name, job.office.letterheads.keys().map(Id::as_str));
                        self.faults.push(
                            Diagnostic::new(Code::UnknownLetterhead, place, message)
                                .expected("the key of a letterhead is expected")
                                .help(help),
                        );
                    }
                    id
                }
            };
            let logo = id.map(|id| job.logos.of(id));
            whole &= !matches!(logo, None | Some(Some(None)));
            logos.extend(logo.flatten().flatten().map(|logo| (letterhead.id, Arc::clone(logo))));
        }
        whole.then_some(logos)
    }

    /// Puts a file with the others.
    pub(super) fn put(&mut self, piece: Piece, form: Form, bytes: Vec<u8>, pages: Option<usize>) {
        self.artifacts.push(Artifact { piece, form, path: self.path.of(piece, form), bytes, pages });
    }

    /// The word on each page of a memo that is not issued, or was withdrawn.
    pub(super) fn mark(&self) -> Option<&'static str> {
        match self.memo.status {
            Status::Withdrawn => Some("WITHDRAWN"),
            status if status.is_open() => Some(if self.memo.tells_proposal { "PROPOSED" } else { "DRAFT" }),
            _ => None,
        }
    }

    /// What a document is called where it is read by itself.
    pub(super) fn title(&self, part: &DocumentText) -> String {
        let title = title(&self.entry, &part.title);
        let mark = self.mark().filter(|_| self.memo.status.is_open());
        mark.map_or(title.clone(), |mark| format!("{mark}: {title}"))
    }

    fn pdf(
        &mut self,
        piece: Piece,
        document: &Document,
        part: &DocumentText,
        logos: BTreeMap<PartId, Arc<pdf::LogoPicture>>,
    ) -> Option<(Vec<u8>, usize)> {
        // A correction of the memo leaves its schedule as it is.
        let changed = match piece {
            Piece::Memo => self.entry.corrections.iter().map(|correction| correction.date).max(),
            _ => None,
        };
        let mark = self.mark();
        let info = pdf::Info {
            title: self.title(part),
            author: self.rendered.publisher.clone(),
            subject: self.rendered.memo.title.clone(),
            identifier: self.entry.number.as_ref().map(|number| format!("CC/ROV #{number}")),
            date: self.memo.date,
            changed: changed.unwrap_or(self.memo.date),
            running_head: part.running_head.clone(),
            mark: mark.map(str::to_owned),
            fields: self.memo.fields,
            logos,
        };
        // A PDF is read far from where it was published.
        let base = self.job.office.website.address.as_deref();
        let here = self.path.of(piece, Form::Pdf);
        let links = self.job.relations.numbers(self.memo.id.as_str(), &here, base);
        let document = &links.put_into(document);
        let faults = match pdf::write(document, &info, &self.press.faces, &self.press.theme) {
            Ok(written) => return Some(written),
            Err(faults) => faults,
        };
        // Where a character stands first is where it is told, however often it stands elsewhere.
        let mut characters = BTreeSet::new();
        let first = |fault: &&pdf::Unprintable| match fault {
            pdf::Unprintable::NoGlyph { character, .. } => characters.insert(*character),
            _ => true,
        };
        for fault in faults.iter().filter(first) {
            let told = self.told(fault);
            self.faults.push(told);
        }
        None
    }

    /// What cannot be shown in a PDF, for people.
    fn told(&self, fault: &pdf::Unprintable) -> Diagnostic {
        match fault {
            pdf::Unprintable::NoGlyph { character, .. } => {
                let message = format!("the typeface has no `{character}` (U+{:04X})", u32::from(*character));
                Diagnostic::new(Code::NoGlyph, self.find(&character.to_string(), 0), message)
                    .expected("a character that the PDF's typeface has is expected")
                    .help("write it in words, or take it out")
            }
            pdf::Unprintable::TooWide { column, .. } => {
                let message = format!("a table is too wide for the page: the column `{column}` has no room");
                Diagnostic::new(Code::TooWide, self.find(column, 0), message)
                    .expected("all columns side by side on a page that lies on its side are expected")
                    .help("make two tables of it, or join columns")
            }
            pdf::Unprintable::BadFace { name } => {
                let message = format!("the typeface {name} cannot be read");
                Diagnostic::new(Code::UnreadableFile, self.memo.source.start(), message)
                    .help("the program is damaged: install it again")
            }
        }
    }
}
