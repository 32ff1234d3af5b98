//! The faces and formats of an .xlsx.
//!
//! In: its `styles.xml`. Out: of each style, what it shows and whether it is bold or struck through. Not here: which cell has which.

use std::collections::BTreeMap;

use super::{
    NotAWorkbook,
    format::NumberFormat,
    xml::{Xml, XmlEvent, XmlTag},
};

/// A style of cells.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct CellStyle {
    pub format: NumberFormat,
    pub face: CellFace,
}

/// What a font looks like.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct CellFace {
    pub is_bold: bool,
    pub is_struck: bool,
}

impl CellFace {
    /// Takes what a tag of a font says.
    pub fn take(&mut self, tag: &XmlTag) {
        match tag.name.as_str() {
            "b" => self.is_bold = tag.is("val", true),
            "strike" => self.is_struck = tag.is("val", true),
            _ => {}
        }
    }
}

/// Reads them, in the order of their numbers.
pub(super) fn styles(part: &[u8]) -> Result<Vec<CellStyle>, NotAWorkbook> {
    let mut xml = Xml::of(part, "styles.xml");
    let (mut formats, mut fonts, mut styles) = (BTreeMap::new(), Vec::<CellFace>::new(), Vec::new());
    // Styles of cells and those that they are named by have the same tags; so have fonts of changes that depend on a rule.
    let mut within: Vec<String> = Vec::new();
    while let Some(event) = xml.next()? {
        match event {
            XmlEvent::Open(tag) => {
                match (within.last().map_or("", String::as_str), tag.name.as_str()) {
                    ("numFmts", "numFmt") => {
                        let code = tag.get("formatCode").unwrap_or_default();
                        formats.extend(tag.number("numFmtId").map(|id| (id, NumberFormat::of_code(code))));
                    }
                    ("fonts", "font") => fonts.push(CellFace::default()),
                    ("font", _) if within.iter().any(|name| name == "fonts") => {
                        fonts.iter_mut().last().into_iter().for_each(|face| face.take(&tag));
                    }
                    ("cellXfs", "xf") => {
                        let id = tag.number("numFmtId").unwrap_or_default();
                        let face = tag.number("fontId").and_then(|at| fonts.get(at)).copied();
                        let format = formats.get(&id).copied().unwrap_or_else(|| NumberFormat::built_in(id));
                        styles.push(CellStyle { format, face: face.unwrap_or_default() });
                    }
                    _ => {}
                }
                within.push(tag.name);
            }
            XmlEvent::Close(_) => drop(within.pop()),
            XmlEvent::Text(_) => {}
        }
    }
    Ok(styles)
}
