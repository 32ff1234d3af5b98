//! `new`: a memo to be written: empty with remarks that teach, or a copy of another one.
//!
//! A copy's number, status and date are its own; whatever else it says of days and memos is listed.

use std::{collections::BTreeMap, path::Path};

use chrono::{Datelike as _, NaiveDate};
use clap::Args;

use super::{
    Outcome, Terminal,
    announces::{Announcement, announcement},
    carried, counted,
    init::new_file,
    make::no_memo,
    workspace::{self, Workspace, stem},
};
use crate::{
    diagnostic::Faults,
    input::{self, edit, outline},
    model::{Id, Table, date},
    site::{self, Change, NotAPath, OutputPath},
};

/// The line by which an editor finds the schema of a memo's file.
const SCHEMA: &str = "# yaml-language-server: $schema=../../schema/memo.json\n";

/// Values of another memo that are the other memo's own, besides days and numbers.
const OWN: [&str; 8] =
    ["knows", "why", "corrections.", "updates", "supersedes", "corrects", "accepts.", "attachments.file"];

#[derive(Args)]
pub(super) struct NewArguments {
    /// The memo's number, or a short name for a draft without one [default: draft]
    #[arg(value_name = "NUMBER|NAME")]
    name: Option<String>,
    /// Copy this memo, with its remarks
    #[arg(long, value_name = "MEMO")]
    from: Option<String>,
    /// Write the memo that tells this release's last delay
    #[arg(long, value_name = "RELEASE", conflicts_with = "from")]
    announces: Option<String>,
    /// Attach the table of changes, too
    #[arg(long, requires = "announces")]
    changes: bool,
    /// The date that the new memo bears; of one that tells a delay, the day it was announced, if not said
    #[arg(long)]
    date: Option<String>,
}

/// What is to be made.
struct Order {
    id: Id,
    number: Option<String>,
    /// As it was typed.
    date: Option<String>,
    day: Option<NaiveDate>,
}

/// What was made before anything is written.
struct Made {
    /// Paths in the working folder, and texts; the memo's own first.
    files: Vec<(OutputPath, String)>,
    /// What may be the other memo's own.
    items: Vec<Item>,
}

/// A thing to be looked at, with its place.
struct Item {
    file: OutputPath,
    line: usize,
    what: String,
}

/// `ccrov new`.
pub(super) fn new(root: &Path, chosen: &NewArguments, terminal: &mut Terminal) -> Outcome {
    if !root.join("memos/office.yaml").exists() {
        let wrong =
            "there is no memos/office.yaml here; go into the working folder, or make one: `ccrov init DIR`";
        return terminal.wrong_usage(wrong);
    }
    let mut faults = Faults::default();
    let workspace = workspace::read(root, &mut faults);
    let made = order(chosen, &workspace).and_then(|order| match (&chosen.from, &chosen.announces) {
        (Some(other), _) => copied(&order, &stem(other), &workspace),
        (_, Some(release)) => announcing(order, &stem(release), chosen.changes, root, &workspace),
        _ => begun(&order, root, &workspace),
    });
    let Made { files, items } = match made {
        Ok(made) => made,
        Err(wrong) => return terminal.wrong_usage(&wrong),
    };
    let there = |path: &OutputPath| root.join(path.as_str()).symlink_metadata().is_ok();
    if let Some((there, _)) = files.iter().find(|(path, _)| there(path)) {
        return terminal.wrong_usage(&format!("{there} is there already, and was left as it is"));
    }
    // The memo comes last: it never names a text that is not there.
    let changes: Vec<Change> = files.iter().rev().map(|(path, text)| new_file(path.as_str(), text)).collect();
    if let Err(failed) = site::apply(root, &changes) {
        terminal.complain(&failed.to_string());
        return Outcome::Disk;
    }
    if chosen.announces.is_some() {
        say_announcing(&files, terminal);
    } else {
        say(&files, &items, chosen.from.as_deref(), terminal);
    }
    Outcome::Done
}

/// What the arguments ask for, or what is wrong with them.
fn order(chosen: &NewArguments, workspace: &Workspace) -> Result<Order, String> {
    let taken = |id: &str| workspace.memos.iter().any(|memo| memo == id);
    let free = || {
        let more = (2..).map(|count| format!("draft-{count}"));
        std::iter::once("draft".to_owned()).chain(more).find(|id| !taken(id)).unwrap_or_default()
    };
    let name = chosen.name.as_deref().map_or_else(free, stem);
    let id: Id = name.parse().map_err(|wrong: crate::model::NotAnId| {
        let near = wrong.nearest.map(|id| format!("; `{id}` can")).unwrap_or_default();
        format!("`{name}` cannot name a memo{near}")
    })?;
    if taken(&name) {
        return Err(format!("there is a memo `{name}` already, which was left as it is"));
    }
    let first = name.split('-').next().unwrap_or_default();
    let number = first.bytes().all(|b| b.is_ascii_digit()).then(|| first.to_owned());
    if let Some(number) = number.as_ref().filter(|number| number.len() != 5) {
        return Err(format!(
            "`{number}` is no memo's number: five figures are, two of the year and three more"
        ));
    }
    let written = chosen.date.as_deref().map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "));
    let day = written.as_deref().map(date::read).transpose();
    let day = day.map_err(|_| {
        "--date is no date: write it as 2021-08-31, 8/31/2021 or \"August 31, 2021\"".to_owned()
    })?;
    Ok(Order { id, number, date: written, day })
}

/// The file of a memo that tells a delay.
fn announcing(
    mut order: Order,
    release: &str,
    changes: bool,
    root: &Path,
    workspace: &Workspace,
) -> Result<Made, String> {
    let Announcement { date, text } = announcement(release, changes, workspace)?;
    if order.day.is_none() {
        order.day = date::read(&date).ok();
        order.date = Some(date);
    }
    let own = [("number", order.number.as_deref()), ("date", order.date.as_deref())];
    let text = edit::set(&text, &own).ok_or("the draft cannot be written")?;
    let path = in_folder(&folder(&order, None)?, &format!("{}.yaml", order.id))?;
    Ok(Made { files: vec![(path, schema(root) + &text)], items: Vec::new() })
}

/// The line by which an editor finds the schema, where there is one.
fn schema(root: &Path) -> String {
    if root.join("schema/memo.json").exists() { SCHEMA.to_owned() } else { String::new() }
}

/// A memo's file that has nothing but what the arguments say.
fn begun(order: &Order, root: &Path, workspace: &Workspace) -> Result<Made, String> {
    let working = input::read(&workspace.texts, &workspace.sources, &mut Faults::default(), |_| false);
    let office = working.as_ref().map(|working| &working.office);
    let releases = working.as_ref().map(|working| names(&working.releases)).unwrap_or_default();
    let letterheads = office.map(|office| names(&office.letterheads)).unwrap_or_default();
    let people = office.map(|office| names(&office.people)).unwrap_or_default();
    let contacts = office.map(|office| names(&office.contacts)).unwrap_or_default();
    let only = |names: &[&str]| if let [only] = names { (*only).to_owned() } else { String::new() };
    let listed =
        |names: &[&str]| if names.is_empty() { ".".to_owned() } else { format!(": {}.", names.join(", ")) };
    let mut text = include_str!("new/memo.yaml").to_owned();
    for (mark, value) in [
        ("<id>", order.id.to_string()),
        ("<number>", order.number.clone().unwrap_or_default()),
        ("<date>", order.date.clone().unwrap_or_default()),
        ("<letterheads>", listed(&letterheads)),
        ("<letterhead>", only(&letterheads)),
        ("<people>", listed(&people)),
        ("<person>", only(&people)),
        ("<contacts>", listed(&contacts)),
        ("<releases>", listed(&releases)),
    ] {
        text = text.replace(mark, &value);
    }
    let text: String = text.lines().map(|line| format!("{}\n", line.trim_end())).collect();
    let path = in_folder(&folder(order, None)?, &format!("{}.yaml", order.id))?;
    Ok(Made { files: vec![(path, schema(root) + &text)], items: Vec::new() })
}

fn names<T>(table: &Table<T>) -> Vec<&str> {
    table.keys().map(Id::as_str).collect()
}

/// The folder of the memo's year: of its number, its date, or the memo that it is copied from.
fn folder(order: &Order, other: Option<&str>) -> Result<String, String> {
    let of_number = order.number.as_ref().map(|number| format!("memos/20{}", &number[..2]));
    let of_date = || order.day.map(|day| format!("memos/{}", day.year()));
    let folder = of_number.or_else(of_date).or_else(|| other.map(str::to_owned));
    folder.ok_or_else(|| {
        format!("the folder of its year is not known: add a date, `ccrov new {} --date 2026-03-02`", order.id)
    })
}

fn in_folder(folder: &str, name: &str) -> Result<OutputPath, String> {
    let path = format!("{folder}/{name}");
    path.parse().map_err(|wrong: NotAPath| format!("{path} cannot be made: {wrong}"))
}

/// The files of a memo like another one, and what they say that may be the other one's own.
fn copied(order: &Order, other: &str, workspace: &Workspace) -> Result<Made, String> {
    let source = workspace.texts.memos.iter().find(|(id, _)| id == other).map(|(_, source)| *source);
    let source = source.ok_or_else(|| no_memo(other, &workspace.memos))?;
    let file = workspace.sources.get(source);
    let beside = file.name.rsplit_once('/').map_or("", |(folder, _)| folder);
    let unread =
        || format!("memo {other} cannot be copied; `ccrov check {other}` says what is wrong with it");
    let entries = outline(&file.text).ok_or_else(unread)?;
    if entries.iter().any(|entry| entry.path == "archive") {
        return Err(format!("memo {other} is archived: it has no text to copy"));
    }
    let target = folder(order, Some(beside))?;

    // Texts in files of their own are copied under the new memo's name.
    let mut renamed = BTreeMap::new();
    let mut texts = Vec::new();
    for name in entries.iter().filter_map(|entry| entry.text.as_ref()) {
        let Some(body) = workspace.texts.bodies.get(&format!("{beside}/{name}")) else { continue };
        let new_name = match name.strip_prefix(other) {
            Some(rest) => format!("{}{rest}", order.id),
            None => format!("{}-{name}", order.id),
        };
        if renamed.insert(name.clone(), new_name.clone()).is_none() {
            texts.push((in_folder(&target, &new_name)?, workspace.sources.get(*body).text.clone()));
        }
    }
    let mut set = vec![("number", order.number.as_deref()), ("status", Some("draft"))];
    set.extend(order.date.as_deref().map(|date| ("date", Some(date))));
    let text =
        edit::set(&file.text, &set).and_then(|text| edit::rename(&text, &renamed)).ok_or_else(unread)?;

    let known = |figures: &str| workspace.memos.iter().any(|id| id.split('-').next() == Some(figures));
    let path = in_folder(&target, &format!("{}.yaml", order.id))?;
    let mut places: Vec<(usize, String)> = Vec::new();
    let mut written = Vec::new();
    for entry in outline(&text).unwrap_or_default() {
        let new_name = |text: &String| renamed.values().any(|name| name == text);
        if set.iter().any(|(key, _)| *key == entry.path) || entry.text.as_ref().is_some_and(new_name) {
            written.push(entry.range);
            continue;
        }
        let own =
            OWN.iter().any(|own| entry.path == *own || own.ends_with('.') && entry.path.starts_with(own));
        if let Some(value) = entry.text.filter(|_| own) {
            let key = entry.path.rsplit('.').next().unwrap_or_default();
            places.push((entry.range.start, format!("{key}: {value}")));
        }
    }
    for range in carried::find(&text, known) {
        let own = written.iter().any(|own| own.start <= range.start && range.end <= own.end);
        let said = places.iter().any(|(start, _)| *start == range.start);
        if !own && !said {
            places.push((range.start, text[range].to_owned()));
        }
    }
    places.sort();
    let mut items: Vec<Item> = places.into_iter().map(|(at, what)| item(&path, &text, at, what)).collect();
    for (path, text) in &texts {
        let found = carried::find(text, known).into_iter();
        items.extend(found.map(|range| item(path, text, range.start, text[range].to_owned())));
    }
    let mut files = vec![(path, text)];
    files.extend(texts);
    Ok(Made { files, items })
}

fn item(file: &OutputPath, text: &str, at: usize, what: String) -> Item {
    Item { file: file.clone(), line: text[..at].matches('\n').count() + 1, what }
}

fn say_announcing(files: &[(OutputPath, String)], terminal: &mut Terminal) {
    let (path, text) = &files[0];
    let id = stem(path.as_str());
    let entries = outline(text).unwrap_or_default();
    let empty = ["letterhead", "to", "from", "contact"]
        .into_iter()
        .filter(|key| entries.iter().any(|entry| entry.path == *key && entry.text.is_none()));
    let empty: Vec<&str> = empty.collect();
    let more = if empty.is_empty() { String::new() } else { format!(" Fill in {}.", empty.join(", ")) };
    terminal.say(&format!("Made {path}, a draft that tells the delay.{more} Next: `ccrov build {id}`."));
}

fn say(files: &[(OutputPath, String)], items: &[Item], from: Option<&str>, terminal: &mut Terminal) {
    let made: Vec<&str> = files.iter().map(|(path, _)| path.as_str()).collect();
    let (id, made) = (stem(made[0]), made.join(", "));
    let Some(from) = from else {
        terminal.say(&format!("Made {made}. Next: fill it in; `ccrov check {id}` says what is missing."));
        return;
    };
    if !items.is_empty() {
        terminal.say(&format!("These came from {}. Is each right for the new memo?\n", stem(from)));
        for Item { file, line, what } in items {
            terminal.say(&format!("  {file}:{line}: {what}"));
        }
        terminal.say("");
    }
    let count = counted(items.len(), "thing");
    terminal.say(&format!("Made {made}, a draft. {count} to confirm; then `ccrov check {id}`."));
}
