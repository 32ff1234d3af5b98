//! The key to a preview: whoever has no key of this run is answered nothing, though he is on the same machine.
//!
//! In: the system's randomness. Out: [`RunKey`], in the address that is opened first, then in a cookie. Not here: what else a
//! request is asked for.

use std::{
    fmt,
    hash::{BuildHasher as _, RandomState},
};

use axum::http::{HeaderMap, HeaderValue, header};

/// What a browser must show to see the preview.
#[derive(Clone, PartialEq, Eq)]
pub struct RunKey(String);

impl RunKey {
    /// A key that nobody can guess.
    pub fn new() -> RunKey {
        // Each of these hashes by a secret of 128 bits that the system drew; what it makes of a number says nothing of it.
        let drawn = |number: u64| RandomState::new().hash_one(number);
        RunKey(format!("{:016x}{:016x}", drawn(1), drawn(2)))
    }

    /// The address at which a preview of this port is opened.
    pub fn address(&self, port: u16) -> String {
        format!("http://127.0.0.1:{port}/?key={}", self.0)
    }

    /// What a form carries to show that a page of this run has it.
    pub fn token(&self) -> &str {
        &self.0
    }

    /// Whether a form shows it.
    pub(crate) fn is_shown(&self, token: &str) -> bool {
        self.is(token)
    }

    /// Whether the part of an address after its question mark shows it.
    pub(super) fn is_in_query(&self, query: Option<&str>) -> bool {
        let shown = query.into_iter().flat_map(|query| query.split('&'));
        shown.filter_map(|pair| pair.strip_prefix("key=")).any(|key| self.is(key))
    }

    /// Whether a cookie shows it. Cookies of other ports are sent here, too.
    pub(super) fn is_in_cookie(&self, headers: &HeaderMap, port: u16) -> bool {
        let cookies = headers.get_all(header::COOKIE).iter().filter_map(|cookie| cookie.to_str().ok());
        let name = format!("ccrov-{port}=");
        cookies
            .flat_map(|all| all.split("; "))
            .filter_map(|one| one.strip_prefix(&name))
            .any(|key| self.is(key))
    }

    /// The cookie that shows it from now on.
    /// With `strict`, no link of another site brings it along.
    pub(super) fn cookie(&self, port: u16, strict: bool) -> HeaderValue {
        let same_site = if strict { "Strict" } else { "Lax" };
        let cookie = format!("ccrov-{port}={}; Path=/; HttpOnly; SameSite={same_site}", self.0);
        HeaderValue::from_str(&cookie).expect("figures and letters make a header")
    }

    /// How long it takes says nothing of where they differ.
    fn is(&self, shown: &str) -> bool {
        let differs = |(a, b): (u8, u8)| a ^ b;
        shown.len() == self.0.len()
            && shown.bytes().zip(self.0.bytes()).map(differs).fold(0, |all, one| all | one) == 0
    }
}

impl Default for RunKey {
    fn default() -> RunKey {
        RunKey::new()
    }
}

impl fmt::Debug for RunKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RunKey")
    }
}
