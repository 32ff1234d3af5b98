//! A part of a Word file that is being written: its XML, what it refers to, the numbers that the file's parts share.
//!
//! In: pieces of text. Out: runs of text with links, notes, blanks, and what was inserted or deleted. Not here: paragraphs.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    WordPicture,
    change::Mark,
    look::half_points,
    picture,
    token::{Token, TokenKind},
};
use crate::{
    document::{Blank, BlankKind, BlankLength, PartId},
    word::{
        markup::Markup,
        sent::{ParagraphId, SentParagraph},
    },
};

/// How many underscores a blank shows that is as wide as the text.
const LINE: usize = 72;

/// The font of Word that has the signs of a box to check.
const TICK_FONT: &str = "MS Gothic";

/// How long the title of a content control may be: Word takes no longer one.
const TITLE: usize = 64;

/// What the parts of a file share.
pub(super) struct Shared<'a> {
    /// Who changed what is tracked, and on which day.
    pub author: &'a str,
    pub day: String,
    /// The headings that links lead to: what follows the `#`, and the bookmark.
    pub anchors: BTreeMap<String, String>,
    pub logos: &'a BTreeMap<PartId, WordPicture>,
    /// The paragraphs so far.
    pub sent: Vec<SentParagraph>,
    /// How many paragraphs and rows have changed.
    pub changes: usize,
    used: BTreeSet<ParagraphId>,
    /// The notes that something refers to.
    referred: BTreeSet<usize>,
    number: usize,
    /// Whether changes are those of ten minutes later.
    is_later: bool,
}

impl<'a> Shared<'a> {
    pub fn new(
        author: &'a str,
        day: String,
        anchors: BTreeMap<String, String>,
        logos: &'a BTreeMap<PartId, WordPicture>,
    ) -> Shared<'a> {
        let (used, referred) = Default::default();
        Shared {
            author,
            day,
            anchors,
            logos,
            sent: Vec::new(),
            changes: 0,
            used,
            referred,
            number: 0,
            is_later: false,
        }
    }

    /// A number that nothing else in the file has.
    pub fn number(&mut self) -> String {
        self.number += 1;
        self.number.to_string()
    }

    /// Makes the changes from here on those of ten minutes later, or earlier. LibreOffice takes changes of about one minute for one, if nothing
    /// but the end of a paragraph is between them, and takes that end with them.
    pub fn turn_time(&mut self) {
        self.is_later = !self.is_later;
    }

    /// What is said of a change: its number, who made it, when.
    pub fn change(&mut self) -> [(&'static str, String); 3] {
        let time = format!("{}T00:{}0:00Z", self.day, u8::from(self.is_later));
        [("w:id", self.number()), ("w:author", self.author.to_owned()), ("w:date", time)]
    }

    /// An identifier that no other paragraph has.
    pub fn paragraph_id(&mut self, place: &str, text: &str) -> ParagraphId {
        let mut id = ParagraphId::of(place, text);
        while !self.used.insert(id) {
            id = id.next();
        }
        id
    }
}

/// What a part refers to: addresses and pictures.
#[derive(Debug, Default)]
pub(super) struct References {
    /// The kind of each, and what it leads to.
    found: Vec<(ReferenceKind, String)>,
}

/// What a part refers to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ReferenceKind {
    Link,
    Picture,
}

impl References {
    fn id(&mut self, kind: ReferenceKind, target: &str) -> String {
        let is_it = |known: &(ReferenceKind, String)| (known.0, &*known.1) == (kind, target);
        let at = self.found.iter().position(is_it).unwrap_or_else(|| {
            self.found.push((kind, target.to_owned()));
            self.found.len() - 1
        });
        format!("rIdL{}", at + 1)
    }

    /// The identifiers, each with what it leads to.
    pub fn all(&self) -> impl Iterator<Item = (String, ReferenceKind, &str)> {
        self.found.iter().zip(1..).map(|((kind, target), nth)| (format!("rIdL{nth}"), *kind, target.as_str()))
    }
}

/// A part that is being written.
pub(super) struct Part<'p, 'a> {
    pub markup: Markup,
    pub references: References,
    pub shared: &'p mut Shared<'a>,
}

impl<'p, 'a> Part<'p, 'a> {
    pub fn new(shared: &'p mut Shared<'a>) -> Part<'p, 'a> {
        Part { markup: Markup::default(), references: References::default(), shared }
    }

    /// Says of what is written inside that it came or went.
    pub fn marked(&mut self, mark: Mark, inner: impl FnOnce(&mut Self)) {
        let name = match mark {
            Mark::Same => return inner(self),
            Mark::Inserted => "w:ins",
            Mark::Deleted => "w:del",
        };
        let about = self.shared.change();
        self.markup.open(name, &about.each_ref().map(|(key, value)| (*key, value.as_str())));
        inner(self);
        self.markup.close(name);
    }

    /// Running text.
    pub fn tokens(&mut self, tokens: &[(Mark, Token)]) {
        let same = |a: &(Mark, Token), b: &(Mark, Token)| {
            (a.0, &a.1.href, a.1.is_blank(), b.1.is_blank()) == (b.0, &b.1.href, false, false)
        };
        for group in tokens.chunk_by(same) {
            let Some((mark, first)) = group.first() else { continue };
            if let TokenKind::Blank(blank) = &first.kind {
                match mark {
                    // LibreOffice would not take it out.
                    Mark::Deleted => self.marked(*mark, |part| part.placeholder(blank, *mark)),
                    mark => self.blank(blank, *mark),
                }
                continue;
            }
            let note = group.iter().find_map(|(_, token)| match token.kind {
                TokenKind::Note(nth) if !self.shared.referred.contains(&nth) => Some(nth),
                _ => None,
            });
            let bookmark = note.map(|nth| (self.shared.number(), format!("ccrov_n{}", nth + 1)));
            if let Some((id, name)) = &bookmark {
                self.markup.empty("w:bookmarkStart", &[("w:id", id), ("w:name", name)]);
            }
            let link = first.href.as_deref().and_then(|href| self.link(href));
            if let Some((key, value)) = &link {
                self.markup.open("w:hyperlink", &[(key, value), ("w:history", "1")]);
            }
            self.marked(*mark, |part| part.runs(group, *mark, link.is_some()));
            if link.is_some() {
                self.markup.close("w:hyperlink");
            }
            if let Some((id, _)) = &bookmark {
                self.markup.empty("w:bookmarkEnd", &[("w:id", id)]);
            }
        }
    }

    /// How a link leads there; `None` if it leads nowhere from a file that is read by itself.
    fn link(&mut self, href: &str) -> Option<(&'static str, String)> {
        if let Some(name) = href.strip_prefix('#') {
            return self.shared.anchors.get(name).map(|bookmark| ("w:anchor", bookmark.clone()));
        }
        let is_whole = ["https:", "http:", "mailto:", "tel:"].iter().any(|scheme| href.starts_with(scheme));
        is_whole.then(|| ("r:id", self.references.id(ReferenceKind::Link, href)))
    }

    fn runs(&mut self, tokens: &[(Mark, Token)], mark: Mark, is_link: bool) {
        let form = |token: &Token| match &token.kind {
            TokenKind::Text(_) | TokenKind::Break | TokenKind::Tab | TokenKind::Leader => {
                Some((token.face, token.is_code))
            }
            _ => None,
        };
        let same = |a: &(Mark, Token), b: &(Mark, Token)| form(&a.1).is_some() && form(&a.1) == form(&b.1);
        for group in tokens.chunk_by(same) {
            match group {
                [(_, Token { kind: TokenKind::Note(nth), .. })] => self.note(*nth, mark),
                [(_, Token { kind: TokenKind::Logo(of), .. })] => self.logo(*of),
                group => self.run(group, mark, is_link),
            }
        }
    }

    /// Text of one form.
    fn run(&mut self, tokens: &[(Mark, Token)], mark: Mark, is_link: bool) {
        let Some((_, first)) = tokens.first() else { return };
        self.markup.open("w:r", &[]);
        if is_link || first.is_code || first.face != Default::default() {
            self.markup.open("w:rPr", &[]);
            if is_link {
                self.markup.value("w:rStyle", "Hyperlink");
            } else if first.is_code {
                self.markup.value("w:rStyle", "HTMLCode");
            }
            if first.face.bold {
                self.markup.empty("w:b", &[]);
            }
            if first.face.italic {
                self.markup.empty("w:i", &[]);
            }
            self.markup.close("w:rPr");
        }
        let mut text = String::new();
        for (_, token) in tokens {
            match &token.kind {
                TokenKind::Text(words) => text.push_str(words),
                other => {
                    self.text(&mut text, mark);
                    self.markup.empty(if *other == TokenKind::Break { "w:br" } else { "w:tab" }, &[]);
                }
            }
        }
        self.text(&mut text, mark);
        self.markup.close("w:r");
    }

    fn text(&mut self, text: &mut String, mark: Mark) {
        if !text.is_empty() {
            let name = if mark == Mark::Deleted { "w:delText" } else { "w:t" };
            self.markup.holding(name, &[("xml:space", "preserve")], &std::mem::take(text));
        }
    }

    /// A reference to a note. A second one to the same note is a field, for a note has one reference.
    fn note(&mut self, nth: usize, mark: Mark) {
        let number = (nth + 1).to_string();
        let style = |markup: &mut Markup| markup.value("w:rStyle", "FootnoteReference");
        if self.shared.referred.insert(nth) {
            self.markup.element("w:r", &[], |run| {
                run.element("w:rPr", &[], style);
                run.empty("w:footnoteReference", &[("w:id", &number)]);
            });
            return;
        }
        let name = if mark == Mark::Deleted { "w:delInstrText" } else { "w:instrText" };
        let instruction = format!(" NOTEREF ccrov_n{number} \\f \\h ");
        for step in ["begin", "", "separate", "text", "end"] {
            self.markup.element("w:r", &[], |run| {
                run.element("w:rPr", &[], style);
                match step {
                    "" => run.holding(name, &[("xml:space", "preserve")], &instruction),
                    "text" if mark == Mark::Deleted => run.holding("w:delText", &[], &number),
                    "text" => run.holding("w:t", &[], &number),
                    step => run.empty("w:fldChar", &[("w:fldCharType", step)]),
                }
            });
        }
    }

    /// A place to fill in: a content control that says what goes there. Of one that came, Word wants to know it at its two edges.
    fn blank(&mut self, blank: &Blank, mark: Mark) {
        let title: String = blank.what.chars().take(TITLE).collect();
        let outer = self.begin_range(mark);
        self.markup.open("w:sdt", &[]);
        let number = self.shared.number();
        self.markup.element("w:sdtPr", &[], |about| {
            about.value("w:alias", &title);
            about.value("w:tag", "ccrov_blank");
            about.value("w:id", &number);
            match blank.kind {
                BlankKind::Tick => about.element("w14:checkbox", &[], |tick| {
                    tick.empty("w14:checked", &[("w14:val", "0")]);
                    for (state, sign) in [("w14:checkedState", "2612"), ("w14:uncheckedState", "2610")] {
                        tick.empty(state, &[("w14:val", sign), ("w14:font", TICK_FONT)]);
                    }
                }),
                BlankKind::Line => {
                    about.empty("w:showingPlcHdr", &[]);
                    about.empty("w:text", &[]);
                }
                BlankKind::Lines(_) => {
                    about.empty("w:showingPlcHdr", &[]);
                    about.empty("w:text", &[("w:multiLine", "1")]);
                }
            }
        });
        self.markup.open("w:sdtContent", &[]);
        self.end_range(outer.as_deref());
        self.marked(mark, |part| part.placeholder(blank, mark));
        let inner = self.begin_range(mark);
        self.markup.close("w:sdtContent");
        self.markup.close("w:sdt");
        self.end_range(inner.as_deref());
    }

    /// What a place to fill in shows.
    fn placeholder(&mut self, blank: &Blank, mark: Mark) {
        let text = if mark == Mark::Deleted { "w:delText" } else { "w:t" };
        self.markup.element("w:r", &[], |run| {
            if blank.kind == BlankKind::Tick {
                run.element("w:rPr", &[], |form| {
                    let fonts = ["w:ascii", "w:hAnsi", "w:eastAsia"].map(|which| (which, TICK_FONT));
                    form.empty("w:rFonts", &fonts);
                });
                return run.holding(text, &[], "\u{2610}");
            }
            run.element("w:rPr", &[], |form| form.value("w:rStyle", "PlaceholderText"));
            let (count, length) = match (blank.kind, blank.length()) {
                (BlankKind::Lines(count), _) => (count, LINE),
                (_, BlankLength::Short) => (1, LINE / 6),
                (_, BlankLength::Medium) => (1, LINE / 4),
                (_, BlankLength::Long) => (1, LINE / 2),
            };
            for line in 0..count {
                if line > 0 {
                    run.empty("w:br", &[]);
                }
                run.holding(text, &[], &"_".repeat(length));
            }
        });
    }

    fn begin_range(&mut self, mark: Mark) -> Option<String> {
        if mark == Mark::Same {
            return None;
        }
        let about = self.shared.change();
        let attributes = about.each_ref().map(|(key, value)| (*key, value.as_str()));
        self.markup.empty("w:customXmlInsRangeStart", &attributes);
        let [(_, number), ..] = about;
        Some(number)
    }

    fn end_range(&mut self, number: Option<&str>) {
        if let Some(number) = number {
            self.markup.empty("w:customXmlInsRangeEnd", &[("w:id", number)]);
        }
    }

    fn logo(&mut self, of: PartId) {
        let Some(logo) = self.shared.logos.get(&of) else { return };
        let reference = self.references.id(ReferenceKind::Picture, &format!("logo{}.png", of.0));
        let number = self.shared.number();
        self.markup.element("w:r", &[], |run| picture::drawing(run, logo, &number, &reference));
    }

    /// A field that Word fills in: the number of the page.
    pub fn field(&mut self, name: &str, shown: &str) {
        self.markup.element("w:fldSimple", &[("w:instr", &format!(" {name} "))], |field| {
            field.element("w:r", &[], |run| run.holding("w:t", &[], shown));
        });
    }

    /// A run that is set in another size and face than its paragraph.
    pub fn sized(&mut self, text: &str, size: f32) {
        self.markup.element("w:r", &[], |run| {
            run.element("w:rPr", &[], |form| {
                form.value("w:sz", &half_points(size));
                form.value("w:szCs", &half_points(size));
            });
            run.holding("w:t", &[("xml:space", "preserve")], text);
        });
    }
}
