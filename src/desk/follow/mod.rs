//! Dates of steps that hang on nothing, and rules that give exactly these dates.
//!
//! In: a snapshot, a release; which rules somebody takes. Out: [`FollowReport`]; a plan that writes the rules, after which no date of the
//! release is another. Nothing is ever taken by itself. Not here: which rules there could be (`rules`).

mod rules;

use serde::Serialize;

use super::{
    Refused, SourceFile, TaskDates,
    fields::{editable, in_release, release_errors},
    tasks::task_dates,
};
use crate::{
    diagnostic::{self, Diagnostic, Faults, SourceId},
    folder::{Edits, Plan, Snapshot, stem},
    schedule::{Edge, resolve},
    words::{counted, cut},
    yaml::edit::{self, At},
};
use rules::{Candidate, candidates};

/// The dates of a release's steps that hang on nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct FollowReport {
    /// Dates for which there are rules, in the order of the steps.
    pub offers: Vec<FollowOffer>,
    /// How many dates are written out and have no rule that is likely.
    pub rest: usize,
    /// Whether any step follows a milestone, another step or the election.
    pub follows: bool,
}

/// A date, and rules that give it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FollowOffer {
    /// Its name in forms: the id of the task and which end.
    pub key: String,
    /// "Step 14".
    pub step: String,
    /// What is to be done there.
    pub task: String,
    /// "ends".
    pub verb: &'static str,
    /// As the table prints it.
    pub date: String,
    /// The rules, the likeliest first.
    pub rules: Vec<OfferedRule>,
    /// Whether the first one is so plain that it is taken with all others like it.
    pub fits: bool,
}

/// A rule that gives a date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OfferedRule {
    /// As it is typed in the file: `{at: deployment}`, `5wd` of how long a step takes.
    pub typed: String,
    /// "on the day of the deployment".
    pub words: String,
}

/// A date that is to follow a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FollowWish {
    /// The date, by [`FollowOffer::key`].
    pub key: String,
    /// The date that somebody saw; if it is another by now, it stays.
    pub date: String,
    /// The rule, by [`OfferedRule::typed`].
    pub rule: String,
}

/// What follows by now.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct FollowedReport {
    /// The dates that follow: "Step 14 ends on the day of the deployment".
    pub followed: Vec<String>,
    /// Those that stay as they are, with the reason.
    pub left: Vec<String>,
}

/// Finds the dates of a release's steps that are written out, and rules that give exactly these.
///
/// # Errors
/// [`Refused`]: there is no such release, or its dates have faults.
pub fn offered_rules(snapshot: &Snapshot, release: &str) -> Result<FollowReport, Refused> {
    let release = &stem(release);
    let mut report = offers(snapshot, release)?;
    let mut trial = Trial::of(snapshot, release)?;
    let fitting = report.offers.iter().filter(|offer| offer.fits);
    let all: Vec<(&str, &str)> =
        fitting.map(|offer| (offer.key.as_str(), offer.rules[0].typed.as_str())).collect();
    // What is taken at once is tried at once; only if that does not give the same dates, one by one.
    if !all.is_empty() && !trial.take_all(&all) {
        for offer in report.offers.iter_mut().filter(|offer| offer.fits) {
            offer.fits = trial.take(&offer.key, &offer.rules[0].typed);
        }
    }
    Ok(report)
}

/// Plans to let dates follow rules. A rule that is not offered by now, or with which any date of the release would be another, is left.
///
/// # Errors
/// [`Refused`]: there is no such release, its dates have faults, or the file is written in a way that a rule cannot be put into.
pub fn follow_rules(
    snapshot: &Snapshot,
    release: &str,
    wishes: &[FollowWish],
) -> Result<Plan<FollowedReport>, Refused> {
    let release = &stem(release);
    let offered = offers(snapshot, release)?;
    let mut trial = Trial::of(snapshot, release)?;
    let mut report = FollowedReport::default();
    let mut wanted = Vec::new();
    for FollowWish { key, date, rule } in wishes {
        let offer = offered.offers.iter().find(|offer| offer.key == *key && offer.date == *date);
        let found = offer.and_then(|offer| {
            let rule = offer.rules.iter().find(|offered| offered.typed == *rule)?;
            Some((format!("{} {} {}", offer.step, offer.verb, rule.words), rule))
        });
        match found {
            Some((words, rule)) => wanted.push((key, rule, words)),
            None => report.left.push(match offer {
                Some(offer) => format!("{}: this rule does not give its date by now.", offer.step),
                None => match trial.step(key) {
                    Some(step) => format!("Step {step} has another date by now, or follows a rule."),
                    None => "A step that you saw is gone by now.".to_owned(),
                },
            }),
        }
    }
    let all: Vec<(&str, &str)> =
        wanted.iter().map(|(key, rule, _)| (key.as_str(), rule.typed.as_str())).collect();
    let at_once = trial.take_all(&all);
    for (key, rule, words) in wanted {
        if at_once || trial.take(key, &rule.typed) {
            report.followed.push(words);
        } else {
            report.left.push(format!("{words}: with that another date would change, so it stays as it is."));
        }
    }
    if report.followed.is_empty() {
        return Ok(Plan::nothing(report));
    }
    let what = format!("desk: {} in {} to follow rules", counted(report.followed.len(), "date"), trial.name);
    Ok(Plan::of_sources(what, report, trial.edits.files()?))
}

/// What is offered, before it is tried.
fn offers(snapshot: &Snapshot, release: &str) -> Result<FollowReport, Refused> {
    in_release(snapshot, release, |_, plan| {
        let resolved = resolve(plan, plan.delays.len(), plan.seen_on(), &mut Faults::default())?;
        let follows = plan.tasks.iter().any(|task| task.dates.follows());
        let mut report = FollowReport { follows, ..FollowReport::default() };
        for Candidate { at, edge, date, rules, fits } in candidates(&resolved) {
            let task = &plan.tasks[at];
            if rules.is_empty() {
                report.rest += 1;
                continue;
            }
            let text = task.text.value.split_whitespace().collect::<Vec<_>>().join(" ");
            report.offers.push(FollowOffer {
                key: format!("{} {}", task.id, edge.noun()),
                step: format!("Step {}", task.step_at(plan.delays.len()).value),
                task: cut(&text, 96),
                verb: edge.verb(),
                date: date.to_string(),
                rules,
                fits,
            });
        }
        Some(report)
    })
}

/// A release into which rules are written, as long as every date stays.
struct Trial {
    release: String,
    source: SourceId,
    name: String,
    edits: Edits,
    /// What must stay.
    dates: Option<TaskDates>,
    faults: Vec<Diagnostic>,
    ids: Vec<Option<String>>,
}

impl Trial {
    fn of(snapshot: &Snapshot, release: &str) -> Result<Trial, Refused> {
        let source = editable(snapshot, &SourceFile::Release(release.to_owned()))?;
        let (faults, working) = release_errors(snapshot, release);
        Ok(Trial {
            release: release.to_owned(),
            source,
            name: snapshot.sources.get(source).name.clone(),
            edits: Edits::of(snapshot),
            dates: working.and_then(|working| task_dates(&working, release)),
            faults,
            ids: super::task_ids(snapshot, release)?,
        })
    }

    /// The number of the step whose date has a key; none of one that is gone.
    fn step(&self, key: &str) -> Option<&str> {
        let (id, _) = key.split_once(' ')?;
        let at = self.ids.iter().position(|known| known.as_deref() == Some(id))?;
        self.dates.as_ref()?.steps.get(&at).map(String::as_str)
    }

    /// Takes a rule, if every date stays.
    fn take(&mut self, key: &str, rule: &str) -> bool {
        self.take_all(&[(key, rule)])
    }

    /// Takes rules, if every date stays.
    fn take_all(&mut self, rules: &[(&str, &str)]) -> bool {
        let text = self.edits.snapshot.sources.get(self.source).text.clone();
        let written = rules.iter().try_fold(text, |text, (key, rule)| self.with(&text, key, rule));
        let Some(text) = written else { return false };
        let mut edits = self.edits.clone();
        edits.edit(self.source, &text);
        let (mut faults, working) = release_errors(&edits.snapshot, &self.release);
        diagnostic::leave_out(&mut faults, &self.faults);
        let dates = working.and_then(|working| task_dates(&working, &self.release));
        let stays = dates.as_ref().zip(self.dates.as_ref()).is_some_and(|(is, was)| same(is, was));
        let so = stays && faults.is_empty();
        if so {
            self.edits = edits;
        }
        so
    }

    /// The text with a rule in the place of a date.
    fn with(&self, text: &str, key: &str, rule: &str) -> Option<String> {
        let (id, edge) = key.split_once(' ')?;
        let at = self.ids.iter().position(|known| known.as_deref() == Some(id))?;
        let task = At::default().key("tasks").item(at);
        if edge == Edge::End.noun() && rule.ends_with("wd") {
            let text = edit::remove_at(text, &task.key("end"))?;
            return edit::set_at(&text, &task.key("takes"), &edit::typed(rule));
        }
        edit::set_at(text, &task.key(edge), &edit::typed(rule))
    }
}

fn same<'d>(is: &'d TaskDates, was: &'d TaskDates) -> bool {
    let dates = |all: &'d TaskDates| all.cells.iter().map(|(key, cell)| (key, &cell.date));
    is.steps == was.steps && dates(is).eq(dates(was))
}
