//! What was saved in memos/ and templates/.
//!
//! In: what the system tells of the working folder. Out: the paths of the files that are others, when nobody
//! has saved anything for a moment. Files that editors keep beside a file for themselves are left out. Not here:
//! what is done about it.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc::{Receiver, RecvTimeoutError, Sender, channel},
    },
    time::Duration,
};

use notify::{
    Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _,
    event::{AccessKind, AccessMode, ModifyKind},
};

use super::{PreviewTrouble, listing::Listing};

/// An editor that saves does several things within this time.
const MOMENT: Duration = Duration::from_millis(15);

/// So many moments a file is waited for that is being written, where the system says when it is closed.
const WRITING: usize = if cfg!(target_os = "linux") { 60 } else { 0 };

/// How often a folder is looked for that has gone away.
const AGAIN: Duration = Duration::from_secs(1);

/// How often the files are looked at, where the system tells nothing.
const LOOK: Duration = Duration::from_secs(2);

/// So many events are one change at most: somebody who writes without an end does not stop the preview.
const MOST: usize = 10_000;

/// The folders of which everything matters.
const FOLDERS: [&str; 2] = ["memos", "templates"];

/// A working folder that is watched.
pub(super) struct Watch {
    root: PathBuf,
    sender: Sender<notify::Result<Event>>,
    told: Receiver<notify::Result<Event>>,
    /// None while memos/ is not there.
    watcher: Option<RecommendedWatcher>,
    /// What was there when the system told of it, or when the files were looked at last.
    listing: Listing,
    stopped: Arc<AtomicBool>,
}

/// Ends a watch.
pub(super) struct Stop {
    stopped: Arc<AtomicBool>,
    sender: Sender<notify::Result<Event>>,
}

impl Stop {
    /// Ends it now.
    pub fn now(&self) {
        self.stopped.store(true, Ordering::Relaxed);
        // It only has to wake; a watch that is gone already needs no waking.
        let _ = self.sender.send(Ok(Event::default()));
    }
}

impl Watch {
    /// Watches a working folder.
    pub fn new(root: &Path) -> Result<Watch, PreviewTrouble> {
        let root = root
            .canonicalize()
            .map_err(|error| PreviewTrouble::Watch { path: root.to_owned(), said: error.to_string() })?;
        let (sender, told) = channel();
        let (stopped, listing) = (Arc::default(), Listing::of(&root, &FOLDERS));
        let mut watch = Watch { root, sender, told, watcher: None, listing, stopped };
        match watch.watcher() {
            Ok(watcher) => watch.watcher = Some(watcher),
            Err(error) => {
                return Err(PreviewTrouble::Watch { path: watch.root.join("memos"), said: words(error) });
            }
        }
        Ok(watch)
    }

    /// What ends it.
    pub fn stop(&self) -> Stop {
        Stop { stopped: Arc::clone(&self.stopped), sender: self.sender.clone() }
    }

    /// What changed without a word of the system.
    fn untold(&mut self) -> Vec<String> {
        let now = Listing::of(&self.root, &FOLDERS);
        let mut changed = now.since(&self.listing);
        let of_editors = |path: &String| path.split('/').any(is_aside);
        changed.retain(|path| !of_editors(path));
        self.listing = now;
        changed
    }

    /// A folder that takes another's place is another to the system, so all are named anew.
    fn watcher(&self) -> notify::Result<RecommendedWatcher> {
        let mut watcher = notify::recommended_watcher(self.sender.clone())?;
        watcher.watch(&self.root, RecursiveMode::NonRecursive)?;
        watcher.watch(&self.root.join("memos"), RecursiveMode::Recursive)?;
        let templates = self.root.join("templates");
        if templates.is_dir() {
            watcher.watch(&templates, RecursiveMode::Recursive)?;
        }
        Ok(watcher)
    }

    /// Waits until something was saved. Gives the files' paths from the working folder; a path that is a folder
    /// says that anything in it may be another.
    pub fn wait(&mut self) -> Option<Vec<String>> {
        loop {
            if self.stopped.load(Ordering::Relaxed) {
                return None;
            }
            let first = match &self.watcher {
                Some(_) => match self.told.recv_timeout(LOOK) {
                    Ok(event) => event,
                    Err(RecvTimeoutError::Timeout) => {
                        let changed = self.untold();
                        if changed.is_empty() {
                            continue;
                        }
                        return Some(changed);
                    }
                    Err(RecvTimeoutError::Disconnected) => return None,
                },
                None => match self.told.recv_timeout(AGAIN) {
                    Ok(event) => event,
                    Err(RecvTimeoutError::Timeout) => {
                        self.watcher = self.watcher().ok();
                        if self.watcher.is_some() {
                            return Some(vec!["memos".to_owned()]);
                        }
                        continue;
                    }
                    Err(RecvTimeoutError::Disconnected) => return None,
                },
            };
            let changed = self.gather(first);
            if !changed.is_empty() {
                changed.iter().for_each(|path| self.listing.note(&self.root, path));
                return Some(changed);
            }
        }
    }

    fn gather(&mut self, first: notify::Result<Event>) -> Vec<String> {
        let mut seen = Seen::default();
        self.take(first, &mut seen);
        let mut moments = 0;
        // What does not matter is not waited for.
        for _ in 0..MOST {
            if seen.changed.is_empty() && !seen.anew {
                break;
            }
            match self.told.recv_timeout(MOMENT) {
                Ok(event) => self.take(event, &mut seen),
                Err(_) if seen.writing.is_empty() || moments == WRITING => break,
                Err(_) => moments += 1,
            }
        }
        if seen.anew || !self.root.join("memos").is_dir() {
            self.watcher = self.watcher().ok();
            seen.changed.insert("memos".to_owned());
        }
        seen.changed.into_iter().collect()
    }

    /// Notes what an event tells.
    fn take(&self, event: notify::Result<Event>, seen: &mut Seen) {
        let Ok(event) = event else {
            seen.anew = true;
            return;
        };
        let closed = event.kind == EventKind::Access(AccessKind::Close(AccessMode::Write));
        if event.kind.is_access() && !closed {
            return;
        }
        seen.anew |= event.need_rescan();
        for path in &event.paths {
            let Ok(inside) = path.strip_prefix(&self.root) else { continue };
            let names: Vec<_> = inside.iter().map(|name| name.to_string_lossy()).collect();
            match names.as_slice() {
                [] => seen.anew |= !event.kind.is_modify() || !self.root.is_dir(),
                [folder] => seen.anew |= FOLDERS.contains(&&**folder),
                [folder, rest @ ..]
                    if FOLDERS.contains(&&**folder) && !rest.iter().any(|name| is_aside(name)) =>
                {
                    let name = names.join("/");
                    match event.kind {
                        EventKind::Modify(ModifyKind::Data(_)) => _ = seen.writing.insert(name.clone()),
                        _ => _ = seen.writing.remove(&name),
                    }
                    seen.changed.insert(name);
                }
                _ => {}
            }
        }
    }
}

/// What one change is made of.
#[derive(Default)]
struct Seen {
    changed: BTreeSet<String>,
    /// Files that somebody still writes: read now, they would be half there.
    writing: BTreeSet<String>,
    /// A folder that is watched may be another now.
    anew: bool,
}

/// Whether a file is an editor's own: what it keeps until a file is saved, locks, trials.
fn is_aside(name: &str) -> bool {
    name.starts_with(['.', '~', '#'])
        || name.ends_with('~')
        || [".swp", ".swx", ".tmp"].iter().any(|ending| name.ends_with(ending))
        // What vim writes to see whether it may.
        || name == "4913"
}

/// What the system said, without what it is about.
fn words(mut error: notify::Error) -> String {
    error.paths.clear();
    error.to_string()
}
