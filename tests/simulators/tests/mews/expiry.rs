//! Expiry and cancel, and the automatic settlement that may charge afterwards.

use serde_json::json;

use crate::stage::{DAY, MINUTE, Stage, each, text};

#[tokio::test]
async fn a_request_expires_at_its_time_and_not_before() {
    let stage = Stage::with(|property| property.request_expiry_ms = 30 * MINUTE).await;
    stage.requested().await;
    stage.pass_and_tick(30 * MINUTE - 1).await;
    assert_eq!(stage.only().await["status"], "Pending");
    stage.pass_and_tick(1).await;
    let entry = stage.only().await;
    assert_eq!(
        (&entry["status"], &entry["payable"], &entry["finished"]),
        (&json!("Expired"), &json!(false), &json!(true))
    );
    stage.pass_and_tick(30 * DAY).await;
    assert_eq!(stage.only().await["captured"], 0, "no settlement unless the property has one");
}

#[tokio::test]
async fn after_expiry_the_settlement_charges_and_the_request_stays_expired() {
    let stage = Stage::with(|property| property.settlement_after_ms = Some(3 * DAY)).await;
    let booked = stage.booked().await;
    stage.pass_and_tick(DAY).await;
    stage.pass_and_tick(3 * DAY - 1).await;
    assert_eq!(stage.only().await["captured"], 0);
    stage.pass_and_tick(1).await;
    let seen = stage.get(&text(&booked["Id"])).await;
    assert_eq!(each(&seen["PaymentRequests"], "State"), ["Expired"]);
    assert_eq!(each(&seen["Payments"], "State"), ["Charged"]);
    let entry = stage.only().await;
    assert_eq!(
        (&entry["captured"], &entry["attempts"][0]["origin"]),
        (&json!(92970), &json!("AutomaticPayment"))
    );
    stage.pass_and_tick(30 * DAY).await;
    assert_eq!(stage.only().await["captured"], 92970, "charged once");
}

#[tokio::test]
async fn a_settlement_can_fail_before_it_works() {
    let stage = Stage::with(|property| {
        property.settlement_after_ms = Some(DAY);
        property.settlement_failures = 2;
    })
    .await;
    let id = stage.requested().await;
    stage.order(&id, "cancel", json!({})).await;
    stage.pass_and_tick(DAY).await;
    assert_eq!(each(&stage.only().await["attempts"], "status"), ["Failed"]);
    stage.pass_and_tick(DAY).await;
    stage.pass_and_tick(DAY).await;
    let entry = stage.only().await;
    assert_eq!(each(&entry["attempts"], "status"), ["Failed", "Failed", "Charged"]);
    assert_eq!(entry["status"], "Canceled");
}

#[tokio::test]
async fn a_settlement_can_follow_at_once_or_on_an_order() {
    let stage = Stage::with(|property| property.settlement_after_ms = Some(0)).await;
    stage.requested().await;
    stage.pass_and_tick(DAY).await;
    assert_eq!(
        (stage.only().await["captured"].clone(), stage.only().await["status"].clone()),
        (json!(92970), json!("Expired"))
    );

    let stage = Stage::new().await;
    let id = stage.requested().await;
    let settle = format!("/_payments/{id}/settle");
    assert_eq!(stage.call("POST", &settle, "").await.unwrap().status, 409, "it is still pending");
    stage.order(&id, "expire", json!({})).await;
    stage.order(&id, "settle", json!({"works": false})).await;
    stage.order(&id, "settle", json!({})).await;
    assert_eq!(stage.call("POST", &settle, "").await.unwrap().status, 409, "it is charged");
    assert_eq!(each(&stage.only().await["attempts"], "status"), ["Failed", "Charged"]);
}

#[tokio::test]
async fn a_paid_request_neither_expires_nor_is_settled() {
    let stage = Stage::with(|property| property.settlement_after_ms = Some(0)).await;
    let id = stage.paid().await;
    stage.pass_and_tick(30 * DAY).await;
    let entry = stage.only().await;
    assert_eq!((&entry["status"], &entry["captured"]), (&json!("Completed"), &json!(92970)));
    for action in ["expire", "cancel", "settle"] {
        let refused = stage.call("POST", &format!("/_payments/{id}/{action}"), "").await.unwrap();
        assert_eq!(refused.status, 409, "{action}");
    }
}

#[tokio::test]
async fn a_room_that_was_let_go_can_be_charged_all_the_same() {
    let stage = Stage::with(|property| {
        property.optional_reservations = true;
        property.settlement_after_ms = Some(DAY);
    })
    .await;
    stage.requested().await;
    stage.pass_and_tick(DAY).await;
    stage.pass_and_tick(DAY).await;
    let ledger = stage.ledger().await;
    assert_eq!(ledger["groups"][0]["reservations"][0]["status"], "Canceled");
    assert_eq!(ledger["charged"], json!({"EUR": "929.70"}));
}
