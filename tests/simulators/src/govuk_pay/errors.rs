//! Error answers: `{"field"?, "header"?, "code", "description"}`.
//!
//! `[code]` PROVIDERS §3.1, publicapi `RequestError.java`; `[doc]` api_reference, error codes.

use axum::Json;
use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

/// A refusal.
pub struct ApiError {
    status: u16,
    code: String,
    description: String,
    about: Option<(&'static str, String)>,
    retry_after: Option<u64>,
}

impl ApiError {
    /// A refusal about nothing in particular.
    pub fn new(status: u16, code: &str, description: &str) -> Self {
        let (code, description) = (code.to_owned(), description.to_owned());
        Self { status, code, description, about: None, retry_after: None }
    }

    /// Something that must be there is not: 400.
    pub fn missing(code: &str, field: &str) -> Self {
        Self::new(400, code, &format!("Missing mandatory attribute: {field}")).field(field)
    }

    /// A value of the wrong JSON type: 400, since reading the body already fails.
    pub fn wrong_type(code: &str, field: &str, why: &str) -> Self {
        Self::new(400, code, &format!("Invalid attribute value: {field}. {why}")).field(field)
    }

    /// A value out of bounds: 422.
    pub fn invalid(code: &str, field: &str, why: &str) -> Self {
        Self::new(422, code, &format!("Invalid attribute value: {field}. {why}")).field(field)
    }

    /// An attribute that does not go with the others: 422 P0104.
    pub fn unexpected(field: &str) -> Self {
        Self::new(422, "P0104", &format!("Unexpected attribute: {field}")).field(field)
    }

    /// A header that is not in its format: 422 P0102.
    pub fn header(name: &str, why: &str) -> Self {
        let mut error = Self::new(422, "P0102", &format!("Header [{name}] {why}"));
        error.about = Some(("header", name.to_owned()));
        error
    }

    /// The firewall's answer: 400 P0920.
    pub fn blocked() -> Self {
        Self::new(
            400,
            "P0920",
            "Request blocked by security rules. Please consult API documentation for more information.",
        )
    }

    /// 429 P0900.
    pub fn too_many(retry_after: Option<u64>) -> Self {
        let mut error = Self::new(429, "P0900", "Too many requests");
        error.wait(retry_after);
        error
    }

    /// Adds a `Retry-After` header in seconds.
    pub fn wait(&mut self, seconds: Option<u64>) {
        self.retry_after = seconds;
    }

    fn field(mut self, field: &str) -> Self {
        self.about = Some(("field", field.to_owned()));
        self
    }

    fn body(&self) -> Value {
        let mut body = json!({"code": self.code, "description": self.description});
        if let (Some((kind, name)), Some(fields)) = (&self.about, body.as_object_mut()) {
            fields.insert((*kind).to_owned(), json!(name));
        }
        body
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut answer = (status, Json(self.body())).into_response();
        if let Some(seconds) = self.retry_after {
            answer.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        answer
    }
}
