//! A payment that is not what the session asked for: what the confirmation is there to stop.

use serde_json::{Value, json};

use crate::receiver::Receiver;
use crate::stage::{GOOD_CARD, Stage};

#[tokio::test]
async fn the_amount_can_change_before_the_payment_and_while_it_waits() {
    let receiver = Receiver::new().await;
    let stage = Stage::telling(&receiver).await;
    let before = stage.create().await;
    stage.token(&before).await;
    stage.order(&before, "change_amount", json!({"amount": 1})).await;
    stage.order(&before, "pay", json!({})).await;
    let after = stage.carded(GOOD_CARD).await;
    stage.order(&after, "change_amount", json!({"amount": 2, "currency": "eur"})).await;
    let shown = |session: &Value| session["payment_list"][0]["amount_details"].clone();
    assert_eq!(shown(&stage.status(&before).await), json!({"amount": 1, "currency": "rub"}));
    assert_eq!(shown(&stage.status(&after).await), json!({"amount": 2, "currency": "eur"}));
    let entry = stage.entry(&before).await;
    assert_eq!((&entry["amount"], &entry["payment_amount"]), (&json!(10000), &json!(1)));
    stage.tick().await;
    assert_eq!(shown(&receiver.letters()[0].body["session"])["amount"], 1, "the webhook tells it too");
    stage.session("v2/session/confirm", json!({"session_id": before})).await;
    assert_eq!(stage.entry(&before).await["captured"], 1, "who confirms, pays that");
    stage.session("v2/session/cancel", json!({"session_id": after})).await;
    assert_eq!(stage.entry(&after).await["captured"], 0);
}

#[tokio::test]
async fn the_reference_can_change_too() {
    let stage = Stage::new().await;
    let id = stage.carded(GOOD_CARD).await;
    stage.order(&id, "change_reference", json!({"reference": "BOOKING-2"})).await;
    assert_eq!(stage.status(&id).await["payment_list"][0]["customer"]["reference"], "BOOKING-2");
    let entry = stage.entry(&id).await;
    assert_eq!(
        (&entry["reference"], &entry["payment_reference"]),
        (&json!("BOOKING-1"), &json!("BOOKING-2"))
    );
}

#[tokio::test]
async fn a_finished_payment_does_not_change() {
    let stage = Stage::new().await;
    let id = stage.confirmed(GOOD_CARD).await;
    for (action, body) in
        [("change_amount", json!({"amount": 1})), ("change_reference", json!({"reference": "x"}))]
    {
        assert_eq!(
            stage.plain("POST", &format!("/_payments/{id}/{action}"), body).await.status,
            409,
            "{action}"
        );
    }
}
