//! A schema -> what each field of a kind of file is: its label, its kind, its choices.
//!
//! In: the schemas, which editors read as well. Out: [`Shape`]s in the order in which the schema has them. Not here: what
//! stands in a file.

use serde::Serialize;

use super::Schema;
use crate::{
    diagnostic::{Faults, Sources},
    yaml::{self, Data, Key, Node},
};

/// How a field is filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FieldKind {
    /// A line of text.
    Text,
    /// Text of several lines, with variables.
    Prose,
    /// One of a few words.
    Choice,
    /// A date.
    Date,
    /// A date, or what it follows from: `E-60`, `{at: deployment, offset: -4wd}`.
    Rule,
    /// A whole number.
    Number,
    /// true or false.
    Flag,
    /// The name of something that stands elsewhere.
    Name,
    /// A file beside this one.
    File,
    /// Items one below the other; one may stand alone.
    List,
    /// Entries, each under a name of its own.
    Table,
    /// Keys with values.
    Keys,
}

/// What a field is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shape {
    /// What a form calls it.
    pub label: String,
    /// What stands there, with an example.
    pub help: String,
    /// How it is filled in.
    pub kind: FieldKind,
    /// What its names are the names of: letterheads, people, dates.
    pub of: Option<String>,
    /// The words that can stand there.
    pub choices: Vec<String>,
    /// Whether it must be filled in.
    pub is_required: bool,
    /// When it must be filled in, if that depends on other fields: "yes, or `template`".
    pub needed: Option<String>,
    /// Its keys, or those of each of its items or entries.
    pub keys: Vec<(String, Shape)>,
}

/// The keys of a kind of file; `archived` asks for those of a memo that exists as a file only.
pub fn shapes(schema: &Schema, archived: bool) -> Vec<(String, Shape)> {
    let source = Sources::default().add("", "");
    let Some(root) = yaml::read(source, schema.text, &mut Faults::default()) else { return Vec::new() };
    let reader = SchemaReader { root: &root };
    let branch = if archived { "then" } else { "else" };
    let top = value(&root, branch).map_or(&root, |branch| reader.resolved(branch));
    reader.keys(top)
}

/// Reads the schema's tree; JSON is YAML.
struct SchemaReader<'n> {
    root: &'n Node,
}

impl<'n> SchemaReader<'n> {
    /// What a reference leads to; else the node itself.
    fn resolved(&self, node: &'n Node) -> &'n Node {
        let name = text(node, "$ref").and_then(|path| path.rsplit('/').next());
        let there = name.and_then(|name| value(value(self.root, "definitions")?, name));
        there.map_or(node, |there| self.resolved(there))
    }

    /// What a node says of itself, or else what it refers to.
    fn words(&self, node: &'n Node, key: &str) -> Option<&'n str> {
        text(node, key).or_else(|| {
            let name = text(node, "$ref")?.rsplit('/').next()?;
            self.words(value(value(self.root, "definitions")?, name)?, key)
        })
    }

    fn keys(&self, node: &'n Node) -> Vec<(String, Shape)> {
        let required: Vec<&str> = value(node, "required").map(texts).unwrap_or_default();
        let Some(Data::Map(properties)) = value(node, "properties").map(|node| &node.data) else {
            return Vec::new();
        };
        let shape = |(key, property): &'n (Key, Node)| {
            let shape = self.shape(property, required.contains(&key.text.as_str()));
            (key.text.clone(), shape)
        };
        properties.iter().map(shape).collect()
    }

    fn shape(&self, property: &'n Node, is_required: bool) -> Shape {
        let there = self.resolved(property);
        let words = |key: &str| self.words(property, key).unwrap_or_default().to_owned();
        let kind = kind(&words("kind"));
        let keys = match kind {
            FieldKind::List | FieldKind::Table | FieldKind::Keys => self.inner(there).unwrap_or_default(),
            _ => Vec::new(),
        };
        Shape {
            label: words("label"),
            help: words("description"),
            kind,
            of: text(property, "of").map(str::to_owned),
            choices: value(there, "enum")
                .map(texts)
                .unwrap_or_default()
                .into_iter()
                .map(str::to_owned)
                .collect(),
            is_required,
            needed: text(property, "needed").map(str::to_owned),
            keys,
        }
    }

    /// The keys of what a list or table holds, wherever the schema says it.
    fn inner(&self, node: &'n Node) -> Option<Vec<(String, Shape)>> {
        let node = self.resolved(node);
        if value(node, "properties").is_some() {
            return Some(self.keys(node));
        }
        let inside = ["additionalProperties", "items"].into_iter().find_map(|key| value(node, key));
        if let Some(found) = inside.and_then(|inside| self.inner(inside)) {
            return Some(found);
        }
        let Some(Data::List(ways)) = value(node, "anyOf").map(|node| &node.data) else { return None };
        // A rule is filled in as one field.
        let ways = ways.iter().filter(|way| !text(way, "$ref").is_some_and(|path| path.ends_with("/day")));
        ways.into_iter().find_map(|way| self.inner(way))
    }
}

fn kind(word: &str) -> FieldKind {
    match word {
        "prose" => FieldKind::Prose,
        "choice" => FieldKind::Choice,
        "date" => FieldKind::Date,
        "rule" => FieldKind::Rule,
        "number" => FieldKind::Number,
        "flag" => FieldKind::Flag,
        "name" => FieldKind::Name,
        "file" => FieldKind::File,
        "list" => FieldKind::List,
        "table" => FieldKind::Table,
        "keys" => FieldKind::Keys,
        _ => FieldKind::Text,
    }
}

fn value<'n>(node: &'n Node, key: &str) -> Option<&'n Node> {
    match &node.data {
        Data::Map(entries) => entries.iter().find(|(there, _)| there.text == key).map(|(_, node)| node),
        _ => None,
    }
}

fn text<'n>(node: &'n Node, key: &str) -> Option<&'n str> {
    match &value(node, key)?.data {
        Data::Text(text) => Some(text),
        _ => None,
    }
}

fn texts(node: &Node) -> Vec<&str> {
    match &node.data {
        Data::List(items) => items
            .iter()
            .filter_map(|item| match &item.data {
                Data::Text(text) => Some(text.as_str()),
                _ => None,
            })
            .collect(),
        _ => Vec::new(),
    }
}
