//! Webhook messages: events, words, signature.

use serde_json::{Value, json};

use crate::receiver::Receiver;
use crate::stage::{Stage, id};

#[tokio::test]
async fn a_paid_payment_tells_two_signed_events() {
    let receiver = Receiver::new().await;
    let stage = Stage::telling(&receiver).await;
    let id = stage.paid(json!({})).await;
    stage.tick().await;
    assert_eq!(receiver.events(), ["card_payment_succeeded", "card_payment_captured"]);
    let letter = receiver.letters()[0].clone();
    assert!(letter.is_genuine() && !letter.is_signed_with("another"));
    assert_eq!(letter.signature, letter.signature.to_lowercase());
    assert_eq!(letter.body["resource_id"], id.as_str());
    assert_eq!(letter.body["resource_type"], "payment");
    assert_eq!(letter.body["api_version"], 1);
    assert_eq!(letter.body["created_date"], "2026-11-20T10:00:00.000Z");
    assert_eq!(letter.body["resource"]["reference"], "RES-1");
    assert!(letter.body["resource"].get("_links").is_none());
    assert_ne!(letter.id(), receiver.letters()[1].id());
}

#[tokio::test]
async fn failures_use_the_words_of_the_second_version() {
    for (action, body, event, word, code) in [
        ("pay", json!({"card": "4000000000000002"}), "card_payment_failed", "declined", "P0010"),
        ("pay", json!({"card": "4000000000000119"}), "card_payment_failed", "error", "P0050"),
        ("expire", json!({}), "card_payment_expired", "timedout", "P0020"),
    ] {
        let receiver = Receiver::new().await;
        let stage = Stage::telling(&receiver).await;
        let id = id(&stage.create().await);
        stage.order(&id, action, body).await;
        stage.tick().await;
        assert_eq!(receiver.events(), [event]);
        let state = &receiver.letters()[0].body["resource"]["state"];
        assert_eq!((&state["status"], &state["code"]), (&json!(word), &json!(code)));
        assert_ne!(stage.get(&id).await["state"]["status"], if word == "error" { "" } else { word });
    }
}

#[tokio::test]
async fn a_cancel_by_the_service_is_told_as_a_cancel_by_the_payer() {
    let receiver = Receiver::new().await;
    let stage = Stage::telling(&receiver).await;
    let id = id(&stage.create().await);
    stage.api("POST", &format!("/v1/payments/{id}/cancel"), Value::Null).await;
    stage.tick().await;
    let body = receiver.letters()[0].body.clone();
    assert_eq!(body["event_type"], "card_payment_failed");
    assert_eq!(body["resource"]["state"]["status"], "cancelled");
    assert_eq!(body["resource"]["state"]["code"], "P0030");
}

#[tokio::test]
async fn nothing_is_told_of_capturable_capture_errors_corrections_and_failed_refunds() {
    let receiver = Receiver::new().await;
    let stage = Stage::telling(&receiver).await;
    stage.control("PUT", "/_config/account", json!({"provider": "stripe"})).await;
    let held = stage.paid(json!({"delayed_capture": true})).await;
    stage.tick().await;
    assert!(receiver.events().is_empty(), "capturable");

    stage.api("POST", &format!("/v1/payments/{held}/capture"), Value::Null).await;
    stage.api("POST", &format!("/v1/payments/{held}/refunds"), json!({"amount": 5})).await;
    stage.tick().await;
    assert_eq!(receiver.events(), ["card_payment_succeeded", "card_payment_captured"]);

    stage.order(&held, "refund_fail", json!({})).await;
    stage.order(&held, "settle", json!({})).await;
    stage.order(&held, "capture_error", json!({})).await;
    assert_eq!(stage.get(&held).await["state"]["code"], "P0050");
    stage.order(&held, "force", json!({"status": "success"})).await;
    assert_eq!(stage.get(&held).await["state"]["status"], "success");
    stage.tick().await;
    assert_eq!(receiver.events().len(), 2);
}

#[tokio::test]
async fn a_refund_is_told_under_the_id_of_the_payment() {
    let receiver = Receiver::new().await;
    let stage = Stage::telling(&receiver).await;
    let id = stage.paid(json!({})).await;
    stage.api("POST", &format!("/v1/payments/{id}/refunds"), json!({"amount": 5})).await;
    stage.tick().await;
    let last = receiver.letters().pop().unwrap();
    assert_eq!(
        (last.event(), last.body["resource_id"].as_str()),
        ("card_payment_refunded", Some(id.as_str()))
    );
}

#[tokio::test]
async fn without_a_callback_address_messages_are_only_noted() {
    let stage = Stage::new().await;
    stage.paid(json!({})).await;
    assert_eq!(stage.tick().await["attempts"], 0);
    assert_eq!(stage.ledger().await["webhooks"][0]["standing"], "not_configured");
}
