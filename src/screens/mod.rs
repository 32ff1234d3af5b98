//! The desk in the browser: the screens at which memos are written by people who never open YAML.
//!
//! In: a listener, which folder to open, who sits here. Out: pages over HTTP for this machine alone; what is saved goes through the
//! desk's library and is committed as the command line would commit it. Not here: what is planned (`desk`), what the
//! pages show of a built memo (`serve`), and the clock, which the front end hands in.

mod changes;
mod chart;
mod comments;
mod controls;
mod copies;
mod correct;
mod correct_fact;
mod day;
mod deed;
mod events;
mod faults;
mod file;
mod find;
mod follow;
mod form;
mod give;
mod grid;
mod grid_form;
mod grid_rows;
mod history;
mod home;
mod interrupted;
mod issue;
mod mail;
mod memo;
mod new_memo;
mod new_milestones;
mod new_release;
mod news;
mod office;
mod open;
mod pages;
mod paste;
mod presence;
mod publish;
mod refusal;
mod request;
mod review;
mod settings;
mod sheet;
mod sheet_file;
mod slip;
mod slip_conflicts;
mod slip_form;
mod slip_kept;
mod slip_sheet;
mod slip_view;
mod start;
mod take_back;
mod typed;
mod upload;
mod values;
mod versions;
mod what_if;
mod windows;
mod withdraw;
mod word_back;
mod word_file;

use std::{
    net::TcpListener,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use axum::{
    Router,
    extract::{DefaultBodyLimit, Request, State},
    http::{HeaderValue, StatusCode, Uri, header},
    middleware::{self, Next},
    response::{IntoResponse as _, Response},
    routing::{MethodRouter, get, post},
};
use chrono::NaiveDateTime;

pub use settings::{Running, Settings};
pub use what_if::what_if;

use crate::{
    publish::{Destination, PublishError, Target},
    serve::{self, Front, Gate, PreviewTrouble, RunKey},
};
use open::Shared;
use request::{Answer, Desk};

/// The kind of a page's script.
const SCRIPT: &str = "text/javascript; charset=utf-8";

/// How large a form can be: a long memo has 100 KB.
const FORM: usize = 8 << 20;

/// What the desk is opened with.
pub struct Opening {
    /// The working folder; without one, the first page asks for it.
    pub root: Option<PathBuf>,
    /// What a browser must show.
    pub key: RunKey,
    /// What this user of the machine has chosen before.
    pub settings: Settings,
    /// The name of this machine: two people may type at the same memo.
    pub machine: String,
    /// The time, for what is told of a change; it is in nothing that is built.
    pub now: fn() -> NaiveDateTime,
    /// Opens a place to publish to.
    pub place: OpenPlace,
    /// How long the desk stays after its last window was closed.
    pub stay: Duration,
}

/// Why the desk has ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// Somebody ended it.
    Asked,
    /// Its last window was closed.
    NobodyThere,
}

/// Opens the place that a target names; the folder is the one that is published from.
pub type OpenPlace = fn(&Target, &Path) -> Result<Box<dyn Destination>, PublishError>;

/// Runs the desk until somebody ends it.
///
/// # Errors
/// [`PreviewTrouble`] that keeps it from beginning.
pub fn run(listener: TcpListener, opening: Opening) -> Result<Ended, PreviewTrouble> {
    let port = listener.local_addr().map_err(PreviewTrouble::System)?.port();
    let gate = Gate { port, key: opening.key, face: Front::Desk };
    let shared = Arc::new(Shared::new(opening.settings, opening.machine, opening.now, opening.place));
    if let Some(root) = opening.root {
        shared.open(&root)?;
    }
    let mut ended = Ended::Asked;
    let quit = async {
        tokio::select! {
            () = shared.quit.notified() => {}
            () = presence::until_nobody_is_here(&shared, opening.stay) => ended = Ended::NobodyThere,
        }
    };
    serve::answer(listener, router(Arc::clone(&shared), gate), quit, || shared.close())?;
    Ok(ended)
}

fn router(shared: Arc<Shared>, gate: Gate) -> Router {
    Router::new()
        .route("/", get(home::home))
        .route("/open", post(start::open))
        .route("/samples", post(start::samples))
        .route("/you", get(start::you).post(start::set_you))
        .route("/quit", post(start::quit))
        .route("/new", get(new_memo::form).post(new_memo::begin).layer(DefaultBodyLimit::max(upload::MOST)))
        .route("/issue", get(issue::show).post(issue::issue))
        .route("/correct", deed::of_page(correct_fact::page))
        .route("/publish", deed::of_page(publish::page))
        .route("/publish/progress", get(publish::progress))
        .route("/would/{digest}/{*path}", get(deed::would))
        .route(
            "/new/release",
            get(new_release::form).post(new_release::begin).layer(DefaultBodyLimit::max(upload::MOST)),
        )
        .route("/new/release/follows", post(new_release::follows))
        .route(
            "/spreadsheet",
            get(sheet_file::places).post(sheet_file::as_table).layer(DefaultBodyLimit::max(upload::MOST)),
        )
        .route("/slip", get(slip::choose))
        .route("/slip/{id}", get(slip::show).post(slip::record))
        .route("/slip/{id}/follows", post(slip::follows))
        .route("/slip/{id}/take-back", post(slip_kept::take_back))
        .route("/slip/{id}/drop", post(slip_kept::drop))
        .route("/slip/{id}/{begun}", get(slip::show_kept))
        .route("/find", get(find::find))
        .route("/memo/{id}", get(memo::show).post(memo::save))
        .route("/memo/{id}/shown", get(memo::shown))
        .route("/memo/{id}/review", get(review::show).post(review::review))
        .route("/memo/{id}/word", post(word_file::make))
        .route("/memo/{id}/mail", get(mail::show).post(mail::make))
        .route("/memo/{id}/comments", post(comments::say))
        .route("/memo/{id}/word-back", post(word_back::answer).layer(DefaultBodyLimit::max(upload::MOST)))
        .route("/memo/{id}/changes", get(changes::show))
        .route("/memo/{id}/take-back", deed::answers(take_back::page))
        .route("/memo/{id}/correct", deed::answers(correct::page))
        .route("/memo/{id}/withdraw", deed::answers(withdraw::page))
        .route("/memo/{id}/delete", post(memo::delete))
        .route("/memo/{id}/attach", post(upload::attach).layer(DefaultBodyLimit::max(upload::MOST)))
        .route("/office", get(office::show).post(office::save))
        .route("/release/{id}", get(office::show).post(office::save))
        .route("/office/follows", post(office::follows))
        .route("/office/give", post(give::give))
        .route("/release/{id}/follows", post(office::follows))
        .route("/release/{id}/delete", post(office::delete))
        .route("/release/{id}/tasks", get(grid::show).post(grid::save))
        .route("/release/{id}/tasks/follows", post(grid::follows))
        .route("/release/{id}/tasks/follow", get(follow::show).post(follow::follow))
        .route("/release/{id}/tasks/paste", sheet::answers())
        .route("/release/{id}/tasks/excel", get(sheet_file::excel))
        .route("/release/{id}/tasks/paste/follows", post(sheet::follows))
        .route("/file/{kind}/{id}", get(file::show).post(file::save))
        .route("/history/{kind}/{id}", get(history::show).post(history::bring_back))
        .route("/copies", get(copies::show).post(copies::settle))
        .route("/paste", post(paste::pasted))
        .route("/day", post(day::ways))
        .route("/typed", post(typed::keep))
        .route("/typed/leave", post(typed::leave))
        .route("/events", get(events::events))
        .route("/here", post(presence::here))
        .route("/gone", post(presence::gone))
        .route("/news/office", post(news::news))
        .route("/news/{kind}/{id}", post(news::news))
        .route("/site/", get(site))
        .route("/site/{*path}", get(site))
        .merge(looks())
        .route("/dropped.js", fixed(SCRIPT, include_str!("dropped.js")))
        .route("/kept.js", fixed(SCRIPT, include_str!("kept.js")))
        .route("/news.js", fixed(SCRIPT, include_str!("news.js")))
        .route("/fields.js", fixed(SCRIPT, include_str!("fields.js")))
        .route("/mail.js", fixed(SCRIPT, include_str!("mail.js")))
        .route("/memo.js", fixed(SCRIPT, include_str!("memo.js")))
        .route("/text.js", fixed(SCRIPT, include_str!("text.js")))
        .route("/file.js", fixed(SCRIPT, include_str!("file.js")))
        .route("/upload.js", fixed(SCRIPT, include_str!("upload.js")))
        .route("/sheets.js", fixed(SCRIPT, include_str!("sheets.js")))
        .route("/publish.js", fixed(SCRIPT, include_str!("publish.js")))
        .route("/grid.js", fixed(SCRIPT, include_str!("grid.js")))
        .route("/icon.svg", fixed("image/svg+xml", include_str!("../../templates/icon.svg")))
        .route("/favicon.ico", fixed("image/svg+xml", include_str!("../../templates/icon.svg")))
        .fallback(|State(shared): State<Arc<Shared>>| async move {
            shared.pages.problem(&shared, StatusCode::NOT_FOUND, "There is no such page", "Go back to Home.")
        })
        .layer(DefaultBodyLimit::max(FORM))
        .layer(middleware::from_fn_with_state(Arc::clone(&shared), asked))
        .layer(middleware::from_fn_with_state(gate, serve::gate))
        .with_state(shared)
}

/// What the desk's pages need in the preview, too.
fn looks<S: Clone + Send + Sync + 'static>() -> Router<S> {
    let style = concat!(include_str!("../serve/base.css"), include_str!("desk.css"));
    Router::new()
        .route("/desk.css", fixed("text/css; charset=utf-8", style))
        .route("/desk.js", fixed(SCRIPT, include_str!("desk.js")))
        .route("/follows.js", fixed(SCRIPT, include_str!("follows.js")))
}

/// An answer that is always the same.
fn fixed<S: Clone + Send + Sync + 'static>(kind: &'static str, text: &'static str) -> MethodRouter<S> {
    get(move || async move { ([(header::CONTENT_TYPE, HeaderValue::from_static(kind))], text) })
}

/// Whoever asks for something is here.
async fn asked(State(shared): State<Arc<Shared>>, request: Request, next: Next) -> Response {
    shared.windows.asked();
    next.run(request).await
}

/// `GET /site/...`: the pages and PDFs as they were built last.
async fn site(Desk(open): Desk, uri: Uri) -> Response {
    serve::files::file(&open.built, uri.path()).await
}

/// Runs what reads or writes the folder where it may take its time.
async fn unhurried(work: impl FnOnce() -> Answer + Send + 'static) -> Response {
    match tokio::task::spawn_blocking(work).await {
        Ok(answer) => answer.into_response(),
        Err(_) => serve::sentence(
            StatusCode::INTERNAL_SERVER_ERROR,
            "ccrov failed at this. Load the page again to see whether it was saved; what you typed is kept.",
        ),
    }
}
