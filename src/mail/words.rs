//! What a mail says, as plain text and as a web page: both from the same blocks.
//!
//! In: [`MailBlock`]s. Out: text; HTML with its look in its elements, since mail programs take no style sheet. Not here: what the blocks say, and
//! headers of a message.

/// A part of what a mail says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MailBlock {
    /// What stands above others.
    Heading(String),
    /// Sentences.
    Paragraph(String),
    /// What is told point by point.
    Points(Vec<String>),
    /// What is to be done, when, and by whom.
    Dates(Vec<MailDate>),
    /// Where something can be read: what it is, and its address.
    Links(Vec<(String, String)>),
}

/// A date that somebody has to keep.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailDate {
    /// The step's number; blank for a deadline.
    pub step: String,
    /// Who has to.
    pub who: String,
    /// What is to be done.
    pub what: String,
    /// What must not be overlooked.
    pub warning: Option<String>,
    /// When, in words.
    pub when: String,
}

/// The blocks as plain text; each ends with a blank line but the last.
pub fn text(blocks: &[MailBlock]) -> String {
    let block = |block: &MailBlock| match block {
        MailBlock::Heading(words) | MailBlock::Paragraph(words) => format!("{words}\n"),
        MailBlock::Points(points) => points.iter().map(|point| format!("- {point}\n")).collect(),
        MailBlock::Dates(dates) => dates.iter().map(date_as_text).collect::<Vec<_>>().join("\n"),
        MailBlock::Links(links) => {
            links.iter().map(|(name, address)| format!("{name}:\n{address}\n")).collect()
        }
    };
    blocks.iter().map(block).collect::<Vec<_>>().join("\n")
}

fn date_as_text(date: &MailDate) -> String {
    let step = if date.step.is_empty() { String::new() } else { format!("Step {}, ", date.step) };
    let warning = date.warning.as_ref().map(|warning| format!("  {warning}\n")).unwrap_or_default();
    format!("- {}: {step}{}\n  {}\n{warning}", date.when, date.who, date.what)
}

/// The blocks as a web page of a title.
pub fn html(title: &str, blocks: &[MailBlock]) -> String {
    let body: String = blocks.iter().map(block_as_html).collect();
    format!(
        "<!DOCTYPE html>\n<html lang=\"en-US\">\n<head>\n<meta charset=\"utf-8\">\n<title>{}</title>\n</head>\n\
         <body style=\"font-family: Arial, sans-serif; font-size: 11pt; line-height: 1.4\">\n{body}</body>\n</html>\n",
        escaped(title)
    )
}

fn block_as_html(block: &MailBlock) -> String {
    match block {
        MailBlock::Heading(words) => format!("<h1 style=\"font-size: 14pt\">{}</h1>\n", escaped(words)),
        MailBlock::Paragraph(words) => format!("<p>{}</p>\n", escaped(words)),
        MailBlock::Points(points) => {
            let points: String =
                points.iter().map(|point| format!("<li>{}</li>\n", escaped(point))).collect();
            format!("<ul>\n{points}</ul>\n")
        }
        MailBlock::Dates(dates) => table(dates),
        MailBlock::Links(links) => {
            let link = |(name, address): &(String, String)| {
                format!("<li><a href=\"{}\">{}</a></li>\n", escaped(address), escaped(name))
            };
            format!("<ul>\n{}</ul>\n", links.iter().map(link).collect::<String>())
        }
    }
}

fn table(dates: &[MailDate]) -> String {
    const CELL: &str = "border: 1px solid #767676; padding: 4px 6px; text-align: left; vertical-align: top";
    let has_steps = dates.iter().any(|date| !date.step.is_empty());
    let heads = ["Step", "When", "Who", "What"].into_iter().filter(|head| has_steps || *head != "Step");
    let heads: String = heads
        .map(|head| format!("<th scope=\"col\" style=\"{CELL}; background: #ececec\">{head}</th>"))
        .collect();
    let row = |date: &MailDate| {
        let step = match has_steps {
            true => format!("<td style=\"{CELL}\">{}</td>", escaped(&date.step)),
            false => String::new(),
        };
        let warning =
            date.warning.as_ref().map(|warning| format!("<br><strong>{}</strong>", escaped(warning)));
        let [when, who, what] = [&date.when, &date.who, &date.what].map(|words| escaped(words));
        format!(
            "<tr>{step}<td style=\"{CELL}\">{when}</td><td style=\"{CELL}\">{who}</td><td style=\"{CELL}\">{what}{}</td></tr>\n",
            warning.unwrap_or_default()
        )
    };
    let rows: String = dates.iter().map(row).collect();
    format!(
        "<table style=\"border-collapse: collapse\">\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n"
    )
}

fn escaped(words: &str) -> String {
    words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
