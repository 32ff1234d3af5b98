//! A file that is written for the analyst alone, under a name that nobody has.
//!
//! In: a name, what it is to hold. Out: the name that it gets; the file of a plan. Not here: what it holds.

use super::Refused;
use crate::folder::{NewFile, ReadError, Snapshot, writable};

/// A file beside the memos, such as `reviews/21150 review 1.eml`.
pub(super) struct OwnFile {
    /// Its path from the working folder.
    pub name: String,
    /// What it holds, if it is not there yet and is to be written.
    new: Option<Vec<u8>>,
}

impl OwnFile {
    /// A file of that name and ending. One that says the same is the same; what somebody has made of one is left alone, and the next is
    /// `reviews/21150 review 1-2.eml`.
    pub fn of(snapshot: &Snapshot, stem: &str, ending: &str, bytes: Vec<u8>, is_written: bool) -> OwnFile {
        let (mut name, mut nth) = (format!("{stem}.{ending}"), 1);
        if !is_written {
            return OwnFile { name, new: None };
        }
        loop {
            match snapshot.folder.read(&name) {
                Ok(there) if there == bytes => return OwnFile { name, new: None },
                Err(ReadError::Missing) => return OwnFile { name, new: Some(bytes) },
                _ => {
                    nth += 1;
                    name = format!("{stem}-{nth}.{ending}");
                }
            }
        }
    }

    /// The file, if it is new, for a plan.
    ///
    /// # Errors
    /// [`Refused::BadPath`]: nothing can be written under the name.
    pub fn into_plan(self) -> Result<Vec<NewFile>, Refused> {
        let file = |bytes| Ok(NewFile { path: writable(&self.name)?, bytes });
        self.new.map(file).into_iter().collect()
    }
}
