//! What all memos of a run are printed with.
//!
//! In: templates, faces, the look of PDFs. Out: [`Press`], each of them read once. Not here: printing.

use crate::{
    diagnostic::{Faults, SourceId, Sources},
    pdf,
    template::Engine,
};

/// What all memos of a run share: templates, style sheet, typefaces and the look of PDFs, each read once.
pub struct Press {
    pub(super) markdown: Engine,
    pub(super) pages: Engine,
    pub(super) style: String,
    pub(super) icon: String,
    pub(super) faces: pdf::Faces,
    pub(super) theme: pdf::Theme,
    pub(super) templates: Vec<SourceId>,
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

    /// The templates that texts come from.
    pub fn text_templates(&self, sources: &Sources) -> impl Iterator<Item = SourceId> {
        self.templates.iter().copied().filter(|source| sources.get(*source).name.ends_with(".md"))
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
}
