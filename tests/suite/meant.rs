//! What Markdown makes of a text and nobody means, and what is like it and is meant.

use crate::common::{Folder, Random, pdf::Pdf};
use ccrov::document::{Block, BlockKind, Document, Trouble};

/// The name of a kind: `Printed`.
fn name(trouble: &Trouble) -> String {
    let name = format!("{trouble:?}");
    name.split(['(', ' ', '{']).next().unwrap_or_default().to_owned()
}

/// What is odd about a text, each as its kind and the words that it points at.
fn odd(markdown: &str) -> Vec<(String, &str)> {
    let document = Document::parse(markdown).expect("a document");
    document.remarks.iter().map(|remark| (name(&remark.trouble), &markdown[remark.span.clone()])).collect()
}

#[track_caller]
fn assert_odd(markdown: &str, kind: &str, words: &str) {
    assert_eq!(odd(markdown), [(kind.to_owned(), words)], "{markdown}");
}

#[track_caller]
fn assert_meant(markdown: &str) {
    assert_eq!(odd(markdown), [], "{markdown}");
}

#[test]
fn marks_that_are_left_in_the_text() {
    for (markdown, words) in [
        ("**Note:**Call us.", "**Note:**Call"),
        ("Look: **(see Section 1)**applies here.", "**(see"),
        ("On **Nov. 3,**2026 they close.", "**Nov."),
        ("Do it **now, please.", "**now,"),
        ("We ** act ** today.", "**"),
        ("Come *soon *too.", "*soon"),
        ("It is *important to do this.", "*important"),
        ("##Dates", "##Dates"),
        ("Text above.\n\n###Dates and times\n\nText.", "###Dates"),
        ("#Dates", "#Dates"),
        ("The ~~old~~ new form.", "~~old~~"),
        ("See [the form](a b.pdf) today.", "form](a b.pdf)"),
        ("See [the form] (form.pdf) today.", "form] (form.pdf)"),
        ("See (the form)[form.pdf] today.", "form)[form.pdf]"),
        ("See [the form](form.pdf", "form](form.pdf"),
        ("- [ ] Yes", "[ ]"),
        ("- [tick:] Yes", "[tick:]"),
        ("Why: [blank of many lines: why]", "[blank"),
        ("[x] No", "[x]"),
        ("The county`s list.", "county`s"),
    ] {
        assert_odd(markdown, "Printed", words);
    }
    for markdown in [
        "**Note:** Call us.",
        "*Required.\n\nA line* and another*",
        "Saturday, 09/21/24**\n\n\\*\\* This day does not move.",
        "Write 5 \\* 3, or \\*\\*.",
        "5 * 3 = 15",
        "\\| is a bar.",
        "#21144 is a number.",
        "The section [sic] (see page 3) holds.",
        "`[ ]` and `**` and `__`.",
        "See [the form](<a b.pdf>x.pdf) or <https://a.b/c__d>.",
        "    [ ] kept",
        "~50 counties",
    ] {
        if Document::parse(markdown).is_ok() {
            assert_meant(markdown);
        }
    }
}

#[test]
fn marks_that_vanish() {
    assert_odd("5*3*2 is 30.", "LostMarks", "5*3*2");
    assert_odd("It is 2*3 and 4*5.", "LostMarks", "2*3 and 4*5.");
    assert_odd("A *-* B", "LostMarks", "*-*");
    assert_odd("un*believ*able", "MarksInWord", "un*believ*able");
    for markdown in ["**V**ote **B**y **M**ail", "*word*", "**Word**, (*word*)", "***both***", "**3**"] {
        assert_meant(markdown);
    }
}

#[test]
fn underscores_to_be_filled_in() {
    for (markdown, words) in [
        ("Date: __/__/____", "__/__/____"),
        ("At __:__ a.m.", "__:__"),
        ("Tel. ___-____", "___-____"),
        ("Tel. (___)", "(___)"),
        ("No. _____-____", "_____-____"),
        ("I, ______, of", "______,"),
        ("Name __________ and date", "__________"),
        ("____(Name)____", "____(Name)____"),
        ("Name: _ and date", "_"),
        ("| Name | When |\n| --- | --- |\n| __/__/____ | x |", "__/__/____"),
        ("- Name: ____", "____"),
    ] {
        assert_odd(markdown, "Underscores", words);
    }
    for markdown in ["_word_", "__word__", "a_b, a__b", "https://a.b/__c", "`__init__`", "[blank: date]"] {
        assert_meant(markdown);
    }
}

#[test]
fn backslashes_of_paths() {
    for (markdown, words) in [
        (r"On \\sos-fs1\elections\_forms now.", r"\\sos-fs1\elections\_forms"),
        (r"C:\temp\[county].csv", r"C:\temp\[county].csv"),
        (r"the server \\sos-fs1", r"\\sos-fs1"),
        (r"forms\new\_x", r"forms\new\_x"),
        (r"C:\_forms", r"C:\_forms"),
    ] {
        assert_odd(markdown, "LostBackslash", words);
    }
    for markdown in [
        r"`\\sos-fs1\elections\_forms`",
        r"\\\\sos-fs1\\elections\\\_forms",
        r"C:\temp\forms",
        r"C:\\temp",
        r"a\_b, 2021\. \# \*",
    ] {
        assert_meant(markdown);
    }
}

#[test]
fn signs_before_figures() {
    assert_odd("> 50% of ballots", "SignTaken", "> 50% of ballots");
    assert_odd(">= 5 votes", "SignTaken", ">= 5 votes");
    assert_odd("+ 1 county", "SignTaken", "+ 1 county");
    for markdown in ["> Vote.", "- 10 ballots", "5 > 3", "\\> 50%", "+ one county"] {
        assert_meant(markdown);
    }
}

#[test]
fn lists_of_another_form() {
    for (markdown, words) in [
        ("a. one\nb. two", "a. one"),
        ("(1) one\n(2) two", "(1) one"),
        ("(a) one\n(b) two", "(a) one"),
        ("I. one\nII. two", "I. one"),
        ("Please do this:\n(1) one", "(1) one"),
        ("– one\n– two", "– one"),
        ("o one\no two", "o one"),
        ("Please:\no one", "o one"),
        ("-one\n-two", "-one"),
        ("1.one\n2.two", "1.one"),
        ("A) one\nB) two", "A) one"),
        ("Do this:\n2. two", "2. two"),
        ("- item\n  a. one\n  b. two", "a. one"),
    ] {
        assert_odd(markdown, "NoList", words);
    }
    assert_odd("1) one\n2) two", "Parenthesis", "1) one");
    for markdown in [
        "(a) The county elections official shall mail\nthe notice.",
        "(a) one\n\n(b) two",
        "the dates are set by the county. I\nam here.",
        "<!-- lines -->\n(1) one\n(2) two",
        "before November\n3. That is all.",
        "| a | b |\n| --- | --- |\n| – | o |",
        "a line\n– with a dash – goes on",
        "a. one\\\nb. two",
    ] {
        assert_meant(markdown);
    }
}

#[test]
fn items_and_what_is_below_them() {
    let below = "If you have questions, call us.";
    for markdown in [
        format!("- mail ballots\n{below}"),
        format!("1. mail ballots\n2. more\n{below}"),
        format!("- a\n  - b\n  {below}"),
        format!("> quoted\n{below}"),
        format!("Text[^1]\n\n[^1]: note\n{below}"),
        format!("RE:\n: text\n{below}"),
        format!("- mail ballots  \n{below}"),
    ] {
        assert_odd(&markdown, "Swallowed", below);
    }
    for markdown in [
        "- one\n  goes on\n- two\n\n  more of two",
        "1. one\n   goes on",
        "> one\n> goes on",
        "> - one\n>   goes on",
        "Text[^1]\n\n[^1]: note\n  goes on",
        "- a\n\nText below.",
        "- a\n  - b\n    goes on",
    ] {
        assert_meant(markdown);
    }
    assert_odd("1. one\n  - a\n2. two", "NotNested", "- a");
    assert_odd("1. one\n\n  - a\n\n2. two", "NotNested", "- a");
    assert_odd("1. one\n\n  More of one.\n\n2. two", "NotNested", "More of one.");
    assert_meant("1. one\n   - a\n2. two");
    assert_meant("- one\n  - a\n- two");
    assert_meant("- one\n\n1. two");
}

#[test]
fn numbers_of_items() {
    assert_odd("1. a\n1. b", "NotRising", "1. b");
    assert_odd("3. a\n1. b", "NotRising", "1. b");
    assert_odd("2021. The year", "YearTaken", "2021. The year");
    assert_meant("1. a\n2. b\n9. c\n10. d");
    let hundred: String = (1..=120).map(|number| format!("{number}. item\n")).collect();
    assert_meant(&hundred);
}

#[test]
fn rows_of_no_table() {
    assert_odd("| a | b |\n| c | d |", "NoTable", "| a | b |");
    assert_odd("a | b\nc | d", "NoTable", "a | b");
    assert_odd("a | b\n--- | --- | ---\nc | d", "NoTable", "a | b");
    assert_odd("| a | b |\n| --- | --- |\n| c | d |\n\n| e | f |", "NoTable", "| e | f |");
    assert_meant("a | b\n--- | ---\nc | d");
    assert_meant("Tel. 1 | Fax 2");
    assert_meant("Tel. 1 | Fax 2\\\nTel. 3 | Fax 4");
}

#[test]
fn words_that_would_be_lost() {
    assert_odd("[a](https://b.c \"Title\")", "LostWords", "[a](https://b.c \"Title\")");
    for markdown in [
        "[a](https://b.c) and [d][e]\n\n[e]: https://f.g",
        "```text\nkept\n```",
        "<!-- a remark -->\n\nText &amp; &#65;[^n]\n\n[^n]: Note.",
        "# Head #\n\n| a |\n| :-: |\n| b |\n\n***\n\nx<br>y",
        "10. a\n11. b\n\nTerm\n: Definition",
    ] {
        assert_meant(markdown);
    }
}

fn memo(more: &str) -> Folder {
    let folder = Folder::with_seed();
    let text = format!(
        "number: 21145\ndate: September 1, 2021\nstatus: draft\nletterhead: elections\nto: All\nfrom: debra-ledsinger\n\
         subject: Drill\n{more}"
    );
    folder.file("memos/2021/21145.yaml", text);
    folder
}

const BUILT: &str = "output/ccrov/2021/september/21145dl";

#[test]
fn items_are_numbered_as_they_were_typed() {
    let folder = memo(
        "body: |\n  1. one\n  2. two\n  9. nine\n\n     <!-- letters -->\n     2. b\n     4. d\n  10. ten\n",
    );
    folder.build();
    let page = folder.read(&format!("{BUILT}.html"));
    assert!(page.contains("<li value=\"9\">") && page.contains("<ol type=\"a\" start=\"2\">"), "{page}");
    assert!(page.contains("<li value=\"4\">d</li>") && !page.contains("value=\"10\""), "{page}");
    let text = Pdf::read(&folder.bytes(&format!("{BUILT}.pdf"))).page_texts().join("");
    for label in ["1.", "2.", "9.", "b.", "d.", "10."] {
        assert!(text.contains(label), "{label} is not in {text}");
    }
}

#[test]
fn an_attached_file_is_linked_by_its_own_name() {
    let folder = memo(
        "attachments:\n  - title: Form\n    file: Contact Form.docx\nbody: |\n  Fill in [the form](<Contact Form.docx>) \
         or [this copy](Contact%20Form.docx), and not [that](other.docx).\n",
    );
    folder.file("memos/2021/Contact Form.docx", "PK");
    let run = folder.run(&["check", "21145"]);
    assert_eq!(run.faults.matches("error[").count(), 1, "{}", run.faults);
    folder.edit("memos/2021/21145.yaml", ", and not [that](other.docx)", "");
    folder.build();
    let name = "21145dl-contact-form.docx";
    assert!(folder.has(&format!("output/ccrov/2021/september/{name}")));
    let text = folder.read(&format!("{BUILT}.md"));
    assert!(
        text.contains(&format!("[the form]({name})")) && text.contains(&format!("[this copy]({name})")),
        "{text}"
    );
    let page = folder.read(&format!("{BUILT}.html"));
    assert!(page.contains(&format!("<a href=\"{name}\">the form</a>")), "{page}");
}

/// How many figures are typed before the items of a block.
fn numbers(block: &Block) -> usize {
    let inner = |blocks: &[Block]| blocks.iter().map(numbers).sum::<usize>();
    match &block.kind {
        BlockKind::List(list) => {
            let items = list.items.iter();
            items.map(|item| item.number.map_or(0, |n| n.to_string().len()) + inner(&item.blocks)).sum()
        }
        BlockKind::Definitions(all) => {
            all.iter().flat_map(|definition| &definition.details).map(|item| inner(&item.blocks)).sum()
        }
        BlockKind::Quote(blocks) => inner(blocks),
        _ => 0,
    }
}

/// Whatever is typed is printed, or something is said of it.
#[test]
fn no_letter_is_lost_in_silence() {
    let pieces = [
        "abc", "12", "5", " ", " ", " ", "\n", "\n", "\n\n", "  ", "    ", "*", "**", "_", "__", "- ", "-",
        "# ", "## ", "> ", "+ ", "1. ", "2. ", "3) ", "(1) ", "a. ", "|", " | ", "| --- |", "`", "~~", "\\",
        "\\\\", ": ", "--", "=", "&amp;", "Abc.",
    ];
    let letters = |text: &str| text.replace("&amp;", "").chars().filter(|c| c.is_alphanumeric()).count();
    let mut random = Random(15);
    let mut silent = 0;
    for _ in 0..20_000 {
        let text: String = (0..random.index(14)).map(|_| pieces[random.index(pieces.len())]).collect();
        let Ok(document) = Document::parse(&text) else { continue };
        if !document.remarks.is_empty() || text.contains("```") || text.contains("~~~") {
            continue;
        }
        silent += 1;
        let printed = letters(&document.plain_text()) + document.blocks.iter().map(numbers).sum::<usize>();
        assert_eq!(letters(&text), printed, "{text:?} is {:?}", document.plain_text());
    }
    assert!(silent > 2_000, "{silent} texts were silent");
}

#[test]
fn lines_that_were_hardly_meant_to_be_joined() {
    let warned = |body: &str| {
        let body: String = body.lines().map(|line| format!("  {line}\n")).collect();
        let run = memo(&format!("body: |\n{body}")).run(&["check", "21145"]);
        assert_eq!(run.status, 0, "{}", run.faults);
        run.faults.matches("warning[joined-lines]").count()
    };
    for (body, count) in [
        ("The desk is closed on Monday, September 7.\nWHAT IS NEW?\nCounties call the number below.", 1),
        ("Call us.\nWrite to us.", 1),
        ("Bring these:\na pen\npaper and an identification card", 1),
        ("All counties must reply by the date below.\n**What is new**", 1),
        ("One.\nTwo.\n\nThree.\nFour.", 2),
        (
            "This text is broken where it meets the edge of the window, as a\nparagraph is that somebody fills by hand. It goes on.",
            0,
        ),
        ("See\nhttps://www.sos.ca.gov/elections/voter-registration/a-very-long-address", 0),
        ("Call us.\\\nWrite to us.", 0),
        ("<!-- lines -->\nCall us.\nWrite to us.", 0),
        ("- one\n- two\n- three, which goes on over the\n  end of its line", 0),
        ("```\nCall us.\nWrite to us.\n```", 0),
        ("| A | B |\n| --- | --- |\n| One. | Two. |", 0),
        ("{% if memo.number %}Call us.{% endif %}\nWrite to us.", 0),
    ] {
        assert_eq!(warned(body), count, "{body}");
    }
}

#[test]
fn a_template_that_leaves_a_text_out_is_a_fault_of_the_memo() {
    let folder = memo("attachments:\n  - title: Form\n    body: Please print.\nbody: |\n  Vote.\n\n  Now.\n");
    folder.file("templates/memo.md", "# Memo\n\n{{ body | upper | safe }}\n");
    let run = folder.run(&["check", "21145"]);
    let lost = "this text does not stand in the memo as it is written";
    assert_eq!((run.status, run.faults.matches(lost).count()), (1, 2), "{}", run.faults);
    assert!(run.faults.contains("write `{{ body | safe }}` in `templates/memo.md`"), "{}", run.faults);
    let templates =
        "# Memo\n\n{{ body | safe }}\n{% for a in attachments %}\n{{ a.markdown | safe }}{% endfor %}\n";
    folder.file("templates/memo.md", templates);
    assert_eq!(folder.run(&["check", "21145"]).status, 0);
}
