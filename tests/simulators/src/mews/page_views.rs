//! The HTML of the payer's page. `[inf]` Mews documents its address and its behavior, not its looks.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use super::card_form::Mistake;
use super::group::PaymentRequest;
use super::pages::is_over;
use super::state::RequestState;
use crate::html::{Page, escape};

const BRAND: &str = "Mews (simulator)";
/// Name, label and autocomplete of the inputs.
const INPUTS: [(&str, &str, &str); 5] = [
    ("cardNumber", "Card number", "cc-number"),
    ("expiryMonth", "Expiry month", "cc-exp-month"),
    ("expiryYear", "Expiry year", "cc-exp-year"),
    ("cvc", "Security code", "cc-csc"),
    ("cardholderName", "Name on card", "cc-name"),
];

/// What a page shows beside the request itself.
#[derive(Clone, Copy, Default)]
pub struct Shown<'a> {
    /// Mistakes in the form just sent.
    pub mistakes: &'a [Mistake],
    /// Whether the attempt just made was refused.
    pub refused: bool,
    /// A payment that is not final, and whether the payer has to answer.
    pub under_way: Option<(usize, bool)>,
}

/// The page that fits the request.
pub fn view(request: &PaymentRequest, back: Option<&str>, shown: Shown<'_>, now: i64) -> Response {
    match (request.state, shown.under_way) {
        (RequestState::Completed, _) => over("This payment has been made", "", back),
        (_, Some((_, true))) => challenge(request),
        (_, Some((_, false))) => over("Your payment is being verified", "", back),
        (RequestState::Canceled, _) => {
            over("This payment request was canceled", "The property canceled it.", back)
        }
        (state, _) if is_over(state) || !request.is_payable(now) => {
            over("This payment request has expired", "It can no longer be paid.", back)
        }
        _ => card_form(request, shown),
    }
}

/// For an id that no request has.
pub fn no_such_request() -> Response {
    let body = "<p>This payment link is not valid.</p>".to_owned();
    page(StatusCode::NOT_FOUND, "No such payment request", body)
}

/// For a return address that cannot be decoded: readable, so that the mistake is found.
pub fn unreadable(why: &str) -> Response {
    let body = format!("<p id=\"unreadable\" class=\"error\">{}</p>", escape(why));
    page(StatusCode::BAD_REQUEST, "The return address cannot be read", body)
}

fn card_form(request: &PaymentRequest, shown: Shown<'_>) -> Response {
    let inputs: String = INPUTS.iter().map(|input| text_input(input, shown.mistakes)).collect();
    let pay = "<button type=\"submit\" id=\"pay\" name=\"answer\" value=\"pay\">Pay</button>";
    let leave =
        "<button type=\"submit\" id=\"leave\" class=\"plain\" name=\"answer\" value=\"leave\">Back</button>";
    let body = [problems(shown), summary(request), form(&[&inputs, pay, leave].concat())].concat();
    let status = if shown.mistakes.is_empty() { StatusCode::OK } else { StatusCode::BAD_REQUEST };
    page(status, "Pay for your booking", body)
}

fn challenge(request: &PaymentRequest) -> Response {
    let buttons = [
        ("approve", "Confirm", ""),
        ("refuse", "Refuse", " class=\"plain\""),
        ("leave", "Back", " class=\"plain\""),
    ];
    let button = |(value, text, class): &(&str, &str, &str)| {
        format!(
            "<button type=\"submit\" id=\"{value}\"{class} name=\"answer\" value=\"{value}\">{text}</button>"
        )
    };
    let buttons: String = buttons.iter().map(button).collect();
    page(
        StatusCode::OK,
        "Your bank wants to know that it is you",
        [summary(request), form(&buttons)].concat(),
    )
}

fn over(title: &str, text: &str, back: Option<&str>) -> Response {
    let link =
        |url: &str| format!("<p><a id=\"return-url\" href=\"{}\">Back to your booking</a></p>", escape(url));
    let body = format!("<p>{text}</p>{}", back.map(link).unwrap_or_default());
    page(StatusCode::OK, title, body)
}

fn page(status: StatusCode, title: &str, body: String) -> Response {
    Page { status, language: "en", title, brand: BRAND, body }.into_response()
}

/// A form that is sent to the page's own address.
fn form(inside: &str) -> String {
    format!("<form method=\"post\" novalidate>{inside}</form>")
}

fn summary(request: &PaymentRequest) -> String {
    let amount = &request.amount;
    format!("<p>To pay: <strong id=\"amount\">{} {}</strong></p>", amount.digits(), escape(&amount.currency))
}

fn text_input((name, label, auto): &(&str, &str, &str), mistakes: &[Mistake]) -> String {
    let wrong = mistakes.iter().any(|(field, _)| field == name);
    let mark = if wrong { " aria-invalid=\"true\"" } else { "" };
    format!(
        "<label for=\"{name}\">{label}</label><input id=\"{name}\" name=\"{name}\" autocomplete=\"{auto}\"{mark}>"
    )
}

fn problems(shown: Shown<'_>) -> String {
    let refused = shown.refused.then_some("The payment was refused. You can try again.");
    let texts: Vec<&str> = refused.into_iter().chain(shown.mistakes.iter().map(|(_, text)| *text)).collect();
    if texts.is_empty() {
        return String::new();
    }
    let items: String = texts.iter().map(|text| format!("<li>{text}</li>")).collect();
    format!("<ul id=\"problems\" class=\"error\" role=\"alert\">{items}</ul>")
}
