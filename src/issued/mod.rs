//! Issued memos: what is written down of each, and whether it still holds.
//!
//! In: the text of a lock; the texts of a working folder. Out: [`Lock`]s; how the issued memos of a folder stand; what memos tell of schedules, and the schedules that issued ones told; faults of
//! those that were edited. Not here: printing, and looking at the published files, which the press does.

mod edit;
mod lock;
mod printed;
mod schedule;
mod standing;
mod tasks;
mod telling;

pub(crate) use lock::source_text;
pub use lock::{Lock, LockFile, Locks, MadeFrom, NotALock, source_digest};
pub use schedule::{IssuedSchedule, NoRecord, ScheduleRecord};
pub use standing::{Standing, disagrees, standing};
pub use telling::{Telling, tellings};
