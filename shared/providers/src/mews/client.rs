//! The calls to Mews' two APIs: the booking engine's, which only wants to know who asks, and the
//! hotel's own, the Connector, with two tokens in each body.

use super::errors::kind_of;
use super::ids::Id;
use super::wire::Group;
use crate::http::HttpClient;
use crate::json_api::{JsonApi, post_of, url_below};
use bellhop_domain::provider::{Operation, ProviderError, ProviderName};
use secrecy::{ExposeSecret, SecretString};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::json;
use url::Url;

/// How their answers are judged.
pub(super) const API: JsonApi = JsonApi { provider: ProviderName::Mews, kind_of };

/// What stands below an API's base.
type Steps = [&'static str];

/// The booking-engine API of one hotel.
pub(super) struct BookingEngine {
    pub http: HttpClient,
    pub base: Url,
    pub client: String,
    pub hotel: Id,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct FromEngine<'a, B> {
    client: &'a str,
    hotel_id: &'a Id,
    #[serde(flatten)]
    body: B,
}

impl BookingEngine {
    /// A reservation group with its payment requests and payments.
    pub async fn group(&self, operation: Operation, id: &Id) -> Result<Group, ProviderError> {
        let extent = json!({"PaymentRequests": true, "Payments": true});
        let body = json!({"ReservationGroupId": id, "Extent": extent});
        self.ask(operation, "get", body).await
    }

    /// An operation on reservation groups.
    pub async fn ask<T: DeserializeOwned>(
        &self,
        operation: Operation,
        action: &'static str,
        body: impl Serialize,
    ) -> Result<T, ProviderError> {
        let url = url_below(&self.base, ["api", "distributor", "v1", "reservationGroups", action]);
        let body = FromEngine { client: &self.client, hotel_id: &self.hotel, body };
        ask(&self.http, operation, url, &body).await
    }
}

/// The Connector API, where the merchant has its tokens.
pub(super) struct Connector {
    pub http: HttpClient,
    pub base: Url,
    pub client: String,
    pub client_token: SecretString,
    pub access_token: SecretString,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct FromConnector<'a, B> {
    client_token: &'a str,
    access_token: &'a str,
    client: &'a str,
    #[serde(flatten)]
    body: B,
}

impl Connector {
    /// An operation. Its address is taken letter by letter, case and all.
    pub async fn ask<T: DeserializeOwned>(
        &self,
        operation: Operation,
        steps: &Steps,
        body: impl Serialize,
    ) -> Result<T, ProviderError> {
        let below = ["api", "connector", "v1"].into_iter().chain(steps.iter().copied());
        let url = url_below(&self.base, below);
        let body = FromConnector {
            client_token: self.client_token.expose_secret(),
            access_token: self.access_token.expose_secret(),
            client: &self.client,
            body,
        };
        ask(&self.http, operation, url, &body).await
    }
}

async fn ask<T: DeserializeOwned>(
    http: &HttpClient,
    operation: Operation,
    url: Url,
    body: &impl Serialize,
) -> Result<T, ProviderError> {
    let exchange = post_of(url, body).ok_or_else(|| API.unreadable(operation))?;
    API.json(operation, &API.call(http, operation, exchange).await?)
}
