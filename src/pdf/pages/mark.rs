//! The word behind the text of a page that is not issued: "DRAFT".
//!
//! In: a page, a word. Out: the page with the word on it, from corner to corner. Not here: which memos have one.

use super::page::Page;
use crate::pdf::glyphs;
use crate::pdf::setting::frame::{Drawing, Frame, GlyphLine, Owner, PageArtifact};
use crate::pdf::setting::setter::Setter;

/// Puts a word behind the text of a page, from corner to corner.
pub fn put_on(setter: &mut Setter, page: &mut Page, word: &str) {
    let (theme, (width, height)) = (setter.theme, setter.theme.paper(page.sheet));
    let angle = height.atan2(width);
    let style = theme.mark;
    let line = setter.set_plain(word, &style, None);
    // Well inside the corners.
    let wanted = width.hypot(height) * 0.6;
    let scale = wanted / glyphs::width(&line).max(1.0);
    let line = setter.set_plain(word, &style.scaled(scale), None);
    let (long, high) = (
        glyphs::width(&line),
        style.size * scale * setter.faces.get(style.face).measures.cap_height / 1000.0,
    );
    let x = width / 2.0 - (long * angle.cos() - high * angle.sin()) / 2.0;
    let y = height / 2.0 + (long * angle.sin() + high * angle.cos()) / 2.0;
    let drawn = Drawing::Rising { line: GlyphLine::whole(&line), angle: angle.to_degrees() };
    page.frames.insert(0, Frame { x, y, owner: Owner::Artifact(PageArtifact::Mark), drawn });
}
