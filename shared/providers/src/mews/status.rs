//! What a payment request of Mews and the payments for it say, in our words (docs, "Payment request
//! state" and "Payment state").

use super::currencies;
use super::ids::PaymentId;
use super::notes::attempts_of;
use super::wire::{Amount, Group, Payment, PaymentRequest, Reservation};
use crate::json_api::safe;
use bellhop_domain::attempt::{Failure, FailureCode, Moved};
use bellhop_domain::money::Money;
use bellhop_domain::provider::{Echo, Observation};
use bellhop_domain::status::{AttemptStatus, Reading};

/// The one state of a payment that is money.
const CHARGED: &str = "Charged";

/// The other states of a payment: under way, or without effect. None of them ends the request.
const UNCHARGED: [&str; 4] = ["Pending", "Verifying", "Canceled", "Failed"];

/// An observation of `request` of `group`; `None` when it makes no sense.
pub(super) fn observe(group: &Group, request: &PaymentRequest) -> Option<Observation> {
    let payments = group.payments.as_ref()?.iter();
    let ours: Vec<&Payment> =
        payments.filter(|one| one.payment_request_id.as_ref() == Some(&request.id)).collect();
    let charges = || ours.iter().filter(|one| one.state == CHARGED);
    let amount = match charges().next() {
        Some(_) => Some(total(charges().map(|one| &one.amount))?),
        None => None,
    };
    let charged_as = total(charges().filter_map(|one| one.charge_amount.as_ref()));
    let (reading, failure) = read(&request.state, &ours);
    let paid = reading == Reading::Known(AttemptStatus::Succeeded);
    let captured = amount.filter(|_| paid).map_or(0, Money::minor);
    let same_group = request.reservation_group_id == group.id;
    Some(Observation {
        payment: PaymentId::of(request.id.clone(), group.id.clone()).to_payment().filter(|_| same_group)?,
        amount,
        echo: echo(&group.reservations),
        moved: Moved { captured, ..Moved::default() },
        reading,
        failure,
        page: None,
        awaits_confirmation: false,
        charged_as: charged_as.filter(|one| amount.is_some_and(|amount| amount.currency() != one.currency())),
        not_before: None,
        // `Charged` is final; after any other end they may still charge on their own.
        settled: paid,
    })
}

/// A group that was made with nothing to pay.
pub(super) fn observe_free(group: &Group) -> Option<Observation> {
    Some(Observation {
        payment: PaymentId { group: group.id.clone(), request: None }.to_payment()?,
        amount: None,
        echo: echo(&group.reservations),
        moved: Moved::default(),
        reading: Reading::Known(AttemptStatus::Canceled),
        failure: Some(Failure { code: FailureCode::NothingToPay, retry: false }),
        page: None,
        awaits_confirmation: false,
        charged_as: None,
        not_before: None,
        settled: true,
    })
}

/// The sum of amounts in one currency; `None` when there is none, or they make no sense together.
fn total<'a>(amounts: impl Iterator<Item = &'a Amount>) -> Option<Money> {
    let all: Vec<Money> = amounts.map(currencies::read).collect::<Option<_>>()?;
    let first = all.first()?;
    let sum = all.iter().try_fold(0_u64, |sum, one| {
        let same = one.currency() == first.currency();
        sum.checked_add(one.minor()).filter(|_| same)
    });
    first.with_minor(sum?).ok()
}

/// The attempt in the notes. A group without one was there before us, or somebody has rewritten its
/// notes: then the request's id, which the booking site or the create's answer gave, is the proof.
/// Where groups were merged, more than one stands there, and none of them proves anything.
fn echo(reservations: &[Reservation]) -> Echo {
    match attempts_of(reservations).as_slice() {
        [attempt] => Echo { attempt: Some(*attempt), ..Echo::default() },
        _ => Echo { ours_by_id: true, ..Echo::default() },
    }
}

/// The status, and why where it ended without money.
///
/// A payment under way leaves the request pending, and so for us: it may end as `Failed`, the payer may
/// then pay on the same page, and from `processing` no way leads back to that. A second charge through
/// the other window is theirs to prevent (one request), and is told by its amount (I3).
fn read(state: &str, payments: &[&Payment]) -> (Reading, Option<Failure>) {
    use AttemptStatus as A;
    let known = |status| (Reading::Known(status), None);
    let over = |status, code| (Reading::Known(status), Some(Failure { code, retry: false }));
    let states = || payments.iter().map(|one| one.state.as_str());
    let new = states().find(|word| *word != CHARGED && !UNCHARGED.contains(word));
    match (state, new) {
        ("Pending" | "Completed" | "Canceled" | "Expired", _) if states().any(|word| word == CHARGED) => {
            known(A::Succeeded)
        }
        ("Pending" | "Completed" | "Canceled" | "Expired", Some(word)) => {
            (Reading::Unrecognized(safe(word)), None)
        }
        ("Pending", None) => known(A::Pending),
        // Covered by a payment that does not show (yet): no money without a charge.
        ("Completed", None) => known(A::Processing),
        // By the hotel, or by us. Their settlement may charge after either: no other attempt.
        ("Canceled", None) => over(A::Canceled, FailureCode::CanceledByMerchant),
        ("Expired", None) => over(A::Expired, FailureCode::Expired),
        (word, _) => (Reading::Unrecognized(safe(word)), None),
    }
}
