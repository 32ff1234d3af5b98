//! Where a line may end.
//!
//! In: text. Out: what may happen after each of its characters. By the rules of Unicode (UAX 14), and
//! by those of the office: what is read as one is not torn apart ("Steps 1", "8:00 p.m.", "(888)
//! 868-3225"). Not here: widths.

use unicode_linebreak::{BreakOpportunity, linebreaks};

/// What may happen between a glyph and the next, the best break last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum After {
    /// Nothing: what follows is drawn upon it.
    Nothing,
    /// A break, if the word is longer than a line.
    Letter,
    /// A break between words that are read as one: "Steps 1".
    Tie,
    /// A break inside a word: "SOS/Elections".
    Joint,
    /// A break before a figure: "October 8, 2021".
    Figure,
    /// A break between words.
    Word,
}

/// For each byte, what may happen after the character that ends there.
pub fn opportunities(text: &str) -> Vec<After> {
    let mut after = vec![After::Letter; text.len()];
    let mut start = 0;
    for (end, kind) in linebreaks(text) {
        // Lines that the author ended come one by one: the text's own end is no break.
        if kind != BreakOpportunity::Allowed || end == 0 {
            continue;
        }
        let (before, follows) = (&text[start..end], &text[end..]);
        after[end - 1] = match before.strip_suffix(' ') {
            // "CC/ROV": too little would stand before the break.
            None if before.len() <= 3 => After::Tie,
            None => After::Joint,
            Some(word) if is_tied(word.trim_end(), follows) => After::Tie,
            Some(_) if follows.starts_with(|c: char| c.is_ascii_digit()) => After::Figure,
            Some(_) => After::Word,
        };
        // A break inside a word begins no new one: what is tied is judged by the whole word.
        if before.ends_with(' ') {
            start = end;
        }
    }
    after
}

/// Words that are nothing without the name behind them.
const TITLES: [&str; 7] = ["Mr.", "Ms.", "Mrs.", "Dr.", "St.", "No.", "Nos."];

/// Words that a figure follows as a name's end: "step 6a", "page 2".
const COUNTED: [&str; 12] =
    ["step", "steps", "page", "pages", "section", "item", "items", "table", "row", "note", "form", "line"];

/// Words that a figure is nothing without.
const UNITS: [&str; 7] = ["a.m.", "p.m.", "noon", "midnight", "percent", "pages", "days"];

/// Whether a word and what follows it are read as one.
fn is_tied(word: &str, follows: &str) -> bool {
    let next = follows.split(' ').next().unwrap_or_default();
    // Punctuation behind it does not part it from what stands before.
    let next = next.trim_end_matches([',', ';', ':', ')', '?', '!']);
    let figures = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
    let counted = figures(next) || next.strip_prefix(['#', '$', '§']).is_some_and(figures);
    let bare = word.trim_start_matches(['(', '“', '‘', '"', '*']);
    // "Steps", "October", "Jan.", "CC/ROV", but not "2021," or "So:".
    let name = bare.strip_suffix('.').unwrap_or(bare);
    let capital = bare.starts_with(char::is_uppercase) && name.ends_with(char::is_alphabetic);
    let names = capital || COUNTED.contains(&bare) || matches!(bare, "#" | "§");
    // (888): three digits in parentheses.
    let area_code = word.starts_with('(') && word.ends_with(')') && figures(&word[1..]) && word.len() == 5;
    let is_unit = UNITS.contains(&next.strip_suffix('*').unwrap_or(next))
        || UNITS.iter().any(|unit| next.strip_suffix('.') == Some(unit));
    counted && (names || area_code) || is_unit && figures(bare) || TITLES.contains(&bare)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The pieces that a text can be torn into without tearing what is read as one.
    fn pieces(text: &str) -> Vec<&str> {
        let after = opportunities(text);
        let ends = (1..=text.len()).filter(|&end| end == text.len() || after[end - 1] > After::Tie);
        let mut start = 0;
        ends.map(|end| text[std::mem::replace(&mut start, end)..end].trim_end()).collect()
    }

    #[test]
    fn what_is_read_as_one_is_not_torn_apart() {
        let kept = [
            "Steps 1",
            "8:00 a.m.",
            "11:00 p.m.,",
            "12:00 noon",
            "CC/ROV #21144",
            "(888) 868-3225",
            "Mr. Ruiz",
            "916.657.2166",
            "E-60",
            "Suite 12",
            "Jan. 9,",
            "step 6a",
            "30 days",
        ];
        for words in kept {
            assert_eq!(pieces(&format!("tell {words} and more")), ["tell", words, "and", "more"]);
        }
        assert_eq!(
            pieces("on October 8, 2021, at 5:00 p.m."),
            ["on", "October 8,", "2021,", "at", "5:00 p.m."]
        );
        assert_eq!(pieces("6/25/2021 11:00 p.m."), ["6/25/2021", "11:00 p.m."]);
        assert_eq!(pieces("It is so. 5 counties"), ["It", "is", "so.", "5", "counties"]);
    }
}
