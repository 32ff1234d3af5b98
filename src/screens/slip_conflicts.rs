//! Dates that cannot stand beside each other, in the words of the screen.
//!
//! In: why a delay cannot be, and what is answered of closed days. Out: [`Conflict`]s, each with what to do about it. Not here: what
//! follows from a delay (`slip_view`).

use std::collections::BTreeSet;

use serde::Serialize;

use super::slip_form::{TypedDelay, key};
use crate::{
    desk::Refused,
    diagnostic::{Code, Diagnostic},
    words::capitalized,
};

/// Dates that cannot stand beside each other.
#[derive(Serialize)]
pub(super) struct Conflict {
    sentence: String,
    because: Vec<String>,
    help: String,
    /// The key by which it is answered, if saying what happens on a closed day settles it.
    pub key: Option<String>,
    /// What is answered.
    closed: Option<&'static str>,
}

/// The conflicts that keep a delay from being recorded, with what is answered of each.
pub(super) fn conflicts(refused: &Refused, typed: &TypedDelay) -> Vec<Conflict> {
    let Refused::Conflict { findings, asked, .. } = refused else { return Vec::new() };
    let mut targets = BTreeSet::new();
    let mut conflict = |(at, fault): (usize, &Diagnostic)| {
        let (sentence, help) = fault_words(fault);
        let asked = asked.iter().find(|asked| asked.fault == at);
        // Start and end of a step are answered together.
        let of = asked.map(|asked| &asked.target).filter(|of| targets.insert(*of));
        let because =
            fault.because.iter().map(|(_, words)| format!("{}.", capitalized(&plain(words)))).collect();
        let help = match (of, asked) {
            (Some(_), _) => format!("{help} Later delays take the answer, too."),
            (None, Some(_)) => "It is answered together with the one above.".to_owned(),
            (None, None) => help,
        };
        let closed = of.and_then(|of| typed.closed.get(of)).map(|closed| closed.word());
        Conflict { sentence, because, help, key: of.map(key), closed }
    };
    findings.faults.iter().enumerate().map(&mut conflict).collect()
}

/// What is wrong, and what to do about it.
pub(super) fn fault_words(fault: &Diagnostic) -> (String, String) {
    let stop =
        if fault.expected.is_empty() { String::new() } else { format!(": {}", plain(&fault.expected)) };
    (format!("{}{stop}.", capitalized(&plain(&fault.message))), help(fault))
}

/// What to do about a conflict, for somebody who never opens a file.
fn help(fault: &Diagnostic) -> String {
    let help = match fault.code {
        Code::ClosedDayUnsaid => {
            let choices = [
                ("closed: next", "the next working day"),
                ("closed: previous", "the working day before"),
                ("closed: stay", "leave it on the closed day"),
            ];
            let help = choices.iter().fold(fault.help.clone(), |help, (key, words)| help.replace(key, words));
            match help.split_once("the next working day") {
                Some((_, rest)) => format!("the rule can say: the next working day{rest}"),
                // A period whose last day is not known.
                None => "type its last day, too".to_owned(),
            }
        }
        Code::FixedMoves => "leave it blank: what is fixed, or has happened, does not move".to_owned(),
        _ => fault.help.clone(),
    };
    format!("{}.", capitalized(plain(&help).trim_end_matches('.')))
}

fn plain(words: &str) -> String {
    words.replace(['`', '{', '}'], "")
}
