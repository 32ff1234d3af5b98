//! The lists that follow from a run's memos.
//!
//! In: the manifest as it will be, the run's files. Out: the same, with the parts of the website. Not here: what the
//! parts are, which `website` knows.

use std::collections::{BTreeMap, BTreeSet};

use super::Scope;
use crate::{
    diagnostic::{Faults, Sources},
    model::{Office, date},
    output::{Files, Manifest, MemoEntry, OutputPath, SiteFile},
    press::Press,
    records::Records,
    website::{self, Site},
};

/// What lists are made of besides memos.
pub(super) struct Lists {
    press: Press,
    office: Office,
    /// The digest of all that they depend on besides memos.
    stamp: String,
    /// What releases are called, by their ids.
    releases: Vec<(String, String)>,
    /// The ids of memos that know fewer delays than an older one has told.
    behind: BTreeSet<String>,
}

impl Lists {
    pub fn new(press: Press, working: &Records, stamp: String, behind: BTreeSet<String>) -> Lists {
        let releases = working.releases.iter();
        let releases =
            releases.filter_map(|(id, plan)| Some((id.to_string(), plan.as_deref()?.name.clone()?)));
        Lists { press, office: working.office.clone(), stamp, releases: releases.collect(), behind }
    }

    /// Puts the lists of all memos into the manifest and among the files. `published` reads a published file.
    pub fn make(
        &self,
        scope: &Scope<'_>,
        published: &(dyn Fn(&OutputPath) -> Option<Vec<u8>> + Sync),
        sources: &Sources,
        after: &mut Manifest,
        files: &mut Files,
        faults: &mut Faults,
    ) {
        after.drafts = scope.drafts;
        after.as_of = scope.as_of.map(date::iso_text);
        let before = std::mem::take(&mut after.site);
        let shown: Vec<&MemoEntry> =
            after.memos.iter().filter(|entry| entry.is_shown(scope.drafts)).collect();
        let new: BTreeMap<&OutputPath, &Vec<u8>> = files.iter().map(|(path, bytes)| (path, bytes)).collect();
        let site = Site {
            office: &self.office,
            memos: &shown,
            releases: &self.releases,
            behind: &self.behind,
            as_of: scope.as_of,
            engine: self.press.page_templates(),
            style: self.press.style(),
            icon: self.press.icon(),
            stamp: &self.stamp,
            before: &before,
            is_there: &|file: &SiteFile| {
                scope.unchanged.is_some_and(|unchanged| unchanged.has(&file.path, file.size, &file.sha256))
            },
            published: &|path| new.get(path).map(|bytes| (*bytes).clone()).or_else(|| published(path)),
            threads: scope.threads(),
            sources,
        };
        for made in website::make(&site, faults) {
            after.site.push(made.part);
            files.extend(made.files);
        }
    }
}
