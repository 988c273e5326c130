//! A function's answer as the HTTP response.
//!
//! Source: Amazon API Gateway Developer Guide, "Create AWS Lambda proxy
//! integrations for HTTP APIs", "Lambda function response for format 2.0".

use axum::body::Body;
use axum::response::Response;
use data_encoding::BASE64;
use http::header::{CONTENT_TYPE, SET_COOKIE};
use http::{HeaderName, HeaderValue, StatusCode};
use serde_json::{Value, json};

/// API Gateway's own answer: `{"message": "..."}`.
pub(super) fn message(status: StatusCode) -> Response {
    let text = match status {
        StatusCode::INTERNAL_SERVER_ERROR => "Internal Server Error",
        StatusCode::NOT_FOUND => "Not Found",
        StatusCode::PAYLOAD_TOO_LARGE => "Request Entity Too Large",
        StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE => "Request Header Fields Too Large",
        _ => "Service Unavailable",
    };
    json_response(status, json!({ "message": text }).to_string())
}

/// The response; `None` when the answer is malformed.
pub(super) fn response(answer: &[u8]) -> Option<Response> {
    let answer: Value = serde_json::from_slice(answer).ok()?;
    match answer.get("statusCode") {
        Some(status) => shaped(status_of(status)?, &answer),
        None => Some(inferred(&answer)),
    }
}

/// Without a `statusCode` the whole answer is the body of a 200.
fn inferred(answer: &Value) -> Response {
    let body = answer.as_str().map_or_else(|| answer.to_string(), ToOwned::to_owned);
    json_response(StatusCode::OK, body)
}

fn json_response(status: StatusCode, body: String) -> Response {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

/// A number, or a text that is one.
fn status_of(status: &Value) -> Option<StatusCode> {
    let code = match status {
        Value::Number(number) => u16::try_from(number.as_u64()?).ok()?,
        Value::String(text) => text.parse().ok()?,
        _ => return None,
    };
    StatusCode::from_u16(code).ok()
}

fn shaped(status: StatusCode, answer: &Value) -> Option<Response> {
    let body = body_of(answer)?;
    let has_body = !body.is_empty();
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    add_headers(&mut response, answer)?;
    for cookie in list(&answer["cookies"])? {
        response.headers_mut().append(SET_COOKIE, HeaderValue::from_str(cookie.as_str()?).ok()?);
    }
    if has_body && !response.headers().contains_key(CONTENT_TYPE) {
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/plain;charset=UTF-8"));
    }
    Some(response)
}

/// Format 2.0 has no `multiValueHeaders`; where a library still sends them,
/// they are added for names that `headers` does not have (a guess).
fn add_headers(response: &mut Response, answer: &Value) -> Option<()> {
    for (name, value) in members(&answer["headers"])? {
        response.headers_mut().insert(header_name(name)?, scalar(value)?);
    }
    for (name, values) in members(&answer["multiValueHeaders"])? {
        let name = header_name(name)?;
        if members(&answer["headers"])?.any(|(single, _)| single.eq_ignore_ascii_case(name.as_str())) {
            continue;
        }
        for value in list(values)? {
            response.headers_mut().append(name.clone(), scalar(value)?);
        }
    }
    Some(())
}

fn body_of(answer: &Value) -> Option<Vec<u8>> {
    let text = match &answer["body"] {
        Value::Null => return Some(Vec::new()),
        Value::String(text) => text,
        _ => return None,
    };
    match &answer["isBase64Encoded"] {
        Value::Bool(true) => BASE64.decode(text.as_bytes()).ok(),
        Value::Null | Value::Bool(false) => Some(text.clone().into_bytes()),
        _ => None,
    }
}

fn members(value: &Value) -> Option<impl Iterator<Item = (&String, &Value)>> {
    match value {
        Value::Null => Some(None.into_iter().flatten()),
        Value::Object(map) => Some(Some(map).into_iter().flatten()),
        _ => None,
    }
}

fn list(value: &Value) -> Option<&[Value]> {
    match value {
        Value::Null => Some(&[]),
        Value::Array(items) => Some(items),
        _ => None,
    }
}

fn header_name(name: &str) -> Option<HeaderName> {
    HeaderName::from_bytes(name.as_bytes()).ok()
}

fn scalar(value: &Value) -> Option<HeaderValue> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Number(_) | Value::Bool(_) => value.to_string(),
        _ => return None,
    };
    HeaderValue::from_str(&text).ok()
}
