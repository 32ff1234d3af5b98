//! The way to storage: a signed request goes out, and its answer comes back.
//!
//! What is encrypted is held against the certificates that the machine trusts. An answer that leads elsewhere is not
//! followed, for a request is signed for one place. Not here: signing and patience, which object_store has.

use std::{io, pin::Pin, sync::Arc, thread, time::Duration};

use http_body_util::BodyExt as _;
use object_store::{
    ClientOptions,
    client::{HttpClient, HttpConnector, HttpError, HttpErrorKind, HttpRequest, HttpResponse, HttpService},
};
use tokio::sync::oneshot;
use ureq::{
    Agent, Error, Proxy, Timeout,
    http::{Method, Request, request},
    tls::{RootCerts, TlsConfig},
};

/// For a connection.
const CONNECT: Duration = Duration::from_secs(4);
/// For a request with its answer.
const ANSWER: Duration = Duration::from_secs(30);

/// What sends requests.
#[derive(Debug, Clone)]
pub(super) struct Transport(Agent);

/// Which proxy requests go through.
#[derive(Debug, Clone, Copy)]
pub(super) enum Through<'a> {
    /// The one that the environment names for all programs, if it names one.
    System,
    None,
    Named(&'a str),
}

impl Transport {
    /// Nothing, if the proxy's address cannot be understood.
    pub fn new(through: Through<'_>) -> Option<Transport> {
        let tls = TlsConfig::builder()
            .root_certs(RootCerts::PlatformVerifier)
            .unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::ring::default_provider()));
        let config = Agent::config_builder()
            .tls_config(tls.build())
            .timeout_resolve(Some(CONNECT))
            .timeout_connect(Some(CONNECT))
            .timeout_global(Some(ANSWER))
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .user_agent(concat!("ccrov/", env!("CARGO_PKG_VERSION")));
        let config = match through {
            Through::System => config,
            Through::None => config.proxy(None),
            Through::Named(address) => config.proxy(Some(Proxy::new(address).ok()?)),
        };
        Some(Transport(config.build().new_agent()))
    }
}

impl HttpConnector for Transport {
    fn connect(&self, _: &ClientOptions) -> object_store::Result<HttpClient> {
        Ok(HttpClient::new(self.clone()))
    }
}

impl HttpService for Transport {
    // An `async fn` as object_store's trait has it: boxed, so that the trait can be an object.
    fn call<'a, 'b>(
        &'a self,
        request: HttpRequest,
    ) -> Pin<Box<dyn Future<Output = Result<HttpResponse, HttpError>> + Send + 'b>>
    where
        'a: 'b,
        Self: 'b,
    {
        let agent = self.0.clone();
        Box::pin(async move {
            let (head, body) = request.into_parts();
            let body = body.collect().await?.to_bytes();
            let (answer, answered) = oneshot::channel();
            // Not of the runtime: it would wait for requests whose answers nobody wants any more.
            let thread = thread::Builder::new().spawn(move || {
                let _ = answer.send(exchange(&agent, head, &body));
            });
            thread.map_err(|error| HttpError::new(HttpErrorKind::Unknown, error))?;
            answered.await.map_err(|error| HttpError::new(HttpErrorKind::Unknown, error))?
        })
    }
}

/// Sends a request and waits for its whole answer.
fn exchange(agent: &Agent, head: request::Parts, body: &[u8]) -> Result<HttpResponse, HttpError> {
    let answer = match head.method {
        Method::PUT | Method::POST => agent.run(Request::from_parts(head, body)),
        _ => agent.run(Request::from_parts(head, ())),
    };
    let (head, mut body) = answer.map_err(failed)?.into_parts();
    let body = body.with_config().limit(u64::MAX).read_to_vec().map_err(failed)?;
    Ok(HttpResponse::from_parts(head, body.into()))
}

/// What object_store is to make of a failure: how it is named, and whether another attempt is worth it.
fn failed(error: Error) -> HttpError {
    let kind = match &error {
        Error::Timeout(Timeout::Resolve | Timeout::Connect) => HttpErrorKind::Connect,
        Error::Timeout(_) => HttpErrorKind::Timeout,
        Error::Io(error) => match error.kind() {
            io::ErrorKind::TimedOut => HttpErrorKind::Timeout,
            io::ErrorKind::UnexpectedEof
            | io::ErrorKind::ConnectionReset
            | io::ErrorKind::ConnectionAborted
            | io::ErrorKind::BrokenPipe => HttpErrorKind::Request,
            // No such name, nobody there, or a certificate that nobody vouches for.
            _ => HttpErrorKind::Connect,
        },
        Error::HostNotFound
        | Error::ConnectionFailed
        | Error::ConnectProxyFailed(_)
        | Error::Rustls(_)
        | Error::Tls(_)
        | Error::TlsRequired => HttpErrorKind::Connect,
        Error::Protocol(_) => HttpErrorKind::Decode,
        _ => HttpErrorKind::Unknown,
    };
    HttpError::new(kind, error)
}
