//! Who is responsible for something, and for what.
//!
//! In: the office's entities, rows. Out: [`EntityListing`]s, in the order of their names; what a printed owner is made of. Not here:
//! pages and files.

use std::collections::{BTreeMap, BTreeSet};

use super::{MemoListing, Site, lists::slug};
use crate::model::Entity;

/// Somebody who is responsible for something.
pub(super) struct EntityListing<'r, 'a> {
    pub name: &'r str,
    /// Its name in addresses.
    pub id: String,
    /// The memos that ask something of it, newest first.
    pub memos: Vec<&'r MemoListing<'a>>,
    /// What is asked of these is asked of it.
    wholes: BTreeSet<&'r str>,
    /// The ids of all that the office knows, by their names.
    known: BTreeMap<&'r str, &'r str>,
}

impl<'r, 'a> EntityListing<'r, 'a> {
    /// All of whom a memo asks something.
    pub fn all(site: &'r Site<'_>, rows: &'r [MemoListing<'a>]) -> Vec<EntityListing<'r, 'a>> {
        let known: BTreeMap<&str, &str> = site
            .office
            .entities
            .iter()
            .filter_map(|(id, entity)| Some((entity.as_deref()?.name.as_str(), id.as_str())))
            .collect();
        // What is asked of all is asked of each.
        let parts: Vec<(&str, BTreeSet<&str>)> = {
            let all = site.office.entities.values().flatten().filter(|entity| !entity.part_of.is_empty());
            all.map(|entity| (entity.name.as_str(), site.office.asked(entity))).collect()
        };
        let mut entities: BTreeMap<&str, Vec<&MemoListing<'a>>> = BTreeMap::new();
        for row in rows {
            let mut asked: BTreeSet<&str> =
                row.entry.dated().flat_map(|step| owners(&step.owner, &known)).collect();
            let of_all =
                parts.iter().filter(|(_, wholes)| !wholes.is_disjoint(&asked)).map(|(name, _)| *name);
            asked.extend(of_all.collect::<Vec<_>>());
            asked.into_iter().for_each(|name| entities.entry(name).or_default().push(row));
        }
        let mut taken: BTreeSet<String> = known.values().map(|id| (*id).to_owned()).collect();
        let listing = |(name, memos)| EntityListing {
            name,
            id: known.get(name).map_or_else(|| slug(name, &mut taken), |id| (*id).to_owned()),
            memos,
            wholes: parts
                .iter()
                .filter(|(part, _)| *part == name)
                .flat_map(|(_, wholes)| wholes.clone())
                .collect(),
            known: known.clone(),
        };
        entities.into_iter().map(listing).collect()
    }

    /// The names of which something is asked that is asked of it: its own, and those of all that it is a part of.
    pub fn wholes(&self) -> BTreeSet<&'r str> {
        self.wholes.iter().copied().chain([self.name]).collect()
    }

    /// Whether something is asked of it, by who is printed to be responsible.
    pub fn is_asked(&self, owner: &str) -> bool {
        owners(owner, &self.known).iter().any(|owner| *owner == self.name || self.wholes.contains(owner))
    }
}

/// Who is responsible, one by one: "SOS/CGI" are two, "SOS/ITD" is one if the office knows it.
///
/// `known` are the names of the office.
pub(super) fn owners<'o>(owner: &'o str, known: &BTreeMap<&str, &str>) -> Vec<&'o str> {
    Entity::parted_names(owner, |name| known.contains_key(name))
}
