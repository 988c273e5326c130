//! Opening reservations, reading them, sending the link again, the history. `[doc]` seed 001, PROVIDERS §2.2.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::Response;

use super::amount::Amount;
use super::check::{Check, is_digits};
use super::envelope::{Refusal, Reply};
use super::events::Title;
use super::exact::{Json, object};
use super::order::{Order, Payload};
use super::validate::{METHODS, Opening, wish};
use super::validate_parts::contact;
use super::world::{App, World};
use crate::faults::Kind;

/// Seed 001 `[doc]`.
const SUBMITTED: &str = "Reservation Submitted Successfully";
/// `[unk]` What these three calls answer.
const DETAILS: &str = "reservationDetailsFetchedSuccessfully";
const HISTORY: &str = "reservationHistoryFetchedSuccessfully";
const RESENT: &str = "reservationResentSuccessfully";
/// `[unk]` The refusal of a link that nobody can pay any more.
const NOT_SENT: &str = "prerequisiteFailedToResendReservation";
/// `[doc]` PROVIDERS §2.2: without a window, the last 24 hours.
const DAY_SECONDS: i64 = 86_400;

/// `POST create`: 201 with the address of the page.
pub async fn create(State(app): State<Arc<App>>, Payload(payload): Payload) -> Response {
    open(&app, &payload, Opening::Session).await
}

/// `POST submit`: 201; the link goes to the customer.
pub async fn submit(State(app): State<Arc<App>>, Payload(payload): Payload) -> Response {
    open(&app, &payload, Opening::Link).await
}

async fn open(app: &Arc<App>, payload: &Json, opening: Opening) -> Response {
    let mut early = false;
    let answer = app.answer(|world, now| {
        let wish = wish(payload, opening, (&world.config, now))?;
        let total = wish.grand_total;
        let at = world.open(wish, now);
        world.record(at, (Title::Created, total), None, now);
        early = world.pay_early(at, now);
        world.opened(at, opening)
    });
    if early {
        app.send_due().await;
    }
    answer
}

/// `GET details/{uuid}`.
pub async fn details(State(app): State<Arc<App>>, Path(uuid): Path<String>) -> Response {
    app.answer(|world, _| {
        let (_, reservation) = world.named(&uuid)?;
        Ok(Reply::ok(DETAILS, world.details(reservation)))
    })
}

/// `POST resend/{uuid}`: 202, as long as it can be paid.
pub async fn resend(order: Order) -> Response {
    order.answered(|world, at, now| {
        let (_, reservation) = world.named(&order.uuid)?;
        let payable = reservation.payable(now);
        let mut check = Check::new(&order.payload);
        contact(&mut check, "");
        check.passed(())?;
        if !payable {
            return Err(Refusal::conflict(NOT_SENT));
        }
        world.record(at, (Title::Resent, Amount::default()), None, now);
        Ok(Reply::accepted(RESENT, object! {"uuid": &order.uuid}))
    })
}

/// `GET history`: the last 24 hours.
pub async fn history_of_today(State(app): State<Arc<App>>) -> Response {
    app.answer(|world, now| {
        let end = now.div_euclid(1000);
        let events = world.events_between((end - DAY_SECONDS, end), now);
        Ok(Reply::ok(HISTORY, events))
    })
}

/// `GET history/{start}/{end}`, both in Unix seconds.
pub async fn history(State(app): State<Arc<App>>, Path((start, end)): Path<(String, String)>) -> Response {
    app.answer(|world, now| {
        let seconds = |text: &str| text.parse::<i64>().ok().filter(|_| is_digits(text));
        let (Some(start), Some(end)) = (seconds(&start), seconds(&end)) else {
            let error = "The window must be two Unix timestamps in seconds.";
            return Err(Refusal::invalid(vec![error.to_owned()]));
        };
        Ok(Reply::ok(HISTORY, world.events_between((start, end), now)))
    })
}

impl World {
    fn opened(&self, at: usize, opening: Opening) -> Result<Reply, Refusal> {
        let reservation = self.reservations.get(at).ok_or_else(Refusal::not_found)?;
        let (customer, uuid) = (&reservation.customer, &reservation.uuid);
        let data = match opening {
            Opening::Session => {
                object! {"customerUuid": customer, "reservationUuid": uuid, "paymentUrl": self.page_url(reservation)}
            }
            // [unk] PROVIDERS §2.2: what a sent link answers; the customer has the address.
            Opening::Link => object! {"customerUuid": customer, "reservationUuid": uuid},
        };
        Ok(Reply::created(SUBMITTED, data))
    }

    /// The fault `early`: the payer has paid before the answer leaves, and the true callback of it goes first.
    fn pay_early(&mut self, at: usize, now: i64) -> bool {
        let fault = self.faults.take("webhook", |kind| kind == Kind::Early);
        fault.is_some() && self.reserve(at, METHODS[0], now)
    }
}
