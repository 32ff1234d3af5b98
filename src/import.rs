//! A list of old memos -> the YAML files that archive them.
//!
//! In: CSV with a head (number, date, title, and file or address). Out: a file for each row, and what
//! is wrong with each row that cannot be taken. Not here: reading and writing files.

use std::{collections::BTreeMap, fmt};

use serde::Serialize;

use crate::{
    file_kind::FileKind,
    model::{Id, Number, date},
    records::is_address,
    spreadsheet::unguarded,
    words::is_control,
};

/// What became of a list.
#[derive(Debug, PartialEq, Eq)]
pub struct Imported {
    /// The files to be written.
    pub files: Vec<ImportedFile>,
    /// The rows that could not be taken, in their order.
    pub refused: Vec<RowFault>,
}

/// The file of an old memo.
#[derive(Debug, PartialEq, Eq)]
pub struct ImportedFile {
    /// The line of the list, from 1.
    pub line: u64,
    /// Its path from the working folder.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// A row that could not be taken.
#[derive(Debug, PartialEq, Eq)]
pub struct RowFault {
    /// The line of the list, from 1.
    pub line: u64,
    /// What is wrong with it, and what to do.
    pub why: NotAMemo,
}

/// Why a row is no old memo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotAMemo {
    /// It is no row of CSV.
    Unreadable(String),
    /// A cell is not UTF-8.
    Encoding,
    /// A number that is none.
    Number(String),
    /// A date that is none.
    Date(String),
    /// A cell has a control character.
    Control(char),
    /// It has no title.
    NoTitle,
    /// An address that is none.
    Address(String),
    /// It has neither a file nor an address.
    Nowhere,
    /// There is such a memo.
    Taken(String),
    /// Its number cannot serve as the name of a file.
    Name(String),
    /// Its file cannot be written as YAML.
    Unwritten(String),
    /// `ccrov check` would find this fault in its file.
    Faulty(String),
}

impl fmt::Display for NotAMemo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NotAMemo::Unreadable(why) => write!(f, "this row cannot be read: {why}"),
            NotAMemo::Encoding => f.write_str("it is not UTF-8; save the list again with that encoding"),
            NotAMemo::Number(number) => {
                write!(f, "`{number}` is not the number of a memo: five figures, such as 16120")
            }
            NotAMemo::Date(written) => {
                write!(f, "`{written}` is no date: write 2016-04-04, 4/4/2016 or April 4, 2016")
            }
            NotAMemo::Control(control) => write!(
                f,
                "it has a control character, which cannot be seen (U+{:04X}); type the cell again without that",
                u32::from(*control)
            ),
            NotAMemo::NoTitle => f.write_str("it has no title"),
            NotAMemo::Address(address) => write!(
                f,
                "`{address}` is no address: it begins with https://; a file's name stands under `file`"
            ),
            NotAMemo::Nowhere => f.write_str("it has neither a file nor an address"),
            NotAMemo::Taken(id) => write!(f, "there is a memo {id} already"),
            NotAMemo::Name(number) => write!(f, "`{number}` cannot serve as a name"),
            NotAMemo::Unwritten(why) => write!(f, "it cannot be written: {why}"),
            NotAMemo::Faulty(why) => write!(f, "its memo would have a fault: {why}"),
        }
    }
}

impl std::error::Error for NotAMemo {}

/// A text that is no list of memos.
#[derive(Debug, PartialEq, Eq)]
pub struct NotAList(WhyNot);

#[derive(Debug, PartialEq, Eq)]
enum WhyNot {
    /// Columns are missing.
    Columns(Vec<&'static str>),
    /// It is no plain text.
    Kind(FileKind),
}

impl fmt::Display for NotAList {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let missing = match &self.0 {
            WhyNot::Columns(missing) => missing,
            WhyNot::Kind(kind) => {
                return write!(
                    f,
                    "it is {}; in Excel, choose File, Save as, and the type \"CSV UTF-8\"",
                    kind.words()
                );
            }
        };
        write!(
            f,
            "the first line has no column {}; it reads `number,date,title,address` or `number,date,title,file`",
            missing.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(" and ")
        )
    }
}

impl std::error::Error for NotAList {}

/// What an archived memo's file holds.
#[derive(Serialize)]
struct ArchivedRecord<'a> {
    archive: bool,
    number: &'a str,
    date: String,
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<&'a str>,
}

/// Which column is which.
struct Columns {
    number: usize,
    date: usize,
    title: usize,
    file: Option<usize>,
    address: Option<usize>,
}

/// Reads a list. `taken` says which ids have a file already. A second memo of a number gets the id
/// `15161-2`, as a reissued one has.
///
/// # Errors
/// [`NotAList`] if it is no plain text, or if the head lacks a column.
///
/// ```
/// let list = "Number,Date,Title,Address\n16120,\"April 4, 2016\",Central Committees (PDF),https://www.example.gov/16120.pdf\n16x,,,\n";
/// let imported = ccrov::import::read(list.as_bytes(), |_| false).unwrap();
/// assert_eq!(imported.files[0].path, "memos/2016/16120.yaml");
/// assert!(imported.files[0].text.contains("title: Central Committees\n"));
/// assert_eq!(imported.refused[0].line, 3);
/// ```
pub fn read(list: &[u8], taken: impl Fn(&str) -> bool) -> Result<Imported, NotAList> {
    if let Some(kind) = FileKind::of(list) {
        return Err(NotAList(WhyNot::Kind(kind)));
    }
    let list = list.strip_prefix("\u{feff}".as_bytes()).unwrap_or(list);
    let mut rows = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(list);
    let head = rows.byte_headers().cloned().unwrap_or_default();
    let columns = columns(&head)?;
    let mut imported = Imported { files: Vec::new(), refused: Vec::new() };
    let mut used = BTreeMap::new();
    let mut lines = LineCounter { list, at: 0, line: 1 };
    for row in rows.byte_records() {
        let start = row.as_ref().ok().and_then(csv::ByteRecord::position).map_or(0, csv::Position::byte);
        let line = lines.of(usize::try_from(start).unwrap_or(list.len()));
        let row = row.map_err(|error| NotAMemo::Unreadable(error.to_string()));
        match row.and_then(|row| file(&row, &columns, &mut used, &taken)) {
            Ok((path, text)) => imported.files.push(ImportedFile { line, path, text }),
            Err(why) => imported.refused.push(RowFault { line, why }),
        }
    }
    Ok(imported)
}

/// The numbers of a list's lines, counted on from row to row.
struct LineCounter<'l> {
    list: &'l [u8],
    at: usize,
    line: u64,
}

impl LineCounter<'_> {
    /// The line in which a row begins, from 1. What is left of the line before it, and empty lines, are passed.
    fn of(&mut self, start: usize) -> u64 {
        let ends = |byte: &u8| matches!(byte, b'\r' | b'\n');
        let rest = self.list.get(start..).unwrap_or_default();
        let start = start + rest.iter().take_while(|byte| ends(byte)).count();
        while self.at < start.min(self.list.len()) {
            let pair = self.list[self.at] == b'\r' && self.list.get(self.at + 1) == Some(&b'\n');
            self.line += u64::from(ends(&self.list[self.at]));
            self.at += 1 + usize::from(pair);
        }
        self.line
    }
}

fn columns(head: &csv::ByteRecord) -> Result<Columns, NotAList> {
    let find = |names: &[&str]| {
        head.iter().position(|cell| names.iter().any(|name| cell.eq_ignore_ascii_case(name.as_bytes())))
    };
    let (number, date, title) = (find(&["number", "ccrov number"]), find(&["date"]), find(&["title"]));
    let (file, address) = (find(&["file"]), find(&["address", "url", "link"]));
    if let (Some(number), Some(date), Some(title), true) = (number, date, title, file.or(address).is_some()) {
        return Ok(Columns { number, date, title, file, address });
    }
    let have = [(number, "number"), (date, "date"), (title, "title"), (file.or(address), "address")];
    let missing = have.iter().filter(|(at, _)| at.is_none()).map(|(_, name)| *name).collect();
    Err(NotAList(WhyNot::Columns(missing)))
}

/// The file of a row, or what is wrong with the row.
fn file(
    row: &csv::ByteRecord,
    columns: &Columns,
    used: &mut BTreeMap<String, usize>,
    taken: &impl Fn(&str) -> bool,
) -> Result<(String, String), NotAMemo> {
    let cell = |at: usize| {
        let bytes = row.get(at).unwrap_or_default();
        std::str::from_utf8(bytes).map(unguarded).map_err(|_| NotAMemo::Encoding)
    };
    let optional =
        |at: Option<usize>| at.map_or(Ok(""), cell).map(|text| Some(text).filter(|text| !text.is_empty()));
    let number = cell(columns.number)?.trim_start_matches('#');
    if number.parse::<Number>().is_err() {
        return Err(NotAMemo::Number(number.to_owned()));
    }
    let written = cell(columns.date)?;
    let day = date::read(written).map_err(|_| NotAMemo::Date(written.to_owned()))?;
    let title = cell(columns.title)?.trim_end_matches("(PDF)").trim_end();
    if title.is_empty() {
        return Err(NotAMemo::NoTitle);
    }
    let (file, address) = (optional(columns.file)?, optional(columns.address)?);
    if let Some(address) = address.filter(|address| !is_address(address)) {
        return Err(NotAMemo::Address(address.to_owned()));
    }
    if file.is_none() && address.is_none() {
        return Err(NotAMemo::Nowhere);
    }
    let controls =
        [Some(title), file, address].into_iter().flatten().flat_map(str::chars).find(|c| is_control(*c));
    if let Some(control) = controls {
        return Err(NotAMemo::Control(control));
    }
    let count = used.entry(number.to_owned()).or_insert(0_usize);
    *count += 1;
    let id = if *count == 1 { number.to_owned() } else { format!("{number}-{count}") };
    if taken(&id) {
        return Err(NotAMemo::Taken(id));
    }
    let id: Id = id.parse().map_err(|_| NotAMemo::Name(number.to_owned()))?;
    let record = ArchivedRecord {
        archive: true,
        number,
        date: date::iso_text(day),
        title,
        file: file.filter(|_| address.is_none()),
        address,
    };
    let text = serde_yaml::to_string(&record).map_err(|error| NotAMemo::Unwritten(error.to_string()))?;
    Ok((format!("memos/{}/{id}.yaml", chrono::Datelike::year(&day)), text))
}
