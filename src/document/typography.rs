//! Quotation marks, apostrophes and dashes as a typesetter sets them.
//!
//! In: Markdown, or plain text, with straight quotes, `--` and `---`. Out: the same with “ ” ‘ ’ – and —. Code, addresses,
//! names of files, and what has a backslash before it stay as they were typed. Not here: whether an office wants it;
//! where lines break.
//!
//! pulldown-cmark can do it as it reads, but then the published Markdown would say something else than page and PDF; it
//! takes '24 for a quotation, 6'2" for the end of one, and knows no names of files.

use std::borrow::Cow;

use linkify::LinkFinder;
use pulldown_cmark::{Event, LinkType, Parser, Tag, TagEnd};

use super::parse::{self, finder};

/// Sets Markdown.
///
/// ```
/// use ccrov::document::set_typographically as set;
/// assert_eq!(set("\"It's 'new',\" -- see `a--\"b\"`."), "“It’s ‘new’,” – see `a--\"b\"`.");
/// ```
pub fn set_typographically(markdown: &str) -> Cow<'_, str> {
    if !markdown.contains(['"', '\'']) && !markdown.contains("--") {
        return Cow::Borrowed(markdown);
    }
    let finder = finder();
    let (mut run, mut edits) = (CharacterRun::default(), Vec::new());
    let (mut is_code, mut addresses) = (false, 0_usize);
    for (event, range) in Parser::new_ext(markdown, parse::OPTIONS).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(_)) => is_code = true,
            Event::End(TagEnd::CodeBlock) => is_code = false,
            Event::Start(Tag::Link { link_type: LinkType::Autolink | LinkType::Email, .. }) => addresses += 1,
            Event::End(TagEnd::Link) => addresses = addresses.saturating_sub(1),
            Event::Start(Tag::Emphasis | Tag::Strong | Tag::Link { .. })
            | Event::End(TagEnd::Emphasis | TagEnd::Strong) => {}
            Event::Text(text) if !is_code => {
                let as_typed = addresses == 0 && markdown.get(range.clone()) == Some(&*text);
                let is_escaped = markdown[..range.start].ends_with('\\');
                for (at, c) in text.char_indices() {
                    let free = as_typed && !(at == 0 && is_escaped);
                    run.push(c, free.then_some(range.start + at));
                }
            }
            // What is no letter, and no blank either.
            Event::Code(_) => run.push('\u{fffc}', None),
            Event::SoftBreak | Event::HardBreak => run.push(' ', None),
            Event::FootnoteReference(_) | Event::InlineHtml(_) => {}
            _ => run.set(&finder, &mut edits),
        }
    }
    run.set(&finder, &mut edits);
    Cow::Owned(edited(markdown, &edits))
}

/// Sets text that is no Markdown.
pub fn set_plain_typographically(text: &str) -> Cow<'_, str> {
    if !text.contains(['"', '\'']) && !text.contains("--") {
        return Cow::Borrowed(text);
    }
    let (mut run, mut edits) = (CharacterRun::default(), Vec::new());
    text.char_indices().for_each(|(at, c)| run.push(c, Some(at)));
    run.set(&finder(), &mut edits);
    Cow::Owned(edited(text, &edits))
}

/// What was set typographically, as it can have been typed.
pub fn as_typed(text: &str) -> String {
    text.replace(['“', '”'], "\"").replace(['‘', '’'], "'").replace('—', "---").replace('–', "--")
}

/// A mark that takes the place of some bytes of a text.
struct Replacement {
    at: usize,
    length: usize,
    mark: char,
}

fn edited(text: &str, edits: &[Replacement]) -> String {
    let mut out = String::with_capacity(text.len() + edits.len() * 2);
    let mut done = 0;
    for edit in edits {
        out.push_str(&text[done..edit.at]);
        out.push(edit.mark);
        done = edit.at + edit.length;
    }
    out.push_str(&text[done..]);
    out
}

/// The characters that are read one after the other, each with its place if it may be set.
#[derive(Default)]
struct CharacterRun {
    text: Vec<char>,
    places: Vec<Option<usize>>,
    /// What stands before the next character, as it is set.
    before: Option<char>,
    in_double: bool,
    in_single: bool,
}

impl CharacterRun {
    fn push(&mut self, c: char, place: Option<usize>) {
        self.text.push(c);
        self.places.push(place);
    }

    /// Sets what was read, and begins anew.
    fn set(&mut self, finder: &LinkFinder, edits: &mut Vec<Replacement>) {
        if self.text.iter().any(|c| matches!(c, '"' | '\'' | '-')) {
            self.fix_addresses(finder);
            let mut at = 0;
            while at < self.text.len() {
                let length = match self.text[at] {
                    '-' => self.text[at..].iter().take_while(|c| **c == '-').count(),
                    _ => 1,
                };
                let mark = self.places[at].and_then(|place| Some((place, self.mark(at, length)?)));
                if let Some((place, mark)) = mark {
                    edits.push(Replacement { at: place, length, mark });
                }
                let set = mark.map_or(self.text[at], |(_, mark)| mark);
                match set {
                    '“' => self.in_double = true,
                    '”' => self.in_double = false,
                    '‘' => self.in_single = true,
                    '’' if !self.text.get(at + 1).is_some_and(|next| next.is_alphanumeric()) => {
                        self.in_single = false;
                    }
                    _ => {}
                }
                self.before = Some(set);
                at += length;
            }
        }
        *self = CharacterRun::default();
    }

    /// What a character, or a run of hyphens, is set as; `None` if it stays.
    fn mark(&self, at: usize, length: usize) -> Option<char> {
        match (self.text[at], length) {
            ('"', _) => self.double(at),
            ('\'', _) => self.single(at),
            ('-', 2) => (!self.is_option(at)).then_some('–'),
            ('-', 3) => Some('—'),
            _ => None,
        }
    }

    fn double(&self, at: usize) -> Option<char> {
        let next = self.text.get(at + 1).copied();
        match (self.opens(), next) {
            (true, Some(next)) if !next.is_whitespace() && !is_closing(next) => Some('“'),
            // Inches.
            _ if self.before.is_some_and(|c| c.is_ascii_digit()) && !self.in_double => None,
            // It stands alone.
            _ if self.is_after_blank() && next.is_none_or(char::is_whitespace) => None,
            _ => Some('”'),
        }
    }

    fn single(&self, at: usize) -> Option<char> {
        let next = self.text.get(at + 1).copied();
        let is_after_figure = self.before.is_some_and(|c| c.is_ascii_digit());
        match next {
            _ if is_after_figure && !self.in_single && !next.is_some_and(char::is_alphabetic) => None,
            _ if is_after_figure && next.is_some_and(|next| next.is_ascii_digit()) => None,
            Some(next) if self.opens() && !next.is_whitespace() && !is_closing(next) => {
                let opens = !self.is_shortened(at) && self.closes_later(at);
                Some(if opens { '‘' } else { '’' })
            }
            _ if self.is_after_blank() && next.is_none_or(char::is_whitespace) => None,
            _ => Some('’'),
        }
    }

    fn is_after_blank(&self) -> bool {
        self.before.is_none_or(char::is_whitespace)
    }

    /// Whether a quotation can begin after what stands before.
    fn opens(&self) -> bool {
        let opening = |c: char| c.is_whitespace() || "([{/“‘-–—".contains(c);
        self.before.is_none_or(opening)
    }

    /// Whether something is left out where the mark stands: '24, 'tis.
    fn is_shortened(&self, at: usize) -> bool {
        let word: String = self.text[at + 1..].iter().take_while(|c| c.is_alphanumeric()).collect();
        let figures = word.trim_end_matches('s');
        let is_year = figures.len() == 2 && figures.bytes().all(|byte| byte.is_ascii_digit());
        is_year || ["tis", "twas", "til", "cause", "em", "n", "round"].contains(&word.to_lowercase().as_str())
    }

    /// Whether a quotation that begins here ends.
    fn closes_later(&self, at: usize) -> bool {
        let ends = |&at: &usize| {
            let next = self.text.get(at + 1);
            self.text[at] == '\''
                && !self.text[at - 1].is_whitespace()
                && !next.is_some_and(|c| c.is_alphanumeric())
        };
        (at + 2..self.text.len()).take(QUOTATION).any(|at| ends(&at))
    }

    /// Whether two hyphens begin the name of an option, as a command has them: " --only".
    fn is_option(&self, at: usize) -> bool {
        let begins = self.is_after_blank() && self.text.get(at + 2).is_some_and(char::is_ascii_lowercase);
        let pair = |window: &[char]| matches!(window, [before, '-', '-'] if !before.is_whitespace() && *before != '-');
        begins && !self.text[at + 2..].windows(3).take(QUOTATION).any(pair)
    }

    /// Takes the places of addresses and names of files, which stay as they are.
    fn fix_addresses(&mut self, finder: &LinkFinder) {
        let text: String = self.text.iter().collect();
        let mut fixed: Vec<_> = finder.links(&text).map(|link| link.start()..link.end()).collect();
        let mut end = 0;
        for word in text.split(char::is_whitespace) {
            let name = word.trim_end_matches(|c: char| !c.is_alphanumeric());
            if is_file_name(name) {
                fixed.push(end..end + name.len());
            }
            end += word.len() + text[end + word.len()..].chars().next().map_or(0, char::len_utf8);
        }
        fixed.sort_by_key(|range| range.start);
        let mut fixed = fixed.into_iter().peekable();
        for ((at, _), place) in text.char_indices().zip(&mut self.places) {
            while fixed.next_if(|range| range.end <= at).is_some() {}
            if fixed.peek().is_some_and(|range| range.start <= at) {
                *place = None;
            }
        }
    }
}

/// How far the end of a quotation is looked for, in characters: each of many marks looks no further.
const QUOTATION: usize = 1000;

fn is_closing(c: char) -> bool {
    ".,;:!?)]}”".contains(c)
}

/// Whether a word is the name of a file: form--final.docx.
fn is_file_name(word: &str) -> bool {
    word.rsplit_once('.').is_some_and(|(name, ending)| {
        let is_ending = (1..=5).contains(&ending.len()) && ending.bytes().all(|b| b.is_ascii_alphanumeric());
        is_ending
            && ending.bytes().any(|b| b.is_ascii_alphabetic())
            && !name.is_empty()
            && name.contains("--")
    })
}
