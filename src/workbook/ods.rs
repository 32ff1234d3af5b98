//! An .ods -> its sheets.
//!
//! In: a package. Out: a [`Workbook`]. A row or a cell that is repeated without saying anything is gone past, and not stored. Not here:
//! what a number shows, which the file says beside it.

use std::collections::BTreeMap;

use chrono::{NaiveTime, Timelike as _};

use super::{
    CellPlace, CellValue, LAST, MOST_CELLS, NotAWorkbook, Run, Sheet, SheetCell, Workbook,
    package::{needed, part},
    styles::CellFace,
    xlsx::day,
    xml::{Xml, XmlEvent, XmlTag},
};
use crate::package::Package;

/// Reads it.
pub(super) fn read(package: &mut Package<'_>) -> Result<Workbook, NotAWorkbook> {
    if let Some(manifest) = part(package, "META-INF/manifest.xml")?
        && String::from_utf8_lossy(&manifest).contains("encryption-data")
    {
        return Err(NotAWorkbook::Encrypted);
    }
    let part = needed(package, "content.xml")?;
    let mut xml = Xml::of(&part, "content.xml");
    let mut faces = OdsFaces::default();
    let mut book = Workbook::default();
    let mut left = MOST_CELLS;
    while let Some(event) = xml.next()? {
        let XmlEvent::Open(tag) = event else { continue };
        if tag.name == "table" {
            let mut reading = OdsReading {
                sheet: Sheet { name: tag.get("name").unwrap_or_default().to_owned(), ..Sheet::default() },
                faces: &faces,
                left,
            };
            reading.sheet.is_hidden =
                tag.get("style-name").is_some_and(|style| faces.hidden.iter().any(|hidden| hidden == style));
            reading.table(&mut xml)?;
            left = reading.left;
            book.sheets.push(reading.sheet);
        } else {
            faces.take(&tag);
        }
    }
    Ok(book)
}

/// What styles look like, by their names.
#[derive(Default)]
struct OdsFaces {
    known: BTreeMap<String, CellFace>,
    /// The styles of sheets that are hidden.
    hidden: Vec<String>,
    /// The style that is being read.
    last: String,
}

impl OdsFaces {
    fn take(&mut self, tag: &XmlTag) {
        match tag.name.as_str() {
            "style" => self.last = tag.get("name").unwrap_or_default().to_owned(),
            "text-properties" => {
                let is_bold = tag.get("font-weight").is_some_and(|weight| {
                    weight == "bold" || weight.parse::<u32>().is_ok_and(|weight| weight >= 600)
                });
                let is_struck = ["text-line-through-style", "text-line-through-type"];
                let is_struck = is_struck.into_iter().any(|name| tag.is(name, false));
                self.known.insert(self.last.clone(), CellFace { is_bold, is_struck });
            }
            "table-properties" if tag.get("display") == Some("false") => self.hidden.push(self.last.clone()),
            _ => {}
        }
    }

    fn of(&self, tag: &XmlTag) -> Option<CellFace> {
        self.known.get(tag.get("style-name")?).copied()
    }
}

/// A sheet that is being read.
struct OdsReading<'f> {
    sheet: Sheet,
    faces: &'f OdsFaces,
    /// How many cells may still be stored.
    left: usize,
}

impl OdsReading<'_> {
    /// Reads a table up to its end.
    fn table(&mut self, xml: &mut Xml<'_>) -> Result<(), NotAWorkbook> {
        let (mut depth, mut row) = (1, 0);
        while depth > 0 {
            match xml.next()?.ok_or_else(|| xml.damaged())? {
                XmlEvent::Open(tag) if tag.name == "table-row" => row = self.row(&tag, row, xml)?,
                // Drawings, and tables within a cell or a shape.
                XmlEvent::Open(tag) if matches!(tag.name.as_str(), "shapes" | "table") => xml.skip()?,
                XmlEvent::Open(_) => depth += 1,
                XmlEvent::Close(_) => depth -= 1,
                XmlEvent::Text(_) => {}
            }
        }
        Ok(())
    }

    /// Reads a row, and says where the next one is.
    fn row(&mut self, tag: &XmlTag, row: u32, xml: &mut Xml<'_>) -> Result<u32, NotAWorkbook> {
        let rows = repeated(tag, "number-rows-repeated", LAST.row);
        let mut cells: Vec<(u32, SheetCell)> = Vec::new();
        let mut column = 0;
        loop {
            match xml.next()?.ok_or_else(|| xml.damaged())? {
                XmlEvent::Open(tag) if matches!(tag.name.as_str(), "table-cell" | "covered-table-cell") => {
                    let columns = repeated(&tag, "number-columns-repeated", LAST.column);
                    let place = CellPlace { row: row.min(LAST.row), column };
                    self.merge(&tag, place);
                    if let Some(cell) = self.cell(&tag, xml)? {
                        let many = self.stored(columns)?;
                        cells.extend(
                            (column..).take(many).map(|column| (column.min(LAST.column), cell.clone())),
                        );
                    }
                    column = column.saturating_add(columns).min(LAST.column);
                }
                XmlEvent::Open(_) => xml.skip()?,
                XmlEvent::Close(_) => break,
                XmlEvent::Text(_) => {}
            }
        }
        if !cells.is_empty() {
            let again = rows.saturating_sub(1).saturating_mul(u32::try_from(cells.len()).unwrap_or(u32::MAX));
            self.stored(again)?;
            for row in (row..).take(rows as usize) {
                let row = row.min(LAST.row);
                self.sheet.cells.extend(
                    cells.iter().map(|(column, cell)| (CellPlace { row, column: *column }, cell.clone())),
                );
            }
        }
        if tag.get("visibility").is_some_and(|is| is != "visible") {
            self.sheet.hidden_rows.extend((row..).take((rows as usize).min(MOST_CELLS)));
        }
        Ok(row.saturating_add(rows).min(LAST.row))
    }

    /// Counts cells that are stored.
    fn stored(&mut self, cells: u32) -> Result<usize, NotAWorkbook> {
        let cells = cells as usize;
        let left = self.left.checked_sub(cells).ok_or(NotAWorkbook::TooLarge("200,000 cells"))?;
        self.left = left;
        Ok(cells)
    }

    fn merge(&mut self, tag: &XmlTag, first: CellPlace) {
        let spanned =
            |name| tag.number(name).and_then(|count| u32::try_from(count).ok()).unwrap_or(1).max(1) - 1;
        let (rows, columns) = (spanned("number-rows-spanned"), spanned("number-columns-spanned"));
        if rows > 0 || columns > 0 {
            let last = CellPlace {
                row: first.row.saturating_add(rows).min(LAST.row),
                column: first.column.saturating_add(columns).min(LAST.column),
            };
            self.sheet.merged.push((first, last));
        }
    }

    /// Reads a cell up to its end; `None` if it says nothing.
    fn cell(&mut self, tag: &XmlTag, xml: &mut Xml<'_>) -> Result<Option<SheetCell>, NotAWorkbook> {
        let face = self.faces.of(tag).unwrap_or_default();
        let mut text = OdsCellText { runs: Vec::new(), faces: self.faces, is_struck: face.is_struck };
        text.read(xml, face)?;
        let OdsCellText { runs, is_struck, .. } = text;
        let shown = || runs.iter().map(|run| run.text.as_str()).collect::<String>();
        let is_error = shown().starts_with('#') && tag.get("formula").is_some();
        let value = match tag.get("value-type") {
            _ if is_error => CellValue::Fault(shown()),
            Some("date") => {
                let says = tag.get("date-value").unwrap_or_default();
                // What is shown without its time has none.
                match day(says) {
                    Some(CellValue::Moment(at)) if !shown().contains(':') => CellValue::Day(at.date()),
                    Some(value) => value,
                    None => CellValue::Fault(says.to_owned()),
                }
            }
            Some("time") => match tag.get("time-value").and_then(time) {
                Some(time) => CellValue::Time(time),
                None => CellValue::Fault(shown()),
            },
            Some("float" | "percentage" | "currency") => CellValue::Number { text: shown(), is_plain: true },
            Some("boolean") => CellValue::Truth(tag.get("boolean-value") == Some("true")),
            _ => CellValue::Text(runs),
        };
        Ok((!value.is_blank()).then_some(SheetCell { value, is_struck }))
    }
}

/// How often a row or a cell is repeated.
fn repeated(tag: &XmlTag, name: &str, most: u32) -> u32 {
    let count = tag.number(name).and_then(|count| u32::try_from(count).ok());
    count.unwrap_or(1).clamp(1, most + 1)
}

/// The text of a cell.
struct OdsCellText<'f> {
    runs: Vec<Run>,
    faces: &'f OdsFaces,
    is_struck: bool,
}

impl OdsCellText<'_> {
    /// Reads it up to the end of the cell: a paragraph a line. A comment on the cell is none of it.
    fn read(&mut self, xml: &mut Xml<'_>, face: CellFace) -> Result<(), NotAWorkbook> {
        let mut open: Vec<(String, CellFace)> = vec![("table-cell".to_owned(), face)];
        while let Some((within, face)) = open.last().cloned() {
            match xml.next()?.ok_or_else(|| xml.damaged())? {
                XmlEvent::Open(tag) => {
                    match tag.name.as_str() {
                        "annotation" | "shapes" | "frame" | "custom-shape" => {
                            xml.skip()?;
                            continue;
                        }
                        "p" if !self.runs.is_empty() => self.push("\n", face),
                        "s" => self.push(&" ".repeat(tag.number("c").unwrap_or(1).min(100)), face),
                        "tab" => self.push(" ", face),
                        "line-break" => self.push("\n", face),
                        _ => {}
                    }
                    let inner = if tag.name == "span" { self.faces.of(&tag) } else { None };
                    self.is_struck |= inner.is_some_and(|face| face.is_struck);
                    open.push((tag.name, inner.unwrap_or(face)));
                }
                XmlEvent::Close(_) => drop(open.pop()),
                // What stands between paragraphs is how the file is set.
                XmlEvent::Text(text) if within != "table-cell" => self.push(&text, face),
                XmlEvent::Text(_) => {}
            }
        }
        Ok(())
    }

    fn push(&mut self, text: &str, face: CellFace) {
        match self.runs.last_mut() {
            Some(last) if last.is_bold == face.is_bold => last.text.push_str(text),
            _ => self.runs.push(Run { text: text.to_owned(), is_bold: face.is_bold }),
        }
    }
}

/// A time as it is written out: PT17H30M00S.
fn time(text: &str) -> Option<NaiveTime> {
    let (hours, rest) = text.strip_prefix("PT")?.split_once('H')?;
    let (minutes, _) = rest.split_once('M')?;
    NaiveTime::from_hms_opt(hours.parse().ok()?, minutes.parse().ok()?, 0)?.with_nanosecond(0)
}
