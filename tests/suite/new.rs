//! `new` begins a memo or copies one, overwrites nothing, and lists what a copy says that may be the
//! other memo's own.

use crate::common::{Folder, files, shipped};

const OTHER: &str = "\
# A remark at the top, of May 2021.
number: \"21144\"   # the number
date: August 31, 2021 # the date
status: issued
letterhead: elections

to:   All County Clerks/Registrars of Voters
from: debra-ledsinger
subject: \"August: Mock Election\" # no change
updates: 21140
election: gubernatorial-recall-2021
accepts:
  unknown-reference: It is not ours.
body: 21144.md
attachments:
  - title: A Form
    revised: Revised 8/27/2021
    body: 21144-form.md
  - title: A Map
    file: map.txt
";

/// The shipped office, and two memos.
fn folder() -> Folder {
    let folder = Folder::with_seed();
    folder.file("memos/2021/21144.yaml", OTHER);
    folder.file(
        "memos/2021/21144.md",
        "As CC/ROV #21140 said, on Tuesday, September 14, 2021, polls open.\n\nSee CCROV 16336, and 95814.\n",
    );
    folder.file("memos/2021/21144-form.md", "Return it by 9/1/2021 or in Sept.\n\nWe may March on.\n");
    folder.file("memos/2021/map.txt", "A map\n");
    folder.file(
        "memos/2021/21140.yaml",
        "archive: true\nnumber: 21140\ndate: 8/1/2021\ntitle: Old\naddress: https://www.sos.ca.gov\n",
    );
    folder
}

#[test]
fn a_copy_keeps_every_remark_and_lists_what_may_be_the_other_memos_own() {
    let folder = folder();
    let run = folder.run(&["new", "21150", "--from", "21144", "--date", "September 1, 2021"]);
    assert_eq!((run.status, run.faults.as_str()), (0, ""));
    assert_eq!(
        run.results,
        "\
These came from 21144. Is each right for the new memo?

  memos/2021/21150.yaml:1: May 2021
  memos/2021/21150.yaml:9: August
  memos/2021/21150.yaml:10: updates: 21140
  memos/2021/21150.yaml:11: election: gubernatorial-recall-2021
  memos/2021/21150.yaml:13: unknown-reference: It is not ours.
  memos/2021/21150.yaml:17: 8/27/2021
  memos/2021/21150.yaml:20: file: map.txt
  memos/2021/21150.md:1: 21140
  memos/2021/21150.md:1: Tuesday, September 14, 2021
  memos/2021/21150.md:3: 16336
  memos/2021/21150-form.md:1: 9/1/2021
  memos/2021/21150-form.md:1: Sept.
  memos/2021/21150-form.md:3: March

Made memos/2021/21150.yaml, memos/2021/21150.md, memos/2021/21150-form.md, a draft. 13 things to confirm; then \
`ccrov check 21150`.
"
    );
    let expected = OTHER
        .replace("number: \"21144\"", "number: 21150")
        .replace("date: August 31, 2021", "date: September 1, 2021")
        .replace("status: issued", "status: draft")
        .replace("21144.md", "21150.md")
        .replace("21144-form.md", "21150-form.md");
    assert_eq!(folder.read("memos/2021/21150.yaml"), expected);
    assert_eq!(folder.read("memos/2021/21150.md"), folder.read("memos/2021/21144.md"));
    assert_eq!(folder.run(&["check", "21150"]).status, 0);
}

#[test]
fn texts_that_would_have_one_name_are_both_copied() {
    let folder = folder();
    let more = "attachments:\n  - {title: One, text: 21144-notes.md}\n  - {title: Two, text: notes.md}\n";
    let memo = folder.read("memos/2021/21144.yaml");
    folder.file("memos/2021/21144-notes.md", "One.\n").file("memos/2021/notes.md", "Two.\n");
    let kept = memo.split("attachments:").next().unwrap();
    folder.file("memos/2021/21144.yaml", format!("{kept}{more}"));
    let run = folder.run(&["new", "21150", "--from", "21144", "--date", "September 1, 2021"]);
    assert_eq!((run.status, run.faults.as_str()), (0, ""));
    assert_eq!(folder.read("memos/2021/21150-notes.md"), "One.\n");
    assert_eq!(folder.read("memos/2021/21150-2-notes.md"), "Two.\n");
    assert!(folder.read("memos/2021/21150.yaml").contains("text: 21150-2-notes.md"));
}

#[test]
fn without_a_date_the_other_memos_date_is_to_be_confirmed() {
    let folder = Folder::with_seed();
    let run = folder.run(&["new", "21150", "--from", "21144"]);
    assert_eq!(
        run.results,
        "\
These came from 21144. Is each right for the new memo?

  memos/2021/21150.yaml:2: August 31, 2021
  memos/2021/21150.yaml:10: release: votecal-2021-2
  memos/2021/21150.yaml:11: knows: 1

Made memos/2021/21150.yaml, a draft. 3 things to confirm; then `ccrov check 21150`.
"
    );
}

#[test]
fn whatever_brings_a_day_from_the_other_memo_is_listed() {
    let folder = folder();
    folder.file(
        "memos/2021/21144.md",
        "The 60-Day Report ends on {{ \"E+28\" | e_date }}, the 28th day, E-60 (July 16), or 88 days later.\n\n\
         On the 30th, by 11-1-2021, November 3, Mon. Nov. 8th,\n3 November 2021 and Tuesday,\nNovember 2.\n\n\
         The drill is on {{ milestones.drill.window }}, 30 calendar days before {{ elections.general_2024.date }}.\n\n\
         Call {{ contact.phone }} on the {{ memo.date }}.\n",
    );
    let run = folder.run(&["new", "21150", "--from", "21144", "--date", "September 1, 2021"]);
    let listed: Vec<&str> =
        run.results.lines().filter_map(|line| line.strip_prefix("  memos/2021/21150.md:")).collect();
    assert_eq!(
        listed,
        [
            "1: 60-Day",
            "1: {{ \"E+28\" | e_date }}",
            "1: 28th day",
            "1: E-60",
            "1: July 16",
            "1: 88 days",
            "3: 30th",
            "3: 11-1-2021",
            "3: November 3",
            "3: Mon. Nov. 8th",
            "4: 3 November 2021",
            "4: Tuesday, November 2",
            "7: {{ milestones.drill.window }}",
            "7: 30 calendar days",
            "7: {{ elections.general_2024.date }}",
        ]
    );
}

#[test]
fn a_copy_keeps_the_line_ends_of_windows() {
    let folder = folder();
    let windows = OTHER.replace('\n', "\r\n").replace("number: \"21144\"   # the number\r\n", "");
    folder.file("memos/2021/21144.yaml", &windows);
    assert_eq!(folder.run(&["new", "21150", "--from", "21144"]).status, 0);
    let copy = folder.read("memos/2021/21150.yaml");
    assert!(
        copy.contains("\r\nnumber: 21150\r\ndate: August 31, 2021 # the date\r\nstatus: draft\r\n"),
        "{copy}"
    );
    assert!(!copy.replace("\r\n", "").contains('\n'), "{copy}");
}

#[test]
fn a_draft_without_a_number_has_none_of_the_other_memo() {
    let folder = folder();
    assert_eq!(folder.run(&["new", "canvass", "--from", "21144"]).status, 0);
    let copy = folder.read("memos/2021/canvass.yaml");
    assert!(copy.contains("\nnumber:    # the number\n") && copy.contains("\nbody: canvass.md\n"), "{copy}");
    assert_eq!(folder.run(&["check", "canvass"]).status, 0);
    // And a copy of that one has the number in its place again.
    assert_eq!(folder.run(&["new", "21150", "--from", "canvass"]).status, 0);
    let copy = folder.read("memos/2021/21150.yaml");
    assert!(copy.contains("\nnumber: 21150    # the number\n"), "{copy}");
}

#[test]
fn a_memo_in_braces_can_be_copied() {
    let folder = Folder::with_seed();
    folder.file(
        "memos/2021/21160.yaml",
        "{date: 8/31/2021, status: draft, letterhead: elections, to: All, from: debra-ledsinger,\n subject: Hours, body: Hello.}\n",
    );
    let run = folder.run(&["new", "22001", "--from", "21160", "--date", "January 5, 2022"]);
    assert_eq!(run.status, 0, "{}", run.faults);
    assert_eq!(
        folder.read("memos/2022/22001.yaml"),
        "{number: 22001, date: \"January 5, 2022\", status: draft, letterhead: elections, to: All, from: debra-ledsinger,\n subject: Hours, body: Hello.}\n"
    );
    assert_eq!(folder.run(&["check", "22001"]).status, 0);
}

#[test]
fn a_memo_is_begun_with_a_remark_on_every_key_and_says_what_is_missing() {
    let folder = Folder::copy(&shipped().join("tests/explained/memos"), "memos");
    let run = folder.run(&["new", "21150"]);
    assert_eq!((run.status, run.faults.as_str()), (0, ""));
    assert_eq!(
        run.results,
        "Made memos/2021/21150.yaml. Next: fill it in; `ccrov check 21150` says what is missing.\n"
    );
    let text = folder.read("memos/2021/21150.yaml");
    assert!(text.starts_with("# A memo. Each line is a key"), "{text}");
    for line in [
        "number: 21150",
        "date:",
        "status: draft",
        "letterhead: elections",
        "# FROM: a person of memos/office.yaml: ana-ruiz.",
        "# The release that the memo speaks of, if it does: registration-2024.",
        "body: |",
    ] {
        assert_eq!(text.lines().filter(|there| *there == line).count(), 1, "{line}: {text}");
    }
    let run = folder.run(&["check", "21150"]);
    assert_eq!(run.results.lines().last().unwrap(), "Checked 1 memo. 3 faults in 1 file.");
    assert_eq!(run.faults.matches("error[missing-key]").count(), 3, "{}", run.faults);
    folder
        .edit("memos/2021/21150.yaml", "\ndate:\n", "\ndate: 9/1/2021\n")
        .edit("memos/2021/21150.yaml", "\nsubject:\n", "\nsubject: Hours\n")
        .edit("memos/2021/21150.yaml", "body: |\n", "body: |\n  Hello.\n")
        .build();
}

#[test]
fn a_memo_without_a_number_stands_in_the_year_of_its_date() {
    let folder = Folder::with_seed();
    folder.run(&["new", "--date", "1/5/2022"]);
    folder.run(&["new", "--date", "1/6/2022"]);
    assert!(folder.has("memos/2022/draft.yaml") && folder.has("memos/2022/draft-2.yaml"));
    assert!(folder.read("memos/2022/draft-2.yaml").contains("\nnumber:\n"));
    let run = folder.run(&["new", "drill"]);
    assert_eq!(run.status, 2);
    assert_eq!(
        run.faults,
        "error: the folder of its year is not known: add a date, `ccrov new drill --date 2026-03-02`\n"
    );
}

#[test]
fn a_second_memo_of_a_number_has_that_number() {
    let folder = Folder::with_seed();
    assert_eq!(folder.run(&["new", "21144-2", "--from", "21144"]).status, 0);
    assert!(folder.read("memos/2021/21144-2.yaml").starts_with("number: 21144\n"));
    assert_eq!(folder.run(&["check"]).status, 0);
}

#[test]
fn editors_find_the_schema_in_a_folder_that_has_it() {
    let folder = Folder::empty();
    folder.run(&["init", "."]);
    folder.run(&["new", "26031"]);
    let text = folder.read("memos/2026/26031.yaml");
    assert!(text.starts_with("# yaml-language-server: $schema=../../schema/memo.json\n# A memo."), "{text}");
}

#[test]
fn what_is_there_is_left_as_it_is() {
    let folder = folder();
    folder.file("memos/2021/21150.md", "mine\n").file("memos/2021/21151.yml", "mine\n");
    let before = files(folder.path());
    for (arguments, said) in [
        (&["new", "21144"][..], "there is a memo `21144` already, which was left as it is"),
        (&["new", "21151"], "there is a memo `21151` already, which was left as it is"),
        (&["new", "21150", "--from", "21144"], "memos/2021/21150.md is there already, and was left as it is"),
        (&["new", "21150", "--from", "21444"], "there is no memo `21444` in memos/; did you mean `21144`?"),
        (&["new", "21150", "--from", "21140"], "memo 21140 is archived: it has no text to copy"),
        (&["new", "My Memo"], "`My Memo` cannot be the name of a file; `my-memo` can"),
        (&["new", "2115"], "`2115` is no memo's number: five figures are, two of the year and three more"),
        (
            &["new", "21150", "--date", "soon"],
            "--date is no date: write it as 2021-08-31, 8/31/2021 or \"August 31, 2021\"",
        ),
    ] {
        let run = folder.run(arguments);
        assert_eq!((run.status, run.results.as_str()), (2, ""), "{arguments:?}");
        assert_eq!(run.faults, format!("error: {said}\n"));
    }
    assert_eq!(files(folder.path()), before);
}

#[test]
fn a_memo_that_cannot_be_read_is_not_copied() {
    let folder = Folder::with_seed();
    folder.edit("memos/2021/21144.yaml", "subject: \"", "subject: ");
    let run = folder.run(&["new", "21150", "--from", "21144"]);
    assert_eq!(run.status, 2);
    assert_eq!(run.faults, "error: memo 21144 has faults; `ccrov check 21144` shows them\n");
}

#[test]
fn a_text_may_have_a_name_in_any_language() {
    let folder = folder();
    let other = OTHER.replace("21144-form.md", "formulaire é.md");
    folder.file("memos/2021/21144.yaml", other).file("memos/2021/formulaire é.md", "Hello.\n");
    let run = folder.run(&["new", "21150", "--from", "21144"]);
    assert_eq!((run.status, run.faults.as_str()), (0, ""));
    assert_eq!(folder.read("memos/2021/21150-formulaire é.md"), "Hello.\n");
}

#[test]
fn a_folder_without_an_office_is_no_working_folder() {
    let folder = Folder::empty();
    let run = folder.run(&["new", "21150"]);
    assert_eq!(run.status, 2);
    assert!(run.faults.contains("make one: `ccrov init DIR`"), "{}", run.faults);
    assert!(files(folder.path()).is_empty());
}

#[test]
fn every_shipped_memo_can_be_copied_and_the_copy_checked() {
    let folder = Folder::copy(&shipped().join("memos"), "memos");
    let memos = files(&shipped().join("memos")).into_iter().filter(|file| file.starts_with("20"));
    let memos = memos.filter_map(|file| file.strip_suffix(".yaml").map(str::to_owned));
    for (memo, copy) in
        memos.filter(|memo| !folder.read(&format!("memos/{memo}.yaml")).contains("archive:")).zip(20900..)
    {
        let id = memo.rsplit('/').next().unwrap();
        let copy = copy.to_string();
        let run = folder.run(&["new", &copy, "--from", id, "--date", "2020-12-01"]);
        assert_eq!(run.status, 0, "{}", run.faults);
        assert!(folder.has(&format!("memos/2020/{copy}.yaml")));
    }
}

#[test]
fn a_release_is_begun_empty_or_as_a_copy_without_delays() {
    let folder = Folder::with_seed();
    let run = folder.run(&["new", "--release", "votecal-2022-1", "--from", "votecal-2021-2"]);
    assert_eq!((run.status, run.faults.as_str()), (0, ""));
    assert!(
        run.results.starts_with("These came from votecal-2021-2. Is each right for the new release?\n"),
        "{}",
        run.results
    );
    assert!(run.results.contains("name: VoteCal Release"), "{}", run.results);
    let (old, new) = ("memos/releases/votecal-2021-2.yaml", "memos/releases/votecal-2022-1.yaml");
    assert!(folder.read(old).contains("\ndelays:") && !folder.read(new).contains("\ndelays:"));
    let run = folder.run(&["new", "--release", "votecal-2022-1"]);
    assert_eq!(run.faults, "error: there is a release `votecal-2022-1` already, which was left as it is\n");
    assert_eq!(folder.run(&["new", "--release", "roster"]).status, 0);
    assert!(folder.read("memos/releases/roster.yaml").contains("owners: entities of memos/office.yaml: "));
    let run = folder.run(&["new", "--release", "x", "--from", "votecal"]);
    assert!(run.status == 2 && run.faults.contains("there is no release `votecal`"), "{}", run.faults);
}
