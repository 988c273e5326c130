//! Reading what a test posts to a simulator's controls.

use axum::Json;
use axum::http::StatusCode;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::faults::Fault;

/// Why an order was not carried out.
pub type Refusal = (StatusCode, String);
/// What a control answers.
pub type Answer = Result<Json<Value>, Refusal>;

/// A body as JSON; an empty one is an empty object.
pub fn read(body: &[u8]) -> Result<Value, Refusal> {
    if body.is_empty() {
        return Ok(json!({}));
    }
    serde_json::from_slice(body).map_err(|error| bad(&error.to_string()))
}

/// A value of this type.
pub fn typed<T: DeserializeOwned>(value: Value) -> Result<T, Refusal> {
    serde_json::from_value(value).map_err(|error| bad(&error.to_string()))
}

/// One fault or a list of them, each of which must be possible.
pub fn faults(body: &[u8], possible: impl Fn(&Fault) -> bool) -> Result<Vec<Fault>, Refusal> {
    let given = read(body)?;
    let faults: Vec<Fault> = if given.is_array() { typed(given)? } else { vec![typed(given)?] };
    if faults.iter().all(possible) { Ok(faults) } else { Err(bad("no such fault for this operation")) }
}

/// Settings with some of them laid over.
pub fn laid_over<T: Serialize + DeserializeOwned>(settings: &T, given: Value) -> Result<T, Refusal> {
    let mut whole = json!(settings);
    if let (Some(whole), Value::Object(given)) = (whole.as_object_mut(), given) {
        whole.extend(given);
    }
    typed(whole)
}

/// The order itself is wrong.
pub fn bad(why: &str) -> Refusal {
    (StatusCode::BAD_REQUEST, why.to_owned())
}

/// The state does not allow it.
pub fn impossible() -> Refusal {
    (StatusCode::CONFLICT, "not possible in this state".to_owned())
}

/// There is no such thing.
pub fn unknown() -> Refusal {
    (StatusCode::NOT_FOUND, "no such payment".to_owned())
}
