//! Where lines of a PDF end: what is read as one is not torn apart, addresses break where nobody takes the end for a full stop, and no
//! paragraph ends with one word.

use std::collections::BTreeMap;

use crate::common::{letters, pdf::Pdf};
use ccrov::{
    document::Document,
    model::date,
    pdf::{Faces, Info, Theme, write},
};

/// A hyphen that is drawn only at the end of a line, and copied out as what it is.
const SOFT: &str = "\u{AD}";

fn pdf(markdown: &str) -> Pdf {
    let day = date::read("August 31, 2021").unwrap();
    let info = Info {
        title: "Line Ends".to_owned(),
        author: "California Secretary of State".to_owned(),
        subject: "Line Ends".to_owned(),
        date: day,
        changed: day,
        identifier: None,
        running_head: Vec::new(),
        mark: None,
        fields: false,
        logos: BTreeMap::new(),
    };
    let document = Document::parse(markdown).unwrap();
    Pdf::read(&write(&document, &info, &Faces::embedded(), &Theme::default()).unwrap().0)
}

/// How wide a line of a page is, in points.
const WIDTH: f32 = 468.0;

/// How wide a text is that fits in a line.
fn width(text: &str) -> f32 {
    let shown = pdf(text).shown;
    let edges = shown.iter().filter(|run| !run.artifact).map(|run| (run.left, run.right));
    edges.clone().map(|edge| edge.1).fold(0.0, f32::max) - edges.map(|edge| edge.0).fold(WIDTH, f32::min)
}

/// The pieces of a text between which lines end; one that ends with a hyphen that is drawn there has a soft one. The text is set again
/// and again, each time a little farther to the right. Before and behind it stand words so long that two lines just hold it all, if the
/// first may end where the page does.
fn pieces(text: &str) -> Vec<String> {
    let step = width(&"i".repeat(100)) / 100.0;
    let wide = width(&format!("i {text} i")) - 2.0 * step;
    let long = |count: usize| "i".repeat(count);
    let both = ((2.0 * WIDTH - wide) / step) as usize - 1;
    let first = ((WIDTH - wide) / step) as usize..(WIDTH / step) as usize;
    let before: Vec<String> = first.map(long).collect();
    let paragraphs: Vec<String> =
        before.iter().map(|before| format!("{before} {text} {}", long(both - before.len()))).collect();
    let pdf = pdf(&paragraphs.join("\n\n"));
    let mut lines = (0..pdf.pages()).flat_map(|page| pdf.lines(page, false));
    let plain = |text: &str| letters(text).replace(SOFT, "");
    let whole = plain(text);
    let mut ends = BTreeMap::from([(whole.len(), "")]);
    for (paragraph, before) in paragraphs.iter().zip(before) {
        let all = plain(paragraph);
        let mut at = 0;
        while at < all.len() {
            let line = lines.next().unwrap();
            let (line, mark) = match all[at..].starts_with(&line) {
                true => (line.as_str(), ""),
                false => (line.strip_suffix(SOFT).unwrap_or_else(|| panic!("{line} in {all}")), SOFT),
            };
            assert!(all[at..].starts_with(line), "{line} in {all}");
            at += line.len();
            if let Some(end) = at.checked_sub(before.len()).filter(|end| (1..whole.len()).contains(end)) {
                ends.insert(end, mark);
            }
        }
    }
    let mut start = 0;
    let piece = |(end, mark)| whole[std::mem::replace(&mut start, end)..end].to_owned() + mark;
    ends.into_iter().map(piece).collect()
}

#[track_caller]
fn assert_pieces(text: &str, expected: &[&str]) {
    let expected: Vec<String> = expected.iter().map(|piece| letters(piece)).collect();
    assert_eq!(pieces(text), expected, "{text}");
}

#[test]
fn what_is_read_as_one_is_not_torn_apart() {
    let kept = [
        "Steps 1",
        "8:00 a.m.",
        "11:00 p.m.,",
        "12:00 noon",
        "CC/ROV #21144",
        "(888) 868-3225",
        "Mr. Ruiz",
        "916.657.2166",
        "E-60",
        "Suite 12",
        "Jan. 9,",
        "step 6a",
        "30 days",
        "24 hours",
        "ext. 204",
        "subd. (b)",
        "pages 3 to 12",
        "3 of 5",
        "Shirley N. Weber",
        "J. R. R. Smith, Jr.,",
        "11th Street",
    ];
    for words in kept {
        assert_pieces(&format!("tell {words} and more"), &["tell", words, "and", "more"]);
    }
}

#[test]
fn what_is_not_read_as_one_is_parted() {
    assert_pieces("on October 8, 2021, at 5:00 p.m.", &["on", "October 8,", "2021,", "at", "5:00 p.m."]);
    assert_pieces("6/25/2021 11:00 p.m.", &["6/25/2021", "11:00 p.m."]);
    assert_pieces("It is so. 5 counties", &["It", "is", "so.", "5", "counties"]);
    assert_pieces("from 5 to all", &["from", "5", "to", "all"]);
}

#[test]
fn addresses_break_before_what_parts_their_names() {
    assert_pieces("to a.ruiz@sub-county.ca.gov now", &["to", "a.ruiz", "@sub-county", ".ca", ".gov", "now"]);
    assert_pieces(
        "https://www.sos.ca.gov/vot-eq?id=7&day=2, as of",
        &["https://www", ".sos", ".ca", ".gov", "/vot-eq", "?id", "=7", "&day", "=2,", "as", "of"],
    );
}

#[test]
fn a_word_breaks_where_its_author_allowed_it() {
    assert_pieces("expi\u{AD}docious", &["expi\u{AD}", "docious"]);
}

#[test]
fn names_and_their_figures_stand_on_one_line() {
    for width in 20..60 {
        let memo = format!(
            "{} Call (888) 868-3225 at 8:00 a.m. or see CC/ROV #21144, Steps 1 and 2.",
            "so ".repeat(width)
        );
        let lines = pdf(&memo).lines(0, false);
        for whole in ["(888)868-3225", "8:00a.m.", "CC/ROV#21144", "Steps1"] {
            assert!(lines.iter().any(|line| line.contains(whole)), "{whole} in {lines:?}");
        }
    }
}

#[test]
fn no_paragraph_ends_with_a_forgotten_word() {
    let pdf =
        pdf("As you are aware, the VoteCal Release was delayed from August 8, 2021, to November 21, 2021, \
                   due to the Gubernatorial Recall Election on September 14, 2021. As a result, the November \
                   code release will be deployed to the County Test Environment (CTE) on October 8, 2021.");
    let lines = pdf.lines(0, false);
    assert_eq!(lines.len(), 4);
    assert!(lines[3].len() > 10, "{lines:?}");
}
