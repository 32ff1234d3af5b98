//! Faults as a screen shows them: beside their field, or on top if they stand at none.
//!
//! In: the faults of a file, what the screen calls its fields. Out: [`FaultLine`]s in the words of the screen, with a button where a
//! name is offered, and the way into the file where no field helps. Not here: what is wrong, which the desk finds.

use std::collections::BTreeMap;

use serde::Serialize;

use super::controls::ShownField;
use crate::{
    desk::{Choice, Field, FieldsReport},
    diagnostic::{Code, Diagnostic, Findings, Severity, Style, Swap, render},
    words::capitalized,
};

/// The faults of a file, and what a screen calls the file's fields.
pub(super) struct Told<'f> {
    findings: &'f Findings,
    /// The labels of fields that the screen shows, by the last part of their keys.
    labels: BTreeMap<&'f str, &'f str>,
    /// The address of the file itself.
    file: &'f str,
}

impl<'f> Told<'f> {
    /// The faults of a report, for a screen that shows some fields; none are all of them.
    pub fn of(report: &'f FieldsReport, shown: &[&[ShownField]], file: &'f str) -> Told<'f> {
        fn add<'f>(field: &'f Field, labels: &mut BTreeMap<&'f str, &'f str>) {
            let name = field.key.rsplit('.').next().unwrap_or(&field.key);
            labels.entry(name).or_insert(&field.label);
            field.fields.iter().for_each(|inner| add(inner, labels));
        }
        let mut labels = BTreeMap::new();
        for field in &report.fields {
            let is_shown = |shown: &[ShownField]| shown.iter().any(|shown| shown.key == field.key);
            if shown.is_empty() || shown.iter().any(|shown| is_shown(shown)) {
                add(field, &mut labels);
            }
        }
        Told { findings: &report.findings, labels, file }
    }

    /// The faults of a file that is shown as it is.
    pub fn of_file(findings: &'f Findings) -> Told<'f> {
        Told { findings, labels: BTreeMap::new(), file: "" }
    }

    /// A text in the words of the screen: a key is the label of its field, and what was written stands in quotes.
    fn in_words(&self, text: &str) -> String {
        let mut words = String::new();
        for (nth, piece) in text.split('`').enumerate() {
            match (nth % 2, self.label(piece)) {
                (0, _) => words.push_str(piece),
                (_, Some(label)) => words += &format!("“{}”", capitalized(label)),
                (_, None) => words += &format!("“{piece}”"),
            }
        }
        let said = [
            ("add a line “", "fill in “"),
            ("the line “", "“"),
            ("a line “", "“"),
            ("unknown key “", "no field is called “"),
        ];
        said.into_iter().fold(words, |words, (in_file, on_screen)| words.replace(in_file, on_screen))
    }

    /// The label of the field whose key a piece of a message is: `date`, `date:`, `date: ...`.
    fn label(&self, piece: &str) -> Option<&'f str> {
        let key = match piece.split_once(':') {
            Some((key, "" | " ...")) => key,
            Some(_) => return None,
            None => piece,
        };
        self.labels.get(key).copied()
    }

    /// A way as far as it can be gone on the screen; of the forms of a date, those that can be typed there.
    fn way(&self, way: &str, code: Code) -> Option<String> {
        let forms = match code {
            Code::BadDate => way.split(", ").collect(),
            _ => vec![way],
        };
        let typed: Vec<&str> = forms.into_iter().filter(|form| !self.is_of_file(form)).collect();
        (!typed.is_empty()).then(|| typed.join(", "))
    }

    /// Whether what is to be typed can be typed into the file alone.
    fn is_of_file(&self, help: &str) -> bool {
        let pieces = help.split('`').skip(1).step_by(2);
        let is_line = |piece: &str| {
            let end = piece.trim_end_matches(" |").trim_end_matches("...").trim_end();
            (end.ends_with(':')
                || piece.starts_with("ccrov ")
                || piece.split_once(": ").is_some_and(|(key, _)| is_key(key)))
                && self.label(piece).is_none()
        };
        let speaks = ["indent", " key", "colon", "docs/", "in quotes", "the file", ".yaml", "{at:"];
        pieces.into_iter().any(is_line) || speaks.iter().any(|word| help.contains(word))
    }
}

fn is_key(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
}

/// A fault beside its field.
#[derive(Debug, Clone, Serialize)]
pub(super) struct FaultLine {
    /// Its place among those of the report.
    #[serde(skip)]
    pub at: usize,
    /// One sentence.
    sentence: String,
    /// What to type.
    help: String,
    warning: bool,
    /// The whole of it, as a terminal shows it.
    whole: String,
    line: usize,
    /// The address of the line in the file, where no field helps.
    in_file: Option<String>,
    #[serde(skip)]
    swap: Option<Swap>,
    /// A button that takes the name that is offered.
    take: Option<Take>,
}

/// A button that puts a name in the place of another one.
#[derive(Debug, Clone, Serialize)]
struct Take {
    /// What the form sends.
    value: String,
    /// What the name is called.
    name: String,
}

impl FaultLine {
    /// Some faults of a report.
    pub fn all(places: &[usize], told: &Told<'_>) -> Vec<FaultLine> {
        places.iter().filter_map(|at| FaultLine::of(*at, told)).collect()
    }

    /// Those of a report that are not shown yet.
    pub fn others(shown: &[usize], told: &Told<'_>) -> Vec<FaultLine> {
        let others: Vec<usize> = (0..told.findings.faults.len()).filter(|at| !shown.contains(at)).collect();
        FaultLine::all(&others, told)
    }

    /// Offers a button, if the name that was found stands in one of a field's texts.
    pub fn with_button(self, key: &str, texts: &[&str], choices: &[Choice]) -> FaultLine {
        let Some(Swap { found, near }) = &self.swap else { return self };
        if !texts.iter().any(|text| swapped(text, found, near) != *text) {
            return self;
        }
        let name = choices.iter().find(|choice| choice.value == *near).map_or(near, |choice| &choice.label);
        let take = Take { value: format!("take {key} {found}\t{near}"), name: name.clone() };
        FaultLine { take: Some(take), help: String::new(), in_file: None, ..self }
    }

    fn of(at: usize, told: &Told<'_>) -> Option<FaultLine> {
        let fault = told.findings.faults.get(at)?;
        let line = told.findings.sources.line_and_column(&fault.place).0;
        // Of several ways, those are told that the screen has.
        let ways = fault.help.split(", or ").filter(|_| fault.code != Code::UnknownKey);
        let ways: Vec<String> = ways.filter_map(|way| told.way(way, fault.code)).collect();
        let (sentence, help) = match missing(fault, told) {
            Some(sentence) => (sentence, String::new()),
            None => (sentence(&told.in_words(&fault.message)), sentence(&told.in_words(&ways.join(", or ")))),
        };
        let is_of_file = ways.is_empty() && missing(fault, told).is_none();
        let own = told.findings.sources.get(fault.place.source).name.ends_with(".yaml");
        let in_file =
            (is_of_file && own && !told.file.is_empty()).then(|| format!("{}?line={line}", told.file));
        Some(FaultLine {
            at,
            sentence,
            help,
            warning: fault.code.severity() == Severity::Warning,
            whole: render(fault, &told.findings.sources, Style::Plain),
            line,
            in_file,
            swap: fault.swap.clone(),
            take: None,
        })
    }
}

/// What is said of a field that has to be filled in.
fn missing(fault: &Diagnostic, told: &Told<'_>) -> Option<String> {
    let key = fault.message.split('`').nth(1).filter(|_| fault.code == Code::MissingKey)?;
    let label = told.label(key)?;
    Some(format!("“{}” is needed.", capitalized(label)))
}

/// Words as a sentence. What begins with a name stays as it is written.
fn sentence(words: &str) -> String {
    let words = words.trim_end_matches('.');
    let first = words.split(' ').next().unwrap_or_default();
    match (words, first.contains('.')) {
        ("", _) => String::new(),
        (words, true) => format!("{words}."),
        (words, false) if words.ends_with(['?', '!']) => capitalized(words),
        (words, false) => format!("{}.", capitalized(words)),
    }
}

/// A text in which a name takes the place of another one, wherever that stands as a word of its own.
pub(super) fn swapped(text: &str, found: &str, near: &str) -> String {
    let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
    let mut swapped = String::new();
    let mut from = 0;
    for (at, _) in text.match_indices(found).filter(|_| !found.is_empty()) {
        let end = at + found.len();
        if at >= from && !text[..at].ends_with(is_part) && !text[end..].starts_with(is_part) {
            swapped += &text[from..at];
            swapped += near;
            from = end;
        }
    }
    swapped + &text[from..]
}
