//! The word behind the text of pages that are not issued: "DRAFT".
//!
//! In: pages, a word. Out: the pages with the word on them, from corner to corner, as a drawing of outlines: as text, its
//! letters would be copied out between lines and into cells. On the first page the drawing belongs to the document, so
//! that who cannot see it is told once; on the others it is an artifact. Not here: which memos have one.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::page::Page;
use crate::document::{Face, PartId};
use crate::pdf::glyphs::face::FontFaces;
use crate::pdf::logo::LogoPicture;
use crate::pdf::setting::frame::{Drawing, Frame, Owner, PageArtifact, PartPiece};
use crate::pdf::theme::{Orientation, Theme};
use crate::picture::{Content, FilledArea, Picture, Segment};

/// The part of a document that its mark is: those of its text begin at 1.
pub const PART: PartId = PartId(0);

/// How long the word is: well inside the corners.
const LENGTH: f32 = 0.6;

/// Puts a word behind the text of all pages, from corner to corner.
pub fn put_on(pages: &mut [Page], word: &str, faces: &FontFaces, theme: &Theme) {
    let mut drawn: BTreeMap<Orientation, (Arc<LogoPicture>, [f32; 2])> = BTreeMap::new();
    for (at, page) in pages.iter_mut().enumerate() {
        let paper = theme.paper(page.sheet);
        let (logo, [width, height]) = drawn.entry(page.sheet).or_insert_with(|| {
            let picture = rising(word, faces, theme, paper);
            let size = [picture.width, picture.height];
            (Arc::new(LogoPicture::new(Arc::new(picture), said(word), None)), size)
        });
        let owner = match at {
            0 => Owner::Part(PART, PartPiece::Figure),
            _ => Owner::Artifact(PageArtifact::Mark),
        };
        let (x, y) = ((paper.0 - *width) / 2.0, (paper.1 - *height) / 2.0);
        let drawn = Drawing::Picture { logo: Arc::clone(logo), width: *width, height: *height };
        page.frames.insert(0, Frame { x, y, owner, drawn });
    }
}

/// The word as it is read aloud: capitals alone may be spelled out.
pub fn said(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().into_iter().chain(letters.flat_map(char::to_lowercase)).collect()
}

/// The outlines of a word that rises as the diagonal of a paper does.
fn rising(word: &str, faces: &FontFaces, theme: &Theme, paper: (f32, f32)) -> Picture {
    let face = faces.get(Face { bold: true, italic: false });
    let shaped = face.shape(word);
    let long: i32 = shaped.iter().map(|glyph| glyph.advance).sum();
    let scale = paper.0.hypot(paper.1) * LENGTH / (long as f32).max(1.0);
    let (sine, cosine) = paper.1.atan2(paper.0).sin_cos();
    let mut outline = Vec::new();
    let mut pen = 0;
    for glyph in &shaped {
        let (left, up) = ((pen + glyph.dx) as f32, glyph.dy as f32);
        // Up from the line in the font, down from the top in a picture.
        let place = |[x, y]: [f32; 2]| {
            let (x, y) = ((left + x) * scale, (up + y) * scale);
            [x * cosine - y * sine, -(x * sine + y * cosine)]
        };
        outline.extend(face.outline(glyph.id).into_iter().map(|segment| moved(segment, place)));
        pen += glyph.advance;
    }
    let [left, top, right, bottom] = bounds(&outline);
    outline.iter_mut().for_each(|segment| *segment = moved(*segment, |[x, y]| [x - left, y - top]));
    let ink = theme.mark;
    let area = FilledArea { rgb: [ink.0, ink.1, ink.2], even_odd: false, outline };
    Picture { width: right - left, height: bottom - top, content: Content::Shapes(vec![area]) }
}

fn moved(segment: Segment, place: impl Fn([f32; 2]) -> [f32; 2]) -> Segment {
    match segment {
        Segment::Move(to) => Segment::Move(place(to)),
        Segment::Line(to) => Segment::Line(place(to)),
        Segment::Curve(points) => Segment::Curve(points.map(place)),
        Segment::Close => Segment::Close,
    }
}

/// Left, top, right and bottom of what outlines can reach; a point of no size is one unit wide, so that it can be scaled.
fn bounds(outline: &[Segment]) -> [f32; 4] {
    let points = outline.iter().flat_map(|segment| match segment {
        Segment::Move(to) | Segment::Line(to) => std::slice::from_ref(to),
        Segment::Curve(points) => points.as_slice(),
        Segment::Close => &[],
    });
    let none = [f32::MAX, f32::MAX, f32::MIN, f32::MIN];
    let [left, top, right, bottom] = points.fold(none, |[left, top, right, bottom], &[x, y]| {
        [left.min(x), top.min(y), right.max(x), bottom.max(y)]
    });
    if left < right && top < bottom { [left, top, right, bottom] } else { [0.0, 0.0, 1.0, 1.0] }
}
