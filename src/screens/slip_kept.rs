//! What is kept of delays that no reader knows: the last delay, and what is proposed; each taken back or dropped.
//!
//! In: a release, the form of a button. Out: what its page tells of both, and what others made of them meanwhile; the plan carried
//! out. Not here: recording and changing a delay (`slip`).

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    response::Response,
};
use serde::Serialize;

use super::{
    open::{OpenFolder, Shared},
    request::{Answer, Desk, FormData, answered},
    slip::{address, built_words},
    slip_form::{Begun, TypedDelay},
    unhurried,
};
use crate::{
    desk::{self, BuildReport, DroppedProposal, LastDelay, OpenProposal, Refused},
    folder::{Plan, Snapshot},
    model::date,
    words::series,
};

/// What somebody asks of a delay that is kept.
type Carry = fn(&Shared, &OpenFolder, &str, &FormData) -> Result<String, Refused>;

/// `POST /slip/RELEASE/take-back`.
pub(super) async fn take_back(
    shared: State<Arc<Shared>>,
    desk: Desk,
    of: Path<String>,
    form: FormData,
) -> Response {
    carried(shared, desk, of, form, taken_back).await
}

/// `POST /slip/RELEASE/drop`.
pub(super) async fn drop(
    shared: State<Arc<Shared>>,
    desk: Desk,
    of: Path<String>,
    form: FormData,
) -> Response {
    carried(shared, desk, of, form, dropped).await
}

async fn carried(
    State(shared): State<Arc<Shared>>,
    Desk(open): Desk,
    Path(release): Path<String>,
    form: FormData,
    carry: Carry,
) -> Response {
    unhurried(move || {
        let said = carry(&shared, &open, &release, &form);
        let gone = said.map(|said| {
            shared.say(&address(&release), said);
            Answer::Go(address(&release))
        });
        answered(&shared, gone)
    })
    .await
}

/// The last delay of a release, as its page tells it.
#[derive(Serialize)]
pub(super) struct ShownDelay {
    told: String,
    cause: String,
    /// The memos that went out with it.
    issued: Vec<String>,
    drafts: Vec<String>,
    mark: String,
}

/// The last delay of a release, if it has one.
pub(super) fn last(snapshot: &Snapshot, release: &str) -> Result<Option<ShownDelay>, Refused> {
    let delay = desk::last_delay(snapshot, release)?;
    Ok(delay.map(|LastDelay { announced, cause, issued, drafts, mark }| ShownDelay {
        told: date::prose(announced),
        cause: cause.trim_end_matches('.').to_owned(),
        issued,
        drafts,
        mark,
    }))
}

/// What is proposed of a release, as its page tells it.
#[derive(Serialize)]
pub(super) struct ShownProposal {
    #[serde(flatten)]
    proposal: OpenProposal,
    /// What tells it from any other.
    mark: String,
}

/// What is proposed of a release, if anything is.
pub(super) fn proposal(snapshot: &Snapshot, release: &str) -> Option<ShownProposal> {
    let proposal = desk::open_proposal(snapshot, release)?;
    Some(ShownProposal { proposal, mark: desk::delay_marks(snapshot, release).proposed })
}

/// What somebody else has made, since the form was opened, of what it would replace; `proposes` if it would become a proposal.
pub(super) fn meanwhile(
    snapshot: &Snapshot,
    release: &str,
    typed: &TypedDelay,
    proposes: bool,
) -> Option<&'static str> {
    let now = desk::delay_marks(snapshot, release);
    if typed.begun == Begun::Last && typed.marks.last != now.last {
        return Some(match now.last.is_empty() {
            true => "Somebody has taken the delay back meanwhile. Begin with a blank form.",
            false => {
                "Somebody has changed, added or taken back a delay meanwhile: look at it again. What is typed here takes \
                 the place of the last delay as it is now."
            }
        });
    }
    let is_other = (proposes || typed.begun == Begun::Proposal) && typed.marks.proposed != now.proposed;
    is_other.then_some(match now.proposed.is_empty() {
        true => "The proposal is gone: somebody has recorded or dropped it meanwhile.",
        false => {
            "Somebody has saved another proposal meanwhile: look at it again. What is typed here takes its place."
        }
    })
}

fn taken_back(shared: &Shared, open: &OpenFolder, release: &str, form: &FormData) -> Result<String, Refused> {
    let mark = form.get("mark").unwrap_or_default();
    let taken = shared.carry_out(open, |now| {
        let plan = desk::take_back_delay(now, release, mark)?;
        match plan.report.is_some() {
            true => Ok(desk::and_build(now, plan)?.map(|(delay, built)| delay.zip(Some(built)))),
            false => Ok(Plan::nothing(None)),
        }
    })?;
    Ok(match taken {
        None => "The release has been changed since this page was shown, so the delay was not taken back."
            .to_owned(),
        Some((LastDelay { drafts, .. }, built)) => format!(
            "The delay is taken back; all dates are as they were before it. {}{}",
            built_words(&built),
            told_by(&drafts)
        ),
    })
}

fn dropped(shared: &Shared, open: &OpenFolder, release: &str, form: &FormData) -> Result<String, Refused> {
    let seen = form.get("mark").unwrap_or_default();
    let dropped: Option<(DroppedProposal, BuildReport)> = shared.carry_out(open, |now| {
        if desk::delay_marks(now, release).proposed != seen {
            return Ok(Plan::nothing(None));
        }
        Ok(desk::and_build(now, desk::drop_proposal(now, release)?)?.map(Some))
    })?;
    Ok(match dropped {
        None => "The proposal has been changed since this page was shown, so it was not dropped.".to_owned(),
        Some((DroppedProposal { proposal, .. }, _)) => {
            format!("The proposal is dropped.{}", told_by(&proposal.drafts))
        }
    })
}

/// What is to be looked at, since it told what is gone.
fn told_by(drafts: &[String]) -> String {
    match drafts {
        [] => String::new(),
        drafts => format!(" {} told it: look at what each says now.", series(drafts)),
    }
}
