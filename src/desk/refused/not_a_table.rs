//! Why no table could be taken from a spreadsheet's file.
//!
//! Not here: rows of a table that cannot be taken, which are told one by one.

use std::{error::Error, fmt};

use crate::{words::series, workbook::NotAWorkbook};

/// Why no table could be taken from a spreadsheet's file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotATable {
    /// The file cannot be read as a workbook.
    File(NotAWorkbook),
    /// Its sheets are blank, or hidden.
    Blank,
    /// It has no sheet of that name.
    NoSheet {
        /// The name.
        name: String,
        /// Those that there are.
        sheets: Vec<String>,
    },
    /// Each of several sheets is a table.
    Several {
        /// Their names.
        sheets: Vec<String>,
    },
    /// Several sheets could be meant.
    WhichSheet {
        /// Their names.
        sheets: Vec<String>,
        /// Whether each has a table of steps; else none has.
        are_tables: bool,
    },
}

impl Error for NotATable {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            NotATable::File(why) => Some(why),
            _ => None,
        }
    }
}

impl fmt::Display for NotATable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let quoted =
            |sheets: &[String]| series(&sheets.iter().map(|name| format!("“{name}”")).collect::<Vec<_>>());
        match self {
            NotATable::File(why) => write!(f, "{why}"),
            NotATable::Blank => f.write_str("this file has no sheet that says anything and is not hidden"),
            NotATable::NoSheet { name, sheets } => {
                write!(f, "this file has no sheet “{name}”; it has {}", quoted(sheets))
            }
            NotATable::Several { sheets } => {
                write!(f, "this file has several sheets: {}; say which one is meant", quoted(sheets))
            }
            NotATable::WhichSheet { sheets, are_tables: true } => {
                write!(f, "several sheets have a table of steps: {}; say which one is meant", quoted(sheets))
            }
            NotATable::WhichSheet { sheets, are_tables: false } => write!(
                f,
                "no sheet has a row of names such as Task, Start and End, and there are several: {}; say which one is meant",
                quoted(sheets)
            ),
        }
    }
}
