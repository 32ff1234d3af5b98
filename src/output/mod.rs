//! What is published: files with their digests, the manifest, and the plan of what would change.
//!
//! In: artifacts, the output folder's manifest. Out: [`FileChange`]s, then the changed folder. Not here:
//! what an artifact holds.

mod artifact;
mod content_type;
mod manifest;
mod plan;
mod step;

pub use crate::model::NotAPath;
pub use artifact::{Artifact, Form, OutputPath, Piece, digest, harmless};
pub use content_type::content_type;
pub(crate) use manifest::is_open;
pub use manifest::{
    ChangesEntry, CorrectionEntry, EarlierFile, File, Manifest, MemoEntry, NotAManifest, SiteFile, SitePart,
    manifest_path,
};
pub use plan::{FileChange, Files, Verdict, merge, plan, plan_files};
pub use step::StepEntry;
