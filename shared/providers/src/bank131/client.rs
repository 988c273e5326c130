//! The calls to Bank 131, each signed over the very bytes that are sent.

use super::errors::{kind_of, refused};
use super::keys::SigningKey;
use super::wire::{Envelope, Session};
use crate::http::{Answer, HttpClient};
use crate::json_api::{JsonApi, post_of, url_below};
use bellhop_domain::provider::{
    Operation, ProviderError, ProviderErrorKind as Kind, ProviderName, ProviderPaymentId,
};
use http::{HeaderName, HeaderValue};
use secrecy::SecretString;
use serde::Serialize;
use url::Url;

/// How their answers are judged.
pub(super) const API: JsonApi = JsonApi { provider: ProviderName::Bank131, kind_of };

/// Proves who sends a message, in both directions.
pub(super) const SIGN: &str = "x-partner-sign";

const PROJECT: HeaderName = HeaderName::from_static("x-partner-project");
const SUBMERCHANT: HeaderName = HeaderName::from_static("x-partner-submerchant");
const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("x-partner-idempotency-key");

/// Says that an answer is a success; any other word is none.
const OK: &str = "ok";

/// One account's way to the API.
pub(super) struct Client {
    pub http: HttpClient,
    pub base: Url,
    pub version: &'static str,
    pub project: HeaderValue,
    pub submerchant: Option<HeaderValue>,
    pub key: SigningKey,
}

/// What is asked: why, the path below `session`, and the key under which it is in effect once.
#[derive(Clone, Copy)]
pub(super) struct Ask<'a> {
    pub operation: Operation,
    pub path: &'a [&'a str],
    pub once: Option<&'a str>,
}

impl<'a> Ask<'a> {
    /// A call that may be repeated without harm.
    pub const fn of(operation: Operation, path: &'a [&'a str]) -> Self {
        Self { operation, path, once: None }
    }
}

impl Client {
    /// Asks for something of a session, and reads the session that comes back.
    pub async fn session(&self, ask: Ask<'_>, body: &impl Serialize) -> Result<Session, ProviderError> {
        let url = url_below(&self.base, ["api", self.version, "session"]);
        let answer = self.post(ask, url_below(&url, ask.path.iter().copied()), body).await?;
        self.good(ask.operation, &answer)?.session.ok_or_else(|| API.unreadable(ask.operation))
    }

    /// Likewise, of a session that must be this one.
    pub async fn of(
        &self,
        payment: &ProviderPaymentId,
        ask: Ask<'_>,
        body: &impl Serialize,
    ) -> Result<Session, ProviderError> {
        let session = self.session(ask, body).await?;
        let ours = session.id == payment.as_str();
        ours.then_some(session).ok_or_else(|| API.unreadable(ask.operation))
    }

    /// A token for the widget; there is no second version of this call.
    pub async fn token(&self, body: &impl Serialize) -> Result<SecretString, ProviderError> {
        let ask = Ask::of(Operation::Page, &[]);
        let answer = self.post(ask, url_below(&self.base, ["api", "v1", "token"]), body).await?;
        let made = self.good(ask.operation, &answer)?.public_token;
        made.ok_or_else(|| API.unreadable(ask.operation))
    }

    /// The envelope of an answer that is a success: an error may come with a 200 too.
    fn good(&self, operation: Operation, answer: &Answer) -> Result<Envelope, ProviderError> {
        let envelope = answer.json().filter(|one: &Envelope| one.status.as_deref() == Some(OK));
        envelope.ok_or_else(|| API.error(operation, refused(operation, answer).unwrap_or(Kind::Unreadable)))
    }

    async fn post(&self, ask: Ask<'_>, url: Url, body: &impl Serialize) -> Result<Answer, ProviderError> {
        let unsent = || API.unreadable(ask.operation);
        let mut exchange = post_of(url, body).ok_or_else(unsent)?;
        let signature = self.key.sign(exchange.body.as_deref().unwrap_or_default());
        let signature = signature.and_then(|text| HeaderValue::try_from(text).ok());
        let headers = &mut exchange.headers;
        headers.insert(HeaderName::from_static(SIGN), signature.ok_or_else(unsent)?);
        headers.insert(PROJECT, self.project.clone());
        if let Some(submerchant) = &self.submerchant {
            headers.insert(SUBMERCHANT, submerchant.clone());
        }
        if let Some(once) = ask.once {
            headers.insert(IDEMPOTENCY_KEY, HeaderValue::try_from(once).map_err(|_| unsent())?);
        }
        API.call(&self.http, ask.operation, exchange).await
    }
}
