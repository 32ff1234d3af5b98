//! `explain`: what a kind of fault means, or a list of all kinds.

use serde::Serialize;

use super::{Outcome, Terminal};
use crate::{
    diagnostic::{Code, Explanation, Severity, explanations, offer},
    words::counted,
};

/// What is printed as JSON: one kind of fault, or all.
#[derive(Serialize)]
struct ExplainReport<'a> {
    explanations: &'a [Explanation],
}

/// `ccrov explain` and `ccrov explain CODE`.
pub(super) fn explain(code: Option<&str>, terminal: &mut Terminal) -> Outcome {
    let explanations = explanations();
    let Some(name) = code else {
        let all = ExplainReport { explanations: &explanations };
        return terminal.answer(&all, Outcome::Done, |terminal| list(&explanations, terminal));
    };
    let Some(explanation) = explanations.iter().find(|explanation| explanation.code == name) else {
        let near = offer(name, explanations.iter().map(|explanation| explanation.code.as_str()));
        let help =
            if near.starts_with("did") { near } else { "`ccrov explain` alone lists all codes".to_owned() };
        return terminal.wrong_usage(&format!("there is no code `{name}`; {help}"));
    };
    let one = ExplainReport { explanations: std::slice::from_ref(explanation) };
    terminal.answer(&one, Outcome::Done, |terminal| show(explanation, terminal))
}

fn show(explanation: &Explanation, terminal: &mut Terminal) {
    let word = match severity(explanation) {
        Severity::Error => "An error: the memo is not written.",
        Severity::Warning => "A warning: the memo is written, and somebody should look.",
    };
    let place = explanation.file.as_ref().map(|file| format!(", in {file}")).unwrap_or_default();
    terminal.say(&format!("{}: {}\n{word}\n\n{}", explanation.code, explanation.is, explanation.text));
    terminal.say(&format!("Wrong{place}:\n\n{}\nRight:\n", indented(&explanation.wrong)));
    terminal.say(&format!(
        "{}\n`ccrov check` shows where your files have such faults.",
        indented(&explanation.right)
    ));
}

fn list(explanations: &[Explanation], terminal: &mut Terminal) {
    let mut counts = Vec::new();
    let kinds = [
        (Severity::Error, "error", "Errors: the memo is not written"),
        (Severity::Warning, "warning", "Warnings: the memo is written, and somebody should look"),
    ];
    for (kind, word, heading) in kinds {
        let of_kind: Vec<_> = explanations.iter().filter(|e| severity(e) == kind).collect();
        if of_kind.is_empty() {
            continue;
        }
        terminal.say(&format!("{heading}\n"));
        for explanation in &of_kind {
            terminal.say(&format!("  {:<20}  {}", explanation.code, explanation.is));
        }
        terminal.say("");
        counts.push(counted(of_kind.len(), word));
    }
    terminal.say(&format!("{}. `ccrov explain CODE` says more about one.", counts.join(" and ")));
}

fn severity(explanation: &Explanation) -> Severity {
    let code = Code::ALL.iter().find(|code| code.name() == explanation.code);
    code.map_or(Severity::Error, |code| code.severity())
}

/// Lines set off from the text around them.
fn indented(lines: &str) -> String {
    lines.lines().map(|line| format!("    {line}\n")).collect()
}
