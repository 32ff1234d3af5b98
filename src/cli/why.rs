//! `why`: what the dates of a step follow from, back to what somebody wrote.

use std::path::Path;

use clap::Args;

use super::{Outcome, Terminal, at, snapshot};
use crate::{
    desk::{self, WhyRequest},
    model::date,
    words::capitalized,
};

#[derive(Args)]
pub(super) struct WhyArguments {
    /// The release, by the name of its file; or a memo that has tasks of its own
    #[arg(value_name = "RELEASE")]
    release: String,
    /// The step as it is printed, or the id of a task, or the name of a milestone
    #[arg(value_name = "STEP")]
    step: String,
    /// The plan after this many delays [default: all]
    #[arg(long, value_name = "N")]
    knows: Option<usize>,
}

/// `ccrov why`.
pub(super) fn why(root: &Path, chosen: &WhyArguments, terminal: &mut Terminal) -> Outcome {
    let WhyArguments { release, step, knows } = chosen;
    let wish = WhyRequest { release: release.clone(), step: step.clone(), knows: *knows };
    let report = match snapshot(&at(root)).and_then(|snapshot| desk::why(&snapshot, &wish)) {
        Ok(report) => report,
        Err(refused) => return terminal.refuse(&refused),
    };
    terminal.answer(&report, Outcome::Done, |terminal| {
        let as_of = match report.after_delay {
            Some(announced) => {
                format!("after the {}delay announced {}", report.which, date::prose(announced))
            }
            None => "in the first plan".to_owned(),
        };
        terminal.say(&format!("{} {as_of}:", report.title));
        for chain in &report.chains {
            terminal.say("");
            for reason in chain {
                let words = capitalized(&reason.words);
                if reason.as_above {
                    terminal.say(&format!("  {words}, as above."));
                } else {
                    terminal.say(&format!("  {words}."));
                    terminal.say(&format!("      {}:{}", reason.file, reason.line));
                }
            }
        }
    })
}
