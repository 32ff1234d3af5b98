//! The releases whose milestones can be moved, and when these are now.
//!
//! Not here: moving them.

use serde::Serialize;

use crate::{
    desk::Refused,
    diagnostic::{Faults, Findings},
    folder::Snapshot,
    model::{Id, Plan, Window, date},
    records,
    schedule::{Resolved, resolve},
};

/// A release whose milestones can be moved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MovableRelease {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// When counties were told of each of its delays, earliest first: "August 31, 2021".
    pub delays: Vec<String>,
    /// Whether any step follows a milestone or a step.
    pub follows: bool,
    /// Its milestones in the order written.
    pub milestones: Vec<MovableMilestone>,
}

/// A milestone of a release.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MovableMilestone {
    /// Its id.
    pub id: String,
    /// What it is called: "mock election".
    pub name: String,
    /// What it is called, and when it is: "mock election: 10/26/2021 to 11/5/2021".
    pub words: String,
    /// Whether it has a first and a last day.
    pub is_window: bool,
    /// When it was in the first plan, and after each delay: "10/26/2021 to 11/5/2021".
    pub plans: Vec<String>,
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
        let milestones = (0..plan.milestones.len()).map(|at| milestone(at, &resolved)).collect();
        let name = plan.name.clone().unwrap_or_else(|| id.to_string());
        Some(MovableRelease {
            id: id.to_string(),
            name,
            delays: plan.delays.iter().map(|delay| date::prose(delay.announced)).collect(),
            follows: plan.tasks.iter().any(|task| task.dates.hangs()),
            milestones,
        })
    };
    Ok(plans.filter_map(release).collect())
}

fn milestone(at: usize, resolved: &Resolved<'_>) -> MovableMilestone {
    let milestone = &resolved.milestones[at];
    let (name, now) = (milestone.id.words(), when(&milestone.now));
    MovableMilestone {
        id: milestone.id.to_string(),
        words: format!("{name}: {now}"),
        name,
        is_window: resolved.plan.milestones[at].is_window,
        plans: resolved.windows.iter().map(|plan| plan.get(at).map(when).unwrap_or_default()).collect(),
    }
}

/// "10/26/2021 to 11/5/2021", "11/7/2021".
fn when(Window { start, end }: &Window) -> String {
    let (start, end) = (start.cell().to_string(), end.cell().to_string());
    if start == end { start } else { format!("{start} to {end}") }
}
