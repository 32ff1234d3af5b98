//! The line ends of texts, which programs that share folders change.
//!
//! In: a text as it is on disk. Out: the same with `\n` alone, which the other rooms read; and an edit of that, with the
//! line ends of the text on disk.

use std::borrow::Cow;

/// A text whose lines end with `\n`.
pub(crate) fn folded(text: &str) -> Cow<'_, str> {
    if text.contains("\r\n") { Cow::Owned(text.replace("\r\n", "\n")) } else { Cow::Borrowed(text) }
}

/// An edit of a folded text, with the line ends that the text has on disk. Lines that are the same at the start and at the
/// end keep theirs; a changed one gets that of the line in its place, a new one that of the first line.
pub(super) fn as_before(on_disk: &str, edited: &str) -> String {
    let lines: Vec<&str> = on_disk.split_inclusive('\n').collect();
    let new: Vec<&str> = edited.split_inclusive('\n').collect();
    let same = |(old, new): &(&&str, &&str)| folded(old) == **new;
    let start = lines.iter().zip(&new).take_while(same).count();
    let rest = lines.len().min(new.len()) - start;
    let end = lines.iter().rev().zip(new.iter().rev()).take(rest).take_while(same).count();
    let mut text = lines[..start].concat();
    let ending = |line: Option<&&str>| line.map(|line| if line.ends_with("\r\n") { "\r\n" } else { "\n" });
    let changed = &lines[start..lines.len() - end];
    for (at, line) in new[start..new.len() - end].iter().enumerate() {
        match line.strip_suffix('\n') {
            Some(line) => {
                let before = ending(changed.get(at)).or_else(|| ending(lines.first())).unwrap_or("\n");
                text.extend([line, before]);
            }
            None => text.push_str(line),
        }
    }
    text.push_str(&lines[lines.len() - end..].concat());
    text
}
