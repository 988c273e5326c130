//! The HTML of the payer's pages.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use super::card_form::Mistake;
use super::pages::needs_proof;
use super::reservation::Reservation;
use super::validate::METHODS;
use crate::html::{Page, escape};

const BRAND: &str = "Front Payment (simulator)";
/// Name, label and autocomplete of the inputs.
const INPUTS: [(&str, &str, &str); 5] = [
    ("cardNumber", "Card number", "cc-number"),
    ("expiryMonth", "Expiry month", "cc-exp-month"),
    ("expiryYear", "Expiry year", "cc-exp-year"),
    ("cvc", "Security code", "cc-csc"),
    ("cardholderName", "Name on card", "cc-name"),
];

/// The page that fits the reservation.
pub fn view(reservation: &Reservation, now: i64) -> Response {
    let wish = &reservation.wish;
    if reservation.payable(now) {
        return match needs_proof(reservation) {
            true => proof(reservation),
            false => card_form(reservation, &[]),
        };
    }
    if reservation.reserved_at.is_some() {
        let body = link(wish.success.as_deref(), "Continue");
        return page(StatusCode::OK, "This order has been paid", body);
    }
    let text = "<p>No money has been taken.</p>";
    let body = [text, &link(wish.failure.as_deref(), "Go back")].concat();
    page(StatusCode::OK, "This order can no longer be paid", body)
}

/// For an address that leads nowhere.
pub fn no_such_page() -> Response {
    let body = "<p>This payment link is not valid.</p>".to_owned();
    page(StatusCode::NOT_FOUND, "No such order", body)
}

/// For a page that is opened again too soon. `[doc]` PROVIDERS §2.4: the text is Front's.
pub fn already_used(reservation: &Reservation) -> Response {
    let text = "<p id=\"order-id-already-used\">OrderID already used</p>";
    let body = [text, &link(reservation.wish.failure.as_deref(), "Go back")].concat();
    page(StatusCode::CONFLICT, "Something went wrong", body)
}

/// The card form; `mistakes` are those of the form just sent. Seed 001: the preselected method can be changed.
pub fn card_form(reservation: &Reservation, mistakes: &[Mistake]) -> Response {
    let chosen = reservation.wish.via.as_deref().unwrap_or(METHODS[0]);
    let methods: String = METHODS.iter().map(|method| radio(method, chosen)).collect();
    let inputs: String = INPUTS.iter().map(|input| text_input(input, mistakes)).collect();
    let pay = "<button type=\"submit\" id=\"pay\">Pay</button>";
    let card = form(reservation, ("card-form", ""), &[&methods, &inputs, pay].concat());
    let cancel = "<button type=\"submit\" id=\"cancel-payment\" class=\"plain\">Cancel</button>";
    let cancel = form(reservation, ("cancel-form", "/cancel"), cancel);
    let body = [problems(mistakes), summary(reservation), card, cancel].concat();
    let status = match mistakes {
        [] => StatusCode::OK,
        _ => StatusCode::BAD_REQUEST,
    };
    page(status, "Pay by card", body)
}

/// Nothing of the order is shown before BankID. Seed 001, `secureDetails`.
fn proof(reservation: &Reservation) -> Response {
    let button = "<button type=\"submit\" id=\"bankid\">Verify with BankID</button>";
    let body = form(reservation, ("bankid-form", "/bankid"), button);
    page(StatusCode::OK, "Verify who you are", body)
}

fn page(status: StatusCode, title: &str, body: String) -> Response {
    let page = Page { status, language: "en", title, brand: BRAND, body };
    page.into_response()
}

fn form(reservation: &Reservation, (id, action): (&str, &str), inside: &str) -> String {
    let page = &reservation.page;
    format!(
        "<form id=\"{id}\" method=\"post\" action=\"/checkout/{page}{action}\" novalidate>{inside}</form>"
    )
}

fn summary(reservation: &Reservation) -> String {
    let wish = &reservation.wish;
    let item = |product: &super::validate::Product| {
        format!("<li>{}: {} kr</li>", escape(&product.name), product.amount.two_decimals())
    };
    let products: String = wish.products.iter().map(item).collect();
    let total = wish.grand_total.two_decimals();
    format!("<ul id=\"products\">{products}</ul><p>To pay: <strong id=\"amount\">{total} kr</strong></p>")
}

fn radio(method: &str, chosen: &str) -> String {
    let checked = if method == chosen { " checked" } else { "" };
    format!(
        "<label for=\"via-{method}\"><input type=\"radio\" style=\"width:auto\" id=\"via-{method}\" name=\"via\" \
         value=\"{method}\"{checked}> {method}</label>"
    )
}

fn text_input((name, label, auto): &(&str, &str, &str), mistakes: &[Mistake]) -> String {
    let wrong = mistakes.iter().any(|(field, _)| field == name);
    let mark = if wrong { " aria-invalid=\"true\"" } else { "" };
    format!(
        "<label for=\"{name}\">{label}</label><input id=\"{name}\" name=\"{name}\" autocomplete=\"{auto}\"{mark}>"
    )
}

fn problems(mistakes: &[Mistake]) -> String {
    if mistakes.is_empty() {
        return String::new();
    }
    let items = mistakes.iter().map(|(_, text)| format!("<li>{text}</li>"));
    format!("<ul id=\"problems\" class=\"error\" role=\"alert\">{}</ul>", items.collect::<String>())
}

fn link(url: Option<&str>, text: &str) -> String {
    let line = |url: &str| format!("<p><a id=\"return-url\" href=\"{}\">{text}</a></p>", escape(url));
    url.map(line).unwrap_or_default()
}
