//! Whole working folders and what they build to. A case is a folder with memos/ (and templates/, if
//! it has its own) and expected/, where a PDF stands as the text of its pages and as its tree of tags.
//!
//! `UPDATE=1 cargo test golden::issued` takes a case's new output as expected, `UPDATE=1 cargo test golden::` that of all;
//! then read the diff.

use std::{collections::BTreeMap, fs, path::Path};

use crate::{
    cases::{cases, folders},
    common::{Folder, files, pdf::Pdf, shipped, tags},
};
use ccrov::{output::Manifest, workbook::Workbook};

/// What a case builds to, by path: text as it is, a PDF as its pages' text.
fn built(case: &Path) -> BTreeMap<String, String> {
    let folder = Folder::with_sources_of(case);
    folder.build();
    let mut out = BTreeMap::new();
    // What is made of all memos is looked at in one case, but for the search, which is not text.
    let manifest = Manifest::read(&folder.bytes("output/manifest.json")).unwrap();
    let site: Vec<String> =
        manifest.site.iter().flat_map(|part| &part.files).map(|file| file.path.to_string()).collect();
    let shown = |file: &String| {
        case.ends_with("related") && !file.starts_with("search/") && file != "style.css" && file != "icon.svg"
            || !site.contains(file)
    };
    for file in files(&folder.path().join("output")).into_iter().filter(shown) {
        let path = format!("output/{file}");
        match file.rsplit('.').next().unwrap() {
            "pdf" => {
                let pdf = Pdf::read(&folder.bytes(&path));
                out.insert(format!("{file}.txt"), pdf.page_texts().join("\u{c}\n"));
                out.insert(format!("{file}.tags.txt"), tags::read(&pdf).print());
            }
            "xlsx" => {
                let rows = Workbook::read(&folder.bytes(&path)).unwrap().sheets[0].rows();
                let rows: String = rows.iter().map(|row| row.join(" | ") + "\n").collect();
                out.insert(format!("{file}.txt"), rows);
            }
            // Its digests change with every byte of a PDF; seed.rs reads it.
            "json" => {}
            _ => _ = out.insert(file, folder.read(&path)),
        }
    }
    out
}

cases! {
    of folders("golden");
    run { builds_to_what_is_expected };
    for { deadlines first_plan issued own_tasks related shapes torture two_offices values }
}

fn builds_to_what_is_expected(case: &str) {
    let case = shipped().join("tests/golden").join(case);
    let expected = case.join("expected");
    let built = built(&case);
    if std::env::var_os("UPDATE").is_some() {
        let _ = fs::remove_dir_all(&expected);
        for (file, text) in &built {
            let path = expected.join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
    }
    let names: Vec<_> = built.keys().cloned().collect();
    assert_eq!(names, files(&expected));
    for (file, text) in &built {
        let wanted = fs::read_to_string(expected.join(file)).unwrap();
        assert!(*text == wanted, "{file} differs\n{}", first_difference(&wanted, text));
    }
}

fn first_difference(wanted: &str, text: &str) -> String {
    let pair = wanted.lines().zip(text.lines()).zip(1..).find(|((a, b), _)| a != b);
    match pair {
        Some(((a, b), line)) => format!("line {line}\nexpected {a}\nbuilt    {b}"),
        None => format!("{} lines expected, {} built", wanted.lines().count(), text.lines().count()),
    }
}
