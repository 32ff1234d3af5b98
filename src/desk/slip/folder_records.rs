//! What is read of a working folder, as it is or as it would be with a delay, and of one release of it.
//!
//! In: a snapshot. Out: [`FolderRecords`], or with which faults nothing can be said. Not here: what a delay does.

use chrono::NaiveDate;

use crate::{
    desk::Refused,
    diagnostic::{Diagnostic, Faults, Findings, Severity, SourceId, Sources},
    folder::Snapshot,
    model::Plan,
    records::{self, Records},
    schedule::{self, Resolved, resolve},
    template::{Engine, causes, task_texts},
};

/// A working folder as it is, or as it would be.
pub(super) struct FolderRecords {
    pub sources: Sources,
    pub working: Records,
    faults: Vec<Diagnostic>,
}

impl FolderRecords {
    /// Reads it; refused is a folder without an office that can be read.
    pub fn read(snapshot: &Snapshot) -> Result<FolderRecords, Refused> {
        let mut faults = Faults::default();
        let working = records::read(&snapshot.texts, &snapshot.sources, &mut faults, |_| true);
        match working {
            Some(working) => {
                let (sources, faults) = (snapshot.sources.clone(), faults.into_sorted());
                Ok(FolderRecords { sources, working, faults })
            }
            None => Err(refused(snapshot, faults)),
        }
    }

    pub fn plan(&self, id: &str) -> Option<&Plan> {
        self.working.release(id)
    }

    /// The plan; refused is one with faults.
    pub fn release(&self, id: &str, snapshot: &Snapshot) -> Result<&Plan, Refused> {
        self.plan(id).ok_or_else(|| self.unreadable(snapshot, Faults::default()))
    }

    /// The plan with so many of its delays, seen on a day; the faults of its rules and dates go to `faults`.
    pub fn resolved(
        &self,
        id: &str,
        delays: usize,
        as_of: NaiveDate,
        faults: &mut Faults,
    ) -> Option<Resolved<'_>> {
        let resolved = resolve(self.plan(id)?, delays, as_of, faults)?;
        let entities = self.working.office.entities.values().flatten();
        schedule::check(&resolved, entities.map(|entity| entity.name.as_str()), &self.sources, faults);
        Some(resolved)
    }

    /// The texts of a plan's steps, as they are printed.
    pub fn texts(&self, resolved: &Resolved<'_>, engine: &Engine) -> Vec<String> {
        task_texts(None, resolved, &self.working.office, engine, &self.sources)
    }

    /// The cause of the last delay, as it is printed.
    pub fn cause(&self, resolved: &Resolved<'_>, engine: &Engine, faults: &mut Faults) -> Option<String> {
        causes(resolved, &self.working.office, engine, &self.sources, faults)?.pop()
    }

    /// What is wrong with the release, as far as it is not a matter of taste.
    pub fn errors(&self, source: SourceId, more: Faults) -> Vec<Diagnostic> {
        let mut all = self.faults.clone();
        all.extend(more.into_sorted());
        all.retain(|fault| fault.place.source == source && fault.code.severity() == Severity::Error);
        all
    }

    /// The faults for which nothing can be said of a release.
    pub fn unreadable(&self, snapshot: &Snapshot, mut wrong: Faults) -> Refused {
        self.faults.iter().cloned().for_each(|fault| wrong.push(fault));
        refused(snapshot, wrong)
    }
}

fn refused(snapshot: &Snapshot, wrong: Faults) -> Refused {
    let mut faults = snapshot.faults();
    faults.take_over(wrong);
    Refused::Faults(Findings { faults: faults.into_sorted(), sources: snapshot.sources.clone() })
}
