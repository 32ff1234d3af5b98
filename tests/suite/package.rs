//! The zips that Word files and workbooks are: what is written comes back, bombs and damaged bytes are faults, parts lead to parts.

use ccrov::package::{Package, PackageFault, PackageLimits, PartRelation, write_package};

#[test]
fn parts_come_back_as_they_were_written_and_bytes_are_the_same() {
    let parts: [(&str, &[u8]); 2] = [("b.xml", b"<b/>"), ("a/a.xml", b"<a/>")];
    let bytes = write_package(&parts);
    assert_eq!(bytes, write_package(&parts));
    let mut package = Package::open(&bytes).unwrap();
    assert_eq!(package.names(), ["b.xml", "a/a.xml"]);
    assert_eq!(package.part("a/a.xml").unwrap().as_deref(), Some(&b"<a/>"[..]));
    assert_eq!(package.part("c.xml").unwrap(), None);
}

#[test]
fn what_unpacks_to_too_much_is_not_unpacked() {
    let large = vec![b' '; usize::try_from(PackageLimits::default().all).unwrap() + 1];
    let bytes = write_package(&[("a.xml", &large)]);
    assert!(bytes.len() < 1 << 20);
    let read = Package::open(&bytes).unwrap().part("a.xml");
    assert!(matches!(read, Err(PackageFault::TooLarge)));
    // Each by itself, and all together.
    let bytes = write_package(&[("a.xml", b"12345"), ("b.xml", b"1234"), ("c.xml", b"1")]);
    let mut package = Package::within(&bytes, PackageLimits { part: 4, all: 4 }).unwrap();
    assert!(matches!(package.part("a.xml"), Err(PackageFault::TooLarge)));
    assert!(package.part("b.xml").unwrap().is_some());
    assert!(matches!(package.part("c.xml"), Err(PackageFault::TooLarge)));
}

#[test]
fn what_is_no_zip_is_a_fault() {
    for bytes in [&b""[..], b"PK\x03\x04", b"plain text", &write_package(&[("a", b"b")])[..40]] {
        assert!(matches!(Package::open(bytes), Err(PackageFault::Damaged(_))));
    }
}

fn relations(text: &str) -> Result<Vec<PartRelation>, PackageFault> {
    let bytes = write_package(&[("xl/_rels/workbook.xml.rels", text.as_bytes())]);
    Package::open(&bytes).unwrap().relations("xl/workbook.xml")
}

#[test]
fn parts_are_found_from_the_folder_of_what_names_them() {
    let text = "<r:Relationships xmlns:r=\"a\"><r:Relationship Id=\"1\" Type=\"x/worksheet\" Target=\"sheets/a.xml\"/>\
        <r:Relationship Id=\"2\" Type=\"x/styles\" Target=\"../styles.xml\"></r:Relationship>\
        <r:Relationship Id=\"3\" Type=\"x/theme\" Target=\"/theme.xml\"/>\
        <r:Relationship Id=\"4\" Type=\"x/hyperlink\" Target=\"https://a.gov/?b&amp;c\" TargetMode=\"External\"/>\
        <r:Relationship Id=\"5\"/></r:Relationships>";
    let found = relations(text).unwrap();
    let found: Vec<_> = found.iter().map(|one| (one.kind.as_str(), one.target.as_str())).collect();
    let parts = [("worksheet", "xl/sheets/a.xml"), ("styles", "styles.xml"), ("theme", "theme.xml")];
    assert_eq!(found, [&parts[..], &[("hyperlink", "https://a.gov/?b&c")]].concat());
}

#[test]
fn what_is_no_list_is_a_fault_with_its_name() {
    let with_type = "<!DOCTYPE a [<!ENTITY b \"c\">]><Relationships/>";
    for text in [with_type, "<Relationships><", "<Relationship Id=\"&a;\" Type=\"b\" Target=\"c\"/>"] {
        let fault = relations(text).unwrap_err();
        assert!(matches!(&fault, PackageFault::BadPart { part } if part.ends_with(".rels")), "{fault:?}");
    }
}
