//! What a person asks for: begin a memo, record a delay, issue, correct, withdraw, publish, see what is to be done.
//!
//! In: a [`Snapshot`] of a working folder and a typed request: ids, dates, numbers. Out: a [`Plan`](crate::folder::Plan) with its report, or a
//! report alone; or why not ([`Refused`]). Everything here is a function of what it is given: no clock, no terminal, no
//! writing, which is [`WorkingFolder::commit`](crate::folder::WorkingFolder::commit). Not here: how a request is typed
//! and how a report is shown.

mod announcement;
mod approval;
mod attach;
mod brought;
mod build;
mod carried;
mod check;
mod coming;
mod comments;
mod copies;
mod correct;
mod correct_fact;
mod delete;
mod diff;
mod doctor;
mod facts;
mod fields;
mod find;
mod follow;
mod followers;
mod give;
mod import;
mod init;
mod issue;
mod issue_report;
mod issued_memos;
mod mail;
mod mail_words;
mod memo_list;
mod mentions;
mod new_memo;
mod new_release;
mod numbers;
mod output_plan;
mod own_file;
mod publish;
mod refused;
mod review;
mod review_file;
mod review_mail;
mod reviewed;
mod schedule_name;
mod sheet;
mod slip;
mod status;
mod taken;
mod tasks;
mod text_changes;
mod undo_issue;
mod uses;
mod why;
mod withdraw;
mod word_back;
mod word_file;
mod word_head;
mod word_memo;

use std::{path::PathBuf, sync::Arc, time::SystemTime};

use chrono::NaiveDate;
use serde::Serializer;

pub use attach::{AttachReport, AttachedName, BroughtFile, LARGEST_ATTACHED, attach, new_memo_with};
pub use brought::BroughtChange;
pub use build::{BuildReport, BuildRequest, FileState, Stale, and_build, build};
pub use check::{CheckReport, check};
pub use coming::{ComingDate, ComingFrom, coming};
pub use comments::{
    Byline, Comment, CommentAnswer, CommentReport, CommentRequest, CommentStep, PlacedComment, comment,
    comments, memo_labels, open_comments_words,
};
pub use copies::{CopyReport, KeptCopy, LinePair, settle_copy, side_by_side};
pub use correct::{CorrectReport, correct};
pub use correct_fact::{FactCorrection, PrintedFact, correct_fact, fact_words, printed_facts};
pub use delete::{DeleteReport, delete_draft, delete_release};
pub use diff::{DiffForm, DiffRequest, Difference, diff};
pub use doctor::{DoctorReport, PastChange, doctor};
pub use facts::{Fact, facts};
pub use fields::{
    Choice, Field, FieldChange, FieldConflict, FieldsReport, FormReport, FormRequest, ItemChange, SetReport,
    SourceFile, TextReport, TypedField, TypedList, bring_back, fields, fields_with, file_faults, is_locked,
    restore_texts, save_form, save_text, set, texts,
};
pub use find::{FindReport, FindRequest, Hit, find};
pub use follow::{
    FollowOffer, FollowReport, FollowWish, FollowedReport, OfferedRule, follow_rules, offered_rules,
};
pub use followers::{Followers, followers};
pub use give::{GivenDrafts, LeavingPerson, give_drafts, leaving};
pub use import::{ImportReport, RefusedRow, import};
pub use init::{InitReport, init};
pub use issue::{CorrectionRequest, IssueRequest, issue};
pub use issue_report::{IssueReport, IssuedMemo, MemoLeftOut};
pub use issued_memos::issued_memos;
pub use mail::{MailKind, MailReport, MailRequest, mail, unmailed};
pub use memo_list::{ListedMemo, memo_list};
pub use mentions::{Mention, mentions};
pub use new_memo::{CarriedText, NewMemo, NewMemoReport, Origin, new_memo};
pub use new_release::{CopiedDate, NewMilestone, NewPlan, NewRelease, NewReleaseReport, new_release};
pub use output_plan::manifest;
pub use publish::{
    Publication, PublishReport, PublishRequest, PublishedFile, PublishedMemo, build_and_publish, publish,
    targets, undo,
};
pub use refused::{
    Blank, NotADelay, NotATable, NotAttached, NotFromWord, NotWithdrawn, RefusalKind, Refused, Thing,
};
pub use review::{ReviewReport, ReviewRequest, ReviewStep, review, review_mark};
pub use review_mail::{ReviewMailReport, ReviewMailRequest, review_mail};
pub use reviewed::Reviewed;
pub use sheet::{
    ChangeKind, ColumnChoice, DateQuestion, FileTable, OwnerAnswer, OwnerQuestion, RowAnswer, RowQuestion,
    SheetChange, SheetColumn, SheetMilestone, SheetMoves, SheetReport, SheetRequest, TextTable, copied_steps,
    exported_steps, paste_sheet, sheet_moves, slip_with_sheet, table_of, tables_in_text,
};
pub use slip::{
    AnswerOf, AnsweredClosedDay, ClosedAnswer, ClosedQuestion, DateMove, DateReturn, DelayMarks, DoneAnswers,
    DoneQuestion, DroppedProposal, LastDelay, MemoOfRelease, MilestoneMove, MovableMilestone, MovableRelease,
    OpenProposal, ProposalNote, SlipPurpose, SlipReport, SlipRequest, StayingDates, Timeline, TimelineRow,
    WhatFollows, delay_marks, drop_proposal, has_proposals, last_delay, last_request, movable, open_proposal,
    open_proposals, proposed_request, slip, take_back_delay, timeline,
};
pub(crate) use status::tell_reviews;
pub use status::{MemoStatus, State, StatusReport, Unpublished, rows, status, summary, unpublished};
pub use taken::{ChangeChoice, TakenChanges};
pub use tasks::{CellDate, NewStep, TaskDates, TypedTasks, save_tasks, task_fields, task_ids, typed_tasks};
pub use text_changes::{ComparedText, TextChanges, TextChoice, compare_texts};
pub use undo_issue::{OpenTarget, UndoIssueReport, UndoneIssue, undo_issue};
pub use uses::{Uses, uses};
pub use why::{WhyLine, WhyReport, WhyRequest, why};
pub use withdraw::{WithdrawReport, WithdrawRequest, withdraw};
pub use word_back::{
    ChangePlace, ChangeStanding, ReviewerChange, ReviewerChangeKind, WordBackReport, WordBackRequest,
    word_back,
};
pub use word_file::{WordFileReport, WordFileRequest, compared_copies, sent_copies, word_file};
pub use word_memo::is_word_name;

use crate::{
    diagnostic::{SourceId, offer},
    folder::{Disk, EarlierTexts, ReadError, Snapshot, Turn, WorkingFolder, stem},
    model::{Status, date},
    yaml::{Entry, value},
};

/// A working folder under the eyes of an operation: read once, and again only where it changed.
pub struct Desk {
    folder: Arc<dyn Disk>,
    output: Arc<dyn Disk>,
    elsewhere: Option<Arc<dyn Disk>>,
    program: Option<SystemTime>,
    /// The texts that were read last.
    earlier: EarlierTexts,
    /// Where it is on disk: there, others may be writing.
    root: Option<PathBuf>,
}

impl Desk {
    /// A desk at a working folder on disk.
    pub fn at(folder: &WorkingFolder) -> Desk {
        let root = Some(folder.root().to_owned());
        Desk { elsewhere: folder.elsewhere(), root, ..Desk::over(folder.disk(), folder.own_output()) }
    }

    /// A desk at any folder, and at the output folder that belongs to it.
    pub fn over(folder: Arc<dyn Disk>, output: Arc<dyn Disk>) -> Desk {
        Desk { folder, output, elsewhere: None, program: None, earlier: EarlierTexts::new(), root: None }
    }

    /// Says when the program that runs was put in place: what a program since then has built, and nobody touched, is not
    /// built again.
    #[must_use]
    pub fn of_program(self, since: Option<SystemTime>) -> Desk {
        Desk { program: since, ..self }
    }

    /// Reads a file the next time, be its size and date as they were: somebody says that it was saved.
    pub fn forget(&mut self, path: &str) {
        self.earlier.remove(path);
    }

    /// The folder as it is now. Only texts that have changed since the last time are read.
    ///
    /// # Errors
    /// [`Refused::NoFolder`]; [`Refused::Unreadable`] if it cannot be listed. What cannot be read of the folder is in [`Snapshot::unread`].
    pub fn snapshot(&mut self) -> Result<Snapshot, Refused> {
        if let Err(why) = self.folder.list("") {
            let folder = output_plan::trimmed(&self.folder.shown(""));
            return Err(match why {
                ReadError::Missing => Refused::NoFolder { folder },
                why => Refused::Unreadable { file: folder, why },
            });
        }
        let _reading = self.root.as_deref().and_then(Turn::reading);
        let (folder, output) = (Arc::clone(&self.folder), Arc::clone(&self.output));
        let mut snapshot = Snapshot::read(folder, output, self.program, &mut self.earlier);
        snapshot.elsewhere.clone_from(&self.elsewhere);
        Ok(snapshot)
    }
}

/// Plans and commits once more, if somebody else has written the folder in between: what every front end does.
pub(crate) fn again_if_stale<R>(mut attempt: impl FnMut() -> Result<R, Refused>) -> Result<R, Refused> {
    for _ in 0..4 {
        match attempt() {
            Err(Refused::Disk(failed)) if failed.is_stale() => {}
            ended => return ended,
        }
    }
    attempt()
}

/// The ids of memos that were named by their ids or files.
fn known(snapshot: &Snapshot, memos: &[String]) -> Result<Vec<String>, Refused> {
    let known = |memo: &String| {
        let id = stem(memo);
        if snapshot.memos.contains(&id) { Ok(id) } else { Err(no_memo(&id, snapshot)) }
    };
    memos.iter().map(known).collect()
}

/// How far a memo says that it has come, if it says so.
fn written_status(entries: &[Entry]) -> Option<Status> {
    value(entries, "status").and_then(|status| status.parse().ok())
}

fn no_memo(id: &str, snapshot: &Snapshot) -> Refused {
    let offer = offer(id, snapshot.memos.iter().map(String::as_str));
    Refused::Unknown { thing: Thing::Memo, name: id.to_owned(), offer }
}

/// A release by the name of its file: its id, and its text.
fn release_named(snapshot: &Snapshot, name: &str) -> Result<(String, SourceId), Refused> {
    let id = stem(name);
    let releases = &snapshot.texts.releases;
    match releases.iter().find(|(known, _)| *known == id) {
        Some((_, source)) => Ok((id, *source)),
        None => Err(no_release(&id, releases.iter().map(|(known, _)| known.as_str()))),
    }
}

fn no_release<'k>(id: &str, known: impl IntoIterator<Item = &'k str> + Clone) -> Refused {
    Refused::Unknown { thing: Thing::Release, name: id.to_owned(), offer: offer(id, known) }
}

/// A day in a report: 2021-08-31.
fn iso<S: Serializer>(day: &NaiveDate, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&date::iso_text(*day))
}

/// A day in a report, if there is one.
fn iso_or_nothing<S: Serializer>(day: &Option<NaiveDate>, serializer: S) -> Result<S::Ok, S::Error> {
    match day {
        Some(day) => iso(day, serializer),
        None => serializer.serialize_none(),
    }
}
