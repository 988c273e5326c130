//! Charges: taken by the merchant without the payer.

use serde_json::json;

use crate::operations::{capture_of, charge_of, conflict};
use crate::stage::{DAY, Stage};

#[tokio::test]
async fn a_charge_may_be_more_than_was_reserved_and_come_after_the_hold() {
    let stage = Stage::new().await;
    let uuid = stage.paid(&[]).await;
    let path = format!("charge/{uuid}");
    stage.pass_and_tick(89 * DAY).await;
    assert_eq!(stage.status(&uuid).await, "EXPIRED");
    let data = stage.accepted(&path, charge_of(json!(1500.5))).await;
    assert!(data["uuid"].as_str().unwrap().starts_with("CHA"));
    let details = stage.details(&uuid).await;
    assert_eq!(
        (&details["status"], &details["paymentDetails"]["chargedAmount"]),
        (&json!("CHARGED"), &json!(1500.5))
    );
    assert_eq!(details["productList"][1]["name"], "Minibar");
    assert_eq!(stage.ledger().await["charged_total"], 150_050);
    stage.pass(DAY);
    let late = stage.refused("POST", &path, charge_of(json!(1))).await;
    assert_eq!(late, conflict("prerequisiteFailedToChargeReservation"));
}

#[tokio::test]
async fn a_charge_ends_with_its_own_validity_and_needs_a_payer_before_it() {
    let stage = Stage::new().await;
    let changes = [("/chargeValidity", json!("55"))];
    let uuid = stage.paid(&changes).await;
    let path = format!("charge/{uuid}");
    stage.pass(54 * 60_000);
    stage.accepted(&path, charge_of(json!(1))).await;
    assert_eq!(stage.refused("POST", &path, json!({"grandTotal": 1})).await.0, 417);
    stage.pass(60_000);
    assert_eq!(stage.refused("POST", &path, charge_of(json!(1))).await.0, 400);
    let unpaid = format!(
        "charge/{}",
        stage.create_with(&[("/dueDateForPaymentLink", json!("9999999999"))]).await["reservationUuid"]
            .as_str()
            .unwrap()
    );
    assert_eq!(stage.refused("POST", &unpaid, charge_of(json!(1))).await.0, 400);
}

#[tokio::test]
async fn a_charge_leaves_the_hold_to_be_captured() {
    let stage = Stage::new().await;
    let uuid = stage.paid(&[]).await;
    stage.accepted(&format!("charge/{uuid}"), charge_of(json!(50))).await;
    stage.accepted(&format!("capture/{uuid}"), capture_of(json!(1000))).await;
    let entry = stage.last().await;
    assert_eq!((&entry["captured"], &entry["charged"]), (&json!(100_000), &json!(5_000)));
}

#[tokio::test]
async fn a_charge_does_not_bring_a_second_capture() {
    let stage = Stage::new().await;
    let uuid = stage.paid(&[]).await;
    let capture = format!("capture/{uuid}");
    stage.accepted(&capture, capture_of(json!(400))).await;
    stage.accepted(&format!("charge/{uuid}"), charge_of(json!(50))).await;
    let again = stage.refused("POST", &capture, capture_of(json!(1))).await;
    assert_eq!(again, conflict("prerequisiteFailedToCaptureReservation"));
}
