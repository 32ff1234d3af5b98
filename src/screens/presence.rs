//! Who has what open: told to the desks of other machines, heard from them; and the end of a desk at which nobody sits.
//!
//! In: the windows of this desk, the small files of others. Out: a small file of this desk's own; that the desk is to end. It keeps
//! nobody out. Not here: which windows there are (`windows`), what such a file holds (`folder`).

use std::{path::PathBuf, sync::Arc, time::Duration};

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use chrono::{NaiveDateTime, TimeDelta};

use super::{
    open::{OpenFolder, Shared},
    request::FormData,
    typed, values,
};
use crate::folder::{Presence, presences};

/// How long a beat is.
const BEAT: Duration = Duration::from_secs(1);

/// Every how many beats the files of others are looked at.
const LOOK: u32 = 2;

/// After how many beats the same is told again: a synced folder must not be busy with it.
const AGAIN: u32 = 120;

/// For how many minutes it counts what somebody told: longer than until it is told again, and than clocks differ.
const COUNTS: i64 = 6;

/// What was told last, and heard.
#[derive(Default)]
pub(super) struct PresenceNews {
    ours: Option<(PathBuf, Presence)>,
    others: Vec<Presence>,
    beats: u32,
}

impl PresenceNews {
    /// Takes back what was told.
    pub fn take_back(&mut self) {
        if let Some((root, presence)) = self.ours.take() {
            // What stays counts for some minutes more.
            let _ = presence.take_back(&root);
        }
    }
}

/// `POST /here`: a window shows a screen.
pub(super) async fn here(State(shared): State<Arc<Shared>>, form: FormData) -> Response {
    let root = shared.folder().map(|open| open.root.clone()).unwrap_or_default();
    let [window, screen] = ["window", "screen"].map(|name| form.get(name).unwrap_or_default());
    shared.windows.come(window, &root, screen);
    StatusCode::NO_CONTENT.into_response()
}

/// `POST /gone`: a window shows it no more.
pub(super) async fn gone(State(shared): State<Arc<Shared>>, form: FormData) -> Response {
    shared.windows.go(form.get("window").unwrap_or_default());
    StatusCode::NO_CONTENT.into_response()
}

/// Tells and hears, until nobody has been here for as long as the desk is to stay, and nothing is unsaved.
pub(super) async fn until_nobody_is_here(shared: &Arc<Shared>, stay: Duration) {
    loop {
        tokio::time::sleep(BEAT).await;
        let shared = Arc::clone(shared);
        let beat = tokio::task::spawn_blocking(move || beat(&shared, stay)).await;
        if beat.unwrap_or(false) {
            return;
        }
    }
}

/// Whether the desk is to end.
fn beat(shared: &Shared, stay: Duration) -> bool {
    let (open, now) = (shared.folder(), shared.now());
    let screens = shared.windows.beat(open.as_ref().map(|open| open.root.as_path()), now);
    let mut told = shared.presence();
    told.beats += 1;
    if let Some(open) = &open {
        let (by, machine) = (shared.settings().person(&open.root), shared.machine.clone());
        let presence = Presence { by, machine, at: now, pages: screens };
        tell(&mut told, open, presence);
        if told.beats.is_multiple_of(LOOK) {
            let others = others(shared, open, now);
            let seen = |all: &[Presence]| {
                all.iter().map(|p| (p.by.clone(), p.machine.clone(), p.pages.clone())).collect::<Vec<_>>()
            };
            if seen(&others) != seen(&told.others) {
                shared.windows.tell();
            }
            told.others = others;
        }
    }
    let is_over = Duration::from_secs(shared.windows.quiet().into()) >= stay;
    is_over && !open.is_some_and(|open| typed::is_unsaved(shared, &open))
}

/// Tells others what is open here, if it is something else than before, or was told long ago.
fn tell(told: &mut PresenceNews, open: &OpenFolder, presence: Presence) {
    let same = |(root, before): &(PathBuf, Presence)| {
        *root == open.root && before.by == presence.by && before.machine == presence.machine
    };
    if !told.ours.as_ref().is_some_and(same) {
        told.take_back();
        if presence.pages.is_empty() {
            return;
        }
    }
    let is_new = told.ours.as_ref().is_none_or(|(_, before)| before.pages != presence.pages);
    if presence.pages.is_empty() {
        told.take_back();
    } else if is_new || told.beats.is_multiple_of(AGAIN) {
        // A folder that cannot be written tells nobody, and keeps nobody from reading.
        let _ = presence.tell(&open.root);
        told.ours = Some((open.root.clone(), presence));
    }
}

/// What others have open, as far as it still counts.
fn others(shared: &Shared, open: &OpenFolder, now: NaiveDateTime) -> Vec<Presence> {
    let by = shared.settings().person(&open.root);
    let mut others = presences(&open.root);
    others.retain(|presence| {
        !presence.is_of(by.as_deref(), &shared.machine)
            && (now - presence.at).abs() <= TimeDelta::minutes(COUNTS)
    });
    others.sort_by(|a, b| (&a.machine, &a.by).cmp(&(&b.machine, &b.by)));
    others
}

/// Who else has a screen open, each in a sentence: "Maria Lopez has this open since 9:40 a.m. (SOS-PC-114)."
pub(super) fn lines(shared: &Shared, open: &OpenFolder, screen: &str, window: &str) -> Vec<String> {
    let now = shared.now();
    let others = others(shared, open, now).into_iter().filter_map(|presence| {
        let since = presence.pages.get(screen)?;
        let who = presence.by.map(|id| open.person_name(&id).unwrap_or(id));
        let who = who.unwrap_or_else(|| "Somebody".to_owned());
        Some(format!("{who} has had this open since {} ({}).", values::lately(*since, now), presence.machine))
    });
    let mut lines: Vec<String> = others.collect();
    if !window.is_empty() && shared.windows.is_elsewhere(window, &open.root, screen) {
        lines.push("You have this open in another window, too.".to_owned());
    }
    lines
}
