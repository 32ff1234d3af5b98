//! Many memos at a time, on several threads.
//!
//! In: memos, and what is to become of each. Out: what becomes of it, in their order. Not here: how a memo is
//! printed.

use std::{
    any::Any,
    num::NonZeroUsize,
    panic::{AssertUnwindSafe, catch_unwind},
};

use super::{
    Press,
    job::{Job, MemoFiles},
};
use crate::{
    diagnostic::{Code, Diagnostic, Faults, SourceId},
    issued::LockFile,
    model::{Attachment, Memo},
    output::Form,
    threads,
};

/// What is to become of a memo.
#[derive(Debug, Clone, Copy)]
pub enum Work<'a> {
    /// Its files are made.
    Print(&'a Memo),
    /// Its files are made, and its lock.
    Issue(&'a Memo),
    /// It is issued: its files are kept, its pages are made. The memo is there if it can be read.
    Keep(&'a LockFile, Option<&'a Memo>),
}

impl Work<'_> {
    /// The memo's id.
    pub fn id(&self) -> &str {
        match self {
            Work::Print(memo) | Work::Issue(memo) => memo.id.as_str(),
            Work::Keep(locked, _) => locked.id(),
        }
    }

    /// Whether it has files of a form.
    pub fn has(&self, form: Form) -> bool {
        let attaches = |memo: &Memo, wanted: fn(&Attachment) -> bool| memo.attachments.iter().any(wanted);
        match (form, self) {
            (Form::Md | Form::Html | Form::Pdf, _) => true,
            (_, Work::Keep(locked, _)) => locked.lock.memo.artifacts.iter().any(|file| file.kind == form),
            (Form::Xlsx | Form::Csv, Work::Print(memo) | Work::Issue(memo)) => {
                attaches(memo, |attached| matches!(attached, Attachment::Schedule))
            }
            (Form::File, Work::Print(memo) | Work::Issue(memo)) => {
                attaches(memo, |attached| matches!(attached, Attachment::File(_)))
            }
        }
    }

    fn source(&self) -> SourceId {
        match self {
            Work::Print(memo) | Work::Issue(memo) => memo.source,
            Work::Keep(locked, _) => locked.source,
        }
    }
}

impl Press {
    /// Makes the files of memos, as [`Press::print`] does of one.
    ///
    /// Files and faults are the same for any number of threads. A memo at which the program itself fails
    /// (it panics) has a fault that says so; the others are made.
    pub fn print_all(
        &self,
        memos: &[Work<'_>],
        job: &Job<'_>,
        threads: NonZeroUsize,
        faults: &mut Faults,
    ) -> Vec<Option<MemoFiles>> {
        let done = threads::each(memos, threads, |work| self.print_or_say_why(work, job));
        let printed = done.into_iter().map(|(printed, own)| {
            let clean = faults.accepts_all(&own);
            faults.take_over(own);
            printed.map(|printed| MemoFiles { clean, ..printed })
        });
        printed.collect()
    }

    fn print_or_say_why(&self, work: &Work<'_>, job: &Job<'_>) -> (Option<MemoFiles>, Faults) {
        let mut faults = Faults::default();
        // What was found before stands in `faults`; nothing else is changed by a memo.
        let printed = catch_unwind(AssertUnwindSafe(|| match work {
            Work::Print(memo) => self.print(memo, job, &mut faults),
            Work::Issue(memo) => self.issue(memo, job, &mut faults),
            Work::Keep(locked, memo) => self.keep(locked, *memo, job, &mut faults),
        }));
        let printed = printed.unwrap_or_else(|panic| {
            let message = format!("ccrov itself failed at this memo: {}", said(&*panic));
            faults.push(
                Diagnostic::new(Code::ProgramFailed, work.source().start(), message)
                    .expected("all other memos are built")
                    .help("take back the last change of the memo, and tell those who look after ccrov"),
            );
            None
        });
        (printed, faults)
    }
}

/// What a panic says.
fn said(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("it does not say why")
}
