//! ccrov turns the YAML of a county elections memo into Markdown, a PDF and a web page.

pub mod cli;
pub mod diagnostic;
pub mod document;
pub mod html;
pub mod input;
pub mod model;
pub mod pdf;
pub mod press;
pub mod schedule;
pub mod site;
pub mod spreadsheet;
pub mod template;
