//! Counts every API call and spoils those that a fault is waiting for.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::auth::unauthorized;
use super::calls::Call;
use super::distort::distorted;
use super::errors::ApiError;
use super::world::App;
use crate::broken::{garbage, hang_up, slow_drip, truncated, web_page};
use crate::faults::{Fault, Kind};

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
        Some(fault) => fault_status(fault, answer.as_ref()),
    };
    app.step(|world, now| {
        let status = answered.map(|status| status.as_u16());
        let fault = fault.as_ref().map(|fault| json!(fault.kind));
        world.calls.note(&Call { operation, line, status, fault, key: key.as_deref() }, now);
    });
    app.send_soon();
    match (fault, answer) {
        (Some(fault), answer) => spoiled(&fault, answer).await,
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

/// The status that leaves under a fault; none when nothing leaves.
fn fault_status(fault: &Fault, answer: Option<&Response>) -> Option<StatusCode> {
    match fault.kind {
        Kind::AnswerLostAfterEffect | Kind::Timeout | Kind::Reset => None,
        Kind::ErrorBefore | Kind::ErrorAfter => Some(error_status(fault)),
        Kind::TooManyRequests => Some(StatusCode::TOO_MANY_REQUESTS),
        Kind::Unauthorized => Some(StatusCode::UNAUTHORIZED),
        _ => answer.map(Response::status),
    }
}

fn error_status(fault: &Fault) -> StatusCode {
    fault
        .status
        .and_then(|status| StatusCode::from_u16(status).ok())
        .unwrap_or(StatusCode::SERVICE_UNAVAILABLE)
}

async fn spoiled(fault: &Fault, answer: Option<Response>) -> Response {
    let answer = answer.unwrap_or_else(hang_up);
    match fault.kind {
        Kind::Timeout => std::future::pending().await,
        Kind::ErrorBefore | Kind::ErrorAfter => error(fault),
        Kind::TooManyRequests => ApiError::too_many(fault.retry_after).into_response(),
        Kind::Unauthorized => unauthorized(),
        Kind::Garbage => garbage(answer.status()),
        Kind::Html => web_page(answer.status()),
        Kind::Truncated => truncated(answer).await,
        Kind::SlowDrip => slow_drip(answer, Duration::from_millis(fault.delay_ms.unwrap_or(100))).await,
        Kind::MismatchAmount | Kind::MismatchReference | Kind::UnknownStatus | Kind::ExtraFields => {
            distorted(answer, fault.kind).await
        }
        _ => hang_up(),
    }
}

/// P0999 with 503, or the status and code that the fault names.
fn error(fault: &Fault) -> Response {
    let code = fault.code.as_deref().unwrap_or("P0999");
    let mut error = ApiError::new(error_status(fault).as_u16(), code, "Downstream system error");
    error.wait(fault.retry_after);
    error.into_response()
}
