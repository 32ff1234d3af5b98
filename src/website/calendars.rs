//! Files that calendars import and subscribe to: of all dates, of each release, of each responsible entity, of each memo.
//!
//! In: rows. Out: a file each. An event is the same in all of them. What was announced once stays in its file: moved, or canceled.
//! Not here: what became of it (`announced`), how a file is written (`icalendar`).

use std::collections::BTreeSet;

use serde::Serialize;

use super::{
    MemoListing, Site,
    announced::{Announced, Gone, announced, has_day},
    entities::{EntityListing, known, owners},
    event_words::{span, summary},
    groups::groups,
    parts::Parts,
    schedules::release_name,
};
use crate::{
    icalendar::{self, DatedEvent, EventList, EventState},
    layout::{CalendarPath, full},
    model::date,
    output::{MemoEntry, OutputPath},
};

/// Makes them: those of a year's memos in a part of their own, which is made again if one of the memos that have to do with them
/// has changed.
pub(super) fn make(
    site: &Site<'_>,
    rows: &[MemoListing<'_>],
    entities: &[EntityListing<'_, '_>],
    parts: &mut Parts<'_, '_>,
) {
    let groups = groups(rows);
    parts.files("calendars", &made_from(site, &groups), || Ok((common(site, rows, entities, &groups), true)));
    let years: BTreeSet<i32> =
        groups.iter().flatten().filter(|row| has_file(row)).map(|row| row.year()).collect();
    for year in years {
        let wanted = |row: &MemoListing<'_>| has_file(row) && row.year() == year;
        let own: Vec<_> =
            groups.iter().filter(|group| group.iter().any(|row| wanted(row))).cloned().collect();
        let files = || own.iter().flat_map(|group| of_memos(site, group, wanted)).collect();
        parts.files(&format!("calendars/{year}"), &made_from(site, &own), || Ok((files(), true)));
    }
}

/// What the files of these memos are made from, besides what all of the website is.
fn made_from<'a>(site: &'a Site<'_>, groups: &'a [Vec<&MemoListing<'a>>]) -> impl Serialize + use<'a> {
    let entries: Vec<(&MemoEntry, bool)> =
        groups.iter().flatten().map(|row| (row.entry, row.behind)).collect();
    (entries, site.releases)
}

/// Whether a memo has a file of its own: it tells dates, and has gone out.
fn has_file(row: &MemoListing<'_>) -> bool {
    !row.entry.is_draft() && row.entry.dated().next().is_some()
}

/// Of all dates, of each release, of each responsible entity.
fn common(
    site: &Site<'_>,
    rows: &[MemoListing<'_>],
    entities: &[EntityListing<'_, '_>],
    groups: &[Vec<&MemoListing<'_>>],
) -> Vec<(OutputPath, Vec<u8>)> {
    let mut announced: Vec<_> = groups.iter().flat_map(|group| announced(group)).collect();
    announced.sort_by_cached_key(Announced::order);
    let of = |wanted: &dyn Fn(&Announced<'_, '_>) -> bool| -> Vec<&Announced<'_, '_>> {
        announced.iter().filter(|one| wanted(one)).collect()
    };
    let title = &site.office.website.title;
    let mut files = vec![file(site, &CalendarPath::All, title, &of(&|_| true))];
    let releases: BTreeSet<&str> =
        rows.iter().filter_map(|row| Some(row.entry.release.as_ref()?.as_str())).collect();
    for id in releases {
        let own = of(&|one| one.release == Some(id));
        files.push(file(site, &CalendarPath::Release(id), release_name(site, id), &own));
    }
    let known = known(site);
    // Who was asked before is told that somebody else is now.
    let asked: Vec<Vec<&str>> = announced
        .iter()
        .map(|one| one.owners.iter().flat_map(|owner| owners(owner, &known)).collect())
        .collect();
    for entity in entities {
        let own = announced.iter().zip(&asked).filter(|(_, asked)| entity.is_asked(asked));
        let own: Vec<_> = own.map(|(one, _)| one).collect();
        let name = format!("{}: {title}", entity.name);
        files.push(file(site, &CalendarPath::Entity(&entity.id), &name, &own));
    }
    files
}

/// Of each of these memos: what it has told, as it is now.
fn of_memos(
    site: &Site<'_>,
    group: &[&MemoListing<'_>],
    wanted: impl Fn(&MemoListing<'_>) -> bool,
) -> Vec<(OutputPath, Vec<u8>)> {
    let mut announced = announced(group);
    announced.sort_by_cached_key(Announced::order);
    let of = |row: &&&MemoListing<'_>| {
        let own: Vec<_> = announced.iter().filter(|one| one.memos.contains(row.id)).collect();
        let name = format!("{}: {}", called(row), row.title);
        file(site, &CalendarPath::Memo(row.id), &name, &own)
    };
    group.iter().filter(|row| wanted(row)).map(|row| of(&row)).collect()
}

fn file(
    site: &Site<'_>,
    path: &CalendarPath<'_>,
    name: &str,
    announced: &[&Announced<'_, '_>],
) -> (OutputPath, Vec<u8>) {
    let path = path.path();
    let list = EventList {
        name: name.to_owned(),
        about: about(name, announced),
        address: full(site.office, path.as_str()),
        events: announced.iter().filter_map(|one| event(site, one)).collect(),
    };
    let bytes = icalendar::write(&list);
    (path, bytes)
}

/// What a file holds, and what it cannot hold: steps without a day.
fn about(name: &str, announced: &[&Announced<'_, '_>]) -> String {
    let mut about = format!(
        "{name}: the dates of schedules and deadlines in county memoranda. Clock times are those of California. What was announced \
         and does not take place is marked as canceled."
    );
    let without =
        announced.iter().filter(|one| one.gone.is_none() || matches!(one.gone, Some(Gone::Undated(_))));
    let without = without.filter(|one| !has_day(one.told) && !one.told.completed);
    let without: Vec<String> = without
        .map(|one| {
            let number =
                if one.told.step.is_empty() { String::new() } else { format!("{}. ", one.told.step) };
            format!("{number}{} ({})", one.told.task, one.told.printed_days())
        })
        .collect();
    if !without.is_empty() {
        about += &format!("\nWithout a date, and so not in this calendar: {}", without.join("; "));
    }
    about
}

/// What was announced, if it ever had a day.
fn event(site: &Site<'_>, one: &Announced<'_, '_>) -> Option<DatedEvent> {
    let dated = one.dated?;
    let (span, note) = span(dated)?;
    let state = match one.holds() {
        false => EventState::Canceled,
        true if one.memo.entry.is_draft() => EventState::Tentative,
        true => EventState::Confirmed,
    };
    let of = one.release.map(|id| release_name(site, id).to_owned());
    let of = of.unwrap_or_else(|| called(one.memo));
    // What it is called now, also where it has no day any more.
    Some(DatedEvent {
        uid: one.uid.clone(),
        sequence: one.sequence,
        announced: one.first,
        changed: one.changed,
        span,
        state,
        summary: summary(one.told, note.as_deref(), &of, state),
        description: description(site, one),
        address: address(site, one.memo),
    })
}

fn description(site: &Site<'_>, one: &Announced<'_, '_>) -> String {
    let mut lines = Vec::new();
    match (&one.gone, one.dated) {
        (Some(gone), Some(dated)) => {
            lines.push(gone_words(gone));
            lines.push(format!("It was: {}", dated.printed_days()));
        }
        _ => {
            lines.extend(one.told.warning.as_ref().map(|warning| format!("Warning: {warning}")));
            let cells = [("Start", &one.told.start), ("End", &one.told.end)];
            let cells = cells.into_iter().filter(|(_, cell)| !cell.is_empty());
            lines.extend(cells.map(|(name, cell)| format!("{name}: {cell}")));
            lines.extend(one.before.map(|before| format!("It was before: {}", before.printed_days())));
            lines.extend(one.told.completed.then(|| "Completed".to_owned()));
        }
    }
    lines.push(format!("Responsible: {}", one.told.owner));
    lines.push(format!("{} of {}: {}", called(one.memo), one.memo.date, one.memo.title));
    lines.extend(address(site, one.memo));
    if let Some(Gone::Dropped(by) | Gone::Withdrawn(by) | Gone::Undated(by)) = one.gone
        && by.id != one.memo.id
    {
        lines.push(format!("{} of {}: {}", called(by), by.date, by.title));
        lines.extend(address(site, by));
    }
    lines.join("\n")
}

fn gone_words(gone: &Gone<'_, '_>) -> String {
    match gone {
        Gone::Dropped(by) => {
            let when = by.entry.corrections.last().map(|last| date::prose(last.date));
            let when = when.map(|day| format!(", corrected {day}")).unwrap_or_default();
            format!("Canceled: {} of {}{when}, does not list it any more.", called(by), by.date)
        }
        Gone::Withdrawn(by) => {
            let when = by.withdrawn.as_ref().map(|day| format!(" on {day}")).unwrap_or_default();
            format!("Canceled: {} was withdrawn{when}.", called(by))
        }
        Gone::Undated(by) => {
            format!("Canceled: its date is not known any more, by {} of {}.", called(by), by.date)
        }
    }
}

/// What a memo is called: "CC/ROV #21144".
fn called(memo: &MemoListing<'_>) -> String {
    match memo.number {
        Some(number) => format!("CC/ROV #{number}"),
        None => format!("the draft {}", memo.id),
    }
}

/// Where a memo is, in full, if that is known.
fn address(site: &Site<'_>, memo: &MemoListing<'_>) -> Option<String> {
    memo.address.map(str::to_owned).or_else(|| full(site.office, memo.page.as_deref()?))
}
