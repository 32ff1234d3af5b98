//! Many things at a time, on several threads.
//!
//! In: things, and what is to become of each. Out: what becomes of them, in their order. Not here: what that is.

use std::{
    num::NonZeroUsize,
    panic::resume_unwind,
    sync::atomic::{AtomicUsize, Ordering},
    thread,
};

/// As large as the first thread's is: nothing is too deep for one thread and not for another.
const STACK: usize = 8 << 20;

/// What becomes of each, in their order: the same for any number of threads.
///
/// ```
/// use std::num::NonZeroUsize;
/// let two = NonZeroUsize::new(2).unwrap();
/// assert_eq!(ccrov::threads::each(&["6a", "6b"], two, |step| step.len()), [2, 2]);
/// ```
pub fn each<T: Sync, R: Send>(things: &[T], threads: NonZeroUsize, work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let take = || {
        let mut done = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(thing) = things.get(at) else { return done };
            done.push((at, work(thing)));
        }
    };
    let mut done = thread::scope(|scope| {
        let more = 1..threads.get().min(things.len());
        // A thread that the machine refuses leaves its work to the others.
        let helpers: Vec<_> = more
            .filter_map(|_| thread::Builder::new().stack_size(STACK).spawn_scoped(scope, take).ok())
            .collect();
        let mut done = take();
        for helper in helpers {
            done.extend(helper.join().unwrap_or_else(|panic| resume_unwind(panic)));
        }
        done
    });
    done.sort_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, made)| made).collect()
}
