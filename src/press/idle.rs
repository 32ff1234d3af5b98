//! The contact of a memo that only texts and templates could show, and none does.
//!
//! In: a memo, its office, the templates. Out: a warning at its key. Not here: keys that change nothing whatever the
//! templates say, which are told where they are read.

use super::job::Job;
use crate::{
    diagnostic::{Diagnostic, Faults},
    model::{Body, Memo},
    prose::names_variable,
    template::Engine,
    yaml,
};

/// Reports a contact that nothing shows.
pub(super) fn check(memo: &Memo, job: &Job<'_>, engine: &Engine, faults: &mut Faults) {
    // A template in place of a body may show anything.
    if memo.contact.is_none() || matches!(memo.body, Body::Template(_)) {
        return;
    }
    let planned = memo.dated().into_iter().flat_map(|plan| plan.texts());
    let mut texts = memo.texts().into_iter().chain(planned).chain(&job.office.running_head);
    if texts.any(|text| names_variable(&text.value, "contact"))
        || engine.own_names_variable("contact", job.sources)
    {
        return;
    }
    let entries = yaml::outline(&job.sources.get(memo.source).text).unwrap_or_default();
    let Some(entry) = yaml::entry(&entries, "contact") else { return };
    faults.push(
        Diagnostic::idle(memo.source.at(entry.key.clone()), "contact")
            .expected("no text of the memo names the contact, so no reader sees it")
            .help("write {{ contact.name }} and {{ contact.phone }} in the text, or take this line out"),
    );
}
