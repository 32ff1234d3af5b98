//! What small pieces of HTML and of plain text are pasted as: faces, lists, tables, links, what mail programs add.

use ccrov::{
    document::Document,
    paste::{Clipboard, Pasted, paste},
};

fn html(html: &str) -> Pasted {
    paste(&Clipboard { html: Some(html), ..Clipboard::default() })
}

fn plain(plain: &str) -> Pasted {
    paste(&Clipboard { plain, ..Clipboard::default() })
}

/// Compares what pieces of HTML are pasted as; of each nothing may be remarked.
#[track_caller]
fn assert_pasted(cases: &[(&str, &str)]) {
    for (text, markdown) in cases {
        let pasted = html(text).markdown;
        assert_eq!(pasted.trim_end(), *markdown, "{text}");
        assert_eq!(Document::parse(&pasted).unwrap().remarks, [], "{text}");
    }
}

#[test]
fn faces_begin_and_end_where_markdown_can_say_it() {
    assert_pasted(&[
        ("<b>Note:</b>Call", "**Note**:Call"),
        ("<b>un</b>related, re<i>lated</i>", "unrelated, *related*"),
        ("<b>5</b>*<i>3</i>", "**5**\\**3*"),
        ("(<b>bold</b>) <b>(bold)</b>.", "(**bold**) **(bold)**."),
        ("<b>a</b>_b_<i>c_d</i>", "**a**\\_b\\_*c_d*"),
        ("<b>two </b>words <b> of</b><b> three</b>", "**two** words **of three**"),
        ("<b>A <a href=https://a.gov>form</a> b</b>", "**A** [**form**](https://a.gov) **b**"),
        ("<i>z <b>w</b></i><b> v</b>", "*z **w*** **v**"),
        ("<span style='font-weight:700'>x</span> <b style='font-weight:400'>y</b>", "**x** y"),
        ("<em style='font-style:normal'>x</em> <span style='font-style: oblique'>y</span>", "x *y*"),
        ("<b>a</b> – <b>b</b> <b>– c</b> d", "**a – b – c** d"),
        ("<h2><b>Dates <i>now</i></b></h2>", "## Dates *now*"),
        ("Version:0.9\r\nStartHTML:0000000105\r\n<html><body><b>x</b>", "**x**"),
    ]);
}

#[test]
fn lists_keep_their_numbers() {
    let word = |marks: &[&str]| -> String {
        let item = |mark: &&str| {
            format!(
                "<p style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>{mark}&nbsp; </span>x</p>"
            )
        };
        marks.iter().map(item).collect()
    };
    assert_pasted(&[
        ("<ol start=5 type=a><li>x<li>y</ol>", "<!-- letters -->\n5. x\n6. y"),
        ("<ol><li value=3>x<li>y<li value=2>z</ol>", "3. x\n4. y\n\n<!-- a new list -->\n\n2. z"),
        ("<ol><li>x</ol><ol><li>y</ol>", "1. x\n\n<!-- a new list -->\n\n1. y"),
        ("<ol start=2021><li>x</ol>", "2021\\. x"),
        ("<ul><li>a<ul><li>b</ul></ul>", "- a\n  - b"),
        ("<ul><li>a</li><ul><li>b</ul></ul>", "- a\n  - b"),
        ("<ol><li>a<ol type=a><li>b</ol><li>c</ol>", "1. a\n\n   <!-- letters -->\n   1. b\n\n2. c"),
        ("<ul><li>- a<li>1. b<li># c</ul>", "- a\n- 1\\. b\n- \\# c"),
        (&word(&["i.", "ii.", "iii.", "iv."]), "1. x\n2. x\n3. x\n4. x"),
        (&word(&["(A)", "(B)"]), "<!-- letters -->\n1. x\n2. x"),
        (&word(&["h.", "i.", "j."]), "<!-- letters -->\n8. x\n9. x\n10. x"),
        (&word(&["1.1", "1.2"]), "1.1 x\n\n1.2 x"),
        (&word(&["§", "·", "o"]), "- x\n- x\n- x"),
        ("<p>• a<br>• b</p><p>– c</p>", "- a\n- b\n  - c"),
        ("<p>1. a</p><p>2. b</p><p>5. November</p>", "1. a\n2. b\n\n5\\. November"),
    ]);
    let report = html(&word(&["i.", "ii."])).report.to_string();
    assert_eq!(report, "Pasted 1 list. 1 list has its numbers in another form");
}

#[test]
fn tables_have_a_head_and_no_merged_cells() {
    assert_pasted(&[
        (
            "<table><tr><th colspan=2>Hours<tr><td><b>A</b><td>B<tr><td colspan=2>Band<tr><td>x<td>y|z</table>",
            "<!-- caption -->\nHours\n\n| A | B |\n| --- | --- |\n| **Band** | |\n| x | y\\|z |",
        ),
        (
            "<table><tr><td>A<td>B<td>C<tr><td rowspan=2>x<td colspan=2>y<tr><td>z<td>w</table>",
            "| A | B | C |\n| --- | --- | --- |\n| x | y | |\n| | z | w |",
        ),
        (
            "<table><tr><th rowspan=2>County<th colspan=2>Hours<tr><th>Open<th>Close<tr><td>Yolo<td>8<td>5</table>",
            "| County | Hours | |\n| --- | --- | --- |\n| | Open | Close |\n| Yolo | 8 | 5 |",
        ),
        (
            "<table><tr><th>Name<th colspan=2>Hours<tr><td rowspan=2>Yolo<td colspan=2>8<tr><td>9<td>5</table>",
            "| Name | Hours | |\n| --- | --- | --- |\n| Yolo | 8 | |\n| | 9 | 5 |",
        ),
        (
            "<table><tr><th colspan=2>a<th colspan=2>b<tr><td colspan=2>c<td colspan=2>d</table>",
            "| a | b |\n| --- | --- |\n| c | d |",
        ),
        (
            "<table><tr><td>A<td>B<tr><td colspan=99>Band<tr><td>x<td>y</table>",
            "| A | B |\n| --- | --- |\n| **Band** | |\n| x | y |",
        ),
        ("<table><tr><td>only</table>", "only"),
        ("<table role=presentation><tr><td>a<td>b</table>", "a\n\nb"),
        (
            "<table><tr><td><table><tr><td>a<td>b<tr><td>c<td>d</table><td>side</table>",
            "| a | b |\n| --- | --- |\n| c | d |\n\nside",
        ),
        (
            "<table><tr><td>a<td>b<tr><td><ul><li>x<li>y</ul><td></table>",
            "| a | b |\n| --- | --- |\n| • x<br>• y | |",
        ),
    ]);
}

#[test]
fn what_is_left_out_of_a_table_moves_nothing_beside_it() {
    for (row, line, said) in [
        ("<td>x<td><s>old</s><td>z", "| x | | z |", "; left out 1 struck-through passage"),
        (
            "<td>x<td style='text-decoration:line-through'>old<td>z",
            "| x | | z |",
            "; left out 1 struck-through passage",
        ),
        ("<td>x<td class=msoDel>old<td>z", "| x | | z |", "; left out 1 deleted passage"),
        ("<td>x<td style='visibility:hidden'>old<td>z", "| x | | z |", "; left out 1 hidden passage"),
        ("<td>x<td style='display:none'>old<td>y<td>z", "| x | y | z |", "; left out 1 hidden passage"),
        (
            "<td rowspan=2>x<td>y<td>z<tr style='text-decoration:line-through'><td>o<td>p",
            "| x | y | z |",
            "; left out 1 struck-through passage. 1 merged cell was split",
        ),
        (
            "<td>x<td>y<td>z<tr style='display:none'><td>g<td>h<td>i",
            "| x | y | z |",
            "; left out 1 hidden passage",
        ),
        (
            "<td>x<td>y<td>z<tbody hidden><tr><td>g<td>h<td>i<tbody>",
            "| x | y | z |",
            "; left out 1 hidden passage",
        ),
    ] {
        let pasted = html(&format!("<table><tr><td>A<td>B<td>C<tr>{row}<tr><td>l<td>m<td>n</table>"));
        assert_eq!(
            pasted.markdown,
            format!("| A | B | C |\n| --- | --- | --- |\n{line}\n| l | m | n |\n"),
            "{row}"
        );
        assert_eq!(pasted.report.to_string(), format!("Pasted 1 table{said}"), "{row}");
    }
}

#[test]
fn classes_of_a_spreadsheet_say_what_is_struck_through_and_bold() {
    let sheet = "<style><!-- .xl66 {mso-style-parent:style0; text-decoration:line-through;} .xl67{font-weight:700}\n\
                 .xl68{display:none} td{font-weight:700} --></style>";
    for (cell, found, said) in [
        ("<td class=xl66>old", "", "; left out 1 struck-through passage"),
        ("<td>new <font class=xl66>old</font>", "new", "; left out 1 struck-through passage"),
        ("<td class=xl66 style='text-decoration:none'>new", "new", ""),
        ("<td class='a xl67'>new", "**new**", ""),
        ("<td class=xl67 style='font-weight:400'>new", "new", ""),
        ("<td>new<span class=xl68>old</span>", "new", "; left out 1 hidden passage"),
        ("<td>new", "new", ""),
    ] {
        let pasted = html(&format!("{sheet}<table><tr><td>A<td>B<tr><td>x{cell}</table>"));
        let cell_found = if found.is_empty() { String::new() } else { format!("{found} ") };
        assert_eq!(pasted.markdown, format!("| A | B |\n| --- | --- |\n| x | {cell_found}|\n"), "{cell}");
        assert_eq!(pasted.report.to_string(), format!("Pasted 1 table{said}"), "{cell}");
    }
}

#[test]
fn links_lead_to_pages_and_to_mail_only() {
    assert_pasted(&[
        ("<a href='https://www.sos.ca.gov'>https://www.sos.ca.gov/</a>", "https://www.sos.ca.gov/"),
        ("<a href='mailto:A@b.gov'>a@b.gov</a>", "a@b.gov"),
        ("(<a href='https://x.gov/a'>https://x.gov/a</a>).", "(https://x.gov/a)."),
        ("<a href='https://x.gov/a'>https://x.gov/a</a>bc", "[https://x.gov/a](https://x.gov/a)bc"),
        ("<a href='https://x.gov/b.'>https://x.gov/b.</a>", "[https://x.gov/b.](https://x.gov/b.)"),
        ("<b>x</b><a href='https://www.x.gov'>www.x.gov</a>", "**x**www.x.gov"),
        ("<a href='tel:+19165550100'>call</a> <a href='a/b:c'>x</a>", "[call](tel:+19165550100) x"),
        ("<a href='https://x.gov/a b(c)'>the form</a>!", "[the form](https://x.gov/a%20b%28c%29)!"),
        ("New!<a href='https://x.gov'>the form</a>", "New\\![the form](https://x.gov)"),
        ("<a href='javascript:x()'>a</a> <a href='file:///c:/a'>b</a> <a href='#top'>c</a>", "a b c"),
        ("<a href='https://x.gov'><img src=a></a>b", "b"),
    ]);
}

#[test]
fn what_mail_programs_add_is_offered_for_removal() {
    let removals = |text: &str| -> Vec<String> {
        let pasted = plain(text);
        let begins = |removal: &ccrov::paste::Removal| format!("{:?} {}", removal.kind, removal.begins);
        pasted.removals.iter().map(begins).collect()
    };
    for (text, found) in [
        ("To: A\nSubject: B\nDate: Nov 4\nFrom: C\n\nText.", vec!["MailHead To: A"]),
        ("-----Original Message-----\n\nText.", vec!["MailHead -----Original Message-----"]),
        ("On Mon, Nov 4, 2024, Ana wrote:\n\nText.", vec!["MailHead On Mon, Nov 4, 2024, Ana wrote:"]),
        ("Text.\n\nThank you,\n\nAna Ruiz\nAnalyst", vec!["Signature Thank you,"]),
        ("Text.\n\nAna Ruiz\nAnalyst\n(916) 555-0100", vec!["Signature Ana Ruiz"]),
        ("Text.\n\n--\nAna Ruiz", vec!["Signature --"]),
        ("--\n\nAna Ruiz\n\nFrom: A\nSent: B\nTo: C\n\nText.", vec!["Signature --", "MailHead From: A"]),
        // A dash parts texts, too.
        ("Text.\n\n--", vec![]),
        ("Text.\n\n—\n\nThe ballots are counted by hand.\n\nMore", vec![]),
        (&format!("Text.\n\n--\n\n{}", "Line\n\n".repeat(13)), vec![]),
        (
            "CAUTION: This email originated from outside the office.\n\nText.",
            vec!["Caution CAUTION: This email originated from outside the office."],
        ),
        // A memo's own head, an address, and a warning of ours are none.
        ("TO: All Counties\nFROM: Ana\nRE: Hours\n\nText.", vec![]),
        ("Help Desk\n1500 11th Street\n(916) 555-0100", vec![]),
        ("Caution: the CTE will be down.\n\nText.", vec![]),
    ] {
        assert_eq!(removals(text), found, "{text}");
    }
}

#[test]
fn what_is_removed_takes_nothing_else_along() {
    let note = "<div id=ftn1 style='mso-element:footnote'><p><a href='#_ftnref1'>[1]</a> y</p></div>";
    let mark = "<a href='#_ftn1'>[1]</a>";
    for (text, rest) in [
        (format!("<p>x{mark}</p><p>Thank you,</p><p>Ana Ruiz</p>{note}"), "x[^1]\n\n[^1]: y\n"),
        ("<p>x</p><p>Thank you,</p><p>Ana Ruiz</p>".to_owned(), "x\n\n"),
        ("<p>-----Original Message-----</p>".to_owned(), ""),
        // A note without its reference would be a fault.
        (format!("<p>x</p><p>--<br>Ana{mark}</p>{note}"), "x\n\n\\--\\\nAna[^1]\n\n[^1]: y\n"),
    ] {
        let Pasted { mut markdown, removals, .. } = html(&text);
        for removal in removals.into_iter().rev() {
            markdown.replace_range(removal.range, "");
        }
        assert_eq!(markdown, rest, "{text}");
    }
}

#[test]
fn plain_text_is_joined_where_that_is_sure() {
    for (text, markdown) in [
        ("Ana Ruiz\n1500 11th Street", "Ana Ruiz\\\n1500 11th Street"),
        ("One.\n\nTwo.", "One.\n\nTwo."),
        (
            "1.\tOne\na.\tSub\nb.\tSub\n2.\tTwo",
            "1. One\n\n   <!-- letters -->\n   1. Sub\n   2. Sub\n\n2. Two",
        ),
        ("•\tOne\no\tUnder\n•\tTwo", "- One\n  - Under\n- Two"),
        ("a\tb\nc\t\"d \"\"e\"\"\nf\"", "| a | b |\n| --- | --- |\n| c | d \"e\"<br>f |"),
        ("\"one\ncell\"\n", "one\\\ncell"),
        ("x\ty z", "x y z"),
    ] {
        assert_eq!(plain(text).markdown.trim_end(), markdown, "{text}");
    }
    let long = "A paragraph that Word has put on a line of its own is as long as it is, and longer than a line of a page is, \
                which no page would hold.";
    assert_eq!(plain(&format!("{long}\n{long}")).markdown, format!("{long}\n\n{long}\n"));
}

#[test]
fn rules_of_a_class_alone_are_read() {
    let sheet = "<style><!-- @import url(x); @page {margin:1in; @top {display:none}} /* .a{display:none} */ td, .a \
                 {font-weight:700;color:red}\n.b{font-weight:400} p.a {display:none} .a .b{display:none} \
                 .a:hover{display:none} .c{font-style:italic --></style>";
    for (cell, found) in [
        ("<td class=a>x", "**x** |"),
        ("<td class='b x a'>x", "x |"),
        ("<td class=c>x", "*x* |"),
        ("<td class='a b'>x", "x |"),
        ("<td>x", "x |"),
    ] {
        let pasted = html(&format!("{sheet}<table><tr><td>A<td>B<tr><td>y{cell}</table>"));
        assert_eq!(pasted.markdown, format!("| A | B |\n| --- | --- |\n| y | {found}\n"), "{cell}");
        assert_eq!(pasted.report.to_string(), "Pasted 1 table", "{cell}");
    }
}

#[test]
fn filters_of_mail_are_taken_away() {
    for (href, inner) in [
        (
            "https://gcc02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fwww.sos.ca.gov%2Fa%3Fb%3D1&data=05%7C02",
            "https://www.sos.ca.gov/a?b=1",
        ),
        ("https://www.google.com/url?q=https://www.sos.ca.gov/&sa=D", "https://www.sos.ca.gov/"),
        ("https://urldefense.com/v3/__https://www.sos.ca.gov/form__;!!abc$", "https://www.sos.ca.gov/form"),
        (
            "https://urldefense.proofpoint.com/v2/url?u=https-3A__www.sos.ca.gov_form&d=Dw",
            "https://www.sos.ca.gov/form",
        ),
    ] {
        let pasted = html(&format!("<p><a href='{href}'>the form</a>"));
        assert_eq!(pasted.markdown, format!("[the form]({inner})"), "{href}");
        assert_eq!(pasted.report.counts.unwrapped, 1, "{href}");
    }
}

#[test]
fn only_the_web_and_mail_are_led_to() {
    for href in
        ["javascript:alert(1)", "file:///C:/a.docx", "#_Toc1", "", "https://", "data:text/html,x", "a.pdf"]
    {
        assert_eq!(html(&format!("<p><a href='{href}'>the form</a>")).markdown, "the form", "{href}");
    }
    let mail = html("<p><a href='mailto:ana@example.gov'>Ana</a>");
    assert_eq!((mail.markdown.as_str(), mail.report.counts.unwrapped), ("[Ana](mailto:ana@example.gov)", 0));
}
