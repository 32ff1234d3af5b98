//! What the README and the guide show is true: their examples build.

use crate::common::{Folder, arguments, shipped};

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
    assert_eq!(folder.run(&["issue", "24140", "24141"]).status, 0);
    let page = folder.read("output/ccrov/2024/june/24140ar.html");
    assert!(
        page.contains("<li>Updated by <a href=\"24141ar.html\">CC/ROV #24141 of June 13, 2024"),
        "{page}"
    );
    assert!(folder.has("output/ccrov/2024/december/canvass-reviewar-schedule.csv"));
}

fn readme() -> String {
    std::fs::read_to_string(shipped().join("README.md")).unwrap()
}

/// The commands that the README names, in their order, from where a working folder is begun.
fn commands(readme: &str) -> Vec<String> {
    let mut commands = Vec::new();
    let mut is_shell = false;
    for line in readme.split("## Begin\n").nth(1).unwrap().lines() {
        is_shell = if line.starts_with("```") { line == "```sh" } else { is_shell };
        if is_shell && line.starts_with("ccrov ") {
            commands.push(line.split("  ").next().unwrap().to_owned());
        }
        let pieces =
            line.split('`').skip(1).step_by(2).filter(|_| line.starts_with('|') || line.contains("--anyway"));
        commands.extend(pieces.filter(|piece| piece.starts_with("ccrov ")).map(str::to_owned));
    }
    commands
}

/// Whoever tries the README in a folder fresh from `init` gets what it shows.
#[test]
fn every_command_of_the_readme_works_in_a_new_folder() {
    let (readme, around) = (readme(), Folder::empty());
    assert_eq!(around.run(&["init", "memoranda"]).status, 0);
    let site = around.path().join("site").display().to_string();
    let mut count = 0;
    for command in commands(&readme) {
        // What runs until it is stopped, or needs a storage or a Word file, has tests of its own.
        if ["ccrov init", "ccrov serve", "s3://", ".docx"].iter().any(|other| command.contains(other)) {
            continue;
        }
        let mut line: Vec<String> = arguments(&command.replace("/srv/www/memos", &site)).split_off(1);
        line.splice(0..0, ["--root".to_owned(), "memoranda".to_owned()]);
        if command == "ccrov publish /srv/www/memos" {
            // The release that was begun is filled in, as its remarks say; then all is built.
            std::fs::remove_file(around.path().join("memoranda/memos/releases/roster-2027.yaml")).unwrap();
            let run = around.run(&["--root", "memoranda", "build"]);
            assert_eq!(run.status, 0, "{}", run.faults);
        }
        if command.contains("--anyway") {
            around.file("memoranda/memos/2026/26003.yaml", &yaml_blocks(&readme)[0]);
        }
        let line: Vec<&str> = line.iter().map(String::as_str).collect();
        let run = around.run(&line);
        // A memo that was just begun, and the release beside it, still lack what their remarks ask for.
        let said = format!("{}{}", run.faults, run.results);
        let is_begun = run.status == 1 && (said.contains("/26003.yaml") || said.contains("roster-2027"));
        assert!(run.status == 0 || is_begun, "{command}: {} {}", run.results, run.faults);
        if command.contains("--from 26001") {
            let shown = run.results.split("\nNothing was written").next().unwrap();
            assert!(readme.contains(&format!("```text\n{shown}```\n")), "{shown}");
        }
        if command.starts_with("ccrov slip") {
            let real: Vec<&str> =
                line.iter().map(|word| if *word == "--dry-run" { "--yes" } else { word }).collect();
            around.run(&real);
            assert!(around.read("memoranda/memos/releases/roster-2026.yaml").contains("a late fix"));
        }
        count += 1;
    }
    assert!(count > 30, "{count} commands");
}

#[test]
fn the_readmes_slip_is_what_a_slip_says() {
    let (readme, folder) = (readme(), Folder::empty());
    folder.run(&["init", "."]);
    let all = commands(&readme);
    let slip = all.iter().find(|command| command.starts_with("ccrov slip")).unwrap();
    let line = arguments(slip).split_off(1);
    let run = folder.run(&line.iter().map(String::as_str).collect::<Vec<_>>());
    let shown = run.results.split("\nNothing was written").next().unwrap();
    assert!(readme.contains(&format!("```text\n{shown}```\n")), "{shown}");
}

#[test]
fn the_readmes_memo_builds() {
    let folder = Folder::empty();
    folder.run(&["init", "."]);
    folder.file("memos/2026/26003.yaml", &yaml_blocks(&readme())[0]).build();
    assert!(folder.has("output/ccrov/2026/september/26003ar.pdf"));
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
