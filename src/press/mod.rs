//! One memo through the whole house: values -> Markdown -> blocks -> files.
//!
//! In: a memo, its office, its relations. Out: its entry in the manifest and its [`Artifact`]s, or faults at
//! their places. Not here: reading the working folder, writing the output folder.

mod archive;
mod changes;
mod copy;
mod dates;
mod depends;
mod equipment;
mod files;
mod idle;
mod issue;
mod job;
mod kept;
mod links;
mod logos;
mod many;
mod page;
mod places;
mod relations;
mod rows;
mod run;
pub(crate) mod wording;

use std::collections::BTreeMap;

pub use equipment::Press;
pub use job::{CopiedMemos, Job, MemoCopy, MemoFiles, SettledTexts};
pub(crate) use kept::as_issued_bytes;
pub use logos::Logos;
pub use many::Work;
pub use relations::{MemoReference, Relations};

use changes::ChangesSince;
use files::attached_files;
use run::MemoRun;

use crate::{
    diagnostic::{Code, Diagnostic, Faults},
    model::{Correction, Memo, Office, date},
    output::{
        Artifact, ChangesEntry, CorrectionEntry, Form, MemoEntry, NotAPath, OutputPath, Piece, StepEntry,
    },
    schedule::{self, Resolved, resolve},
    template::{self, DeadlineView},
};

impl Press {
    /// Makes a memo's files in the wanted forms. `None` if there was a fault.
    pub fn print(&self, memo: &Memo, job: &Job<'_>, faults: &mut Faults) -> Option<MemoFiles> {
        let set = self.set(memo, job, faults)?;
        let MemoOutput { entry, artifacts, copy, .. } = set;
        Some(MemoFiles { entry, artifacts, copy, lock: None, clean: faults.is_empty() })
    }

    fn set(&self, memo: &Memo, job: &Job<'_>, faults: &mut Faults) -> Option<MemoOutput> {
        let before = faults.errors();
        let resolved = resolved(memo, job, faults)?;
        if let Some(resolved) = &resolved {
            let entities = job.office.entities.values().flatten().map(|entity| entity.name.as_str());
            schedule::check(resolved, entities, job.sources, faults);
        }
        let files = attached_files(memo, job, faults)?;
        let as_published: Vec<_> = files.iter().map(|file| file.published.clone()).collect();
        let changes = changes::changes(memo, resolved.as_ref(), job, &self.markdown, faults)?;
        let attached_changes = changes.as_ref().filter(|changes| changes.attached);
        let rendered = template::render(
            memo,
            job.office,
            resolved.as_ref(),
            template::MemoInputs {
                path: job.path(memo),
                files: &as_published,
                changes: attached_changes.map(|changes| &changes.told),
            },
            &self.markdown,
            job.sources,
            faults,
        )?;
        let path = published(&rendered.path, job.office, faults)?;
        idle::check(memo, job, &self.markdown, faults);
        let mut run = MemoRun {
            press: self,
            memo,
            job,
            path,
            entry: entry(memo, rendered.memo.title.clone(), changes),
            attached: as_published.into_iter().map(|file| file.suffix).collect(),
            rendered: &rendered,
            faults,
            artifacts: Vec::new(),
            copy: None,
        };
        run.entry.deadlines = deadlines(&rendered.deadlines);
        if let Some(schedule) = &rendered.schedule {
            run.spreadsheets(&schedule.view, &schedule.part.title);
        }
        run.document(Piece::Memo, &rendered.memo)?;
        if let Some(schedule) = &rendered.schedule {
            run.document(Piece::Schedule, &schedule.part)?;
        }
        let MemoRun { path, entry, mut artifacts, copy, .. } = run;
        artifacts.retain(|artifact| job.forms.contains(&artifact.form));
        artifacts.sort_by_key(|artifact| (artifact.piece, artifact.form));
        if job.forms.contains(&Form::File) {
            artifacts.extend(files.into_iter().map(|file| file.beside(&path)));
        }
        let schedule = rendered.schedule.map(|schedule| schedule.part.title);
        // What is wrong with the schedule is told with all else, and is not published.
        (faults.errors() == before).then_some(MemoOutput { entry, artifacts, copy, path, schedule })
    }

    /// What others call a memo that is not locked, and where its page is. `None` if it has a fault.
    pub fn name(&self, memo: &Memo, job: &Job<'_>) -> Option<MemoReference> {
        // The memo's own faults are reported when it is printed.
        let mut aside = Faults::default();
        let resolved = resolved(memo, job, &mut aside)?;
        let rendered = template::render(
            memo,
            job.office,
            resolved.as_ref(),
            template::MemoInputs::default(),
            &self.markdown,
            job.sources,
            &mut aside,
        )?;
        let path = published(&rendered.path, job.office, &mut aside)?;
        Some(MemoReference {
            number: memo.number.clone(),
            title: rendered.memo.title,
            date: date::prose(memo.date),
            page: relations::Location::Path(path.of(Piece::Memo, Form::Html)),
            withdrawn: relations::Withdrawal::of(memo.status.word(), memo.withdrawn),
        })
    }
}

/// The files of a memo, and what its lock holds of them.
struct MemoOutput {
    entry: MemoEntry,
    artifacts: Vec<Artifact>,
    copy: Option<MemoCopy>,
    path: OutputPath,
    /// The title of the schedule that is published alone.
    schedule: Option<String>,
}

/// The memo's plan, every date in its place, if it has one. The outer `None` is a fault.
fn resolved<'m>(memo: &'m Memo, job: &Job<'_>, faults: &mut Faults) -> Option<Option<Resolved<'m>>> {
    let Some(plan) = memo.dated() else { return Some(None) };
    let mut resolved = resolve(plan, memo.knows, memo.date, faults)?;
    changes::put_what_was_issued(memo, &mut resolved, job);
    Some(Some(resolved))
}

fn entry(memo: &Memo, title: String, changes: Option<ChangesSince>) -> MemoEntry {
    let mut relations = BTreeMap::<_, Vec<_>>::new();
    for (relation, earlier) in &memo.relations {
        relations.entry(*relation).or_default().push(earlier.value.clone());
    }
    // What the memo attaches stands in its text.
    let changes = changes.filter(|changes| !changes.attached);
    let changes = changes.and_then(|ChangesSince { told, since, .. }| {
        Some(ChangesEntry { since: since?, sentences: told.sentences })
    });
    MemoEntry {
        id: memo.id.to_string(),
        number: memo.number.clone(),
        date: memo.date,
        title,
        status: memo.status.to_string(),
        withdrawn: memo.withdrawn,
        locked: false,
        proposed: memo.tells_proposal,
        corrections: memo.corrections.iter().map(correction).collect(),
        release: memo.plan.as_deref().and_then(|plan| plan.id.clone()),
        relations,
        changes: changes.filter(|changes| !changes.sentences.is_empty()),
        schedule: Vec::new(),
        deadlines: Vec::new(),
        address: None,
        made_from: None,
        artifacts: Vec::new(),
    }
}

fn correction(correction: &Correction) -> CorrectionEntry {
    CorrectionEntry {
        date: correction.date,
        what: correction.what.clone(),
        earlier: Vec::new(),
        dropped: Vec::new(),
    }
}

/// The memo's path, which must stay in the output folder.
fn published(path: &str, office: &Office, faults: &mut Faults) -> Option<OutputPath> {
    let parsed: Result<OutputPath, NotAPath> = path.parse();
    if let Err(wrong) = &parsed {
        let message = format!("`{path}` is no path in the output folder: {wrong}");
        faults.push(
            Diagnostic::new(Code::BadPath, office.published_as.place.clone(), message)
                .expected("it forms the paths of published files")
                .help("write it like ccrov/{{ memo.year }}/{{ memo.month | lower }}/{{ memo.id }}"),
        );
    }
    parsed.ok()
}

/// The deadlines of a memo for the lists of the website, each with the id by which a later memo can move it.
fn deadlines(rows: &[DeadlineView]) -> Vec<StepEntry> {
    let step = |row: &DeadlineView| StepEntry {
        id: row.id.parse().ok(),
        step: String::new(),
        owner: row.who.clone(),
        task: row.what.clone(),
        warning: None,
        start: String::new(),
        end: row.cell.clone(),
        completed: false,
    };
    rows.iter().map(step).collect()
}
