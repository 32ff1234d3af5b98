//! The site -> where visitors read it: a folder, or S3-compatible storage.
//!
//! In: the files that a manifest lists, their bytes when they are asked for, a target. Out: the [`TargetPlan`] of what
//! would change there, then the changed target. What of a target is ours is said by a record that stands there,
//! and by nothing else; what is not ours is never replaced and never removed. Not here: whether the site is
//! current, what is printed, where credentials come from.
//!
//! A publication can be interrupted at any point: the next one finishes it, or takes it back.

mod failed;
mod folder;
mod plan;
mod record;
mod storage;
mod target;

pub use failed::{PublishError, StorageTrouble};
pub use folder::Folder;
pub use plan::{Fate, PlannedFile, TargetPlan};
pub use record::NotARecord;
pub use storage::Storage;
pub use target::Target;

use crate::{
    folder::Disk,
    output::{SiteFile, digest},
};
use plan::{FilesByPath, by_path};
use record::OWN;

/// Gives the bytes of a file.
pub type Load<'a> = dyn Fn(&SiteFile) -> Result<Vec<u8>, PublishError> + 'a;

/// Where a site can be published.
pub trait Destination {
    /// What would change if these files were published.
    ///
    /// # Errors
    /// [`PublishError`]: the target cannot be read, or something that is not ours is in the way.
    fn plan(&self, wanted: &[SiteFile]) -> Result<TargetPlan, PublishError>;

    /// Does what [`Destination::plan`] said.
    ///
    /// # Errors
    /// [`PublishError`]: it was interrupted. The next publication finishes it.
    fn publish(&mut self, plan: &TargetPlan, load: &Load<'_>) -> Result<(), PublishError>;

    /// What would change if the last publication were taken back.
    ///
    /// # Errors
    /// [`PublishError::NothingToUndo`], and as [`Destination::plan`].
    fn plan_undo(&self) -> Result<TargetPlan, PublishError>;

    /// Does what [`Destination::plan_undo`] said.
    ///
    /// # Errors
    /// [`PublishError`]: it was interrupted. The next undo finishes it.
    fn undo(&mut self, plan: &TargetPlan) -> Result<(), PublishError>;

    /// Whether an earlier publication did not come to its end.
    fn is_unfinished(&self) -> bool;

    /// Whether nothing is known against it that two publish at a time: one of them would have been kept out.
    fn is_guarded(&self) -> bool {
        true
    }

    /// What everybody can read there and nobody should: copies of what was replaced or removed. Asked when something was published.
    fn exposed(&self) -> Option<String> {
        None
    }
}

/// Reads a file of the output folder, and holds it against the digest that the manifest gives.
///
/// # Errors
/// [`PublishError::Altered`] if it is another or is not there.
pub fn load(output: &dyn Disk, file: &SiteFile) -> Result<Vec<u8>, PublishError> {
    let path = file.path.as_str();
    let bytes = output.read(path).ok().filter(|bytes| digest(bytes) == file.sha256);
    bytes.ok_or_else(|| PublishError::Altered { path: output.shown(path).into() })
}

/// The files of a site by their paths, none of which is one of the record's.
fn site(files: &[SiteFile]) -> Result<FilesByPath, PublishError> {
    match files.iter().find(|file| file.path.as_str().starts_with(OWN)) {
        Some(file) => Err(PublishError::Reserved { path: file.path.clone() }),
        None => Ok(by_path(files)),
    }
}
