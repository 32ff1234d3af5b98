//! What is pasted into a text: it becomes Markdown, with what it may be as well.
//!
//! In: the clipboard as a browser gives it. Out: Markdown, a line that tells what came along, what can be taken out or become a
//! fact. Nothing is saved. Not here: how HTML becomes Markdown (`crate::paste`).

use std::{collections::BTreeSet, sync::Arc};

use axum::{extract::State, response::Response};
use serde::Serialize;

use super::{
    open::{OpenFolder, Shared},
    request::{Answer, Desk, FormData},
    unhurried,
};
use crate::{
    desk,
    paste::{Clipboard, PastedFact, Removal, facts, paste},
    records::Readings,
};

/// What the page's script puts into the text.
#[derive(Serialize)]
struct PastedText {
    markdown: String,
    /// "Pasted 12 paragraphs, 2 tables; left out 1 picture".
    said: String,
    /// The same as plain text, if that is something else.
    plain: Option<String>,
    /// What may be taken out: each with the words of its button.
    removals: Vec<Offer>,
    /// What equals a fact: each with what stands for it.
    facts: Vec<Offer>,
}

/// A stretch of the text that can become another.
#[derive(Serialize)]
struct Offer {
    words: String,
    text: String,
    becomes: String,
}

/// `POST /paste`.
pub(super) async fn pasted(State(_): State<Arc<Shared>>, Desk(open): Desk, form: FormData) -> Response {
    unhurried(move || {
        let text = text(&open, &form);
        Answer::Data(serde_json::to_string(&text).expect("it holds texts, which are JSON"))
    })
    .await
}

fn text(open: &OpenFolder, form: &FormData) -> PastedText {
    let clipboard = Clipboard {
        html: form.get("html").filter(|html| !html.is_empty()),
        plain: form.get("plain").unwrap_or_default(),
        into: form.get("into").unwrap_or_default(),
    };
    let pasted = paste(&clipboard);
    let removal = |removal: &Removal| {
        let text = pasted.markdown.get(removal.range.clone()).unwrap_or_default().to_owned();
        Offer { words: format!("Remove {}: {}", removal.kind, removal.begins), text, becomes: String::new() }
    };
    let removals = pasted.removals.iter().map(removal).filter(|offer| !offer.text.is_empty()).collect();
    let known = match (open.snapshot(), form.get("memo")) {
        (Ok(snapshot), Some(memo)) => desk::facts(&snapshot, memo, &mut Readings::default()),
        _ => Vec::new(),
    };
    // A short name may stand in any sentence; dates, telephones and addresses do not.
    let telling = |fact: &&desk::Fact| fact.printed.chars().any(|c| c.is_ascii_digit() || c == '@');
    let known: Vec<desk::Fact> = known.iter().filter(telling).cloned().collect();
    let printed: Vec<PastedFact> = known
        .iter()
        .map(|fact| PastedFact { insert: fact.insert.clone(), printed: fact.printed.clone() })
        .collect();
    let mut offered = BTreeSet::new();
    let found = facts(&pasted.markdown, &printed).into_iter();
    let found = found.filter(|(_, at)| offered.insert(*at)).filter_map(|(range, at)| {
        let (fact, text) = (known.get(at)?, pasted.markdown.get(range)?.to_owned());
        let words = format!("Replace {} with {}: {}", text, fact.group, fact.label);
        Some(Offer { words, text, becomes: fact.insert.clone() })
    });
    let facts = found.collect();
    PastedText {
        said: format!("{}.", pasted.report),
        removals,
        facts,
        plain: pasted.as_plain,
        markdown: pasted.markdown,
    }
}
