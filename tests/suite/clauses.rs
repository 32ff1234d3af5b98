//! The table of the standards' clauses names tests that exist, and leaves none of its rows without a word.

use std::{collections::BTreeSet, fs, process::Command};

use crate::common::shipped;

/// The names of all tests, without their modules: of the suite what it lists, of the others what their files have.
fn tests() -> BTreeSet<String> {
    let list = Command::new(std::env::current_exe().unwrap())
        .args(["--list", "--format", "terse"])
        .output()
        .unwrap();
    let list = String::from_utf8(list.stdout).unwrap();
    let listed = list.lines().filter_map(|line| line.strip_suffix(": test")?.rsplit("::").next());
    let mut names: BTreeSet<String> = listed.map(str::to_owned).collect();
    for file in ["accessible.rs", "browser.rs", "s3.rs"] {
        let code = fs::read_to_string(shipped().join("tests").join(file)).unwrap();
        let written = code.split("#[test]\nfn ").skip(1).filter_map(|rest| rest.split('(').next());
        names.extend(written.map(str::to_owned));
    }
    names
}

#[test]
fn every_test_that_the_table_of_clauses_names_exists() {
    let table = fs::read_to_string(shipped().join("src/pdf/clauses.md")).unwrap();
    let tests = tests();
    let mut count = 0;
    for row in table.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| Clause")) {
        if row.starts_with("| ---") {
            continue;
        }
        let how = row.rsplit("| ").next().unwrap();
        assert!(
            ["checked: ", "met", "not applicable: ", "missing: "].iter().any(|way| how.starts_with(way)),
            "{row}"
        );
        if let Some(named) = how.strip_prefix("checked: ") {
            let name = named.split('`').nth(1).unwrap();
            assert!(tests.contains(name), "no test {name}");
            count += 1;
        }
    }
    assert!(count > 10, "the table is there");
}
