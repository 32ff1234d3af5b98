//! A release as an analyst writes it, read and resolved without a folder.

use ccrov::{
    diagnostic::{Faults, Sources},
    model::{Plan, date},
    records::{self, Records, Texts},
    schedule::{Edge, Part, PlanItem, Resolved, check, resolve},
};
use chrono::NaiveDate;

/// The state keeps its own holidays; the counties are closed on all legal ones, and for their fair.
pub const OFFICE: &str = "
state: State of California
office_holders: {starting: 2015-01-01, name: Shirley N. Weber, title: Secretary of State}
letterheads: {elections: {division: Elections Division, address: 1500 11th Street}}
people: {ana-ruiz: {name: Ana Ruiz, initials: ar, titles: Elections Analyst}}
calendars:
  state: {name: State offices, holidays: state-offices}
  counties: {name: Counties, holidays: legal, closed: {date: 2024-07-05, reason: Fair}}
entities:
  sos: {name: SOS, calendar: state}
  counties: {name: All Counties, calendar: counties}
  cgi: CGI
elections: {general-2024: {name: General Election, date: 2024-11-05}}
published_as: ccrov/{{ memo.id }}
";

/// A folder's office and its release.
pub struct Read {
    pub working: Records,
    pub sources: Sources,
}

pub fn day(text: &str) -> NaiveDate {
    date::read(text).unwrap()
}

pub fn read(office: &str, release: &str) -> (Option<Read>, Faults) {
    let (mut sources, mut faults) = (Sources::default(), Faults::default());
    let office = sources.add("memos/office.yaml", office);
    let release = sources.add("memos/releases/r.yaml", release);
    let texts = Texts { office: Some(office), releases: vec![("r".to_owned(), release)], ..Texts::default() };
    let working = records::read(&texts, &sources, &mut faults, |_| true);
    (working.map(|working| Read { working, sources }), faults)
}

/// Reads a release that has no fault.
pub fn good(release: &str) -> Read {
    let (read, faults) = read(OFFICE, release);
    assert!(faults.is_empty(), "{:#?}\n{release}", faults.into_sorted());
    read.unwrap()
}

/// The faults of a release, as somebody meets them who knows so many delays: the code, the stretch of
/// text that is marked, what was found, what was expected and what to type.
pub fn faults(release: &str, knows: usize, as_of: &str) -> Vec<String> {
    let (read, mut faults) = read(OFFICE, release);
    if let Some(read) = &read
        && let Some(plan) = read.plan()
        && let Some(resolved) = resolve(plan, knows, day(as_of), &mut faults)
    {
        check(&resolved, [], &read.sources, &mut faults);
    }
    let said = faults.into_sorted().into_iter().map(|fault| {
        let marked = &release[fault.place.range.clone()];
        let (code, message) = (fault.code.name(), &fault.message);
        format!("{code}: `{marked}`: {message}; {}; {}", fault.expected, fault.help)
    });
    said.collect()
}

impl Read {
    pub fn plan(&self) -> Option<&Plan> {
        self.working.releases.values().next().and_then(Option::as_deref)
    }

    pub fn resolved(&self, knows: usize, as_of: &str) -> Resolved<'_> {
        let mut faults = Faults::default();
        let resolved = resolve(self.plan().unwrap(), knows, day(as_of), &mut faults);
        resolved.unwrap_or_else(|| panic!("{:#?}", faults.into_sorted()))
    }

    /// "10/8/2024: as written", of a start or an end of a task by its id, or else a milestone.
    pub fn said(&self, of: &str, edge: Edge, knows: usize, as_of: &str) -> String {
        let (plan, resolved) = (self.plan().unwrap(), self.resolved(knows, as_of));
        let task = plan.tasks.iter().position(|task| task.id.as_str() == of).map(PlanItem::Task);
        let milestone = || plan.milestones.iter().position(|milestone| milestone.id.as_str() == of);
        let part = Part { thing: task.or_else(|| milestone().map(PlanItem::Milestone)).unwrap(), edge };
        let when = resolved.when(part).unwrap();
        format!("{}: {}", when.cell, resolved.reason(part).unwrap())
    }
}
