//! What plans are compared by, and the Markdown that tells what changed.
//!
//! In: a resolved plan; changes in words. Out: the texts of its tasks; the filled-in `changes.md`. Not here: what
//! changed.

use super::{
    Engine, Values,
    context::{CommonContext, MemoContext, OF_MEMO},
    earlier::EarlierValues,
    engine::folded,
    memo::Filling,
};
use crate::{
    diagnostic::{Diagnostic, Faults, Severity, Sources},
    model::{Memo, Office, Text, Typography},
    schedule::{ChangeWords, PlanKnowledge, Resolved},
    words::with_warning,
};

/// The texts of a plan's tasks as they are printed, each with its warning; in a memo, or without one. A text
/// that cannot be filled in, for it speaks of a memo, stays as it is written.
pub fn task_texts(
    memo: Option<&Memo>,
    resolved: &Resolved<'_>,
    office: &Office,
    engine: &Engine,
    sources: &Sources,
) -> Vec<String> {
    let both = texts_and_warnings(memo, resolved, office, engine, sources);
    both.iter().map(|(text, warning)| with_warning(text, warning.as_deref())).collect()
}

/// The same, each text apart from its warning.
pub fn texts_and_warnings(
    memo: Option<&Memo>,
    resolved: &Resolved<'_>,
    office: &Office,
    engine: &Engine,
    sources: &Sources,
) -> Vec<(String, Option<String>)> {
    let mut aside = Faults::default();
    filled_in(memo, resolved, (office, engine, sources), &mut aside)
}

/// Reports what is wrong in the texts of a plan's tasks, whatever memo prints them: a name that stands for nothing, braces without an
/// end. A text that speaks of a memo is filled in there, and is left alone.
pub fn check_texts(
    resolved: &Resolved<'_>,
    office: &Office,
    engine: &Engine,
    sources: &Sources,
    faults: &mut Faults,
) {
    let mut found = Faults::default();
    filled_in(None, resolved, (office, engine, sources), &mut found);
    let texts = || resolved.tasks.iter().flat_map(|task| [Some(&task.task.text), task.task.warning.as_ref()]);
    let of_memo: Vec<&Text> = texts().flatten().filter(|text| speaks_of_memo(&text.value)).collect();
    let is_of_memo = |fault: &Diagnostic| {
        let inside = |text: &&Text| {
            text.place.source == fault.place.source
                && text.place.range.start <= fault.place.range.start
                && fault.place.range.end <= text.place.range.end
        };
        of_memo.iter().any(inside)
    };
    let errors = found.into_sorted().into_iter().filter(|fault| fault.code.severity() == Severity::Error);
    errors.filter(|fault| !is_of_memo(fault)).for_each(|fault| faults.push(fault));
}

/// Whether a text uses a value that only a memo has.
fn speaks_of_memo(text: &str) -> bool {
    let mut inside = text.split("{").skip(1);
    let is_part = |c: char| !c.is_alphanumeric() && c != '_';
    inside.any(|text| text.split(is_part).any(|word| OF_MEMO.contains(&word)))
}

fn filled_in(
    memo: Option<&Memo>,
    resolved: &Resolved<'_>,
    (office, engine, sources): (&Office, &Engine, &Sources),
    faults: &mut Faults,
) -> Vec<(String, Option<String>)> {
    let memo = memo.and_then(|memo| Some((memo, office.holder(memo.date)?)));
    let base = |known: &PlanKnowledge<'_>| match memo {
        Some((memo, holder)) => Values::of(&MemoContext::new(office, holder, memo, Some(known))),
        None => Values::of(&CommonContext::new(office, Some(resolved.plan), Some(known))),
    };
    let values = base(&resolved.known());
    let mut filling = Filling::of(values, office.typography, engine, sources, faults);
    let earlier = EarlierValues::of(resolved, &base, &filling);
    filling.delays(resolved.delays);
    filling.schedule_names(&resolved.plan.schedule);
    let texts = resolved.tasks.iter().map(|task| {
        let mut printed = |text: &Text| {
            filling.whole = true;
            let filled = filling.of_step(text, earlier.values(task));
            if filling.whole { filled } else { folded(&text.value) }
        };
        (printed(&task.task.text), task.task.warning.as_ref().map(&mut printed))
    });
    texts.collect()
}

/// The causes of all delays that are known, as they are printed. `None` if one has a fault.
pub fn causes(
    resolved: &Resolved<'_>,
    office: &Office,
    engine: &Engine,
    sources: &Sources,
    faults: &mut Faults,
) -> Option<Vec<String>> {
    let values = Values::of(&CommonContext::new(office, Some(resolved.plan), Some(&resolved.known())));
    let mut filling = Filling::of(values, office.typography, engine, sources, faults);
    let delays = filling.delays(resolved.delays);
    filling.whole.then(|| delays.into_iter().map(|delay| delay.cause).collect())
}

/// Fills `changes.md` in. `None` if it has a fault.
pub fn changes(
    told: &ChangeWords,
    engine: &Engine,
    sources: &Sources,
    faults: &mut Faults,
) -> Option<String> {
    // What is told is set already.
    let mut filling = Filling::of(Values::new(), Typography::AsTyped, engine, sources, faults);
    filling.values.insert("changes", told);
    filling.values.insert("attached", &false);
    let markdown = filling.template("changes.md");
    filling.whole.then_some(markdown)
}
