//! Every rule for a wish, and where the complaint points.

use super::{adapter, roubles, settings, wish, with_options};
use bellhop_domain::money::{Currency, Money};
use bellhop_domain::provider::Provider;
use bellhop_domain::wish::{Capture, Payer, Wish};
use serde_json::{Value, json};

fn pointers_with(settings: &Value, wish: &Wish) -> Vec<String> {
    let faults = adapter(settings).check(wish);
    faults.into_iter().map(|fault| fault.pointer).collect()
}

fn pointers(wish: &Wish) -> Vec<String> {
    pointers_with(&settings("https://demo.bank131.ru"), wish)
}

#[test]
fn good_wishes_pass() {
    let rows = [
        json!({}),
        json!({"flow": "widget", "confirm": "manual"}),
        json!({"flow": "init", "card_id": "card_7"}),
        json!({"flow": "init", "qr": {}}),
        json!({"flow": "init", "recurrent_token": "tok_7"}),
        json!({"flow": "start", "card_id": "card_7"}),
        json!({"customer": {"reference": "guest"}}),
        json!({"customer": {"reference": "guest", "contacts": [{"email": "a@b"}, {"phone": "+79001234567"}]}}),
    ];
    for options in rows {
        assert_eq!(pointers(&with_options(options.clone())), [""; 0], "{options}");
    }
}

#[test]
fn a_wrong_option_is_named() {
    let long = "x".repeat(256);
    let rows = [
        ("flow", json!({"flow": "hosted"})),
        ("flow", json!({"flow": 7})),
        ("flow", json!({"flow": "init"})),
        ("flow", json!({"flow": "init", "card_id": "a", "qr": {}})),
        ("card_id", json!({"card_id": "card_7"})),
        ("qr", json!({"flow": "widget", "qr": {}})),
        ("card_id", json!({"flow": "init", "card_id": ""})),
        ("card_id", json!({"flow": "init", "card_id": 7})),
        ("card_id", json!({"flow": "start", "card_id": long})),
        ("recurrent_token", json!({"flow": "init", "recurrent_token": "two words"})),
        ("qr", json!({"flow": "init", "qr": "yes"})),
        ("qr/purpose", json!({"flow": "init", "qr": {"purpose": "x"}})),
        ("qr/description", json!({"flow": "init", "qr": {"description": "x".repeat(141)}})),
        ("confirm", json!({"confirm": "automatic"})),
        ("confirm", json!({"confirm": true})),
        ("customer", json!({"customer": "guest"})),
        ("customer/reference", json!({"customer": {}})),
        ("customer/reference", json!({"customer": {"reference": " "}})),
        ("customer/name", json!({"customer": {"reference": "guest", "name": "x"}})),
        ("customer/contacts", json!({"customer": {"reference": "guest", "contacts": {}}})),
        ("customer/contacts/0", json!({"customer": {"reference": "guest", "contacts": [{}]}})),
        ("customer/contacts/0", json!({"customer": {"reference": "guest", "contacts": ["x"]}})),
        ("customer/contacts/0/email", json!({"customer": {"reference": "g", "contacts": [{"email": "x"}]}})),
        (
            "customer/contacts/0/phone",
            json!({"customer": {"reference": "g", "contacts": [{"phone": "1-2"}]}}),
        ),
        ("metadata", json!({"metadata": {}})),
    ];
    for (pointer, options) in rows {
        let wanted = format!("/options/bank131/{pointer}");
        assert_eq!(pointers(&with_options(options.clone())), [wanted], "{options}");
    }
}

#[test]
fn an_amount_is_in_one_of_three_currencies() {
    for currency in [Currency::RUB, Currency::USD, Currency::EUR] {
        let amount = Money::new(1, currency).unwrap();
        assert_eq!(pointers(&Wish { amount, ..wish() }), [""; 0]);
    }
    let amount = Money::new(1, Currency::GBP).unwrap();
    assert_eq!(pointers(&Wish { amount, ..wish() }), ["/amount/currency"]);
    let qr = with_options(json!({"flow": "init", "qr": {}}));
    let amount = Money::new(1, Currency::EUR).unwrap();
    assert_eq!(pointers(&Wish { amount, ..qr }), ["/amount/currency"]);
    assert_eq!(pointers(&Wish { amount: roubles(100_000_000_000), ..wish() }), ["/amount/value"]);
}

/// Whether a project holds money is set up at the bank.
#[test]
fn money_is_held_only_where_the_account_can() {
    let held = || Wish { capture: Capture::Manual, ..wish() };
    assert_eq!(pointers(&held()), [""; 0]);
    let mut cannot = settings("https://demo.bank131.ru");
    cannot["holds"] = json!(false);
    assert_eq!(pointers_with(&cannot, &held()), ["/capture"]);
    assert_eq!(pointers_with(&cannot, &wish()), [""; 0]);
    let scanned = with_options(json!({"flow": "init", "qr": {}}));
    assert_eq!(pointers(&Wish { capture: Capture::Manual, ..scanned }), ["/capture"]);
}

#[test]
fn what_the_booking_site_relies_on_for_the_confirmation_is_how_the_account_is_set_up() {
    let mut alone = settings("https://demo.bank131.ru");
    alone["auto_confirm"] = json!(true);
    assert_eq!(pointers_with(&alone, &with_options(json!({"confirm": "automatic"}))), [""; 0]);
    let manual = with_options(json!({"confirm": "manual"}));
    assert_eq!(pointers_with(&alone, &manual), ["/options/bank131/confirm"]);
}

#[test]
fn an_account_without_a_widget_takes_the_other_ways() {
    let bare = json!({"project": "harbour_project"});
    assert_eq!(pointers_with(&bare, &wish()), ["/options/bank131/flow"]);
    let init = with_options(json!({"flow": "init", "card_id": "card_7"}));
    assert_eq!(pointers_with(&bare, &init), [""; 0]);
}

#[test]
fn our_own_notes_are_not_overwritten() {
    let mut noted = wish();
    noted.metadata.insert("bellhop_attempt".to_owned(), "x".to_owned());
    noted.metadata.insert("long".to_owned(), "x".repeat(256));
    assert_eq!(pointers(&noted), ["/metadata/bellhop_attempt", "/metadata/long"]);
}

#[test]
fn a_payer_whose_address_is_too_long_is_named() {
    let payer = Payer { email: Some("x".repeat(256)), ..Payer::default() };
    assert_eq!(pointers(&Wish { payer, ..wish() }), ["/payer/email"]);
}
