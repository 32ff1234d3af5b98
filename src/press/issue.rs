//! A memo is issued, or corrected: its files are made, and the lock that keeps them.
//!
//! In: a memo, the lock that it has if it is corrected. Out: its files, among them those that were published
//! until then under paths of their own, and its lock. Not here: keys of its YAML, and where the lock stands.

use std::collections::BTreeMap;

use super::{
    MemoOutput, Press,
    job::{Job, MemoFiles},
    kept::{artifact, as_issued, differs, unreadable},
    resolved,
};
use crate::{
    diagnostic::{Code, Diagnostic, Faults, SourceId},
    format::Format,
    issued::{Lock, LockFile, MadeFrom, source_digest, source_text},
    model::{Attachment, Body, Memo},
    output::{Artifact, EarlierFile, File, Form, MemoEntry, Piece, StepEntry, digest},
    spreadsheet, template,
};

/// The forms that are kept when a memo is issued.
const KEPT: [Form; 5] = [Form::Md, Form::Pdf, Form::Xlsx, Form::Csv, Form::File];

impl Press {
    /// Makes a memo's files in all forms, and its lock. `None` if there was a fault.
    pub(super) fn issue(&self, memo: &Memo, job: &Job<'_>, faults: &mut Faults) -> Option<MemoFiles> {
        let set = self.set(memo, &Job { forms: &KEPT, ..*job }, faults)?;
        let MemoOutput { mut entry, mut artifacts, path, schedule, .. } = set;
        if let Some(locked) = job.locks.get(&memo.id) {
            keep_earlier(locked, memo, &mut entry, &mut artifacts, job, faults)?;
            keep_dropped(locked, &mut entry, job);
        }
        // What was published until now is put away before another file takes its place.
        artifacts.sort_by_key(|artifact| artifact.piece != Piece::Earlier);
        entry.artifacts = artifacts.iter().map(File::from).collect();
        entry.artifacts.sort_by_key(|file| (file.document, file.kind));
        let steps = std::mem::take(&mut entry.schedule);
        let (sources, written) = sources(memo, job);
        let has_workbook = entry.artifacts.iter().any(|file| file.kind == Form::Xlsx);
        let lock = Lock {
            // The lowest that a program must know to read it.
            format: match (has_workbook, entry.corrections.iter().any(|one| !one.dropped.is_empty())) {
                (_, true) => Format::FIFTH,
                (true, false) => Format::FOURTH,
                (false, false) => Format::THIRD,
            },
            memo: entry,
            path,
            why: None,
            schedule,
            sources,
            written,
            made_from: self.made_from(memo, job),
            resolved: self.seen(memo, job),
        };
        let entry = MemoEntry { artifacts: Vec::new(), schedule: steps, ..lock.memo.clone() };
        artifacts.extend(self.pages(&lock, &entry, memo.source, &artifacts, job, faults)?);
        Some(MemoFiles { entry, artifacts, copy: None, lock: Some(lock), clean: true })
    }

    /// What a memo's templates can see of the office and of its release, every date resolved. `None` if there is a fault.
    fn seen(&self, memo: &Memo, job: &Job<'_>) -> Option<serde_json::Value> {
        // What its own YAML says of its life is no data from elsewhere.
        let memo = Memo { corrections: Vec::new(), ..as_issued(memo) };
        let resolved = resolved(&memo, job, &mut Faults::default())?;
        template::seen(&memo, job.office, resolved.as_ref(), &self.markdown, job.sources)
    }

    /// What a memo's files are made from besides its own.
    pub(super) fn made_from(&self, memo: &Memo, job: &Job<'_>) -> MadeFrom {
        let seen = self.seen(memo, job).map(|seen| seen.to_string().into_bytes());
        let sources = self.templates.iter().map(|source| job.sources.get(*source));
        let templates =
            sources.filter(|source| source.name.contains(".md")).map(|source| source.text.as_str());
        MadeFrom {
            data: digest(&seen.unwrap_or_default()),
            office: source_digest("office.yaml", text(job.office.published_as.place.source, job)),
            templates: source_digest("templates.md", templates.collect::<String>().as_bytes()),
            program: env!("CARGO_PKG_VERSION").to_owned(),
        }
    }
}

fn text<'a>(source: SourceId, job: &Job<'a>) -> &'a [u8] {
    job.sources.get(source).text.as_bytes()
}

/// The files that a memo is written in, by their names: the digests of all, and the texts.
fn sources(memo: &Memo, job: &Job<'_>) -> (BTreeMap<String, String>, BTreeMap<String, String>) {
    let name = |path: &str| path.rsplit('/').next().unwrap_or(path).to_owned();
    let mut texts = vec![memo.source];
    if let Body::Text(body) = &memo.body {
        texts.push(body.place.source);
    }
    let (mut sources, mut written) = (BTreeMap::new(), BTreeMap::new());
    for attachment in &memo.attachments {
        match attachment {
            Attachment::Schedule | Attachment::Changes => {}
            Attachment::Text(attached) => texts.push(attached.body.place.source),
            Attachment::File(file) => {
                let bytes = (job.load)(&file.path.value).unwrap_or_default();
                let name = name(&file.path.value);
                sources.insert(name.clone(), source_digest(&name, &bytes));
            }
        }
    }
    for source in texts {
        let name = name(&job.sources.get(source).name);
        let text = text(source, job);
        sources.insert(name.clone(), source_digest(&name, text));
        written.extend(source_text(&name, text).map(|text| (name, text.into_owned())));
    }
    (sources, written)
}

/// Takes in the files that were published until the memo was corrected, from the folder in which they are.
/// `None` if one is not there.
fn keep_earlier(
    locked: &LockFile,
    memo: &Memo,
    entry: &mut MemoEntry,
    artifacts: &mut Vec<Artifact>,
    job: &Job<'_>,
    faults: &mut Faults,
) -> Option<()> {
    let then = &locked.lock.memo;
    for now in &mut entry.corrections {
        let known = then.corrections.iter().find(|then| (&then.date, &then.what) == (&now.date, &now.what));
        now.earlier = known.map(|known| known.earlier.clone()).unwrap_or_default();
        now.dropped = known.map(|known| known.dropped.clone()).unwrap_or_default();
    }
    let before = faults.errors();
    let mut earlier = Vec::new();
    for file in &then.artifacts {
        let mut kept = file.clone();
        if file.document != Piece::Earlier {
            if artifacts.iter().any(|now| now.path == file.path && now.digest() == file.sha256) {
                continue;
            }
            let day = memo.corrections.last().map_or(memo.date, |correction| correction.date);
            let free = |path: &_| {
                !then.artifacts.iter().any(|file| file.path == *path)
                    && !artifacts.iter().any(|a| a.path == *path)
            };
            kept.path = (1..).map(|nth| file.path.until(day, nth)).find(free)?;
            kept.document = Piece::Earlier;
            earlier.push(EarlierFile { document: file.document, kind: file.kind, path: kept.path.clone() });
        }
        let now = match (job.published)(&file.path) {
            Ok(now) => now,
            Err(why) => {
                faults.push(unreadable(locked, file, &why, job.sources));
                continue;
            }
        };
        // A run of an earlier version that was interrupted may have put the new file in its place already.
        let aside = (job.published)(&kept.path).ok().flatten();
        let is_missing = now.is_none() && aside.is_none();
        match [now, aside].into_iter().flatten().find(|bytes| digest(bytes) == file.sha256) {
            Some(bytes) => artifacts.push(artifact(&kept, bytes)),
            None if is_missing => faults.push(gone(locked, file, job)),
            None => faults.push(differs(locked, file, job.sources)),
        }
    }
    if let Some(last) = entry.corrections.last_mut() {
        last.earlier.extend(earlier);
    }
    (faults.errors() == before).then_some(())
}

/// Notes the steps and deadlines that the memo named until it was corrected, and names no more: who has them in a calendar has to
/// learn that they are gone.
fn keep_dropped(locked: &LockFile, entry: &mut MemoEntry, job: &Job<'_>) {
    let spreadsheet = locked.spreadsheet().and_then(|file| {
        let read = |path| (job.published)(path).ok().flatten().filter(|bytes| digest(bytes) == file.sha256);
        let kept = entry.corrections.last()?.earlier.iter();
        let kept = kept.filter(|kept| (kept.document, kept.kind) == (Piece::Schedule, Form::Csv));
        // It is where it was, or has been put away by a run that was interrupted.
        read(&file.path).or_else(|| kept.map(|kept| &kept.path).find_map(read))
    });
    let mut steps = spreadsheet.map(|csv| spreadsheet::read(&csv)).unwrap_or_default();
    locked.lock.name_steps(&mut steps);
    let is_same = |then: &StepEntry, now: &StepEntry| match (&then.id, &now.id) {
        (Some(then), Some(now)) => then == now,
        _ => then.is_same_deadline(now),
    };
    steps.retain(|then| !entry.schedule.iter().any(|now| is_same(then, now)));
    let deadlines = locked.lock.memo.deadlines.iter();
    steps.extend(
        deadlines.filter(|then| !entry.deadlines.iter().any(|now| then.is_same_deadline(now))).cloned(),
    );
    if let Some(last) = entry.corrections.last_mut() {
        last.dropped.extend(steps);
    }
}

/// A published file that should be kept, and is not there.
fn gone(locked: &LockFile, file: &File, job: &Job<'_>) -> Diagnostic {
    let message = format!("{} is missing, and would be lost", file.path);
    Diagnostic::new(Code::PublishedFile, locked.place(file, job.sources), message)
        .expected("what was published is kept when a memo is corrected")
        .help("put it back from a copy; or take the edit back, run `ccrov build`, and edit the memo again")
}
