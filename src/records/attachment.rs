//! What is attached to a memo: `schedule`, `changes`, a text with a title, or a file with a title.
//!
//! In: an item of `attachments`. Out: [`Attachment`]. Not here: what is in an attached file.

use unicode_normalization::UnicodeNormalization as _;

use super::{memo::MemoReferences, reader::Reader, texts};
use crate::{
    diagnostic::{Code, Placed, offered},
    model::{AttachedFile, AttachedText, Attachment, SourcePath},
    yaml::{Data, Node},
};

/// Reads an item of the list.
pub(super) fn attachment(node: &Node, r: &mut Reader<'_>, around: &MemoReferences<'_>) -> Option<Attachment> {
    if matches!(node.data, Data::Text(_)) {
        return word(node, r);
    }
    let mut f = r.fields(node, "an attachment")?;
    let title = r.need(&mut f, "title", |n, r| r.prose(n));
    let file = r.may(&mut f, "file", |n, r| beside(n, r, around));
    if let Some(Some(path)) = file {
        r.end(&f);
        return Some(Attachment::File(AttachedFile { title: title?, path }));
    }
    let body = match file {
        Some(None) => r.need(&mut f, "body", |n, r| texts::body(n, r, around)),
        _ => None,
    };
    let date = r.may(&mut f, "date", |n, r| r.date(n));
    let revised = r.may(&mut f, "revised", |n, r| r.text(n));
    let letterhead = r.may(&mut f, "letterhead", |n, r| {
        r.refer(n, &around.office.letterheads, Code::UnknownLetterhead, "letterhead")
    });
    let to = r.may(&mut f, "to", |n, r| Some(r.list(n, |n, r| r.text(n))));
    r.end(&f);
    Some(Attachment::Text(AttachedText {
        title: title?,
        date: date?,
        revised: revised?,
        letterhead: letterhead?,
        to: to?.unwrap_or_default(),
        body: body?,
    }))
}

/// What a word alone attaches.
fn word(node: &Node, r: &mut Reader<'_>) -> Option<Attachment> {
    let text = r.text(node)?;
    match text.as_str() {
        "schedule" => return Some(Attachment::Schedule),
        "changes" => return Some(Attachment::Changes),
        _ => {}
    }
    let message = format!("`{text}` cannot be attached so");
    let help = "write `schedule`, `changes`, or `title:` with `file:` or `body:`".to_owned();
    r.fault(Code::BadValue, node, message, "`schedule`, `changes` or a title is expected", help);
    None
}

/// Whether a file is what ccrov keeps of a review. Windows tells no large letters from small ones.
fn is_of_review(name: &str) -> bool {
    name.to_ascii_lowercase().ends_with(".review")
}

/// The path of a file beside the memo.
pub(super) fn beside(node: &Node, r: &mut Reader<'_>, around: &MemoReferences<'_>) -> Option<Placed<String>> {
    let name = r.text(node)?;
    let folder = around.folder(r.source);
    if name.contains(['/', '\\']) || name.starts_with('.') {
        let message = format!("`{name}` leads out of the memo's folder");
        let help = format!("put the file into {folder}/ and write its name alone");
        r.fault(Code::OutsideFolder, node, message, "the name of a file beside the memo is expected", help);
        return None;
    }
    if is_of_review(&name) {
        let message = format!("{name} is what was said of a memo in review, and is never published");
        let help = "attach another file, or take the line out".to_owned();
        r.fault(Code::BadValue, node, message, "a file that readers may get is expected", help);
        return None;
    }
    let path = format!("{folder}/{name}");
    if let Err(why) = path.parse::<SourcePath>() {
        let message = format!("a file cannot have this name on every computer: {why}");
        r.fault(
            Code::BadId,
            node,
            message,
            "the name of a file beside the memo is expected",
            "rename the file".to_owned(),
        );
        return None;
    }
    // Systems write a letter with an accent as one character, or as two.
    let same = |there: &&String| there.nfc().eq(path.nfc());
    let there = around.files.get(&path).or_else(|| match path.is_ascii() {
        true => None,
        false => around.files.iter().find(same),
    });
    if let Some(there) = there {
        return Some(Placed { value: there.clone(), place: r.source.at(node.range.clone()) });
    }
    let near = around.files.iter().filter_map(|path| path.strip_prefix(folder)?.strip_prefix('/'));
    let near = near.filter(|name| !is_of_review(name));
    let help = offered(&name, near.clone());
    r.fault(
        Code::MissingFile,
        node,
        format!("there is no file {path}"),
        "a file beside the memo is expected",
        help,
    );
    None
}
