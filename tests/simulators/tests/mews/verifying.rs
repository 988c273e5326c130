//! Payments that are not sure yet.

use serde_json::json;

use crate::browser::{Browser, CHALLENGED, VISA};
use crate::stage::{DAY, MINUTE, Stage, each};

async fn states(stage: &Stage) -> (String, Vec<String>) {
    let entry = stage.only().await;
    (crate::stage::text(&entry["status"]), each(&entry["attempts"], "status"))
}

#[tokio::test]
async fn a_verified_payment_stays_verifying_for_a_while() {
    let stage = Stage::with(|property| property.verifying_ms = 10 * MINUTE).await;
    let id = stage.requested().await;
    let browser = Browser::at(&stage, &id);
    browser.pay_with(CHALLENGED, "123").await;
    assert_eq!(browser.press("approve").await.status, 303);
    assert!(browser.open().await.body.contains("being verified"));
    stage.pass_and_tick(10 * MINUTE - 1).await;
    assert_eq!(states(&stage).await, ("Pending".to_owned(), vec!["Verifying".to_owned()]));
    stage.pass_and_tick(1).await;
    assert_eq!(states(&stage).await, ("Completed".to_owned(), vec!["Charged".to_owned()]));
}

#[tokio::test]
async fn a_payment_can_be_pending_before_it_is_charged() {
    let stage = Stage::with(|property| property.pending_ms = MINUTE).await;
    let id = stage.requested().await;
    assert_eq!(Browser::at(&stage, &id).pay_with(VISA, "123").await.status, 303);
    assert_eq!(states(&stage).await, ("Pending".to_owned(), vec!["Pending".to_owned()]));
    stage.pass_and_tick(MINUTE).await;
    assert_eq!(states(&stage).await.0, "Completed");
}

#[tokio::test]
async fn a_challenge_that_nobody_answers_is_given_up_and_the_request_can_be_paid() {
    let stage = Stage::new().await;
    let id = stage.requested().await;
    let browser = Browser::at(&stage, &id);
    browser.pay_with(CHALLENGED, "123").await;
    assert_eq!(browser.press("leave").await.status, 303, "left in the middle");
    stage.pass_and_tick(15 * MINUTE).await;
    assert_eq!(states(&stage).await, ("Pending".to_owned(), vec!["Canceled".to_owned()]));
    assert_eq!(browser.pay_with(VISA, "123").await.status, 303);
    assert_eq!(stage.only().await["captured"], 92970);
}

#[tokio::test]
async fn a_payment_under_way_is_charged_although_the_request_expired() {
    let stage = Stage::with(|property| property.pending_ms = 2 * DAY).await;
    let id = stage.requested().await;
    stage.order(&id, "pay", json!({})).await;
    stage.pass_and_tick(DAY).await;
    assert_eq!(states(&stage).await, ("Expired".to_owned(), vec!["Pending".to_owned()]));
    stage.pass_and_tick(DAY).await;
    assert_eq!(states(&stage).await, ("Expired".to_owned(), vec!["Charged".to_owned()]));
}
