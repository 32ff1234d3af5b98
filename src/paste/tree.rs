//! HTML -> a tree.
//!
//! In: HTML within bounds. Out: [`HtmlTree`], elements and texts in one list, as a browser would nest them; or none
//! if they are nested deeper than any text is. Not here: what elements mean.

use std::{borrow::Cow, cell::RefCell, rc::Rc};

use html5ever::{
    Attribute, ExpandedName, LocalName, QualName,
    interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink},
    parse_document,
    tendril::{StrTendril, TendrilSink},
};

use super::{
    bounds::{DEEPEST, MOST_NODES, STRETCH},
    sheet::PastedSheet,
};

/// The elements and texts of some HTML.
pub(super) struct HtmlTree {
    nodes: Vec<HtmlNode>,
    sheet: PastedSheet,
}

/// A node's place in the tree.
pub(super) type NodeId = usize;

/// What a node is.
pub(super) enum NodeKind {
    Element(Rc<QualName>, Vec<Attribute>),
    Text(StrTendril),
    /// The document, a comment, or the like.
    Other,
}

struct HtmlNode {
    kind: NodeKind,
    parent: Option<NodeId>,
    before: Option<NodeId>,
    after: Option<NodeId>,
    first: Option<NodeId>,
    last: Option<NodeId>,
    depth: usize,
}

impl HtmlTree {
    /// Reads HTML; `None` if it goes too deep, or unfolds into too much.
    pub fn read(html: &str) -> Option<HtmlTree> {
        let mut parser = parse_document(Sink::new(), Default::default());
        let mut rest = html;
        // In stretches, so that what goes too deep is left before it takes time.
        while !rest.is_empty() {
            let end = rest.ceil_char_boundary(STRETCH.min(rest.len()));
            parser.process(StrTendril::from_slice(&rest[..end]));
            rest = &rest[end..];
            let sink = &parser.tokenizer.sink.sink;
            if sink.is_too_much() {
                return None;
            }
        }
        let mut tree = parser.finish();
        let styles = (0..tree.nodes.len()).filter(|id| tree.name(*id) == "style");
        let css: String = styles.map(|id| tree.words(id) + "\n").collect();
        tree.sheet = PastedSheet::read(&css);
        (tree.deepest() <= DEEPEST).then_some(tree)
    }

    /// What it says of classes.
    pub fn sheet(&self) -> &PastedSheet {
        &self.sheet
    }

    /// The node that holds all others.
    pub fn root(&self) -> NodeId {
        0
    }

    pub fn kind(&self, id: NodeId) -> &NodeKind {
        &self.nodes[id].kind
    }

    /// The name of an element; empty for everything else.
    pub fn name(&self, id: NodeId) -> &str {
        match &self.nodes[id].kind {
            NodeKind::Element(name, _) => &name.local,
            _ => "",
        }
    }

    /// An attribute of an element, if it has it.
    pub fn attribute(&self, id: NodeId, name: &str) -> Option<&str> {
        let NodeKind::Element(_, attributes) = &self.nodes[id].kind else { return None };
        attributes.iter().find(|attribute| &*attribute.name.local == name).map(|attribute| &*attribute.value)
    }

    /// What a node holds, in order.
    pub fn children(&self, id: NodeId) -> impl Iterator<Item = NodeId> {
        std::iter::successors(self.nodes[id].first, |child| self.nodes[*child].after)
    }

    /// The words of a node and of everything in it.
    pub fn words(&self, id: NodeId) -> String {
        let mut words = String::new();
        let mut open = vec![id];
        while let Some(id) = open.pop() {
            if let NodeKind::Text(text) = &self.nodes[id].kind {
                words.push_str(text);
            }
            let first = open.len();
            open.extend(self.children(id));
            open[first..].reverse();
        }
        words
    }

    fn deepest(&self) -> usize {
        let mut deepest = 0;
        let mut open = vec![(self.root(), 0)];
        while let Some((id, depth)) = open.pop() {
            deepest = deepest.max(depth);
            open.extend(self.children(id).map(|child| (child, depth + 1)));
        }
        deepest
    }

    fn add(&mut self, kind: NodeKind) -> NodeId {
        self.nodes.push(HtmlNode {
            kind,
            parent: None,
            before: None,
            after: None,
            first: None,
            last: None,
            depth: 0,
        });
        self.nodes.len() - 1
    }

    fn detach(&mut self, id: NodeId) {
        let HtmlNode { parent, before, after, .. } = self.nodes[id];
        let Some(parent) = parent else { return };
        match before {
            Some(before) => self.nodes[before].after = after,
            None => self.nodes[parent].first = after,
        }
        match after {
            Some(after) => self.nodes[after].before = before,
            None => self.nodes[parent].last = before,
        }
        let node = &mut self.nodes[id];
        (node.parent, node.before, node.after) = (None, None, None);
    }

    /// Puts a node before another one in its parent; at the parent's end, if there is none.
    fn insert(&mut self, parent: NodeId, after: Option<NodeId>, id: NodeId) {
        self.detach(id);
        let before = after.map_or(self.nodes[parent].last, |after| self.nodes[after].before);
        match before {
            Some(before) => self.nodes[before].after = Some(id),
            None => self.nodes[parent].first = Some(id),
        }
        match after {
            Some(after) => self.nodes[after].before = Some(id),
            None => self.nodes[parent].last = Some(id),
        }
        let depth = self.nodes[parent].depth + 1;
        let node = &mut self.nodes[id];
        (node.parent, node.before, node.after, node.depth) = (Some(parent), before, after, depth);
    }

    fn insert_or_join(&mut self, parent: NodeId, after: Option<NodeId>, child: NodeOrText<Handle>) -> usize {
        let before = after.map_or(self.nodes[parent].last, |after| self.nodes[after].before);
        let id = match child {
            NodeOrText::AppendNode(handle) => handle.id,
            NodeOrText::AppendText(text) => {
                if let Some(HtmlNode { kind: NodeKind::Text(joined), .. }) =
                    before.map(|before| &mut self.nodes[before])
                {
                    joined.push_tendril(&text);
                    return 0;
                }
                self.add(NodeKind::Text(text))
            }
        };
        self.insert(parent, after, id);
        self.nodes[id].depth
    }
}

/// A node with its name, which the parser asks for all the time.
#[derive(Clone)]
struct Handle {
    id: NodeId,
    name: Rc<QualName>,
    /// What a `<template>` holds.
    inner: Option<NodeId>,
}

/// What the parser builds the tree through.
struct Sink {
    tree: RefCell<HtmlTree>,
    deepest: RefCell<usize>,
    /// The name of what has none.
    nameless: Rc<QualName>,
}

impl Sink {
    fn new() -> Sink {
        let mut tree = HtmlTree { nodes: Vec::new(), sheet: PastedSheet::default() };
        tree.add(NodeKind::Other);
        let nameless = Rc::new(QualName::new(None, html5ever::Namespace::default(), LocalName::default()));
        Sink { tree: RefCell::new(tree), deepest: RefCell::new(0), nameless }
    }

    fn is_too_much(&self) -> bool {
        *self.deepest.borrow() > DEEPEST || self.tree.borrow().nodes.len() > MOST_NODES
    }

    fn handle(&self, id: NodeId) -> Handle {
        Handle { id, name: Rc::clone(&self.nameless), inner: None }
    }

    fn place(&self, parent: NodeId, after: Option<NodeId>, child: NodeOrText<Handle>) {
        let depth = self.tree.borrow_mut().insert_or_join(parent, after, child);
        let mut deepest = self.deepest.borrow_mut();
        *deepest = depth.max(*deepest);
    }
}

impl TreeSink for Sink {
    type Handle = Handle;
    type Output = HtmlTree;
    type ElemName<'a> = ExpandedName<'a>;

    fn finish(self) -> HtmlTree {
        self.tree.into_inner()
    }

    fn parse_error(&self, _message: Cow<'static, str>) {}

    fn set_quirks_mode(&self, _mode: QuirksMode) {}

    fn get_document(&self) -> Handle {
        self.handle(0)
    }

    fn elem_name<'a>(&'a self, target: &'a Handle) -> ExpandedName<'a> {
        target.name.expanded()
    }

    fn same_node(&self, x: &Handle, y: &Handle) -> bool {
        x.id == y.id
    }

    fn create_element(&self, name: QualName, attrs: Vec<Attribute>, flags: ElementFlags) -> Handle {
        let name = Rc::new(name);
        let mut tree = self.tree.borrow_mut();
        let id = tree.add(NodeKind::Element(Rc::clone(&name), attrs));
        let inner = flags.template.then(|| tree.add(NodeKind::Other));
        Handle { id, name, inner }
    }

    fn create_comment(&self, _text: StrTendril) -> Handle {
        self.handle(self.tree.borrow_mut().add(NodeKind::Other))
    }

    fn create_pi(&self, _target: StrTendril, _data: StrTendril) -> Handle {
        self.handle(self.tree.borrow_mut().add(NodeKind::Other))
    }

    fn get_template_contents(&self, target: &Handle) -> Handle {
        self.handle(target.inner.unwrap_or(target.id))
    }

    fn append(&self, parent: &Handle, child: NodeOrText<Handle>) {
        self.place(parent.id, None, child);
    }

    fn append_before_sibling(&self, sibling: &Handle, child: NodeOrText<Handle>) {
        let parent = self.tree.borrow().nodes[sibling.id].parent;
        if let Some(parent) = parent {
            self.place(parent, Some(sibling.id), child);
        }
    }

    fn append_based_on_parent_node(
        &self,
        element: &Handle,
        prev_element: &Handle,
        child: NodeOrText<Handle>,
    ) {
        let has_parent = self.tree.borrow().nodes[element.id].parent.is_some();
        if has_parent {
            self.append_before_sibling(element, child);
        } else {
            self.append(prev_element, child);
        }
    }

    fn append_doctype_to_document(&self, _name: StrTendril, _public: StrTendril, _system: StrTendril) {}

    fn add_attrs_if_missing(&self, target: &Handle, attrs: Vec<Attribute>) {
        if let NodeKind::Element(_, own) = &mut self.tree.borrow_mut().nodes[target.id].kind {
            let missing: Vec<Attribute> =
                attrs.into_iter().filter(|new| !own.iter().any(|old| old.name == new.name)).collect();
            own.extend(missing);
        }
    }

    fn remove_from_parent(&self, target: &Handle) {
        self.tree.borrow_mut().detach(target.id);
    }

    fn reparent_children(&self, node: &Handle, new_parent: &Handle) {
        let mut tree = self.tree.borrow_mut();
        while let Some(child) = tree.nodes[node.id].first {
            tree.insert(new_parent.id, None, child);
        }
    }
}
