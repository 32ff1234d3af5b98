//! A delay that a sheet tells, with the steps that come and go by it.
//!
//! In: a delay, a sheet. Out: the plan of the delay (`slip`) in which new steps say `since:` and steps that are gone say `until:` this
//! delay, so that memos of before keep the steps that they had. Not here: which steps the sheet has and has not.

use super::{
    SheetReading, SheetRequest,
    cells::SheetCells,
    changes::{WantedChange, compared},
    columns::ColumnMeanings,
    edits::{with_entities, with_steps},
    known::KnownRelease,
    report::ChangeKind,
};
use crate::{
    desk::{
        Refused, SlipReport, SlipRequest, SourceFile,
        fields::{editable, release_errors},
        slip::slip,
    },
    diagnostic::{self, Findings},
    folder::{Edits, Plan, Snapshot},
};

/// Plans to record a delay with the new steps of a sheet, and without those that somebody says are gone. A delay that is only proposed
/// changes no steps.
///
/// # Errors
/// [`Refused`]: as of [`slip`]; and [`Refused::Conflict`] if something else hangs on a step that is gone.
pub fn slip_with_sheet(
    snapshot: &Snapshot,
    wish: &SlipRequest,
    sheet: &SheetRequest,
) -> Result<Plan<SlipReport>, Refused> {
    let mut plan = slip(snapshot, wish)?;
    let known = KnownRelease::of(snapshot, &wish.release)?;
    let cells = SheetCells::read(&sheet.text);
    let columns = ColumnMeanings::of(&cells, &sheet.columns);
    if !columns.are_known() || plan.report.is_proposal() {
        return Ok(plan);
    }
    let reading = SheetReading::read(&cells, &columns, &known, sheet);
    let mut steps = compared(&reading, &known, sheet).wanted;
    steps.retain(|one| one.change.is_taken && matches!(one.change.kind, ChangeKind::New | ChangeKind::Gone));
    plan.report.steps = steps.iter().map(words).collect();
    if plan.sources.is_empty() || steps.is_empty() {
        return Ok(plan);
    }
    let delay = plan.report.earlier_delays + 1;
    let after = snapshot.with(&plan.sources);
    let source = editable(&after, &SourceFile::Release(known.id.clone()))?;
    let file = after.sources.get(source);
    let steps: Vec<&WantedChange> = steps.iter().collect();
    let text = with_steps(&file.text, &known, &reading, &steps, Some(delay));
    let text = text.ok_or_else(|| Refused::NotEdited {
        what: file.name.clone(),
        instead: "record the delay alone, and write these steps into the file yourself".to_owned(),
    })?;
    let mut edits = Edits::of(&after);
    edits.edit(source, &text);
    with_entities(&mut edits, &reading, &steps, sheet)?;
    let (mut faults, _) = release_errors(&edits.snapshot, &known.id);
    diagnostic::leave_out(&mut faults, &release_errors(&after, &known.id).0);
    if !faults.is_empty() {
        let findings = Findings { faults, sources: edits.snapshot.sources.clone() };
        return Err(Refused::Conflict { release: known.id, findings, asked: Vec::new() });
    }
    for edit in edits.files()? {
        match plan.sources.iter_mut().find(|planned| planned.path == edit.path) {
            Some(planned) => planned.becomes = edit.becomes,
            None => plan.sources.push(edit),
        }
    }
    Ok(plan)
}

/// What comes or goes: "Step 14 is new: Install it".
fn words(one: &WantedChange) -> String {
    let change = &one.change;
    let is = if change.kind == ChangeKind::New { "is new" } else { "is dropped" };
    format!("{} {is}: {}", change.step, change.task)
}
