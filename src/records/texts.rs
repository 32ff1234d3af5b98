//! The text of a memo: in its YAML, or in a Markdown file beside it.
//!
//! In: a body's node. Out: the text with its place; faults. Not here: what the text says, which `prose` looks at.

use super::{attachment::beside, memo::Around, reader::Reader};
use crate::{
    controls,
    diagnostic::{Code, Diagnostic},
    model::Text,
    words::is_control,
    yaml::Node,
};

/// A text, or the Markdown file beside the memo that holds it.
pub(super) fn body(node: &Node, r: &mut Reader<'_>, around: &Around<'_>) -> Option<Text> {
    let text = r.prose(node)?;
    let name = text.value.as_str();
    // The place of a text of several lines begins after the mark that announces it.
    let before = around.sources.get(r.source).text.get(..node.range.start).unwrap_or_default().trim_end();
    let line = before.rfind('\n').map_or(0, |end| end + 1);
    let mark = before[line..].find("body:").map(|key| line + key + "body:".len());
    if let Some(mark) = mark.filter(|mark| before[*mark..].trim_start().starts_with('>')) {
        let at = mark + before[mark..].find('>').unwrap_or(0);
        r.faults.push(
            Diagnostic::new(Code::FoldedBody, r.source.at(at..at + 1), "`>` joins the lines of a text")
                .expected("lists, tables and paragraphs would run together")
                .help("write `body: |`, which keeps lines as they are"),
        );
        return None;
    }
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
