//! `memos/office.yaml` -> [`Office`].

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{logo::logo, look, reader::Reader};
use crate::{
    diagnostic::{Code, Diagnostic, Placed, SourceId, offered},
    model::{
        ById, Calendar, ClosedDay, Contact, DateCell, Dated, Election, Entity, Holder, Holidays, Id,
        Letterhead, NotACell, Office, Person, Tbd, Text, Typography, Website,
    },
    words::is_mail_address,
    yaml::{Data, Node},
};

/// What memos and releases refer to.
const TABLES: [&str; 7] =
    ["letterheads", "people", "contacts", "calendars", "entities", "counties", "elections"];

/// All keys of the office.
const KEYS: [&str; 16] = [
    "state",
    "office_holders",
    "running_head",
    "published_as",
    "theme",
    "website",
    "words",
    "letterheads",
    "people",
    "contacts",
    "calendars",
    "entities",
    "counties",
    "elections",
    "mail_to",
    "accepts",
];

/// Reads the office, and whether what every memo needs of it is without fault. Entries with faults
/// are known by name only. `files` are the paths of the files in memos/.
pub(super) fn office(node: &Node, r: &mut Reader<'_>, files: &BTreeSet<String>) -> Option<(Office, bool)> {
    let mut f = r.fields(node, "the office")?;
    f.forgive(&TABLES, &KEYS);
    let before = r.faults.errors();
    let state = r.need(&mut f, "state", |n, r| r.text(n));
    let holders = r.need(&mut f, "office_holders", |n, r| Some(r.list(n, holder)));
    let running_head = r.may(&mut f, "running_head", |n, r| Some(r.list(n, |n, r| r.prose(n))));
    let published_as = r.need(&mut f, "published_as", |n, r| r.prose(n));
    let typography = r.may(&mut f, "typography", typography);
    let theme = r.may(&mut f, "theme", look::theme);
    let words = r.may(&mut f, "words", words);
    let (tbd, rolled) = words.flatten().unwrap_or_default();
    let whole = state.is_some() && holders.is_some() && published_as.is_some() && r.faults.errors() == before;
    let letterheads = r.need(&mut f, "letterheads", |n, r| Some(letterheads(n, r, files)));
    let people = r.need(&mut f, "people", |n, r| Some(r.table(n, person)));
    let contacts = r.may(&mut f, "contacts", |n, r| Some(r.table(n, contact)));
    let contacts = contacts.flatten().unwrap_or_default();
    let letterheads = letterheads.unwrap_or_default();
    let sound = r.faults.errors();
    let website = r.may(&mut f, "website", |n, r| website(n, r, &letterheads, &contacts));
    let whole = whole && r.faults.errors() == sound;
    let calendars: ById<Calendar> =
        r.may(&mut f, "calendars", |n, r| Some(r.table(n, calendar))).flatten().unwrap_or_default();
    let mut spellings = BTreeMap::new();
    let entities = r.may(&mut f, "entities", |n, r| {
        Some(r.table(n, |n, r| {
            let entity = entity(n, r, &calendars)?;
            spelling(&entity, n, r, &mut spellings);
            Some(entity)
        }))
    });
    let entities = entities.flatten().unwrap_or_default();
    parts(&entities, &entities, r);
    let counties = r.may(&mut f, "counties", |n, r| Some(r.table(n, county))).flatten().unwrap_or_default();
    parts(&counties, &entities, r);
    let elections = r.may(&mut f, "elections", |n, r| Some(r.table(n, election)));
    let mail_to = r.may(&mut f, "mail_to", |n, r| Some(r.list(n, mail_address)));
    r.accepts(&mut f, &[]);
    r.end(&f);

    let mut holders = holders.unwrap_or_default();
    holders.sort_by_key(|holder| holder.starting);
    let (look, typeface) = theme.flatten().unwrap_or_default();
    let nowhere = Text { value: String::new(), place: r.source.start() };
    let office = Office {
        state: state.unwrap_or_default(),
        holders,
        letterheads,
        people: people.unwrap_or_default(),
        contacts,
        entities,
        counties,
        calendars,
        elections: elections.flatten().unwrap_or_default(),
        mail_to: mail_to.flatten().unwrap_or_default(),
        running_head: running_head.flatten().unwrap_or_else(|| usual_head(r.source)),
        typography: typography.flatten().unwrap_or_default(),
        look,
        typeface,
        published_as: published_as.unwrap_or(nowhere),
        website: website.flatten().unwrap_or_default(),
        tbd: tbd.map_or_else(|| Tbd::WORD.into(), Arc::from),
        rolled: rolled.filter(|rolled| !rolled.is_empty()),
    };
    Some((office, whole))
}

/// Number and subject, as most memos have it.
fn usual_head(source: SourceId) -> Vec<Text> {
    let lines = ["CCROV {% if memo.number %}{{ memo.number }}{% else %}(draft){% endif %}", "{{ title }}"];
    lines.map(|line| Text { value: line.to_owned(), place: source.start() }).to_vec()
}

fn typography(node: &Node, r: &mut Reader<'_>) -> Option<Typography> {
    let text = r.text(node)?;
    let found = Typography::ALL.into_iter().find(|(word, _)| *word == text);
    if found.is_none() {
        let help = offered(&text, Typography::ALL.iter().map(|(word, _)| *word));
        let message = format!("there is no typography `{text}`");
        r.fault(Code::BadValue, node, message, "how quotation marks are set is expected", help);
    }
    found.map(|(_, typography)| typography)
}

/// The office's words for what ccrov prints by itself.
fn words(node: &Node, r: &mut Reader<'_>) -> Option<(Option<String>, Option<String>)> {
    let mut f = r.fields(node, "the office's words")?;
    let tbd = r.may(&mut f, "tbd", tbd);
    let rolled = r.may(&mut f, "rolled", |n, r| r.text(n));
    r.end(&f);
    Some((tbd?, rolled?))
}

/// The word for a date that nobody knows yet, which is no date.
fn tbd(node: &Node, r: &mut Reader<'_>) -> Option<String> {
    let text = r.text(node)?;
    let reads_as_something = match text.parse::<DateCell>() {
        Ok(cell) => cell.tbd().is_none_or(|tbd| tbd.note().is_some()),
        Err(wrong) => wrong != NotACell::Form,
    };
    if text.contains(['(', ')', '\n']) || reads_as_something {
        let message = format!("`tbd` is `{text}`");
        let help = "write it like To be determined".to_owned();
        r.fault(Code::BadValue, node, message, "words that are no date are expected", help);
        return None;
    }
    Some(text)
}

fn website(
    node: &Node,
    r: &mut Reader<'_>,
    letterheads: &ById<Letterhead>,
    contacts: &ById<Contact>,
) -> Option<Website> {
    let mut f = r.fields(node, "the website")?;
    let title = r.may(&mut f, "title", |n, r| r.text(n)).flatten();
    let address = r.may(&mut f, "address", base_address).flatten();
    // Which targets these are is asked of the text, for an office with a fault names them, too.
    r.may(&mut f, "publish_to", |n, r| Some(r.list(n, |n, r| r.text(n))));
    let letterhead =
        r.may(&mut f, "letterhead", |n, r| r.refer(n, letterheads, Code::UnknownLetterhead, "letterhead"));
    let contact = r.may(&mut f, "contact", |n, r| r.refer(n, contacts, Code::UnknownContact, "contact"));
    let accessibility = r.may(&mut f, "accessibility", |n, r| r.text(n)).flatten();
    r.end(&f);
    let title = title.unwrap_or_else(|| Website::default().title);
    let (letterhead, contact) = (letterhead.flatten(), contact.flatten());
    Some(Website { title, address, letterhead, contact, accessibility })
}

/// An address below which pages can stand: `https://elections.example.gov/memos`.
fn base_address(node: &Node, r: &mut Reader<'_>) -> Option<String> {
    let text = r.text(node)?;
    let address = text.trim_end_matches('/');
    let rest = ["https://", "http://"].iter().find_map(|scheme| address.strip_prefix(scheme));
    let plain = |c: char| c.is_ascii_alphanumeric() || "-._~/:".contains(c);
    if rest.is_none_or(|rest| rest.is_empty() || rest.starts_with('/') || !rest.chars().all(plain)) {
        let message = format!("`address` is `{text}`");
        let expected = "the address of a website is expected, with the folder in which the memos are";
        let help = "write it like https://elections.example.gov/memos".to_owned();
        r.fault(Code::BadValue, node, message, expected, help);
        return None;
    }
    Some(address.to_owned())
}

fn holder(node: &Node, r: &mut Reader<'_>) -> Option<Holder> {
    let mut f = r.fields(node, "an office-holder")?;
    let starting = r.need(&mut f, "starting", |n, r| r.date(n));
    let name = r.need(&mut f, "name", |n, r| r.text(n));
    let degree = r.may(&mut f, "degree", |n, r| r.text(n));
    let title = r.need(&mut f, "title", |n, r| r.text(n));
    r.end(&f);
    Some(Holder { starting: starting?, name: name?, degree: degree?, title: title? })
}

fn letterheads(node: &Node, r: &mut Reader<'_>, files: &BTreeSet<String>) -> ById<Letterhead> {
    let entries = r.entries(node, |n, r| letterhead(n, r, files));
    entries.into_iter().map(|(id, named)| (id.clone(), named.map(|named| Arc::new(named(id))))).collect()
}

/// A letterhead, once it gets its name.
fn letterhead(
    node: &Node,
    r: &mut Reader<'_>,
    files: &BTreeSet<String>,
) -> Option<impl FnOnce(Id) -> Letterhead + use<>> {
    let mut f = r.fields(node, "a letterhead")?;
    let division = r.need(&mut f, "division", |n, r| r.text(n));
    let address = r.need(&mut f, "address", |n, r| r.text(n));
    let tel = r.may(&mut f, "tel", |n, r| r.text(n));
    let fax = r.may(&mut f, "fax", |n, r| r.text(n));
    let web = r.may(&mut f, "web", |n, r| r.text(n));
    let logo = r.may(&mut f, "logo", |n, r| logo(n, r, files));
    r.end(&f);
    let (division, address, tel, fax, web, logo) = (division?, address?, tel?, fax?, web?, logo?);
    Some(move |id| Letterhead { id, division, address, tel, fax, web, logo })
}

fn person(node: &Node, r: &mut Reader<'_>) -> Option<Person> {
    let mut f = r.fields(node, "a person")?;
    let name = r.need(&mut f, "name", |n, r| r.text(n));
    let initials = r.need(&mut f, "initials", |n, r| initials(n, r));
    let titles = r.need(&mut f, "titles", |n, r| Some(r.list(n, title)));
    let email = r.may(&mut f, "email", mail_address);
    let last_day = r.may(&mut f, "last_day", |n, r| r.date(n));
    r.end(&f);
    let mut titles = titles?;
    titles.sort_by_key(|title| title.starting);
    Some(Person { name: name?, initials: initials?, titles, email: email?, last_day: last_day? })
}

/// One address, as a mail program takes it: `ana.long@sos.ca.gov`.
fn mail_address(node: &Node, r: &mut Reader<'_>) -> Option<String> {
    let text = r.text(node)?;
    if is_mail_address(&text) {
        return Some(text);
    }
    let message = format!("`{text}` is no e-mail address");
    let help = "write one address and nothing else: ana.long@sos.ca.gov".to_owned();
    r.fault(Code::BadValue, node, message, "a name, `@` and a domain are expected", help);
    None
}

fn initials(node: &Node, r: &mut Reader<'_>) -> Option<String> {
    let text = r.text(node)?;
    if !text.is_empty() && text.bytes().all(|b| b.is_ascii_lowercase()) {
        return Some(text);
    }
    let message = format!("the initials `{text}` cannot form a file's name");
    let help = "write them like `dl`".to_owned();
    r.fault(Code::BadValue, node, message, "lower-case letters are expected", help);
    None
}

/// A title alone, or one with the day from which it holds.
fn title(node: &Node, r: &mut Reader<'_>) -> Option<Dated<String>> {
    if matches!(node.data, Data::Text(_)) {
        return Some(Dated { starting: None, value: r.text(node)? });
    }
    let mut f = r.fields(node, "a title")?;
    let value = r.need(&mut f, "title", |n, r| r.text(n));
    let starting = r.may(&mut f, "starting", |n, r| r.date(n));
    r.end(&f);
    Some(Dated { starting: starting?, value: value? })
}

fn contact(node: &Node, r: &mut Reader<'_>) -> Option<Contact> {
    let mut f = r.fields(node, "a contact")?;
    let name = r.need(&mut f, "name", |n, r| r.text(n));
    let phone = r.may(&mut f, "phone", |n, r| r.text(n));
    let email = r.may(&mut f, "email", |n, r| r.text(n));
    r.end(&f);
    Some(Contact { name: name?, phone: phone?, email: email? })
}

/// An entity's printed name alone, or with its calendar.
fn entity(node: &Node, r: &mut Reader<'_>, calendars: &ById<Calendar>) -> Option<Entity> {
    if matches!(node.data, Data::Text(_)) {
        return Some(Entity { name: r.text(node)?, calendar: None, part_of: Vec::new() });
    }
    let mut f = r.fields(node, "a responsible entity")?;
    let name = r.need(&mut f, "name", |n, r| r.text(n));
    let calendar = r.may(&mut f, "calendar", |n, r| r.refer(n, calendars, Code::UnknownCalendar, "calendar"));
    let part_of = r.may(&mut f, "part_of", wholes);
    r.end(&f);
    Some(Entity { name: name?, calendar: calendar?, part_of: part_of?.unwrap_or_default() })
}

/// A county's name alone, or with the entities that it is a part of.
fn county(node: &Node, r: &mut Reader<'_>) -> Option<Entity> {
    if matches!(node.data, Data::Text(_)) {
        return Some(Entity { name: r.text(node)?, calendar: None, part_of: Vec::new() });
    }
    let mut f = r.fields(node, "a county")?;
    let name = r.need(&mut f, "name", |n, r| r.text(n));
    let part_of = r.may(&mut f, "part_of", wholes);
    r.end(&f);
    Some(Entity { name: name?, calendar: None, part_of: part_of?.unwrap_or_default() })
}

/// The entities that something is a part of.
fn wholes(node: &Node, r: &mut Reader<'_>) -> Option<Vec<Placed<Id>>> {
    Some(r.list(node, |n, r| Some(Placed { value: r.id(n)?, place: r.source.at(n.range.clone()) })))
}

/// Reports entities or counties that are a part of an entity that there is not, or of themselves.
fn parts(all: &ById<Entity>, entities: &ById<Entity>, r: &mut Reader<'_>) {
    let mut told = BTreeSet::new();
    // Nothing is a part of a county.
    let is_entity = std::ptr::eq(all, entities);
    for (id, entity) in all.iter().filter_map(|(id, entity)| Some((id, entity.as_deref()?))) {
        for whole in &entity.part_of {
            let (message, help) = if !entities.contains_key(&whole.value) {
                let help = offered(whole.value.as_str(), entities.keys().map(Id::as_str));
                (format!("there is no responsible entity `{}`", whole.value), help)
            } else if is_entity && holds(entities, &whole.value, id) {
                // A circle is one fault, told at its first entity.
                if told.contains(&whole.value) {
                    continue;
                }
                told.insert(id);
                let help = "take it out here, or where the other one says the same";
                (format!("`{id}` is a part of itself"), help.into())
            } else {
                continue;
            };
            let code = Code::UnknownEntity;
            let fault = Diagnostic::new(code, whole.place.clone(), message);
            r.faults
                .push(fault.expected("the name of the entity is expected that it is a part of").help(help));
        }
    }
}

/// Whether an entity is a part of another one, or is it.
fn holds(entities: &ById<Entity>, part: &Id, whole: &Id) -> bool {
    let (mut seen, mut next) = (BTreeSet::new(), vec![part]);
    while let Some(id) = next.pop() {
        if id == whole {
            return true;
        }
        if seen.insert(id) {
            let entity = entities.get(id).and_then(Option::as_deref);
            next.extend(entity.into_iter().flat_map(|entity| &entity.part_of).map(|id| &id.value));
        }
    }
    false
}

/// One entity is written in one way.
fn spelling(entity: &Entity, node: &Node, r: &mut Reader<'_>, seen: &mut BTreeMap<String, String>) {
    let letters = entity.name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    if let Some(other) = seen.get(&letters) {
        let message = format!("`{}` is also written `{other}`", entity.name);
        let help = "write both alike, or keep one of the two".to_owned();
        r.fault(Code::TwoSpellings, node, message, "one entity has one spelling", help);
    }
    seen.entry(letters).or_insert_with(|| entity.name.clone());
}

fn calendar(node: &Node, r: &mut Reader<'_>) -> Option<Calendar> {
    let mut f = r.fields(node, "a calendar")?;
    let name = r.need(&mut f, "name", |n, r| r.text(n));
    let holidays = r.may(&mut f, "holidays", holidays);
    let closed = r.may(&mut f, "closed", |n, r| Some(r.list(n, closed_day)));
    r.end(&f);
    Some(Calendar { name: name?, holidays: holidays?, closed: closed?.unwrap_or_default() })
}

fn holidays(node: &Node, r: &mut Reader<'_>) -> Option<Holidays> {
    let text = r.text(node)?;
    let found = Holidays::ALL.into_iter().find(|(word, _)| *word == text);
    if found.is_none() {
        let help = offered(&text, Holidays::ALL.iter().map(|(word, _)| *word));
        let message = format!("there are no holidays `{text}`");
        r.fault(Code::BadValue, node, message, "the name of a list of holidays is expected", help);
    }
    found.map(|(_, holidays)| holidays)
}

fn closed_day(node: &Node, r: &mut Reader<'_>) -> Option<ClosedDay> {
    let mut f = r.fields(node, "a closed day")?;
    let date = r.need(&mut f, "date", |n, r| r.date(n));
    let reason = r.need(&mut f, "reason", |n, r| r.text(n));
    r.end(&f);
    Some(ClosedDay { date: date?, reason: reason? })
}

fn election(node: &Node, r: &mut Reader<'_>) -> Option<Election> {
    let mut f = r.fields(node, "an election")?;
    let name = r.need(&mut f, "name", |n, r| r.text(n));
    let date = r.need(&mut f, "date", |n, r| r.date(n));
    r.end(&f);
    Some(Election { name: name?, date: date? })
}
