//! Running text as a row of tokens: words, spaces, line ends, references.
//!
//! In: [`Inline`] trees. Out: [`Token`]s, each with how it is set. Not here: which of them came or went, how a Word file holds them.

use crate::document::{Blank, Face, Inline, PartId};

/// A piece of running text that is inserted or deleted as one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    pub kind: TokenKind,
    pub face: Face,
    /// It keeps its form (`code`).
    pub is_code: bool,
    /// Where it leads, as the document says it.
    pub href: Option<String>,
}

/// What a token is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum TokenKind {
    /// A word, a sign, or spaces.
    Text(String),
    /// A line end that is kept.
    Break,
    /// What follows stands behind a label.
    Tab,
    /// Dots up to what follows, at the right edge.
    Leader,
    /// A reference to a note: its place among those of the file.
    Note(usize),
    /// A place to fill in.
    Blank(Blank),
    /// The logo of a letterhead.
    Logo(PartId),
}

impl Token {
    fn plain(kind: TokenKind) -> Token {
        Token { kind, face: Face::default(), is_code: false, href: None }
    }

    /// The tab behind a label.
    pub fn tab() -> Token {
        Token::plain(TokenKind::Tab)
    }

    /// The logo of a letterhead.
    pub fn logo(letterhead: PartId) -> Token {
        Token::plain(TokenKind::Logo(letterhead))
    }

    /// Whether it shows nothing but space.
    pub fn is_space(&self) -> bool {
        matches!(&self.kind, TokenKind::Text(text) if text.trim().is_empty())
    }

    /// Whether it is a line to write on.
    pub fn is_blank(&self) -> bool {
        matches!(self.kind, TokenKind::Blank(_))
    }

    /// What a reader of the file's text finds of it.
    pub fn text(&self) -> String {
        match &self.kind {
            TokenKind::Text(text) => text.clone(),
            TokenKind::Break => "\n".to_owned(),
            TokenKind::Tab | TokenKind::Leader => "\t".to_owned(),
            TokenKind::Note(_) | TokenKind::Logo(_) => String::new(),
            TokenKind::Blank(blank) => blank.to_string(),
        }
    }
}

/// The tokens of running text. `notes` says of each note of the document which one of the file it is.
pub(super) fn tokens(text: &[Inline], notes: &[usize]) -> Vec<Token> {
    let mut found = Vec::new();
    Reader { notes, found: &mut found }.read(text, &Token::plain(TokenKind::Break));
    found
}

/// The tokens of a label, which is bold.
pub(super) fn label(text: &[Inline], notes: &[usize]) -> Vec<Token> {
    let mut found = tokens(text, notes);
    found.iter_mut().for_each(|token| token.face.bold = true);
    found
}

/// The tokens of text that keeps its lines.
pub(super) fn lines(text: &str) -> Vec<Token> {
    let mut found = Vec::new();
    let form = Token { is_code: true, ..Token::plain(TokenKind::Break) };
    for (at, line) in text.trim_end_matches('\n').split('\n').enumerate() {
        if at > 0 {
            found.push(form.clone());
        }
        found.extend(pieces(line).map(|piece| Token { kind: TokenKind::Text(piece), ..form.clone() }));
    }
    found
}

struct Reader<'r> {
    notes: &'r [usize],
    found: &'r mut Vec<Token>,
}

impl Reader<'_> {
    fn read(&mut self, text: &[Inline], form: &Token) {
        for inline in text {
            let bold = Face { bold: true, ..form.face };
            let italic = Face { italic: true, ..form.face };
            match inline {
                Inline::Text(text) => self.words(text, form),
                Inline::Code(text) => self.words(text, &Token { is_code: true, ..form.clone() }),
                Inline::Strong(inner) => self.read(inner, &Token { face: bold, ..form.clone() }),
                Inline::Emphasis(inner) => self.read(inner, &Token { face: italic, ..form.clone() }),
                Inline::Link { href, text } => {
                    self.read(text, &Token { href: Some(href.clone()), ..form.clone() });
                }
                Inline::Break => self.push(TokenKind::Break, form),
                Inline::Leader => self.push(TokenKind::Leader, form),
                Inline::Blank(blank) => self.push(TokenKind::Blank(blank.clone()), form),
                Inline::Note(nth) => {
                    let nth = self.notes.get(*nth).copied().unwrap_or(*nth);
                    self.push(TokenKind::Note(nth), form);
                }
            }
        }
    }

    fn words(&mut self, text: &str, form: &Token) {
        pieces(text).for_each(|piece| self.push(TokenKind::Text(piece), form));
    }

    fn push(&mut self, kind: TokenKind, form: &Token) {
        self.found.push(Token { kind, ..form.clone() });
    }
}

/// Words, what stands between them, and the signs around each, one by one: so a full stop that comes is no other word.
fn pieces(text: &str) -> impl Iterator<Item = String> {
    let kind = |c: char| match c {
        c if c.is_whitespace() => 0,
        '.' | ',' | ';' | ':' | '!' | '?' | '(' | ')' | '“' | '”' | '"' | '‘' | '[' | ']' => 1,
        _ => 2,
    };
    let mut found: Vec<String> = Vec::new();
    let mut before = None;
    for chunk in text.split_inclusive(char::is_whitespace) {
        let word = chunk.trim_end();
        let opened = word.trim_start_matches(|c| kind(c) == 1);
        let stem = opened.trim_end_matches(|c| kind(c) == 1);
        let (opening, closing) = (&word[..word.len() - opened.len()], &opened[stem.len()..]);
        for piece in
            [opening, stem, closing, &chunk[word.len()..]].into_iter().filter(|piece| !piece.is_empty())
        {
            let is_space = piece.trim().is_empty();
            match found.last_mut().filter(|_| is_space && before == Some(true)) {
                Some(spaces) => spaces.push_str(piece),
                None => found.push(piece.to_owned()),
            }
            before = Some(is_space);
        }
    }
    found.into_iter()
}
