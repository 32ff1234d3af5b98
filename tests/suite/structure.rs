//! What a PDF is to those who cannot see it, and to programs: its tags, its fields, what it says of itself.

use crate::common::{
    Folder,
    pdf::{Pdf, Ruled},
    shipped, tags,
};
use lopdf::{Dictionary, Object};

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

#[test]
fn a_memo_that_is_not_issued_is_marked_on_every_page_and_in_its_title() {
    let folder = shipped_memos();
    let pdf = Pdf::read(&folder.build().bytes(FORM));
    let title = |pdf: &Pdf| {
        string(pdf.file.trailer.get_deref(b"Info", &pdf.file).and_then(Object::as_dict).unwrap(), b"Title")
    };
    assert!(title(&pdf).starts_with("DRAFT: "), "{}", title(&pdf));
    for page in 0..pdf.pages() {
        let marks = pdf.shown.iter().filter(|run| run.page == page && run.text == "DRAFT");
        assert_eq!(marks.map(|run| run.artifact).collect::<Vec<_>>(), [true], "nobody reads it, page {page}");
    }
    let issued = Pdf::read(&folder.bytes("output/ccrov/2021/august/21144dl.pdf"));
    assert!(!title(&issued).contains("DRAFT") && issued.shown.iter().all(|run| run.text != "DRAFT"));
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
    assert_eq!(string(about, b"ModDate"), "D:20210831000000Z");
    assert!(xmp.contains("<xmp:ModifyDate>2021-08-31T00:00:00Z</xmp:ModifyDate>"));
    for claim in ["<pdfuaid:part>1<", "<pdfaid:part>2<", "<pdfaid:conformance>A<"] {
        assert!(xmp.contains(claim), "{claim}");
    }
    let view = catalog.get(b"ViewerPreferences").and_then(Object::as_dict).unwrap();
    assert!(view.get(b"DisplayDocTitle").and_then(Object::as_bool).unwrap());
    assert!(catalog.has(b"PageLabels"));
}
