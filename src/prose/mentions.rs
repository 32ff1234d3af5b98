//! Whether a text has a day as it is printed, and whether it names a variable.
//!
//! In: a text. Out: yes or no. Not here: which days a text says in whatever way, and what a variable stands for.

/// Whether a text has a day as it is printed: "1/5/2024" is not in "11/5/2024".
///
/// ```
/// use ccrov::prose::has_day;
/// assert!(has_day("on 1/5/2024.", "1/5/2024") && !has_day("on 11/5/2024.", "1/5/2024"));
/// assert!(!has_day("on 1/5/20241", "1/5/2024") && has_day("November 5, 2024", "November 5, 2024"));
/// ```
pub fn has_day(text: &str, day: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '/';
    text.match_indices(day)
        .any(|(at, _)| !text[..at].ends_with(is_part) && !text[at + day.len()..].starts_with(is_part))
}

/// Whether an expression of a text names a variable, alone or with what it is a part of: `initials` of `memo.initials`.
///
/// ```
/// use ccrov::prose::names_variable;
/// assert!(names_variable("Ask {{ contact.name | upper }}.", "contact"));
/// assert!(names_variable("By {{ deadlines.report.date }}.", "deadlines.report"));
/// assert!(!names_variable("By {{ deadlines.report_2.date }}.", "deadlines.report"));
/// assert!(!names_variable("Ask your contact {{ contacts.press.name }}.", "contact"));
/// ```
pub fn names_variable(text: &str, variable: &str) -> bool {
    let is_letter = |c: char| c.is_ascii_alphanumeric() || c == '_';
    text.split('{').skip(1).any(|rest| {
        let expression = rest.split('}').next().unwrap_or_default();
        expression.match_indices(variable).any(|(at, _)| {
            let after = &expression[at + variable.len()..];
            !expression[..at].ends_with(is_letter) && !after.starts_with(is_letter)
        })
    })
}
