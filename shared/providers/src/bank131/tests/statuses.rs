//! Every documented status of a session and its payment, for the suite.

use super::golden;
use crate::conformance::Status;
use bellhop_domain::attempt::{Failure, FailureCode, Moved};
use bellhop_domain::status::AttemptStatus as A;

pub(super) const NOTHING: Moved = Moved { authorized: 0, captured: 0, refunded: 0 };
pub(super) const HELD: Moved = Moved { authorized: 14500, ..NOTHING };
pub(super) const TAKEN: Moved = Moved { captured: 14500, ..NOTHING };

fn known(name: &'static str, body: &str, reading: A, moved: Moved) -> Status {
    Status { name, body: body.to_owned(), reading, moved, failure: None, settled: false }
}

fn ended(name: &'static str, body: &str, reading: A, code: FailureCode) -> Status {
    let failure = Some(Failure { code, retry: true });
    Status { failure, settled: true, ..known(name, body, reading, NOTHING) }
}

fn settled(status: Status) -> Status {
    Status { settled: true, ..status }
}

/// Docs, "Objects" and "Payments".
pub(super) fn statuses() -> Vec<Status> {
    use FailureCode as F;
    let part = Moved { captured: 10000, ..NOTHING };
    let back = Moved { refunded: 1000, ..TAKEN };
    vec![
        known("in_progress", golden!("in_progress"), A::Processing, NOTHING),
        known("ready_to_confirm", golden!("ready_to_confirm"), A::Processing, NOTHING),
        known("action_required", golden!("action_required"), A::Pending, NOTHING),
        known("ready_to_capture", golden!("ready_to_capture"), A::Authorized, HELD),
        settled(known("succeeded", golden!("succeeded"), A::Succeeded, TAKEN)),
        settled(known("captured in part", golden!("captured_part"), A::Succeeded, part)),
        known("refund under way", golden!("refunding"), A::Succeeded, back),
        settled(known("refunded in part", golden!("refunds"), A::Succeeded, back)),
        known("error", golden!("error"), A::Processing, NOTHING),
        ended("declined", golden!("declined"), A::Failed, F::Declined),
        ended("cancelled", golden!("cancelled"), A::Canceled, F::CanceledByMerchant),
        ended("released", golden!("released"), A::Expired, F::Expired),
    ]
}

/// Those of a session that nobody has tried to pay.
pub(super) fn unnamed() -> Vec<Status> {
    let other = |word: &str| golden!("created").replace("\"created\"", &format!("\"{word}\""));
    let empty = golden!("in_progress").split("\"payment_list\"").next().unwrap().to_owned();
    vec![
        known("created", golden!("created"), A::Pending, NOTHING),
        known("an empty list", &format!("{empty}\"payment_list\": []}}}}"), A::Pending, NOTHING),
        known("error", &other("error"), A::Processing, NOTHING),
        known("accepted", &other("accepted"), A::Processing, NOTHING),
        ended("cancelled", &other("cancelled"), A::Canceled, FailureCode::CanceledByMerchant),
    ]
}
