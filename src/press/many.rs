//! Many memos at a time, on several threads.
//!
//! In: memos. Out: what [`Press::print`] gives of each, in their order. Not here: how a memo is printed.

use std::{
    any::Any,
    num::NonZeroUsize,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::atomic::{AtomicUsize, Ordering},
    thread,
};

use super::{Job, Press};
use crate::{
    diagnostic::{Code, Diagnostic, Faults},
    model::Memo,
    site::{Artifact, MemoEntry},
};

/// As large as the first thread's is: no memo is too deep for one thread and not for another.
const STACK: usize = 8 << 20;

impl Press {
    /// Makes the files of memos, as [`Press::print`] does of one.
    ///
    /// Files and faults are the same for any number of threads. A memo at which the program itself fails
    /// (it panics) has a fault that says so; the others are made.
    pub fn print_all(
        &self,
        memos: &[&Memo],
        job: &Job<'_>,
        threads: NonZeroUsize,
        faults: &mut Faults,
    ) -> Vec<Option<(MemoEntry, Vec<Artifact>)>> {
        let next = AtomicUsize::new(0);
        let work = || {
            let mut done = Vec::new();
            loop {
                let at = next.fetch_add(1, Ordering::Relaxed);
                let Some(memo) = memos.get(at) else { return done };
                done.push((at, self.print_or_say_why(memo, job)));
            }
        };
        let mut done = thread::scope(|scope| {
            let more = 1..threads.get().min(memos.len());
            // A thread that the machine refuses leaves its memos to the others.
            let helpers: Vec<_> = more
                .filter_map(|_| thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work).ok())
                .collect();
            let mut done = work();
            for helper in helpers {
                done.extend(helper.join().expect("a panic is caught where a memo is printed"));
            }
            done
        });
        done.sort_by_key(|(at, _)| *at);
        let printed = done.into_iter().map(|(_, (printed, own))| {
            faults.take_over(own);
            printed
        });
        printed.collect()
    }

    fn print_or_say_why(&self, memo: &Memo, job: &Job<'_>) -> (Option<(MemoEntry, Vec<Artifact>)>, Faults) {
        let mut faults = Faults::default();
        // What was found before stands in `faults`; nothing else is changed by a memo.
        let printed = catch_unwind(AssertUnwindSafe(|| self.print(memo, job, &mut faults)));
        let printed = printed.unwrap_or_else(|panic| {
            let message = format!("ccrov itself failed at this memo: {}", said(&*panic));
            faults.push(
                Diagnostic::new(Code::ProgramFailed, memo.source.start(), message)
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
