//! The site, held against what it was made from, to where visitors read it.
//!
//! In: a snapshot, a target. Out: what would change there; and, when it is committed, the changed target. Not here: how a
//! target is changed, and how its name is read.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use serde::Serialize;

use super::{BuildReport, BuildRequest, Refused, output_plan, written_status};
use crate::{
    build::{Build, Scope, build},
    diagnostic::Faults,
    diagnostic::{Findings, Severity},
    folder::{Disk, Overlay, Plan, Published, Receipt, Snapshot, Unchanged},
    model::{Status, date},
    output::{self, Form, Manifest, MemoEntry, OutputPath, SiteFile, Verdict},
    publish::{self, Destination, Fate, PublishError},
    records::Readings,
    yaml::{self, outline},
};

/// What is to be published.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PublishRequest {
    /// Whether drafts are published, too.
    pub drafts: bool,
}

/// What would change at a target, or has changed.
#[derive(Debug, Serialize)]
pub struct PublishReport {
    /// Every file of the target that is ours or is to be, in the order of paths.
    pub files: Vec<PublishedFile>,
    /// The memos of which something is new or changed, in the order of their ids.
    pub memos: Vec<PublishedMemo>,
    /// Whether an earlier publication or undo did not come to its end, and this one finishes it or takes it back.
    pub finishes: bool,
    /// Whether everything is there as it should be.
    pub is_done: bool,
    /// Whether the storage turned out to let two publish at a time. Only known when it is committed.
    pub unguarded: bool,
    /// What everybody can read at the target though it was replaced or removed: `memos/site/_ccrov/*`. Only known when it is committed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exposed: Option<String>,
    /// The faults of drafts, which keep nothing back, and warnings.
    #[serde(rename = "faults")]
    pub findings: Findings,
    /// The drafts that have them.
    pub with_faults: Vec<String>,
}

impl PublishReport {
    /// Whether nothing of the site is left afterward.
    pub fn leaves_nothing(&self) -> bool {
        !self.files.is_empty() && self.files.iter().all(|file| file.fate == Fate::Removed)
    }

    /// What is to be said if everybody can read what was replaced or removed.
    pub fn exposure(&self) -> Option<String> {
        let what = self.exposed.as_ref()?;
        Some(format!(
            "everybody can read {what}, where copies of what was replaced or removed lie until the publication after this one: let the bucket's \
             policy deny it to strangers (docs/security.md has the lines)"
        ))
    }

    /// What is to be said when the last publication was undone.
    pub fn undone(&self, target: &str) -> String {
        match self.changes_nothing() {
            true => format!("What the interrupted run left at {target} is removed; nothing else was undone."),
            false => format!("{target} is again as it was before the last publication."),
        }
    }

    /// Whether nothing of an interrupted run is to be undone, so that an undo only removes what it left behind.
    pub fn changes_nothing(&self) -> bool {
        self.finishes && self.files.iter().all(|file| file.fate == Fate::Unchanged)
    }
}

/// A file of a target.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PublishedFile {
    /// Its path.
    pub path: OutputPath,
    /// Bytes.
    pub size: u64,
    /// What becomes of it.
    pub fate: Fate,
}

/// A memo that is published, or of which something else is published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PublishedMemo {
    /// Its id.
    pub id: String,
    /// Its subject.
    pub title: String,
    /// Whether the target has nothing of it yet.
    pub is_new: bool,
    /// Its page.
    pub page: Option<OutputPath>,
}

/// A publication that is planned.
#[must_use = "nothing is published before it is committed"]
pub struct Publication {
    /// What would change.
    pub report: PublishReport,
    place: Box<dyn Destination>,
    plan: publish::TargetPlan,
    /// The folder that it is sent from; none if the last publication is undone.
    output: Option<Arc<dyn Disk>>,
    /// What visitors find there afterward; none if the last publication is undone.
    pub site: Option<Vec<SiteFile>>,
}

impl Publication {
    /// What would change, as one digest: a later plan that would change the same has the same.
    pub fn digest(&self) -> String {
        let planned = self.plan.files.iter().filter(|planned| planned.fate != Fate::Unchanged);
        let lines = planned
            .map(|planned| format!("{:?} {} {}\n", planned.fate, planned.file.path, planned.file.sha256));
        output::digest(lines.collect::<String>().as_bytes())
    }

    /// How many files are sent.
    pub fn files_sent(&self) -> usize {
        if self.output.is_some() { self.plan.sent().count() } else { 0 }
    }

    /// Brings the site to its readers. `tell` hears of each file that is sent, as it goes.
    ///
    /// # Errors
    /// [`PublishError`]: it was interrupted. The next publication, or undo, finishes it.
    pub fn commit(mut self, tell: impl Fn(&SiteFile)) -> Result<Receipt<PublishReport>, PublishError> {
        match &self.output {
            Some(output) => {
                let load = |file: &SiteFile| {
                    tell(file);
                    publish::load(&**output, file)
                };
                self.place.publish(&self.plan, &load)?;
            }
            None => self.place.undo(&self.plan)?,
        }
        self.report.unguarded = !self.place.is_guarded();
        self.report.exposed = self.place.exposed();
        Ok(Receipt { report: self.report })
    }
}

/// Plans to publish what is built, if it is what the folder builds to now.
///
/// # Errors
/// [`Refused`]: faults, output that is not current, lists that show drafts, or what the target says.
pub fn publish(
    snapshot: &Snapshot,
    wish: &PublishRequest,
    place: Box<dyn Destination>,
) -> Result<Publication, Refused> {
    let Current { manifest, findings, with_faults } = current(snapshot, wish.drafts)?;
    if manifest.drafts && !wish.drafts {
        return Err(Refused::ShowsDrafts);
    }
    let site = manifest.published(wish.drafts);
    let plan = place.plan(&site)?;
    // What would be sent is whole, before anything is.
    plan.sent().try_for_each(|file| publish::load(&*snapshot.output, file).map(drop))?;
    let finishes = place.is_unfinished();
    let memos = memos(&manifest, &plan);
    let report = PublishReport { memos, findings, with_faults, ..report(&plan, finishes) };
    Ok(Publication { report, place, plan, output: Some(Arc::clone(&snapshot.output)), site: Some(site) })
}

/// Plans to build what is not built yet, and to publish the folder as it is then. The build is committed first.
///
/// # Errors
/// [`Refused`], as [`build`](super::build()) and [`publish`](publish()) say.
pub fn build_and_publish(
    snapshot: &Snapshot,
    wish: &PublishRequest,
    place: Box<dyn Destination>,
) -> Result<(Plan<BuildReport>, Publication), Refused> {
    let plan = super::build(snapshot, &BuildRequest { drafts: wish.drafts, ..BuildRequest::default() })?;
    let mut output = Overlay::over(Arc::clone(&snapshot.output));
    for change in plan.output.iter().flat_map(|output| &output.changes) {
        output = match &change.verdict {
            Verdict::Keep => output,
            Verdict::Remove => output.without(change.path.as_str()),
            Verdict::Create(bytes) | Verdict::Replace(bytes) => output.with(change.path.as_str(), bytes),
        };
    }
    let mut built = snapshot.clone();
    built.output = Arc::new(output);
    let publication = publish(&built, wish, place)?;
    Ok((plan, publication))
}

/// Plans to undo the last publication.
///
/// # Errors
/// [`Refused::Target`].
pub fn undo(place: Box<dyn Destination>) -> Result<Publication, Refused> {
    let plan = place.plan_undo()?;
    let report = report(&plan, place.is_unfinished());
    Ok(Publication { report, place, plan, output: None, site: None })
}

/// The memos of which something is sent.
fn memos(manifest: &Manifest, plan: &publish::TargetPlan) -> Vec<PublishedMemo> {
    let fates: BTreeMap<&OutputPath, Fate> =
        plan.files.iter().map(|planned| (&planned.file.path, planned.fate)).collect();
    let memo = |entry: &MemoEntry| {
        let own: Vec<Fate> =
            entry.artifacts.iter().filter_map(|file| fates.get(&file.path).copied()).collect();
        let is_sent = own.iter().any(|fate| matches!(fate, Fate::New | Fate::Changed));
        is_sent.then(|| PublishedMemo {
            id: entry.id.clone(),
            title: entry.title.clone(),
            is_new: own.iter().all(|fate| *fate == Fate::New),
            page: entry.own(Form::Html).map(|file| file.path.clone()),
        })
    };
    manifest.memos.iter().filter_map(memo).collect()
}

fn report(plan: &publish::TargetPlan, finishes: bool) -> PublishReport {
    let file = |planned: &publish::PlannedFile| PublishedFile {
        path: planned.file.path.clone(),
        size: planned.file.size,
        fate: planned.fate,
    };
    PublishReport {
        files: plan.files.iter().map(file).collect(),
        memos: Vec::new(),
        finishes,
        is_done: plan.is_done() && !finishes,
        unguarded: false,
        exposed: None,
        findings: Findings::default(),
        with_faults: Vec::new(),
    }
}

/// The targets that a folder knows of: those that its office names, and those to which something was published from here.
/// An office that has a fault elsewhere names them all the same.
pub fn targets(snapshot: &Snapshot) -> BTreeSet<String> {
    let published = Published::of(&*snapshot.folder);
    let mut targets: BTreeSet<String> = published.targets().map(str::to_owned).collect();
    let office = snapshot.texts.office.and_then(|office| outline(&snapshot.sources.get(office).text));
    let named = office.into_iter().flatten().filter(|entry| entry.path == "website.publish_to");
    targets.extend(named.filter_map(|entry| entry.text));
    targets
}

/// Whether the targets that the office names are all known: of a file that is no YAML, or has a key twice, they are not.
pub fn knows_targets(snapshot: &Snapshot) -> bool {
    let mut faults = Faults::default();
    let office = snapshot.texts.office;
    let read = office.and_then(|office| yaml::read(office, &snapshot.sources.get(office).text, &mut faults));
    read.is_some() && faults.errors() == 0
}

/// What is built, and is current.
struct Current {
    manifest: Manifest,
    findings: Findings,
    with_faults: Vec<String>,
}

/// The manifest of the output folder, if what it lists is what the working folder builds to now.
fn current(snapshot: &Snapshot, drafts: bool) -> Result<Current, Refused> {
    let before = output_plan::manifest(snapshot)?;
    let unchanged = Unchanged::since_build(snapshot).forgetful();
    let scope = Scope {
        unchanged: unchanged.of_this_program(),
        drafts: before.drafts,
        as_of: before.as_of.as_deref().and_then(|day| date::read(day).ok()),
        ..Scope::of(&[], &before)
    };
    let built = build(snapshot, &mut Readings::default(), &scope, snapshot.faults());
    let with_faults: Vec<String> = built.missing().into_iter().map(str::to_owned).collect();
    let of_drafts = !drafts && only_of_drafts(&built, &before);
    let Build { after, files, sources, faults, .. } = built;
    let findings = Findings { faults, sources };
    if findings.errors() > 0 && !of_drafts {
        return Err(Refused::Unpublishable { with_faults, findings });
    }
    let changes = output::plan(&before, &after, files, |path: &OutputPath| snapshot.existing(path));
    let stale = changes.iter().filter(|change| change.verdict != Verdict::Keep);
    let stale: Vec<OutputPath> = stale.map(|change| change.path.clone()).collect();
    match stale.is_empty() {
        true => Ok(Current { manifest: before, findings, with_faults }),
        false => Err(Refused::NotCurrent { stale, findings }),
    }
}

/// Whether all that is at fault is memos which are not published anyway.
fn only_of_drafts(built: &Build, before: &Manifest) -> bool {
    let missing = built.missing();
    let is_draft = |id: &&str| match before.entry(id) {
        Some(entry) => entry.is_draft(),
        None => built.memos.iter().filter(|(memo, _)| memo == id).all(|(_, source)| {
            let written = outline(&built.sources.get(*source).text).unwrap_or_default();
            let status = written_status(&written);
            status.is_some_and(Status::is_open)
        }),
    };
    // A fault of the office or of a template is of all pages.
    let errors = built.faults.iter().filter(|fault| fault.code.severity() == Severity::Error);
    let mut files = errors.map(|fault| built.sources.get(fault.place.source).name.as_str());
    !missing.is_empty()
        && missing.iter().all(is_draft)
        && files.all(|file| file.starts_with("memos/") && file != "memos/office.yaml")
}
