//! Cancel and capture.

use serde_json::{Value, json};

use crate::http::Answer;
use crate::stage::{Stage, id};

async fn post(stage: &Stage, id: &str, verb: &str) -> Answer {
    stage.api("POST", &format!("/v1/payments/{id}/{verb}"), Value::Null).await
}

#[tokio::test]
async fn the_service_cancels_while_the_payer_is_not_done() {
    let stage = Stage::new().await;
    for status in ["created", "started", "submitted", "capturable"] {
        let id = id(&stage.create().await);
        stage.order(&id, "force", json!({"status": status})).await;
        assert!(stage.get(&id).await["_links"]["cancel"].is_object(), "{status}");
        assert_eq!(post(&stage, &id, "cancel").await.status, 204, "{status}");
        let state = stage.get(&id).await["state"].clone();
        assert_eq!((&state["status"], &state["code"]), (&json!("cancelled"), &json!("P0040")));
    }
    assert_eq!(stage.ledger().await["payable_now"], 0);
}

#[tokio::test]
async fn a_payment_that_is_over_cannot_be_cancelled() {
    let stage = Stage::new().await;
    let cancelled = id(&stage.create().await);
    post(&stage, &cancelled, "cancel").await;
    let paid = stage.paid(json!({})).await;
    for id in [cancelled, paid] {
        let answer = post(&stage, &id, "cancel").await;
        answer.refuses((400, "P0501"), &"");
        assert!(stage.get(&id).await["_links"].get("cancel").is_none());
    }
    assert_eq!(stage.ledger().await["captured_total"], 14500);
}

#[tokio::test]
async fn a_cancel_during_an_authorization_is_a_conflict() {
    let stage = Stage::new().await;
    let id = id(&stage.create().await);
    stage.order(&id, "authorizing", json!({"on": true})).await;
    let answer = post(&stage, &id, "cancel").await;
    answer.refuses((409, "P0502"), &"");
    stage.order(&id, "authorizing", json!({"on": false})).await;
    assert_eq!(post(&stage, &id, "cancel").await.status, 204);
}

#[tokio::test]
async fn delayed_capture_holds_the_money_until_the_service_captures() {
    let stage = Stage::new().await;
    let id = stage.paid(json!({"delayed_capture": true})).await;
    let shown = stage.get(&id).await;
    assert_eq!(shown["state"], json!({"status": "capturable", "finished": false}));
    assert!(shown["_links"]["capture"].is_object() && shown["_links"].get("next_url").is_none());
    let held = stage.only_payment().await;
    assert_eq!(
        (&held["authorized"], &held["captured"], &held["payable"]),
        (&json!(14500), &json!(0), &json!(false))
    );

    assert_eq!(post(&stage, &id, "capture").await.status, 204);
    assert_eq!(post(&stage, &id, "capture").await.status, 204, "again changes nothing");
    assert_eq!(stage.get(&id).await["state"]["status"], "success");
    assert_eq!(stage.only_payment().await["captured"], 14500);
}

#[tokio::test]
async fn a_payment_that_is_not_capturable_is_not_captured() {
    let stage = Stage::new().await;
    let id = id(&stage.create().await);
    for status in ["created", "started", "submitted", "failed", "cancelled", "error"] {
        stage.order(&id, "force", json!({"status": status})).await;
        let answer = post(&stage, &id, "capture").await;
        answer.refuses((409, "P1003"), &status);
    }
}
