//! A message -> the bytes of a mail file (`.eml`), which a mail program opens for sending.
//!
//! In: whom it is for, subject, text, what is attached. Out: the file, the same bytes for the same message. Not here: what a
//! mail about a memo says (`desk`), and sending it: nobody but the analyst does.
//!
//! `X-Unsent: 1` makes Outlook open the file as a draft with a Send button; Thunderbird and Apple Mail offer to edit it as a new message.

mod words;

pub use words::{MailBlock, MailDate, html, text};

use chrono::{NaiveDate, NaiveTime};
use mail_builder::{
    MessageBuilder,
    headers::{address::Address, content_type::ContentType, date::Date, raw::Raw},
    mime::MimePart,
};

/// A message that nobody has sent yet.
///
/// ```
/// use ccrov::mail::Mail;
/// let mail = Mail {
///     subject: "CC/ROV #21144".into(),
///     text: "It is published.\n".into(),
///     ..Mail::new("21144", "2021-08-31".parse()?)
/// };
/// let written = String::from_utf8(mail.write())?;
/// assert!(written.contains("X-Unsent: 1\r\n") && written.contains("Subject: CC/ROV #21144\r\n"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// What tells it from every other message: letters, digits, hyphens and dots.
    pub id: String,
    /// The day that it bears.
    pub day: NaiveDate,
    /// Whom it is for, in sight of all.
    pub to: Vec<MailAddress>,
    /// Whom it is for, unseen by the others.
    pub bcc: Vec<MailAddress>,
    /// What it is about.
    pub subject: String,
    /// What it says, as plain text with line ends of `\n`.
    pub text: String,
    /// What it says, as a web page, for programs that show one.
    pub html: Option<String>,
    /// The files that go with it.
    pub attachments: Vec<Attachment>,
}

/// Where somebody reads mail.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct MailAddress {
    /// The person or the office, if it is to be shown.
    pub name: Option<String>,
    /// `clerk@county.example.gov`.
    pub address: String,
}

/// A file that goes with a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Its name.
    pub name: String,
    /// Its media type: `application/pdf`.
    pub kind: &'static str,
    /// What it holds.
    pub bytes: Vec<u8>,
}

impl Mail {
    /// A message that says nothing yet, to nobody.
    pub fn new(id: &str, day: NaiveDate) -> Mail {
        Mail {
            id: id.to_owned(),
            day,
            to: Vec::new(),
            bcc: Vec::new(),
            subject: String::new(),
            text: String::new(),
            html: None,
            attachments: Vec::new(),
        }
    }

    /// The message as a file.
    pub fn write(&self) -> Vec<u8> {
        // Noon of Greenwich is the same day in all of the country.
        let moment = self.day.and_time(NaiveTime::MIN).and_utc().timestamp() + 12 * 60 * 60;
        let mut message = MessageBuilder::new()
            .message_id(format!("{}@ccrov.invalid", self.id))
            .date(Date::new(moment))
            .header("X-Unsent", Raw::new("1"))
            .subject(self.subject.as_str());
        for (addresses, is_seen) in [(&self.to, true), (&self.bcc, false)] {
            if !addresses.is_empty() {
                let list = Address::new_list(addresses.iter().map(MailAddress::written).collect());
                message = if is_seen { message.to(list) } else { message.bcc(list) };
            }
        }
        let mut bytes = Vec::new();
        message.body(self.body()).serialize(&mut bytes);
        bytes
    }

    fn body(&self) -> MimePart<'_> {
        let text = MimePart::new("text/plain", self.text.as_str());
        let words = match &self.html {
            Some(html) => self.several("alternative", vec![text, MimePart::new("text/html", html.as_str())]),
            None => text,
        };
        if self.attachments.is_empty() {
            return words;
        }
        let attached =
            |file: &'_ Attachment| MimePart::new(file.kind, file.bytes.clone()).attachment(file.name.clone());
        self.several("mixed", [words].into_iter().chain(self.attachments.iter().map(attached)).collect())
    }

    /// Parts of which a program shows all, or the best. The line between them is our own: the library's would be another each time.
    fn several<'p>(&self, how: &str, parts: Vec<MimePart<'p>>) -> MimePart<'p> {
        let line = format!("ccrov-{how}-{}", self.id);
        MimePart::new(ContentType::new(format!("multipart/{how}")).attribute("boundary", line), parts)
    }
}

impl MailAddress {
    fn written(&self) -> Address<'_> {
        Address::new_address(self.name.as_deref(), self.address.as_str())
    }
}
