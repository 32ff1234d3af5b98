//! What is read in Word files, and which files are refused with what words.

use std::fmt::Write as _;

use ccrov::{
    package::write_package,
    word::read::{ParagraphRole, TextRevision, WordBlock, WordFault, WordPiece, WordText, read},
};

use crate::common::{
    Random,
    docx::{docx, p, r},
};

/// A text as lines: what each paragraph is, and its words with what came and went in brackets.
fn lines(text: &WordText, blocks: &[WordBlock]) -> Vec<String> {
    let mut out = Vec::new();
    for block in blocks {
        match block {
            WordBlock::Paragraph(paragraph) => {
                let mut line = match paragraph.role {
                    ParagraphRole::Heading(level) => format!("h{level} "),
                    ParagraphRole::Quote => "> ".to_owned(),
                    _ => String::new(),
                };
                if let Some(item) = &paragraph.item {
                    line.push_str(&"  ".repeat(item.level - 1));
                    line.push_str(item.marker.as_deref().unwrap_or("*"));
                    line.push(' ');
                }
                for run in &paragraph.runs {
                    let words = match &run.piece {
                        WordPiece::Note(note) => format!("^{note}"),
                        _ => run.words(),
                    };
                    let words = if run.look.bold { format!("**{words}**") } else { words };
                    let _ = match run.fate {
                        TextRevision::Kept => write!(line, "{words}"),
                        TextRevision::Came(by) => write!(line, "[+{}: {words}]", text.authors[by].name),
                        TextRevision::Went(by) => write!(line, "[-{}: {words}]", text.authors[by].name),
                    };
                    if let Some(link) = &run.link {
                        let _ = write!(line, "<{link}>");
                    }
                    for comment in &run.comments {
                        let _ = write!(line, "({comment})");
                    }
                }
                if !paragraph.is_there() {
                    line.push_str(" (gone)");
                }
                out.push(line);
            }
            WordBlock::Table(table) => {
                for row in &table.rows {
                    let cells = row.cells.iter().map(|cell| {
                        let size = if (cell.columns, cell.rows) == (1, 1) {
                            String::new()
                        } else {
                            format!("{}x{} ", cell.columns, cell.rows)
                        };
                        size + &lines(text, &cell.blocks).join(" / ")
                    });
                    out.push(format!("|{}|", cells.collect::<Vec<_>>().join("|")));
                }
            }
        }
    }
    out
}

fn read_lines(body: &str, parts: &[(&str, &str)]) -> Vec<String> {
    let text = read(&docx(body, parts)).unwrap();
    lines(&text, &text.blocks)
}

#[test]
fn what_libreoffice_saves_is_read() {
    let text = read(include_bytes!("../word/observers.docx")).unwrap();
    let read = lines(&text, &text.blocks);
    assert_eq!(
        read[9..],
        [
            "h1 What changed",
            "Counties must **post** the notice by 8 a.m. See our page<https://www.sos.ca.gov/elections>.^f2 The rule was [-Dana Lee: briefly ]stated[+Dana Lee:  and repeated].",
            "* Bring a badge",
            "  * of the county",
            "* Sign the log(0)",
            "Then:",
            "1. Open the door.",
            "  a) Slowly",
            "2. Close it.",
            "|#|Responsible Entity|Task|Start|End|",
            "|1|Counties|Test the new form|3/10/2020|3/12/2020|",
            "|2|SOS|Release it|3/16/2020|N/A|",
            "Call the Help Desk with questions.",
        ]
    );
    assert_eq!(read[5], "TO:\tAll County Clerks/Registrars of Voters");
    assert_eq!(lines(&text, &text.notes["f2"]), ["\tElections Code section 2300."]);
    assert_eq!(
        (text.comments[0].author.as_str(), text.comments[0].text.as_str()),
        ("Dana Lee", "Which log?")
    );
}

#[test]
fn what_was_tracked_is_read_with_who_did_it() {
    let came = |inner: &str| {
        format!(r#"<w:ins w:id="1" w:author="Ann" w:date="2021-01-01T00:00:00Z">{inner}</w:ins>"#)
    };
    let went = |inner: &str| {
        format!(r#"<w:del w:id="2" w:author="Bo">{}</w:del>"#, inner.replace("w:t", "w:delText"))
    };
    let mark = |what: &str| format!(r#"<w:pPr><w:rPr><w:{what} w:id="3" w:author="Bo"/></w:rPr></w:pPr>"#);
    // An end of a paragraph that went joins it with the next; a paragraph that went as a whole is gone.
    let body = [
        format!("<w:p>{}{}{}</w:p>", r("One "), came(&r("new ")), went(&r("old "))),
        format!("<w:p>{}{}</w:p>", mark("del"), r("Joins ")),
        p("the next"),
        format!("<w:p>{}{}</w:p>", mark("del"), went(&r("Gone"))),
        p("Stays"),
        format!(
            "<w:tbl><w:tr><w:trPr>{}</w:trPr><w:tc>{}</w:tc></w:tr><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>",
            r#"<w:del w:id="4" w:author="Bo"/>"#,
            p("a"),
            p("b")
        ),
    ];
    assert_eq!(
        read_lines(&body.concat(), &[]),
        ["One [+Ann: new ][-Bo: old ]", "Joins the next", "[-Bo: Gone] (gone)", "Stays", "|b|"]
    );
}

#[test]
fn numbers_of_lists_are_those_that_word_prints() {
    let level = |at: usize, form: &str, text: &str| {
        format!(
            r#"<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>"#
        )
    };
    let levels = [level(0, "decimal", "%1."), level(1, "lowerRoman", "%1.%2)")].concat();
    let numbering = format!(
        r#"<w:numbering NAMES><w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num></w:numbering>"#
    );
    let item = |list: usize, at: usize, words: &str| {
        format!(
            r#"<w:p><w:pPr><w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{list}"/></w:numPr></w:pPr>{}</w:p>"#,
            r(words)
        )
    };
    let body = [
        item(1, 0, "a"),
        item(1, 1, "b"),
        item(1, 1, "c"),
        item(1, 0, "d"),
        item(1, 1, "e"),
        item(2, 0, "f"),
        item(7, 0, "g"),
    ];
    assert_eq!(
        read_lines(&body.concat(), &[("numbering.xml", &numbering)]),
        ["1. a", "  1.i) b", "  1.ii) c", "2. d", "  2.i) e", "5. f", "g"]
    );
}

#[test]
fn styles_fields_text_boxes_and_merged_cells_are_read() {
    let styles = r#"<w:styles NAMES><w:style w:type="paragraph" w:styleId="X1"><w:name w:val="heading 2"/><w:rPr><w:b/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="X2"><w:name w:val="Mine"/><w:basedOn w:val="X1"/></w:style></w:styles>"#;
    let field = |kind: &str| format!(r#"<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>"#);
    let code = r#"<w:r><w:instrText> HYPERLINK "https://sos.ca.gov" </w:instrText></w:r>"#;
    let drawn = |inner: &str| {
        format!(
            "<w:r><mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent>{inner}</w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>{inner}</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        )
    };
    let cell =
        |properties: &str, words: &str| format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", p(words));
    let down = r#"<w:vMerge w:val="restart"/>"#;
    let body = [
        format!(r#"<w:p><w:pPr><w:pStyle w:val="X2"/></w:pPr>{}</w:p>"#, r("Head")),
        format!(
            "<w:p>{}{code}{}{}{}{}</w:p>",
            field("begin"),
            field("separate"),
            r("our page"),
            field("end"),
            r(".")
        ),
        format!(
            "<w:p>{}{}{}</w:p>",
            r("Seen"),
            r#"<w:r><w:rPr><w:vanish/></w:rPr><w:t>unseen</w:t></w:r>"#,
            drawn(&p("Boxed"))
        ),
        format!(
            "<w:tbl><w:tr>{}{}</w:tr><w:tr>{}{}</w:tr></w:tbl>",
            cell(r#"<w:gridSpan w:val="2"/>"#, "wide"),
            cell(down, "tall"),
            cell("", "x"),
            "<w:tc/>"
        ),
        format!(
            "<w:tbl><w:tr>{}</w:tr><w:tr>{}</w:tr></w:tbl>",
            cell(down, "tall"),
            cell("<w:vMerge/>", "not shown")
        ),
    ];
    let text = read(&docx(&body.concat(), &[("styles.xml", styles)])).unwrap();
    assert_eq!(
        lines(&text, &text.blocks),
        [
            "h2 Head",
            "our page<https://sos.ca.gov>.",
            "Seen",
            "Boxed",
            "|2x1 wide|tall|",
            "|x||",
            "|1x2 tall|",
            "|1x0 |"
        ]
    );
    assert_eq!((text.unread.hidden, text.unread.boxes, text.unread.pictures), (1, 1, 0));
}

#[test]
fn comments_have_their_passage_their_answers_and_their_page() {
    let comment = |id: usize, paragraph: &str, words: &str| {
        format!(
            r#"<w:comment w:id="{id}" w:author="Ann" w:date="2021-09-02T10:00:00Z"><w:p w14:paraId="{paragraph}">{}</w:p></w:comment>"#,
            r(words)
        )
    };
    let comments = format!(
        "<w:comments NAMES>{}{}</w:comments>",
        comment(1, "0000000a", "Why?"),
        comment(2, "0000000B", "Because.")
    );
    let answers = r#"<w15:commentsEx NAMES><w15:commentEx w15:paraId="0000000A" w15:done="1"/><w15:commentEx w15:paraId="0000000B" w15:paraIdParent="0000000A" w15:done="0"/></w15:commentsEx>"#;
    let body = format!(
        r#"{}<w:p><w:r><w:lastRenderedPageBreak/></w:r>{}<w:commentRangeStart w:id="1"/>{}<w:commentRangeEnd w:id="1"/></w:p>{}"#,
        p("First"),
        r("On "),
        r("this"),
        p("Last")
    );
    let text = read(&docx(&body, &[("comments.xml", &comments), ("commentsExtended.xml", answers)])).unwrap();
    assert_eq!(lines(&text, &text.blocks), ["First", "On this(1)", "Last"]);
    let pages: Vec<_> = text.paragraphs().iter().map(|paragraph| paragraph.page).collect();
    assert_eq!(pages, [Some(1), Some(1), Some(2)]);
    assert!(text.comments[0].is_done);
    assert_eq!(text.comments[1].answers.as_deref(), Some("1"));
}

fn fault(bytes: &[u8]) -> WordFault {
    read(bytes).unwrap_err()
}

#[test]
fn what_is_no_word_file_is_refused_in_words() {
    assert!(matches!(fault(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), WordFault::OldOrEncrypted));
    assert!(fault(b"%PDF-1.7").to_string().contains("a PDF"));
    assert!(matches!(fault(b""), WordFault::Other(_)));
    assert!(matches!(fault(&write_package(&[("a.txt", b"a")])), WordFault::NoText));
    assert!(matches!(fault(&docx(&p("a"), &[])[..300]), WordFault::Package(_)));
    let entity =
        r#"<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><w:styles NAMES>&b;</w:styles>"#;
    assert!(matches!(fault(&docx(&p("a"), &[("styles.xml", entity)])), WordFault::Entities { .. }));
    assert!(matches!(fault(&docx(&p("&a;"), &[])), WordFault::Entities { .. }));
    let deep = "<w:sdt>".repeat(100_000);
    assert!(matches!(fault(&docx(&deep, &[])), WordFault::TooDeep { .. }));
    let many = "<w:p/>".repeat(1_000_001);
    assert!(matches!(fault(&docx(&many, &[])), WordFault::TooLarge { .. }));
    assert!(matches!(fault(&docx("<w:p></w:r>", &[])), WordFault::Damaged { .. }));
}

#[test]
fn no_bytes_make_the_reader_fail_otherwise_than_by_a_fault() {
    let whole = include_bytes!("../word/observers.docx");
    // The XML itself, spoiled, in a whole zip: a spoiled zip is mostly refused by its own checks.
    let mut package = ccrov::package::Package::open(whole).unwrap();
    let names = package.names();
    let parts: Vec<(String, Vec<u8>)> =
        names.into_iter().map(|name| (name.clone(), package.part(&name).unwrap().unwrap())).collect();
    let mut random = Random(5);
    for _ in 0..150 {
        let mut spoiled = parts.clone();
        for _ in 0..=random.below(4) {
            let at = random.index(spoiled.len());
            let part = &mut spoiled[at].1;
            let (from, to) = (random.index(part.len()), random.index(part.len()));
            match random.below(3) {
                0 => part[from] = b"<>\"&/= wprt:\xff0"[random.index(14)],
                1 => drop(part.drain(from.min(to)..from.max(to))),
                _ => {
                    let copied = part[from.min(to)..from.max(to)].to_vec();
                    part.splice(from..from, copied);
                }
            }
        }
        let files: Vec<(&str, &[u8])> =
            spoiled.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
        let _ = read(&write_package(&files));
        let mut bytes = whole.to_vec();
        let at = random.index(bytes.len());
        bytes[at] ^= 1 << random.below(8);
        bytes.truncate(bytes.len() - random.index(100));
        let _ = read(&bytes);
    }
}
