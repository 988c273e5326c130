//! Every documented status of a payment, for the suite.

use super::golden;
use crate::conformance::Status;
use bellhop_domain::attempt::{Failure, FailureCode, Moved};
use bellhop_domain::status::AttemptStatus as A;

pub(super) const NOTHING: Moved = Moved { authorized: 0, captured: 0, refunded: 0 };
pub(super) const TAKEN: Moved = Moved { captured: 14500, ..NOTHING };

/// A status without money and without a failure.
fn open(name: &'static str, body: &str, reading: A) -> Status {
    Status { name, body: body.to_owned(), reading, moved: NOTHING, failure: None, settled: false }
}

/// A rejection.
fn rejected(name: &'static str, body: &str, reading: A, code: FailureCode) -> Status {
    let failure = Some(Failure { code, retry: true });
    Status { failure, settled: true, ..open(name, body, reading) }
}

/// docs, "PaymentState"; of an account whose `accepted` waits.
pub(super) fn statuses() -> Vec<Status> {
    use FailureCode as F;
    let swept = Some(Failure { code: F::Expired, retry: false });
    vec![
        open("created", golden!("created"), A::Pending),
        open("validating", golden!("validating"), A::Pending),
        open("pending", golden!("pending"), A::Processing),
        open("cancelling", golden!("cancelling"), A::Processing),
        open("accepted", golden!("accepted"), A::Processing),
        Status { moved: TAKEN, settled: true, ..open("done", golden!("done"), A::Succeeded) },
        Status { failure: swept, ..open("expired", golden!("expired"), A::Expired) },
        rejected("rejected", golden!("declined"), A::Failed, F::Declined),
        rejected("by the payer", golden!("cancelled_by_user"), A::Canceled, F::CanceledByPayer),
        rejected("by us", golden!("cancelled_by_client"), A::Canceled, F::CanceledByMerchant),
    ]
}
