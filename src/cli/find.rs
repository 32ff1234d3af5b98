//! `find`: the memos that have certain words, as the website's search finds them.
//!
//! Reads what was built: the manifest and the published texts. Not here: what is found by which words, which is
//! `search::query`.

use std::{
    fs,
    io::{ErrorKind, IsTerminal as _},
    path::Path,
};

use chrono::{Datelike as _, NaiveDate};
use clap::Args;

use super::{Outcome, Terminal, counted};
use crate::{
    diagnostic::Style,
    model::{date, topic},
    search::{
        Searched,
        query::{Found, Query},
        text_of,
    },
    site::{Form, Manifest, MemoEntry, OutputPath, Piece, manifest_path},
};

/// How far a line of an excerpt goes.
const WIDTH: usize = 100;

#[derive(Args)]
pub(super) struct FindArguments {
    /// What the memo has, in its text, its subject or its number; a phrase in quotation marks: '"mock election"'
    #[arg(value_name = "WORDS")]
    words: Vec<String>,
    /// Memos of this year only
    #[arg(long, value_name = "N")]
    year: Option<i32>,
    /// Memos of this topic only: the words before the first colon of the subject
    #[arg(long, value_name = "T")]
    topic: Option<String>,
    /// Memos that are so far only: issued, withdrawn, archived; with --drafts also draft, review, approved
    #[arg(long, value_name = "S", value_parser = ["issued", "withdrawn", "archived", "draft", "review", "approved"])]
    status: Option<String>,
    /// Look through memos that have not gone out yet, too; the website does not show them
    #[arg(long)]
    drafts: bool,
}

/// A memo that was found, and what in it.
struct Hit<'a> {
    entry: &'a MemoEntry,
    day: NaiveDate,
    place: String,
    found: Found,
}

/// `ccrov find`.
pub(super) fn find(root: &Path, chosen: &FindArguments, terminal: &mut Terminal) -> Outcome {
    let typed = chosen.words.join(" ");
    let query = Query::new(&typed);
    if query.is_empty() && !typed.trim().is_empty() {
        return terminal.wrong_usage(&format!("`{typed}` has no letter and no figure to look for"));
    }
    if query.is_empty() && chosen.year.is_none() && chosen.topic.is_none() && chosen.status.is_none() {
        return terminal.wrong_usage("say what to look for: ccrov find mock election --year 2021");
    }
    let output = root.join("output");
    let manifest = match fs::read(output.join(manifest_path().as_str())) {
        Ok(json) => Manifest::read(&json),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            return terminal.wrong_usage("nothing is built yet; `ccrov build` builds what is looked through");
        }
        Err(error) => {
            terminal.complain(&format!("output/manifest.json cannot be read: {error}"));
            return Outcome::Disk;
        }
    };
    let manifest = match manifest {
        Ok(manifest) => manifest,
        Err(wrong) => {
            terminal.complain(&format!(
                "output/manifest.json is damaged ({wrong}); `ccrov build` writes it anew"
            ));
            return Outcome::Disk;
        }
    };
    let mut outcome = Outcome::Done;
    let mut hits = Vec::new();
    for entry in manifest.memos.iter().filter(|entry| chosen.allows(entry)) {
        match look(entry, &output, &query) {
            Ok(hit) => hits.extend(hit),
            // It is only counted.
            Err(_) if entry.is_draft() && !chosen.shows_drafts() => {}
            Err(wrong) => {
                terminal.complain(&wrong);
                outcome = Outcome::Disk;
            }
        }
    }
    let all = hits.len();
    hits.retain(|hit| !hit.entry.is_draft() || chosen.shows_drafts());
    let drafts = all - hits.len();
    hits.sort_by(|a, b| b.place.cmp(&a.place));
    let bold = matches!(terminal.style, Style::Colored) && std::io::stdout().is_terminal();
    hits.iter().for_each(|hit| say(hit, bold, terminal));
    let more = match drafts {
        0 => String::new(),
        1 => " Left out: 1 draft; --drafts shows it.".to_owned(),
        _ => format!(" Left out: {drafts} drafts; --drafts shows them."),
    };
    terminal.say(&format!("{}{more}", summary(hits.len(), &typed, chosen)));
    outcome
}

impl FindArguments {
    fn shows_drafts(&self) -> bool {
        self.drafts || matches!(self.status.as_deref(), Some("draft" | "review" | "approved"))
    }

    fn allows(&self, entry: &MemoEntry) -> bool {
        let same = |asked: &str, has: Option<&str>| {
            has.is_some_and(|has| has.to_lowercase() == asked.to_lowercase())
        };
        self.year.is_none_or(|year| day(entry).is_some_and(|day| day.year() == year))
            && self.topic.as_deref().is_none_or(|asked| same(asked.trim(), topic(&entry.title)))
            && self.status.as_deref().is_none_or(|asked| same(asked, Some(&entry.status)))
    }
}

fn day(entry: &MemoEntry) -> Option<NaiveDate> {
    entry.date.parse().ok()
}

/// The path of one of a memo's own files.
fn path(entry: &MemoEntry, form: Form) -> Option<&str> {
    let own = |file: &&crate::site::File| file.document == Piece::Memo && file.kind == form;
    entry.artifacts.iter().find(own).map(|file| file.path.as_str())
}

/// Looks through a memo.
fn look<'a>(entry: &'a MemoEntry, output: &Path, query: &Query) -> Result<Option<Hit<'a>>, String> {
    let read = |path: &OutputPath| {
        fs::read(output.join(path.as_str())).map_err(|error| format!("output/{path} cannot be read: {error}"))
    };
    let text = text_of(entry, read)?;
    let Some(day) = day(entry) else { return Err(format!("the manifest has no date of memo {}", entry.id)) };
    let page = path(entry, Form::Html).or_else(|| path(entry, Form::File)).or(entry.address.as_deref());
    let memo = Searched {
        page: page.unwrap_or(&entry.id),
        number: entry.number.as_deref(),
        title: &entry.title,
        date: day,
        topic: topic(&entry.title),
        status: &entry.status,
        text: &text,
    };
    Ok(query.found(&memo).map(|found| Hit { entry, day, place: memo.place(), found }))
}

/// A memo's number, date, subject and file, and what was found in it.
fn say(hit: &Hit<'_>, bold: bool, terminal: &mut Terminal) {
    let entry = hit.entry;
    let number = entry.number.as_deref().unwrap_or("-");
    let status = if entry.status == "issued" { String::new() } else { format!(" [{}]", entry.status) };
    terminal.say(&format!("{number}  {}  {}{status}", date::prose(hit.day), entry.title));
    let file = [Form::Pdf, Form::File, Form::Md].into_iter().find_map(|form| path(entry, form));
    match (file, &entry.address) {
        (Some(file), _) => terminal.say(&format!("    output/{file}")),
        (None, Some(address)) => terminal.say(&format!("    {address}")),
        (None, None) => {}
    }
    for line in lines(&hit.found, bold) {
        terminal.say(&format!("    {line}"));
    }
    terminal.say("");
}

/// The excerpt, in lines.
fn lines(found: &Found, bold: bool) -> Vec<String> {
    let (words, before, after) = found.excerpt();
    let dots = |there: bool| there.then(|| ("…".to_owned(), false));
    let mut lines: Vec<String> = Vec::new();
    let (mut line, mut width, mut ended) = (String::new(), 0, true);
    for (word, marked) in dots(before).iter().chain(words).chain(&dots(after)) {
        let gap = usize::from(!ended);
        let length = word.chars().count();
        if width > 0 && width + gap + length > WIDTH {
            lines.push(std::mem::take(&mut line));
            width = 0;
        } else if width > 0 {
            line.push_str(&" ".repeat(gap));
            width += gap;
        }
        let shown = if *marked && bold { format!("\u{1b}[1m{word}\u{1b}[0m") } else { word.clone() };
        line.push_str(&shown);
        width += length;
        // What a dash parts is one word in print.
        ended = length > 1 && word.ends_with(['–', '—']);
    }
    lines.push(line);
    lines
}

/// "2 memos of 2021 on VoteCal have mock election."
fn summary(count: usize, typed: &str, chosen: &FindArguments) -> String {
    let mut such = String::new();
    such.extend(chosen.year.map(|year| format!(" of {year}")));
    such.extend(chosen.topic.as_ref().map(|topic| format!(" on {topic}")));
    such.extend(chosen.status.as_ref().map(|status| format!(" [{status}]")));
    let typed = typed.trim();
    match (count, typed.is_empty()) {
        (0, true) => format!("There is no memo{such}."),
        (0, false) => format!("No memo{such} has {typed}."),
        (_, true) => format!("{}{such}.", counted(count, "memo")),
        (1, false) => format!("1 memo{such} has {typed}."),
        (_, false) => format!("{count} memos{such} have {typed}."),
    }
}
