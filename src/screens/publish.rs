//! Publish: what is issued goes to where counties read it.
//!
//! In: a target. Out: one page before the deed, with what is new, changed and removed there; the site published, or the last publication
//! undone. Not here: how a target is changed. Nothing publishes by itself.

use std::sync::atomic::{AtomicUsize, Ordering};

use serde::Serialize;
use tera::Context;

use super::{
    deed,
    faults::{FaultLine, Told},
    open::{OpenFolder, Shared},
    refusal,
    request::{Answer, Desk, FormData},
    values,
};
use crate::{
    attached::size_in_words,
    desk::{self, Publication, PublishReport, PublishRequest, Refused},
    folder::{Snapshot, WorkingFolder},
    output::SiteFile,
    publish::{Fate, PublishError},
    words::{capitalized, counted, grouped},
};

/// How far a publication is.
#[derive(Default)]
pub(super) struct Sending {
    sent: AtomicUsize,
    of: AtomicUsize,
}

impl Sending {
    /// So many files will be sent.
    fn begin(&self, files: usize) {
        self.sent.store(0, Ordering::Relaxed);
        self.of.store(files, Ordering::Relaxed);
    }

    fn sent(&self) {
        self.sent.fetch_add(1, Ordering::Relaxed);
    }
}

/// `GET /publish/progress`: "120 of 342 files"; nothing while nothing is sent.
pub(super) async fn progress(Desk(open): Desk) -> String {
    let [sent, of] = [&open.sending.sent, &open.sending.of].map(|count| count.load(Ordering::Relaxed));
    match of {
        0 => String::new(),
        of => format!("{} of {}", grouped(sent), counted(of, "file")),
    }
}

/// `/publish`.
pub(super) fn page(shared: &Shared, open: &OpenFolder, form: &FormData) -> Result<Answer, Refused> {
    let snapshot = open.snapshot()?;
    let targets = desk::targets(&snapshot);
    let only = || targets.iter().next().filter(|_| targets.len() == 1).cloned();
    let target = form.filled("other").or_else(|| form.filled("target")).map(str::to_owned).or_else(only);
    let mut context = Context::new();
    context.insert("title", "Publish");
    context.insert("done", &shared.told("/publish"));
    context.insert("synced", &open.is_synced());
    context.insert("targets", &targets);
    context.insert("target", &target);
    context.insert("other", &form.get("other").unwrap_or_default());
    let undoes = form.get("undo").is_some();
    context.insert("undoes", &undoes);
    if let Some(target) = &target {
        match looked_at(shared, open, form, (target, undoes), &snapshot, &mut context) {
            Ok(Some(done)) => {
                shared.say("/publish", done);
                return Ok(Answer::Go(format!("/publish?target={}", values::encoded(target))));
            }
            Ok(None) => {}
            Err(refused) => refuse(&refused, &mut context),
        }
    }
    let page = shared.pages.page(shared, "publish.html", "publish", context);
    Ok(deed::shown(form, page))
}

/// Publishes, or undoes, if that is what the form showed, and says so; else fills in what it would do.
fn looked_at(
    shared: &Shared,
    open: &OpenFolder,
    form: &FormData,
    (target, undoes): (&str, bool),
    snapshot: &Snapshot,
    context: &mut Context,
) -> Result<Option<String>, Refused> {
    let place = shared.place(target, open)?;
    let (build, publication) = match undoes {
        true => (None, desk::undo(place)?),
        false => {
            let (build, publication) = desk::build_and_publish(snapshot, &PublishRequest::default(), place)?;
            (Some(build), publication)
        }
    };
    let agreed = publication.digest();
    let meant = form.agreed();
    if meant == Some(agreed.as_str()) {
        // What is there as it should be is only noted: it was published from another copy of the folder.
        if publication.report.is_done && !undoes {
            let noted = note(shared, open, target, publication.site.as_deref());
            return Ok(Some(format!("{target} is up to date.{noted}")));
        }
        if let Some(build) = build {
            let _built = shared.commit(open, build)?;
        }
        return commit(shared, open, target, publication, undoes).map(Some);
    }
    context.insert("is_other", &meant.is_some());
    context.insert("agreed", &agreed);
    fill(context, &publication.report, target, undoes);
    let unpublished = desk::unpublished(snapshot, &desk::manifest(snapshot)?);
    context.insert("is_unnoted", &unpublished.iter().any(|known| known.target == target));
    Ok(None)
}

fn commit(
    shared: &Shared,
    open: &OpenFolder,
    target: &str,
    publication: Publication,
    undoes: bool,
) -> Result<String, Refused> {
    let site: Option<Vec<SiteFile>> = publication.site.clone();
    let memos = publication.report.memos.len();
    open.sending.begin(publication.files_sent());
    let receipt = publication.commit(|_| open.sending.sent());
    open.sending.begin(0);
    let receipt = receipt?;
    let said = match (undoes, memos) {
        (true, _) => receipt.report.undone(target),
        (false, 0) => format!("{target} is up to date now."),
        (false, memos) => format!("{} published at {target}.", counted(memos, "memo")),
    };
    let said = said + &note(shared, open, target, site.as_deref());
    let exposure = receipt.report.exposure().map(|said| format!(" Careful: {said}.")).unwrap_or_default();
    let said = said + &exposure;
    Ok(match receipt.report.unguarded {
        true => format!(
            "{said} This storage cannot keep a second publisher out: let one person publish at a time."
        ),
        false => said,
    })
}

/// Notes what is at a target from now on; says so, if that cannot be noted.
fn note(shared: &Shared, open: &OpenFolder, target: &str, site: Option<&[SiteFile]>) -> String {
    let working = WorkingFolder::at(&open.root).asked_at(shared.now());
    match working.note_published(target, site) {
        Ok(()) => String::new(),
        Err(why) => format!(" This folder could not note that, so Home may say otherwise: {why}."),
    }
}

/// A memo of which something is sent.
#[derive(Serialize)]
struct PublishedRow {
    id: String,
    title: String,
    page: Option<String>,
}

/// The files that share a fate.
#[derive(Serialize)]
struct FileGroup {
    fate: &'static str,
    /// "3 files, 120 KB".
    count: String,
    paths: Vec<String>,
}

fn fill(context: &mut Context, report: &PublishReport, target: &str, undoes: bool) {
    let row = |memo: &desk::PublishedMemo| PublishedRow {
        id: memo.id.clone(),
        title: memo.title.clone(),
        page: memo.page.as_ref().map(|page| format!("/site/{page}")),
    };
    let (new, changed): (Vec<_>, Vec<_>) = report.memos.iter().partition(|memo| memo.is_new);
    context.insert("new", &new.into_iter().map(row).collect::<Vec<_>>());
    context.insert("changed", &changed.into_iter().map(row).collect::<Vec<_>>());
    let of = |fate: Fate, word: &'static str| {
        let files = report.files.iter().filter(|file| file.fate == fate);
        let (count, size) = files.clone().fold((0, 0), |(count, sum), file| (count + 1, sum + file.size));
        (count > 0).then(|| FileGroup {
            fate: word,
            count: format!("{}, {}", counted(count, "file"), size_in_words(None, size)),
            paths: files.map(|file| format!("{} ({})", file.path, size_in_words(None, file.size))).collect(),
        })
    };
    let files = [(Fate::New, "New"), (Fate::Changed, "Changed"), (Fate::Removed, "Removed")];
    let files: Vec<FileGroup> = files.into_iter().filter_map(|(fate, word)| of(fate, word)).collect();
    context.insert("files", &files);
    context.insert("finishes", &report.finishes);
    context.insert("is_done", &(report.is_done && !undoes));
    context.insert("faults", &FaultLine::others(&[], &Told::of_file(&report.findings)));
    let deed = match (undoes, report.memos.len()) {
        (true, _) => format!("Undo the last publication at {target}"),
        (false, 0) => format!("Bring {target} up to date"),
        (false, memos) => format!("Put {} on {target}", counted(memos, "memo")),
    };
    context.insert("deed", &deed);
}

/// Why nothing can be published there, with the faults.
fn refuse(refused: &Refused, context: &mut Context) {
    let words = match refused {
        Refused::Unpublishable { .. } => {
            "Memos that are issued have things to fix, so nothing is published.".to_owned()
        }
        Refused::Target(PublishError::Interrupted { undo, why, .. }) => format!(
            "{}. {} Press the button again to finish it.",
            capitalized(&why.to_string()),
            if *undo { "The undo is not complete." } else { "The publication is not complete." }
        ),
        refused => refusal::words(refused),
    };
    context.insert("wrong", &words);
    context.insert("is_partial", &refused.is_partial());
    if let Some(findings) = refused.findings() {
        context.insert("faults", &FaultLine::others(&[], &Told::of_file(findings)));
    }
}
