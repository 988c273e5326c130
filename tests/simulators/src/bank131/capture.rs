//! Debiting what was held, all of it or a part. `[doc]` payment-hold.

use super::errors::ApiError;
use super::money::Money;
use super::words::{PaymentStatus, Stage};
use super::world::World;

impl World {
    /// `[doc]` payment-hold: the full amount or a portion of it.
    pub fn check_capture(&self, at: usize, wanted: Option<&Money>) -> Result<(), ApiError> {
        let held = self.payment(at).filter(|_| self.is_at(at, &[Stage::Capture]));
        let held = held.ok_or_else(ApiError::wrong_state)?;
        match wanted {
            Some(money) if money.currency != held.money.currency => {
                Err(ApiError::invalid("amount_details.currency: is not the payment's"))
            }
            Some(money) if money.amount > held.authorized => {
                Err(ApiError::invalid("amount_details.amount: is more than was held"))
            }
            _ => Ok(()),
        }
    }

    /// Takes the order; the debit itself is [`World::finish`].
    pub fn take_capture(&mut self, at: usize, now: i64) -> bool {
        let Some(session) = self.sessions.get_mut(at) else {
            return false;
        };
        session.captures += 1;
        session.stage = Stage::Working;
        session.deadline = None;
        if let Some(payment) = session.payment.as_mut() {
            payment.status = PaymentStatus::InProgress;
        }
        session.touch(now);
        true
    }
}
