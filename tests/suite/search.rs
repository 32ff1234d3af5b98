//! What a browser searches in: the same files for the same memos, a part a year.

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
        text: &memo.text,
    };
    search::part(year, &memos.into_iter().map(searched).collect::<Vec<_>>()).unwrap()
}

#[test]
fn a_part_is_the_same_in_every_run_and_for_every_order() {
    let memos = memos(2021, 60);
    let files = part(2021, &memos);
    assert!(files.len() > 60, "{}", files.len());
    for _ in 0..3 {
        assert_eq!(part(2021, &memos), files);
    }
    assert_eq!(part(2021, memos.iter().rev()), files);
}

#[test]
fn a_change_touches_its_memo_and_no_other() {
    let mut memos = memos(2021, 20);
    let before = part(2021, &memos);
    memos[3].text.push_str(" zebra");
    let after = part(2021, &memos);
    let fragments = |files: &[Output]| {
        let of = |(path, _): &&Output| path.as_str().ends_with(".pf_fragment");
        files.iter().filter(of).map(|(path, _)| path.clone()).collect::<Vec<_>>()
    };
    let kept = fragments(&after).iter().filter(|path| fragments(&before).contains(path)).count();
    assert_eq!((fragments(&before).len(), kept), (20, 19));
}

#[test]
fn years_share_what_is_large_and_nothing_else() {
    let shared = search::shared().unwrap();
    assert_eq!(search::shared().unwrap(), shared);
    let names: Vec<_> = shared.iter().map(|(path, _)| path.as_str()).collect();
    for name in
        ["search/pagefind.js", "search/search.js", "search/wasm.en.pagefind", "search/pagefind-entry.json"]
    {
        assert!(names.contains(&name), "{names:?}");
    }
    let memos = memos(2020, 2);
    let part = part(2020, &memos);
    assert!(part.iter().all(|(path, _)| path.as_str().starts_with("search/2020/")));
    // All that a year stores for two memos: nothing that is not about them.
    let size: usize = part.iter().map(|(_, bytes)| bytes.len()).sum();
    assert!(size < 20_000, "{size}");
    assert!(part.iter().all(|(path, _)| !names.contains(&path.as_str())));
}

#[test]
fn memos_that_stand_in_one_file_are_both_found() {
    let mut memos = memos(2012, 2);
    memos[1].page = memos[0].page.clone();
    let fragments = part(2012, &memos);
    let fragments = fragments.iter().filter(|(path, _)| path.as_str().ends_with(".pf_fragment")).count();
    assert_eq!(fragments, 2);
}
