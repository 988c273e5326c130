//! The calls to FrontGo, with the account's token on each.

use super::errors::kind_of;
use super::wire::{Envelope, Reservation};
use crate::http::{Answer, Exchange, HttpClient};
use crate::json_api::{JsonApi, exchange, post_of, url_below};
use bellhop_domain::provider::{Operation, ProviderError, ProviderName};
use http::header::AUTHORIZATION;
use http::{HeaderValue, Method};
use serde::{Serialize, de::DeserializeOwned};
use url::Url;

/// How their answers are judged.
pub(super) const API: JsonApi = JsonApi { provider: ProviderName::Frontgo, kind_of };

/// One account's way to the API.
pub(super) struct Client {
    pub http: HttpClient,
    pub base: Url,
    pub authorization: HeaderValue,
}

impl Client {
    /// Reads what stands below the reservations.
    pub async fn get(&self, operation: Operation, steps: &[&str]) -> Result<Answer, ProviderError> {
        self.call(operation, exchange(Method::GET, self.url(steps))).await
    }

    /// Acts. GET is no slip: the docs print it for a cancel, body and all.
    pub async fn send(
        &self,
        operation: Operation,
        (method, steps): (Method, &[&str]),
        body: &impl Serialize,
    ) -> Result<Answer, ProviderError> {
        let exchange = post_of(self.url(steps), body).ok_or_else(|| API.unreadable(operation))?;
        self.call(operation, Exchange { method, ..exchange }).await
    }

    /// A reservation's details.
    pub async fn details(&self, operation: Operation, uuid: &str) -> Result<Reservation, ProviderError> {
        data(operation, &self.get(operation, &["details", uuid]).await?)
    }

    fn url(&self, steps: &[&str]) -> Url {
        let root = ["api", "v1", "connect", "reservations"];
        url_below(&self.base, root.into_iter().chain(steps.iter().copied()))
    }

    async fn call(&self, operation: Operation, mut exchange: Exchange) -> Result<Answer, ProviderError> {
        exchange.headers.insert(AUTHORIZATION, self.authorization.clone());
        API.call(&self.http, operation, exchange).await
    }
}

/// What the envelope of a good answer holds.
///
/// # Errors
/// Unreadable, when it is no envelope, says that it is an error, or holds something else.
pub(super) fn data<T: DeserializeOwned>(operation: Operation, answer: &Answer) -> Result<T, ProviderError> {
    accepted::<T>(operation, answer)?.ok_or_else(|| API.unreadable(operation))
}

/// Likewise, where there may be nothing in it.
pub(super) fn accepted<T: DeserializeOwned>(
    operation: Operation,
    answer: &Answer,
) -> Result<Option<T>, ProviderError> {
    let envelope: Envelope<T> = API.json(operation, answer)?;
    let fine = (200..300).contains(&envelope.status_code) && envelope.is_error != Some(true);
    fine.then_some(envelope.data).ok_or_else(|| API.unreadable(operation))
}
