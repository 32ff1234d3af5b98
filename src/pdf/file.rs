//! Pages -> the bytes of a PDF.
//!
//! In: pages, the sorts they use, what the document says of itself. Out: bytes. printpdf makes the
//! objects of pages and fonts; what it leaves out or says wrong is set right here. Not here: layout.

use lopdf::{Dictionary, Document, Object, ObjectId, SaveOptions, StringFormat, dictionary, text_string};
use printpdf::{FontId, PdfDocument, PdfPage, PdfSaveOptions, Pt};
use sha2::{Digest, Sha256};

use super::emit::{Target, content, targets};
use super::flow::Flow;
use super::text::Setter;
use super::{Fault, Info, font, outline};

/// Writes pages as a PDF.
///
/// # Errors
/// [`Fault::BadFace`] if a face cannot be embedded.
pub fn write(flow: &Flow, setter: &Setter, info: &Info) -> Result<Vec<u8>, Fault> {
    let theme = setter.theme;
    let mut printed = PdfDocument::new("");
    for (&face, sorts) in &setter.case.faces {
        let font = font::embed(setter.faces.get(face), sorts)?;
        printed.resources.fonts.map.insert(FontId(font::resource(face).to_owned()), font);
    }
    let (width, height) = (Pt(theme.page_width).into(), Pt(theme.page_height).into());
    let pages = flow.pages.iter();
    printed.pages =
        pages.map(|page| PdfPage::new(width, height, content(page, theme, &setter.case))).collect();
    let mut pdf = printed.to_lopdf_document(&PdfSaveOptions::default(), &mut Vec::new());

    let pages: Vec<ObjectId> = pdf.page_iter().collect();
    let fonts = complete_fonts(&mut pdf, &pages, setter);
    for (&id, page) in pages.iter().zip(&flow.pages) {
        let notes = annotations(&mut pdf, &targets(page, theme), setter, id);
        if let Ok(page) = pdf.get_dictionary_mut(id) {
            page.set("MediaBox", vec![0.into(), 0.into(), theme.page_width.into(), theme.page_height.into()]);
            // Both are the same as the media box, as they are when nothing is said.
            page.remove(b"TrimBox");
            page.remove(b"CropBox");
            page.remove(b"Annots");
            if !notes.is_empty() {
                page.set("Annots", notes);
            }
            page.set("Resources", fonts.map_or_else(Dictionary::new, |id| dictionary! { "Font" => id }));
        }
    }
    let bookmarks = outline::add(&mut pdf, &flow.headings, &pages, theme.page_height);
    describe(&mut pdf, info, bookmarks);
    Ok(save(pdf))
}

/// Completes the fonts, and gives the dictionary of all.
fn complete_fonts(pdf: &mut Document, pages: &[ObjectId], setter: &Setter) -> Option<ObjectId> {
    let page = pdf.get_dictionary(*pages.first()?).ok()?;
    let resources = page.get(b"Resources").and_then(Object::as_reference).ok()?;
    let fonts = pdf.get_dictionary(resources).and_then(|all| all.get(b"Font")).ok()?.as_reference().ok()?;
    for (&face, sorts) in &setter.case.faces {
        let all = pdf.get_dictionary(fonts).ok()?;
        let Ok(id) = all.get(font::resource(face).as_bytes()).and_then(Object::as_reference) else {
            continue;
        };
        let mut font = pdf.get_dictionary(id).ok()?.clone();
        font::complete(pdf, &mut font, setter.faces.get(face), sorts);
        pdf.set_object(id, font);
    }
    Some(fonts)
}

fn annotations(pdf: &mut Document, targets: &[Target], setter: &Setter, page: ObjectId) -> Vec<Object> {
    let links = targets.iter().filter_map(|target| Some((target, setter.links.get(target.link)?)));
    let notes: Vec<Dictionary> = links
        .map(|(target, link)| {
            dictionary! {
                "Type" => "Annot",
                "Subtype" => "Link",
                "P" => page,
                // Printed, as the text that it lies on.
                "F" => 4,
                "Rect" => target.rect.map(Object::from).to_vec(),
                "Border" => vec![0.into(), 0.into(), 0.into()],
                "Contents" => text_string(&link.text),
                "A" => dictionary! {
                    "S" => "URI",
                    "URI" => Object::string_literal(address(&link.href)),
                },
            }
        })
        .collect();
    notes.into_iter().map(|note| pdf.add_object(note).into()).collect()
}

/// An address in a PDF is ASCII: all else is written as its bytes, percent-encoded.
fn address(href: &str) -> String {
    let mut out = String::with_capacity(href.len());
    for byte in href.bytes() {
        match byte {
            b'!'..=b'~' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// What the file says of itself, and nothing that printpdf says by itself.
fn describe(pdf: &mut Document, info: &Info, bookmarks: Option<ObjectId>) {
    let date = Object::string_literal(info.date.format("D:%Y%m%d000000Z").to_string());
    let about = dictionary! {
        "Title" => text_string(&info.title),
        "Author" => text_string(&info.author),
        "Subject" => text_string(&info.subject),
        "Producer" => text_string("ccrov"),
        "CreationDate" => date.clone(),
        "ModDate" => date,
    };
    let about = pdf.add_object(about);
    pdf.trailer.set("Info", about);
    if let Ok(catalog) = pdf.catalog_mut() {
        catalog.set("Lang", text_string("en-US"));
        catalog.set("ViewerPreferences", dictionary! { "DisplayDocTitle" => true });
        catalog.remove(b"PageLayout");
        catalog.remove(b"PageMode");
        if let Some(bookmarks) = bookmarks {
            catalog.set("Outlines", bookmarks);
        }
    }
}

fn save(mut pdf: Document) -> Vec<u8> {
    "1.7".clone_into(&mut pdf.version);
    pdf.trailer.remove(b"ID");
    pdf.prune_objects();
    pdf.renumber_objects();
    pdf.compress();
    let id = Object::String(digest(&pdf), StringFormat::Hexadecimal);
    pdf.trailer.set("ID", vec![id.clone(), id]);
    let options = SaveOptions::builder().use_object_streams(true).use_xref_streams(true).compression_level(9);
    let mut bytes = Vec::new();
    pdf.save_with_options(&mut bytes, options.build()).expect("writing to memory does not fail");
    bytes
}

/// What tells this file from all others: a digest of all that it holds.
fn digest(pdf: &Document) -> Vec<u8> {
    let mut hash = Sha256::new();
    for (id, object) in &pdf.objects {
        hash.update(id.0.to_be_bytes());
        match object {
            Object::Stream(stream) => hash.update(&stream.content),
            other => hash.update(format!("{other:?}")),
        }
    }
    hash.finalize()[..16].to_vec()
}
