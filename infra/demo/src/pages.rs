//! Pages from templates. Everything that goes into one is escaped by the template.

use crate::alert::Alert;
use crate::book::Booking;
use crate::field::{Field, Group, Input};
use crate::form::Form;
use crate::money::shown;
use crate::provider::{PROVIDERS, Provider};
use crate::rooms::{ROOMS, Room};
use crate::wire::Session;
use crate::words::{Tone, of_status};
use askama::Template;
use axum::response::{Html, IntoResponse, Response};
use http::StatusCode;

/// The price list with the form.
#[derive(Template)]
#[template(path = "front.html")]
pub struct FrontPage<'a> {
    form: &'a Form,
    provider: &'static Provider,
    alert: Option<&'a Alert>,
}

impl<'a> FrontPage<'a> {
    /// The page with the form for a provider, and what went wrong the last time.
    pub const fn new(form: &'a Form, provider: &'static Provider, alert: Option<&'a Alert>) -> Self {
        Self { form, provider, alert }
    }

    const fn rooms(&self) -> &'static [Room] {
        &ROOMS
    }

    const fn providers(&self) -> [&'static Provider; PROVIDERS.len()] {
        PROVIDERS
    }

    /// The price in each currency that the provider takes.
    fn prices(&self, room: &Room) -> Vec<String> {
        let prices = self.provider.currencies.iter();
        prices.filter_map(|currency| Some(shown(room.price(currency)?, currency))).collect()
    }

    /// A room in one line: with its price, where there is only one.
    fn line(&self, room: &Room) -> String {
        match self.prices(room).as_slice() {
            [price] => format!("{price}: {}", room.stay),
            _ => room.stay.to_owned(),
        }
    }

    fn is_chosen(&self, room: &Room) -> bool {
        room.id == self.form.get("room")
    }

    /// What stands in a field: for one of a few values, always one of them.
    fn value(&self, field: &Field) -> &str {
        field.said(self.form).unwrap_or_default()
    }

    /// Whether a browser may insist on an answer: not where the question can be out of sight.
    fn insists(&self, group: &Group, field: &Field) -> bool {
        group.when.is_none() && !field.is_optional
    }

    /// Whether the words of its values are each in the language of the value.
    const fn is_language(&self, field: &Field) -> bool {
        matches!(field.input, Input::Language(_))
    }

    fn error(&self, field: &str) -> Option<&str> {
        self.alert.and_then(|alert| alert.field(field))
    }
}

/// The provider has not answered; the payer can go on in a moment.
#[derive(Template)]
#[template(path = "preparing.html")]
pub struct PreparingPage<'a> {
    /// The booking.
    pub reference: &'a str,
    /// What is booked.
    pub stay: &'a str,
    /// Where the payer pays.
    pub pay_url: Option<&'a str>,
}

/// The bookings of this run.
#[derive(Template)]
#[template(path = "bookings.html")]
pub struct BookingsPage<'a> {
    /// The newest first.
    pub rows: Vec<BookingRow>,
    /// What was typed into the search and is no reference.
    pub typed: &'a str,
}

/// One of them.
pub struct BookingRow {
    reference: String,
    stay: String,
    price: String,
    status: String,
    headline: &'static str,
    tone: Tone,
}

impl BookingRow {
    /// A booking with its session; without one where the service gave none.
    pub fn new(booking: Booking, session: Option<Session>) -> Self {
        let words = session.as_ref().map(|s| of_status(&s.status, s.finished));
        let price = session.as_ref().map(|s| shown(s.amount.value, &s.amount.currency));
        Self {
            reference: booking.reference.to_string(),
            stay: booking.stay,
            price: price.unwrap_or_default(),
            status: session.map_or_else(|| "unknown".to_owned(), |session| session.status),
            headline: words.map_or("The payment service cannot be asked now", |w| w.headline),
            tone: words.map_or(Tone::Waiting, |w| w.tone),
        }
    }
}

/// One message and a way on.
#[derive(Template)]
#[template(path = "message.html")]
struct MessagePage<'a> {
    title: &'a str,
    detail: &'a str,
    link: Option<(&'a str, &'a str)>,
}

/// A page as an answer.
pub fn html(status: StatusCode, page: &impl Template) -> Response {
    page.render().map_or_else(
        |_| StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        |text| (status, Html(text)).into_response(),
    )
}

/// One message and perhaps a way on.
pub fn message(status: StatusCode, title: &str, detail: &str, link: Option<(&str, &str)>) -> Response {
    let page = MessagePage { title, detail, link };
    html(status, &page)
}

/// Nothing here.
pub fn not_found(detail: &str) -> Response {
    message(StatusCode::NOT_FOUND, "Not found", detail, None)
}

/// A request that our own pages do not make.
pub fn bad_request(detail: &str) -> Response {
    let title = "That did not work";
    message(StatusCode::BAD_REQUEST, title, detail, None)
}

/// Trouble of our own.
pub fn broken(detail: &str) -> Response {
    let title = "Something is wrong on our side";
    message(StatusCode::INTERNAL_SERVER_ERROR, title, detail, None)
}
