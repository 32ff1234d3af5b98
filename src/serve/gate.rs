//! Who may ask: the browser of whoever began the preview or the desk, for pages of this server. The preview is only read; the desk takes
//! its own forms.
//!
//! In: a request. Out: the same, or why not. Not here: the token in each form (`screens::request`).
//!
//! A page of another site can make a browser send requests here, under its own name if it lets that name lead to
//! this machine. So the name in `Host` must be this machine's own, and what another site asks for is refused. Others on the
//! same machine reach it as well: so the address that is opened first has a key, which becomes a cookie.

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse as _, Response},
};

use super::{RunKey, sentence};

/// What the window may do: nothing but its own script, style and pages.
const OF_WINDOW: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
     connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// A page of the site says itself what it may do; it is shown in the window alone.
const OF_SITE: &str = "frame-ancestors 'self'";

/// At the desk, a published file has no script: it would write in the name of whoever sits here.
const OF_SITE_AT_DESK: &str =
    "frame-ancestors 'self'; script-src 'none'; form-action 'none'; object-src 'none'";

/// What stands behind a gate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Front {
    /// The preview, which is only looked at.
    Preview,
    /// The desk, at which memos are written.
    Desk,
}

/// The port of this server, and the key to it.
#[derive(Debug, Clone)]
pub(crate) struct Gate {
    pub port: u16,
    pub key: RunKey,
    pub face: Front,
}

/// Lets a request through, or refuses it.
pub(crate) async fn gate(State(gate): State<Gate>, request: Request, next: Next) -> Response {
    let of_site = ["/site/", "/would/"].iter().any(|site| request.uri().path().starts_with(site));
    let mut response = match gate.refusal(&request) {
        // Whoever is refused does not keep a connection.
        Some(mut refused) => {
            refused.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
            refused
        }
        None if gate.is_opened_by(&request) => gate.opened(),
        None => next.run(request).await,
    };
    let is_pdf = response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind == "application/pdf");
    let policy = match (of_site, gate.face) {
        (true, Front::Desk) if !is_pdf => OF_SITE_AT_DESK,
        (true, _) => OF_SITE,
        (false, _) => OF_WINDOW,
    };
    let headers = response.headers_mut();
    // Without a referrer at all, a browser would not say where a form comes from either.
    let referrer = if gate.face == Front::Desk { "same-origin" } else { "no-referrer" };
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, policy),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, referrer),
        (header::CACHE_CONTROL, "no-store"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.insert("cross-origin-resource-policy", HeaderValue::from_static("same-origin"));
    response
}

impl Gate {
    fn refusal(&self, request: &Request) -> Option<Response> {
        let (headers, method) = (request.headers(), request.method());
        let writes = method == Method::POST && self.face == Front::Desk;
        if !writes && ![Method::GET, Method::HEAD].contains(method) {
            let (words, allowed) = match self.face {
                Front::Preview => ("The preview is only looked at: nothing can be sent to it.", "GET, HEAD"),
                Front::Desk => ("The desk takes forms only.", "GET, HEAD, POST"),
            };
            let mut refused = sentence(StatusCode::METHOD_NOT_ALLOWED, words);
            refused.headers_mut().insert(header::ALLOW, HeaderValue::from_static(allowed));
            return Some(refused);
        }
        let forbidden = |words| Some(sentence(StatusCode::FORBIDDEN, words));
        let hosts: Vec<_> = headers.get_all(header::HOST).iter().collect();
        let named = match hosts.as_slice() {
            [host] => host.to_str().is_ok_and(|host| self.is_own(host)),
            _ => false,
        };
        let meant = request.uri().authority().is_none_or(|host| self.is_own(host.as_str()));
        if !named || !meant {
            return forbidden(match self.face {
                Front::Preview => {
                    "The preview answers to 127.0.0.1 and localhost only: open the address that `ccrov serve` printed."
                }
                Front::Desk => "The desk answers to 127.0.0.1 and localhost only. Start ccrov from its icon.",
            });
        }
        let path = request.uri().path();
        let page = path == "/" || path.starts_with("/site/") || self.face == Front::Desk;
        // What writes says where it comes from: browsers always do.
        let meant_for_it = match writes {
            true => self.is_from_here(headers) && headers.contains_key(header::ORIGIN),
            false => self.is_from_here(headers) || (page && is_followed(headers)),
        };
        if !meant_for_it {
            return forbidden(match self.face {
                Front::Preview => "The preview does not answer to other sites.",
                Front::Desk => "The desk does not answer to other sites.",
            });
        }
        if writes && !is_form(headers) {
            return forbidden("The desk takes forms only.");
        }
        if !self.key.is_in_cookie(headers, self.port) && !self.is_opened_by(request) {
            return match self.face {
                Front::Preview => {
                    forbidden("The preview has a key: open the whole address that `ccrov serve` printed.")
                }
                Front::Desk if writes => {
                    forbidden("Start ccrov from its icon; what you typed is still in this window.")
                }
                Front::Desk => Some(closed()),
            };
        }
        None
    }

    /// Whether a request is for the address with the key.
    fn is_opened_by(&self, request: &Request) -> bool {
        request.uri().path() == "/" && self.key.is_in_query(request.uri().query())
    }

    /// Leads on to the window, with the key as a cookie and no more in the address.
    fn opened(&self) -> Response {
        let mut opened = sentence(StatusCode::SEE_OTHER, "It is at /.");
        opened.headers_mut().insert(header::LOCATION, HeaderValue::from_static("/"));
        opened.headers_mut().insert(header::SET_COOKIE, self.key.cookie(self.port, self.face == Front::Desk));
        opened
    }

    /// Whether a `Host` is this server.
    fn is_own(&self, host: &str) -> bool {
        let (name, port) = match host.rsplit_once(':') {
            Some((name, port)) if !port.ends_with(']') => (name, port.parse().ok()),
            _ => (host, Some(80)),
        };
        port == Some(self.port)
            && ["127.0.0.1", "localhost", "[::1]"].iter().any(|own| name.eq_ignore_ascii_case(own))
    }

    /// Whether no other site had a part in a request, as far as a browser says.
    fn is_from_here(&self, headers: &HeaderMap) -> bool {
        let text = |value: &HeaderValue| value.to_str().unwrap_or("?").to_owned();
        let site = headers.get("sec-fetch-site").map(text);
        let origin = headers.get(header::ORIGIN).map(text);
        site.is_none_or(|site| ["same-origin", "none"].contains(&site.as_str()))
            && origin
                .is_none_or(|origin| origin.strip_prefix("http://").is_some_and(|host| self.is_own(host)))
    }
}

/// Whether somebody followed a link: the page takes the place of the other site's.
fn is_followed(headers: &HeaderMap) -> bool {
    let is = |name: &str, value: &str| headers.get(name).is_some_and(|there| there == value);
    is("sec-fetch-mode", "navigate") && is("sec-fetch-dest", "document")
}

/// Whether a browser's form is sent.
fn is_form(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    ["application/x-www-form-urlencoded", "multipart/form-data"]
        .iter()
        .any(|form| kind.eq_ignore_ascii_case(form))
}

/// What a bookmark of another day leads to.
fn closed() -> Response {
    let page = include_str!("closed.html");
    let kind = HeaderValue::from_static("text/html; charset=utf-8");
    (StatusCode::UNAUTHORIZED, [(header::CONTENT_TYPE, kind)], page).into_response()
}
