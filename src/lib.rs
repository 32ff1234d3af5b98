//! ccrov turns the YAML of a county elections memo into Markdown, a PDF and a web page.

pub mod document;
