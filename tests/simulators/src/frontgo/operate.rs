//! Capture, charge, cancel, complete. `[doc]` PROVIDERS §2.2 and §2.3.

use axum::response::Response;

use super::amount::Amount;
use super::envelope::{Refusal, Reply};
use super::events::Title;
use super::exact::object;
use super::lifecycle::DAY_MS;
use super::money_orders::{self, Shares};
use super::order::Order;
use super::reservation::Reservation;
use super::state::State as Standing;

/// `[inf]` In the manner of the two documented refusals.
const NO_CAPTURE: &str = "prerequisiteFailedToCaptureReservation";
const NO_CHARGE: &str = "prerequisiteFailedToChargeReservation";
/// `[unk]` The refusal of more than a line has.
const TOO_MUCH: &str = "amountExceedsReservedAmount";
/// `[doc]` PROVIDERS §2.2, error texts.
const ALREADY: &str = "reservationStatusAlreadyCompleted";
const NO_CANCEL: &str = "prerequisiteFailedToCancelReservation";
const NO_COMPLETION: &str = "prerequisiteFailedToCompleteReservation";
/// `[doc]` PROVIDERS §2.2, older rules: "charge will be available for 90 days if null".
const CHARGE_DAYS: i64 = 90;

/// `POST capture/{uuid}`: 202 and the id of the capture.
pub async fn capture(order: Order) -> Response {
    order.answered(|world, at, now| {
        let shares = money_orders::capture(&order.payload, &world.config)?;
        let window = world.config.reservation_days.saturating_mul(DAY_MS);
        let (_, reservation) = world.named(&order.uuid)?;
        check_lines(reservation, &shares)?;
        if !capturable(reservation, window, now) {
            return Err(Refusal::conflict(NO_CAPTURE));
        }
        let id = world.capture(at, shares, now).ok_or_else(Refusal::not_found)?;
        Ok(Reply::accepted("reservationCapturedSuccessfully", object! {"uuid": id}))
    })
}

/// `POST charge/{uuid}`: 202 and the id of the charge.
pub async fn charge(order: Order) -> Response {
    order.answered(|world, at, now| {
        let products = money_orders::charge(&order.payload, &world.config)?;
        let (_, reservation) = world.named(&order.uuid)?;
        if !chargeable(reservation, now) {
            return Err(Refusal::conflict(NO_CHARGE));
        }
        let id = world.charge(at, products, now).ok_or_else(Refusal::not_found)?;
        Ok(Reply::accepted("reservationChargedSuccessfully", object! {"uuid": id}))
    })
}

/// `POST` or `GET cancel/{uuid}`, with a note: 202. PROVIDERS §2.2: the documentation prints GET with a body.
pub async fn cancel(order: Order) -> Response {
    order.answered(|world, at, now| {
        let (_, reservation) = world.named(&order.uuid)?;
        let state = reservation.state;
        let note = money_orders::note(&order.payload)?;
        let held_too = world.config.cancel_while_reserved;
        match state {
            Standing::Completed | Standing::Cancelled => return Err(Refusal::conflict(ALREADY)),
            Standing::Sent | Standing::ReservedNotPaid => {}
            Standing::Reserved if held_too => {}
            _ => return Err(Refusal::conflict(NO_CANCEL)),
        }
        world.end(at, (Standing::Cancelled, Title::Cancelled), Some(note), now);
        Ok(Reply::accepted("cancelledOrderSuccessfully", object! {"uuid": &order.uuid}))
    })
}

/// `POST complete/{uuid}`, with a note: 202.
pub async fn complete(order: Order) -> Response {
    order.answered(|world, at, now| {
        let (_, reservation) = world.named(&order.uuid)?;
        let state = reservation.state;
        let note = money_orders::note(&order.payload)?;
        match state {
            // [inf] The documentation has this text for cancel only.
            Standing::Completed | Standing::Cancelled => return Err(Refusal::conflict(ALREADY)),
            Standing::Reserved | Standing::Captured | Standing::Charged => {}
            _ => return Err(Refusal::conflict(NO_COMPLETION)),
        }
        world.end(at, (Standing::Completed, Title::Completed), Some(note), now);
        Ok(Reply::accepted("reservationCompletedSuccessfully", object! {"uuid": &order.uuid}))
    })
}

fn check_lines(reservation: &Reservation, shares: &Shares) -> Result<(), Refusal> {
    for (id, amount) in shares {
        let mut lines = reservation.lines.iter().filter(|line| !line.charged);
        let Some(line) = lines.find(|line| line.id == *id) else {
            return Err(Refusal::invalid(vec![format!("The product {id} is invalid.")]));
        };
        if *amount > line.product.amount {
            return Err(Refusal::conflict(TOO_MUCH));
        }
    }
    Ok(())
}

fn capturable(reservation: &Reservation, window: i64, now: i64) -> bool {
    let state = matches!(reservation.state, Standing::Reserved | Standing::Charged);
    let in_time = reservation.reserved_at.is_some_and(|at| now - at < window);
    let held = reservation.held > Amount::default();
    state && in_time && held && !reservation.has_capture()
}

/// `[inf]` PROVIDERS §2.3: longer than a capture, so that an expired reservation can be charged.
fn chargeable(reservation: &Reservation, now: i64) -> bool {
    let closed = matches!(reservation.state, Standing::Completed | Standing::Cancelled);
    let minutes = reservation.wish.charge_validity.as_deref();
    let own = minutes.and_then(|minutes| minutes.parse::<i64>().ok());
    let validity = own.map_or(CHARGE_DAYS * DAY_MS, |minutes| minutes.saturating_mul(60_000));
    let in_time = reservation.reserved_at.is_some_and(|at| now - at < validity);
    in_time && !closed
}
