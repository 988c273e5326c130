//! General Webhooks as they are meant to be.

use serde_json::{Value, json};

use crate::receiver::{Receiver, TOKEN};
use crate::stage::{MINUTE, Stage, each, text};

async fn payment_of(stage: &Stage) -> String {
    text(&stage.only().await["attempts"][0]["id"])
}

#[tokio::test]
async fn a_payment_is_told_by_its_id_at_its_creation_and_at_its_change() {
    let receiver = Receiver::new().await;
    let stage = Stage::telling(&receiver).await;
    stage.paid().await;
    stage.tick().await;
    let letters = receiver.letters();
    assert_eq!(letters.len(), 1, "what happened at once is told at once");
    let payment = payment_of(&stage).await;
    assert_eq!(letters[0].payments(), [payment.clone(), payment], "Updated covers the creation too");
    assert_eq!(letters[0].token, TOKEN);
    assert_eq!(letters[0].body["EnterpriseId"], "3edbe1b4-6739-40b7-81b3-d369d9469c48");
    assert!(letters[0].body["IntegrationId"].is_string());
    assert!(!letters[0].raw.contains("Charged"), "an id and nothing else");
}

#[tokio::test]
async fn nothing_is_told_of_requests() {
    let receiver = Receiver::new().await;
    let stage = Stage::telling(&receiver).await;
    let id = stage.requested().await;
    stage.order(&id, "expire", json!({})).await;
    stage.tick().await;
    assert_eq!(receiver.letters().len(), 0);
}

#[tokio::test]
async fn most_ids_can_be_other_business_of_the_property() {
    let receiver = Receiver::new().await;
    let stage = Stage::telling(&receiver).await;
    let mut webhook = json!(receiver.webhook());
    webhook["foreign_payments"] = json!(7);
    webhook["other_events"] = json!(true);
    webhook["content_type"] = json!("text/plain");
    stage.control("PUT", "/_config/webhook", webhook).await;
    stage.paid().await;
    stage.tick().await;
    let letter = receiver.letters()[0].clone();
    let payment = payment_of(&stage).await;
    assert_eq!(letter.payments().len(), 9);
    assert_eq!(letter.payments().iter().filter(|id| **id == payment).count(), 2);
    let kinds = each(&letter.body["Events"], "Discriminator");
    assert!(kinds.iter().any(|kind| kind == "ServiceOrderUpdated"), "{kinds:?}");
    assert_eq!(letter.content_type, "text/plain");
}

#[tokio::test]
async fn events_wait_for_their_lag_and_a_full_message_rolls_over() {
    let receiver = Receiver::new().await;
    let stage = Stage::with(|property| {
        let mut webhook = receiver.webhook();
        webhook.lag_ms = 3 * MINUTE;
        webhook.most_events = 3;
        property.webhook = Some(webhook);
    })
    .await;
    stage.paid().await;
    stage.paid().await;
    stage.tick().await;
    assert_eq!((receiver.letters().len(), stage.ledger().await["events_waiting"].clone()), (0, json!(4)));
    stage.pass_and_tick(3 * MINUTE).await;
    let counts: Vec<usize> = receiver.letters().iter().map(|letter| letter.payments().len()).collect();
    assert_eq!(counts, [3, 1]);
}

#[tokio::test]
async fn a_refused_message_is_sent_again_after_minutes_and_then_dropped() {
    let receiver = Receiver::new().await;
    let stage = Stage::telling(&receiver).await;
    receiver.answer(500);
    stage.paid().await;
    stage.tick().await;
    stage.pass_and_tick(3 * MINUTE - 1).await;
    assert_eq!(receiver.letters().len(), 1, "too early");
    stage.pass_and_tick(1).await;
    assert_eq!(receiver.letters().len(), 2);
    stage.pass_and_tick(5 * MINUTE).await;
    stage.pass_and_tick(10 * MINUTE).await;
    stage.pass_and_tick(1000 * MINUTE).await;
    let letters = receiver.letters();
    assert_eq!(letters.len(), 4);
    assert!(letters.iter().all(|letter| letter.raw == letters[0].raw), "the same text each time");
    assert_eq!(stage.ledger().await["webhooks"][0]["standing"], "discarded");
}

#[tokio::test]
async fn any_2xx_is_good_and_a_307_is_followed() {
    for status in [200, 202, 204, 307] {
        let receiver = Receiver::new().await;
        let stage = Stage::telling(&receiver).await;
        receiver.answer(status);
        stage.paid().await;
        stage.tick().await;
        let letters = stage.ledger().await["webhooks"].clone();
        assert_eq!(letters[0]["standing"], "delivered", "{status}");
        assert_eq!(receiver.letters().len(), if status == 307 { 2 } else { 1 });
    }
}

#[tokio::test]
async fn a_receiver_that_is_too_slow_is_asked_again() {
    let receiver = Receiver::new().await;
    let stage = Stage::with(|property| {
        let mut webhook = receiver.webhook();
        webhook.timeout_ms = 20;
        property.webhook = Some(webhook);
    })
    .await;
    receiver.hang();
    stage.paid().await;
    stage.tick().await;
    let attempts = stage.ledger().await["webhooks"][0]["attempts"].clone();
    assert_eq!(attempts[0]["error"], "timeout");
    receiver.answer(200);
    stage.pass_and_tick(3 * MINUTE).await;
    assert_eq!(stage.ledger().await["webhooks"][0]["standing"], "delivered");
}

#[tokio::test]
async fn without_an_address_messages_are_only_in_the_book() {
    let stage = Stage::new().await;
    stage.paid().await;
    stage.tick().await;
    let letters = stage.ledger().await["webhooks"].clone();
    assert_eq!(letters[0]["standing"], "not_configured");
    assert_eq!(letters[0]["next_attempt_at"], Value::Null);
}
