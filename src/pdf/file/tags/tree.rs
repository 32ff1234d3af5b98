//! The elements of the tree of tags, as objects.
//!
//! In: elements, children before parents; marked sequences and annotations. Out: objects, the tree that
//! leads from a sequence back to its element, and the list of named elements (ISO 32000-1, 14.7.2 to
//! 14.7.4). An element is printed as soon as its children are known: a table of 10,000 rows has 80,000
//! of them. Not here: which element a block is.

use std::collections::BTreeMap;

use lopdf::{Object, ObjectId, StringFormat, dictionary};

use crate::document::PartId;
use crate::pdf::file::objects::{Objects, print};
use crate::pdf::glyphs::GlyphSpan;
use crate::pdf::setting::frame::PartPiece;

/// A marked sequence of a page that shows a part of the document.
#[derive(Debug, Clone, PartialEq)]
pub struct PageSequence {
    pub part: PartId,
    pub piece: PartPiece,
    pub span: GlyphSpan,
    /// Counted from 0.
    pub page: usize,
    /// Its number on the page.
    pub number: usize,
    /// What lies on it and can be clicked or filled in.
    pub annotations: Vec<ObjectId>,
}

/// What an element holds.
#[derive(Debug, Clone, Copy)]
pub enum Kid {
    Element(ObjectId),
    /// A marked sequence.
    Sequence {
        page: usize,
        number: usize,
    },
    Annotation {
        page: usize,
        id: ObjectId,
    },
}

pub type Kids = Vec<Kid>;

/// What an element is.
pub struct Tag {
    pub name: &'static str,
    /// As they are printed: "/O/Table/Scope/Row"; empty if there are none.
    pub attributes: String,
    pub id: Option<Object>,
    /// What is read aloud in its place.
    pub alternative: Option<Object>,
}

impl Tag {
    pub fn plain(name: &'static str) -> Tag {
        Tag { name, attributes: String::new(), id: None, alternative: None }
    }
}

/// The tree in the making.
pub struct TagTree<'a> {
    objects: &'a mut Objects,
    pages: &'a [ObjectId],
    /// In the order of parts and pieces.
    shown: Vec<PageSequence>,
    /// For each page, the elements of its sequences.
    owners: Vec<Vec<Option<ObjectId>>>,
    /// The annotations in the order of the numbers by which they find their elements, and these.
    annotations: Vec<(ObjectId, ObjectId)>,
    names: Vec<(Object, ObjectId)>,
}

impl<'a> TagTree<'a> {
    pub fn new(objects: &'a mut Objects, pages: &'a [ObjectId], mut shown: Vec<PageSequence>) -> TagTree<'a> {
        let mut owners = vec![Vec::new(); pages.len()];
        for sequence in &shown {
            // Filled when the elements close: which shows what is not known yet.
            let count = owners[sequence.page].len().max(sequence.number + 1);
            owners[sequence.page].resize(count, None);
        }
        // To be found by their part; those of one part stay in reading order.
        shown.sort_by_key(|sequence| (sequence.part, sequence.piece));
        TagTree { objects, pages, shown, owners, annotations: Vec::new(), names: Vec::new() }
    }

    /// A number for an element whose children come first.
    pub fn open(&mut self) -> ObjectId {
        self.objects.reserve()
    }

    /// Prints an element.
    pub fn close(&mut self, id: ObjectId, parent: ObjectId, tag: &Tag, kids: &[Kid]) -> Kid {
        for kid in kids {
            match *kid {
                Kid::Sequence { page, number } => self.owners[page][number] = Some(id),
                Kid::Annotation { id: annotation, .. } => self.annotations.push((annotation, id)),
                Kid::Element(_) => {}
            }
        }
        let page_of = |kid: &Kid| match *kid {
            Kid::Sequence { page, .. } => Some(page),
            _ => None,
        };
        // Named once, so that each sequence on this page is only a number.
        let own_page = kids.iter().find_map(page_of);
        let pages = self.pages;
        self.objects.write(id, |bytes| {
            put(bytes, format_args!("<</S/{}/P {} 0 R", tag.name, parent.0));
            if !tag.attributes.is_empty() {
                put(bytes, format_args!("/A<<{}>>", tag.attributes));
            }
            for (key, text) in [("/ID", &tag.id), ("/Alt", &tag.alternative)] {
                if let Some(text) = text {
                    bytes.extend_from_slice(key.as_bytes());
                    print(bytes, text.clone());
                }
            }
            if let Some(page) = own_page {
                put(bytes, format_args!("/Pg {} 0 R", pages[page].0));
            }
            if !kids.is_empty() {
                bytes.extend_from_slice(b"/K[");
                for kid in kids {
                    match *kid {
                        Kid::Element(kid) => put(bytes, format_args!("{} 0 R ", kid.0)),
                        Kid::Sequence { page, number } if Some(page) == own_page => {
                            put(bytes, format_args!("{number} "));
                        }
                        Kid::Sequence { page, number } => {
                            let page = pages[page].0;
                            put(bytes, format_args!("<</Type/MCR/Pg {page} 0 R/MCID {number}>>"));
                        }
                        Kid::Annotation { page, id } => {
                            let (page, id) = (pages[page].0, id.0);
                            put(bytes, format_args!("<</Type/OBJR/Pg {page} 0 R/Obj {id} 0 R>>"));
                        }
                    }
                }
                bytes.push(b']');
            }
            bytes.extend_from_slice(b">>");
        });
        Kid::Element(id)
    }

    /// The first part that refers to each note.
    pub fn references(&self) -> BTreeMap<u32, PartId> {
        let mut first = BTreeMap::new();
        for sequence in self.shown.iter().filter(|sequence| sequence.piece != PartPiece::Label) {
            if let GlyphSpan::Note(note) = sequence.span {
                first.entry(note).or_insert(sequence.part);
            }
        }
        first
    }

    /// The lines of a part that its author ended and that show something, in order.
    pub fn lines(&self, part: PartId) -> Vec<PartPiece> {
        let start = self.shown.partition_point(|s| (s.part, s.piece) < (part, PartPiece::Body));
        let of_part = self.shown[start..].iter().take_while(|s| s.part == part).map(|s| s.piece);
        let mut lines: Vec<PartPiece> =
            of_part.filter(|piece| matches!(piece, PartPiece::Body | PartPiece::Line(_))).collect();
        lines.dedup();
        lines
    }

    /// Whether anything shows a piece of a part.
    pub fn shows(&self, part: PartId, piece: PartPiece) -> bool {
        !self.find(part, piece).is_empty()
    }

    fn find(&self, part: PartId, piece: PartPiece) -> std::ops::Range<usize> {
        let start = self.shown.partition_point(|s| (s.part, s.piece) < (part, piece));
        let count = self.shown[start..].iter().take_while(|s| (s.part, s.piece) == (part, piece)).count();
        start..start + count
    }

    /// What shows a piece of a part, in reading order: text, and elements for the links, the numbers
    /// of notes and the fields in it.
    pub fn text(&mut self, part: PartId, piece: PartPiece, parent: ObjectId) -> Kids {
        let range = self.find(part, piece);
        let mut kids = Kids::with_capacity(range.len());
        let mut at = range.start;
        while at < range.end {
            let span = self.shown[at].span;
            let end = (at..range.end).find(|&i| self.shown[i].span != span).unwrap_or(range.end);
            let mut inner = Kids::new();
            for PageSequence { page, number, .. } in &self.shown[at..end] {
                inner.push(Kid::Sequence { page: *page, number: *number });
            }
            // A form holds its field and nothing else (14289-1, 7.18.4).
            if matches!(span, GlyphSpan::Blank(_)) {
                kids.append(&mut inner);
            }
            for PageSequence { page, annotations, .. } in &self.shown[at..end] {
                inner.extend(annotations.iter().map(|&id| Kid::Annotation { page: *page, id }));
            }
            match span {
                GlyphSpan::None | GlyphSpan::Leader => kids.append(&mut inner),
                GlyphSpan::Link(_) => kids.push(self.around("Link", parent, &inner)),
                GlyphSpan::Blank(_) => kids.push(self.around("Form", parent, &inner)),
                // From the note back to its place.
                GlyphSpan::Note(_) if piece == PartPiece::Label => {
                    kids.push(self.around("Link", parent, &inner));
                }
                GlyphSpan::Note(_) => {
                    let reference = self.open();
                    let link = self.around("Link", reference, &inner);
                    kids.push(self.close(reference, parent, &Tag::plain("Reference"), &[link]));
                }
            }
            at = end;
        }
        kids
    }

    fn around(&mut self, name: &'static str, parent: ObjectId, kids: &[Kid]) -> Kid {
        let id = self.open();
        self.close(id, parent, &Tag::plain(name), kids)
    }

    /// A name for an element, which no other has (14289-1, 7.9).
    pub fn name(&mut self, kind: &str, id: ObjectId) -> Object {
        let name = format!("{kind}{:05}", self.names.len() + 1);
        let name = Object::String(name.into_bytes(), StringFormat::Literal);
        self.names.push((name.clone(), id));
        name
    }

    /// Prints the root.
    pub fn finish(&mut self, root: ObjectId, kid: Kid) {
        let mut numbers = Vec::new();
        let owners = std::mem::take(&mut self.owners);
        for (page, owners) in (0_i64..).zip(owners) {
            let owners: Vec<Object> =
                owners.into_iter().map(|owner| owner.map_or(Object::Null, Object::Reference)).collect();
            let list = self.objects.add(owners);
            numbers.extend([page.into(), list.into()]);
        }
        // Pages and annotations find their elements in one list, so their numbers go on from each other.
        let first = self.pages.len() as i64;
        for (number, (_, element)) in (first..).zip(&self.annotations) {
            numbers.extend([number.into(), (*element).into()]);
        }
        let next = first + self.annotations.len() as i64;
        let parents = self.objects.add(dictionary! { "Nums" => numbers });
        let mut about = dictionary! {
            "Type" => "StructTreeRoot",
            "ParentTree" => parents,
            "ParentTreeNextKey" => next,
        };
        if let Kid::Element(document) = kid {
            about.set("K", document);
        }
        if !self.names.is_empty() {
            let names = self.names.drain(..).flat_map(|(name, id)| [name, id.into()]).collect::<Vec<_>>();
            about.set("IDTree", dictionary! { "Names" => names });
        }
        self.objects.put(root, about);
    }

    /// The number by which each annotation finds its element, to be said in it.
    pub fn annotation_numbers(&self) -> impl Iterator<Item = (ObjectId, i64)> {
        let first = self.pages.len() as i64;
        (first..).zip(&self.annotations).map(|(number, (annotation, _))| (*annotation, number))
    }
}

fn put(bytes: &mut Vec<u8>, text: std::fmt::Arguments<'_>) {
    use std::io::Write as _;
    bytes.write_fmt(text).expect("writing to memory does not fail");
}
