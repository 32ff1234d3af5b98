//! The numbers of lists, which Word counts itself.
//!
//! In: the lists of a text. Out: `word/numbering.xml`. Each list has a number of its own and begins where the text says. Not here: items.

use super::{
    flow::ListRun,
    look::{Look, twips},
    style::NAMES,
};
use crate::{document::Markers, word::markup::Markup};

/// The signs before items, by how many lists of bullets are around them.
const BULLETS: [&str; 3] = ["•", "◦", "▪"];

/// How deep lists can be nested in Word.
const LEVELS: usize = 9;

/// `word/numbering.xml`. The list at a place is number `place + 1`.
pub(super) fn part(lists: &[ListRun], look: &Look<'_>) -> String {
    Markup::part("w:numbering", &NAMES, |numbering| {
        for (id, sign) in BULLETS.iter().enumerate() {
            kind(numbering, id, look, "bullet", |_| (*sign).to_owned());
        }
        kind(numbering, 3, look, "decimal", |level| format!("%{level}."));
        kind(numbering, 4, look, "lowerLetter", |level| format!("%{level}."));
        for (list, number) in lists.iter().zip(1_usize..) {
            let kind = match list.markers {
                Markers::Bullets => list.bullets % BULLETS.len(),
                Markers::Numbers => 3,
                Markers::Letters => 4,
            };
            numbering.element("w:num", &[("w:numId", &number.to_string())], |number| {
                number.value("w:abstractNumId", &kind.to_string());
                if list.markers != Markers::Bullets {
                    let level = list.level.min(LEVELS - 1).to_string();
                    number.element("w:lvlOverride", &[("w:ilvl", &level)], |level| {
                        level.value("w:startOverride", &list.start.min(i32::MAX as u64).to_string());
                    });
                }
            });
        }
    })
}

fn kind(numbering: &mut Markup, id: usize, look: &Look<'_>, format: &str, text: impl Fn(usize) -> String) {
    numbering.element("w:abstractNum", &[("w:abstractNumId", &id.to_string())], |kind| {
        kind.value("w:multiLevelType", "hybridMultilevel");
        for level in 0..LEVELS {
            kind.element("w:lvl", &[("w:ilvl", &level.to_string())], |about| {
                about.value("w:start", "1");
                about.value("w:numFmt", format);
                about.value("w:lvlText", &text(level + 1));
                about.value("w:lvlJc", "left");
                about.element("w:pPr", &[], |form| {
                    let indent = look.theme.indent;
                    let (left, hanging) = (twips(indent * (level + 1) as f32), twips(indent));
                    form.empty("w:ind", &[("w:left", &left), ("w:hanging", &hanging)]);
                });
            });
        }
    });
}
