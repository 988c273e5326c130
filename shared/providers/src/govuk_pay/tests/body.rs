//! What the create call says of a wish.

use super::{adapter, order, wish};
use crate::govuk_pay::order::Order;
use bellhop_domain::provider::Provider;
use bellhop_domain::wish::{Address, Capture, Options, Wish};
use serde_json::{Value, json};

pub(super) fn options(wish: &mut Wish, options: &Value) {
    wish.options = Options(options.as_object().unwrap().clone());
}

/// The body of the create call for a wish that passes.
pub(super) fn body(edit: impl FnOnce(&mut Wish)) -> Value {
    let (provider, mut wish) = (adapter(&json!({})), wish());
    edit(&mut wish);
    assert_eq!(provider.check(&wish), []);
    let read = Order::read(&provider.settings, &wish).unwrap_or_else(|_| panic!("checked"));
    serde_json::to_value(read.body(&order(&wish))).unwrap()
}

#[test]
fn the_body_says_what_was_wished_for() {
    let wanted = json!({
        "amount": 14500, "reference": "RES-12345", "description": "Two nights, double room",
        "return_url": "https://pay.booking.example/return/token", "delayed_capture": false, "language": "en",
        "metadata": {
            "bellhop_session": "ses_040g2081040g2081040g208104",
            "bellhop_attempt": "att_081040g2081040g2081040g208",
            "channel": "web"
        }
    });
    assert_eq!(body(|_| ()), wanted);
    assert_eq!(body(|w| w.capture = Capture::Manual)["delayed_capture"], true);
}

#[test]
fn notes_of_the_options_keep_their_type() {
    let typed = json!({"metadata": {"ledger": 200, "checked": true, "empty": ""}});
    let metadata = body(|w| options(w, &typed))["metadata"].clone();
    assert_eq!((&metadata["ledger"], &metadata["checked"]), (&json!(200), &json!(true)));
    assert_eq!((&metadata["empty"], &metadata["channel"]), (&json!(""), &json!("web")));
}

#[test]
fn the_page_speaks_the_payers_language_where_it_can() {
    for (locale, language) in [("en", "en"), ("cy", "cy"), ("cy-GB", "cy"), ("nb-NO", "en"), ("", "en")] {
        assert_eq!(body(|w| w.locale = locale.to_owned())["language"], language, "{locale}");
    }
    let option = |w: &mut Wish| {
        w.locale = "cy".to_owned();
        options(w, &json!({"language": "en"}));
    };
    assert_eq!(body(option)["language"], "en");
}

#[test]
fn the_page_is_filled_in_with_the_payer_unless_the_options_say_otherwise() {
    fn known(wish: &mut Wish) {
        wish.payer.name = Some("J. Bogs".to_owned());
        wish.payer.email = Some("j@booking.example".to_owned());
        let city = Some("Bristol".to_owned());
        wish.payer.address = Some(Address { city, ..Address::default() });
    }
    let own = body(known);
    assert_eq!(own["email"], "j@booking.example");
    let wanted = json!({"cardholder_name": "J. Bogs", "billing_address": {"city": "Bristol"}});
    assert_eq!(own["prefilled_cardholder_details"], wanted);
    let other =
        json!({"email": "o@booking.example", "prefilled_cardholder_details": {"cardholder_name": "O. Ther"}});
    let option = body(|w| {
        known(w);
        options(w, &other);
    });
    assert_eq!(option["email"], "o@booking.example");
    assert_eq!(option["prefilled_cardholder_details"], other["prefilled_cardholder_details"]);
}
