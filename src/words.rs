//! Small words that reports and terminals share.

/// "1 file", "2 files".
///
/// ```
/// assert_eq!(ccrov::words::counted(2, "memo"), "2 memos");
/// ```
pub fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
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
