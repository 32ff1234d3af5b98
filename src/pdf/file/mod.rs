//! Pages -> the bytes of a PDF.
//!
//! In: pages, the sorts they use, what the document says of itself. Out: bytes. printpdf draws the pages, a
//! few at a time, and describes the fonts; what holds them together is put down here. Not here: layout.

mod annotations;
mod emit;
mod font;
#[path = "../metadata.rs"]
mod metadata;
mod objects;
mod outline;
mod picture;
mod tags;

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};
use printpdf::{FontId, Op, PdfDocument, PdfPage, PdfSaveOptions, Pt};

use super::info::Info;
use crate::document;
use crate::pdf::pages::flow::Flow;
use crate::pdf::pages::page::Page;
use crate::pdf::setting::setter::Setter;
use crate::pdf::unprintable::Unprintable;
use annotations::Annotation;
use emit::{PageContent, PageSetup, print};
use font::{DocumentFont, Subsets};
use objects::{Deflater, Objects};
use tags::{PageSequence, Tree};

/// How many pages are drawn at a time: the operations of all pages of a long document would take more
/// memory than all else.
const AT_A_TIME: usize = 16;

/// What an earlier document has left that a later one need not make again.
#[derive(Default)]
pub struct FileCache {
    subsets: Subsets,
    deflater: Option<Deflater>,
}

type DocumentFonts = BTreeMap<document::Face, DocumentFont>;

/// Writes pages as a PDF.
///
/// # Errors
/// [`Unprintable::BadFace`] if a face cannot be embedded.
pub fn write(
    document: &document::Document,
    mut flow: Flow,
    setter: &Setter,
    info: &Info,
    cache: &mut FileCache,
) -> Result<Vec<u8>, Unprintable> {
    let theme = setter.theme;
    let mut deflater = cache.deflater.take().unwrap_or_default();
    let mut cuts = DocumentFonts::new();
    for (&face, sorts) in &setter.case.faces {
        cuts.insert(face, cache.subsets.cut(face, setter.faces.get(face), sorts, &mut deflater)?);
    }
    let mut objects = Objects::new(deflater);
    let [catalog, tree] = [objects.reserve(), objects.reserve()];
    let pages: Vec<ObjectId> = flow.pages.iter().map(|_| objects.reserve()).collect();
    let notes_at = annotations::note_places(document, &flow, &pages, theme);
    let outline = outline::add(&mut objects, &flow, &pages, theme);
    let pictures = picture::shown(&flow.pages, &mut objects);

    let style = PageSetup { theme, case: &setter.case, cuts: &cuts, fields: info.fields };
    let mut drawing = PageWriter { setter, cuts: &cuts, fonts: Dictionary::new(), objects: &mut objects };
    let papers: Vec<(f32, f32)> = flow.pages.iter().map(|page| theme.paper(page.sheet)).collect();
    let mut contents = Vec::with_capacity(pages.len());
    let mut printed: Vec<PageContent> = Vec::with_capacity(pages.len());
    let mut all = std::mem::take(&mut flow.pages).into_iter();
    loop {
        let some: Vec<Page> = all.by_ref().take(AT_A_TIME).collect();
        if some.is_empty() {
            break;
        }
        let start = printed.len();
        printed.extend(some.iter().map(|page| print(page, style)));
        let ops = printed[start..].iter_mut().map(|page| std::mem::take(&mut page.ops));
        contents.extend(drawing.draw(ops.collect(), &papers[start..]));
    }
    let fonts = drawing.fonts;

    let mut notes = annotations::of(&printed, setter, &pages, &notes_at, &mut objects);
    let mut structure = Tree::new(&mut objects, &pages, shown(&printed, &notes));
    let root = tags::tag(document, info, &mut structure);
    let numbers: BTreeMap<ObjectId, i64> = structure.annotation_numbers().collect();
    let mut resources = dictionary! { "Font" => objects.add(fonts) };
    if !pictures.is_empty() {
        resources.set("XObject", pictures);
    }
    let resources = objects.add(resources);
    for (at, &(width, height)) in papers.iter().enumerate() {
        let mut page = dictionary! {
            "Type" => "Page",
            "Parent" => tree,
            "MediaBox" => vec![0.into(), 0.into(), width.into(), height.into()],
            "Resources" => resources,
            "Contents" => contents[at],
            "StructParents" => at as i64,
        };
        if !notes[at].is_empty() {
            page.set("Tabs", "S");
            page.set("Annots", notes[at].iter().map(|note| note.id.into()).collect::<Vec<_>>());
        }
        objects.put(pages[at], page);
    }
    let count = pages.len() as i64;
    let kids = pages.iter().copied().map(Object::from).collect::<Vec<_>>();
    objects.put(tree, dictionary! { "Type" => "Pages", "Count" => count, "Kids" => kids });
    let fields = annotations::put(&mut notes, &numbers, &mut objects);
    let about = metadata::describe(info, &mut objects);
    let mut whole = dictionary! { "Type" => "Catalog", "Pages" => tree };
    metadata::complete(&mut whole, &about, root, outline, fields);
    objects.put(catalog, whole);
    let (bytes, deflater) = objects.finish(catalog, about.info);
    cache.deflater = Some(deflater);
    Ok(bytes)
}

/// What draws pages, and the fonts that it has drawn with.
struct PageWriter<'a> {
    setter: &'a Setter<'a>,
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
            let font = font::for_printpdf(self.setter.faces.get(face), &cut.subset);
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
                let typeface = self.setter.faces.get(face);
                let font = font::complete(font.clone(), pdf, typeface, &cut.subset, self.objects);
                self.fonts.set(name, font);
            }
        }
    }
}

/// The marked sequences of all pages, each with what lies on it.
fn shown(printed: &[PageContent], notes: &[Vec<Annotation>]) -> Vec<PageSequence> {
    let mut all = Vec::with_capacity(printed.iter().map(|page| page.marked.len()).sum());
    for (page, (printed, notes)) in printed.iter().zip(notes).enumerate() {
        let start = all.len();
        all.extend(printed.marked.iter().enumerate().map(|(number, marked)| PageSequence {
            part: marked.part,
            piece: marked.piece,
            span: marked.span,
            page,
            number,
            annotations: Vec::new(),
        }));
        for note in notes {
            all[start + note.marked].annotations.push(note.id);
        }
    }
    all
}
