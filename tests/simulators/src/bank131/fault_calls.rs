//! Counts every API call and spoils those that a fault is waiting for.

use std::sync::Arc;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::api::operation;
use super::auth::idempotency_key;
use super::distort::distorted;
use super::errors::ApiError;
use super::message::EVENTS;
use super::world::App;
use crate::broken::{body_of, hang_up, with_body};
use crate::driver::{send_due, send_soon};
use crate::faults::{Fault, Kind};
use crate::spoil::{Voice, error_status, spoiled, status_sent};

/// Runs a call, with its fault if one is due. Webhooks that it made leave in the background, early ones before the
/// answer.
pub async fn call(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap_or_default();
    let path = parts.uri.path().trim_start_matches("/api/");
    let name = path.split_once('/').and_then(|(_, path)| operation(path)).unwrap_or("other");
    let mut entry = json!({
        "line": format!("{} {}", parts.method, parts.uri),
        "idempotency_key": idempotency_key(&parts.headers),
        "session_id": session_of(&body),
    });
    let fault = app.step(|world, _| world.faults.take(name, |kind| !kind.is_about_webhooks()));
    let early = early(&app, name);
    let effect = fault.as_ref().is_none_or(Fault::has_effect);
    let answer = match effect {
        true => Some(next.run(Request::from_parts(parts, Body::from(body))).await),
        false => None,
    };
    let answer = told_early(&app, answer, early).await;
    let status = match &fault {
        None => answer.as_ref().map(Response::status),
        Some(fault) => status_sent(fault, answer.as_ref()),
    };
    entry["status"] = json!(status.map(|status| status.as_u16()));
    entry["fault"] = json!(fault.as_ref().map(|fault| fault.kind));
    app.step(|world, now| world.calls.note(name, entry, now));
    send_soon(&app);
    match fault {
        Some(fault) => distorted(spoiled(&fault, answer, &Bank131).await, fault.kind).await,
        None => answer.unwrap_or_else(hang_up),
    }
}

/// The early webhook of a call that opens a session; another call leaves the fault waiting. A `session/create` makes no
/// webhook by itself: what comes early is the event that the fault names, or `ready_to_confirm`.
fn early(app: &App, operation: &str) -> Option<Fault> {
    let own = match operation {
        "create" => Some("ready_to_confirm".to_owned()),
        "init_payment" | "start_payment" => None,
        _ => return None,
    };
    let fault = app.step(|world, _| world.faults.take("webhook", |kind| kind == Kind::Early))?;
    Some(Fault { event: fault.event.or(own), ..fault })
}

/// Sends the webhooks of a call, and that of the fault, and waits for them before the answer leaves.
async fn told_early(app: &Arc<App>, answer: Option<Response>, fault: Option<Fault>) -> Option<Response> {
    let (mut answer, fault) = match (answer, fault) {
        (Some(answer), Some(fault)) => (answer, fault),
        (answer, _) => return answer,
    };
    let body = body_of(&mut answer).await;
    let given: Value = serde_json::from_slice(&body).unwrap_or_default();
    let id = given.pointer("/session/id").and_then(Value::as_str).unwrap_or_default();
    let known = EVENTS.iter().find(|known| fault.event.as_deref() == Some(known));
    app.step(|world, now| {
        if let (Some(at), Some(event)) = (world.find(id), known) {
            world.emit(at, event, now);
        }
    });
    send_due(&**app).await;
    Some(with_body(answer, Body::from(body)))
}

fn session_of(body: &Bytes) -> Value {
    let given: Value = serde_json::from_slice(body).unwrap_or_default();
    let places = ["/session_id", "/acquiring_widget/session_id"];
    places.iter().find_map(|place| given.pointer(place)).cloned().unwrap_or_default()
}

struct Bank131;

impl Voice for Bank131 {
    /// `[doc]` `/en/reference/errors`: internal_error, unless the fault names another.
    fn error(&self, fault: &Fault) -> Response {
        let code = fault.code.as_deref().unwrap_or("internal_error");
        ApiError::new(error_status(fault), code, "Internal error, repeat later")
            .after(fault.retry_after)
            .into_response()
    }

    fn too_many(&self, fault: &Fault) -> Response {
        ApiError::too_many().after(fault.retry_after).into_response()
    }

    fn unauthorized(&self) -> Response {
        ApiError::new(StatusCode::UNAUTHORIZED, "authentication_error", "Invalid X-PARTNER-SIGN")
            .into_response()
    }
}
