//! `typography: smart`: straight quotes and hyphens are set as a typesetter sets them, alike in every form.

use ccrov::document::{Document, as_typed, set_plain_typographically, set_typographically};

use crate::common::{Folder, pdf_text};

#[test]
fn quotes_and_dashes_are_set_as_a_typesetter_sets_them() {
    for (typed, set) in [
        ("\"Yes,\" she said.", "“Yes,” she said."),
        ("It's the county's; both counties' forms.", "It’s the county’s; both counties’ forms."),
        ("\"He said, 'Now.'\"", "“He said, ‘Now.’”"),
        ("'Now' and 'then'", "‘Now’ and ‘then’"),
        ("'\"Nested\" first,' she said", "‘“Nested” first,’ she said"),
        ("the class of '24 and the '90s", "the class of ’24 and the ’90s"),
        ("'tis the 1990's", "’tis the 1990’s"),
        ("6'2\" tall, 8.5\" by 11\"", "6'2\" tall, 8.5\" by 11\""),
        ("a \"size of 11\" form", "a “size of 11” form"),
        ("(\"in brackets\") [\"too\"]", "(“in brackets”) [“too”]"),
        ("now -- or later---never", "now – or later—never"),
        ("2024--2025, pages 3--5", "2024–2025, pages 3–5"),
        ("\"No--\" he said--\"no.\"", "“No–” he said–“no.”"),
        ("O'Brien's and rock 'n' roll", "O’Brien’s and rock ’n’ roll"),
        ("“Set already,” it’s – fine", "“Set already,” it’s – fine"),
        ("a ---- b - c", "a ---- b - c"),
        ("a \" alone ' here", "a \" alone ' here"),
        ("type ccrov build --only md", "type ccrov build --only md"),
        ("open form--final.docx, or a--b.pdf.", "open form--final.docx, or a--b.pdf."),
        (
            "see https://a.example/x--y?q='z' and b--c@d.example",
            "see https://a.example/x--y?q='z' and b--c@d.example",
        ),
    ] {
        assert_eq!(set_plain_typographically(typed), set, "{typed}");
        assert_eq!(set_typographically(typed), set, "{typed}");
        assert_eq!(set_typographically(set), set, "what is set stays");
    }
    assert_eq!(as_typed("“It’s” – so — yes"), "\"It's\" -- so --- yes");
}

#[test]
fn markdown_keeps_its_code_addresses_and_marks() {
    for (typed, set) in [
        ("`\"a--b\"` \"c\"", "`\"a--b\"` “c”"),
        ("```\n\"a--b\"\n```", "```\n\"a--b\"\n```"),
        ("    \"a--b\"", "    \"a--b\""),
        ("[\"the form\"](a--b.pdf \"Title\")", "[“the form”](a--b.pdf \"Title\")"),
        ("<https://a.example/b--c>", "<https://a.example/b--c>"),
        ("**\"bold\"** and \"**bold**\"", "**“bold”** and “**bold**”"),
        ("\"`code`\" and \"two\nlines\"", "“`code`” and “two\nlines”"),
        ("a\n\n---\n\nb -- c", "a\n\n---\n\nb – c"),
        ("Head\n---\n", "Head\n---\n"),
        ("| \"A\" | B |\n| --- | --- |\n| it's | -- |", "| “A” | B |\n| --- | --- |\n| it’s | – |"),
        ("<!-- lines -->\n\"a\"", "<!-- lines -->\n“a”"),
        ("stays \\\"straight\\\", it\\'s", "stays \\\"straight\\\", it\\'s"),
        ("see[^n] \"it\"\n\n[^n]: it's", "see[^n] “it”\n\n[^n]: it’s"),
        ("&quot;a&quot; \"b\"", "&quot;a&quot; “b”"),
        ("- \"a\"\n- 'b'", "- “a”\n- ‘b’"),
        ("\"open\n\n\"next\"", "“open\n\n“next”"),
    ] {
        let done = set_typographically(typed);
        assert_eq!(done, set, "{typed}");
        let words = |markdown: &str| Document::parse(markdown).unwrap().plain_text();
        assert_eq!(as_typed(&words(&done)), as_typed(&words(typed)), "nothing is lost: {typed}");
    }
}

fn memo(folder: &Folder) {
    folder.file(
        "memos/2021/21201.yaml",
        "number: 21201\ndate: September 1, 2021\nstatus: approved\nletterhead: elections\n\
         to: All Counties' Clerks\nfrom: debra-ledsinger\nsubject: \"The \\\"New\\\" Desk -- It's Open\"\n\
         attachments:\n  - schedule\n  - title: \"A \\\"form\\\"\"\n    body: \"It's -- `a--b` -- here.\"\n\
         tasks:\n  - {id: one, step: 1, owners: new-counties, text: \"Send the county's \\\"form\\\"\", end: 9/4/2021}\n\
         body: |\n  The \"desk\" isn't closed -- see `--only` and https://a.example/b--c.\n",
    );
}

#[test]
fn all_forms_read_alike() {
    let folder = Folder::with_seed();
    memo(&folder);
    let office = folder.read("memos/office.yaml");
    folder.file("memos/office.yaml", format!("{office}\ntypography: smart\n"));
    let run = folder.run(&["build", "21201"]);
    assert_eq!(run.status, 0, "{}", run.faults);
    let file = |name: &str| folder.read(&format!("output/ccrov/2021/september/21201dl{name}"));
    let markdown = file(".md");
    for words in [
        "The “desk” isn’t closed – see `--only` and https://a.example/b--c.",
        "All Counties’ Clerks",
        "**The “New” Desk – It’s Open**",
        "It’s – `a--b` – here.",
        "Send the county’s “form”",
    ] {
        assert!(markdown.contains(words), "{words}: {markdown}");
    }
    let page = file(".html");
    assert!(page.contains("The “desk” isn’t closed – see <code>--only</code>"), "{page}");
    assert!(
        page.contains("<title>")
            && page.split("<title>").nth(1).unwrap().contains("The “New” Desk – It’s Open")
    );
    let pdf = pdf_text(&folder.bytes("output/ccrov/2021/september/21201dl.pdf")).join(" ");
    assert!(pdf.contains("“desk” isn’t closed –"), "{pdf}");
    assert!(
        file("-schedule.csv").contains("Send the county’s “form”")
            || file("-schedule.csv").contains("county’s")
    );
    let manifest = folder.read("output/manifest.json");
    assert!(manifest.contains("The “New” Desk – It’s Open"), "lists say what the memo says");
}

#[test]
fn an_office_that_says_nothing_gets_what_was_typed() {
    let folder = Folder::with_seed();
    memo(&folder);
    folder.run(&["build", "21201"]);
    let markdown = folder.read("output/ccrov/2021/september/21201dl.md");
    assert!(markdown.contains("The \"desk\" isn't closed -- see"), "{markdown}");
}

#[test]
fn a_fault_is_shown_where_it_was_typed() {
    let folder = Folder::with_seed();
    let office = folder.read("memos/office.yaml");
    folder.file("memos/office.yaml", format!("{office}\ntypography: smart\n"));
    memo(&folder);
    folder.edit("memos/2021/21201.yaml", "closed -- see", "closed, [it's \"here\"](nowhere.pdf) -- see");
    let run = folder.run(&["check", "21201"]);
    assert!(run.faults.contains("bad-address") && run.faults.contains("21201.yaml:1"), "{}", run.faults);
    assert!(run.faults.contains("[it's \"here\"](nowhere.pdf)"), "{}", run.faults);
    folder.edit("memos/office.yaml", "typography: smart", "typography: smrt");
    let run = folder.run(&["check"]);
    assert!(run.faults.contains("there is no typography `smrt`"), "{}", run.faults);
}
