//! What only the payer, the property or a bank does, on a test's order.

use serde_json::Value;

use super::group::PaymentRequest;
use super::lifecycle::{BY_PAYER, Outcome};
use super::money::Money;
use super::state::{Kind, PaymentState, RequestState};
use super::world::{Place, World};

impl World {
    /// Whether it worked; `None` when the order itself is wrong.
    pub fn act(&mut self, place: Place, (action, given): (&str, &Value), now: i64) -> Option<bool> {
        let works = |name: &str| given.get(name).and_then(Value::as_bool).unwrap_or(true);
        Some(match action {
            "pay" => self.play_payer(place, outcome(given)?, now),
            "verify" => self.play_verification(place, works("agrees"), now),
            "expire" => self.finish(place, RequestState::Expired, now),
            "cancel" => self.finish(place, RequestState::Canceled, now),
            "settle" => self.settle(place, works("works"), now),
            "request" => self.ask_again(place, given, now)?,
            "refund" => self.take_back(place, (Kind::Refund, "Operations"), given, now)?,
            "chargeback" => self.take_back(place, (Kind::Chargeback, "System"), given, now)?,
            "complete" => self.complete(place, works("works"), now),
            "emit" => self.emit(place, false, now),
            "forge" => self.emit(place, true, now),
            _ => return None,
        })
    }

    fn play_payer(&mut self, place: Place, outcome: Outcome, now: i64) -> bool {
        let payable = self.request(place).is_some_and(|request| request.is_payable(now));
        payable && self.under_way(place).is_none() && self.attempt(place, outcome, BY_PAYER, now).is_some()
    }

    fn play_verification(&mut self, place: Place, agrees: bool, now: i64) -> bool {
        match self.under_way(place) {
            Some((number, true)) => {
                self.verified(place.group, number, agrees, now);
                true
            }
            _ => false,
        }
    }

    /// A further request in the same group. `[doc]` BE/operations/reservation-groups.md: a group can have several.
    fn ask_again(&mut self, place: Place, given: &Value, now: i64) -> Option<bool> {
        let own = self.request(place)?.amount.clone();
        let amount = match given.get("amount") {
            None => own,
            Some(digits) => Money::parse(digits.as_str()?, &own.currency)?,
        };
        let expires = now + self.config.property.request_expiry_ms;
        let group = self.book.groups.get_mut(place.group)?;
        let request = PaymentRequest::new(amount, expires, now);
        let details = serde_json::json!({"request": request.id, "state": "Pending"});
        group.requests.push(request);
        group.note(now, "request", details);
        Some(true)
    }

    /// Money of the last charged payment of a request goes back.
    fn take_back(&mut self, place: Place, kind: (Kind, &str), given: &Value, now: i64) -> Option<bool> {
        let group = self.book.groups.get(place.group)?;
        let id = &self.request(place)?.id;
        let charged = |payment: &&super::group::Payment| payment.state == PaymentState::Charged;
        let Some(payment) = group.attempts(id).rfind(charged) else {
            return Some(false);
        };
        let left = Money::of(payment.amount.minor - group.returned(&payment.id), &payment.amount.currency);
        let value = match given.get("value") {
            None => left.clone(),
            Some(digits) => Money::parse(digits.as_str()?, &left.currency)?,
        };
        let (at, fits) = (self.find_payment(&payment.id)?, value.minor > 0 && value.minor <= left.minor);
        Some(fits && self.give_back(at, kind, value, now).is_some())
    }

    /// Ends what is under way for a request: attempts and refunds.
    fn complete(&mut self, place: Place, works: bool, now: i64) -> bool {
        let Some(id) = self.request(place).map(|request| request.id.clone()) else {
            return false;
        };
        let payments =
            self.book.groups.get(place.group).map(|group| group.payments.as_slice()).unwrap_or_default();
        let open = payments.iter().enumerate().filter(|(_, one)| one.request == id && !one.state.is_final());
        let open: Vec<usize> = open.map(|(number, _)| number).collect();
        let state = if works { PaymentState::Charged } else { PaymentState::Failed };
        open.iter().for_each(|number| self.enter(place.group, *number, state, now));
        !open.is_empty()
    }

    fn emit(&mut self, place: Place, forged: bool, now: i64) -> bool {
        let group = self.book.groups.get(place.group);
        let Some(id) = group.and_then(|group| group.payments.last()).map(|payment| payment.id.clone()) else {
            return false;
        };
        match forged {
            true => self.forge(&id, now),
            false => self.tell(place.group, &id, now),
        }
        true
    }
}

fn outcome(given: &Value) -> Option<Outcome> {
    match given.get("outcome").and_then(Value::as_str) {
        None | Some("approved") => Some(Outcome::Approved),
        Some("declined") => Some(Outcome::Declined),
        Some("challenged") => Some(Outcome::Challenged),
        Some(_) => None,
    }
}
