//! What a memo is about, as the office's subjects say it: "Topic: Subject".
//!
//! In: a subject. Out: its topic. Not here: lists by topic.

/// What stands before a subject when its memo takes another one's place or brings it to mind, and is no topic.
const MARKS: [&str; 3] = ["RESCINDED AND REVISED", "REVISED", "REMINDER"];

/// The words before the first colon of a subject; none if it has no colon. "REVISED:", "RESCINDED AND
/// REVISED:" and "REMINDER:" do not count, and neither does the colon of a time.
///
/// ```
/// use ccrov::model::topic;
/// assert_eq!(topic("VoteCal: November 21, 2021, Release"), Some("VoteCal"));
/// assert_eq!(topic("RESCINDED AND REVISED: General Election: Candidates: Filing"), Some("General Election"));
/// assert_eq!(topic("Polls Close at 8:00 p.m."), None);
/// assert_eq!(topic("REVISED: Holiday Hours"), None);
/// assert_eq!(topic("REMINDER: General Election: County Contacts"), Some("General Election"));
/// ```
pub fn topic(title: &str) -> Option<&str> {
    let (words, rest) = before_colon(title)?;
    if MARKS.iter().any(|mark| words.eq_ignore_ascii_case(mark)) {
        return topic(rest);
    }
    (!words.is_empty()).then_some(words)
}

/// What stands on both sides of the first colon that is not between two figures.
fn before_colon(title: &str) -> Option<(&str, &str)> {
    let figure = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let colons = title.match_indices(':').map(|(at, _)| (&title[..at], &title[at + 1..]));
    let mut between =
        colons.filter(|(before, rest)| !(figure(before.chars().last()) && figure(rest.chars().next())));
    between.next().map(|(before, rest)| (before.trim(), rest))
}
