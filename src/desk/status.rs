//! All memos, and what each still needs before it can be issued.

use std::{
    cmp::Ordering,
    collections::{BTreeMap, BTreeSet},
};

use chrono::NaiveDate;
use serde::{Serialize, Serializer};

use super::{
    OpenProposal, Refused, Reviewed,
    approval::{since, written},
    comments::{open_comments, open_comments_words},
    open_proposals, output_plan,
    publish::targets,
};
use crate::{
    build::{Build, Scope, build},
    diagnostic::{Code, Findings, Severity, SourceId},
    folder::{Published, Snapshot, Unchanged},
    model::{Status, date},
    output::{Manifest, MemoEntry},
    records::Readings,
    words::counted,
    yaml::{Entry, outline, value},
};

/// All memos.
#[derive(Debug, Serialize)]
pub struct StatusReport {
    /// The memos whose files could be read, in the order of the table.
    pub memos: Vec<MemoStatus>,
    /// How many there are of each kind, as a sentence.
    pub summary: String,
    /// Whether there is a file or folder that cannot be read.
    pub is_incomplete: bool,
    /// The names of memos whose file cannot be read.
    pub unread: Vec<String>,
    /// What has gone out and is not yet where visitors read it, as far as this folder knows.
    pub unpublished: Vec<Unpublished>,
    /// The delays that are only proposed.
    pub proposals: Vec<OpenProposal>,
    /// Every fault and warning.
    #[serde(rename = "faults")]
    pub findings: Findings,
}

/// Memos that have gone out and are not at a target as they are now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unpublished {
    /// The target, as it was named.
    pub target: String,
    /// The memos' ids.
    pub memos: Vec<String>,
}

/// What has gone out and is not at the targets that the office names, or to which something was published from here.
pub fn unpublished(snapshot: &Snapshot, manifest: &Manifest) -> Vec<Unpublished> {
    let published = Published::of(&*snapshot.folder);
    let missing = |target: String| Unpublished { memos: published.missing_at(&target, manifest), target };
    targets(snapshot).into_iter().map(missing).filter(|unpublished| !unpublished.memos.is_empty()).collect()
}

/// Where a memo stands, in the order of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It does not say a status that there is.
    Unclear,
    /// It says how far it has come.
    In(Status),
    /// It exists as a file only.
    Archived,
}

impl Serialize for State {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.word())
    }
}

/// A memo as the table shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MemoStatus {
    /// Its id.
    pub id: String,
    /// Its printed number.
    pub number: Option<String>,
    /// Its date: 8/31/2021; as written, where that is no date.
    pub date: String,
    #[serde(skip)]
    day: Option<NaiveDate>,
    /// Where it stands.
    pub state: State,
    /// What is to be done before it can be issued.
    pub left: String,
    /// Who reads it, or has approved it.
    pub review: Option<Reviewed>,
    /// Its subject.
    pub subject: String,
    /// Whether it is built as it is written now.
    pub built: bool,
    /// Whether it tells a delay that is only proposed, and therefore goes into output/ with drafts alone.
    pub proposed: bool,
    /// Whether a lock keeps its files as they were issued.
    pub locked: bool,
    /// Nothing but the next step is to be done.
    pub ready: bool,
    /// The faults in its own files, by their places among those of the report.
    pub faults: Vec<usize>,
}

/// Says of all memos where they stand. What was built and is as it was has nothing new to tell, and is not looked at.
///
/// # Errors
/// [`Refused`] of the disk if the manifest of the output folder cannot be read.
pub fn status(snapshot: &Snapshot) -> Result<StatusReport, Refused> {
    let before = output_plan::manifest(snapshot)?;
    let unchanged = Unchanged::since_build(snapshot);
    let scope = Scope { unchanged: unchanged.of_this_program(), proposals: true, ..Scope::of(&[], &before) };
    let mut readings = Readings::default();
    let built = build(snapshot, &mut readings, &scope, snapshot.faults());
    let mut memos = rows(&built, |_| true);
    tell_reviews(&mut memos, snapshot, &mut readings);
    let read: BTreeSet<&String> = snapshot.texts.memos.iter().map(|(id, _)| id).collect();
    let unread: Vec<String> = snapshot.memos.iter().filter(|id| !read.contains(id)).cloned().collect();
    let is_incomplete = !unread.is_empty() || !snapshot.is_whole();
    let summary = summary(&memos);
    let findings = Findings { faults: built.faults, sources: built.sources };
    let unpublished = unpublished(snapshot, &before);
    let proposals = open_proposals(snapshot);
    Ok(StatusReport { memos, summary, is_incomplete, unread, unpublished, proposals, findings })
}

/// The memos that are wanted, as far as their files could be read, in the order of the table.
pub fn rows(made: &Build, wanted: impl Fn(&str) -> bool) -> Vec<MemoStatus> {
    let wanted = made.memos.iter().filter(|(id, _)| wanted(id));
    let known = MemoIndex::new(made);
    let mut rows: Vec<MemoStatus> = wanted.map(|(id, source)| row(id, *source, &known)).collect();
    rows.sort_by(MemoStatus::order);
    rows
}

/// Says of approved memos whether they would be printed otherwise by now, and of all how many comments are open.
pub(crate) fn tell_reviews(rows: &mut [MemoStatus], snapshot: &Snapshot, readings: &mut Readings) {
    let approved = rows.iter().filter(|row| row.state == State::In(Status::Approved));
    let changed = since(snapshot, &written(snapshot, approved.map(|row| row.id.as_str())), readings).changed;
    for row in rows.iter_mut().filter(|row| changed.contains(&row.id)) {
        let again = "approve it again (changed)";
        row.left = if row.ready { again.to_owned() } else { format!("{}, {again}", row.left) };
        row.ready = false;
    }
    for row in rows {
        if let Some(comments) = open_comments_words(open_comments(snapshot, &row.id)) {
            row.left = if row.left.is_empty() { comments } else { format!("{}, {comments}", row.left) };
        }
    }
}

impl MemoStatus {
    /// How far it has come, its date, its name.
    pub fn order(&self, other: &MemoStatus) -> Ordering {
        (self.state.place(), self.day, &self.id).cmp(&(other.state.place(), other.day, &other.id))
    }
}

impl State {
    fn place(self) -> Option<usize> {
        match self {
            State::Unclear => None,
            State::In(status) => Status::ALL.iter().position(|known| *known == status),
            State::Archived => Some(Status::ALL.len()),
        }
    }

    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            State::Unclear => "unclear",
            State::In(status) => status.word(),
            State::Archived => "archived",
        }
    }

    /// The next step of a memo that lacks nothing.
    fn next(self) -> Option<&'static str> {
        match self {
            State::In(Status::Draft) => Some("review it"),
            State::In(Status::Review) => Some("approve it"),
            State::In(Status::Approved) => Some("issue it"),
            _ => None,
        }
    }
}

/// What is known of all memos, by what it is asked by.
struct MemoIndex<'m> {
    made: &'m Build,
    /// The places of faults among all, by the file that they stand in.
    faults: BTreeMap<&'m str, Vec<usize>>,
    /// The memos that are built as they are written now.
    built: BTreeMap<&'m str, &'m MemoEntry>,
    outdated: BTreeSet<&'m str>,
}

impl<'m> MemoIndex<'m> {
    fn new(made: &'m Build) -> MemoIndex<'m> {
        let mut faults: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (at, fault) in made.faults.iter().enumerate() {
            faults.entry(&made.sources.get(fault.place.source).name).or_default().push(at);
        }
        let ids = made.built.iter().map(|printed| printed.entry.id.as_str());
        let ids: BTreeSet<&str> = ids.chain(made.unchanged.iter().map(String::as_str)).collect();
        let built = made.after.memos.iter().map(|entry| (entry.id.as_str(), entry));
        let built = built.filter(|(id, _)| ids.contains(id)).collect();
        MemoIndex { made, faults, built, outdated: made.outdated.iter().map(String::as_str).collect() }
    }
}

/// The places of a memo's faults: those in its own file, and in those beside it that it names.
fn own_faults(file: &str, written: &[Entry], known: &MemoIndex<'_>) -> Vec<usize> {
    let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
    let beside = written
        .iter()
        .filter_map(|entry| entry.text.as_ref())
        .filter(|text| !text.contains('\n'))
        .map(|name| format!("{folder}/{name}"));
    let own: BTreeSet<String> = beside.chain([file.to_owned()]).collect();
    let faults = own.iter().filter_map(|name| known.faults.get(name.as_str())).flatten();
    let mut faults: Vec<usize> = faults.copied().collect();
    faults.sort_unstable();
    faults
}

fn row(id: &str, source: SourceId, known: &MemoIndex<'_>) -> MemoStatus {
    let made = known.made;
    let file = made.sources.get(source);
    let written = outline(&file.text).unwrap_or_default();
    let value = |path: &str| value(&written, path);
    let faults = own_faults(&file.name, &written, known);
    let of = |severity| faults.iter().filter(|at| made.faults[**at].code.severity() == severity).count();
    let by_hand = faults.iter().filter(|at| made.faults[**at].code == Code::IssuedByHand).count();
    let (errors, warnings) = (of(Severity::Error), of(Severity::Warning) - by_hand);
    let built = known.built.get(id).copied();

    let state = match value("status").and_then(|status| status.parse().ok()) {
        Some(status) => State::In(status),
        None if value("archive") == Some("true") => State::Archived,
        None => State::Unclear,
    };
    let day = value("date").and_then(|day| date::read(day).ok());
    let subject = built.map(|memo| memo.title.as_str()).or(value("subject")).unwrap_or_default();
    let mut left = Vec::new();
    if matches!(state, State::In(Status::Draft | Status::Review)) && value("number").is_none() {
        left.push("number it".to_owned());
    }
    let tells_proposal = made.proposing.contains(id);
    match (errors, built) {
        (0, None) => left.push("correct faults in other files".to_owned()),
        (0, Some(_)) => {}
        _ => left.push(format!("correct {}", counted(errors, "fault"))),
    }
    if known.outdated.contains(id) {
        left.push("write a memo that updates it".to_owned());
    }
    if tells_proposal {
        left.push("record the proposed delay".to_owned());
    }
    if by_hand > 0 {
        left.push("issue it (it has no lock)".to_owned());
    }
    if warnings > 0 {
        left.push(format!("look at {}", counted(warnings, "warning")));
    }
    let ready = left.is_empty();
    if ready {
        left.extend(state.next().map(str::to_owned));
    }
    MemoStatus {
        id: id.to_owned(),
        number: value("number").map(str::to_owned),
        date: day.map_or_else(|| value("date").unwrap_or_default().to_owned(), date::table),
        day,
        state,
        left: left.join(", "),
        review: Reviewed::of(&written),
        subject: subject.split_whitespace().collect::<Vec<_>>().join(" "),
        built: built.is_some(),
        proposed: tells_proposal,
        locked: made.locked.contains(id),
        ready,
        faults,
    }
}

/// "3 memos: 1 draft, 1 ready to issue, 1 issued."
pub fn summary(rows: &[MemoStatus]) -> String {
    let word = |row: &MemoStatus| match row.state {
        State::In(Status::Review) => "in review",
        State::In(Status::Approved) if row.ready => "ready to issue",
        state => state.word(),
    };
    let mut counts: Vec<(&str, usize)> = Vec::new();
    for word in rows.iter().map(word) {
        match counts.iter_mut().find(|(known, _)| *known == word) {
            Some((_, count)) => *count += 1,
            None => counts.push((word, 1)),
        }
    }
    let counts: Vec<_> = counts.iter().map(|(word, count)| format!("{count} {word}")).collect();
    let faults = !rows.iter().all(|row| row.built);
    let more = if faults { " `ccrov check` shows the faults." } else { "" };
    format!("{}: {}.{more}", counted(rows.len(), "memo"), counts.join(", "))
}
