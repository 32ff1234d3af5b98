//! `diff`: what changed from one schedule to another, in sentences, tables or data.

use std::path::Path;

use clap::{Args, ValueEnum};

use super::{Outcome, Terminal, at, snapshot};
use crate::desk::{self, DiffForm, DiffRequest};

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
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = DiffFormat::Text, hide_default_value = true)]
    format: DiffFormat,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum DiffFormat {
    /// Sentences
    Text,
    /// Sentences and a table, as Markdown
    Md,
    /// The same as a part of a web page
    Html,
    /// Data for other programs
    Json,
}

/// `ccrov diff`.
pub(super) fn diff(root: &Path, chosen: &DiffArguments, terminal: &mut Terminal) -> Outcome {
    let DiffArguments { from, to, entity, format } = chosen;
    let form = match format {
        DiffFormat::Md => Some(DiffForm::Markdown),
        DiffFormat::Html => Some(DiffForm::Html),
        DiffFormat::Text | DiffFormat::Json => None,
    };
    let wish = DiffRequest { from: from.clone(), to: to.clone(), entity: entity.clone(), form };
    let found = match snapshot(&at(root)).and_then(|snapshot| desk::diff(&snapshot, &wish)) {
        Ok(found) => found,
        Err(refused) => return terminal.refuse(&refused),
    };
    terminal.answer(&found, Outcome::Done, |terminal| {
        found.notes.iter().for_each(|note| terminal.note(&format!("note: {note}")));
        let text = match (&found.text, format) {
            (Some(text), _) => text.clone(),
            (None, DiffFormat::Json) => format!("{:#}", found.data),
            (None, _) => format!("{}\n\n{}", found.told.heading, found.told.sentences.join("\n")),
        };
        terminal.say(text.trim_end());
    })
}
