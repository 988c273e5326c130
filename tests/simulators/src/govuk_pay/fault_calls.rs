//! Counts every API call and spoils those that a fault is waiting for.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::auth::unauthorized;
use super::calls::Call;
use super::distort::distorted;
use super::errors::ApiError;
use super::world::App;
use crate::broken::hang_up;
use crate::faults::Fault;
use crate::spoil::{Voice, error_status, spoiled, status_sent};

/// Runs a call, with its fault if one is due. Messages that it made leave in the background.
pub async fn call(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let operation = operation(request.method(), request.uri().path());
    let line = format!("{} {}", request.method(), request.uri());
    let key = request.headers().get("idempotency-key").and_then(|key| key.to_str().ok()).map(str::to_owned);
    let fault = app.step(|world, _| world.faults.take(operation, |kind| !kind.is_about_webhooks()));
    let effect = fault.as_ref().is_none_or(Fault::has_effect);
    let answer = if effect { Some(next.run(request).await) } else { None };
    let answered = match &fault {
        None => answer.as_ref().map(Response::status),
        Some(fault) => status_sent(fault, answer.as_ref()),
    };
    app.step(|world, now| {
        let status = answered.map(|status| status.as_u16());
        let fault = fault.as_ref().map(|fault| json!(fault.kind));
        world.calls.note(&Call { operation, line, status, fault, key: key.as_deref() }, now);
    });
    app.send_soon();
    match (fault, answer) {
        (Some(fault), answer) => distorted(spoiled(&fault, answer, &GovukPay).await, fault.kind).await,
        (None, answer) => answer.unwrap_or_else(hang_up),
    }
}

/// The names of calls in faults and in the ledger.
fn operation(method: &Method, path: &str) -> &'static str {
    let parts: Vec<&str> = path.trim_matches('/').split('/').skip(2).collect();
    match (method == Method::POST, parts.as_slice()) {
        (true, []) => "create",
        (false, []) => "search",
        (false, [_]) => "get",
        (false, [_, "events"]) => "events",
        (true, [_, "cancel"]) => "cancel",
        (true, [_, "capture"]) => "capture",
        (true, [_, "refunds"]) => "refund",
        (false, [_, "refunds", ..]) => "get_refunds",
        _ => "other",
    }
}

struct GovukPay;

impl Voice for GovukPay {
    /// P0999, or the code that the fault names.
    fn error(&self, fault: &Fault) -> Response {
        let code = fault.code.as_deref().unwrap_or("P0999");
        let mut error = ApiError::new(error_status(fault).as_u16(), code, "Downstream system error");
        error.wait(fault.retry_after);
        error.into_response()
    }

    fn too_many(&self, fault: &Fault) -> Response {
        ApiError::too_many(fault.retry_after).into_response()
    }

    fn unauthorized(&self) -> Response {
        unauthorized()
    }
}
