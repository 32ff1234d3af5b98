//! What all requests share: the folder that is open, who sits here, the pages.
//!
//! In: a path. Out: an [`OpenFolder`] that is built while somebody works in it. Not here: what is asked of it.

use std::{
    collections::BTreeMap,
    fs,
    path::{self, Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock},
};

use chrono::{NaiveDateTime, SubsecRound as _};
use tokio::sync::Notify;

use super::{
    OpenPlace, Settings, deed::Looked, interrupted, pages::Pages, presence::PresenceNews, publish::Sending,
    values, windows::Windows,
};
use crate::{
    desk::{Desk, Refused, again_if_stale},
    folder::{CommitError, Plan, Receipt, Snapshot, WorkingFolder},
    publish::{Destination, PublishError, Target},
    serve::{Built, PreviewTrouble, RunKey},
    words::series,
    yaml::{Entry, outline},
};

/// What all requests share.
pub(super) struct Shared {
    /// The folder that is open.
    open: RwLock<Option<Arc<OpenFolder>>>,
    settings: Mutex<Settings>,
    /// The name of this machine.
    pub machine: String,
    pub pages: Pages,
    /// What each form shows as long as no folder is open.
    token: RunKey,
    /// Ends the desk.
    pub quit: Notify,
    now: fn() -> NaiveDateTime,
    place: OpenPlace,
    /// The windows that show it.
    pub windows: Arc<Windows>,
    presence: Mutex<PresenceNews>,
    /// What is to be said once on a page, by its address.
    said: Mutex<BTreeMap<String, String>>,
}

/// A working folder that somebody works in.
pub(super) struct OpenFolder {
    pub root: PathBuf,
    /// Its name, for the head of each page.
    pub name: String,
    /// What is built of it.
    pub built: Built,
    /// What the forms of this folder show: one that was shown of another folder is refused.
    pub token: RunKey,
    desk: Mutex<Desk>,
    /// What plans would make, for whoever looks at them.
    pub looked: Looked,
    /// How far a publication is.
    pub sending: Sending,
    /// Held while what somebody types is kept or forgotten.
    typing: Mutex<()>,
}

impl Shared {
    pub fn new(settings: Settings, machine: String, now: fn() -> NaiveDateTime, place: OpenPlace) -> Shared {
        Shared {
            open: RwLock::default(),
            settings: Mutex::new(settings),
            machine,
            pages: Pages::new(),
            token: RunKey::new(),
            quit: Notify::new(),
            now,
            place,
            windows: Arc::new(Windows::new()),
            presence: Mutex::default(),
            said: Mutex::default(),
        }
    }

    /// The time, to the second.
    pub fn now(&self) -> NaiveDateTime {
        (self.now)().trunc_subsecs(0)
    }

    /// Says on a page, the next time it is shown, that it was saved just now, and what others changed meanwhile.
    pub fn tell(&self, page: &str, merged: &[String]) {
        let saved = format!("Saved {}", values::clock(self.now()));
        let said = match merged {
            [] => saved,
            merged => {
                format!("{saved} Somebody else changed {} meanwhile; that is kept, too.", series(merged))
            }
        };
        self.say(page, said);
    }

    /// Says something on a page the next time that it is shown.
    pub fn say(&self, page: &str, words: String) {
        self.said.lock().unwrap_or_else(PoisonError::into_inner).insert(page.to_owned(), words);
    }

    /// What is to be said on a page.
    pub fn told(&self, page: &str) -> Option<String> {
        self.said.lock().unwrap_or_else(PoisonError::into_inner).remove(page)
    }

    /// What this user has chosen.
    pub fn settings(&self) -> MutexGuard<'_, Settings> {
        self.settings.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What each form shows to prove that a page of this run, and of the folder that is open, has it.
    pub fn token(&self) -> RunKey {
        self.folder().map_or_else(|| self.token.clone(), |folder| folder.token.clone())
    }

    /// The folder that is open.
    pub fn folder(&self) -> Option<Arc<OpenFolder>> {
        self.open.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Opens a folder in place of the one that was open. What an earlier command left unfinished is finished first.
    ///
    /// # Errors
    /// [`PreviewTrouble`] if it cannot be watched or built.
    pub fn open(&self, root: &Path) -> Result<(), PreviewTrouble> {
        let root = path::absolute(root).unwrap_or_else(|_| root.to_owned());
        let name = root.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        if let Some(said) = interrupted::finish(&root) {
            self.say("/", said);
        }
        let built = Built::begin(&root)?;
        self.settings().opened(&root);
        let desk = Mutex::new(Desk::at(&WorkingFolder::at(&root)));
        let (token, typing) = (RunKey::new(), Mutex::default());
        let (looked, sending) = (Looked::default(), Sending::default());
        let folder = Arc::new(OpenFolder { root, name, built, token, desk, looked, sending, typing });
        let before = self.open.write().unwrap_or_else(PoisonError::into_inner).replace(folder);
        before.iter().for_each(|before| before.built.end());
        Ok(())
    }

    /// What others were told of who is here.
    pub fn presence(&self) -> MutexGuard<'_, PresenceNews> {
        self.presence.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Ends what is built, and what others are told.
    pub fn close(&self) {
        self.presence().take_back();
        self.folder().iter().for_each(|folder| folder.built.end());
    }

    /// Opens the place that a target names, to publish there from a folder.
    ///
    /// # Errors
    /// [`PublishError`].
    pub fn place(&self, target: &str, folder: &OpenFolder) -> Result<Box<dyn Destination>, PublishError> {
        (self.place)(&Target::read(target)?, &folder.root)
    }

    /// Commits a plan, in the name of whoever sits here.
    ///
    /// # Errors
    /// [`CommitError`].
    pub fn commit<R>(&self, folder: &OpenFolder, plan: Plan<R>) -> Result<Receipt<R>, CommitError> {
        let by = self.settings().person(&folder.root);
        let working = WorkingFolder::at(&folder.root).asked_at(self.now());
        match by {
            Some(by) => working.asked_by(by).commit(plan),
            None => working.commit(plan),
        }
    }

    /// Plans and commits once more, if somebody else has written the folder in between.
    ///
    /// # Errors
    /// [`Refused`].
    pub fn carry_out<R>(
        &self,
        folder: &OpenFolder,
        plan: impl Fn(&Snapshot) -> Result<Plan<R>, Refused>,
    ) -> Result<R, Refused> {
        again_if_stale(|| {
            let planned = plan(&folder.snapshot()?)?;
            Ok(self.commit(folder, planned)?.report)
        })
    }
}

impl OpenFolder {
    /// The folder as it is now.
    ///
    /// # Errors
    /// [`Refused`] if it cannot be read.
    pub fn snapshot(&self) -> Result<Snapshot, Refused> {
        self.desk.lock().unwrap_or_else(PoisonError::into_inner).snapshot()
    }

    /// What keeps this folder alike on several machines, if its path tells it: OneDrive, Dropbox.
    pub fn is_synced(&self) -> Option<&'static str> {
        let parts = || self.root.components().map(|part| part.as_os_str().to_string_lossy().into_owned());
        ["OneDrive", "SharePoint", "Dropbox", "Google Drive"]
            .into_iter()
            .find(|name| parts().any(|part| part.starts_with(name)))
    }

    /// Keeps others from keeping and forgetting what is typed.
    pub fn typing(&self) -> MutexGuard<'_, ()> {
        self.typing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The people of the office: their ids and names.
    pub fn people(&self) -> Vec<(String, String)> {
        let text = fs::read_to_string(self.root.join("memos/office.yaml")).unwrap_or_default();
        let entries = outline(&text).unwrap_or_default();
        let person = |entry: &Entry| {
            let id = entry.path.strip_prefix("people.")?.strip_suffix(".name")?;
            Some((id.to_owned(), entry.text.clone()?))
        };
        entries.iter().filter_map(person).collect()
    }

    /// The name of a person of the office.
    pub fn person_name(&self, id: &str) -> Option<String> {
        self.people().into_iter().find(|(known, _)| known == id).map(|(_, name)| name)
    }
}
