//! `why`: what the dates of a step follow from, back to what somebody wrote.

use std::{collections::BTreeSet, path::Path};

use chrono::NaiveDate;
use clap::Args;

use super::{
    Outcome, Terminal, counted,
    report::report,
    workspace::{self, stem},
};
use crate::{
    diagnostic::{Faults, Sources, nearest, offer},
    input,
    model::{Id, Plan, date},
    schedule::{Edge, Part, Resolved, Thing, resolve},
};

#[derive(Args)]
pub(super) struct WhyArguments {
    /// The release, by the name of its file; or a memo that has tasks of its own
    #[arg(value_name = "RELEASE")]
    release: String,
    /// The step as it is printed, or the id of a task, or the name of a milestone
    #[arg(value_name = "STEP")]
    step: String,
    /// As somebody knew it who knew so many delays [default: all]
    #[arg(long, value_name = "N")]
    knows: Option<usize>,
}

/// `ccrov why`.
pub(super) fn why(root: &Path, chosen: &WhyArguments, terminal: &mut Terminal) -> Outcome {
    let mut faults = Faults::default();
    let workspace = workspace::read(root, &mut faults);
    let name = stem(&chosen.release);
    let working = input::read(&workspace.texts, &workspace.sources, &mut faults, |memo| memo == name);
    let Some(working) = working else { return faulty(faults, &workspace.sources, terminal) };
    let id = name.parse::<Id>().ok();
    let release = id.as_ref().and_then(|id| working.releases.get(id));
    let memo = id.as_ref().and_then(|id| working.memos.get(id));
    let plan = match (release, memo) {
        (Some(Some(plan)), _) => plan,
        (None, Some(Some(memo))) => match &memo.plan {
            Some(plan) => plan,
            None => return terminal.wrong_usage(&format!("memo {name} has no tasks")),
        },
        (Some(None), _) | (None, Some(None)) => return faulty(faults, &workspace.sources, terminal),
        (None, None) => {
            let help = offer(&name, working.releases.keys().map(Id::as_str));
            return terminal.wrong_usage(&format!("there is no release `{name}`; {help}"));
        }
    };
    let delays = plan.delays.len();
    let knows = chosen.knows.unwrap_or(delays);
    if knows > delays {
        return terminal
            .wrong_usage(&format!("--knows is {knows}, and {name} has {}", counted(delays, "delay")));
    }
    let Some(resolved) = resolve(plan, knows, NaiveDate::MAX, &mut faults) else {
        return faulty(faults, &workspace.sources, terminal);
    };
    let Some(thing) = thing(&chosen.step, &resolved) else {
        let steps = resolved.tasks.iter().map(|task| task.task.step.value.as_str());
        let names = steps.chain(resolved.milestones.iter().map(|milestone| milestone.id.as_str()));
        let names: Vec<&str> = names.collect();
        // An id is meant if one is near; steps and milestones are what people look for.
        let ids = resolved.tasks.iter().map(|task| task.task.id.as_str());
        let near = nearest(&chosen.step, ids).map(|id| format!("did you mean `{id}`?"));
        let known = near.unwrap_or_else(|| offer(&chosen.step, names));
        return terminal.wrong_usage(&format!("this plan has no step `{}`; {known}", chosen.step));
    };
    say(thing, &resolved, &workspace.sources, terminal);
    Outcome::Done
}

fn faulty(faults: Faults, sources: &Sources, terminal: &mut Terminal) -> Outcome {
    report(&faults.into_sorted(), sources, terminal).0.max(Outcome::Faults)
}

/// What a step as printed, an id or a name means.
fn thing(named: &str, resolved: &Resolved<'_>) -> Option<Thing> {
    let by_step = resolved.tasks.iter().find(|task| task.task.step.value.eq_ignore_ascii_case(named));
    let by_id = || resolved.tasks.iter().find(|task| task.task.id.as_str() == named);
    let milestone = || resolved.milestones.iter().position(|milestone| milestone.id.as_str() == named);
    let task = by_step.or_else(by_id).map(|task| Thing::Task(task.at));
    task.or_else(|| milestone().map(Thing::Milestone))
}

fn say(thing: Thing, resolved: &Resolved<'_>, sources: &Sources, terminal: &mut Terminal) {
    let plan = resolved.plan;
    let as_of = match resolved.delays.last() {
        Some(delay) => format!("after the delay announced {}", date::prose(delay.announced)),
        None => "in the first plan".to_owned(),
    };
    terminal.say(&format!("{} {as_of}:", title(thing, plan)));
    let one_day = matches!(thing, Thing::Milestone(at) if !plan.milestones[at].is_window);
    let edges = if one_day { &[Edge::Start][..] } else { &[Edge::Start, Edge::End] };
    let mut shown = BTreeSet::new();
    for edge in edges {
        terminal.say("");
        for (place, words) in resolved.chain(Part { thing, edge: *edge }) {
            let mut letters = words.chars();
            let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
            if !shown.insert(words.clone()) {
                terminal.say(&format!("  {first}{}, as above.", letters.as_str()));
                break;
            }
            let (line, _) = sources.line_and_column(&place);
            terminal.say(&format!("  {first}{}.", letters.as_str()));
            terminal.say(&format!("      {}:{line}", sources.get(place.source).name));
        }
    }
}

/// "Step 17 (smoke-test), All CTE Counties," and "The mock election".
fn title(thing: Thing, plan: &Plan) -> String {
    match thing {
        Thing::Task(at) => {
            let task = &plan.tasks[at];
            let owners: Vec<_> = task.owners.iter().map(|owner| owner.name.as_str()).collect();
            format!("Step {} (`{}`), {},", task.step.value, task.id, owners.join("/"))
        }
        Thing::Milestone(at) => format!("The {}", plan.milestones[at].words()),
    }
}
