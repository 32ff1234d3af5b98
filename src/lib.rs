//! ccrov turns the YAML of a county elections memo into Markdown, a PDF, a web page and a spreadsheet.
//!
//! Every arrow is a public function without files, clock or globals; [`cli`] alone reads the working
//! folder and prints, [`site::apply`] alone writes.
//!
//! ```text
//! texts of a working folder
//!    | input::read         unknown keys, wrong types, bad dates: all of them, each with its place
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
//! Artifact
//!    | site::plan, site::apply
//!    v
//! output/
//! ```
//!
//! [`press::Press`] is the way from a memo to its artifacts:
//!
//! ```
//! use ccrov::{diagnostic::{Faults, Sources}, input::{self, Texts}, pdf};
//! use ccrov::{press::{Job, Locks, Logos, Press, Relations}, site::Form};
//!
//! let mut sources = Sources::default();
//! let mut faults = Faults::default();
//! let office = sources.add("memos/office.yaml", "
//! state: State of California
//! office_holders: {starting: 2021-01-29, name: Shirley N. Weber, title: Secretary of State}
//! letterheads: {elections: {division: Elections Division, address: 1500 11th Street}}
//! people: {ana-ruiz: {name: Ana Ruiz, initials: ar, titles: Elections Analyst}}
//! published_as: ccrov/{{ memo.id }}
//! ");
//! let memo = sources.add("memos/2024/24120.yaml", "
//! {number: 24120, date: 5/6/2024, status: draft, letterhead: elections, to: All Counties,
//!  from: ana-ruiz, subject: Hours, body: 'Open on {{ memo.date | weekday }}s.'}
//! ");
//! let template = sources.add("templates/memo.md", "# Memorandum {{ memo.number }}\n\n{{ body | safe }}");
//!
//! let texts = Texts { office: Some(office), memos: vec![("24120".to_owned(), memo)], ..Texts::default() };
//! let working = input::read(&texts, &sources, &mut faults, |_| true).unwrap();
//! let theme = pdf::Theme::new(&working.office.look);
//! let templates = [("memo.md".to_owned(), template)];
//! let press = Press::new(&templates, pdf::Faces::embedded(), theme, &sources, &mut faults);
//! let memo = working.memos.values().flatten().next().unwrap();
//! let job = Job {
//!     office: &working.office,
//!     forms: &[Form::Md],
//!     relations: &Relations::default(),
//!     logos: &Logos::default(),
//!     memos: &working.memos,
//!     locks: &Locks::default(),
//!     load: &|_| None,
//!     published: &|_| None,
//!     sources: &sources,
//! };
//! let files = press.print(memo, &job, &mut faults).unwrap().artifacts;
//!
//! assert!(faults.is_empty());
//! assert_eq!(files[0].path.as_str(), "ccrov/24120.md");
//! assert_eq!(files[0].bytes, b"# Memorandum 24120\n\nOpen on Mondays.\n");
//! ```

pub mod attached;
pub mod build;
pub mod calendar;
pub mod cli;
pub mod desk;
pub mod diagnostic;
pub mod document;
pub mod folder;
pub mod html;
pub mod import;
pub mod input;
pub mod model;
pub mod pdf;
pub mod picture;
pub mod press;
pub mod publish;
pub mod schedule;
pub mod schema;
pub mod search;
pub mod serve;
pub mod site;
pub mod spreadsheet;
pub mod template;
pub mod threads;
pub mod website;
pub mod words;
