//! What tests do to the simulator: faults, settings, and what only time or the gateway does to a payment.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State as Shared};
use axum::http::StatusCode;
use serde_json::{Value, json};

use super::config::{Account, Webhook};
use super::world::{App, World};
use crate::clock::rfc3339;
use crate::faults::Fault;

type Answer = Result<Json<Value>, (StatusCode, String)>;

/// `GET /_health`.
pub async fn health() -> Json<Value> {
    Json(json!({"status": "ok"}))
}

/// `POST /_tick`.
pub async fn tick(Shared(app): Shared<Arc<App>>) -> Json<Value> {
    let (changed, attempts) = app.tick().await;
    Json(json!({"now": app.step(|_, now| rfc3339(now)), "changed": changed, "attempts": attempts}))
}

/// `POST /_faults`: one fault or a list of them.
pub async fn add_faults(Shared(app): Shared<Arc<App>>, body: Bytes) -> Answer {
    let given: Value = read(&body)?;
    let list = if given.is_array() { given } else { json!([given]) };
    let faults: Vec<Fault> = serde_json::from_value(list).map_err(|error| bad(&error.to_string()))?;
    for fault in &faults {
        check(fault)?;
    }
    app.step(|world, _| faults.into_iter().for_each(|fault| world.faults.add(fault)));
    Ok(Json(json!({"faults": app.step(|world, _| json!(world.faults))})))
}

fn check(fault: &Fault) -> Result<(), (StatusCode, String)> {
    const CALLS: [&str; 8] =
        ["create", "get", "search", "cancel", "capture", "refund", "get_refunds", "events"];
    let known = match fault.operation.as_str() {
        "webhook" => fault.kind.is_about_webhooks(),
        call => CALLS.contains(&call) && !fault.kind.is_about_webhooks(),
    };
    if known { Ok(()) } else { Err(bad("no such fault for this operation")) }
}

/// `DELETE /_faults`: also lets go of the messages that faults keep.
pub async fn clear_faults(Shared(app): Shared<Arc<App>>) -> StatusCode {
    app.step(|world, now| {
        world.faults.clear();
        world.release_kept(now);
    });
    StatusCode::NO_CONTENT
}

/// `PUT /_config/webhook`: `{"url", "secret", "account"?}`, or `null` for none.
pub async fn set_webhook(Shared(app): Shared<Arc<App>>, body: Bytes) -> Answer {
    let mut given: Value = read(&body)?;
    let account = take_account(&mut given);
    let webhook: Option<Webhook> = serde_json::from_value(given).map_err(|error| bad(&error.to_string()))?;
    set(&app, account, |found| found.webhook = webhook)
}

/// `PUT /_config/account`: any fields of an account, laid over what it has; `{"account"?, ...}` says which.
pub async fn set_account(Shared(app): Shared<Arc<App>>, body: Bytes) -> Answer {
    let mut given: Value = read(&body)?;
    let name = take_account(&mut given);
    let number = app.step(|world, _| world.number_of(name.as_deref())).ok_or_else(|| missing("account"))?;
    let mut whole = app.step(|world, _| json!(world.account(number)));
    if let (Some(whole), Some(given)) = (whole.as_object_mut(), given.as_object()) {
        whole.extend(given.clone());
    }
    let account: Account = serde_json::from_value(whole).map_err(|error| bad(&error.to_string()))?;
    set(&app, name, |found| *found = account)
}

/// `PUT /_config/search`: `{"lag_ms"}`.
pub async fn set_search(Shared(app): Shared<Arc<App>>, body: Bytes) -> Answer {
    let given: Value = read(&body)?;
    let lag = given.get("lag_ms").and_then(Value::as_i64).ok_or_else(|| bad("lag_ms is missing"))?;
    app.step(|world, _| world.config.search_lag_ms = lag);
    Ok(Json(given))
}

fn set(app: &App, name: Option<String>, change: impl FnOnce(&mut Account)) -> Answer {
    app.step(|world, _| {
        let number = world.number_of(name.as_deref())?;
        change(world.config.accounts.get_mut(number)?);
        Some(Json(json!({"account": world.account(number).id})))
    })
    .ok_or_else(|| missing("account"))
}

fn take_account(given: &mut Value) -> Option<String> {
    given.as_object_mut()?.remove("account")?.as_str().map(str::to_owned)
}

/// `POST /_payments/{id}/{action}`: answers the payment's entry in the ledger.
pub async fn act(
    Shared(app): Shared<Arc<App>>,
    Path((id, action)): Path<(String, String)>,
    body: Bytes,
) -> Answer {
    let given: Value = if body.is_empty() { json!({}) } else { read(&body)? };
    app.step(|world, now| {
        let at = world.find(&id).ok_or_else(|| missing("payment"))?;
        match world.act(at, &action, &given, now) {
            Some(true) => world
                .payments
                .get(at)
                .map(|payment| Json(world.entry(payment)))
                .ok_or_else(|| missing("payment")),
            Some(false) => Err((StatusCode::CONFLICT, "not possible in this state".to_owned())),
            None => Err(bad("no such action, or it lacks a field")),
        }
    })
}

impl World {
    fn number_of(&self, name: Option<&str>) -> Option<usize> {
        match name {
            None => (!self.config.accounts.is_empty()).then_some(0),
            Some(name) => self.config.accounts.iter().position(|account| account.id == name),
        }
    }
}

fn read(body: &[u8]) -> Result<Value, (StatusCode, String)> {
    serde_json::from_slice(body).map_err(|error| bad(&error.to_string()))
}

fn bad(why: &str) -> (StatusCode, String) {
    (StatusCode::BAD_REQUEST, why.to_owned())
}

fn missing(what: &str) -> (StatusCode, String) {
    (StatusCode::NOT_FOUND, format!("no such {what}"))
}
