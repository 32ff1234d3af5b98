//! Links: bare addresses, and what makes a link good.
//!
//! In: running text, addresses. Out: text with links; whether an address is one, and whether a link's
//! text says where it leads. Not here: Markdown's own links.

use std::ops::Range;

use linkify::{LinkFinder, LinkKind};

use super::super::Inline;
use super::push_text;

/// What says nothing of where a link leads.
const VAGUE: [&str; 9] =
    ["here", "click here", "click", "this link", "this page", "this", "link", "more", "read more"];

pub(in crate::document) fn finder() -> LinkFinder {
    let mut finder = LinkFinder::new();
    finder.url_must_have_scheme(false);
    finder
}

/// Bare addresses become links, as every reader expects.
pub(super) fn push_linked(finder: &LinkFinder, words: &str, out: &mut Vec<Inline>) {
    let mut done = 0;
    for (range, href) in found(finder, words) {
        push_text(out, &words[done..range.start]);
        out.push(Inline::Link { href, text: vec![Inline::Text(words[range.clone()].to_owned())] });
        done = range.end;
    }
    push_text(out, &words[done..]);
}

fn found<'a>(finder: &'a LinkFinder, words: &'a str) -> impl Iterator<Item = (Range<usize>, String)> + 'a {
    finder.links(words).filter_map(|link| {
        let shown = link.as_str();
        let href = match link.kind() {
            LinkKind::Email => format!("mailto:{shown}"),
            _ if shown.contains("://") => shown.to_owned(),
            _ if shown.starts_with("www.") => format!("https://{shown}"),
            _ => return None,
        };
        leads_somewhere(&href).then(|| (link.start()..link.end(), href))
    })
}

/// The addresses in running text that become links by themselves: where each stands, in bytes, and where it leads.
///
/// ```
/// use ccrov::document::bare_links;
/// assert_eq!(bare_links("See www.sos.ca.gov."), [(4..18, "https://www.sos.ca.gov".to_owned())]);
/// ```
pub fn bare_links(words: &str) -> Vec<(Range<usize>, String)> {
    found(&finder(), words).collect()
}

/// A link's own text holds no links.
pub(super) fn unlinked(text: Vec<Inline>) -> Vec<Inline> {
    let mut out = Vec::with_capacity(text.len());
    for inline in text {
        match inline {
            Inline::Link { text, .. } => out.extend(text),
            other => out.push(other),
        }
    }
    out
}

/// Whether a link's text says nothing of where it leads.
pub(super) fn is_vague(text: &str) -> bool {
    let text = text.trim().trim_end_matches(['.', ',', ':', '!', '…', '>', '»']).trim_end();
    VAGUE.iter().any(|vague| text.eq_ignore_ascii_case(vague))
}

/// Whether an address leads somewhere and does nothing else: it is of a known scheme, or relative.
///
/// ```
/// use ccrov::document::leads_somewhere;
/// assert!(leads_somewhere("https://www.sos.ca.gov") && leads_somewhere("forms/5.pdf"));
/// assert!(!leads_somewhere("javascript:alert(1)") && !leads_somewhere(" "));
/// ```
pub fn leads_somewhere(href: &str) -> bool {
    match href.split_once(':') {
        Some((scheme, rest)) if !scheme.contains(['/', '?', '#']) => {
            let known = ["http", "https", "mailto", "tel"];
            known.iter().any(|known| scheme.eq_ignore_ascii_case(known))
                && !rest.trim_matches('/').trim().is_empty()
        }
        // What leads to a heading of the same document is looked at there.
        _ => !href.trim().is_empty() && !href.starts_with('#') && !href.chars().any(char::is_control),
    }
}
