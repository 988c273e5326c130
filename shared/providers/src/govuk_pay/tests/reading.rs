//! Golden answers, and what every status means.

use super::super::status::observe;
use super::super::wire::Payment;
use super::{ID, attempt, golden, payment_id, pounds};
use bellhop_domain::attempt::{Failure, FailureCode, Moved};
use bellhop_domain::provider::Observation;
use bellhop_domain::status::{AttemptStatus, Reading};
use serde_json::{Value, json};
use url::Url;

const HELD: Moved = Moved { authorized: 14500, captured: 0, refunded: 0 };
const TAKEN: Moved = Moved { authorized: 0, captured: 14500, refunded: 0 };
const NOTHING: Moved = Moved { authorized: 0, captured: 0, refunded: 0 };

pub(super) fn seen(text: &str) -> Option<Observation> {
    let payment: Payment = serde_json::from_str(text).ok()?;
    observe(&payment, &Url::parse("https://publicapi.payments.service.gov.uk").unwrap())
}

/// A golden answer with some fields changed, as by RFC 7386.
pub(super) fn changed(text: &str, patch: &Value) -> String {
    fn merge(into: &mut Value, patch: &Value) {
        let Some(fields) = patch.as_object() else {
            *into = patch.clone();
            return;
        };
        for (name, value) in fields {
            merge(&mut into[name.as_str()], value);
        }
    }
    let mut all = serde_json::from_str(text).unwrap();
    merge(&mut all, patch);
    all.to_string()
}

fn status_of(status: &str, code: Option<&str>) -> (Reading, Option<Failure>) {
    let state = json!({"state": {"status": status, "code": code}});
    let seen = seen(&changed(golden!("success"), &state)).unwrap();
    (seen.reading, seen.failure)
}

#[test]
fn every_golden_answer_reads_as_documented() {
    use AttemptStatus as A;
    let rows = [
        (golden!("created"), A::Pending, NOTHING, false),
        (golden!("started"), A::Pending, NOTHING, false),
        (golden!("submitted"), A::Pending, NOTHING, false),
        (golden!("capturable"), A::Authorized, HELD, false),
        (golden!("success"), A::Succeeded, TAKEN, false),
        (golden!("captured"), A::Succeeded, TAKEN, true),
        (golden!("refunded"), A::Succeeded, Moved { refunded: 14500, ..TAKEN }, true),
        (golden!("declined"), A::Failed, NOTHING, false),
        (golden!("expired"), A::Expired, NOTHING, false),
        (golden!("cancelled_by_payer"), A::Canceled, NOTHING, false),
        (golden!("cancelled"), A::Canceled, NOTHING, false),
        (golden!("error"), A::Failed, NOTHING, false),
    ];
    for (text, status, moved, settled) in rows {
        let seen = seen(text).unwrap();
        assert_eq!(seen.reading, Reading::Known(status), "{text}");
        assert_eq!((seen.moved, seen.settled), (moved, settled), "{text}");
        assert_eq!((&seen.payment, seen.amount), (&payment_id(), pounds(14500)));
        assert_eq!(seen.echo.reference.as_deref(), Some("RES-12345"));
        assert_eq!(seen.echo.attempt, Some(attempt()));
        assert_eq!(seen.page.is_some(), status == A::Pending, "{text}");
    }
}

#[test]
fn a_surcharge_is_taken_and_given_back_but_is_not_the_amount() {
    let seen = seen(golden!("surcharge_refunded")).unwrap();
    assert_eq!(seen.amount, pounds(14500));
    assert_eq!(seen.moved, Moved { authorized: 0, captured: 14750, refunded: 500 });
}

#[test]
fn every_way_to_end_unpaid_has_its_reason() {
    use AttemptStatus as A;
    use FailureCode as F;
    let rows = [
        ("failed", Some("P0010"), A::Failed, F::Declined, true),
        ("failed", Some("P0020"), A::Expired, F::Expired, true),
        ("failed", Some("P0030"), A::Canceled, F::CanceledByPayer, true),
        ("cancelled", Some("P0040"), A::Canceled, F::CanceledByMerchant, true),
        ("cancelled", None, A::Canceled, F::CanceledByMerchant, true),
        ("error", Some("P0050"), A::Failed, F::ProviderError, false),
        ("error", None, A::Failed, F::ProviderError, false),
        ("failed", Some("P7777"), A::Failed, F::ProviderError, false),
        ("failed", None, A::Failed, F::ProviderError, false),
    ];
    for (word, code, status, reason, retry) in rows {
        let wanted = (Reading::Known(status), Some(Failure { code: reason, retry }));
        assert_eq!(status_of(word, code), wanted, "{word} {code:?}");
    }
}

#[test]
fn unknown_words_survive_and_are_never_success() {
    let odd = ["declined", "timedout", "SUCCESS", "success ", "paid", "Capturable"];
    for word in odd {
        let (reading, failure) = status_of(word, None);
        assert_eq!(reading, Reading::Unrecognized(word.trim().to_owned()));
        assert_eq!(failure, None);
    }
    let (reading, _) = status_of("<b>new\nword</b>", None);
    assert_eq!(reading, Reading::Unrecognized("bnewwordb".to_owned()));
}

#[test]
fn an_unrecognized_status_moves_no_money() {
    let text = changed(golden!("captured"), &json!({"state": {"status": "settled"}}));
    let seen = seen(&text).unwrap();
    assert_eq!((seen.moved, seen.settled, seen.page), (NOTHING, false, None));
}

#[test]
fn unknown_fields_and_missing_optional_ones_are_let_through() {
    let extra = json!({"new_field": {"deep": [1, 2]}, "state": {"new": 1}, "_links": {"new": {"href": 1}}});
    assert!(seen(&changed(golden!("started"), &extra)).is_some());
    let bare =
        json!({"payment_id": ID, "amount": 14500, "reference": "RES-12345", "state": {"status": "success"}});
    let seen = seen(&bare.to_string()).unwrap();
    assert_eq!((seen.moved, seen.settled), (TAKEN, false));
    assert_eq!((seen.echo.attempt, seen.page), (None, None));
}
