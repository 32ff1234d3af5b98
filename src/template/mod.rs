//! Values -> Markdown and pages, through Tera templates.
//!
//! In: a memo, its resolved plan, the office; templates by name; for pages, [`Values`]. Out: [`MemoTexts`]: the
//! Markdown of the memo and of what is attached, and what else the writers need. Not here: how Markdown looks, where
//! files go.

mod archived;
mod attachments;
mod built_in;
mod changes;
mod context;
mod deadlines;
mod earlier;
mod engine;
mod escape;
mod expressions;
mod fault;
mod filters;
mod full_stops;
mod marks;
mod memo;
mod meter;
mod names;
mod tags;
mod tidy;
mod values;
mod variables;

pub use archived::archived_path;
pub use built_in::BUILT_IN;
pub use changes::{causes, changes, check_texts, task_texts, texts_and_warnings};
pub use context::{ScheduleView, StepRow};
pub use deadlines::DeadlineView;
pub use engine::Engine;
pub use memo::{AttachmentLabel, DocumentText, MemoInputs, MemoTexts, ScheduleDocument, render, seen};
pub use values::Values;
pub use variables::{Variable, variables};
