//! Faults together with the texts that they point into.

use serde::{Serialize, Serializer};

use super::{Diagnostic, Severity, Sources, data};

/// Faults in the order of files and lines, with the texts that they point into; serialises as a list.
#[derive(Debug, Clone, Default)]
pub struct Findings {
    /// The faults.
    pub faults: Vec<Diagnostic>,
    /// The texts.
    pub sources: Sources,
}

impl Findings {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.faults.is_empty()
    }

    /// How many are errors: something is not written because of them.
    pub fn errors(&self) -> usize {
        self.faults.iter().filter(|fault| fault.code.severity() == Severity::Error).count()
    }

    /// How many only ask somebody to look.
    pub fn warnings(&self) -> usize {
        self.faults.len() - self.errors()
    }
}

impl Serialize for Findings {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.faults.iter().map(|fault| data::view(fault, &self.sources)))
    }
}
