//! What a text says, held against what is known: dates, memos, telephone numbers; and habits from word processors.
//!
//! In: a text as it was typed or as it was filled in. Out: faults and warnings at their places. Not here: what Markdown
//! makes of it.

mod dates;
mod fence;
mod habits;
mod joins;
mod mentions;
mod references;
mod said;
mod telephone;

pub use dates::{Days, check as check_dates, check_filled as check_filled_dates, days, e_numbers};
pub use fence::Fence;
pub use habits::check as check_habits;
pub use joins::check as check_joins;
pub use mentions::{has_day, names_variable};
pub use references::{Reference, find as references, five_figures};
pub use said::{KnownFacts, check};
pub use telephone::of_office as telephones;
