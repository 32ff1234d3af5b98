//! The logo of a letterhead.
//!
//! In: the value of `logo`. Out: [`Logo`]. Not here: what is in its file.

use std::collections::BTreeSet;

use super::reader::Reader;
use crate::yaml::Node;
use crate::{
    diagnostic::{Code, Placed, offered},
    model::{Logo, points},
};

/// The least and the greatest height, in points.
const HEIGHTS: (f32, f32) = (0.2 * 72.0, 2.0 * 72.0);

/// Reads a logo; `files` are the paths of the files that there are.
pub(super) fn logo(node: &Node, r: &mut Reader<'_>, files: &BTreeSet<String>) -> Option<Logo> {
    let mut f = r.fields(node, "a logo")?;
    let file = r.need(&mut f, "file", |n, r| file(n, r, files));
    let alternative = r.need(&mut f, "alternative", |n, r| r.text(n));
    let height = r.may(&mut f, "height", height);
    r.end(&f);
    Some(Logo { file: file?, alternative: alternative?, height: height? })
}

fn file(node: &Node, r: &mut Reader<'_>, files: &BTreeSet<String>) -> Option<Placed<String>> {
    let name = r.text(node)?;
    let path = format!("memos/{name}");
    if name.contains('\\') || name.split('/').any(|folder| matches!(folder, "" | "." | "..")) {
        let message = format!("`{name}` is no path in memos/");
        let help = "put the file into memos/ and write its name alone".to_owned();
        r.fault(Code::OutsideFolder, node, message, "a file in memos/ is expected", help);
        return None;
    }
    if files.contains(&path) {
        return Some(Placed { value: path, place: r.source.at(node.range.clone()) });
    }
    let pictures = files.iter().filter_map(|path| path.strip_prefix("memos/"));
    let pictures = pictures.filter(|name| name.ends_with(".svg") || name.ends_with(".png"));
    let expected = "a file in memos/, or in a folder there, is expected";
    r.fault(Code::MissingFile, node, format!("there is no file {path}"), expected, offered(&name, pictures));
    None
}

/// "0.7 in" -> points.
fn height(node: &Node, r: &mut Reader<'_>) -> Option<f32> {
    let text = r.text(node)?;
    let height = points(&text).filter(|height| (HEIGHTS.0..=HEIGHTS.1).contains(height));
    if height.is_some() {
        return height;
    }
    let expected = format!("a length from {} to {} in is expected", HEIGHTS.0 / 72.0, HEIGHTS.1 / 72.0);
    let message = format!("the logo's height is `{text}`");
    r.fault(Code::BadValue, node, message, &expected, "write it like `0.7 in`".to_owned());
    None
}
