//! ccrov turns the YAML of a county elections memo into Markdown, a PDF, a web page and a spreadsheet.
//!
//! There are two ways through it. **From a file to what is published**, each arrow a function without files, clock or
//! globals:
//!
//! ```text
//! texts of a working folder
//!    | records::read         unknown keys, wrong types, bad dates: all of them, each with its place
//!    v
//! Office, Plan, Memo       (model: nothing invalid can be held)
//!    | schedule::resolve   dates by rules, through the known delays; why each is what it is; what is completed
//!    v
//! Resolved
//!    | template::render    Tera, templates/*.md
//!    v
//! Markdown                 (what is published as .md is what page and PDF are made from)
//!    | document::Document::parse
//!    v
//! Document
//!    | pdf::write, html::write; spreadsheet::write from the schedule's rows
//!    v
//! files of a memo          build::build: of all memos, with the lists around them
//! ```
//!
//! And **from a person's wish to the disk**, which every front end goes:
//!
//! ```text
//! request (ids, dates, numbers)
//!    | desk::slip, issue, new_memo, set, build, ...    of a Snapshot of the folder; nothing is written
//!    v
//! Plan { report, edits of sources, files of output/ }
//!    | WorkingFolder::commit                           the only writer
//!    v
//! Receipt { report }                                   only now is anything said to be done
//! ```
//!
//! A delay is recorded, the memo that announces it is begun and issued:
//!
//! ```
//! use ccrov::desk::{self, FieldChange, Desk, IssueRequest, MilestoneMove, NewMemo, Origin, SlipRequest, SourceFile};
//! use ccrov::folder::{Edit, Plan, WorkingFolder};
//! # let directory = tempfile::tempdir()?;
//! # let path = directory.path();
//! let folder = WorkingFolder::at(path);
//! let made = folder.commit(desk::init(&*folder.disk())?)?;
//! assert!(made.report.files.iter().any(|file| file.as_str() == "memos/office.yaml"));
//! # let plan = "name: Drill\nmilestones: {drill: 2026-09-01}\ntasks: {id: run, step: 1, owners: counties, text: Run it, \
//! # start: {at: drill}, end: {at: drill}}\n";
//! # let release = Edit::new_file("memos/releases/drill.yaml".parse()?, plan);
//! # let _receipt = folder.commit(Plan::of_sources("new", (), vec![release]))?;
//! let mut desk = Desk::at(&folder);
//!
//! let day = |day| chrono::NaiveDate::from_ymd_opt(2026, 9, day).expect("a day of September");
//! let moved = MilestoneMove { milestone: "drill".to_owned(), start: day(15).into(), end: None };
//! let delay = SlipRequest { release: "drill".to_owned(), moves: vec![moved], reason: "a storm".to_owned(), announced: day(1), answers: Default::default(), closed: Vec::new(), purpose: Default::default() };
//! let recorded = folder.commit(desk::slip(&desk.snapshot()?, &delay)?)?;
//! assert_eq!(recorded.report.moved[0].row.is, "9/15/2026");
//!
//! let announcing = Origin::Announcing { release: "drill".to_owned(), changes: false, proposed: false };
//! let memo = NewMemo { name: Some("26003".to_owned()), origin: announcing, ..NewMemo::default() };
//! let begun = folder.commit(desk::new_memo(&desk.snapshot()?, &memo)?)?;
//! assert_eq!(begun.report.files, ["memos/2026/26003.yaml"]);
//!
//! let file = SourceFile::Memo("26003".to_owned());
//! for (key, value) in [("letterhead", "elections"), ("to", "All Counties"), ("from", "ana-ruiz"), ("contact", "help-desk"), ("status", "approved")] {
//!     let _set = folder.commit(desk::set(&desk.snapshot()?, &file, key, &FieldChange::Set(value.to_owned()))?)?;
//! }
//!
//! let form = IssueRequest { memos: vec!["26003".to_owned()], correction: None, anyway: None };
//! let issued = folder.commit(desk::issue(&desk.snapshot()?, &form)?)?;
//! assert_eq!(issued.report.issued[0].title, "Drill: Revised Dates");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod attached;
pub mod build;
pub mod calendar;
pub mod cli;
mod controls;
pub mod desk;
pub mod diagnostic;
pub mod document;
mod file_kind;
pub mod folder;
pub mod format;
pub mod html;
pub mod icalendar;
pub mod import;
pub mod in_common;
pub mod issued;
pub mod layout;
pub mod mail;
pub mod model;
pub mod output;
pub mod package;
pub mod paste;
pub mod pdf;
pub mod picture;
pub mod press;
pub mod prose;
pub mod publish;
pub mod records;
pub mod schedule;
pub mod schema;
pub mod screens;
pub mod search;
pub mod serve;
pub mod spreadsheet;
pub mod template;
pub mod threads;
pub mod website;
pub mod word;
pub mod words;
pub mod workbook;
pub mod yaml;
