//! Why an operation was not carried out.
//!
//! In the words of a person who asked for it, whichever front end she asked through. Not here: faults of files, which
//! [`Findings`] holds.

use std::{error::Error, fmt};

use chrono::NaiveDate;

use crate::{
    diagnostic::Findings,
    folder::{CommitError, OutputAmongSources, ReadError, Uneditable},
    format::Newer,
    import::NotAList,
    model::{Status, date},
    output::{NotAManifest, NotAPath, OutputPath},
    publish,
    words::counted,
    yaml::edit::NotAPlace,
};

/// What kind of answer a refusal is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefusalKind {
    /// What was asked for cannot be: ask for something else.
    Request,
    /// Something is wrong in what analysts write, or the folder is in another state than was asked for.
    Faults,
    /// A file or folder could not be read or written, or a target not be reached.
    Disk,
}

/// What a name was to be the name of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Thing {
    /// A memo, by the name of its file.
    Memo,
    /// A release, by the name of its file.
    Release,
    /// A memo or a release.
    MemoOrRelease,
    /// A milestone of a release.
    Milestone,
    /// A step or a milestone of a plan.
    Step,
    /// A responsible entity.
    Entity,
    /// A key of a file.
    Key,
}

/// What was to be said, and is blank.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Blank {
    /// The cause of a delay.
    Reason,
    /// Why a memo is withdrawn.
    Why,
    /// What was wrong in a memo.
    Correction,
    /// What to look for.
    Search,
}

/// Why an operation was not carried out.
#[derive(Debug)]
pub enum Refused {
    /// There is no such folder.
    NoFolder {
        /// As it was named.
        folder: String,
    },
    /// The folder is no working folder.
    NoOffice,
    /// Nothing has such a name.
    Unknown {
        /// What was meant.
        thing: Thing,
        /// The name.
        name: String,
        /// A name that is near, or those that there are.
        offer: String,
    },
    /// What was to be said is blank.
    Blank(Blank),
    /// A memo has this name already.
    Taken {
        /// Its id.
        id: String,
    },
    /// Text that cannot name a memo.
    BadName {
        /// The text.
        name: String,
        /// A name that is near and can.
        near: Option<String>,
    },
    /// Figures that are no memo's number.
    BadNumber {
        /// The figures.
        number: String,
    },
    /// A memo without number and date is in no year's folder.
    NoYear {
        /// Its id.
        id: String,
    },
    /// A file would have a path that cannot be written.
    BadPath {
        /// The path.
        path: String,
        /// Why.
        why: NotAPath,
    },
    /// A file has a name that cannot be written.
    Uneditable(Uneditable),
    /// A file is written in a way that the edit cannot be put into.
    NotEdited {
        /// The memo, or the path of the file.
        what: String,
        /// What to do instead.
        instead: String,
    },
    /// Text that names no field.
    NotAKey {
        /// The text.
        key: String,
        /// Why.
        why: NotAPlace,
    },
    /// What is to be removed is not there.
    NotThere {
        /// The field.
        key: String,
        /// The file, by its path from the working folder.
        file: String,
    },
    /// The memo or release has faults that keep the operation from beginning.
    Faulty {
        /// What has them.
        what: String,
        /// What shows them.
        look: String,
    },
    /// A memo exists as a file only.
    Archived {
        /// Its id.
        id: String,
        /// What that keeps from being done.
        so: &'static str,
    },
    /// A memo was never issued.
    NeverIssued {
        /// Its id.
        id: String,
        /// How far it has come, if it says so.
        status: Option<Status>,
    },
    /// A schedule was asked for where there is none.
    NoSchedule {
        /// Why.
        why: String,
    },
    /// A release has no delay.
    NoDelay {
        /// Its id.
        release: String,
    },
    /// A milestone is moved twice by one delay.
    MovedTwice {
        /// Its id.
        milestone: String,
    },
    /// A last day was given to a milestone that is one day.
    OneDay {
        /// Its id.
        milestone: String,
        /// The first day that was given.
        start: NaiveDate,
    },
    /// A window would end before it starts.
    EndsFirst {
        /// The milestone's id.
        milestone: String,
        /// The last day that was given.
        end: NaiveDate,
    },
    /// A delay would be announced before the last one.
    BeforeLastDelay {
        /// When it would be announced.
        announced: NaiveDate,
        /// When the last one was.
        last: NaiveDate,
    },
    /// With a delay the dates of a release would cross.
    Conflict {
        /// The release.
        release: String,
        /// What would be wrong.
        findings: Findings,
    },
    /// More delays are asked for than a plan has.
    TooManyDelays {
        /// How many were asked for.
        knows: usize,
        /// The plan.
        name: String,
        /// How many it has.
        delays: usize,
    },
    /// Files have faults.
    Faults(Findings),
    /// Memos that would be published have faults.
    Unpublishable {
        /// Those that are not built.
        with_faults: Vec<String>,
        /// The faults.
        findings: Findings,
    },
    /// The output folder is not what the working folder builds to now.
    NotCurrent {
        /// The files that are not current.
        stale: Vec<OutputPath>,
        /// What else there is to be said.
        findings: Findings,
    },
    /// A list of memos is none.
    NotAList(NotAList),
    /// Nothing is built that could be looked through.
    NothingBuilt,
    /// The manifest of the output folder cannot be understood.
    NotAManifest {
        /// The file.
        file: String,
        /// Why.
        why: NotAManifest,
    },
    /// The manifest of what is to be looked through is damaged.
    DamagedManifest {
        /// Why.
        why: NotAManifest,
    },
    /// Nothing can be looked for by these words.
    NoWords {
        /// The words.
        words: String,
    },
    /// The output folder is a link out of the working folder.
    OutputLeadsOut {
        /// The folder.
        folder: String,
    },
    /// The output folder lies among what analysts write.
    OutputAmongSources,
    /// A file cannot be read.
    Unreadable {
        /// The file.
        file: String,
        /// Why.
        why: ReadError,
    },
    /// A folder that is to be filled has files.
    NotEmpty {
        /// The folder.
        folder: String,
    },
    /// The lists in the output folder show drafts, which are not to be published.
    ShowsDrafts,
    /// A target of a publication refuses, or cannot be reached.
    Target(publish::PublishError),
    /// What an earlier command left undone was written down by a newer program.
    NewerJournal(Newer),
    /// The folder could not be written.
    Disk(CommitError),
}

impl Refused {
    /// What kind of answer it is.
    pub fn kind(&self) -> RefusalKind {
        match self {
            Refused::NotEdited { .. }
            | Refused::Faults(_)
            | Refused::Conflict { .. }
            | Refused::Uneditable(_)
            | Refused::Unpublishable { .. }
            | Refused::NotCurrent { .. }
            | Refused::ShowsDrafts => RefusalKind::Faults,
            Refused::NotAManifest { .. }
            | Refused::DamagedManifest { .. }
            | Refused::OutputLeadsOut { .. }
            | Refused::NewerJournal(_)
            | Refused::Unreadable { .. } => RefusalKind::Disk,
            Refused::Disk(failed) if failed.is_stale() => RefusalKind::Faults,
            Refused::Disk(_) => RefusalKind::Disk,
            Refused::Target(failed) => of_target(failed),
            _ => RefusalKind::Request,
        }
    }

    /// The faults of files that it rests on.
    pub fn findings(&self) -> Option<&Findings> {
        match self {
            Refused::Faults(findings)
            | Refused::Conflict { findings, .. }
            | Refused::Unpublishable { findings, .. }
            | Refused::NotCurrent { findings, .. } => Some(findings),
            _ => None,
        }
    }
}

fn of_target(failed: &publish::PublishError) -> RefusalKind {
    match failed {
        publish::PublishError::Unfit { .. } => RefusalKind::Request,
        publish::PublishError::InTheWay { .. }
        | publish::PublishError::Reserved { .. }
        | publish::PublishError::Altered { .. }
        | publish::PublishError::NothingToUndo { .. } => RefusalKind::Faults,
        _ => RefusalKind::Disk,
    }
}

impl fmt::Display for Thing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Thing::Memo => "memo",
            Thing::Release => "release",
            Thing::MemoOrRelease => "memo or release",
            Thing::Milestone => "milestone",
            Thing::Step => "step",
            Thing::Entity => "responsible entity",
            Thing::Key => "key",
        })
    }
}

impl fmt::Display for Blank {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Blank::Reason => "the reason is blank; it reads after \"due to\" in the memo",
            Blank::Why => "the reason is blank; readers of the memo's page are told why",
            Blank::Correction => "the correction is blank; say what was wrong: \"telephone number\"",
            Blank::Search => "say what to look for: ccrov find mock election --year 2021",
        })
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refused::NoFolder { folder } => write!(f, "there is no folder {folder}"),
            Refused::NoOffice => f.write_str(
                "there is no memos/office.yaml here; go into the working folder, or make one: `ccrov init DIR`",
            ),
            Refused::Unknown { thing, name, offer } => {
                let place = match thing {
                    Thing::Memo => " in memos/",
                    Thing::Release => " in memos/releases/",
                    _ => "",
                };
                match thing {
                    Thing::Step => write!(f, "this plan has no step `{name}`; {offer}"),
                    thing => write!(f, "there is no {thing} `{name}`{place}; {offer}"),
                }
            }
            Refused::Blank(blank) => blank.fmt(f),
            Refused::Taken { id } => write!(f, "there is a memo `{id}` already, which was left as it is"),
            Refused::BadName { name, near } => {
                let near = near.as_ref().map(|id| format!("; `{id}` can")).unwrap_or_default();
                write!(f, "`{name}` cannot name a memo{near}")
            }
            Refused::BadNumber { number } => {
                write!(f, "`{number}` is no memo's number: five figures are, two of the year and three more")
            }
            Refused::NoYear { id } => write!(
                f,
                "the folder of its year is not known: add a date, `ccrov new {id} --date 2026-03-02`"
            ),
            Refused::BadPath { path, why } => write!(f, "{path} cannot be made: {why}"),
            Refused::Uneditable(why) => write!(f, "{why}; nothing was written"),
            Refused::NotEdited { what, instead } => {
                write!(f, "{what} cannot be edited in the way it is written; {instead}")
            }
            Refused::NotThere { key, file } => write!(f, "{file} has no `{key}` that could be removed"),
            Refused::NotAKey { key, why } => write!(f, "`{key}` is no key: {why}"),
            Refused::Faulty { what, look } => write!(f, "{what} has faults; {look} shows them"),
            Refused::Archived { id, so } => write!(f, "memo {id} is archived: {so}"),
            Refused::NeverIssued { id, status: Some(status) } => {
                write!(f, "{id} was never issued (it is in `{status}`): remove its file instead")
            }
            Refused::NeverIssued { id, status: None } => write!(f, "{id} is no memo that was issued"),
            Refused::NoSchedule { why } => f.write_str(why),
            Refused::NoDelay { release } => write!(
                f,
                "{release} has no delay to announce; `ccrov slip {release} --move ...` records one"
            ),
            Refused::MovedTwice { milestone } => write!(f, "{milestone} is moved twice"),
            Refused::OneDay { milestone, start } => write!(
                f,
                "{milestone} is one day: write --move {milestone}={}",
                date::iso_text(*start)
            ),
            Refused::EndsFirst { milestone, end } => {
                write!(f, "{milestone} would end on {}, before it starts", date::prose(*end))
            }
            Refused::BeforeLastDelay { announced, last } => write!(
                f,
                "the delay would be announced on {}, before the last one, of {}; --announced names another day",
                date::prose(*announced),
                date::prose(*last)
            ),
            Refused::Conflict { release, .. } => {
                write!(f, "with this delay, dates of {release} conflict")
            }
            Refused::TooManyDelays { knows, name, delays } => write!(
                f,
                "--knows is {knows}, and {name} has {delays} delay{}",
                if *delays == 1 { "" } else { "s" }
            ),
            Refused::Faults(findings) => {
                let plural = if findings.errors() == 1 { "" } else { "s" };
                write!(f, "{} fault{plural} keep this from being done", findings.errors())
            }
            Refused::Unpublishable { .. } => {
                f.write_str("nothing was published; correct the faults, run `ccrov build`, and publish again")
            }
            Refused::NotCurrent { stale, .. } => write!(
                f,
                "{} in output/ {} not what memos/ and templates/ say now; `ccrov build` brings them up to date. Nothing \
                 was published.",
                counted(stale.len(), "file"),
                if stale.len() == 1 { "is" } else { "are" },
            ),
            Refused::NotAList(why) => why.fmt(f),
            Refused::NothingBuilt => {
                f.write_str("nothing is built yet; run `ccrov build` first")
            }
            Refused::NotAManifest { file, why: NotAManifest::Newer(newer) } => {
                write!(f, "{file} cannot be read: {newer}")
            }
            Refused::NotAManifest { file, why } => write!(
                f,
                "{file} is not a manifest: {why}; take back what was changed in it, or remove it and build every memo"
            ),
            Refused::DamagedManifest { why } => {
                write!(f, "output/manifest.json is damaged ({why}); `ccrov build` writes it anew")
            }
            Refused::NoWords { words } => write!(f, "`{words}` has no letter and no figure to look for"),
            Refused::OutputLeadsOut { folder } => write!(
                f,
                "{folder} is a link out of the working folder; remove it, or name it with --out"
            ),
            Refused::OutputAmongSources => OutputAmongSources.fmt(f),
            Refused::Unreadable { file, why } => write!(f, "{file} cannot be read: {why}"),
            Refused::NotEmpty { folder } => {
                write!(f, "{folder} is not empty, and was left as it is; name a new or empty folder")
            }
            Refused::ShowsDrafts => f.write_str(
                "the lists in output/ show drafts, and drafts are not published; build without them, or publish with \
                 --drafts",
            ),
            Refused::Target(why) => why.fmt(f),
            Refused::NewerJournal(newer) => write!(f, "ccrov-unfinished.yaml cannot be read: {newer}"),
            Refused::Disk(why) => why.fmt(f),
        }
    }
}

impl Error for Refused {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Refused::BadPath { why, .. } => Some(why),
            Refused::Uneditable(why) => Some(why),
            Refused::NotAList(why) => Some(why),
            Refused::NotAKey { why, .. } => Some(why),
            Refused::NotAManifest { why, .. } | Refused::DamagedManifest { why } => Some(why),
            Refused::Unreadable { why, .. } => Some(why),
            Refused::Target(why) => Some(why),
            Refused::NewerJournal(newer) => Some(newer),
            Refused::Disk(why) => Some(why),
            _ => None,
        }
    }
}

impl From<Uneditable> for Refused {
    fn from(why: Uneditable) -> Refused {
        Refused::Uneditable(why)
    }
}

impl From<CommitError> for Refused {
    fn from(why: CommitError) -> Refused {
        Refused::Disk(why)
    }
}

impl From<publish::PublishError> for Refused {
    fn from(why: publish::PublishError) -> Refused {
        Refused::Target(why)
    }
}

impl From<OutputAmongSources> for Refused {
    fn from(_: OutputAmongSources) -> Refused {
        Refused::OutputAmongSources
    }
}
