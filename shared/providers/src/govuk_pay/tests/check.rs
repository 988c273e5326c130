//! Every wrong field of a wish, found before any call.

use super::{adapter, wish};
use crate::govuk_pay::GovukPay;
use bellhop_domain::money::{Currency, Money};
use bellhop_domain::provider::Provider;
use bellhop_domain::text::{Description, Reference};
use bellhop_domain::wish::{Address, Wish};
use serde_json::json;

use super::body::{body, options};

fn note(wish: &mut Wish, key: &str, text: &str) {
    wish.metadata.insert(key.to_owned(), text.to_owned());
}

fn money(wish: &mut Wish, minor: u64, currency: Currency) {
    wish.amount = Money::new(minor, currency).unwrap();
}

fn reference(wish: &mut Wish, text: &str) {
    wish.reference = Reference::parse(text).unwrap();
}

fn description(wish: &mut Wish, text: &str) {
    wish.description = Description::parse(text).unwrap();
}

fn pointers(provider: &GovukPay, edit: impl FnOnce(&mut Wish)) -> Vec<String> {
    let mut wish = wish();
    edit(&mut wish);
    let faults = provider.check(&wish);
    faults.into_iter().map(|fault| fault.pointer).collect()
}

/// Where the complaint has to point, and what is done to a good wish.
pub(super) type Row = (&'static str, fn(&mut Wish));

const FIELDS: &[Row] = &[
    ("/amount/currency", |w| money(w, 14500, Currency::EUR)),
    ("/amount/value", |w| money(w, 0, Currency::GBP)),
    ("/amount/value", |w| money(w, 10_000_001, Currency::GBP)),
    ("/reference", |w| reference(w, &"\u{1F3E8}".repeat(128))),
    ("/reference", |w| reference(w, "see https://booking.example")),
    ("/reference", |w| reference(w, "WWW.booking.example")),
    ("/reference", |w| reference(w, "a<b")),
    ("/reference", |w| reference(w, "a>b")),
    ("/reference", |w| reference(w, "a|b")),
    ("/reference", |w| reference(w, "a\"b")),
    ("/reference", |w| reference(w, "a\\b")),
    ("/description", |w| description(w, &"\u{1F3E8}".repeat(128))),
    ("/description", |w| description(w, "HTTP://booking.example")),
    ("/description", |w| description(w, "<b>room</b>")),
    ("/metadata/bellhop_session", |w| note(w, "bellhop_session", "x")),
    ("/metadata/bellhop_attempt", |w| note(w, "bellhop_attempt", "x")),
    ("/metadata/", |w| note(w, "", "x")),
    ("/metadata/kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk", |w| note(w, &"k".repeat(31), "x")),
    ("/metadata/a~1b~0c|", |w| note(w, "a/b~c|", "x")),
    ("/metadata/long", |w| note(w, "long", &"v".repeat(101))),
    ("/metadata/sign", |w| note(w, "sign", "a<b")),
    ("/metadata", |w| (0..13).for_each(|i| note(w, &format!("k{i}"), "x"))),
    ("/payer/email", |w| w.payer.email = Some("e".repeat(255))),
    ("/payer/name", |w| w.payer.name = Some("n".repeat(256))),
    ("/payer/address/postcode", |w| {
        let postcode = Some("x".repeat(26));
        w.payer.address = Some(Address { postcode, ..Address::default() });
    }),
    ("/payer/address/country", |w| {
        let country = Some("Wales".to_owned());
        w.payer.address = Some(Address { country, ..Address::default() });
    }),
];

const OPTIONS: &[Row] = &[
    ("/options/govuk_pay/expiry", |w| options(w, &json!({"expiry": 5}))),
    ("/options/govuk_pay/a~1b", |w| options(w, &json!({"a/b": 5}))),
    ("/options/govuk_pay/moto", |w| options(w, &json!({"moto": true}))),
    ("/options/govuk_pay/language", |w| options(w, &json!({"language": "fr"}))),
    ("/options/govuk_pay/language", |w| options(w, &json!({"language": "EN"}))),
    ("/options/govuk_pay/language", |w| options(w, &json!({"language": null}))),
    ("/options/govuk_pay/email", |w| options(w, &json!({"email": 1}))),
    ("/options/govuk_pay/email", |w| options(w, &json!({"email": "e".repeat(255)}))),
    ("/options/govuk_pay/email", |w| options(w, &json!({"email": "a|b@c.example"}))),
    ("/options/govuk_pay/metadata", |w| options(w, &json!({"metadata": []}))),
    ("/options/govuk_pay/metadata/a", |w| options(w, &json!({"metadata": {"a": null}}))),
    ("/options/govuk_pay/metadata/a", |w| options(w, &json!({"metadata": {"a": [1]}}))),
    ("/options/govuk_pay/metadata/bellhop_attempt", |w| {
        options(w, &json!({"metadata": {"bellhop_attempt": 1}}))
    }),
    ("/metadata/channel", |w| options(w, &json!({"metadata": {"channel": 1}}))),
];

pub(super) fn each_is_named(root: &str, rows: &[Row]) {
    let provider = adapter(&json!({}));
    assert_eq!(pointers(&provider, |_| ()), [""; 0]);
    for (number, (pointer, edit)) in rows.iter().enumerate() {
        assert_eq!(pointers(&provider, edit), [format!("{root}{pointer}")], "row {number}");
    }
}

#[test]
fn every_wrong_field_of_the_wish_is_named() {
    each_is_named("", FIELDS);
}

#[test]
fn every_wrong_option_is_named() {
    each_is_named("", OPTIONS);
}

#[test]
fn all_wrong_fields_are_told_at_once() {
    let found = pointers(&adapter(&json!({})), |w| {
        money(w, 0, Currency::EUR);
        reference(w, "a|b");
        options(w, &json!({"language": "fr", "other": 1}));
    });
    let wanted = [
        "/options/govuk_pay/other",
        "/amount/currency",
        "/amount/value",
        "/reference",
        "/options/govuk_pay/language",
    ];
    assert_eq!(found, wanted);
}

#[test]
fn the_limits_themselves_are_fine() {
    let text = "x".repeat(255);
    body(|w| {
        money(w, 10_000_000, Currency::GBP);
        reference(w, &text);
        description(w, &text);
        (0..12).for_each(|i| note(w, &format!("{i:k>30}"), &"v".repeat(100)));
        let lines =
            json!({"line1": text, "line2": text, "city": text, "postcode": "x".repeat(25), "country": "GB"});
        let details = json!({"cardholder_name": text, "billing_address": lines});
        options(
            w,
            &json!({"email": "e".repeat(254), "language": "cy", "prefilled_cardholder_details": details}),
        );
    });
}

#[test]
fn an_account_has_its_own_limits() {
    let provider = adapter(&json!({"minimum": 30, "maximum": 500_000, "zero_amount": true}));
    for (pence, fine) in [(0, true), (1, false), (29, false), (30, true), (500_000, true), (500_001, false)] {
        let found = pointers(&provider, |w| money(w, pence, Currency::GBP));
        assert_eq!(found.is_empty(), fine, "{pence}");
    }
}
