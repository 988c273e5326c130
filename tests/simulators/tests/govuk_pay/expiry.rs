//! What only time does, on the frozen clock.

use serde_json::{Value, json};

use crate::browser::{Browser, GOOD_CARD};
use crate::stage::{HOUR, MINUTE, Stage, id};

#[tokio::test]
async fn an_unfinished_payment_expires_after_ninety_minutes() {
    let stage = Stage::new().await;
    let payment = stage.create().await;
    stage.pass_and_tick(90 * MINUTE - 1).await;
    assert_eq!(stage.get(&id(&payment)).await["state"]["status"], "created");
    stage.pass(1);
    assert_eq!(stage.get(&id(&payment)).await["state"]["status"], "created", "only the sweep ends it");
    stage.tick().await;
    let state = stage.get(&id(&payment)).await["state"].clone();
    assert_eq!(
        state,
        json!({"status": "failed", "finished": true, "code": "P0020", "message": "Payment expired"})
    );
    assert_eq!(stage.ledger().await["payable_now"], 0);

    let page = Browser::default().open(&payment).await;
    assert!(page.body.contains("Your payment session has expired"));
}

#[tokio::test]
async fn the_sweep_leaves_a_payment_that_just_changed() {
    let stage = Stage::new().await;
    let payment = stage.create().await;
    stage.pass(89 * MINUTE);
    let mut browser = Browser::default();
    browser.open(&payment).await;
    browser.enter_card(GOOD_CARD).await;
    stage.pass_and_tick(4 * MINUTE).await;
    assert_eq!(stage.get(&id(&payment)).await["state"]["status"], "submitted");
    stage.pass_and_tick(MINUTE).await;
    assert_eq!(stage.get(&id(&payment)).await["state"]["code"], "P0020");
    assert_eq!(browser.press("confirm").await.status, 200, "too late to confirm");
    assert_eq!(stage.only_payment().await["captured"], 0);
}

#[tokio::test]
async fn a_capturable_payment_expires_after_120_hours_from_creation() {
    let stage = Stage::new().await;
    let payment = stage.create_with(json!({"delayed_capture": true})).await;
    stage.pass(HOUR);
    stage.order(&id(&payment), "pay", json!({})).await;
    stage.pass_and_tick(119 * HOUR - 1).await;
    assert_eq!(stage.get(&id(&payment)).await["state"]["status"], "capturable");
    stage.pass_and_tick(1).await;
    assert_eq!(stage.get(&id(&payment)).await["state"]["code"], "P0020");
    assert_eq!(stage.only_payment().await["authorized"], 0, "the hold is released");
}

#[tokio::test]
async fn a_paid_payment_never_expires() {
    let stage = Stage::new().await;
    let id = stage.paid(json!({})).await;
    stage.pass_and_tick(1000 * HOUR).await;
    assert_eq!(stage.get(&id).await["state"]["status"], "success");
}

#[tokio::test]
async fn the_real_capture_can_come_later_than_success() {
    let stage = Stage::with(|config| config.capture_delay_ms = HOUR).await;
    let id = stage.paid(json!({})).await;
    let shown = stage.get(&id).await;
    assert_eq!(shown["state"]["status"], "success");
    assert!(shown["settlement_summary"].get("captured_date").is_none());
    assert_eq!(shown["refund_summary"]["status"], "pending");
    assert_eq!(stage.only_payment().await["captured"], 0);
    stage.pass_and_tick(HOUR).await;
    assert_eq!(stage.get(&id).await["settlement_summary"]["captured_date"], "2026-11-20");
    assert_eq!(stage.only_payment().await["captured"], 14500);
}

#[tokio::test]
async fn history_keeps_every_step_with_its_money() {
    let stage = Stage::new().await;
    stage.paid(json!({})).await;
    let history = stage.only_payment().await["history"].clone();
    let steps: Vec<(&str, i64, i64)> = history
        .as_array()
        .unwrap()
        .iter()
        .map(|step| {
            (
                step["what"].as_str().unwrap(),
                step["authorized"].as_i64().unwrap(),
                step["captured"].as_i64().unwrap(),
            )
        })
        .collect();
    let last = steps.last().copied();
    assert_eq!(last, Some(("captured", 14500, 14500)));
    assert_eq!(steps.first().copied(), Some(("state", 0, 0)));
    assert!(history.as_array().unwrap().iter().all(|step| step["at"] != Value::Null));
}
