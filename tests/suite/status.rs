//! `status` lists the memos by how far they have come, and what is to be done with each.

use crate::common::Folder;

const MEMO: &str = "\
number: 21201
date: September 1, 2021
status: approved
letterhead: elections
to: All County Clerks/Registrars of Voters
from: debra-ledsinger
subject: \"{{ elections.gubernatorial_recall_2021.name }}: Hours\"
body: Hello.
";

/// The shipped memo and others, a file for each of the edits of [`MEMO`].
fn folder(memos: &[(&str, &[(&str, &str)])]) -> Folder {
    let folder = Folder::with_seed();
    for (id, edits) in memos {
        let memo = MEMO.replace("21201", &id[..5.min(id.len())]);
        let text = edits.iter().fold(memo, |text, (from, to)| text.replace(from, to));
        folder.file(&format!("memos/2021/{id}.yaml"), text);
    }
    folder
}

#[test]
fn status_lists_what_is_in_work_and_what_is_to_be_done_with_it() {
    let folder = folder(&[
        ("drill", &[("number: drill\n", ""), ("approved", "draft")]),
        ("21206", &[("approved", "draft"), ("September 1", "Septembr 1")]),
        ("21205", &[("approved", "draft")]),
        ("21204", &[("approved", "review")]),
        ("21203", &[("body: Hello.", "body: Hello.\nrelease: no-such-release")]),
        ("21202", &[]),
        ("21207", &[("approved", "withdrawn\nwhy: It was too early.")]),
        ("21208", &[("approved", "aproved")]),
        ("21209", &[("subject:", "subject: :")]),
    ]);
    let run = folder.run(&["status"]);
    assert_eq!((run.status, run.faults.as_str()), (0, ""));
    assert_eq!(
        run.results,
        "\
Memo   Date          Status     Still to do      Subject

21209                unclear    correct 1 fault
21208  9/1/2021      unclear    correct 1 fault  {{ elections.gubernatorial_recall_2021.name }}: Ho…

21206  Septembr 1,…  draft      correct 1 fault  {{ elections.gubernatorial_recall_2021.name }}: Ho…
21205  9/1/2021      draft      review it        Gubernatorial Recall Election: Hours
drill  9/1/2021      draft      number it        Gubernatorial Recall Election: Hours

21204  9/1/2021      review     approve it       Gubernatorial Recall Election: Hours

21202  9/1/2021      approved   issue it         Gubernatorial Recall Election: Hours
21203  9/1/2021      approved   correct 1 fault  {{ elections.gubernatorial_recall_2021.name }}: Ho…

21207  9/1/2021      withdrawn                   Gubernatorial Recall Election: Hours

10 memos: 2 unclear, 3 draft, 1 in review, 1 ready to issue, 1 approved, 1 issued, 1 withdrawn. \
         `ccrov check` shows the faults.
"
    );
}

#[test]
fn issued_memos_are_counted_and_listed_when_asked_for() {
    let folder = Folder::with_seed();
    assert_eq!(folder.run(&["status"]).results, "1 memo: 1 issued.\n");
    assert_eq!(
        folder.run(&["status", "--all"]).results,
        "\
Memo   Date       Status  Still to do  Subject

21144  8/31/2021  issued               VoteCal: County Test Environment – November 21, 2021, Release

1 memo: 1 issued.
"
    );
}

#[test]
fn archived_memos_are_counted_and_no_step_is_left() {
    let folder = Folder::with_seed();
    let memo =
        "archive: true\nnumber: 16120\ndate: 4/4/2016\ntitle: Committees\naddress: https://www.sos.ca.gov/\n";
    folder.file("memos/2016/16120.yaml", memo);
    assert_eq!(folder.run(&["status"]).results, "2 memos: 1 issued, 1 archived.\n");
    let run = folder.run(&["status", "--all"]);
    assert!(
        run.results.contains("\n16120  4/4/2016   archived               Committees\n"),
        "{}",
        run.results
    );
}

#[test]
fn an_issued_memo_with_a_fault_is_listed_and_so_is_one_that_leans_on_a_fault() {
    let folder = Folder::with_seed();
    folder.edit("memos/releases/votecal-2021-2.yaml", "deployment: 2021-07-09", "deployment: soon");
    let run = folder.run(&["status"]);
    assert_eq!(run.status, 0);
    assert!(
        run.results.contains("21144  8/31/2021  issued  correct faults in other files  "),
        "{}",
        run.results
    );
}

#[test]
fn a_fault_in_the_file_of_a_memos_text_is_the_memos_own() {
    let folder = folder(&[("21202", &[("body: Hello.", "body: 21202.md")])]);
    folder.file("memos/2021/21202.md", "It is <b>bold</b>.\n");
    let run = folder.run(&["status"]);
    assert!(run.results.contains("21202  9/1/2021  approved  correct 2 faults  "), "{}", run.results);
}

#[test]
fn lines_fit_a_hundred_characters() {
    let long = "word ".repeat(40);
    let folder = folder(&[
        ("21202", &[("Hours", &long)]),
        ("a-draft-with-quite-a-long-name", &[("from: d", "from: n")]),
    ]);
    for line in folder.run(&["status"]).results.lines() {
        assert!(line.chars().count() <= 100, "{line}");
    }
}

#[test]
fn a_folder_without_memos_says_what_is_wrong() {
    let run = Folder::empty().run(&["status"]);
    assert_eq!((run.status, run.results.as_str()), (1, "There are no memos to list.\n"));
    assert!(run.faults.contains("there is no file memos/office.yaml"), "{}", run.faults);
}
