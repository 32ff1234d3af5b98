//! The built site, as a web server would serve it.
//!
//! Only files that the last build knows are read, by the names that it gave them. Not here: what is in them.

use axum::{
    extract::State as Shared,
    http::{HeaderValue, StatusCode, Uri, header},
    response::{IntoResponse, Redirect, Response},
};

use super::{Built, sentence};
use crate::output::{OutputPath, content_type};

/// `GET /site`.
pub(crate) async fn root() -> Redirect {
    Redirect::permanent("/site/")
}

/// `GET /site/...`.
pub(super) async fn site(Shared(built): Shared<Built>, uri: Uri) -> Response {
    file(&built, uri.path()).await
}

/// The file of an address.
pub(crate) async fn file(built: &Built, address: &str) -> Response {
    let shown = built.state.borrow().shown.clone();
    let known = |path: &str| path.parse::<OutputPath>().ok().filter(|path| shown.files.contains_key(path));
    let asked = address.strip_prefix("/site/").unwrap_or_default();
    let folder = asked.is_empty() || asked.ends_with('/');
    let path = if folder { format!("{asked}index.html") } else { asked.to_owned() };
    if let Some(path) = known(&path) {
        return send(built, &path, StatusCode::OK).await;
    }
    if !folder && known(&format!("{asked}/index.html")).is_some() {
        return Redirect::temporary(&format!("/site/{asked}/")).into_response();
    }
    match known("404.html") {
        Some(page) => send(built, &page, StatusCode::NOT_FOUND).await,
        None => sentence(StatusCode::NOT_FOUND, "There is no such file in the site."),
    }
}

async fn send(built: &Built, path: &OutputPath, status: StatusCode) -> Response {
    let file = built.folder.path().join(path.as_str());
    let kind = content_type(path.as_str());
    match tokio::task::spawn_blocking(move || std::fs::read(file)).await {
        Ok(Ok(bytes)) => {
            (status, [(header::CONTENT_TYPE, HeaderValue::from_static(kind))], bytes).into_response()
        }
        // It was removed by a build since; the window is told of that.
        _ => sentence(
            StatusCode::NOT_FOUND,
            "This file has just been removed or replaced: load the page again.",
        ),
    }
}
