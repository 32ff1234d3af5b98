//! The office and its releases: facts that memos take, each in one place.
//!
//! In: a form. Out: the page; the facts saved or added. Not here: how fields become controls (`form`).

use std::sync::Arc;

use axum::{extract::State, response::Response};
use tera::Context;

use super::{
    controls, correct_fact,
    faults::{FaultLine, Told},
    file::{self, screen},
    form::{self, Growing, Left},
    give, history, news,
    open::{OpenFolder, Shared},
    refusal,
    request::{Answer, Desk, FormData, Named, answered},
    typed, unhurried,
};
use crate::{
    desk::{self, Followers, Refused, SourceFile},
    words::{grouped, series},
};

/// What can be added to the office.
static GROWING: [Growing; 8] = [
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
    Growing { key: "counties", names: "name", words: "A county: the name", is_list: false },
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

/// `POST /release/ID/delete`: a release that no memo takes goes; its text stays in the history.
pub(super) async fn delete(
    State(shared): State<Arc<Shared>>,
    Desk(open): Desk,
    named: Named,
    _: FormData,
) -> Response {
    unhurried(move || {
        let deleted = shared.carry_out(&open, |now| desk::delete_release(now, &named.id));
        answered(&shared, deleted.map(|report| history::deleted(&shared, &open, &named, &report)))
    })
    .await
}

/// `POST /office/follows`, `POST /release/ID/follows`: which memos take what is typed. Nothing is saved.
pub(super) async fn follows(
    State(shared): State<Arc<Shared>>,
    Desk(open): Desk,
    named: Named,
    form: FormData,
) -> Response {
    unhurried(move || {
        let wish = form::request(&form, growing(&named.file));
        let found = open.snapshot().and_then(|now| desk::followers(&now, &named.file, &wish));
        let summary = found.map_or_else(
            |refused| refusal::words(&refused),
            |found| found.as_ref().map(said).unwrap_or_default(),
        );
        let mut context = Context::new();
        context.insert("summary", &summary);
        Answer::Page(shared.pages.part("office-follows.html", &context))
    })
    .await
}

/// So many drafts are named at most.
const NAMED: usize = 8;

/// "3 drafts change if you save this: 26001, 26002, and drill. 2,600 issued memos keep what they say."
fn said(found: &Followers) -> String {
    let mut named = found.drafts.clone();
    if named.len() > NAMED {
        let more = named.split_off(NAMED - 1).len();
        named.push(format!("{more} others"));
    }
    let drafts = match found.drafts.len() {
        0 => "No draft changes if you save this.".to_owned(),
        1 => format!("1 draft changes if you save this: {}.", series(&named)),
        count => format!("{count} drafts change if you save this: {}.", series(&named)),
    };
    let drafts = match found.unprinted {
        0 => drafts,
        1 => format!("{drafts} 1 draft cannot be printed yet, so it was not compared."),
        count => format!("{drafts} {count} drafts cannot be printed yet, so they were not compared."),
    };
    match found.issued {
        0 => drafts,
        1 => format!("{drafts} 1 issued memo keeps what it says."),
        issued => format!("{drafts} {} issued memos keep what they say.", grouped(issued)),
    }
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
    let waiting = matches!(file, SourceFile::Office).then(|| correct_fact::waiting(&snapshot)).flatten();
    let title = if *kind == "office" { "The office".to_owned() } else { format!("Release {id}") };
    let mut context = Context::new();
    context.insert("title", &title);
    context.insert("waiting", &waiting);
    let leaving = if matches!(file, SourceFile::Office) { give::lines(&snapshot, open) } else { Vec::new() };
    context.insert("leaving", &leaving);
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
