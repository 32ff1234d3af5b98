//! Why a file is not attached to a memo.
//!
//! In: what was found of the file. Out: the words. Not here: how a file's kind is known.

use std::fmt;

/// Why a file is not attached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotAttached {
    /// It has no bytes.
    Empty,
    /// It is larger than this many megabytes.
    TooLarge(usize),
    /// It is of a kind that readers are not given, such as "a web page"; `None` if the kind is not known.
    Kind(Option<&'static str>),
    /// Its name says that it is of another kind than it is: it is "a Word file", whose names end in these.
    Named(&'static str, &'static str),
    /// Nothing of its name can be the name of a file.
    Nameless,
}

impl fmt::Display for NotAttached {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const CAN: &str = "a PDF, a Word or Excel file, a CSV or plain text file in UTF-8, or a PNG or JPEG picture can be attached";
        match self {
            NotAttached::Empty => f.write_str("it is empty: save it again, and choose it once more"),
            NotAttached::TooLarge(most) => {
                write!(f, "it is larger than {most} MB: make it smaller, or attach it in parts")
            }
            NotAttached::Kind(Some(kind)) => write!(f, "it is {kind}; {CAN}"),
            NotAttached::Kind(None) => write!(f, "its kind is not known; {CAN}"),
            NotAttached::Named(kind, endings) => {
                write!(f, "it is {kind}, and its name does not say so: give it a name that ends in {endings}")
            }
            NotAttached::Nameless => f.write_str("it has no name: save it under one, and choose it again"),
        }
    }
}
