//! All tests that `cargo test` runs, in one program, so that they are linked once. Tests that need more than Rust
//! (Java, a browser, a server of storage) stand beside this folder; each is a program of its own that runs only when
//! it is named.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by it")]
#![allow(
    clippy::disallowed_methods,
    reason = "tests write, spoil and measure files as analysts and disks do"
)]

mod bounds;
mod cases;
mod changes;
#[path = "../common/mod.rs"]
mod common;

mod attacks;
mod calendars;
mod clauses;
mod coming;
mod command_line;
mod comments;
mod copies;
mod counting;
mod dates_move;
mod days_in_text;
mod deadlines;
mod deeds;
mod desk;
mod desk_slip;
mod diff;
mod doctor;
mod document;
mod done_texts;
mod edit;
mod explain;
mod faults;
mod fields;
mod find;
mod follow;
mod foreign;
mod form;
mod golden;
mod grid;
mod guide;
mod history;
mod holidays;
mod hostile;
mod idle_keys;
mod import;
mod import_sheet;
mod in_force;
mod init;
mod interrupted;
mod issue;
mod issued;
mod killed_desk;
mod leaving;
mod line_ends;
mod live;
mod locks;
mod logo;
mod mail;
mod meant;
mod messages;
mod moved_elections;
mod new;
mod numbers;
mod package;
mod paste;
mod paste_forms;
mod paste_words;
mod pdf;
mod picture;
mod plans;
mod printed_dates;
mod proposal;
mod publish;
mod publish_steps;
mod publish_storage;
mod references;
mod renumbered;
mod results;
mod review;
mod rules;
mod said;
mod same_bytes;
mod schema;
mod screens;
mod search;
mod seed;
mod serve;
mod shapes;
mod sheet;
mod sheet_cells;
mod slip;
mod status;
mod structure;
mod tbd;
mod terminal;
mod theme;
mod threads;
mod together;
mod torture;
mod typography;
mod undo_issue;
mod unreadable;
mod upload;
mod website;
mod why;
mod windows;
mod word_back;
mod word_file;
mod word_memo;
mod word_read;
mod workbook;
mod yaml;
mod year;
