//! `diff`: what changed from one schedule to another, in sentences, tables or data.
//!
//! Not here: what counts as a change, and its words.

use std::path::Path;

use chrono::NaiveDate;
use clap::{Args, ValueEnum};

use super::{
    Outcome, Terminal,
    report::report,
    workspace::{self, Workspace, stem},
};
use crate::{
    diagnostic::{Faults, offer},
    document::Document,
    html,
    input::{self, Working},
    model::{Entity, Id, Memo, Plan, date},
    press::told,
    schedule::{self, Resolved, Side, compare, resolve, tell},
    template::{Engine, changes, task_texts},
};

#[derive(Args)]
pub(super) struct DiffArguments {
    /// The earlier schedule: a memo, or a release at one of its delays
    #[arg(value_name = "A")]
    from: String,
    /// The later one; of a release alone, its last two plans are compared
    #[arg(value_name = "B")]
    to: Option<String>,
    /// Only the tasks of this responsible entity, by its key or its printed name
    #[arg(long = "for", value_name = "ENTITY")]
    entity: Option<String>,
    /// How to print it
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = Format::Text, hide_default_value = true)]
    format: Format,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Sentences
    Text,
    /// Sentences and a table, as Markdown
    Md,
    /// The same as a part of a web page
    Html,
    /// Data for other programs
    Json,
}

/// A schedule that was asked for.
struct Asked<'w> {
    plan: &'w Plan,
    memo: Option<&'w Memo>,
    knows: usize,
    as_of: NaiveDate,
    /// As it can be typed: `21144`, `votecal-2021-2@0`.
    name: String,
    /// What people call it.
    words: String,
}

/// Why there is none.
enum Wrong {
    Usage(String),
    /// Its file has a fault, which is reported.
    Fault,
}

/// `ccrov diff`.
pub(super) fn diff(root: &Path, chosen: &DiffArguments, terminal: &mut Terminal) -> Outcome {
    let mut faults = Faults::default();
    let workspace = workspace::read(root, &mut faults);
    let named = [Some(stem(&chosen.from)), chosen.to.as_deref().map(stem)];
    let wanted = |memo: &str| named.iter().flatten().any(|name| name == memo);
    let working = input::read(&workspace.texts, &workspace.sources, &mut faults, wanted);
    let engine = Engine::markdown(&workspace.templates, &workspace.sources, &mut faults);
    let printed = working.as_ref().ok_or(Wrong::Fault).and_then(|working| {
        let (from, to) = both(chosen, working, &workspace)?;
        let entity = chosen.entity.as_deref().map(|name| entity(name, working)).transpose()?;
        let difference = Difference { from, to, entity, working, workspace: &workspace, engine: &engine };
        difference.printed(chosen, &mut faults).ok_or(Wrong::Fault)
    });
    match printed {
        Ok(text) => {
            terminal.say(text.trim_end());
            Outcome::Done
        }
        Err(Wrong::Usage(wrong)) => terminal.wrong_usage(&wrong),
        Err(Wrong::Fault) => {
            report(&faults.into_sorted(), &workspace.sources, terminal).0.max(Outcome::Faults)
        }
    }
}

/// What is compared.
struct Difference<'w> {
    from: Asked<'w>,
    to: Asked<'w>,
    entity: Option<&'w Entity>,
    working: &'w Working,
    workspace: &'w Workspace,
    engine: &'w Engine,
}

impl Difference<'_> {
    fn printed(&self, chosen: &DiffArguments, faults: &mut Faults) -> Option<String> {
        let (before, after) = (self.from.resolved(faults)?, self.to.resolved(faults)?);
        let (earlier, later) = (self.texts(&self.from, &before), self.texts(&self.to, &after));
        let before = Side { resolved: &before, texts: &earlier };
        let after = Side { resolved: &after, texts: &later };
        let found = compare(before, after, self.entity);
        let entity = self.entity.map(|entity| entity.name.as_str());
        let told = tell(&found, &self.from.words, &self.to.words, entity);
        let markdown = |faults: &mut Faults| changes(&told, self.engine, &self.workspace.sources, faults);
        match chosen.format {
            Format::Text => Some(format!("{}\n\n{}", told.heading, told.sentences.join("\n"))),
            Format::Md => markdown(faults),
            Format::Html => {
                let found = match Document::parse(&markdown(faults)?) {
                    Ok(document) => return Some(html::write(&document)),
                    Err(found) => found,
                };
                let (_, source) = self.workspace.templates.iter().find(|(name, _)| name == "changes.md")?;
                found.iter().for_each(|fault| faults.push(told::fault(fault, source.start())));
                None
            }
            Format::Json => Some(schedule::data(&found, &self.from.name, &self.to.name, entity)),
        }
    }

    fn texts(&self, asked: &Asked<'_>, resolved: &Resolved<'_>) -> Vec<String> {
        let (office, sources) = (&self.working.office, &self.workspace.sources);
        task_texts(asked.plan, asked.memo, resolved, office, self.engine, sources)
    }
}

/// The two schedules; of a release alone, its last two.
fn both<'w>(
    chosen: &DiffArguments,
    working: &'w Working,
    workspace: &Workspace,
) -> Result<(Asked<'w>, Asked<'w>), Wrong> {
    let from = asked(&chosen.from, working, workspace)?;
    if let Some(to) = &chosen.to {
        return Ok((from, asked(to, working, workspace)?));
    }
    match (from.memo, from.knows.checked_sub(1)) {
        (None, Some(before)) => Ok((Asked::release(from.plan, before), from)),
        (None, None) => {
            let name = from.plan.name.as_deref().unwrap_or_default();
            Err(Wrong::Usage(format!("{} has no delay yet ({name}); name a second schedule", chosen.from)))
        }
        (Some(_), _) => Err(Wrong::Usage("name a second memo, or a release".to_owned())),
    }
}

/// A memo by the name of its file, or a release: `votecal-2021-2@0` is its first plan, `votecal-2021-2` its last.
fn asked<'w>(name: &str, working: &'w Working, workspace: &Workspace) -> Result<Asked<'w>, Wrong> {
    let name = stem(name);
    let (release, count) = match name.split_once('@') {
        Some((release, count)) => (release, Some(count)),
        None => (name.as_str(), None),
    };
    let id = release.parse::<Id>().ok();
    if count.is_none() && workspace.memos.contains(&name) {
        let memo = id.as_ref().and_then(|id| working.memos.get(id));
        return match memo {
            Some(Some(memo)) => Asked::memo(memo),
            Some(None) => Err(Wrong::Fault),
            None => Err(Wrong::Usage(format!("memo {name} has no schedule: it is archived"))),
        };
    }
    let Some(plan) = id.and_then(|id| working.releases.get(&id)) else {
        let releases = working.releases.keys().map(Id::as_str);
        let memos = workspace.memos.iter().filter(|_| count.is_none()).map(String::as_str);
        let help = offer(release, memos.chain(releases));
        let what = if count.is_some() { "release" } else { "memo or release" };
        return Err(Wrong::Usage(format!("there is no {what} `{release}`; {help}")));
    };
    let plan = plan.as_deref().ok_or(Wrong::Fault)?;
    let all = plan.delays.len();
    let knows = count.map_or(Ok(all), str::parse);
    match knows.ok().filter(|knows| *knows <= all) {
        Some(knows) => Ok(Asked::release(plan, knows)),
        None => Err(Wrong::Usage(match all {
            0 => format!("{release} has no delay: {release}@0 is its only plan"),
            last => format!("{release}@0 is the first plan, {release}@{last} the last; there is no `{name}`"),
        })),
    }
}

impl<'w> Asked<'w> {
    fn memo(memo: &'w Memo) -> Result<Asked<'w>, Wrong> {
        let number = memo.number.as_deref().unwrap_or(memo.id.as_str());
        let Some(plan) = memo.plan.as_deref() else {
            return Err(Wrong::Usage(format!(
                "memo {} has no schedule: no `release` and no `tasks`",
                memo.id
            )));
        };
        let words = format!("memo {number} ({})", date::prose(memo.date));
        Ok(Asked {
            plan,
            memo: Some(memo),
            knows: memo.knows,
            as_of: memo.date,
            name: memo.id.to_string(),
            words,
        })
    }

    /// A release when a delay was announced. Nothing of a first plan is completed.
    fn release(plan: &'w Plan, knows: usize) -> Asked<'w> {
        let id = plan.id.as_ref().map_or("", Id::as_str);
        let announced = knows.checked_sub(1).map(|last| plan.delays[last].announced);
        let words = match announced {
            Some(announced) => format!("the plan of {id} ({})", date::prose(announced)),
            None => format!("the first plan of {id}"),
        };
        let name = format!("{id}@{knows}");
        Asked { plan, memo: None, knows, as_of: announced.unwrap_or(NaiveDate::MIN), name, words }
    }

    fn resolved(&self, faults: &mut Faults) -> Option<Resolved<'w>> {
        resolve(self.plan, self.knows, self.as_of, faults)
    }
}

/// An entity by its key or by how it is printed.
fn entity<'w>(name: &str, working: &'w Working) -> Result<&'w Entity, Wrong> {
    let entities =
        working.office.entities.iter().filter_map(|(id, entity)| Some((id.as_str(), entity.as_deref()?)));
    let called = |known: &str| known.eq_ignore_ascii_case(name);
    let found = entities.clone().find(|(id, entity)| called(id) || called(&entity.name));
    found.map(|(_, entity)| entity).ok_or_else(|| {
        let names: Vec<_> = entities.flat_map(|(id, entity)| [id, entity.name.as_str()]).collect();
        Wrong::Usage(format!("there is no responsible entity `{name}`; {}", offer(name, names)))
    })
}
