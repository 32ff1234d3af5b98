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
    /// A break in a word where its author allowed one: a hyphen is drawn there.
    Hyphen,
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
            None if before.ends_with(SOFT_HYPHEN) => After::Hyphen,
            // "CC/ROV": too little would stand before the break.
            None if before.len() <= 3 => After::Tie,
            None => After::Joint,
            Some(word) if is_tied(&text[..start], word.trim_end(), follows) => After::Tie,
            Some(_) if follows.starts_with(|c: char| c.is_ascii_digit()) => After::Figure,
            Some(_) => After::Word,
        };
        // A break inside a word begins no new one: what is tied is judged by the whole word.
        if before.ends_with(' ') {
            start = end;
        }
    }
    for (start, word) in addresses(text) {
        let kinds = &mut after[start..start + word.len()];
        // The break behind the address stays what it is.
        kinds.split_last_mut().into_iter().for_each(|(_, inner)| inner.fill(After::Letter));
        for at in places_in_address(word) {
            after[start + at - 1] = After::Joint;
        }
    }
    after
}

/// Where a word may break if its author says so, with a hyphen that is drawn only there.
pub const SOFT_HYPHEN: char = '\u{AD}';

/// The addresses of a text, each with the byte at which it starts.
fn addresses(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let words = text.split(' ').map(move |word| (word.as_ptr() as usize - text.as_ptr() as usize, word));
    words.filter(|(_, word)| {
        let begins = word.starts_with("www.") || word.contains("://");
        begins || word.split_once('@').is_some_and(|(_, host)| host.contains('.'))
    })
}

/// Where an address may break: before what parts its names, so that nobody takes a line's end for a full stop, and never behind
/// a hyphen, which may be its own (The Chicago Manual of Style, 17th edition, 7.46).
fn places_in_address(word: &str) -> impl Iterator<Item = usize> {
    let bytes = word.as_bytes();
    let parts = |byte: u8| b"./?&=@#%_~".contains(&byte);
    // Too little would stand before a break that comes sooner.
    (4..bytes.len().saturating_sub(1)).filter(move |&at| {
        let follows = bytes[at + 1].is_ascii_alphanumeric();
        parts(bytes[at]) && follows && !parts(bytes[at - 1]) && bytes[at - 1] != b':'
    })
}

/// Words that are nothing without the name behind them.
const TITLES: [&str; 7] = ["Mr.", "Ms.", "Mrs.", "Dr.", "St.", "No.", "Nos."];

/// Words that a figure follows as a name's end: "step 6a", "page 2", "subd. (b)".
const COUNTED: [&str; 30] = [
    "step", "steps", "page", "pages", "section", "sections", "item", "items", "table", "row", "note", "form",
    "line", "lines", "ext.", "subd.", "subds.", "sec.", "secs.", "art.", "ch.", "div.", "par.", "no.",
    "nos.", "v.", "vol.", "fig.", "p.", "pp.",
];

/// Words that a figure is nothing without.
const UNITS: [&str; 19] = [
    "a.m.", "p.m.", "noon", "midnight", "percent", "pages", "hour", "hours", "minutes", "day", "days",
    "week", "weeks", "month", "months", "year", "years", "working", "business",
];

/// Words between two figures that are read as one: "3 of 5", "pages 3 to 12".
const BETWEEN: [&str; 5] = ["to", "of", "through", "and", "or"];

/// What ends a name: "Jose Ruiz, Jr.".
const ENDINGS: [&str; 9] = ["Jr.", "Sr.", "II", "III", "IV", "Esq.", "Ph.D.", "M.D.", "J.D."];

/// Whether a word and what follows it are read as one; `before` is what stands before the word.
fn is_tied(before: &str, word: &str, follows: &str) -> bool {
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
    counted && (names || area_code)
        || is_unit && figures(bare)
        || TITLES.contains(&bare)
        || next.starts_with('(') && bare.ends_with('.') && COUNTED.contains(&bare)
        || ["working", "business", "calendar"].contains(&bare) && next.starts_with("day")
        || is_between_figures(before, bare, follows)
        || is_of_one_name(bare, next)
}

/// "3 of 5": whether a word stands in the middle of two figures, or is the first of them.
fn is_between_figures(before: &str, word: &str, follows: &str) -> bool {
    let is_figure = |text: &str| {
        let text = text.trim_end_matches([',', ';', ':', ')', '?', '!', '.', '*']);
        !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    let mut then = follows.split(' ');
    let (next, last) = (then.next().unwrap_or_default(), then.next().unwrap_or_default());
    match BETWEEN.contains(&word) {
        true => is_figure(next) && before.trim_end().rsplit(' ').next().is_some_and(is_figure),
        false => is_figure(word) && BETWEEN.contains(&next) && is_figure(last),
    }
}

/// "Shirley N. Weber", "11th Street", "Smith, Jr.".
fn is_of_one_name(word: &str, next: &str) -> bool {
    let is_initial = |text: &str| {
        let mut letters = text.chars();
        letters.next().is_some_and(char::is_uppercase) && letters.as_str() == "."
    };
    let capital = |text: &str| text.starts_with(char::is_uppercase);
    let ordinal = ["st", "nd", "rd", "th"].iter().find_map(|ending| word.strip_suffix(ending));
    let is_ordinal = ordinal
        .is_some_and(|figures| !figures.is_empty() && figures.bytes().all(|byte| byte.is_ascii_digit()));
    let is_ending = ENDINGS.contains(&next) || ENDINGS.iter().any(|end| next.strip_suffix('.') == Some(end));
    capital(word) && (is_initial(next) || is_ending) || capital(next) && (is_initial(word) || is_ordinal)
}
