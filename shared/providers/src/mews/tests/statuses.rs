//! Every documented status, for the suite.

use super::golden;
use crate::conformance::Status;
use bellhop_domain::attempt::{Failure, FailureCode, Moved};
use bellhop_domain::status::AttemptStatus as A;

pub(super) const NOTHING: Moved = Moved { authorized: 0, captured: 0, refunded: 0 };
pub(super) const TAKEN: Moved = Moved { authorized: 0, captured: 14500, refunded: 0 };

fn open(name: &'static str, body: &str, reading: A) -> Status {
    Status { name, body: body.to_owned(), reading, moved: NOTHING, failure: None, settled: false }
}

fn paid(name: &'static str, body: &str) -> Status {
    Status { moved: TAKEN, settled: true, ..open(name, body, A::Succeeded) }
}

/// What ended unpaid may still be charged.
fn over(name: &'static str, body: &str, reading: A, code: FailureCode) -> Status {
    Status { failure: Some(Failure { code, retry: false }), ..open(name, body, reading) }
}

/// docs, "Payment request state" and "Payment state".
pub(super) fn statuses() -> Vec<Status> {
    vec![
        open("pending", golden!("pending"), A::Pending),
        open("pending, one failed, one verifying", golden!("verifying"), A::Pending),
        open("completed by what does not show", golden!("completed"), A::Processing),
        paid("completed", golden!("charged")),
        paid("completed in another currency", golden!("charged_abroad")),
        paid("expired, then charged", golden!("charged_late")),
        over("canceled", golden!("canceled"), A::Canceled, FailureCode::CanceledByMerchant),
        over("expired", golden!("expired"), A::Expired, FailureCode::Expired),
    ]
}
