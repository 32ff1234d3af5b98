//! Who is responsible, as a sheet names them.
//!
//! In: a cell such as "SOS/CGI", the entities of the office, what somebody answered. Out: ids; the names that nobody knows, each a
//! question. Not here: the step that they do.

use std::collections::BTreeMap;

use super::{OwnerAnswer, known::KnownRelease, pair::normal};
use crate::model::{Entity, Id};

/// What parts two names in a cell.
const PARTING: [&str; 6] = ["/", ",", ";", "&", "\n", " and "];

/// The entities of the office, with those that somebody adds.
pub(super) struct Owners<'k> {
    known: &'k KnownRelease,
    answers: &'k BTreeMap<String, OwnerAnswer>,
    /// Those that are added: by the name in the sheet, their ids.
    pub added: BTreeMap<String, String>,
}

impl<'k> Owners<'k> {
    pub fn of(known: &'k KnownRelease, answers: &'k BTreeMap<String, OwnerAnswer>) -> Owners<'k> {
        let mut added: BTreeMap<String, String> = BTreeMap::new();
        let new =
            answers.iter().filter(|(name, answer)| !name.is_empty() && !matches!(answer, OwnerAnswer::Is(_)));
        for (name, _) in new {
            let id = name.parse::<Id>().or_else(|not| not.nearest.ok_or(())).ok();
            let id = id.map_or_else(|| "entity".to_owned(), |id| id.to_string());
            let is_taken = |id: &String| {
                known.entities.iter().any(|(known, _)| known == id) || added.values().any(|known| known == id)
            };
            let others = (2..).map(|nth| format!("{id}-{nth}"));
            let free = std::iter::once(id.clone()).chain(others).find(|id| !is_taken(id));
            added.extend(free.map(|id| (name.clone(), id)));
        }
        Owners { known, answers, added }
    }

    /// The ids of a cell's names.
    ///
    /// # Errors
    /// The names that nobody knows.
    pub fn ids(&self, cell: &str) -> Result<Vec<String>, Vec<String>> {
        if let Some(id) = self.id(cell) {
            return Ok(vec![id]);
        }
        let ends = ends(cell);
        let (mut ids, mut unknown, mut start) = (Vec::new(), Vec::new(), 0);
        while start < cell.len() {
            let later = || ends.iter().filter(|(end, _)| *end >= start);
            // A name may have a slash in it: the longest that is known.
            let found = later().rev().find_map(|(end, next)| Some((self.id(&cell[start..*end])?, *next)));
            match found {
                Some((id, next)) => {
                    if !ids.contains(&id) {
                        ids.push(id);
                    }
                    start = next;
                }
                None => {
                    let (end, next) = later().next().copied().unwrap_or((cell.len(), cell.len()));
                    unknown.push(cell[start..end].trim().to_owned());
                    start = next;
                }
            }
        }
        unknown.retain(|name| !name.is_empty());
        if unknown.is_empty() && !ids.is_empty() { Ok(ids) } else { Err(unknown) }
    }

    /// Whom a name means.
    pub fn id(&self, name: &str) -> Option<String> {
        let name = name.trim();
        let known = || self.known.entities.iter();
        let exact = known().find(|(id, printed)| printed == name || id == name).map(|(id, _)| id.clone());
        let alike: Vec<&String> =
            known().filter(|(_, printed)| normal(printed) == normal(name)).map(|(id, _)| id).collect();
        exact.filter(|_| !name.is_empty()).or_else(|| match (alike.as_slice(), self.answers.get(name)) {
            ([one], _) if !name.is_empty() => Some((*one).clone()),
            (_, Some(OwnerAnswer::Is(id))) => {
                known().find(|(known, _)| known == id).map(|(id, _)| id.clone())
            }
            _ => self.added.get(name).cloned(),
        })
    }

    /// The printed names of ids, as a table joins them.
    pub fn printed(&self, ids: &[String]) -> String {
        let name = |id: &String| {
            let known =
                self.known.entities.iter().find(|(known, _)| known == id).map(|(_, name)| name.clone());
            let added = || self.added.iter().find(|(_, known)| *known == id).map(|(name, _)| name.clone());
            known.or_else(added).unwrap_or_else(|| id.clone())
        };
        let names: Vec<String> = ids.iter().map(name).collect();
        Entity::joined_names(&names.iter().map(String::as_str).collect::<Vec<_>>())
    }
}

/// Where names may end in a cell, and where the next one begins.
fn ends(cell: &str) -> Vec<(usize, usize)> {
    let parted =
        PARTING.iter().flat_map(|part| cell.match_indices(part).map(|(at, part)| (at, at + part.len())));
    let mut ends: Vec<(usize, usize)> = parted.chain([(cell.len(), cell.len())]).collect();
    ends.sort_unstable();
    ends
}
