//! What an issue or a correction writes into a memo's own file; or why it writes nothing.
//!
//! In: a memo of an issue that is being planned. Out: the file's edits, its number, its new name. Not here: what is built of it.

use chrono::{Datelike as _, NaiveDate};

use super::{
    super::{Blank, brought::Brought, issue_report::MemoLeftOut, review::settled, written_status},
    CorrectionRequest, Issue, IssueRequest, LATER_DELAY, NOT_REVIEWED,
};
use crate::{
    folder::Snapshot,
    model::{Id, Memo, Status, date},
    records,
    yaml::{Entry, edit, edit::Value, outline, value},
};

impl<'a> Issue<'a> {
    /// Edits a memo's YAML for what is to be done with it.
    pub(super) fn prepare(&mut self, memo: &str) -> Result<(), MemoLeftOut> {
        self.prepared += 1;
        let entries = entries(memo, &self.edits.snapshot, self.wish)?;
        match &self.wish.correction {
            Some(correction) => self.correct(memo, correction, &entries),
            None => self.number(memo, &entries, written_status(&entries)),
        }
    }

    fn number(&mut self, memo: &str, entries: &[Entry], status: Option<Status>) -> Result<(), MemoLeftOut> {
        let refused = |reason: String, instead: &str| Err(left_as_it_is(memo, reason, instead));
        let anyway = self.reason_to_write(memo, entries, status)?;
        let mut number = value(entries, "number").map(str::to_owned);
        let mut set = Vec::new();
        if number.is_none() {
            let Some(year) =
                value(entries, "date").and_then(|day| date::read(day).ok()).map(|day| day.year())
            else {
                return refused(format!("{memo} has no date, so the year of its number is not known"), "");
            };
            number = self.numbers.next(year);
            if number.is_none() {
                return refused(format!("{year} has no number left for {memo}"), "");
            }
            self.years.insert(year);
            set.push(("number", number.as_deref()));
        }
        if status != Some(Status::Issued) {
            set.push(("status", Some("issued")));
        }
        if let Some(untold) = self.untold_delay(memo, entries) {
            return Err(untold);
        }
        let known = self.memo(memo).filter(|_| value(entries, "release").is_some()).map(|memo| memo.knows);
        let knows = known.map(|knows| knows.to_string());
        let pin = [("release", value(entries, "release")), ("knows", knows.as_deref())];
        let Some((source, text)) = self.edits.snapshot.memo(memo) else { return Ok(()) };
        let edited = edit::set(text, &set).and_then(|text| match knows {
            Some(_) => edit::set(&text, &pin),
            None => Some(text),
        });
        let edited = edited.and_then(|text| settled(&text, Status::Issued));
        let edited = edited.and_then(|text| match anyway {
            Some(reason) => edit::set_at(&text, &NOT_REVIEWED.parse().ok()?, &Value::Text(reason.to_owned())),
            None => Some(text),
        });
        let Some(edited) = edited else {
            let why = format!("{memo} cannot be edited in the way it is written");
            return refused(why, "set `status: issued` yourself");
        };
        if edited != text {
            let edited = edited.clone();
            self.edits.edit(source, &edited);
        }
        let first = memo.split('-').next().unwrap_or_default();
        let new = number.filter(|number| first != number && status != Some(Status::Issued));
        if let Some(new) = &new
            && self.edits.rename(memo, new).is_none()
        {
            return refused(format!("{memo} cannot be renamed to {new}"), "");
        }
        self.issuing.push((memo.to_owned(), new.unwrap_or_else(|| memo.to_owned())));
        Ok(())
    }

    /// Why a memo is issued that nobody has approved as it is, if it does not say so yet; or why it is not issued.
    fn reason_to_write(
        &self,
        memo: &str,
        entries: &[Entry],
        status: Option<Status>,
    ) -> Result<Option<&'a str>, MemoLeftOut> {
        let refused = |reason: String| Err(left_as_it_is(memo, reason, ""));
        if value(entries, "knows").is_some_and(|knows| knows.eq_ignore_ascii_case(records::PROPOSED)) {
            return refused("the memo tells a delay that is only proposed: record it first".to_owned());
        }
        let accepted = value(entries, NOT_REVIEWED).is_some();
        let anyway = self.wish.anyway.as_deref().map(str::trim).filter(|_| !accepted);
        let is_open = matches!(status, Some(Status::Draft | Status::Review));
        if is_open && !accepted && anyway.is_none() {
            let in_review = status == Some(Status::Review);
            return Err(MemoLeftOut::NotReviewed { id: memo.to_owned(), in_review });
        }
        let is_changed = self.approvals.changed.iter().any(|changed| changed == memo);
        if is_changed && !accepted && anyway.is_none() {
            return Err(MemoLeftOut::ChangedSinceApproval { id: memo.to_owned() });
        }
        match anyway {
            Some("") => refused(Blank::Anyway.to_string()),
            anyway => Ok(anyway.filter(|_| is_open || is_changed)),
        }
    }

    /// A delay that was announced after a memo's date, if the memo does not say whether it tells it.
    fn untold_delay(&self, id: &str, entries: &[Entry]) -> Option<MemoLeftOut> {
        let memo = self.memo(id).filter(|memo| memo.status.is_open())?;
        let plan = memo.plan.as_deref()?;
        let is_said = value(entries, "knows").is_some() || value(entries, LATER_DELAY).is_some();
        let (by_then, all) = (plan.announced_by(memo.date), plan.delays.len());
        let later = plan.delays.get(by_then).filter(|_| !is_said)?;
        let (id, of, announced) = (id.to_owned(), memo.date, later.announced);
        Some(MemoLeftOut::UntoldDelay { id, of, announced, by_then, all })
    }

    fn memo(&self, id: &str) -> Option<&Memo> {
        self.working.as_ref()?.memos.get(&id.parse::<Id>().ok()?)?.as_deref()
    }

    fn correct(
        &mut self,
        memo: &str,
        correction: &CorrectionRequest,
        entries: &[Entry],
    ) -> Result<(), MemoLeftOut> {
        let refused = |reason: String, instead: &str| Err(left_as_it_is(memo, reason, instead));
        let (what, id) = (correction.what.trim(), memo.to_owned());
        let brought = self.brought.get(memo);
        match brought {
            Some(Brought { is_edited: false, differences, by_program, .. })
                if differences.is_empty() || *by_program =>
            {
                return Err(MemoLeftOut::NothingToCorrect { id });
            }
            Some(found)
                if !found.differences.is_empty() && !found.by_program && !found.goes(&correction.changes) =>
            {
                let (is_edited, differences) = (found.is_edited, found.differences.clone());
                let (_, choices) = found.told(&correction.changes);
                return Err(MemoLeftOut::BringsChanges { id, is_edited, differences, choices });
            }
            _ => {}
        }
        if let Some(earlier) = last_day(entries).filter(|last| correction.date < *last) {
            let day = [correction.date, earlier].map(date::prose);
            let why = format!("{memo} cannot be corrected on {}: it says {} already", day[0], day[1]);
            return refused(why, "give a later day");
        }
        let all =
            |key| entries.iter().filter(move |entry| entry.path == key).filter_map(|e| e.text.as_deref());
        // A run that was interrupted has written it already, perhaps on an earlier day.
        let published = brought.map_or(0, |brought| brought.corrections);
        let written = all("corrections.date").zip(all("corrections.what")).skip(published).last();
        let there = written.filter(|(_, said)| *said == what).and_then(|(day, _)| date::read(day).ok());
        let there = there.filter(|there| !correction.is_dated || *there == correction.date);
        if there.is_none() {
            let item = Value::Map(vec![
                ("date".to_owned(), Value::Text(date::iso_text(correction.date))),
                ("what".to_owned(), Value::Text(what.to_owned())),
            ]);
            let Some((source, text)) = self.edits.snapshot.memo(memo) else { return Ok(()) };
            let Some(edited) = edit::append(text, "corrections", item, &["status", "date"]) else {
                let why = format!("{memo} cannot be edited in the way it is written");
                return refused(why, "write `corrections:` yourself");
            };
            self.edits.edit(source, &edited);
        }
        self.issuing.push((memo.to_owned(), memo.to_owned()));
        Ok(())
    }
}

/// The last day that a memo's file says of itself: its own, or that of its last correction.
fn last_day(entries: &[Entry]) -> Option<NaiveDate> {
    let days = entries.iter().filter(|entry| ["date", "corrections.date"].contains(&entry.path.as_str()));
    days.filter_map(|entry| date::read(entry.text.as_deref()?).ok()).max()
}

pub(super) fn left_as_it_is(memo: &str, reason: String, instead: &str) -> MemoLeftOut {
    MemoLeftOut::Refused { id: memo.to_owned(), reason, instead: instead.to_owned() }
}

/// What a memo's file says; or why it cannot be issued, or corrected, whatever else it says.
pub(super) fn entries(
    memo: &str,
    snapshot: &Snapshot,
    wish: &IssueRequest,
) -> Result<Vec<Entry>, MemoLeftOut> {
    let refused = |reason: String, instead: &str| Err(left_as_it_is(memo, reason, instead));
    let Some(entries) = snapshot.memo(memo).and_then(|(_, text)| outline(text)) else {
        return refused(format!("{memo} cannot be read"), &format!("`ccrov check {memo}` shows why"));
    };
    if value(&entries, "archive").is_some() {
        return refused(format!("{memo} is archived: it exists as a file only"), "");
    }
    let status = written_status(&entries);
    if status == Some(Status::Withdrawn) {
        return refused(format!("{memo} was withdrawn"), "");
    }
    if snapshot.unread_locks.contains(memo) {
        return refused(format!("the lock of {memo} cannot be read"), "put it back as it was");
    }
    match (&wish.correction, snapshot.has_lock(memo)) {
        (Some(_), true) if status != Some(Status::Issued) => refused(
            format!("{memo} was issued, and its file says otherwise"),
            "write `status: issued` again, then correct it",
        ),
        (Some(_), false) => refused(
            format!("{memo} has no lock, so nothing of it is kept"),
            &format!("`ccrov issue {memo}` publishes it as it is now"),
        ),
        (Some(correction), true) if correction.what.trim().is_empty() => {
            refused(Blank::Correction.to_string(), "")
        }
        (None, true) => Err(MemoLeftOut::IssuedAlready { id: memo.to_owned() }),
        (Some(_), true) | (None, false) => Ok(entries),
    }
}
