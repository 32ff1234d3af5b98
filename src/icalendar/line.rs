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

#[cfg(test)]
mod tests {
    use super::{Lines, escaped};

    #[test]
    fn a_line_is_75_octets_at_most_and_no_letter_is_torn() {
        for (text, times) in [("a", 400), ("é", 200), ("候", 150), ("🗳", 100)] {
            let text = text.repeat(times);
            let mut lines = Lines::default();
            lines.put("SUMMARY", &text);
            let written = String::from_utf8(lines.bytes()).unwrap();
            let whole = written.strip_suffix("\r\n").unwrap();
            assert!(whole.split("\r\n").all(|line| line.len() <= 75), "{whole}");
            assert_eq!(whole.replace("\r\n ", ""), format!("SUMMARY:{text}"));
        }
    }

    #[test]
    fn nothing_in_a_text_ends_its_line_or_its_value() {
        let hostile = "a;b,c\\n\r\nEND:VEVENT\u{7f}\t\u{85}";
        assert_eq!(escaped(hostile), "a\\;b\\,c\\\\n\\nEND:VEVENT   ");
    }
}
