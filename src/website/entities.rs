//! Who is responsible for something, and for what.
//!
//! In: the office's entities, rows. Out: [`EntityListing`]s, in the order of their names; what a printed owner is made of. Not here:
//! pages and files.

use std::collections::{BTreeMap, BTreeSet};

use super::{MemoListing, Site, lists::slug};
use crate::model::Entity;

/// The ids of all that the office knows, by their printed names.
pub(super) type KnownNames<'s> = BTreeMap<&'s str, &'s str>;

/// Somebody who is responsible for something.
pub(super) struct EntityListing<'r, 'a> {
    pub name: &'r str,
    /// Its name in addresses.
    pub id: String,
    /// The memos that ask something of it, newest first.
    pub memos: Vec<&'r MemoListing<'a>>,
    /// The names of which something is asked that is asked of it: its own, and those of all that it is a part of.
    pub wholes: BTreeSet<&'r str>,
}

impl<'r, 'a> EntityListing<'r, 'a> {
    /// All of whom a memo asks something.
    pub fn all(site: &Site<'r>, rows: &'r [MemoListing<'a>]) -> Vec<EntityListing<'r, 'a>> {
        let known = known(site);
        // What is asked of all is asked of each.
        let all = site.office.entities.values().flatten().filter(|entity| !entity.part_of.is_empty());
        let parts: BTreeMap<&str, BTreeSet<&str>> =
            all.map(|entity| (entity.name.as_str(), site.office.asked(entity))).collect();
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
            wholes: parts.get(name).cloned().unwrap_or_else(|| BTreeSet::from([name])),
        };
        entities.into_iter().map(listing).collect()
    }

    /// Where its page is.
    pub fn path(&self) -> String {
        format!("entities/{}.html", self.id)
    }

    /// Whether something is asked of it that is asked of these.
    pub fn is_asked(&self, owners: &[&str]) -> bool {
        owners.iter().any(|owner| self.wholes.contains(owner))
    }
}

/// The names that the office knows.
pub(super) fn known<'s>(site: &Site<'s>) -> KnownNames<'s> {
    let entities = site.office.entities.iter();
    entities.filter_map(|(id, entity)| Some((entity.as_deref()?.name.as_str(), id.as_str()))).collect()
}

/// Who is responsible, one by one: "SOS/CGI" are two, "SOS/ITD" is one if the office knows it.
pub(super) fn owners<'o>(owner: &'o str, known: &KnownNames<'_>) -> Vec<&'o str> {
    Entity::parted_names(owner, |name| known.contains_key(name))
}
