//! An issue is taken back that nobody outside has seen: the memo becomes a draft again, and keeps its number.
//!
//! In: a memo, and whether anybody got it otherwise. Out: the page before the deed; the memo in work again. Not here: where it may
//! have been published, which the desk asks.

use tera::Context;

use super::{
    deed::{Deed, deed},
    open::{OpenFolder, Shared},
    request::{Answer, FormData},
    values,
};
use crate::{
    desk::{self, Refused},
    words::{capitalized, series},
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
        Some(_) => match deed(shared, open, form, plan) {
            Ok(Deed::Done(_)) => {
                shared.say(&memo(id), format!("{id} is no longer issued. It keeps its number."));
                return Ok(Answer::Go(memo(id)));
            }
            Ok(Deed::Shown(shown)) => {
                context.insert("is_other", &shown.is_other);
                context.insert("agreed", &shown.agreed);
                context.insert("asked", &series(&shown.report.asked));
            }
            Err(Refused::StaysIssued { why, .. }) => {
                context.insert("stays", &format!("{}.", capitalized(&why)));
            }
            Err(refused) => return Err(refused),
        },
    }
    Ok(Answer::Page(shared.pages.page(shared, "take-back.html", "memo", context)))
}

fn memo(id: &str) -> String {
    format!("/memo/{}", values::encoded(id))
}
