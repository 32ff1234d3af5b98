//! The address of a bare number, which leads to the memo that bears it.
//!
//! In: rows. Out: pages such as `21144/index.html`: one that forwards, or lists the memos if several bear the
//! number. Not here: what a memo's own address is.

use std::collections::BTreeMap;

use super::{FOLDERS, MemoListing, PageKind, pages::WebPage};
use crate::output::harmless;

/// The pages of each year's numbers.
pub(super) fn years(rows: &[MemoListing<'_>]) -> Vec<(i32, Vec<WebPage>)> {
    let mut numbers: BTreeMap<String, Vec<&MemoListing<'_>>> = BTreeMap::new();
    for row in rows {
        let number = harmless(row.label()).replace('.', "-");
        // A draft without a number that is called `calendar` has no short address.
        if FOLDERS.contains(&number.as_str()) {
            continue;
        }
        numbers.entry(number).or_default().push(row);
    }
    let mut years: BTreeMap<i32, Vec<WebPage>> = BTreeMap::new();
    for (number, memos) in numbers {
        let Some(first) = memos.first() else { continue };
        let title = format!("CC/ROV #{}", first.label());
        let page = WebPage::new(&format!("{number}/index.html"), "number.html", PageKind::Number, title);
        years.entry(first.year()).or_default().push(page.with_memos(&memos));
    }
    years.into_iter().collect()
}
