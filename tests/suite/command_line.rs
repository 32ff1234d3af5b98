//! The program as an analyst calls it.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
};

use crate::common::{Folder, files};
use ccrov::output::Manifest;

const PDF: &str = "output/ccrov/2021/august/21144dl.pdf";
const MEMO: &str = "memos/2021/21144.yaml";

#[test]
fn build_writes_every_file_and_says_how_many() {
    let run = Folder::with_seed().run(&["build"]);
    assert_eq!(run.results_of_memos(), "Built 1 memo: 9 files written, 0 unchanged.\n");
    assert_eq!((run.status, run.faults.as_str()), (0, ""));
}

/// The files that are made of all memos, by what the manifest says.
fn lists(folder: &Folder) -> BTreeMap<String, Vec<u8>> {
    let manifest = Manifest::read(&folder.bytes("output/manifest.json")).unwrap();
    let paths = manifest.site.iter().flat_map(|part| &part.files).map(|file| file.path.to_string());
    paths.map(|path| (path.clone(), folder.bytes(&format!("output/{path}")))).collect()
}

#[test]
fn build_counts_the_files_of_the_lists_that_change() {
    let folder = Folder::with_seed();
    let memo = folder.read(MEMO);
    let mut before = BTreeMap::new();
    for memo in [&memo, &memo.replace("attachments: schedule", "attachments: []")] {
        let run = folder.file(MEMO, memo).run(&["build"]);
        let after = lists(&folder);
        let paths: BTreeSet<_> = before.keys().chain(after.keys()).collect();
        let changed = paths.into_iter().filter(|&path| before.get(path) != after.get(path)).count();
        let counted = format!("; {changed} files of the lists.\n");
        assert!(run.results.ends_with(&counted), "{counted}{}", run.results);
        before = after;
    }
}

#[test]
fn build_again_changes_nothing() {
    let folder = Folder::with_seed();
    folder.build();
    let before = fs::metadata(folder.path().join(PDF)).unwrap().modified().unwrap();
    let run = folder.run(&["build", "21144"]);
    assert_eq!(run.results, "Built 1 memo: 0 files written, 9 unchanged.\n");
    assert_eq!(fs::metadata(folder.path().join(PDF)).unwrap().modified().unwrap(), before);
}

#[test]
fn build_check_lists_what_differs_and_writes_nothing() {
    let folder = Folder::with_seed();
    let run = folder.run(&["build", "--check"]);
    let own =
        run.results.lines().filter(|line| line.starts_with("missing    ccrov/2021/august/21144dl")).count();
    assert_eq!((run.status, own), (1, 8), "{}", run.results);
    assert!(run.results.contains("missing    index.html\n"), "{}", run.results);
    assert!(run.results.ends_with("not current; `ccrov build --anew` writes them.\n"), "{}", run.results);
    assert!(!folder.has("output"));

    folder.build();
    let run = folder.run(&["build", "--check"]);
    assert_eq!(run.status, 0);
    assert!(run.results.starts_with("output is current: "), "{}", run.results);

    folder.file("output/ccrov/2021/august/21144dl.md", "edited by hand");
    let before = folder.bytes(PDF);
    let run = folder.edit(MEMO, "/Registrars of Voters", "").run(&["build", "--check"]);
    assert_eq!(run.status, 1);
    let own: Vec<&str> = run.results.lines().filter(|line| line.contains("ccrov/")).collect();
    let memo = "differs    ccrov/2021/august/21144dl";
    assert_eq!(own, [format!("{memo}.md"), format!("{memo}.html"), format!("{memo}.pdf")]);
    assert_eq!(folder.bytes(PDF), before);
}

#[test]
fn build_check_finds_what_is_left_over() {
    let folder = Folder::with_seed();
    folder.build().edit(MEMO, "attachments: schedule", "attachments: []");
    let run = folder.run(&["build", "--check"]);
    assert!(run.results.contains("left over  ccrov/2021/august/21144dl-schedule.csv\n"), "{}", run.results);
    let run = folder.run(&["build"]);
    assert_eq!(run.results_of_memos(), "Built 1 memo: 4 files written, 0 unchanged, 5 removed.\n");
    assert!(!folder.has("output/ccrov/2021/august/21144dl-schedule.csv"));
}

#[test]
fn only_the_forms_that_were_asked_for_are_written() {
    let folder = Folder::with_seed();
    let run = folder.run(&["build", "--only", "csv,md"]);
    assert_eq!(run.results, "Built 1 memo: 4 files written, 0 unchanged.\n");
    assert_eq!(
        files(&folder.path().join("output")),
        [
            "ccrov/2021/august/21144dl-schedule.csv",
            "ccrov/2021/august/21144dl-schedule.md",
            "ccrov/2021/august/21144dl.md",
            "manifest.json",
        ]
    );
    // Then the rest, and the manifest has both.
    folder.run(&["build", "--only", "pdf"]);
    folder.run(&["build", "--only", "html"]);
    folder.run(&["build", "--only", "xlsx"]);
    assert_eq!(folder.run(&["build", "--check"]).status, 0);
    // In another order, the lists follow all the same; and a form that was not made is not left out.
    let folder = Folder::with_seed();
    folder.run(&["build", "--only", "html"]);
    folder.run(&["build", "--only", "pdf"]);
    folder.build();
    assert!(folder.has("output/ccrov/2021/august/21144dl-schedule.csv"));
    assert_eq!(folder.run(&["build", "--check"]).status, 0);
}

#[test]
fn another_folder_can_be_written_to() {
    let folder = Folder::with_seed();
    let run = folder.run(&["build", "--out", "elsewhere/deep"]);
    assert_eq!(run.status, 0);
    assert!(folder.has("elsewhere/deep/manifest.json") && !folder.has("output"));
}

#[test]
fn the_output_folder_cannot_lie_among_the_memos() {
    let folder = Folder::with_seed();
    for out in ["memos", "memos/out/deep"] {
        assert_eq!(folder.run(&["build", "--out", out]).status, 2, "{out}");
    }
    assert!(!folder.has("memos/manifest.json") && !folder.has("memos/out"));
}

#[test]
fn the_working_folder_can_be_named() {
    let folder = Folder::with_seed();
    let outside = Folder::empty();
    let root = folder.path().to_str().unwrap();
    assert_eq!(outside.run(&["--root", root, "build"]).status, 0);
    assert_eq!(outside.run(&["build", "--check", "--root", root]).status, 0);
    assert!(folder.has(PDF) && files(outside.path()).is_empty());
}

#[test]
fn a_folder_without_memos_says_what_to_do() {
    let run = Folder::empty().run(&["build"]);
    assert_eq!(run.status, 1);
    assert!(run.faults.contains("there is no file memos/office.yaml"), "{}", run.faults);
    assert!(run.faults.contains("ccrov --root DIR build"), "{}", run.faults);
}

#[test]
fn a_memo_that_is_not_there_is_wrong_usage() {
    let run = Folder::with_seed().run(&["build", "21145"]);
    assert_eq!(run.status, 2);
    assert_eq!(run.faults, "error: there is no memo `21145` in memos/; did you mean `21144`?\n");
}

#[test]
fn a_form_or_command_that_is_not_there_is_wrong_usage() {
    let folder = Folder::with_seed();
    let run = folder.run(&["build", "--only", "docx"]);
    assert_eq!(run.status, 2);
    assert!(run.faults.contains("[possible values: md, html, pdf, xlsx, csv, file]"), "{}", run.faults);
    assert_eq!(folder.run(&["build", "--threads", "0"]).status, 2);
    assert_eq!(folder.run(&["biuld"]).status, 2);
}

#[test]
fn help_has_an_example_for_every_command() {
    let folder = Folder::empty();
    let commands = ["init", "new", "build", "check", "status", "explain", "schema"];
    let commands = commands.iter().map(|command| vec![*command, "--help"]);
    for command in commands.chain([vec!["--help"]]) {
        let run = folder.run(&command);
        assert_eq!(run.status, 0);
        assert!(run.results.contains("Examples:\n  ccrov"), "{}", run.results);
    }
}

#[test]
fn check_looks_and_writes_nothing() {
    let folder = Folder::with_seed();
    let run = folder.run(&["check"]);
    assert_eq!((run.status, run.results.as_str()), (0, "Checked 1 memo. No faults.\n"));
    assert!(!folder.has("output"));
}

#[test]
fn one_bad_memo_does_not_stop_the_others_and_keeps_what_was_published() {
    let folder = Folder::with_seed();
    folder.build();
    let before = folder.bytes(PDF);
    let good = folder.read(MEMO).replace("21144", "21145");
    folder.file("memos/2021/21145.yaml", good).edit(MEMO, "status: issued", "status: isued");
    let run = folder.run(&["build"]);
    assert_eq!(run.status, 1);
    assert_eq!(
        run.results_of_memos(),
        "With faults: 21144\nBuilt 1 of 2 memos: 9 files written, 0 unchanged. 1 fault in 1 file.\n"
    );
    assert_eq!(folder.bytes(PDF), before);
    assert!(folder.has("output/ccrov/2021/august/21145dl.pdf"));
    assert!(folder.read("output/manifest.json").contains("\"id\": \"21144\""));
    // Asked for the good one alone, the other's fault is nobody's business.
    assert_eq!(folder.run(&["check", "21145"]).status, 0);
}

#[test]
fn a_memo_that_cannot_be_read_keeps_what_was_published() {
    let folder = Folder::with_seed();
    let before = folder.build().bytes(PDF);
    folder.file(MEMO, b"number: 21144 # caf\xe9\n");
    let run = folder.run(&["build"]);
    assert_eq!(run.status, 1);
    assert_eq!(
        run.results,
        "With faults: 21144\nBuilt 0 of 1 memo: 0 files written, 1 unchanged. 1 fault in 1 file.\n"
    );
    assert_eq!(folder.bytes(PDF), before);
}

#[test]
fn no_memo_is_built_with_an_office_whose_own_lines_have_a_fault() {
    let folder = Folder::with_seed();
    folder.edit("memos/office.yaml", "starting: 2021-01-29", "starting: 2021-01-32");
    let run = folder.run(&["build"]);
    assert_eq!(run.status, 1);
    assert!(run.faults.starts_with("error[impossible-date]: there is no day 2021-01-32"), "{}", run.faults);
    assert!(run.results.starts_with("With faults: 21144\n"), "{}", run.results);
}

#[test]
fn one_memo_built_alone_cannot_take_the_files_of_another() {
    let folder = Folder::with_seed();
    let good = folder.read(MEMO).replace("21144", "21145");
    folder.edit("memos/office.yaml", "{{ memo.id }}{{ memo.initials }}", "same").build();
    folder.file("memos/2021/21145.yaml", good);
    let run = folder.run(&["build", "21145"]);
    assert_eq!(run.status, 1);
    assert!(run.faults.starts_with("error[same-path]: memo 21145 would be published as"), "{}", run.faults);
}

#[test]
fn a_manifest_that_is_none_stops_the_build() {
    let folder = Folder::with_seed();
    folder.build().file("output/manifest.json", "<<<<<<< HEAD\n{}");
    let run = folder.run(&["build"]);
    assert_eq!(run.status, 3);
    assert!(run.faults.contains("manifest.json is not a manifest"), "{}", run.faults);
}

#[test]
fn a_memo_is_known_by_its_id_or_its_file() {
    let folder = Folder::with_seed();
    for name in ["21144", "21144.yaml", "memos/2021/21144.yaml"] {
        assert_eq!(folder.run(&["check", name]).status, 0, "{name}");
    }
}

#[test]
fn a_working_folder_that_is_not_there_is_wrong_usage() {
    let run = Folder::empty().run(&["--root", "nowhere", "build"]);
    assert_eq!((run.status, run.faults.as_str()), (2, "error: there is no folder nowhere\n"));
}

#[test]
fn a_memo_that_is_gone_takes_its_files_with_it_and_nothing_else() {
    let folder = Folder::with_seed();
    folder.build().file("output/ccrov/2021/august/by-hand.txt", "kept");
    fs::remove_file(folder.path().join(MEMO)).unwrap();
    let run = folder.run(&["build"]);
    assert_eq!(run.results_of_memos(), "Built 0 memos: 1 file written, 0 unchanged, 8 removed.\n");
    let left = files(&folder.path().join("output"));
    let of_memo: Vec<_> =
        left.iter().filter(|file| file.contains("ccrov/") || file.contains("2021")).collect();
    assert_eq!(of_memo, ["ccrov/2021/august/by-hand.txt"]);
    assert!(folder.read("output/index.html").contains("No memorandum has been issued yet."));
}

#[test]
fn a_template_of_the_office_wins_over_the_one_in_the_program() {
    let folder = Folder::with_seed();
    folder.file("templates/release-delay.md", "The release is on {{ milestones.release.date }}.\n").build();
    let markdown = folder.read("output/ccrov/2021/august/21144dl.md");
    assert!(markdown.contains("\nThe release is on November 21, 2021.\n"));
    assert!(!markdown.contains("As you are aware"));
}

#[test]
fn text_that_is_not_utf8_is_shown_where_it_begins() {
    let folder = Folder::with_seed();
    folder.file("memos/2021/21146.yaml", b"number: 21146\nsubject: caf\xe9\n");
    let run = folder.run(&["check"]);
    assert_eq!(run.status, 1);
    assert!(run.faults.starts_with("error[not-utf8]: memos/2021/21146.yaml is not UTF-8"), "{}", run.faults);
    assert!(run.faults.contains("--> memos/2021/21146.yaml:2:13\n"), "{}", run.faults);
}

#[test]
fn a_file_that_cannot_be_read_is_a_fault_of_the_disk() {
    let folder = Folder::empty();
    folder.file("memos/office.yaml/in-the-way", "");
    let run = folder.run(&["check"]);
    assert_eq!(run.status, 3);
    assert!(
        run.faults.starts_with("error[unreadable-file]: memos/office.yaml cannot be read"),
        "{}",
        run.faults
    );
}

#[cfg(unix)]
mod links_and_rights {
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    use super::*;

    #[test]
    fn a_link_out_of_the_output_folder_is_an_error() {
        let (folder, outside) = (Folder::with_seed(), Folder::empty());
        fs::create_dir(folder.path().join("output")).unwrap();
        symlink(outside.path(), folder.path().join("output/ccrov")).unwrap();
        let run = folder.run(&["build"]);
        assert_eq!(run.status, 3);
        assert!(run.faults.contains("a link here leads out of the output folder"), "{}", run.faults);
        assert!(files(outside.path()).is_empty());
    }

    #[test]
    fn an_output_folder_that_is_a_link_out_is_an_error() {
        let (folder, outside) = (Folder::with_seed(), Folder::empty());
        symlink(outside.path(), folder.path().join("output")).unwrap();
        let run = folder.run(&["build"]);
        assert_eq!(run.status, 3);
        assert!(run.faults.contains("output is a link out of the working folder"), "{}", run.faults);
        assert!(files(outside.path()).is_empty());
        let named = folder.run(&["build", "--out", outside.path().to_str().unwrap()]);
        assert_eq!(named.status, 0, "{}", named.faults);
    }

    #[test]
    fn a_link_out_of_the_working_folder_is_an_error() {
        let (folder, outside) = (Folder::with_seed(), Folder::empty());
        outside.file("secret.md", "secret");
        symlink(outside.path().join("secret.md"), folder.path().join("memos/2021/21147.md")).unwrap();
        let run = folder.run(&["check"]);
        assert_eq!(run.status, 1);
        assert!(run.faults.contains("error[outside-folder]"), "{}", run.faults);
    }

    #[test]
    fn a_folder_in_the_way_is_a_fault_of_the_disk_and_leaves_nothing_half_written() {
        let folder = Folder::with_seed();
        fs::create_dir_all(folder.path().join(PDF)).unwrap();
        let run = folder.run(&["build"]);
        assert_eq!(run.status, 3, "{}", run.faults);
        assert!(run.faults.contains(PDF), "{}", run.faults);
        let left = files(&folder.path().join("output"));
        assert!(!left.iter().any(|name| name.contains(".writing-") || name == "manifest.json"), "{left:?}");
    }

    #[test]
    fn what_is_written_can_be_read_by_others() {
        let folder = Folder::with_seed();
        let mode = fs::metadata(folder.build().path().join(PDF)).unwrap().permissions().mode();
        assert_eq!(mode & 0o444, 0o444);
    }
}
