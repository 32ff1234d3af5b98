//! Pages -> their contents.
//!
//! In: pages of frames. Out: for each page its content in the file, and what on it is marked; the fonts that are drawn
//! with. printpdf prints the operations and describes the fonts, a few pages at a time. Not here: which operations draw
//! a frame, what holds pages together.

use lopdf::{Dictionary, Document, Object, ObjectId, Stream};
use printpdf::{FontId, Op, PdfDocument, PdfPage, PdfSaveOptions, Pt};

use super::emit::{PageContent, PageSetup, print};
use super::font::{self, DocumentFonts};
use super::objects::Objects;
use crate::pdf::glyphs::face::FontFaces;
use crate::pdf::pages::page::Page;

/// How many pages are drawn at a time: the operations of all pages of a long document would take more
/// memory than all else.
const AT_A_TIME: usize = 16;

/// Pages as they stand in the file.
pub struct DrawnPages {
    /// What is marked on each, without the operations.
    pub printed: Vec<PageContent>,
    /// The content of each.
    pub contents: Vec<ObjectId>,
    /// By the names that contents call them.
    pub fonts: Dictionary,
}

/// Draws pages, each on its paper: width and height.
pub fn pages(
    pages: Vec<Page>,
    papers: &[(f32, f32)],
    setup: PageSetup,
    faces: &FontFaces,
    objects: &mut Objects,
) -> DrawnPages {
    let mut writer = PageWriter { faces, cuts: setup.cuts, fonts: Dictionary::new(), objects };
    let mut contents = Vec::with_capacity(pages.len());
    let mut printed: Vec<PageContent> = Vec::with_capacity(pages.len());
    let mut all = pages.into_iter();
    loop {
        let some: Vec<Page> = all.by_ref().take(AT_A_TIME).collect();
        if some.is_empty() {
            break;
        }
        let start = printed.len();
        printed.extend(some.iter().map(|page| print(page, setup)));
        let ops = printed[start..].iter_mut().map(|page| std::mem::take(&mut page.ops));
        contents.extend(writer.draw(ops.collect(), &papers[start..]));
    }
    DrawnPages { printed, contents, fonts: writer.fonts }
}

/// What draws pages, and the fonts that it has drawn with.
struct PageWriter<'a> {
    faces: &'a FontFaces,
    cuts: &'a DocumentFonts,
    fonts: Dictionary,
    objects: &'a mut Objects,
}

impl PageWriter<'_> {
    /// Draws some pages: their contents.
    fn draw(&mut self, pages: Vec<Vec<Op>>, papers: &[(f32, f32)]) -> Vec<ObjectId> {
        let mut source = PdfDocument::new("");
        for (&face, cut) in self.cuts {
            let name = FontId(font::resource(face).to_owned());
            let font = font::for_printpdf(self.faces.get(face), &cut.subset);
            source.resources.fonts.map.insert(name, font);
        }
        let paper = papers.iter().map(|&(width, height)| (Pt(width).into(), Pt(height).into()));
        source.pages = pages.into_iter().zip(paper).map(|(ops, (w, h))| PdfPage::new(w, h, ops)).collect();
        let mut pdf = source.to_lopdf_document(&PdfSaveOptions::default(), &mut Vec::new());
        drop(source);
        let pages: Vec<ObjectId> = pdf.page_iter().collect();
        if let Some(&page) = pages.first() {
            self.take_fonts(&pdf, page);
        }
        let contents = pages.into_iter().map(|page| {
            let id = pdf
                .get_dictionary(page)
                .and_then(|page| page.get(b"Contents"))
                .and_then(Object::as_reference);
            let content = id.ok().and_then(|id| pdf.objects.remove(&id));
            self.objects.add(content.unwrap_or_else(|| Stream::new(Dictionary::new(), Vec::new()).into()))
        });
        contents.collect()
    }

    /// Takes those fonts that no earlier page has shown.
    fn take_fonts(&mut self, pdf: &Document, page: ObjectId) {
        let page = pdf.get_dictionary(page).and_then(|page| page.get_deref(b"Resources", pdf));
        let fonts = page.and_then(Object::as_dict).and_then(|all| all.get_deref(b"Font", pdf));
        let Ok(fonts) = fonts.and_then(Object::as_dict) else { return };
        for (&face, cut) in self.cuts {
            let name = font::resource(face);
            if let (false, Ok(Object::Dictionary(font))) =
                (self.fonts.has(name.as_bytes()), fonts.get_deref(name.as_bytes(), pdf))
            {
                let typeface = self.faces.get(face);
                let font = font::complete(font.clone(), pdf, typeface, &cut.subset, self.objects);
                self.fonts.set(name, font);
            }
        }
    }
}
