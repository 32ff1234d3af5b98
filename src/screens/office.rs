//! The office and its releases: facts that memos take, each in one place.
//!
//! In: a form. Out: the page; the facts saved or added. Not here: how fields become controls (`form`).

use std::sync::Arc;

use axum::{extract::State, response::Response};
use tera::Context;

use super::{
    controls,
    faults::{FaultLine, Told},
    file::{self, screen},
    form::{self, Growing, Left},
    news,
    open::{OpenFolder, Shared},
    request::{Answer, Desk, FormData, Named, answered},
    typed, unhurried,
};
use crate::desk::{self, Refused, SourceFile};

/// What can be added to the office.
static GROWING: [Growing; 7] = [
    Growing {
        key: "office_holders",
        names: "name",
        words: "A new Secretary of State: the name",
        is_list: true,
    },
    Growing {
        key: "letterheads",
        names: "division",
        words: "A new letterhead: the division",
        is_list: false,
    },
    Growing { key: "people", names: "name", words: "A new person: the name", is_list: false },
    Growing { key: "contacts", names: "name", words: "A new contact: the name", is_list: false },
    Growing {
        key: "calendars",
        names: "name",
        words: "A new calendar of closed days: whose",
        is_list: false,
    },
    Growing { key: "entities", names: "name", words: "Another responsible party: the name", is_list: false },
    Growing { key: "elections", names: "name", words: "A new election: the name", is_list: false },
];

/// `GET /office`, `GET /release/ID`.
pub(super) async fn show(State(shared): State<Arc<Shared>>, Desk(open): Desk, named: Named) -> Response {
    unhurried(move || answered(&shared, page(&shared, &open, &named, &Left::default()).map(Answer::Page)))
        .await
}

/// `POST /office`, `POST /release/ID`.
pub(super) async fn save(
    State(shared): State<Arc<Shared>>,
    Desk(open): Desk,
    named: Named,
    form: FormData,
) -> Response {
    unhurried(move || {
        let wish = form::request(&form, growing(&named.file));
        let page = |left: &Left| page(&shared, &open, &named, left);
        answered(&shared, form::save(&shared, &open, &named.file, &form, &wish, page))
    })
    .await
}

/// What can be added to a file.
fn growing(file: &SourceFile) -> &'static [Growing] {
    if matches!(file, SourceFile::Office) { &GROWING } else { &[] }
}

fn page(shared: &Shared, open: &OpenFolder, named: &Named, left: &Left) -> Result<String, Refused> {
    let snapshot = open.snapshot()?;
    let Named { file, kind, id } = named;
    let report = desk::fields(&snapshot, file)?;
    let address = file::address(named.kind, &named.id);
    let told = Told::of(&report, &[], &address);
    let mut rows = controls::all_rows(&report, &told, left);
    controls::with_adding(&mut rows, growing(file));
    if matches!(file, SourceFile::Office) {
        controls::with_uses(&mut rows, &desk::uses(&snapshot));
    }
    let title = if *kind == "office" { "The office".to_owned() } else { format!("Release {id}") };
    let mut context = Context::new();
    context.insert("title", &title);
    context.insert("kind", kind);
    context.insert("id", id);
    context.insert("screen", &screen(file));
    context.insert("done", &shared.told(&screen(file)));
    typed::offer(shared, open, &screen(file), &mut context);
    news::place(shared, open, &desk::texts(&snapshot, file)?, file, &mut context);
    context.insert("conflicts", &left.conflicts());
    context.insert("others", &FaultLine::others(&controls::faults_of(&rows), &told));
    context.insert("rows", &rows);
    Ok(shared.pages.page(shared, "office.html", kind, context))
}
