//! What the desk asks first: which folder, and who sits here. And how it ends.
//!
//! In: a path, a person. Out: the folder opened, a folder of samples, the desk ended. Not here: what is done in a folder.

use std::{path::PathBuf, sync::Arc};

use axum::{
    extract::State,
    http::StatusCode,
    response::{Html, IntoResponse as _, Response},
};
use serde::Serialize;
use tera::Context;

use super::{
    open::Shared,
    request::{Answer, Desk, FormData, answered},
    unhurried, values,
};
use crate::{
    desk::{self, FieldChange, Refused, SourceFile},
    folder::{Overlay, WorkingFolder},
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
        let typed = form.filled("folder").unwrap_or_default().trim_matches('"').to_owned();
        let root = PathBuf::from(&typed);
        let wrong = match () {
            () if typed.is_empty() => Some("Paste the folder's path first.".to_owned()),
            () if !root.is_absolute() => Some(format!(
                "{typed} is not a full path. In Explorer, hold Shift, right-click the folder, and choose Copy as path."
            )),
            () if !root.is_dir() => Some(format!("There is no folder {typed}.")),
            () if !root.join("memos").is_dir() => {
                Some(format!("{typed} holds no folder named memos. Open the folder that holds it."))
            }
            () => shared.open(&root).err().map(|trouble| trouble.to_string()),
        };
        match wrong {
            Some(wrong) => {
                Answer::Problem(StatusCode::UNPROCESSABLE_ENTITY, start(&shared, Some(&wrong), &typed))
            }
            None => Answer::Go("/you?first=1".to_owned()),
        }
    })
    .await
}

/// `POST /samples`: makes a folder with samples, and opens it.
pub(super) async fn samples(State(shared): State<Arc<Shared>>, form: FormData) -> Response {
    unhurried(move || {
        let typed = form.filled("samples").unwrap_or_default().trim_matches('"').to_owned();
        let root = PathBuf::from(&typed);
        let wrong = match root.is_absolute() {
            false => Some("Paste a full path, such as C:\\Users\\debra\\Documents\\memos.".to_owned()),
            true => sample(&root).err().map(|refused| crate::words::capitalized(&refused.to_string())),
        };
        let wrong = wrong.or_else(|| shared.open(&root).err().map(|trouble| trouble.to_string()));
        match wrong {
            Some(wrong) => {
                Answer::Problem(StatusCode::UNPROCESSABLE_ENTITY, start(&shared, Some(&wrong), &typed))
            }
            None => Answer::Go("/you?first=1".to_owned()),
        }
    })
    .await
}

fn sample(root: &std::path::Path) -> Result<(), Refused> {
    let folder = WorkingFolder::at(root);
    let plan = match root.exists() {
        true => desk::init(&*folder.disk())?,
        false => desk::init(&Overlay::empty())?,
    };
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
    let people: Vec<PersonRow> = open.people().into_iter().map(|(id, name)| PersonRow { id, name }).collect();
    let mut context = Context::new();
    context.insert("title", "Who are you?");
    context.insert("people", &people);
    context.insert("chosen", &shared.settings().person(&open.root));
    Html(shared.pages.page(&shared, "you.html", "you", context)).into_response()
}

/// `POST /you`: somebody says who they are; a new person is put into the office.
pub(super) async fn set_you(State(shared): State<Arc<Shared>>, Desk(open): Desk, form: FormData) -> Response {
    unhurried(move || {
        let chosen = form.filled("person").map(str::to_owned);
        let new = form.filled("name").map(str::to_owned);
        let work = || -> Result<Answer, Refused> {
            let id = match (&new, &chosen) {
                (Some(name), _) => {
                    let id = values::id_of(name);
                    let [quoted, title, initials] =
                        [name, form.filled("title").unwrap_or_default(), &values::initials(name)]
                            .map(serde_json::Value::from);
                    let value =
                        format!("{{name: {quoted}, initials: {initials}, titles: [{{title: {title}}}]}}");
                    let key = format!("people.{id}");
                    shared.carry_out(&open, |now| {
                        desk::set(now, &SourceFile::Office, &key, &FieldChange::Set(value.clone()))
                    })?;
                    Some(id)
                }
                (None, chosen) => chosen.clone(),
            };
            match id {
                Some(id) => {
                    shared.settings().set_person(&open.root, &id);
                    Ok(Answer::Go("/".to_owned()))
                }
                None => Ok(Answer::Go("/you".to_owned())),
            }
        };
        answered(&shared, work())
    })
    .await
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
