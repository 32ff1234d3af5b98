//! What a PDF says of itself.
//!
//! In: title, author, subject, date. Out: the document's information twice, as PDF and as XMP, which say
//! the same (ISO 19005-2, 6.6); that it meets PDF/UA-1 and PDF/A-2a; what its colours mean; how its
//! pages are called. Not here: bookmarks, tags.

use std::sync::LazyLock;

use chrono::{Datelike as _, NaiveDate};
use lopdf::{Dictionary, Object, ObjectId, Stream, dictionary, text_string};
use xmp_writer::{DateTime, LangId, XmpWriter};

use super::field::TYPED;
use super::objects::{Deflater, Objects};
use crate::pdf::info::Info;

/// The language of all memos.
const LANGUAGE: &str = "en-US";

/// From so many pages on, a reader opens a document with its bookmarks beside it.
const MANY_PAGES: usize = 10;

const PRODUCER: &str = "ccrov";

/// The objects that the catalog names.
pub struct About {
    pub info: ObjectId,
    metadata: ObjectId,
    profile: ObjectId,
}

/// Adds what the file says of itself.
pub fn describe(info: &Info, objects: &mut Objects) -> About {
    // A day without an hour: at midnight of another time zone it would be the day before.
    let day = |day: NaiveDate| Object::string_literal(day.format("D:%Y%m%d").to_string());
    let about = dictionary! {
        "Title" => text_string(&info.title),
        "Author" => text_string(&info.author),
        "Subject" => text_string(&info.subject),
        "Producer" => text_string(PRODUCER),
        "CreationDate" => day(info.date),
        "ModDate" => day(info.changed),
    };
    let metadata = dictionary! { "Type" => "Metadata", "Subtype" => "XML" };
    // Readable by programs that know nothing of PDF.
    let metadata = Stream::new(metadata, xmp(info).into_bytes()).with_compression(false);
    About { info: objects.add(about), metadata: objects.add(metadata), profile: objects.add(SRGB.clone()) }
}

/// Completes the catalog.
pub fn complete(
    catalog: &mut Dictionary,
    about: &About,
    tags: ObjectId,
    outline: Option<ObjectId>,
    pages: usize,
    fields: Vec<ObjectId>,
) {
    catalog.set("Lang", text_string(LANGUAGE));
    catalog.set("MarkInfo", dictionary! { "Marked" => true });
    catalog.set("StructTreeRoot", tags);
    catalog.set("ViewerPreferences", dictionary! { "DisplayDocTitle" => true });
    catalog.set("Metadata", about.metadata);
    let labels = vec![0.into(), dictionary! { "S" => "D" }.into()];
    catalog.set("PageLabels", dictionary! { "Nums" => labels });
    let intent = dictionary! {
        "Type" => "OutputIntent",
        "S" => "GTS_PDFA1",
        "OutputConditionIdentifier" => text_string("sRGB"),
        "Info" => text_string("sRGB IEC61966-2.1"),
        "DestOutputProfile" => about.profile,
    };
    catalog.set("OutputIntents", vec![intent.into()]);
    if let Some(outline) = outline {
        catalog.set("Outlines", outline);
        if pages >= MANY_PAGES {
            catalog.set("PageMode", "UseOutlines");
        }
    }
    if !fields.is_empty() {
        // No face of the document has all the letters that somebody may type.
        let font = dictionary! {
            "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica", "Encoding" => "WinAnsiEncoding",
        };
        let form = dictionary! {
            "Fields" => fields.into_iter().map(Object::from).collect::<Vec<_>>(),
            "DA" => Object::string_literal(TYPED),
            "DR" => dictionary! { "Font" => dictionary! { "Helv" => font } },
        };
        catalog.set("AcroForm", form);
    }
}

/// The same as XMP (ISO 16684-1), with the claims to the standards.
fn xmp(info: &Info) -> String {
    let part = |number: u32| Some(u8::try_from(number).unwrap_or(1));
    let day = |day: NaiveDate| DateTime {
        year: u16::try_from(day.year()).unwrap_or_default(),
        month: part(day.month()),
        day: part(day.day()),
        hour: None,
        minute: None,
        second: None,
        timezone: None,
    };
    let mut xmp = XmpWriter::new();
    xmp.title([(None, info.title.as_str())]);
    xmp.creator([info.author.as_str()]);
    xmp.publisher([info.author.as_str()]);
    if let Some(identifier) = &info.identifier {
        xmp.identifier(identifier);
    }
    xmp.description([(None, info.subject.as_str())]);
    xmp.language([LangId(LANGUAGE)]);
    xmp.producer(PRODUCER);
    xmp.create_date(day(info.date));
    xmp.modify_date(day(info.changed));
    xmp.pdfa_part(2);
    xmp.pdfa_conformance("A");
    xmp.pdfua_part(1);
    // PDF/A knows nothing of PDF/UA: its property must be explained (19005-2, 6.6.2.3).
    let mut schemas = xmp.extension_schemas();
    schemas.pdfua_id().properties().describe_part();
    drop(schemas);
    xmp.finish(None)
}

/// The profile of sRGB, the same in every file: version 4.3 of the ICC's format, dated as the standard IEC 61966-2-1.
static SRGB: LazyLock<Stream> =
    LazyLock::new(|| Deflater::default().stream(dictionary! { "N" => 3 }, include_bytes!("srgb.icc")));
