//! What only time does: expiries, late captures, agreement payments.

use super::payment::Payment;
use super::state::State;
use super::world::World;

/// `[code]` PROVIDERS §3.4, `config.yaml:276`: 90 minutes from creation.
const EXPIRY_MS: i64 = 5_400_000;
/// `[code]` PROVIDERS §3.4: the sweep leaves what changed in the last five minutes.
const QUIET_MS: i64 = 300_000;
/// `[doc]` PROVIDERS §3.4 and delayed_capture: 120 hours from creation, whenever the payer finished.
const CAPTURE_WINDOW_MS: i64 = 432_000_000;

impl World {
    /// Does everything that has become due and says how many payments changed.
    pub fn sweep(&mut self, now: i64) -> usize {
        let due: Vec<(usize, Due)> = self
            .payments
            .iter()
            .enumerate()
            .filter_map(|(at, payment)| due(payment, now).map(|due| (at, due)))
            .collect();
        for (at, due) in &due {
            match due {
                Due::Expiry => drop(self.enter(*at, State::TimedOut, now)),
                Due::Capture => self.capture(*at, now),
                Due::Agreement => self.charge_agreement(*at, now),
            }
        }
        due.len()
    }
}

enum Due {
    Expiry,
    Capture,
    Agreement,
}

fn due(payment: &Payment, now: i64) -> Option<Due> {
    if payment.wish.agreement.is_some() && payment.state == State::Created {
        return Some(Due::Agreement);
    }
    if payment.capture_due.is_some_and(|due| due <= now) {
        return Some(Due::Capture);
    }
    let quiet = now - payment.updated >= QUIET_MS;
    let window = match payment.state {
        state if state.payable() => EXPIRY_MS,
        State::Capturable => CAPTURE_WINDOW_MS,
        _ => return None,
    };
    (quiet && now - payment.created >= window).then_some(Due::Expiry)
}
