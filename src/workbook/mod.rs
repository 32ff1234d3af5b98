//! A spreadsheet's file -> its sheets, each with the cells that say something.
//!
//! In: the bytes of an .xlsx, an .ods or a .csv. Out: a [`Workbook`]: cells with their places, as text, number, day or time, what of them is
//! bold or struck through, which are merged, which rows are hidden. Nothing is computed: of a formula counts what the program that
//! saved the file had found. Memory is bounded by `package`, whatever the file says of itself. Not here: which cells are a table, and
//! what its columns mean.

mod comma;
mod format;
mod ods;
mod package;
mod styles;
mod xlsx;
mod xml;

use std::{collections::BTreeMap, fmt};

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

/// How many cells of a workbook are read: those of 1000 steps are 10,000.
const MOST_CELLS: usize = 200_000;

/// How many rows and columns are looked at for tables.
const NEAR: CellPlace = CellPlace { row: 20_000, column: 100 };

/// The last row and column of Excel.
const LAST: CellPlace = CellPlace { row: 1_048_575, column: 16_383 };

/// A workbook.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Workbook {
    /// Its sheets, in their order.
    pub sheets: Vec<Sheet>,
}

/// A sheet.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sheet {
    /// Its name; blank of a .csv.
    pub name: String,
    /// Whether a reader does not see it.
    pub is_hidden: bool,
    /// What its cells say, by their places. A blank cell is none.
    pub cells: BTreeMap<CellPlace, SheetCell>,
    /// The cells that are merged into one, by the first and the last.
    pub merged: Vec<(CellPlace, CellPlace)>,
    /// The rows that a reader does not see, from 0.
    pub hidden_rows: Vec<u32>,
}

/// Where a cell stands: from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CellPlace {
    /// Its row.
    pub row: u32,
    /// Its column.
    pub column: u32,
}

/// A cell.
#[derive(Debug, Clone, PartialEq)]
pub struct SheetCell {
    /// What it says.
    pub value: CellValue,
    /// Whether it has a line through it.
    pub is_struck: bool,
}

/// What a cell says.
#[derive(Debug, Clone, PartialEq)]
pub enum CellValue {
    /// Text, in stretches of one face.
    Text(Vec<Run>),
    /// A number as it is shown; `is_plain` if it is known that it is shown so.
    Number {
        /// "1.10".
        text: String,
        /// Whether its format is known.
        is_plain: bool,
    },
    /// A day.
    Day(NaiveDate),
    /// A day with a time.
    Moment(NaiveDateTime),
    /// A time of the day.
    Time(NaiveTime),
    /// True or false.
    Truth(bool),
    /// What cannot be told: an error such as `#REF!`, a day that never was, a formula without a value.
    Fault(String),
}

/// A stretch of a cell's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// What it says.
    pub text: String,
    /// Whether it is bold.
    pub is_bold: bool,
}

/// Why a file is no workbook that can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotAWorkbook {
    /// It is of Excel before 2007.
    Old,
    /// It is protected by a password.
    Encrypted,
    /// It is something else: "a Word file".
    Other(&'static str),
    /// It is cut off or damaged; where.
    Damaged(String),
    /// It holds more than is read.
    TooLarge(&'static str),
    /// It is text that is not UTF-8.
    NotUtf8,
}

impl std::error::Error for NotAWorkbook {}

impl fmt::Display for NotAWorkbook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NotAWorkbook::Old => f.write_str(
                "this is a file of Excel before 2007 (.xls); open it in Excel and save it as an Excel workbook (.xlsx)",
            ),
            NotAWorkbook::Encrypted => f.write_str(
                "this file is protected by a password; open it in Excel, choose File, Info, Protect Workbook, Encrypt with \
                 Password, delete the password, and save it",
            ),
            NotAWorkbook::Other(what) => write!(f, "this is {what}, and no spreadsheet; choose an .xlsx, .ods or .csv file"),
            NotAWorkbook::Damaged(place) => {
                write!(f, "this file is damaged ({place}); open it in Excel and save it again")
            }
            NotAWorkbook::TooLarge(most) => {
                write!(f, "this file has more than {most}; copy the table into a workbook of its own")
            }
            NotAWorkbook::NotUtf8 => {
                f.write_str("this .csv file is not UTF-8; in Excel, save it as “CSV UTF-8 (Comma delimited)”, or as .xlsx")
            }
        }
    }
}

impl Workbook {
    /// Reads a file. What it is, its bytes say, not its name.
    ///
    /// # Errors
    /// [`NotAWorkbook`].
    ///
    /// ```
    /// use ccrov::workbook::Workbook;
    /// let book = Workbook::read(b"Task,End\nInstall,10/8/2021\n").unwrap();
    /// assert_eq!(book.sheets[0].rows()[1], ["Install", "10/8/2021"]);
    /// ```
    pub fn read(bytes: &[u8]) -> Result<Workbook, NotAWorkbook> {
        match package::opened(bytes)? {
            None => comma::read(bytes),
            Some(mut package) => match package::is_ods(&mut package)? {
                true => ods::read(&mut package),
                false => xlsx::read(&mut package),
            },
        }
    }
}

impl Sheet {
    /// The first cell that [`Sheet::rows`] leaves out, since no table of ours goes so far.
    pub fn beyond(&self) -> Option<CellPlace> {
        self.cells.keys().copied().find(|place| !place.is_near())
    }

    /// The cells as text, row by row from the first row of the sheet on; what is merged down stands in each of its rows. What is
    /// [beyond](Sheet::beyond) them is left out.
    pub fn rows(&self) -> Vec<Vec<String>> {
        let mut rows: Vec<Vec<String>> = Vec::new();
        let mut put = |place: CellPlace, text: String| {
            if !place.is_near() {
                return;
            }
            let (row, column) = (place.row as usize, place.column as usize);
            if rows.len() <= row {
                rows.resize(row + 1, Vec::new());
            }
            if rows[row].len() <= column {
                rows[row].resize(column + 1, String::new());
            }
            rows[row][column] = text;
        };
        for (place, cell) in &self.cells {
            put(*place, cell.value.to_string());
        }
        for (first, last) in &self.merged {
            let Some(cell) = self.cells.get(first) else { continue };
            for row in (first.row + 1..=last.row).take(MOST_MERGED) {
                put(CellPlace { row, ..*first }, cell.value.to_string());
            }
        }
        rows
    }
}

/// Into how many rows one cell is merged that is read in each.
const MOST_MERGED: usize = 1000;

impl fmt::Display for CellPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", letters(self.column), self.row + 1)
    }
}

/// The name of a column: A, B, ... Z, AA.
pub fn letters(column: u32) -> String {
    let last = char::from(b'A' + u8::try_from(column % 26).unwrap_or_default());
    match column / 26 {
        0 => last.to_string(),
        before => letters(before - 1) + &last.to_string(),
    }
}

impl CellPlace {
    /// Whether it is among the rows and columns that a table may have.
    fn is_near(self) -> bool {
        self.row < NEAR.row && self.column < NEAR.column
    }

    /// The place that has a name: "B7".
    fn named(name: &str) -> Option<CellPlace> {
        let digits = name.find(|c: char| c.is_ascii_digit())?;
        let mut column: u32 = 0;
        for letter in name[..digits].bytes() {
            let nth = letter.is_ascii_alphabetic().then(|| letter.to_ascii_uppercase() - b'A')?;
            column = column.checked_mul(26)?.checked_add(u32::from(nth) + 1)?;
        }
        let row: u32 = name[digits..].parse().ok()?;
        let place = CellPlace { row: row.checked_sub(1)?, column: column.checked_sub(1)? };
        (place.row <= LAST.row && place.column <= LAST.column).then_some(place)
    }
}

impl fmt::Display for CellValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CellValue::Text(runs) => runs.iter().try_for_each(|run| f.write_str(&run.text)),
            CellValue::Number { text, .. } => f.write_str(text),
            CellValue::Day(day) => write!(f, "{}", day.format("%-m/%-d/%Y")),
            CellValue::Moment(at) => write!(f, "{}", at.format("%-m/%-d/%Y %-H:%M")),
            CellValue::Time(time) => write!(f, "{}", time.format("%-H:%M")),
            CellValue::Truth(is) => f.write_str(if *is { "TRUE" } else { "FALSE" }),
            CellValue::Fault(what) => f.write_str(what),
        }
    }
}

impl CellValue {
    /// Plain text.
    fn plain(text: impl Into<String>, is_bold: bool) -> CellValue {
        CellValue::Text(vec![Run { text: text.into(), is_bold }])
    }

    /// Whether nothing can be seen of it.
    fn is_blank(&self) -> bool {
        matches!(self, CellValue::Text(runs) if runs.iter().all(|run| run.text.trim().is_empty()))
    }
}
