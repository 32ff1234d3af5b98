//! What the Markdown of a memo is read as, and what in it would be lost.

use ccrov::document::{
    Blank, BlankKind, BlankLength, BlockKind, Document, Inline, MarkdownFault, Markers, PlacedKind, Remark,
    Role, TableRow, Trouble, placed_units,
};

fn parse(markdown: &str) -> Document {
    Document::parse(markdown).expect("Markdown without faults")
}

/// The faults of a text, each as its name and what it points at.
fn faults(markdown: &str) -> Vec<(String, &str)> {
    let faults = Document::parse(markdown).expect_err("faults").faults;
    faults.iter().map(|fault| (name(fault), &markdown[fault.span()])).collect()
}

/// The remarks of a text, each as its name and what it points at.
fn remarks(markdown: &str) -> Vec<(String, &str)> {
    let document = parse(markdown);
    document.remarks.iter().map(|remark| (name(&remark.trouble), &markdown[remark.span.clone()])).collect()
}

fn name(of: &impl std::fmt::Debug) -> String {
    format!("{of:?}").split([' ', '{']).next().unwrap_or_default().to_owned()
}

fn found<'a>(name: &str, at: &'a str) -> (String, &'a str) {
    (name.to_owned(), at)
}

fn first_text(document: &Document) -> &[Inline] {
    match &document.blocks[0].kind {
        BlockKind::Paragraph(text) => text,
        other => panic!("{other:?} is no paragraph"),
    }
}

fn text(words: &str) -> Inline {
    Inline::Text(words.to_owned())
}

#[test]
fn notes_are_numbered_by_their_first_reference_and_stand_at_the_end() {
    let document =
        parse("One[^b] two[^a] three[^B].\n\n[^a]: Note a.\n[^b]: Note b.\n\n    More.\n\nLast.\n");
    let expected =
        [text("One"), Inline::Note(0), text(" two"), Inline::Note(1), text(" three"), Inline::Note(0)];
    assert_eq!(first_text(&document)[..6], expected);
    assert_eq!(document.plain_text(), "One two three.\nLast.\nNote b.\nMore.\nNote a.\n");
}

#[test]
fn lines_are_kept_where_a_comment_says_so() {
    let document = parse("<!-- lines -->\nSecretary of State\n1500 11th Street\n\nRunning\ntext.\n");
    assert_eq!(first_text(&document), [text("Secretary of State"), Inline::Break, text("1500 11th Street")]);
    assert_eq!(document.plain_text(), "Secretary of State 1500 11th Street\nRunning text.\n");
}

#[test]
fn a_line_that_begins_with_a_star_comes_out_as_written() {
    let document = parse("Monday, 08/17/15*\n\n\\* If the day falls on a holiday,\n\n\\*\\* or\\* not.\n");
    assert_eq!(document.plain_text(), "Monday, 08/17/15*\n* If the day falls on a holiday,\n** or* not.\n");
}

#[test]
fn dots_are_leaders_only_where_a_comment_says_so() {
    let leader = |markdown: &str| first_text(&parse(&format!("<!-- leaders -->\n{markdown}"))).to_vec();
    let both = [text("First day"), Inline::Leader, text("Monday")];
    for markdown in ["First day .... Monday", "First day....Monday", "First day …… Monday"] {
        assert_eq!(leader(markdown), both, "{markdown}");
    }
    assert_eq!(leader("And so on ... Monday"), [text("And so on ... Monday")]);
    let bold = |words| Inline::Strong(vec![text(words)]);
    assert_eq!(leader("**First day .... Monday**"), [bold("First day"), Inline::Leader, bold("Monday")]);
    assert_eq!(leader("a ..... b\nc ..... d").len(), 7);
    assert_eq!(first_text(&parse("First day .... Monday")), [text("First day .... Monday")]);
}

#[test]
fn a_blank_has_a_name_and_can_stand_anywhere_in_running_text() {
    let place = |what: &str, kind| Inline::Blank(Blank { what: what.to_owned(), kind });
    let blank = |what: &str| place(what, BlankKind::Line);
    let document =
        parse("Call [blank: telephone_1], **[blank:  the date ]** \\[blank: no] [blank: ] [blank]x\n");
    let expected = [
        text("Call "),
        blank("telephone_1"),
        text(", "),
        Inline::Strong(vec![blank("the date")]),
        text(" [blank: no] [blank: ] [blank]x"),
    ];
    assert_eq!(first_text(&document), expected);
    let document = parse("[tick: yes] Yes: [blank of 4 lines: reasons]");
    let expected = [place("yes", BlankKind::Tick), text(" Yes: "), place("reasons", BlankKind::Lines(4))];
    assert_eq!(first_text(&document), expected);
    assert_eq!(document.plain_text(), "\u{2610} Yes:  \n");
}

#[test]
fn lists_can_have_letters_columns_and_leaders() {
    let markdown =
        "1. First:\n   <!-- letters -->\n   1. a\n   2. b\n\n<!-- columns -->\n- Help\n  Desk\n- Press\n";
    let document = parse(markdown);
    let BlockKind::List(outer) = &document.blocks[0].kind else { panic!("a list") };
    let BlockKind::List(inner) = &outer.items[0].blocks[1].kind else { panic!("a list in it") };
    assert_eq!((outer.markers, inner.markers), (Markers::Numbers, Markers::Letters));
    assert_eq!(document.blocks[1].role, Some(Role::Columns));
    assert_eq!(document.plain_text(), "First:\na\nb\nHelp Desk\nPress\n");
}

#[test]
fn a_table_has_its_caption_its_bands_and_the_head_of_each_row() {
    let markdown = "<!-- page -->\n<!-- caption -->\nTable 1. *Hours*\n\n| Day | Hours |\n|---|---|\n| **Band** | |\n\
                    | | night |\n| Between 1/9/2024 and 2/2/2024 | |\n";
    let document = parse(markdown);
    let BlockKind::Table(table) = &document.blocks[0].kind else { panic!("a table") };
    assert!(document.blocks[0].new_page && document.blocks.len() == 1 && document.remarks.is_empty());
    assert_eq!(table.caption.as_ref().map(|caption| caption.text.len()), Some(2));
    let heads: Vec<Option<usize>> = table
        .rows
        .iter()
        .map(|row| match row {
            TableRow::Band(_) => None,
            TableRow::Cells { head, .. } => Some(*head),
        })
        .collect();
    assert_eq!(heads, [None, Some(1), Some(0)]);
}

#[test]
fn what_would_be_lost_of_a_table_is_a_fault() {
    let table = "| a | b |\n|---|---|\n";
    assert_eq!(faults(&format!("{table}| 1 | 2 | 3 | 4 |\n")), [found("WideRow", "3 | 4")]);
    assert_eq!(faults(&format!("> {}> 1 | 2 | 3\n", table.replace("\n|", "\n> |"))), [found("WideRow", "3")]);
    assert_eq!(faults(&format!("{table}| `x|y` | z |\n")), [found("WideRow", "z")]);
    assert_eq!(faults(&format!("{table}| 1 | 2 |\nNote: stuck.\n")), [found("StuckText", "Note: stuck.")]);
    let whole = format!("{table}| 1 \\| one | `x\\|y` |\n| only |\n| 1 | 2 | |\n\nNote: apart.\n");
    assert_eq!(parse(&whole).plain_text(), "a\nb\n1 | one\nx|y\nonly\n\n1\n2\nNote: apart.\n");
}

#[test]
fn a_link_to_nowhere_is_a_fault() {
    assert_eq!(faults("[](https://www.sos.ca.gov)"), [found("EmptyLink", "[](https://www.sos.ca.gov)")]);
    for bad in ["[the form]()", "[the form](javascript:alert)", "<vbscript:x>", "[the form](https://)"] {
        assert_eq!(faults(bad), [found("BadAddress", bad)]);
    }
    let unused = "Text.\n\n[Note]: see\n\n[a  Form]: b\n\n[a form] [x][A FORM]\n";
    assert_eq!(faults(unused), [found("UnusedAddress", "[Note]: see")]);
    assert!(parse("[x](y.pdf) <help@sos.ca.gov> www.sos.ca.gov tel:1").remarks.is_empty());
}

#[test]
fn notes_that_lead_nowhere_are_faults() {
    let markdown =
        "a[^1] b[^2] c\\[^3\\] `[^4]`\n\n[^1]: Note.[^1]\n\n[^1]: Again.\n\n[^5]: Unused.\n\n[^a b]\n";
    let expected = [
        found("UnknownNote", "[^2]"),
        found("NoteInNote", "[^1]"),
        found("NoteTwice", "[^1]: Again."),
        found("UnusedNote", "[^5]: Unused."),
        found("UnknownNote", "[^a b]"),
    ];
    assert_eq!(faults(markdown), expected);
}

#[test]
fn html_is_a_fault_and_comments_are_not() {
    assert_eq!(
        faults("<!-- a --> lost <!-- b -->\n\nText.\n"),
        [found("Html", "<!-- a --> lost <!-- b -->")]
    );
    assert_eq!(faults("<div>\nlost\n</div>\n"), [found("Html", "<div>\nlost\n</div>")]);
    assert_eq!(
        parse("<!-- a remark\nof two lines -->\n<!-- page --> <!-- lines -->\na\nb\n").blocks.len(),
        1
    );
}

#[test]
fn what_troubles_a_reader_is_remarked() {
    assert_eq!(remarks("# One\n\n### Three\n\n#### Four\n\n## Two\n"), [found("SkippedLevel", "### Three")]);
    assert_eq!(remarks("See [Here.](a.pdf), [the form](b.pdf)"), [found("VagueLink", "[Here.](a.pdf)")]);
    let vain = "<!-- columns -->\nText.\n\n<!-- caption -->\nNo table.\n\n<!-- letters -->\n- bullet\n\n<!-- lines -->\n";
    let expected = [
        Remark { span: 0..16, trouble: Trouble::Misplaced { role: "columns" } },
        Remark { span: 24..40, trouble: Trouble::Misplaced { role: "caption" } },
        Remark { span: 52..68, trouble: Trouble::Misplaced { role: "letters" } },
        Remark { span: 79..93, trouble: Trouble::Misplaced { role: "lines" } },
    ];
    assert_eq!(parse(vain).remarks, expected);
}

#[test]
fn faults_come_in_the_order_of_the_text() {
    let markdown = "[^x]: Unused.\n\n![p](p.png) [](a)\n\n| a |\n|---|\nstuck\n";
    let spans: Vec<usize> = Document::parse(markdown)
        .expect_err("faults")
        .faults
        .iter()
        .map(|f: &MarkdownFault| f.span().start)
        .collect();
    assert!(spans.len() == 4 && spans.is_sorted(), "{spans:?}");
}

#[test]
fn the_guides_example_has_neither_faults_nor_remarks() {
    let guide = include_str!("../../docs/format.md");
    let example = guide
        .split("```markdown\n")
        .find(|block| block.contains("First day to file"))
        .and_then(|rest| rest.split("```").next());
    let document = parse(example.expect("an example"));
    assert_eq!(document.remarks, []);
    assert!(
        document.blocks.len() == 6
            && document.plain_text().starts_with("First day to file Monday, 07/15/24\n")
    );
}

#[test]
fn a_text_that_nests_without_end_is_a_fault_and_no_crash() {
    for text in
        [">".repeat(20_000) + " a", "- ".repeat(5_000) + "a", "*a _b ".repeat(5_000) + &"_ *".repeat(5_000)]
    {
        let read = Document::parse(&text);
        let faults = read.err().map(|found| found.faults).unwrap_or_default();
        assert!(faults.iter().all(|fault| format!("{fault:?}").starts_with("TooDeep")));
    }
    assert!(Document::parse(&(">".repeat(120) + " a")).is_err());
}

#[test]
fn a_rule_in_an_item_stays_where_it_is() {
    let list = Document::parse("- before\n  ***\n  after\n").unwrap();
    assert_eq!(list.plain_text(), "before\nafter\n");
}

#[test]
fn every_word_has_its_place() {
    use PlacedKind::{Head, Heading, Note, Row, Text};
    let markdown = "## Head\n\nA **bo**ld \\*word\\* {{ a | b }}, “it’s”.[^1]\n\n- one\n  - two\n- three -- four\n\n| # | A |\n| --- | --- |\n| 1 | {{ x }} |\n\n[^1]: Note.\n";
    let units = placed_units(markdown);
    let said: Vec<_> = units
        .iter()
        .map(|unit| {
            let cells = unit
                .cells
                .iter()
                .map(|cell| cell.iter().map(|word| word.word.as_str()).collect::<Vec<_>>().join(" "));
            (unit.kind, unit.items.len(), cells.collect::<Vec<_>>().join(" | "))
        })
        .collect();
    let said: Vec<_> = said.iter().map(|(kind, depth, words)| (*kind, *depth, words.as_str())).collect();
    assert_eq!(
        said,
        [
            (Heading, 0, "Head"),
            (Text, 0, "A bold * word * {{ a | b }} , \" it ' s \" ."),
            (Text, 1, "one"),
            (Text, 2, "two"),
            (Text, 1, "three - four"),
            (Head, 0, "# | A"),
            (Row, 0, "1 | {{ x }}"),
            (Note, 0, "Note ."),
        ]
    );
    for unit in &units {
        for word in unit.cells.iter().flatten().filter(|word| word.word.starts_with(char::is_alphanumeric)) {
            assert_eq!(markdown[word.range.clone()].replace("**", ""), word.word);
        }
    }
}

#[test]
fn headings_have_names_of_their_own() {
    let text = "# CC/ROV Memorandum #26100\n\n## Note 7\n\n## Dates\n\n## **Dates**\n\n## Dates 1\n\n## Élections & More\n\n\
                > ## Quoted\n\n## ?\n";
    // Whoever leads to a name that there is not is told all that there are.
    let wrong = Document::parse(&format!("{text}\n[x](#none)\n")).unwrap_err();
    let [MarkdownFault::UnknownHeading { known, .. }] = wrong.faults.as_slice() else { panic!("{wrong:?}") };
    let names = ["ccrov-memorandum-26100", "note-7", "dates", "dates-1", "dates-1-1", "élections--more"];
    assert_eq!(*known, names.map(|name| format!("#{name}")));
    let links: String = names.iter().map(|name| format!("[x](#{name}) ")).collect();
    let document = parse(&format!("{text}\n{links}\n"));
    let headings = document.blocks.iter().filter(|block| matches!(block.kind, BlockKind::Heading { .. }));
    let led_to = names.map(|name| document.targets[name]);
    assert_eq!(headings.map(|heading| heading.id).take(6).collect::<Vec<_>>(), led_to);
}

#[test]
fn a_link_leads_to_the_heading_of_its_name() {
    let text = "See [Note 7](#note-7), [it](#Note-7).\n\n## Note 7\n\nText.\n";
    assert_eq!(parse(text).targets.keys().collect::<Vec<_>>(), ["note-7"]);
    assert_eq!(
        faults("See [Note 8](#note-8).\n\n## Note 7\n"),
        [found("UnknownHeading", "[Note 8](#note-8)")]
    );
    assert_eq!(faults("See [Note 8](#).\n\n## ?\n"), [found("BadAddress", "[Note 8](#)")]);
}

#[test]
fn an_answer_takes_the_room_that_the_first_telling_word_says() {
    let length = |what: &str| Blank { what: what.to_owned(), kind: BlankKind::Line }.length();
    let of = |wanted, all: &[&str]| all.iter().for_each(|what| assert_eq!(length(what), wanted, "{what}"));
    of(BlankLength::Short, &["extension", "number of petitions", "ZIP code"]);
    of(
        BlankLength::Medium,
        &["date", "telephone number", "office telephone of the official", "day of the signing"],
    );
    of(
        BlankLength::Long,
        &["name of person 1", "e-mail address of the deputy", "county", "address, telephone"],
    );
}
