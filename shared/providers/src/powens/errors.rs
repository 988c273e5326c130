//! Powens' error codes, and what an answer that is no success means.
//!
//! "Error handling should be based on the error code rather than the HTTP status" (docs, "Errors"),
//! and the docs spell codes in more than one case.

use super::wire::RequestError;
use crate::http::{Answer, Effect};
use crate::json_api::safe;
use bellhop_domain::provider::{Operation, ProviderErrorKind as Kind, Refusal, RefusalCode};
use http::StatusCode;
use std::time::Duration;

/// A sandbox takes 30 calls a minute (docs, "Fair usage"): without a `Retry-After`, the next minute.
const RATE_LIMIT_PAUSE: Duration = Duration::from_secs(60);

/// Codes about the token, whatever their status.
const TOKEN: [&str; 3] = ["wrongToken", "expiredToken", "unauthorized"];

/// Codes about what was asked.
const FIELD: [&str; 3] = ["missingParameter", "invalidValue", INVALID_LABEL];

/// A label that the bank does not take.
const INVALID_LABEL: &str = "invalidLabel";

/// What an answer other than the one hoped for means.
pub(super) fn kind_of(operation: Operation, answer: &Answer) -> Kind {
    let status = answer.status;
    match answer.json::<RequestError>() {
        _ if status == StatusCode::UNAUTHORIZED => Kind::Unauthorized,
        _ if status == StatusCode::TOO_MANY_REQUESTS => {
            Kind::Unavailable { after: answer.retry_after().or(Some(RATE_LIMIT_PAUSE)) }
        }
        // Whatever stands there: nobody knows whether anything was done.
        _ if status.is_server_error() => Effect::of(operation).unanswered(),
        Some(error) if status.is_client_error() => match status {
            _ if is_one(&error.code, &TOKEN) => Kind::Unauthorized,
            StatusCode::NOT_FOUND => Kind::NotFound,
            _ => Kind::Refused(refusal(operation, status, &error.code)),
        },
        _ => Kind::Unreadable,
    }
}

/// Whether `code` is one of these, in any case.
pub(super) fn is_one(code: &str, codes: &[&str]) -> bool {
    codes.iter().any(|one| one.eq_ignore_ascii_case(code))
}

fn refusal(operation: Operation, status: StatusCode, code: &str) -> Refusal {
    let label = operation == Operation::Create && is_one(code, &[INVALID_LABEL]);
    Refusal {
        code: match status {
            _ if is_one(code, &FIELD) => RefusalCode::InvalidField,
            StatusCode::FORBIDDEN => RefusalCode::AccountNotAllowed,
            StatusCode::CONFLICT => RefusalCode::WrongState,
            // Of a cancel: this bank, or the payment as it stands now.
            _ if is_one(code, &["notSupported"]) => RefusalCode::WrongState,
            _ => RefusalCode::Other,
        },
        provider_code: safe(code),
        pointer: label.then(|| "/description".to_owned()),
        message: None,
    }
}
