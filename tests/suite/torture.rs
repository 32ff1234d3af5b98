//! What holds of every page that the golden cases print, the torture set (tests/golden/torture) among them: a
//! memo each for what is hard to set. Properties, read back from the PDFs and held against the Markdown beside
//! them; not here: what a case prints, see golden.rs.

use std::collections::BTreeMap;

use crate::common::{
    letters,
    pdf::Shown,
    printed::{PRINTED, Printed, blocks, ink, inlines, share, span, string},
    tags::Node,
};
use ccrov::document::{BlockKind, Inline, Table, plain};
use lopdf::{Dictionary, Object};

/// On all four sides of a page, in points.
const MARGIN: f32 = 72.0;

#[test]
fn nothing_leaves_the_page_or_stands_on_something_else() {
    for printed in PRINTED.iter() {
        for (page, &(width, height)) in printed.sizes.iter().enumerate() {
            let place = |run: &Shown| format!("{}, page {}: {:?}", printed.name, page + 1, run.text);
            let runs: Vec<&Shown> =
                printed.shown.iter().filter(|run| run.page == page && ink(run).is_some()).collect();
            for run in &runs {
                let ((left, right), (bottom, top)) = (ink(run).unwrap(), span(run));
                let above = if run.subtype == "Header" { MARGIN / 2.0 } else { MARGIN };
                assert!(left > MARGIN - 0.1 && right < width - MARGIN + 0.1, "{}", place(run));
                assert!(bottom > MARGIN - 0.1 && top < height - above + 0.1, "{}", place(run));
            }
            for (at, a) in runs.iter().enumerate() {
                for b in &runs[at + 1..] {
                    let across = share(ink(a).unwrap(), ink(b).unwrap());
                    assert!(!(across && share(span(a), span(b))), "{} and {:?}", place(a), b.text);
                }
            }
            for rule in printed.ruled.iter().filter(|rule| rule.page == page) {
                let inside = rule.left > MARGIN - 0.3 && rule.right < width - MARGIN + 0.3;
                assert!(
                    inside && rule.y > MARGIN - 0.3 && rule.y < height - MARGIN + 0.3,
                    "{}",
                    printed.name
                );
                for run in runs.iter().filter(|run| run.y < rule.y && rule.y < run.y + 0.75 * run.size) {
                    let struck = run.words.iter().any(|&word| share(word, (rule.left, rule.right)));
                    assert!(!struck, "{} is struck through", place(run));
                }
            }
            for rule in printed.uprights.iter().filter(|rule| rule.page == page) {
                for run in runs.iter().filter(|run| share(span(run), (rule.bottom, rule.top))) {
                    let crossed = run.words.iter().any(|word| word.0 < rule.x - 0.1 && word.1 > rule.x + 0.1);
                    assert!(!crossed, "{} leaves its cell", place(run));
                }
            }
        }
    }
}

#[test]
fn a_mark_stands_on_the_first_line_of_what_it_marks() {
    let mut count = 0;
    for printed in PRINTED.iter() {
        for item in ["LI", "Note"].into_iter().flat_map(|name| printed.tree.elements(name)) {
            let Node::Element { kids, .. } = item else { panic!("an element") };
            let [mark, rest @ ..] = kids.as_slice() else { panic!("{}: an item is empty", printed.name) };
            let (mark, first) =
                (printed.runs(mark), rest.iter().find_map(|node| printed.runs(node).first().copied()));
            if let ([mark], Some(first)) = (mark.as_slice(), first) {
                let same = (mark.page, mark.y) == (first.page, first.y);
                assert!(
                    same && ink(mark) < ink(first),
                    "{}: {:?} and {:?}",
                    printed.name,
                    mark.text,
                    first.text
                );
                count += 1;
            }
        }
    }
    assert!(count > 50, "{count} marks");
}

/// The words of a tree in its order, without the marks of lists and the numbers of notes. The notes stand at
/// the end.
fn words(tree: &Node) -> Vec<String> {
    fn below<'a>(node: &'a Node, within: &str, out: &mut String, notes: &mut Vec<&'a Node>) {
        let Node::Element { name, attributes, kids } = node else {
            out.push_str(&node.text());
            return;
        };
        match name.as_str() {
            "Reference" => return,
            "Lbl" if within != "L" => return,
            "Note" if within != "Note" => return notes.push(node),
            _ => {}
        }
        // The labels of a list that has no marks are words of the document.
        let is_marked = name == "L" && !attributes.is_empty();
        let within = match name.as_str() {
            "L" if is_marked => "marked",
            "LI" => within,
            name => name,
        };
        kids.iter().for_each(|kid| below(kid, within, out, notes));
        if !matches!(name.as_str(), "Link" | "Form" | "Reference") {
            out.push('\n');
        }
    }
    let (mut out, mut notes) = (String::new(), Vec::new());
    below(tree, "", &mut out, &mut notes);
    for note in notes {
        below(note, "Note", &mut out, &mut Vec::new());
    }
    out.split_whitespace().map(str::to_owned).collect()
}

#[test]
fn every_word_is_there_once_and_in_its_order() {
    for printed in PRINTED.iter() {
        let (found, plain) = (words(&printed.tree), printed.document.plain_text());
        // A box that is checked on the screen is a field, and no letter.
        let is_form = printed.file.catalog().unwrap().has(b"AcroForm");
        let wanted: Vec<&str> =
            plain.split_whitespace().filter(|word| !(is_form && *word == "\u{2610}")).collect();
        let differs = found.iter().zip(&wanted).position(|(found, wanted)| found != wanted);
        let at = differs.unwrap_or(found.len().min(wanted.len())).saturating_sub(3);
        assert!(found == wanted, "{}: {:?} or {:?}", printed.name, &found[at..], &wanted[at..]);
        let shown = printed.shown.iter().filter(|run| !run.artifact).map(|run| run.text.as_str());
        let (mut shown, mut tree) = (letters(&shown.collect::<String>()), letters(&printed.tree.text()));
        for text in [&mut shown, &mut tree] {
            let mut sorted: Vec<char> = text.chars().collect();
            sorted.sort_unstable();
            *text = sorted.into_iter().collect();
        }
        assert_eq!(shown, tree, "{}: what is drawn is what is read", printed.name);
    }
}

#[test]
fn a_table_is_one_and_its_head_is_read_once() {
    for printed in PRINTED.iter() {
        let tables: Vec<&Table> = blocks(&printed.document)
            .into_iter()
            .filter_map(|block| match &block.kind {
                BlockKind::Table(table) => Some(table),
                _ => None,
            })
            .collect();
        let elements = printed.tree.elements("Table");
        assert_eq!(elements.len(), tables.len(), "{}", printed.name);
        // What stands above a page's first row because the table began on an earlier page.
        let mut repeated = vec![String::new(); printed.pages()];
        for (table, element) in tables.into_iter().zip(elements) {
            let (heads, rows) = (element.elements("THead"), element.elements("TR"));
            // There is no head without a body.
            assert_eq!(heads.len(), usize::from(!table.rows.is_empty()), "{}", printed.name);
            assert!(heads.iter().all(|head| head.elements("TR").len() == 1), "{}", printed.name);
            assert_eq!(rows.len(), 1 + table.rows.len(), "{}", printed.name);
            let head = letters(&rows[0].text());
            for row in rows {
                assert_eq!(row.columns(), table.head.len(), "{}: {}", printed.name, row.print());
            }
            let mut pages: Vec<usize> = printed.runs(element).iter().map(|run| run.page).collect();
            pages.sort_unstable();
            pages.dedup();
            for page in pages.into_iter().skip(1) {
                assert_eq!(repeated[page], "", "{}", printed.name);
                repeated[page].clone_from(&head);
            }
        }
        for (page, head) in repeated.iter().enumerate() {
            let runs = printed.shown.iter().filter(|run| run.page == page);
            let (artifacts, own): (Vec<&Shown>, Vec<&Shown>) = runs.partition(|run| run.artifact);
            let above: Vec<_> = artifacts.into_iter().filter(|run| run.subtype.is_empty()).collect();
            let text: String = above.iter().map(|run| letters(&run.text)).collect();
            assert_eq!(text, *head, "{}, page {}", printed.name, page + 1);
            let lowest = above.iter().map(|run| run.y).fold(f32::MAX, f32::min);
            assert!(own.iter().all(|run| run.y < lowest), "{}, page {}", printed.name, page + 1);
        }
    }
}

/// Something that stands on a page with what follows it, or that may be divided.
struct Piece<'a> {
    node: &'a Node,
    /// It heads or announces what follows it.
    heads: bool,
}

/// The headings, paragraphs, captions and rows of a tree in its order, without its notes.
fn pieces(tree: &Node) -> Vec<Piece<'_>> {
    let Node::Element { name, kids, .. } = tree else { return Vec::new() };
    let piece = |heads| vec![Piece { node: tree, heads }];
    match name.as_str() {
        "Note" => Vec::new(),
        "H1" | "H2" | "H3" | "H4" | "H5" | "H6" | "Caption" => piece(true),
        "P" => piece(tree.text().trim_end().ends_with(':')),
        "TR" => piece(tree.print().contains("ColSpan")),
        "Table" => {
            let rows: Vec<_> = kids.iter().flat_map(pieces).collect();
            let bare = tree.elements("TBody").is_empty();
            let is_head = |piece: &Piece| piece.node.print().starts_with("TR TH Scope=Column") && !bare;
            rows.into_iter().map(|piece| Piece { heads: piece.heads || is_head(&piece), ..piece }).collect()
        }
        _ => kids.iter().flat_map(pieces).collect(),
    }
}

#[test]
fn no_page_ends_or_begins_in_the_wrong_place() {
    let (mut divided, mut high) = (0, 0);
    for printed in PRINTED.iter() {
        let pieces = pieces(&printed.tree);
        let shown: Vec<_> = pieces.iter().filter(|piece| !printed.runs(piece.node).is_empty()).collect();
        for pair in shown.windows(2).filter(|pair| pair[0].heads) {
            let (head, below) = (printed.runs(pair[0].node), printed.runs(pair[1].node));
            let last = head.last().unwrap();
            assert_eq!(last.page, below[0].page, "{}: {:?} stands alone", printed.name, last.text);
        }
        let notes = printed.tree.elements("Note").into_iter().flat_map(|note| note.elements("P"));
        let paragraphs = pieces.iter().map(|piece| piece.node).chain(notes);
        for node in paragraphs {
            let mut lines: BTreeMap<usize, Vec<f32>> = BTreeMap::new();
            printed.lines(node).iter().for_each(|(page, y, _)| lines.entry(*page).or_default().push(*y));
            if lines.len() < 2 {
                continue;
            }
            let text = node.print();
            let place = format!("{}: {}", printed.name, text.chars().take(80).collect::<String>());
            if text.starts_with("P") {
                divided += 1;
                assert!(lines.values().all(|lines| lines.len() > 1), "a line stands alone, {place}");
            } else {
                // A row that no page can hold fills what is left of each that it stands on.
                high += 1;
                let runs = printed.runs(node);
                let (last, _) = lines.iter().next_back().unwrap();
                let mut height = 0.0;
                for (page, lines) in &lines {
                    let (low, high) =
                        lines.iter().fold((f32::MAX, 0.0), |(low, high), y| (y.min(low), y.max(high)));
                    height += high - low + runs[0].size;
                    assert!(page == last || low < MARGIN + 5.0 * runs[0].size, "a page is left, {place}");
                }
                let room = printed.sizes[*last].1 - 2.0 * MARGIN - 4.0 * runs[0].size;
                assert!(height > room, "a row is divided that a page can hold, {place}");
            }
        }
    }
    assert!(divided > 3 && high > 1, "{divided} paragraphs and {high} rows are divided");
}

#[test]
fn every_line_of_a_link_can_be_clicked_and_every_field_filled_in() {
    let (mut folded, mut filled) = (0, 0);
    for printed in PRINTED.iter() {
        let inlines = inlines(&printed.document);
        let annotated = ["Link", "Form"].map(|name| printed.tree.elements(name));
        let mut found = [Vec::new(), Vec::new()];
        let mut rects: Vec<(usize, [f32; 4])> = Vec::new();
        for (found, nodes) in found.iter_mut().zip(&annotated) {
            for node in nodes {
                let Node::Element { kids, .. } = node else { panic!("an element") };
                let places = kids.iter().filter_map(|kid| match kid {
                    Node::Annotation { leads, page, rect } => Some((leads, *page, *rect)),
                    _ => None,
                });
                let places: Vec<_> = places.collect();
                let lines = printed.lines(node);
                let what = format!("{}: {}", printed.name, node.print());
                assert_eq!(places.len(), lines.len().max(1), "{what}");
                folded += usize::from(lines.len() > 1);
                for (page, _, runs) in &lines {
                    let covers = |&&(_, at, [left, bottom, right, top]): &&(&String, usize, [f32; 4])| {
                        at == *page
                            && runs.iter().all(|run| {
                                let (first, last) = ink(run).unwrap();
                                let low = run.y + run.rise - 0.2 * run.size;
                                let high = run.y + run.rise + 0.72 * run.size;
                                left < first + 0.1 && last - 0.1 < right && bottom < low && high < top
                            })
                    };
                    assert_eq!(places.iter().filter(covers).count(), 1, "{what}, {places:?}");
                }
                rects.extend(places.iter().map(|(_, page, rect)| (*page, *rect)));
                found.push((places[0].0.clone(), letters(&node.text())));
            }
        }
        assert_eq!(rects.len(), printed.links().len(), "{}: each belongs to an element", printed.name);
        for (at, (page, a)) in rects.iter().enumerate() {
            let clear = |(other, b): &(usize, [f32; 4])| {
                other != page || !share((a[0], a[2]), (b[0], b[2])) || !share((a[1], a[3]), (b[1], b[3]))
            };
            assert!(rects[at + 1..].iter().all(clear), "{}: {a:?} lies on another", printed.name);
        }
        let [mut links, mut fields] = found;
        links.retain(|(leads, _)| leads != "-> here");
        let links_of = inlines.iter().filter_map(|inline| match inline {
            Inline::Link { href, .. } if href.starts_with('#') => None,
            Inline::Link { href, text } => Some((format!("-> {href}"), letters(&plain(text)))),
            _ => None,
        });
        let mut wanted: Vec<_> = links_of.collect();
        links.sort();
        wanted.sort();
        assert_eq!(links, wanted, "{}", printed.name);

        let form = printed.file.catalog().unwrap().get(b"AcroForm").and_then(Object::as_dict).ok();
        let blanks = inlines.iter().filter_map(|inline| match inline {
            Inline::Blank(blank) => Some((format!("[{}]", blank.what), String::new())),
            _ => None,
        });
        let mut wanted: Vec<_> = blanks.filter(|_| form.is_some()).collect();
        fields.sort();
        wanted.sort();
        assert_eq!(fields, wanted, "{}: each says what it is for", printed.name);
        let names = form.map_or(&[][..], |form| form.get(b"Fields").and_then(Object::as_array).unwrap());
        let name = |field: &Object| {
            string(printed.file.get_dictionary(field.as_reference().unwrap()).unwrap(), b"T")
        };
        let mut names: Vec<String> = names.iter().map(name).collect();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), fields.len(), "{}: each has a name of its own", printed.name);
        assert!(!names.iter().any(|name| name.contains('.') || name.is_empty()), "{names:?}");
        filled += usize::from(form.is_some());
    }
    assert!(
        folded > 5 && filled > 1,
        "{folded} links stand on several lines, {filled} forms can be filled in"
    );
}

#[test]
fn every_file_says_what_it_is_and_its_pages_their_numbers() {
    for printed in PRINTED.iter() {
        let catalog = printed.file.catalog().unwrap();
        assert_eq!(string(catalog, b"Lang"), "en-US");
        let small = |text: &str| letters(&text.to_lowercase());
        let heading = printed.document.heading().map(|heading| small(&heading)).unwrap_or_default();
        let title = small(&printed.title());
        let number = heading.split_once('#').and_then(|(_, number)| number.get(..5));
        let says = number.is_none_or(|number| title.contains(&format!("#{number}:")));
        assert!(!title.is_empty() && says, "{}: {title}: {heading}", printed.name);
        let labels = catalog.get(b"PageLabels").and_then(Object::as_dict).unwrap();
        let labels = labels.get(b"Nums").and_then(Object::as_array).unwrap();
        let style = labels[1].as_dict().and_then(|label| label.get(b"S")).and_then(Object::as_name);
        assert_eq!((labels.len(), labels[0].as_i64().unwrap(), style.unwrap()), (2, 0, &b"D"[..]));
        for page in 1..printed.pages() {
            let label = letters(&format!("Page {}", page + 1));
            assert!(printed.pdf.lines(page, true).contains(&label), "{}, {label}", printed.name);
        }
    }
}

/// The entries below one of an outline: their titles, pages and heights.
fn entries(printed: &Printed, above: &Dictionary, out: &mut Vec<(String, usize, f32)>) {
    let mut next = above.get_deref(b"First", &printed.file).and_then(Object::as_dict).ok();
    while let Some(entry) = next {
        let place = entry.get(b"Dest").and_then(Object::as_array).unwrap();
        let page = printed.file.page_iter().position(|id| place[0].as_reference().unwrap() == id).unwrap();
        out.push((string(entry, b"Title"), page, place[3].as_float().unwrap()));
        entries(printed, entry, out);
        next = entry.get_deref(b"Next", &printed.file).and_then(Object::as_dict).ok();
    }
}

#[test]
fn the_outline_is_the_headings_in_order() {
    for printed in PRINTED.iter() {
        let catalog = printed.file.catalog().unwrap();
        let mut found = Vec::new();
        if let Ok(outline) = catalog.get_deref(b"Outlines", &printed.file).and_then(Object::as_dict) {
            entries(printed, outline, &mut found);
            let shown = outline.get(b"Count").and_then(Object::as_i64).unwrap();
            assert_eq!(shown, found.len() as i64, "{}: all are shown at once", printed.name);
        }
        let headings = blocks(&printed.document).into_iter().filter_map(|block| match &block.kind {
            BlockKind::Heading { text, .. } => Some(plain(text)),
            _ => None,
        });
        let titles: Vec<&str> = found.iter().map(|entry| entry.0.as_str()).collect();
        assert_eq!(titles, headings.collect::<Vec<_>>(), "{}", printed.name);
        let is_heading = |piece: &Piece| piece.node.print().starts_with('H');
        let headings: Vec<_> = pieces(&printed.tree).into_iter().filter(is_heading).collect();
        assert_eq!(headings.len(), found.len(), "{}", printed.name);
        for (heading, (title, page, top)) in headings.iter().zip(&found) {
            let run = printed.runs(heading.node)[0];
            let near = run.page == *page && *top > run.y && *top < run.y + 2.0 * run.size;
            assert!(near, "{}: {title} leads to {top} on page {}", printed.name, page + 1);
        }
    }
}
