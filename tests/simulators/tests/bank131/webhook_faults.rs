//! Webhooks that a network or a liar spoils.

use serde_json::{Value, json};

use crate::receiver::{Letter, Receiver};
use crate::stage::{GOOD_CARD, Stage, at_once, id, wish};

async fn told() -> (Receiver, Stage) {
    let receiver = Receiver::new().await;
    let stage = Stage::telling(&receiver).await;
    (receiver, stage)
}

async fn confirm(stage: &Stage, id: &str) {
    stage.session("v2/session/confirm", json!({"session_id": id})).await;
    stage.tick().await;
}

#[tokio::test]
async fn a_webhook_can_be_lost_doubled_or_come_after_the_next() {
    for (kind, events) in [
        ("lost", vec!["payment_finished"]),
        ("doubled", vec!["ready_to_confirm", "ready_to_confirm", "payment_finished"]),
        ("reordered", vec!["payment_finished", "ready_to_confirm"]),
    ] {
        let (receiver, stage) = told().await;
        stage.fault("webhook", kind, json!({})).await;
        let id = stage.carded(GOOD_CARD).await;
        stage.tick().await;
        confirm(&stage, &id).await;
        assert_eq!(receiver.events(), events, "{kind}");
        assert!(receiver.letters().iter().all(Letter::is_genuine), "{kind}");
    }
}

#[tokio::test]
async fn a_webhook_can_be_held_with_the_body_of_its_moment() {
    let (receiver, stage) = told().await;
    stage.fault("webhook", "held", json!({})).await;
    let id = stage.carded(GOOD_CARD).await;
    confirm(&stage, &id).await;
    assert_eq!(receiver.events(), ["payment_finished"]);
    stage.control("DELETE", "/_faults", Value::Null).await;
    stage.tick().await;
    assert_eq!(receiver.events(), ["payment_finished", "ready_to_confirm"]);
    assert_eq!(receiver.letters()[1].body["session"]["status"], "in_progress");
}

#[tokio::test]
async fn a_forged_webhook_goes_ahead_and_claims_success_under_a_wrong_signature() {
    let (receiver, stage) = told().await;
    stage.fault("webhook", "forged", json!({})).await;
    let id = stage.carded(GOOD_CARD).await;
    stage.tick().await;
    let letters = receiver.letters();
    assert_eq!(letters.len(), 2);
    assert!(!letters[0].is_genuine() && letters[1].is_genuine());
    let lie = &letters[0].body["session"];
    assert_eq!((&lie["id"], &lie["status"]), (&json!(id), &json!("accepted")));
    assert_eq!(lie["payment_list"][0]["status"], "succeeded");
    assert_eq!(stage.entry(&id).await["captured"], 0);
}

#[tokio::test]
async fn an_altered_webhook_carries_the_signature_of_what_it_was() {
    let (receiver, stage) = told().await;
    stage.fault("webhook", "altered", json!({})).await;
    let id = stage.carded(GOOD_CARD).await;
    stage.tick().await;
    let letter = &receiver.letters()[0];
    assert!(!letter.is_genuine());
    assert_eq!(letter.body["session"]["payment_list"][0]["amount_details"]["amount"], 110_000);
    let kept = stage.ledger().await["webhooks"][0].clone();
    let body: Value = serde_json::from_str(kept["body"].as_str().unwrap()).unwrap();
    assert_eq!(body["session"]["payment_list"][0]["amount_details"]["amount"], 10_000);
    assert_eq!(kept["fault"], "altered");
    stage.order(&id, "alter", json!({"type": "ready_to_confirm"})).await;
    stage.order(&id, "forge", json!({})).await;
    stage.order(&id, "emit", json!({"type": "action_required"})).await;
    stage.tick().await;
    let genuine: Vec<bool> = receiver.letters().iter().map(Letter::is_genuine).collect();
    assert_eq!(genuine, [false, false, false, true]);
}

#[tokio::test]
async fn a_webhook_can_arrive_before_the_answer_of_the_call_that_made_it() {
    let (receiver, stage) = told().await;
    stage.fault("webhook", "early", json!({})).await;
    stage.fault("init_payment", "answer_lost_after_effect", json!({})).await;
    let body = at_once("card_works").to_string();
    assert!(stage.try_api("v2/session/init/payment", &body, Some("K")).await.is_err());
    let letters = receiver.letters();
    assert_eq!(letters.len(), 1, "before the connection closed, and without a tick");
    assert_eq!(letters[0].body["session"]["payment_list"][0]["metadata"], "order 1");
    for (more, event) in
        [(json!({}), "ready_to_confirm"), (json!({"event": "action_required"}), "action_required")]
    {
        stage.fault("webhook", "early", more).await;
        stage.status("ps_3230").await;
        let created = stage.session("v2/session/create", wish(json!({}))).await;
        let letter = receiver.letters().last().unwrap().clone();
        assert_eq!((letter.event(), &letter.body["session"]["id"]), (event, &json!(id(&created))));
        assert!(letter.is_genuine());
    }
}
