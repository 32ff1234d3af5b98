//! Where a link leads.
//!
//! In: an address as it was copied. Out: the address that a reader is to be led to, if it is one of the web, of mail or of a telephone;
//! filters of mail are taken away that lead through themselves. Not here: what a link shows.

use crate::document::leads_somewhere;

/// An address, and whether a filter stood around it.
pub(super) struct Address {
    pub href: String,
    pub unwrapped: bool,
}

/// What leads on to the address that stands in one of its own fields.
const FILTERS: [(&str, &str, &str); 5] = [
    (".safelinks.protection.outlook.com", "/", "url"),
    ("www.google.com", "/url", "q"),
    ("linkprotect.cudasvc.com", "/url", "a"),
    ("l.facebook.com", "/l.php", "u"),
    ("urldefense.proofpoint.com", "/v1/url", "u"),
];

/// The address that a link leads to in the end; none if a memo cannot lead there.
pub(super) fn address(href: &str) -> Option<Address> {
    let mut href: String = href.trim().chars().filter(|c| !c.is_control()).collect();
    let mut unwrapped = false;
    // One filter may stand around another.
    for _ in 0..4 {
        let Some(inner) = unwrap(&href) else { break };
        (href, unwrapped) = (inner, true);
    }
    // What leads on within its own folder or page was not copied with it.
    let (scheme, _) = href.split_once(':')?;
    (!scheme.contains(['/', '?', '#']) && leads_somewhere(&href)).then_some(Address { href, unwrapped })
}

fn unwrap(href: &str) -> Option<String> {
    let (_, rest) = href.split_once("://")?;
    let (host, path) = rest.split_at(rest.find('/')?);
    if host == "urldefense.com" || host == "urldefense.us" {
        return shielded(path);
    }
    if host == "urldefense.proofpoint.com" && path.starts_with("/v2/url") {
        // It writes an address with `-` for `%` and `_` for `/`.
        let field = field(path, "u")?;
        return percent_decoded(&field.replace('-', "%").replace('_', "/")).filter(|inner| is_address(inner));
    }
    let (_, _, name) = FILTERS.iter().find(|(of, start, _)| {
        let is_host = if of.starts_with('.') { host.ends_with(of) } else { host == *of };
        is_host && path.starts_with(start)
    })?;
    percent_decoded(field(path, name)?).filter(|inner| is_address(inner))
}

/// `/v3/__https://example.gov/a*b__;Iw!!...`: each star stands for a sign that is said behind the `;`.
fn shielded(path: &str) -> Option<String> {
    let inner = path.strip_prefix("/v3/__")?;
    let end = inner.rfind("__;")?;
    let inner = &inner[..end];
    (is_address(inner) && !inner.contains('*')).then(|| inner.to_owned())
}

fn is_address(text: &str) -> bool {
    ["http://", "https://", "mailto:"].iter().any(|start| text.starts_with(start))
}

fn field<'a>(path: &'a str, name: &str) -> Option<&'a str> {
    let (_, query) = path.split_once('?')?;
    let mut fields = query.split('&').filter_map(|field| field.split_once('='));
    fields.find(|(found, _)| found.trim_start_matches("amp;") == name).map(|(_, value)| value)
}

fn percent_decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        rest = after;
        let decoded = match (first, after) {
            (b'%', [high, low, ..]) => {
                let digit = |byte: &u8| char::from(*byte).to_digit(16);
                digit(high).zip(digit(low)).and_then(|(high, low)| u8::try_from(high * 16 + low).ok())
            }
            _ => None,
        };
        if decoded.is_some() {
            rest = &after[2..];
        }
        bytes.push(decoded.unwrap_or(*first));
    }
    String::from_utf8(bytes).ok()
}
