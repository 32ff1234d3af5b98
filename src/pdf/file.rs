//! Pages -> the bytes of a PDF.
//!
//! In: pages, the sorts they use, what the document says of itself. Out: bytes. printpdf makes the
//! objects of pages and fonts; what it leaves out or says wrong is set right here. Not here: layout.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};
use printpdf::{FontId, PdfDocument, PdfPage, PdfSaveOptions, Pt};

use super::annotations::{self, Places};
use super::emit::{Printed, Style, print};
use super::face::Faces;
use super::flow::Flow;
use super::font::{self, Cut, Subsets};
use super::objects::Objects;
use super::tags::{self, Shown, Tree};
use super::text::Setter;
use super::theme::Theme;
use super::{Fault, Info, metadata, outline, picture};
use crate::document;

type Cuts = BTreeMap<document::Face, Cut>;

/// Writes pages as a PDF.
///
/// # Errors
/// [`Fault::BadFace`] if a face cannot be embedded.
pub fn write(
    document: &document::Document,
    flow: &Flow,
    setter: &Setter,
    info: &Info,
    subsets: &mut Subsets,
) -> Result<Vec<u8>, Fault> {
    let theme = setter.theme;
    let mut cuts = Cuts::new();
    for (&face, sorts) in &setter.case.faces {
        cuts.insert(face, subsets.cut(face, setter.faces.get(face), sorts)?);
    }
    let style = Style { theme, case: &setter.case, cuts: &cuts, fields: info.fields };
    let mut printed: Vec<Printed> = flow.pages.iter().map(|page| print(page, style)).collect();
    let mut pdf = drawn(flow, &mut printed, theme, setter.faces, &cuts);

    let pages: Vec<ObjectId> = pdf.page_iter().collect();
    let mut objects = Objects::new(pdf.max_id);
    let places = Places { pages: &pages, flow, notes: &document.notes, theme };
    let mut notes = annotations::of(&printed, setter, places, &mut objects);
    let mut tree = Tree::new(&mut objects, &pages, shown(&printed, &notes));
    let root = tags::tag(document, info, &mut tree);
    let numbers: BTreeMap<ObjectId, i64> = tree.annotation_numbers().collect();
    for (at, (&id, page)) in pages.iter().zip(&flow.pages).enumerate() {
        let Ok(dictionary) = pdf.get_dictionary_mut(id) else { continue };
        let (width, height) = theme.paper(page.sheet);
        dictionary.set("MediaBox", vec![0.into(), 0.into(), width.into(), height.into()]);
        dictionary.set("StructParents", at as i64);
        if !notes[at].is_empty() {
            dictionary.set("Tabs", "S");
            dictionary.set("Annots", notes[at].iter().map(|note| note.id.into()).collect::<Vec<_>>());
        }
    }
    let fields = annotations::put(&mut notes, &numbers, &mut objects);
    let outline = outline::add(&mut objects, flow, &pages, theme);
    let about = metadata::describe(info, &mut objects);
    if let Ok(catalog) = pdf.catalog_mut() {
        metadata::complete(catalog, info, &about, root, outline, fields);
    }
    let catalog = pdf.trailer.get(b"Root").and_then(Object::as_reference).unwrap_or_default();
    for (id, object) in pdf.objects {
        objects.put(id, object);
    }
    Ok(objects.finish(catalog, about.info))
}

/// The pages and fonts as printpdf makes them, and nothing that it says by itself.
fn drawn(flow: &Flow, printed: &mut [Printed], theme: &Theme, faces: &Faces, cuts: &Cuts) -> Document {
    let mut source = PdfDocument::new("");
    for (&face, cut) in cuts {
        let name = FontId(font::resource(face).to_owned());
        source.resources.fonts.map.insert(name, font::for_printpdf(faces.get(face), &cut.subset));
    }
    for (page, printed) in flow.pages.iter().zip(printed) {
        let (width, height) = theme.paper(page.sheet);
        let ops = std::mem::take(&mut printed.ops);
        source.pages.push(PdfPage::new(Pt(width).into(), Pt(height).into(), ops));
    }
    let mut pdf = source.to_lopdf_document(&PdfSaveOptions::default(), &mut Vec::new());
    let pages: Vec<ObjectId> = pdf.page_iter().collect();
    let fonts = complete_fonts(&mut pdf, &pages, faces, cuts);
    let mut resources = fonts.map_or_else(Dictionary::new, |id| dictionary! { "Font" => id });
    let pictures = picture::shown(&flow.pages, &mut pdf);
    if !pictures.is_empty() {
        resources.set("XObject", pictures);
    }
    let resources = pdf.add_object(resources);
    for id in pages {
        if let Ok(page) = pdf.get_dictionary_mut(id) {
            // Both are the same as the media box, as they are when nothing is said.
            page.remove(b"TrimBox");
            page.remove(b"CropBox");
            page.remove(b"Annots");
            page.set("Resources", resources);
        }
    }
    if let Ok(catalog) = pdf.catalog_mut() {
        catalog.remove(b"PageLayout");
        catalog.remove(b"PageMode");
    }
    pdf.trailer.remove(b"Info");
    pdf.prune_objects();
    pdf.renumber_objects();
    pdf
}

/// Completes the fonts, and gives the dictionary of all.
fn complete_fonts(pdf: &mut Document, pages: &[ObjectId], faces: &Faces, cuts: &Cuts) -> Option<ObjectId> {
    let page = pdf.get_dictionary(*pages.first()?).ok()?;
    let resources = page.get(b"Resources").and_then(Object::as_reference).ok()?;
    let fonts = pdf.get_dictionary(resources).and_then(|all| all.get(b"Font")).ok()?.as_reference().ok()?;
    for (&face, cut) in cuts {
        let all = pdf.get_dictionary(fonts).ok()?;
        if let Ok(id) = all.get(font::resource(face).as_bytes()).and_then(Object::as_reference) {
            font::complete(pdf, id, faces.get(face), &cut.subset);
        }
    }
    Some(fonts)
}

/// The marked sequences of all pages, each with what lies on it.
fn shown(printed: &[Printed], notes: &[Vec<annotations::Annotation>]) -> Vec<Shown> {
    let mut all = Vec::with_capacity(printed.iter().map(|page| page.marked.len()).sum());
    for (page, (printed, notes)) in printed.iter().zip(notes).enumerate() {
        let start = all.len();
        all.extend(printed.marked.iter().enumerate().map(|(number, marked)| Shown {
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
