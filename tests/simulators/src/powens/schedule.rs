//! What only time does: steps of the future, late confirmations, the sweep.

use super::future::CONFIRMATION_LATE;
use super::lifecycle::{Cause, Change};
use super::payment::Payment;
use super::state::State;
use super::world::World;

const DAY_MS: i64 = 86_400_000;

enum Due {
    Step,
    ConfirmationLate,
    Expiry,
}

impl World {
    /// Does everything that has become due and says how many payments changed.
    pub fn sweep(&mut self, now: i64) -> usize {
        let patience = self.config.domain.expire_days.saturating_mul(DAY_MS);
        let due: Vec<(usize, Due)> = self
            .payments
            .iter()
            .enumerate()
            .filter_map(|(at, payment)| due(payment, patience, now).map(|due| (at, due)))
            .collect();
        for (at, due) in &due {
            let change = match due {
                Due::Step => {
                    self.take_step(*at, Cause::Background, now);
                    continue;
                }
                Due::ConfirmationLate => Change::rejected(CONFIRMATION_LATE, Cause::Background),
                Due::Expiry => Change::to(State::Expired, Cause::Background),
            };
            self.enter(*at, change, now);
        }
        due.len()
    }
}

fn due(payment: &Payment, patience: i64, now: i64) -> Option<Due> {
    let has_come = |time: Option<i64>| time.is_some_and(|time| time <= now);
    if payment.state.is_final() {
        return None;
    }
    if has_come(payment.next_step) {
        return Some(Due::Step);
    }
    if has_come(payment.confirm_until) {
        return Some(Due::ConfirmationLate);
    }
    // [doc] PROVIDERS §4.3: days after the execution; an abandoned payment has none and lingers from its creation.
    let since = payment.execution_begins().max(payment.validated).filter(|_| payment.validated.is_some());
    has_come(Some(since.unwrap_or(payment.created) + patience)).then_some(Due::Expiry)
}
