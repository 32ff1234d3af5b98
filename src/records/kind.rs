//! What a file holds, by its keys: so that one in a wrong folder is told at once.
//!
//! In: a file's tree, and what its folder is for. Out: one fault, if it is something else. Not here: whether its keys are
//! right.

use chrono::Datelike as _;

use crate::{
    diagnostic::{Code, Diagnostic, SourceId},
    model::date,
    yaml::{Data, Node},
};

/// What a file may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SourceKind {
    Office,
    Release,
    Memo,
}

impl SourceKind {
    /// What a file is, if its keys say so plainly.
    pub fn of(node: &Node) -> Option<SourceKind> {
        let Data::Map(entries) = &node.data else { return None };
        let has = |keys: &[&str]| entries.iter().filter(|(key, _)| keys.contains(&key.text.as_str())).count();
        let memo = has(&["letterhead", "to", "from", "subject", "body", "number"]);
        let office =
            has(&["office_holders", "letterheads", "people", "entities", "calendars", "published_as"]);
        let plan = has(&["milestones", "delays", "tasks", "schedule", "system", "environment"]);
        if memo > 1 && office < 2 {
            return Some(SourceKind::Memo);
        }
        if office > 1 && memo < 2 {
            return Some(SourceKind::Office);
        }
        (plan > 0 && has(&["name"]) > 0 && memo == 0 && office == 0).then_some(SourceKind::Release)
    }

    fn words(self) -> &'static str {
        match self {
            SourceKind::Office => "the office's file",
            SourceKind::Release => "a release",
            SourceKind::Memo => "a memo",
        }
    }

    /// The fault of a file that holds something else than its folder is for.
    pub fn misplaced(
        self,
        expected: SourceKind,
        node: &Node,
        source: SourceId,
        name: &str,
    ) -> Option<Diagnostic> {
        if self == expected {
            return None;
        }
        let place = match self {
            SourceKind::Office => "memos/, and name it office.yaml".to_owned(),
            SourceKind::Release => "memos/releases/".to_owned(),
            SourceKind::Memo => format!("memos/{}/", year(node)),
        };
        let (expected, help) = match expected {
            SourceKind::Office => {
                ("the office is expected here", format!("move it to {place}, and put office.yaml back"))
            }
            SourceKind::Release => ("files in memos/releases/ are releases", format!("move it to {place}")),
            SourceKind::Memo => ("the folders of years hold memos", format!("move it to {place}")),
        };
        let message = format!("{name} is {}, and stands in the wrong folder", self.words());
        Some(Diagnostic::new(Code::WrongFolder, source.start(), message).expected(expected).help(help))
    }
}

/// The year of a memo's date or number, as its folder is named.
fn year(node: &Node) -> String {
    let Data::Map(entries) = &node.data else { return "<year>".to_owned() };
    let value = |key: &str| match entries.iter().find(|(k, _)| k.text == key).map(|(_, node)| &node.data) {
        Some(Data::Text(text)) => Some(text.trim()),
        _ => None,
    };
    let of_date = value("date").and_then(|text| date::read(text).ok()).map(|day| day.year().to_string());
    let of_number = || value("number").and_then(|number| number.get(..2)).map(|year| format!("20{year}"));
    of_date.or_else(of_number).unwrap_or_else(|| "<year>".to_owned())
}
