//! An issued memo is withdrawn: its page says so, when and why.
//!
//! In: a memo, a day, a reason. Out: the page before the deed; the memo withdrawn. Not here: what its page then says.

use tera::Context;

use super::{
    deed::{self, Deed},
    faults::{FaultLine, Told},
    issue::looked,
    open::{OpenFolder, Shared},
    refusal,
    request::{Answer, FormData},
};
use crate::{
    desk::{self, Refused, WithdrawRequest},
    model::{Id, date},
    words::series,
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
            match deed::deed(shared, open, form, |now| desk::withdraw(now, &wish)) {
                Ok(Deed::Done(_)) => {
                    shared.say(
                        "/publish",
                        format!("{id} is withdrawn here. Publish it, so that counties see it."),
                    );
                    return Ok(Answer::Go("/publish".to_owned()));
                }
                Ok(Deed::Shown(shown)) => {
                    context.insert("is_other", &shown.is_other);
                    let page = shown.report.page.as_ref();
                    context.insert("look", &page.map(|page| looked(page.as_str(), &shown.agreed)));
                    context.insert("agreed", &shown.agreed);
                    context.insert("faults", &FaultLine::others(&[], &Told::of_file(&shown.report.findings)));
                    let named = shown.report.relations.values().flatten().map(Id::as_str);
                    context.insert("loses", &series(&named.collect::<Vec<_>>()));
                }
                Err(refused @ Refused::NotWithdrawn(_)) => {
                    context.insert("wrong", &refusal::words(&refused));
                }
                Err(refused) => return Err(refused),
            }
        }
    }
    Ok(deed::shown(form, shared.pages.page(shared, "withdraw.html", "memo", context)))
}
