//! What mail programs put around a text.
//!
//! In: the lines of each block of a paste. Out: stretches that the analyst may want to remove. Nothing is removed here,
//! for a memo may quote a mail.

use std::ops::Range;

use serde::Serialize;

/// A stretch of the pasted Markdown that the analyst may want to remove.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Removal {
    /// Where it stands in the Markdown, in bytes; with the empty line below it.
    pub range: Range<usize>,
    /// What it is.
    pub kind: RemovalKind,
    /// How it begins, in plain words.
    pub begins: String,
}

/// What can be removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RemovalKind {
    /// From, Sent, To and Subject.
    MailHead,
    /// "CAUTION: This email originated from outside ...".
    Caution,
    /// Name, title and telephone number at the end.
    Signature,
}

impl std::fmt::Display for RemovalKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            RemovalKind::MailHead => "the e-mail header",
            RemovalKind::Caution => "the warning that the mail program added",
            RemovalKind::Signature => "the signature",
        })
    }
}

/// The fields of a mail's head.
const FIELDS: [&str; 8] = ["from", "sent", "date", "to", "cc", "bcc", "subject", "importance"];
/// The most lines of a signature, and how long each is at most, in signs.
const SIGNATURE: (usize, usize) = (12, 70);
const CLOSINGS: [&str; 10] = [
    "thanks",
    "thank you",
    "many thanks",
    "regards",
    "best",
    "best regards",
    "kind regards",
    "sincerely",
    "respectfully",
    "warm regards",
];

/// Finds what could be removed. Of each block: its lines if it is running text, and where it stands. The last ends at `end`.
pub(super) fn removals(blocks: &[(Vec<String>, Range<usize>)], end: usize) -> Vec<Removal> {
    let mut out: Vec<Removal> = Vec::new();
    let mut push = |from: usize, to: usize, kind: RemovalKind| {
        let start = blocks[from].1.start;
        let end = blocks.get(to).map_or(end, |(_, place)| place.start);
        let begins = blocks[from].0.first().map(|line| line.chars().take(60).collect()).unwrap_or_default();
        out.push(Removal { range: start..end, kind, begins });
    };
    let mut at = 0;
    let mut free = 0;
    while at < blocks.len() {
        let end = head(blocks, at);
        if end > at {
            push(at, end, RemovalKind::MailHead);
            (at, free) = (end, end);
        } else if is_caution(&blocks[at].0) {
            push(at, at + 1, RemovalKind::Caution);
            at += 1;
            free = at;
        } else if let Some(next) = parted(blocks, at) {
            push(at, next, RemovalKind::Signature);
            (at, free) = (next, next);
        } else {
            at += 1;
        }
    }
    if let Some(start) = signature(blocks, free) {
        push(start, blocks.len(), RemovalKind::Signature);
    }
    out
}

/// Where the head of a mail ends that begins at a block; there, if none does.
fn head(blocks: &[(Vec<String>, Range<usize>)], at: usize) -> usize {
    let is_introduced = blocks[at].0.first().is_some_and(|line| introduces(line));
    let mut next = at + usize::from(is_introduced && blocks[at].0.len() == 1);
    let mut fields: Vec<&str> = Vec::new();
    // One field may stand in each.
    while let Some((lines, _)) = blocks.get(next).filter(|_| next < at + 2 * FIELDS.len()) {
        let lines = &lines[usize::from(is_introduced && next == at)..];
        // A long list of addresses takes several lines.
        let belongs = |line: &String| field(line).is_some() || line.contains(['@', ';']);
        if lines.first().is_none_or(|line| field(line).is_none()) || !lines.iter().all(belongs) {
            break;
        }
        fields.extend(lines.iter().filter_map(|line| field(line)));
        next += 1;
    }
    let has = |names: &[&str]| fields.iter().any(|field| names.contains(field));
    let is_head = has(&["from"]) && has(&["sent", "date"]) && has(&["to", "subject"]);
    match (is_head, is_introduced && blocks[at].0.len() == 1) {
        (true, _) => next,
        (false, true) => at + 1,
        (false, false) => at,
    }
}

/// Whether a line stands above a mail that is answered: "-----Original Message-----", "On ..., Ana wrote:".
fn introduces(line: &str) -> bool {
    let words = line.trim_matches(['-', '_', ' ']).to_ascii_lowercase();
    let is_original =
        matches!(words.as_str(), "original message" | "forwarded message" | "original appointment");
    let is_answered = words.starts_with("on ")
        && words.ends_with(" wrote:")
        && words.contains(|c: char| c.is_ascii_digit());
    is_original && line.starts_with('-') || is_answered
}

/// The name of a field of a mail's head.
fn field(line: &str) -> Option<&'static str> {
    let (name, value) = line.split_once(':')?;
    let name = name.trim().to_ascii_lowercase();
    FIELDS.into_iter().find(|field| *field == name).filter(|_| !value.trim().is_empty() || name != "from")
}

/// Whether a block is what a mail program warns of: that the mail came from outside.
fn is_caution(lines: &[String]) -> bool {
    let text = lines.join(" ").to_ascii_lowercase();
    let text = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    let warns =
        ["caution", "warning", "external", "attention", "notice", "you don't often", "you don’t often"];
    let says = ["outside", "external sender", "external email", "external e-mail", "often get email"];
    text.len() < 600
        && warns.iter().any(|word| text.starts_with(word))
        && (says.iter().any(|word| text.contains(word)) || text.trim_end_matches([']', ' ']) == "external")
}

/// Where a signature ends that begins at a block with a line of dashes: at the next mail, or at the text's end.
fn parted(blocks: &[(Vec<String>, Range<usize>)], at: usize) -> Option<usize> {
    let (first, others) = blocks[at].0.split_first()?;
    if !matches!(first.trim(), "--" | "—") || !others.iter().all(|line| is_short(line)) {
        return None;
    }
    let (mut next, mut count) = (at + 1, others.len());
    while let Some((lines, _)) = blocks.get(next).filter(|_| head(blocks, next) == next) {
        count += lines.len();
        if lines.is_empty() || count > SIGNATURE.0 || !lines.iter().all(|line| is_short(line)) {
            return None;
        }
        next += 1;
    }
    (1..=SIGNATURE.0).contains(&count).then_some(next)
}

fn is_short(line: &str) -> bool {
    line.chars().count() <= SIGNATURE.1 && !line.ends_with(['.', ';'])
}

/// Where a signature begins that ends the text: short lines with a telephone number or an address of mail among them.
fn signature(blocks: &[(Vec<String>, Range<usize>)], free: usize) -> Option<usize> {
    let is_closing = |line: &str| {
        let words = line.trim_end_matches([',', '!', '.', ' ']).to_ascii_lowercase();
        CLOSINGS.contains(&words.as_str())
    };
    let (mut count, mut start, mut closing) = (0, blocks.len(), None);
    for (at, (lines, _)) in blocks.iter().enumerate().skip(free).rev() {
        count += lines.len();
        if lines.is_empty()
            || count > SIGNATURE.0
            || !lines.iter().all(|line| is_short(line) || is_closing(line))
        {
            break;
        }
        start = at;
        if lines.first().is_some_and(|line| is_closing(line)) {
            closing = Some(at);
            break;
        }
    }
    let lines: Vec<&String> = blocks[start..].iter().flat_map(|(lines, _)| lines).collect();
    let reaches = lines.iter().any(|line| {
        let figures = line.chars().filter(char::is_ascii_digit).count();
        (10..=14).contains(&figures) && line.contains(['-', '.', ' ']) || line.contains('@')
    });
    // Without a closing above it, it takes a name, a title and a number behind some text.
    let is_sure = closing.is_some() && lines.len() > 1 || lines.len() > 2 && reaches;
    (start > free && is_sure).then_some(start)
}
