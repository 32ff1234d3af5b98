//! What is copied elsewhere becomes Markdown of ours: clipboards of programs, hostile ones, random ones, of which every
//! sign is printed.
//!
//! `UPDATE=1 cargo test paste::` takes what becomes of each clipboard; then read the diff. `tests/paste/README.md` says
//! where the clipboards are from.

use std::fs;

use crate::{
    cases::{cases, folders},
    common::{Folder, Random, shipped},
};
use ccrov::{
    document::Document,
    paste::{Clipboard, Flavor, Pasted, WhyPlain, paste},
};

fn html(html: &str) -> Pasted {
    paste(&Clipboard { html: Some(html), ..Clipboard::default() })
}

fn plain(plain: &str) -> Pasted {
    paste(&Clipboard { plain, ..Clipboard::default() })
}

/// Every sign that is printed, without blanks.
fn signs(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// What is printed of Markdown in which nothing is amiss.
#[track_caller]
fn printed(markdown: &str) -> String {
    for brace in ["{{", "{%", "{#"] {
        assert!(!markdown.contains(brace), "{brace} in {markdown}");
    }
    let document = Document::parse(markdown).unwrap_or_else(|faults| panic!("{faults:?} in {markdown}"));
    assert_eq!(document.remarks, [], "{markdown}");
    document.plain_text()
}

cases! {
    of folders("paste").into_iter().filter(|name| name != "README.md").collect();
    run { becomes_what_is_expected };
    for {
        excel excel_cell excel_plain google_docs mail_plain notepad outlook outlook_web pdf web_page word word_notes
        word_tracked word_web writer
    }
}

fn becomes_what_is_expected(case: &str) {
    let folder = shipped().join("tests/paste").join(case);
    let read = |file: &str| fs::read_to_string(folder.join(file)).ok();
    let (html, text) = (read("clipboard.html"), read("clipboard.txt"));
    let clipboard = Clipboard { html: html.as_deref(), plain: text.as_deref().unwrap_or_default(), into: "" };
    let pasted = paste(&clipboard);
    printed(&pasted.markdown);
    let mut report = format!("{}\n", pasted.report);
    for removal in &pasted.removals {
        let words = pasted.markdown[removal.range.clone()].trim_end().replace('\n', "⏎");
        report.push_str(&format!("{}: {words}\n", removal.kind));
    }
    for (file, found) in [("expected.md", &pasted.markdown), ("report.txt", &report)] {
        if std::env::var_os("UPDATE").is_some() {
            fs::write(folder.join(file), found).unwrap();
        }
        assert_eq!(read(file).as_ref(), Some(found), "{file} of {case}");
    }
}

#[test]
fn what_is_pasted_is_a_body_without_a_fault() {
    let folder = Folder::empty();
    assert_eq!(folder.run(&["init", "."]).status, 0);
    for case in folders("paste").iter().filter(|name| *name != "README.md") {
        let body = fs::read_to_string(shipped().join("tests/paste").join(case).join("expected.md")).unwrap();
        folder.file(&format!("memos/2024/{case}.md"), body);
        let memo = format!(
            "date: November 4, 2024\nstatus: draft\nletterhead: elections\nto: All Counties\nfrom: ana-ruiz\n\
             subject: 'Pasted: {case}'\nbody: {case}.md\n"
        );
        folder.file(&format!("memos/2024/{case}.yaml"), memo);
    }
    let run = folder.run(&["check"]);
    assert_eq!((run.status, run.faults.lines().next()), (0, None), "{}", run.faults);
}

/// Words that Markdown, templates and lists would read as something else.
const WORDS: [&str; 46] = [
    "ballots",
    "county",
    "5*3*2",
    "**now**",
    "_under_",
    "snake_case",
    "__init__",
    "#",
    "##",
    "#21144",
    "#tag",
    "1.",
    "2021.",
    "1)",
    "-",
    "+",
    "*",
    ">",
    "|",
    "a|b",
    "`tick`",
    "~~old~~",
    "~~~",
    "{{",
    "}}",
    "{%",
    "%}",
    "{#",
    "[x]",
    "[^1]:",
    "](a)",
    "<b>",
    "&amp;",
    "&copy;",
    "AT&T",
    "\\",
    "\\\\server\\_forms",
    "C:\\a",
    "!",
    "“quoted”",
    "—",
    "(a)",
    "---",
    "===",
    "{a.b}",
    "\\2021",
];

struct Made {
    html: String,
    /// What is printed, in order.
    printed: String,
    /// What is printed at the end.
    notes: String,
    count: usize,
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

impl Made {
    fn text(&mut self, random: &mut Random) {
        // A list is begun by nothing but a word here: what is typed as an item becomes one.
        self.words("Word");
        for _ in 0..random.below(6) {
            let word = random.one(&WORDS);
            let (open, close) = random_face(random);
            let space = random.one(&[" ", " ", " ", "", "&nbsp;", "\n  ", "<br>"]);
            // A line that begins with a dash becomes an item.
            let space = if matches!(word, "-" | "—") { " " } else { space };
            self.html.push_str(&format!("{space}{open}{}{close}", escaped(word)));
            self.printed.push_str(word);
        }
        if random.below(6) == 0 {
            self.words(" a link ");
            self.html.push_str("<a href=\"https://www.example.gov/a_(b)?c=*\">");
            self.words("to [there]");
            self.html.push_str("</a>");
        }
        if random.below(8) == 0 {
            self.count += 1;
            let number = self.count;
            self.html.push_str(&format!("<a href='#_ftn{number}' name='_ftnref{number}'>[{number}]</a>"));
            let word = random.one(&WORDS);
            self.notes.push_str(&format!(
                "<div style='mso-element:footnote' id=ftn{number}><p><a href='#_ftnref{number}'>[{number}]</a> Note {}</p></div>",
                escaped(word)
            ));
        }
    }

    fn words(&mut self, words: &str) {
        self.html.push_str(&escaped(words));
        self.printed.push_str(words);
    }

    fn blocks(&mut self, random: &mut Random, depth: usize) {
        for _ in 0..1 + random.below(4) {
            match random.below(if depth > 2 { 3 } else { 8 }) {
                0 => self.within(random, "h2", ""),
                1..=3 => self.within(random, random_block(depth), ""),
                4 => self.list(random, depth, "ul"),
                5 => self.list(random, depth, "ol"),
                6 if depth == 0 => self.table(random),
                _ => self.within(random, "p", " style='font-weight:bold'"),
            }
        }
    }

    fn within(&mut self, random: &mut Random, tag: &str, attributes: &str) {
        self.html.push_str(&format!("<{tag}{attributes}>"));
        self.text(random);
        self.html.push_str(&format!("</{tag}>\n"));
    }

    fn list(&mut self, random: &mut Random, depth: usize, tag: &str) {
        let start = 1 + random.below(20);
        let kind = random.one(&["", " type=a", " type=i"]);
        self.html.push_str(&format!("<{tag} start={start}{kind}>"));
        for _ in 0..1 + random.below(3) {
            self.html.push_str("<li>");
            self.text(random);
            if random.below(3) == 0 {
                self.blocks(random, depth + 1);
            }
            self.html.push_str("</li>");
        }
        self.html.push_str(&format!("</{tag}>"));
    }

    fn table(&mut self, random: &mut Random) {
        let columns = 2 + random.below(3);
        self.html.push_str("<table>");
        for _ in 0..2 + random.below(3) {
            self.html.push_str("<tr>");
            for _ in 0..columns {
                self.within(random, "td", "");
            }
            self.html.push_str("</tr>");
        }
        self.html.push_str("</table>");
    }
}

fn random_face(random: &mut Random) -> (&'static str, &'static str) {
    [
        ("", ""),
        ("", ""),
        ("<b>", "</b>"),
        ("<i>", "</i>"),
        ("<b><i>", "</i></b>"),
        ("<span style='font-weight:700'>", "</span>"),
    ][random.index(6)]
}

fn random_block(depth: usize) -> &'static str {
    if depth == 0 { "div" } else { "p" }
}

#[test]
fn every_sign_of_random_structures_is_printed() {
    let count = std::env::var("PASTES").ok().and_then(|count| count.parse().ok()).unwrap_or(1000);
    for seed in 0..count {
        let mut random = Random(seed);
        let mut made = Made { html: String::new(), printed: String::new(), notes: String::new(), count: 0 };
        made.blocks(&mut random, 0);
        let notes = signs(&html(&made.notes).markdown).len();
        let pasted = html(&format!("{}{}", made.html, made.notes));
        let found = signs(&printed(&pasted.markdown));
        let expected = signs(&made.printed);
        let body: String = found.chars().take(expected.chars().count()).collect();
        assert_eq!(body, expected, "of {seed}: {}\n{}", made.html, pasted.markdown);
        assert!(
            found.len() >= expected.len() + made.count * 4 && (notes > 0) == (made.count > 0),
            "{}",
            pasted.markdown
        );
    }
}

#[test]
fn every_sign_of_random_plain_text_is_printed() {
    for seed in 0..3000 {
        let mut random = Random(seed);
        let mut text = String::new();
        for _ in 0..random.below(40) {
            text.push_str(random.one(&WORDS));
            text.push_str(random.one(&[" ", " ", "\n", "\n\n", "\t", "  "]));
        }
        let pasted = plain(&text);
        let found = printed(&pasted.markdown);
        // Marks of items, and bars and quotes of cells, are no words of theirs any more.
        let letters = |text: &str| -> String { text.chars().filter(|c| c.is_alphabetic()).collect() };
        assert_eq!(letters(&found), letters(&text), "{text:?}\n{}", pasted.markdown);
    }
}

#[test]
fn what_is_too_large_or_tangled_becomes_plain_text_at_once() {
    let deep = "<div>".repeat(100_000);
    let misnested = (0..20_000).map(|at| format!("<b a={at}>")).collect::<String>() + &"<p>x".repeat(20_000);
    let attributes = format!("<p {}>x", (0..100_000).map(|at| format!("a{at} ")).collect::<String>());
    let tables = "<table><tr><td>".repeat(30_000);
    let large = "<p>word</p>".repeat(300_000);
    for (hostile, why) in [
        (deep, WhyPlain::TooTangled),
        (misnested, WhyPlain::TooTangled),
        (attributes, WhyPlain::TooTangled),
        (tables, WhyPlain::TooTangled),
        (large, WhyPlain::TooLarge),
    ] {
        let start = std::time::Instant::now();
        let pasted = paste(&Clipboard { html: Some(&hostile), plain: "Call *us*.", into: "" });
        assert_eq!(pasted.markdown, "Call \\*us\\*.");
        assert_eq!((pasted.report.why_plain, pasted.report.read), (Some(why), Flavor::Plain));
        assert!(start.elapsed().as_secs() < 10, "{}", &hostile[..60]);
    }
    let picture = format!("<p>a <img src=\"data:image/png;base64,{}\"> b", "A".repeat(5_000_000));
    let pasted = html(&picture);
    assert_eq!((pasted.markdown.as_str(), pasted.report.counts.pictures), ("a b", 1));
}

#[test]
fn time_grows_with_the_text() {
    let time = |count: usize| {
        let text: String = (0..count)
            .map(|at| format!("<p class=MsoNormal>Paragraph {at} of the <b>canvass</b>, see <a href='https://x.gov/{at}'>it</a> and *that*.<o:p></o:p></p>\n"))
            .collect();
        let start = std::time::Instant::now();
        let pasted = paste(&Clipboard { html: Some(&text), plain: &text, into: "" });
        assert_eq!(pasted.report.paragraphs, count);
        start.elapsed()
    };
    let (small, large) = (time(1000), time(8000));
    assert!(large.as_millis() < 40 * small.as_millis().max(20), "{small:?}, {large:?}");
}

#[test]
fn hostile_bytes_are_no_trouble() {
    let pieces = [
        "<",
        ">",
        "</",
        "<p",
        "<b>",
        "<table>",
        "<tr>",
        "<td colspan=99999 rowspan=-1>",
        "<li value=99999999999999999999>",
        "<ol start=-5>",
        "<![if !supportLists]>",
        "<![endif]>",
        "<!--",
        "-->",
        "\"",
        "'",
        "=",
        "&#0;",
        "&#x1F5F3;",
        "\u{0}",
        "\u{feff}",
        "{{",
        "é",
        "<svg><p>",
        "<math><mi>",
        "<template>x",
        "</template>",
        "<select><option>",
        "<a href='#_ftn1'>",
        "<div id=ftn1 style='mso-element:footnote'>",
        "<p style='mso-list:l0 level99 lfo1'>",
        "<span style='mso-list:Ignore'>iv)",
        "<br>",
        "text",
        "<plaintext>",
        "<frameset>",
        "</body>",
        "<caption>",
        "<h6>",
        "<blockquote>",
        "<a href=x>",
    ];
    for seed in 0..3000 {
        let mut random = Random(seed);
        let text: String = (0..random.below(40)).map(|_| random.one(&pieces)).collect();
        let pasted = paste(&Clipboard { html: Some(&text), plain: &text, into: "[^1]" });
        let parsed = Document::parse(&pasted.markdown);
        assert!(parsed.is_ok(), "{text}\n{}\n{parsed:?}", pasted.markdown);
        for removal in &pasted.removals {
            assert!(pasted.markdown.get(removal.range.clone()).is_some());
        }
    }
}

#[test]
fn notes_get_labels_that_are_free() {
    let text = "<p>x<a href='#_ftn1'>[1]</a></p><div id=ftn1 style='mso-element:footnote'><p><a href='#_ftnref1'>[1]</a> y</p></div>";
    let pasted =
        paste(&Clipboard { html: Some(text), plain: "", into: "A[^1] b[^3].\n\n[^1]: n\n\n[^3]: m" });
    assert_eq!(pasted.markdown, "x[^2]\n\n[^2]: y\n");
}
