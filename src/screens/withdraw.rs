//! An issued memo is withdrawn: its page says so, when and why.
//!
//! In: a memo, a day, a reason. Out: the page before the deed; the memo withdrawn. Not here: what its page then says.

use tera::Context;

use super::{
    deed::{Deed, deed},
    faults::{FaultLine, Told},
    open::{OpenFolder, Shared},
    request::{Answer, FormData},
};
use crate::{
    desk::{self, Refused, WithdrawRequest},
    folder::Snapshot,
    model::{Relation, date},
    words::{capitalized, series},
    yaml::outline,
};

/// `/memo/ID/withdraw`.
pub(super) fn page(shared: &Shared, open: &OpenFolder, id: &str, form: &FormData) -> Result<Answer, Refused> {
    let typed = form.get("day").map_or_else(|| date::prose(shared.now().date()), str::to_owned);
    let mut context = Context::new();
    context.insert("title", &format!("Withdraw {id}"));
    context.insert("id", id);
    context.insert("day", &typed);
    context.insert("why", form.get("why").unwrap_or_default());
    let asks = form.get("do").is_some();
    match (date::read(typed.trim()), form.filled("why")) {
        _ if !asks => {}
        (Err(_), _) => context.insert("wrong", "The day is no date. Write it as March 2, 2026."),
        (_, None) => context.insert("wrong", "Say why. Counties read it on the memo's page."),
        (Ok(day), Some(why)) => {
            let wish = WithdrawRequest { memo: id.to_owned(), why: why.to_owned(), date: day };
            match deed(shared, open, form, |now| desk::withdraw(now, &wish)) {
                Ok(Deed::Done(_)) => {
                    shared.say(
                        "/publish",
                        format!("{id} is withdrawn here. Publish it, so that counties see it."),
                    );
                    return Ok(Answer::Go("/publish".to_owned()));
                }
                Ok(Deed::Shown(shown)) => {
                    context.insert("is_other", &shown.is_other);
                    context.insert("look", &looked(open, id, &shown.agreed));
                    context.insert("agreed", &shown.agreed);
                    context.insert("faults", &FaultLine::others(&[], &Told::of_file(&shown.report.findings)));
                    context.insert("loses", &series(&named(&open.snapshot()?, id)));
                }
                Err(refused @ Refused::NotWithdrawn(_)) => {
                    context.insert("wrong", &format!("{}.", capitalized(&refused.to_string())));
                }
                Err(refused) => return Err(refused),
            }
        }
    }
    Ok(Answer::Page(shared.pages.page(shared, "withdraw.html", "memo", context)))
}

/// Where the memo's page can be looked at as it would be.
fn looked(open: &OpenFolder, id: &str, agreed: &str) -> Option<String> {
    let state = open.built.state.borrow();
    let page = state.shown.memos.iter().find(|memo| memo.id == id)?.page.as_ref()?;
    Some(super::issue::looked(&page.path, agreed))
}

/// The memos that it updates, supersedes or corrects: they lose that.
fn named(snapshot: &Snapshot, id: &str) -> Vec<String> {
    let keys = Relation::ALL.map(Relation::key);
    let entries = snapshot.memo(id).and_then(|(_, text)| outline(text)).unwrap_or_default();
    let named = entries.into_iter().filter(|entry| keys.contains(&entry.path.as_str()));
    named.filter_map(|entry| entry.text).collect()
}
