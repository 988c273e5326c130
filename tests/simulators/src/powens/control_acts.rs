//! What only the payer, time or the bank does to a payment, on a test's order.

use serde_json::{Value, json};

use super::config::Bank;
use super::lifecycle::{Cause, Change};
use super::state::State;
use super::world::World;

impl World {
    /// Whether it worked; `None` when the order itself is wrong.
    pub fn act(&mut self, at: usize, action: &str, given: &Value, now: i64) -> Option<bool> {
        Some(match action {
            "pay" => self.play_payer(at, bank_of(given), now),
            "become" => self.walk(at, change_of(given)?, now),
            "force" => {
                self.force(at, change_of(given)?, now);
                true
            }
            "step" => self.step_now(at, now),
            "bank_executes" => self.move_money(at, true, now),
            "bank_refuses" => self.move_money(at, false, now),
            "emit" => {
                self.emit(at, now);
                true
            }
            "forge" => {
                self.forge(at, now);
                true
            }
            _ => return None,
        })
    }

    /// Plays a payer who chooses a bank and agrees. False if nobody could pay.
    fn play_payer(&mut self, at: usize, uuid: Option<&str>, now: i64) -> bool {
        let banks = &self.config.domain.banks;
        let wanted = |bank: &&Bank| uuid.is_none_or(|uuid| bank.uuid == uuid);
        let bank = banks.iter().find(wanted).cloned();
        let Some(payment) = self.payments.get_mut(at) else {
            return false;
        };
        if bank.is_none() || !payment.is_payable(now) {
            return false;
        }
        payment.bank = bank;
        self.enter(at, Change::to(State::Validating, Cause::Interactive), now);
        self.payer_agreed(at, now);
        true
    }

    /// Takes a payment in the background to a state, through those that lie before it.
    fn walk(&mut self, at: usize, change: Change, now: i64) -> bool {
        for state in [State::Validating, State::Pending] {
            let payment = self.payments.get(at);
            let direct =
                payment.is_some_and(|payment| payment.state.may_become(change.state, payment.is_bulk()));
            if direct {
                break;
            }
            self.enter(at, Change::to(state, Cause::Background), now);
        }
        self.enter(at, change, now)
    }

    fn step_now(&mut self, at: usize, now: i64) -> bool {
        let waits = |world: &Self| {
            let payment = world.payments.get(at);
            payment.is_some_and(|payment| payment.next_step.is_some())
        };
        let waited = waits(self);
        if waited {
            self.take_step(at, Cause::Background, now);
        }
        waited
    }

    /// What the bank does with a payment that nobody hears of any more. `[doc]` PROVIDERS §4.3: `accepted` can still
    /// fail, and money of an `expired` payment could have moved.
    fn move_money(&mut self, at: usize, executes: bool, now: i64) -> bool {
        let Some(payment) = self.payments.get_mut(at) else {
            return false;
        };
        if !matches!(payment.state, State::Accepted | State::Expired) {
            return false;
        }
        payment.captured = if executes { payment.minor() } else { 0 };
        payment.authorized = payment.captured;
        payment.note(now, "bank", json!({"executed": executes}));
        true
    }
}

fn bank_of(given: &Value) -> Option<&str> {
    given.get("connector").and_then(Value::as_str)
}

/// `{"state", "code"?, "message"?}`.
fn change_of(given: &Value) -> Option<Change> {
    let word = |name: &str| given.get(name).and_then(Value::as_str);
    let state = State::named(word("state")?)?;
    let mut change = Change::to(state, Cause::Background).saying(word("message"));
    change.error_code = word("code").map(str::to_owned);
    Some(change)
}
