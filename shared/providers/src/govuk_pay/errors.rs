//! GOV.UK Pay's error codes, in one table, and what an answer that is no success means.
//!
//! Codes: `RequestError.java` of alphagov/pay-publicapi, and the docs' "GOV.UK Pay API error codes".

use super::order::{DETAILS, OPTIONS};
use super::wire::RequestError;
use crate::faults::below;
use crate::http::{Answer, Effect};
use crate::json_api::safe;
use bellhop_domain::provider::{Operation, ProviderErrorKind, Refusal, RefusalCode};
use http::StatusCode;
use std::time::Duration;

/// They send no `Retry-After`; "after a second, you'll be able to retry" (docs, "Rate limits").
const RATE_LIMIT_PAUSE: Duration = Duration::from_secs(1);

/// What a code means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Meaning {
    Refused(RefusalCode),
    NotFound,
    /// Whether anything was done, nobody knows.
    Trouble,
}

use Meaning::{NotFound, Refused, Trouble};
use RefusalCode::{AccountNotAllowed, AmountChanged, InvalidField, WrongState};

/// Every code of the calls made here. Others are refusals without a name of their own.
///
/// P0502 also stands for an authorization under way: a fetch tells, and a later cancel may do.
const CODES: [(Meaning, &[&str]); 6] = [
    (
        Refused(InvalidField),
        &["P0101", "P0102", "P0104", "P0105", "P0197", "P0401", "P0601", "P0602", "P0697", "P0920"],
    ),
    (Refused(AccountNotAllowed), &["P0195", "P0196", ACCOUNT_UNKNOWN, "P0930", "P0940", "P0941", "P0942"]),
    (Refused(WrongState), &["P0501", "P0502", "P0603", "P1001", "P1003"]),
    (Refused(AmountChanged), &["P0604"]),
    (NotFound, &["P0200", "P0300", NO_SUCH_PAGE, "P0500", "P0600", "P0700", "P0800", "P1000"]),
    // Their own trouble. It comes with a 5xx, which is enough to know.
    (Trouble, &["P0198", "P0298", "P0398", "P0498", "P0598", "P0698", "P0798", "P0898", "P0999", "P1098"]),
];

/// Create at an account that their core does not know: the one 5xx that says that nothing was done.
const ACCOUNT_UNKNOWN: &str = "P0199";

/// A search with no result on the page asked for.
const NO_SUCH_PAGE: &str = "P0402";

/// Where the booking site wrote what they call `field` in a create call; `None` for what is ours.
fn pointer_to(field: &str) -> Option<String> {
    match field {
        "amount" => Some("/amount/value".to_owned()),
        "delayed_capture" => Some("/capture".to_owned()),
        "reference" | "description" | "metadata" => Some(below("", field)),
        "language" | "email" => Some(below(OPTIONS, field)),
        "cardholder_name" => Some(below(DETAILS, field)),
        "line1" | "line2" | "postcode" | "city" | "country" => {
            Some(below(&below(DETAILS, "billing_address"), field))
        }
        _ => None,
    }
}

/// What an answer other than the one hoped for means.
pub(super) fn kind_of(operation: Operation, answer: &Answer) -> ProviderErrorKind {
    let trouble = || Effect::of(operation).unanswered();
    let status = answer.status;
    match answer.json::<RequestError>() {
        // A key is proved by its checksum before anything else, and refused without a code
        // (`AuthorizationValidationFilter.java`).
        _ if status == StatusCode::UNAUTHORIZED => ProviderErrorKind::Unauthorized,
        _ if status == StatusCode::TOO_MANY_REQUESTS => {
            ProviderErrorKind::Unavailable { after: answer.retry_after().or(Some(RATE_LIMIT_PAUSE)) }
        }
        Some(error) if status.is_client_error() || error.code == ACCOUNT_UNKNOWN => {
            match meaning_of(&error.code) {
                Refused(code) => ProviderErrorKind::Refused(refusal(operation, code, error)),
                NotFound => ProviderErrorKind::NotFound,
                Trouble => trouble(),
            }
        }
        _ if status.is_server_error() => trouble(),
        _ => ProviderErrorKind::Unreadable,
    }
}

fn meaning_of(code: &str) -> Meaning {
    let mut rows = CODES.iter();
    let row = rows.find(|(_, codes)| codes.contains(&code));
    row.map_or(Refused(RefusalCode::Other), |(meaning, _)| *meaning)
}

fn refusal(operation: Operation, code: RefusalCode, error: RequestError) -> Refusal {
    let field = error.field.as_deref();
    Refusal {
        code,
        provider_code: safe(&error.code),
        pointer: match operation {
            Operation::Create => field.and_then(pointer_to),
            Operation::Refund => field.filter(|field| *field == "amount").map(|f| below("", f)),
            _ => None,
        },
        message: None,
    }
}
