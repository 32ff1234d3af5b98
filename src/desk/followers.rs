//! Which drafts would say something else if a form were saved: told before it is.
//!
//! In: a snapshot, a form. Out: the drafts, found by printing them as the folder is and as it would be; how many memos have gone out,
//! which keep what they say. Not here: where a fact is named (`uses`).

use serde::Serialize;

use super::{
    Refused, SourceFile,
    approval::printed,
    fields::{FormRequest, form_edits},
    memo_list,
};
use crate::{folder::Snapshot, model::date, records::Readings};

/// What follows from a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Followers {
    /// The drafts that would be printed otherwise, by their ids.
    pub drafts: Vec<String>,
    /// How many drafts were not compared, since they can be printed neither before nor after.
    pub unprinted: usize,
    /// How many memos have gone out.
    pub issued: usize,
}

/// Finds what follows from a form; nothing if it changes nothing.
///
/// # Errors
/// [`Refused`]: there is no such file, or what is typed cannot be put into it in the way it is written.
pub fn followers(
    snapshot: &Snapshot,
    file: &SourceFile,
    wish: &FormRequest,
) -> Result<Option<Followers>, Refused> {
    let (report, edits) = form_edits(snapshot, file, wish)?;
    if report.set.is_empty() {
        return Ok(None);
    }
    let (open, gone): (Vec<_>, Vec<_>) = memo_list(snapshot).into_iter().partition(|memo| memo.is_in_work);
    let dated = |memo: super::ListedMemo| Some((memo.id, date::read(&memo.date).ok()?));
    let all = open.len();
    let open: Vec<_> = open.into_iter().filter_map(dated).collect();
    let [before, after] =
        [snapshot, &edits.snapshot].map(|snapshot| printed(snapshot, &open, &mut Readings::default()).texts);
    let ids: Vec<String> = open.into_iter().map(|(id, _)| id).collect();
    let printed = ids.iter().filter(|id| before.contains_key(*id) || after.contains_key(*id)).count();
    let drafts = ids.into_iter().filter(|id| before.get(id) != after.get(id)).collect();
    Ok(Some(Followers { drafts, unprinted: all - printed, issued: gone.len() }))
}
