//! How requests and payments change: every way to a new state goes through here.

use serde_json::json;

use super::group::{Group, Payment};
use super::money::Money;
use super::state::{Kind, PaymentState, RequestState, Standing};
use super::world::{Place, World};
use crate::ids;

/// How an attempt goes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The bank agrees.
    Approved,
    /// The bank refuses.
    Declined,
    /// The bank wants 3-D Secure.
    Challenged,
}

/// Who tries. `[doc]` CO/operations/payments.md#payment-origin.
pub const BY_PAYER: &str = "PaymentRequest";
pub const BY_SETTLEMENT: &str = "AutomaticPayment";

impl World {
    /// Makes a payment for the whole amount of a request and says which it is.
    pub fn attempt(&mut self, place: Place, outcome: Outcome, origin: &str, now: i64) -> Option<usize> {
        let amount = self.request(place)?.amount.clone();
        let charge = self.in_charge_currency(&amount);
        let request = self.request(place)?.id.clone();
        let payment = new_payment((request, Kind::Payment), (amount, charge), origin, now);
        let number = self.add_payment(place.group, payment, now)?;
        let waits = self.config.property.pending_ms;
        match outcome {
            Outcome::Approved if waits > 0 => {
                self.plan(place.group, number, (now + waits, PaymentState::Charged));
            }
            Outcome::Approved => self.enter(place.group, number, PaymentState::Charged, now),
            Outcome::Declined => self.enter(place.group, number, PaymentState::Failed, now),
            Outcome::Challenged => {
                self.enter(place.group, number, PaymentState::Verifying, now);
                let lapse = now + self.config.property.verification_lapses_ms;
                self.plan(place.group, number, (lapse, PaymentState::Canceled));
                self.book.groups.get_mut(place.group)?.payments.get_mut(number)?.awaits_payer = true;
            }
        }
        Some(number)
    }

    /// The payer's answer to 3-D Secure. An agreed payment stays `Verifying` as long as the property says.
    pub fn verified(&mut self, group: usize, number: usize, agrees: bool, now: i64) {
        let Some(payment) = self.book.groups.get_mut(group).and_then(|group| group.payments.get_mut(number))
        else {
            return;
        };
        payment.awaits_payer = false;
        payment.next = None;
        let waits = self.config.property.verifying_ms;
        match agrees {
            false => self.enter(group, number, PaymentState::Failed, now),
            true if waits > 0 => self.plan(group, number, (now + waits, PaymentState::Charged)),
            true => self.enter(group, number, PaymentState::Charged, now),
        }
    }

    /// Adds a payment and tells it. `[doc]` CO/events/wh-general.md: `Updated` is also told of a creation.
    pub fn add_payment(&mut self, group: usize, payment: Payment, now: i64) -> Option<usize> {
        let id = payment.id.clone();
        let found = self.book.groups.get_mut(group)?;
        found.payments.push(payment);
        found.note(now, "payment", json!({"payment": id, "state": "Pending"}));
        let number = found.payments.len() - 1;
        self.tell(group, &id, now);
        Some(number)
    }

    /// Plans what time makes of a payment.
    pub fn plan(&mut self, group: usize, number: usize, next: (i64, PaymentState)) {
        if let Some(payment) =
            self.book.groups.get_mut(group).and_then(|group| group.payments.get_mut(number))
        {
            payment.next = Some(next);
        }
    }

    /// Takes a payment to a state and tells it; a final state is left no more.
    pub fn enter(&mut self, group: usize, number: usize, state: PaymentState, now: i64) {
        let Some(found) = self.book.groups.get_mut(group) else {
            return;
        };
        let Some(payment) = found.payments.get_mut(number).filter(|payment| !payment.state.is_final()) else {
            return;
        };
        payment.state = state;
        payment.updated = now;
        payment.next = None;
        payment.charged = (state == PaymentState::Charged).then_some(now);
        let (id, request, kind) = (payment.id.clone(), payment.request.clone(), payment.kind);
        found.note(now, "payment", json!({"payment": id, "state": state.word(), "kind": kind.word()}));
        if state == PaymentState::Charged && kind == Kind::Payment {
            cover(found, &request, now);
        }
        self.tell(group, &id, now);
    }

    /// `Canceled` by the property or `Expired`; false when the request is not pending. `[doc]` seed 000: automatic
    /// settlement then takes care of the payment.
    pub fn finish(&mut self, place: Place, state: RequestState, now: i64) -> bool {
        let property = &self.config.property;
        let settlement =
            property.settlement_after_ms.map(|after| (now + after, property.settlement_failures));
        let Some(group) = self.book.groups.get_mut(place.group) else {
            return false;
        };
        let pending = |state: RequestState| state == RequestState::Pending;
        let Some(request) = group.requests.get_mut(place.request).filter(|one| pending(one.state)) else {
            return false;
        };
        request.state = state;
        request.updated = now;
        request.settlement = settlement;
        let id = request.id.clone();
        group.note(now, "request", json!({"request": id, "state": state.word()}));
        true
    }

    /// The automatic settlement charges, or fails to. Seed 000: after `Expired` and `Canceled`. `[inf]` The payment
    /// belongs to the same request, which stays as it ended.
    pub fn settle(&mut self, place: Place, works: bool, now: i64) -> bool {
        let over = |state: RequestState| matches!(state, RequestState::Expired | RequestState::Canceled);
        if !self.request(place).is_some_and(|request| over(request.state)) || self.charged(place) > 0 {
            return false;
        }
        let outcome = if works { Outcome::Approved } else { Outcome::Declined };
        self.attempt(place, outcome, BY_SETTLEMENT, now).is_some()
    }

    /// Minor units charged for a request.
    pub fn charged(&self, place: Place) -> i64 {
        let group = self.book.groups.get(place.group);
        let request = self.request(place);
        group.zip(request).map_or(0, |(group, request)| group.charged_for(&request.id))
    }

    fn in_charge_currency(&self, amount: &Money) -> Money {
        let wanted = self.config.property.charges_in.as_ref();
        let converted = wanted.and_then(|to| amount.converted(&to.currency, &to.rate));
        converted.unwrap_or_else(|| amount.clone())
    }
}

/// A payment in `Pending`.
pub fn new_payment(
    (request, kind): (String, Kind),
    (amount, charge): (Money, Money),
    origin: &str,
    now: i64,
) -> Payment {
    Payment {
        id: ids::dashed(),
        request,
        kind,
        state: PaymentState::Pending,
        amount,
        charge,
        origin: origin.to_owned(),
        of: None,
        created: now,
        updated: now,
        charged: None,
        next: None,
        awaits_payer: false,
    }
}

/// `[doc]` BE/operations/reservation-groups.md: a pending request that is covered is `Completed`, and optional
/// reservations are confirmed. Every attempt is for the whole amount.
fn cover(group: &mut Group, request: &str, now: i64) {
    if let Some(request) = group.requests.iter_mut().find(|one| one.id == request)
        && request.state == RequestState::Pending
    {
        request.state = RequestState::Completed;
        request.updated = now;
        let id = request.id.clone();
        group.note(now, "request", json!({"request": id, "state": "Completed"}));
    }
    let optional = group.reservations.iter_mut().filter(|one| one.standing == Standing::Optional);
    for reservation in optional {
        reservation.standing = Standing::Confirmed;
        reservation.updated = now;
        reservation.released = None;
    }
}
