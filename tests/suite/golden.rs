//! Whole working folders and what they build to. A case is a folder with memos/ (and templates/, if
//! it has its own) and expected/, where a PDF stands as the text of its pages and as its tree of tags.
//!
//! To take new output as expected, after looking at it: `UPDATE=1 cargo test golden::`, then read the diff.

use std::{collections::BTreeMap, fs, path::Path};

use crate::common::{Folder, files, pdf::Pdf, shipped, tags};
use ccrov::site::Manifest;

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
            // Its digests change with every byte of a PDF; seed.rs reads it.
            "json" => {}
            _ => _ = out.insert(file, folder.read(&path)),
        }
    }
    out
}

#[test]
fn every_case_builds_to_what_is_expected() {
    let update = std::env::var_os("UPDATE").is_some();
    let cases = fs::read_dir(shipped().join("tests/golden")).unwrap();
    let mut count = 0;
    for case in cases.map(|entry| entry.unwrap().path()) {
        count += 1;
        let expected = case.join("expected");
        let built = built(&case);
        if update {
            let _ = fs::remove_dir_all(&expected);
            for (file, text) in &built {
                let path = expected.join(file);
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(path, text).unwrap();
            }
        }
        let names: Vec<_> = built.keys().cloned().collect();
        assert_eq!(names, files(&expected), "the files of {}", case.display());
        for (file, text) in &built {
            let wanted = fs::read_to_string(expected.join(file)).unwrap();
            assert!(
                *text == wanted,
                "{}: {file} differs\n{}",
                case.display(),
                first_difference(&wanted, text)
            );
        }
    }
    assert!(count >= 4, "the cases are there");
}

fn first_difference(wanted: &str, text: &str) -> String {
    let pair = wanted.lines().zip(text.lines()).zip(1..).find(|((a, b), _)| a != b);
    match pair {
        Some(((a, b), line)) => format!("line {line}\nexpected {a}\nbuilt    {b}"),
        None => format!("{} lines expected, {} built", wanted.lines().count(), text.lines().count()),
    }
}
