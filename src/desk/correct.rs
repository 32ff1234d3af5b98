//! An issued memo is corrected in a form: the edit and the corrected memo are written together, or nothing is.
//!
//! In: a memo, a form, what was wrong. Out: the plan. Until it is committed, the memo stays as counties have read it. Not here: how a
//! corrected memo is printed.

use serde::Serialize;

use super::{
    CorrectionRequest, FormReport, FormRequest, IssueReport, IssueRequest, Refused, SourceFile,
    fields::form_edits, issue::issue_edited,
};
use crate::folder::{Plan, Snapshot};

/// A memo that is corrected, or why it is not.
#[derive(Debug, Serialize)]
pub struct CorrectReport {
    /// What changes in its file. As long as others have changed the same fields, nothing is written.
    pub form: FormReport,
    /// What comes of it.
    pub issue: IssueReport,
}

/// Plans to change an issued memo and to publish it anew, as [`issue`](super::issue()) with a correction does what
/// somebody has edited.
///
/// # Errors
/// [`Refused`], as [`save_form`](super::save_form) and [`issue`](super::issue()) say.
pub fn correct(
    snapshot: &Snapshot,
    memo: &str,
    form: &FormRequest,
    correction: CorrectionRequest,
) -> Result<Plan<CorrectReport>, Refused> {
    let (form, edits) = form_edits(snapshot, &SourceFile::Memo(memo.to_owned()), form)?;
    let wish = IssueRequest { memos: vec![memo.to_owned()], correction: Some(correction), anyway: None };
    let plan = issue_edited(&edits, &wish)?;
    let is_open = form.conflicts.is_empty();
    let plan = plan.map(|issue| CorrectReport { form, issue });
    Ok(if is_open { plan } else { Plan::nothing(plan.report) })
}
