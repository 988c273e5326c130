//! Answers, and the headers that all of them have.

use crate::http::request::RequestId;
use bellhop_domain::idempotency::StoredAnswer;
use http::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, LOCATION};
use http::{Response, StatusCode};
use lambda_http::Body;
use serde::Serialize;
use url::Url;

/// An answer.
pub type Reply = Response<Body>;

/// On every answer. Addresses of ours hold payers' tokens: nothing may keep them or pass them on.
const STANDARD: [(&str, &str); 4] = [
    ("cache-control", "no-store"),
    ("referrer-policy", "no-referrer"),
    ("strict-transport-security", "max-age=31536000"),
    ("x-content-type-options", "nosniff"),
];

/// The header that names a request.
pub const REQUEST_ID: &str = "x-request-id";

/// An answer with a text body.
pub fn text(status: StatusCode, content_type: &'static str, body: String) -> Reply {
    let mut reply = empty(status);
    *reply.body_mut() = Body::Text(body);
    with(reply, CONTENT_TYPE.as_str(), content_type)
}

/// A JSON answer.
pub fn json(status: StatusCode, body: &impl Serialize) -> Reply {
    match serde_json::to_string(body) {
        Ok(body) => text(status, "application/json", body),
        Err(_) => empty(StatusCode::INTERNAL_SERVER_ERROR),
    }
}

/// An answer that was kept to be given again.
pub fn stored(answer: &StoredAnswer, body: String) -> Reply {
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut reply = empty(status);
    *reply.body_mut() = Body::Text(body);
    let headers = answer.headers.iter();
    headers.fold(reply, |reply, (name, value)| with(reply, name, value))
}

/// A page.
pub fn html(status: StatusCode, body: String) -> Reply {
    text(status, "text/html; charset=utf-8", body)
}

/// An answer without a body.
pub fn empty(status: StatusCode) -> Reply {
    let mut reply = Response::new(Body::Empty);
    *reply.status_mut() = status;
    reply
}

/// 303: look there, with GET.
pub fn see_other(to: &Url) -> Reply {
    with(empty(StatusCode::SEE_OTHER), LOCATION.as_str(), to.as_str())
}

/// The answer with one header more, in place of any of that name. A value that is no header value is
/// left out.
pub fn with(mut reply: Reply, name: &str, value: &str) -> Reply {
    let name = HeaderName::from_bytes(name.as_bytes());
    if let (Ok(name), Ok(value)) = (name, HeaderValue::from_str(value)) {
        reply.headers_mut().insert(name, value);
    }
    reply
}

/// Adds the request's id, and each standard header that the answer does not set itself.
pub fn finish(reply: Reply, id: &RequestId) -> Reply {
    let missing = |headers: &HeaderMap, name: &str| !headers.contains_key(name);
    let reply = with(reply, REQUEST_ID, id.as_str());
    STANDARD.iter().fold(
        reply,
        |reply, (name, value)| {
            if missing(reply.headers(), name) { with(reply, name, value) } else { reply }
        },
    )
}
