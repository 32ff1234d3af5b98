//! What elements mean that word processors, mail programs and browsers write.
//!
//! In: an element. Out: what it is. Not here: what becomes of it.

use super::{
    counts::Counts,
    style::{ElementStyle, has_class},
    tree::{HtmlTree, NodeId, NodeKind},
};

/// Elements that hold nothing to read.
const UNREAD: [&str; 13] = [
    "style", "script", "xml", "head", "title", "meta", "link", "template", "noscript", "datalist", "iframe",
    "map", "audio",
];
/// Elements that are filled in.
const FIELDS: [&str; 2] = ["select", "textarea"];
/// Elements that are pictures.
const PICTURES: [&str; 8] = ["img", "svg", "canvas", "video", "object", "embed", "picture", "v:imagedata"];
const BLOCKS: [&str; 33] = [
    "p",
    "div",
    "li",
    "section",
    "article",
    "header",
    "footer",
    "main",
    "nav",
    "aside",
    "address",
    "figure",
    "figcaption",
    "center",
    "dl",
    "dt",
    "dd",
    "fieldset",
    "form",
    "details",
    "summary",
    "caption",
    "ul",
    "ol",
    "blockquote",
    "tr",
    "pre",
    "legend",
    "hgroup",
    "dialog",
    "search",
    "menu",
    "dir",
];

pub(super) fn is_block(name: &str) -> bool {
    BLOCKS.contains(&name)
}

/// Whether an element is left out with everything in it; what readers saw of it is counted.
pub(super) fn is_left_out(
    tree: &HtmlTree,
    id: NodeId,
    style: &ElementStyle<'_>,
    counts: &mut Counts,
) -> bool {
    let name = tree.name(id);
    let has_words = || tree.words(id).chars().any(|c| !c.is_whitespace());
    if UNREAD.contains(&name) {
        return true;
    }
    if PICTURES.contains(&name) {
        // Mails hold dots that tell that they were opened.
        let is_dot =
            ["width", "height"].iter().all(|side| matches!(tree.attribute(id, side), Some("0" | "1")));
        counts.pictures += usize::from(!is_dot);
        return true;
    }
    if has_class(tree, id, "msocomanchor") {
        counts.comments += 1;
        return true;
    }
    if style.is("mso-element", "comment-list") || style.is("mso-special-character", "comment") {
        return true;
    }
    if style.is_hidden() || tree.attribute(id, "hidden").is_some() {
        counts.hidden += usize::from(has_words());
        return true;
    }
    if name == "del" || has_class(tree, id, "msoDel") {
        counts.deletions += usize::from(has_words());
        return true;
    }
    if matches!(name, "s" | "strike") || style.is_struck() {
        counts.struck += usize::from(has_words());
        return true;
    }
    if FIELDS.contains(&name) || name == "input" && is_field(tree.attribute(id, "type").unwrap_or_default()) {
        counts.fields += 1;
        return true;
    }
    counts.insertions += usize::from((name == "ins" || has_class(tree, id, "msoIns")) && has_words());
    false
}

/// Whether an `<input>` of a type is filled in.
fn is_field(kind: &str) -> bool {
    !["hidden", "checkbox", "button", "submit", "reset", "image"]
        .iter()
        .any(|other| kind.eq_ignore_ascii_case(other))
}

/// Whether an element is what Word prints before an item.
pub(super) fn is_marker(style: &ElementStyle<'_>) -> bool {
    style.is("mso-list", "Ignore")
}

/// The level of a heading; 0 is the title above all.
pub(super) fn heading(tree: &HtmlTree, id: NodeId, style: &ElementStyle<'_>) -> Option<u8> {
    let name = tree.name(id);
    if let Some(level) = name.strip_prefix('h').and_then(|level| level.parse().ok()) {
        return Some(level).filter(|level| (1..=6).contains(level));
    }
    if !is_block(name) {
        return None;
    }
    if has_class(tree, id, "MsoTitle") {
        return Some(0);
    }
    let classes = tree.attribute(id, "class").unwrap_or_default();
    let of_class = classes.split_whitespace().find_map(|class| class.strip_prefix("MsoHeading"));
    // Word in a browser has headings that are paragraphs.
    let level = of_class.or_else(|| {
        let is_heading = tree.attribute(id, "role") == Some("heading");
        tree.attribute(id, "aria-level").filter(|_| is_heading)
    });
    let level = level.or_else(|| style.get("mso-outline-level").filter(|_| style.word_level().is_none()));
    level.and_then(|level| level.trim().parse().ok()).filter(|level| (1..=9).contains(level))
}

/// The key of the note that an element refers to.
pub(super) fn refers_to_note(tree: &HtmlTree, id: NodeId) -> Option<String> {
    let name = target(tree, id)?;
    for start in ["_ftn", "_edn", "ftnt"] {
        if name.strip_prefix(start).is_some_and(is_number) {
            return Some(name.trim_start_matches('_').to_owned());
        }
    }
    let key = name.strip_suffix("sym")?;
    let number = key.strip_prefix("sdfootnote").or_else(|| key.strip_prefix("sdendnote"))?;
    is_number(number).then(|| key.to_owned())
}

/// The key of the note that an element leads back from.
pub(super) fn leads_back(tree: &HtmlTree, id: NodeId) -> Option<String> {
    let name = target(tree, id)?;
    for (start, own) in [("_ftnref", "ftn"), ("_ednref", "edn"), ("ftnt_ref", "ftnt")] {
        if let Some(number) = name.strip_prefix(start).filter(|number| is_number(number)) {
            return Some(format!("{own}{number}"));
        }
    }
    let key = name.strip_suffix("anc")?;
    (key.starts_with("sdfootnote") || key.starts_with("sdendnote")).then(|| key.to_owned())
}

/// The name that a link leads to in its own document.
fn target(tree: &HtmlTree, id: NodeId) -> Option<&str> {
    let href = tree.attribute(id, "href").filter(|_| tree.name(id) == "a")?;
    href.rsplit_once('#').map(|(_, name)| name)
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The key of the note that an element holds.
pub(super) fn is_note(tree: &HtmlTree, id: NodeId, style: &ElementStyle<'_>) -> Option<String> {
    let own = tree.attribute(id, "id").filter(|_| tree.name(id) == "div")?;
    let of_word = style.is("mso-element", "footnote") || style.is("mso-element", "endnote");
    let of_writer = own.strip_prefix("sdfootnote").or_else(|| own.strip_prefix("sdendnote"));
    (of_word || of_writer.is_some_and(is_number)).then(|| own.to_owned())
}

/// Whether a line across the page parts notes from text.
pub(super) fn is_separator(tree: &HtmlTree, id: NodeId) -> bool {
    tree.attribute(id, "width") == Some("33%")
}

/// Whether the `<div>`s in an element are lines: an empty one stands between paragraphs.
pub(super) fn has_lines(tree: &HtmlTree, id: NodeId) -> bool {
    let mut divs = tree.children(id).filter(|child| tree.name(*child) == "div");
    divs.any(|div| is_blank(tree, div))
}

/// Whether an element is an empty line.
pub(super) fn is_blank(tree: &HtmlTree, id: NodeId) -> bool {
    let mut breaks = false;
    let mut open: Vec<NodeId> = tree.children(id).collect();
    while let Some(id) = open.pop() {
        match tree.kind(id) {
            NodeKind::Text(text) if text.chars().all(char::is_whitespace) => {}
            NodeKind::Text(_) => return false,
            NodeKind::Element(..) => match tree.name(id) {
                "br" => breaks = true,
                "span" | "font" | "b" | "i" | "o:p" => open.extend(tree.children(id)),
                _ => return false,
            },
            NodeKind::Other => {}
        }
    }
    breaks
}

/// Whether a list of this kind counts by letters; `true` inside if they are capitals, which we do not print.
pub(super) fn letters(style: &str) -> Option<bool> {
    match style {
        "a" => Some(false),
        "A" => Some(true),
        other => match other.to_ascii_lowercase().as_str() {
            "lower-alpha" | "lower-latin" => Some(false),
            "upper-alpha" | "upper-latin" => Some(true),
            _ => None,
        },
    }
}

/// `a.`, `b.`; `aa.` behind `z.`.
pub(super) fn letter(number: u64) -> String {
    crate::document::Markers::Letters.label(number).unwrap_or_default()
}

/// The largest number that Markdown takes for one of a list.
pub(super) const LARGEST: u64 = 999_999_999;

/// The number that an item or a list says; of one that is too large, the largest.
pub(super) fn number(text: &str) -> Option<u64> {
    let digits = text.trim();
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| digits.parse().unwrap_or(LARGEST).min(LARGEST))
}

/// The level of an item that says it itself.
pub(super) fn item_level(tree: &HtmlTree, id: NodeId) -> Option<usize> {
    let level = tree.attribute(id, "data-aria-level").filter(|_| tree.name(id) == "li")?;
    level.trim().parse().ok().map(|level: usize| level.clamp(1, 9))
}

/// What a check box is printed as.
pub(super) fn check_box(tree: &HtmlTree, id: NodeId) -> &'static str {
    match (tree.attribute(id, "type"), tree.attribute(id, "checked")) {
        (Some("checkbox"), None) => "☐",
        (Some("checkbox"), Some(_)) => "☒",
        _ => "",
    }
}

/// A row of a table.
pub(super) struct SourceRow {
    pub id: NodeId,
    pub cells: Vec<NodeId>,
    /// Nothing of it is read, but it keeps its place.
    pub is_left_out: bool,
}

/// The rows of a table that take room.
pub(super) fn rows(tree: &HtmlTree, id: NodeId, counts: &mut Counts) -> Vec<SourceRow> {
    let mut rows = Vec::new();
    let mut open: Vec<(NodeId, bool)> = tree.children(id).map(|part| (part, false)).collect();
    open.reverse();
    while let Some((id, within)) = open.pop() {
        let name = tree.name(id);
        if !matches!(name, "tr" | "thead" | "tbody" | "tfoot") {
            continue;
        }
        let style = ElementStyle::of(tree, id);
        let is_left_out = within || is_left_out(tree, id, &style, counts);
        if takes_no_room(tree, id, &style) {
            continue;
        }
        let inner = tree.children(id);
        if name == "tr" {
            let cells = inner.filter(|cell| matches!(tree.name(*cell), "td" | "th")).collect();
            rows.push(SourceRow { id, cells, is_left_out });
        } else {
            let first = open.len();
            open.extend(inner.map(|row| (row, is_left_out)));
            open[first..].reverse();
        }
    }
    rows
}

/// Whether what stands beside an element moves into its place.
pub(super) fn takes_no_room(tree: &HtmlTree, id: NodeId, style: &ElementStyle<'_>) -> bool {
    style.is("display", "none") || tree.attribute(id, "hidden").is_some()
}
