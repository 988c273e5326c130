//! Counts every API call, holds it to the rate, and spoils those that a fault is waiting for.

use std::sync::Arc;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::calls::Call;
use super::distort::distorted;
use super::errors::ApiError;
use super::raw;
use super::world::App;
use crate::broken::hang_up;
use crate::faults::{Fault, Kind};
use crate::spoil::{Voice, error_status, spoiled, status_sent};

/// Names of calls in faults and in the ledger.
pub const OPERATIONS: [&str; 7] = ["token", "create", "scoped_token", "get", "search", "cancel", "confirm"];

/// Runs a call, with its fault if one is due. Messages that it made leave in the background.
pub async fn call(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap_or_default();
    let operation = operation(&parts.method, parts.uri.path(), &body);
    let line = format!("{} {}", parts.method, parts.uri);
    let fault = app.step(|world, _| {
        let fits = |kind: Kind| !kind.is_about_webhooks();
        world.faults.take(operation, fits)
    });
    let fits = app.step(|world, now| world.calls.admit(&world.config.domain, now));
    let effect = fault.as_ref().is_none_or(Fault::has_effect);
    let answer = match (fits, effect) {
        (false, _) => Some(ApiError::too_many(None).into_response()),
        (true, true) => Some(next.run(Request::from_parts(parts, Body::from(body))).await),
        (true, false) => None,
    };
    let status = match &fault {
        None => answer.as_ref().map(Response::status),
        Some(fault) => status_sent(fault, answer.as_ref()),
    };
    let call = Call {
        operation,
        line,
        status: status.map(|status| status.as_u16()),
        fault: fault.as_ref().map(|fault| json!(fault.kind)),
    };
    app.step(|world, now| world.calls.note(&call, now));
    app.send_soon();
    match fault {
        Some(fault) => distorted(spoiled(&fault, answer, &Powens).await, fault.kind).await,
        None => answer.unwrap_or_else(hang_up),
    }
}

fn operation(method: &Method, path: &str, body: &Bytes) -> &'static str {
    let parts: Vec<&str> = path.trim_matches('/').split('/').skip(1).collect();
    match (method == Method::POST, parts.as_slice()) {
        (true, ["auth", "token"]) => "token",
        (true, ["payments"]) => "create",
        (false, ["payments"]) => "search",
        (false, ["payments", _]) => "get",
        (true, ["payments", _, "scopedtoken"]) => "scoped_token",
        (true, ["payments", _]) => update(std::str::from_utf8(body).unwrap_or_default()),
        _ => "other",
    }
}

fn update(body: &str) -> &'static str {
    match (raw::field(body, "cancel"), raw::field(body, "confirm")) {
        (Some(_), _) => "cancel",
        (None, Some(_)) => "confirm",
        (None, None) => "other",
    }
}

struct Powens;

impl Voice for Powens {
    /// `[doc]` PROVIDERS §4.1: the code `bug`, unless the fault names another.
    fn error(&self, fault: &Fault) -> Response {
        let code = fault.code.as_deref().unwrap_or("bug");
        ApiError::new(error_status(fault).as_u16(), code, "Internal error")
            .after(fault.retry_after)
            .into_response()
    }

    fn too_many(&self, fault: &Fault) -> Response {
        ApiError::too_many(fault.retry_after).into_response()
    }

    fn unauthorized(&self) -> Response {
        ApiError::wrong_token().into_response()
    }
}
