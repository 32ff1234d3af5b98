//! What Markdown makes of a text and nobody means, and what is like it and is meant.

use ccrov::document::{Document, Trouble};

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
