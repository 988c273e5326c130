//! The price list, and the way from a chosen room to the payment.

use crate::alert::Alert;
use crate::api::{ApiError, Opened};
use crate::book::Booking;
use crate::pages::{self, Form, FrontPage, PreparingPage};
use crate::reference::Reference;
use crate::rooms::{CURRENCY, ROOMS, Room, room};
use crate::site::Site;
use crate::stay;
use crate::wire::{Amount, NewSession, Payer, Session};
use axum::extract::rejection::{FormRejection, QueryRejection};
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use data_encoding::HEXLOWER;
use http::StatusCode;
use http::header::RETRY_AFTER;
use ring::digest::{SHA256, digest};
use serde::Deserialize;
use std::sync::Arc;

/// Which room is chosen when the page opens.
#[derive(Debug, Default, Deserialize)]
pub struct Choice {
    /// Its id; the first of the list where it is none.
    #[serde(default)]
    room: String,
}

/// What can be booked.
pub async fn show(choice: Result<Query<Choice>, QueryRejection>) -> Response {
    let choice = choice.map_or_else(|_| Choice::default(), |Query(choice)| choice);
    let chosen = room(&choice.room).unwrap_or(&ROOMS[0]);
    let Ok(reference) = Reference::generate() else {
        return pages::broken("No booking can be made now. Please try again.");
    };
    let form = Form::of(&reference, chosen);
    pages::html(StatusCode::OK, &FrontPage::new(&form, None))
}

/// What the form holds, once it is known to make sense.
struct Order<'a> {
    reference: Reference,
    room: &'static Room,
    form: &'a Form,
}

impl<'a> Order<'a> {
    /// What only a form that is not ours gets wrong is refused here; the rest is for the API to say.
    fn read(form: &'a Form) -> Option<Self> {
        Some(Self { reference: Reference::parse(&form.booking)?, room: room(&form.room)?, form })
    }

    fn wish(&self, public_url: &str) -> NewSession<'_> {
        NewSession {
            amount: Amount { value: self.room.pence, currency: CURRENCY.to_owned() },
            reference: self.reference.as_str(),
            description: self.room.stay,
            return_url: format!("{public_url}/stay/{}", self.reference),
            locale: if self.form.language == "cy" { "cy" } else { "en" },
            payer: Payer { name: said(&self.form.name), email: said(&self.form.email) },
            metadata: [("room", self.room.id)].into(),
        }
    }
}

/// Opens the payment and sends the payer to it.
pub async fn book(State(site): State<Arc<Site>>, form: Result<axum::Form<Form>, FormRejection>) -> Response {
    let Ok(axum::Form(form)) = form else {
        return pages::bad_request("The form cannot be read. Please go back and try again.");
    };
    let Some(order) = Order::read(&form) else {
        return pages::bad_request("The form names no room of ours. Please choose one again.");
    };
    let wish = order.wish(&site.public_url);
    match site.api.open(&wish, &key(&wish)).await {
        Ok(opened) => opened_page(&site, &order, opened),
        Err(ApiError::Problem(problem)) if problem.is_in_flight() => in_flight(&order.reference),
        Err(ApiError::Problem(problem)) if problem.is_taken() => {
            stay::standing(&site, &order.reference, problem.session_id()).await
        }
        Err(error) => refused(&order, &error),
    }
}

/// One key for one booking as the payer wrote it: pressing twice repeats the answer, and a corrected
/// form is a new call, which the booking reference then holds against the first.
fn key(wish: &NewSession<'_>) -> String {
    let text = serde_json::to_vec(wish).unwrap_or_default();
    let hash = digest(&SHA256, &text);
    format!("{}.{}", wish.reference, HEXLOWER.encode(&hash.as_ref()[..8]))
}

fn opened_page(site: &Site, order: &Order<'_>, opened: Opened) -> Response {
    let Opened { session, preparing } = opened;
    site.book.put(Booking {
        reference: order.reference.clone(),
        session: session.id.clone(),
        stay: order.room.stay.to_owned(),
    });
    let link = pay_link(&session);
    match link {
        _ if preparing => {
            let page =
                PreparingPage { reference: order.reference.as_str(), stay: order.room.stay, pay_url: link };
            pages::html(StatusCode::ACCEPTED, &page)
        }
        Some(link) => Redirect::to(link).into_response(),
        None => Redirect::to(&format!("/stay/{}", order.reference)).into_response(),
    }
}

/// The payment's address, if it is one that a browser may be sent to.
pub fn pay_link(session: &Session) -> Option<&str> {
    let link = session.pay_url.as_deref()?;
    let web = link.starts_with("https://") || link.starts_with("http://");
    web.then_some(link)
}

fn in_flight(reference: &Reference) -> Response {
    let mut response = pages::message(
        StatusCode::CONFLICT,
        "Your booking is being prepared",
        "The first press of the button is still at work. Nothing was done twice.",
        Some((&format!("/stay/{reference}"), "See the booking")),
    );
    let wait = http::HeaderValue::from_static("2");
    response.headers_mut().insert(RETRY_AFTER, wait);
    response
}

/// The form again, with what the payment service said about it.
fn refused(order: &Order<'_>, error: &ApiError) -> Response {
    let alert = Alert::of(error);
    pages::html(alert.status(), &FrontPage::new(order.form, Some(&alert)))
}

fn said(text: &str) -> Option<&str> {
    Some(text.trim()).filter(|text| !text.is_empty())
}
