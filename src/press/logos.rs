//! The logos of letterheads.
//!
//! In: the office, its files. Out: [`Logos`], each made ready once a run. Not here: which of them stand in a document,
//! how they are drawn.

use std::{collections::BTreeMap, sync::Arc};

use crate::{
    diagnostic::{Code, Diagnostic, Faults},
    model::{Id, Letterhead, Office},
    pdf::LogoPicture,
    picture::Picture,
};

/// The logos of an office's letterheads. A logo whose file has a fault is known without its picture.
#[derive(Debug, Default)]
pub struct Logos(BTreeMap<Id, Option<Arc<LogoPicture>>>);

impl Logos {
    /// Reads the logos' files, by their paths in the working folder.
    pub fn read(office: &Office, load: &dyn Fn(&str) -> Option<Vec<u8>>, faults: &mut Faults) -> Logos {
        let letterheads = office.letterheads.values().flatten();
        Logos(letterheads.filter_map(|l| Some((l.id.clone(), read(l, load, faults)?))).collect())
    }

    /// The logo of a letterhead: none if it has none. The inner `None` is a file with a fault.
    pub(super) fn of(&self, letterhead: &Id) -> Option<Option<&Arc<LogoPicture>>> {
        self.0.get(letterhead).map(Option::as_ref)
    }
}

fn read(
    letterhead: &Letterhead,
    load: &dyn Fn(&str) -> Option<Vec<u8>>,
    faults: &mut Faults,
) -> Option<Option<Arc<LogoPicture>>> {
    let logo = letterhead.logo.as_ref()?;
    let path = &logo.file;
    let mut fault = |code, message: String, expected: &str, help: &str| {
        let fault = Diagnostic::new(code, path.place.clone(), message);
        faults.push(fault.expected(expected).help(help));
        Some(None)
    };
    let Some(bytes) = load(&path.value) else {
        let message = format!("{} cannot be read", path.value);
        return fault(Code::UnreadableFile, message, "", "look at who may read the file");
    };
    match Picture::read(&bytes) {
        Ok(picture) => {
            Some(Some(Arc::new(LogoPicture::new(Arc::new(picture), logo.alternative.clone(), logo.height))))
        }
        Err(wrong) => {
            let message = format!("{} {wrong}", path.value);
            fault(Code::BadLogo, message, "a picture that a PDF can show is expected", wrong.help())
        }
    }
}
