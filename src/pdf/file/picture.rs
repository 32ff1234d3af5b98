//! Pictures in a file.
//!
//! In: the pictures that pages show, each made ready. Out: their objects, and the operation that draws one. Not here:
//! how a picture is made ready.

use std::collections::BTreeMap;

use lopdf::{Dictionary, ObjectId};
use printpdf::{Op, Pt, XObjectId, XObjectTransform};

use super::emit::hundredths;
use super::objects::Objects;
use crate::document::PartId;
use crate::pdf::logo::LogoPicture;
use crate::pdf::pages::page::Page;
use crate::pdf::setting::frame::{Drawing, Owner, PartPiece};
use crate::pdf::theme::Theme;

/// What draws a picture with its lower left corner at a place.
pub fn draw(logo: &LogoPicture, x: f32, y: f32, width: f32, height: f32) -> Op {
    let transform = XObjectTransform {
        translate_x: Some(Pt(x)),
        translate_y: Some(Pt(y)),
        scale_x: Some(width),
        scale_y: Some(height),
        ..XObjectTransform::default()
    };
    Op::UseXobject { id: XObjectId(logo.name.clone()), transform }
}

/// The pictures that pages show, each once, by the names that their content calls them.
pub fn shown(pages: &[Page], objects: &mut Objects) -> Dictionary {
    let mut shown = Dictionary::new();
    for frame in pages.iter().flat_map(|page| &page.frames) {
        if let Drawing::Picture { logo, .. } = &frame.drawn
            && !shown.has(logo.name.as_bytes())
        {
            shown.set(logo.name.as_str(), add(logo, objects));
        }
    }
    shown
}

/// Where each figure of the document stands on its page: left, bottom, right, top, up from the page's bottom.
pub fn boxes(pages: &[Page], theme: &Theme) -> BTreeMap<PartId, [f32; 4]> {
    let mut boxes = BTreeMap::new();
    for page in pages {
        let paper = theme.paper(page.sheet).1;
        for frame in &page.frames {
            if let (Drawing::Picture { width, height, .. }, Owner::Part(part, PartPiece::Figure)) =
                (&frame.drawn, frame.owner)
            {
                let top = paper - frame.y;
                boxes.insert(part, [frame.x, top - height, frame.x + width, top].map(hundredths));
            }
        }
    }
    boxes
}

fn add(logo: &LogoPicture, objects: &mut Objects) -> ObjectId {
    let mut drawing = logo.drawing.clone();
    if let Some(alpha) = &logo.alpha {
        drawing.dict.set("SMask", objects.add(alpha.clone()));
    }
    objects.add(drawing)
}
