//! The shapes of a body in the PDF: notes, leaders, blanks, columns, letters, captions.

use std::collections::BTreeMap;

use crate::common::{letters, pdf::Pdf, pdf::Ruled, tags};
use ccrov::document::Document;
use ccrov::pdf::{Faces, Info, Theme, write};
use chrono::NaiveDate;

fn parse(markdown: &str) -> Document {
    Document::parse(markdown).expect("Markdown without faults")
}

fn pdf(markdown: &str) -> Pdf {
    let info = Info {
        title: "Shapes".to_owned(),
        author: "California Secretary of State".to_owned(),
        subject: "Shapes".to_owned(),
        date: NaiveDate::from_ymd_opt(2024, 6, 3).expect("a day of the calendar"),
        changed: NaiveDate::from_ymd_opt(2024, 6, 3).expect("a day of the calendar"),
        identifier: None,
        running_head: vec!["CCROV 24160".to_owned()],
        mark: None,
        fields: false,
        logos: BTreeMap::new(),
    };
    let pdf = Pdf::read(
        &write(&parse(markdown), &info, &Faces::embedded(), &Theme::default()).expect("no faults").0,
    );
    // Every run is in the tree, once, and leads back to its element.
    tags::read(&pdf);
    for run in &pdf.shown {
        let inside = run.left >= 71.9 && run.right <= 545.0 && run.y >= 72.0 && run.y <= 760.0;
        assert!(inside, "{:?} at {}..{}, {}", run.text, run.left, run.right, run.y);
    }
    pdf
}

/// No two lines of a page stand on each other.
fn assert_apart(pdf: &Pdf) {
    for page in 0..pdf.pages() {
        let runs: Vec<_> = pdf.shown.iter().filter(|run| run.page == page).collect();
        for (i, a) in runs.iter().enumerate() {
            for b in &runs[i + 1..] {
                let (across, up) = (a.left < b.right - 0.1 && b.left < a.right - 0.1, (a.y - b.y).abs());
                assert!(!(across && up < 6.0), "{:?} on {:?}, page {}", a.text, b.text, page + 1);
            }
        }
    }
}

/// The baseline and the page of a text.
fn place(pdf: &Pdf, text: &str) -> (usize, f32) {
    let found = pdf.shown.iter().find(|run| letters(&run.text).contains(&letters(text)));
    found.map(|run| (run.page, run.y)).unwrap_or_else(|| panic!("{text:?} is there"))
}

#[test]
fn a_leader_is_dots_that_nobody_reads_and_its_end_stands_at_the_right_edge() {
    let pdf =
        pdf("<!-- leaders -->\n- Last day to file ........ Monday, 08/17/15*\n- First day....05/01/15\n");
    assert_eq!(pdf.page_texts(), ["Last day to file Monday, 08/17/15*\nFirst day 05/01/15\n"]);
    let dots: Vec<&Ruled> = pdf.ruled.iter().filter(|rule| rule.dotted).collect();
    assert_eq!(dots.len(), 2);
    assert!(dots.iter().all(|dots| dots.artifact && dots.right > dots.left + 100.0));
    let ends: Vec<f32> = pdf.shown.iter().map(|run| run.right).collect();
    assert!(ends.iter().all(|end| (end - 540.0).abs() < 0.5), "{ends:?}");
    assert!((dots[0].left - dots[1].left).rem_euclid(4.0) < 0.1, "dots stand below each other");
}

#[test]
fn what_stands_behind_a_leader_is_not_divided() {
    for words in 1..40 {
        let markdown =
            format!("<!-- leaders -->\n- {}end ..... Friday, August 9, 2024\n", "more words ".repeat(words));
        let pdf = pdf(&markdown);
        let last = pdf.lines(0, false).pop().expect("a line");
        assert!(last.ends_with("endFriday,August9,2024"), "{last}");
        assert_eq!(pdf.ruled.iter().filter(|rule| rule.dotted).count(), 1);
    }
}

#[test]
fn a_blank_is_a_rule_that_nobody_reads_as_wide_as_what_goes_there() {
    let markdown = "<!-- lines -->\nDate: [blank: date] County: [blank: county]\nName [blank: name], please\n\
                    Telephone: [blank: telephone], ext. [blank: extension]\n";
    let pdf = pdf(markdown);
    assert_eq!(pdf.text(), letters(&parse(markdown).plain_text()));
    let blanks: Vec<&Ruled> = pdf.ruled.iter().collect();
    assert!(blanks.len() == 5 && blanks.iter().all(|blank| blank.artifact));
    let wide = |at: usize| blanks[at].right - blanks[at].left;
    assert!((wide(0) - 96.0).abs() < 0.5, "a date is as wide as a date, beside whatever: {}", wide(0));
    assert!((blanks[1].right - 540.0).abs() < 0.5, "what takes room has what is left of its line");
    assert!((wide(2) - 168.0).abs() < 0.5, "a name in the middle of a line: {}", wide(2));
    assert!(
        wide(4) < wide(3) && blanks[4].right < 420.0,
        "a number needs no more room because there is some"
    );
    let list = self::pdf("1. Name: [blank: name]\n");
    assert_eq!(place(&list, "1."), place(&list, "Name:"), "a number stands on the line that it counts");
}

#[test]
fn an_answer_of_several_lines_has_a_rule_for_each_and_a_box_to_check_is_a_letter_on_paper() {
    let markdown = "Why: [blank of 4 lines: reasons] Thanks.\n\n- [tick: yes] Yes\n- [tick: no] No\n";
    let pdf = pdf(markdown);
    assert_eq!(pdf.text(), letters(&parse(markdown).plain_text()));
    let rules: Vec<&Ruled> = pdf.ruled.iter().collect();
    assert_eq!(rules.len(), 4);
    assert!(rules.iter().all(|rule| rule.left == 72.0 && (rule.right - 540.0).abs() < 0.1));
    assert!(rules.windows(2).all(|two| (two[0].y - two[1].y - 20.0).abs() < 0.1));
    let at = |text: &str| place(&pdf, text).1;
    assert!(at("Why:") > rules[0].y + 10.0 && at("Thanks.") < rules[3].y, "it has its lines to itself");
    assert!(!pdf.text().contains('•'), "a box stands in the place of a bullet");
}

#[test]
fn blanks_of_a_narrow_table_stay_in_their_cells() {
    let row = |cell: &str| format!("|{}\n", format!(" {cell} |").repeat(7));
    let pdf = pdf(&format!("{}{}{}", row("Head"), row("---"), row("[blank: x] and [blank: y]")));
    assert!(pdf.ruled.iter().all(|rule| rule.left >= 71.9 && rule.right <= 540.1));
    assert_apart(&pdf);
}

#[test]
fn columns_stand_side_by_side_and_are_read_item_by_item() {
    let markdown = "<!-- columns -->\n- **Help Desk**\n  Sacramento, CA\n  help@sos.ca.gov\n- **Press**\n  \
                    (916) 555-0170\n- **Third**\n  below\n\nAfter.\n";
    let pdf = pdf(markdown);
    assert_eq!(pdf.text(), letters(&parse(markdown).plain_text()));
    assert_eq!(place(&pdf, "Help Desk"), place(&pdf, "Press"));
    assert_eq!(place(&pdf, "Sacramento, CA"), place(&pdf, "(916) 555-0170"));
    assert!(place(&pdf, "Third").1 < place(&pdf, "help@sos.ca.gov").1);
    assert_apart(&pdf);
}

#[test]
fn columns_that_no_page_can_hold_go_on() {
    let lines = "A line of a contact.\n  ".repeat(80);
    let markdown = format!("<!-- columns -->\n- {lines}\n- {lines}\n- short\n");
    let pdf = pdf(&markdown);
    assert_eq!(pdf.text(), letters(&parse(&markdown).plain_text()));
    assert_apart(&pdf);
}

#[test]
fn a_note_stands_at_the_foot_of_the_page_that_refers_to_it() {
    let filler = "A line of the text above.\n\n".repeat(50);
    let markdown = format!(
        "{filler}The text refers to it.[^n] And again.[^n]\n\n{filler}<!-- page -->\n## Attachment\n\nIt has \
         one too.[^m]\n\n[^m]: Note of the attachment.\n[^n]: Note of the text,\n    in two lines.\n"
    );
    let pdf = pdf(&markdown);
    let (page, y) = place(&pdf, "The text refers to it.");
    let (foot, foot_y) = place(&pdf, "Note of the text, in two lines.");
    assert_eq!(page, foot);
    assert!(foot_y < y && foot_y < 100.0);
    assert_eq!(place(&pdf, "Note of the attachment.").0, place(&pdf, "It has one too.").0);
    let rule = pdf.ruled.iter().find(|rule| rule.page == page).expect("a rule above the notes");
    assert!(rule.artifact && rule.y > foot_y && rule.y < y);
    let number = pdf.shown.iter().find(|run| run.rise > 0.0).expect("a raised number");
    let rect = pdf.links()[0].get(b"Rect").and_then(lopdf::Object::as_array).expect("a place");
    let top = rect[3].as_float().expect("a number");
    assert!(top > number.y + number.rise + 0.72 * number.size, "the whole number can be clicked");
    assert_apart(&pdf);
}

#[test]
fn notes_that_go_on_leave_room_for_a_head_and_its_row_and_for_what_a_heading_heads() {
    let note = "noteword ".repeat(1700);
    let head = format!("| a{} | b |\n|---|---|\n", "<br>head".repeat(4));
    for lines in 18..28 {
        let tall = format!("{head}| {}end | x |\n", "line<br>".repeat(lines));
        assert_apart(&pdf(&format!(
            "Text.[^1]\n\n{head}| first[^2] | x |\n{}\n\n[^1]: {note}\n\n[^2]: {note}\n",
            &tall[head.len()..]
        )));
    }
    let pdf =
        pdf(&format!("Text.[^1]\n\n<!-- page -->\n## Heading\n\nWhat it heads.\n\n[^1]: {note}{note}\n"));
    assert_eq!(place(&pdf, "Heading").0, place(&pdf, "What it heads.").0);
}

#[test]
fn lines_of_code_are_words_apart() {
    let tree = tags::read(&pdf("```\none\n\ntwo\n```\n")).print();
    assert!(tree.contains("Code \"one  two\""), "{tree}");
}

#[test]
fn notes_lead_back_two_at_one_place_are_told_apart_and_each_line_is_a_paragraph() {
    let markdown = "Once.[^a][^b] Twice.[^b]\n\nSmith\\\n1 Street\n\n| Task |\n|---|\n| Install<br>**DOWN** |\n\n\
                    [^a]: First.\n\n[^b]: Second.\n";
    let pdf = pdf(markdown);
    let said: String = pdf.shown.iter().filter(|run| run.rise > 0.0).map(|run| run.text.as_str()).collect();
    assert_eq!(letters(&said), "1,2212", "in the text, and before the notes");
    let tree = tags::read(&pdf);
    // Each reference leads to its note, and each note back to its first place, which is on the line of "Once."
    let labels: Vec<String> =
        tree.elements("Note").iter().map(|note| note.elements("Lbl")[0].print()).collect();
    assert!(labels.len() == 2 && labels.iter().all(|label| label.contains("-> here")), "{labels:?}");
    let contents =
        |link: &&lopdf::Dictionary| link.get(b"Contents").and_then(lopdf::decode_text_string).unwrap();
    let back: Vec<String> =
        pdf.links().iter().map(contents).filter(|words| words.starts_with("Back")).collect();
    assert_eq!(back, ["Back to the text of note 1", "Back to the text of note 2"]);
    let tree = tree.print();
    for line in ["P \"Smith \"\n", "P \"1 Street\"\n", "P \"Install \"\n", "P \"DOWN\"\n"] {
        assert!(tree.contains(line), "{line}: {tree}");
    }
    let page = ccrov::html::write(&parse(markdown));
    assert!(page.contains("</sup><sup>, </sup><sup>"), "{page}");
    assert!(
        page.contains("<p class=\"line\">Install</p><p class=\"line\"><strong>DOWN</strong></p>"),
        "{page}"
    );
}

#[test]
fn the_number_of_a_note_stands_on_the_line_of_its_word() {
    for words in 1..60 {
        let pdf = pdf(&format!("{}Is it reconciled?[^1] And more.\n\n[^1]: Note.\n", "so ".repeat(words)));
        let number = pdf.shown.iter().find(|run| run.text == "1").expect("the number");
        let before =
            pdf.shown.iter().find(|run| (run.right - number.left).abs() < 0.1 && run.text.ends_with('?'));
        assert!(before.is_some(), "below {words} words");
    }
}

#[test]
fn many_notes_on_few_pages_lose_nothing() {
    for length in [1, 12, 40, 90] {
        let text: String = (1..=30).map(|n| format!("It is so, Refers{n}.[^{n}] It goes on. ")).collect();
        let note = |n| format!("[^{n}]: Begin{n}. {}End{n}.\n\n", "noteword ".repeat(length));
        let markdown = format!("{text}\n\n{}", (1..=30).map(note).collect::<String>());
        let pdf = pdf(&markdown);
        assert_apart(&pdf);
        let all = pdf.text();
        for n in 1..=30 {
            for word in [format!("Refers{n}."), format!("Begin{n}."), format!("End{n}.")] {
                assert_eq!(all.matches(&word).count(), 1, "{word} of length {length}");
            }
            // A note begins on the page that refers to it, unless notes alone fill that page.
            let (text, note) = (place(&pdf, &format!("Refers{n}.")).0, place(&pdf, &format!("Begin{n}.")).0);
            assert!(text == note || (length > 30 && text < note), "note {n}: {text}, {note}");
        }
        assert_eq!(all.matches("noteword").count(), 30 * length);
    }
}

#[test]
fn odd_notes_lose_nothing() {
    let long = "word ".repeat(4000);
    let rows = "| 1 | row |\n".repeat(70);
    let cells: String = (1..=30).map(|n| format!("[^{n}] ")).collect();
    let notes: String = (1..=30).map(|n| format!("[^{n}]: Note {n}.\n\n")).collect();
    let odd = [
        ("longer than pages", format!("Text.[^a]\n\nMore.\n\n[^a]: {long}\n")),
        (
            "two longer than pages",
            format!("Text.[^a] Text.[^b]\n\n- More.\n\n[^a]: {long}\n\n[^b]: {long}\n"),
        ),
        ("in a heading", "# Heading[^a]\n\nText.\n\n[^a]: Note.\n".to_owned()),
        ("in a table's head", format!("| a[^a] | b |\n|---|---|\n{rows}\n[^a]: Note.\n")),
        ("many in a cell", format!("| a | b |\n|---|---|\n| {cells} | {long} |\n\n{notes}")),
        (
            "with a table",
            format!(
                "Text.[^a]\n\n[^a]: Note.\n\n    | # | Task |\n    |---|---|\n{}\n",
                rows.replace("| 1", "    | 1")
            ),
        ),
        ("in a label", "TO[^a]:\n: All\n\n[^a]: Note.\n".to_owned()),
        ("nothing else", "[^a]\n\n[^a]:\n    - item\n".to_owned()),
    ];
    for (name, markdown) in odd {
        let pdf = pdf(&markdown);
        assert_apart(&pdf);
        let count = |text: &str| text.split_whitespace().collect::<String>().len();
        let references = markdown.matches("[^").count() / 2;
        let (found, plain) = (pdf.text().len(), count(&parse(&markdown).plain_text()));
        assert!(found >= plain && found <= plain + 8 * references, "{name}: {found} of {plain}");
    }
}

#[test]
fn a_caption_stays_with_its_table() {
    for count in 20..60 {
        let filler = "A line.\n\n".repeat(count);
        let pdf = pdf(&format!(
            "{filler}<!-- caption -->\nTable 1. Hours\n\n| Day | Hour |\n|---|---|\n| 1 | 2 |\n"
        ));
        assert_eq!(place(&pdf, "Table 1. Hours").0, place(&pdf, "Hour").0);
        assert_eq!(place(&pdf, "Table 1. Hours").0, pdf.pages() - 1);
    }
}

#[test]
fn letters_go_on_after_z() {
    let items: String = (1..=28).map(|number| format!("{number}. item\n")).collect();
    let pdf = pdf(&format!("<!-- letters -->\n{items}"));
    let lines = pdf.lines(0, false);
    assert_eq!([&*lines[0], &*lines[25], &*lines[27]], ["a.item", "z.item", "ab.item"]);
}

/// Pieces of bodies; `@` stands for a word of its own.
const PIECES: [&str; 20] = [
    "@ text @[^n] and **@ [blank: @@] @** more.\n\n",
    "<!-- leaders -->\n- @ *@ ..... @* @\n- **@....@**\n\n",
    "<!-- leaders -->\n@ ..... @\n@ …… [@](a.pdf) ..... @\n\n",
    "<!-- columns -->\n- @\n  @\n- @[^n]\n\n  > @\n- @\n\n",
    "<!-- letters -->\n1. @\n\n   <!-- columns -->\n   - @\n   - @\n2. @\n\n",
    "<!-- caption -->\n@ ..... @[^n]\n\n| @ | @ |\n|---|---:|\n| **@** | |\n| | @[^n] |\n| @<br>[blank: @@] | [blank: @@]@ |\n\n",
    "<!-- lines -->\n@\n@ [blank: @@]\n\n",
    "<!-- lines -->\n> @\n> @\n>\n> - @\n\n",
    "<!-- caption -->\n<!-- page -->\n@\n\n",
    "<!-- title -->\n## @[^n]\n\n<!-- subtitle -->\n@\n\n",
    "@[^n]:\n: @\n: <!-- leaders -->\n  - @ .... @\n\n",
    "<!-- columns -->\n<!-- leaders -->\n- @ .... @ .... @\n\n",
    "\\* @ [@] \\[blank: @] ![@ @]@ [blank:@ [blank: *@]* `[blank: @`]\n\n",
    "<!-- letters -->\n- @\n\n---\n\n____\n\n",
    "```\n[\n@ .... [^@]\n```\n\n",
    "&#91;blank: @] &amp; [\n@] \\\\[blank: @@] x\n\n",
    "- @\n  1. @\n     <!-- letters -->\n     1. @ .... [blank: @@]\n\n",
    "<!-- leaders -->\n- @ .... @\n\n  | @ |\n  |---|\n  | @ .... @ |\n\n",
    "<!-- unknown -->\n@ <!-- lines --> @\n\n",
    "> <!-- caption -->\n> @\n>\n> | @ |\n> |---|\n\n",
];

#[test]
fn any_mixture_of_shapes_loses_no_word() {
    let mut seed = 1_u32;
    let mut next = move |below: usize| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 8) as usize % below
    };
    for _ in 0..60 {
        let (mut markdown, mut words, mut notes) = (String::new(), Vec::new(), String::new());
        for _ in 0..next(40) {
            let (mut piece, mut count) = (PIECES[next(PIECES.len())].to_owned(), 0);
            // The name of a blank is not printed.
            piece = piece.replace("@@", "name");
            while piece.contains('@') {
                words.push(format!("w{}q", words.len()));
                piece = piece.replacen('@', &words[words.len() - 1], 1);
                count += 1;
            }
            if piece.contains("[^n]") {
                let label = format!("[^{}x{count}]", words.len());
                piece = piece.replace("[^n]", &label);
                words.push(format!("n{}q", words.len()));
                let note = words[words.len() - 1].clone();
                notes += &format!("{label}: {}{note}\n\n", "note ".repeat(next(200)));
            }
            markdown += &piece;
        }
        markdown += &notes;
        let pdf = pdf(&markdown);
        assert_apart(&pdf);
        let (text, page, plain) =
            (pdf.text(), ccrov::html::write(&parse(&markdown)), parse(&markdown).plain_text());
        for word in &words {
            for form in [&text, &page, &plain] {
                assert!(form.contains(word.as_str()), "{word} of:\n{markdown}");
            }
        }
    }
}
