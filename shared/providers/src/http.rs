//! One HTTP client for all providers: one request, one bounded answer, and what a fault means.

use ::http::{HeaderMap, Method, StatusCode, header::RETRY_AFTER};
use bellhop_domain::provider::{Operation, ProviderErrorKind};
use reqwest::redirect::Policy;
use rustls::{ClientConfig, RootCertStore, crypto::ring};
use serde::de::DeserializeOwned;
use std::sync::Arc;
use std::time::Duration;
use thiserror::Error;
use url::Url;

/// A healthy provider accepts in milliseconds; three seconds leave room for one lost SYN.
pub const CONNECT_TIMEOUT: Duration = Duration::from_secs(3);

/// A whole call. A function has 30 seconds, so one call may hang and the outcome still be stored.
pub const CALL_TIMEOUT: Duration = Duration::from_secs(10);

/// Below the 60 seconds after which load balancers drop an idle connection under a request.
const IDLE_TIMEOUT: Duration = Duration::from_secs(20);

/// The largest answer read: ten times the largest search page that any adapter asks for.
pub const MAX_BODY: usize = 1024 * 1024;

/// A provider's wish to be left alone for longer than this is cut: our own plan knows better.
const MAX_RETRY_AFTER: Duration = Duration::from_secs(3600);

/// The process's HTTP client: HTTP/1.1, the public roots compiled in, no proxy, no redirect.
#[derive(Debug, Clone)]
pub struct HttpClient(reqwest::Client);

/// The TLS stack refused its own configuration.
#[derive(Debug, Error)]
#[error("the HTTP client cannot be made")]
pub struct ClientError(#[source] Box<dyn std::error::Error + Send + Sync>);

/// One request to a provider.
#[derive(Debug, Clone)]
pub struct Exchange {
    /// GET or POST.
    pub method: Method,
    /// Where to. May hold a reference: never logged.
    pub url: Url,
    /// Headers; secret ones are marked sensitive.
    pub headers: HeaderMap,
    /// The body, if there is one.
    pub body: Option<Vec<u8>>,
}

/// A whole answer, its body within [`MAX_BODY`].
#[derive(Clone)]
pub struct Answer {
    /// Its status.
    pub status: StatusCode,
    /// Its headers.
    pub headers: HeaderMap,
    /// Its body.
    pub body: Vec<u8>,
}

/// No whole answer came.
#[derive(Debug, Error)]
pub enum Fault {
    /// Name, connection or TLS: the request never left.
    #[error("not sent")]
    NotSent(#[source] reqwest::Error),
    /// Time-out, reset, or an answer that broke off: the request may have been acted on.
    #[error("sent, and no whole answer came")]
    NoAnswer(#[source] reqwest::Error),
    /// More than [`MAX_BODY`].
    #[error("the answer is too large")]
    TooLarge,
}

/// Whether a call can be made again without thought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// It reads: no answer means nothing was done.
    Reads,
    /// It does something: no answer means that nobody knows whether it did.
    Acts,
}

impl Effect {
    /// What a call of ours does at a provider.
    pub const fn of(operation: Operation) -> Self {
        match operation {
            Operation::Fetch
            | Operation::Lookup
            | Operation::Refunds
            | Operation::Resolve
            | Operation::Page => Self::Reads,
            Operation::Create
            | Operation::Confirm
            | Operation::Cancel
            | Operation::Capture
            | Operation::Refund => Self::Acts,
        }
    }

    /// What a call whose answer is lost comes to.
    pub const fn unanswered(self) -> ProviderErrorKind {
        match self {
            Self::Reads => ProviderErrorKind::Unavailable { after: None },
            Self::Acts => ProviderErrorKind::OutcomeUnknown,
        }
    }
}

impl Fault {
    /// What to do next after a call of this `effect`.
    pub const fn kind(&self, effect: Effect) -> ProviderErrorKind {
        match self {
            Self::NotSent(_) => ProviderErrorKind::Unavailable { after: None },
            Self::NoAnswer(_) => effect.unanswered(),
            Self::TooLarge => ProviderErrorKind::Unreadable,
        }
    }
}

impl HttpClient {
    /// Makes the client. Once per process: it holds the connections.
    ///
    /// # Errors
    /// When the TLS stack refuses its configuration.
    pub fn new() -> Result<Self, ClientError> {
        let tls = tls().map_err(|error| ClientError(error.into()))?;
        reqwest::Client::builder()
            .tls_backend_preconfigured(tls)
            .http1_only()
            .no_proxy()
            .redirect(Policy::none())
            .retry(reqwest::retry::never())
            .referer(false)
            .connect_timeout(CONNECT_TIMEOUT)
            .timeout(CALL_TIMEOUT)
            .pool_idle_timeout(IDLE_TIMEOUT)
            .user_agent(concat!("Bellhop/", env!("CARGO_PKG_VERSION")))
            .build()
            .map(Self)
            .map_err(|error| ClientError(error.into()))
    }

    /// Sends one request and reads its whole answer, whatever its status. Never tries twice.
    ///
    /// # Errors
    /// When no whole answer came.
    pub async fn send(&self, exchange: Exchange) -> Result<Answer, Fault> {
        let mut request = self.0.request(exchange.method, exchange.url);
        request = request.headers(exchange.headers);
        if let Some(body) = exchange.body {
            request = request.body(body);
        }
        let response = request.send().await.map_err(fault)?;
        Answer::read(response).await
    }
}

impl Answer {
    async fn read(mut response: reqwest::Response) -> Result<Self, Fault> {
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(fault)? {
            if body.len().saturating_add(chunk.len()) > MAX_BODY {
                return Err(Fault::TooLarge);
            }
            body.extend_from_slice(&chunk);
        }
        Ok(Self { status: response.status(), headers: std::mem::take(response.headers_mut()), body })
    }

    /// The body as JSON; `None` when it is something else.
    pub fn json<T: DeserializeOwned>(&self) -> Option<T> {
        serde_json::from_slice(&self.body).ok()
    }

    /// `Retry-After` in seconds (RFC 9110, 10.2.3), an hour at most. A date there is ignored: no clock here.
    pub fn retry_after(&self) -> Option<Duration> {
        let text = self.headers.get(RETRY_AFTER)?.to_str().ok()?;
        let seconds = text.trim().parse().map(Duration::from_secs).ok()?;
        Some(seconds.min(MAX_RETRY_AFTER))
    }
}

impl std::fmt::Debug for Answer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Answer").field("status", &self.status).finish_non_exhaustive()
    }
}

/// The URL is taken out of the error: it may hold a booking reference.
fn fault(error: reqwest::Error) -> Fault {
    let error = error.without_url();
    if error.is_connect() || error.is_builder() { Fault::NotSent(error) } else { Fault::NoAnswer(error) }
}

fn tls() -> Result<ClientConfig, rustls::Error> {
    let roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    Ok(ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()?
        .with_root_certificates(roots)
        .with_no_client_auth())
}
