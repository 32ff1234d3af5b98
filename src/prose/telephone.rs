//! Telephone numbers in texts: ten figures with the usual signs between them.
//!
//! In: a text. Out: figures and ranges. Not here: which numbers are right.

use std::{collections::BTreeMap, ops::Range};

use crate::model::Office;

/// The telephone numbers of a text: their figures, and where they stand.
pub(super) fn find(text: &str) -> Vec<(String, Range<usize>)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find(|c: char| c.is_ascii_digit() || c == '(').map(|start| at + start)
    {
        let part = |c: char| c.is_ascii_digit() || "()-. ".contains(c);
        let length = text[start..].find(|c| !part(c)).unwrap_or(text.len() - start);
        let said = text[start..start + length].trim_end_matches(['(', '-', '.', ' ']);
        let figures: String = said.chars().filter(char::is_ascii_digit).collect();
        let figures = figures.strip_prefix('1').filter(|rest| rest.len() == 10).unwrap_or(&figures);
        if figures.len() == 10 && said.len() > 10 {
            found.push((figures.to_owned(), start..start + said.len()));
        }
        at = start + length.max(1);
    }
    found
}

/// The numbers of the office, as it writes them.
pub fn of_office(office: &Office) -> BTreeMap<String, String> {
    let letterheads = office.letterheads.values().flatten().flat_map(|l| [&l.tel, &l.fax]);
    let contacts = office.contacts.values().flatten().map(|c| &c.phone);
    let written = letterheads.chain(contacts).flatten();
    written
        .flat_map(|text| find(text).into_iter().map(|(figures, range)| (figures, text[range].to_owned())))
        .collect()
}
