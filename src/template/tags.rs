//! The tags of a template, as Tera finds them.
//!
//! In: the text of a template. Out: where each `{{ ... }}` and `{% ... %}` stands, and what is in it. Not here: what is
//! wrong with one, which Tera says.

use std::ops::Range;

/// What a tag does.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum TagKind {
    /// `{{ ... }}`.
    Print,
    /// `{% ... %}`.
    Block,
}

/// A tag.
pub(super) struct TemplateTag {
    pub kind: TagKind,
    /// With its braces.
    pub range: Range<usize>,
    /// Between its braces and dashes.
    pub inner: Range<usize>,
    /// White space after it is not printed.
    pub trims_after: bool,
    /// How many texts it joins: `~`.
    pub joins: usize,
    /// Where its words begin, outside of quotes.
    words: Vec<Range<usize>>,
}

impl TemplateTag {
    /// Its first word: `for`.
    pub fn word<'t>(&self, text: &'t str) -> &'t str {
        let first = self.words.first().filter(|word| text[self.inner.start..word.start].trim().is_empty());
        first.map_or("", |word| &text[word.clone()])
    }

    /// What stands after the `=` of `set name = ...`.
    pub fn value(&self, text: &str) -> Option<Range<usize>> {
        let after = self.words.get(1)?.end;
        let rest = text[after..self.inner.end].trim_start().strip_prefix('=')?;
        Some(self.inner.end - rest.len()..self.inner.end)
    }

    /// Whether it repeats something within an expression: `[item for item in list]`.
    pub fn repeats_inside(&self, text: &str) -> bool {
        let skipped = usize::from(self.kind == TagKind::Block);
        self.words.iter().skip(skipped).any(|word| {
            let before = text[self.inner.start..word.start].trim_end();
            &text[word.clone()] == "for"
                && !before.ends_with('.')
                && !text[word.end..self.inner.end].trim_start().starts_with(['=', '.'])
        })
    }
}

/// The tags of a text, up to one that does not end. Comments and `{% raw %}` have none.
pub(super) fn tags(text: &str) -> Vec<TemplateTag> {
    let mut tags = Vec::new();
    let mut at = 0;
    while let Some(open) = text[at..].find('{').map(|found| at + found) {
        let rest = &text[open..];
        let kind = if rest.starts_with("{{") {
            TagKind::Print
        } else if rest.starts_with("{%") {
            TagKind::Block
        } else if rest.starts_with("{#") {
            let Some(end) = rest.find("#}") else { break };
            at = open + end + 2;
            continue;
        } else {
            at = open + 1;
            continue;
        };
        let Some(tag) = tag(text, open, kind) else { break };
        at = tag.range.end;
        if kind == TagKind::Block && tag.word(text) == "raw" {
            match end_of_raw(text, at) {
                Some(end) => at = end,
                None => break,
            }
        } else {
            tags.push(tag);
        }
    }
    tags
}

fn tag(text: &str, open: usize, kind: TagKind) -> Option<TemplateTag> {
    let bytes = text.as_bytes();
    let close: &[u8] = if kind == TagKind::Print { b"}}" } else { b"%}" };
    let start = open + 2 + usize::from(bytes.get(open + 2) == Some(&b'-'));
    let (mut at, mut joins, mut words) = (start, 0, Vec::new());
    loop {
        let rest = bytes.get(at..)?;
        if rest.starts_with(close) || rest.starts_with(b"-") && rest[1..].starts_with(close) {
            let trims_after = rest[0] == b'-';
            let end = at + 2 + usize::from(trims_after);
            return Some(TemplateTag { kind, range: open..end, inner: start..at, trims_after, joins, words });
        }
        at += match *rest.first()? {
            quote @ (b'"' | b'\'' | b'`') => quoted(rest, quote)?,
            b'~' => {
                joins += 1;
                1
            }
            c if c.is_ascii_alphanumeric() || c == b'_' => {
                let word = rest.iter().take_while(|c| c.is_ascii_alphanumeric() || **c == b'_').count();
                words.push(at..at + word);
                word
            }
            _ => 1,
        };
    }
}

/// How long a text in quotes is, with them.
fn quoted(text: &[u8], quote: u8) -> Option<usize> {
    let mut at = 1;
    loop {
        match *text.get(at)? {
            b'\\' => at += 2,
            c if c == quote => return Some(at + 1),
            _ => at += 1,
        }
    }
}

/// Where `{% endraw %}` ends.
fn end_of_raw(text: &str, from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        let open = at + text[at..].find("{%")?;
        let inner = text[open + 2..].trim_start_matches('-').trim_start();
        if inner.starts_with("endraw") {
            return Some(open + text[open..].find("%}")? + 2);
        }
        at = open + 2;
    }
}
