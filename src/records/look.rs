//! `theme` in `memos/office.yaml` -> [`Look`] and [`Typeface`].
//!
//! In: the node of the key. Out: values with which a PDF can be read. Not here: whether a typeface is
//! installed, and what is in font files.

use super::{fields::Fields, reader::Reader};
use crate::{
    diagnostic::{Code, Diagnostic, Placed, offered},
    model::{Color, Look, Paper, Typeface, points},
    yaml::{Data, Node},
};

/// Sizes of the text that can be read on paper and still leave room on it.
const SIZES: std::ops::RangeInclusive<f32> = 8.0..=16.0;
/// The running head stands halfway in the margin, and printers leave a quarter of an inch white.
const NARROWEST_MARGIN: f32 = 36.0;
/// A line of the text holds some 45 characters at least, which are so many sizes.
const SHORTEST_LINE: f32 = 24.0;

/// The contrast that text must have, and that all else must have which tells something: success criteria
/// 1.4.3 and 1.4.11 of the Web Content Accessibility Guidelines 2.2.
const TEXT: (f64, &str) = (4.5, "1.4.3");
const GRAPHICS: (f64, &str) = (3.0, "1.4.11");

/// Reads the look of PDFs, and their typeface if one is named.
pub(super) fn theme(node: &Node, r: &mut Reader<'_>) -> Option<(Look, Option<Typeface>)> {
    let mut look = Look::default();
    let mut f = r.fields(node, "the theme")?;
    look.page = r.may(&mut f, "page", page).flatten().unwrap_or(look.page);
    look.size = r.may(&mut f, "size", size).flatten().unwrap_or(look.size);
    look.margin = r.may(&mut f, "margin", |n, r| margin(n, r, &look)).flatten().unwrap_or(look.margin);
    r.may(&mut f, "colors", |n, r| colors(n, r, &mut look));
    let typeface = r.may(&mut f, "typeface", typeface).flatten();
    r.end(&f);
    Some((look, typeface))
}

fn page(node: &Node, r: &mut Reader<'_>) -> Option<Paper> {
    let text = r.text(node)?;
    let known = Paper::ALL.iter().find(|(name, _)| name.eq_ignore_ascii_case(&text));
    if known.is_none() {
        let help = offered(&text, Paper::ALL.map(|(name, _)| name));
        let message = format!("there is no page size `{text}`");
        r.fault(Code::BadValue, node, message, "the name of a size of paper is expected", help);
    }
    known.map(|(_, page)| *page)
}

fn size(node: &Node, r: &mut Reader<'_>) -> Option<f32> {
    let text = r.text(node)?;
    let number = text.strip_suffix("pt").unwrap_or(&text).trim_end().parse().ok();
    let size = number.filter(|size| SIZES.contains(size));
    if size.is_none() {
        let (least, most) = (SIZES.start(), SIZES.end());
        let expected = format!("a size of the text from {least} to {most} points is expected");
        let help = "write a number: 10.5 is usual, 12 is large".to_owned();
        r.fault(Code::BadValue, node, format!("`size` is `{text}`"), &expected, help);
    }
    size
}

fn margin(node: &Node, r: &mut Reader<'_>, look: &Look) -> Option<f32> {
    let text = r.text(node)?;
    let Some(margin) = points(&text) else {
        let help = "write a number with its unit: 1 in, 25 mm or 72 pt".to_owned();
        r.fault(Code::BadValue, node, format!("`margin` is `{text}`"), "a length is expected", help);
        return None;
    };
    let widest = (look.page.size().0 - SHORTEST_LINE * look.size) / 2.0;
    // In hundredths of an inch, so that what the help says is right.
    let inches = |points: f32| (points * 100.0 / 72.0).floor() / 100.0;
    let help = format!("write a margin from {} in to {} in", inches(NARROWEST_MARGIN), inches(widest));
    if margin < NARROWEST_MARGIN {
        let expected = "the running head stands in the margin, and printers leave the edge white";
        r.fault(Code::BadValue, node, format!("a margin of {text} is too small"), expected, help);
        return None;
    }
    if margin > widest {
        let expected = format!("a text of {} points needs lines of some 45 characters", look.size);
        r.fault(Code::BadValue, node, format!("a margin of {text} leaves too little width"), &expected, help);
        return None;
    }
    Some(margin)
}

/// Takes colours in. Each must be told from what it stands on.
fn colors(node: &Node, r: &mut Reader<'_>, look: &mut Look) -> Option<()> {
    let mut f = r.fields(node, "the colors")?;
    for (key, place) in [("links", &mut look.links), ("rules", &mut look.rules), ("shade", &mut look.shade)] {
        *place = r.may(&mut f, key, color).flatten().unwrap_or(*place);
    }
    r.end(&f);
    let (paper, shade) = (("paper", Color::WHITE), ("the shade", look.shade));
    let sound = told(&f, ("text", Color::BLACK), shade, TEXT, r);
    // Links stand on both; what is too light for paper is too light for the shade as well.
    let on_both = sound && look.links.contrast(Color::WHITE) >= TEXT.0;
    let ground = if on_both { shade } else { paper };
    told(&f, ("links", look.links), ground, TEXT, r);
    told(&f, ("rules", look.rules), paper, GRAPHICS, r);
    Some(())
}

/// A family by its name, or a file for each face.
fn typeface(node: &Node, r: &mut Reader<'_>) -> Option<Typeface> {
    if matches!(node.data, Data::Text(_)) {
        return placed(node, r).map(Typeface::Installed);
    }
    let mut f = r.fields(node, "a typeface")?;
    let files = ["regular", "bold", "italic", "bold_italic"].map(|face| r.need(&mut f, face, font_file));
    r.end(&f);
    let [regular, bold, italic, bold_italic] = files;
    Some(Typeface::Files([regular?, bold?, italic?, bold_italic?]))
}

/// The path of a font file, from the working folder.
fn font_file(node: &Node, r: &mut Reader<'_>) -> Option<Placed<String>> {
    let path = placed(node, r)?;
    let leaves = path.value.split('/').any(|part| part.is_empty() || part.starts_with('.'));
    if leaves || path.value.contains(['\\', ':']) {
        let message = format!("`{}` leads out of memos/", path.value);
        let help = "put the file into a folder there, and write fonts/Office-Regular.ttf".to_owned();
        r.fault(Code::OutsideFolder, node, message, "the path of a file in memos/ is expected", help);
        return None;
    }
    Some(Placed { value: format!("memos/{}", path.value), ..path })
}

fn placed(node: &Node, r: &mut Reader<'_>) -> Option<Placed<String>> {
    Some(Placed { value: r.text(node)?, place: r.source.at(node.range.clone()) })
}

fn color(node: &Node, r: &mut Reader<'_>) -> Option<Color> {
    let text = r.text(node)?;
    let color = text.parse().ok();
    if color.is_none() {
        let help =
            "write it in quotes, with two hexadecimal digits each for red, green and blue: \"#0b3d78\"";
        let message = format!("`{text}` is no color");
        r.fault(Code::BadValue, node, message, "a number sign and six digits are expected", help.to_owned());
    }
    color
}

/// Whether an ink can be told from what it stands on; if not, that is reported where the ink is chosen,
/// or else the shade.
fn told(
    colors: &Fields<'_>,
    (what, ink): (&str, Color),
    (ground, paper): (&str, Color),
    (least, criterion): (f64, &str),
    r: &mut Reader<'_>,
) -> bool {
    let ratio = ink.contrast(paper);
    if ratio >= least {
        return true;
    }
    let (range, help) = match colors.value_range(what) {
        Some(range) => (range, "take a darker color, or leave this one out"),
        None => (colors.value_range("shade").unwrap_or_default(), "take a lighter shade, such as #e6e6e6"),
    };
    // Rounded down, so that 4.499 is not called 4.5.
    let ratio = (ratio * 100.0).floor() / 100.0;
    let message = format!("the contrast of {what} ({ink}) on {ground} ({paper}) is {ratio}:1");
    let expected = format!("{least}:1 or more is expected, so that everybody can read it (WCAG {criterion})");
    let place = r.source.at(range);
    r.faults.push(Diagnostic::new(Code::LowContrast, place, message).expected(expected).help(help));
    false
}
