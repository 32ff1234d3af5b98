//! `find` finds memos by their words, in what was built.

use crate::common::{Folder, Run, shipped};

const MEMO: &str = "\
number: {number}
date: {date}
status: {status}
letterhead: elections
to: All County Clerks/Registrars of Voters
from: debra-ledsinger
subject: \"{subject}\"
body: |
  {body}
";

fn memo(folder: &Folder, id: &str, date: &str, status: &str, subject: &str, body: &str) {
    let year = date.rsplit(' ').next().unwrap();
    let number = if status == "draft" { "" } else { id };
    let text = MEMO.replace("{number}", number).replace("{date}", date).replace("{status}", status);
    let text = text.replace("number: \n", "").replace("{subject}", subject).replace("{body}", body);
    folder.file(&format!("memos/{year}/{id}.yaml"), text);
}

/// Four memos and a draft, built.
fn folder() -> Folder {
    let folder = Folder::with_seed();
    memo(
        &folder,
        "21201",
        "September 1, 2021",
        "approved",
        "Roster: Hours",
        "Counties print the roster. José helps.",
    );
    memo(
        &folder,
        "21202",
        "September 2, 2021",
        "approved",
        "Roster: Print",
        "Each county prints twice—once a day.",
    );
    memo(
        &folder,
        "22001",
        "January 3, 2022",
        "approved",
        "VoteCal: Roster",
        "A printed page, see 21201 and \\<b>.",
    );
    memo(&folder, "ideas", "January 4, 2022", "draft", "Roster: Ideas", "Nothing printed yet.");
    folder.build();
    // What has gone out is what the website shows; issuing each would say nothing more of finding.
    let manifest = folder.read("output/manifest.json").replace("\"approved\"", "\"issued\"");
    folder.file("output/manifest.json", manifest);
    folder
}

/// The numbers that were found, in their order.
fn numbers(run: &Run) -> Vec<&str> {
    assert_eq!((run.status, run.faults.as_str()), (0, ""), "{}", run.results);
    let own = |line: &&str| !line.starts_with(' ') && line.split("  ").count() > 2;
    run.results.lines().filter(own).map(|line| line.split(' ').next().unwrap()).collect()
}

#[test]
fn memos_are_found_by_all_of_the_words_the_newest_first() {
    let folder = folder();
    let found = |arguments: &[&str]| {
        let run = folder.run(&[&["find"], arguments].concat());
        numbers(&run).into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(found(&["roster"]), ["22001", "21202", "21201"]);
    assert_eq!(found(&["helping", "printing"]), ["21201"]);
    assert_eq!(found(&["\"rosters the print\""]), Vec::<String>::new());
    assert_eq!(found(&["\"print the rosters\""]), ["21201"]);
    assert_eq!(found(&["\"county", "prints\"", "twice"]), ["21202"]);
    assert_eq!(found(&["once"]), ["21202"]);
    assert_eq!(found(&["twice—once"]), ["21202"]);
    assert_eq!(found(&["jose"]), ["21201"]);
    assert_eq!(found(&["21201"]), ["21201", "22001"], "a number that was typed comes first");
    assert_eq!(found(&["#21201"]), ["21201", "22001"]);
    assert_eq!(found(&["CC/ROV", "21201"]), ["21201", "22001"]);
    assert_eq!(found(&["roster", "--year", "2021"]), ["21202", "21201"]);
    assert_eq!(found(&["--topic", "votecal"]), ["22001", "21144"]);
    assert_eq!(found(&["printed", "--drafts"]), ["-", "22001", "21202", "21201"]);
    assert_eq!(found(&["--status", "draft"]), ["-"]);
}

#[test]
fn what_is_written_apart_with_hyphens_or_as_one_word_is_found_alike() {
    let folder = Folder::with_seed();
    for (number, body) in [
        ("21201", "A voter can vote by mail. The drop box is open."),
        ("21202", "Each vote-by-mail ballot goes into a drop-box. Write an e-mail."),
        ("21203", "The dropbox is closed; “vote\u{2011}by\u{2011}mail” is not."),
        ("21204", "By mail, some vote. A box may drop. Send an email."),
    ] {
        memo(&folder, number, "September 1, 2021", "approved", "Roster", body);
    }
    folder.build();
    let found = |words: &str| {
        let run = folder.run(&["find", "--drafts", words]);
        let mut found: Vec<String> = numbers(&run).into_iter().map(str::to_owned).collect();
        found.sort();
        found.join(" ")
    };
    for words in ["vote-by-mail", "\"vote by mail\"", "\"vote-by-mail\"", "vote\u{2010}by\u{2011}mail"] {
        assert_eq!(found(words), "21201 21202 21203", "{words}");
    }
    assert_eq!(found("vote by mail"), "21201 21202 21203 21204");
    assert_eq!(found("\"by mail ballots\""), "");
    assert_eq!(found("\"vote by mail ballots\""), "21202");
    for words in ["drop-box", "\"drop box\"", "\"a drop-box\""] {
        let in_phrase = if words.contains("a ") { "21202" } else { "21201 21202 21203" };
        assert_eq!(found(words), in_phrase, "{words}");
    }
    assert_eq!(found("dropbox"), "21202 21203");
    assert_eq!(found("drop box"), "21201 21202 21203 21204");
    assert_eq!((found("e-mail"), found("email")), ("21202 21204".to_owned(), "21202 21204".to_owned()));
}

#[test]
fn a_word_is_found_by_its_parts() {
    let folder = Folder::with_seed();
    let body = "The EMSRelease v2.10.3 of VoteCalHelp is at www.sos.ca.gov, county-wide, by EIMS_sync.";
    memo(&folder, "21201", "September 1, 2021", "approved", "Roster", body);
    folder.build();
    for words in [
        "emsrelease",
        "EMS",
        "release",
        "v2103",
        "v2.10.3",
        "10",
        "votecalhelp",
        "cal",
        "helps",
        "ca.gov",
        "sos.ca.gov",
        "county",
        "wide",
        "countywide",
        "eims",
        "sync",
    ] {
        let run = folder.run(&["find", "--drafts", "--year", "2021", words]);
        assert!(numbers(&run).contains(&"21201"), "{words}");
    }
    for words in ["elease", "mail", "EIMSs", "v2"] {
        assert!(!numbers(&folder.run(&["find", "--drafts", words])).contains(&"21201"), "{words}");
    }
}

#[test]
fn what_is_printed_above_the_text_is_shown_only_if_it_is_what_was_found() {
    let folder = folder();
    let shown = |words: &str| {
        let run = folder.run(&["find", words, "--year", "2021", "--topic", "Roster"]);
        run.results.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    // TO names counties, and so does the text.
    let said = shown("counties \"print the roster\"");
    assert!(said.contains("21201dl.pdf Counties print the roster. José helps."), "{said}");
    let said = shown("registrars José");
    assert!(said.contains("21201dl.pdf Counties print the roster. José helps."), "{said}");
    let said = shown("\"all county clerks\" \"september 1\"");
    assert!(said.contains("21201dl.pdf September 1, 2021 County Clerk/Registrar of Voters (CC/ROV) Memorandum #21201 TO: All"), "{said}");
    let said = shown("\"Roster: Hours\"");
    assert!(said.contains("RE: Roster: Hours"), "{said}");
}

#[test]
fn what_was_pasted_from_a_pdf_is_found_by_what_people_type() {
    let folder = Folder::with_seed();
    let body = "The o\u{fb03}ce \u{fb01}les 500\u{a0}forms on regis\u{ad}tration; the county\u{2019}s \u{201c}roster\u{201d}.";
    memo(&folder, "21201", "September 1, 2021", "approved", "Roster", body);
    folder.build();
    for words in [
        "office",
        "o\u{fb03}ce files",
        "\"500 forms\"",
        "500\u{a0}forms",
        "registration",
        "regis\u{ad}tration",
        "county's",
        "county\u{2019}s",
        "roster",
        "\u{201c}the office files\u{201d}",
    ] {
        assert!(numbers(&folder.run(&["find", "--drafts", words])).contains(&"21201"), "{words}");
    }
    assert_eq!(numbers(&folder.run(&["find", "--drafts", "regis"])), Vec::<&str>::new());
}

#[test]
fn what_is_found_is_shown_with_its_file_and_the_words_around_it() {
    let folder = folder();
    let run = folder.run(&["find", "twice"]);
    let (head, rest) = run.results.split_once('\n').unwrap();
    assert_eq!(head, "21202  September 2, 2021  Roster: Print");
    assert!(rest.starts_with("    output/ccrov/2021/september/21202dl.pdf\n    "), "{rest}");
    let words = rest.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains("Each county prints twice—once a day."), "{rest}");
    assert!(rest.ends_with("\n\n1 memo has twice.\n"), "{rest}");
    let run = folder.run(&["find", "--status", "draft", "ideas"]);
    assert!(run.results.starts_with("-  January 4, 2022  Roster: Ideas [draft]\n"), "{}", run.results);
}

#[test]
fn a_memo_is_found_by_the_words_of_a_pdf_that_is_attached() {
    let folder = Folder::with_sources_of(shipped());
    folder.build();
    assert_eq!(numbers(&folder.run(&["find", "\"a spare roll lies\""])), ["24901"]);
    // What is no PDF has no words, and is no fault.
    let manifest = folder.read("output/manifest.json");
    let path = manifest.split('"').find(|text| text.ends_with("equipment-checklist.pdf")).unwrap();
    folder.file(&format!("output/{path}"), "%PDF-1.7 nothing");
    assert_eq!(numbers(&folder.run(&["find", "\"a spare roll lies\""])), Vec::<&str>::new());
}

#[test]
fn drafts_that_are_left_out_are_counted() {
    let folder = folder();
    let said = |arguments: &[&str]| {
        let run = folder.run(&[&["find", "printed"], arguments].concat());
        run.results.lines().last().unwrap().to_owned()
    };
    assert_eq!(said(&[]), "3 memos have printed. Left out: 1 draft; --drafts shows it.");
    assert_eq!(said(&["--year", "2021"]), "2 memos of 2021 have printed.");
    assert_eq!(said(&["--drafts"]), "4 memos have printed.");
}

#[test]
fn nothing_found_is_said_and_no_fault() {
    let folder = folder();
    let run = folder.run(&["find", "zebra", "--year", "2021"]);
    assert_eq!((run.status, run.results.as_str()), (0, "No memo of 2021 has zebra.\n"));
    let run = folder.run(&["find", "<script>"]);
    assert_eq!((run.status, run.results.as_str()), (0, "No memo has <script>.\n"));
}

#[test]
fn wrong_usage_says_what_to_type() {
    let folder = Folder::with_seed();
    let run = folder.run(&["find", "roster"]);
    assert_eq!(run.status, 2);
    assert!(run.faults.contains("`ccrov build`"), "{}", run.faults);
    let run = folder.run(&["find"]);
    assert_eq!(run.status, 2);
    assert!(run.faults.contains("ccrov find mock election"), "{}", run.faults);
    let run = folder.run(&["find", "\"?\""]);
    assert_eq!(run.status, 2);
    assert!(run.faults.contains("has no letter and no figure"), "{}", run.faults);
    folder.file("output/manifest.json", "{");
    assert_eq!(folder.run(&["find", "roster"]).status, 3);
}

#[test]
fn a_memo_that_another_one_supersedes_says_so() {
    let folder = folder();
    let office = folder.read("memos/office.yaml");
    folder.file("memos/office.yaml", office);
    folder.edit("memos/2021/21202.yaml", "body: |", "supersedes: \"21201\"\nbody: |");
    folder.build();
    let manifest = folder.read("output/manifest.json").replace("\"approved\"", "\"issued\"");
    folder.file("output/manifest.json", manifest);
    let said = folder.run(&["find", "Roster", "--year", "2021"]).results;
    assert!(said.contains("Roster: Hours [superseded by CC/ROV #21202]\n"), "{said}");
    assert_eq!(said.matches("superseded").count(), 1, "{said}");
    let json: serde_json::Value =
        serde_json::from_str(&folder.run(&["find", "José", "--json"]).results).unwrap();
    assert_eq!(json["memos"][0]["superseded"], "CC/ROV #21202");
    // The word is no word of the memo.
    assert!(!folder.run(&["find", "superseded"]).results.contains("21201"));
}
