//! `import --release`: a spreadsheet of tasks against a release; what it changes is shown, and written if somebody says what it means.
//!
//! In: the file, the release, answers. Out: the report; the steps changed, or a delay recorded as `slip` records it.

use std::path::Path;

use serde::Serialize;

use super::{
    Outcome, Terminal, at, build,
    import::ImportArguments,
    issue::stopped,
    report,
    sheet_answers::{self, NotCompared},
    slip::{self, Asking},
    snapshot, today,
};
use crate::{
    desk::{self, BuildReport, SheetReport, SheetRequest, SlipRequest},
    folder::Snapshot,
    words::{counted, series},
};

/// What is printed as JSON.
#[derive(Serialize)]
struct ImportResult<'a> {
    release: &'a str,
    /// The sheet that was read; blank of a .csv.
    sheet: &'a str,
    #[serde(flatten)]
    report: &'a SheetReport,
    /// Whether the steps were changed.
    written: bool,
    build: Option<&'a BuildReport>,
}

/// A sheet that is compared with a release.
struct Compared<'a> {
    sheet: String,
    wish: SheetRequest,
    report: SheetReport,
    chosen: &'a ImportArguments,
}

/// `ccrov import FILE --release RELEASE`.
pub(super) fn import_sheet(
    root: &Path,
    (name, bytes): (&str, &[u8]),
    release: &str,
    chosen: &ImportArguments,
    terminal: &mut Terminal,
) -> Outcome {
    let table = match desk::table_of(bytes, chosen.sheet.as_deref()) {
        Ok(table) => table,
        Err(why) => return terminal.wrong_usage(&format!("{name}: {why}")),
    };
    let wish = SheetRequest {
        release: release.to_owned(),
        text: table.text,
        told: table.told,
        ..SheetRequest::default()
    };
    let compared = snapshot(&at(root))
        .map_err(NotCompared::from)
        .and_then(|now| Ok((sheet_answers::answered(&now, wish, chosen)?, now)));
    let ((wish, report), now) = match compared {
        Ok(compared) => compared,
        Err(NotCompared::Answer(wrong)) => return terminal.wrong_usage(&wrong.to_string()),
        Err(NotCompared::Refused(refused)) => return terminal.refuse(&refused),
    };
    let compared = Compared { sheet: table.sheet, wish, report, chosen };
    if chosen.moved {
        return compared.moved(root, &now, terminal);
    }
    compared.wrong(root, &now, terminal)
}

/// Dates of a sheet hang on nothing: says what they may follow. Nothing of that is ever taken by itself.
fn offers(root: &Path, release: &str, terminal: &mut Terminal) {
    let offered = snapshot(&at(root)).and_then(|now| desk::offered_rules(&now, release));
    let offers = offered.map(|offered| offered.offers).unwrap_or_default();
    let offers: Vec<_> = offers.iter().filter_map(|offer| Some((offer, offer.rules.first()?))).collect();
    if offers.is_empty() {
        return;
    }
    terminal.say("\nDates that are written out, and may follow others; the desk writes these rules under “What the dates follow”:");
    for (offer, rule) in offers.iter().take(MOST_OFFERS) {
        terminal.say(&format!("  {} {} {}: {}", offer.step, offer.verb, rule.words, rule.typed));
    }
    if let Some(more @ 1..) = offers.len().checked_sub(MOST_OFFERS) {
        terminal.say(&format!("  and {more} more"));
    }
}

/// How many rules are offered at once.
const MOST_OFFERS: usize = 20;

impl Compared<'_> {
    fn result<'a>(&'a self, build: Option<&'a BuildReport>) -> ImportResult<'a> {
        ImportResult {
            release: &self.wish.release,
            sheet: &self.sheet,
            report: &self.report,
            written: build.is_some(),
            build,
        }
    }

    /// Says what the sheet changes.
    fn show(&self, terminal: &mut Terminal) {
        let sheet =
            if self.sheet.is_empty() { String::new() } else { format!(", sheet “{}”", self.sheet) };
        let file = self.chosen.file.display();
        terminal.say(&format!("{file}{sheet}, compared with {}\n\n{}", self.wish.release, self.report));
    }

    /// Shows what the sheet changes, and why nothing is written.
    fn nothing(&self, outcome: Outcome, why: &str, terminal: &mut Terminal) -> Outcome {
        let findings = &self.report.findings;
        let has_faults = !findings.faults.is_empty();
        let outcome = if has_faults { Outcome::Faults } else { outcome };
        terminal.answer(&self.result(None), outcome, |terminal| {
            self.show(terminal);
            if has_faults {
                terminal.note("With these changes, the release has faults:\n");
                report::print(findings, terminal);
            }
            terminal.say(why);
        })
    }

    /// Why nothing can be written of the sheet as it is.
    fn why_not(&self) -> Option<(Outcome, String)> {
        if self.report.asks_columns {
            return Some((
                Outcome::Faults,
                "No row of the sheet has names such as Task, Start and End. Nothing was written.".to_owned(),
            ));
        }
        match self.report.open_questions() {
            0 => None,
            open => Some((
                Outcome::Faults,
                format!("{} to answer first. Nothing was written.", counted(open, "question")),
            )),
        }
    }

    /// The plan was wrong; or nobody has said what the sheet means.
    fn wrong(self, root: &Path, now: &Snapshot, terminal: &mut Terminal) -> Outcome {
        let Compared { wish, report, chosen, .. } = &self;
        if let Some((outcome, why)) = self.why_not() {
            return self.nothing(outcome, &why, terminal);
        }
        if report.taken == 0 || !report.findings.faults.is_empty() {
            return self.nothing(Outcome::Done, "Nothing was written.", terminal);
        }
        let issued = series(&desk::issued_memos(now, &wish.release));
        let went_out =
            if issued.is_empty() { String::new() } else { format!(" {issued} went out with this schedule.") };
        if !chosen.wrong {
            let how = "Nothing was written. If the plan was wrong, add --wrong. If it has moved, add --moved and --reason, and a delay is recorded.";
            return self.nothing(Outcome::Done, &format!("{how}{went_out}"), terminal);
        }
        self.show(terminal);
        if !chosen.yes && !terminal.can_ask() {
            return terminal
                .wrong_usage("nobody can be asked here, so nothing was written; to write it, add --yes");
        }
        let question =
            format!("{went_out} Write {} into the release and build?", counted(report.taken, "change"));
        if !chosen.yes && !terminal.agrees(question.trim_start()) {
            return self.nothing(Outcome::Done, "Nothing was written.", terminal);
        }
        let plan = desk::paste_sheet(now, wish).and_then(|plan| desk::and_build(now, plan));
        let committed = plan.and_then(|plan| {
            let trouble = if terminal.is_for_programs() {
                String::new()
            } else {
                build::trouble(&plan.report.1, terminal)
            };
            Ok((at(root).commit(plan)?, trouble))
        });
        match committed {
            Ok((receipt, trouble)) => {
                let built = &receipt.report.1;
                terminal.answer(&self.result(Some(built)), report::outcome(&built.findings), |terminal| {
                    terminal.say(&format!(
                        "Wrote {} into {}.",
                        counted(report.taken, "change"),
                        wish.release
                    ));
                    build::say(built, &trouble, terminal);
                    offers(root, &wish.release, terminal);
                })
            }
            Err(refused) => terminal.refuse_and(&refused, |terminal| stopped(&refused, terminal)),
        }
    }

    /// The plan has moved: a delay, with the steps that come and go by it.
    fn moved(self, root: &Path, now: &Snapshot, terminal: &mut Terminal) -> Outcome {
        let Compared { wish, report, chosen, .. } = &self;
        if let Some((outcome, why)) = self.why_not() {
            return self.nothing(outcome, &why, terminal);
        }
        let announced = chosen.delay.announced.unwrap_or_else(today);
        let moves = match desk::sheet_moves(now, wish, &report.changes, announced) {
            Ok(moves) => moves,
            Err(refused) => return terminal.refuse(&refused),
        };
        if moves.milestones.is_empty() {
            let why = "No step that is on the day of a milestone has another day in the sheet, so no delay can be told from it. Nothing was written.";
            return self.nothing(Outcome::Faults, why, terminal);
        }
        for left in moves.differ.iter().chain(&moves.beside) {
            terminal.say(left);
        }
        if !moves.differ.is_empty() || !moves.beside.is_empty() {
            terminal.say("A delay moves milestones and what follows them, and new and dropped steps with it. For what is left, import the sheet again with --wrong.\n");
        }
        let delay = SlipRequest {
            release: wish.release.clone(),
            moves: moves.moves,
            reason: chosen.delay.reason.clone().unwrap_or_default(),
            announced,
            answers: chosen.delay.done(),
            closed: chosen.delay.closed.clone(),
            purpose: Default::default(),
        };
        let asking = Asking { dry_run: false, yes: chosen.yes };
        slip::record(
            &at(root),
            delay,
            asking,
            &|now, delay| desk::slip_with_sheet(now, delay, wish),
            terminal,
        )
    }
}
