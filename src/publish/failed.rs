//! Why a site was not published, in words.
//!
//! Nothing that a storage server answers is passed on: it may repeat what it was sent.

use std::{
    error::Error,
    fmt, io,
    path::{Path, PathBuf},
};

use super::record::NotARecord;
use crate::{folder, output::OutputPath, words::listed};

/// How many paths a message names.
const NAMED: usize = 5;

/// Why.
#[derive(Debug)]
pub enum PublishError {
    /// The target is none, or cannot be one.
    Unfit {
        /// As it was named.
        target: String,
        /// Why.
        why: String,
    },
    /// Files stand at the target that were not published by this program, where files are to go.
    InTheWay {
        /// The target.
        target: String,
        /// Where.
        paths: Vec<String>,
    },
    /// A file of the site has a path that is the record's.
    Reserved {
        /// The path.
        path: OutputPath,
    },
    /// A file is not there, or is not what is listed.
    Altered {
        /// The file.
        path: PathBuf,
    },
    /// There is no publication that could be taken back.
    NothingToUndo {
        /// The target.
        target: String,
    },
    /// Somebody else is publishing there. Nothing was changed.
    Busy {
        /// The target.
        target: String,
    },
    /// Somebody else has published there, or is at it, since the plan was made. Nothing was changed.
    Overtaken {
        /// The target.
        target: String,
    },
    /// Storage is claimed by a run that is under way, or was interrupted. Nothing was changed.
    Claimed {
        /// The target.
        target: String,
        /// Whether that run is an undo.
        by_undo: bool,
        /// Whether an undo was asked for.
        undo: bool,
    },
    /// While this run was under way, another one took over.
    TakenOver {
        /// The target.
        target: String,
    },
    /// It failed before anything was changed.
    NotBegun {
        /// Why.
        why: Box<PublishError>,
    },
    /// It failed on the way.
    Interrupted {
        /// The target.
        target: String,
        /// Whether it is an undo.
        undo: bool,
        /// Why.
        why: Box<PublishError>,
    },
    /// The record at the target cannot be understood.
    NotARecord {
        /// Where it stands.
        at: String,
        /// Why.
        why: NotARecord,
    },
    /// A file or folder beside the target has the name of one that this program makes, and was not made by it.
    NotOurs {
        /// The file or folder.
        path: PathBuf,
    },
    /// Another disk is mounted in the target.
    OtherDisk {
        /// Where.
        path: PathBuf,
    },
    /// A file at the target cannot be read.
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        why: folder::ReadError,
    },
    /// The folder could not be read or written.
    Disk(folder::CommitError),
    /// The environment does not say who is publishing.
    NoCredentials,
    /// What is sent could be read on its way.
    Insecure {
        /// The address without a name or password in it.
        endpoint: String,
    },
    /// A variable of the environment cannot be understood.
    Setting {
        /// Its name.
        name: String,
    },
    /// The storage did not do what it was asked.
    Storage {
        /// The target.
        target: String,
        /// Why.
        trouble: StorageTrouble,
    },
}

/// Why storage did not do what it was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StorageTrouble {
    /// There is no such bucket.
    NoBucket,
    /// It does not know who asks.
    Refused,
    /// It knows who asks, who may not.
    NotAllowed,
    /// The bucket is in another region.
    Region,
    /// Nobody answers.
    NoConnection,
    /// The connection ended, or the answer took too long.
    Broken,
    /// A file that is kept for taking back is gone.
    Lost,
    /// It gave another reason, as a word such as `SlowDown`.
    Other(Option<String>),
}

impl PublishError {
    /// The disk or the system said no.
    pub(super) fn disk(path: &Path, error: io::Error) -> PublishError {
        PublishError::Disk(folder::CommitError::disk(path, error))
    }
}

impl From<folder::CommitError> for PublishError {
    fn from(failed: folder::CommitError) -> PublishError {
        PublishError::Disk(failed)
    }
}

impl Error for PublishError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            PublishError::Disk(failed) => Some(failed),
            PublishError::Unreadable { why, .. } => Some(why),
            PublishError::NotARecord { why, .. } => Some(why),
            PublishError::NotBegun { why } | PublishError::Interrupted { why, .. } => Some(&**why),
            _ => None,
        }
    }
}

impl fmt::Display for PublishError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PublishError::Unfit { target, why } => write!(f, "nothing can be published to {target}: {why}"),
            PublishError::InTheWay { target, paths } => {
                write!(
                    f,
                    "{target} has files where the site's are to go, and they were not published by ccrov: {}; nothing was \
                     changed; move them away, or choose another target",
                    listed(paths, NAMED)
                )
            }
            PublishError::Reserved { path } => {
                write!(f, "no file can be published as {path}: {OWN} is kept for ccrov's record", OWN = super::OWN)
            }
            PublishError::Altered { path } => {
                write!(f, "{} is not as it was built; `ccrov build` writes it again", path.display())
            }
            PublishError::NothingToUndo { target } => {
                write!(f, "there is nothing to undo at {target}: only the last publication can be undone, and once")
            }
            PublishError::Busy { target } => write!(
                f,
                "somebody else is publishing to {target} now; nothing was changed; wait until they are done, and run the command again"
            ),
            PublishError::Overtaken { target } => write!(
                f,
                "somebody else has begun to publish to {target} in the meantime; nothing was changed; run the command again when they are done"
            ),
            PublishError::Claimed { target, by_undo, undo } => {
                let what = if *by_undo { "an undo" } else { "a publication" };
                let option = if *undo { " --undo" } else { "" };
                write!(
                    f,
                    "somebody else is publishing to {target} now, or {what} there was interrupted; nothing was changed; \
                     if you know that nobody is publishing, type `ccrov publish {target}{option} --take-over`"
                )
            }
            PublishError::TakenOver { target } => write!(
                f,
                "somebody else took over at {target}, and this run stopped; `ccrov publish {target} --dry-run` shows what is there"
            ),
            PublishError::NotBegun { why } => write!(f, "{why}; nothing was changed"),
            PublishError::Interrupted { target, undo: false, why } => write!(
                f,
                "{why}; the publication is not complete: `ccrov publish {target} --take-over` finishes it, and with --undo \
                 takes it back"
            ),
            PublishError::Interrupted { target, undo: true, why } => {
                write!(f, "{why}; the undo is not complete: `ccrov publish {target} --undo --take-over` finishes it")
            }
            PublishError::NotARecord { at, why: NotARecord::Newer(newer) } => write!(f, "{at} cannot be read: {newer}"),
            PublishError::NotARecord { at, why } => write!(f, "{at} is not the record of what was published: {why}"),
            PublishError::Unreadable { path, why } => write!(f, "{} cannot be read: {why}", path.display()),
            PublishError::NotOurs { path } => write!(
                f,
                "{} has a name that ccrov needs for itself, and holds something else; move it away",
                path.display()
            ),
            PublishError::OtherDisk { path } => write!(
                f,
                "{} is on another disk than the target, so the target cannot be switched as a whole; \
                 choose a folder that holds nothing but the site",
                path.display()
            ),
            PublishError::Disk(failed) => failed.fmt(f),
            PublishError::NoCredentials => f.write_str(
                "nobody is named who may publish: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment",
            ),
            PublishError::Insecure { endpoint } => write!(
                f,
                "{endpoint} is not encrypted; name an address that begins with https://, or set AWS_ALLOW_HTTP=true"
            ),
            PublishError::Setting { name } => write!(f, "the environment's {name} cannot be understood; look for blanks and line ends in it"),
            PublishError::Storage { target, trouble } => write!(f, "{target}: {trouble}"),
        }
    }
}

impl fmt::Display for StorageTrouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StorageTrouble::NoBucket => f.write_str("there is no such bucket; look at its name and at AWS_ENDPOINT_URL"),
            StorageTrouble::Refused => f.write_str(
                "the storage refuses the login; look at AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN",
            ),
            StorageTrouble::NotAllowed => f.write_str(
                "the login may not do this; whoever publishes must be allowed to list, read, write and delete there",
            ),
            StorageTrouble::Region => f.write_str("the bucket is in another region; set AWS_REGION"),
            StorageTrouble::NoConnection => {
                f.write_str("nobody answers; look at the network, and at AWS_ENDPOINT_URL and AWS_REGION")
            }
            StorageTrouble::Broken => f.write_str("the connection broke off, or took too long"),
            StorageTrouble::Lost => f.write_str("a file that was kept for taking back is not there any more"),
            StorageTrouble::Other(Some(word)) => write!(f, "the storage said no: {word}"),
            StorageTrouble::Other(None) => f.write_str("the storage gave no answer that can be understood"),
        }
    }
}
