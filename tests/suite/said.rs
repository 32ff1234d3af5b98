//! Faults on the desk: in the words of the form, with a button for the name that is offered, and the way into the file.

use crate::common::{Folder, served::Served};

const MEMO: &str = "memos/2026/26002.yaml";

/// What the page of the memo says of its faults.
fn faults(page: &str) -> Vec<String> {
    let parts = page.split("<p class=\"fault\">").skip(1).chain(page.split("<p class=\"warning\">").skip(1));
    parts
        .filter_map(|part| Some(part.split_once("</p>")?.0.to_owned()))
        .filter(|part| part.starts_with("<strong>"))
        .collect()
}

#[test]
fn a_button_takes_the_name_that_is_offered() {
    let folder = Folder::sample();
    let memo = folder.read(MEMO).replace("from: ana-ruiz", "from: ana-riuz");
    assert!(memo.contains("ana-riuz"), "{memo}");
    folder.file(MEMO, &memo);
    let desk = Served::desk(folder.path());
    let page = desk.get("/memo/26002").text();
    let button = "name=\"do\" value=\"take from ana-riuz\tana-ruiz\">Use “Ana Ruiz”</button>";
    assert!(page.contains(button), "{:#?}", faults(&page));
    let taken = desk.post(
        "/memo/26002",
        &[
            ("list", "from"),
            ("wasitem:from", "ana-riuz"),
            ("item:from", "ana-riuz"),
            ("do", "take from ana-riuz\tana-ruiz"),
        ],
    );
    assert_eq!(taken.status, 303, "{}", taken.text());
    assert_eq!(folder.read(MEMO), memo.replace("ana-riuz", "ana-ruiz"));

    // In the text: a name in braces.
    let memo = folder.read(MEMO).replace("contact.phone", "contact.phoen");
    assert!(memo.contains("contact.phoen"), "{memo}");
    folder.file(MEMO, &memo);
    let page = desk.get("/memo/26002").text();
    assert!(page.contains("value=\"take body phoen\tphone\">Use “phone”</button>"), "{:#?}", faults(&page));
    let body = page.split_once("name=\"was:body\" hidden>\n").unwrap().1.split("</textarea>").next().unwrap();
    let taken =
        desk.post("/memo/26002", &[("was:body", body), ("now:body", body), ("do", "take body phoen\tphone")]);
    assert_eq!(taken.status, 303, "{}", taken.text());
    assert_eq!(folder.read(MEMO), memo.replace("contact.phoen", "contact.phone"));
}

#[test]
fn faults_speak_of_fields_and_lead_into_the_file_where_no_field_helps() {
    let folder = Folder::sample();
    let memo = folder.read(MEMO);
    let desk = Served::desk(folder.path());
    let shown = |text: String| {
        folder.file(MEMO, text);
        faults(&desk.get("/memo/26002").text())
    };
    let without = |key: &str| {
        memo.lines()
            .filter(|line| !line.starts_with(&format!("{key}:")))
            .map(|line| format!("{line}\n"))
            .collect::<String>()
    };
    assert!(shown(without("subject")).iter().any(|fault| fault.contains("“Subject (RE)” is needed.")));
    let unknown = shown(format!("{memo}subjct: Hours\n"));
    let link = format!("/file/memo/26002?line={}", memo.lines().count() + 1);
    assert!(
        unknown.iter().any(|fault| fault.contains("No field is called “subjct”.") && fault.contains(&link)),
        "{unknown:#?}"
    );
    let file = desk.get(&link).text();
    assert!(file.contains("<code>subjct: Hours</code>") && file.contains("data-line="), "{file}");
    // No words of the file stand at a field.
    for text in [
        without("from"),
        memo.replace("from: ana-ruiz", "from: nobody-known"),
        format!("{memo}knows: 2\n"),
        format!("{memo}attachments: schedule\n"),
        format!("{memo}deadlines: [{{what: Send}}]\n"),
    ] {
        for fault in shown(text) {
            let said = fault.split("<a ").next().unwrap();
            assert!(
                !said.contains('`')
                    && !said.contains("a line")
                    && !said.contains(": ...")
                    && !said.contains(" key"),
                "{fault}"
            );
        }
    }
}

#[test]
fn what_follows_from_a_fact_of_the_office_is_told_before_it_is_saved() {
    let folder = Folder::sample();
    let desk = Served::desk(folder.path());
    let told = |typed: &str| {
        let fields =
            [("was:contacts.help-desk.phone", "(916) 555-0100"), ("now:contacts.help-desk.phone", typed)];
        desk.post("/office/follows", &fields).text()
    };
    assert!(
        told("(916) 555-0199").contains("1 draft changes if you save this: 26002.</p>"),
        "{}",
        told("(916) 555-0199")
    );
    assert!(told("(916) 555-0100").contains("<p id=\"summary\" class=\"quiet\"></p>"));
    let run = folder.run(&["issue", "26002", "--anyway", "It is urgent."]);
    assert_eq!(run.status, 0, "{}", run.faults);
    let kept = "No draft changes if you save this. 1 issued memo keeps what it says.";
    desk.wait_for("/", |home| !home.contains(">26002</a></td>"));
    assert!(told("(916) 555-0199").contains(kept), "{}", told("(916) 555-0199"));
    // Nothing was saved.
    assert!(folder.read("memos/office.yaml").contains("(916) 555-0100"));
}

#[test]
fn which_plan_of_its_release_a_memo_tells_is_chosen_by_the_day_on_which_counties_were_told() {
    let folder = Folder::with_sources_of(crate::common::shipped());
    let desk = Served::desk(folder.path());
    folder.run(&["new", "again", "--from", "24904"]);
    let page = desk.wait_for("/memo/again", |page| page.contains("now:knows"));
    let (_, options) = page.split_once("name=\"now:knows\"").unwrap();
    let options = options.split_once("</select>").unwrap().0;
    assert!(options.contains("<option value=\"0\">none of them: the first plan</option>"), "{options}");
    assert!(options.contains("<option value=\"1\" selected>as of July 9, 2024</option>"), "{options}");
    assert!(!options.contains("proposed"), "{options}");
    let saved = desk.post("/memo/again", &[("was:knows", "1"), ("now:knows", "0")]);
    assert_eq!(saved.status, 303, "{}", saved.text());
    let file = crate::common::files(folder.path()).into_iter().find(|name| name.ends_with("/again.yaml"));
    assert!(folder.read(&file.unwrap()).contains("knows: 0"));
}
