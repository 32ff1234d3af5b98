//! What was approved is what is issued: an approval holds as long as the memo would be printed as it was.

use crate::common::{Folder, served::Served};

const MEMO: &str = "memos/2026/26002.yaml";

fn approve(folder: &Folder) {
    let run =
        folder.run(&["approve", "26002", "--by", "ana-ruiz", "--how", "by e-mail", "--date", "2026-02-27"]);
    assert_eq!(
        (run.status, run.results.as_str()),
        (0, "26002 is approved by ana-ruiz, by e-mail.\n"),
        "{}",
        run.faults
    );
}

/// What `ccrov status` says of the memo.
fn row(folder: &Folder) -> String {
    let status = folder.run(&["status"]).results;
    status.lines().find(|line| line.starts_with("26002")).unwrap().to_owned()
}

fn is_dropped(folder: &Folder) -> bool {
    row(folder).contains("approve it again (changed)")
}

#[test]
fn an_approval_holds_until_the_memo_would_be_printed_otherwise() {
    let folder = Folder::sample();
    approve(&folder);
    let approved = folder.read(MEMO);
    assert!(
        approved.contains("status: approved\n") && approved.contains("memo_date: 2026-03-02"),
        "{approved}"
    );
    assert!(row(&folder).contains("issue it"), "{}", row(&folder));
    // Neither the number nor the date, nor what nobody sees of the file, is a change.
    for (from, to) in [
        ("number: 26002\n", ""),
        ("date: March 2, 2026", "date: March 9, 2026"),
        ("status:", "# Read twice.\nstatus:"),
    ] {
        folder.edit(MEMO, from, to);
        assert!(!is_dropped(&folder), "{to}: {}", row(&folder));
    }
    std::fs::write(folder.path().join(MEMO), &approved).unwrap();
    // The text is; and so is a fact that it takes from the office.
    for (file, from, to) in [
        (MEMO, "your connection", "your network"),
        (MEMO, "to: All County", "to: All Country"),
        ("memos/office.yaml", "(916) 555-0100", "(916) 555-0199"),
    ] {
        let before = folder.read(file);
        folder.edit(file, from, to);
        assert!(is_dropped(&folder), "{to}: {}", row(&folder));
        let refused = folder.run(&["issue", "26002"]);
        assert_eq!(refused.status, 1);
        assert!(
            refused.faults.contains("26002 has changed since it was approved, and is not issued"),
            "{}",
            refused.faults
        );
        std::fs::write(folder.path().join(file), before).unwrap();
        assert!(!is_dropped(&folder));
    }
    // Approved anew, or for a reason that is kept, it is issued.
    folder.edit(MEMO, "your connection", "your network");
    approve(&folder);
    assert_eq!(folder.run(&["issue", "26002"]).status, 0);
    assert!(
        folder
            .read(MEMO)
            .contains("approval: {by: ana-ruiz, date: 2026-02-27, how: by e-mail, memo_date: 2026-03-02")
    );
    assert_eq!(folder.run(&["check"]).faults, "");
}

/// The page that shows what changed, as text: `+[...]` came, `-[...]` went.
fn changes(desk: &Served, with: &str) -> String {
    let page = desk.get(&format!("/memo/26002/changes{with}")).text();
    let (_, page) = page.split_once("<h1>").unwrap();
    let unseen =
        |page: &str, word: &str| page.replace(&format!("<span class=\"unseen\">[{word}: </span>"), "[");
    let page = unseen(&unseen(page, "inserted"), "deleted").replace("<span class=\"unseen\">]</span>", "]");
    page.replace("<ins>", "+").replace("<del>", "-").replace("</ins>", "").replace("</del>", "")
}

#[test]
fn what_changed_since_somebody_read_it_is_shown_in_words_and_cells() {
    let folder = Folder::sample();
    folder.edit(
        MEMO,
        "body: |",
        "body: |\n  | Hours | For |\n  | --- | --- |\n  | 7 to 8 | All |\n  | 9 to 5 | Some |\n",
    );
    let desk = Served::desk(folder.path());
    assert!(changes(&desk, "").contains("Nothing is there yet"));
    let go = |fields: &[(&str, &str)]| assert_eq!(desk.post("/memo/26002/review", fields).status, 303);
    go(&[("do", "approve"), ("by", "ana-ruiz"), ("how", "by e-mail"), ("day", "February 20, 2026")]);
    folder.edit(MEMO, "9 to 5", "9 to 6");
    go(&[("do", "back"), ("why", "the hours are wrong")]);
    go(&[("do", "send"), ("to", "ana-ruiz"), ("day", "February 26, 2026")]);
    folder.edit(MEMO, "your connection", "[your network](https://example.gov)");
    let approved = changes(&desk, "?with=approved");
    assert!(approved.contains("Changed since what Ana Ruiz approved on February 20, 2026"), "{approved}");
    assert!(approved.contains("<td>9 to -[5]+[6]</td>"), "{approved}");
    // What was sent had the new hours, and a link is told by where it leads.
    let sent = changes(&desk, "?with=sent");
    assert!(!sent.contains("9 to"), "{sent}");
    assert!(sent.contains("+[your network]") && sent.contains("(a link to https://example.gov)"), "{sent}");
    assert!(sent.contains("as before"), "{sent}");
    // It is kept beside the memo, under its new name when it is issued, and is no part of what is published.
    assert!(folder.read("memos/2026/26002.review").contains("who: ana-ruiz"));
    assert!(changes(&desk, "?with=26009").contains("What was asked for is not there."));
    desk.end();
}

#[test]
fn what_is_kept_of_a_review_goes_with_the_memo() {
    let folder = Folder::sample();
    let review = |name: &str| format!("memos/2026/{name}.review");
    assert_eq!(folder.run(&["new", "drill", "--from", "26002", "--date", "2026-05-04"]).status, 0);
    assert!(!folder.has(&review("drill")));
    let approve = ["approve", "drill", "--by", "ana-ruiz", "--how", "on paper"];
    assert_eq!(folder.run(&approve).status, 0);
    let kept = folder.read(&review("drill"));
    let issued = folder.run(&["issue", "drill"]);
    assert_eq!(issued.status, 0, "{}", issued.faults);
    let id = issued.results["Issued: ".len()..][..5].to_owned();
    assert!(!folder.has(&review("drill")) && folder.read(&review(&id)) == kept);
    assert!(!folder.read(&format!("memos/2026/{id}.lock")).contains(".review"));
    // What cannot be read is not written over.
    let broken = format!("{kept}and: more\n");
    std::fs::write(folder.path().join(review("26002")), &broken).unwrap();
    let refused = folder.run(&["approve", "26002", "--by", "ana-ruiz", "--how", "on paper"]);
    assert!(
        refused.status == 1 && refused.faults.contains("26002.review cannot be read"),
        "{}",
        refused.faults
    );
    assert_eq!(folder.read(&review("26002")), broken);
    assert!(folder.read(MEMO).contains("status: draft"));
}

#[test]
fn a_later_date_that_changes_more_than_the_date_is_shown_before_the_issue() {
    let folder = Folder::sample();
    let memo = "memos/2026/26001.yaml";
    let run = folder.run(&["approve", "26001", "--by", "ana-ruiz", "--how", "on paper"]);
    assert_eq!(run.status, 0, "{}", run.faults);
    assert!(!folder.run(&["issue", "26001", "--dry-run"]).results.contains("since it was approved"));
    folder.edit(memo, "date: February 2, 2026", "date: April 20, 2026");
    let issue = folder.run(&["issue", "26001", "--dry-run"]);
    assert!(
        issue.results.contains("Its date changes 26001 since it was approved:\n"),
        "{}{}",
        issue.results,
        issue.faults
    );
    assert!(!issue.results.contains("“February 2, 2026” to “April 20, 2026”"), "{}", issue.results);
}

#[test]
fn what_cannot_be_approved_says_why() {
    let folder = Folder::sample();
    let said = |arguments: &[&str], words: &str| {
        let run = folder.run(arguments);
        assert!(run.status != 0 && run.faults.contains(words), "{}", run.faults);
    };
    said(&["approve", "26002", "--by", "ana", "--how", "by e-mail"], "there is no person `ana`");
    said(&["approve", "26009", "--by", "ana-ruiz", "--how", "by e-mail"], "there is no memo `26009`");
    said(&["approve", "26002", "--by", "ana-ruiz", "--how", " "], "how it was approved is blank");
    folder.edit(MEMO, "contact.phone", "contact.fone");
    said(&["approve", "26002", "--by", "ana-ruiz", "--how", "by e-mail"], "contact.fone");
    assert!(folder.read(MEMO).contains("status: draft"));
}

#[test]
fn the_desk_sends_records_and_takes_back() {
    let [folder, by_hand] = [Folder::sample(), Folder::sample()];
    let desk = Served::desk(folder.path());
    let go = |fields: &[(&str, &str)]| desk.post("/memo/26002/review", fields);
    assert_eq!(go(&[("do", "send"), ("to", "ana-ruiz"), ("day", "February 26, 2026")]).status, 303);
    assert!(desk.get("/").text().contains("with Ana Ruiz since February 26, 2026"));
    assert!(folder.read(MEMO).contains("review: {with: ana-ruiz, since: 2026-02-26}"));
    let wrong =
        go(&[("do", "approve"), ("by", "ana-ruiz"), ("how", ""), ("day", "February 27, 2026")]).text();
    assert!(wrong.contains("How it was approved is blank"), "{wrong}");
    assert_eq!(
        go(&[("do", "approve"), ("by", "ana-ruiz"), ("how", "by e-mail"), ("day", "February 27, 2026")])
            .status,
        303
    );
    approve(&by_hand);
    assert_eq!(folder.read(MEMO), by_hand.read(MEMO));
    assert!(desk.get("/memo/26002").text().contains("Approved by Ana Ruiz on February 27, 2026, by e-mail."));
    folder.edit(MEMO, "your connection", "your network");
    desk.wait_for("/", |home| home.contains("approve it again"));
    assert!(desk.get("/issue?memo=26002").text().contains("It has changed since it was approved."));
    assert_eq!(go(&[("do", "back"), ("why", "the hours are wrong")]).status, 303);
    let draft = folder.read(MEMO);
    assert!(draft.contains("status: draft\n") && !draft.contains("approval"), "{draft}");
    assert!(desk.get("/history/memo/26002").text().contains("back to draft, because the hours are wrong"));
    desk.end();
}

#[test]
fn who_reads_and_who_approved_go_with_the_status_that_says_so() {
    let folder = Folder::sample();
    let keys = |folder: &Folder| {
        let text = folder.read(MEMO);
        ["review:", "approval:"].map(|key| text.lines().any(|line| line.starts_with(key)))
    };
    let reader = "status: review\nreview: {with: ana-ruiz, since: 2026-02-26}";
    folder.edit(MEMO, "status: draft", reader);
    assert_eq!(folder.run(&["set", "26002", "status", "draft"]).status, 0);
    assert_eq!(keys(&folder), [false, false]);
    // An approval ends a review; back to a draft by whatever way, it is no approval any more.
    folder.edit(MEMO, "status: draft", reader);
    approve(&folder);
    assert_eq!(keys(&folder), [false, true]);
    for status in ["review", "draft"] {
        folder.run(&["set", "26002", "status", status]);
        assert_eq!(keys(&folder), [false, false], "{status}");
    }
    // Issued for a reason, nobody reads it any more; withdrawn from issue, what was approved stays approved.
    folder.edit(MEMO, "status: draft", reader);
    assert_eq!(folder.run(&["issue", "26002", "--anyway", "It is urgent."]).status, 0);
    assert_eq!(keys(&folder), [false, false]);
    assert_eq!(folder.run(&["issue", "26002", "--undo"]).status, 0);
    assert!(folder.read(MEMO).contains("status: draft\n"), "{}", folder.read(MEMO));
    approve(&folder);
    assert_eq!(folder.run(&["issue", "26002"]).status, 0);
    assert_eq!(folder.run(&["issue", "26002", "--undo"]).status, 0);
    assert_eq!(keys(&folder), [false, true]);
    assert!(row(&folder).contains("issue it"), "{}", row(&folder));
    assert_eq!(folder.run(&["check"]).faults, "");
}

#[test]
fn an_approval_does_not_hold_for_another_attached_file() {
    let folder = Folder::sample();
    folder.file("memos/2026/dates.csv", "Last day,10/4/2026\n");
    folder.file(MEMO, folder.read(MEMO) + "attachments: [{title: Dates, file: dates.csv}]\n");
    approve(&folder);
    assert!(!is_dropped(&folder));
    // As long as before, so nothing that is printed of it tells it.
    folder.file("memos/2026/dates.csv", "Last day,10/9/2026\n");
    assert!(is_dropped(&folder));
    assert_eq!(folder.run(&["issue", "26002"]).status, 1);
}

#[test]
fn a_step_of_the_review_is_for_the_memo_that_was_shown() {
    let folder = Folder::sample();
    let desk = Served::desk(folder.path());
    let mark = |page: &str| {
        page.split_once("name=\"mark\" value=\"").unwrap().1.split('"').next().unwrap().to_owned()
    };
    let shown = mark(&desk.get("/memo/26002/review").text());
    let approve = |mark: &str, day: &str| {
        let fields =
            [("do", "approve"), ("by", "ana-ruiz"), ("how", "by e-mail"), ("day", day), ("mark", mark)];
        desk.post("/memo/26002/review", &fields)
    };
    // A colleague edits the text, or a fact that the text takes.
    for (file, from, to) in
        [(MEMO, "your connection", "your network"), ("memos/office.yaml", "555-0100", "555-0199")]
    {
        folder.edit(file, from, to);
        let stale = approve(&shown, "February 27, 2026");
        assert!(stale.status == 409 && stale.text().contains("has changed since you opened this page"));
        folder.edit(file, to, from);
    }
    assert!(approve(&shown, "January 1, 2226").text().contains("That day has not come yet."));
    assert!(approve(&shown, "").text().contains("The day is no date."));
    assert!(folder.read(MEMO).contains("status: draft"));
    assert_eq!(approve(&shown, "February 27, 2026").status, 303);
    assert!(desk.get("/memo/26002/review").text().contains("Its approval ends with that."));
    let nobody = desk.post("/memo/26002/review", &[("do", "send"), ("to", ""), ("day", "February 27, 2026")]);
    assert!(nobody.text().contains("Nobody is named"), "{}", nobody.text());
}
