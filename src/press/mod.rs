//! One memo through the whole house: values -> Markdown -> blocks -> files.
//!
//! In: a memo, its office, its relations. Out: its entry in the manifest and its [`Artifact`]s, or faults at
//! their places. Not here: reading the working folder, writing the output folder.

mod archive;
mod changes;
mod depends;
mod files;
mod issue;
mod kept;
mod lock;
mod logos;
mod many;
mod page;
mod places;
mod relations;
pub(crate) mod told;

use std::{collections::BTreeMap, sync::Arc};

pub use kept::{Locked, Locks};
pub use lock::{Lock, MadeFrom, NotALock, source_digest};
pub use logos::Logos;
pub use many::Work;
pub use relations::{Related, Relations};

use changes::Changed;
use files::attached_files;
use page::{About, Download};

use crate::{
    diagnostic::{Code, Diagnostic, Faults, SourceId, Sources},
    document::{Document, Fault, PartId},
    model::{Correction, Memo, Office, Table, date},
    pdf,
    schedule::{self, Resolved, resolve},
    site::{Artifact, ChangesEntry, CorrectionEntry, Form, MemoEntry, NotAPath, OutputPath, Piece},
    spreadsheet,
    template::{self, Engine, Part, Rendered, ScheduleView, TableRow},
};

/// What all memos of a run share: templates, style sheet, typefaces and the look of PDFs, each read once.
pub struct Press {
    markdown: Engine,
    pages: Engine,
    style: String,
    icon: String,
    faces: pdf::Faces,
    theme: pdf::Theme,
    templates: Vec<SourceId>,
}

/// What a run gives the press besides the memo itself.
#[derive(Clone, Copy)]
pub struct Job<'a> {
    /// The office.
    pub office: &'a Office,
    /// The wanted forms.
    pub forms: &'a [Form],
    /// What is known of the relations between memos.
    pub relations: &'a Relations,
    /// The logos of the office's letterheads.
    pub logos: &'a Logos,
    /// The memos of the working folder.
    pub memos: &'a Table<Memo>,
    /// The locks of issued memos.
    pub locks: &'a Locks,
    /// Reads a file of the working folder, by its path.
    pub load: &'a (dyn Fn(&str) -> Option<Vec<u8>> + Sync),
    /// Reads a published file.
    pub published: &'a (dyn Fn(&OutputPath) -> Option<Vec<u8>> + Sync),
    /// The texts of the run.
    pub sources: &'a Sources,
}

/// What becomes of a memo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Printed {
    /// Its entry in the manifest, without its files.
    pub entry: MemoEntry,
    /// Its files.
    pub artifacts: Vec<Artifact>,
    /// Its lock, if it is being issued.
    pub lock: Option<Lock>,
    /// Whether nothing is told of it, not even a warning.
    pub clean: bool,
}

impl Job<'_> {
    /// The path that an issued memo has kept.
    fn path(&self, memo: &Memo) -> Option<&str> {
        self.locks.get(&memo.id).map(|locked| locked.lock.path.as_str())
    }
}

impl Press {
    /// A press with templates by their file names, and with what PDFs are set in. A template with a
    /// fault is reported once; memos that need it are not built.
    pub fn new(
        templates: &[(String, SourceId)],
        faces: pdf::Faces,
        theme: pdf::Theme,
        sources: &Sources,
        faults: &mut Faults,
    ) -> Press {
        let text = |wanted: &str| {
            let found = templates.iter().find(|(name, _)| name == wanted);
            found.map(|(_, source)| sources.get(*source).text.clone()).unwrap_or_default()
        };
        Press {
            markdown: Engine::markdown(templates, sources, faults),
            pages: Engine::html(templates, sources, faults),
            style: text("style.css"),
            icon: text("icon.svg"),
            faces,
            theme,
            templates: templates.iter().map(|(_, source)| *source).collect(),
        }
    }

    /// The templates of web pages.
    pub fn page_templates(&self) -> &Engine {
        &self.pages
    }

    /// The programs of the fonts that PDFs are set in.
    pub fn fonts(&self) -> Vec<&[u8]> {
        self.faces.programs()
    }

    /// The style sheet of web pages.
    pub fn style(&self) -> &str {
        &self.style
    }

    /// The picture, as SVG, by which a browser's tabs show the website.
    pub fn icon(&self) -> &str {
        &self.icon
    }

    /// Makes a memo's files in the wanted forms. `None` if there was a fault.
    pub fn print(&self, memo: &Memo, job: &Job<'_>, faults: &mut Faults) -> Option<Printed> {
        let set = self.set(memo, job, faults)?;
        Some(Printed { entry: set.entry, artifacts: set.artifacts, lock: None, clean: faults.is_empty() })
    }

    fn set(&self, memo: &Memo, job: &Job<'_>, faults: &mut Faults) -> Option<Set> {
        let before = faults.errors();
        let resolved = resolved(memo, faults)?;
        if let Some(resolved) = &resolved {
            let entities = job.office.entities.values().flatten().map(|entity| entity.name.as_str());
            schedule::check(resolved, entities, job.sources, faults);
        }
        let files = attached_files(memo, job, faults)?;
        let as_published: Vec<_> = files.iter().map(|file| file.published.clone()).collect();
        let changes = changes::changes(memo, resolved.as_ref(), job, &self.markdown, faults)?;
        let attached_changes = changes.as_ref().filter(|changes| changes.attached);
        let rendered = template::render(
            memo,
            job.office,
            resolved.as_ref(),
            template::Given {
                path: job.path(memo),
                files: &as_published,
                changes: attached_changes.map(|changes| &changes.told),
            },
            &self.markdown,
            job.sources,
            faults,
        )?;
        let path = published(&rendered.path, job.office, faults)?;
        let mut run = Run {
            press: self,
            memo,
            job,
            path,
            entry: entry(memo, rendered.memo.title.clone(), changes),
            attached: as_published.into_iter().map(|file| file.suffix).collect(),
            rendered: &rendered,
            faults,
            artifacts: Vec::new(),
        };
        if let Some(schedule) = &rendered.schedule {
            let csv = spreadsheet::write(rows(&schedule.view));
            run.entry.schedule = spreadsheet::read(&csv);
            run.put(Piece::Schedule, Form::Csv, csv, None);
        }
        run.document(Piece::Memo, &rendered.memo)?;
        if let Some(schedule) = &rendered.schedule {
            run.document(Piece::Schedule, &schedule.part)?;
        }
        let Run { path, entry, mut artifacts, .. } = run;
        artifacts.retain(|artifact| job.forms.contains(&artifact.form));
        artifacts.sort_by_key(|artifact| (artifact.piece, artifact.form));
        let schedule = rendered.schedule.map(|schedule| schedule.part.title);
        if job.forms.contains(&Form::File) {
            artifacts.extend(files.into_iter().map(|file| Artifact {
                piece: Piece::Attachment,
                form: Form::File,
                path: path.beside(&file.published.suffix),
                pages: file.pages,
                bytes: file.bytes,
            }));
        }
        // What is wrong with the schedule is told with all else, and is not published.
        (faults.errors() == before).then_some(Set { entry, artifacts, path, schedule })
    }

    /// What others call a memo that is not locked, and where its page is. `None` if it has a fault.
    pub fn name(&self, memo: &Memo, job: &Job<'_>) -> Option<Related> {
        // The memo's own faults are reported when it is printed.
        let mut aside = Faults::default();
        let resolved = resolved(memo, &mut aside)?;
        let rendered = template::render(
            memo,
            job.office,
            resolved.as_ref(),
            template::Given::default(),
            &self.markdown,
            job.sources,
            &mut aside,
        )?;
        let path = published(&rendered.path, job.office, &mut aside)?;
        Some(Related {
            number: memo.number.clone(),
            title: rendered.memo.title,
            date: date::prose(memo.date),
            page: relations::Page::Path(path.of(Piece::Memo, Form::Html)),
        })
    }
}

/// The files of a memo, and what its lock holds of them.
struct Set {
    entry: MemoEntry,
    artifacts: Vec<Artifact>,
    path: OutputPath,
    /// The title of the schedule that is published alone.
    schedule: Option<String>,
}

/// The memo's plan, every date in its place, if it has one. The outer `None` is a fault.
fn resolved<'m>(memo: &'m Memo, faults: &mut Faults) -> Option<Option<Resolved<'m>>> {
    match memo.plan.as_deref() {
        Some(plan) => resolve(plan, memo.knows, memo.date, faults).map(Some),
        None => Some(None),
    }
}

fn entry(memo: &Memo, title: String, changes: Option<Changed>) -> MemoEntry {
    let mut relations = BTreeMap::<_, Vec<_>>::new();
    for (relation, earlier) in &memo.relations {
        relations.entry(*relation).or_default().push(earlier.clone());
    }
    // What the memo attaches stands in its text.
    let changes = changes.filter(|changes| !changes.attached);
    let changes = changes.and_then(|Changed { told, since, .. }| {
        Some(ChangesEntry { since: since?, sentences: told.sentences })
    });
    MemoEntry {
        id: memo.id.to_string(),
        number: memo.number.clone(),
        date: date::iso_text(memo.date),
        title,
        status: memo.status.to_string(),
        corrections: memo.corrections.iter().map(correction).collect(),
        release: memo.plan.as_deref().and_then(|plan| plan.id.as_ref()).map(ToString::to_string),
        relations,
        changes: changes.filter(|changes| !changes.sentences.is_empty()),
        schedule: Vec::new(),
        address: None,
        made_from: None,
        artifacts: Vec::new(),
    }
}

fn correction(correction: &Correction) -> CorrectionEntry {
    let date = date::iso_text(correction.date);
    CorrectionEntry { date, what: correction.what.clone(), earlier: Vec::new() }
}

/// The memo's path, which must stay in the output folder.
fn published(path: &str, office: &Office, faults: &mut Faults) -> Option<OutputPath> {
    let parsed: Result<OutputPath, NotAPath> = path.parse();
    if let Err(wrong) = &parsed {
        let message = format!("`{path}` is no path in the output folder: {wrong}");
        faults.push(
            Diagnostic::new(Code::BadPath, office.published_as.place.clone(), message)
                .expected("it forms the paths of published files")
                .help("write it like ccrov/{{ memo.year }}/{{ memo.month | lower }}/{{ memo.id }}"),
        );
    }
    parsed.ok()
}

/// The rows of a schedule in their order: what remains, then what is completed.
fn rows(schedule: &ScheduleView) -> impl Iterator<Item = spreadsheet::Row<'_>> {
    fn row(row: &TableRow, completed: bool) -> spreadsheet::Row<'_> {
        spreadsheet::Row {
            step: &row.step,
            owner: &row.owner,
            task: &row.text,
            warning: row.warning.as_deref(),
            start: &row.start,
            end: &row.end,
            completed,
        }
    }
    let remaining = schedule.remaining.iter().map(|step| row(step, false));
    remaining.chain(schedule.completed.iter().map(|step| row(step, true)))
}

/// What a document is called outside itself: a memo by its heading and subject.
fn title(piece: Piece, document: &Document, title: &str) -> String {
    match (piece, document.heading()) {
        (Piece::Memo, Some(heading)) => format!("{heading}: {title}"),
        _ => title.to_owned(),
    }
}

/// One memo on its way through the press.
struct Run<'a> {
    press: &'a Press,
    memo: &'a Memo,
    job: &'a Job<'a>,
    rendered: &'a Rendered,
    path: OutputPath,
    entry: MemoEntry,
    /// What follows the memo's path in the names of its attached files.
    attached: Vec<String>,
    faults: &'a mut Faults,
    artifacts: Vec<Artifact>,
}

impl Run<'_> {
    fn document(&mut self, piece: Piece, part: &Part) -> Option<()> {
        let document = match Document::parse(&part.markdown) {
            Ok(document) => document,
            Err(faults) => {
                for fault in &faults {
                    let place = self.find_span(&part.markdown, fault.span());
                    self.faults.push(told::fault(fault, place));
                }
                return None;
            }
        };
        let lost: Vec<_> = document.files.iter().filter(|link| !self.publishes(&link.name)).collect();
        for link in &lost {
            let fault = Fault::BadAddress { span: link.span.clone(), href: link.name.clone() };
            let place = self.find_span(&part.markdown, fault.span());
            self.faults.push(told::fault(&fault, place));
        }
        if !lost.is_empty() {
            return None;
        }
        let logos = self.logos(&document, &part.markdown)?;
        for remark in &document.remarks {
            let place = self.find_span(&part.markdown, remark.span());
            self.faults.push(told::remark(remark, place));
        }
        self.put(piece, Form::Md, part.markdown.clone().into_bytes(), None);
        // A page says how large the PDF is.
        let forms = self.job.forms;
        if forms.contains(&Form::Pdf) || forms.contains(&Form::Html) {
            let (bytes, pages) = self.pdf(piece, &document, part, logos)?;
            self.put(piece, Form::Pdf, bytes, Some(pages));
        }
        if forms.contains(&Form::Html) {
            let files: Vec<_> = self.artifacts.iter().map(Download::from).collect();
            let about = About {
                entry: &self.entry,
                path: &self.path,
                why: self.memo.why.as_deref(),
                schedule: self.rendered.schedule.is_some(),
                files: &files,
            };
            let page = self.press.page(piece, &part.title, &document, &about, self.job, self.faults)?;
            self.put(piece, Form::Html, page, None);
        }
        Some(())
    }

    /// Whether a file of this name is published beside the memo.
    fn publishes(&self, name: &str) -> bool {
        let own = [Piece::Memo, Piece::Schedule]
            .into_iter()
            .flat_map(|piece| Form::ALL.into_iter().map(move |form| (piece, form)));
        let mut own = own.map(|(piece, form)| self.path.of(piece, form));
        let mut attached = self.attached.iter().map(|suffix| self.path.beside(suffix));
        own.any(|path| path.file_name() == name) || attached.any(|path| path.file_name() == name)
    }

    fn put(&mut self, piece: Piece, form: Form, bytes: Vec<u8>, pages: Option<usize>) {
        self.artifacts.push(Artifact { piece, form, path: self.path.of(piece, form), bytes, pages });
    }

    fn pdf(
        &mut self,
        piece: Piece,
        document: &Document,
        part: &Part,
        logos: BTreeMap<PartId, Arc<pdf::Logo>>,
    ) -> Option<(Vec<u8>, usize)> {
        let mark = self.memo.status.is_open().then(|| "DRAFT".to_owned());
        let title = title(piece, document, &part.title);
        let info = pdf::Info {
            title: mark.iter().map(|mark| format!("{mark}: ")).chain([title]).collect(),
            author: self.rendered.publisher.clone(),
            subject: self.rendered.memo.title.clone(),
            date: self.memo.date,
            running_head: part.running_head.clone(),
            mark,
            fields: self.memo.fields,
            logos,
        };
        let faults = match pdf::write(document, &info, &self.press.faces, &self.press.theme) {
            Ok(written) => return Some(written),
            Err(faults) => faults,
        };
        for fault in &faults {
            let told = self.told(fault);
            self.faults.push(told);
        }
        None
    }

    /// What cannot be shown in a PDF, for people.
    fn told(&self, fault: &pdf::Fault) -> Diagnostic {
        match fault {
            pdf::Fault::NoGlyph { character, .. } => {
                let message = format!("the typeface has no `{character}` (U+{:04X})", u32::from(*character));
                Diagnostic::new(Code::NoGlyph, self.find(&character.to_string(), 0), message)
                    .expected("a character that the PDF's typeface has is expected")
                    .help("write it in words, or take it out")
            }
            pdf::Fault::TooWide { column, .. } => {
                let message = format!("a table is too wide for the page: the column `{column}` has no room");
                Diagnostic::new(Code::TooWide, self.find(column, 0), message)
                    .expected("all columns side by side on a page that lies on its side are expected")
                    .help("make two tables of it, or join columns")
            }
            pdf::Fault::BadFace { name } => {
                let message = format!("the typeface {name} cannot be read");
                Diagnostic::new(Code::UnreadableFile, self.memo.source.start(), message)
                    .help("the program is damaged: install it again")
            }
        }
    }
}
