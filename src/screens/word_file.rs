//! A memo's Word file, for a reviewer who tracks changes.
//!
//! In: a memo, what it is compared with. Out: the file, which the browser saves; what it says is kept in the working folder. Not here: what is in
//! the file (`word`), and sending it: the analyst attaches it to a mail.

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    response::Response,
};
use tera::Context;

use super::{
    open::{OpenFolder, Shared},
    refusal,
    request::{Answer, Desk, FormData, answered},
    review, unhurried, values,
};
use crate::{
    desk::{self, Refused, WordFileRequest},
    folder::Snapshot,
    yaml::{outline, value},
};

/// What the file is to a browser.
const TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// `POST /memo/ID/word`.
pub(super) async fn make(
    State(shared): State<Arc<Shared>>,
    Desk(open): Desk,
    Path(id): Path<String>,
    form: FormData,
) -> Response {
    unhurried(move || answered(&shared, made(&shared, &open, &id, &form))).await
}

fn made(shared: &Shared, open: &OpenFolder, id: &str, form: &FormData) -> Result<Answer, Refused> {
    let against = form.filled("against").map(str::to_owned);
    let wish = WordFileRequest { memo: id.to_owned(), against, is_written: false };
    match shared.carry_out(open, |now| desk::word_file(now, &wish)) {
        Ok(report) => {
            let name = report.file.rsplit('/').next().unwrap_or(&report.file).to_owned();
            Ok(Answer::File { name, kind: TYPE, bytes: report.bytes })
        }
        Err(refused) => {
            let wrong = match &refused {
                Refused::Faults(_) | Refused::Faulty { .. } => {
                    "The memo has things to fix, so there is no Word file of it yet.".to_owned()
                }
                refused => refusal::words(refused),
            };
            Ok(Answer::Page(review::page(shared, open, id, Some(form), Some(&wrong))?))
        }
    }
}

/// What the page of a review shows of the Word file: with what it can be compared, and the beginning of a mail.
pub(super) fn fill(context: &mut Context, snapshot: &Snapshot, id: &str, form: Option<&FormData>) {
    // What keeps them from being read is told when the file is made.
    let choices = desk::compared_copies(snapshot, id).unwrap_or_default();
    context.insert("word_texts", &choices);
    context.insert("against", form.and_then(|form| form.get("against")).unwrap_or_default());
    let written = snapshot.memo(id).and_then(|(_, text)| outline(text)).unwrap_or_default();
    let subject = value(&written, "subject").filter(|subject| !subject.contains('{')).unwrap_or(id);
    let words = "Please read the attached Word file. What you change in it is tracked.";
    let subject = values::encoded(&format!("For review: {subject}"));
    context.insert("mail", &format!("mailto:?subject={subject}&body={}", values::encoded(words)));
}
