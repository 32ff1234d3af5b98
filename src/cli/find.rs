//! `find`: the memos that have certain words, as the website's search finds them.

use std::{io::IsTerminal as _, path::Path};

use clap::Args;

use super::{Outcome, Terminal, at, snapshot};
use crate::{
    desk::{self, FindRequest, Hit},
    diagnostic::Style,
    model::date,
    search::query::SearchMatch,
    words::{counted, visible},
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

/// `ccrov find`.
pub(super) fn find(root: &Path, chosen: &FindArguments, terminal: &mut Terminal) -> Outcome {
    let wish = FindRequest {
        words: chosen.words.join(" "),
        year: chosen.year,
        topic: chosen.topic.clone(),
        status: chosen.status.clone(),
        drafts: chosen.drafts,
    };
    let report = match snapshot(&at(root)).and_then(|snapshot| desk::find(&snapshot, &wish)) {
        Ok(report) => report,
        Err(refused) => return terminal.refuse(&refused),
    };
    let outcome = if report.unread.is_empty() { Outcome::Done } else { Outcome::Disk };
    terminal.answer(&report, outcome, |terminal| {
        report.unread.iter().for_each(|wrong| terminal.complain(wrong));
        let bold = matches!(terminal.style, Style::Colored) && std::io::stdout().is_terminal();
        report.memos.iter().for_each(|hit| say(hit, bold, terminal));
        let more = match report.drafts_left_out {
            0 => String::new(),
            1 => " Left out: 1 draft; --drafts shows it.".to_owned(),
            drafts => format!(" Left out: {drafts} drafts; --drafts shows them."),
        };
        terminal.say(&format!("{}{more}", summary(report.memos.len(), &wish)));
    })
}

/// A memo's number, date, subject and file, and what was found in it.
fn say(hit: &Hit, bold: bool, terminal: &mut Terminal) {
    let number = hit.number.as_deref().unwrap_or("-");
    let status = if hit.status == "issued" { String::new() } else { format!(" [{}]", hit.status) };
    let superseded = hit.superseded.as_ref().map(|by| format!(" [superseded by {by}]")).unwrap_or_default();
    terminal.say(&format!("{number}  {}  {}{status}{superseded}", date::prose(hit.date), hit.title));
    match (&hit.file, &hit.address) {
        (Some(file), _) => terminal.say(&format!("    output/{file}")),
        (None, Some(address)) => terminal.say(&format!("    {address}")),
        (None, None) => {}
    }
    for line in lines(&hit.found, bold) {
        terminal.say_marked(&format!("    {line}"));
    }
    terminal.say("");
}

/// The excerpt, in lines.
fn lines(found: &SearchMatch, bold: bool) -> Vec<String> {
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
        let word = visible(word);
        match *marked && bold {
            true => line.push_str(&format!("\u{1b}[1m{word}\u{1b}[0m")),
            false => line.push_str(&word),
        }
        width += length;
        // What a dash parts is one word in print.
        ended = length > 1 && word.ends_with(['–', '—']);
    }
    lines.push(line);
    lines
}

/// "2 memos of 2021 on VoteCal have mock election."
fn summary(count: usize, wish: &FindRequest) -> String {
    let mut such = String::new();
    such.extend(wish.year.map(|year| format!(" of {year}")));
    such.extend(wish.topic.as_ref().map(|topic| format!(" on {topic}")));
    such.extend(wish.status.as_ref().map(|status| format!(" [{status}]")));
    let typed = wish.words.trim();
    match (count, typed.is_empty()) {
        (0, true) => format!("There is no memo{such}."),
        (0, false) => format!("No memo{such} has {typed}."),
        (_, true) => format!("{}{such}.", counted(count, "memo")),
        (1, false) => format!("1 memo{such} has {typed}."),
        (_, false) => format!("{count} memos{such} have {typed}."),
    }
}
