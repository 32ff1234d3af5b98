//! What the README and the guide show is true: their examples build.

use crate::common::{Folder, shipped};

/// The blocks of YAML in a Markdown text, without the indent of the list that they stand in.
fn yaml_blocks(markdown: &str) -> Vec<String> {
    let mut blocks = Vec::new();
    let mut lines = markdown.lines();
    while let Some(line) = lines.next() {
        let fence = line.strip_suffix("```yaml").or(line.strip_suffix("```markdown"));
        let Some(indent) = fence else { continue };
        let block = lines.by_ref().take_while(|line| line.trim() != "```");
        blocks
            .push(block.map(|line| line.strip_prefix(indent).unwrap_or(line)).collect::<Vec<_>>().join("\n"));
    }
    blocks
}

fn guide() -> String {
    doc("format")
}

fn doc(name: &str) -> String {
    std::fs::read_to_string(shipped().join(format!("docs/{name}.md"))).unwrap()
}

#[test]
fn the_guides_files_make_a_working_folder() {
    let folder = Folder::empty();
    for block in yaml_blocks(&guide()) {
        let first = block.lines().next().unwrap();
        let remark = first.strip_prefix("<!-- ").and_then(|rest| rest.strip_suffix(" -->"));
        if let Some(name) = first.strip_prefix("# ").or(remark) {
            folder.file(name, &block);
        } else if first == "    logo:" {
            // It goes into the letterhead, above.
            let seal = std::fs::read(shipped().join("tests/explained/memos/seal.svg")).unwrap();
            let web = "    web: www.sos.ca.gov\n";
            folder.file("memos/seal.svg", seal).edit("memos/office.yaml", web, &format!("{web}{block}\n"));
        } else if ["theme:", "website:"].contains(&first) {
            let office = folder.read("memos/office.yaml");
            folder.file("memos/office.yaml", format!("{office}\n{block}\n"));
        } else if first != "accepts:" {
            // The delay: it goes into the release's file, above.
            let release = folder.read("memos/releases/registration-2024.yaml");
            folder.file("memos/releases/registration-2024.yaml", format!("{release}\n{block}\n"));
        }
    }
    folder.build();
    let changes = folder.run(&["diff", "registration-2024"]).results;
    assert!(guide().contains(&format!("```text\n{changes}```\n")), "{changes}");
    let why = folder.run(&["why", "registration-2024", "3", "--knows", "0"]).results;
    assert!(guide().contains(&format!("```text\n{why}```\n")), "{why}");
    let memo = folder.read("output/ccrov/2024/may/24120ar.md");
    assert!(memo.contains("The Help Desk is open on Tuesday, November 5, 2024, from"), "{memo}");
    let memo = folder.read("output/ccrov/2024/june/24131ar.md");
    assert!(
        memo.contains("comes on December 8, 2024.") && memo.contains("Step 1 has been completed."),
        "{memo}"
    );
    assert!(memo.contains("from\nJune 17 to June 21, 2024."), "{memo}");
    let memo = folder.read("output/ccrov/2024/june/24140ar.md");
    assert!(memo.contains("by September 6, 2024 (E-60).") && memo.contains("## Attachments (2)"), "{memo}");
    let page = folder.read("output/ccrov/2024/june/24140ar.html");
    assert!(
        page.contains("<li>Updated by <a href=\"24141ar.html\">CC/ROV #24141 of June 13, 2024"),
        "{page}"
    );
    assert!(folder.has("output/ccrov/2024/december/canvass-reviewar-schedule.csv"));
}

#[test]
fn the_readmes_slip_is_what_a_slip_says() {
    let readme = std::fs::read_to_string(shipped().join("README.md")).unwrap();
    let folder = Folder::with_seed();
    let run = folder.run(&[
        "slip",
        "votecal-2021-2",
        "--move",
        "release=2021-12-05",
        "--reason",
        "a late fix",
        "--announced",
        "2021-09-20",
        "--dry-run",
    ]);
    let shown = run.results.split("\nNothing was written").next().unwrap();
    assert!(readme.contains(&format!("```text\n{shown}```\n")), "{shown}");
}

#[test]
fn the_readmes_memo_builds() {
    let readme = std::fs::read_to_string(shipped().join("README.md")).unwrap();
    let folder = Folder::with_seed();
    folder.file("memos/2021/21150.yaml", &yaml_blocks(&readme)[0]).build();
    assert!(folder.has("output/ccrov/2021/september/21150dl.pdf"));
}

#[test]
fn the_readmes_copy_says_what_is_to_be_confirmed() {
    let readme = std::fs::read_to_string(shipped().join("README.md")).unwrap();
    let run = Folder::with_seed().run(&["new", "21150", "--from", "21144", "--date", "September 1, 2021"]);
    assert_eq!(run.status, 0);
    assert!(readme.contains(&run.results), "{}", run.results);
}

#[test]
fn every_filter_prints_what_the_guide_says() {
    let folder = Folder::with_seed();
    let guide = doc("templates");
    let rows: Vec<(&str, &str)> = guide
        .lines()
        .filter_map(|line| line.strip_prefix("| `{{ ")?.strip_suffix(" |")?.split_once(" }}` | "))
        .collect();
    assert!(rows.len() >= 9, "the table of filters is there");
    for (expression, printed) in rows {
        let subject = format!("subject: '[{{{{ {} }}}}]'", expression.replace("\\|", "|"));
        let memo = shipped_memo();
        let line = memo.lines().find(|line| line.starts_with("subject: ")).unwrap();
        let election = "election: gubernatorial-recall-2021";
        folder.file("memos/2021/21144.yaml", memo.replace(line, &format!("{subject}\n{election}")));
        folder.build();
        let memo = folder.read("output/manifest.json");
        assert!(memo.contains(&format!("\"title\": \"[{printed}]\"")), "{expression}: {memo}");
    }
}

fn shipped_memo() -> String {
    std::fs::read_to_string(shipped().join("memos/2021/21144.yaml")).unwrap()
}

#[test]
fn the_guide_lists_every_key_that_a_fault_offers() {
    let folder = Folder::with_seed();
    folder.file("memos/2021/21150.yaml", "zzz: 1\n");
    folder.edit("memos/office.yaml", "state: State", "zzz: 1\nstate: State");
    folder.edit("memos/releases/votecal-2021-2.yaml", "system:", "zzz: 1\nsystem:");
    let run = folder.run(&["check"]);
    let guide = doc("keys");
    let offers = run.faults.lines().filter_map(|line| line.split_once("= help: there are "));
    let keys: Vec<String> = offers.flat_map(|(_, keys)| keys.split(", ").map(str::to_owned)).collect();
    assert!(keys.len() > 25, "{}", run.faults);
    for key in keys {
        assert!(guide.contains(&key), "the guide lacks {key}");
    }
}
