//! Styles and numberings: what a paragraph is, and what is printed before it.
//!
//! In: the parts `styles.xml` and `numbering.xml`. Out: [`Styles`], [`Numberings`]. Not here: the paragraphs.

use std::collections::BTreeMap;

use super::{text::ParagraphRole, xml::XmlElement};

/// Styles build on one another no deeper than this.
const DEEPEST: usize = 20;

/// The styles of a file.
#[derive(Default)]
pub(super) struct Styles {
    styles: BTreeMap<String, StyleEntry>,
    default: Option<String>,
}

#[derive(Default, Clone)]
struct StyleEntry {
    name: String,
    based_on: Option<String>,
    outline: Option<u8>,
    numbering: Option<(String, usize)>,
    bold: Option<bool>,
    italic: Option<bool>,
    hidden: Option<bool>,
}

impl Styles {
    pub fn read(part: Option<&XmlElement>) -> Styles {
        let mut styles = Styles::default();
        for style in part.into_iter().flat_map(XmlElement::elements).filter(|one| &*one.name == "w:style") {
            let Some(id) = style.attribute("w:styleId") else { continue };
            let (paragraph, run) = (style.child("w:pPr"), style.child("w:rPr"));
            let on = |name: &str| run.and_then(|run| run.is_on(name));
            let known = StyleEntry {
                name: style.value("w:name").unwrap_or(id).to_lowercase(),
                based_on: style.value("w:basedOn").map(str::to_owned),
                outline: paragraph.and_then(outline),
                numbering: paragraph.and_then(numbering),
                bold: on("w:b"),
                italic: on("w:i"),
                hidden: on("w:vanish"),
            };
            let is_default = matches!(style.attribute("w:default"), Some("1" | "true"));
            if is_default && style.attribute("w:type") == Some("paragraph") {
                styles.default = Some(id.to_owned());
            }
            styles.styles.insert(id.to_owned(), known);
        }
        styles
    }

    /// A style, and those that it builds on.
    fn chain(&self, id: Option<&str>) -> impl Iterator<Item = &StyleEntry> {
        let first = id.or(self.default.as_deref()).and_then(|id| self.styles.get(id));
        let next = |style: &&StyleEntry| self.styles.get(style.based_on.as_deref()?);
        std::iter::successors(first, next).take(DEEPEST)
    }

    /// What a paragraph of a style is.
    pub fn role(&self, id: Option<&str>) -> ParagraphRole {
        self.chain(id).find_map(|style| role(&style.name)).unwrap_or_else(|| {
            let outline = self.chain(id).find_map(|style| style.outline);
            outline.map_or(ParagraphRole::Text, ParagraphRole::Heading)
        })
    }

    /// The list of a style, with its level.
    pub fn numbering(&self, id: Option<&str>) -> Option<(String, usize)> {
        self.chain(id).find_map(|style| style.numbering.clone())
    }

    /// Whether a style is bold, italic, hidden.
    pub fn look(&self, id: Option<&str>) -> [Option<bool>; 3] {
        let first = |of: fn(&StyleEntry) -> Option<bool>| self.chain(id).find_map(of);
        [first(|style| style.bold), first(|style| style.italic), first(|style| style.hidden)]
    }
}

/// What a style's name says; Word calls its own by the same names in every language.
fn role(name: &str) -> Option<ParagraphRole> {
    if let Some(level) = name.strip_prefix("heading ") {
        return level.trim().parse().ok().filter(|level| (1..=9).contains(level)).map(ParagraphRole::Heading);
    }
    match name {
        "title" => Some(ParagraphRole::Heading(0)),
        "quote" | "intense quote" | "quotations" | "block text" => Some(ParagraphRole::Quote),
        "caption" => Some(ParagraphRole::Caption),
        _ if name.starts_with("list continue") => Some(ParagraphRole::GoesOn),
        _ => None,
    }
}

/// The level of a heading that a paragraph's properties say.
pub(super) fn outline(properties: &XmlElement) -> Option<u8> {
    let level: u8 = properties.value("w:outlineLvl")?.parse().ok()?;
    (level < 9).then_some(level + 1)
}

/// The list that a paragraph's properties name, with the level. The list "0" is none.
pub(super) fn numbering(properties: &XmlElement) -> Option<(String, usize)> {
    let numbering = properties.child("w:numPr")?;
    let level = numbering.value("w:ilvl").and_then(|level| level.parse().ok()).unwrap_or(0);
    Some((numbering.value("w:numId").unwrap_or("0").to_owned(), level))
}

/// The lists of a file, and how far each has counted.
#[derive(Default)]
pub(super) struct Numberings {
    /// The levels of each list.
    lists: BTreeMap<String, NumberedList>,
    /// How far each kind of list has counted, level by level.
    counts: BTreeMap<String, [Option<u64>; LEVELS]>,
    /// The lists that have begun.
    begun: std::collections::BTreeSet<String>,
}

const LEVELS: usize = 9;

#[derive(Clone, Default)]
struct NumberedList {
    /// The kind of list that it is of; all of a kind count on.
    kind: String,
    levels: BTreeMap<usize, Level>,
    /// Levels at which it begins anew.
    restarts: BTreeMap<usize, u64>,
}

#[derive(Clone, Default)]
struct Level {
    form: String,
    text: String,
    start: u64,
}

impl Numberings {
    pub fn read(part: Option<&XmlElement>) -> Numberings {
        let Some(part) = part else { return Numberings::default() };
        let mut kinds: BTreeMap<&str, BTreeMap<usize, Level>> = BTreeMap::new();
        for kind in part.elements().filter(|one| &*one.name == "w:abstractNum") {
            let levels = kind.elements().filter(|one| &*one.name == "w:lvl").filter_map(level).collect();
            kinds.insert(kind.attribute("w:abstractNumId").unwrap_or_default(), levels);
        }
        let mut lists = BTreeMap::new();
        for list in part.elements().filter(|one| &*one.name == "w:num") {
            let kind = list.value("w:abstractNumId").unwrap_or_default();
            let mut levels = kinds.get(kind).cloned().unwrap_or_default();
            let mut restarts = BTreeMap::new();
            for change in list.elements().filter(|one| &*one.name == "w:lvlOverride") {
                levels.extend(change.child("w:lvl").and_then(level));
                let number = |text: Option<&str>| text.and_then(|text| text.parse::<u64>().ok());
                let at = number(change.attribute("w:ilvl")).and_then(|at| usize::try_from(at).ok());
                let start = number(change.value("w:startOverride"));
                restarts.extend(at.zip(start));
            }
            let id = list.attribute("w:numId").unwrap_or_default().to_owned();
            lists.insert(id, NumberedList { kind: kind.to_owned(), levels, restarts });
        }
        Numberings { lists, ..Numberings::default() }
    }

    /// What is printed before the next item of a list: nothing if there is no such list; an empty text for a bullet.
    pub fn next(&mut self, id: &str, level: usize) -> Option<Option<String>> {
        let list = self.lists.get(id)?;
        let at = level.min(LEVELS - 1);
        let own = list.levels.get(&at)?;
        let counts = self.counts.entry(list.kind.clone()).or_default();
        if self.begun.insert(id.to_owned()) {
            for (at, start) in list.restarts.iter().filter(|(at, _)| **at < LEVELS) {
                counts[*at] = start.checked_sub(1);
                counts[at + 1..].fill(None);
            }
        }
        counts[at] = Some(counts[at].map_or(own.start, |count| count.saturating_add(1)));
        counts[at + 1..].fill(None);
        match own.form.as_str() {
            "none" if own.text.trim().is_empty() => None,
            "bullet" => Some(None),
            _ => Some(Some(printed(list, counts, &own.text))),
        }
    }
}

fn level(level: &XmlElement) -> Option<(usize, Level)> {
    let own = Level {
        form: level.value("w:numFmt").unwrap_or("decimal").to_owned(),
        text: level.value("w:lvlText").unwrap_or_default().to_owned(),
        start: level.value("w:start").and_then(|start| start.parse().ok()).unwrap_or(1),
    };
    Some((level.attribute("w:ilvl")?.parse().ok().filter(|at| *at < LEVELS)?, own))
}

/// What is printed before an item: `%1.%2` with its numbers.
fn printed(list: &NumberedList, counts: &[Option<u64>; LEVELS], text: &str) -> String {
    let mut out = String::new();
    let mut signs = text.chars().peekable();
    while let Some(sign) = signs.next() {
        let at = signs.peek().and_then(|digit| digit.to_digit(10)).filter(|at| sign == '%' && *at > 0);
        let Some(at) = at.map(|at| at as usize - 1) else {
            out.push(sign);
            continue;
        };
        signs.next();
        let level = list.levels.get(&at).cloned().unwrap_or_default();
        out.push_str(&number(&level.form, counts[at].unwrap_or(level.start)));
    }
    out
}

/// A number in the form of a level.
fn number(form: &str, number: u64) -> String {
    let small = number.clamp(1, 3999);
    match form {
        "lowerLetter" => letters(number),
        "upperLetter" => letters(number).to_uppercase(),
        "lowerRoman" => roman(small),
        "upperRoman" => roman(small).to_uppercase(),
        "decimalZero" => format!("{number:02}"),
        _ => number.to_string(),
    }
}

/// Word counts a, b, ... z, aa, bb.
fn letters(number: u64) -> String {
    let (letter, times) = ((number.max(1) - 1) % 26, (number.max(1) - 1) / 26 + 1);
    let letter = char::from(b'a' + u8::try_from(letter).unwrap_or(0));
    String::from(letter).repeat(usize::try_from(times.min(30)).unwrap_or(1))
}

fn roman(mut number: u64) -> String {
    let signs = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    let mut out = String::new();
    for (value, sign) in signs {
        while number >= value {
            out.push_str(sign);
            number -= value;
        }
    }
    out
}
