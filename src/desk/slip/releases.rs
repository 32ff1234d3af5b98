//! The releases whose milestones can be moved, and when these are now.
//!
//! Not here: moving them.

use serde::Serialize;

use crate::{
    desk::Refused,
    diagnostic::{Faults, Findings},
    folder::Snapshot,
    model::{Id, Plan, Window},
    records,
    schedule::{ResolvedMilestone, resolve},
};

/// A release whose milestones can be moved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MovableRelease {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// Its milestones in the order written.
    pub milestones: Vec<MovableMilestone>,
}

/// A milestone of a release.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MovableMilestone {
    /// Its id.
    pub id: String,
    /// What it is called, and when it is: "mock election: 10/26/2021 to 11/5/2021".
    pub words: String,
}

/// All releases without a fault.
///
/// # Errors
/// [`Refused::Faults`] if there is no office that can be read.
pub fn movable(snapshot: &Snapshot) -> Result<Vec<MovableRelease>, Refused> {
    let mut faults = snapshot.faults();
    let Some(working) = records::read(&snapshot.texts, &snapshot.sources, &mut faults, |_| false) else {
        let sources = snapshot.sources.clone();
        return Err(Refused::Faults(Findings { faults: faults.into_sorted(), sources }));
    };
    let plans = working.releases.iter().filter_map(|(id, plan)| Some((id, plan.as_deref()?)));
    let release = |(id, plan): (&Id, &Plan)| {
        // What is wrong with a release is shown beside the memos.
        let resolved = resolve(plan, plan.delays.len(), plan.seen_on(), &mut Faults::default())?;
        let milestones = resolved.milestones.iter().map(milestone).collect();
        let name = plan.name.clone().unwrap_or_else(|| id.to_string());
        Some(MovableRelease { id: id.to_string(), name, milestones })
    };
    Ok(plans.filter_map(release).collect())
}

fn milestone(milestone: &ResolvedMilestone<'_>) -> MovableMilestone {
    let Window { start, end } = &milestone.now;
    let (name, start, end) = (milestone.id.words(), start.cell().to_string(), end.cell().to_string());
    let when = if start == end { start } else { format!("{start} to {end}") };
    MovableMilestone { id: milestone.id.to_string(), words: format!("{name}: {when}") }
}
