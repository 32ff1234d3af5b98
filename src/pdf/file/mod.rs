//! Pages -> the bytes of a PDF.
//!
//! In: pages, the sorts they use, what the document says of itself. Out: bytes. What holds pages and fonts together
//! is put down here. Not here: layout, how a page is drawn.

mod annotations;
mod draw;
mod emit;
mod field;
mod font;
mod metadata;
mod objects;
mod outline;
mod picture;
mod tags;

use std::collections::BTreeMap;

use lopdf::{Dictionary, Object, ObjectId, dictionary};

use crate::document::Document;
use crate::pdf::info::Info;
use crate::pdf::pages::flow::PageFlow;
use crate::pdf::setting::setter::Setter;
use crate::pdf::unprintable::Unprintable;
use annotations::{Annotation, NotePlaces};
use draw::DrawnPages;
use emit::{PageContent, PageSetup};
use font::{DocumentFonts, Subsets};
use objects::{Deflater, Objects};
use tags::{PageSequence, TagTree};

/// What an earlier document has left that a later one need not make again.
#[derive(Default)]
pub struct FileCache {
    subsets: Subsets,
    deflater: Option<Deflater>,
}

/// Writes pages as a PDF.
///
/// # Errors
/// [`Unprintable::BadFace`] if a face cannot be embedded.
pub fn write(
    document: &Document,
    mut flow: PageFlow,
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
    // Numbers first: the catalog, the pages and the tree of tags name each other.
    let [catalog, tree] = [objects.reserve(), objects.reserve()];
    let pages: Vec<ObjectId> = flow.pages.iter().map(|_| objects.reserve()).collect();
    let notes_at = NotePlaces::find(document, &flow, &pages, theme);
    let headings_at = annotations::heading_places(document, &flow, &pages, theme);
    let outline = outline::add(&mut objects, &flow, &pages, theme);
    let pictures = picture::shown(&flow.pages, &mut objects);
    let boxes = picture::boxes(&flow.pages, theme);

    let style = PageSetup { theme, case: &setter.case, cuts: &cuts, fields: info.fields };
    let papers: Vec<(f32, f32)> = flow.pages.iter().map(|page| theme.paper(page.sheet)).collect();
    let DrawnPages { printed, contents, fonts } =
        draw::pages(std::mem::take(&mut flow.pages), &papers, style, setter.faces, &mut objects);

    let mut notes = annotations::of(&printed, setter, &pages, &notes_at, &headings_at, &mut objects);
    let mut structure = TagTree::new(&mut objects, &pages, shown(&printed, &notes));
    let root = tags::tag(document, info, &boxes, &mut structure);
    let numbers: BTreeMap<ObjectId, i64> = structure.annotation_numbers().collect();
    let mut resources = dictionary! { "Font" => objects.add(fonts) };
    if !pictures.is_empty() {
        resources.set("XObject", pictures);
    }
    let resources = objects.add(resources);
    for (at, &paper) in papers.iter().enumerate() {
        let page = page_object(at, paper, contents[at], &notes[at], [tree, resources]);
        objects.put(pages[at], page);
    }
    let count = pages.len() as i64;
    let kids = pages.iter().copied().map(Object::from).collect::<Vec<_>>();
    objects.put(tree, dictionary! { "Type" => "Pages", "Count" => count, "Kids" => kids });
    let fields = annotations::put(&mut notes, &numbers, &mut objects);
    let about = metadata::describe(info, &mut objects);
    let mut whole = dictionary! { "Type" => "Catalog", "Pages" => tree };
    metadata::complete(&mut whole, &about, root, outline, pages.len(), fields);
    objects.put(catalog, whole);
    let (bytes, deflater) = objects.finish(catalog, about.info);
    cache.deflater = Some(deflater);
    Ok(bytes)
}

/// A page, counted from 0: its paper, its content, what lies on it.
fn page_object(
    at: usize,
    (width, height): (f32, f32),
    content: ObjectId,
    notes: &[Annotation],
    [tree, resources]: [ObjectId; 2],
) -> Dictionary {
    let mut page = dictionary! {
        "Type" => "Page",
        "Parent" => tree,
        "MediaBox" => vec![0.into(), 0.into(), width.into(), height.into()],
        "Resources" => resources,
        "Contents" => content,
        "StructParents" => at as i64,
    };
    if !notes.is_empty() {
        // By structure, as 14289-1, 7.18.3 asks for.
        page.set("Tabs", "S");
        page.set("Annots", notes.iter().map(|note| note.id.into()).collect::<Vec<_>>());
    }
    page
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
