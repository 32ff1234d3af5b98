//! The releases whose milestones can be moved, and when these are now.
//!
//! Not here: moving them.

use std::path::Path;

use chrono::NaiveDate;

use crate::{
    cli::{Terminal, report::report, workspace},
    diagnostic::Faults,
    input,
    model::{Id, Plan, Window, date},
    schedule::{ResolvedMilestone, resolve},
    serve::{Milestone, Release},
};

/// All releases without a fault. `None` if nothing can be read, which is said.
pub(in crate::cli) fn releases(root: &Path, terminal: &mut Terminal) -> Option<Vec<Release>> {
    let mut faults = Faults::default();
    let workspace = workspace::read(root, &mut faults);
    let Some(working) = input::read(&workspace.texts, &workspace.sources, &mut faults, |_| false) else {
        report(&faults.into_sorted(), &workspace.sources, terminal);
        return None;
    };
    let plans = working.releases.iter().filter_map(|(id, plan)| Some((id, plan.as_deref()?)));
    let release = |(id, plan): (&Id, &Plan)| {
        let as_of = plan.delays.last().map_or(NaiveDate::MIN, |delay| delay.announced);
        // What is wrong with a release is shown beside the memos.
        let resolved = resolve(plan, plan.delays.len(), as_of, &mut Faults::default())?;
        let milestones = resolved.milestones.iter().map(milestone).collect();
        let name = plan.name.clone().unwrap_or_else(|| id.to_string());
        Some(Release { id: id.to_string(), name, milestones })
    };
    Some(plans.filter_map(release).collect())
}

fn milestone(milestone: &ResolvedMilestone<'_>) -> Milestone {
    let Window { start, end } = milestone.now;
    let (name, start, end) = (milestone.id.as_str().replace('-', " "), date::table(start), date::table(end));
    let when = if start == end { start } else { format!("{start} to {end}") };
    Milestone { id: milestone.id.to_string(), words: format!("{name}: {when}") }
}
