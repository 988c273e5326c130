//! What an answer that is no success means: by its HTTP status, never by the words of its message.
//!
//! docs, the "Error Response" of each page. `message` is a sentence here and a key there, and some 400
//! and 404 come in the envelope of a success.

use super::options::OPTIONS;
use super::wire::Envelope;
use crate::faults::below;
use crate::http::{Answer, Effect};
use crate::json_api::safe;
use bellhop_domain::provider::{Operation, ProviderErrorKind, Refusal, RefusalCode};
use serde::de::IgnoredAny;
use serde_json::Value;
use std::time::Duration;

/// Inferred: the headers count 240 calls, in the way of a framework that counts by the minute.
const RATE_LIMIT_PAUSE: Duration = Duration::from_secs(60);

/// Their 510 to a create: "Payment Gateway Error: Failed to Create Checkout Session".
const NO_CHECKOUT: u16 = 510;

/// What an answer other than the one hoped for means.
pub(super) fn kind_of(operation: Operation, answer: &Answer) -> ProviderErrorKind {
    let told = answer.json::<Envelope<IgnoredAny>>();
    match (answer.status.as_u16(), told) {
        (401, _) => ProviderErrorKind::Unauthorized,
        (429, _) => ProviderErrorKind::Unavailable { after: answer.retry_after().or(Some(RATE_LIMIT_PAUSE)) },
        // No checkout session, so no page that anyone could pay on: nothing to look for.
        (NO_CHECKOUT, Some(_)) if operation == Operation::Create => {
            ProviderErrorKind::Unavailable { after: None }
        }
        (500.., _) => Effect::of(operation).unanswered(),
        (404, Some(_)) if operation != Operation::Create => ProviderErrorKind::NotFound,
        (status @ 400..=499, Some(told)) => ProviderErrorKind::Refused(refusal(operation, status, &told)),
        _ => ProviderErrorKind::Unreadable,
    }
}

fn refusal(operation: Operation, status: u16, told: &Envelope<IgnoredAny>) -> Refusal {
    let create = operation == Operation::Create;
    // A key is kept; a sentence might repeat what was sent.
    let key = told.message.as_str().filter(|key| !key.is_empty() && **key == safe(key));
    Refusal {
        code: match status {
            417 | 422 => RefusalCode::InvalidField,
            400 if create => RefusalCode::InvalidField,
            // "Conflict of Business Logic".
            400 | 409 => RefusalCode::WrongState,
            403 => RefusalCode::AccountNotAllowed,
            _ => RefusalCode::Other,
        },
        provider_code: key.map_or_else(|| status.to_string(), str::to_owned),
        pointer: first_field(&told.errors).filter(|_| create),
        message: None,
    }
}

/// Where the first field stands that they complain about: `customerDetails.email` of an object of
/// complaints. Texts without a field name none.
fn first_field(errors: &Value) -> Option<String> {
    let field = errors.as_object()?.keys().find(|key| key.as_str() == safe(key))?;
    match field.as_str() {
        "referenceNo" => Some("/reference".to_owned()),
        "internalErrorDetails" | "happenedAt" => None,
        path => Some(path.split('.').fold(OPTIONS.to_owned(), |at, step| below(&at, &snake(step)))),
    }
}

/// `customerDetails` as `customer_details`.
fn snake(name: &str) -> String {
    let letters = name.chars().map(|c| match c.is_ascii_uppercase() {
        true => format!("_{}", c.to_ascii_lowercase()),
        false => c.to_string(),
    });
    letters.collect()
}
