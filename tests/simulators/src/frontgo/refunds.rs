//! Refunds: accepted at once, visible later. `[doc]` PROVIDERS §2.2 and §2.3.

use axum::response::Response;
use serde_json::json;

use super::amount::Amount;
use super::envelope::{Refusal, Reply};
use super::events::Title;
use super::exact::object;
use super::lifecycle::DAY_MS;
use super::money_orders::{RefundOrder, refund as read};
use super::order::Order;
use super::reservation::{Refund, Reservation, Source, Taking};
use super::world::World;

/// `[unk]` The refusals of a capture or charge that is not this reservation's, and of more than it has left.
const NO_SUCH_TAKING: &str = "refundReferenceNotFound";
const TOO_MUCH: &str = "refundAmountExceedsAvailableAmount";
/// Seed 001: without `isChargePartiallyRefundable` a charge goes back whole. `[unk]` The text.
const NOT_IN_PARTS: &str = "chargeIsNotPartiallyRefundable";
/// `[doc]` PROVIDERS §2.2.
const THRESHOLD: &str = "refundRejectionForWeeklyThresholdExceed";
const WEEK_MS: i64 = 7 * DAY_MS;

/// `POST refund/{uuid}`: 202; the money is on its way.
pub async fn refund(call: Order) -> Response {
    call.answered(|world, at, now| {
        let order = read(&call.payload)?;
        let (_, reservation) = world.named(&call.uuid)?;
        check(reservation, &order)?;
        world.check_week(order.amount, now)?;
        world.start_refund(at, order, now);
        Ok(Reply::accepted("orderRefundedSuccessfully", object! {"uuid": &call.uuid}))
    })
}

fn check(reservation: &Reservation, order: &RefundOrder) -> Result<(), Refusal> {
    let mut takings = reservation.takings.iter();
    let taking = takings
        .find(|taking| taking.uuid == order.reference && taking.source == order.source)
        .ok_or_else(|| Refusal::conflict(NO_SUCH_TAKING))?;
    for (line, amount) in &order.shares {
        if *amount > left_of(reservation, taking, *line) {
            return Err(Refusal::conflict(TOO_MUCH));
        }
    }
    let in_parts = reservation.wish.charges_partly_refundable;
    if order.source == Source::Charged && order.amount < taking.amount && !in_parts {
        return Err(Refusal::conflict(NOT_IN_PARTS));
    }
    Ok(())
}

/// What a line of a capture or charge can still give back; refunds under way count as given.
fn left_of(reservation: &Reservation, taking: &Taking, line: i64) -> Amount {
    let of_line = |shares: &[(i64, Amount)]| -> Amount {
        let own = shares.iter().filter(|(id, _)| *id == line);
        own.map(|(_, amount)| *amount).sum()
    };
    let own = |refund: &&Refund| refund.reference == taking.uuid && refund.standing != "failed";
    let given = reservation.refunds.iter().filter(own);
    of_line(&taking.shares) - given.map(|refund| of_line(&refund.shares)).sum()
}

impl World {
    fn check_week(&self, amount: Amount, now: i64) -> Result<(), Refusal> {
        let recent = |refund: &&Refund| refund.standing != "failed" && now - refund.at < WEEK_MS;
        let refunds = self.reservations.iter().flat_map(|reservation| &reservation.refunds);
        let sum: Amount = refunds.filter(recent).map(|refund| refund.amount).sum();
        match self.config.weekly_refund_limit {
            Some(limit) if sum + amount > Amount::from_ore(limit) => Err(Refusal::conflict(THRESHOLD)),
            _ => Ok(()),
        }
    }

    fn start_refund(&mut self, at: usize, order: RefundOrder, now: i64) {
        let title = match order.source {
            Source::Captured => Title::RefundedCapture,
            Source::Charged => Title::RefundedCharge,
        };
        self.record(at, (title, order.amount), None, now);
        let refund = Refund {
            at: now,
            due: now.saturating_add(self.config.refund_delay_ms),
            amount: order.amount,
            shares: order.shares,
            reference: order.reference,
            source: order.source,
            standing: "pending".into(),
        };
        self.change(at, |reservation| {
            let details = json!({"amount": refund.amount, "reference": refund.reference});
            reservation.refunds.push(refund);
            reservation.note(now, "refund_accepted", details);
        });
    }

    /// Ends a refund; nobody is told (PROVIDERS §2.5).
    pub fn end_refund(&mut self, at: usize, number: usize, standing: &'static str, now: i64) {
        self.change(at, |reservation| {
            let Some(refund) = reservation.refunds.get_mut(number) else {
                return;
            };
            refund.standing = standing.into();
            let details = json!({"amount": refund.amount, "reference": refund.reference});
            reservation.updated = now;
            reservation.note(now, &format!("refund_{standing}"), details);
        });
    }
}
