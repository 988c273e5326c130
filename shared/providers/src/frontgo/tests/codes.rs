//! What each documented answer that is no success means to each call.

use super::super::errors::kind_of;
use super::golden;
use crate::http::Answer;
use bellhop_domain::provider::{Operation, ProviderErrorKind as Kind, RefusalCode};
use http::{HeaderMap, StatusCode};

fn kind(operation: Operation, status: u16, body: &str) -> Kind {
    let status = StatusCode::from_u16(status).unwrap();
    kind_of(operation, &Answer { status, headers: HeaderMap::new(), body: body.into() })
}

fn refused(operation: Operation, status: u16, body: &str) -> (RefusalCode, String, Option<String>) {
    match kind(operation, status, body) {
        Kind::Refused(refusal) => (refusal.code, refusal.provider_code, refusal.pointer),
        other => panic!("{other}"),
    }
}

#[test]
fn a_gateway_that_made_no_checkout_leaves_nothing_to_look_for() {
    let gateway = golden!("gateway");
    assert_eq!(kind(Operation::Create, 510, gateway), Kind::Unavailable { after: None });
    assert_eq!(kind(Operation::Create, 510, "<html>"), Kind::OutcomeUnknown);
    for acts in [Operation::Cancel, Operation::Capture, Operation::Refund] {
        assert_eq!(kind(acts, 510, gateway), Kind::OutcomeUnknown, "{acts}");
    }
    assert_eq!(kind(Operation::Fetch, 510, gateway), Kind::Unavailable { after: None });
}

#[test]
fn trouble_of_their_own_is_unknown_to_what_acts() {
    assert_eq!(kind(Operation::Create, 500, golden!("internal")), Kind::OutcomeUnknown);
    assert_eq!(kind(Operation::Fetch, 500, golden!("internal")), Kind::Unavailable { after: None });
}

#[test]
fn the_status_decides_and_no_word_of_the_message() {
    let both = [
        r#"{"status_code":400,"message":"reservationNotFound","is_data":false,"data":null}"#,
        r#"{"status_code":400,"message":"reservationNotFound","is_error":true,"errors":[]}"#,
    ];
    for body in both {
        assert_eq!(refused(Operation::Cancel, 400, body).0, RefusalCode::WrongState);
        assert_eq!(refused(Operation::Create, 400, body).0, RefusalCode::InvalidField);
        assert_eq!(kind(Operation::Cancel, 404, body), Kind::NotFound);
    }
}

/// A wrong address must not read as an empty account.
#[test]
fn a_page_that_is_not_theirs_says_nothing_of_a_payment() {
    for status in [400, 403, 404, 417] {
        assert_eq!(kind(Operation::Fetch, status, "<html>"), Kind::Unreadable, "{status}");
    }
}

#[test]
fn the_first_field_with_a_complaint_is_pointed_at() {
    let rows = [
        ("customerDetails.personalNumber", Some("/options/frontgo/customer_details/personal_number")),
        ("products.0.rate", Some("/options/frontgo/products/0/rate")),
        ("orderSummary.grandTotal", Some("/options/frontgo/order_summary/grand_total")),
        ("referenceNo", Some("/reference")),
        ("internalErrorDetails", None),
        ("<b>", None),
    ];
    for (field, wanted) in rows {
        let body =
            format!(r#"{{"status_code":417,"message":"x","is_error":true,"errors":{{"{field}":["no"]}}}}"#);
        assert_eq!(refused(Operation::Create, 417, &body).2.as_deref(), wanted, "{field}");
        assert_eq!(refused(Operation::Capture, 417, &body).2, None);
    }
}

#[test]
fn i11_a_sentence_is_not_kept() {
    let body = r#"{"status_code":417,"message":"Ada Payer is not welcome","is_error":true,"errors":["x"]}"#;
    assert_eq!(refused(Operation::Create, 417, body).1, "417");
}
