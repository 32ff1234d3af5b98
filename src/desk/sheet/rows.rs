//! The rows of a sheet that are steps, and what each says.
//!
//! In: cells, what their columns have. Out: [`SheetRow`]s; what stands in the sheet and is no step, to be told. Not here: which step of
//! the release a row is.

use std::sync::Arc;

use super::{
    cells::SheetCells,
    columns::{ColumnMeanings, SheetColumn},
    day,
    pair::normal,
};
use crate::{
    model::DateCell,
    words::{counted, cut},
};

/// A row of a sheet.
#[derive(Debug, Clone)]
pub(super) struct SheetRow {
    /// Its line in the sheet, from 1.
    pub line: usize,
    /// What its cells say; nothing of a column that the sheet has not.
    cells: [Option<String>; 9],
    /// When it starts and ends; nothing of a column that the sheet has not, or of a cell that cannot be read.
    pub start: Option<DateCell>,
    /// See `start`.
    pub end: Option<DateCell>,
    /// The columns of dates that cannot be read as the sheet has them.
    pub unread: Vec<SheetColumn>,
    /// Those of them in whose place nothing is typed that could be read.
    pub open: Vec<SheetColumn>,
    /// Whether it is completed, if its status or the heading above it says so.
    pub is_completed: Option<bool>,
}

impl SheetRow {
    /// What a cell says; nothing if the sheet has no such column.
    pub fn cell(&self, column: SheetColumn) -> Option<&str> {
        self.cells[column as usize].as_deref()
    }

    /// What a cell says, if it says anything.
    pub fn filled(&self, column: SheetColumn) -> Option<&str> {
        self.cell(column).filter(|cell| !cell.is_empty())
    }

    /// A date that was read, by its column.
    pub fn date(&self, column: SheetColumn) -> Option<&DateCell> {
        match column {
            SheetColumn::Start => self.start.as_ref(),
            SheetColumn::End => self.end.as_ref(),
            _ => None,
        }
    }

    /// Says "TBD" in the office's word, as the plan does.
    pub fn in_words(&mut self, word: &Arc<str>) {
        for date in [&mut self.start, &mut self.end].into_iter().flatten() {
            *date = date.clone().in_words(word);
        }
    }

    /// What it is called: "Step 6a", "Row 7".
    pub fn words(&self) -> String {
        match self.filled(SheetColumn::Step) {
            Some(step) => format!("Step {step}"),
            None => format!("Row {}", self.line),
        }
    }

    /// How many working days it takes by its own words: "5", "5 days", "2 weeks". `None` if it says nothing that can be read so.
    pub fn days(&self) -> Option<i32> {
        let text = self.filled(SheetColumn::Days)?.to_lowercase();
        let number = text.trim_end_matches(|c: char| c.is_alphabetic() || c == ' ' || c == '.');
        let days = match text[number.len()..].trim().trim_end_matches('.') {
            "" | "d" | "wd" | "day" | "days" | "working day" | "working days" | "work days" | "workdays"
            | "business days" => 1,
            "w" | "wk" | "wks" | "week" | "weeks" => WEEK,
            _ => return None,
        };
        number
            .strip_suffix(".0")
            .unwrap_or(number)
            .parse::<i32>()
            .ok()?
            .checked_mul(days)
            .filter(|days| *days > 0)
    }

    /// That it says how long it takes, and nobody can read that.
    pub fn unread_days(&self) -> Option<String> {
        let says = self.filled(SheetColumn::Days).filter(|_| self.days().is_none())?;
        Some(format!(
            "{}: the working days “{}” cannot be read, so they are left out. Type a number, such as 5, in the table of steps.",
            self.words(),
            cut(says, 40)
        ))
    }
}

/// How many working days a week has.
const WEEK: i32 = 5;

/// What a sheet says.
#[derive(Default)]
pub(super) struct Rows {
    pub rows: Vec<SheetRow>,
    /// What stands in it and is taken over nowhere.
    pub told: Vec<String>,
}

impl Rows {
    /// Reads them. `typed` has what somebody typed in the place of a date that cannot be read.
    pub fn of<'t>(
        cells: &SheetCells,
        columns: &ColumnMeanings,
        typed: impl Fn(usize, SheetColumn) -> Option<&'t str>,
    ) -> Rows {
        let mut found = Rows { told: outside(cells, columns), ..Rows::default() };
        let begin = columns.head.map_or(0, |head| head + 1);
        let head = columns.head.map(|head| &cells.rows[head]);
        let is_step = |row: &&Vec<String>| row.iter().any(|cell| !cell.is_empty()) && Some(*row) != head;
        let numbered = || cells.rows.iter().enumerate().skip(begin).filter(|(_, row)| is_step(row));
        let (bands, rows): (Vec<_>, Vec<_>) = numbered().partition(|(_, row)| is_band(row, columns));
        let band_of = |at: usize| {
            let above = bands.iter().rev().find(|(band, _)| *band < at);
            above.and_then(|(_, band)| completed(&joined(band)))
        };
        let is_serial = [SheetColumn::Start, SheetColumn::End].map(|column| {
            let place = columns.place(column)?;
            let cells = rows.iter().map(|(_, row)| row.get(place).map_or("", String::as_str));
            day::are_serials(cells).then_some(column)
        });
        for column in is_serial.iter().flatten() {
            found.told.push(serials_words(*column, &rows, columns));
        }
        for (at, row) in rows {
            let line = at + 1;
            let cell = |column| Some(row.get(columns.place(column)?).cloned().unwrap_or_default());
            let date = |column: SheetColumn| {
                let cell = cell(column)?;
                let is_serial = is_serial.contains(&Some(column));
                let read = |text: &str| match day::serial(text).filter(|_| is_serial) {
                    Some(day) => Some(DateCell::Day(day)),
                    None => day::read(text),
                };
                read(&cell).or_else(|| day::read(typed(line, column)?.trim()))
            };
            let (start, end) = (date(SheetColumn::Start), date(SheetColumn::End));
            let both = [(SheetColumn::Start, &start), (SheetColumn::End, &end)];
            let in_sheet = |column: &SheetColumn| cell(*column).is_some();
            let open = both.iter().filter(|(column, date)| date.is_none() && in_sheet(column));
            let open: Vec<SheetColumn> = open.map(|(column, _)| *column).collect();
            let is_unread = |column: &SheetColumn| {
                let says = cell(*column)?;
                let is_serial = is_serial.contains(&Some(*column)) && day::serial(&says).is_some();
                Some(!is_serial && day::read(&says).is_none())
            };
            let dates = [SheetColumn::Start, SheetColumn::End].into_iter();
            let unread = dates.filter(|column| is_unread(column) == Some(true)).collect();
            let cells = SheetColumn::ALL.map(cell);
            let status = cells[SheetColumn::Status as usize].as_deref().and_then(completed);
            let is_completed = status.or_else(|| band_of(at));
            found.rows.push(SheetRow { line, cells, start, end, unread, open, is_completed });
        }
        let bands: Vec<String> = bands.into_iter().map(|(_, row)| format!("“{}”", joined(row))).collect();
        if !bands.is_empty() {
            let (is, it) = if bands.len() == 1 { ("is a heading", "it") } else { ("are headings", "they") };
            let words = format!(
                "{} {is} of the sheet. A release has no headings among its steps, so {it} {} left out.",
                bands.join(", "),
                if bands.len() == 1 { "is" } else { "are" }
            );
            found.told.push(words);
        }
        found
    }
}

/// Whether a row is a heading among the steps: words in one cell, and nothing else.
fn is_band(row: &[String], columns: &ColumnMeanings) -> bool {
    let mut filled = row.iter().enumerate().filter(|(_, cell)| !cell.is_empty());
    let (first, second) = (filled.next(), filled.next());
    let has_more = columns.place(SheetColumn::Who).or(columns.place(SheetColumn::Step)).is_some();
    let is_word = |cell: &str| cell.chars().any(char::is_alphabetic) && day::read(cell).is_none();
    second.is_none() && has_more && first.is_some_and(|(_, cell)| is_word(cell))
}

/// What a status or a heading says of steps: "Completed", "Remaining tasks".
fn completed(words: &str) -> Option<bool> {
    match normal(words).split(' ').next()? {
        "completed" | "complete" | "done" => Some(true),
        "remaining" | "open" | "pending" => Some(false),
        _ => None,
    }
}

/// How many rows above the table are shown.
const ABOVE: usize = 8;

/// What stands above the table, and in columns that no step has.
fn outside(cells: &SheetCells, columns: &ColumnMeanings) -> Vec<String> {
    let mut told = Vec::new();
    let above = cells.rows.iter().take(columns.head.unwrap_or_default());
    let above: Vec<String> =
        above.filter(|row| !joined(row).is_empty()).map(|row| format!("“{}”", joined(row))).collect();
    if !above.is_empty() {
        let (shown, rest) = above.split_at(above.len().min(ABOVE));
        let more = if rest.is_empty() {
            String::new()
        } else {
            format!(", and {}", counted(rest.len(), "more row"))
        };
        told.push(format!("Above the table stands {}{more}. It is left out.", shown.join(", ")));
    }
    let rows = cells.rows.iter().skip(columns.head.map_or(0, |head| head + 1));
    let is_used = |at: usize| rows.clone().any(|row| row.get(at).is_some_and(|cell| !cell.is_empty()));
    for (at, _) in
        columns.meanings.iter().enumerate().filter(|(at, meaning)| meaning.is_none() && is_used(*at))
    {
        let name = columns.head.and_then(|head| cells.rows[head].get(at)).filter(|name| !name.is_empty());
        let name = name.map_or_else(
            || format!("Column {}", letter(at)),
            |name| format!("The column “{}”", cut(name, 40)),
        );
        told.push(format!("{name} is left out. If a step has it, say so under “The columns of the sheet”."));
    }
    if cells.unseen > 0 {
        told.push(format!(
            "The sheet has {} that nobody sees; blanks take their places.",
            counted(cells.unseen, "sign")
        ));
    }
    told
}

fn serials_words(column: SheetColumn, rows: &[(usize, &Vec<String>)], columns: &ColumnMeanings) -> String {
    let place = columns.place(column).unwrap_or_default();
    let mut cells = rows.iter().filter_map(|(_, row)| row.get(place));
    let example = cells.find_map(|cell| Some(format!("{cell} is {}", DateCell::Day(day::serial(cell)?))));
    format!(
        "The column {} has the numbers by which Excel counts days: {}.",
        column.label(),
        example.unwrap_or_default()
    )
}

fn joined(row: &[String]) -> String {
    let filled = row.iter().filter(|cell| !cell.is_empty()).map(String::as_str);
    cut(&filled.collect::<Vec<_>>().join(" ").replace('\n', " "), 60).to_string()
}

/// The name that a spreadsheet gives a column: A, B, ... Z, AA.
pub(super) fn letter(at: usize) -> String {
    let last = char::from(b'A' + u8::try_from(at % 26).unwrap_or_default());
    match at / 26 {
        0 => last.to_string(),
        before => letter(before - 1) + &last.to_string(),
    }
}
