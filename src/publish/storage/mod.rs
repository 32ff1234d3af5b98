//! S3-compatible storage as the target: only what changed is sent, pages last, then the record, then removals.
//!
//! A run claims the target first. What is going to be touched is written into the record before it is, after what it
//! replaces was copied aside. So at any moment the record says which files are ours, which of them may be in any state,
//! and where their earlier form is; an interrupted publication is finished or taken back from that, by whoever says
//! that it is not under way any more.

mod claim;
mod client;
mod content;
mod endpoint;
mod headers;
mod transport;
mod trouble;

use std::collections::{BTreeMap, BTreeSet};

use futures_util::stream;
use object_store::ObjectMeta;
use tokio::runtime::{Builder, Runtime};

use super::{
    Destination, Load, PublishError, StorageTrouble, TargetPlan, by_path,
    plan::{Fate, FilesByPath},
    record::{Back, RECORD, Record},
    site,
};
use crate::output::{OutputPath, SiteFile, digest};
use claim::KnownRecord;
use client::{Client, Condition, Put, all};
use content::{Tags, holds, whole};
use headers::headers;

/// Where what a publication replaces is copied to, under its digest.
const KEPT: &str = "_ccrov/kept/";

/// A bucket, or a part of one, in which the site is or is to be.
pub struct Storage {
    runtime: Runtime,
    client: Client,
    record: Record,
    known: KnownRecord,
    objects: BTreeMap<String, ObjectMeta>,
    /// The tags of the record's files that are whole.
    whole: Tags,
    takes_over: bool,
    is_guarded: bool,
}

/// Where the bytes of files that are sent come from.
#[derive(Clone, Copy)]
enum Bytes<'a> {
    Of(&'a Load<'a>),
    /// What a publication has replaced or removed.
    Kept,
}

impl Storage {
    /// Looks at a target. `settings` are the pairs of the environment that say who is publishing and where the
    /// storage is, such as `AWS_ACCESS_KEY_ID` with its value; no error repeats a value of theirs but a host's name.
    ///
    /// # Errors
    /// [`PublishError`]: settings are missing or wrong, nobody answers, the login is refused, there is no such bucket.
    pub fn open(
        bucket: &str,
        prefix: Option<&OutputPath>,
        settings: &[(String, String)],
    ) -> Result<Storage, PublishError> {
        let client = Client::new(bucket, prefix.map(OutputPath::as_str), settings)?;
        let runtime = Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|_| client.failed(StorageTrouble::Other(None)))?;
        // The record first: if somebody publishes after it was read, it cannot be replaced.
        let json = runtime.block_on(client.get(RECORD))?;
        let objects = runtime.block_on(client.list())?;
        let known = json.as_ref().map_or(KnownRecord::Missing, |json| KnownRecord::tagged(json.tag.clone()));
        let record = json.map_or(Ok(Record::default()), |json| Record::read(&json.bytes));
        let at = format!("{}/{RECORD}", client.name);
        let record = record.map_err(|why| PublishError::NotARecord { at, why })?;
        let whole = runtime.block_on(whole(&client, &record, &objects))?;
        Ok(Storage { runtime, client, record, known, objects, whole, takes_over: false, is_guarded: true })
    }

    /// Takes the place of a run that was interrupted. Whoever asks for it knows that it is not under way any more.
    #[must_use]
    pub fn taking_over(self) -> Storage {
        Storage { takes_over: true, ..self }
    }

    /// The record's files that are there for certain, and those of ours that may be in any state.
    fn there(&self) -> (FilesByPath, FilesByPath) {
        let mut touched = by_path(&self.record.touched);
        let mut there = self.record.files();
        there.retain(|path, file| {
            let is_whole = self.whole.contains_key(path);
            if self.objects.contains_key(path.as_str()) && !is_whole {
                touched.entry(path.clone()).or_insert_with(|| file.clone());
            }
            is_whole
        });
        (there, touched)
    }

    /// The record's files that are there, though somebody may have changed them: an undo does not touch those.
    fn present(&self) -> FilesByPath {
        let touched = by_path(&self.record.touched);
        let mut present = self.record.files();
        present.retain(|path, _| self.objects.contains_key(path.as_str()) && !touched.contains_key(path));
        present
    }

    /// Whether a file can be brought back: it is there, or it is kept.
    fn is_restorable(&self, file: &SiteFile, there: &FilesByPath) -> bool {
        let is_there = there.get(&file.path).is_some_and(|there| there.sha256 == file.sha256);
        is_there || self.objects.contains_key(&kept(&file.sha256))
    }

    /// Whether a run was interrupted before it touched anything.
    fn is_only_claimed(&self) -> bool {
        let claim = self.record.claim.as_ref();
        let is_before = claim.is_some_and(|claim| claim.generation == self.record.generation);
        is_before && self.record.touched.is_empty()
    }

    /// The files that are there when the last publication is taken back.
    fn before(&self) -> Option<FilesByPath> {
        let files = self.record.files();
        match &self.record.undo {
            Some(back) => Some(back.from(&files)),
            // A publication, or an undo, was interrupted: the record has what was there before it.
            None if self.is_unfinished() => Some(files),
            None => None,
        }
    }

    /// Nobody else may be at work, as far as is known.
    fn is_free(&self, undo: bool) -> Result<(), PublishError> {
        match &self.record.claim {
            Some(claim) if !self.takes_over => {
                let target = self.client.name.clone();
                Err(PublishError::Claimed { target, by_undo: claim.undo, undo })
            }
            _ => Ok(()),
        }
    }

    /// What keeps a run that has begun from its end, with what to type then.
    fn interrupted(&self, undo: bool, why: PublishError) -> PublishError {
        match why {
            PublishError::TakenOver { .. } => why,
            why => PublishError::Interrupted { target: self.client.name.clone(), undo, why: Box::new(why) },
        }
    }

    /// Sends files, pages after all else. The tags that they got.
    fn send(&self, files: &[&SiteFile], bytes: Bytes<'_>) -> Result<Tags, PublishError> {
        let (pages, others): (Vec<&SiteFile>, Vec<&SiteFile>) =
            files.iter().partition(|file| file.path.as_str().ends_with(".html"));
        let mut tags = Tags::new();
        for part in [others, pages] {
            let works = part.into_iter().map(|file| async {
                let path = file.path.as_str();
                let bytes = match bytes {
                    Bytes::Of(load) => load(file)?,
                    Bytes::Kept => self.kept(file).await?,
                };
                // It may have been sent before an interruption.
                if let Some(object) = self.objects.get(path).filter(|object| holds(object, &bytes)) {
                    return Ok((file.path.clone(), object.e_tag.clone()));
                }
                match self.client.put(path, bytes, headers(&file.path), Condition::Always).await? {
                    Put::Done(tag) => Ok((file.path.clone(), tag)),
                    Put::Refused | Put::NoConditions => Err(self.client.failed(StorageTrouble::Other(None))),
                }
            });
            tags.extend(self.runtime.block_on(all(stream::iter(works)))?);
        }
        Ok(tags)
    }

    /// The tags of files after some of them were sent. What was not sent has the tag that it had.
    fn tags(&self, plan: &TargetPlan, sent: &Tags) -> BTreeMap<OutputPath, String> {
        let tag = |file: SiteFile| {
            let known = sent.get(&file.path).or_else(|| self.whole.get(&file.path)).cloned();
            let tag = known.unwrap_or_else(|| self.record.tags.get(&file.path).cloned());
            Some((file.path, tag?))
        };
        plan.after().into_iter().filter_map(tag).collect()
    }

    /// The bytes of a file that was replaced or removed.
    async fn kept(&self, file: &SiteFile) -> Result<Vec<u8>, PublishError> {
        let object = self.client.get(&kept(&file.sha256)).await?;
        let bytes = object.map(|object| object.bytes).filter(|bytes| digest(bytes) == file.sha256);
        bytes.ok_or_else(|| self.client.failed(StorageTrouble::Lost))
    }

    /// Removes files, and what is kept and not needed any more; the record then says that nothing is left to do.
    fn clear(&mut self, removed: &[&SiteFile]) -> Result<(), PublishError> {
        let (needed, rest) = needed(&self.record);
        if removed.is_empty() && rest.is_empty() && !self.is_unfinished() {
            return Ok(());
        }
        let keys =
            removed.iter().map(|file| file.path.to_string()).chain(rest.iter().map(|sha256| kept(sha256)));
        self.runtime.block_on(self.client.remove(keys.collect()))?;
        self.write(Record { touched: Vec::new(), kept: needed, claim: None, ..self.record.clone() })
    }

    /// What a plan replaces or removes and is not kept yet: digests, each with the path that has it.
    fn copies(&self, plan: &TargetPlan) -> BTreeMap<String, String> {
        let (there, _) = self.there();
        let goes = plan.files.iter().filter(|planned| planned.fate != Fate::Unchanged);
        let goes = goes.filter_map(|planned| there.get(&planned.file.path));
        goes.filter(|file| !self.objects.contains_key(&kept(&file.sha256)))
            .map(|file| (file.sha256.clone(), file.path.to_string()))
            .collect()
    }

    /// The files that a run is going to touch, besides those that an earlier one has.
    fn touches(&self, plan: &TargetPlan) -> Vec<SiteFile> {
        let mut touched = by_path(&self.record.touched);
        touched.extend(by_path(plan.of(Fate::Removed).chain(plan.sent())));
        touched.into_values().collect()
    }

    /// A record after a run's files were sent. Unless something is left to remove, the run is over.
    fn sent(&self, record: Record, removed: &[&SiteFile]) -> Record {
        let touched = removed.iter().copied().cloned().collect();
        let record = Record { touched, kept: self.record.kept.clone(), claim: None, ..record };
        match removed.is_empty() && needed(&record).1.is_empty() {
            true => record,
            false => Record { claim: self.record.claim.clone(), ..record },
        }
    }

    /// Sends and removes what a plan says, after the claim. `back` is the way back, if it changes anything.
    fn carry_out(
        &mut self,
        plan: &TargetPlan,
        load: &Load<'_>,
        back: Option<Back>,
        copies: BTreeMap<String, String>,
    ) -> Result<(), PublishError> {
        let removed: Vec<_> = plan.of(Fate::Removed).collect();
        if let Some(back) = back {
            if !copies.is_empty() {
                let copies = copies.into_iter().map(|(sha256, path)| (path, kept(&sha256)));
                self.runtime.block_on(self.client.copy(copies.collect()))?;
                self.write(Record { touched: self.touches(plan), undo: None, ..self.record.clone() })?;
            }
            let sent: Vec<_> = plan.sent().collect();
            let tags = self.tags(plan, &self.send(&sent, Bytes::Of(load))?);
            self.write(self.sent(Record { tags, ..self.record.next(plan, Some(back)) }, &removed))?;
        }
        self.clear(&removed)
    }

    /// Brings back and removes what an undo's plan says, after the claim.
    fn bring_back(&mut self, plan: &TargetPlan) -> Result<(), PublishError> {
        let removed: Vec<_> = plan.of(Fate::Removed).collect();
        let sent: Vec<_> = plan.sent().collect();
        if !removed.is_empty() || !sent.is_empty() {
            let tags = self.tags(plan, &self.send(&sent, Bytes::Kept)?);
            self.write(self.sent(Record { tags, ..self.record.clone() }, &removed))?;
        }
        self.clear(&removed)
    }
}

impl Destination for Storage {
    fn plan(&self, wanted: &[SiteFile]) -> Result<TargetPlan, PublishError> {
        self.is_free(false)?;
        let (there, touched) = self.there();
        let plan = TargetPlan::new(&there, &site(wanted)?, &touched);
        let new = plan.of(Fate::New).map(|file| file.path.as_str());
        let paths: Vec<_> = new.filter(|path| self.objects.contains_key(*path)).map(str::to_owned).collect();
        match paths.is_empty() {
            true => Ok(plan),
            false => Err(PublishError::InTheWay { target: self.client.name.clone(), paths }),
        }
    }

    fn publish(&mut self, plan: &TargetPlan, load: &Load<'_>) -> Result<(), PublishError> {
        self.is_free(false)?;
        // Else all that is left of an interrupted publication is what it did not remove.
        let changes = plan.sent().next().is_some() || by_path(&plan.after()) != self.record.files();
        if !changes && !self.is_unfinished() && needed(&self.record).1.is_empty() {
            return Ok(());
        }
        let back = changes.then(|| {
            let (there, _) = self.there();
            Back::of(plan, &self.record.files(), |file| self.is_restorable(file, &there))
        });
        let copies = if changes { self.copies(plan) } else { BTreeMap::new() };
        let kept: BTreeSet<String> = self.record.kept.iter().chain(copies.keys()).cloned().collect();
        let mut claimed = Record { kept: kept.into_iter().collect(), ..self.record.clone() };
        if changes && copies.is_empty() {
            (claimed.touched, claimed.undo) = (self.touches(plan), None);
        }
        self.claim(false, claimed)?;
        self.carry_out(plan, load, back, copies).map_err(|why| self.interrupted(false, why))
    }

    fn plan_undo(&self) -> Result<TargetPlan, PublishError> {
        self.is_free(true)?;
        if self.is_only_claimed() {
            return Ok(TargetPlan::of_no_change(&self.record.files()));
        }
        let Some(mut before) = self.before() else {
            return Err(PublishError::NothingToUndo { target: self.client.name.clone() });
        };
        let there = self.present();
        before.retain(|_, file| self.is_restorable(file, &there));
        Ok(TargetPlan::new(&there, &before, &by_path(&self.record.touched)))
    }

    fn undo(&mut self, plan: &TargetPlan) -> Result<(), PublishError> {
        self.is_free(true)?;
        let claimed = match self.is_only_claimed() {
            true => self.record.clone(),
            // From here it is as if the publication had been interrupted before it began.
            false => Record {
                touched: self.touches(plan),
                kept: self.record.kept.clone(),
                tags: self.tags(plan, &Tags::new()),
                ..self.record.next(plan, None)
            },
        };
        self.claim(true, claimed)?;
        self.bring_back(plan).map_err(|why| self.interrupted(true, why))
    }

    fn is_unfinished(&self) -> bool {
        !self.record.touched.is_empty() || self.record.claim.is_some()
    }

    fn is_guarded(&self) -> bool {
        self.is_guarded
    }

    fn exposed(&self) -> Option<String> {
        // The record has the digests of all that is kept, which are the names of it.
        let copy = self.record.kept.first().map(|sha256| kept(sha256));
        let key = copy.as_deref().unwrap_or(RECORD);
        self.runtime.block_on(self.client.is_public(key)).then(|| self.client.own())
    }
}

/// The digests of what is kept: those that the way back needs, and the rest.
fn needed(record: &Record) -> (Vec<String>, Vec<String>) {
    let needed: BTreeSet<_> =
        record.undo.iter().flat_map(|back| &back.put).map(|file| &file.sha256).collect();
    record.kept.iter().cloned().partition(|sha256| needed.contains(sha256))
}

/// Where a file is kept.
fn kept(sha256: &str) -> String {
    format!("{KEPT}{sha256}")
}
