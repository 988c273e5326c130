//! What tests do to the simulator: time, faults, settings, and what only the payer or the gateway does.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State as Shared};
use axum::http::StatusCode;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::fault_calls::OPERATIONS;
use super::world::App;
use crate::clock::rfc3339;
use crate::faults::Fault;

type Trouble = (StatusCode, String);
type Answer = Result<Json<Value>, Trouble>;

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
    let faults: Vec<Fault> = match read(&body)? {
        Value::Array(list) => from(Value::Array(list))?,
        one => vec![from(one)?],
    };
    for fault in &faults {
        let about_webhooks = fault.kind.is_about_webhooks();
        let known = match fault.operation.as_str() {
            "webhook" => about_webhooks,
            call => OPERATIONS.contains(&call) && !about_webhooks,
        };
        if !known {
            return Err(bad("no such fault for this operation"));
        }
    }
    Ok(Json(app.step(|world, _| {
        faults.into_iter().for_each(|fault| world.faults.add(fault));
        json!({"faults": world.faults})
    })))
}

/// `DELETE /_faults`: also lets go of the callbacks that faults keep.
pub async fn clear_faults(Shared(app): Shared<Arc<App>>) -> StatusCode {
    app.step(|world, now| {
        world.faults.clear();
        world.release_kept(now);
    });
    StatusCode::NO_CONTENT
}

/// `PUT /_config/account`: any settings, laid over those there are.
pub async fn set_account(Shared(app): Shared<Arc<App>>, body: Bytes) -> Answer {
    let given = read(&body)?;
    app.step(|world, _| {
        world.config = laid_over(&world.config, &given)?;
        Ok(Json(given))
    })
}

/// `PUT /_config/callback`: any settings of callbacks, laid over those there are.
pub async fn set_callback(Shared(app): Shared<Arc<App>>, body: Bytes) -> Answer {
    let given = read(&body)?;
    app.step(|world, _| {
        world.config.callback = laid_over(&world.config.callback, &given)?;
        Ok(Json(given))
    })
}

fn laid_over<T: Serialize + DeserializeOwned>(own: &T, given: &Value) -> Result<T, Trouble> {
    let mut whole = json!(own);
    let (Some(fields), Some(given)) = (whole.as_object_mut(), given.as_object()) else {
        return Err(bad("settings are an object"));
    };
    fields.extend(given.clone());
    from(whole)
}

/// `POST /_payments/{uuid}/{action}`: answers the reservation's entry in the ledger.
pub async fn act(
    Shared(app): Shared<Arc<App>>,
    Path((uuid, action)): Path<(String, String)>,
    body: Bytes,
) -> Answer {
    let given = match body.is_empty() {
        true => json!({}),
        false => read(&body)?,
    };
    app.step(|world, now| {
        let missing = || (StatusCode::NOT_FOUND, "no such reservation".to_owned());
        let at = world.find(&uuid).ok_or_else(missing)?;
        let done = world.act((at, &action), &given, now);
        match done.ok_or_else(|| bad("no such action, or it lacks a field"))? {
            true => {
                let reservation = world.reservations.get(at).ok_or_else(missing)?;
                Ok(Json(world.entry(reservation, now)))
            }
            false => Err((StatusCode::CONFLICT, "not possible in this state".to_owned())),
        }
    })
}

fn read(body: &[u8]) -> Result<Value, Trouble> {
    serde_json::from_slice(body).map_err(|error| bad(&error.to_string()))
}

fn from<T: DeserializeOwned>(value: Value) -> Result<T, Trouble> {
    serde_json::from_value(value).map_err(|error| bad(&error.to_string()))
}

fn bad(why: &str) -> Trouble {
    (StatusCode::BAD_REQUEST, why.to_owned())
}
