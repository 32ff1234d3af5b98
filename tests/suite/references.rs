//! Memos that a text names are links to their pages, in HTML and PDF; what names none is a warning or stays text.

use ccrov::prose;

use crate::common::{Folder, pdf::Pdf, printed::string};

const MEMO: &str = "\
number: {number}
date: September 1, 2021
status: {status}
letterhead: elections
to: All County Clerks/Registrars of Voters
from: debra-ledsinger
subject: Help Desk
body: |
  {body}
";

fn memo(folder: &Folder, id: &str, status: &str, body: &str) {
    let number = id.split('-').next().unwrap();
    let text = MEMO.replace("{number}", number).replace("{status}", status).replace("{body}", body);
    folder.file(&format!("memos/2021/{id}.yaml"), text);
}

fn page(folder: &Folder, id: &str) -> String {
    folder.read(&format!("output/ccrov/2021/september/{id}dl.html"))
}

/// Where the links of a memo's PDF lead that lead to memos.
fn addresses(folder: &Folder, id: &str) -> Vec<String> {
    let pdf = Pdf::read(&folder.bytes(&format!("output/ccrov/2021/september/{id}dl.pdf")));
    let links = pdf.links().into_iter().filter_map(|link| {
        let action = link.get(b"A").and_then(|action| action.as_dict()).ok()?;
        Some(string(action, b"URI"))
    });
    links.filter(|address| address.contains("21") && !address.contains("sos.ca.gov")).collect()
}

#[test]
fn every_form_in_which_a_memo_is_named_is_a_link() {
    let folder = Folder::with_seed();
    memo(&folder, "21201", "issued", "Something.");
    memo(&folder, "21202", "issued", "Something else.");
    for (body, linked) in [
        ("See CC/ROV #21201.", vec!["CC/ROV #21201"]),
        ("See CC/ROV Memorandum #21201.", vec!["CC/ROV Memorandum #21201"]),
        ("See CCROV 21201 of May.", vec!["CCROV 21201"]),
        ("See cc/rov\u{a0}#21201.", vec!["cc/rov&nbsp;#21201"]),
        ("See CC/ROV No. 21201 (CC/ROV-21201).", vec!["CC/ROV No. 21201", "CC/ROV-21201"]),
        ("See CC/ROV\n  #21201.", vec!["CC/ROV #21201"]),
        ("See (CC/ROV) Memorandum #21201.", vec!["(CC/ROV) Memorandum #21201"]),
        ("See CC/ROVs #21201, #21202, and #21299.", vec!["#21201", "#21202"]),
        ("See CC/ROV #21201 and #21202.", vec!["CC/ROV #21201", "#21202"]),
        ("See CCROVs 21201 & 21202.", vec!["21201", "21202"]),
        ("See #21201.", vec!["#21201"]),
        ("See CC/ROV **#21201**.", vec!["#21201"]),
        ("| A |\n  | --- |\n  | CC/ROV #21201 |", vec!["CC/ROV #21201"]),
    ] {
        memo(&folder, "21203", "issued", body);
        folder.run(&["build", "21203"]);
        let page = page(&folder, "21203");
        let found = page.split("<a href=\"2120").skip(1).map(|rest| {
            let (href, rest) = rest.split_once("\">").unwrap();
            (format!("2120{href}"), rest.split_once("</a>").unwrap().0.to_owned())
        });
        let found: Vec<_> = found.filter(|(href, _)| !href.starts_with("21203")).collect();
        let shown: Vec<&str> = found.iter().map(|(_, shown)| shown.as_str()).collect();
        assert_eq!(shown, linked, "{body}");
        for (href, shown) in &found {
            assert_eq!(href, &format!("{}dl.html", &shown[shown.len() - 5..]), "{body}");
        }
        let whole = |(href, _)| format!("https://elections.example.gov/memos/ccrov/2021/september/{href}");
        let led: Vec<_> = found.into_iter().map(whole).collect();
        assert_eq!(addresses(&folder, "21203"), led, "{body}");
    }
}

#[test]
fn what_is_no_reference_is_no_link() {
    let folder = Folder::with_seed();
    memo(&folder, "21201", "issued", "Something.");
    for body in [
        "The ZIP code is 21201, the count 21201.",
        "Write `CC/ROV #21201`.",
        "See [CC/ROV #21201](https://example.gov/other).",
        "See https://example.gov/#21201 and example.gov/x#21201.",
        "Bar code #212010, $21201, CC/ROV #21201.5.",
        "Write:\n\n      CC/ROV #21201",
        // A memo does not lead to itself.
        "This is CC/ROV #21203.",
    ] {
        memo(&folder, "21203", "issued", body);
        folder.run(&["build", "21203"]);
        let page = page(&folder, "21203");
        assert!(!page.contains("href=\"21201") && !page.contains("CC/ROV #21203</a>"), "{body}: {page}");
    }
}

#[test]
fn a_link_in_a_pdf_is_relative_if_the_office_has_no_website() {
    let folder = Folder::with_seed();
    folder.edit("memos/office.yaml", "  address: https://elections.example.gov/memos\n", "");
    memo(&folder, "21201", "issued", "Something.");
    memo(&folder, "21203", "issued", "See CC/ROV #21201.");
    folder.build();
    assert_eq!(addresses(&folder, "21203"), ["21201dl.html"]);
}

#[test]
fn a_memo_that_comes_later_is_linked_by_those_that_name_it() {
    let folder = Folder::with_seed();
    memo(&folder, "21203", "issued", "See CC/ROV #21201.");
    memo(&folder, "21205", "issued", "Names nobody.");
    folder.run(&["build"]);
    assert!(!page(&folder, "21203").contains("21201dl.html"));
    let archived =
        "archive: true\nnumber: 21201\ndate: May 3, 2021\ntitle: Old\naddress: https://example.gov/old.pdf\n";
    folder.file("memos/2021/21201.yaml", archived);
    let run = folder.run(&["build"]);
    assert!(page(&folder, "21203").contains("<a href=\"https://example.gov/old.pdf\">CC/ROV #21201</a>"));
    assert!(run.results.starts_with("Built 4 memos: 3 files written, 12 unchanged"), "{}", run.results);
    // A second one bears the number.
    memo(&folder, "21201-2", "issued", "Something new.");
    folder.build();
    assert!(page(&folder, "21203").contains("<a href=\"../../../21201/index.html\">CC/ROV #21201</a>"));
}

#[test]
fn an_issued_memo_keeps_its_pdf_and_its_page_leads_on() {
    let folder = Folder::with_seed();
    memo(&folder, "21201", "draft", "Something.");
    memo(&folder, "21203", "approved", "See CC/ROV #21201.");
    folder.build();
    assert!(page(&folder, "21203").contains("21201dl.html"), "a draft leads to drafts");
    assert_eq!(folder.run(&["issue", "21203"]).status, 0);
    assert!(!page(&folder, "21203").contains("21201dl.html"), "what is issued does not lead to a draft");
    let pdf = folder.bytes("output/ccrov/2021/september/21203dl.pdf");
    folder.edit("memos/2021/21201.yaml", "status: draft", "status: approved");
    assert_eq!(folder.run(&["issue", "21201"]).status, 0);
    folder.build();
    assert!(page(&folder, "21203").contains("<a href=\"21201dl.html\">CC/ROV #21201</a>"));
    assert_eq!(folder.bytes("output/ccrov/2021/september/21203dl.pdf"), pdf);
    assert_eq!(folder.run(&["build", "--check"]).status, 0);
}

#[test]
fn what_stands_above_the_text_is_not_linked_again() {
    let folder = Folder::with_seed();
    memo(&folder, "21201", "issued", "Something.");
    memo(&folder, "21203", "issued", "See CC/ROV #21201.\nupdates: 21201");
    folder.build();
    assert_eq!(page(&folder, "21203").matches("href=\"21201dl.html\"").count(), 1);
}

#[test]
fn a_number_that_can_be_nothing_else_is_held_against_what_is_known() {
    let certain = |text: &str| {
        let found = prose::references(text).into_iter().filter(|found| found.is_certain);
        found.map(|found| text[found.number_range].to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(certain("CC/ROVs #21201, #21202, and #21203"), ["#21201", "#21202", "#21203"]);
    assert_eq!(certain("CC/ROVs 21201 and 21202; CCROV 21204"), ["21201", "21202", "21204"]);
    assert_eq!(certain("CCROV 21201, 12000 voters; #21205"), ["21201"]);
    assert_eq!(certain("Memorandum #21201, the memo #21202, memorandum 21203"), ["#21201"]);

    let folder = Folder::with_seed();
    memo(
        &folder,
        "21201",
        "issued",
        "See CC/ROV #21201 and #21299, [CC/ROV #21298](https://example.gov/21298.pdf).",
    );
    let run = folder.run(&["check"]);
    assert_eq!(run.faults.matches("warning[unknown-reference]").count(), 1, "{}", run.faults);
    assert!(run.faults.contains("memo #21299 is not in memos/"), "{}", run.faults);
}

/// A memo whose text and attachments lead to their own headings, with this last line.
fn inner_links(folder: &Folder, last: &str) {
    let text = MEMO.replace("{number}", "21150").replace("{status}", "draft").replace(
        "{body}",
        "See [the dates](#dates), [Note 1](#note-1), [the others](#dates-1), [the form](#the-form).[^1]

  [^1]: Or the *[main points](#main)*.

  ## Dates

  Text.

  ## Dates

  Text.

  ## Note 1

  Text.

  ## Main

  Text.",
    );
    let attached = format!(
        "attachments:\n  - title: The Form\n    body: |\n      Back to [the dates](#Dates).\n\n      {last}\n"
    );
    folder.file("memos/2021/21150.yaml", text + &attached);
}

#[test]
fn a_link_leads_to_a_heading_of_the_same_memo_on_the_page_and_in_the_pdf() {
    let folder = Folder::with_seed();
    inner_links(&folder, "Text.");
    folder.build();
    let page = page(&folder, "21150");
    for (name, heading) in [
        ("h-dates", "<h2 id=\"h-dates\">Dates</h2>"),
        ("h-dates-1", "<h2 id=\"h-dates-1\">Dates</h2>"),
        ("h-note-1", "<h2 id=\"h-note-1\">Note 1</h2>"),
        ("h-main", "<h2 id=\"h-main\">Main</h2>"),
        ("h-the-form", "<h2 id=\"h-the-form\" class=\"title\">The Form</h2>"),
    ] {
        assert!(page.contains(&format!("<a href=\"#{name}\">")) && page.contains(heading), "{name}: {page}");
    }
    let ids: Vec<&str> = page.split(" id=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    let each: std::collections::BTreeSet<_> = ids.iter().collect();
    assert_eq!(each.len(), ids.len(), "no id stands twice: {ids:?}");

    let pdf = Pdf::read(&folder.bytes("output/ccrov/2021/september/21150dl.pdf"));
    let leads = pdf.links().into_iter().filter(|link| !link.has(b"A")).map(|link| {
        let place = link.get(b"Dest").and_then(|place| place.as_array()).expect("a place");
        (string(link, b"Contents"), place[0].as_reference().unwrap(), place[3].as_float().unwrap())
    });
    let leads: Vec<_> = leads.collect();
    let of = |text: &str| -> Vec<_> {
        let shown = leads.iter().filter(|(shown, ..)| shown == text);
        shown.map(|(_, page, y)| (page, y)).collect()
    };
    let said: Vec<&str> = leads.iter().map(|(shown, ..)| shown.as_str()).collect();
    for text in ["Note 1", "the others", "the form", "main points"] {
        assert!(said.contains(&text), "{said:?}");
    }
    let dates = of("the dates");
    assert!(dates.len() == 2 && dates[0] == dates[1], "from both pages to one place: {leads:?}");
    let (first, second, form) = (dates[0], of("the others")[0], of("the form")[0]);
    assert!(first.0 == second.0 && first.1 > second.1, "the second stands below the first: {leads:?}");
    assert_ne!(first.0, form.0, "the attachment is on a page of its own");
}

#[test]
fn a_link_to_no_heading_is_an_error_that_names_those_there_are() {
    let folder = Folder::with_seed();
    for (link, help) in
        [("#date", "did you mean `#dates`?"), ("#annex", "`#dates`, `#dates-1`, `#note-1`, `#main`")]
    {
        inner_links(&folder, &format!("See [them]({link})."));
        let run = folder.run(&["check"]);
        assert_eq!(run.status, 1, "{}", run.results);
        let fault =
            format!("error[bad-address]: `{link}` leads to no heading\n  --> memos/2021/21150.yaml:33:11");
        assert!(run.faults.contains(&fault) && run.faults.contains(help), "{}", run.faults);
    }
}
