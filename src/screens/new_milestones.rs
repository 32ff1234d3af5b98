//! A release that begins with no other one's plan: its name and its milestones, then its steps, from a spreadsheet or typed.
//!
//! In: a form. Out: the page that asks for them; the release begun; of a spreadsheet, the page that compares it. Not here: comparing.

use axum::http::StatusCode;
use serde::Serialize;
use tera::Context;

use super::{
    open::{OpenFolder, Shared},
    refusal,
    request::{Answer, FormData},
    sheet,
    sheet_file::{SheetChoice, TableForm},
    slip_form::{day, no_date},
    values,
};
use crate::desk::{self, NewMilestone, NewPlan, NewRelease, Refused};

/// How many milestones the page has room for; a release has three or four.
const ROWS: usize = 8;

/// What is typed of a release that begins anew.
#[derive(Default, Serialize)]
pub(super) struct TypedPlan {
    name: String,
    title: String,
    /// "sheet" or "blank".
    with: String,
    rows: Vec<TypedMilestone>,
    sheet: String,
    /// What was found of the file from which the table comes.
    told_of_file: String,
    /// The sheets of a file among which somebody has to choose.
    choices: Vec<SheetChoice>,
}

/// A milestone as it is typed.
#[derive(Default, Clone, Serialize)]
struct TypedMilestone {
    name: String,
    start: String,
    end: String,
}

impl TypedPlan {
    /// Nothing typed yet but the short name.
    pub fn blank(name: &str, with: &str) -> TypedPlan {
        let rows = vec![TypedMilestone::default(); ROWS];
        TypedPlan { name: name.to_owned(), with: with.to_owned(), rows, ..TypedPlan::default() }
    }

    fn read(form: &FormData) -> TypedPlan {
        let field = |name: &str| form.filled(name).unwrap_or_default().to_owned();
        let row = |nth: usize| TypedMilestone {
            name: field(&format!("milestone:{nth}")),
            start: field(&format!("start:{nth}")),
            end: field(&format!("end:{nth}")),
        };
        TypedPlan {
            name: field("name"),
            title: field("title"),
            with: field("with"),
            rows: (0..ROWS).map(row).collect(),
            sheet: form.get("sheet").unwrap_or_default().to_owned(),
            told_of_file: form.get("told-of-file").unwrap_or_default().to_owned(),
            choices: Vec::new(),
        }
    }

    /// The milestones, and what keeps them from being any.
    fn milestones(&self) -> (Vec<NewMilestone>, Vec<String>) {
        let (mut found, mut wrong) = (Vec::new(), Vec::new());
        for row in &self.rows {
            let TypedMilestone { name, start, end } = row;
            let (first, last) = (day(start), day(end));
            let bad = [(start, &first), (end, &last)];
            let bad = bad.iter().filter(|(text, day)| !text.is_empty() && day.is_none());
            wrong.extend(
                bad.map(|(text, _)| no_date(if name.is_empty() { "A milestone" } else { name }, text)),
            );
            match (name.is_empty(), first) {
                (true, None) if start.is_empty() && end.is_empty() => {}
                (true, _) => {
                    wrong.push(format!("Say what is on {}.", if start.is_empty() { end } else { start }));
                }
                (false, None) if start.is_empty() => wrong.push(format!("{name}: type its day, or TBD.")),
                (false, None) => {}
                (false, Some(start)) => found.push(NewMilestone { name: name.clone(), start, end: last }),
            }
        }
        if self.title.is_empty() {
            wrong.insert(0, "Type the name of the release, as memos print it.".to_owned());
        }
        if self.with == "sheet" && found.is_empty() && wrong.is_empty() {
            wrong.push(
                "Type one milestone with its day, or TBD: the steps of the sheet need a release with dates."
                    .to_owned(),
            );
        }
        if !self.choices.is_empty() {
            wrong.push("Say which sheet has the steps.".to_owned());
        } else if self.with == "sheet" && self.sheet.trim().is_empty() {
            wrong.push("Paste the table of the steps from Excel, or choose its file.".to_owned());
        }
        (found, wrong)
    }
}

/// Begins the release; of a spreadsheet, compares it with the release, which has no steps yet.
pub(super) fn begin(
    shared: &Shared,
    open: &OpenFolder,
    form: &FormData,
    table: TableForm,
) -> Result<Answer, Refused> {
    let typed = TypedPlan { choices: table.choices, ..TypedPlan::read(form) };
    let problem =
        |words: &str| Answer::Problem(StatusCode::UNPROCESSABLE_ENTITY, page(shared, &typed, Some(words)));
    let (milestones, mut wrong) = typed.milestones();
    wrong.extend(table.wrong);
    if !wrong.is_empty() {
        return Ok(problem(&wrong.join(" ")));
    }
    let wish = NewRelease {
        name: typed.name.clone(),
        anew: NewPlan { title: typed.title.clone(), milestones },
        ..NewRelease::default()
    };
    match shared.carry_out(open, |now| desk::new_release(now, &wish)) {
        Ok(report) if typed.with == "sheet" => {
            sheet::page(shared, open, &report.id, form, &TableForm::default())
        }
        Ok(report) => Ok(Answer::Go(format!("/release/{}/tasks", values::encoded(&report.id)))),
        Err(refused) => Ok(problem(&refusal::words(&refused))),
    }
}

/// The page that asks for the milestones.
pub(super) fn page(shared: &Shared, typed: &TypedPlan, wrong: Option<&str>) -> String {
    let mut context = Context::new();
    context.insert("title", &format!("Begin {}", typed.name));
    context.insert("typed", typed);
    context.insert("problem", &wrong);
    shared.pages.page(shared, "new-milestones.html", "new-release", context)
}
