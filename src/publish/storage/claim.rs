//! The record in storage, replaced only while it is still the one that is known here.
//!
//! Whoever is going to touch anything first writes a claim into the record: of two who try it at a time, the storage
//! lets one through. So does each later write, which fails after somebody else has taken over. Not here: what else
//! the record says.

use std::hash::{BuildHasher as _, Hasher as _, RandomState};

use super::{
    PublishError, RECORD, Record, Storage,
    client::{Condition, Put},
    headers::OF_RECORD,
};
use crate::publish::record::Claim;

/// What is written to find out whether the storage heeds conditions. It is never there for long.
const PROBE: &str = "_ccrov/probe";

/// What is known of the record at the target.
#[derive(Debug, Clone)]
pub(super) enum KnownRecord {
    /// There is none.
    Missing,
    /// It has this tag.
    Tagged(String),
    /// The storage gives no tags, or heeds no conditions.
    Unguarded,
}

impl KnownRecord {
    /// What is known after a read or a write that gave this tag.
    pub fn tagged(tag: Option<String>) -> KnownRecord {
        // By the protocol, no condition ever holds for a weak tag.
        let strong = tag.filter(|tag| !tag.starts_with("W/"));
        strong.map_or(KnownRecord::Unguarded, KnownRecord::Tagged)
    }
}

impl Storage {
    /// Writes a record with a claim of this run, if nobody else has written one.
    pub(super) fn claim(&mut self, undo: bool, record: Record) -> Result<(), PublishError> {
        let generation = self.record.generation;
        let claimed = Record { claim: Some(Claim { id: id(), undo, generation }), ..record };
        let written = self.probe().and_then(|()| self.replace(claimed));
        match written {
            Ok(true) => Ok(()),
            Ok(false) => Err(PublishError::Overtaken { target: self.client.name.clone() }),
            Err(why) => Err(PublishError::NotBegun { why: Box::new(why) }),
        }
    }

    /// Writes a record after the claim.
    pub(super) fn write(&mut self, record: Record) -> Result<(), PublishError> {
        match self.replace(record)? {
            true => Ok(()),
            false => Err(PublishError::TakenOver { target: self.client.name.clone() }),
        }
    }

    /// Replaces the record. `false` if it is not the one that is known here any more.
    fn replace(&mut self, record: Record) -> Result<bool, PublishError> {
        let json = record.to_json();
        let condition = match &self.known {
            KnownRecord::Missing => Condition::Missing,
            KnownRecord::Tagged(tag) => Condition::Tagged(tag.clone()),
            KnownRecord::Unguarded => Condition::Always,
        };
        let is_guarded = self.is_guarded;
        let put = self.runtime.block_on(self.client.put(RECORD, json.clone(), OF_RECORD, condition));
        let known = match put {
            Ok(Put::Done(tag)) if is_guarded => KnownRecord::tagged(tag),
            // An answer may be lost, or be that to a second attempt: what is there now says who wrote it.
            put => match (self.runtime.block_on(self.client.get(RECORD)), put) {
                (Ok(Some(there)), _) if there.bytes == json => match is_guarded {
                    true => KnownRecord::tagged(there.tag),
                    false => KnownRecord::Unguarded,
                },
                (_, Err(why)) | (Err(why), _) => return Err(why),
                _ => return Ok(false),
            },
        };
        self.is_guarded = !matches!(known, KnownRecord::Unguarded);
        (self.record, self.known) = (record, known);
        Ok(true)
    }

    /// Finds out whether the storage heeds conditions: it is asked to replace what it cannot have.
    ///
    /// If it does not, publishing goes on. An office with such storage could else publish nothing, and seldom do two
    /// publish at a time; the record is then read after each write, which shows most of those cases.
    fn probe(&mut self) -> Result<(), PublishError> {
        let condition = Condition::Tagged("\"00000000000000000000000000000000\"".to_owned());
        let put = self.runtime.block_on(self.client.put(PROBE, Vec::new(), OF_RECORD, condition))?;
        let is_there = matches!(put, Put::Done(_));
        if is_there {
            self.runtime.block_on(self.client.remove(vec![PROBE.to_owned()]))?;
        }
        if is_there || matches!(put, Put::NoConditions) {
            self.known = KnownRecord::Unguarded;
        }
        self.is_guarded = !matches!(self.known, KnownRecord::Unguarded);
        Ok(())
    }
}

/// A name that no other run has. Nothing that is published depends on it, so it may be by chance.
fn id() -> String {
    let chance = || RandomState::new().build_hasher().finish();
    format!("{}-{:016x}{:016x}", std::process::id(), chance(), chance())
}
