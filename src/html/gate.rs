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

/// Headings that links of the same text lead to.
const HEADINGS: [&str; 6] = ["h1", "h2", "h3", "h4", "h5", "h6"];

static GATE: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut gate = Builder::empty();
    gate.add_tags(BARE.iter().chain(&["a"]).copied())
        .add_tags(CLASSES.map(|(tag, _)| tag))
        .add_tags(["input"])
        // Whatever else it was to be, it is a box that nothing is sent from.
        .set_tag_attribute_value("input", "type", "checkbox")
        .add_url_schemes(["http", "https", "mailto", "tel"])
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
        return value.strip_prefix(super::HEADING).is_some_and(is_plain).then_some(Cow::Borrowed(value));
    }
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let wanted = NUMBERS.iter().find(|(of, name, _)| (*of, *name) == (tag, attribute));
    let passes = wanted.is_none_or(|(_, _, before)| value.strip_prefix(before).is_some_and(is_number));
    passes.then_some(Cow::Borrowed(value))
}

#[cfg(test)]
mod tests {
    use super::pass;

    #[test]
    fn what_the_writer_never_writes_does_not_pass() {
        let foreign = [
            ("<p onclick=\"run()\">Text</p>", "<p>Text</p>"),
            ("<p style=\"color: red\" id=\"main\">Text</p>", "<p>Text</p>"),
            ("<p class=\"skip title\">Text</p>", "<p class=\"title\">Text</p>"),
            ("<script>run()</script><style>p {}</style><p>Text</p>", "<p>Text</p>"),
            ("<img src=x onerror=run()><svg onload=run()></svg>Text", "Text"),
            ("<iframe src=\"https://example.gov\"></iframe>Text", "Text"),
            ("<form action=\"https://example.gov\"></form>Text", "Text"),
            ("<input name=n type=submit formaction=x>Text", "<input type=\"checkbox\">Text"),
            ("<a href=\"javascript:run()\">Text</a>", "<a>Text</a>"),
            ("<a href=\"java\tscript:run()\">Text</a>", "<a>Text</a>"),
            ("<a href=\"data:text/html,x\" target=_blank>Text</a>", "<a>Text</a>"),
            ("<h2 id=\"main\">Text</h2>", "<h2>Text</h2>"),
            ("<h2 id=\"h-a b\">Text</h2>", "<h2>Text</h2>"),
            ("<li id=\"note-1x\">Text</li>", "<li>Text</li>"),
            ("<ol start=\"-1\" type=\"i\"><li>Text</li></ol>", "<ol><li>Text</li></ol>"),
            ("Text</main><p>Text", "Text<p>Text</p>"),
            ("<!-- x --><p>Text", "<p>Text</p>"),
        ];
        for (fragment, passed) in foreign {
            assert_eq!(pass(fragment), passed, "{fragment}");
        }
    }
}
