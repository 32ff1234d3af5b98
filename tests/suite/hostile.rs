//! Nothing that stands in YAML breaks out of its page: hostile texts leave every page's elements as they are, and
//! a link that would run something is a fault in its line, a value is no Markdown. Nothing passes the gate behind the writer of pages
//! that the writer does not write.

use std::{fs, path::PathBuf};

use crate::common::{Folder, files, hostile, shipped};
use ccrov::{
    diagnostic::{Faults, Sources},
    document::Document,
    html,
    template::{Engine, Values},
};
use html5ever::{parse_document, tendril::TendrilSink};
use markup5ever_rcdom::{Handle, NodeData, RcDom};

// The gate itself: what it is to hold back, no text of an analyst leads the writer to write.
#[path = "../../src/html/gate.rs"]
mod gate;

/// Attributes that repeat a text.
const SAID: [&str; 5] = ["aria-label", "content", "data-asked", "data-label", "title"];

/// An address without what is made of a text: a topic's page is named after it.
fn unnamed(address: &str) -> &str {
    address.find("topics/").map_or(address, |at| &address[..at])
}

/// A page as a browser reads it: a line for each element, and all its text.
fn read(page: &str) -> (String, String) {
    fn walk(node: &Handle, depth: usize, shape: &mut String, text: &mut String) {
        match &node.data {
            NodeData::Element { name, attrs, .. } => {
                *shape += &format!("{:depth$}{}", "", name.local);
                for attribute in attrs.borrow().iter() {
                    let name = &*attribute.name.local;
                    let value = if SAID.contains(&name) { "" } else { unnamed(&attribute.value) };
                    *shape += &format!(" {name}={value:?}");
                }
                *shape += "\n";
            }
            NodeData::Text { contents } => *text += &contents.borrow(),
            NodeData::Comment { .. } => *shape += "a comment\n",
            _ => {}
        }
        node.children.borrow().iter().for_each(|child| walk(child, depth + 1, shape, text));
    }
    let dom = parse_document(RcDom::default(), html5ever::ParseOpts::default()).one(page);
    let (mut shape, mut text) = (String::new(), String::new());
    walk(&dom.document, 0, &mut shape, &mut text);
    (shape, text)
}

/// The pages that a folder builds to, by their paths.
fn pages(folder: &Folder) -> Vec<(String, String)> {
    let run = folder.run(&["build", "--only", "html"]);
    assert_eq!(run.status, 0, "{}", run.faults);
    let built = files(&folder.path().join("output"));
    let pages = built.into_iter().filter(|file| file.ends_with(".html"));
    pages.map(|file| (file.clone(), folder.read(&format!("output/{file}")))).collect()
}

#[test]
fn hostile_texts_leave_every_page_its_elements() {
    let harmless = pages(&hostile::folder(hostile::HARMLESS));
    let hostile = pages(&hostile::folder(&hostile::worst()));
    let names = |pages: &[(String, String)]| {
        pages.iter().map(|(name, _)| unnamed(name).to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(names(&hostile), names(&harmless));
    for ((name, page), (_, other)) in hostile.iter().zip(&harmless) {
        let ((shape, text), (wanted, _)) = (read(page), read(other));
        let differs = shape.lines().zip(wanted.lines()).find(|(a, b)| a != b);
        assert!(shape == wanted, "{name}: {differs:?}");
        assert!(text.contains("<img src=x onerror=run()>"), "{name} shows the value");
        assert!(!page.contains("645498"), "{name} does not reckon with a value");
    }
}

#[test]
fn a_link_that_would_run_something_is_a_fault_in_its_line() {
    let links = [
        "javascript:run()",
        "JavaScript:run()",
        "&#106;avascript:run()",
        "&#x6A;avascript&colon;run()",
        "java&Tab;script:run()",
        "java&NewLine;script:run()",
        "&#1;javascript:run()",
        "&nbsp;javascript:run()",
        "javascript&#58;//example.gov/%0Arun()",
        "%6Aavascript:run()",
        "vbscript:run()",
        "data:text/html,x",
        "DATA:text/html;base64,eA==",
        "file:///etc/hosts",
        "blob:https://example.gov/1",
        "view-source:https://example.gov",
    ];
    let folder = Folder::with_seed();
    let memo = "number: 24120\ndate: 5/6/2024\nstatus: draft\nletterhead: elections\nto: All\nfrom: debra-ledsinger\n\
                subject: Links\nbody: |\n";
    let mut lines =
        links.map(|link| format!("  A [form of the office]({link}) to be filled in.\n\n")).to_vec();
    lines.push("  <javascript:run()>\n\n  See [the form].\n\n  [the form]: javascript:run()\n".to_owned());
    let body_at = memo.lines().count() + 1;
    folder.file("memos/2024/24120.yaml", format!("{memo}{}", lines.concat()));
    let run = folder.run(&["build"]);
    assert_eq!(run.status, 1, "{}", run.results);
    for (at, link) in links.iter().chain(&["in angle brackets", "by name"]).enumerate() {
        let place = format!("memos/2024/24120.yaml:{}:", body_at + 2 * at);
        assert!(run.faults.contains(&place), "{link} is a fault at {place}\n{}", run.faults);
    }
    let pages = files(&folder.path().join("output"));
    assert!(!pages.iter().any(|file| file.contains("24120")), "the memo is not written");
}

#[test]
fn an_archived_memo_leads_to_an_address_on_the_web_or_is_a_fault() {
    for address in [
        "javascript:run()",
        "data:text/html,x",
        "//example.gov",
        "https://",
        "https://a\\\"><b>",
        "https://a b",
    ] {
        let folder = Folder::with_seed();
        let text =
            format!("archive: true\nnumber: 15165\ndate: 2015-08-03\ntitle: Old\naddress: \"{address}\"\n");
        let run = folder.file("memos/2015/15165.yaml", text).run(&["check"]);
        assert_eq!(run.status, 1, "{address}");
        assert!(run.faults.contains("memos/2015/15165.yaml:5:"), "{address}: {}", run.faults);
    }
}

#[test]
fn blanks_that_do_not_break_stand_in_dates_too() {
    let folder = Folder::with_seed();
    let memo = "number: 24120\ndate: 5/6/2024\nstatus: draft\nletterhead: elections\nto: All\nfrom: debra-ledsinger\n\
                subject: Dates\nelection: general-2024\nbody: |\n  ";
    let body = "By September\u{a0}6,\u{a0}2024 (E-61), and by\u{a0}9/6/2024 (E-62). On Monday, September\u{a0}6, 2024.";
    let run = folder.file("memos/2024/24120.yaml", format!("{memo}{body}\n")).run(&["check"]);
    assert_eq!(run.status, 1, "{}", run.faults);
    assert_eq!(run.faults.matches("September 6, 2024 is E-60").count(), 2, "{}", run.faults);
    assert_eq!(run.faults.matches("September 6, 2024 is a Friday").count(), 1, "{}", run.faults);
}

#[test]
fn marks_between_more_of_them_end_nothing() {
    let folder = Folder::with_seed();
    let memo = "number: 24120\ndate: 5/6/2024\nstatus: draft\nletterhead: elections\nto: All\nfrom: debra-ledsinger\n\
                subject: Marks\nbody: |\n  ````\n  ```\n\n\n  a\n  ````\n\n  After it.\n";
    let run = folder.file("memos/2024/24120.yaml", memo).run(&["build"]);
    assert_eq!((run.status, run.faults.as_str()), (0, ""));
    let markdown = folder.read("output/ccrov/2024/may/24120dl.md");
    assert!(markdown.contains("````\n```\n\n\na\n````\n\nAfter it."), "{markdown}");
}

#[test]
fn two_files_of_one_memo_are_not_published_as_one() {
    let folder = Folder::with_seed();
    let memo = "number: 24120\ndate: 5/6/2024\nstatus: draft\nletterhead: elections\nto: All\nfrom: debra-ledsinger\n\
                subject: Files\nbody: See below.\nattachments:\n  - {title: One, file: A b.txt}\n  - {title: Two, file: a-b.txt}\n";
    folder.file("memos/2024/A b.txt", "one").file("memos/2024/a-b.txt", "two");
    let run = folder.file("memos/2024/24120.yaml", memo).run(&["build"]);
    assert_eq!(run.status, 1, "{}", run.results);
    assert!(run.faults.contains("two files of memo 24120 would be published as"), "{}", run.faults);
    assert_eq!(folder.run(&["build"]).results.matches("0 files written").count(), 1);
}

/// A template that is refused is not filled in by another one that includes it.
#[test]
fn a_template_that_cannot_be_counted_is_included_by_none() {
    let folder = Folder::with_seed();
    let endless = "{% for a in [x for x in range(end=100000)] %}{% for b in range(end=100000) %}{% for c in \
                   range(end=100000) %}{% endfor %}{% endfor %}{% endfor %}";
    folder
        .file("templates/bad.md", endless)
        .file("templates/memo.md", "{% include \"bad.md\" %}\n{{ body }}\n");
    let run = folder.run(&["build"]);
    assert_eq!(run.status, 1);
    assert!(run.faults.contains("a list cannot be made by `for` in brackets"), "{}", run.faults);
    assert!(!folder.has("output/ccrov/2021/august/21144dl.md"));
}

#[test]
fn what_the_writer_never_writes_does_not_pass() {
    let foreign = [
        ("<p onclick=\"run()\">Text</p>", "<p>Text</p>"),
        ("<p style=\"color: red\" id=\"main\">Text</p>", "<p>Text</p>"),
        ("<p title=\"Press here\" lang=\"x\">Text</p>", "<p>Text</p>"),
        ("<a hreflang=\"x\">Text</a>", "<a>Text</a>"),
        ("<blockquote cite=\"https://example.gov\">Text</blockquote>", "<blockquote>Text</blockquote>"),
        (
            "<table><tbody><tr align=\"right\"><td rowspan=\"9\" headers=\"x\">1</td></tr></tbody></table>",
            "<table><tbody><tr><td>1</td></tr></tbody></table>",
        ),
        ("<p class=\"skip title\">Text</p>", "<p class=\"title\">Text</p>"),
        ("<script>run()</script><style>p {}</style><p>Text</p>", "<p>Text</p>"),
        ("<img src=x onerror=run()><svg onload=run()></svg>Text", "Text"),
        ("<iframe src=\"https://example.gov\"></iframe>Text", "Text"),
        ("<form action=\"https://example.gov\"></form>Text", "Text"),
        ("<input name=n type=submit formaction=x>Text", "<input type=\"checkbox\">Text"),
        ("<a href=\"javascript:run()\">Text</a>", "<a>Text</a>"),
        ("<a href=\"ftp://example.gov\">Text</a>", "<a>Text</a>"),
        ("<a href=\"java\tscript:run()\">Text</a>", "<a>Text</a>"),
        ("<a href=\"data:text/html,x\" target=_blank>Text</a>", "<a>Text</a>"),
        ("<h2 id=\"main\">Text</h2>", "<h2>Text</h2>"),
        (
            "<table><tbody><tr><td id=\"main\">1</td></tr></tbody></table>",
            "<table><tbody><tr><td>1</td></tr></tbody></table>",
        ),
        ("<h2 id=\"h-a b\">Text</h2>", "<h2>Text</h2>"),
        ("<li id=\"note-1x\">Text</li>", "<li>Text</li>"),
        ("<ol start=\"-1\" type=\"i\"><li>Text</li></ol>", "<ol><li>Text</li></ol>"),
        ("Text</main><p>Text", "Text<p>Text</p>"),
        ("<!-- x --><p>Text", "<p>Text</p>"),
    ];
    for (fragment, passed) in foreign {
        assert_eq!(gate::pass(fragment), passed, "{fragment}");
    }
}

/// The Markdown that cases and shipped memos build to.
fn written_markdown() -> Vec<String> {
    let folders = ["tests/golden", "output"].map(|name| shipped().join(name));
    let markdown = |folder: &PathBuf| {
        let names = files(folder).into_iter().filter(|name| name.ends_with(".md"));
        names.map(|name| fs::read_to_string(folder.join(name)).unwrap()).collect::<Vec<_>>()
    };
    folders.iter().flat_map(markdown).collect()
}

/// A paragraph and a table with all signs that HTML writes otherwise.
const HARD: &str = "\
<p>A&nbsp;B &amp; <a href=\"https://example.gov/?a=1&amp;b=&quot;2&quot;'&quot;\">x</a> <code>\"&lt;&amp;</code></p>
<table>
<thead>
<tr><th scope=\"col\">A \"b\" &amp; c</th></tr>
</thead>
<tbody>
<tr><th scope=\"row\" data-label=\"A &quot;b&quot; &amp; c\">1</th></tr>
</tbody>
</table>
";

#[test]
fn the_gate_changes_nothing_that_is_written_here() {
    let hard =
        "A\u{a0}B & [x](https://example.gov/?a=1&b=\"2\"'&quot;) `\"<&`\n\n| A \"b\" & c |\n|---|\n| 1 |\n";
    // Built for tests, the writer holds what it writes against the gate itself.
    assert_eq!(html::write(&Document::parse(hard).unwrap()), HARD);
    let documents: Vec<Document> =
        written_markdown().iter().filter_map(|text| Document::parse(text).ok()).collect();
    assert!(documents.len() > 60, "the cases are there: {}", documents.len());
    for written in documents.iter().map(html::write) {
        assert_eq!(gate::pass(&written), written);
    }
}

#[test]
fn values_print_as_written() {
    let (mut sources, mut faults) = (Sources::default(), Faults::default());
    let mut template = |name: &str, text: &str| (name.to_owned(), sources.add(name, text));
    let templates =
        [template("alone.md", "{{ value }}"), template("cell.md", "| a |\n| --- |\n| {{ value }} |")];
    let engine = Engine::markdown(&templates, &sources, &mut faults);
    let mut printed = |name: &str, value: &str| {
        let mut values = Values::new();
        values.insert("value", value);
        let markdown = engine.fill(name, &values, &sources, &mut faults).unwrap();
        Document::parse(&markdown).unwrap().plain_text().trim_end().to_owned()
    };
    for value in [
        "# 15161",
        "2021. A year",
        "1) first",
        "- dash",
        "+ plus",
        ": colon",
        "> more",
        "===",
        "---",
        "~~~",
        "a | b",
        "*not bold* and **neither**",
        "_under_ snake_case",
        "[text](address) [^1]",
        "<b>no tag</b> & &amp; AT&T",
        "back\\slash `tick`",
        "{{ braces }} (888) 868-3225",
        "#21144",
        "6a",
        "Ph.D. – “quotes” \"mini release\"",
    ] {
        assert_eq!(printed("alone.md", value), value);
        assert_eq!(printed("cell.md", value), format!("a\n{value}"));
    }
}
