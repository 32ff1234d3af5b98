//! Running text between reading and writing: signs, each with its face.
//!
//! In: signs as they are found. Out: the same with one blank between words, without signs that print nothing, cut into
//! paragraphs where two line ends follow each other. Not here: what Markdown makes of them.

/// A sign of running text, and how it is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sign {
    pub mark: Mark,
    pub look: SignLook,
}

/// What stands at a place of running text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    Char(char),
    /// A line end that is kept.
    Break,
    /// A reference to a note, by its place among the keys of notes.
    Note(usize),
}

/// How a sign is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct SignLook {
    pub bold: bool,
    pub italic: bool,
    /// The link that it belongs to, counted from 1; 0 for none.
    pub link: usize,
}

pub(super) type Signs = Vec<Sign>;

impl Sign {
    pub fn char(&self) -> Option<char> {
        match self.mark {
            Mark::Char(c) => Some(c),
            _ => None,
        }
    }

    /// Whether it parts words.
    pub fn is_blank(&self) -> bool {
        match self.mark {
            Mark::Char(c) => c.is_whitespace(),
            Mark::Break => true,
            Mark::Note(_) => false,
        }
    }
}

/// Plain signs.
pub(super) fn plain(words: &str) -> Signs {
    words.chars().map(|c| Sign { mark: Mark::Char(c), look: SignLook::default() }).collect()
}

/// The words of a text; a line end for each that is kept.
pub(super) fn words(text: &[Sign]) -> String {
    let shown = text.iter().filter_map(|sign| match sign.mark {
        Mark::Char(c) => Some(c),
        Mark::Break => Some('\n'),
        Mark::Note(_) => None,
    });
    shown.collect()
}

/// A text as paragraphs, tidied.
pub(super) fn paragraphs(text: Signs) -> Vec<Signs> {
    let text = tidy(text);
    let mut out: Vec<Signs> = vec![Vec::new()];
    let mut signs = text.into_iter().peekable();
    while let Some(sign) = signs.next() {
        if sign.mark == Mark::Break && signs.peek().is_some_and(|next| next.mark == Mark::Break) {
            while signs.next_if(|next| next.mark == Mark::Break).is_some() {}
            out.push(Vec::new());
        } else if let Some(last) = out.last_mut() {
            last.push(sign);
        }
    }
    for text in &mut out {
        trim(text);
    }
    out.retain(|text| !text.is_empty());
    out
}

/// One blank between words, none at a line's ends, and no sign that prints nothing.
fn tidy(text: Signs) -> Signs {
    let mut out = Signs::with_capacity(text.len());
    let mut signs = text.into_iter().filter(|sign| !sign.char().is_some_and(is_unseen)).peekable();
    while let Some(sign) = signs.next() {
        // Mails fill up their first lines with joiners between blanks.
        if matches!(sign.mark, Mark::Char('\u{200c}' | '\u{200d}')) && out.last().is_none_or(Sign::is_blank) {
            continue;
        }
        let Some(c) = sign.char().filter(|c| c.is_whitespace()) else {
            if sign.mark == Mark::Break && out.last().is_some_and(|last| last.char() == Some(' ')) {
                out.pop();
            }
            out.push(sign);
            continue;
        };
        let mut alone = true;
        while signs.next_if(|next| next.char().is_some_and(char::is_whitespace)).is_some() {
            alone = false;
        }
        let Some(before) = out.last().filter(|before| before.mark != Mark::Break) else { continue };
        let after = signs.peek();
        let holds = alone && matches!(c, '\u{a0}' | '\u{202f}') && holds_together(&out, after);
        let both = after.is_some_and(|after| after.look.link == before.look.link);
        let look = SignLook { link: if both { before.look.link } else { 0 }, ..sign.look };
        out.push(Sign { mark: Mark::Char(if holds { '\u{a0}' } else { ' ' }), look });
    }
    trim(&mut out);
    out
}

fn trim(text: &mut Signs) {
    while text.last().is_some_and(Sign::is_blank) {
        text.pop();
    }
    let start = text.iter().take_while(|sign| sign.is_blank()).count();
    text.drain(..start);
}

/// Whether a no-break space keeps words together that belong together: at a figure, or behind a short word with a dot
/// or a section sign.
fn holds_together(before: &[Sign], after: Option<&Sign>) -> bool {
    let is_figure = |sign: Option<&Sign>| sign.and_then(Sign::char).is_some_and(|c| c.is_ascii_digit());
    let last = before.last().and_then(Sign::char);
    let word = before.iter().rev().take(6).take_while(|sign| !sign.is_blank()).count();
    let begins = before.len().checked_sub(word).and_then(|at| before.get(at)).and_then(Sign::char);
    let is_title = last == Some('.') && word < 6 && begins.is_some_and(char::is_uppercase);
    is_figure(before.last()) || is_figure(after) || matches!(last, Some('§' | '¶')) || is_title
}

/// Whether a sign prints nothing and joins nothing. Joiners do, in Persian and Hindi.
fn is_unseen(c: char) -> bool {
    !c.is_whitespace()
        && (crate::words::is_control(c) || matches!(c, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}'))
}
