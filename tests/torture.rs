//! The torture set (tests/golden/torture) as a reader finds it: nothing is clipped, lost, split or left alone.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by it")]

mod common;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use ccrov::document::Document;
use common::{
    Folder, files, letters,
    pdf::{Pdf, Shown},
    shipped,
    tags::{self, Node},
};
use lopdf::{Dictionary, Object};

/// A memo of the set, built.
struct Built {
    name: String,
    pdf: Vec<u8>,
    words: String,
}

fn built() -> &'static [Built] {
    static BUILT: OnceLock<Vec<Built>> = OnceLock::new();
    BUILT.get_or_init(|| {
        let folder = Folder::copy(&shipped().join("tests/golden/torture/memos"), "memos");
        folder.build();
        let all = files(&folder.path().join("output"));
        let pdfs = all.iter().filter_map(|file| Some((file, file.strip_suffix(".pdf")?)));
        let built = pdfs.map(|(file, stem)| Built {
            name: stem.rsplit('/').next().unwrap().to_owned(),
            pdf: folder.bytes(&format!("output/{file}")),
            words: Document::parse(&folder.read(&format!("output/{stem}.md"))).unwrap().plain_text(),
        });
        built.collect()
    })
}

fn pdf(name: &str) -> Pdf {
    Pdf::read(&built().iter().find(|built| built.name == name).unwrap().pdf)
}

/// Width and height of a page.
fn paper(pdf: &Pdf, page: usize) -> (f32, f32) {
    let page = pdf.file.get_dictionary(pdf.file.page_iter().nth(page).unwrap()).unwrap();
    let edges = page.get(b"MediaBox").and_then(Object::as_array).unwrap();
    (edges[2].as_float().unwrap(), edges[3].as_float().unwrap())
}

/// The document's own runs on a page, the notes at its foot left out.
fn above_notes(pdf: &Pdf, page: usize) -> Vec<&Shown> {
    let rule =
        pdf.ruled.iter().filter(|rule| rule.page == page && (rule.right - rule.left - 108.0).abs() < 0.1);
    let foot = rule.map(|rule| rule.y).fold(0.0, f32::max);
    pdf.shown.iter().filter(|run| run.page == page && !run.artifact && run.y > foot).collect()
}

fn elements<'a>(node: &'a Node, is: &dyn Fn(&str, &str) -> bool) -> Vec<&'a Node> {
    let Node::Element { name, attributes, kids } = node else { return Vec::new() };
    let below = kids.iter().flat_map(|kid| elements(kid, is));
    Some(node).filter(|_| is(name, attributes)).into_iter().chain(below).collect()
}

/// The words of a tree; those of two elements are never one.
fn words(node: &Node, out: &mut String) {
    match node {
        Node::Text(text) => out.push_str(text),
        Node::Annotation(_) => {}
        Node::Element { name, kids, .. } => {
            let inline = matches!(name.as_str(), "Link" | "Reference" | "Form");
            out.push_str(if inline { "" } else { " " });
            // The number of a note belongs to no word.
            if name != "Reference" {
                kids.iter().for_each(|kid| words(kid, out));
            }
            out.push_str(if inline { "" } else { " " });
        }
    }
}

fn counted(text: &str) -> BTreeMap<&str, usize> {
    let mut count = BTreeMap::new();
    text.split_whitespace().for_each(|word| *count.entry(word).or_default() += 1);
    count
}

#[test]
fn nothing_is_clipped_and_nothing_stands_on_anything_else() {
    for Built { name, pdf, .. } in built() {
        let pdf = Pdf::read(pdf);
        for page in 0..pdf.pages() {
            let (width, height) = paper(&pdf, page);
            let runs: Vec<_> =
                pdf.shown.iter().filter(|run| run.page == page && run.text != "DRAFT").collect();
            for run in &runs {
                let top = if run.artifact { height - 36.0 } else { height - 72.0 };
                // A space at a line's end may hang over.
                let inside =
                    run.left >= 71.9 && run.right <= width - 72.0 + 4.0 && run.y >= 72.0 && run.y <= top;
                assert!(
                    inside,
                    "{name}, page {}: {:?} at {} to {}, {}",
                    page + 1,
                    run.text,
                    run.left,
                    run.right,
                    run.y
                );
            }
            for (i, a) in runs.iter().enumerate() {
                for b in &runs[i + 1..] {
                    let (across, up) = (a.left < b.right - 0.1 && b.left < a.right - 0.1, (a.y - b.y).abs());
                    assert!(!(across && up < 6.0), "{name}: {:?} on {:?}, page {}", a.text, b.text, page + 1);
                }
            }
        }
    }
}

#[test]
fn every_word_is_in_the_tree_as_often_as_it_was_written() {
    assert!(built().len() >= 17);
    for Built { name, pdf, words: written } in built() {
        let mut read = String::new();
        words(&tags::read(&Pdf::read(pdf)), &mut read);
        let read = counted(&read);
        for (word, count) in counted(written) {
            let found = read.get(word).copied().unwrap_or(0);
            // Labels of items and notes ("1.", "1") are not in the written words.
            let label = word.trim_end_matches('.').len() <= 2;
            assert!(found == count || label && found > count, "{name}: {word:?} {found} times, not {count}");
        }
    }
}

#[test]
fn a_table_is_one_on_all_its_pages_and_its_head_is_repeated_for_the_eye() {
    for (name, rows) in [("24801ar-schedule", 62), ("24802ar", 1001), ("24803ar", 4), ("24810ar", 51)] {
        let pdf = pdf(name);
        let tree = tags::read(&pdf);
        let count = |wanted: &str| elements(&tree, &|name, _| name == wanted).len();
        assert_eq!((count("Table"), count("THead"), count("TR")), (1, 1, rows), "{name}");
        let is_head = |name: &str, attributes: &str| name == "TH" && attributes == "Scope=Column";
        let head: String = elements(&tree, &is_head).into_iter().map(|cell| letters(&cell.text())).collect();
        let first = pdf.shown.iter().find(|run| !run.artifact && run.text == "Task").unwrap().page;
        let last = pdf.shown.iter().rfind(|run| !run.artifact && run.text.ends_with("/2024")).unwrap().page;
        assert!(last > first, "{name} goes over several pages");
        for page in first + 1..=last {
            let artifacts = pdf.lines(page, true).concat();
            // "Responsible Entity" is set on two lines.
            assert!(artifacts.contains(&head) || artifacts.ends_with("Entity"), "{name}, page {}", page + 1);
        }
    }
}

#[test]
fn no_row_is_split_unless_no_page_can_hold_it() {
    for name in ["24801ar-schedule", "24802ar", "24810ar"] {
        let pdf = pdf(name);
        let rows: Vec<_> =
            pdf.shown.iter().filter(|run| !run.artifact && run.text.ends_with("/2024")).collect();
        assert!(rows.len() > 40);
        for row in rows {
            let beside = pdf.shown.iter().filter(|run| run.page == row.page && (run.y - row.y).abs() < 0.01);
            assert!(beside.count() >= 3, "{name}: the cells of {:?} begin on one line", row.text);
        }
        for page in 0..pdf.pages() {
            let cells = pdf.ruled.iter().filter(|rule| rule.page == page);
            let foot =
                cells.filter(|rule| rule.right - rule.left > 400.0).map(|rule| rule.y).fold(800.0, f32::min);
            let last = above_notes(&pdf, page).into_iter().map(|run| run.y).fold(800.0, f32::min);
            assert!(
                foot < last || page == 0 || name == "24810ar",
                "{name}: page {} ends with a rule",
                page + 1
            );
        }
    }
    let tall = pdf("24803ar");
    assert!(tall.page_texts()[..3].iter().all(|page| page.contains("Sentence")), "it begins where it stands");
}

#[test]
fn no_page_ends_with_a_heading_a_head_or_a_band() {
    for Built { name, pdf, .. } in built() {
        let pdf = Pdf::read(pdf);
        let tree = tags::read(&pdf);
        let heads = |name: &str, attributes: &str| {
            matches!(name, "H1" | "H2" | "H3" | "Caption")
                || name == "TH" && attributes.starts_with("Scope=Column")
        };
        let heads: Vec<String> =
            elements(&tree, &heads).into_iter().map(|head| letters(&head.text())).collect();
        for page in 0..pdf.pages() {
            let runs = above_notes(&pdf, page);
            let Some(foot) = runs.iter().map(|run| run.y).reduce(f32::min) else { continue };
            let last: String =
                runs.iter().filter(|run| run.y == foot).map(|run| letters(&run.text)).collect();
            // The list of attachments names them as their titles do.
            let expected = name == "24816ar" && page == 0;
            assert!(expected || !heads.contains(&last), "{name}: page {} ends with {last:?}", page + 1);
        }
    }
}

#[test]
fn no_line_of_a_paragraph_stands_alone() {
    let pdf = pdf("24814ar");
    assert!(pdf.pages() >= 60);
    for (number, page) in pdf.page_texts().iter().enumerate() {
        let lines: Vec<&str> = page.lines().collect();
        assert!(
            !lines.last().unwrap().starts_with("Paragraph"),
            "a first line at the foot of page {}",
            number + 1
        );
        assert!(number == 0 || !lines[0].ends_with("p.m."), "a last line at the head of page {}", number + 1);
    }
}

#[test]
fn the_outline_is_the_headings_in_order() {
    fn walk(pdf: &Pdf, parent: &Dictionary, out: &mut Vec<String>) {
        let mut next = parent.get(b"First").and_then(Object::as_reference).ok();
        while let Some(id) = next {
            let entry = pdf.file.get_dictionary(id).unwrap();
            out.push(entry.get(b"Title").and_then(lopdf::decode_text_string).unwrap());
            walk(pdf, entry, out);
            next = entry.get(b"Next").and_then(Object::as_reference).ok();
        }
    }
    for Built { name, pdf, .. } in built() {
        let pdf = Pdf::read(pdf);
        let outline = pdf.file.catalog().unwrap().get_deref(b"Outlines", &pdf.file).and_then(Object::as_dict);
        let mut entries = Vec::new();
        walk(&pdf, outline.as_ref().unwrap(), &mut entries);
        let shown = outline.unwrap().get(b"Count").and_then(Object::as_i64).unwrap();
        assert_eq!(shown, entries.len() as i64, "{name}: all are shown at once");
        let tree = tags::read(&pdf);
        let is_heading = |name: &str, _: &str| matches!(name, "H1" | "H2" | "H3" | "H4" | "H5" | "H6");
        let headings: Vec<String> = elements(&tree, &is_heading).into_iter().map(Node::text).collect();
        assert_eq!(entries, headings, "{name}");
    }
}

#[test]
fn a_link_over_several_lines_is_one_that_can_be_clicked_on_each() {
    let pdf = pdf("24812ar");
    let tree = tags::read(&pdf);
    let links = elements(&tree, &|name, _| name == "Link");
    let body = &links[1..];
    assert_eq!(body.len(), 2, "behind the letterhead's");
    for link in body {
        let Node::Element { kids, .. } = link else { unreachable!() };
        assert!(
            kids.iter().filter(|kid| matches!(kid, Node::Annotation(_))).count() >= 2,
            "{}",
            link.print()
        );
    }
    for annotation in pdf.links() {
        let rect = annotation.get(b"Rect").and_then(Object::as_array).unwrap();
        let [left, bottom, right, top] = [0, 1, 2, 3].map(|i| rect[i].as_float().unwrap());
        let on = pdf.shown.iter().filter(|run| run.y > bottom && run.y < top);
        assert!(on.into_iter().any(|run| (run.left - left).abs() < 0.1 && (run.right - right).abs() < 4.0));
    }
}
