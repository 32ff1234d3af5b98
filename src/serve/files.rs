//! The built site, as a web server would serve it.
//!
//! Only files that the last build knows are read, by the names that it gave them. Not here: what is in them.

use axum::{
    extract::State as Shared,
    http::{HeaderValue, StatusCode, Uri, header},
    response::{IntoResponse, Redirect, Response},
};

use super::{Desk, sentence};
use crate::site::OutputPath;

/// `GET /site`.
pub(super) async fn root() -> Redirect {
    Redirect::permanent("/site/")
}

/// `GET /site/...`.
pub(super) async fn site(Shared(desk): Shared<Desk>, uri: Uri) -> Response {
    let shown = desk.state.borrow().shown.clone();
    let known = |path: &str| path.parse::<OutputPath>().ok().filter(|path| shown.files.contains_key(path));
    let asked = uri.path().strip_prefix("/site/").unwrap_or_default();
    let folder = asked.is_empty() || asked.ends_with('/');
    let path = if folder { format!("{asked}index.html") } else { asked.to_owned() };
    if let Some(path) = known(&path) {
        return send(&desk, &path, StatusCode::OK).await;
    }
    if !folder && known(&format!("{asked}/index.html")).is_some() {
        return Redirect::temporary(&format!("/site/{asked}/")).into_response();
    }
    match known("404.html") {
        Some(page) => send(&desk, &page, StatusCode::NOT_FOUND).await,
        None => sentence(StatusCode::NOT_FOUND, "There is no such file in the site."),
    }
}

async fn send(desk: &Desk, path: &OutputPath, status: StatusCode) -> Response {
    let file = desk.folder.path().join(path.as_str());
    match tokio::task::spawn_blocking(move || std::fs::read(file)).await {
        Ok(Ok(bytes)) => {
            (status, [(header::CONTENT_TYPE, HeaderValue::from_static(kind(path.as_str())))], bytes)
                .into_response()
        }
        // It was removed by a build since; the window is told of that.
        _ => sentence(
            StatusCode::NOT_FOUND,
            "This file has just been removed or replaced: load the page again.",
        ),
    }
}

/// What a file is, by the end of its name.
fn kind(path: &str) -> &'static str {
    let name = path.rsplit('/').next().unwrap_or(path);
    match name.rsplit_once('.').map_or("", |(_, ending)| ending) {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "md" => "text/markdown; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "txt" => "text/plain; charset=utf-8",
        "json" => "application/json",
        "xml" if name == "feed.xml" => "application/atom+xml; charset=utf-8",
        "xml" => "application/xml; charset=utf-8",
        "pdf" => "application/pdf",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "svg" => "image/svg+xml",
        "wasm" => "application/wasm",
        _ => "application/octet-stream",
    }
}
