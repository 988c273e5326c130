//! What only time does, on the frozen clock.

use serde_json::json;

use crate::operations::charge_of;
use crate::receiver::Receiver;
use crate::stage::{DAY, HOUR, Stage, uuid};

#[tokio::test]
async fn an_unpaid_reservation_expires_at_its_due_date_and_nobody_is_told() {
    let receiver = Receiver::new().await;
    let stage = Stage::new().await;
    let uuid = uuid(&stage.create_with(&receiver.named()).await);
    stage.pass_and_tick(HOUR - 1).await;
    assert_eq!(stage.status(&uuid).await, "SENT");
    stage.pass(1);
    assert_eq!(stage.status(&uuid).await, "SENT", "only the sweep ends it");
    stage.tick().await;
    assert_eq!(stage.status(&uuid).await, "EXPIRED");
    assert_eq!(stage.ledger().await["payable_now"], 0);
    assert!(receiver.letters().is_empty());
}

#[tokio::test]
async fn a_paid_reservation_outlives_its_due_date_until_its_window_ends() {
    let stage = Stage::with(|config| config.reservation_days = 31).await;
    let uuid = stage.paid(&[]).await;
    stage.pass_and_tick(31 * DAY - 1).await;
    assert_eq!(stage.status(&uuid).await, "RESERVED");
    assert_eq!(stage.last().await["authorized"], 100_000);
    stage.pass_and_tick(1).await;
    assert_eq!(stage.status(&uuid).await, "EXPIRED");
    assert_eq!(stage.last().await["authorized"], 0);
}

#[tokio::test]
async fn the_hold_of_a_charged_reservation_ends_without_a_new_status() {
    let stage = Stage::new().await;
    let uuid = stage.paid(&[]).await;
    stage.accepted(&format!("charge/{uuid}"), charge_of(json!(10))).await;
    stage.pass_and_tick(7 * DAY).await;
    assert_eq!(stage.status(&uuid).await, "CHARGED");
    let entry = stage.last().await;
    assert_eq!((&entry["authorized"], &entry["charged"]), (&json!(0), &json!(1_000)));
}

#[tokio::test]
async fn history_keeps_every_step_with_its_money() {
    let stage = Stage::new().await;
    stage.paid(&[]).await;
    stage.pass_and_tick(7 * DAY).await;
    let history = stage.last().await["history"].clone();
    let step = |step: &serde_json::Value| {
        (step["status"].as_str().unwrap().to_owned(), step["authorized"].as_i64().unwrap())
    };
    let steps: Vec<(String, i64)> = history.as_array().unwrap().iter().map(step).collect();
    let expected = [("SENT", 0), ("RESERVED", 100_000), ("EXPIRED", 0)];
    assert_eq!(steps, expected.map(|(status, held)| (status.to_owned(), held)));
}
