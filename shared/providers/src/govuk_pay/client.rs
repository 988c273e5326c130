//! The calls to GOV.UK Pay, with the account's key on each.

use super::errors::kind_of;
use crate::http::{Answer, Exchange, HttpClient};
use crate::json_api::{JsonApi, exchange, post_of, url_below};
use bellhop_domain::provider::{Operation, ProviderError, ProviderName, ProviderPaymentId};
use http::header::AUTHORIZATION;
use http::{HeaderValue, Method};
use serde::Serialize;
use url::Url;

/// How their answers are judged.
pub(super) const API: JsonApi = JsonApi { provider: ProviderName::GovukPay, kind_of };

/// One account's way to the API.
pub(super) struct Client {
    pub http: HttpClient,
    pub base: Url,
    pub authorization: HeaderValue,
}

impl Client {
    /// The payments, or what stands `below` one of them.
    pub fn url(&self, payment: Option<&ProviderPaymentId>, below: &[&str]) -> Url {
        let payment = payment.map(ProviderPaymentId::as_str);
        let steps = ["v1", "payments"].into_iter().chain(payment);
        url_below(&self.base, steps.chain(below.iter().copied()))
    }

    /// Reads.
    pub async fn get(&self, operation: Operation, url: Url) -> Result<Answer, ProviderError> {
        self.call(operation, exchange(Method::GET, url)).await
    }

    /// Acts, with nothing to say but the address.
    pub async fn post(&self, operation: Operation, url: Url) -> Result<Answer, ProviderError> {
        self.call(operation, exchange(Method::POST, url)).await
    }

    /// Acts.
    pub async fn post_json(
        &self,
        operation: Operation,
        url: Url,
        body: &impl Serialize,
    ) -> Result<Answer, ProviderError> {
        let exchange = post_of(url, body).ok_or_else(|| API.unreadable(operation))?;
        self.call(operation, exchange).await
    }

    /// No `Idempotency-Key`: for payments made on a page it is checked and then ignored
    /// (`ChargeService.java`), and a header that promises what it does not do misleads.
    async fn call(&self, operation: Operation, mut exchange: Exchange) -> Result<Answer, ProviderError> {
        let authorization = self.authorization.clone();
        exchange.headers.insert(AUTHORIZATION, authorization);
        API.call(&self.http, operation, exchange).await
    }
}
