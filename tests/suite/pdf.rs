//! What a reader finds in the PDFs: every word, in order, on the page.

use std::collections::BTreeMap;

use crate::common::{letters, pdf::Pdf, tags};
use ccrov::document::Document;
use ccrov::pdf::{Faces, Info, Theme, Unprintable, write};
use chrono::NaiveDate;
use lopdf::{Dictionary, Object};

const MEMO: &str = "\
<!-- letterhead -->
SHIRLEY N. WEBER, Ph.D. \\| SECRETARY OF STATE \\| STATE OF CALIFORNIA\\
ELECTIONS DIVISION\\
1500 11th Street, Sacramento, CA 95814 \\| Tel 916.657.2166 \\| www.sos.ca.gov

August 31, 2021

# County Clerk/Registrar of Voters (CC/ROV) Memorandum #21144

TO:
: All County Clerks/Registrars of Voters

FROM:
: Debra Ledsinger\\
  Associate Elections Analyst

RE:
: **VoteCal: County Test Environment – November 21, 2021, Release**

As you are aware, the *VoteCal Release* was delayed from August 8, 2021, to November 21, 2021, due to the
Gubernatorial Recall Election on September 14, 2021. Steps 6\u{a0}and\u{a0}7 are done: “ﬁve” a\u{2011}b, a\u{2010}b.

If you have any questions, please write to votecalhelp@sos.ca.gov.

## Attachment

<!-- page -->
<!-- title -->
## SCHEDULE FOR THE COUNTY TEST ENVIRONMENT

<!-- subtitle -->
November 21, 2021, Release Schedule

| \\# | Responsible Entity | Task | Start | End |
|---|---|---|---|---|
| 14 | All CTE Counties | Receive and install<br>**VOTECAL CTE WILL BE DOWN** | 10/4/2021 | 10/8/2021 |
| **Completed Tasks** | | | | |
| 6a | SOS/Elections | Take a backup copy | 6/25/2021 11:00 p.m. | 6/25/2021 11:00 p.m. |
";

fn info() -> Info {
    Info {
        title: "CC/ROV Memorandum #21144 – VoteCal".to_owned(),
        author: "California Secretary of State".to_owned(),
        subject: "VoteCal".to_owned(),
        date: NaiveDate::from_ymd_opt(2021, 8, 31).expect("a day of the calendar"),
        changed: NaiveDate::from_ymd_opt(2021, 8, 31).expect("a day of the calendar"),
        identifier: None,
        running_head: vec!["CCROV 21144".to_owned(), "VoteCal: County Test Environment".to_owned()],
        mark: None,
        fields: false,
        logos: BTreeMap::new(),
    }
}

fn parse(markdown: &str) -> Document {
    Document::parse(markdown).expect("Markdown without pictures")
}

fn pdf(markdown: &str) -> Pdf {
    Pdf::read(&write(&parse(markdown), &info(), &Faces::embedded(), &Theme::default()).expect("no faults").0)
}

fn sorted(text: &str) -> Vec<char> {
    let mut all: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
    all.sort_unstable();
    all
}

/// All glyphs stand on the paper; a space at a line's end may hang into the margin.
fn assert_inside(pdf: &Pdf, name: &str) {
    for run in &pdf.shown {
        let inside = run.left >= 71.9 && run.right <= 545.0 && run.y >= 72.0 && run.y <= 760.0;
        assert!(inside, "{name}: {:?} at {}..{}, {}", run.text, run.left, run.right, run.y);
    }
}

#[test]
fn every_word_is_there_in_order() {
    let pdf = pdf(MEMO);
    assert_eq!(pdf.text(), letters(&parse(MEMO).plain_text()));
    assert_eq!(pdf.pages(), 2);
    assert_inside(&pdf, "memo");
}

#[test]
fn the_running_head_stands_on_every_page_but_the_first() {
    let pdf = pdf(MEMO);
    assert_eq!(pdf.lines(0, true), Vec::<String>::new());
    assert_eq!(pdf.lines(1, true), ["CCROV21144", "VoteCal:CountyTestEnvironment", "Page2"]);
}

#[test]
fn a_long_table_repeats_its_head_and_loses_no_row() {
    let rows: String = (1..=200).map(|n| format!("| {n} | Task of row {n} | 10/{n}/2021 |\n")).collect();
    let table = format!("| # | Task | Start |\n|---|---|---|\n{rows}");
    let pdf = pdf(&table);
    assert_eq!(pdf.text(), letters(&parse(&table).plain_text()));
    assert!(pdf.pages() > 4);
    assert_eq!(pdf.lines(0, false)[0], "#TaskStart");
    for page in 1..pdf.pages() {
        let repeated = pdf.lines(page, true);
        assert_eq!(repeated.last().map(String::as_str), Some("#TaskStart"), "page {}", page + 1);
    }
}

#[test]
fn a_word_longer_than_its_cell_breaks_inside_it() {
    let word: String = ('a'..='z').cycle().take(400).collect();
    let table = format!(
        "| # | Task | Count |\n|---|---|---|\n| {word} | short | 1 |\n| 2 | [{word}](https://sos.ca.gov) | 2 |\n"
    );
    let pdf = pdf(&table);
    assert_eq!(pdf.text(), letters(&parse(&table).plain_text()));
    assert_inside(&pdf, "long word");
    assert!(pdf.shown.iter().any(|run| run.text == "Count"), "a column of short words has room for them");
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let once = || write(&parse(MEMO), &info(), &Faces::embedded(), &Theme::default());
    assert_eq!(once(), once());
}

#[test]
fn a_character_that_no_face_has_is_a_fault() {
    let document = parse("Plain.\n\nBallot \u{2603} language: 日");
    let faults = write(&document, &info(), &Faces::embedded(), &Theme::default())
        .expect_err("two characters are missing");
    let part = Some(document.blocks[1].id);
    let text = "Ballot \u{2603} language: 日".to_owned();
    assert_eq!(
        faults,
        ['\u{2603}', '日'].map(|character| Unprintable::NoGlyph { character, part, text: text.clone() })
    );
}

#[test]
fn links_can_be_clicked_on_every_line_they_stand_on() {
    let pdf =
        pdf("Write to help@sos.ca.gov or see [the page on which all of the memoranda of this and of all \
                   earlier years are listed, newest first](https://www.sos.ca.gov/ccrov).");
    let uris: Vec<String> = pdf
        .links()
        .iter()
        .map(|link| {
            let action = link.get(b"A").and_then(Object::as_dict).expect("an action");
            let uri = action.get(b"URI").and_then(Object::as_str).expect("an address");
            assert!(link.has(b"Contents"));
            String::from_utf8_lossy(uri).into_owned()
        })
        .collect();
    assert_eq!(uris[0], "mailto:help@sos.ca.gov");
    assert!(uris.len() > 2 && uris[1..].iter().all(|uri| uri == "https://www.sos.ca.gov/ccrov"), "{uris:?}");
}

#[test]
fn the_file_says_what_it_is() {
    let pdf = pdf(MEMO);
    let catalog = pdf.file.catalog().expect("a catalog");
    let string = |dictionary: &Dictionary, key: &[u8]| {
        dictionary.get(key).and_then(lopdf::decode_text_string).expect("a text")
    };
    assert_eq!(pdf.file.version, "1.7");
    assert_eq!(string(catalog, b"Lang"), "en-US");
    let about = pdf.file.trailer.get_deref(b"Info", &pdf.file).and_then(Object::as_dict).expect("info");
    assert_eq!(string(about, b"Title"), info().title);
    assert_eq!(string(about, b"CreationDate"), "D:20210831");
    assert_eq!(about.len(), 6);
    let outline = catalog.get_deref(b"Outlines", &pdf.file).and_then(Object::as_dict).expect("bookmarks");
    let first = outline.get_deref(b"First", &pdf.file).and_then(Object::as_dict).expect("a bookmark");
    assert_eq!(string(first, b"Title"), "County Clerk/Registrar of Voters (CC/ROV) Memorandum #21144");
    assert!(first.has(b"First"), "headings of level 2 stand below the number line");
}

#[test]
fn no_page_ends_with_what_belongs_to_the_next() {
    for count in 20..60 {
        let filler = "A line.\n\n".repeat(count / 2);
        let heading = format!("{filler}## Heading\n\nText below.\n");
        let pdf_with_heading = pdf(&heading);
        assert_not_last(&pdf_with_heading, "Heading");

        let rows = "| 1 | row |\n".repeat(count);
        let band = format!("| # | Task |\n|---|---|\n{rows}| **Band** | |\n| 2 | below |\n");
        assert_not_last(&pdf(&band), "Band");
    }
}

#[test]
fn no_row_that_a_page_can_hold_is_split() {
    let rows: String =
        (10..40).map(|n| format!("| {n} | {n}a<br>{n}b<br>{n}c<br>{n}d<br>{n}e |\n")).collect();
    for filler in 0..8 {
        let pdf = pdf(&format!("{}| # | Task |\n|---|---|\n{rows}", "A line.\n\n".repeat(filler)));
        let page = |text: String| pdf.shown.iter().find(|run| run.text.trim() == text).expect("a line").page;
        for n in 10..40 {
            assert_eq!(page(format!("{n}a")), page(format!("{n}e")), "row {n} below {filler} lines");
        }
    }
}

fn assert_not_last(pdf: &Pdf, line: &str) {
    for page in 0..pdf.pages() {
        assert_ne!(pdf.lines(page, false).last().map(String::as_str), Some(line));
    }
}

#[test]
fn a_table_too_wide_for_the_page_turns_its_section_and_no_other() {
    let wide = format!("|{}\n|{}\n|{}\n", " Heading |".repeat(12), "---|".repeat(12), " 1,234 |".repeat(12));
    let sideways = |pdf: &Pdf| -> Vec<bool> {
        let pages = pdf.file.page_iter().map(|page| pdf.file.get_dictionary(page).expect("a page"));
        let paper = pages.map(|page| page.get(b"MediaBox").and_then(Object::as_array).expect("a paper"));
        paper.map(|paper| paper[2].as_float().expect("a length") > 700.0).collect()
    };
    let memo = "<!-- letterhead -->\nOffice\n\n# Memorandum\n\nAbove.\n\n";
    let in_text = pdf(&format!("{memo}{wide}\nBelow.\n\n## Section\n\nAnother.\n"));
    assert_eq!(sideways(&in_text), [false, true, false]);
    let list = wide.trim_end().replace('\n', "\n  ");
    let in_list = pdf(&format!("{memo}- Item:\n\n  {list}\n\nBelow.\n"));
    assert_eq!(sideways(&in_list), [false, true, false]);
    let in_section =
        pdf(&format!("{memo}## Section\n\nWith it.\n\n{wide}\nBelow it.\n\n## Next\n\nUpright.\n"));
    assert_eq!(sideways(&in_section), [false, true, false]);
    let turned = in_section.page_texts().swap_remove(1);
    assert!(turned.starts_with("Section\nWith it.\n") && turned.ends_with("Below it.\n"), "{turned}");
    for run in in_section.shown.iter().filter(|run| run.page == 1) {
        assert!(run.right <= 725.0 && run.y >= 72.0 && run.y <= 580.0, "{:?} at {}", run.text, run.right);
    }
}

#[test]
fn units_stand_below_units_and_years_below_years() {
    let pdf = pdf(
        "| # | Count | Start |\n|---|---|---|\n| 9 | 1,234 | 7/9/2021 |\n| 10a | 56.5 | 10/12/2021 11:00 p.m. |\n\
                   | 11 | none | N/A |\n",
    );
    let end = |text: &str, figures: usize| end(&pdf, text, figures);
    assert!((end("9", 1) - end("10a", 2)).abs() < 0.5);
    assert!((end("1,234", 5) - end("56.5", 2)).abs() < 0.5);
    assert!((end("7/9/2021", 8) - end("10/12/2021 11:00 p.m.", 10)).abs() < 0.5);
}

/// Where a cell's first characters end: figures, with the signs between them.
fn end(pdf: &Pdf, text: &str, figures: usize) -> f32 {
    let run = pdf.shown.iter().find(|run| run.text == text).unwrap_or_else(|| panic!("{text}"));
    // All figures are as wide as each other, and so are a full stop and a comma.
    let (wide, narrow) = (0.572 * 9.5, 0.268 * 9.5);
    let dots = text[..figures].matches([',', '.']).count() as f32;
    let slashes = text[..figures].matches('/').count() as f32;
    run.left + (figures as f32 - dots - slashes) * wide + dots * narrow + slashes * 0.372 * 9.5
}

#[test]
fn figures_end_where_they_line_up() {
    // Most cells of each column are numbers, or dates, of which the widest stands at the column's edge.
    let table = |widest: &str, cells: &[&str]| {
        let rows: String = cells.iter().map(|cell| format!("| x | {cell} |\n| x | {widest} |\n")).collect();
        pdf(&format!("| A | B |\n|---|---|\n{rows}"))
    };
    let numbers = [("6a", 1), ("14", 2), ("1,234", 5), ("12.5%", 2), ("7.", 1)];
    let dates = [("6/25/2021 11:00 p.m.", 9)];
    let others = ["12 Main Street", "11:00 p.m.", "N/A", ""];
    for (widest, lined_up) in [("12,345,678", &numbers[..]), ("12/31/2021", &dates)] {
        let cells: Vec<&str> = lined_up.iter().map(|(text, _)| *text).chain(others).collect();
        let pdf = table(widest, &cells);
        let edge = end(&pdf, widest, widest.len());
        for (text, figures) in lined_up {
            assert!((end(&pdf, text, *figures) - edge).abs() < 0.5, "{text}");
        }
        for text in others.iter().filter(|text| !text.is_empty()) {
            assert!((end(&pdf, text, 0) - end(&pdf, widest, 0)).abs() < 0.1, "{text}");
        }
    }
}

#[test]
fn a_table_too_wide_for_any_page_is_a_fault_that_names_a_column() {
    let heads: String = (1..=120).map(|n| format!(" h{n} |")).collect();
    let many = format!("|{heads}\n|{}\n|{}\n", "---|".repeat(120), " c |".repeat(120));
    let faults =
        write(&parse(&many), &info(), &Faces::embedded(), &Theme::default()).expect_err("it has no room");
    assert!(matches!(&faults[..], [Unprintable::TooWide { column, .. }] if column == "h28"), "{faults:?}");
}

#[test]
fn one_set_of_faces_serves_all_threads() {
    fn shared<T: Send + Sync>(_: &T) {}
    shared(&Faces::embedded());
}

/// The first heading is of level 1, and none is more than one level below the one before it.
fn assert_no_level_is_left_out(name: &str, elements: &[&str]) {
    let mut above = 0;
    let levels = ["H1", "H2", "H3", "H4", "H5", "H6"];
    for level in elements.iter().filter_map(|name| levels.iter().position(|level| level == name)) {
        assert!(level <= above, "{name}: {elements:?}");
        above = level + 1;
    }
}

#[test]
fn odd_documents_lose_nothing() {
    let long = "word ".repeat(6000);
    let deep: String = (0..30).map(|level| format!("{}- item {level}\n", "  ".repeat(level))).collect();
    let twelve =
        format!("|{}\n|{}\n|{}\n", " head |".repeat(12), "---|".repeat(12), " cell words |".repeat(12));
    let odd = [
        ("nothing", String::new()),
        ("empty cells", "| a | b |\n|---|---|\n| | |\n| x | |\n| | y |\n".to_owned()),
        ("no rows", "| a | b |\n|---|---|\n".to_owned()),
        ("empty head", "| | |\n|---|---|\n| a | b |\n".to_owned()),
        ("twelve columns", twelve),
        ("deep lists", deep),
        ("long paragraph", long.clone()),
        ("tall row", format!("| a | b |\n|---|---|\n| {long} | {long} |\n| 1 | 2 |\n")),
        ("tall head", format!("| {long} | b |\n|---|---|\n| 1 | 2 |\n")),
        ("tall band", format!("| a | b |\n|---|---|\n| **{long}** | |\n")),
        ("headings only", "# One\n\n## Two\n\n### Three\n".repeat(60)),
        ("levels left out", "### Three\n\n> ###### Six\n\n#### Four\n\n# One\n\n#### Four\n".to_owned()),
        (
            "long label",
            format!("{}\n: stands above\n\nTO:\n: beside\n\n  twice\n: more\n", "label ".repeat(40)),
        ),
        (
            "quotes and code",
            "> > Quoted\n>\n> - item\n\n```\nfn  main()\n\tx\n\n```\n\n---\n\n> ---\n".to_owned(),
        ),
        ("accents", "x\u{302} q\u{323}\u{307} é ǰ \u{ad}soft\u{ad}hyphen\u{200b}zero A\u{2060}B".to_owned()),
        ("numbers", "18446744073709551615. most\n1. more\n".to_owned()),
        ("breaks", "one<br><br>two<br>\n".to_owned()),
        (
            "page at once",
            "<!-- page -->\nText\n\n<!-- page -->\n# A\n\n<!-- page -->\n| a |\n|---|\n| b |\n".to_owned(),
        ),
        ("heads of tables in lists", "- | a | b |\n  |---|---|\n  | 1 | 2 |\n".to_owned()),
    ];
    for (name, markdown) in odd {
        let document = parse(&markdown);
        let bytes = write(&document, &info(), &Faces::embedded(), &Theme::default());
        let pdf = Pdf::read(&bytes.unwrap_or_else(|faults| panic!("{name}: {faults:?}")).0);
        assert_inside(&pdf, name);
        let tree = tags::read(&pdf);
        assert_eq!(sorted(&tree.text()), sorted(&pdf.text()), "{name}");
        assert_no_level_is_left_out(name, &tree.names());
        let (found, plain) = (pdf.text(), document.plain_text());
        let plain: String = plain.chars().filter(|c| !"\u{ad}\u{200b}\u{2060}".contains(*c)).collect();
        match name {
            // A row that goes over several pages is drawn page by page.
            "tall row" | "tall head" => assert_eq!(sorted(&found), sorted(&plain), "{name}"),
            _ => {
                let mut rest = found.as_str();
                for word in plain.split_whitespace() {
                    let place = rest.find(word).unwrap_or_else(|| panic!("{name}: {word:?} is missing"));
                    rest = &rest[place + word.len()..];
                }
            }
        }
    }
}
