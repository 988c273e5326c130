//! What tests tell a simulator over its control routes: reading an order, and refusing a bad one.

use axum::Json;
use axum::http::StatusCode;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::faults::Fault;

/// A refused order: the status, and a sentence for the developer.
pub type Trouble = (StatusCode, String);
/// What a control route answers.
pub type Answer = Result<Json<Value>, Trouble>;

/// `GET /_health`.
pub async fn health() -> Json<Value> {
    Json(json!({"status": "ok"}))
}

/// The JSON of a body; an empty body is an empty object.
///
/// # Errors
/// 400 when it is not JSON.
pub fn read(body: &[u8]) -> Result<Value, Trouble> {
    if body.is_empty() {
        return Ok(json!({}));
    }
    serde_json::from_slice(body).map_err(|error| bad(&error.to_string()))
}

/// A JSON value as a value of ours.
///
/// # Errors
/// 400 when it does not fit.
pub fn typed<T: DeserializeOwned>(value: Value) -> Result<T, Trouble> {
    serde_json::from_value(value).map_err(|error| bad(&error.to_string()))
}

/// Settings with those given laid over them.
///
/// # Errors
/// 400 when the given ones are no object, or one is unknown.
pub fn laid_over<T: Serialize + DeserializeOwned>(own: &T, given: Value) -> Result<T, Trouble> {
    let mut whole = json!(own);
    let (Some(fields), Value::Object(given)) = (whole.as_object_mut(), given) else {
        return Err(bad("settings are an object"));
    };
    fields.extend(given);
    typed(whole)
}

/// The faults of an order: one or a list, each for one of these calls or for webhooks.
///
/// # Errors
/// 400 when one does not fit its operation.
pub fn faults(body: &[u8], calls: &[&str]) -> Result<Vec<Fault>, Trouble> {
    let faults: Vec<Fault> = match read(body)? {
        list @ Value::Array(_) => typed(list)?,
        one => vec![typed(one)?],
    };
    let fits = |fault: &Fault| match fault.operation.as_str() {
        "webhook" => fault.kind.is_about_webhooks(),
        call => calls.contains(&call) && !fault.kind.is_about_webhooks(),
    };
    match faults.iter().all(fits) {
        true => Ok(faults),
        false => Err(bad("no such fault for this operation")),
    }
}

/// 400.
pub fn bad(why: &str) -> Trouble {
    (StatusCode::BAD_REQUEST, why.to_owned())
}

/// 404.
pub fn missing(what: &str) -> Trouble {
    (StatusCode::NOT_FOUND, format!("no such {what}"))
}

/// 409.
pub fn impossible() -> Trouble {
    (StatusCode::CONFLICT, "not possible in this state".to_owned())
}
