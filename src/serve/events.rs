//! The event that tells a window that there is something new.
//!
//! In: the state as it changes. Out: its name as a server-sent event, at once and after each change. Not here:
//! what is new, which the window asks for.

use std::{convert::Infallible, time::Duration};

use axum::{
    extract::State as Shared,
    response::sse::{Event, KeepAlive, Sse},
};
use futures_util::stream::{Stream, unfold};

use super::Built;

/// How long nothing is sent at most: so a window that has gone away is noticed.
pub(crate) const QUIET: Duration = Duration::from_secs(15);

/// `GET /events`.
pub(super) async fn events(
    Shared(built): Shared<Built>,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let mut state = built.state;
    state.mark_changed();
    let stream = unfold(state, |mut state| async move {
        state.changed().await.ok()?;
        let name = state.borrow_and_update().name();
        Some((Ok(Event::default().event("built").data(name)), state))
    });
    Sse::new(stream).keep_alive(KeepAlive::new().interval(QUIET))
}
