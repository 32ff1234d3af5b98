//! The real memo of August 31, 2021, comes out word for word.

use crate::common::{Folder, files, letters, pdf_text};
use ccrov::document::Document;

const SEED: &str = include_str!("../seed/21144.txt");
const MEMO: &str = "output/ccrov/2021/august/21144dl";

/// The seed's words. One difference is meant: step 13's dates are printed like all others.
fn seed() -> String {
    assert_eq!(SEED.matches("7/09/2021").count(), 2);
    letters(&SEED.replace("7/09/2021", "7/9/2021"))
}

#[test]
fn the_markdown_has_the_seeds_words_in_the_seeds_order() {
    let folder = Folder::with_seed();
    let markdown = folder.build().read(&format!("{MEMO}.md"));
    assert_eq!(letters(&Document::parse(&markdown).unwrap().plain_text()), seed());
}

#[test]
fn the_pdf_has_the_seeds_words_in_the_seeds_order() {
    let folder = Folder::with_seed();
    let text = pdf_text(&folder.build().bytes(&format!("{MEMO}.pdf"))).concat();
    assert_eq!(letters(&text), seed());
}

#[test]
fn the_schedule_alone_has_the_words_of_the_attached_one() {
    let folder = Folder::with_seed();
    folder.build();
    let start = seed().find("SCHEDULEFORTHE").unwrap();
    // And it says whose it is.
    let edition = "ReleaseSchedule";
    let whose = "AttachedtoCC/ROV#21144ofAugust31,2021(SecretaryofState,ElectionsDivision).";
    let words = seed()[start..].replacen(edition, &format!("{edition}{whose}"), 1);
    let schedule = format!("{MEMO}-schedule");
    let markdown = folder.read(&format!("{schedule}.md"));
    assert_eq!(letters(&Document::parse(&markdown).unwrap().plain_text()), words);
    let text = pdf_text(&folder.bytes(&format!("{schedule}.pdf"))).concat();
    assert_eq!(letters(&text), words);
}

#[test]
fn the_spreadsheet_has_every_step_in_the_order_of_the_table() {
    let folder = Folder::with_seed();
    let csv = folder.build().read(&format!("{MEMO}-schedule.csv"));
    let mut reader = csv::Reader::from_reader(csv.trim_start_matches('\u{feff}').as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let steps: Vec<&str> = rows.iter().map(|row| &row[0]).collect();
    let expected = "14 15 16 17 18 19 1 2 3 4 5 6a 6b 7 8 9 10 11 12 13";
    assert_eq!(steps.join(" "), expected);
    let row_15 = ["15", "SOS/CGI", "Install the current VoteCal release into the VoteCal CTE"];
    assert_eq!(rows[1].iter().take(3).collect::<Vec<_>>(), row_15);
    assert_eq!(
        rows[1].iter().skip(3).collect::<Vec<_>>(),
        ["VOTECAL CTE WILL BE DOWN", "10/4/2021", "10/8/2021", "Remaining"]
    );
}

#[test]
fn the_page_is_whole_and_says_what_it_is() {
    let folder = Folder::with_seed();
    let page = folder.build().read(&format!("{MEMO}.html"));
    for part in [
        "<html lang=\"en-US\">",
        "<title>CC/ROV #21144: VoteCal: County Test Environment – November 21, 2021, Release | County Memoranda (CC/ROV)</title>",
        "<h1>County Clerk/Registrar of Voters (CC/ROV) Memorandum #21144</h1>",
        "<dt>TO:</dt>\n<dd>All County Clerks/Registrars of Voters</dd>",
        "<a href=\"mailto:votecalhelp@sos.ca.gov\">votecalhelp@sos.ca.gov</a>",
        "<th scope=\"rowgroup\" colspan=\"5\"><strong>Completed Tasks</strong></th>",
        "<strong>VOTECAL CTE WILL BE DOWN</strong>",
    ] {
        assert!(page.contains(part), "the page lacks {part}");
    }
    assert_eq!(page.matches("<th scope=\"col\"").count(), 5);
    assert_eq!(page.matches("<th scope=\"row\"").count(), 20);
}

#[test]
fn the_manifest_names_every_file_with_its_size_and_digest() {
    use sha2::{Digest, Sha256};
    let folder = Folder::with_seed();
    let manifest: serde_json::Value =
        serde_json::from_slice(&folder.build().bytes("output/manifest.json")).unwrap();
    let memo = &manifest["memos"][0];
    assert_eq!(memo["id"], "21144");
    assert_eq!(memo["number"], "21144");
    assert_eq!(memo["date"], "2021-08-31");
    assert_eq!(memo["title"], "VoteCal: County Test Environment – November 21, 2021, Release");
    assert_eq!(memo["status"], "issued");
    assert_eq!(memo["release"], "votecal-2021-2");
    let mut listed = vec!["manifest.json".to_owned()];
    for file in manifest["site"].as_array().unwrap().iter().flat_map(|part| part["files"].as_array().unwrap())
    {
        listed.push(file["path"].as_str().unwrap().to_owned());
    }
    for file in memo["artifacts"].as_array().unwrap() {
        let path = file["path"].as_str().unwrap();
        let bytes = folder.bytes(&format!("output/{path}"));
        let digest: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(file["size"], bytes.len());
        assert_eq!(file["sha256"], digest);
        assert!(path.ends_with(&format!(".{}", file["kind"].as_str().unwrap())));
        listed.push(path.to_owned());
    }
    listed.sort();
    assert_eq!(listed, files(&folder.path().join("output")));
}
