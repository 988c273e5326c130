//! Webhooks that go astray.

use serde_json::{Value, json};

use crate::receiver::Receiver;
use crate::stage::{Stage, wish};

/// A paid payment whose first message suffers `kind`, after everything was sent.
async fn suffering(kind: &str) -> (Stage, Receiver, String) {
    let receiver = Receiver::new().await;
    let stage = Stage::telling(&receiver).await;
    stage.fault("webhook", kind, json!({})).await;
    let id = stage.paid(json!({})).await;
    stage.tick().await;
    (stage, receiver, id)
}

async fn standing(stage: &Stage) -> Value {
    stage.ledger().await["webhooks"][0]["standing"].clone()
}

#[tokio::test]
async fn a_lost_message_never_arrives() {
    let (stage, receiver, _) = suffering("lost").await;
    stage.pass_and_tick(30 * crate::stage::DAY).await;
    assert_eq!(receiver.events(), ["card_payment_captured"]);
    assert_eq!(standing(&stage).await, "lost");
}

#[tokio::test]
async fn a_doubled_message_arrives_twice_under_one_id() {
    let (_, receiver, _) = suffering("doubled").await;
    let letters = receiver.letters();
    assert_eq!(letters.len(), 3);
    assert_eq!(letters[0].raw, letters[1].raw);
}

#[tokio::test]
async fn a_doubled_message_arrives_twice_under_two_ids() {
    let (_, receiver, _) = suffering("doubled_new_id").await;
    let letters = receiver.letters();
    assert_eq!(
        receiver.events(),
        ["card_payment_succeeded", "card_payment_succeeded", "card_payment_captured"]
    );
    assert_ne!(letters[0].id(), letters[1].id());
    assert!(letters.iter().all(|letter| letter.is_genuine()));
}

#[tokio::test]
async fn a_reordered_message_arrives_after_the_next() {
    let (_, receiver, _) = suffering("reordered").await;
    assert_eq!(receiver.events(), ["card_payment_captured", "card_payment_succeeded"]);
}

#[tokio::test]
async fn a_held_message_arrives_as_it_was_when_the_faults_are_cleared() {
    let (stage, receiver, id) = suffering("held").await;
    assert_eq!(receiver.events(), ["card_payment_captured"]);
    stage.pass(3 * crate::stage::DAY);
    stage.order(&id, "capture_error", json!({})).await;
    stage.control("DELETE", "/_faults", Value::Null).await;
    stage.tick().await;
    let late = receiver.letters().pop().unwrap();
    assert_eq!((late.event(), late.is_genuine()), ("card_payment_succeeded", true));
    assert_eq!(late.body["resource"]["state"]["status"], "success", "the snapshot is old");
}

#[tokio::test]
async fn a_forged_message_goes_ahead_of_the_true_one() {
    let receiver = Receiver::new().await;
    let stage = Stage::telling(&receiver).await;
    stage.fault("webhook", "forged", json!({})).await;
    let id = crate::stage::id(&stage.create().await);
    stage.order(&id, "expire", json!({})).await;
    stage.tick().await;
    let letters = receiver.letters();
    assert_eq!(letters[0].body["resource"]["state"]["status"], "success");
    assert_eq!(letters.iter().map(|letter| letter.is_genuine()).collect::<Vec<_>>(), [false, true]);
}

#[tokio::test]
async fn an_early_message_arrives_before_the_create_answer() {
    let receiver = Receiver::new().await;
    let stage = Stage::telling(&receiver).await;
    stage.fault("webhook", "early", json!({})).await;
    // The answer is lost too, so that nothing but the message can have told of the payment.
    stage.fault("create", "answer_lost_after_effect", json!({})).await;
    assert!(stage.try_api("POST", "/v1/payments", wish(json!({}))).await.is_err());
    assert_eq!(receiver.events(), ["card_payment_succeeded", "card_payment_captured"]);
    assert_eq!(stage.only_payment().await["captured"], 14500);
}

#[tokio::test]
async fn an_early_message_can_tell_a_failure_and_the_answer_says_created() {
    let receiver = Receiver::new().await;
    let stage = Stage::telling(&receiver).await;
    stage.fault("webhook", "early", json!({"event": "card_payment_failed"})).await;
    let payment = stage.create().await;
    assert_eq!(payment["state"]["status"], "created");
    assert_eq!(receiver.events(), ["card_payment_failed"]);
    assert_eq!(stage.only_payment().await["code"], "P0010");
}
