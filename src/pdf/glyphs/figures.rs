//! Figures and dates at the beginning of a text.
//!
//! In: text. Out: what its figures are, and how many characters they take. Not here: where they stand.

/// What the figures at a cell's beginning are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Figure {
    /// "1,234", "12.5", "6a": it ends before the decimal point.
    Number,
    /// "10/8/2021".
    Date,
}

/// The figures at a text's beginning, and how many characters they are. What follows a number is at most a
/// letter or a sign: "12 Main Street" is no number.
pub fn lead(text: &str) -> Option<(Figure, usize)> {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, ',' | '.' | '/'));
    let figures = text[..text.len() - rest.len()].trim_end_matches([',', '.', '/']);
    if !figures.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let behind = &text[figures.len()..];
    match figures.split('/').count() {
        1 if behind.chars().count() <= 1 => {
            Some((Figure::Number, figures.find('.').unwrap_or(figures.len())))
        }
        3 => Some((Figure::Date, figures.len())),
        _ => None,
    }
}
