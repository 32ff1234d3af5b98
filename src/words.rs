//! Small words that reports and terminals share.

use std::borrow::Cow;

/// "1 file", "2 files".
///
/// ```
/// assert_eq!(ccrov::words::counted(2, "memo"), "2 memos");
/// ```
pub fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// A number as it is read: "1,950".
///
/// ```
/// assert_eq!((ccrov::words::grouped(1950), ccrov::words::grouped(950)), ("1,950".to_owned(), "950".to_owned()));
/// ```
pub fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let comma = |(at, digit): (usize, char)| {
        [(at > 0 && (digits.len() - at).is_multiple_of(3)).then_some(','), Some(digit)]
    };
    digits.char_indices().flat_map(comma).flatten().collect()
}

/// The first of some names, and how many more there are: "a, b and 3 more".
///
/// ```
/// assert_eq!(ccrov::words::listed(&["a", "b", "c"], 2), "a, b and 1 more");
/// ```
pub fn listed<T: AsRef<str>>(names: &[T], most: usize) -> String {
    let shown: Vec<&str> = names.iter().take(most).map(AsRef::as_ref).collect();
    match names.len() - shown.len() {
        0 => shown.join(", "),
        more => format!("{} and {} more", shown.join(", "), grouped(more)),
    }
}

/// Names as a sentence lists them: "15, 16 and 19".
///
/// ```
/// use ccrov::words::series;
/// assert_eq!((series(&["15", "16", "19"]), series(&["15", "16"])), ("15, 16 and 19".to_owned(), "15 and 16".to_owned()));
/// ```
pub fn series<T: AsRef<str>>(names: &[T]) -> String {
    match names {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [most @ .., last] => {
            format!("{} and {}", most.iter().map(AsRef::as_ref).collect::<Vec<_>>().join(", "), last.as_ref())
        }
    }
}

/// "2 faults and 1 warning".
///
/// ```
/// assert_eq!(ccrov::words::severities(2, 1), "2 faults and 1 warning");
/// ```
pub fn severities(errors: usize, warnings: usize) -> String {
    let counts = [(errors, "fault"), (warnings, "warning")];
    let counts = counts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| counted(*count, what));
    counts.collect::<Vec<_>>().join(" and ")
}

/// A text with a large first letter.
///
/// ```
/// assert_eq!(ccrov::words::capitalized("a late fix"), "A late fix");
/// ```
pub fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

/// Text that fits a width, in characters.
///
/// ```
/// assert_eq!(ccrov::words::cut("a long subject", 8), "a long…");
/// ```
pub fn cut(text: &str, width: usize) -> String {
    if text.chars().count() <= width {
        return text.to_owned();
    }
    let kept: String = text.chars().take(width.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

/// A text by what a reader reads: its lines may break elsewhere, its quotes and dashes may be a typesetter's.
///
/// ```
/// use ccrov::words::as_read;
/// assert_eq!(as_read("“Yes” –\n  it’s done"), as_read("\"Yes\" - it's done"));
/// ```
pub fn as_read(text: &str) -> String {
    let plain = text.replace(['“', '”'], "\"").replace(['‘', '’'], "'").replace(['–', '—'], "-");
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// How many of the first and of the last lines or words two texts have in common; none is counted twice.
///
/// ```
/// assert_eq!(ccrov::words::common_ends(&["a", "b", "b", "c"], &["a", "b", "c"]), (2, 1));
/// ```
pub fn common_ends<T: PartialEq>(was: &[T], is: &[T]) -> (usize, usize) {
    let first = was.iter().zip(is).take_while(|(was, is)| was == is).count();
    let last = was[first..].iter().rev().zip(is[first..].iter().rev());
    (first, last.take_while(|(was, is)| was == is).count())
}

/// A step as it reads with what must not be overlooked.
///
/// ```
/// assert_eq!(ccrov::words::with_warning("Install it", Some("NOT ON A SUNDAY")), "Install it – NOT ON A SUNDAY");
/// ```
pub fn with_warning(text: &str, warning: Option<&str>) -> String {
    warning.map_or_else(|| text.to_owned(), |warning| format!("{text} – {warning}"))
}

/// Whether a character steers what shows a text instead of being shown: a control character, or one that turns the
/// direction of writing. White space that parts words and lines is none.
///
/// ```
/// assert!(ccrov::words::is_control('\u{9b}') && ccrov::words::is_control('\u{202e}'));
/// assert!(!ccrov::words::is_control('\t'));
/// ```
pub fn is_control(c: char) -> bool {
    let steers = c.is_control() && !matches!(c, '\n' | '\r' | '\t');
    // XML 1.0 (2.2) advises against the last two.
    steers || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fffe}' | '\u{ffff}')
}

/// A text in which whatever steers a terminal can be seen. A carriage return does, except in the end of a line.
///
/// ```
/// assert_eq!(ccrov::words::visible("a\u{1b}[31m\u{9b}b"), r"a\u{1b}[31m\u{9b}b");
/// assert_eq!(ccrov::words::visible("a\r\nb\rc"), "a\r\nb\\u{d}c");
/// ```
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(|c| c == '\r' || is_control(c)) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match is_control(c) || c == '\r' && rest.peek() != Some(&'\n') {
            true => shown.extend(c.escape_unicode()),
            false => shown.push(c),
        }
    }
    Cow::Owned(shown)
}

/// Whether a text is one e-mail address of plain signs, so that it can stand in a link and in the head of a mail.
///
/// ```
/// use ccrov::words::is_mail_address;
/// assert!(is_mail_address("kim.o'neil@elections.example.gov"));
/// assert!(!is_mail_address("ana@example") && !is_mail_address("ana@a.gov, bo@b.gov") && !is_mail_address("ana@a.gov?cc=b@b.gov"));
/// ```
pub fn is_mail_address(text: &str) -> bool {
    let is_plain = |part: &str, signs: &str| {
        !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || signs.contains(c))
    };
    text.split_once('@').is_some_and(|(name, host)| {
        is_plain(name, ".-_+'")
            && is_plain(host, ".-")
            && host.split('.').all(|label| !label.is_empty())
            && host.contains('.')
    })
}
