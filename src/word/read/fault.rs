//! Why a Word file cannot be read.
//!
//! In: nothing. Out: [`WordFault`], with words that say what to do. Not here: where the file came from.

use std::{error::Error, fmt};

use crate::package::PackageFault;

/// Why a Word file cannot be read.
#[derive(Debug)]
pub enum WordFault {
    /// It is no zip, or one that is damaged or too large.
    Package(PackageFault),
    /// It is encrypted, or of before 2007: both begin alike.
    OldOrEncrypted,
    /// It is another kind of file: "a PDF".
    Other(&'static str),
    /// It is a zip without a Word text in it.
    NoText,
    /// A part of it is no XML.
    Damaged {
        /// The part: `word/document.xml`.
        part: String,
    },
    /// A part of it has names that a document type would have to explain; Word writes none.
    Entities {
        /// The part.
        part: String,
    },
    /// A part of it is nested deeper than any text is.
    TooDeep {
        /// The part.
        part: String,
    },
    /// A part of it holds more than any text does.
    TooLarge {
        /// The part.
        part: String,
    },
}

impl fmt::Display for WordFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            WordFault::Package(fault) => fault.fmt(f),
            WordFault::OldOrEncrypted => f.write_str(
                "it has a password, or is a Word file of before 2007 (.doc). Open it in Word and save it as a .docx file without a password",
            ),
            WordFault::Other(kind) => {
                write!(f, "it is {kind}, not a Word file. Open it in Word and save it as a .docx file")
            }
            WordFault::NoText => f.write_str("it has no Word text in it. Save it in Word as a .docx file"),
            WordFault::Damaged { part } => {
                write!(f, "it is damaged: {part} cannot be read. Open it in Word, which may repair it, and save it again")
            }
            WordFault::Entities { part } => {
                write!(f, "{part} in it is not as Word writes it. Open it in Word and save it again")
            }
            WordFault::TooDeep { part } | WordFault::TooLarge { part } => {
                write!(f, "{part} in it is too large or too tangled to read. Send the text in parts")
            }
        }
    }
}

impl Error for WordFault {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            WordFault::Package(fault) => Some(fault),
            _ => None,
        }
    }
}

impl From<PackageFault> for WordFault {
    fn from(fault: PackageFault) -> WordFault {
        match fault {
            PackageFault::Encrypted => WordFault::OldOrEncrypted,
            PackageFault::BadPart { part } => WordFault::Damaged { part },
            fault => WordFault::Package(fault),
        }
    }
}
