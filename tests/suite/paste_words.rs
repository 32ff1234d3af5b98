//! No word of a paste is lost, or merged with another, without being told: forms, headings in parts, raised figures, notes
//! without references, references without notes.

use ccrov::{
    document::Document,
    paste::{Clipboard, PastedFact, WhyPlain, facts, paste},
};

/// Compares what pieces of HTML are pasted as, and what is told beside what was pasted; of each nothing may be remarked.
#[track_caller]
fn assert_pasted(cases: &[(&str, &str, &str)]) {
    for (text, markdown, told) in cases {
        let pasted = paste(&Clipboard { html: Some(text), ..Clipboard::default() });
        assert_eq!(pasted.markdown.trim_end(), *markdown, "{text}");
        let report = pasted.report.to_string();
        let found = report.split_once(['.', ';']).map_or("", |(_, told)| told.trim());
        assert_eq!(found, *told, "{text}");
        assert_eq!(Document::parse(&pasted.markdown).unwrap().remarks, [], "{text}");
    }
}

#[test]
fn words_of_forms_are_read_or_counted() {
    assert_pasted(&[
        ("<h3><button>Dates</button></h3><p>x", "## Dates\n\nx", ""),
        ("<button>Copy</button><button>Print</button>", "Copy Print", ""),
        ("<p>Press <button>Save</button>.", "Press Save.", ""),
        (
            "<p>x <select><option>a<option>b</select> <textarea>y</textarea><input><input type=hidden>",
            "x",
            "left out 3 form fields",
        ),
        ("<fieldset><legend>One</legend>Two</fieldset>", "One\n\nTwo", ""),
        ("<p><input type=checkbox> a <input type=checkbox checked> b", "☐ a ☒ b", ""),
    ]);
}

#[test]
fn what_a_block_is_goes_for_the_blocks_in_it() {
    let mark = "<span style='mso-list:Ignore'>1.&nbsp; </span>";
    let list = "style='mso-list:l0 level1 lfo1'";
    assert_pasted(&[
        ("<h2><div>Dates</div></h2><p>x", "## Dates\n\nx", ""),
        ("<h2><div>7</div><div>Dates</div></h2><p>x", "## 7 Dates\n\nx", ""),
        ("<h2><span>7</span><p>Dates</p>now</h2><p>x", "## 7 Dates now\n\nx", ""),
        (&format!("<div {list}><p>{mark}One</p></div><p>x"), "1. One\n\nx", ""),
        (&format!("<div {list}>{mark}<p>One</p><p>more</p></div><p>x"), "1. One\n\n   more\n\nx", ""),
        (&format!("<p class=MsoListNumber>{mark}One</p><p>x"), "1. One\n\nx", ""),
        ("<p class=MsoListBullet><span style='mso-list:Ignore'>§ </span>One</p><p>x", "- One\n\nx", ""),
        ("<ul><li style='font-weight:bold'>a<li style='font-style:italic'>b</ul>", "- **a**\n- *b*", ""),
        ("<menu><li>a<li>b</menu>", "- a\n- b", ""),
        (
            "<table><tr><td>A<td>B<tr><td style='font-style:italic'>x<td>y</table>",
            "| A | B |\n| --- | --- |\n| *x* | y |",
            "",
        ),
        (
            "<table><tr><td>A<td>B<tr style='font-weight:bold'><td>x<td style='font-weight:normal'>y</table>",
            "| A | B |\n| --- | --- |\n| **x** | y |",
            "",
        ),
        (
            "<div><b>a</b></div><div style='display:none'>b</div><div><br></div><div style='font-weight:bold'>c</div>",
            "**a**\n\n**c**",
            "left out 1 hidden passage",
        ),
    ]);
}

#[test]
fn words_and_lines_stay_apart() {
    assert_pasted(&[
        ("Version: 3.1 of the <b>form</b> is here.", "Version: 3.1 of the **form** is here.", ""),
        ("<span style='display:block'>One</span><span style='display:block'>Two</span>", "One\n\nTwo", ""),
        (
            "<a href='https://x.gov/1' style='display:block'>One</a><a href='https://x.gov/2' style='display:block'>Two</a>",
            "[One](https://x.gov/1)\n\n[Two](https://x.gov/2)",
            "",
        ),
        ("<span style='display: inline !important'>One</span>Two", "OneTwo", ""),
        ("<div style='white-space:pre-wrap'>One\nTwo\n\nThree</div>", "One\\\nTwo\n\nThree", ""),
        ("<pre>One\nTwo <span style='white-space:normal'>a\nb</span></pre>", "One\\\nTwo a b", ""),
        ("He said <q>no <q>not</q></q>.", "He said “no ‘not’”.", ""),
    ]);
}

#[test]
fn raised_and_lowered_figures_stay_so() {
    assert_pasted(&[
        ("10<sup>6</sup>, m<sup>-2</sup>, H<sub>2</sub>O", "10⁶, m⁻², H₂O", ""),
        ("the 1<sup>st</sup> Form<sup>TM</sup>", "the 1st FormTM", ""),
        (
            "10<span style='vertical-align:super'>6 <span style='vertical-align:baseline'>x1</span></span>",
            "10⁶ x1",
            "",
        ),
        ("x<sup>2a</sup> y", "x2a y", "1 raised or lowered word became plain text"),
    ]);
}

#[test]
fn references_lead_to_notes_and_nothing_is_left_of_others() {
    let refer = |number: u8| format!("<a href='#_ftn{number}'>[{number}]</a>");
    let note = |number: u8, text: &str| {
        format!(
            "<div id=ftn{number} style='mso-element:footnote'><p><a href='#_ftnref{number}'>[{number}]</a> {text}</p></div>"
        )
    };
    let (one, two) = (refer(1), refer(2));
    assert_pasted(&[
        (&format!("<ul><li>Text<ul><li>{one}</ul></ul>"), "- Text", "left out 1 footnote reference"),
        (&format!("<h2>{one}</h2><p>x {one} y"), "x y", "left out 2 footnote references"),
        (&format!("<p>a<br>{one}<br>b"), "a\n\nb", "left out 1 footnote reference"),
        (
            &format!("<table><tr><td>A<td>B<tr><td>{one}<td>{one}<tr><td>x {one}<td></table>"),
            "| A | B |\n| --- | --- |\n| x | |",
            "left out 3 footnote references",
        ),
        (
            &format!("<p>x{two}{one}</p>{}", note(2, "two")),
            "x[^1]\n\n[^1]: two",
            "left out 1 footnote reference",
        ),
        (&format!("<p>x</p>{}{}", note(2, "two"), note(10, "ten")), "x\n\n\\[2\\] two\n\n\\[10\\] ten", ""),
        (
            &format!("<p>x{one}</p>{}{}", note(1, &format!("see {two}")), note(2, "two")),
            "x[^1]\n\n\\[2\\] two\n\n[^1]: see",
            "left out 1 footnote reference",
        ),
    ]);
}

#[test]
fn numbers_are_no_larger_than_a_list_may_have() {
    assert_pasted(&[
        (
            "<ul><li data-aria-level=1 value=18446744073709551615>x<li data-aria-level=1>y</ul>",
            "- x\n- y",
            "",
        ),
        ("<ol start=18446744073709551616><li data-aria-level=1>x</ol>", "999999999\\. x", ""),
        ("<ol start=-3><li>x<li value=99>y<li>z</ol>", "1. x\n99. y\n100. z", ""),
    ]);
}

#[test]
fn pictures_of_typefaces_are_boxes_and_ticks_or_counted() {
    let of = |typeface: &str, letters: &str| format!("a <font face='{typeface}'>{letters}</font> b");
    assert_pasted(&[
        (&of("Wingdings", "o&thorn;&uuml;"), "a ☐☒✓ b", ""),
        (&of("Wingdings 2", "&pound;RP"), "a ☐☒✓ b", ""),
        (&of("wingdings 2", "&#xF0A3;&#xF052;&#xF050;"), "a ☐☒✓ b", ""),
        (&of("Webdings", "ca&#xF061;"), "a ☐✓✓ b", ""),
        (&of("Webdings", "z"), "a b", "left out 1 symbol"),
        (&of("Wingdings 3", "}g"), "a • b", "left out 1 symbol"),
        (&of("Arial", "oR"), "a oR b", ""),
        (
            "<style>.xl70{font-family:Wingdings, serif}</style><table><tr><td>A<td>B<tr><td>x<td class=xl70>&uuml;</table>",
            "| A | B |\n| --- | --- |\n| x | ✓ |",
            "",
        ),
    ]);
}

#[test]
fn signs_that_print_nothing_go_and_those_that_join_stay() {
    assert_pasted(&[
        ("نمی\u{200c}خواهم क्\u{200d}ष 👩\u{200d}💻", "نمی\u{200c}خواهم क्\u{200d}ष 👩\u{200d}💻", ""),
        ("a\u{ad}b\u{200b}c\u{2060}d\u{feff}e\u{202e}f\u{7}g", "abcdefg", ""),
        ("a\u{b}b\u{c}c\u{85}d", "a b c d", ""),
        ("<p>\u{200c}\u{a0}\u{200c} \u{200c}</p><p>x", "x", ""),
    ]);
    let cells = paste(&Clipboard { plain: "a\tb\nc\t\u{f0fc} \u{e123}", ..Clipboard::default() });
    assert_eq!(cells.markdown, "| a | b |\n| --- | --- |\n| c | ✓ |\n");
    assert_eq!(cells.report.to_string(), "Pasted 1 table; left out 1 symbol");
}

#[test]
fn a_text_that_is_too_large_is_not_said_to_be_pasted() {
    let large = "<p>word</p>".repeat(300_000);
    let said = |plain| paste(&Clipboard { html: Some(&large), plain, into: "" }).report;
    assert_eq!(said("").to_string(), "The text is too large to paste. Paste it in parts");
    assert_eq!(said("").why_plain, Some(WhyPlain::TooLarge));
    assert_eq!(
        said("Word").to_string(),
        "Pasted 1 paragraph. The text is very large, so it was pasted as plain text"
    );
}

#[test]
fn facts_are_found_where_they_are_words_of_the_text() {
    let fact = |printed: &str| PastedFact { insert: String::new(), printed: printed.to_owned() };
    let known =
        [fact("May 1, 2024"), fact("Wednesday, May 1, 2024"), fact("a@b.gov"), fact("(916) 555-0100")];
    for (text, found) in [
        ("On Wednesday, May 1, 2024, and May 1, 2024", vec!["Wednesday, May 1, 2024", "May 1, 2024"]),
        ("May 1, 20245 and aMay 1, 2024", vec![]),
        ("`May 1, 2024` {{ \"May 1, 2024\" }} [x](mailto:a@b.gov)", vec![]),
        ("Call (916) 555-0100 or a@b.gov.", vec!["(916) 555-0100", "a@b.gov"]),
        ("\\`May 1, 2024\\`", vec!["May 1, 2024"]),
    ] {
        let words: Vec<&str> = facts(text, &known).into_iter().map(|(range, _)| &text[range]).collect();
        assert_eq!(words, found, "{text}");
    }
}
