//! The last gate of a page's main part.
//!
//! In: a fragment. Out: the same fragment, if it has nothing but what `html::write` writes. Elements,
//! attributes, their values and addresses that it never writes do not pass, whoever put them in: so a fault in
//! the writer, or in what it was given, becomes no script in a page. Not here: faults, which `document` reports
//! with their place long before.

use std::{borrow::Cow, sync::LazyLock};

use ammonia::{Builder, UrlRelative};

/// Elements that have no attribute.
const BARE: [&str; 17] = [
    "blockquote",
    "br",
    "caption",
    "code",
    "dd",
    "dl",
    "dt",
    "em",
    "hr",
    "ol",
    "pre",
    "strong",
    "sup",
    "table",
    "tbody",
    "thead",
    "li",
];
/// Elements with the classes that they may be of.
const CLASSES: [(&str, &[&str]); 14] = [
    ("p", &TEXT),
    ("h1", &TEXT),
    ("h2", &TEXT),
    ("h3", &TEXT),
    ("h4", &TEXT),
    ("h5", &TEXT),
    ("h6", &TEXT),
    ("ul", &TEXT),
    ("header", &["letterhead"]),
    ("section", &["attached", "notes"]),
    ("span", &["row", "dots", "blank", "short", "medium", "answer", "unseen"]),
    ("tr", &["band"]),
    ("th", &["center", "right"]),
    ("td", &["center", "right"]),
];
const TEXT: [&str; 5] = ["title", "subtitle", "columns", "leaders", "line"];
/// Attributes that say something to a reader.
const SAID: [(&str, &[&str]); 5] = [
    ("a", &["href", "aria-label"]),
    ("input", &["aria-label"]),
    ("section", &["aria-label"]),
    ("td", &["data-label"]),
    ("th", &["data-label"]),
];
/// Attributes that have one of a few values.
const CHOICES: [(&str, &str, &[&str]); 6] = [
    ("a", "role", &["doc-noteref", "doc-backlink"]),
    ("ol", "type", &["a"]),
    ("section", "role", &["doc-endnotes"]),
    ("span", "aria-hidden", &["true"]),
    ("th", "scope", &["col", "row", "rowgroup"]),
    ("ul", "role", &["list"]),
];
/// Attributes that are a number, alone or after a name that no other part of a page has.
const NUMBERS: [(&str, &str, &str); 5] = [
    ("a", "id", "to-note-"),
    ("li", "id", "note-"),
    ("li", "value", ""),
    ("ol", "start", ""),
    ("th", "colspan", ""),
];

/// What stands before the name of a heading: no other part of a page has such an id.
pub(super) const HEADING: &str = "h-";

/// What stands before the number of a step: no other part of a page has such an id.
pub(super) const STEP: &str = "step-";
/// Headings that links of the same text lead to.
const HEADINGS: [&str; 6] = ["h1", "h2", "h3", "h4", "h5", "h6"];

static GATE: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut gate = Builder::empty();
    // What the sanitizer lets pass by itself is more than is written here.
    gate.generic_attributes(Default::default())
        .tag_attributes(Default::default())
        .add_tags(BARE.iter().chain(&["a"]).copied())
        .add_tags(CLASSES.map(|(tag, _)| tag))
        .add_tags(["input"])
        // Whatever else it was to be, it is a box that nothing is sent from.
        .set_tag_attribute_value("input", "type", "checkbox")
        .url_schemes(["http", "https", "mailto", "tel"].into())
        .url_relative(UrlRelative::PassThrough)
        .link_rel(None)
        .add_clean_content_tags(["script", "style"])
        .attribute_filter(numbered);
    for (tag, classes) in CLASSES {
        gate.add_allowed_classes(tag, classes);
    }
    for (tag, attributes) in SAID {
        gate.add_tag_attributes(tag, attributes);
    }
    for (tag, attribute, _) in NUMBERS {
        gate.add_tag_attributes(tag, [attribute]);
    }
    gate.add_tag_attributes("th", ["id"]).add_tag_attributes("td", ["id"]);
    for heading in HEADINGS {
        gate.add_tag_attributes(heading, ["id"]);
    }
    for (tag, attribute, values) in CHOICES {
        gate.add_tag_attribute_values(tag, attribute, values);
    }
    gate
});

/// Lets through what the program writes, byte for byte.
pub(super) fn pass(fragment: &str) -> String {
    GATE.clean(fragment).to_string()
}

/// An attribute that is a number, if it is one; the id of a heading, if it is made of a heading's text.
fn numbered<'v>(tag: &str, attribute: &str, value: &'v str) -> Option<Cow<'v, str>> {
    if attribute == "id" && HEADINGS.contains(&tag) {
        let is_plain = |name: &str| name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
        return value.strip_prefix(HEADING).is_some_and(is_plain).then_some(Cow::Borrowed(value));
    }
    if attribute == "id" && matches!(tag, "th" | "td") {
        let is_plain = |name: &str| name.bytes().all(|byte| byte.is_ascii_alphanumeric());
        return value.strip_prefix(STEP).is_some_and(is_plain).then_some(Cow::Borrowed(value));
    }
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let wanted = NUMBERS.iter().find(|(of, name, _)| (*of, *name) == (tag, attribute));
    let passes = wanted.is_none_or(|(_, _, before)| value.strip_prefix(before).is_some_and(is_number));
    passes.then_some(Cow::Borrowed(value))
}
