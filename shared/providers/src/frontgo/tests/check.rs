//! Every wrong field of a wish, found before any call.

use super::body::{everything, text};
use super::{adapter, kroner, options, wish};
use crate::conformance::patched;
use bellhop_domain::money::{Currency, Money};
use bellhop_domain::provider::Provider;
use bellhop_domain::wish::{Capture, Wish};
use serde_json::{Value, json};

fn pointers(settings: &Value, edit: impl FnOnce(&mut Wish)) -> Vec<String> {
    let mut wish = wish();
    edit(&mut wish);
    let faults = adapter(settings).check(&wish);
    faults.into_iter().map(|fault| fault.pointer).collect()
}

type Row = (&'static str, fn(&mut Wish));

const WISH: &[Row] = &[
    ("/amount/currency", |w| w.amount = Money::new(14500, Currency::SEK).unwrap()),
    ("/amount/value", |w| w.amount = kroner(0)),
    ("/amount/value", |w| w.amount = kroner(100_000_000)),
    ("/payer/name", |w| w.payer.name = None),
    ("/payer/name", |w| w.payer.name = Some(" ".to_owned())),
    ("/payer/name", |w| w.payer.name = Some("n".repeat(256))),
    ("/payer/email", |w| w.payer.email = None),
    ("/payer/email", |w| w.payer.email = Some("ada".to_owned())),
    ("/payer/email", |w| w.payer.email = Some("a@b@c.example".to_owned())),
    ("/payer/email", |w| w.payer.email = Some("a b@c.example".to_owned())),
    ("/payer/email", |w| w.payer.email = Some("ada@host".to_owned())),
    ("/payer/phone/country_code", |w| w.payer.phone.as_mut().unwrap().country_code = "47".to_owned()),
    ("/payer/phone/number", |w| w.payer.phone.as_mut().unwrap().number = "465 67".to_owned()),
    ("/payer/phone/number", |w| w.payer.phone.as_mut().unwrap().number = "+4746567468".to_owned()),
    ("/payer/address/line1", |w| w.payer.address.as_mut().unwrap().line1 = None),
    ("/payer/address/postcode", |w| w.payer.address.as_mut().unwrap().postcode = None),
    ("/payer/address/city", |w| w.payer.address.as_mut().unwrap().city = None),
    ("/payer/address/country", |w| w.payer.address.as_mut().unwrap().country = Some("nor".to_owned())),
];

#[test]
fn every_wrong_field_of_the_wish_is_named() {
    assert_eq!(pointers(&json!({}), |_| ()), [""; 0]);
    for (number, (pointer, edit)) in WISH.iter().enumerate() {
        assert_eq!(pointers(&json!({}), edit), [*pointer], "row {number}");
    }
}

#[test]
fn a_payer_without_anything_is_named_field_by_field() {
    let found = pointers(&json!({}), |wish| wish.payer = Default::default());
    let wanted = ["phone/country_code", "phone/number", "email", "name"].map(|one| format!("/payer/{one}"));
    let address = ["line1", "postcode", "city", "country"].map(|one| format!("/payer/address/{one}"));
    assert_eq!(found, [wanted, address].concat());
}

/// What is done to a whole set of good options, and where below them the complaint points.
fn option_rows() -> Vec<(&'static str, Value)> {
    [customer_rows(), order_rows()].concat()
}

fn customer_rows() -> Vec<(&'static str, Value)> {
    let person = |patch: Value| json!({"customer_details": patch});
    let private = |number: &str| json!({"customer_details": {"type": "private", "organization_id": null, "personal_number": number}});
    vec![
        ("other", json!({"other": 1})),
        ("customer_details", json!({"customer_details": []})),
        ("customer_details/other", person(json!({"other": 1}))),
        ("customer_details/type", person(json!({"type": "business", "organization_id": null}))),
        ("customer_details/organization_id", person(json!({"organization_id": null}))),
        ("customer_details/organization_id", person(json!({"organization_id": "987 654 321"}))),
        ("customer_details/organization_id", person(json!({"organization_id": "NO987654321"}))),
        ("customer_details/organization_id", person(json!({"organization_id": 987_654_321}))),
        ("customer_details/organization_id", person(json!({"type": "private"}))),
        ("customer_details/personal_number", person(json!({"personal_number": "12345678901"}))),
        ("customer_details/personal_number", private("1234567890")),
        ("customer_details/personal_number", private("123456789012")),
        ("customer_details/personal_number", private("1234567890a")),
        ("customer_details/personal_number", private("123456 7890")),
        ("customer_details/preferred_language", person(json!({"preferred_language": "fr"}))),
        ("customer_details/country_code", person(json!({"country_code": "+47000"}))),
        ("customer_details/msisdn", person(json!({"msisdn": 46_567_468}))),
        ("customer_details/email", person(json!({"email": "@b.example"}))),
        ("customer_details/name", person(json!({"name": ""}))),
        ("customer_details/address/other", person(json!({"address": {"other": "x"}}))),
        ("customer_details/address/country", person(json!({"address": {"country": "Norway"}}))),
        ("customer_details/address/zip", person(json!({"address": {"zip": 150}}))),
    ]
}

fn order_rows() -> Vec<(&'static str, Value)> {
    vec![
        ("send_order_by/sms", json!({"send_order_by": {"sms": "yes"}})),
        ("send_order_by/fax", json!({"send_order_by": {"fax": true}})),
        ("order_summary", json!({"order_summary": {"sub_total": 12528}})),
        ("order_summary", json!({"order_summary": null})),
        ("order_summary/sub_total", json!({"order_summary": {"sub_total": 125.29, "total_tax": 14500}})),
        ("order_summary/grand_total", json!({"order_summary": {"grand_total": 14501, "total_tax": 1972}})),
        ("charge_validity", json!({"charge_validity": "1 hour"})),
        ("charge_validity", json!({"charge_validity": 55})),
        ("customer_notes", json!({"customer_notes": "n".repeat(2001)})),
        ("customer_notes", json!({"customer_notes": "card 4111 1111 1111 1111"})),
        ("tnc", json!({"tnc": 1})),
        ("submit_payment/via", json!({"submit_payment": {"via": "amex"}})),
        ("submit_payment/via", json!({"submit_payment": {"via": "VISA"}})),
        ("settings/secure_details", json!({"settings": {"secure_details": 1}})),
        (
            "settings/is_charge_partially_refundable",
            json!({"settings": {"is_charge_partially_refundable": "no"}}),
        ),
        ("settings/other", json!({"settings": {"other": true}})),
    ]
}

fn option_pointers(settings: &Value, patch: &Value) -> Vec<String> {
    let all: Value = serde_json::from_str(&patched(&everything().to_string(), patch)).unwrap();
    pointers(settings, |wish| options(wish, &all))
}

#[test]
fn every_wrong_option_is_named() {
    assert_eq!(option_pointers(&json!({}), &json!({})), [""; 0]);
    for (pointer, patch) in option_rows() {
        let found = option_pointers(&json!({}), &patch);
        assert_eq!(found, [format!("/options/frontgo/{pointer}")], "{patch}");
    }
}

/// What the products are, and where below the options the complaints point.
fn of_products(settings: &Value, products: Value) -> Vec<String> {
    let found = pointers(settings, |wish| options(wish, &json!({"products": products})));
    let below = |pointer: String| pointer.replace("/options/frontgo/", "");
    found.into_iter().map(below).collect()
}

fn product(patch: Value) -> Value {
    let good = json!({"name": "Room", "rate": 14500, "tax": 0, "amount": 14500});
    serde_json::from_str(&patched(&good.to_string(), &patch)).unwrap()
}

#[test]
fn every_wrong_product_is_named() {
    let none = json!({});
    assert_eq!(of_products(&none, json!([product(json!({}))])), [""; 0]);
    let rows = [
        (json!({"name": null}), vec!["products/0/name"]),
        (json!({"name": " "}), vec!["products/0/name"]),
        (json!({"other": 1}), vec!["products/0/other"]),
        (json!({"product_id": 7}), vec!["products/0/product_id"]),
        (json!({"rate": "145"}), vec!["products/0/rate"]),
        (json!({"rate": 0.5}), vec!["products/0/rate"]),
        (json!({"tax": -1}), vec!["products/0/tax"]),
        (json!({"tax": 24}), vec!["products/0/tax", "order_summary"]),
        (json!({"tax": 25}), vec!["order_summary"]),
        (json!({"amount": 14499}), vec!["products"]),
        (json!({"amount": 145.0}), vec!["products/0/amount", "products"]),
        (json!({"amount": u64::MAX}), vec!["products"]),
    ];
    for (patch, wanted) in rows {
        let found = of_products(&none, json!([product(patch.clone())]));
        assert_eq!(found, wanted, "{patch}");
    }
    let many = json!([product(json!({"amount": u64::MAX})), product(json!({"amount": 14501}))]);
    assert_eq!(of_products(&none, many), ["products"], "a sum that runs over is no match");
}

#[test]
fn products_are_an_array_of_objects() {
    for odd in [json!([]), json!({}), json!("room"), json!(vec![product(json!({"amount": 145})); 101])] {
        assert!(of_products(&json!({}), odd.clone()).contains(&"products".to_owned()), "{odd}");
    }
    assert!(of_products(&json!({}), json!([7])).contains(&"products/0".to_owned()));
}

#[test]
fn a_total_tax_needs_a_product_with_tax() {
    let summary = json!({"sub_total": 14000, "total_tax": 500, "grand_total": 14500});
    let found = pointers(&json!({}), |wish| options(wish, &json!({"order_summary": summary})));
    assert_eq!(found, ["/options/frontgo/order_summary/total_tax"]);
}

#[test]
fn an_account_has_its_own_limits() {
    let settings = json!({"minimum": 100, "maximum": 500, "other_tax_rates": true});
    for (ore, fine) in [(99, false), (100, true), (500, true), (501, false)] {
        assert_eq!(pointers(&settings, |w| w.amount = kroner(ore)).is_empty(), fine, "{ore}");
    }
    let summary = json!({"sub_total": 14000, "total_tax": 500, "grand_total": 14500});
    for (rate, fine) in [(6, true), (100, true), (101, false)] {
        let all = json!({"products": [product(json!({"tax": rate}))], "order_summary": summary});
        let found = pointers(&json!({"other_tax_rates": true}), |wish| options(wish, &all));
        assert_eq!(found.is_empty(), fine, "{rate}: {found:?}");
    }
}

/// They hold the money either way; where it is to be taken at once, the capture follows.
#[test]
fn both_ways_to_capture_are_fine() {
    for capture in [Capture::Automatic, Capture::Manual] {
        assert_eq!(pointers(&json!({}), |wish| wish.capture = capture), [""; 0]);
    }
}

#[test]
fn the_limits_themselves_are_fine() {
    text(|wish| {
        wish.amount = kroner(99_999_999);
        wish.payer.name = Some("n".repeat(255));
        let person = json!({"personal_number": "12345678901", "organization_id": null});
        let notes = "n".repeat(2000);
        options(wish, &json!({"customer_details": person, "customer_notes": notes, "tnc": notes}));
    });
}
