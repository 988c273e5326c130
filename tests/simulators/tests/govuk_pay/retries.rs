//! Webhook attempts: the plan, the time limit, the secret of each.

use serde_json::json;

use crate::receiver::Receiver;
use crate::stage::{DAY, HOUR, MINUTE, SECRET, Stage, id};

#[tokio::test]
async fn a_refused_message_is_tried_six_times_on_the_documented_plan() {
    let receiver = Receiver::new().await;
    let stage = Stage::telling(&receiver).await;
    receiver.answer(302);
    let id = id(&stage.create().await);
    stage.order(&id, "expire", json!({})).await;
    stage.tick().await;
    assert_eq!(receiver.letters().len(), 1);
    for (tries, wait) in [(2, MINUTE), (3, 5 * MINUTE), (4, HOUR), (5, DAY), (6, 2 * DAY)] {
        stage.pass_and_tick(wait - 1).await;
        assert_eq!(receiver.letters().len(), tries - 1, "too early");
        stage.pass_and_tick(1).await;
        assert_eq!(receiver.letters().len(), tries);
    }
    stage.pass_and_tick(30 * DAY).await;
    assert_eq!(receiver.letters().len(), 6);
    let letters = receiver.letters();
    assert!(letters.iter().all(|letter| letter.raw == letters[0].raw && letter.is_genuine()));
    let webhook = stage.ledger().await["webhooks"][0].clone();
    assert_eq!(webhook["standing"], "given_up");
    assert_eq!(webhook["attempts"].as_array().unwrap().len(), 6);
}

#[tokio::test]
async fn a_message_is_done_after_any_2xx() {
    let receiver = Receiver::new().await;
    let stage = Stage::telling(&receiver).await;
    receiver.answer(503);
    stage.paid(json!({})).await;
    stage.tick().await;
    receiver.answer(204);
    stage.pass_and_tick(MINUTE).await;
    stage.pass_and_tick(10 * DAY).await;
    assert_eq!(receiver.letters().len(), 4, "two refused, two accepted");
    assert_eq!(stage.ledger().await["webhooks"][0]["standing"], "delivered");
}

#[tokio::test]
async fn a_receiver_that_never_answers_has_three_seconds() {
    let receiver = Receiver::new().await;
    let stage = Stage::telling(&receiver).await;
    receiver.hang();
    let id = id(&stage.create().await);
    stage.order(&id, "expire", json!({})).await;
    stage.tick().await;
    let webhook = stage.ledger().await["webhooks"][0].clone();
    assert_eq!(webhook["attempts"][0]["error"], "timeout");
    assert_eq!(webhook["next_attempt_at"], "2026-11-20T10:01:00.000Z");
}

#[tokio::test]
async fn a_rotated_secret_signs_the_next_attempt() {
    let receiver = Receiver::new().await;
    let stage = Stage::telling(&receiver).await;
    receiver.answer(401);
    let id = id(&stage.create().await);
    stage.order(&id, "expire", json!({})).await;
    stage.tick().await;
    stage.control("PUT", "/_config/webhook", json!({"url": receiver.url, "secret": "new"})).await;
    stage.pass_and_tick(MINUTE).await;
    let letters = receiver.letters();
    assert!(letters[0].is_signed_with(SECRET) && letters[1].is_signed_with("new"));
}
