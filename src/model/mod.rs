//! What the program knows: office, people, plans, memos. Valid by construction.
//!
//! In: values that `input` has checked. Out: types that cannot hold what is wrong. Not here: YAML,
//! templates, files.

pub mod date;

mod cell;
mod id;
mod in_force;
mod look;
mod memo;
mod number;
mod office;
mod path;
mod plan;
mod proposal;
mod rule;
mod tbd;
mod topic;

pub use cell::{DateCell, NotACell};
pub use id::{Id, NotAnId};
pub use in_force::{Circles, InForce, Later, Statement};
pub use look::{Color, Look, NotAColor, Paper, Typeface, points};
pub use memo::{
    Archived, AttachedFile, AttachedText, Attachment, Body, Correction, Kept, Memo, Originator, Relation,
    Status,
};
pub use number::{NotANumber, Number};
pub use office::{
    ById, Calendar, ClosedDay, Contact, Dated, Election, Entity, Holder, Holidays, Letterhead, Logo, Office,
    Person, Typography, Website,
};
pub(crate) use path::wrong_name;
pub use path::{NotAPath, SourcePath};
pub use plan::{Delay, Environment, Milestone, Move, Plan, ScheduleText, Shift, Task, Window};
pub use proposal::Proposal;
pub use rule::{
    Base, Counted, DateRule, Dates, Limit, OnClosed, PlanItemId, Span, Unit, days_on, e_days, e_text,
};
pub(crate) use tbd::after_tbd;
pub use tbd::{Day, Tbd};
pub use topic::topic;

use crate::diagnostic::Placed;

/// Text that may hold template expressions, with the place where it was written.
pub type Text = Placed<String>;
