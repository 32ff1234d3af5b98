//! Arguments -> a request -> a report -> text for people, and an exit status. The only room that reads the environment and
//! the clock, and prints.
//!
//! Each command is a file: it reads its arguments into a request of the desk, lets the desk plan, commits the plan, and
//! says what came of it. Not here: what is planned.

mod approve;
mod arguments;
mod build;
mod check;
mod desk;
mod diff;
mod doctor;
mod explain;
mod export;
mod find;
mod import;
mod import_sheet;
mod init;
mod issue;
mod kept_delay;
mod mail;
mod new;
mod publish;
mod report;
mod review;
mod schema;
mod serve;
mod set;
mod sheet_answers;
mod slip;
mod slip_arguments;
mod status;
mod terminal;
mod unfinished;
mod why;
mod withdraw;
mod word_back;
mod write;

use std::{path::Path, process::ExitCode, time::SystemTime};

use chrono::{NaiveDate, SubsecRound as _};
use clap::Parser as _;

use crate::{
    desk::{Desk, Refused, again_if_stale},
    folder::{Snapshot, WorkingFolder},
};
use arguments::{Arguments, Command};
use terminal::Terminal;

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    /// All is well.
    Done = 0,
    /// Something is wrong in what analysts write, or the output folder is not current.
    Faults = 1,
    /// The command was called wrongly.
    Usage = 2,
    /// A file or folder could not be read or written.
    Disk = 3,
}

/// Runs the program with the arguments of the command line.
pub fn run() -> ExitCode {
    let mut terminal = Terminal::of_process("", false, false);
    let outcome = match Arguments::try_parse() {
        Ok(Arguments { root, json, all, command }) => {
            let command = command.unwrap_or(Command::Desk(desk::DeskArguments::default()));
            terminal = Terminal::of_process(command.name(), json, all);
            match unfinished::complete(&root, command.writes(), &mut terminal) {
                Outcome::Done => answer(&root, command, &mut terminal),
                left => left,
            }
        }
        Err(help) if !help.use_stderr() => {
            terminal.printed(help.print());
            Outcome::Done
        }
        Err(wrong) => {
            terminal.note(wrong.render().to_string().trim_end());
            Outcome::Usage
        }
    };
    ExitCode::from(terminal.end(outcome) as u8)
}

/// Runs a command.
fn answer(root: &Path, command: Command, terminal: &mut Terminal) -> Outcome {
    match command {
        Command::Init { folder } => init::init(&folder, terminal),
        Command::New(chosen) => new::new(root, &chosen, terminal),
        Command::Build(chosen) => build::build(root, &chosen, terminal),
        Command::Check { memos } => check::check(root, &memos, terminal),
        Command::Doctor => doctor::doctor(root, terminal),
        Command::Status => status::status(root, terminal),
        Command::Desk(chosen) => desk::desk(root, &chosen, terminal),
        Command::Serve(chosen) => serve::serve(root, &chosen, terminal),
        Command::Slip(chosen) => slip::slip(root, &chosen, terminal),
        Command::Issue(chosen) => issue::issue(root, &chosen, terminal),
        Command::Review(chosen) => review::review(root, &chosen, terminal),
        Command::Approve(chosen) => approve::approve(root, &chosen, terminal),
        Command::Withdraw(chosen) => withdraw::withdraw(root, &chosen, terminal),
        Command::Mail(chosen) => mail::mail(root, &chosen, terminal),
        Command::Set(chosen) => set::set(root, &chosen, terminal),
        Command::Publish(chosen) => publish::publish(root, &chosen, terminal),
        Command::Why(chosen) => why::why(root, &chosen, terminal),
        Command::Diff(chosen) => diff::diff(root, &chosen, terminal),
        Command::Find(chosen) => find::find(root, &chosen, terminal),
        Command::Schema { kind } => schema::schema(&kind, terminal),
        Command::Import(chosen) => import::import(root, &chosen, terminal),
        Command::Export(chosen) => export::export(root, &chosen, terminal),
        Command::Explain { code } => explain::explain(code.as_deref(), terminal),
    }
}

/// The working folder as it is now.
fn snapshot(folder: &WorkingFolder) -> Result<Snapshot, Refused> {
    Desk::at(folder).of_program(program()).snapshot()
}

/// When the program that runs was put in place.
fn program() -> Option<SystemTime> {
    let program = std::env::current_exe().ok()?;
    program.metadata().and_then(|program| program.modified()).ok()
}

/// Today, where this machine stands: what an argument means that is not given.
fn today() -> NaiveDate {
    #[expect(clippy::disallowed_methods, reason = "it takes the place of an argument, and is shown")]
    chrono::Local::now().date_naive()
}

/// A date of an argument.
fn day(written: &str) -> Result<NaiveDate, &'static str> {
    crate::model::date::read(written).map_err(|_| "a date is expected, such as 2021-08-31")
}

/// The working folder of a root.
fn at(root: &Path) -> WorkingFolder {
    #[expect(clippy::disallowed_methods, reason = "it is told in the history, and in nothing that is built")]
    let now = chrono::Local::now().naive_local();
    WorkingFolder::at(root).asked_at(now.trunc_subsecs(0))
}
