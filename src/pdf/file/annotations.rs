//! What can be clicked or filled in on a page.
//!
//! In: places on pages. Out: annotations: links to addresses and to notes, and fields (ISO 32000-1, 12.5
//! and 12.7). A link that stands on two lines has one for each. Not here: what is drawn there.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::{Dictionary, Object, ObjectId, dictionary, text_string};

use super::emit::PageContent;
use super::field;
use super::objects::Objects;
use crate::document::{Document, PartId};
use crate::pdf::glyphs::{Glyph, GlyphSpan};
use crate::pdf::pages::flow::PageFlow;
use crate::pdf::setting::frame::{Drawing, Owner, PartPiece};
use crate::pdf::setting::setter::Setter;
use crate::pdf::theme::Theme;

/// An annotation on its way into the file.
pub struct Annotation {
    pub id: ObjectId,
    /// The number of the marked sequence that it lies on.
    pub marked: usize,
    about: Dictionary,
    is_field: bool,
}

/// The annotations of each page. `notes` says where notes and references stand, `headings_at` each heading
/// that is led to.
pub fn of(
    printed: &[PageContent],
    setter: &Setter,
    pages: &[ObjectId],
    notes: &NotePlaces,
    headings_at: &BTreeMap<&str, Object>,
    objects: &mut Objects,
) -> Vec<Vec<Annotation>> {
    let mut names = BTreeSet::new();
    let mut page_notes = Vec::with_capacity(printed.len());
    for (page, printed) in printed.iter().enumerate() {
        let mut found = Vec::with_capacity(printed.targets.len());
        for target in &printed.targets {
            let mut is_field = false;
            let about = match printed.marked[target.marked].span {
                GlyphSpan::Link(link) => {
                    let Some(link) = setter.links.get(link as usize) else { continue };
                    let contents = text_string(&shortened(&link.text));
                    let mut about = dictionary! { "Subtype" => "Link", "Contents" => contents };
                    match link.href.strip_prefix('#').and_then(|name| headings_at.get(name)) {
                        Some(place) => about.set("Dest", place.clone()),
                        None => {
                            let uri = Object::string_literal(address(&link.href));
                            about.set("A", dictionary! { "S" => "URI", "URI" => uri });
                        }
                    }
                    about
                }
                GlyphSpan::Note(note) => {
                    let is_back = printed.marked[target.marked].piece == PartPiece::Label;
                    let (places, words) = match is_back {
                        true => (&notes.references, "Back to the text of note"),
                        false => (&notes.notes, "Note"),
                    };
                    let Some(place) = places.get(&note) else { continue };
                    let contents = text_string(&format!("{words} {}", note + 1));
                    dictionary! { "Subtype" => "Link", "Contents" => contents, "Dest" => place.clone() }
                }
                GlyphSpan::Blank(blank) => {
                    let Some(blank) = setter.blanks.get(blank.blank as usize) else { continue };
                    is_field = true;
                    field::field(blank, target, &mut names, objects)
                }
                GlyphSpan::None | GlyphSpan::Leader => continue,
            };
            let mut about = about;
            about.set("Type", "Annot");
            about.set("P", pages[page]);
            // Printed, as the text that it lies on.
            about.set("F", 4);
            about.set("Rect", target.rect.map(Object::from).to_vec());
            about.set("Border", vec![0.into(), 0.into(), 0.into()]);
            found.push(Annotation { id: objects.reserve(), marked: target.marked, about, is_field });
        }
        page_notes.push(found);
    }
    page_notes
}

/// Puts the annotations into the file, each with the number by which it finds its element; gives the
/// fields.
pub fn put(
    notes: &mut [Vec<Annotation>],
    numbers: &BTreeMap<ObjectId, i64>,
    objects: &mut Objects,
) -> Vec<ObjectId> {
    let mut fields = Vec::new();
    for note in notes.iter_mut().flatten() {
        if let Some(&number) = numbers.get(&note.id) {
            note.about.set("StructParent", number);
        }
        objects.put(note.id, std::mem::take(&mut note.about));
        if note.is_field {
            fields.push(note.id);
        }
    }
    fields
}

/// No string of the file may be longer than 32,767 bytes (19005-2, 6.1.13), and nobody listens so long.
fn shortened(text: &str) -> String {
    text.chars().take(2000).collect()
}

/// Where notes begin and where they are referred to first, as destinations.
#[derive(Default)]
pub struct NotePlaces {
    notes: BTreeMap<u32, Object>,
    references: BTreeMap<u32, Object>,
}

impl NotePlaces {
    /// The places of a document's notes.
    pub fn find(document: &Document, flow: &PageFlow, pages: &[ObjectId], theme: &Theme) -> NotePlaces {
        let mut found = NotePlaces::default();
        if document.notes.is_empty() {
            return found;
        }
        let numbers: BTreeMap<PartId, u32> = document.notes.iter().map(|note| note.id).zip(0..).collect();
        for (&id, page) in pages.iter().zip(&flow.pages) {
            let height = theme.paper(page.sheet).1;
            for frame in &page.frames {
                let (Owner::Part(part, piece), Drawing::Text(line)) = (frame.owner, &frame.drawn) else {
                    continue;
                };
                // Above the line's letters, so that they are in sight; whole points are fine enough to jump to.
                let place = |size: f32| -> Object {
                    let top = Object::Real((height - frame.y + size).round());
                    vec![id.into(), "XYZ".into(), Object::Null, top, Object::Null].into()
                };
                match (piece, numbers.get(&part)) {
                    (PartPiece::Label, Some(&note)) => {
                        found.notes.entry(note).or_insert_with(|| place(theme.note.size));
                    }
                    _ => {
                        for note in line.iter().filter_map(note_of) {
                            found.references.entry(note).or_insert_with(|| place(theme.body.size));
                        }
                    }
                }
            }
        }
        found
    }
}

fn note_of(glyph: &Glyph) -> Option<u32> {
    match glyph.span {
        GlyphSpan::Note(note) => Some(note),
        _ => None,
    }
}

/// Where each heading begins that links lead to, as a destination, by its name.
pub fn heading_places<'d>(
    document: &'d Document,
    flow: &PageFlow,
    pages: &[ObjectId],
    theme: &Theme,
) -> BTreeMap<&'d str, Object> {
    let mut found = BTreeMap::new();
    for (name, part) in &document.targets {
        let Some(placed) = flow.headings.iter().find(|placed| placed.heading.part == *part) else { continue };
        let height = theme.paper(flow.pages[placed.page].sheet).1;
        let top = Object::Real((height - placed.y).round());
        let place = vec![pages[placed.page].into(), "XYZ".into(), Object::Null, top, Object::Null];
        found.insert(name.as_str(), place.into());
    }
    found
}

/// An address in a PDF is ASCII: all else is written as its bytes, percent-encoded.
fn address(href: &str) -> String {
    let mut out = String::with_capacity(href.len());
    for byte in href.bytes() {
        match byte {
            b'!'..=b'~' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}
