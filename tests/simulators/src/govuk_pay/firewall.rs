//! What stops a request before the API reads it.

use axum::http::HeaderMap;
use axum::http::header::{ACCEPT, CONTENT_TYPE};
use serde_json::Value;

use super::errors::ApiError;

/// Content type, accepted type and an empty body. `[doc]` api_reference, P0920.
pub fn check_request(headers: &HeaderMap, body: &[u8]) -> Result<(), ApiError> {
    let header = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let typed = header(CONTENT_TYPE).is_some_and(|value| value.starts_with("application/json"));
    let accepts =
        header(ACCEPT).is_none_or(|value| value.contains("application/json") || value.contains("*/*"));
    if typed && accepts && !body.is_empty() { Ok(()) } else { Err(ApiError::blocked()) }
}

/// `[doc]` api_reference, P0920: no `<`, `>`, `"`, `\` or `|` in any text.
pub fn check_text(value: &Value) -> Result<(), ApiError> {
    match value {
        Value::String(text) if text.contains(['<', '>', '"', '\\', '|']) => Err(ApiError::blocked()),
        Value::Array(values) => values.iter().try_for_each(check_text),
        Value::Object(fields) => fields.values().try_for_each(check_text),
        _ => Ok(()),
    }
}

/// The Idempotency-Key. `[code]` PROVIDERS §3.6: 1-255 of `[A-Za-z0-9-]`, else 422.
pub fn idempotency_key(headers: &HeaderMap) -> Result<Option<String>, ApiError> {
    const NAME: &str = "Idempotency-Key";
    let Some(value) = headers.get(NAME) else {
        return Ok(None);
    };
    let key = value.to_str().unwrap_or("?");
    if key.is_empty() || key.len() > 255 {
        return Err(ApiError::header(NAME, "can have a size between 1 and 255"));
    }
    if !key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
        return Err(ApiError::header(NAME, "can only contain alphanumeric characters and hyphens"));
    }
    Ok(Some(key.to_owned()))
}
