//! A published error is corrected: the memo's fields and text to change, what was wrong; then the corrected page beside the issued one.
//!
//! In: a memo, a form. Out: the page before the deed; the memo corrected. Until then nothing of the form is in the file. Not here: how
//! a correction is printed.

use serde::Serialize;
use tera::Context;

use super::{
    controls,
    deed::{self, Deed},
    faults::{FaultLine, Told},
    form::{self, Left},
    issue::{left, looked, pdf},
    memo::{BODY, HEAD},
    open::{OpenFolder, Shared},
    request::{Answer, FormData},
    typed, values,
};
use crate::{
    desk::{
        self, CorrectionRequest, FieldsReport, FormRequest, MemoLeftOut, Refused, SourceFile, TakenChanges,
    },
    model::date,
    words::common_ends,
};

/// `/memo/ID/correct`.
pub(super) fn page(shared: &Shared, open: &OpenFolder, id: &str, form: &FormData) -> Result<Answer, Refused> {
    let typed = form.get("day").map_or_else(|| date::prose(shared.now().date()), str::to_owned);
    let wish = form::request(form, &[]);
    let mut context = Context::new();
    context.insert("title", &format!("Correct {id}"));
    context.insert("id", id);
    context.insert("day", &typed);
    context.insert("what", form.get("what").unwrap_or_default());
    context.insert("with_changes", &form.get("with_changes").is_some());
    let mut conflicts = Vec::new();
    match (date::read(typed.trim()), form.filled("what")) {
        _ if form.get("do").is_none() => {}
        (Err(_), _) => context.insert("wrong", "The day is no date. Write it as March 2, 2026."),
        (Ok(day), _) if day > shared.now().date() => context.insert("wrong", "That day has not come yet."),
        (_, None) => context.insert("wrong", "Say what was wrong. Counties read it on the memo."),
        (Ok(day), Some(what)) => {
            let correction = CorrectionRequest {
                what: what.to_owned(),
                date: day,
                changes: match form.get("with_changes") {
                    Some(_) => TakenChanges::All,
                    None => TakenChanges::Only(form.all("take")),
                },
                is_dated: true,
            };
            match deed::deed(shared, open, form, |now| desk::correct(now, id, &wish, correction.clone()))? {
                Deed::Done(_) => {
                    typed::forget(shared, open, &own(id));
                    shared.say(
                        "/publish",
                        format!("{id} is corrected here. Publish it, so that counties see it."),
                    );
                    return Ok(Answer::Go("/publish".to_owned()));
                }
                Deed::Shown(shown) => {
                    context.insert("is_other", &shown.is_other);
                    fill(&mut context, open, id, &shown.report, &shown.agreed);
                    conflicts = shown.report.form.conflicts;
                }
            }
        }
    }
    typed::offer(shared, open, &own(id), &mut context);
    fields(&mut context, open, id, &Left::of(form, &conflicts), &wish)?;
    let page = shared.pages.page(shared, "correct.html", "memo", context);
    Ok(deed::shown(form, page))
}

/// The address of this page.
fn own(id: &str) -> String {
    format!("/memo/{}/correct", values::encoded(id))
}

/// The memo's fields and text, as the form was left, and what it changes.
fn fields(
    context: &mut Context,
    open: &OpenFolder,
    id: &str,
    left: &Left,
    wish: &FormRequest,
) -> Result<(), Refused> {
    let snapshot = open.snapshot()?;
    let file = SourceFile::Memo(id.to_owned());
    let report = desk::fields(&snapshot, &file)?;
    let lists = [&HEAD[..], &[BODY]];
    let address = format!("/file/memo/{}", values::encoded(id));
    let told = Told::of(&report, &lists, &address);
    let [mut head, body] = lists.map(|shown| controls::rows(&report, &told, shown, left));
    // What was attached and which plan was told is a matter of another memo, or of the file.
    head.retain(|row| !["attachments", "release", "analyst"].contains(&row.key.as_str()));
    context.insert("head", &head);
    context.insert("body", &body);
    context.insert("conflicts", &left.conflicts());
    context.insert("edits", &edits(wish, &report));
    Ok(())
}

/// A field that the form changes, with what goes and what comes.
#[derive(Serialize)]
struct EditLine {
    label: String,
    before: String,
    gone: String,
    come: String,
    after: String,
}

fn edits(wish: &FormRequest, report: &FieldsReport) -> Vec<EditLine> {
    let label = |key: &str| {
        let known = report.fields.iter().find(|field| field.key == key);
        known.map_or_else(|| key.to_owned(), |field| field.label.clone())
    };
    let fields = wish.fields.iter().map(|field| (&field.key, field.read.clone(), field.typed.clone()));
    let lists = wish.lists.iter().map(|list| (&list.key, list.read.join("\n"), list.typed.join("\n")));
    let changed = fields.chain(lists).filter(|(_, read, typed)| read.trim_end() != typed.trim_end());
    changed.map(|(key, read, typed)| edit(label(key), &read, &typed)).collect()
}

/// How many words are shown on either side of what differs.
const AROUND: usize = 12;

fn edit(label: String, read: &str, typed: &str) -> EditLine {
    let [was, is] = [read, typed].map(|text| text.split_inclusive(char::is_whitespace).collect::<Vec<_>>());
    let (start, end) = common_ends(&was, &is);
    let before = &was[..start];
    let after = &was[was.len() - end..];
    let cut = before.len().saturating_sub(AROUND);
    EditLine {
        label,
        before: format!("{}{}", if cut > 0 { "… " } else { "" }, before[cut..].concat()),
        gone: was[start..was.len() - end].concat(),
        come: is[start..is.len() - end].concat(),
        after: format!(
            "{}{}",
            after[..after.len().min(AROUND)].concat(),
            if after.len() > AROUND { "…" } else { "" }
        ),
    }
}

fn fill(context: &mut Context, open: &OpenFolder, id: &str, report: &desk::CorrectReport, agreed: &str) {
    let brings = report.issue.left.iter().find_map(|left| match left {
        MemoLeftOut::BringsChanges { differences, choices, .. } => Some((differences.as_slice(), choices)),
        MemoLeftOut::SameLines { choices, .. } => Some((&[][..], choices)),
        _ => None,
    });
    let issued = report.issue.issued.first();
    let (beside, choices) =
        brings.or_else(|| issued.map(|memo| (memo.also_changed.as_slice(), &memo.choices))).unzip();
    context.insert("beside", &beside);
    context.insert("choices", &choices);
    context.insert("left", &report.issue.left.iter().map(left).collect::<Vec<_>>());
    let faults =
        report.issue.faults.iter().flat_map(|findings| FaultLine::others(&[], &Told::of_file(findings)));
    context.insert("faults", &faults.collect::<Vec<_>>());
    if let Some(memo) = issued.filter(|_| report.form.conflicts.is_empty()) {
        context.insert("agreed", agreed);
        context.insert("then", &memo.page.as_ref().map(|page| looked(page.as_str(), agreed)));
        context.insert("then_pdf", &pdf(&memo.files, agreed));
        let state = open.built.state.borrow();
        let row = state.shown.memos.iter().find(|row| row.id == id);
        let now = |link: Option<&crate::serve::PreviewFile>| link.map(|link| format!("/site/{}", link.path));
        context.insert("now", &now(row.and_then(|row| row.page.as_ref())));
        context.insert("now_pdf", &now(row.and_then(|row| row.pdf.as_ref())));
        context.insert("deed", &format!("Correct {id}"));
    }
}
