//! Where results and faults are printed, as words or as JSON.
//!
//! With `--json` a command prints one object and nothing else: the number of its format, the command, the exit status, and
//! its report; or why it was refused. Whatever would steer a terminal is printed so that it can be seen. What cannot be
//! written is remembered, and told at the end. Not here: what a report says.

use std::io::{self, ErrorKind, IsTerminal as _, Write};

use serde::Serialize;

use super::{Outcome, report::print};
use crate::{
    desk::{RefusalKind, Refused},
    diagnostic::{Findings, Style},
    words::{is_control, visible},
};

/// The number of the format in which results are printed as JSON. It changes when something that is there is taken away
/// or means something else.
const FORMAT: u32 = 1;

/// How many faults a run prints in words, unless all are asked for.
const FAULTS: usize = 50;

/// Where results and faults are printed.
pub(super) struct Terminal {
    results: Stream,
    faults: Stream,
    pub style: Style,
    /// Whether everything is to be printed, however much it is.
    pub all: bool,
    /// How many more faults are printed in words.
    room: usize,
    command: &'static str,
    json: bool,
}

/// Where lines go, until one cannot be written.
struct Stream {
    to: Box<dyn Write>,
    failed: Option<io::Error>,
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

impl Stream {
    fn new(to: impl Write + 'static) -> Stream {
        Stream { to: Box::new(to), failed: None }
    }

    fn write(&mut self, text: &str) {
        if self.failed.is_none() {
            self.failed = self.to.write_all(text.as_bytes()).and_then(|()| self.to.flush()).err();
        }
    }

    fn line(&mut self, line: &str) {
        self.write(&format!("{line}\n"));
    }

    /// Why a line could not be written. A reader that has gone away (`| head`) is no fault of ours.
    fn failed(&mut self) -> Option<io::Error> {
        self.failed.take().filter(|error| error.kind() != ErrorKind::BrokenPipe)
    }
}

impl Terminal {
    pub fn of_process(command: &'static str, json: bool, all: bool) -> Terminal {
        #[expect(clippy::disallowed_methods, reason = "colour on a terminal is not part of what is written")]
        let colored = io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
        let style = if colored { Style::Colored } else { Style::Plain };
        let (results, faults) = (Stream::new(io::stdout()), Stream::new(io::stderr()));
        Terminal { results, faults, style, all, room: if all { usize::MAX } else { FAULTS }, command, json }
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
            self.results.line(&escaped(&json));
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

    /// A line of results.
    pub fn say(&mut self, line: &str) {
        self.say_marked(&visible(line));
    }

    /// A line of results with marks of a terminal around texts that are [`visible`].
    pub fn say_marked(&mut self, line: &str) {
        if !self.json {
            self.results.line(line);
        }
    }

    /// Text that is data already.
    pub fn print(&mut self, text: &str) {
        self.results.line(&visible(text));
    }

    /// Takes it that results were printed by others, or could not be.
    pub fn printed(&mut self, done: io::Result<()>) {
        self.results.failed = done.err();
    }

    /// A line on what is wrong in a file that is no memo.
    pub fn note(&mut self, line: &str) {
        self.faults.line(&visible(line));
    }

    /// How many of so many faults are to be printed.
    pub fn room_for(&mut self, faults: usize) -> usize {
        let shown = faults.min(self.room);
        self.room -= shown;
        shown
    }

    /// A fault as [`render`](crate::diagnostic::render) gives it, in which only its colors steer a terminal.
    pub fn fault(&mut self, rendered: &str) {
        self.faults.line(rendered);
    }

    /// A line on what is wrong outside any file.
    pub fn complain(&mut self, line: &str) {
        self.note(&format!("error: {line}"));
    }

    /// How the run ends: as the command did, unless something that it had to say could not be written.
    pub fn end(mut self, outcome: Outcome) -> Outcome {
        let unsaid = self.results.failed();
        if let Some(error) = &unsaid {
            self.complain(&format!("the results could not be written to standard output: {error}"));
        }
        match unsaid.or_else(|| self.faults.failed()) {
            Some(_) => Outcome::Disk,
            None => outcome,
        }
    }

    /// Whether somebody sits at the terminal who sees what is printed, and can be asked.
    pub fn can_ask(&self) -> bool {
        let sees = io::stdout().is_terminal() && io::stderr().is_terminal();
        !self.json && sees && io::stdin().is_terminal()
    }

    /// Whether whoever sits at the terminal says yes.
    pub fn agrees(&mut self, question: &str) -> bool {
        let answer = self.asks(&format!("{question} [y/N]")).unwrap_or_default();
        ["y", "yes"].contains(&answer.to_lowercase().as_str())
    }

    /// What whoever sits at the terminal types; nothing if that is blank.
    pub fn asks(&mut self, question: &str) -> Option<String> {
        self.faults.write(&visible(&format!("{question} ")));
        let mut answer = String::new();
        io::stdin().read_line(&mut answer).ok()?;
        Some(answer.trim().to_owned()).filter(|answer| !answer.is_empty())
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

/// JSON in which no control character stands as such. Outside texts there is none.
fn escaped(json: &str) -> String {
    let mut escaped = String::with_capacity(json.len());
    for c in json.chars() {
        match is_control(c) {
            true => escaped.push_str(&format!("\\u{:04x}", u32::from(c))),
            false => escaped.push(c),
        }
    }
    escaped
}
