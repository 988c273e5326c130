//! What only the payer, time or the bank does to a payment, on a test's order.

use serde_json::{Value, json};

use super::cards::by_number;
use super::message::EVENTS;
use super::words::{RefundStatus, Stage};
use super::world::World;

impl World {
    /// Whether it worked; `None` when the order itself is wrong.
    pub fn act(&mut self, at: usize, action: &str, given: &Value, now: i64) -> Option<bool> {
        Some(match action {
            "pay" => return self.play_payer(at, given, now),
            "approve" => self.payer_answers(at, true, now),
            "refuse" => self.payer_answers(at, false, now),
            "time_out" => self.end_of_patience(at, now),
            "lose_track" => self.break_off(at, now),
            "settle" => return self.settle(at, given, now),
            "change_amount" => return self.change_amount(at, given, now),
            "change_reference" => return self.change_reference(at, given, now),
            "refund_accept" => self.end_refund(at, RefundStatus::Accepted, now),
            "refund_decline" => self.end_refund(at, RefundStatus::Declined, now),
            "refund_error" => self.end_refund(at, RefundStatus::Error, now),
            "emit" | "forge" | "alter" => return self.speak(at, action, given, now),
            _ => return None,
        })
    }

    /// Plays a payer at the widget, who types this card or the one that works.
    fn play_payer(&mut self, at: usize, given: &Value, now: i64) -> Option<bool> {
        let number = given.get("card").map_or(Some("4242424242424242"), Value::as_str)?;
        let card = by_number(number)?;
        let tokens = &self.sessions.get(at)?.tokens;
        let token = tokens.iter().find(|token| token.is_good(now)).map(|token| token.value.clone());
        Some(token.is_some_and(|token| self.pay_by_card(at, &token, card, now)))
    }

    /// The bank loses track of a payment under way.
    fn break_off(&mut self, at: usize, now: i64) -> bool {
        let possible = self.is_at(at, &[Stage::Working, Stage::Confirm, Stage::Payer, Stage::Capture]);
        if possible {
            self.lose_track(at, now);
        }
        possible
    }

    /// `{"status": "accepted"}` or `{"status": "cancelled"}`: what became of a session in `error`.
    fn settle(&mut self, at: usize, given: &Value, now: i64) -> Option<bool> {
        let status = given.get("status")?.as_str()?;
        let unsure = self.is_at(at, &[Stage::Unsure]);
        match (unsure, status) {
            (true, "accepted") => self.finish(at, None, now),
            (true, "cancelled") => self.fail(at, "declined_by_issuer_bank", now),
            (false, "accepted" | "cancelled") => {}
            _ => return None,
        }
        Some(unsure)
    }

    /// `{"amount", "currency"?}`: the payment is about other money than the session asked for.
    fn change_amount(&mut self, at: usize, given: &Value, now: i64) -> Option<bool> {
        let amount = given.get("amount")?.as_i64().filter(|amount| *amount > 0)?;
        let currency = given.get("currency").and_then(Value::as_str).map(str::to_owned);
        if !self.is_at(at, &[Stage::Open, Stage::Confirm]) {
            return Some(false);
        }
        let session = self.sessions.get_mut(at)?;
        if let Some(payment) = session.payment.as_mut() {
            payment.money.amount = amount;
            payment.money.currency = currency.clone().unwrap_or(payment.money.currency.clone());
        }
        session.in_flight.amount = Some(amount);
        session.in_flight.currency = currency;
        session.note(now, "changed_in_flight", json!({"amount": amount}));
        Some(true)
    }

    /// `{"reference"}`: the payment names another customer.
    fn change_reference(&mut self, at: usize, given: &Value, now: i64) -> Option<bool> {
        let reference = given.get("reference")?.as_str()?.to_owned();
        if !self.is_at(at, &[Stage::Open, Stage::Confirm]) {
            return Some(false);
        }
        let session = self.sessions.get_mut(at)?;
        if let Some(payment) = session.payment.as_mut() {
            payment.reference.clone_from(&reference);
        }
        session.note(now, "changed_in_flight", json!({"reference": reference}));
        session.in_flight.reference = Some(reference);
        Some(true)
    }

    /// `{"type"}`: a webhook about the session as it is.
    fn speak(&mut self, at: usize, action: &str, given: &Value, now: i64) -> Option<bool> {
        let event = given.get("type").map_or(Some("payment_finished"), Value::as_str)?;
        let event = EVENTS.iter().find(|known| **known == event)?;
        match action {
            "emit" => self.emit(at, event, now),
            "forge" => self.forge(at, event, now),
            _ => self.alter(at, event, now),
        }
        Some(true)
    }
}
