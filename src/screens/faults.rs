//! Faults as a screen shows them: beside their field, or on top if they stand at none.
//!
//! In: the faults of a file. Out: [`FaultLine`]s. Not here: what is wrong, which the desk finds.

use serde::Serialize;

use crate::{
    diagnostic::{Code, Findings, Severity, Style, render},
    words::capitalized,
};

/// A fault beside its field.
#[derive(Debug, Clone, Serialize)]
pub(super) struct FaultLine {
    /// Its place among those of the report.
    #[serde(skip)]
    pub at: usize,
    /// One sentence.
    sentence: String,
    /// What to type.
    help: String,
    warning: bool,
    /// The whole of it, as a terminal shows it.
    whole: String,
    line: usize,
}

impl FaultLine {
    /// Some faults of a report.
    pub fn all(places: &[usize], findings: &Findings) -> Vec<FaultLine> {
        places.iter().filter_map(|at| FaultLine::of(*at, findings)).collect()
    }

    /// Those of a report that are not shown yet.
    pub fn others(shown: &[usize], findings: &Findings) -> Vec<FaultLine> {
        let others: Vec<usize> = (0..findings.faults.len()).filter(|at| !shown.contains(at)).collect();
        FaultLine::all(&others, findings)
    }

    fn of(at: usize, findings: &Findings) -> Option<FaultLine> {
        let fault = findings.faults.get(at)?;
        // What to type into the file is no help to somebody who fills in a form.
        let is_blank = fault.code == Code::MissingKey;
        let message = fault.message.replace('`', "");
        Some(FaultLine {
            at,
            sentence: match is_blank {
                true => format!("This is needed: {}.", message.trim_end_matches(':')),
                false => format!("{}.", capitalized(&message)),
            },
            help: match fault.help.is_empty() || is_blank {
                true => String::new(),
                false => format!("{}.", capitalized(fault.help.trim_end_matches('.'))),
            },
            warning: fault.code.severity() == Severity::Warning,
            whole: render(fault, &findings.sources, Style::Plain),
            line: findings.sources.line_and_column(&fault.place).0,
        })
    }
}
