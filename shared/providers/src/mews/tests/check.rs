//! What is refused before any call, and where the complaint points.

use super::super::currencies::step;
use super::{CONFIGURATION, CURRENT, GROUP, REQUEST, adapter, booking, given, money, open, wish_with};
use bellhop_domain::account::Mode;
use bellhop_domain::money::Currency;
use bellhop_domain::provider::Provider;
use bellhop_domain::wish::{Capture, Wish};
use serde_json::{Value, json};

fn pointers(wish: &Wish) -> Vec<String> {
    adapter().check(wish).into_iter().map(|fault| fault.pointer).collect()
}

/// Complaints about the booking with `value` at `pointer`.
fn with(pointer: &str, value: Value) -> Vec<String> {
    let mut options = booking();
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    options.pointer_mut(parent).unwrap().as_object_mut().unwrap().insert(name.to_owned(), value);
    pointers(&wish_with(&options))
}

/// Complaints about the booking without what stands at `pointer`.
fn without(pointer: &str) -> Vec<String> {
    let mut options = booking();
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    options.pointer_mut(parent).unwrap().as_object_mut().unwrap().remove(name).unwrap();
    pointers(&wish_with(&options))
}

#[test]
fn every_required_field_is_missed() {
    let room = ["room_category_id", "start_utc", "end_utc", "rate_id", "adult_count", "child_count"];
    let room = room.map(|name| format!("/reservations/0/{name}"));
    let people = ["customer", "booker"];
    let people = people
        .iter()
        .flat_map(|who| ["email", "first_name", "last_name"].map(|name| format!("/{who}/{name}")));
    let whole = ["/customer", "/reservations"].map(str::to_owned);
    for pointer in room.into_iter().chain(people).chain(whole) {
        assert_eq!(without(&pointer), [format!("/options/mews{pointer}")]);
    }
}

#[test]
fn every_odd_value_of_a_booking_is_told_where_it_stands() {
    for (pointer, value) in [
        ("/customer", json!("Hiro")),
        ("/customer/email", json!("hiro")),
        ("/customer/email", json!(7)),
        ("/customer/first_name", json!("")),
        ("/customer/last_name", json!("a\nb")),
        ("/customer/telephone", json!("4111 1111 1111 1111")),
        ("/customer/nationality_code", json!("us")),
        ("/customer/send_marketing_emails", json!("no")),
        ("/customer/send_marketing_emails", json!(true)),
        ("/customer/title", json!("Dr")),
        ("/booker", json!([])),
        ("/reservations", json!([])),
        ("/reservations", json!({})),
        ("/reservations", json!(vec![booking()["reservations"][0].clone(); 51])),
        ("/availability_block_id", json!("5mgbe1b4")),
        ("/hotel_id", json!(GROUP)),
        ("/configuration_id", json!(7)),
        ("/language_code", json!("en-GB")),
    ] {
        assert_eq!(with(pointer, value.clone()), [format!("/options/mews{pointer}")], "{value}");
    }
}

#[test]
fn every_odd_value_of_a_reservation_is_told_where_it_stands() {
    for (name, value) in [
        ("room_category_id", json!("../x")),
        ("start_utc", json!("2026-12-01")),
        ("start_utc", json!("2026-12-01T14:00:00+01:00")),
        ("start_utc", json!("2026-12-01T14:00:00.5Z")),
        ("end_utc", json!("2026-12-01T14:00:00Z")),
        ("adult_count", json!(0)),
        ("adult_count", json!(1.5)),
        ("child_count", json!(-1)),
        ("child_count", json!(1000)),
        ("product_ids", json!(GROUP)),
        ("product_ids", json!([GROUP, "x"])),
        ("product_ids", json!(vec![GROUP; 101])),
        ("voucher_code", json!("")),
        ("notes", json!("x".repeat(1001))),
        ("notes", json!("card 4111111111111111")),
        ("notes", json!("see att_081040g2081040g2081040g208")),
        ("number", json!("1")),
    ] {
        let pointer = format!("/reservations/0/{name}");
        assert_eq!(with(&pointer, value.clone()), [format!("/options/mews{pointer}")], "{value}");
    }
}

/// Collecting cards is not for us, encoded or not.
#[test]
fn card_data_is_not_offered_in_any_spelling() {
    let data = json!({"payment_gateway_data": "...", "expiration": "2030-10", "holder_name": "John Smith"});
    for name in ["credit_card_data", "CreditCardData", "creditCardData"] {
        assert_eq!(with(&format!("/{name}"), data.clone()), [format!("/options/mews/{name}")]);
    }
}

#[test]
fn a_given_request_comes_with_its_group_and_nothing_else() {
    assert_eq!(pointers(&wish_with(&given())), [""; 0]);
    let rows = [
        (json!({"payment_request_id": REQUEST}), "reservation_group_id"),
        (json!({"reservation_group_id": GROUP}), "payment_request_id"),
        (json!({"payment_request_id": "x", "reservation_group_id": GROUP}), "payment_request_id"),
        (json!({"payment_request_id": REQUEST, "reservation_group_id": null}), "reservation_group_id"),
        (json!({"payment_request_id": REQUEST, "reservation_group_id": GROUP, "customer": {}}), "customer"),
    ];
    for (options, name) in rows {
        assert_eq!(pointers(&wish_with(&options)), [format!("/options/mews/{name}")], "{options}");
    }
}

#[test]
fn an_account_without_a_configuration_wants_one_with_each_booking() {
    let mut settings = super::settings("https://api.mews.example");
    settings.as_object_mut().unwrap().remove("configuration_id");
    let mews = open(Mode::Test, &settings, &json!({"webhook_secrets": [CURRENT]})).unwrap();
    let faults = mews.check(&wish_with(&booking()));
    assert_eq!(faults[0].pointer, "/options/mews/configuration_id");
    let mut named = booking();
    named["configuration_id"] = json!(CONFIGURATION);
    assert_eq!(mews.check(&wish_with(&named)), []);
}

#[test]
fn nothing_can_be_held() {
    for options in [booking(), given()] {
        let wish = Wish { capture: Capture::Manual, ..wish_with(&options) };
        assert_eq!(pointers(&wish), ["/capture"]);
    }
}

/// Their table, against ISO 4217: a step of 100 minor units is a currency of which they know no cents.
#[test]
fn amounts_are_held_to_their_own_precision() {
    let rows = [
        (Currency::EUR, Some(1)),
        (Currency::CZK, Some(100)),
        (Currency::HUF, Some(100)),
        (Currency::IDR, Some(100)),
        (Currency::MGA, Some(10)),
        (Currency::JPY, Some(1)),
        (Currency::ISK, Some(1)),
        (Currency::KHR, Some(100)),
        (Currency::INR, None),
        (Currency::KWD, None),
    ];
    for (currency, wanted) in rows {
        assert_eq!(step(currency), wanted, "{currency:?}");
    }
    let wish = |minor, currency| Wish { amount: money(minor, currency), ..wish_with(&booking()) };
    for (minor, currency, fine) in [
        (14500, Currency::CZK, true),
        (14550, Currency::CZK, false),
        (14501, Currency::EUR, true),
        (14510, Currency::MGA, true),
        (14511, Currency::MGA, false),
        (145, Currency::JPY, true),
        (99_999_999_999, Currency::EUR, true),
        (100_000_000_000, Currency::EUR, false),
    ] {
        let found = pointers(&wish(minor, currency));
        assert_eq!(found.is_empty(), fine, "{minor} {currency:?}");
        assert!(found.iter().all(|pointer| pointer == "/amount/value"), "{found:?}");
    }
    assert_eq!(pointers(&wish(14500, Currency::KWD)), ["/amount/currency"]);
}
