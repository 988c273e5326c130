//! The price list, and the way from a chosen room to the payment.

use crate::alert::Alert;
use crate::api::{ApiError, Opened};
use crate::book::Booking;
use crate::clock;
use crate::form::Form;
use crate::order::Order;
use crate::pages::{self, FrontPage, PreparingPage};
use crate::provider::{PROVIDERS, provider};
use crate::reference::Reference;
use crate::rooms::{ROOMS, room};
use crate::site::Site;
use crate::stay;
use crate::wire::{NewSession, Session};
use axum::extract::rejection::{FormRejection, QueryRejection};
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use data_encoding::HEXLOWER;
use http::StatusCode;
use http::header::RETRY_AFTER;
use ring::digest::{SHA256, digest};
use serde::Deserialize;
use std::sync::Arc;

/// What is chosen when the page opens.
#[derive(Debug, Default, Deserialize)]
pub struct Choice {
    /// The room's id; the first of the list where it is none.
    #[serde(default)]
    room: String,
    /// How it is to be paid; the first way where it is none.
    #[serde(default)]
    provider: String,
}

/// What can be booked.
pub async fn show(State(site): State<Arc<Site>>, choice: Result<Query<Choice>, QueryRejection>) -> Response {
    let choice = choice.map_or_else(|_| Choice::default(), |Query(choice)| choice);
    let chosen = room(&choice.room).unwrap_or(&ROOMS[0]);
    let Ok(reference) = Reference::generate() else {
        return pages::broken("No booking can be made now. Please try again.");
    };
    let provider = provider(&choice.provider).unwrap_or(PROVIDERS[0]);
    let form = Form::of(&reference, chosen, provider, clock::day((site.now)()));
    pages::html(StatusCode::OK, &FrontPage::new(&form, provider, None))
}

/// Names and values as a browser sends them.
type Pairs = Vec<(String, String)>;

/// Opens the payment and sends the payer to it.
pub async fn book(State(site): State<Arc<Site>>, sent: Result<axum::Form<Pairs>, FormRejection>) -> Response {
    let Some(form) = sent.ok().and_then(|axum::Form(pairs)| Form::read(pairs)) else {
        return pages::bad_request("The form cannot be read. Please go back and try again.");
    };
    let Some(order) = Order::read(&form) else {
        return pages::bad_request("The form names no room or no way to pay of ours. Please choose again.");
    };
    let Some(wish) = order.wish(&site.public_url) else {
        return pages::broken("This room cannot be paid in this way.");
    };
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
    let alert = Alert::of(error, Some(order.provider));
    pages::html(alert.status(), &FrontPage::new(order.form, order.provider, Some(&alert)))
}
