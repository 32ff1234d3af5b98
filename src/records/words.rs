//! The words of those who write the files: what they call a key, what a value looks like, signs that slip in at its end.
//!
//! In: a key or a value as it was written. Out: the key that is meant, an example, what to type. Not here: which keys there
//! are, and which values.

use crate::diagnostic::nearest;

/// What people call keys in memos and in Word, and the keys that they may mean, the likeliest first.
const MEANT: &[(&[&str], &[&str])] = &[
    (&["re", "regarding", "title", "topic", "about", "headline"], &["subject", "title", "name"]),
    (&["sender", "author", "originator", "by", "writer"], &["from"]),
    (&["recipient", "recipients", "addressee", "addressees", "addresses"], &["to"]),
    (&["attachment", "attach", "enclosure", "enclosures", "attached"], &["attachments"]),
    (&["text", "content", "contents", "message", "memo", "description"], &["body", "text"]),
    (&["day", "dated", "when", "issued", "issue_date", "date_issued"], &["date", "starting", "announced"]),
    (&["no", "nr", "id", "memo_number", "ccrov", "ccrov_number"], &["number"]),
    (&["state", "stage", "phase"], &["status"]),
    (&["head", "header", "office"], &["letterhead"]),
    (&["contact_person", "questions", "help_desk"], &["contact"]),
    (&["phone", "telephone", "tel", "phone_number"], &["phone", "tel"]),
    (&["mail", "e_mail", "email_address"], &["email"]),
    (&["website", "url", "site", "link", "homepage"], &["web", "address"]),
    (&["due", "due_date", "deadline", "until", "by_when", "finish"], &["end"]),
    (&["begin", "begins", "starts", "start_date"], &["start", "starting"]),
    (&["owner", "who", "responsible", "entity", "responsible_entity"], &["owners"]),
    (&["task", "action", "activity"], &["text"]),
    (&["reason", "why"], &["cause", "reason", "why"]),
    (&["intro"], &["introduction"]),
    (&["notes", "remark"], &["note"]),
    (&["holidays", "closed_days", "closures"], &["closed", "holidays"]),
    (&["cancels", "replaces", "rescinds"], &["supersedes"]),
    (&["amends", "revises"], &["updates", "corrects"]),
];

/// The key of `free` that somebody means who wrote another.
pub(super) fn meant<'k>(written: &str, free: &[&'k str]) -> Option<&'k str> {
    let plain = written.trim().to_lowercase().replace([' ', '-'], "_");
    let is_free = |key: &str| free.iter().copied().find(|free| *free == key);
    if let Some(key) = is_free(&plain) {
        return Some(key);
    }
    let known = MEANT.iter().filter(|(words, _)| words.contains(&plain.as_str())).flat_map(|(_, keys)| *keys);
    known.copied().find_map(is_free).or_else(|| nearest(written, free.iter().copied()))
}

/// A line as it may be written for a key that must be there. `names` are those that it may hold.
pub(super) fn line(key: &str, names: &[&str]) -> String {
    if let Some(name) = names.first() {
        let others: Vec<_> = names.iter().take(20).map(|name| format!("`{name}`")).collect();
        return match names.len() {
            1 => format!("`{key}: {name}`"),
            _ => format!("`{key}: {name}`; there are {}", others.join(", ")),
        };
    }
    match key {
        "body" => "`body: |`, and the text below it, each line indented by two spaces".to_owned(),
        key => format!("`{key}: {}`", example(key)),
    }
}

fn example(key: &str) -> &'static str {
    match key {
        "date" | "starting" | "announced" | "start" | "end" => "September 1, 2026",
        "number" => "26050",
        "status" => "draft",
        "to" => "All County Clerks/Registrars of Voters",
        "subject" => "\"VoteCal: Help Desk Hours\"",
        "state" => "State of California",
        "initials" => "ar",
        "division" => "Elections Division",
        "address" => "1500 11th Street, Sacramento, CA 95814",
        "published_as" => "ccrov/{{ memo.year }}/{{ memo.id }}",
        "id" => "install-release",
        "step" => "1",
        _ => "...",
    }
}

/// What to type instead of a value with a sign at its end that slipped in, if the value is one without it.
///
/// "take the comma out: `elections`".
pub(super) fn without_sign(written: &str, is_one: impl Fn(&str) -> bool) -> Option<String> {
    let mut value = written.trim();
    let mut sign = None;
    while let Some(last) = value.chars().next_back() {
        let name = match last {
            ',' => "comma",
            ';' => "semicolon",
            '.' => "period",
            ':' => "colon",
            '"' | '\'' | '“' | '”' | '‘' | '’' => "quote",
            _ => break,
        };
        sign = Some(name);
        value = value[..value.len() - last.len_utf8()].trim_end();
        if is_one(value) {
            break;
        }
    }
    let value = value.trim_start_matches(['"', '\'', '“', '‘']);
    let sign = sign?;
    is_one(value).then(|| format!("take the {sign} at the end out: `{value}`"))
}

/// What to type instead of several names in a row.
pub(super) fn in_brackets(written: &str) -> Option<String> {
    let split = written.replace(" and ", ",").replace(" & ", ",");
    let names: Vec<_> = split.split([',', ';', '/']).map(str::trim).filter(|name| !name.is_empty()).collect();
    (names.len() > 1).then(|| format!("several stand in brackets: [{}]", names.join(", ")))
}
