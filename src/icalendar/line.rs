//! The lines of an .ics file.
//!
//! In: names and values. Out: lines that end with CR and LF, folded at 75 octets (RFC 5545, 3.1). Not here: what they say.

/// The most octets of a line, its end left out.
const LONGEST: usize = 75;

/// The lines so far.
#[derive(Default)]
pub(super) struct Lines(String);

impl Lines {
    /// Adds a property. What goes on in another line begins there with a blank.
    pub fn put(&mut self, name: &str, value: &str) {
        let line = format!("{name}:{value}");
        let mut rest = line.as_str();
        let mut room = LONGEST;
        while rest.len() > room {
            let (now, later) = rest.split_at(rest.floor_char_boundary(room));
            self.0.push_str(now);
            self.0.push_str("\r\n ");
            rest = later;
            room = LONGEST - 1;
        }
        self.0.push_str(rest);
        self.0.push_str("\r\n");
    }

    pub fn bytes(self) -> Vec<u8> {
        self.0.into_bytes()
    }
}

/// A text as the value of a property (RFC 5545, 3.3.11). What steers a terminal is a blank in a calendar.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => escaped.extend(['\\', c]),
            '\n' => escaped.push_str("\\n"),
            '\r' => {}
            c if c.is_control() => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped
}
