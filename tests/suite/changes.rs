//! What changed between two texts is all that a reader sees otherwise, and nothing else.

use ccrov::document::{ChangedBlock, ComparedWords, TextFate, compare};

use crate::common::{Folder, Random, served::Served};

/// The words of what is shown, as they were or as they are.
fn words(blocks: &[ChangedBlock], without: TextFate) -> String {
    let runs = blocks.iter().flat_map(|block| {
        let cells = block.rows.iter().flat_map(|row| row.cells.iter().flatten());
        block.label.iter().chain(&block.words).chain(cells)
    });
    let kept = runs.filter(|run: &&ComparedWords| run.mark != without);
    kept.map(|run| format!("{} ", run.text)).collect::<String>().split_whitespace().collect()
}

/// Text out of numbers: paragraphs, items, tables, faces.
fn random_text(random: &mut Random) -> Vec<String> {
    const WORDS: [&str; 9] =
        ["polls", "close", "at", "8:00", "p.m.", "**not**", "(all)", "counties", "E-45,"];
    let part = |random: &mut Random| {
        let line: Vec<&str> = (0..2 + random.below(9)).map(|_| random.one(&WORDS)).collect();
        let line = line.join(" ");
        match random.below(4) {
            0 => format!("- {line}\n"),
            1 => format!("| A | B |\n| --- | --- |\n| {line} | x{} |\n| same | row |\n", random.below(3)),
            2 => format!("## Part {}\n", random.below(3)),
            _ => format!("Then {line}\n"),
        }
    };
    (0..3 + random.below(5)).map(|_| part(random)).collect()
}

#[test]
fn what_went_and_what_came_are_the_words_of_both_texts() {
    let mut random = Random(7);
    for round in 0..400 {
        let (old, new) = (random_text(&mut random), random_text(&mut random));
        // Half of the new text is the old one, so that there is something in common.
        let mixed: Vec<String> = new
            .iter()
            .enumerate()
            .map(|(at, line)| old.get(at).filter(|_| at % 2 == 0).unwrap_or(line).clone())
            .collect();
        let (was, is) = (old.join("\n"), mixed.join("\n"));
        let blocks = compare(&was, &is);
        assert_eq!(blocks.is_empty(), was == is, "{round}: {was}\n---\n{is}");
        // All of one text against nothing is all of its words.
        let all = |text: &str, gone: TextFate| match gone {
            TextFate::Deleted => words(&compare("", text), TextFate::Deleted),
            _ => words(&compare(text, ""), TextFate::Inserted),
        };
        if blocks.iter().all(|block| block.skipped == 0 && block.rows.iter().all(|row| row.skipped == 0)) {
            assert_eq!(
                words(&blocks, TextFate::Inserted),
                all(&was, TextFate::Inserted),
                "{round}: {was}\n---\n{is}"
            );
            assert_eq!(
                words(&blocks, TextFate::Deleted),
                all(&is, TextFate::Deleted),
                "{round}: {was}\n---\n{is}"
            );
        }
    }
}

#[test]
fn what_no_reader_would_miss_is_no_change_and_what_is_hidden_is_told() {
    assert_eq!(compare("One  line\nof text.\n", "One line of text.\n"), []);
    for (was, is, told) in [
        ("Write to [us](https://a.gov).", "Write to [us](https://b.gov).", "a link to https://b.gov"),
        ("Do it **now**.", "Do it now.", "bold"),
        ("1. First\n2. Then\n", "1. First\n3. Then\n", "3."),
        ("A\n\n<!-- page -->\nB\n", "A\n\nB\n", "New page"),
        ("A[^1]\n\n[^1]: Old.\n", "A[^1]\n\n[^1]: New.\n", "New"),
        ("A\\\nB\n", "A B\n", "↵"),
        ("A [blank: name]\n", "A [blank: date]\n", "[blank: date]"),
        ("<!-- title -->\nA\n", "A\n", "title"),
        ("| A |\n| --- |\n| 1 |\n", "| A | B |\n| --- | --- |\n| 1 | 2 |\n", "2"),
        // What is no document is told line by line.
        ("| A |\n| --- |\n| 1 | 2 |\n", "| A |\n| --- |\n| 1 | 3 |\n", "3"),
    ] {
        let shown = format!("{:?}", compare(was, is));
        assert!(shown.contains(told), "{was} {is}: {shown}");
    }
}

#[test]
fn long_texts_take_no_time() {
    let long = |word: &str| (0..6000).map(|at| format!("{word} {at} of {word}\n\n")).collect::<String>();
    let began = std::time::Instant::now();
    assert!(compare(&long("a"), &long("b")).len() >= 6000);
    let one = |word: &str| (0..60_000).map(|at| format!("{word}{at} ")).collect::<String>();
    assert_eq!(compare(&one("a"), &one("b")).len(), 2);
    assert!(began.elapsed().as_secs() < 20, "{:?}", began.elapsed());
}

#[test]
fn a_memo_that_updates_another_says_what_moved_in_sentences() {
    let folder = Folder::with_seed();
    let run = |arguments: &[&str]| {
        let run = folder.run(arguments);
        assert_eq!(run.status, 0, "{arguments:?} {}{}", run.results, run.faults);
    };
    run(&["issue", "21144"]);
    run(&[
        "slip",
        "votecal-2021-2",
        "--move",
        "release=2021-12-05",
        "--reason",
        "a late fix",
        "--announced",
        "2021-09-20",
        "--yes",
    ]);
    run(&["new", "later", "--announces", "votecal-2021-2"]);
    let desk = Served::desk(folder.path());
    let page = desk.get("/memo/later/changes").text();
    assert!(page.contains("Changed since memo 21144 of August 31, 2021"), "{page}");
    assert!(page.contains("In the schedule") && page.contains("working days later"), "{page}");
    assert!(page.contains("<ins>"), "{page}");
    desk.end();
}
