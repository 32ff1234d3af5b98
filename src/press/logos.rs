//! The logos of letterheads.
//!
//! In: the office, its files. Out: [`Logos`], each made ready once a run; which of them stand in a
//! document. Not here: how they are drawn.

use std::{collections::BTreeMap, sync::Arc};

use super::Run;
use crate::{
    diagnostic::{Code, Diagnostic, Faults, offer},
    document::{Document, PartId},
    model::{Id, Letterhead, Office},
    pdf::Logo,
    picture::Picture,
};

/// The logos of an office's letterheads. A logo whose file has a fault is known without its picture.
#[derive(Debug, Default)]
pub struct Logos(BTreeMap<Id, Option<Arc<Logo>>>);

impl Logos {
    /// Reads the logos' files, by their paths in the working folder.
    pub fn read(office: &Office, load: &dyn Fn(&str) -> Option<Vec<u8>>, faults: &mut Faults) -> Logos {
        let letterheads = office.letterheads.values().flatten();
        Logos(letterheads.filter_map(|l| Some((l.id.clone(), read(l, load, faults)?))).collect())
    }
}

fn read(
    letterhead: &Letterhead,
    load: &dyn Fn(&str) -> Option<Vec<u8>>,
    faults: &mut Faults,
) -> Option<Option<Arc<Logo>>> {
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
        Ok(picture) => Some(Some(Arc::new(Logo::new(&picture, logo.alternative.clone(), logo.height)))),
        Err(wrong) => {
            let message = format!("{} {wrong}", path.value);
            fault(Code::BadLogo, message, "a picture that a PDF can show is expected", wrong.help())
        }
    }
}

impl Run<'_> {
    /// The logos of a document's letterheads: the memo's, or that of the letterhead which is named.
    /// `None` if there is a fault.
    pub(super) fn logos(
        &mut self,
        document: &Document,
        markdown: &str,
    ) -> Option<BTreeMap<PartId, Arc<Logo>>> {
        let (job, mut whole, mut logos) = (self.job, true, BTreeMap::new());
        for letterhead in &document.letterheads {
            let id = match &letterhead.other {
                None => Some(&self.memo.letterhead.id),
                Some((name, span)) => {
                    let id = job.office.letterheads.keys().find(|id| id.as_str() == name);
                    if id.is_none() {
                        let place = self.find_span(markdown, span.clone());
                        let message = format!("there is no letterhead `{name}`");
                        let help = offer(name, job.office.letterheads.keys().map(Id::as_str));
                        self.faults.push(
                            Diagnostic::new(Code::UnknownLetterhead, place, message)
                                .expected("the key of a letterhead is expected")
                                .help(help),
                        );
                    }
                    id
                }
            };
            let logo = id.map(|id| job.logos.0.get(id));
            whole &= !matches!(logo, None | Some(Some(None)));
            logos.extend(logo.flatten().cloned().flatten().map(|logo| (letterhead.id, logo)));
        }
        whole.then_some(logos)
    }
}
