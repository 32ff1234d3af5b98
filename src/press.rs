//! One memo through the whole house: values -> Markdown -> blocks -> files.
//!
//! In: a memo and its office. Out: its entry in the manifest and its [`Artifact`]s, or faults at
//! their places. Not here: reading the working folder, writing the output folder.

use serde::Serialize;
use tera::Context;

use crate::{
    diagnostic::{Code, Diagnostic, Faults, Place, SourceId, Sources},
    document::{self, Document},
    html,
    model::{Body, Memo, Office, date},
    pdf,
    site::{Artifact, Form, MemoEntry, NotAPath, OutputPath, Piece},
    spreadsheet,
    template::{self, Engine, Part, Rendered},
};

/// What all memos of a run share: templates, style sheet and typefaces, each read once.
pub struct Press {
    markdown: Engine,
    pages: Engine,
    style: String,
    faces: pdf::Faces,
    templates: Vec<SourceId>,
}

/// A link to another form of a document.
#[derive(Serialize)]
struct Other {
    label: &'static str,
    href: String,
    download: bool,
}

impl Press {
    /// A press with templates by their file names. A template with a fault is reported once; memos
    /// that need it are not built.
    pub fn new(templates: &[(String, SourceId)], sources: &Sources, faults: &mut Faults) -> Press {
        let style = templates.iter().find(|(name, _)| name == "style.css");
        Press {
            markdown: Engine::markdown(templates, sources, faults),
            pages: Engine::html(templates, sources, faults),
            style: style.map(|(_, source)| sources.get(*source).text.clone()).unwrap_or_default(),
            faces: pdf::Faces::embedded(),
            templates: templates.iter().map(|(_, source)| *source).collect(),
        }
    }

    /// Makes a memo's files in the wanted forms. `None` if there was a fault.
    pub fn print(
        &self,
        memo: &Memo,
        office: &Office,
        forms: &[Form],
        sources: &Sources,
        faults: &mut Faults,
    ) -> Option<(MemoEntry, Vec<Artifact>)> {
        let rendered = template::render(memo, office, &self.markdown, sources, faults)?;
        let path = published(&rendered.path, office, faults)?;
        let mut run = Run {
            press: self,
            memo,
            path,
            rendered: &rendered,
            office,
            forms,
            sources,
            faults,
            artifacts: Vec::new(),
        };
        run.document(Piece::Memo, &rendered.memo)?;
        if let Some(schedule) = &rendered.schedule {
            run.document(Piece::Schedule, &schedule.part)?;
            run.put(Piece::Schedule, Form::Csv, |_| Some(spreadsheet::write(&schedule.view)))?;
        }
        let artifacts = run.artifacts;
        Some((entry(memo, rendered.memo.title.clone()), artifacts))
    }
}

fn entry(memo: &Memo, title: String) -> MemoEntry {
    MemoEntry {
        id: memo.id.to_string(),
        number: memo.number.clone(),
        date: date::iso_text(memo.date),
        title,
        status: memo.status.to_string(),
        release: memo.plan.as_deref().and_then(|plan| plan.id.as_ref()).map(ToString::to_string),
        artifacts: Vec::new(),
    }
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

/// What a document is called outside itself: a memo by its heading and subject.
fn title(piece: Piece, document: &Document, part: &Part) -> String {
    match (piece, document.heading()) {
        (Piece::Memo, Some(heading)) => format!("{heading}: {}", part.title),
        _ => part.title.clone(),
    }
}

/// One memo on its way through the press.
struct Run<'a> {
    press: &'a Press,
    memo: &'a Memo,
    rendered: &'a Rendered,
    path: OutputPath,
    office: &'a Office,
    forms: &'a [Form],
    sources: &'a Sources,
    faults: &'a mut Faults,
    artifacts: Vec<Artifact>,
}

impl Run<'_> {
    fn document(&mut self, piece: Piece, part: &Part) -> Option<()> {
        let document = match Document::parse(&part.markdown) {
            Ok(document) => document,
            Err(faults) => {
                faults.iter().for_each(|fault| self.in_document(fault, part));
                return None;
            }
        };
        self.put(piece, Form::Md, |_| Some(part.markdown.clone().into_bytes()))?;
        self.put(piece, Form::Html, |run| run.page(piece, &document, part).map(String::into_bytes))?;
        self.put(piece, Form::Pdf, |run| run.pdf(piece, &document, part))
    }

    /// Makes a file, if its form is wanted.
    fn put(
        &mut self,
        piece: Piece,
        form: Form,
        make: impl FnOnce(&mut Self) -> Option<Vec<u8>>,
    ) -> Option<()> {
        if self.forms.contains(&form) {
            let bytes = make(self)?;
            self.artifacts.push(Artifact { piece, form, path: self.path.of(piece, form), bytes });
        }
        Some(())
    }

    fn pdf(&mut self, piece: Piece, document: &Document, part: &Part) -> Option<Vec<u8>> {
        let info = pdf::Info {
            title: title(piece, document, part),
            author: self.rendered.publisher.clone(),
            subject: self.rendered.memo.title.clone(),
            date: self.memo.date,
            running_head: part.running_head.clone(),
        };
        let faults = match pdf::write(document, &info, &self.press.faces) {
            Ok(bytes) => return Some(bytes),
            Err(faults) => faults,
        };
        for fault in &faults {
            let pdf::Fault::NoGlyph { character, .. } = fault else {
                let message = "a typeface of the PDF cannot be read";
                let help = "the program is damaged: install it again";
                self.faults.push(
                    Diagnostic::new(Code::UnreadableFile, self.memo.source.start(), message).help(help),
                );
                continue;
            };
            let message = format!("the typeface has no `{character}` (U+{:04X})", u32::from(*character));
            let fault = Diagnostic::new(Code::NoGlyph, self.find(&character.to_string()), message)
                .expected("a character that the PDF's typeface has is expected")
                .help("write it in words, or take it out");
            self.faults.push(fault);
        }
        None
    }

    fn page(&mut self, piece: Piece, document: &Document, part: &Part) -> Option<String> {
        let other = |label, piece, form| {
            let href = self.path.of(piece, form).file_name().to_owned();
            Other { label, href, download: form == Form::Csv }
        };
        let mut others = vec![other("PDF", piece, Form::Pdf), other("Markdown", piece, Form::Md)];
        match piece {
            Piece::Schedule => others.push(other("Spreadsheet (CSV)", piece, Form::Csv)),
            Piece::Memo if self.rendered.schedule.is_some() => {
                others.push(other("Schedule alone", Piece::Schedule, Form::Html));
            }
            Piece::Memo => {}
        }
        let mut context = Context::new();
        context.insert("title", &title(piece, document, part));
        context.insert("status", self.memo.status.word());
        context.insert("style", &self.press.style);
        context.insert("others", &others);
        context.insert("content", &html::write(document));
        self.press.pages.fill("page.html", &context, self.sources, self.faults)
    }

    fn in_document(&mut self, fault: &document::Fault, part: &Part) {
        let fault = match fault {
            document::Fault::Html { found, .. } => {
                Diagnostic::new(Code::Html, self.find(found), format!("`{found}` is HTML"))
                    .expected("memos are written without HTML")
                    .help("write it in Markdown; put a backslash before a `<` that is meant as such")
            }
            document::Fault::Picture { span } => {
                let found = part.markdown.get(span.clone()).unwrap_or_default();
                Diagnostic::new(Code::Picture, self.find(found), "a picture stands in the text")
                    .expected("memos hold no pictures")
                    .help("say in words what it shows")
            }
        };
        self.faults.push(fault);
    }

    /// Where words of the Markdown were written: in a text of the memo, of its plan, or in a template.
    fn find(&self, words: &str) -> Place {
        let body = match &self.memo.body {
            Body::Text(text) | Body::Template(text) => text,
        };
        let plan = self.memo.plan.as_deref();
        let around = plan.map(|plan| &plan.schedule);
        let around =
            around.into_iter().flat_map(|s| [&s.title, &s.edition, &s.introduction, &s.note]).flatten();
        let tasks = plan.into_iter().flat_map(|plan| &plan.tasks);
        let tasks = tasks.flat_map(|task| [Some(&task.text), task.warning.as_ref()]).flatten();
        let mut texts = [body, &self.memo.subject].into_iter().chain(around).chain(tasks);
        let placed = texts.find_map(|text| {
            let at = text.value.find(words)?;
            Some(self.sources.piece(text, at..at + words.len()))
        });
        let files = [self.memo.source, self.office.published_as.place.source];
        let mut files = files.into_iter().chain(self.press.templates.iter().copied());
        let in_file = |source: SourceId| {
            let at = self.sources.get(source).text.find(words)?;
            Some(source.at(at..at + words.len()))
        };
        placed.or_else(|| files.find_map(in_file)).unwrap_or_else(|| self.memo.source.start())
    }
}
