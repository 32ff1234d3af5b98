//! A place to fill in on the screen.
//!
//! In: a blank, where it stands, the names that others have. Out: a field and its looks (ISO 32000-1, 12.7.4): a line or
//! several to type on, a box to check. Not here: the rules and the boxes around them, which are drawn on the page.

use std::collections::BTreeSet;

use lopdf::{Dictionary, Object, ObjectId, Stream, dictionary, text_string};

use super::emit::{ActiveArea, hundredths};
use super::objects::Objects;
use crate::document::{Blank, BlankKind};

/// How what is typed into a field looks that does not say it: as high as the field allows, in black.
pub const TYPED: &str = "/Helv 0 Tf 0 g";

/// The flag of a field for text of several lines (table 228).
const MULTILINE: i64 = 1 << 12;

/// How thick a check mark is, as a share of its box.
const CHECK: f32 = 0.14;

/// The field of a blank: what is needed of it beyond what all annotations have.
pub fn field(
    blank: &Blank,
    area: &ActiveArea,
    names: &mut BTreeSet<String>,
    objects: &mut Objects,
) -> Dictionary {
    let mut about = dictionary! {
        "Subtype" => "Widget",
        "T" => text_string(&free(&blank.what, names)),
        "TU" => text_string(&blank.what),
        // The same for readers of PDF 2.0 (14289-2, 8.10.2.3).
        "Contents" => text_string(&blank.what),
    };
    let [left, bottom, right, top] = area.rect;
    let size = [right - left, top - bottom];
    if blank.kind == BlankKind::Tick {
        let looks = dictionary! {
            "Off" => look(size, String::new(), objects),
            "Yes" => look(size, check(size), objects),
        };
        about.extend(
            &dictionary! { "FT" => "Btn", "V" => "Off", "AS" => "Off", "AP" => dictionary! { "N" => looks } },
        );
        return about;
    }
    if matches!(blank.kind, BlankKind::Lines(_)) {
        about.set("Ff", MULTILINE);
    }
    // Before anybody types it shows nothing. What is typed is as large as the text around it.
    let typed = format!("/Helv {} Tf 0 g", hundredths(area.size));
    let nothing = look(size, "/Tx BMC EMC".to_owned(), objects);
    about.extend(&dictionary! {
        "FT" => "Tx",
        "DA" => Object::string_literal(typed),
        "AP" => dictionary! { "N" => nothing },
    });
    about
}

/// A name that no other field has.
fn free(what: &str, names: &mut BTreeSet<String>) -> String {
    // A full stop in a name would make a field of fields of it (12.7.3.2).
    let name = what.replace('.', "");
    let name = if name.trim().is_empty() { "blank".to_owned() } else { name };
    let numbered = (2_u32..).map(|number| format!("{name} {number}"));
    let free = std::iter::once(name.clone()).chain(numbered).find(|name| !names.contains(name));
    let name = free.expect("numbers do not end");
    names.insert(name.clone());
    name
}

fn look([width, height]: [f32; 2], content: String, objects: &mut Objects) -> ObjectId {
    let bounds = [0.0, 0.0, hundredths(width), hundredths(height)].map(Object::from).to_vec();
    let form = dictionary! {
        "Type" => "XObject", "Subtype" => "Form", "BBox" => bounds, "Resources" => Dictionary::new(),
    };
    objects.add(Stream::new(form, content.into_bytes()))
}

/// A check mark.
fn check([width, height]: [f32; 2]) -> String {
    let place = |x: f32, y: f32| format!("{} {}", hundredths(x * width), hundredths(y * height));
    let [from, foot, to] = [place(0.22, 0.52), place(0.43, 0.26), place(0.79, 0.76)];
    format!("0 G {} w 1 J 1 j {from} m {foot} l {to} l S", hundredths(width * CHECK))
}
