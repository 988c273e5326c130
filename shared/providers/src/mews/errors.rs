//! What an answer of Mews that is no success means (docs, "Responses" of both APIs). There are no codes,
//! only a status and a sentence.

use super::order::OPTIONS;
use super::wire::RequestError;
use crate::faults::below;
use crate::http::{Answer, Effect};
use bellhop_domain::provider::{Operation, ProviderErrorKind as Kind, Refusal, RefusalCode, SafeText};
use http::StatusCode;
use serde_json::Value;

/// What an answer other than the one hoped for means.
///
/// Too many requests may come without `Retry-After`, and "pausing for a fixed amount of time is never
/// recommended": then our own plan decides.
pub(super) fn kind_of(operation: Operation, answer: &Answer) -> Kind {
    let status = answer.status;
    match answer.json::<RequestError>() {
        _ if status == StatusCode::UNAUTHORIZED => Kind::Unauthorized,
        _ if status == StatusCode::TOO_MANY_REQUESTS => Kind::Unavailable { after: answer.retry_after() },
        // Whatever stands there: nobody knows whether anything was done.
        _ if status.is_server_error() || status == StatusCode::REQUEST_TIMEOUT => {
            Effect::of(operation).unanswered()
        }
        Some(error) if status.is_client_error() => match (status, operation) {
            (StatusCode::NOT_FOUND, _) => Kind::NotFound,
            // "Invalid identifier of a resource": a look holds nothing else that could be wrong.
            (StatusCode::BAD_REQUEST, Operation::Fetch | Operation::Lookup) => Kind::NotFound,
            _ => Kind::Refused(refusal(operation, status, &error)),
        },
        _ => Kind::Unreadable,
    }
}

fn refusal(operation: Operation, status: StatusCode, error: &RequestError) -> Refusal {
    let gone = error.exceeding_reservation_indexes.as_ref().and_then(|all| all.get(0));
    let gone = gone.and_then(Value::as_u64).filter(|_| operation == Operation::Create);
    let reservations = below(OPTIONS, "reservations");
    Refusal {
        code: match operation {
            Operation::Create if gone.is_some() => RefusalCode::InvalidField,
            // "Only payment requests which are in Pending state can be canceled"; a refund only of what is charged.
            Operation::Cancel | Operation::Refund => RefusalCode::WrongState,
            _ if status == StatusCode::BAD_REQUEST => RefusalCode::InvalidField,
            _ => RefusalCode::Other,
        },
        provider_code: status.as_str().to_owned(),
        pointer: gone.map(|number| below(&reservations, &number.to_string())),
        // "Server error that should be reported to the end user": of the others nothing is said.
        message: SafeText::of(&error.message).filter(|_| status == StatusCode::FORBIDDEN),
    }
}
