//! Golden answers, and what every status means.

use super::super::status::observe;
use super::super::wire::Payment;
use super::statuses::TAKEN;
use super::{ID, golden};
use crate::conformance::patched;
use bellhop_domain::attempt::{Failure, FailureCode};
use bellhop_domain::provider::Observation;
use bellhop_domain::status::{AttemptStatus, Reading};
use serde_json::json;
use url::Url;

pub(super) fn seen(text: &str) -> Option<Observation> {
    let payment: Payment = serde_json::from_str(text).ok()?;
    observe(&payment, &Url::parse("https://publicapi.payments.service.gov.uk").unwrap())
}

fn status_of(status: &str, code: Option<&str>) -> (Reading, Option<Failure>) {
    let state = json!({"state": {"status": status, "code": code}});
    let seen = seen(&patched(golden!("success"), &state)).unwrap();
    (seen.reading, seen.failure)
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
fn unknown_fields_and_missing_optional_ones_are_let_through() {
    let extra = json!({"new_field": {"deep": [1, 2]}, "state": {"new": 1}, "_links": {"new": {"href": 1}}});
    assert!(seen(&patched(golden!("started"), &extra)).is_some());
    let bare =
        json!({"payment_id": ID, "amount": 14500, "reference": "RES-12345", "state": {"status": "success"}});
    let seen = seen(&bare.to_string()).unwrap();
    assert_eq!((seen.moved, seen.settled), (TAKEN, false));
    assert_eq!((seen.echo.attempt, seen.page), (None, None));
}
