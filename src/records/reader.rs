//! One value at a time: a node of the tree -> a typed value, or a fault at its place.
//!
//! In: [`Node`]s. Out: text, ids, dates, lists; every fault goes to the sink and the reading goes
//! on with the next key. Not here: which keys a file has.

use std::sync::Arc;

use chrono::NaiveDate;

use super::{fields::Fields, words};
use crate::yaml::{Data, Node};
use crate::{
    diagnostic::{Code, Diagnostic, Faults, Help, Severity, SourceId, offered},
    model::{ById, Id, Text, date},
};

/// The keys of names, titles and what else is printed as it stands.
const NAMES: [&str; 23] = [
    "address",
    "alternative",
    "attachment_label",
    "degree",
    "division",
    "edition",
    "email",
    "entities",
    "fax",
    "name",
    "phone",
    "reason",
    "revised",
    "running_head",
    "short",
    "state",
    "step",
    "subject",
    "system",
    "tel",
    "title",
    "titles",
    "to",
];

/// Reads the values of one file.
pub(super) struct Reader<'a> {
    pub source: SourceId,
    pub faults: &'a mut Faults,
    /// A value names something whose own entry has a fault.
    pub leans_on_fault: bool,
    /// The key whose value is being read, for messages.
    key: &'static str,
    /// That key is misspelt: what stands under it is known by name only.
    misspelt: bool,
}

impl<'a> Reader<'a> {
    pub fn new(source: SourceId, faults: &'a mut Faults) -> Self {
        Reader { source, faults, leans_on_fault: false, key: "", misspelt: false }
    }

    pub fn fault(&mut self, code: Code, node: &Node, message: String, expected: &str, help: impl Into<Help>) {
        let place = self.source.at(node.range.clone());
        self.faults.push(Diagnostic::new(code, place, message).expected(expected).help(help));
    }

    fn wrong_type(&mut self, node: &Node, expected: &str, help: &str) {
        let message = if self.key.is_empty() {
            format!("the file holds {}", node.kind())
        } else {
            format!("`{}` holds {}", self.key, node.kind())
        };
        self.fault(Code::WrongType, node, message, expected, help.to_owned());
    }

    /// Reports what stands where text is expected.
    fn no_text(&mut self, node: &Node) {
        // "Please bring:" is no key: a text follows, and its bar was left out. A bracket begins before its first key.
        if let Data::Map(entries) = &node.data
            && let Some((first, _)) = entries.first()
            && first.text.contains(' ')
            && first.range.start == node.range.start
        {
            let key = self.key;
            let message = format!("a text of several lines follows `{key}:`, without a bar");
            let help = format!("write `{key}: |`, and the text below it, each line indented by two spaces");
            let expected = "lists, tables and paragraphs would run together";
            self.fault(Code::FoldedBody, node, message, expected, help);
            return;
        }
        let help = format!(
            "put text that begins with [ or {{ in quotes; for a text of several lines write `{}: |`, and the text below it",
            self.key
        );
        self.wrong_type(node, "text is expected", &help);
    }

    /// The keys of a mapping; `what` is what they describe: "a memo".
    pub fn fields<'n>(&mut self, node: &'n Node, what: &'static str) -> Option<Fields<'n>> {
        match &node.data {
            Data::Map(entries) => Some(Fields::new(what, node, entries)),
            _ => {
                let expected = format!("the keys of {what} are expected");
                self.wrong_type(node, &expected, "write `key: value` lines, indented alike");
                None
            }
        }
    }

    /// A value that must be there.
    pub fn need<T>(
        &mut self,
        fields: &mut Fields<'_>,
        key: &'static str,
        read: impl FnOnce(&Node, &mut Self) -> Option<T>,
    ) -> Option<T> {
        let filled = |node: &&Node| match &node.data {
            Data::List(items) => !items.is_empty(),
            Data::Text(text) => !text.trim().is_empty(),
            _ => true,
        };
        if let Some(node) = fields.get(key).filter(filled) {
            self.key = key;
            self.misspelt = fields.meant(key).is_some();
            return read(node, self);
        }
        fields.lack(key);
        None
    }

    /// A value that may be missing. The outer `None` is a fault.
    pub fn may<T>(
        &mut self,
        fields: &mut Fields<'_>,
        key: &'static str,
        read: impl FnOnce(&Node, &mut Self) -> Option<T>,
    ) -> Option<Option<T>> {
        match fields.get(key) {
            None => Some(None),
            Some(node) => {
                self.key = key;
                self.misspelt = fields.meant(key).is_some();
                read(node, self).map(Some)
            }
        }
    }

    /// The warnings that somebody has looked at: `accepts`, by code, with the reason. They are answered for the file and
    /// for the texts that it takes from files beside it.
    pub fn accepts(&mut self, fields: &mut Fields<'_>, beside: &[SourceId]) {
        let Some(Data::Map(entries)) = fields.get("accepts").map(|node| &node.data) else { return };
        for (key, reason) in entries {
            let warnings = Code::ALL.iter().filter(|code| code.severity() == Severity::Warning);
            self.key = "accepts";
            let Some(_) = self.text(reason) else { continue };
            match warnings.clone().find(|code| code.name() == key.text) {
                Some(code) => {
                    for source in std::iter::once(&self.source).chain(beside) {
                        self.faults.accept(*source, *code);
                    }
                }
                None => {
                    let at_key = Node { range: key.range.clone(), data: Data::Nothing };
                    let help = offered(&key.text, warnings.map(|code| code.name()));
                    let message = format!("there is no warning `{}`", key.text);
                    self.fault(Code::BadValue, &at_key, message, "the name of a warning is expected", help);
                }
            }
        }
    }

    /// Text.
    pub fn text(&mut self, node: &Node) -> Option<String> {
        match &node.data {
            Data::Text(text) => {
                self.trailing_comma(node, text);
                Some(text.trim().to_owned())
            }
            Data::Broken => None,
            _ => {
                self.no_text(node);
                None
            }
        }
    }

    /// Text that may hold template expressions, kept with its place.
    pub fn prose(&mut self, node: &Node) -> Option<Text> {
        match &node.data {
            Data::Text(text) => {
                self.trailing_comma(node, text);
                Some(Text { value: text.trim_end().to_owned(), place: self.source.at(node.range.clone()) })
            }
            Data::Broken => None,
            _ => {
                self.no_text(node);
                None
            }
        }
    }

    /// Reports a comma at the end of what is a name or a title, not a sentence that goes on.
    fn trailing_comma(&mut self, node: &Node, text: &str) {
        let Some(rest) = text.trim_end().strip_suffix([',', ';']) else { return };
        // An address of the web with a comma is an error by itself.
        if !NAMES.contains(&self.key) || rest.starts_with("http") {
            return;
        }
        let (key, last) = (self.key, rest.lines().next_back().unwrap_or_default().trim());
        let message =
            format!("`{key}` ends with `{}`, which would be printed", &text.trim_end()[rest.len()..]);
        let help = format!("take it out: {last}");
        self.fault(Code::TrailingComma, node, message, "nothing stands after a value", help);
    }

    /// `true` or `false`.
    pub fn flag(&mut self, node: &Node) -> Option<bool> {
        match self.text(node)?.as_str() {
            "true" => Some(true),
            "false" => Some(false),
            other => {
                let message = format!("`{}` is `{other}`", self.key);
                let help = words::without_sign(other, |word| matches!(word, "true" | "false"))
                    .unwrap_or_else(|| format!("write `{}: true` or `{}: false`", self.key, self.key));
                self.fault(Code::BadValue, node, message, "`true` or `false` is expected", help);
                None
            }
        }
    }

    /// The number of one of a plan's delays, if it is known how many there `are`; 0 is the first plan. What is
    /// prepared can name the `next` one, too.
    pub fn delay(&mut self, node: &Node, are: Option<usize>, next: bool) -> Option<usize> {
        let text = self.text(node)?;
        let most = are.map(|are| are + usize::from(next));
        let number = text.parse::<usize>().ok();
        if let Some(number) = number.filter(|number| most.is_none_or(|most| *number <= most)) {
            return Some(number);
        }
        let message = format!("`{}` is `{text}`", self.key);
        let expected = match most {
            None => "a number is expected".to_owned(),
            Some(0) => "0 is expected".to_owned(),
            Some(1) => "0 or 1 is expected".to_owned(),
            Some(most) => format!("a number from 0 to {most} is expected"),
        };
        let help = match are {
            None => "0 is before the first delay".to_owned(),
            Some(0) => "there are no delays".to_owned(),
            Some(1) => "there is 1 delay".to_owned(),
            Some(are) => format!("there are {are} delays"),
        };
        let help = if next { help + "; tasks of the next one can be prepared" } else { help };
        self.fault(Code::UnknownDelay, node, message, &expected, help);
        None
    }

    /// An id.
    pub fn id(&mut self, node: &Node) -> Option<Id> {
        let text = self.text(node)?;
        self.id_of(&text, node)
    }

    fn id_of(&mut self, text: &str, node: &Node) -> Option<Id> {
        match text.parse::<Id>() {
            Ok(id) => Some(id),
            Err(wrong) => {
                let nearest = || wrong.nearest.map(|id| format!("write `{id}`"));
                let help = words::in_brackets(text).or_else(nearest).unwrap_or_default();
                let expected = "lower-case letters, digits and hyphens are expected";
                self.fault(Code::BadId, node, format!("`{text}` cannot serve as a name"), expected, help);
                None
            }
        }
    }

    /// A date.
    pub fn date(&mut self, node: &Node) -> Option<NaiveDate> {
        let text = self.text(node)?;
        date::read(&text)
            .map_err(|fault| self.date_fault(node, &text, fault == date::NotADate::Impossible))
            .ok()
    }

    /// Reports text that is no date.
    pub fn date_fault(&mut self, node: &Node, text: &str, impossible: bool) {
        if impossible {
            let message = format!("there is no day {text}");
            let help = "look at the month's length and the order: month/day/year".to_owned();
            self.fault(Code::ImpossibleDate, node, message, "a day of the calendar is expected", help);
        } else {
            let message = format!("`{}` is `{text}`, which is no date", self.key);
            let help = words::without_sign(text, |day| date::read(day).is_ok())
                .unwrap_or_else(|| "write a date as 2021-08-31, 8/31/2021 or August 31, 2021".to_owned());
            self.fault(Code::BadDate, node, message, "a date is expected", help);
        }
    }

    /// The items of a list; one value alone is a list of one. Items with faults are left out.
    pub fn list<T>(&mut self, node: &Node, mut read: impl FnMut(&Node, &mut Self) -> Option<T>) -> Vec<T> {
        let key = self.key;
        let items = match &node.data {
            Data::List(items) => items.as_slice(),
            _ => std::slice::from_ref(node),
        };
        let mut out = Vec::with_capacity(items.len());
        for item in items {
            self.key = key;
            out.extend(read(item, self));
        }
        out
    }

    /// Entries by their id, in the order written. An entry with faults keeps its id.
    pub fn entries<'n, T>(
        &mut self,
        node: &'n Node,
        mut read: impl FnMut(&'n Node, &mut Self) -> Option<T>,
    ) -> Vec<(Id, Option<T>)> {
        let Data::Map(entries) = &node.data else {
            self.wrong_type(node, "a name and a colon before each entry are expected", "write `name:` lines");
            return Vec::new();
        };
        let misspelt = std::mem::take(&mut self.misspelt);
        let mut out = Vec::with_capacity(entries.len());
        let table = self.key;
        for (key, value) in entries {
            self.key = table;
            let at_key = Node { range: key.range.clone(), data: Data::Nothing };
            let Some(id) = self.id_of(&key.text, &at_key) else {
                // What it may be called is no second fault.
                out.extend(key.text.parse::<Id>().err().and_then(|wrong| Some((wrong.nearest?, None))));
                continue;
            };
            if id.as_str().starts_with(|c: char| c.is_ascii_digit()) {
                let message = format!("the name `{id}` begins with a figure");
                let help = "put a word first: `primary-2022`".to_owned();
                self.fault(Code::BadId, &at_key, message, "templates cannot name it", help);
            }
            let before = self.faults.errors();
            let entry = read(value, self).filter(|_| self.faults.errors() == before && !misspelt);
            out.push((id, entry));
        }
        out
    }

    /// Entries that others refer to.
    pub fn table<'n, T>(
        &mut self,
        node: &'n Node,
        read: impl FnMut(&'n Node, &mut Self) -> Option<T>,
    ) -> ById<T> {
        self.entries(node, read).into_iter().map(|(id, entry)| (id, entry.map(Arc::new))).collect()
    }

    /// What an id refers to.
    pub fn refer<T: PrintedName>(
        &mut self,
        node: &Node,
        table: &ById<T>,
        code: Code,
        what: &str,
    ) -> Option<Arc<T>> {
        let text = self.text(node)?;
        match text.parse::<Id>().ok().and_then(|id| table.get(&id)) {
            Some(Some(thing)) => Some(Arc::clone(thing)),
            Some(None) => {
                self.leans_on_fault = true;
                None
            }
            None => {
                let printed = table.iter().find(|(_, entry)| {
                    entry.as_deref().is_some_and(|entry| entry.printed().eq_ignore_ascii_case(&text))
                });
                let known = |name: &str| table.keys().any(|id| id.as_str() == name);
                let help = match printed {
                    Some((id, _)) => {
                        let words = format!("that is how it is printed; write its key: `{id}`");
                        Help::offering(words, &text, id.as_str())
                    }
                    None => words::without_sign(&text, known)
                        .or_else(|| words::in_brackets(&text))
                        .map(Help::from)
                        .unwrap_or_else(|| offered(&text, table.keys().map(Id::as_str))),
                };
                let article = if what.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
                let expected = format!("the key of {article} {what} is expected");
                self.fault(code, node, format!("there is no {what} `{text}`"), &expected, help);
                None
            }
        }
    }
}

/// What people call a thing: the text by which it is printed.
pub(super) trait PrintedName {
    fn printed(&self) -> &str;
}

macro_rules! printed {
    ($($thing:ident: $field:ident),* $(,)?) => {
        $(impl PrintedName for crate::model::$thing {
            fn printed(&self) -> &str {
                &self.$field
            }
        })*
    };
}

printed!(Person: name, Letterhead: division, Contact: name, Entity: name, Calendar: name, Election: name);

impl PrintedName for crate::model::Plan {
    fn printed(&self) -> &str {
        self.name.as_deref().unwrap_or_default()
    }
}
