//! What the desk asks first: which folder, and who sits here. And how it ends.
//!
//! In: a path, a person. Out: the folder opened, a folder of samples, the desk ended. Not here: what is done in a folder.

use std::{path::Path, sync::Arc};

use axum::{
    extract::State,
    http::StatusCode,
    response::{Html, IntoResponse as _, Response},
};
use serde::Serialize;
use tera::Context;

use super::{
    open::{OpenFolder, Shared},
    refusal,
    request::{Answer, Desk, FormData, answered},
    unhurried, values,
};
use crate::{
    desk::{self, FormRequest, Refused, SourceFile, TypedField},
    folder::{Plan, WorkingFolder},
    words::capitalized,
};

/// The page without a folder.
pub(super) fn start(shared: &Shared, wrong: Option<&str>, typed: &str) -> String {
    let mut context = Context::new();
    let recent: Vec<String> =
        shared.settings().recent().iter().map(|folder| folder.display().to_string()).collect();
    context.insert("title", "Open a folder");
    context.insert("recent", &recent);
    context.insert("wrong", &wrong);
    context.insert("typed", typed);
    shared.pages.page(shared, "start.html", "start", context)
}

/// `POST /open`: works in another folder from now on.
pub(super) async fn open(State(shared): State<Arc<Shared>>, form: FormData) -> Response {
    unhurried(move || {
        let typed = path(&form, "folder");
        let root = Path::new(&typed);
        let wrong = match () {
            () if typed.is_empty() => Some("Paste the folder's path first.".to_owned()),
            () if !root.is_absolute() => Some(format!(
                "{typed} is not a full path. In Explorer, hold Shift, right-click the folder, and choose Copy as path."
            )),
            () if !root.is_dir() => Some(format!("There is no folder {typed}.")),
            () if !root.join("memos").is_dir() => {
                Some(format!("{typed} holds no folder named memos. Open the folder that holds it."))
            }
            () => None,
        };
        opened(&shared, &typed, wrong)
    })
    .await
}

/// `POST /samples`: makes a folder with samples, and opens it.
pub(super) async fn samples(State(shared): State<Arc<Shared>>, form: FormData) -> Response {
    unhurried(move || {
        let typed = path(&form, "samples");
        let wrong = match Path::new(&typed).is_absolute() {
            false => Some("Paste a full path, such as C:\\Users\\debra\\Documents\\memos.".to_owned()),
            true => sample(Path::new(&typed)).err().map(|refused| refusal::words(&refused)),
        };
        opened(&shared, &typed, wrong)
    })
    .await
}

/// A path that was pasted; "Copy as path" puts it in quotes.
fn path(form: &FormData, name: &str) -> String {
    form.filled(name).unwrap_or_default().trim_matches('"').to_owned()
}

/// Opens a folder, or says what is wrong.
fn opened(shared: &Shared, typed: &str, wrong: Option<String>) -> Answer {
    let trouble = || {
        shared.open(Path::new(typed)).err().map(|trouble| format!("{}.", capitalized(&trouble.to_string())))
    };
    match wrong.or_else(trouble) {
        Some(wrong) => Answer::Problem(StatusCode::UNPROCESSABLE_ENTITY, start(shared, Some(&wrong), typed)),
        None => Answer::Go("/you".to_owned()),
    }
}

fn sample(root: &Path) -> Result<(), Refused> {
    let folder = WorkingFolder::at(root);
    let plan = desk::init(&*folder.disk())?;
    folder.commit(plan).map(drop).map_err(Refused::from)
}

/// A person to be chosen.
#[derive(Serialize)]
struct PersonRow {
    id: String,
    name: String,
}

/// `GET /you`: who sits here.
pub(super) async fn you(State(shared): State<Arc<Shared>>, Desk(open): Desk) -> Response {
    unhurried(move || {
        let people: Vec<PersonRow> =
            open.people().into_iter().map(|(id, name)| PersonRow { id, name }).collect();
        let mut context = Context::new();
        context.insert("title", "Who are you?");
        context.insert("people", &people);
        context.insert("chosen", &shared.settings().person(&open.root));
        Answer::Page(shared.pages.page(&shared, "you.html", "you", context))
    })
    .await
}

/// `POST /you`: somebody says who they are; a new person is put into the office.
pub(super) async fn set_you(State(shared): State<Arc<Shared>>, Desk(open): Desk, form: FormData) -> Response {
    unhurried(move || answered(&shared, chosen(&shared, &open, &form))).await
}

fn chosen(shared: &Shared, open: &OpenFolder, form: &FormData) -> Result<Answer, Refused> {
    let id = match (form.filled("name"), form.filled("person")) {
        (Some(name), _) => added(shared, open, name, form.filled("title").unwrap_or_default())?,
        (None, Some(person)) => person.to_owned(),
        (None, None) => return Ok(Answer::Go("/you".to_owned())),
    };
    shared.settings().set_person(&open.root, &id);
    Ok(Answer::Go("/".to_owned()))
}

/// Puts a person into the office, and gives the id.
fn added(shared: &Shared, open: &OpenFolder, name: &str, title: &str) -> Result<String, Refused> {
    let id = values::id_of(name);
    let [quoted, title, initials] = [name, title, &values::initials(&id)].map(serde_json::Value::from);
    let typed = format!("{{name: {quoted}, initials: {initials}, titles: [{{title: {title}}}]}}");
    let field = TypedField { key: format!("people.{id}"), read: String::new(), typed };
    let wish = FormRequest { fields: vec![field], ..FormRequest::default() };
    shared.carry_out(open, |now| {
        let plan = desk::save_form(now, &SourceFile::Office, &wish)?;
        Ok(Plan { what: format!("desk: {name} added to the people of the office"), ..plan })
    })?;
    Ok(id)
}

/// `POST /quit`: ends the desk.
pub(super) async fn quit(State(shared): State<Arc<Shared>>, _: FormData) -> Response {
    let mut context = Context::new();
    context.insert("title", "The desk is closed");
    context.insert("words", "You can close this window. To come back, start ccrov from its icon.");
    let page = shared.pages.page(&shared, "problem.html", "closed", context);
    let ending = Arc::clone(&shared);
    tokio::spawn(async move {
        // The page that says so is sent first.
        tokio::time::sleep(std::time::Duration::from_millis(200)).await;
        ending.quit.notify_one();
    });
    Html(page).into_response()
}
