//! Small texts of pages: addresses, times of day, ids and initials of what is new.
//!
//! In: texts, times. Out: texts. Not here: words of the whole program (`crate::words`).

use chrono::{NaiveDateTime, Timelike as _};
use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};

use crate::{model::date, words::capitalized};

/// Text as it stands in an address.
pub(super) fn encoded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
    text.bytes()
        .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

/// What a part of an address says.
pub(super) fn decoded(part: &str) -> String {
    let (mut bytes, mut rest) = (Vec::new(), part.as_bytes());
    while let [first, after @ ..] = rest {
        let hex = after.get(..2).filter(|_| *first == b'%').and_then(|two| std::str::from_utf8(two).ok());
        let sign = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok());
        bytes.push(sign.unwrap_or(*first));
        rest = if sign.is_some() { &after[2..] } else { after };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// A day and a time of day: March 2, 2026 at 3:04 p.m.
pub(super) fn moment(at: NaiveDateTime) -> String {
    format!("{} at {}", date::prose(at.date()), clock(at))
}

/// A time of today, as a time of day; any other with its day.
pub(super) fn lately(at: NaiveDateTime, now: NaiveDateTime) -> String {
    if at.date() == now.date() { clock(at) } else { moment(at) }
}

/// A time of day: 3:04 p.m.
pub(super) fn clock(at: NaiveDateTime) -> String {
    let (afternoon, hour) = at.hour12();
    let half = if afternoon { "p.m." } else { "a.m." };
    format!("{hour}:{:02} {half}", at.minute())
}

/// The id of a new entry: its name in small letters without accents, joined by hyphens.
pub(super) fn id_of(name: &str) -> String {
    let plain: String = name.nfd().filter(|c| !is_combining_mark(*c)).collect();
    let words = plain.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let id = words.map(str::to_ascii_lowercase).collect::<Vec<_>>().join("-");
    // A name in other letters than these has none of them.
    if id.is_empty() { "entry".to_owned() } else { id }
}

/// The first and the last initial of a new person, by the id: al for ana-maria-lopez.
pub(super) fn initials(id: &str) -> String {
    let mut firsts = id.split('-').filter_map(|word| word.chars().find(char::is_ascii_alphabetic));
    let (first, last) = (firsts.next(), firsts.next_back());
    first.into_iter().chain(last).collect()
}

/// Commands that history has, as the screens call what they do.
const DEEDS: [(&str, &str); 6] = [
    ("issue --undo ", "take back the issue of "),
    ("new --release ", "begin the release "),
    ("new ", "begin "),
    ("slip ", "record a delay of "),
    ("init", "begin the folder with samples"),
    ("import", "bring in a list of old memos"),
];

/// What was done, as a person would call it: "Issue 26001".
pub(super) fn deed(what: &str) -> String {
    if let Some(of_desk) = what.strip_prefix("desk: ") {
        return capitalized(of_desk);
    }
    let command = DEEDS.iter().find_map(|(command, words)| Some((words, what.strip_prefix(command)?)));
    capitalized(&command.map_or_else(|| what.to_owned(), |(words, rest)| format!("{words}{rest}")))
}
