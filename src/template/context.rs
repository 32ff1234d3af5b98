//! Everything that a template can see, under the names that docs/format.md lists.
//!
//! In: the model and the resolved plan. Out: views that serialise. A date is its prose; what a memo
//! does not have is left out, so that naming it is a fault with a place.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use super::deadlines::DeadlineView;
use crate::{
    model::{
        ById, Contact, Election, Environment, Holder, Letterhead, Memo, Office, Plan, Shift, Tbd, Window,
        date,
    },
    schedule::{KnownMilestone, PlanKnowledge},
};

/// The names that have a value in a memo alone.
pub(super) const OF_MEMO: [&str; 6] =
    ["memo", "office_holder", "letterhead", "contact", "election", "deadline_rows"];

/// What is known before any text is filled in.
#[derive(Serialize)]
pub(super) struct MemoContext<'a> {
    pub memo: MemoView<'a>,
    office_holder: HolderView<'a>,
    letterhead: LetterheadView<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    contact: Option<ContactView<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    election: Option<ElectionView<'a>>,
    /// The deadlines that it lists itself, once their texts are filled in.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub deadline_rows: Vec<DeadlineView>,
    #[serde(flatten)]
    common: CommonContext<'a>,
}

/// What is known without a memo.
#[derive(Serialize)]
pub(super) struct CommonContext<'a> {
    state: &'a str,
    /// The office's word for a date that nobody knows yet, if it has one of its own; the filters know the usual one.
    #[serde(skip_serializing_if = "is_usual")]
    tbd: &'a str,
    elections: BTreeMap<String, ElectionView<'a>>,
    contacts: BTreeMap<String, ContactView<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    release: Option<ReleaseView<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    environment: Option<EnvironmentView<'a>>,
    milestones: BTreeMap<String, MilestoneView>,
}

#[derive(Serialize)]
pub(super) struct MemoView<'a> {
    id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<&'a str>,
    date: String,
    year: i32,
    month: &'static str,
    status: &'static str,
    initials: &'a str,
    signed: bool,
    /// Each addressee's lines.
    to: Vec<Vec<&'a str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    withdrawn: Option<String>,
    corrections: Vec<CorrectionView<'a>>,
    from: Vec<OriginatorView<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// The subject as it stands in RE, a text a line.
    pub subject_lines: Vec<String>,
}

#[derive(Serialize)]
struct CorrectionView<'a> {
    date: String,
    what: &'a str,
}

#[derive(Serialize)]
struct OriginatorView<'a> {
    name: &'a str,
    title: &'a str,
}

#[derive(Serialize)]
struct HolderView<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    degree: Option<&'a str>,
    title: &'a str,
}

#[derive(Serialize)]
pub(super) struct LetterheadView<'a> {
    id: &'a str,
    division: &'a str,
    address: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    tel: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fax: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    web: Option<&'a str>,
}

#[derive(Serialize)]
struct ElectionView<'a> {
    name: &'a str,
    date: String,
}

#[derive(Serialize)]
struct ContactView<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    phone: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<&'a str>,
}

#[derive(Serialize)]
struct ReleaseView<'a> {
    id: &'a str,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    system: Option<&'a str>,
}

#[derive(Serialize)]
struct EnvironmentView<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    short: Option<&'a str>,
}

/// A milestone as far as is known, before the last delay, and in the first plan.
#[derive(Serialize)]
struct MilestoneView {
    date: String,
    start: String,
    end: String,
    window: String,
    /// Whether the last delay that the memo knows moved it.
    moved: bool,
    /// Where that delay moved it: "later", "earlier", "put off" to a day that nobody knows yet, or "set" from such a day; of what
    /// stays, "past" if it is over on the memo's date, else "stays".
    r#move: &'static str,
    /// Whether it is over on the memo's date, as far as anybody says.
    past: bool,
    /// Whether its day has passed, and it has not been.
    overdue: bool,
    /// Whether its day, or its first day, is known.
    known: bool,
    before: WindowView,
    first: WindowView,
}

#[derive(Serialize)]
struct WindowView {
    date: String,
    start: String,
    end: String,
    window: String,
}

/// A delay that is known, its cause filled in.
#[derive(Serialize)]
pub(super) struct DelayView {
    pub announced: String,
    pub cause: String,
}

/// What is attached.
#[derive(Serialize)]
pub(super) struct AttachmentView {
    pub title: String,
    /// The text of one that becomes a part of the memo.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub markdown: Option<String>,
    /// The name of one that is published beside the memo.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub href: Option<String>,
    /// "PDF, 12 pages, 340 KB" of one that is published beside the memo.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
}

/// A text that is attached, its texts filled in.
#[derive(Serialize)]
pub(super) struct AttachedTextView<'a> {
    pub title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revised: Option<&'a str>,
    pub to: Vec<Vec<&'a str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub letterhead: Option<LetterheadView<'a>>,
    pub body: String,
}

/// The schedule, its texts filled in.
#[derive(Debug, Serialize, Default)]
pub struct ScheduleView {
    /// "Schedule for the County Test Environment".
    pub title: String,
    /// Which one: "November 21, 2021, Release".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edition: Option<String>,
    /// Title and edition: what is listed under "Attachment".
    pub name: String,
    /// The paragraph above the table.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub introduction: Option<String>,
    /// The paragraph below the table.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// What the star at a date means.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rolled_note: Option<String>,
    /// "Steps 1 through 13".
    pub completed_steps: String,
    /// How many these are.
    pub completed_count: usize,
    /// The rows of what remains.
    pub remaining: Vec<StepRow>,
    /// The rows of what is completed as of the memo's date.
    pub completed: Vec<StepRow>,
}

/// A row of a schedule, as printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StepRow {
    /// The task's stable name.
    pub id: String,
    /// The printed step.
    pub step: String,
    /// Who is responsible.
    pub owner: String,
    /// What is to be done.
    pub text: String,
    /// What must not be overlooked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub warning: Option<String>,
    /// When it starts.
    pub start: String,
    /// When it ends.
    pub end: String,
    /// The same two dates alone, as other programs read them.
    #[serde(skip)]
    pub dates: [String; 2],
}

impl<'a> MemoContext<'a> {
    pub fn new(
        office: &'a Office,
        holder: &'a Holder,
        memo: &'a Memo,
        known: Option<&PlanKnowledge<'_>>,
    ) -> MemoContext<'a> {
        MemoContext {
            memo: MemoView::new(memo),
            office_holder: HolderView {
                name: &holder.name,
                degree: holder.degree.as_deref(),
                title: &holder.title,
            },
            letterhead: letterhead(&memo.letterhead),
            contact: memo.contact.as_deref().map(contact),
            election: memo.election.as_deref().map(election),
            deadline_rows: Vec::new(),
            common: CommonContext::new(office, memo.plan.as_deref(), known),
        }
    }
}

impl<'a> CommonContext<'a> {
    pub fn new(
        office: &'a Office,
        plan: Option<&'a Plan>,
        known: Option<&PlanKnowledge<'_>>,
    ) -> CommonContext<'a> {
        CommonContext {
            state: &office.state,
            tbd: &office.tbd,
            elections: views(&office.elections, election),
            contacts: views(&office.contacts, contact),
            release: plan.and_then(|plan| {
                let (id, name) = (plan.id.as_ref()?.as_str(), plan.name.as_deref()?);
                Some(ReleaseView { id, name, system: plan.system.as_deref() })
            }),
            environment: plan.and_then(|plan| plan.environment.as_ref()).map(environment),
            milestones: known
                .iter()
                .flat_map(|known| known.milestones.iter().map(|m| (m, known.as_of)))
                .map(|(m, as_of)| (m.id.variable(), milestone(m, as_of)))
                .collect(),
        }
    }
}

impl<'a> MemoView<'a> {
    fn new(memo: &'a Memo) -> MemoView<'a> {
        MemoView {
            id: memo.id.as_str(),
            number: memo.number.as_deref(),
            date: date::prose(memo.date),
            year: chrono::Datelike::year(&memo.date),
            month: date::month(memo.date),
            status: memo.status.word(),
            initials: &memo.analyst.initials,
            signed: memo.signed,
            to: address_lines(&memo.to),
            why: memo.why.as_deref(),
            withdrawn: memo.withdrawn.map(date::prose),
            corrections: memo
                .corrections
                .iter()
                .map(|c| CorrectionView { date: date::prose(c.date), what: &c.what })
                .collect(),
            from: memo.from.iter().map(|o| OriginatorView { name: &o.name, title: &o.title }).collect(),
            subject: None,
            subject_lines: Vec::new(),
        }
    }
}

/// The entries without faults, under the names of templates.
fn views<'a, T, V>(table: &'a ById<T>, view: impl Fn(&'a T) -> V) -> BTreeMap<String, V> {
    table.iter().filter_map(|(id, entry)| Some((id.variable(), view(entry.as_deref()?)))).collect()
}

pub(super) fn letterhead(l: &Letterhead) -> LetterheadView<'_> {
    LetterheadView {
        id: l.id.as_str(),
        division: &l.division,
        address: &l.address,
        tel: l.tel.as_deref(),
        fax: l.fax.as_deref(),
        web: l.web.as_deref(),
    }
}

/// Each addressee's lines.
pub(super) fn address_lines(to: &[String]) -> Vec<Vec<&str>> {
    to.iter().map(|to| to.lines().map(str::trim).collect()).collect()
}

fn election(e: &Election) -> ElectionView<'_> {
    ElectionView { name: &e.name, date: date::prose(e.date) }
}

fn contact(c: &Contact) -> ContactView<'_> {
    ContactView { name: &c.name, phone: c.phone.as_deref(), email: c.email.as_deref() }
}

fn environment(e: &Environment) -> EnvironmentView<'_> {
    EnvironmentView { name: &e.name, short: e.short.as_deref() }
}

fn is_usual(tbd: &&str) -> bool {
    *tbd == Tbd::WORD
}

fn milestone(m: &KnownMilestone<'_>, as_of: NaiveDate) -> MilestoneView {
    let WindowView { date, start, end, window } = window_view(&m.now);
    let (before, first) = (window_view(&m.before), window_view(&m.first));
    let known = m.now.start.known().is_some();
    let is_over = m.now.end.known().is_some_and(|end| end < as_of);
    let (past, overdue) = (m.completed, is_over && !m.completed);
    let shift = Window::shift(&m.before, &m.now);
    let r#move = match shift {
        Shift::Stays if past => "past",
        Shift::Stays => "stays",
        Shift::Later => "later",
        Shift::Earlier => "earlier",
        Shift::PutOff => "put off",
        Shift::Set => "set",
        Shift::Reworded => "reworded",
    };
    MilestoneView {
        date,
        start,
        end,
        window,
        moved: shift != Shift::Stays,
        r#move,
        past,
        overdue,
        known,
        before,
        first,
    }
}

fn window_view(w: &Window) -> WindowView {
    WindowView { date: w.start.prose(), start: w.start.prose(), end: w.end.prose(), window: w.prose() }
}
