//! What a reservation says, in our words.
//!
//! Words: docs, "get-reservation-details-by-uuid", "cancel-reservation", "complete-reservation", and a
//! recorded `SENT`. No list of them is published, so one that is not here is `Unrecognized`.

use super::wire::{CURRENCY, Kroner, Reservation};
use crate::json_api::safe;
use bellhop_domain::attempt::{Failure, FailureCode, Moved};
use bellhop_domain::ids::AttemptId;
use bellhop_domain::money::Money;
use bellhop_domain::provider::{Echo, Observation, ProviderPaymentId};
use bellhop_domain::status::{AttemptStatus, Reading};

/// What was held, taken and given back, in øre.
#[derive(Default)]
pub(super) struct Ledger {
    pub reserved: u64,
    pub captured: u64,
    pub charged: u64,
    pub from_captured: u64,
    pub from_charge: u64,
}

impl Ledger {
    /// The amounts of a reservation; `None` when more went back than was taken.
    pub fn of(seen: &Reservation) -> Option<Self> {
        let Some(details) = &seen.payment_details else {
            return Some(Self::default());
        };
        let ore = |amount: Option<Kroner>| amount.unwrap_or_default().0;
        let back = details.amount_refunded.as_ref();
        let ledger = Self {
            reserved: ore(details.reserved_amount),
            captured: ore(details.captured_amount),
            charged: ore(details.charged_amount),
            from_captured: back.map_or(0, |back| ore(back.from_captured)),
            from_charge: back.map_or(0, |back| ore(back.from_charge)),
        };
        let sane = ledger.from_captured <= ledger.captured && ledger.from_charge <= ledger.charged;
        (sane && ledger.taken() <= Money::MAX_MINOR).then_some(ledger)
    }

    pub const fn taken(&self) -> u64 {
        self.captured.saturating_add(self.charged)
    }

    pub const fn returned(&self) -> u64 {
        self.from_captured.saturating_add(self.from_charge)
    }
}

/// An observation of `seen`; `None` when it makes no sense. Its page is only told by the create.
pub(super) fn observe(seen: &Reservation) -> Option<Observation> {
    let ledger = Ledger::of(seen)?;
    let (reading, failure) = read(&seen.status, &ledger);
    let attempt = seen.customer_reference.as_deref().and_then(|id| AttemptId::parse(id).ok());
    Some(Observation {
        payment: ProviderPaymentId::parse(&seen.reservation_uuid)?,
        amount: Some(Money::new(seen.grand_total.0, CURRENCY).ok()?),
        echo: Echo { reference: Some(seen.reference_number.clone()), attempt, ours_by_id: false },
        moved: moved(&reading, &ledger),
        settled: is_settled(&seen.status, &reading, &ledger),
        awaits_confirmation: false,
        charged_as: None,
        not_before: None,
        reading,
        failure,
        page: None,
    })
}

/// The status, and why where it ended without money.
///
/// Money decides over the word: what was taken is a success under any word that we know, and a word
/// that says so without an amount is not. A declined card leaves `SENT`: the payer may try again.
fn read(status: &str, ledger: &Ledger) -> (Reading, Option<Failure>) {
    use AttemptStatus as A;
    let known = |status| (Reading::Known(status), None);
    let ended = |status, code| (Reading::Known(status), Some(Failure { code, retry: true }));
    let word = status.to_ascii_uppercase().replace('_', " ");
    match word.as_str() {
        "SENT" | "RESERVED NOT PAID" | "RESERVED" | "CAPTURED" | "CHARGED" | "COMPLETED" | "CANCELLED"
        | "EXPIRED"
            if ledger.taken() > 0 =>
        {
            known(A::Succeeded)
        }
        "CANCELLED" => ended(A::Canceled, FailureCode::CanceledByMerchant),
        "EXPIRED" => ended(A::Expired, FailureCode::Expired),
        "SENT" | "RESERVED NOT PAID" if ledger.reserved == 0 => known(A::Pending),
        "SENT" | "RESERVED NOT PAID" | "RESERVED" | "CAPTURED" | "CHARGED" if ledger.reserved > 0 => {
            known(A::Authorized)
        }
        // They say that it was held or taken, and not how much.
        "RESERVED" | "CAPTURED" | "CHARGED" | "COMPLETED" => known(A::Processing),
        _ => (Reading::Unrecognized(safe(status)), None),
    }
}

/// The same of a reservation that was found without its page and stopped unpaid: its create is as good
/// as lost, and the payer may try again. Nobody can pay it, so nothing of it can change.
pub(super) fn lost(seen: Observation) -> Observation {
    if seen.reading != Reading::Known(AttemptStatus::Canceled) {
        return seen;
    }
    let failure = Some(Failure { code: FailureCode::CreateLost, retry: true });
    Observation { reading: Reading::Known(AttemptStatus::Failed), failure, settled: true, ..seen }
}

/// What is left of a hold after a capture is released within three days (docs, "capture-reservation"),
/// so nothing counts as held from then on.
fn moved(reading: &Reading, ledger: &Ledger) -> Moved {
    match reading {
        Reading::Known(AttemptStatus::Authorized) => {
            Moved { authorized: ledger.reserved, ..Moved::default() }
        }
        Reading::Known(AttemptStatus::Succeeded) => {
            Moved { authorized: 0, captured: ledger.taken(), refunded: ledger.returned() }
        }
        _ => Moved::default(),
    }
}

/// Closed, and all of it given back. Short of that a charge may follow for 90 days, and a refund later.
fn is_settled(status: &str, reading: &Reading, ledger: &Ledger) -> bool {
    let closed =
        status.eq_ignore_ascii_case("COMPLETED") && *reading == Reading::Known(AttemptStatus::Succeeded);
    closed && ledger.taken() == ledger.returned()
}
