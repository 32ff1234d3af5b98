//! Every PDF that the program sets passes the reference checker: PDF/UA-1 and PDF/A-2a.
//!
//! The checker needs Java and pip (tests/verapdf/check.sh), so this file runs only when it is named:
//! `cargo test --test accessible`. Not here: what no program can check, such as the order of reading.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by it")]
#![allow(clippy::disallowed_methods, reason = "spoiled PDFs are written")]

mod common;

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::Mutex,
};

use ccrov::output::{Form, Manifest};
use common::{Folder, shipped};

const PROFILES: [&str; 2] = ["ua1", "2a"];

/// What the checker says of a file by a profile.
#[derive(Debug, PartialEq)]
enum Verdict {
    Pass,
    /// The rules that failed, each as clause and test.
    Fail(Vec<String>),
    Unreadable,
}

/// What the checker has said, by profile and file, and as it was printed.
struct Report {
    verdicts: BTreeMap<(String, PathBuf), Verdict>,
    printed: String,
}

impl Report {
    fn of(&self, profile: &str, file: &Path) -> &Verdict {
        &self.verdicts[&(profile.to_owned(), file.to_owned())]
    }
}

/// Runs the checker once over files, by every profile.
fn check(files: &[PathBuf]) -> Report {
    // The first run installs it.
    static TURN: Mutex<()> = Mutex::new(());
    let turn = TURN.lock();
    let script = shipped().join("tests/verapdf/check.sh");
    let output = Command::new("sh").arg(script).arg(PROFILES.join(",")).args(files).output().unwrap();
    drop(turn);
    let printed = String::from_utf8(output.stdout).unwrap();
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(matches!(output.status.code(), Some(0 | 1)), "the checker did not run: {complaint}{printed}");
    let mut verdicts = BTreeMap::new();
    for line in printed.lines().filter(|line| !line.starts_with(' ')) {
        let [outcome, profile, checks, file, rules] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("the checker printed {line:?}");
        };
        let verdict = match outcome {
            "pass" => Verdict::Pass,
            "fail" => Verdict::Fail(rules.split(' ').map(str::to_owned).collect()),
            _ => Verdict::Unreadable,
        };
        assert!(verdict == Verdict::Unreadable || checks.parse::<u32>().unwrap() > 0, "{line}");
        let before = verdicts.insert((profile.to_owned(), file.into()), verdict);
        assert_eq!(before, None, "{line}");
    }
    assert_eq!(verdicts.len(), files.len() * PROFILES.len(), "each file is checked:\n{complaint}{printed}");
    Report { verdicts, printed }
}

/// The PDFs that the program sets in a working folder, attached files left out.
fn set(folder: &Folder) -> Vec<PathBuf> {
    let output = folder.build().path().join("output");
    let manifest = Manifest::read(&fs::read(output.join("manifest.json")).unwrap()).unwrap();
    let pdfs = manifest.files().filter(|file| file.kind == Form::Pdf);
    pdfs.map(|file| output.join(file.path.as_str())).collect()
}

#[test]
fn every_pdf_passes_the_reference_checker() {
    let mut sources = vec![shipped().to_owned()];
    sources.extend(fs::read_dir(shipped().join("tests/golden")).unwrap().map(|case| case.unwrap().path()));
    let folders: Vec<_> = sources.iter().map(|source| Folder::with_sources_of(source)).collect();
    let mut files = Vec::new();
    for (folder, source) in folders.iter().zip(&sources) {
        let pdfs = set(folder);
        assert!(!pdfs.is_empty(), "{} has PDFs", source.display());
        files.extend(pdfs);
    }
    let report = check(&files);
    let failed = report.verdicts.iter().filter(|(_, verdict)| **verdict != Verdict::Pass);
    let failed: Vec<_> =
        failed.map(|((profile, file), v)| format!("{profile} {}: {v:?}", file.display())).collect();
    assert!(failed.is_empty(), "{}\n\n{}", failed.join("\n"), report.printed);
}

/// What is taken out of a PDF's catalog, and the rules that ask for it.
struct Taken {
    keys: &'static [&'static str],
    rules: &'static [(&'static str, &'static str)],
}

const TAKEN: [Taken; 3] = [
    Taken {
        keys: &["StructTreeRoot", "MarkInfo"],
        rules: &[("ua1", "7.1-11"), ("ua1", "6.2-1"), ("2a", "6.7.3.3-1"), ("2a", "6.7.2.2-1")],
    },
    Taken { keys: &["Metadata"], rules: &[("ua1", "7.1-8"), ("2a", "6.6.2.1-1")] },
    Taken { keys: &["Lang"], rules: &[("ua1", "7.2-34")] },
];

#[test]
fn a_pdf_without_tags_metadata_or_language_fails_by_the_rules_that_ask_for_them() {
    let folder = Folder::with_seed();
    let whole = folder.build().bytes("output/ccrov/2021/august/21144dl.pdf");
    let spoiled = TAKEN.map(|taken| {
        let mut pdf = lopdf::Document::load_mem(&whole).unwrap();
        for key in taken.keys {
            let value = pdf.catalog_mut().unwrap().remove(key.as_bytes());
            assert!(value.is_some(), "the seed's PDF has {key}");
        }
        let path = folder.path().join(format!("without {}.pdf", taken.keys[0]));
        pdf.save(&path).unwrap();
        (path, taken.rules)
    });
    let cut = folder.file("cut.pdf", &whole[..whole.len() / 2]).path().join("cut.pdf");
    let files: Vec<_> = spoiled.iter().map(|(path, _)| path.clone()).chain([cut.clone()]).collect();
    let report = check(&files);
    for (file, rules) in &spoiled {
        for (profile, rule) in *rules {
            let verdict = report.of(profile, file);
            let fails =
                matches!(verdict, Verdict::Fail(failed) if failed.iter().any(|failed| failed == rule));
            assert!(fails, "{rule} of {profile}: {verdict:?}\n\n{}", report.printed);
        }
    }
    for profile in PROFILES {
        assert_eq!(*report.of(profile, &cut), Verdict::Unreadable, "{}", report.printed);
    }
}
