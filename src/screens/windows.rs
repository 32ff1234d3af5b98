//! The windows that show this desk: which screen each has open, and whether any is left.
//!
//! In: windows that come and say goodbye, connections that begin and end, a beat every second. Out: which screens are open since when;
//! for how long nobody has been here. Not here: what others are told of it (`presence`), what ends the desk.
//!
//! A connection alone does not say that a window is open: a browser lets a page sleep, a laptop closes its lid. A goodbye alone
//! does not say that it is gone: its page may be loaded again. So nobody is here when all windows said goodbye and no connection is
//! left. Time is counted in beats, for the clock goes on while a laptop sleeps and the beats do not.

use std::{
    collections::{BTreeMap, VecDeque},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use chrono::NaiveDateTime;
use tokio::sync::watch as latest;

/// So many beats a screen counts as open that no window shows: its page is loaded again, or the connection comes back.
const GRACE: u32 = 8;

/// So many beats a window counts as awake that says nothing: twice it was asked in that time.
const SILENT: u32 = 150;

/// So many goodbyes are remembered: a window's coming may arrive after them.
const GOODBYES: usize = 64;

/// The windows of this desk.
pub(super) struct Windows {
    here: Mutex<Here>,
    /// How many times somebody came or went.
    news: latest::Sender<u64>,
}

#[derive(Default)]
struct Here {
    windows: BTreeMap<String, DeskWindow>,
    goodbyes: VecDeque<String>,
    connections: usize,
    /// How many beats there has been no connection.
    unheard: u32,
    /// Whether anybody was ever here.
    anybody: bool,
    screens: BTreeMap<String, OpenScreen>,
    /// How many beats nobody has been here.
    quiet: u32,
}

struct DeskWindow {
    root: PathBuf,
    screen: String,
    /// How many beats ago it said that it is here.
    heard: u32,
    /// It is gone without a goodbye: it sleeps, or its browser failed.
    asleep: bool,
}

struct OpenScreen {
    since: NaiveDateTime,
    /// How many beats no window has shown it.
    missed: u32,
}

/// A connection of a browser, until it is dropped.
pub(super) struct Connection(Arc<Windows>);

impl Drop for Connection {
    fn drop(&mut self) {
        self.0.here().connections -= 1;
    }
}

impl Windows {
    pub fn new() -> Windows {
        Windows { here: Mutex::default(), news: latest::channel(0).0 }
    }

    fn here(&self) -> MutexGuard<'_, Here> {
        self.here.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What tells that somebody came or went.
    pub fn news(&self) -> latest::Receiver<u64> {
        self.news.subscribe()
    }

    /// Tells all windows to look who is there.
    pub fn tell(&self) {
        self.news.send_modify(|count| *count += 1);
    }

    /// A window shows a screen of a folder; a screen without a name is one that nobody writes in.
    pub fn come(&self, window: &str, root: &Path, screen: &str) {
        let mut here = self.here();
        here.anybody = true;
        if here.goodbyes.iter().any(|gone| gone == window) {
            return;
        }
        let shown = DeskWindow { root: root.to_owned(), screen: screen.to_owned(), heard: 0, asleep: false };
        let before = here.windows.insert(window.to_owned(), shown);
        drop(here);
        if before.is_none_or(|before| before.asleep) {
            self.tell();
        }
    }

    /// A window shows something else, or is closed.
    pub fn go(&self, window: &str) {
        let mut here = self.here();
        here.goodbyes.push_front(window.to_owned());
        here.goodbyes.truncate(GOODBYES);
        if here.windows.remove(window).is_some() {
            drop(here);
            self.tell();
        }
    }

    /// A browser listens.
    pub fn connect(self: &Arc<Self>) -> Connection {
        let mut here = self.here();
        here.connections += 1;
        here.anybody = true;
        Connection(Arc::clone(self))
    }

    /// Somebody asked for something.
    pub fn asked(&self) {
        self.here().quiet = 0;
    }

    /// Whether a screen of a folder is open in another window.
    pub fn is_elsewhere(&self, window: &str, root: &Path, screen: &str) -> bool {
        let here = self.here();
        let mut others = here.windows.iter().filter(|(id, _)| *id != window);
        others.any(|(_, other)| !other.asleep && other.root == root && other.screen == screen)
    }

    /// A second has passed. Gives the screens of a folder that are open, and since when.
    pub fn beat(&self, root: Option<&Path>, now: NaiveDateTime) -> BTreeMap<String, NaiveDateTime> {
        let here = &mut *self.here();
        let nobody = here.anybody && here.connections == 0 && here.windows.is_empty();
        here.quiet = if nobody { here.quiet + 1 } else { 0 };
        here.unheard = if here.connections == 0 { here.unheard + 1 } else { 0 };
        let unheard = here.unheard > GRACE;
        for window in here.windows.values_mut() {
            window.heard += 1;
            window.asleep |= unheard || window.heard > SILENT;
        }
        here.screens.values_mut().for_each(|screen| screen.missed += 1);
        let is_shown = |window: &&DeskWindow| {
            !window.asleep && Some(window.root.as_path()) == root && !window.screen.is_empty()
        };
        for window in here.windows.values().filter(is_shown) {
            let open = OpenScreen { since: now, missed: 0 };
            here.screens.entry(window.screen.clone()).or_insert(open).missed = 0;
        }
        here.screens.retain(|_, screen| screen.missed <= GRACE);
        here.screens.iter().map(|(screen, open)| (screen.clone(), open.since)).collect()
    }

    /// For how many beats nobody has been here.
    pub fn quiet(&self) -> u32 {
        self.here().quiet
    }
}
