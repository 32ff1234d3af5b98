//! Bold and italic text in a form that Markdown can say.
//!
//! In: signs with faces wherever a word processor has set them. Out: the same, with faces that begin and end where
//! words do. Not here: the stars.
//!
//! In Markdown, stars between a letter and a sign, or at a figure, mean nothing or vanish. So a run of letters and figures
//! is bold or it is not, by the most of them; signs before and behind it follow it or are plain; what stands between two
//! is bold if both are.

use super::text::{Mark, Sign, SignLook};

/// Sets faces from word to word.
pub(super) fn snap(text: &mut [Sign]) {
    let mut words: Vec<std::ops::Range<usize>> = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let parts = |sign: &Sign| sign.is_blank() || matches!(sign.mark, Mark::Note(_));
        let end = match parts(&text[at]) {
            true => at + 1,
            false => {
                let rest = &text[at..];
                let same = |sign: &&Sign| !parts(sign) && sign.look.link == rest[0].look.link;
                at + rest.iter().take_while(same).count()
            }
        };
        if parts(&text[at]) {
            set(&mut text[at..end], SignLook::default());
        } else {
            snap_word(&mut text[at..end]);
            words.push(at..end);
        }
        at = end;
    }
    carry_over(text, &words);
}

/// One stretch without blanks: each run of letters in it for itself, and the signs around them.
fn snap_word(word: &mut [Sign]) {
    let mut last: Option<(usize, SignLook)> = None;
    let mut at = 0;
    while let Some(start) = word[at..].iter().position(is_letter).map(|found| at + found) {
        let end = start + word[start..].iter().take_while(|sign| is_letter(sign)).count();
        let letters = &word[start..end];
        let most = |has: fn(&SignLook) -> bool| {
            letters.iter().filter(|sign| has(&sign.look)).count() * 2 > letters.len()
        };
        let face = SignLook { bold: most(|look| look.bold), italic: most(|look| look.italic), link: 0 };
        match last {
            Some((_, of)) => set(&mut word[at..start], if of == face { face } else { SignLook::default() }),
            None => {
                let alike = word[..start].iter().rev().take_while(|sign| has(sign, face)).count();
                set(&mut word[..start - alike], SignLook::default());
                set(&mut word[start - alike..start], face);
            }
        }
        set(&mut word[start..end], face);
        last = Some((end, face));
        at = end;
    }
    let face = last.map_or(SignLook::default(), |(_, face)| face);
    let alike = word[at..].iter().take_while(|sign| has(sign, face)).count();
    set(&mut word[at..at + alike], face);
    set(&mut word[at + alike..], SignLook::default());
}

fn has(sign: &Sign, face: SignLook) -> bool {
    (sign.look.bold, sign.look.italic) == (face.bold, face.italic)
}

fn is_letter(sign: &Sign) -> bool {
    sign.char().is_some_and(char::is_alphanumeric)
}

/// What stands between two words is set as both are: blanks, dashes, and signs without a letter.
fn carry_over(text: &mut [Sign], words: &[std::ops::Range<usize>]) {
    let has_letter = |word: &&std::ops::Range<usize>| text[(*word).clone()].iter().any(is_letter);
    let words: Vec<_> = words.iter().filter(has_letter).cloned().collect();
    for pair in words.windows(2) {
        let (before, after) = (text[pair[0].end - 1].look, text[pair[1].start].look);
        let between = pair[0].end..pair[1].start;
        let is_one_line = text[between.clone()].iter().all(|sign| sign.char().is_some());
        let is_one_link = text[between.clone()].iter().all(|sign| sign.look.link == before.link)
            && before.link == after.link;
        let face =
            SignLook { bold: before.bold && after.bold, italic: before.italic && after.italic, link: 0 };
        if between.is_empty() || !is_one_line || !is_one_link {
            continue;
        }
        // Faces that go on while others end would have to end at a blank and begin anew: they do so at once.
        if (before.bold, before.italic) == (face.bold, face.italic)
            || (after.bold, after.italic) == (face.bold, face.italic)
        {
            set(&mut text[between], face);
        }
    }
}

fn set(signs: &mut [Sign], face: SignLook) {
    for sign in signs {
        sign.look = SignLook { link: sign.look.link, ..face };
    }
}
