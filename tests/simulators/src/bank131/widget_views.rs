//! The HTML of the widget's frame and of the bank's pages for the payer.

use axum::http::StatusCode;
use axum::http::header::{CONTENT_SECURITY_POLICY, HeaderValue, REFRESH};
use axum::response::{IntoResponse, Response};

use super::payment::Payment;
use crate::html::{Page, escape};

const BANK: &str = "Bank 131 (simulator)";
/// As for every page, and our own scripts; the frame may stand in any page.
const FRAME: &str = "default-src 'none'; style-src 'unsafe-inline'; script-src 'self'";
const FRAME_SCRIPT: &str = "<script src=\"/widget/frame.js\"></script>";

/// What the payer's page has to do next.
pub struct Step<'a> {
    /// Where the whole window goes.
    pub go: Option<&'a str>,
    /// The code of a payment that failed.
    pub fail: Option<&'a str>,
    /// The name of the window; the page's own script may know better.
    pub target: &'a str,
}

/// The fields of a card, each with its label, as (id, label, autocomplete).
const FIELDS: [(&str, &str, &str); 5] = [
    ("card-number", "Card number", "cc-number"),
    ("expiration-month", "Expiry month", "cc-exp-month"),
    ("expiration-year", "Expiry year, two digits", "cc-exp-year"),
    ("security-code", "Security code", "cc-csc"),
    ("cardholder-name", "Name on card", "cc-name"),
];

/// The card form.
pub fn card_form(token: &str, (amount, masked): (&str, bool), mistake: Option<&str>) -> Response {
    let field = |(id, label, autocomplete): &(&str, &str, &str)| {
        let secret = masked && *id == "security-code";
        let (kind, mode) = (
            if secret { "password" } else { "text" },
            if *id == "cardholder-name" { "text" } else { "numeric" },
        );
        format!(
            "<label for=\"{id}\">{label}</label><input id=\"{id}\" name=\"{id}\" type=\"{kind}\" \
             inputmode=\"{mode}\" autocomplete=\"{autocomplete}\">"
        )
    };
    let fields: String = FIELDS.iter().map(field).collect();
    let masked = if masked { "<input type=\"hidden\" name=\"masked\" value=\"1\">" } else { "" };
    let alert = mistake.map(|text| format!("<p class=\"error\" role=\"alert\">{}</p>", escape(text)));
    let body = format!(
        "{}<p>Amount: <strong id=\"amount\">{}</strong></p>\
         <form method=\"post\" action=\"/widget/form\" novalidate><input type=\"hidden\" name=\"token\" value=\"{}\">\
         {masked}{fields}<button type=\"submit\" id=\"pay\">Pay</button></form>{FRAME_SCRIPT}",
        alert.unwrap_or_default(),
        escape(amount),
        escape(token),
    );
    let status = if mistake.is_some() { StatusCode::BAD_REQUEST } else { StatusCode::OK };
    framed(status, "Pay by card", body)
}

/// The frame while the bank works; it looks again by itself.
pub fn waiting(again: &str) -> Response {
    let body =
        format!("<p id=\"waiting\" role=\"status\">One moment, the bank is at work.</p>{FRAME_SCRIPT}");
    let mut answer = framed(StatusCode::OK, "Please wait", body);
    if let Ok(again) = HeaderValue::from_str(&format!("1;url={again}")) {
        answer.headers_mut().insert(REFRESH, again);
    }
    answer
}

/// The frame when the payer has to go somewhere, or nowhere.
pub fn step(title: &str, step: &Step<'_>) -> Response {
    let data = |name: &str, value: Option<&str>| {
        value.map(|value| format!(" data-{name}=\"{}\"", escape(value))).unwrap_or_default()
    };
    let link = |url: &str| format!("<a id=\"go\" href=\"{}\" target=\"_top\">Go on</a>", escape(url));
    let body = format!(
        "<p id=\"step\" role=\"status\"{}{}{}>{}</p>{FRAME_SCRIPT}",
        data("go", step.go),
        data("fail", step.fail),
        data("target", Some(step.target)),
        step.go.map(link).unwrap_or_default(),
    );
    framed(StatusCode::OK, title, body)
}

/// A page that says why there is none, in the frame or by itself.
pub fn problem(why: &str) -> Response {
    let body = format!("<p id=\"problem\">{}</p>{FRAME_SCRIPT}", escape(why));
    framed(StatusCode::FORBIDDEN, "You cannot pay here", body)
}

/// A form that goes on by itself, with a button for browsers without scripts. `fields` are names and values.
pub fn going_on(action: &str, fields: &[(&str, &str)]) -> Response {
    let field = |(name, value): &(&str, &str)| {
        format!("<input type=\"hidden\" name=\"{name}\" value=\"{}\">", escape(value))
    };
    let fields: String = fields.iter().map(field).collect();
    let body = format!(
        "<form id=\"go\" method=\"post\" action=\"{}\">{fields}<button type=\"submit\">Go on</button></form>\
         <script src=\"/widget/submit.js\"></script>",
        escape(action),
    );
    framed(StatusCode::OK, "To your bank", body)
}

/// What the payer's own bank asks: 3-D Secure, or the app behind a QR code.
pub fn question(title: &str, payment: &Payment, (action, secret): (&str, &str)) -> Response {
    let body = format!(
        "<p>Amount: <strong id=\"amount\">{}</strong></p><form method=\"post\" action=\"{}\">\
         <input type=\"hidden\" name=\"secret\" value=\"{}\">\
         <button type=\"submit\" id=\"approve\" name=\"answer\" value=\"approve\">Confirm</button>\
         <button type=\"submit\" id=\"refuse\" name=\"answer\" value=\"refuse\" class=\"plain\">Refuse</button></form>",
        payment.money.written(),
        escape(action),
        escape(secret),
    );
    page(StatusCode::OK, title, body)
}

/// The end, where the payer has nowhere to go back to.
pub fn end() -> Response {
    page(StatusCode::OK, "Thank you", "<p id=\"end\">You can close this page.</p>".to_owned())
}

fn page(status: StatusCode, title: &str, body: String) -> Response {
    Page { status, language: "en", title, brand: BANK, body }.into_response()
}

fn framed(status: StatusCode, title: &str, body: String) -> Response {
    let mut answer = page(status, title, body);
    answer.headers_mut().insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(FRAME));
    answer
}
