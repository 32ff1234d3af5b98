//! Workbooks for tests, written part by part.

use std::io::{Cursor, Write as _};

use zip::{ZipWriter, write::SimpleFileOptions};

/// A zip of parts.
pub fn zip(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// Styles: 1 is a day, 2 is bold, 3 a day with a time, 4 has two figures behind the point, 5 is struck through, 6 a telephone number.
const STYLES: &str = "<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">\
    <numFmts count=\"1\"><numFmt numFmtId=\"170\" formatCode=\"[&lt;=9999999]###\\-####;\\(###\\)\\ ###\\-####\"/></numFmts>\
    <fonts><font/><font><b/></font><font><strike/></font></fonts>\
    <cellStyleXfs><xf numFmtId=\"9\"/></cellStyleXfs>\
    <cellXfs><xf/><xf numFmtId=\"14\"/><xf fontId=\"1\"/><xf numFmtId=\"22\"/><xf numFmtId=\"2\"/><xf fontId=\"2\"/><xf numFmtId=\"170\"/></cellXfs>\
    </styleSheet>";

/// An .xlsx of sheets, each by its name and the inside of its `worksheet`; a name that begins with `-` is hidden.
pub fn xlsx(sheets: &[(&str, &str)]) -> Vec<u8> {
    xlsx_of("", STYLES, sheets)
}

/// The same with properties of the workbook (`workbookPr`), and with a part of styles.
pub fn xlsx_of(properties: &str, styles: &str, sheets: &[(&str, &str)]) -> Vec<u8> {
    let relation = |id: &str, kind: &str, target: &str| {
        let kind = format!("http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}");
        format!("<Relationship Id=\"{id}\" Type=\"{kind}\" Target=\"{target}\"/>")
    };
    let relations = |all: String| format!("<Relationships>{all}</Relationships>");
    let (mut listed, mut related, mut parts) = (String::new(), String::new(), Vec::new());
    for (at, (name, inside)) in sheets.iter().enumerate() {
        let state = if name.starts_with('-') { " state=\"hidden\"" } else { "" };
        listed += &format!("<sheet name=\"{name}\"{state} r:id=\"r{at}\"/>");
        related += &relation(&format!("r{at}"), "worksheet", &format!("worksheets/s{at}.xml"));
        parts.push((format!("xl/worksheets/s{at}.xml"), format!("<worksheet>{inside}</worksheet>")));
    }
    related += &relation("st", "styles", "/xl/styles.xml");
    related += &relation("ss", "sharedStrings", "sharedStrings.xml");
    let shared = "<sst><si><t>shared &amp; _x000D_\nkept</t></si><si><r><t>Install </t></r><r><rPr><b/></rPr><t>NOT ON A SUNDAY</t></r><rPh><t>no</t></rPh></si></sst>";
    let mut all = vec![
        ("_rels/.rels".to_owned(), relations(relation("r", "officeDocument", "xl/workbook.xml"))),
        ("xl/workbook.xml".to_owned(), format!("<workbook>{properties}<sheets>{listed}</sheets></workbook>")),
        ("xl/_rels/workbook.xml.rels".to_owned(), relations(related)),
        ("xl/styles.xml".to_owned(), styles.to_owned()),
        ("xl/sharedStrings.xml".to_owned(), shared.to_owned()),
    ];
    all.extend(parts);
    zip(&all.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect::<Vec<_>>())
}

/// The inside of a worksheet whose cells are text; one that begins with `<` is a cell of its own, with `@` in the place of its name.
pub fn rows(rows: &[&[&str]]) -> String {
    let mut inside = String::from("<sheetData>");
    for (row, cells) in rows.iter().enumerate() {
        inside += &format!("<row r=\"{}\">", row + 1);
        for (column, cell) in cells.iter().enumerate() {
            let place = format!("{}{}", char::from(b'A' + column as u8), row + 1);
            inside += &match cell {
                &"" => String::new(),
                cell if cell.starts_with('<') => cell.replace('@', &place),
                cell => format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{cell}</t></is></c>"),
            };
        }
        inside += "</row>";
    }
    inside + "</sheetData>"
}

/// An .ods of one sheet, by the inside of its table.
pub fn ods(inside: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\" xmlns:style=\"s\" xmlns:fo=\"f\">\
         <office:automatic-styles><style:style style:name=\"T1\"><style:text-properties fo:font-weight=\"bold\"/></style:style></office:automatic-styles>\
         <office:body><office:spreadsheet><table:table table:name=\"Tasks\">{inside}</table:table></office:spreadsheet></office:body></office:document-content>"
    );
    zip(&[("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", &content)])
}
