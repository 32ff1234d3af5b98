//! Comments on a memo: each stands at its passage, two hands lose none, and none is published.

use crate::common::{
    Folder, files,
    served::{Answer, Served},
};

const MEMO: &str = "memos/2026/26002.yaml";
const REVIEW: &str = "memos/2026/26002.review";

fn say(desk: &Served, fields: &[(&str, &str)]) -> Answer {
    desk.post("/memo/26002/comments", fields)
}

/// Presses a button of a comment, with what stands in its answer.
fn press(desk: &Served, what: &str, id: &str, answer: &str) -> Answer {
    say(desk, &[("do", &format!("{what} {id}")), (&format!("answer:{id}"), answer)])
}

/// Adds a comment; its id.
fn add(desk: &Served, on: &str, quote: &str, text: &str) -> String {
    let added = say(desk, &[("do", "add"), ("on", on), ("quote", quote), ("text", text)]);
    assert_eq!(added.status, 303, "{}", added.text());
    let folder = desk.get("/memo/26002/review").text();
    let (before, _) = folder.split_once(&format!("<p class=\"said\">{text}</p>")).unwrap();
    before.rsplit("id=\"c-").next().unwrap()[..8].to_owned()
}

#[test]
fn a_comment_stands_at_its_passage_until_somebody_resolves_it() {
    let folder = Folder::sample();
    let desk = Served::desk(folder.path());
    let id = add(&desk, "body", "your  connection", "Which one?");
    let page = desk.get("/memo/26002").text();
    let (_, beside) = page.split_once("name=\"now:body\"").unwrap();
    assert!(beside.contains("on <q>your  connection</q>") && beside.contains("Which one?"), "{page}");
    // A passage may be copied from the page, where facts are printed and quotes are typographic.
    add(&desk, "body", "Tuesday, November 3, 2026", "Say the time, too.");
    add(&desk, "", "", "Who signs it?");
    let review = || desk.get("/memo/26002/review").text();
    assert!(!review().contains("was at:"), "{}", review());
    folder.edit(MEMO, "your connection", "your network");
    assert!(review().contains("was at: <q>your  connection</q>"), "{}", review());
    assert_eq!(review().matches("was at:").count(), 1);
    // They are counted where somebody looks before an issue.
    desk.wait_for("/", |home| home.contains("3 open comments"));
    assert!(folder.run(&["status"]).results.contains("3 open comments"));
    let issue = desk.get("/issue?memo=26002&anyway=It+is+urgent").text();
    assert!(issue.contains("It has 3 open comments."), "{issue}");
    let dry = folder.run(&["issue", "26002", "--anyway", "It is urgent", "--dry-run"]);
    assert!(dry.results.contains("26002 has 3 open comments."), "{}", dry.results);
    // An answer and its end at once.
    assert_eq!(press(&desk, "answer", &id, "The VPN.").status, 303);
    assert_eq!(press(&desk, "resolve", &id, "Done.").status, 303);
    assert!(review().contains("1 resolved") && review().contains("The VPN.") && review().contains("Done."));
    assert!(!desk.get("/memo/26002").text().contains("Which one?"));
    assert_eq!(press(&desk, "reopen", &id, "").status, 303);
    assert!(desk.get("/memo/26002").text().contains("Which one?"));
    // What is typed is kept before it is sent, and no longer than that.
    let page = "/memo/26002/review";
    assert_eq!(desk.post("/typed", &[("page", page), ("text", "half a")]).status, 200);
    assert!(review().contains("You typed here") && review().contains("half a"), "{}", review());
    add(&desk, "to", "", "half a comment");
    assert!(!review().contains("You typed here"));
    // What was said stays in the form that is refused.
    let blank = say(&desk, &[("do", "add"), ("on", "body"), ("quote", "the hours"), ("text", " ")]).text();
    assert!(blank.contains("The comment is blank.") && blank.contains("value=\"the hours\""), "{blank}");
    let gone = press(&desk, "answer", "0000", "Yes.").text();
    assert!(gone.contains("This comment is not there any more.") && gone.contains("Yes."), "{gone}");
    assert!(say(&desk, &[("do", "add"), ("on", "bdy"), ("text", "x")]).text().contains("There is no key"));
    // Nothing of it is published.
    assert_eq!(folder.run(&["issue", "26002", "--anyway", "It is urgent"]).status, 0);
    for name in files(folder.path()).iter().filter(|name| name.starts_with("output/")) {
        assert!(!String::from_utf8_lossy(&folder.bytes(name)).contains("Which one?"), "{name}");
    }
    // The memo is locked; its comments can still be answered.
    assert_eq!(press(&desk, "resolve", &id, "").status, 303);
    assert_eq!(folder.run(&["check"]).status, 0);
    desk.end();
}

#[test]
fn comments_cannot_be_attached() {
    let folder = Folder::sample();
    let desk = Served::desk(folder.path());
    add(&desk, "", "", "Not for counties.");
    for name in ["26002.review", "26002.Review"] {
        folder.file("memos/2026/26002.Review", folder.read(REVIEW));
        let before = folder.read(MEMO);
        folder.edit(MEMO, "body: |", &format!("attachments: [{{title: A, file: {name}}}]\nbody: |"));
        let run = folder.run(&["build", "26002"]);
        assert!(run.status == 1 && run.faults.contains("is never published"), "{}", run.faults);
        std::fs::write(folder.path().join(MEMO), before).unwrap();
    }
    desk.end();
}

#[test]
fn two_hands_lose_no_comment() {
    let folder = Folder::sample();
    let desks = [Served::desk(folder.path()), Served::desk(folder.path())];
    let id = add(&desks[0], "subject", "", "Shorter?");
    std::thread::scope(|scope| {
        for (nth, desk) in desks.iter().enumerate() {
            let id = &id;
            scope.spawn(move || {
                // Where both write at once too often, the form comes back with what was typed, to be sent again.
                let sent = |fields: &[(&str, &str)], text: &str| {
                    let done = (0..50).any(|_| {
                        let answer = say(desk, fields);
                        assert!(answer.status == 303 || answer.text().contains(text), "{}", answer.text());
                        answer.status == 303
                    });
                    assert!(done, "{text}");
                };
                for count in 0..8 {
                    let text = format!("No {nth}-{count}.");
                    let (what, field) = (format!("answer {id}"), format!("answer:{id}"));
                    sent(&[("do", &what), (&field, &text)], &text);
                    sent(&[("do", "add"), ("on", "to"), ("text", &text)], &text);
                }
            });
        }
    });
    let page = desks[0].get("/memo/26002/review").text();
    for nth in 0..2 {
        for count in 0..8 {
            assert_eq!(page.matches(&format!(">No {nth}-{count}.</p>")).count(), 2, "{nth}-{count}: {page}");
        }
    }
    desks.into_iter().for_each(|desk| drop(desk.end()));
}

#[test]
fn second_copies_of_comments_become_one() {
    let folder = Folder::sample();
    let desk = Served::desk(folder.path());
    let id = add(&desk, "subject", "", "Shorter?");
    let before = folder.read(REVIEW);
    assert_eq!(press(&desk, "answer", &id, "At another machine.").status, 303);
    add(&desk, "to", "", "Of another machine.");
    let copy = "memos/2026/26002-SOS-PC-114.review";
    folder.file(copy, folder.read(REVIEW));
    std::fs::write(folder.path().join(REVIEW), before).unwrap();
    assert_eq!(press(&desk, "resolve", &id, "Here.").status, 303);
    assert!(
        folder.run(&["check"]).faults.contains("26002-SOS-PC-114.review is a second copy of 26002.review")
    );
    let page = desk.get("/copies").text();
    assert!(page.contains("Keep all comments of both") && !page.contains("Keep 26002.review"), "{page}");
    let seen = page.split("name=\"seen\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    assert_eq!(desk.post("/copies", &[("path", copy), ("seen", seen), ("keep", "original")]).status, 303);
    let review = desk.get("/memo/26002/review").text();
    for said in ["Shorter?", "At another machine.", "Here.", "Of another machine."] {
        assert_eq!(review.matches(&format!(">{said}</p>")).count(), 1, "{said}: {review}");
    }
    assert!(!review.contains("resolved</summary>"), "one that is open in either is open");
    assert!(!folder.has(copy));
    desk.end();
}

#[test]
fn a_reason_to_go_back_is_a_comment_and_comments_go_with_the_memo() {
    let folder = Folder::sample();
    let desk = Served::desk(folder.path());
    let back = desk.post("/memo/26002/review", &[("do", "back"), ("why", "the hours are wrong")]);
    assert_eq!(back.status, 303);
    assert!(desk.get("/memo/26002").text().contains("the hours are wrong"));
    let kept = folder.read(REVIEW);
    // A deleted draft comes back with what was said of it.
    assert_eq!(desk.post("/memo/26002/delete", &[]).status, 303);
    assert!(!folder.has(REVIEW) && !folder.has(MEMO));
    let history = desk.get("/history/memo/26002").text();
    let (place, digest) = {
        let value = |name: &str| {
            let (_, rest) = history.split_once(&format!("name=\"{name}\" value=\"")).unwrap();
            rest.split('"').next().unwrap().to_owned()
        };
        (value("place"), value("digest"))
    };
    let brought = desk.post("/history/memo/26002", &[("place", &place), ("digest", &digest)]);
    assert_eq!(brought.status, 303, "{}", brought.text());
    assert_eq!(folder.read(REVIEW), kept);
    // What cannot be read is told, counted, and not written over.
    std::fs::write(folder.path().join(REVIEW), "comments: {").unwrap();
    let page = desk.get("/memo/26002/review").text();
    assert!(page.contains("26002.review cannot be read"), "{page}");
    assert!(folder.run(&["status"]).results.contains("comments that cannot be read"));
    let refused = say(&desk, &[("do", "add"), ("text", "Lost?")]).text();
    assert!(refused.contains("cannot be read"), "{refused}");
    assert_eq!(folder.read(REVIEW), "comments: {");
    desk.end();
}

#[test]
fn what_is_typed_to_other_comments_is_kept_when_one_is_answered() {
    let folder = Folder::sample();
    let desk = Served::desk(folder.path());
    let [one, two] = ["One?", "Two?"].map(|text| add(&desk, "body", "", text));
    let fields = [
        ("do", format!("resolve {one}")),
        (&*format!("answer:{one}"), "Yes.".to_owned()),
        (&*format!("answer:{two}"), "Not sent yet.".to_owned()),
        ("text", "Nor this.".to_owned()),
    ];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, text)| (*name, text.as_str())).collect();
    assert_eq!(say(&desk, &fields).status, 303);
    let page = desk.get("/memo/26002/review").text();
    let (_, kept) = page.split_once("id=\"kept\" data-kept=\"").unwrap_or_else(|| panic!("{page}"));
    let kept = kept.split_once("\">").unwrap().0;
    assert!(kept.contains("Not sent yet.") && kept.contains("Nor this.") && !kept.contains("Yes."), "{kept}");
    assert!(page.contains("You typed here on ") && page.contains("1 resolved"), "{page}");
    // The last of it is taken, and nothing is offered any more.
    let field = format!("answer:{two}");
    assert_eq!(say(&desk, &[("do", &format!("answer {two}")), (&field, "Not sent yet.")]).status, 303);
    assert!(!desk.get("/memo/26002/review").text().contains("You typed here on "));
    assert!(!folder.read(MEMO).contains("Not sent yet."));
}
