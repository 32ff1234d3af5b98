//! Files of Word, Excel and mail, opened by LibreOffice and by readers in Python: what we write they read, what they write we read. Calendars, read in Python.
//!
//! It needs LibreOffice (libreoffice-writer-nogui, libreoffice-calc-nogui) with its bridge to Python (python3-uno) and Python's pip (office/python.sh), so it runs only when it is named:
//! `cargo test --test office`.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by it")]
#![allow(clippy::disallowed_methods, reason = "a test writes what it needs")]

#[path = "office/calendars.rs"]
mod calendars;
mod common;
#[path = "office/excel.rs"]
mod excel;
#[path = "office/mail.rs"]
mod mail;
#[path = "office/programs.rs"]
mod programs;
#[path = "office/word.rs"]
mod word;
