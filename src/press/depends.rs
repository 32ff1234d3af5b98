//! What a memo's files depend on, in one digest: if it is as it was, they are.
//!
//! In: what is to become of a memo, and what it is made with. Out: a digest. Not here: whether the files are still
//! where they were.

use super::{Press, job::Job, many::Work};
use crate::{
    diagnostic::{SourceId, Sources},
    folder::line_ends,
    model::{Attachment, Body, Memo},
    output::{OutputPath, digest},
};

/// Pieces that are digested one after the other, each with its length: no two rows of pieces are the same bytes.
#[derive(Default)]
struct DigestInput(Vec<u8>);

impl DigestInput {
    fn add(&mut self, piece: &[u8]) {
        self.0.extend((piece.len() as u64).to_le_bytes());
        self.0.extend(piece);
    }

    fn text(&mut self, source: SourceId, sources: &Sources) {
        // Git for Windows changes the line ends of texts, and nothing else of them.
        self.add(line_ends::folded(&sources.get(source).text).as_bytes());
    }

    fn digest(&self) -> String {
        digest(&self.0)
    }
}

impl Press {
    /// What the lists depend on besides memos: the office, the templates of pages, the program.
    pub fn page_stamp(&self, job: &Job<'_>) -> String {
        self.common(job, |name| !name.ends_with(".md")).digest()
    }

    /// What all memos depend on: the office with its logos and typeface, the templates, the program.
    pub fn stamp(&self, job: &Job<'_>, typeface: &[&[u8]]) -> String {
        let mut pieces = self.common(job, |_| true);
        for letterhead in job.office.letterheads.values().flatten() {
            let logo = letterhead.logo.as_ref().and_then(|logo| (job.load)(&logo.file.value));
            pieces.add(&logo.unwrap_or_default());
        }
        typeface.iter().for_each(|font| pieces.add(font));
        pieces.digest()
    }

    fn common(&self, job: &Job<'_>, wanted: impl Fn(&str) -> bool) -> DigestInput {
        let mut pieces = DigestInput::default();
        pieces.add(env!("CARGO_PKG_VERSION").as_bytes());
        pieces.text(job.office.published_as.place.source, job.sources);
        for template in self.templates.iter().filter(|template| wanted(&job.sources.get(**template).name)) {
            pieces.add(job.sources.get(*template).name.as_bytes());
            pieces.text(*template, job.sources);
        }
        pieces
    }

    /// What the files of a memo depend on, besides the run's [`Press::stamp`], which is given. `release` finds the
    /// text of a release by its id.
    pub fn depends(
        &self,
        work: &Work<'_>,
        stamp: &str,
        release: &dyn Fn(&str) -> Option<SourceId>,
        job: &Job<'_>,
    ) -> String {
        let mut pieces = DigestInput::default();
        pieces.add(stamp.as_bytes());
        let (id, memo) = match work {
            Work::Print(memo) | Work::Issue(memo) => (memo.id.as_str(), Some(*memo)),
            Work::Keep(locked, memo) => {
                pieces.add(locked.lock.to_yaml().as_bytes());
                (locked.id(), *memo)
            }
        };
        if let Some(memo) = memo {
            own(memo, release, job, &mut pieces);
        }
        // Only what the lines say counts, not the page that they lead from.
        let anywhere: OutputPath = "page.html".parse().expect("a plain file name is a path");
        let lines = serde_json::to_vec(&job.relations.of(id, &anywhere));
        pieces.add(&lines.expect("text always serialises"));
        let numbers = job.relations.numbers(id, &anywhere, None);
        if !numbers.is_empty() {
            pieces.add(&serde_json::to_vec(&numbers).expect("text always serialises"));
        }
        pieces.digest()
    }
}

/// What a memo is written in, and the texts of what it names.
fn own(memo: &Memo, release: &dyn Fn(&str) -> Option<SourceId>, job: &Job<'_>, pieces: &mut DigestInput) {
    pieces.text(memo.source, job.sources);
    if let Body::Text(body) = &memo.body {
        pieces.text(body.place.source, job.sources);
    }
    for attachment in &memo.attachments {
        match attachment {
            Attachment::Schedule | Attachment::Changes => {}
            Attachment::Text(text) => pieces.text(text.body.place.source, job.sources),
            Attachment::File(file) => pieces.add(&(job.load)(&file.path.value).unwrap_or_default()),
        }
    }
    let plan = memo.plan.as_deref().and_then(|plan| plan.id.as_ref());
    if let Some(source) = plan.and_then(|id| release(id.as_str())) {
        pieces.text(source, job.sources);
    }
    for (_, earlier) in &memo.relations {
        if let Some(Some(earlier)) = job.memos.get(&earlier.value) {
            pieces.text(earlier.source, job.sources);
        }
        if let Some(locked) = job.locks.get(&earlier.value) {
            pieces.text(locked.source, job.sources);
            // What it told cannot be compared while its release is not there.
            let release = locked.lock.memo.release.as_ref();
            let gone = release.filter(|release| !job.releases.contains_key(*release));
            gone.into_iter().for_each(|gone| pieces.add(gone.as_str().as_bytes()));
        }
    }
}
