//! The text of a memo: in its YAML, or in a Markdown file beside it.
//!
//! In: a body's node. Out: the text with its place; faults. Not here: what the text says, which `prose` looks at.

use super::{attachment::beside, memo::MemoReferences, reader::Reader};
use crate::{controls, diagnostic::Code, model::Text, words::is_control, yaml::Node};

/// A text, or the Markdown file beside the memo that holds it.
pub(super) fn body(node: &Node, r: &mut Reader<'_>, around: &MemoReferences<'_>) -> Option<Text> {
    let text = r.prose(node)?;
    // Lines that YAML has joined are reported with the file; the text is not the one that was meant.
    let written = around.sources.get(r.source).text.get(node.range.clone()).unwrap_or_default();
    if r.faults.errors() > 0 && text.value.trim().lines().count() < written.trim().lines().count() {
        return None;
    }
    let name = text.value.as_str();
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let is_file =
        !name.contains(['\n', ' ']) && ["md", "doc", "docx", "odt", "rtf", "txt", "pdf"].contains(&ending);
    if !is_file {
        return Some(text);
    }
    if ending != "md" {
        let help = "save the text as plain text in a file that ends in .md, or attach the file".to_owned();
        let message = format!("a body cannot be read from a .{ending} file");
        r.fault(
            Code::BadValue,
            node,
            message,
            "the name of an .md file, or the text itself, is expected",
            help,
        );
        return None;
    }
    let path = beside(node, r, around)?.value;
    let Some(&source) = around.bodies.get(&path) else {
        // It is there and could not be read, which is reported with the file.
        r.leans_on_fault = true;
        return None;
    };
    let written = &around.sources.get(source).text;
    let place = source.at(0..written.len());
    controls::check(written, written, place.clone(), r.faults);
    Some(Text { value: written.replace(is_control, ""), place })
}
