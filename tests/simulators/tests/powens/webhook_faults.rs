//! Webhooks that go astray.

use serde_json::{Value, json};

use crate::receiver::Receiver;
use crate::stage::{DAY, MINUTE, Stage, wish};

/// A payment whose first message (`validating`) suffers `kind`; the second tells `done`.
async fn suffering(kind: &str) -> (Stage, Receiver, String) {
    let receiver = Receiver::new().await;
    let stage = Stage::telling(&receiver).await;
    stage.fault("webhook", kind, json!({})).await;
    let id = stage.validated(json!({"label": "done - x"})).await;
    stage.tick().await;
    (stage, receiver, id)
}

#[tokio::test]
async fn a_lost_message_never_arrives() {
    let (stage, receiver, _) = suffering("lost").await;
    stage.pass_and_tick(60 * DAY).await;
    assert_eq!(receiver.states(), ["done"]);
    assert_eq!(stage.ledger().await["webhooks"][0]["standing"], "lost");
}

#[tokio::test]
async fn a_doubled_message_arrives_twice_under_one_id() {
    let (_, receiver, _) = suffering("doubled").await;
    assert_eq!(receiver.states(), ["validating", "validating", "done"]);
    let letters = receiver.letters();
    assert_eq!(letters[0].raw, letters[1].raw);
}

#[tokio::test]
async fn a_doubled_message_arrives_twice_under_two_ids() {
    let (_, receiver, _) = suffering("doubled_new_id").await;
    assert_eq!(receiver.states(), ["validating", "validating", "done"]);
    let letters = receiver.letters();
    assert_ne!(letters[0].id(), letters[1].id());
    assert!(letters.iter().all(|letter| letter.is_genuine()));
}

#[tokio::test]
async fn a_reordered_message_arrives_after_the_next() {
    let (_, receiver, _) = suffering("reordered").await;
    assert_eq!(receiver.states(), ["done", "validating"]);
}

#[tokio::test]
async fn a_held_message_arrives_as_it_was_when_the_faults_are_cleared() {
    let (stage, receiver, _) = suffering("held").await;
    assert_eq!(receiver.states(), ["done"]);
    stage.pass(3 * DAY);
    stage.control("DELETE", "/_faults", Value::Null).await;
    stage.tick().await;
    let late = receiver.letters().pop().unwrap();
    assert_eq!((late.state(), late.is_genuine()), ("validating", true));
}

#[tokio::test]
async fn a_forged_message_claims_success_ahead_of_the_true_one() {
    let receiver = Receiver::new().await;
    let stage = Stage::telling(&receiver).await;
    stage.fault("webhook", "forged", json!({})).await;
    let id = stage.validated(json!({"label": "rjct - x"})).await;
    stage.tick().await;
    assert_eq!(receiver.states(), ["done", "validating", "rejected"]);
    let genuine: Vec<bool> = receiver.letters().iter().map(|letter| letter.is_genuine()).collect();
    assert_eq!(genuine, [false, true, true]);
    stage.order(&id, "forge", json!({})).await;
    stage.tick().await;
    let last = receiver.letters().pop().unwrap();
    assert_eq!((last.state(), last.is_genuine()), ("done", false));
}

#[tokio::test]
async fn an_early_message_arrives_before_the_create_answer() {
    let receiver = Receiver::new().await;
    let stage = Stage::telling(&receiver).await;
    stage.fault("webhook", "early", json!({})).await;
    // The answer is lost too, so that nothing but the message can have told of the payment.
    stage.fault("create", "answer_lost_after_effect", json!({})).await;
    let body = wish(json!({})).to_string();
    assert!(stage.try_api("POST", "/2.0/payments", &body).await.is_err());
    assert_eq!(receiver.states(), ["validating", "done"]);
    assert_eq!(stage.ledger().await["captured_total"], 5090);
}

#[tokio::test]
async fn an_early_message_can_tell_a_rejection_and_the_answer_says_created() {
    let receiver = Receiver::new().await;
    let stage = Stage::telling(&receiver).await;
    stage.fault("webhook", "early", json!({"event": "rejected"})).await;
    let payment = stage.create().await;
    assert_eq!(payment["state"], "created");
    assert_eq!(receiver.states(), ["validating", "rejected"]);
}

#[tokio::test]
async fn a_fault_can_hit_every_message_until_it_is_cleared() {
    let receiver = Receiver::new().await;
    let stage = Stage::telling(&receiver).await;
    stage.fault("webhook", "lost", json!({"times": 0})).await;
    stage.validated(json!({})).await;
    stage.pass_and_tick(15 * MINUTE).await;
    assert_eq!(receiver.states(), Vec::<String>::new());
    assert_eq!(stage.ledger().await["captured_total"], 5090);
}
