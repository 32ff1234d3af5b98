//! What is said to somebody who writes a memo for the first time: one fault for one slip, in its line, with what to type.

use crate::common::{Folder, Run};

const MEMO: &str = "memos/2021/21500.yaml";

/// A memo without fault: `{{ contact.name }}` stands in line 13.
const TEXT: &str = "\
number: 21500
date: September 1, 2021
status: draft
letterhead: elections
to: All County Clerks/Registrars of Voters
from: debra-ledsinger
subject: \"VoteCal: Help Desk Hours\"
contact: votecal-help-desk
body: |
  The Help Desk is closed.

  - test it
  - ask {{ contact.name }}
";

fn check(text: &str) -> Run {
    let folder = Folder::with_seed();
    folder.file(MEMO, text).run(&["check"])
}

/// Each slip is one fault, in its line, and says these words.
fn each(slips: &[(&str, &str, usize, &str)]) {
    assert_eq!(check(TEXT).faults, "");
    for (right, wrong, line, words) in slips {
        assert!(TEXT.contains(right), "{right}");
        let run = check(&TEXT.replacen(right, wrong, 1));
        let faults = run.faults.lines().filter(|line| line.starts_with("error[")).count();
        assert_eq!(faults, 1, "{wrong}: {}", run.faults);
        assert!(run.faults.contains(&format!("{MEMO}:{line}:")), "{wrong}: {}", run.faults);
        assert!(run.faults.contains(words), "{wrong}: {words}: {}", run.faults);
    }
}

#[test]
fn a_text_without_its_bar_is_not_joined_in_silence() {
    each(&[
        ("body: |", "body:", 9, "write `body: |`, and the text below it"),
        ("body: |\n  The Help Desk is closed.", "body: The Help Desk is closed.", 9, "write `body: |`"),
        ("body: |\n  The Help Desk is closed.", "body:\n  Please note: it is closed.", 9, "write `body: |`"),
        ("body: |", "body: >-", 9, "`>` joins the lines"),
        (
            "body: |\n  The Help Desk is closed.\n\n  - test it\n  - ask {{ contact.name }}\n",
            "body: \"The Help Desk is closed.\n\n  - test it\"\n",
            9,
            "in quotes over several lines",
        ),
        ("body: |\n  The Help Desk is closed.\n", "body:\n", 11, "`body: |`"),
    ]);
}

#[test]
fn a_line_that_is_not_indented_is_told_in_its_place() {
    each(&[
        ("  - test it", "- test it", 12, "this text is not indented"),
        ("  The Help Desk", "The Help Desk", 10, "this text is not indented"),
        ("\n  - test it", "\nPlease wait.\n  - test it", 12, "indent each line of `body: |` by two spaces"),
        ("\n  - test it", "\n## Before then\n  - test it", 12, "this text is not indented"),
        ("  The Help Desk", "    The Help Desk", 12, "indented less than the text above it"),
        ("\n  - test it", "\nBefore then, please:\n  - test it", 12, "indent"),
    ]);
}

#[test]
fn blanks_that_are_no_spaces_are_named() {
    each(&[
        ("  - test it", "\u{a0} - test it", 12, "a no-break space stands here"),
        ("  - test it", "\u{3000}- test it", 12, "a full-width space stands here"),
        ("status:", "\u{200b}status:", 3, "a mark that cannot be seen stands here"),
        ("status:", "\u{feff}status:", 3, "a mark that cannot be seen stands here"),
        ("  - test it", "\u{2007}\u{2007}- test it", 12, "type two plain spaces"),
        ("status: ", "status:\u{a0}", 3, "no plain space follows the colon"),
        ("- test it", "1.\ttest it", 12, "write a space, as in `1. test`"),
    ]);
}

#[test]
fn a_key_that_does_not_stand_as_keys_do_is_named() {
    each(&[
        ("number:", " number:", 1, "spaces stand before this key"),
        ("letterhead:", "  letterhead:", 4, "spaces stand before this key"),
        ("subject:", "Subject:", 7, "write `subject:`"),
        ("subject:", "SUBJECT:", 7, "write `subject:`"),
        ("subject:", "RE:", 7, "write `subject:`"),
        ("subject:", "re:", 7, "write `subject:`"),
        ("subject:", "Title:", 7, "write `subject:`"),
        ("from:", "author:", 6, "write `from:`"),
        ("to:", "Recipients:", 5, "write `to:`"),
        ("date:", "dated:", 2, "write `date:`"),
        ("body:", "text:", 9, "write `body:`"),
        ("subject: ", "subject :", 7, "write a space after the colon"),
    ]);
    let unknown = check(&TEXT.replace("status:", "colour: blue\nstatus:")).faults;
    assert_eq!(unknown.matches("`body`").count(), 1, "each key is listed once: {unknown}");
    assert_eq!(check(&TEXT.replace("status:", "status :")).faults, "");
}

#[test]
fn a_key_with_nothing_after_it_says_what_it_may_hold() {
    each(&[
        ("date: September 1, 2021", "date:", 2, "write a value after the colon: `date: September 1, 2026`"),
        ("from: debra-ledsinger", "from:", 6, "write a value after the colon: `from: debra-ledsinger`"),
        ("letterhead: elections", "letterhead: \"\"", 4, "`letterhead: elections`"),
        ("status: draft", "status:", 3, "`status: draft`"),
        ("subject: \"VoteCal: Help Desk Hours\"", "subject:", 7, "nothing stands after `subject:`"),
        ("from: debra-ledsinger\n", "", 1, "add a line `from: debra-ledsinger`"),
    ]);
}

#[test]
fn a_sign_left_at_the_end_and_quotes_in_quotes_are_named() {
    each(&[
        ("elections\n", "elections,\n", 4, "take the comma at the end out: `elections`"),
        ("debra-ledsinger", "debra-ledsinger;", 6, "take the semicolon at the end out: `debra-ledsinger`"),
        ("September 1, 2021", "September 1, 2021.", 2, "take the period at the end out: `September 1, 2021`"),
        ("draft", "draft,", 3, "take the comma at the end out: `draft`"),
        ("21500", "21500,", 1, "take the comma at the end out: `21500`"),
        ("votecal-help-desk", "votecal-help-desk\"", 8, "take the quote at the end out"),
        ("votecal-help-desk", "\"votecal-help-desk", 8, "a quote is opened and not closed"),
        ("Hours\"", "Hours\",", 7, "a comma stands after the closing quote"),
        (
            "\"VoteCal: Help Desk Hours\"",
            "'The county's list'",
            7,
            "put the text in double quotes: \"The county's list\"",
        ),
        ("Help Desk Hours", "\"Help\" Desk", 7, "put the text in single quotes: 'VoteCal: \"Help\" Desk'"),
        ("from: debra-ledsinger", "from: debra-ledsinger and hans-oberg", 6, "[debra-ledsinger, hans-oberg]"),
    ]);
}

#[test]
fn names_in_braces_say_the_underscore_and_what_the_memo_leaves_out() {
    each(&[
        ("contact.name", "contacts.votecal-help-desk.phone", 13, "write `contacts.votecal_help_desk.phone`"),
        (
            "{{ contact.name }}",
            "{% if contacts.votecal-help-desk.phone %}x{% endif %}",
            13,
            "a hyphen is written",
        ),
        ("{{ contact.name }}", "{{ memo.date | weekday-date }}", 13, "write `weekday_date`"),
        (
            "{{ contact.name }}",
            "{{ contacts.no-such-desk.phone }}",
            13,
            "write `contacts.no_such_desk.phone`",
        ),
        ("contact: votecal-help-desk\n", "", 12, "`contact: "),
        ("contact.name", "milestones.deployment.date", 13, "add a line `release: ...`"),
    ]);
}

#[test]
fn a_file_of_another_program_or_folder_is_one_fault() {
    let files: [(&str, &[u8], &str); 7] = [
        (MEMO, b"PK\x03\x04\x14\0\x06\0\0\xff[Content_Types].xml word/document.xml", "is a Word file"),
        (MEMO, b"PK\x03\x04\x14\0\x06\0\0\xff[Content_Types].xml xl/workbook.xml", "is an Excel file"),
        (MEMO, b"{\\rtf1\\ansi number}", "is a file of rich text"),
        (MEMO, b"%PDF-1.7\n", "is a PDF"),
        (MEMO, b"\xff\xfen\0u\0m\0b\0e\0r\0:\0", "saved as UTF-16"),
        ("memos/releases/21500.yaml", TEXT.as_bytes(), "move it to memos/2021/"),
        (
            "memos/2021/drill.yaml",
            b"name: Drill\nmilestones: {go: 2021-09-07}\n",
            "move it to memos/releases/",
        ),
    ];
    for (path, bytes, words) in files {
        let folder = Folder::with_seed();
        let run = folder.file(path, bytes).run(&["check"]);
        assert_eq!(run.faults.matches("error[").count(), 1, "{words}: {}", run.faults);
        assert!(run.faults.contains(words), "{words}: {}", run.faults);
    }
    // Naming the release that stands in the wrong folder is no second fault.
    let folder = Folder::with_seed();
    folder.file("memos/2021/drill.yaml", "name: Drill\nmilestones: {go: 2021-09-07}\n");
    let run = folder.file(MEMO, TEXT.replace("body:", "release: drill\nbody:")).run(&["check"]);
    assert_eq!(run.faults.matches("error[").count(), 1, "{}", run.faults);
}

#[test]
fn names_that_notepad_and_word_give_are_warned_of_with_the_right_one() {
    let names = [
        ("memos/2021/21500.yaml.txt", "rename it to 21500.yaml"),
        ("memos/2021/21500.docx", "paste the words there"),
        ("memos/21500.yaml", "a memo stands in memos/2021/"),
        ("memos/2021/21500.txt", "rename it to 21500.yaml"),
    ];
    for (name, words) in names {
        let folder = Folder::with_seed();
        let run = folder.file(name, "Dear all").run(&["check"]);
        assert!(run.status == 0 && run.faults.contains(words), "{name}: {}", run.faults);
        assert!(run.faults.contains("warning[stray-file]"), "{name}: {}", run.faults);
    }
    // A Word file beside its memo is kept, and Word's own files are nobody's business.
    let folder = Folder::with_seed();
    folder
        .file("memos/2021/21144.docx", "x")
        .file("memos/2021/~$21500.docx", "x")
        .file("memos/2021/form.docx", "x");
    assert_eq!(folder.run(&["check"]).faults, "");
    let copy = Folder::with_seed();
    let run = copy.file("memos/2021/21500 - Copy.yaml", TEXT).run(&["check"]);
    assert!(run.faults.contains("this looks like a copy"), "{}", run.faults);
}

#[test]
fn the_office_in_another_folder_is_found() {
    let folder = Folder::with_seed();
    let office = folder.read("memos/office.yaml");
    std::fs::remove_file(folder.path().join("memos/office.yaml")).unwrap();
    let run = folder.file("memos/2021/office.yaml", office).run(&["check"]);
    assert!(run.faults.contains("move it to memos/office.yaml"), "{}", run.faults);
    assert_eq!(run.faults.matches("error[").count(), 1, "{}", run.faults);
}

/// A folder of twelve memos that name all that an office can hold.
fn many() -> Folder {
    let folder = Folder::with_seed();
    for number in 21500..21512 {
        let text =
            TEXT.replace("21500", &number.to_string()).replace("body:", "release: votecal-2021-2\nbody:");
        folder.file(&format!("memos/2021/{number}.yaml"), text);
    }
    folder
}

#[test]
fn one_wrong_key_is_one_fault_however_many_memos_need_it() {
    let office = "memos/office.yaml";
    let slips = [
        (office, "contacts:", "contcts:"),
        (office, "people:", "peeple:"),
        (office, "letterheads:", "letterhead:"),
        (office, "entities:", "entitys:"),
        (office, "calendars:", "calenders:"),
        (office, "  votecal-help-desk:", "  VoteCal Help Desk:"),
        (office, "  votecal-help-desk:", "  votecal-help-dsk:"),
        (office, "    initials: dl", "    initial: dl"),
        (office, "    fax: 916.653.3214", "    faxx: 916.653.3214"),
        ("memos/releases/votecal-2021-2.yaml", "milestones:", "milestone:"),
    ];
    assert_eq!(many().run(&["check"]).faults, "");
    for (file, right, wrong) in slips {
        let folder = many();
        folder.edit(file, &format!("\n{right}"), &format!("\n{wrong}"));
        let run = folder.run(&["check"]);
        assert_eq!(run.faults.matches("error[").count(), 1, "{wrong}: {}", run.faults);
        assert_eq!(run.status, 1);
    }
}

#[test]
fn a_target_that_cannot_be_replaced_is_named_before_anything_is_written() {
    let folder = Folder::with_seed();
    folder.build();
    let targets = [
        ("no/such/folder", "there is no folder no/such"),
        ("/no/such/folder", "there is no folder /no/such"),
        #[cfg(unix)]
        ("Z:\\www", "this is the name of a folder on Windows"),
        #[cfg(unix)]
        ("\\\\server\\share", "this is the name of a folder on Windows"),
        #[cfg(target_os = "linux")]
        ("/proc", "ccrov publish /proc/memos"),
    ];
    for (target, words) in targets {
        let run = folder.run(&["publish", target]);
        let said = format!("{}{}", run.faults, run.results);
        assert!(run.status != 0 && said.contains(words), "{target}: {said}");
    }
}

#[test]
fn a_comma_that_would_be_printed_is_told() {
    let told = |text: &str| check(text).faults.matches("warning[trailing-comma]").count();
    let lists = "to:\n  - All County Clerks/Registrars of Voters,\n  - |\n    Ana Lee,\n    Clerk;";
    let all = TEXT.replace("to: All County Clerks/Registrars of Voters", lists);
    assert_eq!(told(&all), 2);
    assert_eq!(told(&TEXT.replace("Hours\"", "Hours,\"")), 1);
    assert_eq!(told(&TEXT.replace("The Help Desk is closed.", "Dear Clerks,")), 0);
    let folder = Folder::with_seed();
    for (right, wrong) in [
        ("name: Debra Ledsinger", "name: Debra Ledsinger,"),
        ("titles: Associate Elections Analyst", "titles: Associate Elections Analyst,"),
        ("name: the VoteCal Help Desk", "name: the VoteCal Help Desk,"),
        ("cgi: CGI", "cgi: CGI,"),
        ("division: Elections Division", "division: Elections Division;"),
    ] {
        folder.edit("memos/office.yaml", right, wrong);
    }
    let faults = folder.run(&["check"]).faults;
    assert_eq!(faults.matches("warning[trailing-comma]").count(), 5, "{faults}");
}
