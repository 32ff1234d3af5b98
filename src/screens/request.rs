//! What a browser sends, and what it is answered.
//!
//! In: a request. Out: the folder that is open ([`Desk`]), a form's fields ([`FormData`]), an [`Answer`]. A form without the
//! token of this run is refused. Not here: who may ask at all (`serve::gate`).

use std::{collections::BTreeMap, sync::Arc};

use axum::{
    Form,
    extract::{FromRequest, FromRequestParts, Path, Request},
    http::{HeaderValue, StatusCode, header, request::Parts},
    response::{Html, IntoResponse, Redirect, Response},
};

use super::{
    open::{OpenFolder, Shared},
    refusal, values,
};
use crate::{
    desk::{Refused, SourceFile},
    output::content_type,
    serve,
};

/// The folder that is open; without one, the first page asks for it.
pub(super) struct Desk(pub Arc<OpenFolder>);

impl FromRequestParts<Arc<Shared>> for Desk {
    type Rejection = Redirect;

    async fn from_request_parts(_: &mut Parts, shared: &Arc<Shared>) -> Result<Desk, Redirect> {
        shared.folder().map(Desk).ok_or_else(|| Redirect::to("/"))
    }
}

/// A file of the working folder that an address names: `/file/memo/26002`, `/release/roster-2026`, `/office`.
pub(super) struct Named {
    pub file: SourceFile,
    pub kind: &'static str,
    pub id: String,
}

impl Named {
    /// A file by its kind and its id; none if there is no such kind.
    fn of(kind: &str, id: &str) -> Option<Named> {
        let (kind, file) = match kind {
            "office" => ("office", SourceFile::Office),
            "release" => ("release", SourceFile::Release(id.to_owned())),
            "memo" => ("memo", SourceFile::Memo(id.to_owned())),
            _ => return None,
        };
        Some(Named { file, kind, id: id.to_owned() })
    }
}

impl FromRequestParts<Arc<Shared>> for Named {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, shared: &Arc<Shared>) -> Result<Named, Response> {
        let names = Path::<BTreeMap<String, String>>::from_request_parts(parts, shared).await;
        let names = names.map(|Path(names)| names).unwrap_or_default();
        let name = |name: &str| names.get(name).map(String::as_str);
        let named = match (name("kind"), name("id")) {
            (Some(kind), Some(id)) => Named::of(kind, id),
            (None, Some(id)) => Named::of("release", id),
            _ => Named::of("office", "office"),
        };
        named.ok_or_else(|| {
            shared.pages.problem(shared, StatusCode::NOT_FOUND, "There is no such page", "Go back to Home.")
        })
    }
}

/// The fields of a form, in their order. Line ends are plain, whatever the browser sends.
#[derive(Default)]
pub(super) struct FormData(Vec<(String, String)>);

impl FormData {
    /// The fields of a form that was sent; `None` without the token of this run.
    pub fn of(mut fields: Vec<(String, String)>, shared: &Shared) -> Option<FormData> {
        for (_, value) in &mut fields {
            if value.contains('\r') {
                *value = value.replace("\r\n", "\n").replace('\r', "\n");
            }
        }
        let form = FormData(fields);
        let is_ours = form.get("token").is_some_and(|token| shared.token().is_shown(token));
        is_ours.then_some(form)
    }

    /// What an address asks for. It only looks: what is done is sent as a form.
    pub fn asked(mut fields: Vec<(String, String)>) -> FormData {
        fields.retain(|(name, _)| name != "do");
        FormData(fields)
    }

    /// The digest of the plan that this form showed, if its button means that plan.
    pub fn agreed(&self) -> Option<&str> {
        self.get("agreed").filter(|_| self.get("do") == Some("deed"))
    }

    /// Gives a field another value.
    pub fn set(&mut self, name: &str, value: String) {
        self.0.retain(|(field, _)| field != name);
        self.0.push((name.to_owned(), value));
    }

    /// The field of a name.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str())
    }

    /// What a field says; nothing if it is blank.
    pub fn filled(&self, name: &str) -> Option<&str> {
        self.get(name).map(str::trim).filter(|value| !value.is_empty())
    }

    /// All fields.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The same form with other names and values; a field without one is left out.
    pub fn changed(&self, change: impl Fn(&str, &str) -> Option<(String, String)>) -> FormData {
        FormData(self.iter().filter_map(|(name, value)| change(name, value)).collect())
    }

    /// What all fields of a name say.
    pub fn all(&self, name: &str) -> Vec<String> {
        self.iter().filter(|(field, _)| *field == name).map(|(_, value)| value.to_owned()).collect()
    }
}

impl FromRequest<Arc<Shared>> for FormData {
    type Rejection = Response;

    async fn from_request(request: Request, shared: &Arc<Shared>) -> Result<FormData, Response> {
        let form = Form::<Vec<(String, String)>>::from_request(request, shared).await;
        let Form(fields) = form.map_err(|refused| {
            let (status, words) = match refused.status() {
                StatusCode::PAYLOAD_TOO_LARGE => (
                    StatusCode::PAYLOAD_TOO_LARGE,
                    "This is more than the desk can take at once: 8 million characters.",
                ),
                status => (status, "This form cannot be read. Load the page again."),
            };
            serve::sentence(status, words)
        })?;
        FormData::of(fields, shared).ok_or_else(of_another_start)
    }
}

/// A form without the token of this run, or of the folder that is open.
pub(super) fn of_another_start() -> Response {
    serve::sentence(
        StatusCode::FORBIDDEN,
        "This page is of an earlier start of ccrov, or of another folder. What you typed is still in it: copy it, then load the page again.",
    )
}

/// What a request is answered.
pub(super) enum Answer {
    /// A page.
    Page(String),
    /// Another page shows what came of it.
    Go(String),
    /// Data for a page's script.
    Data(String),
    /// A file, which the browser saves.
    File {
        /// Its path: the browser saves it under its name alone.
        path: String,
        /// What it holds.
        bytes: Vec<u8>,
    },
    /// A page that says why not.
    Problem(StatusCode, String),
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        match self {
            Answer::Page(page) => Html(page).into_response(),
            Answer::Go(to) => Redirect::to(&to).into_response(),
            Answer::Data(json) => {
                ([(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))], json).into_response()
            }
            Answer::File { path, bytes } => {
                let encoded = values::encoded(path.rsplit('/').next().unwrap_or(&path));
                let kind = content_type(&path);
                let saved = format!("attachment; filename*=UTF-8''{encoded}");
                ([(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, saved)], bytes)
                    .into_response()
            }
            Answer::Problem(status, page) => (status, Html(page)).into_response(),
        }
    }
}

/// Answers with what an operation of the desk said, or with why it was refused.
pub(super) fn answered(shared: &Shared, answer: Result<Answer, Refused>) -> Answer {
    answer.unwrap_or_else(|refused| {
        let page = shared.pages.refusal(shared, &refusal::words(&refused));
        Answer::Problem(StatusCode::UNPROCESSABLE_ENTITY, page)
    })
}
