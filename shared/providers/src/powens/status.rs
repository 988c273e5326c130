//! What a payment of Powens says, in our words (docs, "PaymentState" and "Process the payment status").

use super::config::Accepted;
use super::errors::is_one;
use super::order::GBP;
use super::wire::{Instruction, Payment};
use crate::json_api::safe;
use bellhop_domain::Timestamp;
use bellhop_domain::attempt::{Failure, FailureCode, Moved};
use bellhop_domain::ids::AttemptId;
use bellhop_domain::money::Money;
use bellhop_domain::provider::{Echo, Observation, ProviderPaymentId};
use bellhop_domain::status::{AttemptStatus, Reading};

/// An observation of `payment`; `None` when it makes no sense, or is none of ours: those have one line.
pub(super) fn observe(payment: &Payment, accepted: Accepted) -> Option<Observation> {
    let [line] = payment.instructions.as_slice() else {
        return None;
    };
    let amount = amount_of(line)?;
    let (reading, failure) = read(payment, accepted);
    let paid = reading == Reading::Known(AttemptStatus::Succeeded);
    let captured = if paid { amount.minor() } else { 0 };
    Some(Observation {
        payment: ProviderPaymentId::parse(&payment.id.to_string())?,
        amount: Some(amount),
        echo: echo(line, amount),
        moved: Moved { captured, ..Moved::default() },
        reading,
        failure,
        page: None,
        // "Payment in a final state will not change of state anymore"; but what the sweep ended may
        // have been executed unseen.
        settled: paid || payment.state == "rejected",
        awaits_confirmation: false,
        charged_as: None,
        not_before: line.execution_date.as_deref().and_then(midnight),
    })
}

/// The first moment of a day, `2026-12-24` or with a time behind it.
fn midnight(text: &str) -> Option<Timestamp> {
    format!("{}T00:00:00Z", text.get(..10)?).parse().ok()
}

/// A decimal number of any number of places, read as text: `1.0000000000`.
fn amount_of(line: &Instruction) -> Option<Money> {
    let currency = Money::currency_of(&line.currency.id).ok()?;
    Money::parse_decimal(line.amount.get(), currency).ok()
}

/// The attempt, from our end-to-end id; in pounds that is too short for it, and the label is the
/// booking's reference instead.
fn echo(line: &Instruction, amount: Money) -> Echo {
    let id = line.reference_id.as_deref().map(|id| format!("{}{id}", AttemptId::PREFIX));
    Echo {
        attempt: id.and_then(|id| AttemptId::parse(&id).ok()),
        reference: line.label.clone().filter(|_| amount.currency() == GBP),
        ours_by_id: false,
    }
}

/// The status, and why where it ended without money.
///
/// `partial` is for payments of many lines, and so none of ours: like any new word it is for a person.
fn read(payment: &Payment, accepted: Accepted) -> (Reading, Option<Failure>) {
    use AttemptStatus as A;
    let known = |status| (Reading::Known(status), None);
    match payment.state.as_str() {
        // A payer who is at the bank may come back to the same page.
        "created" | "validating" => known(A::Pending),
        "pending" => known(A::Processing),
        "done" => known(A::Succeeded),
        "accepted" if accepted == Accepted::Succeed => known(A::Succeeded),
        "accepted" => known(A::Processing),
        "rejected" => rejected(payment.error_code.as_deref().unwrap_or_default()),
        // No definite answer of the bank: another attempt could pay twice.
        "expired" => {
            let failure = Failure { code: FailureCode::Expired, retry: false };
            (Reading::Known(A::Expired), Some(failure))
        }
        word => (Reading::Unrecognized(safe(word)), None),
    }
}

fn rejected(code: &str) -> (Reading, Option<Failure>) {
    use AttemptStatus as A;
    use FailureCode as F;
    let (status, code) = match () {
        () if is_one(code, &["cancelledByUser"]) => (A::Canceled, F::CanceledByPayer),
        () if is_one(code, &["cancelledByClient", "confirmationRefused"]) => {
            (A::Canceled, F::CanceledByMerchant)
        }
        () => (A::Failed, F::Declined),
    };
    (Reading::Known(status), Some(Failure { code, retry: true }))
}
