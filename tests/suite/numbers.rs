//! The numbers that memos get when they are issued: the next one of their year; the ones that nobody bears are told.

use crate::common::Folder;

/// A memo to be issued; without a number, if its name is none.
fn memo(folder: &Folder, name: &str, date: &str, status: &str) {
    let number = match name.parse::<u32>() {
        Ok(_) => format!("number: {name}\n"),
        Err(_) => String::new(),
    };
    let text = format!(
        "{number}date: {date}\nstatus: {status}\nletterhead: elections\nto: All\nfrom: debra-ledsinger\nsubject: \
         Drill {name}\nbody: Text.\n"
    );
    folder.file(&format!("memos/{}/{name}.yaml", &date[..4]), text);
}

/// Issues a memo, and gives what is said.
fn issued(folder: &Folder, name: &str) -> String {
    let run = folder.run(&["issue", name]);
    run.results + &run.faults
}

#[test]
fn the_next_number_comes_after_the_last_and_gaps_stay() {
    let folder = Folder::with_seed();
    std::fs::remove_file(folder.path().join("memos/2021/21144.yaml")).unwrap();
    folder.edit("memos/office.yaml", "starting: 2015-01-05", "starting: 2005-01-05");
    for (number, date) in
        [("21003", "2021-02-03"), ("21001", "2021-02-01"), ("21007", "2021-02-07"), ("22001", "2022-02-01")]
    {
        memo(&folder, number, date, "approved");
        folder.run(&["issue", number]);
    }
    memo(&folder, "draft", "2021-02-08", "draft");
    memo(&folder, "one", "2021-03-01", "approved");
    let said = issued(&folder, "one");
    assert!(said.starts_with("Issued: 21008 (it was one), Drill one"), "{said}");
    assert!(said.contains("Numbers of 2021 that no memo here bears: 21002, 21004 to 21006."), "{said}");
    memo(&folder, "two", "2021-03-02", "approved");
    assert!(issued(&folder, "two").starts_with("Issued: 21009 (it was two), Drill two"));
    // A year of its own begins with one; a year without a gap tells none.
    memo(&folder, "three", "2005-03-02", "approved");
    assert!(issued(&folder, "three").starts_with("Issued: 05001 (it was three), Drill three"));
    memo(&folder, "four", "2022-03-02", "approved");
    let said = issued(&folder, "four");
    assert!(said.starts_with("Issued: 22002 (it was four), Drill four") && !said.contains("bears"), "{said}");
    memo(&folder, "21999", "2021-12-30", "draft");
    memo(&folder, "five", "2021-12-31", "approved");
    let said = issued(&folder, "five");
    assert!(said.starts_with("Nothing was written.\nerror: 2021 has no number left for five"), "{said}");
}
