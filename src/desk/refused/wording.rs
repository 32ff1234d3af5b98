//! A refusal -> one sentence, in the words of a person who asked.
//!
//! In: a refusal. Out: what was found, and what to type. Not here: faults of files, and where a front end shows it.

use std::fmt;

use super::{Blank, Refused, Thing};
use crate::{
    folder::OutputAmongSources,
    output::NotAManifest,
    words::{counted, series},
};

impl fmt::Display for Thing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Thing::Memo => "memo",
            Thing::Release => "release",
            Thing::MemoOrRelease => "memo or release",
            Thing::Milestone => "milestone",
            Thing::Step => "step",
            Thing::Entity => "responsible entity",
            Thing::Person => "person",
            Thing::Key => "key",
            Thing::Comment => "comment",
        })
    }
}

impl fmt::Display for Blank {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Blank::Person => "nobody is named; choose who reads the memo, or who approved it",
            Blank::Reason => "the reason is blank; it reads after \"due to\" in the memo",
            Blank::Why => "the reason is blank; readers of the memo's page are told why",
            Blank::Anyway => "the reason is blank; say why the memo is issued now: \"the deadline is today\"",
            Blank::Correction => "the correction is blank; say what was wrong: \"telephone number\"",
            Blank::How => "how it was approved is blank; write it like \"by e-mail\"",
            Blank::Back => "the reason is blank; say what is still to be done",
            Blank::Comment => "the comment is blank",
            Blank::Name => "type a short name first, such as registration-drill",
            Blank::Word => "choose the Word file (.docx) first",
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
            Refused::ReleaseTaken { id } => {
                write!(f, "there is a release `{id}` already, which was left as it is")
            }
            Refused::BadName { name, near } => {
                let near = near.as_ref().map(|id| format!("; `{id}` can")).unwrap_or_default();
                write!(f, "`{name}` cannot be the name of a file{near}")
            }
            Refused::BadLetters { name } => {
                write!(f, "“{name}” cannot be the name of a milestone: use the letters a to z")
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
            Refused::TooManyRows { rows, most } => write!(
                f,
                "the sheet has {rows} rows, and a table of steps has {most} at most; copy the steps alone"
            ),
            Refused::NotATable(why) => write!(f, "{why}"),
            Refused::NotThere { key, file } => write!(f, "{file} has no `{key}` that could be removed"),
            Refused::NotAKey { key, why } => write!(f, "`{key}` is no key: {why}"),
            Refused::Faulty { what, look } => write!(f, "{what} has faults; {look} shows them"),
            Refused::Archived { id, so } => write!(f, "memo {id} is archived: {so}"),
            Refused::Locked { id } => {
                write!(f, "{id} was issued, so it is locked and cannot be changed here")
            }
            Refused::EntryTaken { key, file } => {
                write!(f, "{file} has `{key}` already; give the new one another name")
            }
            Refused::NoSuchCopy { file } => write!(
                f,
                "{file} has been changed or removed since it was shown; look at both files again"
            ),
            Refused::WasIssued { id } => write!(
                f,
                "in that version {id} was issued, and it is a draft now; bring back an earlier one, or issue the memo again"
            ),
            Refused::UnreadReview { file, why } => {
                write!(f, "{file} cannot be read: {why}; bring back an earlier version of it")
            }
            Refused::NotAttached { name, why } => write!(f, "“{name}” is not attached: {why}"),
            Refused::NoText { id } => write!(f, "{id} is published as a file, and has no text to send for review"),
            Refused::NotDeleted { id } => {
                write!(f, "{id} was issued, so it is not deleted; `ccrov withdraw {id}` takes it back")
            }
            Refused::ReleaseInUse { release, memos } => {
                let takes = if memos.len() == 1 { "takes its" } else { "take their" };
                write!(f, "the release {release} stays: {} {takes} dates from it", series(memos))
            }
            Refused::NeverIssued { id, status: Some(status) } => {
                write!(f, "{id} was never issued (it is in `{status}`): remove its file instead")
            }
            Refused::NeverIssued { id, status: None } => write!(f, "{id} is no memo that was issued"),
            Refused::NothingToTell { id, tells: None } => write!(
                f,
                "{id} has not gone out, so there is nothing to tell counties yet: issue it first (`ccrov issue {id}`)"
            ),
            Refused::NothingToTell { id, tells: Some(kind) } => {
                write!(f, "there is no {} of {id} that a mail could tell", kind.word())
            }
            Refused::NotWithdrawn(why) => why.fmt(f),
            Refused::NotADelay(why) => why.fmt(f),
            Refused::NotFromWord(why) => why.fmt(f),
            Refused::StaysIssued { id, why, instead } if instead.is_empty() => {
                write!(f, "{id} stays as it is: {why}")
            }
            Refused::StaysIssued { id, why, instead } => write!(f, "{id} stays as it is: {why}; {instead}"),
            Refused::NoSchedule { why } => f.write_str(why),
            Refused::NoDelay { release } => write!(
                f,
                "{release} has no delay yet; `ccrov slip {release} --move ...` records one"
            ),
            Refused::NoProposal { release } => write!(
                f,
                "nothing is proposed of {release}; `ccrov slip {release} --propose --move ...` proposes a delay"
            ),
            Refused::OnlyProposed { id } => {
                write!(f, "memo {id} tells a delay that is only proposed: record it first")
            }
            Refused::Conflict { release, .. } => {
                write!(f, "with this delay, dates of {release} conflict")
            }
            Refused::TooManyDelays { knows, name, delays } => write!(
                f,
                "--knows is {knows}, and {name} has {}",
                counted(*delays, "delay")
            ),
            Refused::Faults(findings) => {
                let keep = if findings.errors() == 1 { "keeps" } else { "keep" };
                write!(f, "{} {keep} this from being done", counted(findings.errors(), "fault"))
            }
            Refused::Unpublishable { .. } => {
                f.write_str("nothing was published; correct the faults, run `ccrov build`, and publish again")
            }
            Refused::NotCurrent { stale, .. } => write!(
                f,
                "{} in output/ {} not what memos/ and templates/ say now; `ccrov build --anew` brings them up to date. Nothing \
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
                "{file} is not a manifest: {why}; take back what was changed in it, or make it anew: `ccrov build --adopt`"
            ),
            Refused::NoWords { words } => write!(f, "`{words}` has no letter and no figure to look for"),
            Refused::OutputLeadsOut { folder } => write!(
                f,
                "{folder} is a link out of the working folder; remove it, or name it with --out"
            ),
            Refused::OutputOfOthers { folder } => write!(
                f,
                "{folder} has what was built of another working folder; nothing was written; name another folder with --out"
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
            Refused::Journal(why) => why.fmt(f),
            Refused::Disk(why) => why.fmt(f),
        }
    }
}
