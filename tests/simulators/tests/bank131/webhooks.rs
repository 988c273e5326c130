//! Which webhooks are sent, what they say, how long the bank tries.

use serde_json::{Value, json};

use crate::receiver::Receiver;
use crate::stage::{GOOD_CARD, MINUTE, Stage, at_once, id};

#[tokio::test]
async fn every_webhook_is_signed_by_the_bank_over_its_bytes() {
    let receiver = Receiver::new().await;
    let stage = Stage::telling(&receiver).await;
    let id = stage.confirmed(GOOD_CARD).await;
    stage.session("v2/session/refund", json!({"session_id": id})).await;
    stage.pass_and_tick(1000).await;
    let letters = receiver.letters();
    assert_eq!(receiver.events(), ["ready_to_confirm", "payment_finished", "payment_refunded"]);
    assert!(letters.iter().all(super::receiver::Letter::is_genuine));
    let first = &letters[0].body;
    assert_eq!(first.as_object().unwrap().len(), 2, "type and session");
    assert_eq!((&first["session"]["id"], &first["session"]["next_action"]), (&json!(id), &json!("confirm")));
    let payment = &first["session"]["payment_list"][0];
    assert_eq!(
        (&payment["metadata"], &payment["customer"]["reference"]),
        (&json!("order 1"), &json!("BOOKING-1"))
    );
}

#[tokio::test]
async fn the_payments_are_named_by_the_version_of_the_session_or_of_the_project() {
    let receiver = Receiver::new().await;
    let stage = Stage::telling(&receiver).await;
    for (setting, path, name) in [
        (Value::Null, "v1/session/init/payment", "acquiring_payments"),
        (Value::Null, "v2/session/init/payment", "payment_list"),
        (json!("v1"), "v2/session/init/payment", "acquiring_payments"),
    ] {
        stage.control("PUT", "/_config/project", json!({"webhook_version": setting})).await;
        stage.session(path, at_once("card_works")).await;
        stage.tick().await;
        let told = receiver.letters().last().unwrap().body["session"].clone();
        assert!(told[name].is_array(), "{path}: {told}");
    }
}

#[tokio::test]
async fn only_200_counts_and_the_bank_gives_up_after_30_minutes() {
    let receiver = Receiver::new().await;
    let stage = Stage::telling(&receiver).await;
    receiver.answer(202);
    stage.carded(GOOD_CARD).await;
    stage.tick().await;
    let mut seen = vec![receiver.letters().len()];
    for minutes in [1, 2, 4, 8, 15] {
        stage.pass_and_tick(minutes * MINUTE - 1).await;
        assert_eq!(receiver.letters().len(), *seen.last().unwrap(), "too early: {minutes}");
        stage.pass_and_tick(1).await;
        seen.push(receiver.letters().len());
    }
    assert_eq!(seen, [1, 2, 3, 4, 5, 6]);
    stage.pass_and_tick(60 * MINUTE).await;
    assert_eq!(receiver.letters().len(), 6);
    let letter = stage.ledger().await["webhooks"][0].clone();
    assert_eq!((&letter["standing"], &letter["attempts"][5]["status"]), (&json!("given_up"), &json!(202)));
    assert!(receiver.letters().iter().all(|letter| letter.raw == receiver.letters()[0].raw));
}

#[tokio::test]
async fn a_webhook_shows_the_session_as_it_was() {
    let receiver = Receiver::new().await;
    let stage = Stage::telling(&receiver).await;
    receiver.answer(500);
    let id = stage.carded(GOOD_CARD).await;
    stage.tick().await;
    stage.session("v2/session/confirm", json!({"session_id": id})).await;
    stage.tick().await;
    receiver.answer(200);
    stage.pass_and_tick(MINUTE).await;
    let told: Vec<Value> =
        receiver.letters().iter().map(|letter| letter.body["session"]["status"].clone()).collect();
    assert_eq!(told, ["in_progress", "accepted", "in_progress", "accepted"]);
}

#[tokio::test]
async fn only_the_types_that_were_asked_for_are_sent_and_none_without_an_address() {
    let receiver = Receiver::new().await;
    let stage = Stage::new().await;
    stage.confirmed(GOOD_CARD).await;
    assert_eq!(stage.ledger().await["webhooks"][0]["standing"], "not_configured");
    let some = json!({"url": receiver.url, "events": ["payment_finished"]});
    stage.control("PUT", "/_config/webhook", some).await;
    stage.confirmed(GOOD_CARD).await;
    stage.tick().await;
    assert_eq!(receiver.events(), ["payment_finished"]);
    stage.control("PUT", "/_config/webhook", json!({"url": receiver.url})).await;
    id(&stage.session("v2/session/init/payment", at_once("card_works")).await);
    stage.tick().await;
    assert_eq!(receiver.events(), ["payment_finished", "ready_to_confirm"]);
}
