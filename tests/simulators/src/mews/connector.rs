//! The Connector API: `POST {base}/api/connector/v1/{resource}/{action}`. `[doc]` CO/guidelines/requests.md: the
//! address is case-sensitive and exact; another one, or another method, is a 404.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};

use super::config::Connector;
use super::culture::check_culture;
use super::distributor::json;
use super::errors::{ApiError, answer};
use super::operations::called;
use super::reader::Fields;
use super::world::{App, World};
use crate::exact::Json;
use crate::ids;

/// Any call below the base. `[doc]` CO/guidelines/responses.md: every answer has a `Request-Id`.
pub async fn call(
    State(app): State<Arc<App>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let id = ids::dashed();
    let result = match called(&method, uri.path()) {
        None => Err(ApiError::not_found()),
        Some(operation) => json(&headers, &body)
            .and_then(|body| app.step(|world, now| world.connected(operation, &Fields::of(&body)?, now))),
    };
    let mut response = match result {
        Ok(shown) => answer(StatusCode::OK, &shown),
        Err(error) => error.of_request(&id).into_response(),
    };
    if let Ok(id) = HeaderValue::from_str(&id) {
        response.headers_mut().insert("request-id", id);
    }
    response
}

impl World {
    fn connected(&mut self, operation: &str, fields: &Fields<'_>, now: i64) -> Result<Json, ApiError> {
        self.authenticated(fields)?;
        check_culture(fields, self.config.property.refuse_half_culture)?;
        match operation {
            "payment_requests" => self.list_requests(fields),
            "cancel" => self.cancel_requests(fields, now),
            "payments" => self.list_payments(fields),
            "refund" => self.refund(fields, now),
            "reservation_groups" => self.list_groups(fields),
            "reservations" => self.list_reservations_2017(fields),
            "reservations_2023" => self.list_reservations_2023(fields),
            "notes" => self.list_notes(fields),
            _ => Err(ApiError::not_found()),
        }
    }

    /// `[doc]` CO/guidelines/authentication.md: both tokens and `Client` in the body; CO/guidelines/responses.md: 401
    /// for a wrong token, and for an integration that is not there.
    fn authenticated(&self, fields: &Fields<'_>) -> Result<&Connector, ApiError> {
        let connector = self.config.property.connector.as_ref();
        let connector = connector.ok_or_else(|| ApiError::unauthorized("AccessToken"))?;
        for (name, token) in
            [("ClientToken", &connector.client_token), ("AccessToken", &connector.access_token)]
        {
            if fields.text(name)? != Some(token) {
                return Err(ApiError::unauthorized(name));
            }
        }
        fields.required("Client")?;
        Ok(connector)
    }
}
