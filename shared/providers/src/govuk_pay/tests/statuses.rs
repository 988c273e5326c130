//! Every documented status of a payment, for the suite.

use super::golden;
use crate::conformance::{Status, patched};
use bellhop_domain::attempt::{Failure, FailureCode, Moved};
use bellhop_domain::status::AttemptStatus as A;
use serde_json::json;

pub(super) const NOTHING: Moved = Moved { authorized: 0, captured: 0, refunded: 0 };
pub(super) const HELD: Moved = Moved { authorized: 14500, ..NOTHING };
pub(super) const TAKEN: Moved = Moved { captured: 14500, ..NOTHING };

/// A status without a failure.
fn known(name: &'static str, body: &str, reading: A, moved: Moved) -> Status {
    Status { name, body: body.to_owned(), reading, moved, failure: None, settled: false }
}

/// One that ended unpaid.
fn ended(name: &'static str, body: &str, reading: A, code: FailureCode) -> Status {
    let retry = code != FailureCode::ProviderError;
    Status { failure: Some(Failure { code, retry }), ..known(name, body, reading, NOTHING) }
}

fn settled(status: Status) -> Status {
    Status { settled: true, ..status }
}

/// docs, "Payment status meanings" and "GOV.UK Pay API error codes".
pub(super) fn statuses() -> Vec<Status> {
    use FailureCode as F;
    let back = Moved { refunded: 14500, ..TAKEN };
    let surcharge = Moved { captured: 14750, refunded: 500, ..NOTHING };
    let odd = patched(golden!("declined"), &json!({"state": {"code": "P7777"}}));
    vec![
        known("created", golden!("created"), A::Pending, NOTHING),
        known("started", golden!("started"), A::Pending, NOTHING),
        known("submitted", golden!("submitted"), A::Pending, NOTHING),
        known("capturable", golden!("capturable"), A::Authorized, HELD),
        known("success", golden!("success"), A::Succeeded, TAKEN),
        settled(known("captured", golden!("captured"), A::Succeeded, TAKEN)),
        settled(known("refunded", golden!("refunded"), A::Succeeded, back)),
        settled(known("surcharge", golden!("surcharge_refunded"), A::Succeeded, surcharge)),
        ended("P0010", golden!("declined"), A::Failed, F::Declined),
        ended("P0020", golden!("expired"), A::Expired, F::Expired),
        ended("P0030", golden!("cancelled_by_payer"), A::Canceled, F::CanceledByPayer),
        ended("P0040", golden!("cancelled"), A::Canceled, F::CanceledByMerchant),
        ended("P0050", golden!("error"), A::Failed, F::ProviderError),
        ended("P7777", &odd, A::Failed, F::ProviderError),
    ]
}
