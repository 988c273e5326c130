//! Domains that confirm each payment themselves.

use serde_json::json;

use crate::browser::Browser;
use crate::http::Answer;
use crate::stage::{MINUTE, RETURN, Stage, id};

/// A payment that waits for the client.
async fn waiting() -> (Stage, String) {
    let stage = Stage::with(|domain| domain.auto_confirmation = false).await;
    let id = id(&stage.create().await);
    let mut browser = Browser::on(&stage, &id).await;
    browser.choose("redirect").await;
    let left = browser.press("approve").await;
    assert!(left.header("location").starts_with(RETURN));
    assert!(left.header("location").ends_with("&payment_state=validating"));
    (stage, id)
}

async fn confirm(stage: &Stage, id: &str, agrees: bool) -> Answer {
    let path = format!("/2.0/payments/{id}");
    stage.api("POST", &path, json!({"confirm": agrees})).await
}

#[tokio::test]
async fn a_confirmation_lets_the_bank_go_on() {
    let (stage, id) = waiting().await;
    let shown = stage.get(&id).await;
    assert_eq!((&shown["state"], &shown["action"]), (&json!("validating"), &json!("confirm")));
    assert_eq!(stage.ledger().await["payable_now"], 0, "the payer is done");
    let answer = confirm(&stage, &id, true).await;
    assert_eq!((answer.status, &answer.json()["state"]), (200, &json!("pending")));
    stage.pass_and_tick(15 * MINUTE).await;
    assert_eq!(stage.state(&id).await, "done");
    confirm(&stage, &id, true).await.refuses((409, "invalidState"), &"");
}

#[tokio::test]
async fn a_refusal_rejects() {
    let (stage, id) = waiting().await;
    let shown = confirm(&stage, &id, false).await.json();
    assert_eq!((&shown["state"], &shown["error_code"]), (&json!("rejected"), &json!("confirmationRefused")));
}

#[tokio::test]
async fn there_is_one_minute_to_answer() {
    let (stage, id) = waiting().await;
    stage.pass_and_tick(MINUTE - 1).await;
    assert_eq!(stage.state(&id).await, "validating");
    stage.pass(1);
    confirm(&stage, &id, true).await.refuses((409, "invalidState"), &"late");
    stage.tick().await;
    let shown = stage.get(&id).await;
    assert_eq!((&shown["state"], &shown["error_code"]), (&json!("rejected"), &json!("confirmationTimeout")));
    assert_eq!(stage.ledger().await["captured_total"], 0);
}

#[tokio::test]
async fn nothing_waits_where_confirmation_is_automatic() {
    let stage = Stage::new().await;
    let id = id(&stage.create().await);
    confirm(&stage, &id, true).await.refuses((409, "invalidState"), &"");
}
