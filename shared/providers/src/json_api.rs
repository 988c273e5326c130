//! Calls of JSON over HTTP: the half that is the same for every provider.

use crate::http::{Answer, Effect, Exchange, HttpClient};
use ::http::header::{ACCEPT, CONTENT_TYPE};
use ::http::{HeaderMap, HeaderValue, Method, StatusCode};
use bellhop_domain::provider::{
    Operation, ProviderError, ProviderErrorKind, ProviderName, Refusal, RefusalCode,
};
use serde::{Serialize, de::DeserializeOwned};
use url::Url;

const JSON: HeaderValue = HeaderValue::from_static("application/json");

/// One provider's API.
#[derive(Debug, Clone, Copy)]
pub(crate) struct JsonApi {
    /// Whose.
    pub provider: ProviderName,
    /// What an answer other than a 2xx means.
    pub kind_of: fn(Operation, &Answer) -> ProviderErrorKind,
}

impl JsonApi {
    /// An error of `operation`.
    pub const fn error(&self, operation: Operation, kind: ProviderErrorKind) -> ProviderError {
        ProviderError { provider: self.provider, operation, kind, source: None }
    }

    /// An answer that makes no sense.
    pub const fn unreadable(&self, operation: Operation) -> ProviderError {
        self.error(operation, ProviderErrorKind::Unreadable)
    }

    /// A refusal of our own, before any call.
    pub fn refused(&self, operation: Operation, code: RefusalCode, pointer: Option<String>) -> ProviderError {
        let refusal = Refusal { code, provider_code: "not_sent".to_owned(), pointer, message: None };
        self.error(operation, ProviderErrorKind::Refused(refusal))
    }

    /// The JSON of an answer.
    ///
    /// # Errors
    /// Unreadable, when it is something else.
    pub fn json<T: DeserializeOwned>(
        &self,
        operation: Operation,
        answer: &Answer,
    ) -> Result<T, ProviderError> {
        answer.json().ok_or_else(|| self.unreadable(operation))
    }

    /// Refuses an answer that has another status than a call without an answer's body ends with.
    ///
    /// # Errors
    /// Unreadable, for any status but 204.
    pub fn no_content(&self, operation: Operation, answer: &Answer) -> Result<(), ProviderError> {
        let fine = answer.status == StatusCode::NO_CONTENT;
        fine.then_some(()).ok_or_else(|| self.unreadable(operation))
    }

    /// Sends once. Any 2xx is an answer to read; everything else is an error by what to do next.
    ///
    /// # Errors
    /// When no whole answer came, or another than a 2xx.
    pub async fn call(
        &self,
        http: &HttpClient,
        operation: Operation,
        exchange: Exchange,
    ) -> Result<Answer, ProviderError> {
        let answer = http.send(exchange).await;
        let answer = answer.map_err(|fault| {
            let mut error = self.error(operation, fault.kind(Effect::of(operation)));
            error.source = Some(fault.into());
            error
        })?;
        if answer.status.is_success() {
            return Ok(answer);
        }
        Err(self.error(operation, (self.kind_of)(operation, &answer)))
    }
}

/// A call without a body.
pub(crate) fn exchange(method: Method, url: Url) -> Exchange {
    Exchange { method, url, headers: HeaderMap::from_iter([(ACCEPT, JSON)]), body: None }
}

/// A POST of `body`; `None` when that cannot be JSON.
pub(crate) fn post_of(url: Url, body: &impl Serialize) -> Option<Exchange> {
    let mut exchange = exchange(Method::POST, url);
    exchange.headers.insert(CONTENT_TYPE, JSON);
    exchange.body = Some(serde_json::to_vec(body).ok()?);
    Some(exchange)
}

/// What stands `steps` below `base`; each step is percent-encoded.
pub(crate) fn url_below<'s>(base: &Url, steps: impl IntoIterator<Item = &'s str>) -> Url {
    let mut url = base.clone();
    // An https or http URL always has path segments.
    if let Ok(mut path) = url.path_segments_mut() {
        path.pop_if_empty().extend(steps);
    }
    url
}

/// A provider's word, short and free of anything that could break a log line or a page.
pub(crate) fn safe(word: &str) -> String {
    let plain = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    word.chars().filter(plain).take(40).collect()
}
