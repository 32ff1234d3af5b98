//! The parts of a Word file, and how they refer to each other.
//!
//! In: the texts, what the file says of itself. Out: the package. Not here: what the texts hold.

use super::{
    WordMemo, head,
    look::Look,
    numbering,
    part::{ReferenceKind, References},
    style::{self, NAMES},
    text::TextParts,
};
use crate::{
    model::date,
    package::write_package,
    word::{SENT_NAMESPACE, SentCopy, markup::Markup},
};

/// What kinds of references between parts begin with.
const KIND: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";

/// What the types of Word's own parts begin with.
const TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.";

/// What is taken for the typeface where it is not installed: both come with Windows, and are as wide.
const INSTEAD: &str = "Segoe UI";

/// The package of a memo.
pub(super) fn package(memo: &WordMemo<'_>, look: &Look<'_>, text: &TextParts, sent: &SentCopy) -> Vec<u8> {
    let document = Markup::part("w:document", &NAMES, |document| {
        document.element("w:body", &[], |body| body.append(&text.body));
    });
    let mut parts: Vec<(String, Vec<u8>)> = Vec::new();
    let mut put = |name: &str, part: String| parts.push((name.to_owned(), part.into_bytes()));
    put("[Content_Types].xml", types());
    put("_rels/.rels", package_references());
    put("word/document.xml", document);
    put("word/_rels/document.xml.rels", document_references(&text.body_references));
    put("word/styles.xml", style::part(look));
    put("word/numbering.xml", numbering::part(&text.lists, look));
    put("word/footnotes.xml", notes(text));
    put("word/header1.xml", head::wrapped(&text.running_head));
    put("word/header2.xml", head::wrapped(&text.first_head));
    put("word/settings.xml", settings());
    put("word/fontTable.xml", fonts(memo.typeface));
    for (name, references) in [("footnotes", &text.notes_references), ("header2", &text.first_references)] {
        if references.all().next().is_some() {
            put(&format!("word/_rels/{name}.xml.rels"), own_references(references, &[]));
        }
    }
    put("docProps/core.xml", properties(memo));
    put("docProps/app.xml", program());
    put("customXml/item1.xml", sent.to_xml());
    put("customXml/itemProps1.xml", custom());
    put("customXml/_rels/item1.xml.rels", references(&[("rId1", "customXmlProps", "itemProps1.xml")]));
    for (of, logo) in &memo.logos {
        parts.push((format!("word/logo{}.png", of.0), logo.png.clone()));
    }
    let parts: Vec<(&str, &[u8])> =
        parts.iter().map(|(name, part)| (name.as_str(), part.as_slice())).collect();
    write_package(&parts)
}

/// What is in which part.
fn types() -> String {
    let names = [("xmlns", "http://schemas.openxmlformats.org/package/2006/content-types")];
    let own = [
        ("document", "document.main"),
        ("styles", "styles"),
        ("numbering", "numbering"),
        ("footnotes", "footnotes"),
        ("header1", "header"),
        ("header2", "header"),
        ("settings", "settings"),
        ("fontTable", "fontTable"),
    ];
    let other = [
        ("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
        ("/docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml"),
        (
            "/customXml/itemProps1.xml",
            "application/vnd.openxmlformats-officedocument.customXmlProperties+xml",
        ),
    ];
    Markup::part("Types", &names, |types| {
        let rels = "application/vnd.openxmlformats-package.relationships+xml";
        for (ending, kind) in [("rels", rels), ("xml", "application/xml"), ("png", "image/png")] {
            types.empty("Default", &[("Extension", ending), ("ContentType", kind)]);
        }
        for (part, kind) in own {
            let about =
                [("PartName", format!("/word/{part}.xml")), ("ContentType", format!("{TYPE}{kind}+xml"))];
            types.empty("Override", &about.each_ref().map(|(key, value)| (*key, value.as_str())));
        }
        for (part, kind) in other {
            types.empty("Override", &[("PartName", part), ("ContentType", kind)]);
        }
    })
}

/// References of a part: each with its identifier, its kind, and what it leads to.
fn references(found: &[(&str, &str, &str)]) -> String {
    own_references(&References::default(), found)
}

/// The same, with the addresses and pictures of its text.
fn own_references(own: &References, found: &[(&str, &str, &str)]) -> String {
    let names = [("xmlns", "http://schemas.openxmlformats.org/package/2006/relationships")];
    Markup::part("Relationships", &names, |all| {
        for (id, kind, target) in found {
            let kind = if kind.contains(':') { (*kind).to_owned() } else { format!("{KIND}{kind}") };
            all.empty("Relationship", &[("Id", id), ("Type", &kind), ("Target", target)]);
        }
        for (id, kind, target) in own.all() {
            let name = if kind == ReferenceKind::Link { "hyperlink" } else { "image" };
            let kind_of = format!("{KIND}{name}");
            let mut about = vec![("Id", id.as_str()), ("Type", &kind_of), ("Target", target)];
            if kind == ReferenceKind::Link {
                about.push(("TargetMode", "External"));
            }
            all.empty("Relationship", &about);
        }
    })
}

fn package_references() -> String {
    let core = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties";
    references(&[
        ("rId1", "officeDocument", "word/document.xml"),
        ("rId2", core, "docProps/core.xml"),
        ("rId3", "extended-properties", "docProps/app.xml"),
    ])
}

fn document_references(own: &References) -> String {
    own_references(
        own,
        &[
            ("rIdStyles", "styles", "styles.xml"),
            ("rIdNumbers", "numbering", "numbering.xml"),
            ("rIdNotes", "footnotes", "footnotes.xml"),
            ("rIdHead", "header", "header1.xml"),
            ("rIdFirstHead", "header", "header2.xml"),
            ("rIdSettings", "settings", "settings.xml"),
            ("rIdFonts", "fontTable", "fontTable.xml"),
            ("rIdSent", "customXml", "../customXml/item1.xml"),
        ],
    )
}

/// The notes, behind the lines that Word draws above them.
fn notes(text: &TextParts) -> String {
    Markup::part("w:footnotes", &NAMES, |notes| {
        for (id, kind) in [("-1", "separator"), ("0", "continuationSeparator")] {
            notes.element("w:footnote", &[("w:type", kind), ("w:id", id)], |note| {
                note.element("w:p", &[], |line| {
                    line.element("w:pPr", &[], |about| {
                        about.empty("w:spacing", &[("w:before", "0"), ("w:after", "0")]);
                    });
                    line.element("w:r", &[], |run| run.empty(&format!("w:{kind}"), &[]));
                });
            });
        }
        notes.append(&text.notes);
    })
}

/// What a reviewer changes is tracked.
fn settings() -> String {
    Markup::part("w:settings", &NAMES, |settings| {
        settings.empty("w:zoom", &[("w:percent", "100")]);
        settings.empty("w:trackRevisions", &[]);
        settings.value("w:defaultTabStop", "720");
        settings.element("w:footnotePr", &[], |notes| {
            notes.empty("w:footnote", &[("w:id", "-1")]);
            notes.empty("w:footnote", &[("w:id", "0")]);
        });
        settings.element("w:compat", &[], |compat| {
            compat.empty(
                "w:compatSetting",
                &[
                    ("w:name", "compatibilityMode"),
                    ("w:uri", "http://schemas.microsoft.com/office/word"),
                    ("w:val", "15"),
                ],
            );
        });
        settings.empty("w:themeFontLang", &[("w:val", "en-US")]);
        settings.value("w:decimalSymbol", ".");
        settings.value("w:listSeparator", ",");
    })
}

fn fonts(typeface: &str) -> String {
    Markup::part("w:fonts", &NAMES, |fonts| {
        fonts.element("w:font", &[("w:name", typeface)], |font| {
            font.value("w:altName", INSTEAD);
            font.value("w:family", "swiss");
            font.value("w:pitch", "variable");
        });
    })
}

/// What the file says of itself.
fn properties(memo: &WordMemo<'_>) -> String {
    let names = [
        ("xmlns:cp", "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"),
        ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
        ("xmlns:dcterms", "http://purl.org/dc/terms/"),
        ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
    ];
    let day = format!("{}T00:00:00Z", date::iso_text(memo.date));
    Markup::part("cp:coreProperties", &names, |about| {
        about.holding("dc:title", &[], &memo.title);
        about.holding("dc:subject", &[], memo.subject);
        about.holding("dc:creator", &[], memo.author);
        about.holding("dcterms:created", &[("xsi:type", "dcterms:W3CDTF")], &day);
        about.holding("dcterms:modified", &[("xsi:type", "dcterms:W3CDTF")], &day);
        about.holding("dc:language", &[], "en-US");
    })
}

fn program() -> String {
    let names = [("xmlns", "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties")];
    Markup::part("Properties", &names, |about| about.holding("Application", &[], "ccrov"))
}

/// What is said of the part that tells what was sent.
fn custom() -> String {
    let names = [
        ("ds:itemID", "{C0A5E7D2-6B1F-4E0B-9C1D-5D1B7A2F4E10}"),
        ("xmlns:ds", "http://schemas.openxmlformats.org/officeDocument/2006/customXml"),
    ];
    Markup::part("ds:datastoreItem", &names, |item| {
        item.element("ds:schemaRefs", &[], |schemas| {
            schemas.empty("ds:schemaRef", &[("ds:uri", SENT_NAMESPACE)]);
        });
    })
}
