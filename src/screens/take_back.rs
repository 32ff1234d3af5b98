//! An issue is taken back that nobody outside has seen: the memo can be changed again, and keeps its number.
//!
//! In: a memo, and whether anybody got it otherwise. Out: the page before the deed; the memo in work again. Not here: where it may
//! have been published, which the desk asks.

use tera::Context;

use super::{
    deed::{self, Deed},
    open::{OpenFolder, Shared},
    refusal,
    request::{Answer, FormData},
    values,
};
use crate::{
    desk::{self, Refused},
    model::Status,
    words::series,
};

/// `/memo/ID/take-back`.
pub(super) fn page(shared: &Shared, open: &OpenFolder, id: &str, form: &FormData) -> Result<Answer, Refused> {
    let mut context = Context::new();
    context.insert("title", &format!("Take back the issue of {id}"));
    context.insert("id", id);
    let place = |name: &str| shared.place(name, open);
    let plan = |now: &_| desk::undo_issue(now, &[id.to_owned()], &place);
    match form.get("sent") {
        // Nothing was asked yet, so nothing is done.
        None => {}
        Some("yes") => context.insert("was_sent", &true),
        Some(_) => match deed::deed(shared, open, form, plan) {
            Ok(Deed::Done(_)) => {
                shared.say(&memo(id), format!("{id} is no longer issued. It keeps its number."));
                return Ok(Answer::Go(memo(id)));
            }
            Ok(Deed::Shown(shown)) => {
                context.insert("is_other", &shown.is_other);
                context.insert("agreed", &shown.agreed);
                let is_approved = shown.report.undone.iter().any(|memo| memo.status == Status::Approved);
                context.insert("is_approved", &is_approved);
                context.insert("asked", &series(&shown.report.asked));
            }
            Err(stays @ Refused::StaysIssued { .. }) => context.insert("stays", &refusal::words(&stays)),
            Err(refused) => return Err(refused),
        },
    }
    Ok(deed::shown(form, shared.pages.page(shared, "take-back.html", "memo", context)))
}

fn memo(id: &str) -> String {
    format!("/memo/{}", values::encoded(id))
}
