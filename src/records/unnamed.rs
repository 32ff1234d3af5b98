//! A name in office.yaml that is misspelt there: nothing names it, and what is named is nearly it.
//!
//! In: the fault of a name that is not known, the office when all memos are read. Out: the place of the name in office.yaml
//! from which the fault follows. Not here: the fault.

use std::sync::Arc;

use crate::{
    diagnostic::{Code, Diagnostic, Place, SourceId, nearest},
    model::{ById, Id, Office},
};

/// Where the name stands that a fault follows from, if there is one.
pub(super) fn cause(fault: &Diagnostic, office: &Office, source: SourceId, written: &str) -> Option<Place> {
    let near = match fault.code {
        Code::UnknownContact => near(fault, &office.contacts),
        Code::UnknownElection => near(fault, &office.elections),
        Code::UnknownEntity => near(fault, &office.entities),
        Code::UnknownLetterhead => near(fault, &office.letterheads),
        Code::UnknownPerson => near(fault, &office.people),
        Code::UnknownCalendar => near(fault, &office.calendars),
        _ => None,
    }?;
    let mut start = 0;
    for line in written.split_inclusive('\n') {
        let indent = line.len() - line.trim_start().len();
        if line.trim_start().strip_prefix(near.as_str()).is_some_and(|rest| rest.starts_with(':')) {
            return Some(source.at(start + indent..start + indent + near.as_str().len()));
        }
        start += line.len();
    }
    None
}

/// The name that is written most like the one that is not known, if nothing names it: then only the table holds it.
fn near<'t, T>(fault: &Diagnostic, table: &'t ById<T>) -> Option<&'t Id> {
    let found = fault.message.split('`').nth(1)?;
    let near = nearest(found, table.keys().map(Id::as_str))?;
    let (id, entry) = table.iter().find(|(id, _)| id.as_str() == near)?;
    entry.as_ref().is_some_and(|entry| Arc::strong_count(entry) == 1).then_some(id)
}
