//! Lists every API call, holds it to the limits, and spoils those that a fault is waiting for.

use std::sync::Arc;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::distort::distorted;
use super::errors::ApiError;
use super::operations;
use super::rate::Limit;
use super::world::{App, World};
use crate::broken::hang_up;
use crate::call_log::Call;
use crate::exact::Json;
use crate::faults::{Fault, Kind};
use crate::ids;
use crate::spoil::{Voice, error_status, spoiled};

/// `[inf]` The Distributor's window, where it has a limit: that of the Connector.
const WINDOW_MS: i64 = 30_000;

/// Runs a call, with its fault if one is due. Messages that it made leave in the background.
pub async fn call(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap_or_default();
    let path = parts.uri.path();
    let operation = operations::named(path).unwrap_or("other");
    let line = format!("{} {path}", parts.method);
    let voice = Mews { is_connector: operations::is_connector(path) };
    let (fault, admitted) = app.step(|world, now| {
        let fault = world.faults.take(operation, |kind: Kind| !kind.is_about_webhooks());
        (fault, world.admit(voice.is_connector, &body, now))
    });
    let effect = fault.as_ref().is_none_or(Fault::has_effect);
    let answer = match (admitted, effect) {
        (Err(wait), _) => Some(voice.says(ApiError::too_many(Some(wait)))),
        (Ok(()), true) => Some(next.run(Request::from_parts(parts, Body::from(body))).await),
        (Ok(()), false) => None,
    };
    let call = Call::ended(operation, line, fault.as_ref(), answer.as_ref());
    app.step(|world, now| world.calls.note(call, now));
    app.send_soon();
    match fault {
        Some(fault) => distorted(spoiled(&fault, answer, &voice).await, fault.kind).await,
        None => answer.unwrap_or_else(hang_up),
    }
}

impl World {
    /// `[doc]` CO/guidelines/environments.md: by `AccessToken`. `[inf]` The Distributor counts by `Client`.
    fn admit(&mut self, is_connector: bool, body: &Bytes, now: i64) -> Result<(), u64> {
        let property = &self.config.property;
        let (name, limit) = match (is_connector, &property.connector, property.distributor_requests) {
            (true, Some(connector), _) => {
                ("AccessToken", Limit { requests: connector.requests, window_ms: connector.window_ms })
            }
            (false, _, Some(requests)) => ("Client", Limit { requests, window_ms: WINDOW_MS }),
            _ => return Ok(()),
        };
        let body = std::str::from_utf8(body).ok().and_then(Json::parse);
        let who = body.as_ref().and_then(|body| body.at(name)).and_then(Json::text).unwrap_or_default();
        self.rate.admit(who, limit, now)
    }
}

/// How Mews refuses: the Connector with the request's id besides.
struct Mews {
    is_connector: bool,
}

impl Mews {
    fn says(&self, error: ApiError) -> Response {
        match self.is_connector {
            true => error.of_request(&ids::dashed()).into_response(),
            false => error.into_response(),
        }
    }
}

impl Voice for Mews {
    /// `[doc]` 500 is "unexpected error of the server". The fault's `code` is the message, as for a 403.
    fn error(&self, fault: &Fault) -> Response {
        let message = fault.code.as_deref().unwrap_or("Unexpected error of the server.");
        self.says(ApiError::new(error_status(fault).as_u16(), message).after(fault.retry_after))
    }

    /// `[doc]` CO/guidelines/requests.md: "in some cases the header may not be present".
    fn too_many(&self, fault: &Fault) -> Response {
        self.says(ApiError::too_many(fault.retry_after))
    }

    fn unauthorized(&self) -> Response {
        self.says(ApiError::unauthorized("AccessToken"))
    }
}
