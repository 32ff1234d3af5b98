//! A case is something that several tests look at: a folder, an example. Each test of each case is a test of its own,
//! `golden::issued::builds_to_what_is_expected`, so one that fails does not hide the others.

use std::fs;

use crate::common::shipped;

/// Runs functions, each given a case's name, for each of the cases that are listed; a hyphen in a name is an underscore
/// in the list. The list is held against what there is, so that no case is left out unseen.
macro_rules! cases {
    (of $all:expr; run $tests:tt; for { $($case:ident)* }) => {
        $(mod $case {
            $crate::cases::cases! { @ $case $tests }
        })*

        #[test]
        fn every_case_is_listed() {
            $crate::cases::compare(&[$(stringify!($case)),*], $all);
        }
    };
    (@ $case:ident { $($test:ident)* }) => {
        $(#[test]
        fn $test() {
            super::$test(&stringify!($case).replace('_', "-"));
        })*
    };
}
pub(crate) use cases;

/// The names of the cases that have a folder each in a folder of the tests.
pub fn folders(of: &str) -> Vec<String> {
    let entries = fs::read_dir(shipped().join("tests").join(of)).unwrap();
    entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

/// Fails if a case is not in the list, or the list has one that is not there.
pub fn compare(listed: &[&str], all: Vec<String>) {
    let all: Vec<String> = all.into_iter().map(|name| name.replace('-', "_")).collect();
    let unlisted: Vec<_> = all.iter().filter(|name| !listed.contains(&name.as_str())).collect();
    assert!(unlisted.is_empty(), "the list of `cases!` lacks {unlisted:?}");
    let gone: Vec<_> = listed.iter().filter(|name| !all.iter().any(|there| there == *name)).collect();
    assert!(gone.is_empty(), "the list of `cases!` has {gone:?}, which are not there");
}
