//! A text -> its words, figures and signs, with Markdown's marks seen through.
//!
//! In: a text. Out: tokens at their places; what nobody reads as words (code, addresses, names of files, expressions) is
//! a wall between them. Not here: what the tokens say.

use std::ops::Range;

use crate::prose::Fence;

/// How a text is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sight {
    /// As its readers read it: code, addresses and expressions are no words.
    Read,
    /// As it was typed, with all that stands in code, addresses and expressions.
    Typed,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TokenKind {
    Word,
    Figures,
    /// One character. Every dash is a hyphen.
    Sign(char),
    /// What is no words, or where a paragraph, an item or a row ends.
    Wall,
}

#[derive(Debug, Clone)]
pub(super) struct Token {
    pub kind: TokenKind,
    pub range: Range<usize>,
    /// Whether white space stands before it.
    pub spaced: bool,
}

/// Whether a paragraph is to be passed over.
pub(super) type Passes<'a> = dyn Fn(&str) -> bool + 'a;

/// The tokens of a text.
#[derive(Debug)]
pub(super) struct Tokens<'t> {
    pub text: &'t str,
    pub list: Vec<Token>,
}

impl<'t> Tokens<'t> {
    /// The tokens of a text, but for the paragraphs that are to be passed over, each of which is a wall.
    pub fn of(text: &'t str, sight: Sight, passes: &Passes<'_>) -> Self {
        let mut reader =
            Tokenizer { text, sight, list: Vec::new(), spaced: true, looked_at: 0, missing: Vec::new() };
        reader.text(passes);
        Tokens { text, list: reader.list }
    }

    fn slice(&self, at: usize) -> &'t str {
        self.list.get(at).map_or("", |token| &self.text[token.range.clone()])
    }

    fn of_kind(&self, at: usize, kind: TokenKind) -> Option<&'t str> {
        (self.list.get(at)?.kind == kind).then(|| self.slice(at))
    }

    pub fn word(&self, at: usize) -> Option<&'t str> {
        self.of_kind(at, TokenKind::Word)
    }

    pub fn figures(&self, at: usize) -> Option<&'t str> {
        self.of_kind(at, TokenKind::Figures)
    }

    pub fn is_word(&self, at: usize, words: &[&str]) -> bool {
        self.word(at).is_some_and(|word| words.iter().any(|known| word.eq_ignore_ascii_case(known)))
    }

    pub fn is_sign(&self, at: usize, sign: char) -> bool {
        self.list.get(at).is_some_and(|token| token.kind == TokenKind::Sign(sign))
    }

    /// Whether a token follows the one before it without white space.
    pub fn glued(&self, at: usize) -> bool {
        at > 0 && self.list.get(at).is_some_and(|token| !token.spaced)
    }

    /// A sign that follows without white space.
    pub fn glued_sign(&self, at: usize) -> Option<char> {
        match self.list.get(at)?.kind {
            TokenKind::Sign(sign) if self.glued(at) => Some(sign),
            _ => None,
        }
    }

    /// Whether no words stand right before a token.
    pub fn begins(&self, at: usize) -> bool {
        at == 0 || self.list[at - 1].kind == TokenKind::Wall || self.is_sign(at - 1, '|')
    }

    /// Whether no words stand at a place any more.
    pub fn ends(&self, at: usize) -> bool {
        self.list.get(at).is_none_or(|token| token.kind == TokenKind::Wall)
    }

    /// Where tokens begin and end in the text.
    pub fn range(&self, tokens: &Range<usize>) -> Range<usize> {
        self.list[tokens.start].range.start..self.list[tokens.end - 1].range.end
    }
}

struct Tokenizer<'t> {
    text: &'t str,
    sight: Sight,
    list: Vec<Token>,
    spaced: bool,
    /// Up to here it is known that no address stands.
    looked_at: usize,
    /// Marks that nothing closes from where they were looked for on.
    missing: Vec<&'t str>,
}

impl<'t> Tokenizer<'t> {
    fn text(&mut self, passes: &Passes<'_>) {
        let (mut at, mut fence, mut next) = (0, Fence::default(), 0);
        while at < self.text.len() {
            if at >= next && !fence.is_open() {
                let rest = &self.text[at..];
                let paragraph = rest.find("\n\n").map_or(rest, |end| &rest[..end]);
                next = at + paragraph.len();
                // What begins in one may end in another.
                let opens = |byte: u8| matches!(byte, b'<' | b'{' | b'`' | b'~');
                if !paragraph.is_empty() && !paragraph.bytes().any(opens) && passes(paragraph) {
                    self.wall(at..next);
                    at = next;
                    continue;
                }
            }
            let line = self.text[at..].split_inclusive('\n').next().unwrap_or_default();
            let kept = self.sight == Sight::Read && fence.holds(line);
            if kept || line.trim().is_empty() {
                self.wall(at..at + line.len());
                at += line.len();
                continue;
            }
            at = self.line(at, at + line.len());
        }
    }

    /// Reads a line, and what goes on beyond its end; where it stopped.
    fn line(&mut self, start: usize, end: usize) -> usize {
        let mut at = start;
        let begun = self.text[at..end].trim_start().trim_start_matches(['>', ' ', '\t']);
        at = end - begun.len();
        let bullet = ["- ", "* ", "+ ", "• "].iter().any(|bullet| begun.starts_with(bullet));
        let heading = begun.starts_with('#');
        if bullet || heading {
            let mark = begun.chars().next().map_or(0, char::len_utf8);
            self.wall(at..at + mark);
            at += mark;
        }
        let first = self.list.len();
        while at < end {
            at = self.piece(at);
        }
        let row = self.list[first..].iter().any(|token| token.kind == TokenKind::Sign('|'));
        if heading || row {
            self.wall(at..at);
        }
        self.spaced |= self.text[..at].ends_with('\n');
        at
    }

    /// Reads what stands at a place; where the next begins.
    fn piece(&mut self, at: usize) -> usize {
        let rest = &self.text[at..];
        let Some(c) = rest.chars().next() else { return self.text.len() };
        let next = at + c.len_utf8();
        if c.is_whitespace() || c == '\u{200b}' {
            self.spaced = true;
            return next;
        }
        if self.sight == Sight::Read
            && let Some(end) = self.hidden(at, c)
        {
            return end;
        }
        let run = |same: fn(char) -> bool| rest.find(|c| !same(c)).unwrap_or(rest.len());
        if c.is_ascii_digit() {
            return self.push(TokenKind::Figures, at, run(|c| c.is_ascii_digit()));
        }
        if c.is_alphabetic() {
            return self.push(TokenKind::Word, at, run(char::is_alphabetic));
        }
        match c {
            '*' => next,
            '~' if rest.starts_with("~~") => at + 2,
            '_' => {
                let inside = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
                if inside(self.text[..at].chars().next_back()) && inside(self.text[next..].chars().next()) {
                    self.wall(at..next);
                }
                next
            }
            '\\' => next,
            '&' if rest.starts_with("&nbsp;") => {
                self.spaced = true;
                at + "&nbsp;".len()
            }
            '‐' | '‑' | '–' | '—' | '−' => self.push(TokenKind::Sign('-'), at, c.len_utf8()),
            '\u{00ad}' | '\u{2060}' | '\u{feff}' => next,
            c => self.push(TokenKind::Sign(c), at, c.len_utf8()),
        }
    }

    /// Passes what its readers do not read as words.
    fn hidden(&mut self, at: usize, c: char) -> Option<usize> {
        let rest = &self.text[at..];
        match c {
            '`' => {
                let marks = rest.len() - rest.trim_start_matches('`').len();
                let Some(end) = self.closed(at + marks, &rest[..marks]) else { return Some(at + marks) };
                self.wall(at..end);
                return Some(end);
            }
            '{' => {
                let (_, close) = [("{{", "}}"), ("{%", "%}"), ("{#", "#}")]
                    .into_iter()
                    .find(|(open, _)| rest.starts_with(open))?;
                let end = self.closed(at + 2, close)?;
                self.wall(at..end);
                return Some(end);
            }
            '<' if rest.starts_with("<!--") => {
                let end = self.closed(at + 4, "-->")?;
                self.wall(at..end);
                return Some(end);
            }
            '<' if rest.starts_with("<br") => {
                self.spaced = true;
                return self.closed(at + 3, ">");
            }
            // A note, and where a link leads: what stands around them is read as one.
            '[' if rest.starts_with("[^") => return self.closed(at + 2, "]"),
            '[' => return Some(at + 1),
            ']' if rest.starts_with("](") => return self.closed(at + 2, ")"),
            ']' => return Some(at + 1),
            _ => {}
        }
        if at < self.looked_at || !(c.is_alphanumeric() || "/\\.".contains(c)) {
            return None;
        }
        let chunk = rest.find(|c: char| c.is_ascii_whitespace()).map_or(rest, |end| &rest[..end]);
        if !chunk.bytes().any(|byte| matches!(byte, b'/' | b'\\' | b'@' | b'_' | b'.')) {
            self.looked_at = at + chunk.len();
            return None;
        }
        let parts = |c: char| c.is_whitespace() || "[](){}<>|`\",;“”‘’—–".contains(c);
        let chunk = &rest[..rest.find(parts).unwrap_or(rest.len())];
        self.looked_at = at + chunk.len();
        is_address(chunk).then(|| {
            self.wall(at..at + chunk.len());
            at + chunk.len()
        })
    }

    /// Behind the next such marks. Marks that are not there are looked for once.
    fn closed(&mut self, from: usize, close: &'t str) -> Option<usize> {
        if !["}}", "%}", "#}", "-->"].contains(&close) {
            return self.closed_nearby(from, close);
        }
        if self.missing.contains(&close) {
            return None;
        }
        let end = self.text[from..].find(close).map(|found| from + found + close.len());
        if end.is_none() {
            self.missing.push(close);
        }
        end
    }

    /// Behind the next such marks in the paragraph.
    fn closed_nearby(&mut self, from: usize, close: &str) -> Option<usize> {
        /// Longer than any code or address within a line of text.
        const FAR: usize = 400;
        let rest = &self.text[from..self.text.floor_char_boundary(from + FAR)];
        let paragraph = &rest[..rest.find("\n\n").unwrap_or(rest.len())];
        let end = paragraph.match_indices(close).map(|(found, _)| found).find(|found| {
            let after = paragraph[found + close.len()..].starts_with('`');
            let before = paragraph[..*found].ends_with('`');
            !close.starts_with('`') || !(after || before)
        })?;
        Some(from + end + close.len())
    }

    fn push(&mut self, kind: TokenKind, at: usize, length: usize) -> usize {
        self.list.push(Token { kind, range: at..at + length, spaced: self.spaced });
        self.spaced = false;
        at + length
    }

    fn wall(&mut self, range: Range<usize>) {
        self.list.push(Token { kind: TokenKind::Wall, range, spaced: true });
        self.spaced = true;
    }
}

/// Whether a word is the address of a page or a person, a path, or the name of a file.
fn is_address(chunk: &str) -> bool {
    let chunk = chunk.trim_end_matches(['.', ':', '!', '?', '*', '_']);
    let within = |mark: char| {
        chunk.match_indices(mark).any(|(at, _)| {
            let alphanumeric = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
            alphanumeric(chunk[..at].chars().next_back())
                && alphanumeric(chunk[at + mark.len_utf8()..].chars().next())
        })
    };
    let named = |part: &str| {
        part.rsplit_once('.').is_some_and(|(stem, ending)| {
            !stem.is_empty()
                && (2..=5).contains(&ending.len())
                && ending.starts_with(|c: char| c.is_ascii_alphabetic())
                && ending.bytes().all(|b| b.is_ascii_alphanumeric())
        })
    };
    chunk.contains("://")
        || chunk.starts_with("www.")
        || chunk.contains("\\\\")
        || within('@')
        || within('_')
        || within('\\')
        || chunk.split('/').any(named)
}
