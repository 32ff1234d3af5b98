//! The contact of a memo that only texts and templates could show, and none does.
//!
//! In: a memo, its office, the templates. Out: a warning at its key. Not here: keys that change nothing whatever the
//! templates say, which are told where they are read.

use super::job::Job;
use crate::{
    diagnostic::{Code, Diagnostic, Faults},
    model::{Attachment, Body, Memo, Text},
    template::{Engine, names_variable},
    yaml,
};

/// Reports a contact that nothing shows.
pub(super) fn check(memo: &Memo, job: &Job<'_>, engine: &Engine, faults: &mut Faults) {
    // A template in place of a body may show anything.
    let Body::Text(body) = &memo.body else { return };
    let texts = texts(memo, body, job);
    let is_named = texts.iter().any(|text| names_variable(&text.value, "contact"))
        || engine.own_names_variable("contact", job.sources);
    if is_named || memo.contact.is_none() {
        return;
    }
    let entries = yaml::outline(&job.sources.get(memo.source).text).unwrap_or_default();
    let Some(entry) = yaml::entry(&entries, "contact") else { return };
    let place = memo.source.at(entry.key.clone());
    faults.push(
        Diagnostic::new(Code::IdleKey, place, "`contact` changes nothing here")
            .expected("no text of the memo names the contact, so no reader sees it")
            .help("write {{ contact.name }} and {{ contact.phone }} in the text, or take this line out"),
    );
}

/// Every text in which variables can stand.
fn texts<'m>(memo: &'m Memo, body: &'m Text, job: &Job<'m>) -> Vec<&'m Text> {
    let mut texts = vec![&memo.subject, body];
    for attachment in &memo.attachments {
        match attachment {
            Attachment::Text(text) => texts.extend([&text.title, &text.body]),
            Attachment::File(file) => texts.push(&file.title),
            Attachment::Schedule | Attachment::Changes => {}
        }
    }
    if let Some(plan) = &memo.plan {
        let around = &plan.schedule;
        texts.extend(
            [&around.title, &around.edition, &around.introduction, &around.note].into_iter().flatten(),
        );
        texts.extend(plan.tasks.iter().flat_map(|task| [Some(&task.text), task.warning.as_ref()]).flatten());
        texts.extend(plan.delays.iter().map(|delay| &delay.cause));
    }
    texts.extend(&job.office.running_head);
    texts
}
