//! Dates -> an .ics file (RFC 5545, RFC 7986), which calendars import and subscribe to.
//!
//! In: an [`EventList`], whose events say all of themselves: name, revision, days. Out: its bytes, the same every time. Days are
//! days without an hour, clock times are California's (`zone`). Not here: which events there are, and what became of them.

mod line;
mod zone;

use chrono::{Days, NaiveDate, NaiveDateTime};

use line::{Lines, escaped};

/// A file of events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventList {
    /// What it is called.
    pub name: String,
    /// What it holds, and what it does not hold.
    pub about: String,
    /// Where it is, in full: what subscribes to it looks there again.
    pub address: Option<String>,
    /// Its events.
    pub events: Vec<DatedEvent>,
}

/// An event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatedEvent {
    /// By which it is known again: one name, one event, wherever it is imported.
    pub uid: String,
    /// How often it has changed. Of two events of one name, a calendar keeps the one that has changed more often.
    pub sequence: u32,
    /// When it was announced first.
    pub announced: NaiveDate,
    /// When what is said of it changed last.
    pub changed: NaiveDate,
    /// When it takes place.
    pub span: Span,
    /// Whether it does.
    pub state: EventState,
    /// In a line.
    pub summary: String,
    /// All that is known of it, in lines.
    pub description: String,
    /// Where it is announced, in full.
    pub address: Option<String>,
}

/// When an event takes place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Span {
    /// From one day through another.
    Days(NaiveDate, NaiveDate),
    /// From a clock time in California to another; that time itself, if there is no other.
    Times(NaiveDateTime, Option<NaiveDateTime>),
}

/// Whether an event takes place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EventState {
    /// It does.
    Confirmed,
    /// It is drafted.
    Tentative,
    /// It was announced, and does not.
    Canceled,
}

impl EventState {
    /// The word of the standard, which has two l's.
    fn word(self) -> &'static str {
        match self {
            EventState::Confirmed => "CONFIRMED",
            EventState::Tentative => "TENTATIVE",
            EventState::Canceled => "CANCELLED",
        }
    }
}

/// Writes it. A file without an event is a file of the time zone alone: an address that somebody has subscribed to stays.
///
/// ```
/// use ccrov::icalendar::{EventList, write};
/// let list = EventList { name: "SOS, ITD".to_owned(), about: String::new(), address: None, events: Vec::new() };
/// let text = String::from_utf8(write(&list)).unwrap();
/// assert!(text.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n") && text.ends_with("END:VCALENDAR\r\n"));
/// assert!(text.contains("\r\nNAME:SOS\\, ITD\r\n"));
/// ```
pub fn write(list: &EventList) -> Vec<u8> {
    let mut lines = Lines::default();
    lines.put("BEGIN", "VCALENDAR");
    lines.put("VERSION", "2.0");
    lines.put("PRODID", "-//ccrov//County memoranda//EN");
    lines.put("CALSCALE", "GREGORIAN");
    // What is published to whoever reads it, and asks nobody for an answer (RFC 5546, 1.4).
    lines.put("METHOD", "PUBLISH");
    // Names before RFC 7986 are those that Outlook, Google and Apple read.
    for name in ["NAME", "X-WR-CALNAME"] {
        lines.put(name, &escaped(&list.name));
    }
    for name in ["DESCRIPTION", "X-WR-CALDESC"] {
        lines.put(name, &escaped(&list.about));
    }
    lines.put("X-WR-TIMEZONE", zone::NAME);
    if let Some(address) = &list.address {
        lines.put("SOURCE;VALUE=URI", address);
    }
    lines.put("REFRESH-INTERVAL;VALUE=DURATION", EACH_DAY);
    lines.put("X-PUBLISHED-TTL", EACH_DAY);
    if let Some(changed) = list.events.iter().map(|event| event.changed).max() {
        lines.put("LAST-MODIFIED", &noon(changed));
    }
    zone::put(list.events.iter().filter_map(DatedEvent::first_time).min(), &mut lines);
    list.events.iter().for_each(|event| event.put(&mut lines));
    lines.put("END", "VCALENDAR");
    lines.bytes()
}

/// How often those who subscribe look again.
const EACH_DAY: &str = "P1D";

impl DatedEvent {
    /// The first clock time that it names.
    fn first_time(&self) -> Option<NaiveDateTime> {
        match self.span {
            Span::Days(..) => None,
            Span::Times(from, _) => Some(from),
        }
    }

    fn put(&self, lines: &mut Lines) {
        lines.put("BEGIN", "VEVENT");
        lines.put("UID", &escaped(&self.uid));
        // The day of the memo, never the clock: the same event is the same bytes.
        lines.put("DTSTAMP", &noon(self.changed));
        lines.put("CREATED", &noon(self.announced));
        lines.put("LAST-MODIFIED", &noon(self.changed));
        lines.put("SEQUENCE", &self.sequence.to_string());
        match self.span {
            Span::Days(first, last) => {
                lines.put("DTSTART;VALUE=DATE", &day(first));
                // An end is the day after the last one.
                let end = last.checked_add_days(Days::new(1)).unwrap_or(last);
                lines.put("DTEND;VALUE=DATE", &day(end));
            }
            Span::Times(from, to) => {
                let at = |name: &str| format!("{name};TZID={}", zone::NAME);
                lines.put(&at("DTSTART"), &time(from));
                // Without an end it is over when it begins: that is a deadline.
                if let Some(to) = to {
                    lines.put(&at("DTEND"), &time(to));
                }
            }
        }
        lines.put("SUMMARY", &escaped(&self.summary));
        lines.put("DESCRIPTION", &escaped(&self.description));
        if let Some(address) = &self.address {
            lines.put("URL", address);
        }
        lines.put("STATUS", self.state.word());
        // A step of a schedule keeps nobody from a meeting.
        lines.put("TRANSP", "TRANSPARENT");
        lines.put("END", "VEVENT");
    }
}

fn day(day: NaiveDate) -> String {
    day.format("%Y%m%d").to_string()
}

fn time(time: NaiveDateTime) -> String {
    time.format("%Y%m%dT%H%M%S").to_string()
}

/// A day as a moment of universal time that lies in it in California, too.
fn noon(changed: NaiveDate) -> String {
    format!("{}T120000Z", day(changed))
}
