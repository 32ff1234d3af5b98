//! S3-compatible storage as the target: only what changed is sent, pages last, then the record, then removals.
//!
//! What is going to be touched is written into the record first, after what it replaces was copied aside. So at
//! any moment the record says which files are ours, which of them may be in any state, and where their earlier
//! form is; an interrupted publication is finished or taken back from that.

mod client;
mod endpoint;
mod headers;
mod transport;
mod trouble;

use std::collections::{BTreeMap, BTreeSet};

use futures_util::stream;
use md5::{Digest as _, Md5};
use object_store::ObjectMeta;
use tokio::runtime::{Builder, Runtime};

use super::{
    Load, Place, PublishError, TargetPlan, Trouble, by_path,
    plan::{Fate, Files},
    record::{Back, RECORD, Record},
    site,
};
use crate::output::{OutputPath, SiteFile, digest};
use client::{Client, all};
use headers::{OF_RECORD, headers};

/// Where what a publication replaces is copied to, under its digest.
const KEPT: &str = "_ccrov/kept/";

/// A bucket, or a part of one, in which the site is or is to be.
pub struct Storage {
    runtime: Runtime,
    client: Client,
    record: Record,
    objects: BTreeMap<String, ObjectMeta>,
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
        let runtime = runtime.map_err(|_| client.failed(Trouble::Other(None)))?;
        let objects = runtime.block_on(client.list())?;
        let json = match objects.contains_key(RECORD) {
            true => runtime.block_on(client.get(RECORD))?,
            false => None,
        };
        let record = json.map_or(Ok(Record::default()), |json| Record::read(&json));
        let at = format!("{}/{RECORD}", client.name);
        let record = record.map_err(|why| PublishError::NotARecord { at, why })?;
        Ok(Storage { runtime, client, record, objects })
    }

    /// The record's files that are there for certain, and those of ours that may be in any state.
    fn there(&self) -> (Files, Files) {
        let mut touched = by_path(&self.record.touched);
        let mut there = self.record.files();
        there.retain(|path, file| {
            let object = self.objects.get(path.as_str());
            let is_whole = object.is_some_and(|object| object.size == file.size);
            if object.is_some() && !is_whole {
                touched.entry(path.clone()).or_insert_with(|| file.clone());
            }
            is_whole && !touched.contains_key(path)
        });
        (there, touched)
    }

    /// Those of the files that can be brought back: they are there, or they are kept.
    fn restorable(&self, mut files: Files) -> Files {
        let (there, _) = self.there();
        files.retain(|path, file| {
            let is_there = there.get(path).is_some_and(|there| there.sha256 == file.sha256);
            is_there || self.objects.contains_key(&kept(&file.sha256))
        });
        files
    }

    /// The files that are there when the last publication is taken back.
    fn before(&self) -> Option<Files> {
        let files = self.record.files();
        let before = match &self.record.undo {
            Some(back) => back.from(&files),
            // A publication, or an undo, was interrupted: the record has what was there before it.
            None if !self.record.touched.is_empty() => files,
            None => return None,
        };
        Some(self.restorable(before))
    }

    fn write(&mut self, record: Record) -> Result<(), PublishError> {
        self.runtime.block_on(self.client.put(RECORD, record.to_json(), OF_RECORD))?;
        self.record = record;
        Ok(())
    }

    /// Sends files, pages after all else.
    fn send(&self, files: &[&SiteFile], bytes: Bytes<'_>) -> Result<(), PublishError> {
        let (pages, others): (Vec<&SiteFile>, Vec<&SiteFile>) =
            files.iter().partition(|file| file.path.as_str().ends_with(".html"));
        for part in [others, pages] {
            let works = part.into_iter().map(|file| async {
                let path = file.path.as_str();
                let bytes = match bytes {
                    Bytes::Of(load) => load(file)?,
                    Bytes::Kept => self.kept(file).await?,
                };
                // It may have been sent before an interruption.
                if self.objects.get(path).is_some_and(|object| holds(object, &bytes)) {
                    return Ok(());
                }
                self.client.put(path, bytes, headers(&file.path)).await
            });
            self.runtime.block_on(all(stream::iter(works)))?;
        }
        Ok(())
    }

    /// The bytes of a file that was replaced or removed.
    async fn kept(&self, file: &SiteFile) -> Result<Vec<u8>, PublishError> {
        let bytes = self.client.get(&kept(&file.sha256)).await?;
        let bytes = bytes.filter(|bytes| digest(bytes) == file.sha256);
        bytes.ok_or_else(|| self.client.failed(Trouble::Lost))
    }

    /// Removes files, and what is kept and not needed any more; the record then says that nothing is left to do.
    fn clear(&mut self, removed: &[&SiteFile]) -> Result<(), PublishError> {
        let needed: BTreeSet<_> =
            self.record.undo.iter().flat_map(|back| &back.put).map(|file| &file.sha256).collect();
        let (needed, rest): (Vec<String>, Vec<String>) =
            self.record.kept.iter().cloned().partition(|sha256| needed.contains(sha256));
        if removed.is_empty() && rest.is_empty() && self.record.touched.is_empty() {
            return Ok(());
        }
        let keys =
            removed.iter().map(|file| file.path.to_string()).chain(rest.iter().map(|sha256| kept(sha256)));
        self.runtime.block_on(self.client.remove(keys.collect()))?;
        self.write(Record { touched: Vec::new(), kept: needed, ..self.record.clone() })
    }

    /// Copies aside what a plan replaces or removes; the record names it first.
    fn keep(&mut self, plan: &TargetPlan) -> Result<(), PublishError> {
        let (there, _) = self.there();
        let goes = plan.files.iter().filter(|planned| planned.fate != Fate::Unchanged);
        let goes = goes.filter_map(|planned| there.get(&planned.file.path));
        let copies: BTreeMap<String, String> = goes
            .filter(|file| !self.objects.contains_key(&kept(&file.sha256)))
            .map(|file| (file.sha256.clone(), file.path.to_string()))
            .collect();
        if copies.is_empty() {
            return Ok(());
        }
        let names: BTreeSet<String> = self.record.kept.iter().chain(copies.keys()).cloned().collect();
        self.write(Record { kept: names.into_iter().collect(), ..self.record.clone() })?;
        let copies = copies.into_iter().map(|(sha256, path)| (path, kept(&sha256)));
        self.runtime.block_on(self.client.copy(copies.collect()))
    }
}

impl Place for Storage {
    fn plan(&self, wanted: &[SiteFile]) -> Result<TargetPlan, PublishError> {
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
        let removed: Vec<_> = plan.of(Fate::Removed).collect();
        let sent: Vec<_> = plan.sent().collect();
        // Else all that is left of an interrupted publication is what it did not remove.
        if !sent.is_empty() || by_path(&plan.after()) != self.record.files() {
            let back = Back::of(plan, &self.restorable(self.record.files()));
            self.keep(plan)?;
            let mut touched = by_path(&self.record.touched);
            touched.extend(by_path(removed.iter().chain(&sent).copied()));
            let touched = touched.into_values().collect();
            self.write(Record { touched, undo: None, ..self.record.clone() })?;
            self.send(&sent, Bytes::Of(load))?;
            let touched = removed.iter().copied().cloned().collect();
            let kept = self.record.kept.clone();
            self.write(Record { touched, kept, ..self.record.next(plan, Some(back)) })?;
        }
        self.clear(&removed)
    }

    fn plan_undo(&self) -> Result<TargetPlan, PublishError> {
        let Some(before) = self.before() else {
            return Err(PublishError::NothingToUndo { target: self.client.name.clone() });
        };
        let (there, touched) = self.there();
        Ok(TargetPlan::new(&there, &before, &touched))
    }

    fn undo(&mut self, plan: &TargetPlan) -> Result<(), PublishError> {
        let removed: Vec<_> = plan.of(Fate::Removed).collect();
        let sent: Vec<_> = plan.sent().collect();
        // From here it is as if the publication had been interrupted before it began.
        let mut touched = by_path(&self.record.touched);
        touched.extend(by_path(removed.iter().chain(&sent).copied()));
        let kept = self.record.kept.clone();
        let touched = touched.into_values().collect();
        self.write(Record { touched, kept, ..self.record.next(plan, None) })?;
        self.send(&sent, Bytes::Kept)?;
        let touched = removed.iter().copied().cloned().collect();
        self.write(Record { touched, ..self.record.clone() })?;
        self.clear(&removed)
    }

    fn is_unfinished(&self) -> bool {
        !self.record.touched.is_empty()
    }
}

/// Where a file is kept.
fn kept(sha256: &str) -> String {
    format!("{KEPT}{sha256}")
}

/// Whether an object holds these bytes for certain, by the tag that storage gives to what is sent in one piece.
fn holds(object: &ObjectMeta, bytes: &[u8]) -> bool {
    use std::fmt::Write as _;
    let tag = Md5::digest(bytes).iter().fold(String::new(), |mut tag, byte| {
        let _ = write!(tag, "{byte:02x}");
        tag
    });
    object.size == bytes.len() as u64
        && object.e_tag.as_deref().is_some_and(|e_tag| e_tag.trim_matches('"') == tag)
}
