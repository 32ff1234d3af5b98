//! The preview: a window in a browser that shows memos while they are written.
//!
//! In: a working folder, a listener. Out: pages over HTTP, for this machine alone; an event after each build that changed
//! something. It builds into a folder of its own, and writes nothing else. Not here: how memos are built, and the
//! pages of what would move (`screens::what_if`).

mod builder;
mod doors;
pub(crate) mod events;
pub(crate) mod files;
mod folder;
pub(crate) mod gate;
mod key;
mod listing;
mod look;
mod shown;
mod watch;
mod window;

use std::{
    error::Error,
    fmt,
    future::{self, IntoFuture as _},
    io,
    net::TcpListener,
    path::{Path, PathBuf},
    sync::{
        Arc,
        mpsc::{Receiver, Sender, channel},
    },
    thread,
    time::Duration,
};

use axum::{
    Router,
    extract::FromRef,
    http::{HeaderValue, StatusCode, header},
    middleware,
    response::{IntoResponse, Response},
    routing::get,
};
use tokio::sync::watch as latest;

pub use key::RunKey;
pub use look::{NothingToShow, look};

use builder::Workshop;
use doors::Doors;
use folder::TemporaryFolder;
pub(crate) use gate::{Front, Gate, gate};
pub(crate) use shown::{MemoRow, PreviewFile, PreviewState, Screen};
use watch::{Stop, Watch};
use window::WindowPages;

/// How long the end waits for what is being written.
const LAST: Duration = Duration::from_secs(30);

/// Why there is no preview or desk, or no more of it.
#[derive(Debug)]
pub enum PreviewTrouble {
    /// Changes of a folder cannot be told.
    Watch {
        /// The folder.
        path: PathBuf,
        /// What the system said.
        said: String,
    },
    /// There is no folder for what the preview builds.
    NoFolder(io::Error),
    /// The system refuses what a server needs.
    System(io::Error),
}

impl fmt::Display for PreviewTrouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PreviewTrouble::Watch { path, said } => write!(
                f,
                "{} cannot be watched, so a saved file would not be noticed: {said}; look at who may read it",
                path.display()
            ),
            PreviewTrouble::NoFolder(error) => {
                write!(f, "there is no folder for the pages that are built: {error}")
            }
            PreviewTrouble::System(error) => write!(f, "the server cannot run: {error}"),
        }
    }
}

impl Error for PreviewTrouble {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            PreviewTrouble::NoFolder(error) | PreviewTrouble::System(error) => Some(error),
            PreviewTrouble::Watch { .. } => None,
        }
    }
}

/// What all requests share.
#[derive(Clone)]
struct Server {
    built: Built,
    pages: Arc<WindowPages>,
}

impl FromRef<Server> for Built {
    fn from_ref(server: &Server) -> Built {
        server.built.clone()
    }
}

/// A working folder that is built whenever something in it was saved, until the last of these is gone.
#[derive(Clone)]
pub(crate) struct Built {
    /// What the last build left.
    pub state: latest::Receiver<PreviewState>,
    /// How many times something was saved: told before it is built.
    pub saves: latest::Receiver<u64>,
    /// The folder that it is built into.
    folder: Arc<TemporaryFolder>,
    /// What ends the watch.
    stop: Arc<Stop>,
}

impl Built {
    /// Begins to build a working folder, in a thread of its own.
    ///
    /// # Errors
    /// [`PreviewTrouble`] if it cannot be watched, or there is no folder to build into.
    pub fn begin(root: &Path) -> Result<Built, PreviewTrouble> {
        let folder = Arc::new(TemporaryFolder::new().map_err(PreviewTrouble::NoFolder)?);
        let builder = Workshop::new(root, Arc::clone(&folder));
        let watch = Watch::new(root)?;
        let stop = Arc::new(watch.stop());
        let (sender, state) = latest::channel(PreviewState::default());
        let (told, saves) = latest::channel(0);
        let (hand_on, changes) = channel();
        thread::Builder::new()
            .spawn(move || look_out(watch, &told, &hand_on))
            .map_err(PreviewTrouble::System)?;
        thread::Builder::new()
            // As large as the first thread's is: what builds here builds there.
            .stack_size(8 << 20)
            .spawn(move || work(builder, &changes, &sender))
            .map_err(PreviewTrouble::System)?;
        Ok(Built { state, saves, folder, stop })
    }

    /// Ends it, and removes what was built.
    pub fn end(&self) {
        self.stop.now();
        self.folder.remove();
    }
}

/// Shows the working folder `root` until somebody ends the program, then removes the folder with what was
/// built. `listener` listens on this machine alone; only who shows the `key` is answered; `more` are pages beside the window.
///
/// # Errors
/// [`PreviewTrouble`] that keeps the preview from beginning.
pub fn run(listener: TcpListener, root: &Path, key: RunKey, more: Router) -> Result<(), PreviewTrouble> {
    let built = Built::begin(root)?;
    let port = listener.local_addr().map_err(PreviewTrouble::System)?.port();
    let name =
        root.canonicalize().ok().and_then(|root| Some(root.file_name()?.to_string_lossy().into_owned()));
    let server = Server { built: built.clone(), pages: Arc::new(WindowPages::new(name.unwrap_or_default())) };
    let gate = Gate { port, key, face: Front::Preview };
    answer(listener, router(server, more, gate), future::pending(), || built.end())
}

/// Answers requests until somebody ends the program or `quit` says so; then `end` ends what goes beside.
///
/// # Errors
/// [`PreviewTrouble::System`] if the system refuses what a server needs.
pub(crate) fn answer(
    listener: TcpListener,
    router: Router,
    quit: impl Future<Output = ()>,
    end: impl FnOnce(),
) -> Result<(), PreviewTrouble> {
    listener.set_nonblocking(true).map_err(PreviewTrouble::System)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(PreviewTrouble::System)?;
    let served = runtime.block_on(async {
        let doors = Doors::new(tokio::net::TcpListener::from_std(listener)?);
        tokio::select! {
            served = axum::serve(doors, router).into_future() => served,
            ended = ended() => ended,
            () = quit => Ok(()),
        }
    });
    end();
    // What is being written is finished first.
    runtime.shutdown_timeout(LAST);
    served.map_err(PreviewTrouble::System)
}

/// Tells at once what was saved, also while something is built: a form that shows it must not wait for that.
fn look_out(mut watch: Watch, saves: &latest::Sender<u64>, changes: &Sender<Vec<String>>) {
    while let Some(changed) = watch.wait() {
        saves.send_modify(|count| *count += 1);
        if changes.send(changed).is_err() {
            break;
        }
    }
}

/// Builds at first, and whenever something was saved: what was saved itself first, and all else when nobody is
/// saving. What was saved while it builds is built next, so the last state is what is shown in the end.
fn work(mut builder: Workshop, changes: &Receiver<Vec<String>>, sender: &latest::Sender<PreviewState>) {
    let publish = |shown: Screen| {
        sender.send_if_modified(|state| state.take(shown));
    };
    publish(builder.whole());
    while let Ok(first) = changes.recv() {
        let mut next = Some(first);
        while let Some(changed) = next {
            builder.part(&changed).into_iter().for_each(publish);
            next = changes.try_recv().ok();
        }
        publish(builder.whole());
    }
}

/// Waits until somebody ends the program.
async fn ended() -> io::Result<()> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let (mut end, mut gone) = (signal(SignalKind::terminate())?, signal(SignalKind::hangup())?);
        tokio::select! {
            asked = tokio::signal::ctrl_c() => asked,
            _ = end.recv() => Ok(()),
            _ = gone.recv() => Ok(()),
        }
    }
    #[cfg(not(unix))]
    tokio::signal::ctrl_c().await
}

fn router(server: Server, more: Router, gate: Gate) -> Router {
    let fixed = |kind: &'static str, text: &'static str| {
        get(move || async move { ([(header::CONTENT_TYPE, HeaderValue::from_static(kind))], text) })
    };
    Router::new()
        .route("/", get(window::window))
        .route("/memo", get(window::memo))
        .route("/list", get(window::list))
        .route("/events", get(events::events))
        .route(
            "/window.css",
            fixed("text/css; charset=utf-8", concat!(include_str!("base.css"), include_str!("window.css"))),
        )
        .route("/window.js", fixed("text/javascript; charset=utf-8", include_str!("window.js")))
        .route("/icon.svg", fixed("image/svg+xml", include_str!("../../templates/icon.svg")))
        .route("/favicon.ico", fixed("image/svg+xml", include_str!("../../templates/icon.svg")))
        .route("/site", get(files::root))
        .route("/site/", get(files::site))
        .route("/site/{*path}", get(files::site))
        .fallback(|| async { sentence(StatusCode::NOT_FOUND, "There is no such page in the preview.") })
        .with_state(server)
        .merge(more)
        .layer(middleware::from_fn_with_state(gate, gate::gate))
}

/// An answer that is one sentence.
pub(crate) fn sentence(status: StatusCode, words: &'static str) -> Response {
    (status, format!("{words}\n")).into_response()
}
