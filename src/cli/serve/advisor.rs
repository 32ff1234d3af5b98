//! Answers "what if" as `slip --dry-run` does.
//!
//! In: a question of the window. Out: the same words and the table of changes. Not here: what follows (`slip`).

use std::path::{Path, PathBuf};

use crate::{
    cli::{
        Outcome, Terminal,
        slip::{self, SlipArguments},
        today,
    },
    model::date,
    serve::{Advisor, Answer, Question, Release},
};

/// What stands in the place of a cause that was left blank.
const NO_REASON: &str = "(the reason)";

/// The releases of a working folder.
pub(super) struct Slips {
    root: PathBuf,
}

impl Slips {
    pub fn new(root: &Path) -> Slips {
        Slips { root: root.to_owned() }
    }
}

impl Advisor for Slips {
    fn releases(&self) -> Result<Vec<Release>, String> {
        let (mut terminal, said) = Terminal::to_text();
        let releases = slip::releases(&self.root, &mut terminal);
        releases.ok_or_else(|| said.take())
    }

    fn what_if(&self, question: &Question) -> Answer {
        let (release, milestone) = question.moved.split_once('/').unwrap_or((&question.moved, ""));
        let to = match question.end.trim() {
            "" => question.start.clone(),
            end => format!("{}..{end}", question.start),
        };
        let written = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let asked = SlipArguments {
            release: release.to_owned(),
            moves: vec![format!("{milestone}={to}")],
            reason: written(&question.reason).unwrap_or_else(|| NO_REASON.to_owned()),
            announced: written(&question.announced).or_else(|| Some(date::iso_text(today()))),
            dry_run: true,
            yes: false,
        };
        let (mut terminal, said) = Terminal::to_text();
        let mut rows = Vec::new();
        let outcome = slip::slip_and(&self.root, &asked, &mut terminal, |found| rows = found.to_vec());
        let command = (outcome == Outcome::Done && !rows.is_empty()).then(|| command(&asked));
        Answer { rows, said: said.take(), command }
    }
}

/// What to type for a slip.
fn command(asked: &SlipArguments) -> String {
    let quoted = |text: &str| {
        let plain = |c: char| c.is_ascii_alphanumeric() || "-_=.".contains(c);
        if text.chars().all(plain) { text.to_owned() } else { format!("'{}'", text.replace('\'', r"'\''")) }
    };
    let moves = asked.moves.iter().map(|moved| format!(" --move {}", quoted(moved)));
    let announced = asked.announced.iter().map(|day| format!(" --announced {}", quoted(day)));
    let reason = format!(" --reason {}", quoted(&asked.reason));
    let rest: String = moves.chain([reason]).chain(announced).collect();
    format!("ccrov slip {}{rest}", quoted(&asked.release))
}
