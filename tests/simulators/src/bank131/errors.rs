//! Error answers: `{"status":"error","error":{"code","description"}}` under 400.
//!
//! The codes are those of `/en/reference/errors`; the status 400 is that of SDK `ExceptionApiTest.php`. Which code
//! goes with which mistake is `[inf]` where no line says otherwise.

use axum::Json;
use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::json;

/// A refusal.
#[derive(Debug)]
pub struct ApiError {
    status: StatusCode,
    code: String,
    description: String,
    retry_after: Option<u64>,
}

impl ApiError {
    /// An answer with this status and code.
    pub fn new(status: StatusCode, code: &str, description: &str) -> Self {
        let (code, description) = (code.to_owned(), description.to_owned());
        Self { status, code, description, retry_after: None }
    }

    /// The project is missing or unknown.
    pub fn identification() -> Self {
        Self::refusal("identification_error", "Unknown X-PARTNER-PROJECT")
    }

    /// `[doc]` errors: X-PARTNER-SIGN is wrong.
    pub fn authentication() -> Self {
        Self::refusal("authentication_error", "Invalid X-PARTNER-SIGN")
    }

    /// SDK `ExceptionApiTest.php`: code and description.
    pub fn repeated() -> Self {
        Self::refusal("idempotency_key_already_exists", "already in progress or processed")
    }

    /// A field breaks a rule.
    pub fn invalid(why: &str) -> Self {
        Self::refusal("invalid_request", why)
    }

    /// The session is somewhere else.
    pub fn wrong_state() -> Self {
        Self::refusal("session_wrong_state", "The session's state does not allow this")
    }

    /// More than there is to give back.
    pub fn refund_too_large() -> Self {
        Self::refusal("refund_amount_too_large", "The refund is larger than what is left of the payment")
    }

    /// No such address. `[unk]`
    pub fn no_such_method() -> Self {
        Self::new(StatusCode::NOT_FOUND, "invalid_request", "No such method")
    }

    /// No such session. `[unk]` The errors page has no code of its own for it.
    pub fn no_such_session() -> Self {
        Self::invalid("session_id: no such session")
    }

    /// Rate limits are `[unk]`; a fault plays one.
    pub fn too_many() -> Self {
        Self::new(StatusCode::TOO_MANY_REQUESTS, "too_many_requests", "Too many requests")
    }

    /// Adds a `Retry-After` header in seconds.
    pub fn after(mut self, seconds: Option<u64>) -> Self {
        self.retry_after = seconds;
        self
    }

    fn refusal(code: &str, description: &str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, code, description)
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let error = json!({"code": self.code, "description": self.description});
        let mut answer = (self.status, Json(json!({"status": "error", "error": error}))).into_response();
        if let Some(seconds) = self.retry_after {
            answer.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        answer
    }
}
