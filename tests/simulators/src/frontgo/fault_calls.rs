//! Counts every API call and spoils those that a fault is waiting for.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use serde_json::json;

use super::distort::distorted;
use super::envelope::Refusal;
use super::gate::with_headers;
use super::world::App;
use crate::broken::{garbage, hang_up, slow_drip, truncated, web_page};
use crate::clock::rfc3339;
use crate::faults::{Fault, Kind};

/// The names of calls in faults and in the ledger: the last word of their address.
pub const OPERATIONS: [&str; 10] =
    ["create", "submit", "details", "capture", "charge", "cancel", "complete", "refund", "resend", "history"];
/// Where the API's addresses begin.
pub const BASE: &str = "/api/v1/connect/reservations/";
/// What a server in trouble answers when the fault does not say.
const TROUBLE: u16 = 500;
/// Real milliseconds between two bytes of a slow drip when the fault does not say.
const DRIP_MS: u64 = 100;

/// Runs a call, with its fault if one is due. Callbacks that it made leave in the background.
pub async fn call(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let operation = operation(request.uri().path());
    let line = format!("{} {}", request.method(), request.uri());
    let allowance = app.step(|world, now| world.admit(now));
    let wait = allowance.as_ref().and_then(|allowance| allowance.wait);
    let (answer, fault) = match wait {
        Some(_) => (app.refused(Refusal::too_many(wait)), None),
        None => run(&app, operation, request, next).await,
    };
    let kind = fault.map(|fault| fault.kind);
    let silent = kind.is_some_and(is_silent);
    app.step(|world, now| {
        let status = (!silent).then(|| answer.status().as_u16());
        let entry = json!({"at": rfc3339(now), "operation": operation, "line": line, "status": status,
            "fault": kind});
        world.calls.note(operation, entry);
    });
    app.send_soon();
    if kind == Some(Kind::Timeout) {
        return std::future::pending().await;
    }
    with_headers(answer, allowance.as_ref())
}

async fn run(app: &Arc<App>, operation: &str, request: Request, next: Next) -> (Response, Option<Fault>) {
    let due = |kind: Kind| !kind.is_about_webhooks();
    let Some(fault) = app.step(|world, _| world.faults.take(operation, due)) else {
        return (next.run(request).await, None);
    };
    let answer = match fault.has_effect() {
        true => next.run(request).await,
        false => hang_up(),
    };
    (spoiled(app, &fault, answer).await, Some(fault))
}

fn operation(path: &str) -> &'static str {
    let rest = path.strip_prefix(BASE).unwrap_or_default();
    let word = rest.split('/').next().unwrap_or_default();
    let known = OPERATIONS.into_iter().find(|operation| *operation == word);
    known.unwrap_or("other")
}

fn is_silent(kind: Kind) -> bool {
    matches!(kind, Kind::AnswerLostAfterEffect | Kind::Timeout | Kind::Reset)
}

async fn spoiled(app: &App, fault: &Fault, answer: Response) -> Response {
    let status = answer.status();
    match fault.kind {
        Kind::ErrorBefore | Kind::ErrorAfter => {
            let status = fault.status.unwrap_or(TROUBLE);
            app.refused(Refusal::trouble(status, fault.code.as_deref(), fault.retry_after))
        }
        Kind::TooManyRequests => app.refused(Refusal::too_many(fault.retry_after)),
        Kind::Unauthorized => app.refused(Refusal::unauthorized()),
        Kind::Garbage => garbage(status),
        Kind::Html => web_page(status),
        Kind::Truncated => truncated(answer).await,
        Kind::SlowDrip => {
            let pause = Duration::from_millis(fault.delay_ms.unwrap_or(DRIP_MS));
            slow_drip(answer, pause).await
        }
        kind if is_silent(kind) => hang_up(),
        kind => distorted(answer, kind).await,
    }
}
