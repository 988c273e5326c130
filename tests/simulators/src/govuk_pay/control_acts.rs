//! What only time or the gateway does to a payment, on a test's order.

use serde_json::{Value, json};

use super::state::State;
use super::world::World;

impl World {
    /// Whether it worked; `None` when the order itself is wrong.
    pub fn act(&mut self, at: usize, action: &str, given: &Value, now: i64) -> Option<bool> {
        let word = |name: &str| given.get(name).and_then(Value::as_str);
        let on = given.get("on").and_then(Value::as_bool).unwrap_or(true);
        Some(match action {
            "pay" => self.play_payer(at, word("card").unwrap_or("4242424242424242"), now),
            "expire" => self.enter(at, State::TimedOut, now),
            "capture" => self.capture_now(at, now),
            "capture_error" => self.fail_capture(at, now),
            "settle" => self.settle(at, now),
            "force" => {
                let state = State::named(word("status")?, word("code").unwrap_or_default())?;
                self.force(at, state, now);
                true
            }
            "authorizing" => self.change(at, now, |payment| payment.in_flight = on).is_some(),
            "dispute" => self.change(at, now, |payment| payment.disputed = on).is_some(),
            "refund_succeed" => self.end_named_refund(at, word("refund_id"), "success", now),
            "refund_fail" => self.end_named_refund(at, word("refund_id"), "error", now),
            "emit" => {
                self.emit(at, word("event")?, now);
                true
            }
            "forge" => {
                self.forge(at, now);
                true
            }
            _ => return None,
        })
    }

    fn capture_now(&mut self, at: usize, now: i64) -> bool {
        let waits = self.payments.get(at).is_some_and(|payment| payment.capture_due.is_some());
        if waits {
            self.capture(at, now);
        }
        waits
    }

    /// `[code]` PROVIDERS §3.3: CAPTURE_ERROR shows as `error` P0050, and no event tells it.
    fn fail_capture(&mut self, at: usize, now: i64) -> bool {
        let was_paid = self.payments.get(at).is_some_and(|payment| payment.state == State::Success);
        was_paid && self.enter(at, State::Error, now)
    }

    fn settle(&mut self, at: usize, now: i64) -> bool {
        let settled = self.change(at, now, |payment| {
            let captured = payment.captured > 0;
            if captured {
                payment.settled_at = Some(now);
                payment.note(now, "settled", json!({}));
            }
            captured
        });
        settled.unwrap_or(false)
    }

    /// The refund with this id, or the oldest that is under way.
    fn end_named_refund(&mut self, at: usize, id: Option<&str>, status: &str, now: i64) -> bool {
        let found = self.payments.get(at).and_then(|payment| {
            payment.refunds.iter().find(|refund| match id {
                Some(id) => refund.id == id,
                None => refund.status == "submitted",
            })
        });
        let id = found.map(|refund| refund.id.clone());
        id.is_some_and(|id| self.end_refund(at, &id, status, now))
    }
}
