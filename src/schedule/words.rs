//! Changes -> sentences that a county understands, and the table of changes.
//!
//! In: [`Changes`]. Out: [`ChangeWords`], the same words for the command line, a memo's attachment and a web page.
//! Not here: what changed; how a table looks.

use chrono::Datelike as _;
use serde::Serialize;

use super::{Change, Changes, Kind, Moved, Row, completed_steps};
use crate::{
    model::{DateCell, date},
    words::{capitalized, counted},
};

/// Changes in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChangeWords {
    /// "From the first plan of votecal-2021-2 to memo 21144 (August 31, 2021):", or that nothing changed.
    pub heading: String,
    /// "Step 15 moved from July 9 to October 8, 2021: 64 working days later."; one text for each change.
    pub sentences: Vec<String>,
    /// The table of changes, a row for each change.
    pub rows: Vec<ChangeRow>,
}

/// A row of the table of changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChangeRow {
    /// The step; nothing for a milestone.
    pub step: String,
    /// Who is responsible.
    pub owner: String,
    /// What is to be done, or a milestone's name.
    pub task: String,
    /// When it was: "7/23/2021 to 8/6/2021".
    pub was: String,
    /// When it is.
    pub is: String,
    /// "64 working days later".
    pub difference: String,
}

/// Tells changes: milestones, tasks, and what has been completed since, which has no row. `from` and `to` say
/// what was compared: "the first plan of votecal-2021-2"; `entity` whose tasks, if not all.
pub fn tell(changes: &Changes<'_>, from: &str, to: &str, entity: Option<&str>) -> ChangeWords {
    let all = || changes.milestones.iter().chain(&changes.tasks);
    let mut sentences: Vec<String> = all().map(sentence).collect();
    let done = completed_steps(changes.since.iter().map(|(task, done)| (task.step().value.as_str(), *done)));
    if !done.is_empty() {
        let have = if done.len() == 1 { "has" } else { "have" };
        sentences.push(format!("{done} {have} been completed since."));
    }
    let heading = match (sentences.is_empty(), entity) {
        (true, None) => format!("Nothing changed from {from} to {to}."),
        (true, Some(entity)) => format!("Nothing changed for {entity} from {from} to {to}."),
        (false, None) => format!("From {from} to {to}:"),
        (false, Some(entity)) => format!("For {entity}, from {from} to {to}:"),
    };
    ChangeWords { heading, sentences, rows: all().map(row).collect() }
}

/// What changed of one milestone or task.
pub fn sentence(change: &Change<'_>) -> String {
    let Some(row) = change.was.as_ref().or(change.is.as_ref()) else { return String::new() };
    let mut name = Name(Some(match row.task {
        Some(task) if task.is_deadline() => format!("the deadline “{}”", task.text),
        Some(task) => format!("step {}", task.step),
        None => format!("the {}", row.id.words()),
    }));
    let mut said: Vec<String> = Vec::new();
    for kind in change.kinds() {
        match (kind, &change.was, &change.is) {
            (Kind::New, _, Some(is)) => {
                let owner = is.task.map(|task| format!("for {}, ", task.owner())).unwrap_or_default();
                let when = span(&dates(is), Year::Last);
                // A deadline is called by what is due.
                let task = is.task.filter(|task| !task.is_deadline());
                let text = task.map(|task| format!(": {}", task.text)).unwrap_or_default();
                said.push(ended(&format!("{} is new, {owner}{when}{text}", name.it())));
            }
            // What a later memo does not repeat, it may still ask for.
            (Kind::Dropped, Some(was), _) if was.task.is_some_and(|task| task.is_deadline()) => {
                said.push(format!("{} is not listed any more.", name.it()));
            }
            (Kind::Dropped, Some(was), _) => {
                let text = was.task.map(|task| format!(": {}", task.text)).unwrap_or_default();
                said.push(ended(&format!("{} has been dropped{text}", name.it())));
            }
            (Kind::Moved, Some(was), Some(is)) => {
                said.extend(moves(change, was, is).iter().map(|step| step.sentence(&mut name)));
            }
            (Kind::Reopened, ..) => {
                said.push(format!("{} was not done as planned, and is still to be done.", name.it()));
            }
            (_, Some(Row { task: Some(was), .. }), Some(Row { task: Some(is), .. })) => {
                said.push(match kind {
                    Kind::Renumbered => format!("{} is now step {}.", name.it(), is.step),
                    Kind::Reassigned => {
                        format!("{} is now for {}; it was for {}.", name.it(), is.owner(), was.owner())
                    }
                    _ => format!("{} now reads “{}”; it read “{}”.", name.it(), is.text, was.text),
                });
            }
            _ => {}
        }
    }
    said.join(" ")
}

/// What a sentence is about: "Step 15" at first, then "It".
struct Name(Option<String>);

impl Name {
    fn it(&mut self) -> String {
        self.0.take().map_or_else(|| "It".to_owned(), |name| capitalized(&name))
    }

    /// "The end of step 15", "Its end".
    fn its(&mut self, part: &str) -> String {
        self.0.take().map_or_else(|| format!("Its {part}"), |name| format!("The {part} of {name}"))
    }
}

/// One move: of the whole, or of its start or end.
struct MovedDates<'c> {
    part: Option<&'static str>,
    was: Vec<&'c DateCell>,
    is: Vec<&'c DateCell>,
    moved: Moved,
}

/// Start and end as one move, if they moved alike; else each by itself.
fn moves<'c>(change: &Change<'_>, was: &'c Row<'_>, is: &'c Row<'_>) -> Vec<MovedDates<'c>> {
    let (from, to) = (dates(was), dates(is));
    let open = |cells: &[&DateCell]| cells.iter().all(|cell| cell.tbd().is_some());
    let whole = match (from.as_slice(), to.as_slice()) {
        (from, to) if open(from) != open(to) => Some(Moved::Anew),
        ([from], [to]) => change.moved(from, to),
        ([..], [..]) if from.len() == to.len() => {
            change.start().zip(change.end()).filter(|(start, end)| start.alike(*end)).map(|(start, _)| start)
        }
        _ => None,
    };
    if let Some(moved) = whole {
        return vec![MovedDates { part: None, was: from, is: to, moved }];
    }
    let part = |part, was, is, moved: Option<Moved>| {
        moved.map(|moved| MovedDates { part: Some(part), was: vec![was], is: vec![is], moved })
    };
    let start = part("start", &was.start, &is.start, change.start());
    start.into_iter().chain(part("end", &was.end, &is.end, change.end())).collect()
}

impl Moved {
    /// How far in words: working days, or calendar days if there is none between; none if the day is the same.
    fn count(self) -> Option<(i64, &'static str)> {
        match self {
            Moved::By { working: 0, calendar: 0 } | Moved::Anew => None,
            Moved::By { working: 0, calendar } => Some((calendar, "calendar day")),
            Moved::By { working, .. } => Some((working, "working day")),
        }
    }

    /// Whether another move can be told in the same words.
    fn alike(self, other: Moved) -> bool {
        self != Moved::Anew && other != Moved::Anew && self.count() == other.count()
    }
}

impl MovedDates<'_> {
    fn sentence(&self, name: &mut Name) -> String {
        let subject = match self.part {
            Some(part) => name.its(part),
            None => name.it(),
        };
        if self.moved == Moved::Anew {
            let (was, is) = (span(&self.was, Year::Last), span(&self.is, Year::Last));
            return ended(&format!("{subject} is now {is}; it was {was}"));
        }
        let years = self.was.iter().chain(&self.is).filter_map(|cell| cell.day()).map(|day| day.year());
        let mut years: Vec<_> = years.collect();
        years.dedup();
        let (was, is) = match years.as_slice() {
            [_] => (span(&self.was, Year::Left), span(&self.is, Year::Last)),
            _ => (span(&self.was, Year::Inside), span(&self.is, Year::Last)),
        };
        let difference = self.difference();
        let difference = if difference.is_empty() { difference } else { format!(": {difference}") };
        ended(&format!("{subject} moved from {was} to {is}{difference}"))
    }

    /// "64 working days later"; nothing if the day is the same.
    fn difference(&self) -> String {
        let Some((count, what)) = self.moved.count() else { return String::new() };
        let far = usize::try_from(count.unsigned_abs()).unwrap_or(usize::MAX);
        format!("{} {}", counted(far, what), if count < 0 { "earlier" } else { "later" })
    }

    /// The difference in a cell of the table.
    fn cell(&self) -> String {
        let difference = self.difference();
        let difference = if difference.is_empty() { "changed".to_owned() } else { difference };
        self.part.map_or_else(|| difference.clone(), |part| format!("its {part} {difference}"))
    }
}

fn row(change: &Change<'_>) -> ChangeRow {
    let shown = change.is.as_ref().or(change.was.as_ref());
    let task = shown.and_then(|row| row.task);
    let mut difference = Vec::new();
    for kind in change.kinds() {
        match (kind, &change.was, &change.is) {
            (Kind::Moved, Some(was), Some(is)) => {
                difference.extend(moves(change, was, is).iter().map(MovedDates::cell));
            }
            (Kind::Reopened, ..) => difference.push("still to be done".to_owned()),
            (Kind::Renumbered, Some(Row { task: Some(was), .. }), _) => {
                difference.push(format!("was step {}", was.step));
            }
            (Kind::Dropped, Some(Row { task: Some(was), .. }), _) if was.is_deadline() => {
                difference.push("not listed any more".to_owned());
            }
            (Kind::Reassigned, Some(Row { task: Some(was), .. }), _) => {
                difference.push(format!("was for {}", was.owner()));
            }
            _ => difference.push(kind.word().to_owned()),
        }
    }
    ChangeRow {
        step: task.map(|task| task.step.to_owned()).unwrap_or_default(),
        owner: task.map(|task| task.owner()).unwrap_or_default(),
        task: task
            .map(|task| task.text.to_owned())
            .or_else(|| Some(capitalized(&shown?.id.words())))
            .unwrap_or_default(),
        was: change.was.as_ref().map(printed).unwrap_or_default(),
        is: change.is.as_ref().map(printed).unwrap_or_default(),
        difference: difference.join("; "),
    }
}

/// The cells that say when something is: one of two that are alike, or of which one says nothing.
fn dates<'c>(row: &'c Row<'_>) -> Vec<&'c DateCell> {
    let nothing = |cell: &DateCell| matches!(cell, DateCell::Empty | DateCell::NotApplicable);
    match (&row.start, &row.end) {
        (start, end) if start == end || nothing(end) => vec![start],
        (start, end) if nothing(start) => vec![end],
        (start, end) => vec![start, end],
    }
}

/// When something is, as its schedule prints it.
fn printed(row: &Row<'_>) -> String {
    dates(row).iter().map(ToString::to_string).collect::<Vec<_>>().join(" to ")
}

/// Whether a date has its year.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Year {
    /// It follows with another date.
    Left,
    /// It is the last word.
    Last,
    /// The sentence goes on.
    Inside,
}

/// "October 8, 2021", "November 5 through November 19, 2021", "October 12, 2021, on-going".
fn span(cells: &[&DateCell], year: Year) -> String {
    let [first, last] = cells else { return cells.iter().map(|cell| words_of(cell, year)).collect() };
    if let (DateCell::Moment(day, from), DateCell::Moment(to, until)) = (first, last)
        && day == to
    {
        let year = if year == Year::Inside { Year::Last } else { year };
        let day = words_of(&DateCell::Day(*day), year);
        return format!("{day} ({} to {})", date::time(*from), date::time(*until));
    }
    let (Some(from), Some(to)) = (first.day(), last.day()) else {
        return format!("{}, {}", words_of(first, Year::Last), words_of(last, year));
    };
    let first_year = match year {
        Year::Left => Year::Left,
        _ if from.year() == to.year() => Year::Left,
        _ => Year::Inside,
    };
    format!("{} through {}", words_of(first, first_year), words_of(last, year))
}

/// What a date is that nobody knows yet.
const TO_BE_DETERMINED: &str = "to be determined";

fn words_of(cell: &DateCell, year: Year) -> String {
    let day = |day| match year {
        Year::Left => date::month_and_day(day),
        Year::Last => date::prose(day),
        Year::Inside => format!("{},", date::prose(day)),
    };
    match cell {
        DateCell::Day(on) => day(*on),
        DateCell::Moment(on, time) => {
            let on = if year == Year::Left { day(*on) } else { format!("{},", date::prose(*on)) };
            format!("{on} at {}", date::time(*time))
        }
        DateCell::Empty => "blank".to_owned(),
        DateCell::NotApplicable => cell.to_string(),
        DateCell::OnGoing => cell.to_string().to_lowercase(),
        DateCell::Between(from, to) => format!("between {}, and {}", date::prose(*from), day(*to)),
        DateCell::Tbd(tbd) => tbd
            .note()
            .map_or_else(|| TO_BE_DETERMINED.to_owned(), |note| format!("{TO_BE_DETERMINED} ({note})")),
    }
}

/// A text as a sentence.
fn ended(text: &str) -> String {
    if text.ends_with(['.', '!', '?']) { text.to_owned() } else { format!("{text}.") }
}
