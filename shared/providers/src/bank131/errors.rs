//! Bank 131's error codes, in one table, and what an answer that is no success means.
//!
//! Codes: docs, "Error codes", which "may change without notice" and are shared with payouts.

use super::wire::Refused;
use crate::http::{Answer, Effect};
use crate::json_api::safe;
use bellhop_domain::provider::{Operation, ProviderErrorKind as Kind, Refusal, RefusalCode};
use http::StatusCode;

/// A second call with a key that was used (their SDK, `ExceptionApiTest.php`): the first got through,
/// and its answer is not given again.
pub(super) const KEY_USED: &str = "idempotency_key_already_exists";

/// What a code means.
#[derive(Debug, Clone, Copy)]
enum Meaning {
    Refused(RefusalCode),
    NotFound,
    /// Our project or our signature is not known to them.
    OurKeys,
    /// Whether anything was done, nobody knows.
    Trouble,
}

use Meaning::{NotFound, OurKeys, Refused as No, Trouble};
use RefusalCode::{AccountNotAllowed, AmountTooLarge, InvalidField, WrongState};

/// Every code of the calls made here. Others are refusals without a name of their own.
const CODES: [(Meaning, &[&str]); 7] = [
    (OurKeys, &["authentication_error", "identification_error"]),
    (Trouble, &["internal_error", "provider_timeout", KEY_USED]),
    (NotFound, &["session_not_found"]),
    (No(AccountNotAllowed), &["authorization_error"]),
    (No(InvalidField), &["invalid_request"]),
    (
        No(WrongState),
        &[
            "session_cancelled",
            "session_cancelled_by_partner",
            "session_wrong_state",
            "capture_timeout",
            "confirm_timeout",
        ],
    ),
    (No(AmountTooLarge), &["refund_amount_too_large"]),
];

/// What an answer other than a 2xx means.
pub(super) fn kind_of(operation: Operation, answer: &Answer) -> Kind {
    let status = answer.status;
    match () {
        () if status == StatusCode::UNAUTHORIZED => Kind::Unauthorized,
        () if status == StatusCode::TOO_MANY_REQUESTS => Kind::Unavailable { after: answer.retry_after() },
        () if status.is_server_error() => Effect::of(operation).unanswered(),
        () if !status.is_client_error() => Kind::Unreadable,
        () => refused(operation, answer).unwrap_or(match status {
            StatusCode::NOT_FOUND => Kind::NotFound,
            _ => Kind::Unreadable,
        }),
    }
}

/// What an answer says that carries an error, whatever its status.
pub(super) fn refused(operation: Operation, answer: &Answer) -> Option<Kind> {
    let code = answer.json::<Refused>()?.error.code;
    let mut rows = CODES.iter();
    let row = rows.find(|(_, codes)| codes.contains(&code.as_str()));
    Some(match row.map_or(No(RefusalCode::Other), |(meaning, _)| *meaning) {
        // For a confirmation that is all there is to know.
        Trouble if operation == Operation::Confirm && code == KEY_USED => {
            Kind::Refused(refusal(WrongState, &code))
        }
        Trouble => Effect::of(operation).unanswered(),
        OurKeys => Kind::Unauthorized,
        NotFound => Kind::NotFound,
        No(meaning) => Kind::Refused(refusal(meaning, &code)),
    })
}

/// They name no field.
fn refusal(code: RefusalCode, word: &str) -> Refusal {
    Refusal { code, provider_code: safe(word), pointer: None, message: None }
}
