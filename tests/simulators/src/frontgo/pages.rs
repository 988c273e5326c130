//! The payer's way: the page, the card, back to the booking site with nothing added. `[doc]` PROVIDERS §2.4.

use std::sync::Arc;

use axum::extract::{Form, Path, State as Shared};
use axum::response::{IntoResponse, Redirect, Response};
use serde_json::json;

use super::card_form::{DECLINED, Fields, card};
use super::page_views::{already_used, card_form, no_such_page, view};
use super::reservation::Reservation;
use super::state::State;
use super::world::{App, World};

/// `GET /checkout/{page}`: the page that fits the reservation.
pub async fn open(Shared(app): Shared<Arc<App>>, Path(page): Path<String>) -> Response {
    app.on_page(&page, |world, at, now| world.visit(at, now))
}

/// `POST /checkout/{page}`: asks the card's bank.
pub async fn pay(
    Shared(app): Shared<Arc<App>>,
    Path(page): Path<String>,
    Form(fields): Form<Fields>,
) -> Response {
    app.on_page(&page, |world, at, now| {
        let reservation = world.reservations.get(at)?;
        if !reservation.payable(now) || needs_proof(reservation) {
            return Some(view(reservation, now));
        }
        match card(&fields, now) {
            Err(mistakes) => Some(card_form(reservation, &mistakes)),
            Ok(card) if card.number == DECLINED => {
                world.decline(at, now);
                world.leave(at, false, now)
            }
            Ok(card) => {
                let paid = world.reserve(at, &card.via, now);
                world.leave(at, paid, now)
            }
        }
    })
}

/// `POST /checkout/{page}/bankid`: the payer proves who they are, where `secureDetails` asks for it (seed 001).
pub async fn verify(Shared(app): Shared<Arc<App>>, Path(page): Path<String>) -> Response {
    app.on_page(&page, |world, at, now| {
        world.change(at, |reservation| {
            reservation.verified = true;
            reservation.note(now, "verified", json!({}));
        });
        world.reservations.get(at).map(|found| view(found, now))
    })
}

/// `POST /checkout/{page}/cancel`: the payer goes to the failure address. `[doc]` PROVIDERS §2.4: there is no other.
/// `[inf]` The reservation stays as it is: the merchant alone cancels.
pub async fn cancel(Shared(app): Shared<Arc<App>>, Path(page): Path<String>) -> Response {
    app.on_page(&page, |world, at, now| {
        world.change(at, |reservation| reservation.note(now, "left", json!({})));
        world.leave(at, false, now)
    })
}

impl App {
    fn on_page(&self, page: &str, act: impl FnOnce(&mut World, usize, i64) -> Option<Response>) -> Response {
        let answer = self.step(|world, now| act(world, world.find_page(page)?, now));
        answer.unwrap_or_else(no_such_page)
    }
}

impl World {
    /// The payer opens the page. With `order_id_used_ms`, not again so soon (PROVIDERS §2.4, "OrderID already used").
    fn visit(&mut self, at: usize, now: i64) -> Option<Response> {
        let pause = self.config.order_id_used_ms;
        let marks = self.config.opened_is_reserved_not_paid;
        let reservation = self.reservations.get_mut(at)?;
        let payable = reservation.payable(now);
        let last = reservation.visits.iter().rfind(|(_, outcome)| *outcome == "opened");
        let too_soon = last.is_some_and(|(then, _)| now - then < pause);
        if payable && too_soon {
            reservation.visits.push((now, "already_used".into()));
            return Some(already_used(reservation));
        }
        reservation.visits.push((now, if payable { "opened" } else { "over" }.into()));
        if marks && payable && reservation.state == State::Sent {
            reservation.enter(State::ReservedNotPaid, now);
        }
        Some(view(reservation, now))
    }

    /// The card's bank said no: nothing moves and nobody is told (PROVIDERS §2.5).
    pub fn decline(&mut self, at: usize, now: i64) {
        self.change(at, |reservation| reservation.note(now, "declined", json!({})));
    }

    /// Sends the payer away: to the address given for it, as it was given; without one, to a page of ours.
    fn leave(&self, at: usize, paid: bool, now: i64) -> Option<Response> {
        let reservation = self.reservations.get(at)?;
        let wish = &reservation.wish;
        let url = if paid { &wish.success } else { &wish.failure };
        Some(match url {
            Some(url) => Redirect::to(url).into_response(),
            None => view(reservation, now),
        })
    }
}

/// Whether the payer has to prove who they are before the order is shown.
pub fn needs_proof(reservation: &Reservation) -> bool {
    reservation.wish.secure_details && !reservation.verified
}
