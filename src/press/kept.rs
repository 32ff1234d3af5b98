//! Issued memos: their files are kept byte for byte, their pages are made anew.
//!
//! In: a memo's lock, its published files. Out: the same files, and pages around the published text. A file
//! that is missing is made again and must be what it was. Not here: edits of the memo, which its lock shows
//! without a press.

use super::{
    Press,
    job::{Job, MemoFiles},
    page::{self, Download, PageMemo},
    wording,
};
use crate::{
    diagnostic::{Code, Diagnostic, Faults, SourceId, Sources},
    document::Document,
    folder::{ReadError, line_ends},
    issued::{Lock, LockFile, MadeFrom},
    model::{Memo, Status},
    output::{Artifact, File, Form, MemoEntry, Piece, digest},
    spreadsheet,
};

/// A memo as it was when it was issued: a withdrawal is not written into what was published.
pub(super) fn as_issued(memo: &Memo) -> Memo {
    Memo { status: Status::Issued, why: None, withdrawn: None, ..memo.clone() }
}

impl Press {
    /// An issued memo's files in the wanted forms: as they were published, and pages around them as they
    /// are today. `memo` makes files again that are missing; it may have become unreadable. `None` if there
    /// was a fault.
    pub(super) fn keep(
        &self,
        locked: &LockFile,
        memo: Option<&Memo>,
        job: &Job<'_>,
        faults: &mut Faults,
    ) -> Option<MemoFiles> {
        let lock = &locked.lock;
        let pages = job.forms.contains(&Form::Html);
        // The pages are made of the text, the lists of the schedule's rows.
        let text = |file: &File| matches!(file.kind, Form::Md | Form::Csv) && file.document != Piece::Earlier;
        let needed =
            lock.memo.artifacts.iter().filter(|file| job.forms.contains(&file.kind) || pages && text(file));
        let mut kept = Vec::new();
        let mut missing = Vec::new();
        let before = faults.errors();
        for file in needed {
            match (job.published)(&file.path) {
                Err(why) => faults.push(unreadable(locked, file, &why, job.sources)),
                Ok(None) => missing.push(file),
                Ok(Some(bytes)) => match as_issued_bytes(file, bytes) {
                    Some(bytes) => kept.push(artifact(file, bytes)),
                    None => faults.push(differs(locked, file, job.sources)),
                },
            }
        }
        if !missing.is_empty() {
            kept.extend(self.again(&missing, locked, memo, job, faults));
        }
        if faults.errors() > before {
            return None;
        }
        let csv = kept.iter().find(|file| (file.piece, file.form) == (Piece::Schedule, Form::Csv));
        let mut schedule = csv.map(|csv| spreadsheet::read(&csv.bytes)).unwrap_or_default();
        lock.name_steps(&mut schedule);
        let entry = MemoEntry { artifacts: Vec::new(), schedule, ..lock.memo.clone() };
        let mut artifacts = Vec::new();
        if pages {
            artifacts = self.pages(lock, &entry, locked.source, &kept, job, faults)?;
        }
        artifacts.extend(kept.into_iter().filter(|artifact| job.forms.contains(&artifact.form)));
        Some(MemoFiles { entry, artifacts, copy: None, lock: None, clean: true })
    }

    /// The pages of an issued memo around the Markdown that was published; `entry` is the memo with the rows of its schedule.
    pub(super) fn pages(
        &self,
        lock: &Lock,
        entry: &MemoEntry,
        source: SourceId,
        kept: &[Artifact],
        job: &Job<'_>,
        faults: &mut Faults,
    ) -> Option<Vec<Artifact>> {
        let files: Vec<_> = lock.memo.artifacts.iter().map(Download::from).collect();
        let about = PageMemo {
            entry,
            path: &lock.path,
            why: lock.why.as_deref(),
            schedule: lock.schedule.is_some(),
            files: &files,
        };
        let titles = [(Piece::Memo, Some(&lock.memo.title)), (Piece::Schedule, lock.schedule.as_ref())];
        let mut pages = Vec::new();
        for (piece, title) in titles.into_iter().filter_map(|(piece, title)| Some((piece, title?))) {
            let markdown = kept.iter().find(|file| (file.piece, file.form) == (piece, Form::Md))?;
            let document = match Document::parse(&String::from_utf8_lossy(&markdown.bytes)) {
                Ok(document) => document,
                Err(wrong) => {
                    wrong.faults.iter().for_each(|fault| faults.push(wording::fault(fault, source.start())));
                    return None;
                }
            };
            let bytes = page::page(&self.pages, piece, title, &document, &about, job, faults)?;
            let path = lock.path.of(piece, Form::Html);
            pages.push(Artifact { piece, form: Form::Html, path, bytes, pages: None });
        }
        Some(pages)
    }

    /// Makes files again. Those that do not come out as they were are faults.
    fn again(
        &self,
        missing: &[&File],
        locked: &LockFile,
        memo: Option<&Memo>,
        job: &Job<'_>,
        faults: &mut Faults,
    ) -> Vec<Artifact> {
        let forms: Vec<Form> = missing.iter().map(|file| file.kind).collect();
        // What is wrong with the memo today is no fault: it is issued.
        let mut aside = Faults::default();
        let memo = memo.map(as_issued);
        let set = memo.as_ref().and_then(|memo| self.set(memo, &Job { forms: &forms, ..*job }, &mut aside));
        let mut made = set.map(|set| set.artifacts).unwrap_or_default();
        made.retain(|made| missing.iter().any(|file| file.path == made.path && file.sha256 == made.digest()));
        let now = memo.map(|memo| self.made_from(&memo, job));
        for file in missing.iter().filter(|file| !made.iter().any(|made| made.path == file.path)) {
            faults.push(lost(locked, file, now.as_ref(), job.sources));
        }
        made
    }
}

/// The bytes of a published file, if they are those that were issued. What shares folders may have changed the line ends
/// of text; those of before are put back.
pub(crate) fn as_issued_bytes(file: &File, bytes: Vec<u8>) -> Option<Vec<u8>> {
    if digest(&bytes) == file.sha256 {
        return Some(bytes);
    }
    let text = str::from_utf8(&bytes).ok().filter(|_| matches!(file.kind, Form::Md | Form::Csv))?;
    let folded = line_ends::folded(text);
    let forms = [folded.replace('\n', "\r\n"), folded.into_owned()];
    forms.map(String::into_bytes).into_iter().find(|bytes| digest(bytes) == file.sha256)
}

pub(super) fn artifact(file: &File, bytes: Vec<u8>) -> Artifact {
    Artifact { piece: file.document, form: file.kind, path: file.path.clone(), bytes, pages: file.pages }
}

/// A published file that is there and cannot be read: it may be the one that was issued.
pub(super) fn unreadable(locked: &LockFile, file: &File, why: &ReadError, sources: &Sources) -> Diagnostic {
    let message = format!("{} cannot be read: {why}", file.path);
    Diagnostic::new(Code::PublishedFile, locked.place(file, sources), message)
        .expected("the file with this digest is expected in the output folder")
        .help("look at who may read it, and at what it is")
}

/// A published file that is not the one that was issued.
pub(super) fn differs(locked: &LockFile, file: &File, sources: &Sources) -> Diagnostic {
    let message = format!("{} is not the file that was issued", file.path);
    Diagnostic::new(Code::PublishedFile, locked.place(file, sources), message)
        .expected("the file with this digest is expected in the output folder")
        .help(
            "put the issued file back from a copy; or remove this one: `ccrov build` makes it again, if all that it was \
             made from is as it was",
        )
}

/// A published file that is missing, and cannot be made again as it was.
fn lost(locked: &LockFile, file: &File, now: Option<&MadeFrom>, sources: &Sources) -> Diagnostic {
    let id = &locked.lock.memo.id;
    let (message, expected) = match (file.document, now) {
        (Piece::Earlier, _) => (
            format!("{} is missing: the memo as it was before it was corrected", file.path),
            "it cannot be made again".to_owned(),
        ),
        (_, now) => (
            format!("{} is missing, and is another file when it is made again", file.path),
            locked.lock.made_from.since(now),
        ),
    };
    let help = match file.document {
        Piece::Earlier => {
            "put it back from a copy; if there is none, take its lines out of the lock".to_owned()
        }
        _ => format!(
            "put it back from a copy, or take that change back and build; if neither can be done, remove the \
             lock, and `ccrov issue {id}` publishes the memo as it looks now"
        ),
    };
    Diagnostic::new(Code::PublishedFile, locked.place(file, sources), message).expected(expected).help(help)
}

impl MadeFrom {
    /// What has changed until `now`, as people call it.
    pub fn changed(&self, now: &MadeFrom) -> Vec<String> {
        let all = [
            (self.data != now.data, "dates and names that the memo takes from its release and the office"),
            (self.office != now.office, "memos/office.yaml"),
            (self.templates != now.templates, "the templates"),
        ];
        let mut changed: Vec<String> =
            all.iter().filter(|(changed, _)| *changed).map(|(_, what)| (*what).to_owned()).collect();
        if self.program != now.program {
            changed.push(format!("the program, which was {}", self.program));
        }
        changed
    }

    fn since(&self, now: Option<&MadeFrom>) -> String {
        match now.map(|now| self.changed(now)).as_deref() {
            None => "the office or release has changed: the memo cannot be read".to_owned(),
            Some([]) => {
                "changed since then: nothing that the lock knows of; a font or a logo may have".to_owned()
            }
            Some(changed) => format!("changed since then: {}", changed.join("; ")),
        }
    }
}
