//! Spreadsheets' files: what their cells say, and that what is damaged, hostile or something else is told and stops nothing.

use std::time::{Duration, Instant};

use ccrov::{
    spreadsheet::{ScheduleRow, read, write},
    workbook::{CellValue, NotAWorkbook, Sheet, Workbook},
};

use crate::common::book::{ods, rows, xlsx, xlsx_of, zip};

fn sheet(bytes: &[u8]) -> Sheet {
    Workbook::read(bytes).unwrap().sheets.remove(0)
}

#[test]
fn cells_of_an_xlsx_say_what_excel_shows() {
    let inside = rows(&[
        &[
            "a &lt; b",
            "<c r=\"@\" s=\"1\"><v>44439</v></c>",
            "<c r=\"@\" s=\"3\"><v>44439.708333333336</v></c>",
        ],
        &[
            "<c r=\"@\" t=\"s\"><v>0</v></c>",
            "<c r=\"@\"><v>1.1</v></c>",
            "<c r=\"@\" s=\"4\"><v>1.1</v></c>",
        ],
        &[
            "<c r=\"@\" t=\"s\"><v>1</v></c>",
            "<c r=\"@\" t=\"b\"><v>1</v></c>",
            "<c r=\"@\" t=\"e\"><v>#REF!</v></c>",
        ],
        &[
            "<c r=\"@\" t=\"str\"><f>A1&amp;\"x\"</f><v>found</v></c>",
            "<c r=\"@\"><f>B1+1</f></c>",
            "<c r=\"@\" s=\"1\"><v>60</v></c>",
        ],
        &[
            "<c r=\"@\" s=\"2\" t=\"inlineStr\"><is><t>loud</t></is></c>",
            "<c r=\"@\" s=\"6\"><v>9165551234</v></c>",
            "<c r=\"@\" s=\"1\"/>",
        ],
    ]);
    let sheet = sheet(&xlsx(&[("Tasks", &inside)]));
    let expected: [&[&str]; 5] = [
        &["a < b", "8/31/2021", "8/31/2021 17:00"],
        &["shared & \nkept", "1.1", "1.10"],
        &["Install NOT ON A SUNDAY", "TRUE", "#REF!"],
        &["found", "a formula without a result", "60 as a day"],
        &["loud", "9165551234"],
    ];
    assert_eq!(sheet.rows(), expected);
    let faults: Vec<String> = sheet
        .cells
        .iter()
        .filter(|(_, cell)| matches!(cell.value, CellValue::Fault(_)))
        .map(|(at, _)| at.to_string())
        .collect();
    assert_eq!(faults, ["C3", "B4", "C4"]);
    let bold = |row: usize| match &sheet.cells.values().nth(row).unwrap().value {
        CellValue::Text(runs) => runs.iter().map(|run| run.is_bold).collect::<Vec<_>>(),
        other => panic!("{other:?}"),
    };
    assert_eq!((bold(6), bold(12)), (vec![false, true], vec![true]));
}

#[test]
fn cells_of_an_ods_say_what_is_shown() {
    let cell = |attributes: &str, text: &str| {
        format!("<table:table-cell {attributes}><text:p>{text}</text:p></table:table-cell>")
    };
    let first = [
        cell(
            "office:value-type=\"string\"",
            "Install <text:span text:style-name=\"T1\">IT</text:span><text:s text:c=\"2\"/>now</text:p><text:p>second",
        ),
        cell("office:value-type=\"date\" office:date-value=\"2021-08-31\"", "31.08.21"),
        cell("office:value-type=\"date\" office:date-value=\"2021-08-31T17:00:00\"", "31.08.21 17:00"),
        cell("office:value-type=\"float\" office:value=\"1.1\" table:number-columns-repeated=\"2\"", "1.10"),
        "<table:table-cell table:number-columns-repeated=\"16000\"/>".to_owned(),
    ];
    let inside = format!(
        "<table:table-row>{}</table:table-row><table:table-row table:number-rows-repeated=\"1048570\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>\
         <table:table-row table:visibility=\"filter\">{}<table:covered-table-cell/></table:table-row>",
        first.concat(),
        cell(
            "table:number-columns-spanned=\"2\"",
            "<office:annotation><text:p>no</text:p></office:annotation>end"
        )
    );
    let sheet = sheet(&ods(&inside));
    assert_eq!(sheet.rows()[0], ["Install IT  now\nsecond", "8/31/2021", "8/31/2021 17:00", "1.10", "1.10"]);
    assert_eq!(
        (sheet.name.as_str(), sheet.hidden_rows.as_slice(), sheet.merged.len()),
        ("Tasks", &[1_048_571][..], 1)
    );
    assert_eq!(sheet.beyond().map(|at| at.to_string()).as_deref(), Some("A1048572"));
}

#[test]
fn a_csv_is_parted_by_what_its_first_line_has() {
    for text in
        ["a,\"b\nc\",1\n\n2,'=1,\n", "a;\"b\nc\";1\n\n2;'=1;\n", "\u{feff}a\t\"b\nc\"\t1\r\n\r\n2\t'=1\t\r\n"]
    {
        let rows = sheet(text.as_bytes()).rows();
        assert_eq!(rows[2], ["2", "=1"], "{text:?}");
        assert_eq!((rows[0][0].as_str(), rows[0][2].as_str(), rows[1].len()), ("a", "1", 0), "{text:?}");
    }
    assert_eq!(Workbook::read(b"a,caf\xe9\n"), Err(NotAWorkbook::NotUtf8));
}

#[test]
fn what_is_no_workbook_is_named() {
    let wide = |name: &str| name.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let compound = |name: &str| [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec(), wide(name)].concat();
    let locked = [
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", "<a><manifest:encryption-data/></a>"),
        ("content.xml", "?"),
    ];
    for (bytes, words) in [
        (compound("Workbook"), "before 2007"),
        (compound("EncryptedPackage"), "password"),
        (compound("WordDocument"), "an old Word file"),
        (zip(&locked), "password"),
        (zip(&[("[Content_Types].xml", "<a/>"), ("word/document.xml", "<a/>")]), "a Word file"),
        (zip(&[("a.txt", "a")]), "a zip file"),
        (b"%PDF-1.7".to_vec(), "a PDF"),
        (xlsx(&[("A", &rows(&[&["a"]]))])[..900].to_vec(), "damaged"),
        (xlsx(&[("A", "<sheetData><row><c></row>")]), "damaged (xl/worksheets/s0.xml"),
        (xlsx(&[("A", "<sheetData>&more;</sheetData>")]), "damaged"),
    ] {
        let wrong = Workbook::read(&bytes).unwrap_err().to_string();
        assert!(wrong.contains(words), "{words}: {wrong}");
    }
    let entities =
        "<!DOCTYPE a [<!ENTITY b \"bbbbbbbbbb\"><!ENTITY c \"&b;&b;&b;&b;\">]><workbook>&c;</workbook>";
    let bomb = zip(&[("_rels/.rels", "<Relationships/>"), ("xl/workbook.xml", entities)]);
    assert!(matches!(Workbook::read(&bomb), Err(NotAWorkbook::Damaged(_))));
}

#[test]
fn a_sheet_that_says_it_is_huge_takes_no_more_than_its_cells() {
    let start = Instant::now();
    let far = "<dimension ref=\"A1:XFD1048576\"/><sheetData><row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row></sheetData>\
               <mergeCells><mergeCell ref=\"A1:XFD1048576\"/></mergeCells>";
    assert_eq!(sheet(&xlsx(&[("A", far)])).rows(), Vec::<Vec<String>>::new());
    // A row of a million equal cells, a million times.
    let cell = "<table:table-cell table:number-columns-repeated=\"16384\" office:value-type=\"string\"><text:p>a</text:p></table:table-cell>";
    let bomb =
        ods(&format!("<table:table-row table:number-rows-repeated=\"1048576\">{cell}</table:table-row>"));
    assert_eq!(Workbook::read(&bomb), Err(NotAWorkbook::TooLarge("200,000 cells")));
    // Blanks that become 60 megabytes.
    let blank = format!("<sheetData>{}</sheetData>", " ".repeat(60_000_000));
    assert_eq!(Workbook::read(&xlsx(&[("A", &blank)])), Err(NotAWorkbook::TooLarge("48 megabytes of cells")));
    // Tags within tags.
    let deep = format!("<sheetData>{}", "<a>".repeat(200_000));
    assert!(Workbook::read(&xlsx(&[("A", &deep)])).is_err());
    assert!(start.elapsed() < Duration::from_secs(60), "{:?}", start.elapsed());
}

#[test]
fn no_change_of_bytes_stops_the_reader() {
    let inside = rows(&[
        &["Task", "End"],
        &["<c r=\"@\" t=\"s\"><v>1</v></c>", "<c r=\"@\" s=\"1\"><v>44439</v></c>"],
    ]);
    let files = [
        xlsx(&[("Tasks", &inside)]),
        ods(
            "<table:table-row><table:table-cell office:value-type=\"date\" office:date-value=\"2021-08-31\"><text:p>a</text:p></table:table-cell></table:table-row>",
        ),
        b"Task,End\nInstall,\"10/8/2021\"\n".to_vec(),
    ];
    // The same numbers on every machine.
    let mut seed: u64 = 0x2545_f491_4f6c_dd1d;
    let mut next = |below: usize| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        (seed % below as u64) as usize
    };
    for file in &files {
        for _ in 0..2000 {
            let mut bytes = file.clone();
            for _ in 0..=next(4) {
                let at = next(bytes.len());
                match next(4) {
                    0 => bytes.truncate(at.max(1)),
                    1 => drop(bytes.remove(at)),
                    2 => bytes.insert(at, next(256) as u8),
                    _ => bytes[at] = next(256) as u8,
                }
                if bytes.is_empty() {
                    bytes.push(0);
                }
            }
            if let Ok(book) = Workbook::read(&bytes) {
                book.sheets.iter().for_each(|sheet| drop(sheet.rows()));
            }
        }
    }
    // Within the parts, which a checksum guards: signs of the XML itself.
    for _ in 0..2000 {
        let mut inside = inside.clone().into_bytes();
        for _ in 0..=next(4) {
            let at = next(inside.len());
            inside[at] = b"<>/\"&;=0-9.aAsrct"[next(17)];
        }
        let inside = String::from_utf8(inside).unwrap();
        if let Ok(book) = Workbook::read(&xlsx(&[("Tasks", &inside)])) {
            book.sheets.iter().for_each(|sheet| drop(sheet.rows()));
        }
    }
}

#[test]
fn no_cell_is_a_formula_and_each_is_read_back_as_it_was() {
    let hostile = ["=1+1", "+1", "-5", "- dash", "@a", "\ta", "\ra", "'=1", "''-", "'70s", "a=1", ""];
    for cell in hostile {
        let row = ScheduleRow {
            step: cell,
            owner: cell,
            task: cell,
            warning: Some(cell),
            start: cell,
            end: cell,
            completed: true,
        };
        let csv = write([row]);
        let mut written = csv::Reader::from_reader(&csv[3..]);
        let written = written.records().next().unwrap().unwrap();
        assert!(
            !written.iter().any(|cell| cell.starts_with(['=', '+', '-', '@', '\t', '\r'])),
            "{written:?}"
        );
        let steps = read(&csv);
        let found = [&steps[0].step, &steps[0].owner, &steps[0].task, &steps[0].start, &steps[0].end];
        assert_eq!(found, [cell; 5]);
        assert_eq!(steps[0].warning.as_deref().unwrap_or_default(), cell);
    }
}

/// What a cell of the first day of 1900, or of 1904 in workbooks of old Macintoshes, says in a format.
fn shown(code: &str, number: f64, properties: &str) -> String {
    let code = code.replace('"', "&quot;");
    let styles = format!(
        "<styleSheet><numFmts><numFmt numFmtId=\"170\" formatCode=\"{code}\"/></numFmts><fonts><font/></fonts>\
         <cellXfs><xf numFmtId=\"170\"/></cellXfs></styleSheet>"
    );
    let inside = rows(&[&[&format!("<c r=\"@\" s=\"0\"><v>{number}</v></c>")]]);
    sheet(&xlsx_of(properties, &styles, &[("Tasks", &inside)])).rows().remove(0).remove(0)
}

#[test]
fn a_number_says_what_excel_shows() {
    for (code, number, says) in [
        ("m/d/yyyy", 44439.0, "8/31/2021"),
        ("[$-409]d-mmm-yy;@", 44439.75, "8/31/2021"),
        ("mmm \"of the\" yyyy", 44439.0, "8/31/2021"),
        ("m/d/yy h:mm AM/PM", 44_439.708_333_333_336, "8/31/2021 17:00"),
        ("h:mm", 0.708_333_333, "17:00"),
        ("General", 6.0, "6"),
        ("General", 1.1, "1.1"),
        ("0.00", 1.1, "1.10"),
        ("0%", 0.5, "50%"),
        ("[h]:mm", 1.5, "1.5"),
        ("m/d/yyyy", 60.0, "60 as a day"),
        ("m/d/yyyy", 61.0, "3/1/1900"),
        ("m/d/yyyy", 1.0, "1/1/1900"),
        ("m/d/yyyy", -3.0, "-3 as a day"),
        ("m/d/yyyy", 1e300, &format!("1{:0300} as a day", 0)),
    ] {
        assert_eq!(shown(code, number, ""), says, "{code}");
    }
    assert_eq!(shown("m/d/yyyy", 42_977.0, "<workbookPr date1904=\"1\"/>"), "8/31/2021");
}
