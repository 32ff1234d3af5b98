//! Texts of steps that were completed before a delay: they say what was known then, for what was done is not done otherwise
//! by a delay.
//!
//! In: a resolved plan. Out: the values that such texts are filled in with. Not here: which steps these are, which
//! `schedule` knows.

use std::collections::{BTreeMap, BTreeSet};

use super::{Values, full_stops::one_stop, memo::Filling};
use crate::{
    diagnostic::Faults,
    document::set_plain_typographically,
    model::Text,
    schedule::{PlanKnowledge, Resolved, ResolvedTask},
};

/// What templates could see before delays, by how many were known.
pub(super) struct EarlierValues(BTreeMap<usize, Values>);

impl EarlierValues {
    /// Of those delays before which a step was completed. `base` makes the values of a plan as somebody knows it.
    pub fn of(
        resolved: &Resolved<'_>,
        base: &dyn Fn(&PlanKnowledge<'_>) -> Values,
        filling: &Filling<'_>,
    ) -> EarlierValues {
        let known = resolved.tasks.iter().map(|task| task.knew).filter(|knew| *knew < resolved.delays.len());
        let known: BTreeSet<usize> = known.collect();
        let values = known.into_iter().filter_map(|knew| {
            let then = resolved.known_before(knew)?;
            let mut aside = Faults::default();
            let mut filling =
                Filling::of(base(&then), filling.typography, filling.engine, filling.sources, &mut aside);
            filling.delays(then.delays);
            filling.schedule_names(&resolved.plan.schedule);
            Some((knew, filling.values))
        });
        EarlierValues(values.collect())
    }

    /// Those that the texts of a step are filled in with, if it was completed before a delay.
    pub fn values(&self, task: &ResolvedTask<'_>) -> Option<&Values> {
        self.0.get(&task.knew)
    }
}

impl Filling<'_> {
    /// A text of a step, with the values of then if it was completed before a delay. If it speaks of what was not known
    /// then, such as the delay, it is filled in as it is now.
    pub(super) fn of_step(&mut self, text: &Text, then: Option<&Values>) -> String {
        let mut aside = Faults::default();
        let then = then.and_then(|values| self.engine.plain(text, values, self.sources, &mut aside));
        match then {
            Some(filled) => self.set(one_stop(filled), set_plain_typographically),
            None => self.plain(text),
        }
    }
}
