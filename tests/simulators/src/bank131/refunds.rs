//! Refunds: part by part, each accepted later. `[doc]` payment-refund, PROVIDERS §5.2 and §5.3.

use serde_json::{Value, json};

use super::errors::ApiError;
use super::money::Money;
use super::payment::Refund;
use super::words::{RefundStatus, SessionStatus, Stage};
use super::world::World;

/// The first number of a refund. `[doc]` the form of the documented examples.
const FIRST: usize = 101;

impl World {
    /// Takes a refund; the session goes back to `in_progress` (SDK `SessionApiTest.php`, testSessionRefund).
    pub fn refund(
        &mut self,
        at: usize,
        (wanted, metadata): (Option<&Money>, Option<Value>),
        now: i64,
    ) -> Result<(), ApiError> {
        let amount = self.refundable_amount(at, wanted)?;
        let due = self.config.project.refund_ms.map(|wait| now + wait);
        let payments = self.sessions.iter().filter_map(|session| session.payment.as_ref());
        let number = FIRST + payments.map(|payment| payment.refunds.len()).sum::<usize>();
        let Some(session) = self.sessions.get_mut(at) else {
            return Ok(());
        };
        session.status = SessionStatus::InProgress;
        session.finished = None;
        session.touch(now);
        if let Some(payment) = session.payment.as_mut() {
            payment.refunds.push(Refund {
                id: format!("rf_{number}"),
                status: RefundStatus::InProgress,
                created: now * 1000,
                finished: None,
                amount,
                metadata,
                due,
            });
        }
        session.note(now, "refund", json!({"amount": amount}));
        Ok(())
    }

    fn refundable_amount(&self, at: usize, wanted: Option<&Money>) -> Result<i64, ApiError> {
        let payment = self.payment(at).filter(|_| self.is_at(at, &[Stage::Over]));
        let payment = payment.filter(|payment| payment.captured > 0).ok_or_else(ApiError::wrong_state)?;
        let left = payment.refundable();
        let amount = match wanted {
            None => left,
            Some(money) if money.currency != payment.money.currency => {
                return Err(ApiError::invalid("amount_details.currency: is not the payment's"));
            }
            Some(money) => money.amount,
        };
        if amount > left || amount == 0 {
            return Err(ApiError::refund_too_large());
        }
        if amount < payment.captured && !self.config.project.partial_refunds {
            return Err(ApiError::invalid("amount_details.amount: refunds of a part are not enabled"));
        }
        Ok(amount)
    }

    /// Ends the oldest refund under way. False when there is none. A refund that fails is told too `[inf]`.
    pub fn end_refund(&mut self, at: usize, status: RefundStatus, now: i64) -> bool {
        let Some(session) = self.sessions.get_mut(at) else {
            return false;
        };
        let Some(payment) = session.payment.as_mut() else {
            return false;
        };
        let under_way = |refund: &&mut Refund| refund.status == RefundStatus::InProgress;
        let Some(refund) = payment.refunds.iter_mut().find(under_way) else {
            return false;
        };
        refund.status = status;
        refund.finished = Some(now * 1000);
        let amount = refund.amount;
        if payment.refunds.iter().all(|refund| refund.status != RefundStatus::InProgress) {
            session.status = SessionStatus::Accepted;
            session.finished = Some(now * 1000);
        }
        session.touch(now);
        session.note(now, "refund_ended", json!({"amount": amount, "refund": status}));
        self.emit(at, "payment_refunded", now);
        true
    }
}
