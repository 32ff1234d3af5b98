//! What is in force: page, lists, calendar, feed and data say the same of it, and none contradicts another.

use ccrov::model::{Circles, InForce, Relation, Statement, date};

use crate::common::Folder;

/// The keys that every memo here has.
const HEAD: &str =
    "letterhead: elections\nto: All County Clerks/Registrars of Voters\nfrom: debra-ledsinger\n";

/// A folder with an address, and nothing but these memos: number, day of March 2021, and its other lines.
fn folder(memos: &[(&str, u32, &str)]) -> Folder {
    let folder = Folder::with_seed();
    let office = folder.read("memos/office.yaml");
    if !office.contains("elections.example.gov") {
        folder
            .file("memos/office.yaml", office + "website:\n  address: https://elections.example.gov/memos\n");
    }
    for (number, day, more) in memos {
        let text = format!(
            "number: {number}\ndate: March {day}, 2021\nstatus: approved\n{HEAD}subject: 'Ballots: {number}'\n\
             body: Text of {number}.\n{more}"
        );
        folder.file(&format!("memos/2021/{number}.yaml"), text);
    }
    folder
}

/// Lines of a memo with a schedule of one day.
fn step(day: &str) -> String {
    format!(
        "milestones: {{review: {day}}}\ntasks:\n  - {{id: a, step: 1, owners: all-counties, text: Send notes, start: {{at: \
         review}}}}\nattachments: schedule\n"
    )
}

fn done(folder: &Folder, arguments: &[&str]) {
    let run = folder.run(arguments);
    assert_eq!((run.status, run.faults.as_str()), (0, ""), "{arguments:?} {}", run.results);
}

fn page(folder: &Folder, number: &str) -> String {
    folder.read(&format!("output/ccrov/2021/march/{number}dl.html"))
}

/// What memos.json says of a memo.
fn data(folder: &Folder, number: &str) -> serde_json::Value {
    let data: serde_json::Value = serde_json::from_slice(&folder.bytes("output/memos.json")).unwrap();
    let memos = data["memos"].as_array().unwrap().iter();
    memos.clone().find(|memo| memo["number"] == number).unwrap().clone()
}

/// The `lastmod` of a memo.
fn last_changed(folder: &Folder, number: &str) -> String {
    let map = folder.read("output/sitemap.xml");
    let line = map.lines().find(|line| line.contains(&format!("/{number}dl.html"))).unwrap();
    line.split_once("<lastmod>").unwrap().1.split_once('<').unwrap().0.to_owned()
}

/// The feed's entry of a memo.
fn entry(folder: &Folder, number: &str) -> String {
    let feed = folder.read("output/feed.xml");
    let entry = feed.split("<entry>").find(|entry| entry.contains(&format!("<title>CC/ROV #{number}:")));
    entry.unwrap().to_owned()
}

#[test]
fn what_was_superseded_by_a_memo_that_was_withdrawn_is_in_force_again_everywhere() {
    let (first, second) = (step("2021-07-15"), format!("supersedes: 21301\n{}", step("2021-07-22")));
    let folder = folder(&[("21301", 1, &first), ("21302", 8, &second)]);
    done(&folder, &["issue", "21301", "21302"]);
    done(&folder, &["build"]);
    let calendar = |day: &str| folder.read("output/calendar/2021.html").contains(day);
    let list = || folder.read("output/memos/2021/march/index.html");
    assert!(calendar("July 22, 2021") && !calendar("July 15, 2021"));
    assert!(!list().contains("withdrawn") && data(&folder, "21301")["in_force"] == false);
    assert_eq!(last_changed(&folder, "21301"), "2021-03-08", "it was superseded on that day");

    done(&folder, &["withdraw", "21302", "--why", "The court stayed it.", "--date", "2021-03-12"]);
    assert_eq!(folder.run(&["build", "--check"]).status, 0, "the command brought everything up to date");
    assert!(
        page(&folder, "21301").contains("Ballots: 21302</a>, which was withdrawn on March 12, 2021</li>")
    );
    assert!(page(&folder, "21302").contains("Withdrawn March 12, 2021: The court stayed it."));
    assert!(list().contains("CC/ROV #21302</a>, which was withdrawn</span>"), "{}", list());
    assert!(list().contains("Withdrawn March 12, 2021</span>"), "{}", list());
    assert!(calendar("July 15, 2021") && !calendar("July 22, 2021"));
    let (one, other) = (data(&folder, "21301"), data(&folder, "21302"));
    assert_eq!((&one["in_force"], &other["in_force"]), (&true.into(), &false.into()));
    assert_eq!((&one["withdrawn"], &other["withdrawn"]), (&serde_json::Value::Null, &"2021-03-12".into()));
    for number in ["21301", "21302"] {
        assert_eq!(last_changed(&folder, number), "2021-03-12");
        // Noon of Greenwich is the same day all over the country.
        assert!(entry(&folder, number).contains("<updated>2021-03-12T12:00:00Z</updated>"));
    }
    let entry = entry(&folder, "21301");
    assert!(entry.contains("<published>2021-03-01T12:00:00Z</published>"), "{entry}");
    assert!(entry.contains("Superseded by CC/ROV #21302, which was withdrawn."), "{entry}");
}

#[test]
fn an_update_that_was_withdrawn_says_so_on_the_pages_before_and_after_it() {
    let folder =
        folder(&[("21301", 1, ""), ("21302", 2, "updates: 21301\n"), ("21303", 3, "updates: 21302\n")]);
    done(&folder, &["issue", "21301", "21302", "21303"]);
    done(&folder, &["build"]);
    done(&folder, &["withdraw", "21302", "--why", "It was sent by mistake.", "--date", "2021-03-04"]);
    assert!(page(&folder, "21301").contains("<li>Updated by "));
    for number in ["21301", "21303"] {
        assert!(
            page(&folder, number).contains("Ballots: 21302</a>, which was withdrawn on March 4, 2021</li>")
        );
    }
    assert_eq!(folder.run(&["build", "--check"]).status, 0, "the command brought everything up to date");
}

#[test]
fn an_older_schedule_does_not_come_back_because_the_newest_is_superseded_by_a_text() {
    let release = "release: votecal-2021-2\nknows: 0\nattachments: schedule\n";
    let folder = folder(&[("21301", 1, release), ("21302", 2, release), ("21303", 3, "supersedes: 21302\n")]);
    folder.edit("memos/2021/21144.yaml", "status: issued", "status: draft");
    done(&folder, &["issue", "21301", "21302", "21303"]);
    done(&folder, &["build"]);
    assert!(!folder.has("output/calendar/2021.html"), "no schedule is in force");
    let states = ["21301", "21302", "21303"].map(|number| data(&folder, number)["in_force"] == true);
    assert_eq!(states, [true, false, true]);
}

#[test]
fn memos_that_change_each_other_are_an_error_at_the_earlier_one() {
    let folder = folder(&[("21301", 1, "supersedes: 21303\n"), ("21302", 2, "updates: 21301\n")]);
    folder.file("memos/2021/21303.yaml", folder.read("memos/2021/21302.yaml").replace("21302", "21303"));
    folder.edit("memos/2021/21303.yaml", "updates: 21301", "corrects: 21302");
    let run = folder.run(&["check"]);
    assert_eq!((run.status, run.faults.matches("error[").count()), (1, 1), "{}", run.faults);
    for said in [
        "[relation-cycle]: memo 21301 supersedes memo 21303, which leads back to it",
        "memo 21303 corrects memo 21302",
        "memo 21302 updates memo 21301",
        "take the other one out of 21301",
    ] {
        assert!(run.faults.contains(said), "{said}: {}", run.faults);
    }
    // Nobody is to follow one that was withdrawn, so it closes no circle.
    folder.edit("memos/2021/21301.yaml", "status: approved", "status: withdrawn\nwhy: x");
    let run = folder.run(&["check"]);
    assert_eq!((run.status, run.faults.as_str()), (0, ""));
}

#[test]
fn a_memo_that_changes_a_later_one_is_asked_about() {
    let folder = folder(&[("21301", 1, "supersedes: 21302\n"), ("21302", 2, "")]);
    let run = folder.run(&["check"]);
    assert_eq!(run.status, 0, "{}", run.faults);
    assert!(
        run.faults
            .contains("warning[backward-relation]: memo 21301 of March 1, 2021 supersedes a later memo"),
        "{}",
        run.faults
    );
    folder.edit("memos/2021/21301.yaml", "body:", "accepts: {backward-relation: it was held back}\nbody:");
    assert_eq!(folder.run(&["check"]).faults, "");
}

/// What a memo of March 2026 says of others; one whose name begins with `w` was withdrawn.
fn said<'a>(id: &'a str, says: &[(Relation, &'a str)]) -> Statement<'a> {
    let day = date::read(&format!("2026-03-{}", &id[1..])).unwrap();
    Statement { id, day, withdrawn: id.starts_with('w'), relations: says.to_vec() }
}

#[test]
fn what_a_withdrawn_memo_said_of_others_holds_no_more() {
    use Relation::{Supersedes, Updates};
    let memos = [
        said("a01", &[]),
        said("w02", &[(Supersedes, "a01")]),
        said("a03", &[(Updates, "a01"), (Supersedes, "w02")]),
        said("a04", &[(Supersedes, "a03")]),
        said("a05", &[(Supersedes, "a04")]),
    ];
    let found = InForce::of(&memos);
    let in_force: Vec<_> = memos.iter().map(|memo| found.is_in_force(memo.id)).collect();
    assert_eq!(in_force, [true, false, false, false, true]);
    let told: Vec<_> = found.later("a01").iter().map(|later| (later.id, later.withdrawn)).collect();
    assert_eq!(told, [("w02", true), ("a03", false)]);
}

#[test]
fn of_memos_that_lead_back_to_each_other_the_later_one_is_right() {
    use Relation::{Supersedes, Updates};
    let memos = [
        said("a01", &[(Supersedes, "a03")]),
        said("a02", &[(Supersedes, "a01")]),
        said("a03", &[(Updates, "a02"), (Supersedes, "a04")]),
        said("a04", &[]),
    ];
    let found = InForce::of(&memos);
    let in_force: Vec<_> = memos.iter().map(|memo| found.is_in_force(memo.id)).collect();
    assert_eq!(in_force, [false, true, true, false]);
    let circles = Circles::of(&memos);
    assert!(circles.joining("a01", "a03").is_some() && circles.joining("a03", "a04").is_none());
}
