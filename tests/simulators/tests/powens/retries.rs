//! Webhook attempts: until accepted, in runs that end early.

use serde_json::{Value, json};

use crate::receiver::Receiver;
use crate::stage::{DAY, MINUTE, Stage, id};

/// Rejects so many payments, each with one message, without sending yet.
async fn rejected(stage: &Stage, count: usize) {
    for _ in 0..count {
        let id = id(&stage.create().await);
        stage.order(&id, "force", json!({"state": "rejected"})).await;
        stage.order(&id, "emit", json!({})).await;
    }
}

async fn webhook(stage: &Stage) -> Value {
    stage.ledger().await["webhooks"][0].clone()
}

#[tokio::test]
async fn a_refused_message_is_sent_again_until_it_is_accepted() {
    let receiver = Receiver::new().await;
    let stage = Stage::telling(&receiver).await;
    receiver.answer(302);
    rejected(&stage, 1).await;
    stage.tick().await;
    for tries in 2..30 {
        stage.pass_and_tick(5 * MINUTE - 1).await;
        assert_eq!(receiver.letters().len(), tries - 1, "too early");
        stage.pass_and_tick(1).await;
        assert_eq!(receiver.letters().len(), tries);
    }
    receiver.answer(204);
    stage.pass_and_tick(5 * MINUTE).await;
    stage.pass_and_tick(DAY).await;
    assert_eq!(receiver.letters().len(), 30);
    assert_eq!(webhook(&stage).await["standing"], "delivered");
    let letters = receiver.letters();
    assert!(letters.iter().all(|letter| letter.id() == letters[0].id()));
}

#[tokio::test]
async fn a_retry_is_dated_again_only_where_the_domain_says_so() {
    for (again, date) in [(false, "2026-11-20T10:00:00.000000Z"), (true, "2026-11-20T10:05:00.000000Z")] {
        let receiver = Receiver::new().await;
        let stage = Stage::telling(&receiver).await;
        let change = json!({"redate_retries": again});
        stage.control("PUT", "/_config/domain", change).await;
        receiver.answer(500);
        rejected(&stage, 1).await;
        stage.tick().await;
        stage.pass_and_tick(5 * MINUTE).await;
        let letters = receiver.letters();
        assert_eq!(letters[1].date, date);
        assert!(letters.iter().all(|letter| letter.is_genuine()));
    }
}

#[tokio::test]
async fn a_run_ends_after_ten_failures_in_a_row() {
    let receiver = Receiver::new().await;
    let stage = Stage::with(|_| {}).await;
    rejected(&stage, 12).await;
    receiver.answer(500);
    let address = json!({"url": receiver.url, "secret": crate::stage::HOOK_SECRET});
    stage.control("PUT", "/_config/webhook", address).await;
    // Without an address they were not queued: the same again, in one step of time.
    stage.fault("webhook", "held", json!({"times": 0})).await;
    rejected(&stage, 12).await;
    stage.control("DELETE", "/_faults", Value::Null).await;
    stage.tick().await;
    assert_eq!(receiver.letters().len(), 10);
    receiver.answer(200);
    stage.pass_and_tick(5 * MINUTE).await;
    assert_eq!(receiver.letters().len(), 22);
}

#[tokio::test]
async fn a_run_ends_after_two_timeouts() {
    let receiver = Receiver::new().await;
    let stage = Stage::telling(&receiver).await;
    stage.control("PUT", "/_config/domain", json!({"webhook_timeout_ms": 20})).await;
    receiver.hang();
    stage.fault("webhook", "held", json!({"times": 0})).await;
    rejected(&stage, 4).await;
    stage.control("DELETE", "/_faults", Value::Null).await;
    stage.tick().await;
    let webhooks = stage.ledger().await["webhooks"].clone();
    let tries: Vec<usize> = webhooks
        .as_array()
        .unwrap()
        .iter()
        .map(|webhook| webhook["attempts"].as_array().unwrap().len())
        .collect();
    assert_eq!(tries, [1, 1, 0, 0]);
    assert_eq!(webhooks[0]["attempts"][0]["error"], "timeout");
    assert_eq!(webhooks[3]["next_attempt_at"], "2026-11-20T10:05:00.000Z");
}

#[tokio::test]
async fn a_new_secret_signs_the_next_attempt() {
    let receiver = Receiver::new().await;
    let stage = Stage::telling(&receiver).await;
    receiver.answer(401);
    rejected(&stage, 1).await;
    stage.tick().await;
    let address = json!({"url": receiver.url, "secret": "new"});
    stage.control("PUT", "/_config/webhook", address).await;
    stage.pass_and_tick(5 * MINUTE).await;
    let letters = receiver.letters();
    assert!(letters[0].is_genuine());
    assert!(letters[1].is_signed_with("new", crate::receiver::PATH));
}
