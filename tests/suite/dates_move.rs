//! A date is written once: moved in the YAML, it is moved everywhere.

use crate::common::{Folder, letters, pdf_text};
use ccrov::document::Document;

const RELEASE: &str = "memos/releases/votecal-2021-2.yaml";
const MEMO: &str = "output/ccrov/2021/august/21144dl";

/// What the memo says in all its forms after an edit of a file: Markdown (without line ends), PDF,
/// page, spreadsheet.
struct Said {
    markdown: String,
    pdf: String,
    page: String,
    schedule: String,
    csv: String,
}

fn after(file: &str, from: &str, to: &str) -> Said {
    let folder = Folder::with_seed();
    folder.edit(file, from, to).build();
    let text = |name: String| Document::parse(&folder.read(&name)).unwrap().plain_text();
    Said {
        markdown: text(format!("{MEMO}.md")),
        pdf: letters(&pdf_text(&folder.bytes(&format!("{MEMO}.pdf"))).concat()),
        // Above it stand the dates of the schedule, in words.
        page: folder.read(&format!("{MEMO}.html")).split_once("<article>").unwrap().1.to_owned(),
        schedule: text(format!("{MEMO}-schedule.md")),
        csv: folder.read(&format!("{MEMO}-schedule.csv")),
    }
}

impl Said {
    /// The memo says it so many times, in Markdown and in the PDF alike.
    fn says(&self, words: &str, times: usize) -> &Said {
        assert_eq!(self.markdown.matches(words).count(), times, "{words:?} in the Markdown");
        assert_eq!(self.pdf.matches(&letters(words)).count(), times, "{words:?} in the PDF");
        assert_eq!(self.page.contains(words), times > 0, "{words:?} on the page");
        self
    }
}

#[test]
fn the_release_date() {
    let said = after(RELEASE, "release: 2021-11-21", "release: 2021-12-05");
    said.says("November 21, 2021", 0)
        .says("VoteCal: County Test Environment – December 5, 2021, Release", 1)
        .says("from August 8, 2021, to December 5, 2021, due to", 1)
        .says("the December code release", 1)
        .says("The revised CTE schedule for the December 5, 2021, release is attached.", 1)
        .says("Schedule for the County Test Environment – December 5, 2021, Release", 1)
        .says("December 5, 2021, Release Schedule", 1)
        .says("install the updated December 2021 EMS release", 1);
    assert!(said.schedule.contains("December 5, 2021, Release Schedule"));
    assert!(said.csv.contains("the updated December 2021 EMS release"));
}

#[test]
fn the_release_date_of_the_first_plan() {
    after(RELEASE, "release: 2021-08-08", "release: 2021-07-25")
        .says("delayed from July 25, 2021, to November 21, 2021", 1)
        .says("install the updated July 2021 EMS release", 1)
        .says("August 8, 2021", 0)
        .says("August 2021", 0);
}

#[test]
fn the_deployment() {
    let said = after(RELEASE, "deployment: 2021-10-08", "deployment: 2021-10-15");
    said.says("(CTE) on October 15, 2021.", 1).says("October 8, 2021", 0);
    // By hand: the counties are closed on Columbus Day, October 11, the state is not; October 15 is a Friday.
    assert_eq!(
        remaining(&said.csv),
        [
            ("14", "10/8/2021", "10/15/2021"),
            ("15", "10/11/2021", "10/15/2021"),
            ("16", "10/15/2021", "10/15/2021"),
            ("17", "10/18/2021", "10/18/2021"),
            ("18", "10/18/2021", "On-going"),
            ("19", "11/5/2021", "11/19/2021"),
        ]
        .map(|(step, start, end)| [step, start, end].map(str::to_owned))
    );
}

/// Step, start and end of what remains to be done.
fn remaining(csv: &str) -> Vec<[String; 3]> {
    let mut reader = csv::Reader::from_reader(csv.trim_start_matches('\u{feff}').as_bytes());
    let rows = reader.records().map(Result::unwrap).filter(|row| &row[6] == "Remaining");
    rows.map(|row| [0, 4, 5].map(|column| row[column].to_owned())).collect()
}

#[test]
fn the_mock_election() {
    let said = after(
        RELEASE,
        "start: 2021-11-05\n        end: 2021-11-19",
        "start: 2021-12-20\n        end: 2022-01-07",
    );
    said.says("taking place from December 20, 2021, to January 7, 2022.", 1)
        .says("12/20/2021", 1)
        .says("1/7/2022", 1)
        .says("November 19, 2021", 0)
        .says("11/19/2021", 0);
    assert!(said.csv.contains(",12/20/2021,1/7/2022,Remaining"));
}

#[test]
fn the_cause_of_the_delay() {
    after("memos/office.yaml", "date: 2021-09-14", "date: 2021-09-21")
        .says("due to the Gubernatorial Recall Election on September 21, 2021.", 1)
        .says("September 14", 0);
}

#[test]
fn the_date_of_the_memo_says_what_is_completed() {
    let folder = Folder::with_seed();
    folder.edit("memos/2021/21144.yaml", "August 31, 2021", "7/9/2021").build();
    let memo = "output/ccrov/2021/july/21144dl.md";
    let text = Document::parse(&folder.read(memo)).unwrap().plain_text();
    assert!(text.contains("\nJuly 9, 2021\n"));
    assert!(text.contains("Steps 1 through 6, 8 and 9 have been completed."), "{text}");
    let (remaining, completed) = text.split_once("\nCompleted Tasks\n").unwrap();
    assert!(remaining.contains("\n7\nSOS/CGI\n") && remaining.contains("\n13\nSOS/CGI\n"));
    assert!(completed.contains("\n9\nSOS/Elections\n"));

    folder.edit("memos/2021/21144.yaml", "7/9/2021", "May 26, 2021").build();
    let text = Document::parse(&folder.read("output/ccrov/2021/may/21144dl.md")).unwrap().plain_text();
    assert!(text.contains("Step 1 has been completed."), "{text}");
    assert!(!folder.has(memo), "what the memo was published as before is removed");

    folder.edit("memos/2021/21144.yaml", "May 26, 2021", "May 3, 2021").build();
    let text = Document::parse(&folder.read("output/ccrov/2021/may/21144dl.md")).unwrap().plain_text();
    assert!(!text.contains("been completed") && !text.contains("Completed Tasks"), "{text}");
}

#[test]
fn every_date_cell_of_the_schedule() {
    let yaml = Folder::with_seed().read(RELEASE);
    let (head, tasks) = yaml.split_once("\ntasks:").unwrap();
    let cells: Vec<&str> =
        tasks.lines().filter(|line| line.contains("2021") && !line.contains("text:")).collect();
    assert!(cells.len() > 20, "the table has many dates, not {}", cells.len());
    // Each literal date is moved in its own copy: the table shows the new one, once more often than before.
    let before = table(&Folder::with_seed());
    for cell in 0..cells.len() {
        let mut at = 0;
        let moved: Vec<String> = tasks
            .lines()
            .map(|line| {
                let this = cells.contains(&line) && {
                    at += 1;
                    at - 1 == cell
                };
                // A start is moved back and an end on, so that no end comes before its start.
                let year = if line.contains("start:") { "/1999" } else { "/2039" };
                if this { line.replace("/2021", year) } else { line.to_owned() }
            })
            .collect();
        let folder = Folder::with_seed();
        folder.file(RELEASE, format!("{head}\ntasks:{}\n", moved.join("\n")));
        let after = table(&folder);
        let new = |text: &str| text.matches("/1999").count() + text.matches("/2039").count();
        let first_plan_only = cells[cell].contains("7/12/2021") && new(&after) == 0;
        assert!(new(&after) == 1 || first_plan_only, "{} is printed {} times", cells[cell], new(&after));
        assert_eq!(before.matches("/2021").count() - new(&after), after.matches("/2021").count());
    }
}

/// The schedule's spreadsheet, of a release as its memo shows it.
fn table(folder: &Folder) -> String {
    folder.run(&["build", "--only", "csv"]);
    folder.read(&format!("{MEMO}-schedule.csv"))
}

#[test]
fn an_issued_memo_tells_what_was_announced_by_its_date_and_a_draft_all() {
    let folder = Folder::with_seed();
    folder.edit("memos/2021/21144.yaml", "knows: 1\n", "").build();
    let told = folder.read(&format!("{MEMO}.md"));
    assert!(told.contains("to November 21, 2021, due to"), "{told}");
    let delay = "  - announced: 2021-10-01\n    cause: a new law\n    moves: {release: 2021-12-05}\n";
    folder.edit(RELEASE, "\nschedule:\n", &format!("{delay}\nschedule:\n")).build();
    assert_eq!(folder.read(&format!("{MEMO}.md")), told);
    folder.edit("memos/2021/21144.yaml", "status: issued", "status: draft");
    let run = folder.run(&["build"]);
    assert!(run.faults.contains("this memo tells a delay announced on October 1, 2021"), "{}", run.faults);
    let draft = folder.read(&format!("{MEMO}.md"));
    assert!(draft.contains("from November 21, 2021, to December 5, 2021, due to a new law"), "{draft}");
}

#[test]
fn a_memo_that_knows_no_delay_shows_the_first_plan() {
    let folder = Folder::with_seed();
    folder
        .edit("memos/2021/21144.yaml", "knows: 1", "knows: 0")
        .edit(
            "memos/2021/21144.yaml",
            "template: release-delay",
            "body: The release is on {{ milestones.release.date }}. Ask {{ contact.name }}.",
        )
        .edit("memos/2021/21144.yaml", "August 31, 2021", "July 13, 2021")
        .build();
    let text = Document::parse(&folder.read("output/ccrov/2021/july/21144dl.md")).unwrap().plain_text();
    assert!(text.contains("The release is on August 8, 2021."));
    assert!(text.contains("\n14\nAll CTE Counties/SOS\n"), "the mock election is step 14 of the first plan");
    assert!(text.contains("\n7/23/2021\n8/6/2021\n"));
    assert!(text.contains("Steps 1 through 12 have been completed."), "{text}");
    assert!(!text.contains("mini release") && !text.contains("November"));
}
