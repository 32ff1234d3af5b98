//! "What if", in the preview: the desk's page of a date that has moved, without what writes.
//!
//! In: a working folder; new days of milestones in an address. Out: pages that show what would follow, as more of the preview's
//! pages. Nothing is written. Not here: what follows (`slip_view`), and the rest of the preview (`serve`).

use std::{
    path::{self, Path},
    sync::{Arc, Mutex, PoisonError},
};

use axum::{
    Router,
    extract::{Path as Part, Query, State},
    http::StatusCode,
    response::Response,
    routing::get,
};
use chrono::NaiveDate;
use tera::Context;

use super::{
    looks,
    pages::Pages,
    refusal,
    request::{Answer, FormData},
    slip,
    slip_form::TypedDelay,
    slip_view, unhurried,
};
use crate::{
    desk::{Desk, MovableRelease, Refused},
    folder::{Snapshot, WorkingFolder},
    serve::Front,
};

/// What a form says, in its order.
type FormFields = Vec<(String, String)>;

/// A working folder of which somebody asks what would follow.
struct WhatIfQuestions {
    desk: Mutex<Desk>,
    pages: Pages,
    /// The name of the folder.
    folder: String,
    today: fn() -> NaiveDate,
}

/// The preview's pages under `/what-if` for a working folder; `today` is the day of a delay that names none.
pub fn what_if(root: &Path, today: fn() -> NaiveDate) -> Router {
    let root = path::absolute(root).unwrap_or_else(|_| root.to_owned());
    let folder = root.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let desk = Mutex::new(Desk::at(&WorkingFolder::at(&root)));
    Router::new()
        .route("/what-if", get(choose))
        .route("/what-if/{release}", get(show))
        .route("/what-if/{release}/follows", get(follows))
        .merge(looks())
        .with_state(Arc::new(WhatIfQuestions { desk, pages: Pages::of_preview(), folder, today }))
}

/// `GET /what-if`: the release, if there is one; else which.
async fn choose(State(questions): State<Arc<WhatIfQuestions>>) -> Response {
    unhurried(move || {
        let page = |context| questions.page("slip-choose.html", context);
        questions.answer(questions.snapshot().and_then(|now| slip::chosen(&now, Front::Preview, page)))
    })
    .await
}

/// `GET /what-if/RELEASE?to:MILESTONE=...`: the form, and what would follow from what is typed.
async fn show(
    State(questions): State<Arc<WhatIfQuestions>>,
    Part(release): Part<String>,
    Query(asked): Query<FormFields>,
) -> Response {
    unhurried(move || {
        questions.show(&release, asked, |now, release, typed, today| {
            questions.page("slip.html", slip_view::whole(Front::Preview, now, release, typed, today))
        })
    })
    .await
}

/// `GET /what-if/RELEASE/follows?...`: what would follow, for the page's script.
async fn follows(
    State(questions): State<Arc<WhatIfQuestions>>,
    Part(release): Part<String>,
    Query(asked): Query<FormFields>,
) -> Response {
    unhurried(move || {
        questions.show(&release, asked, |now, release, typed, today| {
            let part = slip_view::part(Front::Preview, now, release, typed, today);
            questions.pages.part("slip-follows.html", &part)
        })
    })
    .await
}

impl WhatIfQuestions {
    fn snapshot(&self) -> Result<Snapshot, Refused> {
        self.desk.lock().unwrap_or_else(PoisonError::into_inner).snapshot()
    }

    /// A page about a release and about what is typed of a delay of it.
    fn show(
        &self,
        release: &str,
        asked: FormFields,
        page: impl FnOnce(&Snapshot, &MovableRelease, &TypedDelay, NaiveDate) -> String,
    ) -> Answer {
        let today = (self.today)();
        let shown = self.snapshot().and_then(|now| {
            let release = slip::found(&now, release, today)?;
            let typed = TypedDelay::read(&FormData::asked(asked), today);
            Ok(Answer::Page(page(&now, &release, &typed, today)))
        });
        self.answer(shown)
    }

    fn page(&self, template: &str, mut context: Context) -> String {
        context.insert("folder", &self.folder);
        context.insert("here", "what-if");
        self.pages.part(template, &context)
    }

    fn answer(&self, answer: Result<Answer, Refused>) -> Answer {
        answer.unwrap_or_else(|refused| {
            let mut context = Context::new();
            context.insert("title", "This cannot be answered");
            context.insert("words", &refusal::words(&refused));
            Answer::Problem(StatusCode::UNPROCESSABLE_ENTITY, self.page("problem.html", context))
        })
    }
}
