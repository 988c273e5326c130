//! What a create says, field by field.

use super::{LANDING, adapter, attempt, landing, order, session, settings, wish, with_options};
use crate::bank131::order::Order;
use bellhop_domain::wish::{Payer, Phone, Wish};
use serde_json::{Value, json};

fn body(wish: &Wish) -> Value {
    let provider = adapter(&settings("https://demo.bank131.ru"));
    let order = Order::read(&provider.settings, wish).unwrap_or_else(|faults| panic!("{faults:?}"));
    let landing = landing();
    serde_json::to_value(order.body(Some(session()), attempt(), &landing)).unwrap()
}

#[test]
fn the_widget_needs_who_how_much_and_what_comes_back() {
    let wanted = json!({
        "amount_details": {"amount": 14500, "currency": "rub"},
        "customer": {"reference": "RES-12345"},
        "metadata": {
            "bellhop_session": order(&wish()).session.to_string(),
            "bellhop_attempt": attempt().to_string(),
            "bellhop_reference": "RES-12345", "bellhop_customer": "RES-12345", "bellhop_flow": "widget", "channel": "web"
        }
    });
    assert_eq!(body(&wish()), wanted);
}

#[test]
fn a_stored_card_is_named_by_its_id() {
    let body = body(&with_options(json!({"flow": "init", "card_id": "card_7"})));
    assert_eq!(body["payment_details"], json!({"type": "card", "card": {"card_id": "card_7"}}));
    assert_eq!(body["payment_options"], json!({"return_url": LANDING}));
    assert_eq!(body["metadata"]["bellhop_flow"], "init");
}

#[test]
fn a_recurrent_token_is_sent_as_one() {
    let body = body(&with_options(json!({"flow": "start", "recurrent_token": "tok_7"})));
    assert_eq!(body["payment_details"], json!({"type": "recurrent", "recurrent": {"token": "tok_7"}}));
    assert_eq!(body["metadata"]["bellhop_flow"], "start");
}

#[test]
fn a_code_to_scan_says_what_for() {
    let own = body(&with_options(json!({"flow": "init", "qr": {"description": "Room 7"}})));
    let details =
        |text: &str| json!({"type": "faster_payment_system", "faster_payment_system": {"description": text}});
    assert_eq!(own["payment_details"], details("Room 7"));
    let of_wish = body(&with_options(json!({"flow": "init", "qr": {}})));
    assert_eq!(of_wish["payment_details"], details("Two nights, double room"));
}

#[test]
fn the_payer_is_the_customer_unless_another_is_named() {
    let phone = Phone { country_code: "+7".to_owned(), number: "900 123-45-67".to_owned() };
    let payer = Payer { email: Some("a@b.example".to_owned()), phone: Some(phone), ..Payer::default() };
    let of_payer = body(&Wish { payer: payer.clone(), ..wish() });
    let contacts = json!([{"email": "a@b.example"}, {"phone": "79001234567"}]);
    assert_eq!(of_payer["customer"], json!({"reference": "RES-12345", "contacts": contacts}));
    let customer = json!({"reference": "guest-7", "contacts": [{"phone": "+79001234567"}]});
    let named = Wish { payer, ..with_options(json!({"customer": customer})) };
    assert_eq!(body(&named)["customer"], customer);
    assert_eq!(body(&named)["metadata"]["bellhop_customer"], "guest-7");
}
