//! The payer's page, `/navigator/payment-requests/detail/{id}?returnUrl=`: it can be opened again until the request is
//! final, and leads back after success and after abandonment. `[doc]` BE/use-cases/on-session-payments.md.

use std::collections::HashMap;
use std::sync::Arc;

use axum::extract::{Form, Path, Query, State as Shared};
use axum::response::{IntoResponse, Redirect, Response};

use super::card_form::{Fields, asked};
use super::lifecycle::BY_PAYER;
use super::page_views::{Shown, no_such_request, unreadable, view};
use super::state::{Kind, PaymentState, RequestState};
use super::way_back::{way_back, with_query};
use super::world::{App, Place, World};

type Asked = HashMap<String, String>;

/// `GET`: the page that fits the request.
pub async fn open(
    Shared(app): Shared<Arc<App>>,
    Path(id): Path<String>,
    Query(query): Query<Asked>,
) -> Response {
    app.on_page(&id, &query, |world, visit, now| {
        if let Some(request) = world.request_mut(visit.place) {
            request.opened.push((now, visit.back.clone()));
        }
        world.page(visit, Shown::default(), now)
    })
}

/// `POST`: the card, the answer to 3-D Secure, or the way back. The form goes to the page's own address.
pub async fn act(
    Shared(app): Shared<Arc<App>>,
    Path(id): Path<String>,
    Query(query): Query<Asked>,
    Form(fields): Form<Fields>,
) -> Response {
    app.on_page(&id, &query, |world, visit, now| match fields.get("answer").map(String::as_str) {
        Some("leave") => world.leave(visit, now),
        Some("approve") => world.answer_challenge(visit, true, now),
        Some("refuse") => world.answer_challenge(visit, false, now),
        _ => world.take_card(visit, &fields, now),
    })
}

/// An opened page: whose it is, and the way back.
pub struct Visit {
    pub place: Place,
    pub back: Option<String>,
}

impl App {
    fn on_page(
        self: &Arc<Self>,
        id: &str,
        query: &Asked,
        act: impl FnOnce(&mut World, &Visit, i64) -> Response,
    ) -> Response {
        let back = match way_back(query) {
            Ok(back) => back,
            Err(why) => return unreadable(why),
        };
        self.step(|world, now| match world.find_request(id) {
            None => no_such_request(),
            Some(place) => {
                let more = world.config.property.return_query.clone();
                let back = back.map(|url| with_query(&url, more.as_deref()));
                act(world, &Visit { place, back }, now)
            }
        })
    }
}

impl World {
    /// The payment that 3-D Secure or the bank is busy with: its number in the group, and whether the payer is asked.
    pub fn under_way(&self, place: Place) -> Option<(usize, bool)> {
        let request = &self.request(place)?.id;
        let payments = self.book.groups.get(place.group)?.payments.iter().enumerate();
        let mut attempts = payments.filter(|(_, one)| one.request == *request && one.kind == Kind::Payment);
        let open = attempts.rfind(|(_, payment)| !payment.state.is_final());
        open.map(|(number, payment)| (number, payment.awaits_payer))
    }

    fn page(&self, visit: &Visit, shown: Shown<'_>, now: i64) -> Response {
        self.request(visit.place).map_or_else(no_such_request, |request| {
            view(
                request,
                visit.back.as_deref(),
                Shown { under_way: self.under_way(visit.place), ..shown },
                now,
            )
        })
    }

    fn leave(&self, visit: &Visit, now: i64) -> Response {
        match &visit.back {
            Some(url) => Redirect::to(url).into_response(),
            None => self.page(visit, Shown::default(), now),
        }
    }

    fn take_card(&mut self, visit: &Visit, fields: &Fields, now: i64) -> Response {
        let payable = self.request(visit.place).is_some_and(|request| request.is_payable(now));
        if !payable || self.under_way(visit.place).is_some() {
            return self.page(visit, Shown::default(), now);
        }
        match asked(fields, now) {
            Err(mistakes) => self.page(visit, Shown { mistakes: &mistakes, ..Shown::default() }, now),
            Ok(outcome) => {
                let number = self.attempt(visit.place, outcome, BY_PAYER, now);
                self.after_attempt(visit, number, now)
            }
        }
    }

    /// `[inf]` The payer can answer for as long as the payment waits, even when the request is over meanwhile.
    fn answer_challenge(&mut self, visit: &Visit, agrees: bool, now: i64) -> Response {
        match self.under_way(visit.place) {
            Some((number, true)) => {
                self.verified(visit.place.group, number, agrees, now);
                self.after_attempt(visit, Some(number), now)
            }
            _ => self.page(visit, Shown::default(), now),
        }
    }

    /// Back to the booking engine after success; the form again after a refusal, for the request stays pending.
    fn after_attempt(&self, visit: &Visit, number: Option<usize>, now: i64) -> Response {
        let group = self.book.groups.get(visit.place.group);
        let payment = number.and_then(|number| group?.payments.get(number));
        match payment.map(|payment| (payment.state, payment.awaits_payer)) {
            Some((PaymentState::Failed, _)) => {
                self.page(visit, Shown { refused: true, ..Shown::default() }, now)
            }
            Some((_, false)) => self.leave(visit, now),
            _ => self.page(visit, Shown::default(), now),
        }
    }

    /// The request at a place, to change it.
    pub fn request_mut(&mut self, place: Place) -> Option<&mut super::group::PaymentRequest> {
        self.book.groups.get_mut(place.group)?.requests.get_mut(place.request)
    }
}

/// Whether nothing can be paid on the page any more.
pub fn is_over(state: RequestState) -> bool {
    state != RequestState::Pending
}
