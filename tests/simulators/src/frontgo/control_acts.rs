//! What only time, the payer or the gateway does to a reservation, on a test's order.

use serde_json::Value;

use super::amount::Amount;
use super::events::Title;
use super::state::State;
use super::validate::METHODS;
use super::world::World;

impl World {
    /// Whether it worked; `None` when the order itself is wrong.
    pub fn act(&mut self, (at, action): (usize, &str), given: &Value, now: i64) -> Option<bool> {
        let word = |name: &str| given.get(name).and_then(Value::as_str);
        let total = self.reservations.get(at)?.wish.grand_total;
        let ore = given.get("amount_ore").and_then(Value::as_i64);
        let told = word("status").unwrap_or("RESERVED");
        let what = (told, ore.map_or(total, Amount::from_ore));
        Some(match action {
            "pay" => self.reserve(at, word("via").unwrap_or(METHODS[0]), now),
            "decline" => self.decline_now(at, now),
            "expire" => self.expire(at, now),
            "release" => self.release_now(at, now),
            "refund_succeed" => self.end_first_refund(at, "done", now),
            "refund_fail" => self.end_first_refund(at, "failed", now),
            "force" => {
                self.force(at, State::named(word("status")?)?, now);
                true
            }
            "emit" => {
                self.emit(at, what, now);
                true
            }
            "forge" => {
                self.forge(at, what, now);
                true
            }
            "replay" => self.replay(at, now),
            "shift" => self.shift(at, now),
            _ => return None,
        })
    }

    fn decline_now(&mut self, at: usize, now: i64) -> bool {
        let payable = self.reservations.get(at).is_some_and(|found| found.payable(now));
        if payable {
            self.decline(at, now);
        }
        payable
    }

    fn expire(&mut self, at: usize, now: i64) -> bool {
        let expires = |state: State| state.payable() || state == State::Reserved;
        let possible = self.reservations.get(at).is_some_and(|found| expires(found.state));
        if possible {
            self.end(at, (State::Expired, Title::Expired), None, now);
        }
        possible
    }

    fn release_now(&mut self, at: usize, now: i64) -> bool {
        let waits = |due: Option<i64>| due.is_some();
        let possible = self.reservations.get(at).is_some_and(|found| waits(found.release_due));
        if possible {
            self.release(at, now);
        }
        possible
    }

    fn end_first_refund(&mut self, at: usize, standing: &'static str, now: i64) -> bool {
        let found = self.reservations.get(at).and_then(|reservation| {
            let mut refunds = reservation.refunds.iter();
            refunds.position(|refund| refund.standing == "pending")
        });
        if let Some(number) = found {
            self.end_refund(at, number, standing, now);
        }
        found.is_some()
    }
}
