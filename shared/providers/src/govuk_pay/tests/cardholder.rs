//! Every wrong detail of the cardholder in the options.

use super::body::options;
use super::check::{Row, each_is_named};
use bellhop_domain::wish::Wish;
use serde_json::{Value, json};

const DETAILS: &str = "/options/govuk_pay/prefilled_cardholder_details";

fn details(wish: &mut Wish, details: &Value) {
    options(wish, &json!({"prefilled_cardholder_details": details}));
}

fn address(wish: &mut Wish, lines: &Value) {
    details(wish, &json!({"billing_address": lines}));
}

/// Pointers below the cardholder's details.
const CARDHOLDER: &[Row] = &[
    ("", |w| details(w, &json!("J. Bogs"))),
    ("/name", |w| details(w, &json!({"name": "J. Bogs"}))),
    ("/cardholder_name", |w| details(w, &json!({"cardholder_name": 1}))),
    ("/cardholder_name", |w| details(w, &json!({"cardholder_name": "n".repeat(256)}))),
    ("/billing_address", |w| address(w, &json!("1 Quay Street"))),
    ("/billing_address/line3", |w| address(w, &json!({"line3": "x"}))),
    ("/billing_address/line1", |w| address(w, &json!({"line1": "x".repeat(256)}))),
    ("/billing_address/line2", |w| address(w, &json!({"line2": false}))),
    ("/billing_address/postcode", |w| address(w, &json!({"postcode": "x".repeat(26)}))),
    ("/billing_address/city", |w| address(w, &json!({"city": "a\\b"}))),
    ("/billing_address/country", |w| address(w, &json!({"country": "gb"}))),
    ("/billing_address/country", |w| address(w, &json!({"country": "GBR"}))),
];

#[test]
fn every_wrong_detail_of_the_cardholder_is_named() {
    each_is_named(DETAILS, CARDHOLDER);
}
