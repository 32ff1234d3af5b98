//! Drafts get their numbers, their files are published and locked; corrections of issued memos are published anew.
//!
//! The plan has the YAML first, then the output folder, then the locks; what is interrupted is completed by the same
//! request. Not here: how files are made, which is the press's.

mod prepare;

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use prepare::entries;

use super::{
    Refused,
    approval::{Since, since, written},
    brought::{Brought, brought},
    comments::open_comments,
    issue_report::{Gaps, IssueReport, IssuedMemo, MemoLeftOut},
    known,
    numbers::Numbers,
    output_plan::{self, LastBuild},
    taken::TakenChanges,
};
use crate::{
    build::{Build, Scope, build},
    diagnostic::{Diagnostic, Faults, Findings},
    folder::{Edits, Plan, Snapshot, Unchanged},
    output::{Form, Manifest},
    press::SettledTexts,
    records::{self, Readings, Records},
    yaml::outline,
};

/// Where a memo says why nobody has approved it.
pub(super) const NOT_REVIEWED: &str = "accepts.not-reviewed";

/// Where a memo says that it tells a delay of after its date.
const LATER_DELAY: &str = "accepts.later-delay";

/// Memos that are to be issued, or corrected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssueRequest {
    /// The memos, by the names of their files.
    pub memos: Vec<String>,
    /// What is corrected in memos that are issued; without it, drafts are issued.
    pub correction: Option<CorrectionRequest>,
    /// Why memos are issued that nobody has approved. It is kept in the memo, under `accepts`.
    pub anyway: Option<String>,
}

/// A correction of an issued memo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CorrectionRequest {
    /// What was wrong, as it reads after "Corrected September 2, 2021:".
    pub what: String,
    /// When it is corrected.
    pub date: NaiveDate,
    /// Which of what would be printed otherwise for the sake of office, release or templates goes with it.
    pub changes: TakenChanges,
    /// Whether somebody named that day. If not, a correction that an interrupted run has begun on another day is the
    /// same one.
    pub is_dated: bool,
}

/// A working folder in which memos are being issued, and that is not written yet.
struct Issue<'a> {
    wish: &'a IssueRequest,
    edits: Edits,
    /// What corrections would bring with them, by the memos' ids.
    brought: &'a BTreeMap<String, Brought>,
    /// What became of the memos' approvals.
    approvals: &'a Since,
    numbers: Numbers,
    working: Option<Records>,
    /// Memos that are to be issued: their ids of now and of then.
    issuing: Vec<(String, String)>,
    /// The years in which numbers were given.
    years: BTreeSet<i32>,
    /// How many memos were looked at.
    prepared: usize,
}

/// Plans to issue memos. Those with faults are left out, and the others are numbered without them.
///
/// # Errors
/// [`Refused::Unknown`] if there is no such memo; [`Refused::Blank`]; [`Refused`] of the disk if the manifest of the
/// output folder cannot be read.
pub fn issue(snapshot: &Snapshot, wish: &IssueRequest) -> Result<Plan<IssueReport>, Refused> {
    issue_edited(&Edits::of(snapshot), wish)
}

/// Plans to issue memos as somebody has edited them, with the edits.
pub(super) fn issue_edited(edits: &Edits, wish: &IssueRequest) -> Result<Plan<IssueReport>, Refused> {
    let snapshot = &edits.snapshot;
    let mut memos: Vec<String> = Vec::new();
    for memo in known(snapshot, &wish.memos)? {
        if !memos.contains(&memo) {
            memos.push(memo);
        }
    }
    let before = output_plan::built(snapshot)?.unwrap_or_default();
    let unchanged = Unchanged::since_build(snapshot).forgetful();
    // What cannot be read may bear the next number.
    if !snapshot.is_whole() {
        let (faults, sources) = (snapshot.unread.clone(), snapshot.sources.clone());
        return Err(Refused::Faults(Findings { faults, sources }));
    }
    let mut report = IssueReport {
        issued: Vec::new(),
        left: Vec::new(),
        correction: wish.correction.as_ref().map(|correction| correction.what.clone()),
        corrected: wish.correction.as_ref().map(|correction| correction.date),
        gaps: Vec::new(),
        written: 0,
        faults: Vec::new(),
    };
    let mut faults = snapshot.faults();
    let to_correct =
        memos.iter().filter(|memo| wish.correction.is_some() && entries(memo, snapshot, wish).is_ok());
    let approvals = match wish.correction {
        Some(_) => Since::default(),
        None => {
            since(snapshot, &written(snapshot, memos.iter().map(String::as_str)), &mut Readings::default())
        }
    };
    let brings = brought(snapshot, &to_correct.cloned().collect::<Vec<_>>(), &before.manifest, &unchanged);
    loop {
        let mut issue = Issue::begin(wish, edits, &before.manifest, &brings, &approvals);
        memos.retain(|memo| match issue.prepare(memo) {
            Ok(()) => true,
            Err(left) => {
                report.left.push(left);
                false
            }
        });
        if memos.is_empty() {
            return Ok(Plan::nothing(report));
        }
        // One that was refused after it had got a number leaves the number to the next.
        if memos.len() < issue.prepared {
            continue;
        }
        let new: Vec<String> = issue.issuing.iter().map(|(_, new)| new.clone()).collect();
        let around = (&before.manifest, &unchanged);
        let mut built = issue.build(&new, around, None, std::mem::take(&mut faults));
        if built.missing().is_empty() {
            match issue.without_left_changes(built, &new, around) {
                Ok(settled) => built = settled,
                Err(left) => {
                    memos.retain(|memo| memo != left.id());
                    report.left.push(left);
                    continue;
                }
            }
        }
        let missing: Vec<String> = built.missing().into_iter().map(str::to_owned).collect();
        report.faults.push(findings(&built));
        if missing.is_empty() {
            return issue.plan(report, &before, unchanged, built);
        }
        for (id, _) in issue.issuing.iter().filter(|(_, new)| missing.contains(new)) {
            report.left.push(MemoLeftOut::Faulty { id: id.clone() });
            memos.retain(|memo| memo != id);
        }
    }
}

fn findings(built: &Build) -> Findings {
    let faults: Vec<Diagnostic> = built.faults.clone();
    Findings { faults, sources: built.sources.clone() }
}

impl<'a> Issue<'a> {
    fn begin(
        wish: &'a IssueRequest,
        edits: &Edits,
        before: &Manifest,
        brought: &'a BTreeMap<String, Brought>,
        approvals: &'a Since,
    ) -> Issue<'a> {
        let snapshot = &edits.snapshot;
        let mut numbers = Numbers::default();
        // A number that was published is taken for ever, be its memo's file there or not.
        let published = before.memos.iter().flat_map(|entry| [Some(&entry.id), entry.number.as_ref()]);
        let known = snapshot.locked().into_iter().chain(published.flatten().map(String::as_str));
        known.for_each(|id| numbers.take(id.split('-').next().unwrap_or_default()));
        for (memo, source) in &snapshot.texts.memos {
            numbers.take(memo.split('-').next().unwrap_or_default());
            let entries = outline(&snapshot.sources.get(*source).text).unwrap_or_default();
            entries
                .iter()
                .filter(|entry| entry.path == "number")
                .filter_map(|entry| entry.text.as_deref())
                .for_each(|number| numbers.take(number));
        }
        // Those whose file cannot be read are known by their names.
        snapshot.memos.iter().for_each(|memo| numbers.take(memo.split('-').next().unwrap_or_default()));
        let mut aside = Faults::default();
        let working = records::read(&snapshot.texts, &snapshot.sources, &mut aside, |_| true);
        Issue {
            wish,
            edits: edits.clone(),
            brought,
            approvals,
            numbers,
            working,
            issuing: Vec::new(),
            years: BTreeSet::new(),
            prepared: 0,
        }
    }

    fn build(
        &self,
        memos: &[String],
        (before, unchanged): (&Manifest, &Unchanged),
        settled: Option<&SettledTexts>,
        faults: Faults,
    ) -> Build {
        let unchanged = unchanged.of_this_program();
        let scope = Scope { issuing: memos, settled, unchanged, ..Scope::of(memos, before) };
        build(&self.edits.snapshot, &mut Readings::default(), &scope, faults)
    }

    /// Prints corrected memos anew without the changes that do not go; or leaves out one whose edit stands in the lines of such a change.
    fn without_left_changes(
        &self,
        built: Build,
        memos: &[String],
        around: (&Manifest, &Unchanged),
    ) -> Result<Build, MemoLeftOut> {
        let Some(CorrectionRequest { changes: taken @ TakenChanges::Only(_), .. }) = &self.wish.correction
        else {
            return Ok(built);
        };
        let found = |id: &String| self.brought.get(id).filter(|found| found.leaves_some(taken));
        let mut settled = SettledTexts::new();
        for (id, _) in &self.issuing {
            if let Some(found) = found(id) {
                let texts = found.settled(id, taken, &built);
                let same_lines = || MemoLeftOut::SameLines { id: id.clone(), choices: found.told(taken).1 };
                settled.extend(texts.ok_or_else(same_lines)?);
            }
        }
        if settled.is_empty() {
            return Ok(built);
        }
        let mut built = self.build(memos, around, Some(&settled), self.edits.snapshot.faults());
        for made in &mut built.built {
            if let (Some(found), Some(lock)) = (found(&made.entry.id), &mut made.lock) {
                found.settle_data(taken, lock);
            }
        }
        Ok(built)
    }

    /// The plan of what was prepared and built.
    fn plan(
        self,
        mut report: IssueReport,
        before: &LastBuild,
        unchanged: Unchanged,
        built: Build,
    ) -> Result<Plan<IssueReport>, Refused> {
        for (was, id) in &self.issuing {
            let printed = built.built.iter().find(|printed| printed.entry.id == *id);
            let title = printed.map(|printed| printed.entry.title.clone()).unwrap_or_default();
            let relations = printed.map(|printed| printed.entry.relations.clone()).unwrap_or_default();
            let page = built.after.entry(id).and_then(|entry| entry.own(Form::Html));
            let page = page.map(|page| page.path.clone());
            let lock = printed.and_then(|printed| printed.lock.as_ref());
            let changes = self.wish.correction.as_ref().map(|correction| &correction.changes);
            let told = self.brought.get(id).zip(changes).map(|(found, taken)| found.told(taken));
            let (also_changed, choices) = told.unwrap_or_default();
            let files = lock.iter().flat_map(|lock| &lock.memo.artifacts).map(|file| file.path.to_string());
            let files = files.collect();
            let since_approval = self.approvals.by_date.get(was).cloned().unwrap_or_default();
            let open_comments = open_comments(&self.edits.snapshot, id);
            let (id, was) = (id.clone(), was.clone());
            report.issued.push(IssuedMemo {
                id,
                was,
                title,
                also_changed,
                choices,
                since_approval,
                open_comments,
                page,
                relations,
                files,
            });
        }
        let was: Vec<&str> = self.issuing.iter().map(|(was, _)| was.as_str()).collect();
        let what = format!("issue {}", was.join(" "));
        for year in &self.years {
            report.gaps.extend(self.numbers.gaps(*year).map(|numbers| Gaps { year: *year, numbers }));
        }
        let plan = output_plan::plan_edited(what, &self.edits, before, unchanged, built)?;
        Ok(plan.map(|written| IssueReport { written, ..report }))
    }
}
