//! `import`: a list of old memos becomes archive files, and every row that cannot be taken is named.

use crate::common::{Folder, files};

const LIST: &str = "\
Date,CCROV Number,Title,Address
4/4/2016,16120,\"Presidential Primary Election: County Central Committees (PDF)\",https://www.example.gov/16120.pdf
\"June 5, 2015\",15161,Roster of Voters,https://www.example.gov/15161.pdf
\"June 12, 2015\",15161,RESCINDED AND REVISED: Roster of Voters,https://www.example.gov/15161-2.pdf
2015-02-30,15162,A day that is not,https://www.example.gov/15162.pdf
2015-03-01,162,Too few figures,https://www.example.gov/162.pdf
2015-03-02,15163,,https://www.example.gov/15163.pdf
2015-03-03,15164,Nowhere,
2015-03-04,15165,A file in the wrong column,15165.pdf
2021-08-31,21144,Here already,https://www.example.gov/21144.pdf
";

#[test]
fn every_row_becomes_a_file_or_is_named_with_the_reason() {
    let folder = Folder::with_seed();
    let run = folder.file("archive.csv", LIST).run(&["import", "archive.csv"]);
    assert_eq!(run.status, 1);
    assert_eq!(
        run.faults,
        "\
archive.csv:5: `2015-02-30` is no date: write 2016-04-04, 4/4/2016 or April 4, 2016
archive.csv:6: `162` is not the number of a memo: five figures, such as 16120
archive.csv:7: it has no title
archive.csv:8: it has neither a file nor an address
archive.csv:9: `15165.pdf` is no address: it begins with https://; a file's name stands under `file`
archive.csv:10: there is a memo 21144 already
"
    );
    assert_eq!(run.results, "Made 3 files in memos/; 6 rows could not be taken.\n");
    assert_eq!(
        files(&folder.path().join("memos")),
        [
            "2015/15161-2.yaml",
            "2015/15161.yaml",
            "2016/16120.yaml",
            "2021/21144.yaml",
            "office.yaml",
            "releases/votecal-2021-2.yaml",
        ]
    );
    assert_eq!(
        folder.read("memos/2016/16120.yaml"),
        "\
archive: true
number: '16120'
date: 2016-04-04
title: 'Presidential Primary Election: County Central Committees'
address: https://www.example.gov/16120.pdf
"
    );
}

#[test]
fn what_was_imported_is_built_and_related_to_and_never_imported_twice() {
    let folder = Folder::with_seed();
    let list: String = LIST.lines().take(4).map(|line| format!("{line}\n")).collect();
    assert_eq!(folder.file("archive.csv", list).run(&["import", "archive.csv"]).status, 0);
    folder.edit("memos/2021/21144.yaml", "knows: 1", "knows: 1\nupdates: 15161-2").build();
    let page = folder.read("output/ccrov/2021/august/21144dl.html");
    assert!(
        page.contains(
            "Updates <a href=\"https://www.example.gov/15161-2.pdf\">CC/ROV #15161 of June 12, 2015"
        )
    );
    assert!(
        folder.read("output/manifest.json").contains("\"address\": \"https://www.example.gov/16120.pdf\"")
    );
    let again = folder.run(&["import", "archive.csv"]);
    assert_eq!(
        (again.status, again.results.as_str()),
        (1, "Made 0 files in memos/; 3 rows could not be taken.\n")
    );
}

#[test]
fn a_list_without_a_head_is_wrong_usage() {
    let run = Folder::with_seed().file("list.csv", "16120,4/4/2016,Title\n").run(&["import", "list.csv"]);
    assert_eq!(run.status, 2);
    assert!(
        run.faults.starts_with("error: list.csv: the first line has no column `number` and `date`"),
        "{}",
        run.faults
    );
    let run = Folder::with_seed().run(&["import", "nowhere.csv"]);
    assert_eq!(run.status, 3);
}

#[test]
fn an_apostrophe_before_a_formula_is_no_part_of_a_title() {
    let folder = Folder::with_seed();
    let list = "number,date,title,address\n16120,4/4/2016,'- Drill,https://e.gov/a\n16121,4/4/2016,'70s,https://e.gov/b\n";
    assert_eq!(folder.file("archive.csv", list).run(&["import", "archive.csv"]).status, 0);
    let title = |number| folder.read(&format!("memos/2016/{number}.yaml"));
    assert!(title(16120).contains("title: '- Drill'\n"), "{}", title(16120));
    assert!(title(16121).contains("'70s"), "{}", title(16121));
}

#[test]
fn a_list_that_repeats_one_number_is_read_at_once() {
    let rows = "15161,6/1/2015,A,https://e.gov/a\n".repeat(50_000);
    let list = format!("number,date,title,address\n{rows}");
    let begun = std::time::Instant::now();
    let imported = ccrov::import::read(list.as_bytes(), |_| false).unwrap();
    assert_eq!(imported.files.last().unwrap().path, "memos/2015/15161-50000.yaml");
    assert!(begun.elapsed().as_secs() < 60, "{:?}", begun.elapsed());
}

#[test]
fn a_row_is_named_by_its_line_however_lines_end() {
    let rows = ["number,date,title,address", "x", "", "20104,6/3/2020,\"Two\nlines\",", "y"];
    for (ends, lines) in [("\n", [2, 4, 6]), ("\r\n", [2, 4, 6]), ("\r", [2, 4, 6])] {
        let list = rows.join(ends) + ends;
        let imported =
            ccrov::import::read(list.replace("Two\n", &format!("Two{ends}")).as_bytes(), |_| false);
        let refused: Vec<_> = imported.unwrap().refused.iter().map(|row| row.line).collect();
        assert_eq!(refused, lines, "{ends:?}");
    }
    let zip = ccrov::import::read(b"PK\x03\x04 xl/workbook.xml", |_| false).unwrap_err();
    assert!(
        zip.to_string().contains("it is an Excel file") && zip.to_string().contains("CSV UTF-8"),
        "{zip}"
    );
}
