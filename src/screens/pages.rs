//! Fills the desk's own templates in. They are no part of the office's site, so an office does not replace them.
//!
//! In: a template, what it names. Out: HTML, with the head that every page has. Not here: what a page is about.

use axum::{
    http::StatusCode,
    response::{Html, IntoResponse as _, Response},
};
use serde::Serialize;
use tera::{Context, Tera};

use super::open::Shared;

const TEMPLATES: &[(&str, &str)] = &[
    ("add.html", include_str!("pages/add.html")),
    ("changes.html", include_str!("pages/changes.html")),
    ("base.html", include_str!("pages/base.html")),
    ("beside.html", include_str!("pages/beside.html")),
    ("chart.html", include_str!("pages/chart.html")),
    ("comment.html", include_str!("pages/comment.html")),
    ("conflict.html", include_str!("pages/conflict.html")),
    ("copies.html", include_str!("pages/copies.html")),
    ("correct-fact.html", include_str!("pages/correct-fact.html")),
    ("correct.html", include_str!("pages/correct.html")),
    ("fault.html", include_str!("pages/fault.html")),
    ("field.html", include_str!("pages/field.html")),
    ("fields.html", include_str!("pages/fields.html")),
    ("file.html", include_str!("pages/file.html")),
    ("find.html", include_str!("pages/find.html")),
    ("follow.html", include_str!("pages/follow.html")),
    ("frame.html", include_str!("pages/frame.html")),
    ("gone.html", include_str!("pages/gone.html")),
    ("grid-cell.html", include_str!("pages/grid-cell.html")),
    ("grid-follows.html", include_str!("pages/grid-follows.html")),
    ("grid-means.html", include_str!("pages/grid-means.html")),
    ("grid.html", include_str!("pages/grid.html")),
    ("history.html", include_str!("pages/history.html")),
    ("home.html", include_str!("pages/home.html")),
    ("issue.html", include_str!("pages/issue.html")),
    ("leaf.html", include_str!("pages/leaf.html")),
    ("list.html", include_str!("pages/list.html")),
    ("lost.html", include_str!("pages/lost.html")),
    ("mail.html", include_str!("pages/mail.html")),
    ("memo.html", include_str!("pages/memo.html")),
    ("new-milestones.html", include_str!("pages/new-milestones.html")),
    ("new-release-dates.html", include_str!("pages/new-release-dates.html")),
    ("new-release-follows.html", include_str!("pages/new-release-follows.html")),
    ("new-release.html", include_str!("pages/new-release.html")),
    ("new.html", include_str!("pages/new.html")),
    ("news.html", include_str!("pages/news.html")),
    ("news-place.html", include_str!("pages/news-place.html")),
    ("office.html", include_str!("pages/office.html")),
    ("office-follows.html", include_str!("pages/office-follows.html")),
    ("problem.html", include_str!("pages/problem.html")),
    ("publish.html", include_str!("pages/publish.html")),
    ("review.html", include_str!("pages/review.html")),
    ("said.html", include_str!("pages/said.html")),
    ("sheet.html", include_str!("pages/sheet.html")),
    ("sheet-follows.html", include_str!("pages/sheet-follows.html")),
    ("sheet-choice.html", include_str!("pages/sheet-choice.html")),
    ("spreadsheet.html", include_str!("pages/spreadsheet.html")),
    ("sheet-questions.html", include_str!("pages/sheet-questions.html")),
    ("sheets.html", include_str!("pages/sheets.html")),
    ("slip-choose.html", include_str!("pages/slip-choose.html")),
    ("slip-follows.html", include_str!("pages/slip-follows.html")),
    ("slip.html", include_str!("pages/slip.html")),
    ("start.html", include_str!("pages/start.html")),
    ("take-back.html", include_str!("pages/take-back.html")),
    ("typed.html", include_str!("pages/typed.html")),
    ("upload.html", include_str!("pages/upload.html")),
    ("withdraw.html", include_str!("pages/withdraw.html")),
    ("word.html", include_str!("pages/word.html")),
    ("words.html", include_str!("pages/words.html")),
    ("you.html", include_str!("pages/you.html")),
];

/// The templates.
pub(super) struct Pages(Tera);

/// Somebody who sits here.
#[derive(Serialize)]
struct You {
    name: String,
}

impl Pages {
    pub fn new() -> Pages {
        Pages::with(&[])
    }

    /// The same pages in the preview's frame.
    pub fn of_preview() -> Pages {
        Pages::with(&[
            ("frame.html", include_str!("pages/preview.html")),
            ("head.html", include_str!("../serve/head.html")),
        ])
    }

    fn with(others: &[(&str, &str)]) -> Pages {
        let mut tera = Tera::new();
        tera.autoescape_on([".html"]);
        let of_desk = TEMPLATES.iter().filter(|(name, _)| others.iter().all(|(other, _)| other != name));
        tera.add_raw_templates(of_desk.chain(others).copied())
            .expect("the desk's templates are tried by every test of it");
        Pages(tera)
    }

    /// A page, with the head around it. `here` is the part of the desk that it belongs to.
    pub fn page(&self, shared: &Shared, template: &str, here: &str, mut context: Context) -> String {
        let folder = shared.folder();
        context.insert("folder", &folder.as_ref().map(|folder| folder.name.clone()));
        context.insert("here", here);
        context.insert("token", shared.token().token());
        let you = folder.and_then(|folder| {
            let id = shared.settings().person(&folder.root)?;
            Some(You { name: folder.person_name(&id).unwrap_or(id) })
        });
        context.insert("you", &you);
        self.part(template, &context)
    }

    /// A part of a page.
    pub fn part(&self, template: &str, context: &Context) -> String {
        self.0.render(template, context).expect("each page is given what its template names")
    }

    /// A page that says what is not there.
    pub fn problem(&self, shared: &Shared, status: StatusCode, title: &str, words: &str) -> Response {
        (status, Html(self.said(shared, title, words))).into_response()
    }

    /// A page that says why something was not done.
    pub fn refusal(&self, shared: &Shared, words: &str) -> String {
        self.said(shared, "This was not done", words)
    }

    fn said(&self, shared: &Shared, title: &str, words: &str) -> String {
        let mut context = Context::new();
        context.insert("title", title);
        context.insert("words", words);
        self.page(shared, "problem.html", "", context)
    }
}
