//! Answers of Mews that are no success, for the suite.

use super::golden;
use crate::conformance::{Verb, Wrong};
use bellhop_domain::provider::RefusalCode::{InvalidField, Other, WrongState};
use bellhop_domain::provider::{ProviderErrorKind as Kind, Refusal, SafeText};

/// One of each kind for each verb.
pub(super) fn wrongs() -> Vec<Wrong> {
    let row =
        |verb, status: &'static str, body: &str, kind| Wrong { verb, status, body: body.to_owned(), kind };
    let refused = |code, status: &str, pointer: Option<&str>, message: Option<&str>| {
        Kind::Refused(Refusal {
            code,
            provider_code: status.to_owned(),
            pointer: pointer.map(str::to_owned),
            message: message.and_then(SafeText::of),
        })
    };
    let (voucher, gone) =
        (Some("The b voucher /b of is not valid."), Some("The room is not available any more."));
    let third = Some("/options/mews/reservations/2");
    vec![
        row(Verb::Create, "400 Bad Request", golden!("invalid"), refused(InvalidField, "400", None, None)),
        row(Verb::Create, "403 Forbidden", golden!("forbidden"), refused(Other, "403", None, voucher)),
        row(Verb::Create, "403 Forbidden", golden!("exceeding"), refused(InvalidField, "403", third, gone)),
        row(Verb::Create, "404 Not Found", golden!("invalid"), Kind::NotFound),
        row(Verb::Fetch, "400 Bad Request", golden!("invalid"), Kind::NotFound),
        row(Verb::Fetch, "403 Forbidden", golden!("forbidden"), refused(Other, "403", None, voucher)),
        row(Verb::Find, "403 Forbidden", golden!("forbidden"), refused(Other, "403", None, voucher)),
        row(Verb::Cancel, "403 Forbidden", golden!("forbidden"), refused(WrongState, "403", None, voucher)),
        row(Verb::Cancel, "400 Bad Request", golden!("invalid"), refused(WrongState, "400", None, None)),
        row(Verb::Refund, "409 Conflict", golden!("invalid"), refused(WrongState, "409", None, None)),
        row(Verb::Refund, "408 Request Timeout", golden!("invalid"), Kind::OutcomeUnknown),
        row(Verb::List, "408 Request Timeout", golden!("invalid"), Kind::Unavailable { after: None }),
    ]
}
