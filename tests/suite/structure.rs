//! What a PDF is to those who cannot see it, and to programs: its tags, its fields, what it says of itself.

use crate::common::{
    Folder, files,
    pdf::{Pdf, Ruled},
    shipped, tags,
};
use lopdf::{Dictionary, Object, content::Content};

const FORM: &str = "output/ccrov/2024/august/county-contact-listda.pdf";

fn shipped_memos() -> Folder {
    Folder::copy(&shipped().join("memos"), "memos")
}

fn string(dictionary: &Dictionary, key: &[u8]) -> String {
    dictionary.get(key).and_then(lopdf::decode_text_string).unwrap()
}

#[test]
fn a_tables_rows_have_its_heads_cells() {
    let folder = Folder::with_seed();
    let pdf = Pdf::read(&folder.build().bytes("output/ccrov/2021/august/21144dl.pdf"));
    let tree = tags::read(&pdf);
    let tables = tree.elements("Table");
    let [table] = tables.as_slice() else { panic!("one table, on whichever pages it stands") };
    assert_eq!(table.elements("THead").len(), 1);
    let rows = table.elements("TR");
    assert_eq!(rows.len(), 1 + 20 + 1, "the head, the tasks, the band");
    for row in &rows {
        assert_eq!(row.columns(), 5, "{}", row.print());
        assert_eq!(row.elements("TH").len(), if row.print().contains("Scope=Column \"#") { 5 } else { 1 });
    }
    assert!(rows[7].print().contains("TH Scope=Column ColSpan=5 \"Completed Tasks\""));
}

#[test]
fn blanks_can_be_filled_in_where_the_memo_says_so() {
    let folder = shipped_memos();
    let pdf = Pdf::read(&folder.build().bytes(FORM));
    let form = pdf.file.catalog().unwrap().get(b"AcroForm").and_then(Object::as_dict).unwrap();
    let fields: Vec<&Dictionary> = form
        .get(b"Fields")
        .and_then(Object::as_array)
        .unwrap()
        .iter()
        .map(|field| pdf.file.get_dictionary(field.as_reference().unwrap()).unwrap())
        .collect();
    let markdown = folder.read("memos/2024/county-contacts-form.md");
    let asked: Vec<&str> =
        markdown.split("[blank: ").skip(1).map(|rest| rest.split(']').next().unwrap()).collect();
    let told: Vec<String> = fields.iter().map(|field| string(field, b"TU")).collect();
    assert_eq!(told, asked, "each says what it is for, in reading order");
    let mut names: Vec<String> = fields.iter().map(|field| string(field, b"T")).collect();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), asked.len(), "each has a name of its own");
    assert!(fields.iter().all(|field| field.has(b"AP") && !field.has(b"A") && !field.has(b"AA")));
    assert_eq!(tags::read(&pdf).elements("Form").len(), asked.len());
    // Each lies on its rule.
    for field in fields {
        let rect: Vec<f32> = field
            .get(b"Rect")
            .and_then(Object::as_array)
            .unwrap()
            .iter()
            .map(|n| n.as_float().unwrap())
            .collect();
        let on = |rule: &&Ruled| (rule.left - rect[0]).abs() < 0.1 && (rule.right - rect[2]).abs() < 0.1;
        assert!(
            pdf.ruled.iter().filter(|rule| rule.y < rect[1] + 0.1 && rule.y > rect[1] - 3.0).any(|r| on(&r))
        );
    }

    folder.edit("memos/2024/county-contact-list.yaml", "fields: true\n", "").build();
    let paper = Pdf::read(&folder.bytes(FORM));
    assert!(!paper.file.catalog().unwrap().has(b"AcroForm"));
    assert_eq!(paper.page_texts(), pdf.page_texts(), "on paper it is the same");
}

#[test]
fn what_is_typed_into_a_field_is_as_large_as_the_text_and_a_box_is_checked() {
    let folder = shipped_memos();
    let form = "County: [blank: county] [blank: telephone]\n\n[blank of 3 lines: reasons]\n\n\
                | Name |\n|---|\n| [blank: name] |\n\n- [tick: yes] Yes\n- [tick: no] No\n";
    folder.file("memos/2024/county-contacts-form.md", form).build();
    let pdf = Pdf::read(&folder.bytes(FORM));
    let is_field = |note: &&Dictionary| note.has(b"FT");
    let fields: Vec<&Dictionary> = pdf.links().into_iter().filter(is_field).collect();
    let number = |object: &Object| object.as_float().unwrap();
    let high = |field: &Dictionary| {
        let rect = field.get(b"Rect").and_then(Object::as_array).unwrap();
        number(&rect[3]) - number(&rect[1])
    };
    let kind = |field: &Dictionary| field.get(b"FT").and_then(Object::as_name).unwrap().to_vec();
    let [county, telephone, reasons, name, yes, no] = fields.as_slice() else { panic!("{fields:?}") };
    let typed = |field: &Dictionary| {
        let look = field.get(b"DA").and_then(Object::as_str).unwrap();
        String::from_utf8_lossy(look).into_owned()
    };
    let said = |field: &&&Dictionary| string(field, b"TU") == string(field, b"Contents");
    assert!(fields.iter().all(|field| said(&field)));
    for (field, size) in [(county, "10.5"), (telephone, "10.5"), (reasons, "10.5"), (name, "9.5")] {
        assert_eq!((kind(field), typed(field)), (b"Tx".to_vec(), format!("/Helv {size} Tf 0 g")));
        assert!(high(field) >= 16.0, "no tail is cut off: {}", high(field));
    }
    assert!(high(reasons) > 3.0 * 16.0 && reasons.get(b"Ff").and_then(Object::as_i64).unwrap() == 1 << 12);
    assert!(!county.has(b"Ff"));
    for field in [yes, no] {
        assert_eq!(kind(field), b"Btn");
        assert_eq!(field.get(b"AS").and_then(Object::as_name).unwrap(), b"Off");
        let looks = field.get(b"AP").and_then(Object::as_dict).and_then(|all| all.get(b"N")).unwrap();
        let drawn = |state: &[u8]| {
            let look = looks.as_dict().and_then(|all| all.get_deref(state, &pdf.file)).unwrap();
            look.as_stream().unwrap().get_plain_content().unwrap().len()
        };
        assert!(drawn(b"Yes") > drawn(b"Off"));
    }
    let tree = tags::read(&pdf).print();
    assert!(tree.contains("L ListNumbering=None\n") && tree.contains("      Lbl\n"), "{tree}");
    assert!(tree.contains("[yes]") && tree.contains("LBody\n"), "{tree}");
}

#[test]
fn a_place_to_sign_stands_on_the_page_of_what_is_signed() {
    let folder = shipped_memos();
    for lines in 30..45 {
        let text = "One line.\n\n".repeat(lines / 2);
        let form = format!(
            "{text}The last paragraph.\n\n## Signed\n\n<!-- lines -->\nName: [blank: name]\n\
             Signature: [blank: signature of the clerk]\nDate: [blank: date]\n"
        );
        folder.file("memos/2024/county-contacts-form.md", form).build();
        let pdf = Pdf::read(&folder.bytes(FORM));
        let page = |text: &str| pdf.shown.iter().find(|run| run.text.trim() == text).unwrap().page;
        let on = ["The last paragraph.", "Signed", "Name:", "Signature:", "Date:"].map(page);
        assert!(on.iter().all(|page| *page == on[0]), "{lines} lines: {on:?}");
    }
}

#[test]
fn no_two_fields_have_one_name() {
    let folder = shipped_memos();
    let form = "[blank: Date] [blank: Date] [blank: Date 2] [blank: .]\n";
    folder.file("memos/2024/county-contacts-form.md", form).build();
    let pdf = Pdf::read(&folder.bytes(FORM));
    let form = pdf.file.catalog().unwrap().get(b"AcroForm").and_then(Object::as_dict).unwrap();
    let fields = form.get(b"Fields").and_then(Object::as_array).unwrap().iter();
    let names: Vec<String> = fields
        .map(|field| string(pdf.file.get_dictionary(field.as_reference().unwrap()).unwrap(), b"T"))
        .collect();
    assert_eq!(names, ["Date", "Date 2", "Date 2 2", "blank"]);
}

/// On how many pages something is drawn behind the text, before all else.
fn marked_pages(pdf: &Pdf) -> usize {
    let first_drawn = |page| {
        let content = Content::decode(&pdf.file.get_page_content(page)).unwrap();
        let draws = |op: &str| matches!(op, "Do" | "TJ" | "Tj" | "S");
        content.operations.into_iter().map(|op| op.operator).find(|op| draws(op))
    };
    pdf.file.page_iter().filter(|page| first_drawn(*page).as_deref() == Some("Do")).count()
}

#[test]
fn a_memo_that_is_not_in_force_is_marked_on_every_page_in_its_title_and_once_to_who_cannot_see_it() {
    let title = |pdf: &Pdf| {
        string(pdf.file.trailer.get_deref(b"Info", &pdf.file).and_then(Object::as_dict).unwrap(), b"Title")
    };
    let seed = "output/ccrov/2021/august/21144dl";
    let draft = shipped_memos();
    let unmarked = Pdf::read(&draft.build().bytes(&format!("{seed}.pdf")));
    assert!(marked_pages(&unmarked) == 0 && !title(&unmarked).contains("DRAFT"));
    let withdrawn = Folder::with_seed();
    withdrawn.edit("memos/2021/21144.yaml", "status: issued", "status: withdrawn\nwhy: It was sent twice.");
    let form = FORM.trim_end_matches(".pdf");
    for (folder, path, mark) in [(draft, form, "DRAFT"), (withdrawn, seed, "WITHDRAWN")] {
        let pdf = Pdf::read(&folder.build().bytes(&format!("{path}.pdf")));
        assert!(title(&pdf).starts_with(&format!("{mark}: ")), "{}", title(&pdf));
        assert!(pdf.pages() > 1 && marked_pages(&pdf) == pdf.pages(), "{path}");
        // Its letters are copied out of no page: the word is where the text has it, and nowhere else.
        let text: String = pdf.shown.iter().map(|run| run.text.as_str()).collect();
        assert_eq!(text.matches(mark).count(), folder.read(&format!("{path}.md")).matches(mark).count());
        // Who cannot see it hears it once, before all else.
        let tree = tags::read(&pdf).print();
        let said = format!("{}{}", &mark[..1], mark[1..].to_lowercase());
        let figure = format!("Document\n  Figure Placement=Block BBox=... Alt={said:?}");
        assert!(tree.starts_with(&figure) && tree.matches("Figure").count() == 1, "{tree}");
    }
}

#[test]
fn information_and_metadata_say_the_same() {
    let folder = Folder::with_seed();
    let pdf = Pdf::read(&folder.build().bytes("output/ccrov/2021/august/21144dl.pdf"));
    let catalog = pdf.file.catalog().unwrap();
    let metadata = catalog.get_deref(b"Metadata", &pdf.file).and_then(Object::as_stream).unwrap();
    let xmp = String::from_utf8(metadata.content.clone()).unwrap();
    let about = pdf.file.trailer.get_deref(b"Info", &pdf.file).and_then(Object::as_dict).unwrap();
    for key in [&b"Title"[..], b"Author", b"Subject", b"Producer"] {
        assert!(xmp.contains(&format!(">{}<", string(about, key))), "{xmp}");
    }
    assert_eq!(string(about, b"Author"), "Secretary of State, State of California, Elections Division");
    assert_eq!(string(about, b"ModDate"), "D:20210831");
    assert!(xmp.contains("<xmp:ModifyDate>2021-08-31</xmp:ModifyDate>"));
    assert!(
        xmp.contains("<dc:identifier>CC/ROV #21144</dc:identifier>") && xmp.contains("<dc:publisher>"),
        "{xmp}"
    );
    for claim in ["<pdfuaid:part>1<", "<pdfaid:part>2<", "<pdfaid:conformance>A<"] {
        assert!(xmp.contains(claim), "{claim}");
    }
    let view = catalog.get(b"ViewerPreferences").and_then(Object::as_dict).unwrap();
    assert!(view.get(b"DisplayDocTitle").and_then(Object::as_bool).unwrap());
    assert!(catalog.has(b"PageLabels"));
}

/// The profile's entry of this name, without its type and what is reserved.
fn entry<'a>(profile: &'a [u8], name: &[u8]) -> &'a [u8] {
    let number = |at: usize| u32::from_be_bytes(profile[at..at + 4].try_into().unwrap()) as usize;
    let at = (0..number(128)).map(|nth| 132 + 12 * nth).find(|at| &profile[*at..at + 4] == name).unwrap();
    &profile[number(at + 4) + 8..][..number(at + 8) - 8]
}

#[test]
fn every_pdf_says_that_its_colors_are_those_of_srgb() {
    let folder = shipped_memos();
    let pdfs = files(&folder.build().path().join("output"));
    let pdfs: Vec<_> = pdfs.iter().filter(|file| file.ends_with(".pdf")).collect();
    assert!(pdfs.len() > 4, "{pdfs:?}");
    for name in pdfs {
        let pdf = Pdf::read(&folder.bytes(&format!("output/{name}")));
        let intents = pdf.file.catalog().unwrap().get(b"OutputIntents").and_then(Object::as_array).unwrap();
        let [intent] = intents.as_slice() else { panic!("{name}: one intent") };
        let intent = intent.as_dict().unwrap();
        let profile = intent.get_deref(b"DestOutputProfile", &pdf.file).and_then(Object::as_stream).unwrap();
        assert_eq!(profile.dict.get(b"N").and_then(Object::as_i64).unwrap(), 3, "{name}");
        let profile = profile.decompressed_content().unwrap();
        // The bytes that the library moxcms 0.9.2 makes for sRGB, dated 1999-10-18.
        assert_eq!(
            ccrov::output::digest(&profile),
            "9b5e08e5885fe2211e43550750b63b5a5cb82a6002a8c09c6de4576cada6b5a7",
            "{name}"
        );
    }
}

#[test]
fn the_profile_of_srgb_is_what_the_standard_says() {
    let profile = std::fs::read(shipped().join("src/pdf/file/srgb.icc")).unwrap();
    assert_eq!(&profile[8..24], b"\x04\x30\0\0mntrRGB XYZ ", "version 4.3, a display's, red green blue");
    assert_eq!(&profile[36..40], b"acsp");
    let fractions = |name: &[u8], from: usize| -> Vec<f64> {
        let numbers = entry(&profile, name)[from..].chunks_exact(4);
        numbers.map(|four| f64::from(i32::from_be_bytes(four.try_into().unwrap())) / 65536.0).collect()
    };
    // The primaries and the white of IEC 61966-2-1, as they are under the light D50 of all profiles.
    let colors: [(&[u8], [f64; 3]); 4] = [
        (b"rXYZ", [0.4360, 0.2225, 0.0139]),
        (b"gXYZ", [0.3851, 0.7169, 0.0971]),
        (b"bXYZ", [0.1431, 0.0606, 0.7141]),
        (b"wtpt", [0.9642, 1.0, 0.8249]),
    ];
    // ((x + 0.055) / 1.055) ^ 2.4, below 0.04045 x / 12.92
    let curve = [2.4, 1.0 / 1.055, 0.055 / 1.055, 1.0 / 12.92, 0.04045];
    let curves: [(&[u8], [f64; 5]); 3] = [(b"rTRC", curve), (b"gTRC", curve), (b"bTRC", curve)];
    let colors = colors.iter().map(|(name, wanted)| (fractions(name, 0), wanted.as_slice()));
    let curves = curves.iter().map(|(name, wanted)| (fractions(name, 4), wanted.as_slice()));
    for (found, wanted) in colors.chain(curves) {
        assert_eq!(found.len(), wanted.len());
        let far = found.iter().zip(wanted).any(|(found, wanted)| (found - wanted).abs() > 0.0005);
        assert!(!far, "{found:?} are not {wanted:?}");
    }
}

#[test]
fn a_running_head_of_several_lines_keeps_them() {
    let folder = Folder::with_seed();
    let office = folder.read("memos/office.yaml");
    folder.file(
        "memos/office.yaml",
        format!("{office}\nrunning_head: |\n  Number {{{{ memo.number }}}}\n  {{{{ title }}}}\n"),
    );
    folder.build();
    let pdf = Pdf::read(&folder.bytes("output/ccrov/2021/august/21144dl.pdf"));
    let lines = pdf.lines(1, true);
    let at = lines.iter().position(|line| line == "Number21144").unwrap_or_else(|| panic!("{lines:?}"));
    assert!(lines[at + 1].starts_with("VoteCal"), "{lines:?}");
}

#[test]
fn a_blank_label_leaves_the_line_above_the_attachments_out() {
    let folder = Folder::with_seed();
    folder.build();
    let memo = folder.read("memos/2021/21144.yaml");
    assert_eq!(folder.read("output/ccrov/2021/august/21144dl.md").matches("## Attachment").count(), 1);
    folder.file("memos/2021/21144.yaml", format!("{memo}\nattachment_label: \"\"\n"));
    folder.build();
    let markdown = folder.read("output/ccrov/2021/august/21144dl.md");
    assert!(
        !markdown.contains("## Attachment") && markdown.contains("\n\nSchedule for the County"),
        "{markdown}"
    );
}
