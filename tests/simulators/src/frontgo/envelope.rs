//! The two envelopes of every answer. `[doc]` PROVIDERS §2.1.

use axum::http::header::{CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};

use super::exact::{Json, object};
use super::world::{App, World};

/// `[doc]` Seed 001, the 201 example; `[inf]` the same word for 200 and 202.
const OK: &str = "OK";
/// `[doc]` PROVIDERS §2.1: the answer to a payload that breaks a rule is 417, not 422.
const INVALID: (u16, &str) = (417, "payloadValidationErrors");
/// `[unk]` The text of a 401.
const UNAUTHORIZED: &str = "Unauthenticated.";
/// `[inf]` PROVIDERS §2.1: Laravel's text for a 429.
const TOO_MANY: &str = "Too Many Attempts.";
/// Seed 001: the 500 example.
const INTERNAL: &str = "internalErrorOccurredPleaseTryAgainLater";
/// `[doc]` PROVIDERS §2.1: the 510 answer; seed 001 has the longer text inside `errors`.
const GATEWAY: (&str, &str) = (
    "Payment Gateway Error: Failed to Create Checkout Session At: PAR156",
    "Payment Gateway Error(Submit Payment): Failed to Create Checkout Session At: PAR156",
);

/// What a call that worked answers.
pub struct Reply {
    status: StatusCode,
    message: &'static str,
    data: Json,
}

impl Reply {
    /// 200.
    pub fn ok(message: &'static str, data: Json) -> Self {
        Self::with(StatusCode::OK, message, data)
    }

    /// 201.
    pub fn created(message: &'static str, data: Json) -> Self {
        Self::with(StatusCode::CREATED, message, data)
    }

    /// 202.
    pub fn accepted(message: &'static str, data: Json) -> Self {
        Self::with(StatusCode::ACCEPTED, message, data)
    }

    fn with(status: StatusCode, message: &'static str, data: Json) -> Self {
        Self { status, message, data }
    }
}

/// What a call that did not work answers.
pub struct Refusal {
    status: u16,
    message: String,
    errors: Json,
    retry_after: Option<u64>,
}

impl Refusal {
    /// A refusal with a message and no list of errors.
    pub fn new(status: u16, message: &str) -> Self {
        Self { status, message: message.to_owned(), errors: Json::List(Vec::new()), retry_after: None }
    }

    /// 417 with what is wrong with the payload.
    pub fn invalid(errors: Vec<String>) -> Self {
        let (status, message) = INVALID;
        Self {
            errors: Json::List(errors.into_iter().map(Json::Text).collect()),
            ..Self::new(status, message)
        }
    }

    /// 400: what the reservation's state does not allow.
    pub fn conflict(message: &str) -> Self {
        Self::new(400, message)
    }

    /// 404.
    pub fn not_found() -> Self {
        Self::new(404, "reservationNotFound")
    }

    /// 401.
    pub fn unauthorized() -> Self {
        Self::new(401, UNAUTHORIZED)
    }

    /// 429, with `Retry-After` in seconds if there is one.
    pub fn too_many(retry_after: Option<u64>) -> Self {
        Self { retry_after, ..Self::new(429, TOO_MANY) }
    }

    /// The answer of a server in trouble: 500 and 510 as documented, others in the shape of 500.
    pub fn trouble(status: u16, message: Option<&str>, retry_after: Option<u64>) -> Self {
        let (usual, errors) = match status {
            510 => (GATEWAY.0, Json::List(vec![GATEWAY.1.into()])),
            _ => (INTERNAL, object! {"happenedAt": "simulator", "internalErrorDetails": Vec::new()}),
        };
        Self { errors, retry_after, ..Self::new(status, message.unwrap_or(usual)) }
    }

    fn envelope(self, success_shape: bool) -> Json {
        let status = i64::from(self.status);
        let name = status_message(self.status);
        if success_shape {
            object! {"status_code": status, "status_message": name, "message": self.message,
            "is_data": false, "data": Json::Null}
        } else {
            object! {"status_code": status, "status_message": name, "message": self.message,
            "is_error": true, "errors": self.errors}
        }
    }
}

/// `[doc]` PROVIDERS §2.1 for 400, 417, 500 and 510; `[unk]` the others.
fn status_message(status: u16) -> &'static str {
    match status {
        400 => "Conflict of Business Logic",
        401 => "Unauthorized",
        404 => "Not Found",
        417 => "Client Error",
        429 => "Too Many Requests",
        510 => "Execution Exception Occurred",
        _ => "Internal Dependency Error",
    }
}

impl App {
    /// Does one step and puts what came of it into its envelope.
    pub fn answer(&self, act: impl FnOnce(&mut World, i64) -> Result<Reply, Refusal>) -> Response {
        let result = self.step(act);
        self.rendered(result)
    }

    /// A refusal in the envelope that the account is set to.
    pub fn refused(&self, refusal: Refusal) -> Response {
        self.rendered(Err(refusal))
    }

    fn rendered(&self, result: Result<Reply, Refusal>) -> Response {
        match result {
            Ok(reply) => {
                let code = i64::from(reply.status.as_u16());
                let body = object! {"status_code": code, "status_message": OK,
                "message": reply.message, "is_data": reply.data != Json::Null, "data": reply.data};
                json(reply.status, &body)
            }
            Err(refusal) => {
                let shapes = self.step(|world, _| world.config.empty_success_shape.clone());
                let status =
                    StatusCode::from_u16(refusal.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
                let wait = refusal.retry_after;
                let body = refusal.envelope(shapes.contains(&status.as_u16()));
                let mut answer = json(status, &body);
                if let Some(seconds) = wait {
                    let headers = answer.headers_mut();
                    headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
                }
                answer
            }
        }
    }
}

fn json(status: StatusCode, body: &Json) -> Response {
    (status, [(CONTENT_TYPE, "application/json")], body.to_string()).into_response()
}
