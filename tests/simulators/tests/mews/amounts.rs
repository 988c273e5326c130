//! Money as the wire shows it.

use bellhop_simulators::mews::Conversion;
use serde_json::json;

use crate::stage::{Stage, text};
use crate::wishes::{stay, wish};

#[tokio::test]
async fn numbers_have_the_places_of_their_currency_and_no_float_ever_touched_them() {
    let stage = Stage::new().await;
    let answer = stage.create(wish(json!({}))).await;
    let total = r#""TotalAmount":{"CZK":{"GrossValue":23250,"NetValue":23250,"TaxValues":[]},"EUR":{"GrossValue":929.70,"NetValue":929.70,"TaxValues":[]},"USD":{"GrossValue":1006.34,"NetValue":1006.34,"TaxValues":[]}}"#;
    assert!(answer.body.contains(total), "{}", answer.body);
    let id = text(&answer.json()["PaymentRequestId"]);
    stage.order(&id, "pay", json!({})).await;
    let seen = stage.get_raw(&text(&answer.json()["Id"]), json!({"Payments": true})).await;
    let amount = r#""Amount":{"Currency":"EUR","GrossValue":929.70,"NetValue":929.70,"TaxValues":[]}"#;
    assert!(seen.body.contains(amount), "{}", seen.body);
}

#[tokio::test]
async fn the_request_asks_in_the_propertys_currency_with_mews_own_precision() {
    for (currency, digits, minor, shown) in
        [("CZK", "11625", 23250, "23250"), ("MGA", "7.5", 150, "15.0"), ("PYG", "10.25", 2050, "20.50")]
    {
        let stage = Stage::with(|property| {
            property.currency = currency.to_owned();
            property.rates[0].per_night = [(currency.to_owned(), digits.to_owned())].into();
        })
        .await;
        stage.paid().await;
        let entry = stage.only().await;
        assert_eq!((&entry["amount"], &entry["captured"]), (&json!(minor), &json!(minor)), "{currency}");
        assert_eq!(stage.ledger().await["charged"][currency], shown);
    }
}

#[tokio::test]
async fn a_card_can_be_charged_in_another_currency() {
    let stage = Stage::with(|property| {
        property.charges_in = Some(Conversion { currency: "USD".to_owned(), rate: "1.0837".to_owned() });
    })
    .await;
    let booked = stage.booked().await;
    stage.order(&text(&booked["PaymentRequestId"]), "pay", json!({})).await;
    let seen = stage.get_raw(&text(&booked["Id"]), json!({"Payments": true})).await;
    assert!(seen.body.contains(r#""Amount":{"Currency":"EUR","GrossValue":929.70"#), "{}", seen.body);
    assert!(seen.body.contains(r#""ChargeAmount":{"Currency":"USD","GrossValue":1007.52"#), "{}", seen.body);
    let group = stage.ledger().await["groups"][0].clone();
    assert_eq!(
        (&group["charged"], &group["charged_to_cards"]),
        (&json!({"EUR": "929.70"}), &json!({"USD": "1007.52"}))
    );
}

#[tokio::test]
async fn prices_hold_their_tax_and_reservations_add_up() {
    let stage = Stage::with(|property| property.tax_percent = 7).await;
    let answer = stage.create(wish(json!({"Reservations": [stay(json!({})), stay(json!({}))]}))).await;
    let euros = r#""EUR":{"GrossValue":1859.40,"NetValue":1737.76,"TaxValues":[{"TaxRateCode":"DE-R","Value":121.64}]}"#;
    assert!(answer.body.contains(euros), "{}", answer.body);
    assert_eq!(stage.only().await["amount"], 185_940);
}

#[tokio::test]
async fn a_settlement_rule_can_ask_for_a_part() {
    let stage = Stage::with(|property| property.rates[0].settlement_percent = 30).await;
    stage.paid().await;
    let entry = stage.only().await;
    assert_eq!((&entry["amount"], &entry["status"]), (&json!(27891), &json!("Completed")));
}
