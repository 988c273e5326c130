//! Captures, and the payloads of captures and charges.

use serde_json::{Value, json};

use crate::stage::{DAY, Stage};

/// A capture of the first order line of the stage.
pub fn capture_of(amount: Value) -> Value {
    json!({"products": {"0": {"id": 298, "amount": amount}}, "grandTotal": amount, "additionalText": "Stay"})
}

/// A charge of one new product.
pub fn charge_of(amount: Value) -> Value {
    json!({"products": {"0": {"name": "Minibar", "productId": "M1", "rate": amount, "tax": 25, "amount": amount}},
        "grandTotal": amount, "additionalText": null})
}

/// A refusal by the state of a reservation.
pub fn conflict(message: &str) -> (u16, String) {
    (400, message.to_owned())
}

#[tokio::test]
async fn a_full_capture_takes_everything_and_holds_nothing() {
    let stage = Stage::new().await;
    let uuid = stage.paid(&[]).await;
    let answer = stage.api("POST", &format!("capture/{uuid}"), capture_of(json!("1000.00"))).await;
    assert_eq!((answer.status, &answer.json()["message"]), (202, &json!("reservationCapturedSuccessfully")));
    let id = answer.json()["data"]["uuid"].as_str().unwrap().to_owned();
    assert!(id.starts_with("CAP") && id.len() == 13, "{id}");
    let details = stage.details(&uuid).await;
    assert_eq!((&details["status"], &details["isPaid"]), (&json!("CAPTURED"), &json!(true)));
    assert_eq!(details["paymentDetails"]["capturedAmount"], 1000.0);
    assert_eq!(details["productList"][0]["captured"], 1000.0);
    let listed = &details["paymentHistory"]["captured"][0];
    assert_eq!((&listed["uuid"], &listed["amount"]), (&json!(id), &json!(1000.0)));
    let entry = stage.last().await;
    assert_eq!((&entry["authorized"], &entry["captured"]), (&json!(0), &json!(100_000)));
    assert_eq!(stage.ledger().await["captured_total"], 100_000);
}

#[tokio::test]
async fn a_part_capture_is_the_only_one_and_the_rest_is_released_later() {
    let stage = Stage::new().await;
    let uuid = stage.paid(&[]).await;
    let path = format!("capture/{uuid}");
    stage.accepted(&path, capture_of(json!(400.25))).await;
    assert_eq!(stage.details(&uuid).await["productList"][0]["captured"], 400.25);
    assert_eq!(stage.last().await["authorized"], 59_975);
    let again = stage.refused("POST", &path, capture_of(json!(1))).await;
    assert_eq!(again, conflict("prerequisiteFailedToCaptureReservation"));
    stage.pass_and_tick(3 * DAY - 1).await;
    assert_eq!(stage.last().await["authorized"], 59_975);
    stage.pass_and_tick(1).await;
    let entry = stage.last().await;
    assert_eq!((&entry["authorized"], &entry["captured"]), (&json!(0), &json!(40_025)));
}

#[tokio::test]
async fn a_capture_names_known_lines_and_adds_up() {
    let stage = Stage::new().await;
    let uuid = stage.paid(&[]).await;
    let path = format!("capture/{uuid}");
    for (payload, status) in [
        (json!({}), 417),
        (json!({"products": {"0": {"id": 297, "amount": 5}}, "grandTotal": 5}), 417),
        (json!({"products": {"0": {"id": 298, "amount": 5}}, "grandTotal": 6}), 417),
        (json!({"products": {"0": {"id": 298, "amount": 0}}, "grandTotal": 0}), 417),
        (json!({"products": {"0": {"id": "x", "amount": 5}}, "grandTotal": 5}), 417),
        (json!({"products": [{"id": 298, "amount": 5}], "grandTotal": 5}), 417),
        (
            json!({"products": {"0": {"id": 298, "amount": 1}, "1": {"id": 298, "amount": 1}}, "grandTotal": 2}),
            417,
        ),
        (capture_of(json!("1000.01")), 400),
    ] {
        let answer = stage.api("POST", &path, payload.clone()).await;
        assert_eq!(answer.status, status, "{payload}: {}", answer.body);
    }
    assert_eq!(stage.last().await["captured"], 0);
}

#[tokio::test]
async fn a_capture_needs_a_reservation_within_its_window() {
    let stage = Stage::new().await;
    let unpaid = stage.create().await;
    let refused = conflict("prerequisiteFailedToCaptureReservation");
    let path = format!("capture/{unpaid}");
    assert_eq!(stage.refused("POST", &path, capture_of(json!(1))).await, refused);
    stage.order(&unpaid, "pay", json!({})).await;
    stage.pass(7 * DAY);
    assert_eq!(stage.refused("POST", &path, capture_of(json!(1))).await, refused);
    stage.tick().await;
    assert_eq!(stage.status(&unpaid).await, "EXPIRED");
    assert_eq!(stage.last().await["authorized"], 0);
}
