//! Where results and faults are printed, as words or as JSON.
//!
//! With `--json` a command prints one object and nothing else: the number of its format, the command, the exit status, and
//! its report; or why it was refused. Not here: what a report says.

use std::io::{IsTerminal as _, Write};

use serde::Serialize;

use super::{Outcome, report::print};
use crate::{
    desk::{RefusalKind, Refused},
    diagnostic::{Findings, Style},
};

/// The number of the format in which results are printed as JSON. It changes when something that is there is taken away
/// or means something else.
const FORMAT: u32 = 1;

/// Where results and faults are printed.
pub(super) struct Terminal {
    results: Box<dyn Write>,
    faults: Box<dyn Write>,
    pub style: Style,
    command: &'static str,
    json: bool,
}

/// What a command prints as JSON.
#[derive(Serialize)]
struct JsonResult<'a, R> {
    format: u32,
    command: &'static str,
    /// The exit status.
    status: u8,
    #[serde(flatten)]
    report: &'a R,
}

/// Why a command was refused, as JSON.
#[derive(Serialize)]
struct Refusal<'a> {
    refused: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    faults: Option<&'a Findings>,
}

impl Terminal {
    pub fn of_process(command: &'static str, json: bool) -> Terminal {
        #[expect(clippy::disallowed_methods, reason = "colour on a terminal is not part of what is written")]
        let colored = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
        let style = if colored { Style::Colored } else { Style::Plain };
        let (results, faults) = (Box::new(std::io::stdout()), Box::new(std::io::stderr()));
        Terminal { results, faults, style, command, json }
    }

    /// Whether results are printed as JSON.
    pub fn is_for_programs(&self) -> bool {
        self.json
    }

    /// Says what came of the command: its report as JSON, if that is asked for, else in `words`.
    pub fn answer<R: Serialize>(
        &mut self,
        report: &R,
        outcome: Outcome,
        words: impl FnOnce(&mut Terminal),
    ) -> Outcome {
        if self.json {
            let printed = JsonResult { format: FORMAT, command: self.command, status: outcome as u8, report };
            let json = serde_json::to_string_pretty(&printed).expect("reports are text, numbers and lists");
            let _ = writeln!(self.results, "{json}");
        } else {
            words(self);
        }
        outcome
    }

    /// Says why the command was refused.
    pub fn refuse(&mut self, refused: &Refused) -> Outcome {
        self.refuse_and(refused, |terminal| {
            if let Some(findings) = refused.findings() {
                print(findings, terminal);
            }
            if !matches!(refused, Refused::Faults(_)) {
                terminal.complain(&refused.to_string());
            }
        })
    }

    /// Says why the command was refused, in words of its own.
    pub fn refuse_and(&mut self, refused: &Refused, words: impl FnOnce(&mut Terminal)) -> Outcome {
        let unread = refused.findings().map(super::report::outcome);
        let outcome = match refused.kind() {
            RefusalKind::Request => Outcome::Usage,
            RefusalKind::Faults => Outcome::Faults.max(unread.unwrap_or(Outcome::Done)),
            RefusalKind::Disk => Outcome::Disk,
        };
        let refusal = Refusal { refused: refused.to_string(), faults: refused.findings() };
        self.answer(&refusal, outcome, words)
    }

    /// A line of results. A reader that has gone away (`| head`) is no fault of ours.
    pub fn say(&mut self, line: &str) {
        if !self.json {
            let _ = writeln!(self.results, "{line}");
        }
    }

    /// Text that is data already.
    pub fn print(&mut self, text: &str) {
        let _ = writeln!(self.results, "{text}");
    }

    /// A line on what is wrong in a file that is no memo.
    pub fn note(&mut self, line: &str) {
        let _ = writeln!(self.faults, "{line}");
    }

    /// A line on what is wrong outside any file.
    pub fn complain(&mut self, line: &str) {
        let _ = writeln!(self.faults, "error: {line}");
    }

    /// Whether somebody sits at the terminal who sees what is printed, and can be asked.
    pub fn can_ask(&self) -> bool {
        let sees = std::io::stdout().is_terminal() && std::io::stderr().is_terminal();
        !self.json && sees && std::io::stdin().is_terminal()
    }

    /// Whether whoever sits at the terminal says yes.
    pub fn agrees(&mut self, question: &str) -> bool {
        let _ = write!(self.faults, "{question} [y/N] ");
        let _ = self.faults.flush();
        let mut answer = String::new();
        let read = std::io::stdin().read_line(&mut answer);
        read.is_ok() && ["y", "yes"].contains(&answer.trim().to_lowercase().as_str())
    }

    /// Says that the command was called wrongly.
    pub fn wrong_usage(&mut self, line: &str) -> Outcome {
        self.stop(line, Outcome::Usage)
    }

    /// Says why the command cannot go on.
    pub fn stop(&mut self, line: &str, outcome: Outcome) -> Outcome {
        let refusal = Refusal { refused: line.to_owned(), faults: None };
        self.answer(&refusal, outcome, |terminal| terminal.complain(line))
    }
}
