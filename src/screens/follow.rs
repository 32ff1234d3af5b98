//! Dates of steps that hang on nothing: rules that give exactly them, taken one by one or all at once.
//!
//! In: a release; the rules that somebody takes. Out: the page; the dates that follow by now. Not here: which rules there are, and that no
//! date changes, which the desk tries.

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use tera::Context;

use super::{
    file,
    open::{OpenFolder, Shared},
    request::{Answer, Desk, FormData, answered},
    unhurried, values,
};
use crate::{
    desk::{self, FollowWish, FollowedReport, Refused},
    words::counted,
};

/// `GET /release/ID/tasks/follow`.
pub(super) async fn show(
    State(shared): State<Arc<Shared>>,
    Desk(open): Desk,
    Path(id): Path<String>,
) -> Response {
    unhurried(move || answered(&shared, page(&shared, &open, &id))).await
}

/// `POST /release/ID/tasks/follow`.
pub(super) async fn follow(
    State(shared): State<Arc<Shared>>,
    Desk(open): Desk,
    Path(id): Path<String>,
    form: FormData,
) -> Response {
    unhurried(move || answered(&shared, followed(&shared, &open, &id, &form))).await
}

/// The address of the page.
pub(super) fn address(id: &str) -> String {
    format!("/release/{}/tasks/follow", values::encoded(id))
}

fn page(shared: &Shared, open: &OpenFolder, id: &str) -> Result<Answer, Refused> {
    let mut context = Context::new();
    context.insert("title", &format!("What do the dates of {id} follow?"));
    context.insert("id", id);
    context.insert("screen", &address(id));
    match desk::offered_rules(&open.snapshot()?, id) {
        Ok(report) => {
            context.insert("all", &report.offers.iter().filter(|offer| offer.fits).count());
            context.insert("report", &report);
        }
        Err(Refused::Faults(_) | Refused::Faulty { .. }) => {
            context.insert("faulty", &file::address("release", id));
            let page = shared.pages.page(shared, "follow.html", "release", context);
            return Ok(Answer::Problem(StatusCode::UNPROCESSABLE_ENTITY, page));
        }
        Err(refused) => return Err(refused),
    }
    context.insert("done", &shared.told(&address(id)));
    Ok(Answer::Page(shared.pages.page(shared, "follow.html", "release", context)))
}

fn followed(shared: &Shared, open: &OpenFolder, id: &str, form: &FormData) -> Result<Answer, Refused> {
    let asked = form.get("do").unwrap_or_default();
    let keys = match asked.strip_prefix("follow ") {
        Some(key) => vec![key.to_owned()],
        None if asked == "all" => form.all("fits"),
        None => Vec::new(),
    };
    let wish = |key: &String| {
        let said = |name: &str| form.get(&format!("{name}:{key}")).map(str::to_owned);
        Some(FollowWish { key: key.clone(), date: said("date")?, rule: said("rule")? })
    };
    let wishes: Vec<FollowWish> = keys.iter().filter_map(wish).collect();
    let report = match shared.carry_out(open, |now| desk::follow_rules(now, id, &wishes)) {
        Err(Refused::Faults(_) | Refused::Faulty { .. }) => return page(shared, open, id),
        done => done?,
    };
    shared.say(&address(id), said(&report));
    Ok(Answer::Go(address(id)))
}

/// What was written, and what was not.
fn said(report: &FollowedReport) -> String {
    let mut said = match report.followed.as_slice() {
        [] => "No date follows anything new.".to_owned(),
        [one] => format!("{one} from now on. No date has changed."),
        all => {
            format!("{} follow what you chose from now on. No date has changed.", counted(all.len(), "date"))
        }
    };
    for left in &report.left {
        said.push(' ');
        said += left;
    }
    said
}
