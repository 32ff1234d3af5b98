//! The table of the standards' clauses names tests that exist, and leaves none of its rows without a word.

use crate::common::{files, shipped};

#[test]
fn every_test_that_the_table_of_clauses_names_exists() {
    let table = std::fs::read_to_string(shipped().join("src/pdf/clauses.md")).unwrap();
    let tests = shipped().join("tests");
    let sources = files(&tests).into_iter().filter(|file| file.ends_with(".rs"));
    let code: String = sources.map(|file| std::fs::read_to_string(tests.join(file)).unwrap()).collect();
    let mut count = 0;
    for row in table.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| Clause")) {
        if row.starts_with("| ---") {
            continue;
        }
        let how = row.rsplit("| ").next().unwrap();
        assert!(["checked: ", "met", "not applicable: "].iter().any(|way| how.starts_with(way)), "{row}");
        if let Some(named) = how.strip_prefix("checked: ") {
            let name = named.split('`').nth(1).unwrap();
            assert!(code.contains(&format!("#[test]\nfn {name}()")), "no test {name}");
            count += 1;
        }
    }
    assert!(count > 10, "the table is there");
}
