//! The faces that text is set in, with what documents leave for later ones.
//!
//! In: font programs. Out: [`Faces`], parsed once a run. Not here: shaping, which programs can be used.

use std::sync::{Mutex, PoisonError};

use super::file;
use super::glyphs::face::FontFaces;
use super::glyphs::program::{Program, Unusable};
use super::glyphs::words::WordCache;

/// The four faces that a document is set in, parsed once a run.
pub struct Faces {
    pub(super) typefaces: FontFaces,
    /// What documents have left for later ones, one for each that is being set at the same time. It makes
    /// nothing but time: what is written does not depend on it.
    caches: Mutex<Vec<DocumentCache>>,
}

/// What documents of one run share: what an earlier one has shaped or cut, a later one need not.
#[derive(Default)]
pub(super) struct DocumentCache {
    pub words: WordCache,
    pub file: file::FileCache,
}

impl Faces {
    /// The four faces of Noto Sans, which are part of the program.
    pub fn embedded() -> Faces {
        Faces { typefaces: FontFaces::embedded(), caches: Mutex::default() }
    }

    /// The programs of the four faces.
    pub fn programs(&self) -> Vec<&[u8]> {
        self.typefaces.programs()
    }

    /// Faces of other programs: regular, bold, italic, bold italic.
    ///
    /// # Errors
    /// The places of those that cannot be used, each with the reason.
    ///
    /// ```
    /// use ccrov::pdf::{Faces, Program, Unusable};
    /// let text = || Program { bytes: (*b"no font").into(), index: None };
    /// let wrong = Faces::from_programs([text(), text(), text(), text()]).err().unwrap();
    /// assert_eq!(wrong[3], (3, Unusable::NotAFont));
    /// ```
    pub fn from_programs(programs: [Program; 4]) -> Result<Faces, Vec<(usize, Unusable)>> {
        Ok(Faces { typefaces: FontFaces::from_programs(programs)?, caches: Mutex::default() })
    }

    /// What an earlier document has left, for one document to use.
    pub(super) fn take_cache(&self) -> DocumentCache {
        self.caches.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default()
    }

    /// Leaves it for the next.
    pub(super) fn return_cache(&self, cache: DocumentCache) {
        self.caches.lock().unwrap_or_else(PoisonError::into_inner).push(cache);
    }
}
