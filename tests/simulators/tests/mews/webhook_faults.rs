//! Webhooks that go wrong.

use serde_json::json;

use crate::receiver::{Receiver, TOKEN};
use crate::stage::{DAY, Stage, text};
use crate::wishes::wish;

async fn stage_and_receiver() -> (Stage, Receiver) {
    let receiver = Receiver::new().await;
    (Stage::telling(&receiver).await, receiver)
}

#[tokio::test]
async fn a_lost_message_never_comes() {
    let (stage, receiver) = stage_and_receiver().await;
    stage.fault("webhook", "lost", json!({})).await;
    stage.paid().await;
    stage.pass_and_tick(DAY).await;
    assert_eq!(receiver.letters().len(), 0);
    assert_eq!(stage.ledger().await["webhooks"][0]["standing"], "lost");
}

#[tokio::test]
async fn a_doubled_message_comes_twice_with_the_same_text() {
    let (stage, receiver) = stage_and_receiver().await;
    let mut webhook = json!(receiver.webhook());
    webhook["foreign_payments"] = json!(3);
    stage.control("PUT", "/_config/webhook", webhook).await;
    stage.fault("webhook", "doubled", json!({})).await;
    stage.paid().await;
    stage.tick().await;
    let letters = receiver.letters();
    assert_eq!(letters.len(), 2);
    assert_eq!(letters[0].raw, letters[1].raw);
}

#[tokio::test]
async fn a_reordered_message_comes_after_the_next() {
    let (stage, receiver) = stage_and_receiver().await;
    stage.fault("webhook", "reordered", json!({})).await;
    stage.paid().await;
    stage.tick().await;
    assert_eq!(receiver.letters().len(), 0);
    let first = text(&stage.only().await["attempts"][0]["id"]);
    stage.paid().await;
    stage.tick().await;
    let letters = receiver.letters();
    assert_eq!(letters.len(), 2);
    assert!(!letters[0].payments().contains(&first));
    assert!(letters[1].payments().contains(&first));
}

#[tokio::test]
async fn a_held_message_comes_when_the_faults_are_cleared() {
    let (stage, receiver) = stage_and_receiver().await;
    stage.fault("webhook", "held", json!({"times": 0})).await;
    stage.paid().await;
    stage.pass_and_tick(DAY).await;
    assert_eq!(receiver.letters().len(), 0);
    stage.control("DELETE", "/_faults", json!({})).await;
    stage.tick().await;
    assert_eq!(receiver.letters().len(), 1);
}

#[tokio::test]
async fn a_forged_message_does_not_know_the_token() {
    let (stage, receiver) = stage_and_receiver().await;
    stage.fault("webhook", "forged", json!({})).await;
    let id = stage.paid().await;
    stage.tick().await;
    let tokens: Vec<String> = receiver.letters().into_iter().map(|letter| letter.token).collect();
    assert_eq!(tokens, ["not-the-token", TOKEN]);
    stage.order(&id, "forge", json!({})).await;
    stage.tick().await;
    assert_eq!(receiver.letters()[2].token, "not-the-token");
    stage.order(&id, "emit", json!({})).await;
    stage.tick().await;
    assert_eq!(receiver.letters()[3].token, TOKEN);
}

#[tokio::test]
async fn an_early_message_is_there_before_the_answer_of_create() {
    let (stage, receiver) = stage_and_receiver().await;
    stage.fault("webhook", "early", json!({})).await;
    let booked = stage.create(wish(json!({}))).await.json();
    let letters = receiver.letters();
    assert_eq!(letters.len(), 1);
    let payments = stage.get(&text(&booked["Id"])).await["Payments"].clone();
    assert_eq!(
        (text(&payments[0]["Id"]), text(&payments[0]["State"])),
        (letters[0].payments()[0].clone(), "Charged".to_owned())
    );
    stage.fault("webhook", "early", json!({"event": "Failed"})).await;
    stage.booked().await;
    assert_eq!(stage.ledger().await["payments"][1]["attempts"][0]["status"], "Failed");
}
