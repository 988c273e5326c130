//! How payments change: every way to a new state goes through here.

use serde_json::json;

use super::payment::Refund;
use super::state::State;
use super::world::World;
use crate::clock::rfc3339;
use crate::ids;

impl World {
    /// Takes a payment along one documented edge and tells the event of that edge. False when there is no such edge.
    pub fn enter(&mut self, at: usize, next: State, now: i64) -> bool {
        let Some(from) = self.payments.get(at).map(|payment| payment.state) else {
            return false;
        };
        if !from.may_become(next) {
            return false;
        }
        self.set_state(at, next, now, "state");
        if let Some(event) = from.event_of(next) {
            self.emit(at, event, now);
        }
        if next == State::Success {
            self.ask_for_capture(at, now);
        }
        true
    }

    /// Sets a state that no edge leads to and tells nobody. `[code]` PROVIDERS §3.3 and §3.5: StatusCorrectedTo*.
    pub fn force(&mut self, at: usize, next: State, now: i64) {
        self.set_state(at, next, now, "forced");
        self.change(at, now, |payment| {
            if next == State::Success {
                payment.capture_submitted = Some(now);
                payment.captured_at = Some(now);
                payment.captured = payment.wish.amount;
            }
            payment.note(now, "money", json!({"why": "forced"}));
        });
    }

    fn set_state(&mut self, at: usize, next: State, now: i64, what: &str) {
        self.change(at, now, |payment| {
            payment.state = next;
            payment.updated = now;
            payment.authorized = match next {
                State::Submitted | State::Capturable | State::Success => payment.wish.amount,
                _ => 0,
            };
            if next != State::Success {
                payment.captured = 0;
                payment.capture_due = None;
            }
            payment.states.push((now, next));
            payment.note(now, what, json!({"state": next.shown()}));
        });
    }

    fn ask_for_capture(&mut self, at: usize, now: i64) {
        let delay = self.config.capture_delay_ms;
        self.change(at, now, |payment| {
            payment.capture_submitted = Some(now);
            payment.capture_due = Some(now.saturating_add(delay));
        });
        if delay == 0 {
            self.capture(at, now);
        }
    }

    /// The gateway took the money. `[code]` PROVIDERS §3.5: CAPTURED tells card_payment_captured.
    pub fn capture(&mut self, at: usize, now: i64) {
        self.change(at, now, |payment| {
            payment.capture_due = None;
            payment.captured = payment.wish.amount;
            payment.captured_at = Some(now);
            payment.updated = now;
            payment.note(now, "captured", json!({}));
        });
        self.emit(at, "card_payment_captured", now);
    }

    /// The payer's card reached the gateway.
    pub fn authorize(&mut self, at: usize, outcome: State, now: i64) -> bool {
        let moved = self.enter(at, outcome, now);
        if moved && outcome == State::Submitted {
            self.change(at, now, |payment| payment.note(now, "authorized", json!({})));
        }
        moved
    }

    /// The payer pressed confirm: on to success, or to capturable with delayed capture. `[code]` PROVIDERS §3.3.
    pub fn confirm(&mut self, at: usize, now: i64) -> bool {
        let delayed = self.payments.get(at).is_some_and(|payment| payment.wish.delayed_capture);
        self.enter(at, if delayed { State::Capturable } else { State::Success }, now)
    }

    /// Starts a refund that was checked before. `[doc]` PROVIDERS §3.2: the sandbox jumps straight to success.
    pub fn refund(&mut self, at: usize, amount: i64, now: i64) -> Option<String> {
        let account = self.payments.get(at)?.account;
        let id = ids::short();
        let refund = Refund { id: id.clone(), created: now, amount, status: "submitted".to_owned() };
        self.change(at, now, |payment| {
            payment.refunds.push(refund);
            payment.note(now, "refund", json!({"refund_id": id, "amount": amount, "status": "submitted"}));
        });
        if self.account(account).provider == "sandbox" {
            self.end_refund(at, &id, "success", now);
        }
        Some(id)
    }

    /// Ends a refund. A success tells card_payment_refunded; a failure tells nothing (PROVIDERS §3.5 `[code]`).
    pub fn end_refund(&mut self, at: usize, id: &str, status: &str, now: i64) -> bool {
        let ended = self.change(at, now, |payment| {
            let found =
                payment.refunds.iter_mut().find(|refund| refund.id == id && refund.status == "submitted");
            let Some(refund) = found else { return false };
            status.clone_into(&mut refund.status);
            payment.updated = now;
            payment.note(now, "refund", json!({"refund_id": id, "status": status, "ended": rfc3339(now)}));
            true
        });
        let ended = ended.unwrap_or(false);
        if ended && status == "success" {
            self.emit(at, "card_payment_refunded", now);
        }
        ended
    }
}
