//! Small words that reports and terminals share.

/// "1 file", "2 files".
///
/// ```
/// assert_eq!(ccrov::words::counted(2, "memo"), "2 memos");
/// ```
pub fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
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
