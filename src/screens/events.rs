//! The one connection over which all windows of a browser hear what is new.
//!
//! In: what was built or saved, who came or went. Out: events: `built`, `news`; `again`, which asks who is here. Not here: what is new, which a window asks for.

use std::{convert::Infallible, sync::Arc, time::Duration};

use axum::{
    extract::State as Of,
    http::StatusCode,
    response::{
        IntoResponse as _, Response, Sse,
        sse::{Event, KeepAlive},
    },
};
use futures_util::stream::unfold;

use tokio::{
    sync::watch as latest,
    time::{Interval, MissedTickBehavior},
};

use super::{open::Shared, windows::Connection};
use crate::serve::{PreviewState, events::QUIET};

/// How often all windows are asked whether they are here.
const AGAIN: Duration = Duration::from_secs(60);

/// `GET /events`. Without a folder there is nothing to hear, and a window asks again.
pub(super) async fn events(Of(shared): Of<Arc<Shared>>) -> Response {
    let Some(open) = shared.folder() else { return StatusCode::NO_CONTENT.into_response() };
    let (mut state, saves) = (open.built.state.clone(), open.built.saves.clone());
    let (news, connection) = (shared.windows.news(), shared.windows.connect());
    state.mark_changed();
    let mut again = tokio::time::interval(AGAIN);
    // A laptop that slept is asked once.
    again.set_missed_tick_behavior(MissedTickBehavior::Delay);
    again.reset();
    let heard = Heard { state, saves, news, again, _connection: connection };
    let stream = unfold(heard, |mut heard| async { Some((Ok::<_, Infallible>(heard.next().await?), heard)) });
    Sse::new(stream).keep_alive(KeepAlive::new().interval(QUIET)).into_response()
}

/// What one browser hears.
struct Heard {
    state: latest::Receiver<PreviewState>,
    saves: latest::Receiver<u64>,
    news: latest::Receiver<u64>,
    again: Interval,
    _connection: Connection,
}

impl Heard {
    /// The next event; none if another folder was opened.
    async fn next(&mut self) -> Option<Event> {
        let (name, data) = tokio::select! {
            built = self.state.changed() => {
                built.ok()?;
                ("built", self.state.borrow_and_update().name())
            }
            saved = self.saves.changed() => {
                saved.ok()?;
                ("news", "saved".to_owned())
            }
            came = self.news.changed() => {
                came.ok()?;
                ("news", "windows".to_owned())
            }
            _ = self.again.tick() => ("again", String::new()),
        };
        Some(Event::default().event(name).data(data))
    }
}
