//! The release's file with the changes that are taken.
//!
//! In: changes. Out: edits of the release, and of the office where an entity is added. Not here: which changes there are.

use std::collections::BTreeMap;

use super::{
    OwnerAnswer, SheetReading, SheetRequest,
    changes::{StepEdit, WantedChange},
    known::KnownRelease,
    pair::RowIs,
};
use crate::{
    desk::Refused,
    diagnostic::SourceId,
    folder::Edits,
    yaml::edit::{self, At, Value},
};

/// Writes what is taken.
pub(super) fn edited(
    edits: &mut Edits,
    source: SourceId,
    known: &KnownRelease,
    sheet: &SheetReading<'_>,
    wanted: &[WantedChange],
    wish: &SheetRequest,
) -> Result<(), Refused> {
    let file = edits.snapshot.sources.get(source);
    let taken: Vec<&WantedChange> = wanted.iter().filter(|one| one.change.is_taken).collect();
    let text = with_steps(&file.text, known, sheet, &taken, None);
    let name = file.name.clone();
    let instead = || "change these steps in its file yourself".to_owned();
    let text = text.ok_or_else(|| Refused::NotEdited { what: name, instead: instead() })?;
    edits.edit(source, &text);
    with_entities(edits, sheet, &taken, wish)
}

fn tasks() -> At {
    At::default().key("tasks")
}

/// The text with cells that change, then from the last task on with those that come and go: so no place of an earlier one changes. With
/// a delay, steps come and go by it.
pub(super) fn with_steps(
    text: &str,
    known: &KnownRelease,
    sheet: &SheetReading<'_>,
    taken: &[&WantedChange],
    delay: Option<usize>,
) -> Option<String> {
    let delay = delay.map(|delay| Value::Text(delay.to_string()));
    let mut text = text.to_owned();
    let mut gone = Vec::new();
    let mut new: BTreeMap<usize, Vec<Value>> = BTreeMap::new();
    let mut ids = known.ids.clone();
    for one in taken {
        match &one.edit {
            StepEdit::Set { at, key, value, without } => {
                let task = tasks().item(*at);
                if let Some(key) = without {
                    text = edit::without(&text, &task.key(key))?;
                }
                text = match value {
                    Some(value) => edit::set_at(&text, &task.key(key), value)?,
                    None => edit::without(&text, &task.key(key))?,
                };
            }
            StepEdit::New { row, keys } => {
                let id = (ids.len() + 1..).map(|nth| format!("task-{nth}")).find(|id| !ids.contains(id))?;
                let first = ("id".to_owned(), Value::Text(id.clone()));
                ids.push(id);
                let since = delay.clone().map(|delay| ("since".to_owned(), delay));
                let keys = std::iter::once(first).chain(keys.iter().cloned()).chain(since).collect();
                new.entry(place(known, sheet, *row)).or_default().push(Value::Map(keys));
            }
            StepEdit::Gone { at } => match &delay {
                Some(delay) => text = edit::set_at(&text, &tasks().item(*at).key("until"), delay)?,
                None => gone.push(*at),
            },
            StepEdit::Nothing => {}
        }
    }
    let last = known.ids.len();
    for at in (0..=last).rev() {
        if let Some(items) = new.remove(&at) {
            text = edit::insert_all_at(&text, &tasks(), at, &items)?;
        }
        if let Some(before) = at.checked_sub(1).filter(|before| gone.contains(before)) {
            text = edit::remove_at(&text, &tasks().item(before))?;
        }
    }
    Some(text)
}

/// Before which task of the file a new row comes: below the step of the row above it; without one, above that of the row below it.
fn place(known: &KnownRelease, sheet: &SheetReading<'_>, row: usize) -> usize {
    let step = |is: &RowIs| match is {
        RowIs::Step(at) => Some(known.steps[*at].at),
        _ => None,
    };
    let above = sheet.is[..row].iter().rev().find_map(step).map(|at| at + 1);
    above.or_else(|| sheet.is[row..].iter().find_map(step)).unwrap_or(known.ids.len())
}

/// Adds the entities that rows need and the office has not.
pub(super) fn with_entities(
    edits: &mut Edits,
    sheet: &SheetReading<'_>,
    taken: &[&WantedChange],
    wish: &SheetRequest,
) -> Result<(), Refused> {
    let used = |id: &String| taken.iter().any(|one| one.names(id));
    for (name, id) in sheet.owners.added.iter().filter(|(_, id)| used(id)) {
        let source = edits.snapshot.texts.office.ok_or(Refused::NoOffice)?;
        let at = At::default().key("entities").key(id);
        let value = match wish.owners.get(name) {
            Some(OwnerAnswer::PartOf(whole)) => Value::Map(vec![
                ("name".to_owned(), Value::Text(name.clone())),
                ("part_of".to_owned(), Value::Text(whole.clone())),
            ]),
            _ => Value::Text(name.clone()),
        };
        let file = edits.snapshot.sources.get(source);
        let text = edit::set_at(&file.text, &at, &value).ok_or_else(|| Refused::NotEdited {
            what: file.name.clone(),
            instead: format!("add “{name}” to the office first"),
        })?;
        edits.edit(source, &text);
    }
    Ok(())
}

impl WantedChange {
    /// Whether it makes an entity responsible.
    fn names(&self, id: &str) -> bool {
        fn has(value: &Value, id: &str) -> bool {
            match value {
                Value::Text(text) => text == id,
                Value::List(all) => all.iter().any(|value| has(value, id)),
                Value::Flow(value) => has(value, id),
                Value::Map(_) => false,
            }
        }
        match &self.edit {
            StepEdit::Set { key: "owners", value: Some(value), .. } => has(value, id),
            StepEdit::New { keys, .. } => keys.iter().any(|(key, value)| key == "owners" && has(value, id)),
            _ => false,
        }
    }
}
