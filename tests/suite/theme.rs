//! The look that an office gives its PDFs: paper, margins, sizes, colors, typefaces; and fonts that cannot
//! be used.

use std::{collections::BTreeSet, process::Command, sync::Arc};

use crate::common::{Folder, pdf::Pdf};
use ccrov::pdf::{Faces, Program, Unusable};
use lopdf::{Object, content::Content};

const MEMO: &str = "output/ccrov/2021/august/21144dl.pdf";
const OFFICE: &str = "memos/office.yaml";

/// The four faces of Noto Sans under another name: regular, bold, italic, bold italic.
fn memo_sans() -> [Vec<u8>; 4] {
    let noto = [notosans::REGULAR_TTF, notosans::BOLD_TTF, notosans::ITALIC_TTF, notosans::BOLD_ITALIC_TTF];
    noto.map(|font| {
        let mut font = font.to_vec();
        let (from, to) = (utf16("Noto"), utf16("Memo"));
        let (start, length) = table(&font, b"name");
        for at in start..start + length - from.len() {
            if font[at..].starts_with(&from) {
                font[at..at + to.len()].copy_from_slice(&to);
            }
        }
        font
    })
}

fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_be_bytes).collect()
}

/// Where the record of a table stands in the directory of a font.
fn record(font: &[u8], tag: &[u8; 4]) -> usize {
    (12..).step_by(16).find(|at| font[*at..].starts_with(tag)).unwrap()
}

/// Where a table begins, and how long it is.
fn table(font: &[u8], tag: &[u8; 4]) -> (usize, usize) {
    let number = |at: usize| u32::from_be_bytes(font[at..at + 4].try_into().unwrap()) as usize;
    let record = record(font, tag);
    (number(record + 8), number(record + 12))
}

const FILES: [&str; 4] =
    ["Office-Regular.ttf", "Office-Bold.ttf", "Office-Italic.ttf", "Office-BoldItalic.ttf"];

/// The working folder of the seed with a theme.
fn folder(theme: &str) -> Folder {
    let folder = Folder::with_seed();
    let office = folder.read(OFFICE);
    folder.file(OFFICE, format!("{office}\ntheme: {theme}\n"));
    for (name, font) in FILES.iter().zip(memo_sans()) {
        folder.file(&format!("memos/fonts/{name}"), font);
    }
    folder
}

fn of_files(names: [&str; 4]) -> String {
    let [regular, bold, italic, bold_italic] = names.map(|name| format!("fonts/{name}"));
    format!(
        "{{typeface: {{regular: {regular}, bold: {bold}, italic: {italic}, bold_italic: {bold_italic}}}}}"
    )
}

fn pdf(theme: &str) -> Pdf {
    Pdf::read(&folder(theme).build().bytes(MEMO))
}

/// The numbers before every operator of a name, on all pages.
fn operands(pdf: &Pdf, operator: &str) -> Vec<Vec<f32>> {
    let contents = pdf.file.page_iter().map(|id| Content::decode(&pdf.file.get_page_content(id)).unwrap());
    let operations = contents.flat_map(|content| content.operations);
    let wanted = operations.filter(|operation| operation.operator == operator);
    wanted.map(|found| found.operands.iter().filter_map(|n| n.as_float().ok()).collect()).collect()
}

/// The sizes of text, in hundredths of a point.
fn sizes(pdf: &Pdf) -> BTreeSet<i32> {
    operands(pdf, "Tf").iter().map(|size| (size[0] * 100.0).round() as i32).collect()
}

/// The names of the embedded fonts, without the marks of subsets.
fn fonts(pdf: &Pdf) -> BTreeSet<String> {
    let fonts = pdf.file.page_iter().flat_map(|id| pdf.file.get_page_fonts(id).unwrap().into_values());
    let names = fonts.map(|font| font.get(b"BaseFont").and_then(Object::as_name).unwrap());
    names.map(|name| String::from_utf8(name[7..].to_vec()).unwrap()).collect()
}

#[test]
fn what_is_not_said_is_as_it_is_without_a_theme() {
    let usual = folder("").build().bytes(MEMO);
    let said = "{page: letter, margin: 1 in, size: 10.5, colors: {links: '#0b3d78', rules: '#464646', shade: '#e6e6e6'}}";
    for theme in ["{}", "{colors: {}}", "{size: 10.5 pt, margin: 72pt}", said] {
        assert!(folder(theme).build().bytes(MEMO) == usual, "{theme}");
    }
}

#[test]
fn text_stays_inside_the_margins_of_the_chosen_paper() {
    let usual = pdf("{}").text();
    for (theme, [width, height], margin) in [
        ("{page: A4, margin: 2 cm, size: 8}", [595.28, 841.89], 56.69),
        ("{page: legal, margin: 1.5 in, size: 12}", [612.0, 1008.0], 108.0),
        ("{page: letter, margin: 36 pt, size: 16}", [612.0, 792.0], 36.0),
        ("{page: a4, margin: 40 mm, size: 12}", [595.28, 841.89], 113.39),
    ] {
        let pdf = pdf(theme);
        for page in pdf.file.page_iter() {
            let page = pdf.file.get_dictionary(page).unwrap();
            let page = page.get(b"MediaBox").and_then(Object::as_array).unwrap();
            let page: Vec<f32> = page.iter().map(|edge| edge.as_float().unwrap()).collect();
            assert_eq!(page, [0.0, 0.0, width, height], "{theme}");
        }
        for run in &pdf.shown {
            // A space at a line's end may hang into the margin, where the running head stands.
            let room = if run.text.ends_with(' ') { 5.0 } else { 0.1 };
            let top = if run.artifact { height - margin / 2.0 } else { height - margin };
            let inside = run.left >= margin - 0.1 && run.right <= width - margin + room;
            assert!(
                inside && run.y >= margin && run.y <= top,
                "{theme}: {:?} {} {}",
                run.text,
                run.left,
                run.y
            );
        }
        for rule in &pdf.ruled {
            assert!(rule.left >= margin - 0.1 && rule.right <= width - margin + 0.1, "{theme}");
        }
        // A letterhead that is too wide breaks at its bars, and has none there.
        assert_eq!(pdf.text().replace('|', ""), usual.replace('|', ""), "{theme}");
    }
}

#[test]
fn sizes_keep_their_proportions_and_colors_are_those_that_were_chosen() {
    let (usual, large) =
        (pdf("{}"), pdf("{size: 14, colors: {links: '#7a1f1f', rules: '#333333', shade: '#ccddff'}}"));
    let (usual, found) = (sizes(&usual), sizes(&large));
    assert_eq!(usual.len(), found.len());
    assert!(usual.contains(&1050) && found.contains(&1400));
    for (usual, found) in usual.iter().zip(&found) {
        assert!((f64::from(*found) - f64::from(*usual) * 14.0 / 10.5).abs() <= 1.5, "{usual} {found}");
    }
    let part = |part: u8| (f32::from(part) / 255.0 * 1000.0).round() / 1000.0;
    let has = |operator, color: [u8; 3]| operands(&large, operator).contains(&color.map(part).to_vec());
    assert!(has("rg", [0x7a, 0x1f, 0x1f]) && has("rg", [0xcc, 0xdd, 0xff]));
    assert!(has("RG", [0x7a, 0x1f, 0x1f]) && has("RG", [0x33, 0x33, 0x33]));
}

#[test]
fn font_files_are_what_pdfs_are_set_in_and_words_copy_out() {
    let folder = folder(&of_files(FILES));
    let bytes = folder.build().bytes(MEMO);
    let set = Pdf::read(&bytes);
    assert_eq!(fonts(&set), ["MemoSans", "MemoSans-Bold"].map(str::to_owned).into());
    assert_eq!(set.text(), pdf("{}").text());
    assert!(folder.build().bytes(MEMO) == bytes, "the same files give the same bytes");
    // One file can stand for two faces.
    let set = pdf(&of_files([FILES[0], FILES[0], FILES[2], FILES[2]]));
    assert_eq!(fonts(&set), ["MemoSans".to_owned()].into());
}

#[test]
fn an_installed_typeface_is_found_by_its_name() {
    // Where fonts of one person's own are installed: Linux, macOS, Windows.
    let places = [".local/share/fonts", "Library/Fonts", "AppData/Local/Microsoft/Windows/Fonts"];
    let home = Folder::empty();
    let install = |files: &[usize]| {
        let fonts = memo_sans();
        for place in places {
            files.iter().for_each(|file| _ = home.file(&format!("{place}/{}", FILES[*file]), &fonts[*file]));
        }
    };
    let check = |folder: &Folder| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_ccrov"));
        command.arg("build").current_dir(folder.path()).env("NO_COLOR", "1");
        let output = command.env("HOME", home.path()).env("USERPROFILE", home.path()).output().unwrap();
        String::from_utf8(output.stderr).unwrap()
    };
    install(&[0, 1]);
    let faults = check(&folder("{typeface: Memo Sans}"));
    let lacking =
        "error[unknown-typeface]: the typeface `Memo Sans` has no face that is italic, or bold italic\n";
    assert!(faults.starts_with(lacking), "{faults}");

    install(&[2, 3]);
    let folder = folder("{typeface: memo sans}");
    assert_eq!(check(&folder), "");
    let set = Pdf::read(&folder.bytes(MEMO));
    assert_eq!(fonts(&set), ["MemoSans", "MemoSans-Bold"].map(str::to_owned).into());

    let faults = check(folder.edit(OFFICE, "memo sans", "Memos Sans"));
    assert!(faults.contains("= help: did you mean `Memo Sans`?"), "{faults}");
}

/// Why Noto Sans cannot be used once it is spoiled.
fn why(spoil: impl Fn(&mut Vec<u8>)) -> Option<Unusable> {
    let programs = memo_sans().map(|mut font| {
        spoil(&mut font);
        Program { bytes: font.into(), index: None }
    });
    let wrong = Faces::from_programs(programs).err()?;
    assert_eq!(wrong.iter().map(|(place, _)| *place).collect::<Vec<_>>(), [0, 1, 2, 3]);
    Some(wrong[0].1)
}

#[test]
fn fonts_that_cannot_be_used_are_told_by_the_reason() {
    let renamed = |from: &'static [u8; 4], to: &'static [u8; 4]| {
        move |font: &mut Vec<u8>| {
            let record = record(font, from);
            font[record..record + 4].copy_from_slice(to);
        }
    };
    let licensed = |bits: u16| {
        move |font: &mut Vec<u8>| {
            let (os2, _) = table(font, b"OS/2");
            font[os2 + 8..os2 + 10].copy_from_slice(&bits.to_be_bytes());
        }
    };
    assert_eq!(why(|_| {}), None);
    assert_eq!(why(renamed(b"gasp", b"fvar")), Some(Unusable::Variable));
    assert_eq!(why(renamed(b"glyf", b"CFF ")), Some(Unusable::PostScript));
    assert_eq!(why(renamed(b"glyf", b"none")), Some(Unusable::NotAFont));
    assert_eq!(why(|font| font.truncate(20_000)), Some(Unusable::NotAFont));
    assert_eq!(why(|font| font[..4].copy_from_slice(b"ttcf")), Some(Unusable::Collection));
    // Restricted; no subsets; no outlines. For preview and print, for editing, and an old form that says both
    // "restricted" and "preview and print" are enough.
    for bits in [0x0002, 0x0100, 0x0208] {
        assert_eq!(why(licensed(bits)), Some(Unusable::Forbidden), "{bits:#x}");
    }
    for bits in [0x0004, 0x0008, 0x0006] {
        assert_eq!(why(licensed(bits)), None, "{bits:#x}");
    }
}

#[test]
fn a_font_of_a_collection_is_known_by_its_place() {
    let fonts = memo_sans();
    // The fonts one after the other, each with its tables counted from the start of the collection.
    let mut collection = Vec::new();
    collection.extend(b"ttcf\0\x01\0\0\0\0\0\x04");
    let mut start = 12 + 16;
    for font in &fonts {
        collection.extend((start as u32).to_be_bytes());
        start += font.len();
    }
    for mut font in fonts {
        let start = collection.len() as u32;
        for record in (12..).step_by(16).take(usize::from(font[5])) {
            let place = u32::from_be_bytes(font[record + 8..record + 12].try_into().unwrap());
            font[record + 8..record + 12].copy_from_slice(&(start + place).to_be_bytes());
        }
        collection.extend(font);
    }
    let bytes: Arc<[u8]> = collection.into();
    let faces =
        Faces::from_programs([0, 1, 2, 3].map(|index| Program { bytes: bytes.clone(), index: Some(index) }));
    let document = ccrov::document::Document::parse("Plain, **bold**, *italic*, ***both***.").unwrap();
    let info = ccrov::pdf::Info {
        title: "Collection".to_owned(),
        author: "State".to_owned(),
        subject: "Collection".to_owned(),
        date: chrono::NaiveDate::from_ymd_opt(2024, 5, 6).unwrap(),
        changed: chrono::NaiveDate::from_ymd_opt(2024, 5, 6).unwrap(),
        identifier: None,
        running_head: Vec::new(),
        mark: None,
        fields: false,
        logos: Default::default(),
    };
    let bytes = ccrov::pdf::write(&document, &info, &faces.unwrap_or_else(|_| panic!()), &Default::default());
    let pdf = Pdf::read(&bytes.unwrap().0);
    let names = ["MemoSans", "MemoSans-Bold", "MemoSans-BoldItalic", "MemoSans-Italic"];
    assert_eq!(self::fonts(&pdf), names.map(str::to_owned).into());
    assert_eq!(pdf.text(), "Plain,bold,italic,both.");
}

#[test]
fn a_typeface_with_a_fault_keeps_memos_from_being_written_and_hides_no_other_fault() {
    let folder = folder(&of_files([FILES[0], "Ofice-Bold.ttf", FILES[2], FILES[3]]));
    folder.edit("memos/2021/21144.yaml", "contact: votecal-help-desk", "contact: help-desk");
    let run = folder.run(&["build"]);
    let codes: Vec<_> = run.faults.lines().filter(|line| line.starts_with("error[")).collect();
    assert_eq!(
        codes,
        [
            "error[missing-file]: there is no file memos/fonts/Ofice-Bold.ttf",
            "error[unknown-contact]: there is no contact `help-desk`"
        ]
    );
    assert!(run.faults.contains("= help: did you mean `Office-Bold.ttf`?"), "{}", run.faults);
    assert!(run.status == 1 && !folder.has(MEMO), "{}", run.results);
}

#[test]
fn a_color_without_quotes_is_not_lost_without_a_word() {
    let run = folder("{colors: {links: #0b3d78, shade: '#ffffff'}}").run(&["check"]);
    assert!(
        run.faults.starts_with("error[yaml-syntax]: a number sign after a space begins a remark"),
        "{}",
        run.faults
    );
    let run = folder("\n  colors:\n    links: #0b3d78").run(&["check"]);
    assert!(run.faults.contains("= help: put the whole in quotes: \"#0b3d78\";"), "{}", run.faults);
}
