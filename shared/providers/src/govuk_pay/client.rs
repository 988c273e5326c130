//! The calls to GOV.UK Pay: one method each way, and every answer judged in one place.

use super::errors::{effect_of, kind_of};
use crate::http::{Answer, Exchange, HttpClient};
use bellhop_domain::provider::{
    Operation, ProviderError, ProviderErrorKind, ProviderName, ProviderPaymentId,
};
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderMap, HeaderValue, Method, StatusCode};
use serde::{Serialize, de::DeserializeOwned};
use url::Url;

const JSON: HeaderValue = HeaderValue::from_static("application/json");

/// One account's way to the API.
pub(super) struct Client {
    pub http: HttpClient,
    pub base: Url,
    pub authorization: HeaderValue,
}

/// An error of `operation`.
pub(super) fn error(operation: Operation, kind: ProviderErrorKind) -> ProviderError {
    ProviderError { provider: ProviderName::GovukPay, operation, kind, source: None }
}

/// An answer that makes no sense.
pub(super) fn unreadable(operation: Operation) -> ProviderError {
    error(operation, ProviderErrorKind::Unreadable)
}

/// The JSON of an answer.
pub(super) fn json<T: DeserializeOwned>(operation: Operation, answer: &Answer) -> Result<T, ProviderError> {
    answer.json().ok_or_else(|| unreadable(operation))
}

/// Refuses an answer that has another status than a call without an answer's body ends with.
pub(super) fn no_content(operation: Operation, answer: &Answer) -> Result<(), ProviderError> {
    let fine = answer.status == StatusCode::NO_CONTENT;
    fine.then_some(()).ok_or_else(|| unreadable(operation))
}

impl Client {
    /// The payments, or what stands `below` one of them; each step is percent-encoded.
    pub fn url(&self, payment: Option<&ProviderPaymentId>, below: &[&str]) -> Url {
        let mut url = self.base.clone();
        // An https or http URL always has path segments.
        if let Ok(mut path) = url.path_segments_mut() {
            path.pop_if_empty().extend(["v1", "payments"]);
            path.extend(payment.map(ProviderPaymentId::as_str)).extend(below);
        }
        url
    }

    /// Reads.
    pub async fn get(&self, operation: Operation, url: Url) -> Result<Answer, ProviderError> {
        self.call(operation, self.exchange(Method::GET, url)).await
    }

    /// Acts, with nothing to say but the address.
    pub async fn post(&self, operation: Operation, url: Url) -> Result<Answer, ProviderError> {
        self.call(operation, self.exchange(Method::POST, url)).await
    }

    /// Acts.
    pub async fn post_json(
        &self,
        operation: Operation,
        url: Url,
        body: &impl Serialize,
    ) -> Result<Answer, ProviderError> {
        let mut exchange = self.exchange(Method::POST, url);
        exchange.headers.insert(CONTENT_TYPE, JSON);
        exchange.body = Some(serde_json::to_vec(body).map_err(|_| unreadable(operation))?);
        self.call(operation, exchange).await
    }

    /// No `Idempotency-Key`: for payments made on a page it is checked and then ignored
    /// (`ChargeService.java`), and a header that promises what it does not do misleads.
    fn exchange(&self, method: Method, url: Url) -> Exchange {
        let mut headers = HeaderMap::new();
        headers.insert(AUTHORIZATION, self.authorization.clone());
        headers.insert(ACCEPT, JSON);
        Exchange { method, url, headers, body: None }
    }

    /// Any 2xx is an answer to read; everything else is an error by what to do next.
    async fn call(&self, operation: Operation, exchange: Exchange) -> Result<Answer, ProviderError> {
        let answer = self.http.send(exchange).await;
        let answer = answer.map_err(|fault| {
            let mut error = error(operation, fault.kind(effect_of(operation)));
            error.source = Some(fault.into());
            error
        })?;
        if answer.status.is_success() {
            return Ok(answer);
        }
        Err(error(operation, kind_of(operation, &answer)))
    }
}
