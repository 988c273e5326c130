//! Error answers: `{"code", "description", "message", "request_id"}`.
//!
//! `[doc]` PROVIDERS §4.1. Which HTTP status goes with which code is `[unk]` (§6): the constants below decide.

use axum::Json;
use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use crate::ids;

type Answer = (u16, &'static str, &'static str);

const MISSING: Answer = (400, "missingParameter", "A parameter is missing");
const INVALID: Answer = (400, "invalidValue", "A value is not valid");
const NOT_SUPPORTED: Answer = (400, "notSupported", "This is not supported");
const WRONG_TOKEN: Answer = (401, "wrongToken", "The token is missing, wrong or has expired");
const UNAUTHORIZED: Answer = (401, "unauthorized", "Unknown client or wrong secret");
const FORBIDDEN: Answer = (403, "unauthorized", "The token's scope does not allow this");
const NOT_FOUND: Answer = (404, "notFound", "No such resource");
const METHOD: Answer = (405, "methodNotAllowed", "Method not allowed");
const CONFLICT: Answer = (409, "invalidState", "The payment's state does not allow this");
const TOO_MANY: Answer = (429, "tooManyRequests", "Too many requests");

/// A refusal.
pub struct ApiError {
    status: u16,
    code: String,
    description: String,
    message: Option<String>,
    retry_after: Option<u64>,
}

impl ApiError {
    /// An answer with this status and code.
    pub fn new(status: u16, code: &str, description: &str) -> Self {
        Self {
            status,
            code: code.to_owned(),
            description: description.to_owned(),
            message: None,
            retry_after: None,
        }
    }

    /// A parameter that must be there is not.
    pub fn missing(name: &str) -> Self {
        Self::of(MISSING).saying(name)
    }

    /// A parameter that breaks a rule.
    pub fn invalid(name: &str, why: &str) -> Self {
        Self::of(INVALID).saying(&format!("{name}: {why}"))
    }

    /// Something that the domain or the bank does not do.
    pub fn not_supported(why: &str) -> Self {
        Self::of(NOT_SUPPORTED).saying(why)
    }

    /// No token, a wrong one, an expired one.
    pub fn wrong_token() -> Self {
        Self::of(WRONG_TOKEN)
    }

    /// Wrong client credentials.
    pub fn unauthorized() -> Self {
        Self::of(UNAUTHORIZED)
    }

    /// A token without the scope.
    pub fn forbidden() -> Self {
        Self::of(FORBIDDEN)
    }

    /// No such payment, or no such address.
    pub fn not_found() -> Self {
        Self::of(NOT_FOUND)
    }

    /// Another method is needed.
    pub fn method() -> Self {
        Self::of(METHOD)
    }

    /// The state does not allow it.
    pub fn conflict(why: &str) -> Self {
        Self::of(CONFLICT).saying(why)
    }

    /// Beyond the rate.
    pub fn too_many(retry_after: Option<u64>) -> Self {
        Self::of(TOO_MANY).after(retry_after)
    }

    /// Adds a `Retry-After` header in seconds.
    pub fn after(mut self, seconds: Option<u64>) -> Self {
        self.retry_after = seconds;
        self
    }

    fn of((status, code, description): Answer) -> Self {
        Self::new(status, code, description)
    }

    fn saying(mut self, message: &str) -> Self {
        self.message = Some(message.to_owned());
        self
    }

    fn body(&self) -> Value {
        json!({
            "code": self.code,
            "description": self.description,
            "message": self.message,
            "request_id": ids::dashed(),
        })
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
