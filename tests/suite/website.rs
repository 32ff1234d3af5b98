//! What all memos together are published as, and what a build leaves alone.

use std::{fs, time::SystemTime};

use crate::common::{Folder, files, shipped};

fn built() -> Folder {
    let folder = Folder::with_sources_of(shipped());
    let _ = fs::remove_dir_all(folder.path().join("output"));
    folder.build();
    folder
}

/// The words of a page between its tags, a line each.
fn words(page: &str) -> Vec<String> {
    let main = page.split_once("<main").unwrap().1.split_once("</main>").unwrap().0;
    let pieces = main.split('<').map(|piece| piece.split_once('>').map_or("", |(_, text)| text).trim());
    pieces.filter(|text| !text.is_empty()).map(str::to_owned).collect()
}

fn when(folder: &Folder, file: &str) -> SystemTime {
    fs::metadata(folder.path().join(file)).unwrap().modified().unwrap()
}

#[test]
fn the_home_page_has_the_newest_memos_and_the_dates_after_the_newest() {
    let folder = built();
    let home = words(&folder.read("output/index.html"));
    let at = |text: &str| {
        home.iter().position(|words| words == text).unwrap_or_else(|| panic!("{text}: {home:?}"))
    };
    assert!(at("24904") < at("24902") && at("24902") < at("21144"), "newest first");
    assert!(at("What is next") < at("Monday, July 15, 2024"));
    assert!(!home.contains(&"Monday, October 4, 2021".to_owned()), "what is over is not shown");

    let run = folder.run(&["build", "--as-of", "2021-10-08"]);
    assert_eq!(run.status, 0, "{}", run.faults);
    let home = words(&folder.read("output/index.html"));
    assert!(home.contains(&"Tuesday, October 12, 2021".to_owned()), "{home:?}");
    assert!(!home.contains(&"Friday, October 8, 2021".to_owned()), "{home:?}");
}

#[test]
fn each_list_has_its_memos() {
    let folder = built();
    let list = |name: &str| words(&folder.read(&format!("output/{name}.html")));
    let has = |name: &str, text: &str| list(name).iter().any(|words| words == text);
    assert_eq!(list("memos/2021/august/index")[0], "Memoranda of August 2021");
    assert!(has("memos/2021/august/index", "(PDF, 3 pages, 25 KB)"));
    assert!(has("topics/votecal", "21144") && !has("topics/votecal", "24904"));
    assert!(has("topics/general-election", "24903"), "marks before the topic do not count");
    assert!(has("releases/site-roster-2024", "24904") && has("releases/site-roster-2024", "24902"));
    assert!(has("releases/site-roster-2024", "8/12/2024") && !has("releases/site-roster-2024", "7/22/2024"));
    let county = list("entities/all-cte-counties");
    assert!(county.iter().any(|words| words.starts_with("Receive and install the updated November 2021")));
    assert!(!county.iter().any(|words| words.starts_with("Install the current VoteCal release")));
    assert!(
        list("entities/cgi").iter().any(|words| words.starts_with("Install the current VoteCal release"))
    );
    assert!(has("calendar/2021", "October 2021") && has("calendar/2021", "Friday, October 8, 2021"));
    let fragment = folder.read("output/memos/2021/august/fragment.html");
    assert!(fragment.starts_with("<table"), "it has no page around it");
    assert!(fragment.contains("href=\"https://elections.example.gov/memos/ccrov/2021/august/21144dl.pdf\""));
}

#[test]
fn a_number_leads_to_its_memo_or_lists_those_that_bear_it() {
    let folder = built();
    let one = folder.read("output/21144/index.html");
    assert!(one.contains("content=\"0; url=../ccrov/2021/august/21144dl.html\""), "{one}");
    let two = folder.read("output/24903/index.html");
    assert!(!two.contains("http-equiv=\"refresh\"") && two.contains("2 memoranda bear this number"), "{two}");
    let archived = folder.read("output/23917/index.html");
    assert!(archived.contains("0; url=https://archive.example.gov/"), "{archived}");
}

#[test]
fn programs_find_all_memos() {
    let folder = built();
    let data: serde_json::Value = serde_json::from_slice(&folder.bytes("output/memos.json")).unwrap();
    let memos = data["memos"].as_array().unwrap();
    let memo = memos.iter().find(|memo| memo["number"] == "21144").unwrap();
    assert_eq!(memo["address"], "https://elections.example.gov/memos/ccrov/2021/august/21144dl.html");
    assert_eq!(memo["schedule"].as_array().unwrap().len(), 20);
    assert_eq!(memo["topic"], "VoteCal");
    let feed = folder.read("output/feed.xml");
    assert!(feed.contains("<updated>2024-07-09T12:00:00Z</updated>"), "the clock has no part in it");
    assert!(folder.read("output/sitemap.xml").contains("<lastmod>2021-08-31</lastmod>"));

    folder.edit("memos/office.yaml", "  address: https://elections.example.gov/memos\n", "").build();
    assert!(!folder.has("output/feed.xml") && !folder.has("output/sitemap.xml"), "they need an address");
}

#[test]
fn a_warning_stands_wherever_its_step_stands() {
    let folder = Folder::with_seed();
    folder.build();
    const SAID: &str = "COUNTY TO INSTALL RELEASE PRIOR TO RECONNECTING TO VOTECAL CTE";
    let run = folder.run(&["build", "--as-of", "2021-10-01"]);
    assert_eq!(run.status, 0, "{}", run.faults);
    for file in [
        "index.html",
        "calendar/2021.html",
        "releases/votecal-2021-2.html",
        "entities/all-cte-counties.html",
        "memos.json",
        "ccrov/2021/august/21144dl.html",
        "ccrov/2021/august/21144dl-schedule.csv",
    ] {
        let text = folder.read(&format!("output/{file}")).replace("&#x2F;", "/");
        assert!(text.contains(SAID), "{file}: {text}");
    }
}

#[test]
fn a_page_says_what_changed_and_how_to_cite_it() {
    let folder = built();
    let page = folder.read("output/ccrov/2024/july/24904mq.html");
    let words = words(&page);
    assert!(words.iter().any(|words| words.starts_with("What changed since CC/ROV #24902")), "{words:?}");
    assert!(page.contains("Secretary of State, State of California. CC/ROV Memorandum #24904, "));
    assert!(page.contains("https://elections.example.gov/memos/ccrov/2024/july/24904mq.html"));
}

#[test]
fn drafts_are_listed_only_if_they_are_asked_for() {
    let folder = Folder::with_seed();
    folder.file(
        "memos/2021/help-desk.yaml",
        "date: 2021-09-01\nstatus: draft\nletterhead: elections\nto: All Counties\nfrom: debra-ledsinger\n\
         subject: 'VoteCal: Secret Hours'\nupdates: 21144\nbody: Nothing.\n",
    );
    let shown = [
        "index.html",
        "memos/2021/index.html",
        "topics/votecal.html",
        "memos.json",
        "ccrov/2021/august/21144dl.html",
    ];
    let names = |file: &str| folder.read(&format!("output/{file}")).contains("Secret Hours");
    folder.build();
    assert!(shown.iter().all(|file| !names(file)));
    assert!(!folder.has("output/help-desk/index.html"));
    assert!(names("ccrov/2021/september/help-deskdl.html"), "it is built for those who write it");
    let run = folder.run(&["build", "--drafts"]);
    assert_eq!(run.status, 0, "{}", run.faults);
    assert!(shown.iter().all(|file| names(file)));
    folder.build();
    assert!(shown.iter().all(|file| !names(file)));
}

#[test]
fn a_build_makes_what_has_changed_and_leaves_all_else_alone() {
    let folder = built();
    let (changed, other) = ("output/ccrov/2024/march/24901tf.pdf", "output/ccrov/2021/august/21144dl.pdf");
    let before = (when(&folder, changed), when(&folder, other));
    let fresh = folder.run(&["build", "--check"]);
    assert!(fresh.results.starts_with("output is current"), "{}", fresh.results);

    folder.edit("memos/2024/24901.yaml", "Spring Testing", "Early Testing");
    let run = folder.run(&["build"]);
    assert_eq!(run.status, 0, "{}", run.faults);
    assert!(when(&folder, changed) > before.0);
    assert_eq!(when(&folder, other), before.1);
    assert!(folder.read("output/index.html").contains("Early Testing"));
    assert!(folder.read("output/memos/2024/march/index.html").contains("Early Testing"));
    let check = folder.run(&["build", "--check"]);
    assert!(check.results.starts_with("output is current"), "{}", check.results);
}

#[test]
fn what_is_left_alone_is_what_would_be_made() {
    // Each edit is seen, wherever it is: after it, a build gives what a build from nothing gives.
    let edits = [
        ("memos/office.yaml", "fax: 916.653.3214", "fax: 916.653.0000"),
        ("memos/releases/votecal-2021-2.yaml", "deployment: 2021-10-08", "deployment: 2021-10-07"),
        ("memos/2024/24904.yaml", "updates:", "supersedes:"),
        ("templates/rows.html", "CCROV Number", "Number"),
        ("templates/memo.md", "RE:", "SUBJECT:"),
    ];
    let folder = built();
    for (file, from, to) in edits {
        folder.edit(file, from, to);
        folder.run(&["build"]);
        let check = folder.run(&["build", "--check"]);
        assert!(check.results.starts_with("output is current"), "{file}: {}", check.results);
    }
}

#[test]
fn a_file_that_somebody_touched_is_made_again() {
    let folder = built();
    let file = "output/ccrov/2021/august/21144dl.md";
    let text = folder.read(file);
    folder.file(file, text.replace("November", "Nov3mber"));
    folder.build();
    assert_eq!(folder.read(file), text, "though it is as large as before");
    folder.file("output/topics/index.html", "gone");
    folder.build();
    assert!(folder.read("output/topics/index.html").contains("VoteCal"));
}

/// Whether what the search shows of the year 2024 in an output folder has a word.
fn searched(folder: &Folder, output: &str, word: &str) -> bool {
    let year = format!("{output}/search/2024");
    let names = files(&folder.path().join(&year)).into_iter().filter(|name| name.starts_with("memos-"));
    names.into_iter().any(|name| folder.read(&format!("{year}/{name}")).contains(word))
}

#[test]
fn the_search_knows_what_stands_beside_it() {
    let folder = built();
    folder.edit("memos/2024/24901.md", "## The visits", "A zyzzyva is a weevil.\n\n## The visits");
    assert_eq!(folder.run(&["build", "--out", "other"]).status, 0);
    folder.edit("memos/2024/24904-questions.md", "These questions", "An aardvark is none. These questions");
    assert_eq!(folder.run(&["build", "--out", "other"]).status, 0);
    assert!(searched(&folder, "other", "aardvark"));
    assert!(searched(&folder, "other", "zyzzyva"), "though output/ has not heard of it yet");
    assert!(!searched(&folder, "output", "zyzzyva"));
    assert!(!searched(&folder, "other", "Sacramento, CA 95814 | Tel"), "a letterhead says nothing");
}

#[test]
fn what_the_search_could_not_read_it_reads_the_next_time() {
    let folder = built();
    fs::remove_file(folder.path().join("output/ccrov/2024/april/24902mq.md")).unwrap();
    folder.edit("memos/2024/24901.md", "## The visits", "A zyzzyva is a weevil.\n\n## The visits");
    assert_eq!(folder.run(&["build", "24901"]).status, 0);
    folder.build();
    assert!(searched(&folder, "output", "zyzzyva") && searched(&folder, "output", "Site Roster is the list"));
    let check = folder.run(&["build", "--check"]);
    assert!(check.results.starts_with("output is current"), "{}", check.results);
}

#[test]
fn what_is_asked_of_all_is_asked_of_each_that_is_a_part_of_them() {
    let folder = Folder::with_seed();
    assert!(
        folder
            .read("memos/office.yaml")
            .contains("name: NEW Counties\n    calendar: counties\n    part_of: all-cte-counties\n")
    );
    folder.build();
    let page = folder.read("output/entities/new-counties.html");
    assert!(page.contains("Conduct a connectivity/smoke test"), "{page}");
    let diff = folder.run(&["diff", "votecal-2021-2", "--for", "new-counties"]).results;
    assert!(diff.contains("Step 17 is new, for All CTE Counties"), "{diff}");

    folder.edit("memos/office.yaml", "part_of: all-cte-counties", "part_of: all-cte-countys");
    let run = folder.run(&["check"]);
    assert!(run.faults.contains("there is no responsible entity `all-cte-countys`"), "{}", run.faults);
    folder.edit("memos/office.yaml", "part_of: all-cte-countys", "part_of: new-counties");
    assert!(folder.run(&["check"]).faults.contains("`new-counties` is a part of itself"));
    let all = "  all-cte-counties:\n";
    let text = folder.read("memos/office.yaml");
    assert!(text.contains(all), "{text}");
    folder.edit("memos/office.yaml", "part_of: new-counties", "part_of: all-cte-counties");
    folder.edit("memos/office.yaml", all, &format!("{all}    part_of: new-counties\n"));
    assert_eq!(folder.run(&["check"]).faults.matches("is a part of itself").count(), 1);
}

#[test]
fn a_county_has_a_page_of_what_is_asked_of_all_that_it_is_a_part_of() {
    let folder = Folder::with_sources_of(shipped());
    let written = "alameda: {name: Alameda, part_of: all-counties}";
    folder.edit("memos/office.yaml", written, "alameda: {name: Alameda, part_of: new-counties}");
    let run = folder.run(&["build", "--as-of", "2021-10-01"]);
    assert_eq!(run.status, 0, "{}", run.faults);
    let page = words(&folder.read("output/counties/alameda.html"));
    let has = |text: &str| page.iter().any(|words| words == text);
    assert!(
        page[0].starts_with("Alameda County") && has("NEW Counties") && has("All CTE Counties"),
        "{page:?}"
    );
    assert!(has("Monday, October 4, 2021") && has("21144"), "{page:?}");
    assert!(!has("Monday, August 12, 2024"), "what is asked of All Counties alone: {page:?}");
    let other = words(&folder.read("output/counties/yolo.html"));
    assert!(other.contains(&"Monday, August 12, 2024".to_owned()), "{other:?}");

    folder.edit("memos/office.yaml", "part_of: new-counties}", "part_of: new-county}");
    let run = folder.run(&["check"]);
    assert!(run.faults.contains("there is no responsible entity `new-county`"), "{}", run.faults);
    folder.edit("memos/office.yaml", "{name: Alameda, part_of: new-county}", "Alameda");
    folder.build();
    let page = folder.read("output/counties/alameda.html");
    assert!(page.contains("has not listed yet"), "no guess: {page}");
}

#[test]
fn a_memo_says_first_whether_it_is_in_force_what_is_due_and_what_changed() {
    let folder = built();
    let page = words(&folder.read("output/ccrov/2024/july/24904mq.html"));
    let at = |text: &str| {
        page.iter().position(|words| words.starts_with(text)).unwrap_or_else(|| panic!("{text}: {page:?}"))
    };
    assert_eq!(at("In force."), 0);
    assert!(at("Dates") < at("What changed since") && at("What changed since") < at("TO:"), "{page:?}");
    let earlier = words(&folder.read("output/ccrov/2024/april/24902mq.html"));
    assert!(earlier[0] == "In force." && earlier[1] == "Updated by", "{earlier:?}");
    assert!(
        !earlier.iter().any(|words| words.starts_with("Dates")),
        "the later memo has the dates: {earlier:?}"
    );
    let schedule = folder.read("output/ccrov/2021/august/21144dl.html");
    assert!(schedule.contains("id=\"step-14\""), "{schedule}");
}
