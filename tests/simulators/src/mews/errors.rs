//! Error answers: `{"Message", "Details"}`. `[doc]` BE/guidelines/responses.md, CO/guidelines/responses.md.

use axum::http::header::{CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};

use crate::exact::{Json, object};

/// A refusal.
pub struct ApiError {
    status: u16,
    message: String,
    exceeding: Vec<usize>,
    retry_after: Option<u64>,
    request_id: Option<String>,
}

impl ApiError {
    /// An answer with this status and message.
    pub fn new(status: u16, message: &str) -> Self {
        Self {
            status,
            message: message.to_owned(),
            exceeding: Vec::new(),
            retry_after: None,
            request_id: None,
        }
    }

    /// `[doc]` 400: a malformed request or an invalid identifier. CO/guidelines/responses.md: `Invalid {Parameter}`.
    pub fn invalid(parameter: &str) -> Self {
        Self::new(400, &format!("Invalid {parameter}."))
    }

    /// `[doc]` 401. The words, and that an unregistered `Client` gets this one, are `[inf]`.
    pub fn unauthorized(what: &str) -> Self {
        Self::new(401, &format!("Invalid {what}."))
    }

    /// `[doc]` 403: to be told to the end user.
    pub fn forbidden(message: &str) -> Self {
        Self::new(403, message)
    }

    /// `[doc]` CO/guidelines/responses.md 404: the address is not exactly that of an operation.
    pub fn not_found() -> Self {
        Self::new(404, "The resource cannot be found.")
    }

    /// `[doc]` 429. `Retry-After` is in seconds.
    pub fn too_many(retry_after: Option<u64>) -> Self {
        Self { retry_after, ..Self::new(429, "Too many requests.") }
    }

    /// `[doc]` BE/operations/reservation-groups.md, error response: rooms that are gone meanwhile.
    pub fn no_rooms(exceeding: Vec<usize>) -> Self {
        Self { exceeding, ..Self::forbidden("Some of the selected rooms are not available anymore.") }
    }

    /// Adds a `Retry-After` header.
    pub fn after(mut self, seconds: Option<u64>) -> Self {
        self.retry_after = seconds;
        self
    }

    /// `[doc]` CO/guidelines/responses.md: the Connector's errors name the request.
    pub fn of_request(mut self, id: &str) -> Self {
        self.request_id = Some(id.to_owned());
        self
    }

    /// `[doc]` `Details` come on the demo environment, which this is.
    fn body(&self) -> Json {
        let mut body = object! {
            "Message": &self.message,
            "Details": format!("Demo environment: {} {}", self.status, self.message),
        };
        if let Json::Object(fields) = &mut body {
            if let Some(id) = &self.request_id {
                fields.push(("RequestId".to_owned(), Json::from(id)));
            }
            if !self.exceeding.is_empty() {
                let index = |index: &usize| Json::Number(index.to_string());
                let list = self.exceeding.iter().map(index).collect();
                fields.push(("ExceedingReservationIndexes".to_owned(), Json::List(list)));
            }
        }
        body
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = answer(status, &self.body());
        if let Some(seconds) = self.retry_after {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

/// JSON with a status.
pub fn answer(status: StatusCode, body: &Json) -> Response {
    (status, [(CONTENT_TYPE, "application/json; charset=utf-8")], body.to_string()).into_response()
}
