//! The HTML of the payer's pages.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::Value;

use super::payment::Payment;
use super::state::State;
use super::words::{Words, words};
use crate::html::{Page, escape};

/// A field that was filled in wrongly: its name and what to do.
pub type Mistake = (&'static str, &'static str);

const BRAND: &str = "GOV.UK Pay (simulator)";

/// The page that fits the payment's state; `mistakes` are those of the card form just sent.
pub fn view(payment: &Payment, mistakes: &[Mistake]) -> Response {
    let words = words(&payment.wish.language);
    match payment.state {
        State::Created | State::Started => card_form(payment, words, mistakes),
        State::Submitted => page(payment, words.confirm, confirm_form(payment, words)),
        State::Capturable | State::Success => page(payment, words.paid, leave(payment, words.go_on)),
        State::Declined => ended(payment, words.declined, words),
        State::TimedOut => ended(payment, words.expired, words),
        State::CancelledByPayer | State::CancelledByService => ended(payment, words.cancelled, words),
        State::Error => ended(payment, words.technical, words),
    }
}

/// For a used or unknown address. `[code]` PROVIDERS §3.4: the "unauthorized" page.
pub fn not_allowed() -> Response {
    let body = "<p>This link has been used already or is not valid. \
                Go back to the service you came from and start again. No money has been taken.</p>";
    let title = "You cannot use this payment link";
    let page =
        Page { status: StatusCode::FORBIDDEN, language: "en", title, brand: BRAND, body: body.to_owned() };
    page.into_response()
}

fn page(payment: &Payment, title: &str, body: String) -> Response {
    with_status(StatusCode::OK, payment, title, body)
}

fn with_status(status: StatusCode, payment: &Payment, title: &str, body: String) -> Response {
    Page { status, language: &payment.wish.language, title, brand: BRAND, body }.into_response()
}

fn ended(payment: &Payment, title: &str, words: &Words) -> Response {
    page(payment, title, format!("<p>{}</p>{}", escape(words.no_money), leave(payment, words.back)))
}

/// The link back: the return URL as it was given, nothing added (PROVIDERS §3.4 `[doc]`).
fn leave(payment: &Payment, text: &str) -> String {
    let url = payment.wish.return_url.as_deref().unwrap_or_default();
    format!("<p><a id=\"return-url\" href=\"{}\">{}</a></p>", escape(url), escape(text))
}

fn summary(payment: &Payment, words: &Words) -> String {
    let amount = payment.wish.amount;
    format!(
        "<dl><dt>{}</dt><dd id=\"payment-description\">{}</dd><dt>{}</dt><dd id=\"amount\">£{}.{:02}</dd></dl>",
        if payment.wish.language == "cy" { "Disgrifiad" } else { "Description" },
        escape(&payment.wish.description),
        escape(words.amount),
        amount / 100,
        amount % 100,
    )
}

fn card_form(payment: &Payment, words: &Words, mistakes: &[Mistake]) -> Response {
    let fields = card_fields(words).into_iter().chain(payer_fields(payment, words));
    let inputs: String = fields.map(|field| input(field, mistakes)).collect();
    let form = form(payment, "", &inputs, ("submit-card-details", words.continue_));
    let body =
        [problems(words, mistakes), summary(payment, words), form, cancel_form(payment, words)].concat();
    let status = if mistakes.is_empty() { StatusCode::OK } else { StatusCode::BAD_REQUEST };
    with_status(status, payment, words.enter, body)
}

/// Name, label, value and autocomplete of an input.
type Field<'a> = (&'a str, &'a str, &'a str, &'a str);

fn card_fields(words: &Words) -> [Field<'_>; 4] {
    [
        ("cardNo", words.card_number, "", "cc-number"),
        ("expiryMonth", words.month, "", "cc-exp-month"),
        ("expiryYear", words.year, "", "cc-exp-year"),
        ("cvc", words.code, "", "cc-csc"),
    ]
}

fn payer_fields<'a>(payment: &'a Payment, words: &'a Words) -> [Field<'a>; 7] {
    let details = &payment.wish.prefilled;
    let filled = |path: &str| details.pointer(path).and_then(Value::as_str).unwrap_or_default();
    let line = |name: &str| filled(&format!("/billing_address/{name}"));
    let email = payment.wish.email.as_deref().unwrap_or_default();
    [
        ("cardholderName", words.name, filled("/cardholder_name"), "cc-name"),
        ("addressLine1", words.line1, line("line1"), "address-line1"),
        ("addressLine2", words.line2, line("line2"), "address-line2"),
        ("addressCity", words.city, line("city"), "address-level2"),
        ("addressPostcode", words.postcode, line("postcode"), "postal-code"),
        ("addressCountry", words.country, country(line("country")), "country"),
        ("email", words.email, email, "email"),
    ]
}

/// `[doc]` create_a_payment_reference: an unknown country becomes the United Kingdom.
fn country(given: &str) -> &str {
    if given.len() == 2 { given } else { "GB" }
}

fn input((name, label, value, auto): Field<'_>, mistakes: &[Mistake]) -> String {
    let wrong = if mistakes.iter().any(|(field, _)| *field == name) { " aria-invalid=\"true\"" } else { "" };
    format!(
        "<label for=\"{name}\">{}</label><input id=\"{name}\" name=\"{name}\" value=\"{}\" autocomplete=\"{auto}\"{wrong}>",
        escape(label),
        escape(value),
    )
}

fn problems(words: &Words, mistakes: &[Mistake]) -> String {
    if mistakes.is_empty() {
        return String::new();
    }
    let item = |(field, text): &Mistake| format!("<li><a href=\"#{field}\">{}</a></li>", escape(text));
    let items: String = mistakes.iter().map(item).collect();
    format!("<div class=\"error\" role=\"alert\"><h2>{}</h2><ul>{items}</ul></div>", escape(words.problem))
}

fn confirm_form(payment: &Payment, words: &Words) -> String {
    let card =
        payment.card.as_ref().and_then(|card| card.get("last_digits_card_number")).and_then(Value::as_str);
    let shown = format!(
        "<dl><dt>{}</dt><dd id=\"card-number\">●●●●●●●●●●●●{}</dd></dl>",
        escape(words.card_number),
        escape(card.unwrap_or_default()),
    );
    let form = form(payment, "/confirm", "", ("confirm", words.confirm_button));
    [summary(payment, words), shown, form, cancel_form(payment, words)].concat()
}

fn cancel_form(payment: &Payment, words: &Words) -> String {
    form(payment, "/cancel", "", ("cancel-payment", words.cancel))
        .replace("<button", "<button class=\"plain\"")
}

fn form(payment: &Payment, action: &str, inputs: &str, (id, text): (&str, &str)) -> String {
    format!(
        "<form method=\"post\" action=\"/card_details/{}{action}\" novalidate>{inputs}\
         <button type=\"submit\" id=\"{id}\">{}</button></form>",
        payment.id,
        escape(text),
    )
}
