//! What stands around dates where they are printed: E-numbers, the star of a rolled date, the office's word for a date that
//! nobody knows yet.

use crate::common::{Folder, plan::OFFICE};

/// A folder with one memo, which has tasks of its own.
fn folder(rest: &str) -> Folder {
    let folder = Folder::empty();
    let memo = "number: 24120\ndate: May 6, 2024\nstatus: draft\nletterhead: elections\nto: All\nfrom: ana-ruiz\nsubject: Dates\n";
    folder.file("memos/office.yaml", OFFICE).file("memos/2024/24120.yaml", format!("{memo}{rest}"));
    folder
}

const TASKS: &str = "election: general-2024
body: Text.
attachments: schedule
tasks:
- {id: a, step: 1, owners: sos, text: File, end: {at: E-57, roll: counties}}
- {id: b, step: 2, owners: sos, text: Print, start: {at: E-1, offset: -3wd}, end: {at: E-45, closed: stay}}
- {id: c, step: 3, owners: sos, text: Mail, end: TBD (Fall 2024)}
";

#[test]
fn a_schedule_shows_e_numbers_and_stars_if_it_is_told_to() {
    let plain = folder(&format!(
        "schedule: {{title: Dates}}\n{}",
        TASKS.replace("{at: E-1, offset: -3wd}", "6/3/2024")
    ));
    let markdown = plain.build().read("output/ccrov/24120.md");
    assert!(markdown.contains("| 1 | SOS | File |  | 9/10/2024 |"), "{markdown}");
    assert!(!markdown.contains('*') || !markdown.contains("\\*"), "{markdown}");

    let text = TASKS.replace("{at: E-1, offset: -3wd}", "6/3/2024");
    let shown = folder(&format!("schedule: {{title: Dates, shows: [e-numbers, rolled]}}\n{text}"));
    let markdown = shown.build().read("output/ccrov/24120.md");
    assert!(markdown.contains("| 1 | SOS | File |  | 9/10/2024\\* (E-57) |"), "{markdown}");
    assert!(markdown.contains("| 2 | SOS | Print | 6/3/2024 | 9/21/2024 (E-45) |"), "{markdown}");
    assert!(markdown.contains("| 3 | SOS | Mail |  | TBD (Fall 2024) |"), "{markdown}");
    let note =
        "\\* The day falls on a Saturday, a Sunday or a holiday, and moves to the next day that is not.";
    assert!(markdown.contains(note), "{markdown}");
    // What programs read has dates alone, and the calendar knows them.
    assert!(shown.read("output/ccrov/24120-schedule.csv").contains("1,SOS,File,,,9/10/2024,Remaining"));
}

#[test]
fn a_star_without_its_note_is_an_error() {
    let text = TASKS.replace("{at: E-1, offset: -3wd}", "6/3/2024");
    let folder = folder(&format!("schedule: {{title: Dates, shows: rolled}}\n{text}"));
    folder.file("templates/schedule.md", "# {{ schedule.title }}\n");
    let run = folder.run(&["check"]);
    assert!(run.faults.contains("error[lost-words]"), "{}", run.faults);
    assert!(run.faults.contains("{{ schedule.rolled_note | safe }}"), "{}", run.faults);
    let wrong = folder.edit("memos/2024/24120.yaml", "shows: rolled", "shows: stars").run(&["check"]);
    assert!(wrong.faults.contains("`shows` is `stars`"), "{}", wrong.faults);
}

#[test]
fn an_office_prints_a_word_of_its_own_for_a_date_that_nobody_knows() {
    let text = "body: Open on {{ milestones.open.date | month_year }}, {{ milestones.open.date }}.\nmilestones: {open: TBA, close: 2024-06-07}
attachments: schedule
tasks: [{id: a, step: 1, owners: sos, text: Open, start: {at: open}, end: To be announced (June)}]
";
    let folder = folder(text);
    folder.file("memos/office.yaml", format!("{OFFICE}words: {{tbd: To be determined}}\n"));
    let markdown = folder.build().read("output/ccrov/24120.md");
    assert!(markdown.contains("Open on to be determined, to be determined."), "{markdown}");
    assert!(markdown.contains("| Open | To be determined | To be determined (June) |"), "{markdown}");
    for word in ["On-going", "6/7/2024", "TBD (June)", "13/13/2024"] {
        folder.file("memos/office.yaml", format!("{OFFICE}words: {{tbd: {word}}}\n"));
        let run = folder.run(&["check"]);
        let said = run.faults.contains("words that are no date are expected");
        assert!(said || run.status == 0 && word == "13/13/2024", "{word}: {}", run.faults);
    }
}

#[test]
fn an_office_says_in_its_own_words_what_the_star_means() {
    let text = TASKS.replace("{at: E-1, offset: -3wd}", "6/3/2024");
    let folder = folder(&format!("schedule: {{title: Dates, shows: rolled}}\n{text}"));
    folder.file(
        "memos/office.yaml",
        format!("{OFFICE}words: {{rolled: 'The next *business* day | counts.'}}\n"),
    );
    let markdown = folder.build().read("output/ccrov/24120.md");
    assert!(markdown.contains("\n\\* The next \\*business\\* day \\| counts.\n"), "{markdown}");
    assert!(!markdown.contains("The day falls"), "{markdown}");
}

#[test]
fn the_word_for_an_unknown_date_has_a_capital_in_tables_alone() {
    let release = "name: R\nmilestones: {deployment: 2024-07-12}\ndelays: [{announced: 2024-05-06, cause: x, moves: {deployment: \
                   TBD}}]\ntasks: [{id: a, step: 1, owners: sos, text: Open, start: {at: deployment}}]\n";
    for (word, prose) in [("To be determined", "to be determined"), ("TBD", "TBD")] {
        let folder = folder("release: r\ntemplate: release-delay\nattachments: [schedule, changes]\n");
        folder.file("memos/office.yaml", format!("{OFFICE}words: {{tbd: {word}}}\n"));
        folder.file("memos/releases/r.yaml", release);
        let markdown = folder.build().read("output/ccrov/24120.md");
        assert!(markdown.contains(&format!("| {word} |")), "{markdown}");
        let sentences = markdown.lines().filter(|line| !line.starts_with('|'));
        let sentences: String = sentences.collect();
        assert!(sentences.contains(prose) && (word == prose || !sentences.contains(word)), "{markdown}");
    }
}
