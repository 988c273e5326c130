//! What tests do to the simulator: faults, settings, and what only time or the bank does to a payment.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State as Shared};
use axum::http::StatusCode;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::config::{Domain, Webhook};
use super::fault_calls::OPERATIONS;
use super::world::{App, World};
use crate::clock::rfc3339;
use crate::faults::Fault;

type Refusal = (StatusCode, String);
type Answer = Result<Json<Value>, Refusal>;

/// `GET /_health`.
pub async fn health() -> Json<Value> {
    Json(json!({"status": "ok"}))
}

/// `POST /_tick`.
pub async fn tick(Shared(app): Shared<Arc<App>>) -> Json<Value> {
    let (changed, attempts) = app.tick().await;
    let now = app.step(|_, now| rfc3339(now));
    Json(json!({"now": now, "changed": changed, "attempts": attempts}))
}

/// `POST /_faults`: one fault or a list of them.
pub async fn add_faults(Shared(app): Shared<Arc<App>>, body: Bytes) -> Answer {
    let given: Value = read(&body)?;
    let faults: Vec<Fault> = match given {
        Value::Array(_) => typed(given)?,
        one => vec![typed(one)?],
    };
    if !faults.iter().all(is_possible) {
        return Err(bad("no such fault for this operation"));
    }
    app.step(|world, _| {
        faults.into_iter().for_each(|fault| world.faults.add(fault));
        Ok(Json(json!({"faults": world.faults})))
    })
}

fn is_possible(fault: &Fault) -> bool {
    let about_calls = OPERATIONS.contains(&fault.operation.as_str());
    let about_webhooks = fault.operation == "webhook";
    (about_calls && !fault.kind.is_about_webhooks()) || (about_webhooks && fault.kind.is_about_webhooks())
}

/// `DELETE /_faults`: also lets go of the messages that faults keep.
pub async fn clear_faults(Shared(app): Shared<Arc<App>>) -> StatusCode {
    app.step(|world, now| {
        world.faults.clear();
        world.release_kept(now);
        StatusCode::NO_CONTENT
    })
}

/// `DELETE /_tokens`: every service token is refused from now on, long before its time.
pub async fn forget_tokens(Shared(app): Shared<Arc<App>>) -> StatusCode {
    app.step(|world, _| {
        world.tokens.retain(|_, token| token.payment.is_some());
        StatusCode::NO_CONTENT
    })
}

/// `PUT /_config/webhook`: `{"url", "secret", "signed_path"?}`, or `null` for none.
pub async fn set_webhook(Shared(app): Shared<Arc<App>>, body: Bytes) -> Answer {
    let webhook: Option<Webhook> = typed(read(&body)?)?;
    app.step(|world, _| {
        world.config.domain.webhook = webhook;
        Ok(Json(json!(world.config.domain)))
    })
}

/// `PUT /_config/domain`: any settings of the domain, laid over what it has.
pub async fn set_domain(Shared(app): Shared<Arc<App>>, body: Bytes) -> Answer {
    let given: Value = read(&body)?;
    app.step(|world, _| {
        let mut whole = json!(world.config.domain);
        if let (Some(whole), Value::Object(given)) = (whole.as_object_mut(), given) {
            whole.extend(given);
        }
        let domain: Domain = typed(whole)?;
        world.config.domain = domain;
        Ok(Json(json!(world.config.domain)))
    })
}

/// `POST /_payments/{id}/{action}`: answers the payment's entry in the ledger.
pub async fn act(
    Shared(app): Shared<Arc<App>>,
    Path((id, action)): Path<(String, String)>,
    body: Bytes,
) -> Answer {
    let given: Value = if body.is_empty() { json!({}) } else { read(&body)? };
    app.step(|world, now| world.ordered((&id, &action), &given, now))
}

impl World {
    fn ordered(&mut self, (id, action): (&str, &str), given: &Value, now: i64) -> Answer {
        let missing = || (StatusCode::NOT_FOUND, "no such payment".to_owned());
        let at = self.find(id).ok_or_else(missing)?;
        let worked =
            self.act(at, action, given, now).ok_or_else(|| bad("no such action, or it lacks a field"))?;
        if !worked {
            let why = "not possible in this state".to_owned();
            return Err((StatusCode::CONFLICT, why));
        }
        let payment = self.payments.get(at).ok_or_else(missing)?;
        Ok(Json(self.entry(payment, now)))
    }
}

fn read(body: &[u8]) -> Result<Value, Refusal> {
    serde_json::from_slice(body).map_err(|error| bad(&error.to_string()))
}

fn typed<T: DeserializeOwned>(value: Value) -> Result<T, Refusal> {
    serde_json::from_value(value).map_err(|error| bad(&error.to_string()))
}

fn bad(why: &str) -> Refusal {
    (StatusCode::BAD_REQUEST, why.to_owned())
}
