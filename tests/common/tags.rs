//! The tree of tags of a PDF, read back as a screen reader does.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Object, ObjectId};

use super::pdf::Pdf;

/// An element, or a piece of text.
pub enum Node {
    Element {
        name: String,
        attributes: String,
        kids: Vec<Node>,
    },
    Text {
        text: String,
        /// Where it stands among what the PDF shows.
        shown: Vec<usize>,
    },
    /// What can be clicked or filled in, and where it leads.
    Annotation {
        leads: String,
        page: usize,
        /// Left, bottom, right, top.
        rect: [f32; 4],
    },
}

/// Reads the tree, and holds its links in both directions against each other.
pub fn read(pdf: &Pdf) -> Node {
    let file = &pdf.file;
    let catalog = file.catalog().expect("a catalog");
    let root = catalog.get_deref(b"StructTreeRoot", file).and_then(Object::as_dict).expect("a tree");
    let mut texts: BTreeMap<(usize, i64), Vec<usize>> = BTreeMap::new();
    for (at, shown) in pdf.shown.iter().enumerate() {
        if let Some(number) = shown.sequence {
            texts.entry((shown.page, number)).or_default().push(at);
        }
    }
    let pages: BTreeMap<ObjectId, usize> = file.page_iter().zip(0..).collect();
    let mut reader = Reader { pdf, texts, pages, found: BTreeMap::new() };
    let document = root.get(b"K").and_then(Object::as_reference).expect("the document");
    let node = reader.element(document);
    assert!(reader.texts.is_empty(), "text that no element holds: {:?}", reader.texts);
    reader.check_parents(root);
    node
}

struct Reader<'a> {
    pdf: &'a Pdf,
    /// Those that no element has claimed.
    texts: BTreeMap<(usize, i64), Vec<usize>>,
    pages: BTreeMap<ObjectId, usize>,
    /// Which element holds a sequence of a page.
    found: BTreeMap<(usize, i64), ObjectId>,
}

impl Reader<'_> {
    fn element(&mut self, id: ObjectId) -> Node {
        let element = self.pdf.file.get_dictionary(id).expect("an element");
        let name = element.get(b"S").and_then(Object::as_name).expect("a type");
        let page = element.get(b"Pg").and_then(Object::as_reference).ok();
        let mut kids = Vec::new();
        let empty = Vec::new();
        for kid in element.get(b"K").and_then(Object::as_array).unwrap_or(&empty) {
            match kid {
                Object::Reference(kid) => kids.push(self.element(*kid)),
                Object::Integer(number) => {
                    let text = self.text(page.expect("a page"), *number, id);
                    kids.push(text);
                }
                Object::Dictionary(kid) => {
                    let page = kid.get(b"Pg").and_then(Object::as_reference).expect("a page");
                    match kid.get(b"Type").and_then(Object::as_name) {
                        Ok(b"MCR") => {
                            let number = kid.get(b"MCID").and_then(Object::as_i64).expect("a number");
                            let text = self.text(page, number, id);
                            kids.push(text);
                        }
                        _ => kids.push(self.annotation(kid, self.pages[&page])),
                    }
                }
                other => panic!("{other:?} in an element"),
            }
        }
        Node::Element {
            name: String::from_utf8_lossy(name).into_owned(),
            attributes: attributes(element),
            kids: joined(kids),
        }
    }

    fn text(&mut self, page: ObjectId, number: i64, owner: ObjectId) -> Node {
        let place = (self.pages[&page], number);
        assert!(self.found.insert(place, owner).is_none(), "two elements hold one sequence");
        let shown = self.texts.remove(&place).unwrap_or_default();
        let text = shown.iter().map(|&at| self.pdf.shown[at].text.as_str()).collect();
        Node::Text { text, shown }
    }

    fn annotation(&self, reference: &Dictionary, page: usize) -> Node {
        let file = &self.pdf.file;
        let note = reference.get_deref(b"Obj", file).and_then(Object::as_dict).expect("an annotation");
        assert!(note.has(b"StructParent"), "an annotation leads back to its element");
        let string = |dictionary: &Dictionary, key: &[u8]| {
            dictionary.get(key).and_then(lopdf::decode_text_string).unwrap_or_default()
        };
        let leads = match note.get(b"A").and_then(Object::as_dict) {
            Ok(action) => format!("-> {}", string(action, b"URI")),
            Err(_) if note.has(b"Dest") => "-> here".to_owned(),
            Err(_) => format!("[{}]", string(note, b"TU")),
        };
        let rect = note.get(b"Rect").and_then(Object::as_array).expect("a place");
        let rect = [0, 1, 2, 3].map(|at| rect[at].as_float().expect("a number"));
        Node::Annotation { leads, page, rect }
    }

    /// The tree that leads from a page's sequences to their elements says the same.
    fn check_parents(&self, root: &Dictionary) {
        let file = &self.pdf.file;
        let parents = root.get_deref(b"ParentTree", file).and_then(Object::as_dict).expect("parents");
        let numbers = parents.get(b"Nums").and_then(Object::as_array).expect("numbers");
        for (page, &number) in &self.pages {
            let key = file.get_dictionary(*page).and_then(|page| page.get(b"StructParents")).expect("a key");
            let at = numbers.chunks(2).find(|pair| pair[0] == *key).expect("the page's list");
            let list = file.dereference(&at[1]).expect("a list").1.as_array().expect("a list");
            for (sequence, owner) in (0..).zip(list) {
                let found = self.found.get(&(number, sequence)).copied();
                assert_eq!(owner.as_reference().ok(), found, "page {}, sequence {sequence}", number + 1);
            }
        }
    }
}

fn attributes(element: &Dictionary) -> String {
    let mut words = Vec::new();
    if let Ok(attributes) = element.get(b"A").and_then(Object::as_dict) {
        for (key, value) in attributes.iter().filter(|(key, _)| key.as_slice() != b"O") {
            let value = match value {
                Object::Name(name) => String::from_utf8_lossy(name).into_owned(),
                Object::Array(_) => "...".to_owned(),
                value => format!("{value:?}"),
            };
            words.push(format!("{}={value}", String::from_utf8_lossy(key)));
        }
    }
    if let Ok(alternative) = element.get(b"Alt").and_then(lopdf::decode_text_string) {
        words.push(format!("Alt={alternative:?}"));
    }
    words.join(" ")
}

/// Pieces of text one after the other are one.
fn joined(kids: Vec<Node>) -> Vec<Node> {
    let mut out: Vec<Node> = Vec::new();
    for kid in kids {
        match (out.last_mut(), kid) {
            (Some(Node::Text { text: before, shown }), Node::Text { text, shown: more }) => {
                before.push_str(&text);
                shown.extend(more);
            }
            (_, kid) => out.push(kid),
        }
    }
    out
}

impl Node {
    /// The tree as text: a line an element, a table's row on one line.
    pub fn print(&self) -> String {
        let mut out = String::new();
        self.put(0, &mut out);
        out
    }

    /// All text in the order of the tree.
    pub fn text(&self) -> String {
        match self {
            Node::Text { text, .. } => text.clone(),
            Node::Annotation { .. } => String::new(),
            Node::Element { kids, .. } => kids.iter().map(Node::text).collect(),
        }
    }

    /// The names of all elements, in the order of the tree.
    pub fn names(&self) -> Vec<&str> {
        match self {
            Node::Element { name, kids, .. } => {
                [name.as_str()].into_iter().chain(kids.iter().flat_map(Node::names)).collect()
            }
            _ => Vec::new(),
        }
    }

    /// The elements of a name, this one or below, in the order of the tree.
    pub fn elements(&self, wanted: &str) -> Vec<&Node> {
        let Node::Element { name, kids, .. } = self else { return Vec::new() };
        let below = kids.iter().flat_map(|kid| kid.elements(wanted));
        Some(self).filter(|_| name == wanted).into_iter().chain(below).collect()
    }

    /// Where its text stands among what the PDF shows.
    pub fn shown(&self) -> Vec<usize> {
        match self {
            Node::Text { shown, .. } => shown.clone(),
            Node::Annotation { .. } => Vec::new(),
            Node::Element { kids, .. } => kids.iter().flat_map(Node::shown).collect(),
        }
    }

    /// How many columns a row's cells stand for.
    pub fn columns(&self) -> usize {
        let Node::Element { kids, .. } = self else { panic!("a row is an element") };
        let span = |cell: &Node| match cell {
            Node::Element { attributes, .. } => match attributes.split_once("ColSpan=") {
                Some((_, count)) => count.split(' ').next().unwrap().parse().unwrap(),
                None => 1,
            },
            _ => panic!("a row holds cells"),
        };
        kids.iter().map(span).sum()
    }

    fn is_leaf(&self) -> bool {
        match self {
            Node::Element { kids, .. } => kids.iter().all(|kid| matches!(kid, Node::Text { .. })),
            _ => true,
        }
    }

    /// On one line.
    fn line(&self) -> String {
        match self {
            Node::Text { text, .. } => format!("{text:?}"),
            Node::Annotation { leads, .. } => leads.clone(),
            Node::Element { name, attributes, kids } => {
                let words = [name.clone(), attributes.clone()].into_iter().chain(kids.iter().map(Node::line));
                words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
            }
        }
    }

    fn put(&self, depth: usize, out: &mut String) {
        let indent = "  ".repeat(depth);
        let Node::Element { name, attributes, kids } = self else {
            out.push_str(&format!("{indent}{}\n", self.line()));
            return;
        };
        if self.is_leaf() {
            out.push_str(&format!("{indent}{}\n", self.line()));
        } else if name == "TR" && kids.iter().all(Node::is_leaf) {
            let cells: Vec<String> = kids.iter().map(Node::line).collect();
            out.push_str(&format!("{indent}TR {}\n", cells.join(" | ")));
        } else {
            let head = format!("{name} {attributes}");
            out.push_str(&format!("{indent}{}\n", head.trim_end()));
            kids.iter().for_each(|kid| kid.put(depth + 1, out));
        }
    }
}
