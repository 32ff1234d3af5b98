//! An .xlsx -> its sheets.
//!
//! In: a package. Out: a [`Workbook`]. Not here: what a number shows (`format`).

use chrono::{NaiveDate, NaiveDateTime};

use super::{
    CellPlace, CellValue, LAST, MOST_CELLS, NotAWorkbook, Run, Sheet, SheetCell, Workbook,
    package::{at, needed, part},
    styles::{CellFace, CellStyle, styles},
    xml::{Xml, XmlEvent, XmlTag},
};
use crate::package::{Package, PartRelation};

/// A text that cells share: in stretches of one face.
type SharedText = Vec<(String, CellFace)>;

/// What the cells of a workbook refer to.
struct Book {
    texts: Vec<SharedText>,
    styles: Vec<CellStyle>,
    is_macintosh: bool,
}

/// Reads it.
pub(super) fn read(package: &mut Package<'_>) -> Result<Workbook, NotAWorkbook> {
    let main = related(package, "")?
        .into_iter()
        .find(|related| related.kind == "officeDocument")
        .map_or_else(|| "xl/workbook.xml".to_owned(), |related| related.target);
    let related = related(package, &main)?;
    let of_kind =
        |kind: &str| related.iter().find(|related| related.kind == kind).map(|related| &related.target);
    let (listed, is_macintosh) = listed(&needed(package, &main)?, &main)?;
    let mut book = Book { texts: Vec::new(), styles: Vec::new(), is_macintosh };
    if let Some(bytes) = of_kind("styles").map(|path| part(package, path)).transpose()?.flatten() {
        book.styles = styles(&bytes)?;
    }
    if let Some(bytes) = of_kind("sharedStrings").map(|path| part(package, path)).transpose()?.flatten() {
        book.texts = texts(&bytes)?;
    }
    let mut found = Workbook::default();
    let mut count = 0;
    for (id, sheet) in listed {
        // A sheet of another kind is a chart.
        let Some(path) = related.iter().find(|related| related.id == id && related.kind == "worksheet")
        else {
            continue;
        };
        let bytes = needed(package, &path.target)?;
        let mut reading = XlsxReading { book: &book, sheet, at: CellPlace { row: 0, column: 0 }, next: 0 };
        reading.read(&mut Xml::of(&bytes, &path.target))?;
        count += reading.sheet.cells.len();
        if count > MOST_CELLS {
            return Err(NotAWorkbook::TooLarge("200,000 cells"));
        }
        found.sheets.push(reading.sheet);
    }
    Ok(found)
}

/// What a part refers to; of none, what the package does.
fn related(package: &mut Package<'_>, part: &str) -> Result<Vec<PartRelation>, NotAWorkbook> {
    package.relations(part).map_err(|fault| at(part, fault))
}

/// The sheets that a workbook lists, with the names by which it refers to their parts; whether its days are counted from 1904.
fn listed(part: &[u8], path: &str) -> Result<(Vec<(String, Sheet)>, bool), NotAWorkbook> {
    let mut xml = Xml::of(part, path);
    let (mut sheets, mut is_macintosh) = (Vec::new(), false);
    while let Some(event) = xml.next()? {
        let XmlEvent::Open(tag) = event else { continue };
        match tag.name.as_str() {
            "workbookPr" => is_macintosh = tag.is("date1904", false),
            "sheet" => {
                let sheet = Sheet {
                    name: tag.get("name").unwrap_or_default().to_owned(),
                    is_hidden: tag.get("state").is_some_and(|state| state != "visible"),
                    ..Sheet::default()
                };
                sheets.extend(tag.get("id").map(|id| (id.to_owned(), sheet)));
            }
            _ => {}
        }
    }
    Ok((sheets, is_macintosh))
}

/// The texts that cells share.
fn texts(part: &[u8]) -> Result<Vec<SharedText>, NotAWorkbook> {
    let mut xml = Xml::of(part, "sharedStrings.xml");
    let mut texts = Vec::new();
    while let Some(event) = xml.next()? {
        if let XmlEvent::Open(tag) = event
            && tag.name == "si"
        {
            texts.push(rich_text(&mut xml)?);
        }
    }
    Ok(texts)
}

/// The stretches of a text up to its end; how it is pronounced is none of it.
fn rich_text(xml: &mut Xml<'_>) -> Result<SharedText, NotAWorkbook> {
    let (mut runs, mut depth, mut face) = (SharedText::new(), 1, CellFace::default());
    while depth > 0 {
        match xml.next()?.ok_or_else(|| xml.damaged())? {
            XmlEvent::Open(tag) => match tag.name.as_str() {
                "t" => runs.push((unescaped(&xml.text()?), face)),
                "rPh" | "phoneticPr" => xml.skip()?,
                name => {
                    if name == "r" {
                        face = CellFace::default();
                    }
                    face.take(&tag);
                    depth += 1;
                }
            },
            XmlEvent::Close(_) => depth -= 1,
            XmlEvent::Text(_) => {}
        }
    }
    Ok(runs)
}

/// A text with the signs that Excel writes as `_x000D_`.
fn unescaped(text: &str) -> String {
    let (mut plain, mut rest) = (String::new(), text);
    while let Some(at) = rest.find("_x") {
        let code = rest.get(at + 2..at + 6).filter(|_| rest.as_bytes().get(at + 6) == Some(&b'_'));
        let sign = code.and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32);
        let (before, length) = (&rest[..at], if sign.is_some() { 7 } else { 2 });
        plain.push_str(before);
        match sign {
            Some(sign) => plain.push(sign),
            None => plain.push_str("_x"),
        }
        rest = &rest[at + length..];
    }
    plain.push_str(rest);
    plain.replace("\r\n", "\n").replace('\r', "\n")
}

/// A sheet that is being read.
struct XlsxReading<'b> {
    book: &'b Book,
    sheet: Sheet,
    /// Where a cell stands that does not say it.
    at: CellPlace,
    /// Which row comes next, if it does not say it.
    next: u32,
}

impl XlsxReading<'_> {
    fn read(&mut self, xml: &mut Xml<'_>) -> Result<(), NotAWorkbook> {
        while let Some(event) = xml.next()? {
            let XmlEvent::Open(tag) = event else { continue };
            match tag.name.as_str() {
                "row" => {
                    let row = tag.number("r").and_then(|row| u32::try_from(row).ok()?.checked_sub(1));
                    self.at = CellPlace { row: row.unwrap_or(self.next).min(LAST.row), column: 0 };
                    self.next = self.at.row + 1;
                    if tag.is("hidden", false) {
                        self.sheet.hidden_rows.push(self.at.row);
                    }
                }
                "c" => self.cell(&tag, xml)?,
                "mergeCell" => {
                    let both = tag.get("ref").and_then(|both| both.split_once(':'));
                    let both = both
                        .and_then(|(first, last)| Some((CellPlace::named(first)?, CellPlace::named(last)?)));
                    self.sheet.merged.extend(both);
                }
                // What is filled in elsewhere: notes beside the sheet, lists to choose from.
                "extLst" | "dataValidations" | "conditionalFormatting" | "AlternateContent" => xml.skip()?,
                _ => {}
            }
            if self.sheet.cells.len() > MOST_CELLS || self.sheet.merged.len() > MOST_CELLS {
                return Err(NotAWorkbook::TooLarge("200,000 cells"));
            }
        }
        Ok(())
    }

    fn cell(&mut self, tag: &XmlTag, xml: &mut Xml<'_>) -> Result<(), NotAWorkbook> {
        let place = tag.get("r").and_then(CellPlace::named).unwrap_or(self.at);
        self.at = CellPlace { column: (place.column + 1).min(LAST.column), ..place };
        let (mut said, mut inline, mut is_formula, mut depth) = (None, None, false, 1);
        while depth > 0 {
            match xml.next()?.ok_or_else(|| xml.damaged())? {
                XmlEvent::Open(tag) => match tag.name.as_str() {
                    "v" => said = Some(xml.text()?),
                    "is" => inline = Some(rich_text(xml)?),
                    "f" => {
                        is_formula = true;
                        xml.skip()?;
                    }
                    _ => depth += 1,
                },
                XmlEvent::Close(_) => depth -= 1,
                XmlEvent::Text(_) => {}
            }
        }
        let style = tag.number("s").and_then(|at| self.book.styles.get(at)).copied().unwrap_or_default();
        let cell = match (inline, said) {
            (Some(text), _) => text_cell(&text, style.face),
            (None, Some(said)) => self.value(tag.get("t").unwrap_or("n"), &said, style),
            (None, None) if is_formula => SheetCell {
                value: CellValue::Fault("a formula without a result".to_owned()),
                is_struck: false,
            },
            (None, None) => return Ok(()),
        };
        if !cell.value.is_blank() {
            self.sheet.cells.insert(place, cell);
        }
        Ok(())
    }

    /// What a cell of a kind says.
    fn value(&self, kind: &str, said: &str, style: CellStyle) -> SheetCell {
        let value = match kind {
            "s" => {
                let text = said.trim().parse::<usize>().ok().and_then(|at| self.book.texts.get(at));
                return match text {
                    Some(text) => text_cell(text, style.face),
                    None => SheetCell {
                        value: CellValue::Fault("a text that is missing".to_owned()),
                        is_struck: false,
                    },
                };
            }
            "str" | "inlineStr" => {
                return text_cell(&vec![(unescaped(said), CellFace::default())], style.face);
            }
            "b" => CellValue::Truth(said.trim() == "1" || said.trim() == "true"),
            "e" => CellValue::Fault(said.to_owned()),
            "d" => day(said).unwrap_or_else(|| CellValue::Fault(said.to_owned())),
            _ => match said.trim().parse::<f64>() {
                Ok(number) if number.is_finite() => style.format.shown(number, self.book.is_macintosh),
                _ => CellValue::Fault(said.to_owned()),
            },
        };
        SheetCell { value, is_struck: style.face.is_struck }
    }
}

/// A cell of text. What no stretch says of its face, the cell's style says.
fn text_cell(text: &SharedText, style: CellFace) -> SheetCell {
    let is_plain = text.len() == 1;
    let run = |(text, face): &(String, CellFace)| Run {
        text: text.clone(),
        is_bold: face.is_bold || is_plain && style.is_bold,
    };
    let is_struck = style.is_struck || text.iter().any(|(_, face)| face.is_struck);
    SheetCell { value: CellValue::Text(text.iter().map(run).collect()), is_struck }
}

/// A day as it is written out: 2021-08-31, 2021-08-31T17:00:00.
pub(super) fn day(text: &str) -> Option<CellValue> {
    let text = text.trim().trim_end_matches('Z');
    if let Ok(day) = text.parse::<NaiveDate>() {
        return Some(CellValue::Day(day));
    }
    let at: NaiveDateTime = text.parse().ok()?;
    Some(if at.time() == chrono::NaiveTime::MIN { CellValue::Day(at.date()) } else { CellValue::Moment(at) })
}
