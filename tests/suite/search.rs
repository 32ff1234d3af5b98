//! What a browser searches in: the same files for the same memos, a part a year. What it finds, a browser's test says.

use ccrov::search::{self, Output, SearchEntry};
use chrono::NaiveDate;

struct Memo {
    page: String,
    number: String,
    text: String,
}

/// Memos with texts of some size, which differ.
fn memos(year: i32, count: usize) -> Vec<Memo> {
    let words =
        ["county", "voter", "ballot", "mock", "election", "José", "registration", "8/31/2021", "Cal—In"];
    let text = |at: usize| {
        let word = |nth: usize| words[(at * 7 + nth * nth + nth * at) % words.len()];
        (0..400).map(word).collect::<Vec<_>>().join(" ")
    };
    let memo = |at: usize| Memo {
        page: format!("ccrov/{year}/{at}.html"),
        number: format!("{}{at:03}", year % 100),
        text: text(at),
    };
    (0..count).map(memo).collect()
}

fn part<'a>(year: i32, memos: impl IntoIterator<Item = &'a Memo>) -> Vec<Output> {
    let searched = |memo: &'a Memo| SearchEntry {
        page: &memo.page,
        number: Some(&memo.number),
        title: "VoteCal: Release",
        date: NaiveDate::from_ymd_opt(year, 8, 31).unwrap(),
        topic: Some("VoteCal"),
        status: "issued",
        superseded: None,
        opening: "",
        text: &memo.text,
    };
    search::part(year, &memos.into_iter().map(searched).collect::<Vec<_>>())
}

/// The text of a file.
fn text<'a>(files: &'a [Output], path: &str) -> &'a str {
    let (_, bytes) = files.iter().find(|(name, _)| name.as_str() == path).unwrap();
    std::str::from_utf8(bytes).unwrap()
}

/// The texts that say where words of a year stand.
fn places(files: &[Output]) -> Vec<String> {
    let places = files.iter().filter(|(path, _)| search::is_places(path));
    places.map(|(_, bytes)| String::from_utf8(bytes.clone()).unwrap()).collect()
}

/// The files that are not the same.
fn changed(before: &[Output], after: &[Output]) -> Vec<String> {
    let changed = after.iter().filter(|file| !before.contains(file));
    changed.map(|(path, _)| path.to_string()).collect()
}

#[test]
fn a_part_is_the_same_in_every_run_and_for_every_order() {
    let memos = memos(2021, 60);
    let files = part(2021, &memos);
    assert_eq!(part(2021, &memos), files);
    assert_eq!(part(2021, memos.iter().rev()), files);
    assert_eq!(search::words(&[places(&files)]), search::words(&[places(&files).into_iter().collect()]));
}

#[test]
fn a_part_says_what_is_shown_of_a_memo_and_where_its_words_stand() {
    let memo = SearchEntry {
        page: "ccrov/2021/august/21144dl.html",
        number: Some("21144"),
        title: "VoteCal:\tRelease",
        date: NaiveDate::from_ymd_opt(2021, 8, 31).unwrap(),
        topic: Some("VoteCal"),
        status: "withdrawn",
        superseded: Some("CC/ROV #21150"),
        opening: "TO: All counties",
        text: "The county has a\u{ad}n o\u{fb03}ce.\nOffices open.",
    };
    let files = search::part(2021, &[memo]);
    let head = "2021\t1\t96fad0b8\n";
    assert_eq!(
        text(&files, "search/2021/memos-0-0.txt"),
        format!(
            "{head}3\t10\tccrov/2021/august/21144dl.html\t21144\tVoteCal: Release\tAugust 31, 2021\tVoteCal\twithdrawn\t\
             CC/ROV #21150\tTO: All counties The county has an office. Offices open.\n"
        )
    );
    let places = text(&files, "search/2021/places-0.txt");
    for line in [
        "counti\t0\t21",
        "offic\t0\t70",
        "21144\t0\tB",
        "#21144\t0\t",
        "topic:VoteCal\t0\t",
        "status:withdrawn\t0\t",
    ] {
        assert!(places.starts_with(head) && places.lines().any(|known| known == line), "{line}: {places}");
    }
}

#[test]
fn a_long_memo_stands_in_several_files_that_others_do_not_have() {
    let mut memos = memos(2021, 5);
    memos[1].text = "word ".repeat(1_200);
    let files = part(2021, &memos);
    let names: Vec<_> =
        files.iter().map(|(path, _)| path.as_str()).filter(|path| path.contains("memos-")).collect();
    let wanted = ["memos-0-0.txt", "memos-0-1.txt", "memos-0-2.txt", "memos-1-0.txt"];
    assert_eq!(names, wanted.map(|name| format!("search/2021/{name}")));
    let lines: Vec<usize> =
        text(&files, names[2]).lines().map(|line| line.split_whitespace().count()).collect();
    assert_eq!(lines[1..], [0, 200, 0, 0]);
}

#[test]
fn a_change_touches_its_memo_and_no_other() {
    let mut memos = memos(2021, 20);
    let before = part(2021, &memos);
    memos[5].text.push_str(" zebra");
    let after = part(2021, &memos);
    let touched: Vec<_> = changed(&before, &after);
    let shown: Vec<_> = touched.iter().filter(|path| path.contains("memos-")).collect();
    assert_eq!(shown, ["search/2021/memos-1-0.txt"]);
    // Of the words of all years, it is where that word stands.
    let [before, after] = [before, after].map(|files| search::words(&[places(&files)]));
    assert_eq!(changed(&before, &after).len(), 1);
}

#[test]
fn another_memo_is_seen_in_every_file_of_its_year_and_of_all_years() {
    let [one, two] = [memos(2021, 3), memos(2020, 3)];
    let [before, after, other] = [part(2021, &one[..2]), part(2021, &one), part(2020, &two)];
    assert_eq!(changed(&before, &after).len(), after.len());
    let both = |newest: &[Output]| search::words(&[places(&other), places(newest)]);
    assert_eq!(changed(&both(&before), &both(&after)).len(), both(&after).len());
    assert!(text(&both(&after), "search/words-0.txt").contains("\nreleas\t2020 000\t2021 000\n"));
}

#[test]
fn a_site_without_memos_has_a_search_that_finds_none() {
    let files = search::words(&[]);
    assert!(text(&files, "search/years.json").contains(r#""years":[]"#));
}

#[test]
fn memos_that_stand_in_one_file_are_both_found() {
    let mut memos = memos(2012, 2);
    memos[1].page = memos[0].page.clone();
    let files = part(2012, &memos);
    assert_eq!(text(&files, "search/2012/memos-0-0.txt").lines().count(), 3);
    assert!(places(&files)[0].contains("\n#12000\t0\t\n#12001\t1\t\n"));
}
