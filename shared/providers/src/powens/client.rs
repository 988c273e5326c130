//! The calls to Powens, each with the account's service token.

use super::errors::kind_of;
use super::wire::Token;
use crate::http::{Answer, Exchange, HttpClient};
use crate::json_api::{JsonApi, exchange, post_of, url_below};
use crate::token::TokenCache;
use bellhop_domain::SignedDuration;
use bellhop_domain::provider::{
    Operation, ProviderError, ProviderErrorKind as Kind, ProviderName, ProviderPaymentId,
};
use http::header::AUTHORIZATION;
use http::{HeaderValue, Method};
use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;
use serde_json::json;
use url::Url;

/// How their answers are judged.
pub(super) const API: JsonApi = JsonApi { provider: ProviderName::Powens, kind_of };

/// A service token lives 30 minutes (docs, "Service tokens"), and the answer does not say so: five are
/// left for calls under way and for clocks that differ (I13).
pub(super) const TOKEN_USE: SignedDuration = SignedDuration::from_mins(25);

/// One account's way to the API.
pub(super) struct Client {
    pub http: HttpClient,
    pub base: Url,
    pub client_id: String,
    pub client_secret: SecretString,
    pub tokens: TokenCache,
}

impl Client {
    /// The payments, or what stands `below` one of them.
    pub fn url(&self, payment: Option<&ProviderPaymentId>, below: &[&str]) -> Url {
        let payment = payment.map(ProviderPaymentId::as_str);
        let steps = ["payments"].into_iter().chain(payment);
        url_below(&self.base, steps.chain(below.iter().copied()))
    }

    /// Reads.
    pub async fn get(&self, operation: Operation, url: Url) -> Result<Answer, ProviderError> {
        self.call(operation, exchange(Method::GET, url)).await
    }

    /// Acts, or makes a token.
    pub async fn post(
        &self,
        operation: Operation,
        url: Url,
        body: &impl Serialize,
    ) -> Result<Answer, ProviderError> {
        let exchange = post_of(url, body).ok_or_else(|| API.unreadable(operation))?;
        self.call(operation, exchange).await
    }

    /// A call that was refused for its token did nothing: once more, with a fresh one.
    async fn call(&self, operation: Operation, exchange: Exchange) -> Result<Answer, ProviderError> {
        let token = self.token(operation, None).await?;
        match self.send(operation, exchange.clone(), token.clone()).await {
            Err(error) if error.kind == Kind::Unauthorized => {
                let fresh = self.token(operation, Some(&token)).await?;
                self.send(operation, exchange, fresh).await
            }
            done => done,
        }
    }

    async fn send(
        &self,
        operation: Operation,
        mut exchange: Exchange,
        token: HeaderValue,
    ) -> Result<Answer, ProviderError> {
        exchange.headers.insert(AUTHORIZATION, token);
        API.call(&self.http, operation, exchange).await
    }

    async fn token(
        &self,
        operation: Operation,
        refused: Option<&HeaderValue>,
    ) -> Result<HeaderValue, ProviderError> {
        let fetched = self.tokens.get(refused, self.fetch_token()).await;
        fetched.map_err(|error| ProviderError { operation, ..error })
    }

    /// Does nothing to a payment, so whatever goes wrong here, the call that needs it was not made.
    async fn fetch_token(&self) -> Result<HeaderValue, ProviderError> {
        const OP: Operation = Operation::Fetch;
        let unavailable = || API.error(OP, Kind::Unavailable { after: None });
        let body = json!({
            "grant_type": "client_credentials", "client_id": self.client_id,
            "client_secret": self.client_secret.expose_secret(), "scope": "payments:admin",
        });
        let url = url_below(&self.base, ["auth", "token"]);
        let exchange = post_of(url, &body).ok_or_else(unavailable)?;
        let answer = API.call(&self.http, OP, exchange).await.map_err(|error| match error.kind {
            Kind::Refused(_) | Kind::NotFound => API.error(OP, Kind::Unauthorized),
            Kind::Unreadable => unavailable(),
            _ => error,
        })?;
        let token: Token = answer.json().ok_or_else(unavailable)?;
        let header = HeaderValue::try_from(format!("Bearer {}", token.token.expose_secret()));
        let mut header = header.map_err(|_| unavailable())?;
        header.set_sensitive(true);
        Ok(header)
    }
}
