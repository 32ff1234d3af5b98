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
    model::{Body, Memo, Office, Status, date},
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
        let mut run = Run { press: self, memo, office, forms, sources, faults, artifacts: Vec::new() };
        run.document(Piece::Memo, "", &rendered.memo, &rendered)?;
        if let Some(schedule) = &rendered.schedule {
            run.document(Piece::Schedule, "-schedule", &schedule.part, &rendered)?;
            if forms.contains(&Form::Csv) {
                let path = run.path(&format!("{}-schedule", rendered.path), Form::Csv)?;
                run.put(Piece::Schedule, Form::Csv, path, spreadsheet::write(&schedule.view));
            }
        }
        let artifacts = run.artifacts;
        Some((entry(memo, rendered.subject), artifacts))
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

struct Run<'a> {
    press: &'a Press,
    memo: &'a Memo,
    office: &'a Office,
    forms: &'a [Form],
    sources: &'a Sources,
    faults: &'a mut Faults,
    artifacts: Vec<Artifact>,
}

impl Run<'_> {
    fn document(&mut self, piece: Piece, suffix: &str, part: &Part, rendered: &Rendered) -> Option<()> {
        let stem = format!("{}{suffix}", rendered.path);
        let paths = [Form::Md, Form::Html, Form::Pdf].map(|form| self.path(&stem, form));
        let [Some(md), Some(html), Some(pdf)] = paths else { return None };
        let document = match Document::parse(&part.markdown) {
            Ok(document) => document,
            Err(faults) => {
                faults.iter().for_each(|fault| self.in_document(fault, part));
                return None;
            }
        };
        if self.forms.contains(&Form::Pdf) {
            let bytes = self.pdf(&document, part, rendered)?;
            self.put(piece, Form::Pdf, pdf, bytes);
        }
        if self.forms.contains(&Form::Html) {
            let page = self.page(piece, &document, part, &stem, rendered)?;
            self.put(piece, Form::Html, html, page.into_bytes());
        }
        if self.forms.contains(&Form::Md) {
            self.put(piece, Form::Md, md, part.markdown.clone().into_bytes());
        }
        Some(())
    }

    fn put(&mut self, piece: Piece, form: Form, path: OutputPath, bytes: Vec<u8>) {
        self.artifacts.push(Artifact { piece, form, path, bytes });
    }

    fn path(&mut self, stem: &str, form: Form) -> Option<OutputPath> {
        let path = format!("{stem}.{}", form.ending());
        match path.parse() {
            Ok(path) => Some(path),
            Err(wrong) => {
                let wrong: NotAPath = wrong;
                let message = format!("`{path}` is no path in the output folder: {wrong}");
                self.faults.push(
                    Diagnostic::new(Code::BadPath, self.office.published_as.place.clone(), message)
                        .expected("it forms the paths of published files")
                        .help("write it like ccrov/{{ memo.year }}/{{ memo.month | lower }}/{{ memo.id }}"),
                );
                None
            }
        }
    }

    fn pdf(&mut self, document: &Document, part: &Part, rendered: &Rendered) -> Option<Vec<u8>> {
        let number = self.memo.number.as_deref().unwrap_or("(draft)");
        let name = if part.title == rendered.memo.title { &rendered.subject } else { &part.title };
        let info = pdf::Info {
            title: part.title.clone(),
            author: rendered.publisher.clone(),
            subject: rendered.subject.clone(),
            date: self.memo.date,
            running_head: vec![format!("CCROV {number}"), name.clone()],
        };
        match pdf::write(document, &info, &self.press.faces) {
            Ok(bytes) => Some(bytes),
            Err(faults) => {
                for fault in &faults {
                    let pdf::Fault::NoGlyph { character, .. } = fault else { continue };
                    let code = u32::from(*character);
                    let message = format!("the typeface has no `{character}` (U+{code:04X})");
                    let fault = Diagnostic::new(Code::NoGlyph, self.find(&character.to_string()), message)
                        .expected("a character that the PDF's typeface has is expected")
                        .help("write it in words, or take it out");
                    self.faults.push(fault);
                }
                None
            }
        }
    }

    fn page(
        &mut self,
        piece: Piece,
        document: &Document,
        part: &Part,
        stem: &str,
        rendered: &Rendered,
    ) -> Option<String> {
        let file = |form: Form| {
            let name = stem.rsplit('/').next().unwrap_or(stem);
            format!("{name}.{}", form.ending())
        };
        let mut others = vec![
            Other { label: "PDF", href: file(Form::Pdf), download: false },
            Other { label: "Markdown", href: file(Form::Md), download: false },
        ];
        match (piece, &rendered.schedule) {
            (Piece::Schedule, _) => {
                others.push(Other { label: "Spreadsheet (CSV)", href: file(Form::Csv), download: true });
            }
            (Piece::Memo, Some(_)) => {
                let name = file(Form::Html).replace(".html", "-schedule.html");
                others.push(Other { label: "Schedule alone", href: name, download: false });
            }
            (Piece::Memo, None) => {}
        }
        let mut context = Context::new();
        context.insert("title", &part.title);
        context.insert("status", Status::word(self.memo.status));
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

    /// Where words of the Markdown were written: in the memo's own text, its file, or a template.
    fn find(&self, words: &str) -> Place {
        let body = match &self.memo.body {
            Body::Text(text) | Body::Template(text) => text.place.source,
        };
        let plan = self.memo.plan.as_deref().and_then(|plan| plan.tasks.first()).map(|t| t.text.place.source);
        let office = self.office.published_as.place.source;
        let texts = [Some(body), Some(self.memo.source), plan, Some(office)];
        texts
            .into_iter()
            .flatten()
            .chain(self.press.templates.iter().copied())
            .find_map(|source| {
                let at = self.sources.get(source).text.find(words)?;
                Some(source.at(at..at + words.len()))
            })
            .unwrap_or_else(|| self.memo.source.start())
    }
}
