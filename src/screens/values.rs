//! Small texts of pages: addresses, times of day.

use chrono::{NaiveDateTime, Timelike as _};

/// Text as it stands in an address.
pub(super) fn encoded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
    text.bytes()
        .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

/// A time of day: 3:04 p.m.
pub(super) fn clock(at: NaiveDateTime) -> String {
    let (afternoon, hour) = at.hour12();
    let half = if afternoon { "p.m." } else { "a.m." };
    format!("{hour}:{:02} {half}", at.minute())
}
