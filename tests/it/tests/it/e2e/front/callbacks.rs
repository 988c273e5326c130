//! Front's callbacks: late, out of order, doubled, forged, and with the border between two values moved.

use super::stage::{DETAILS, Stage, events, id};
use crate::e2e::payer::{PAYS, Payer};
use bellhop_simulators::frontgo::{Callback, Config};
use serde_json::{Value, json};

/// A session that was paid and heard of.
async fn paid(stage: &Stage) -> Value {
    let session = stage.open("RES-1").await;
    stage.pay_unseen(&session).await;
    stage.rest().await;
    assert_eq!(stage.status(&session).await, "authorized");
    session
}

#[tokio::test]
async fn a_payer_who_is_back_before_the_callback_is_told_at_once_and_it_changes_nothing() {
    let stage = Stage::start().await;
    stage.front.fault(json!({"operation": "webhook", "kind": "held"})).await;
    let session = stage.open("RES-1").await;
    let mut payer = Payer::of(&stage.world);
    payer.open(&session).await;
    payer.pay_at_front(PAYS).await;
    assert!(payer.sees("Payment confirmed"), "{}", payer.page);
    let before = events(&stage.session(&session).await).len();
    stage.front.clear_faults().await;
    stage.pass(3).await;
    let read = stage.session(&session).await;
    assert_eq!((read["status"].as_str().unwrap(), events(&read).len()), ("authorized", before));
    stage.stop().await;
}

#[tokio::test]
async fn i2_a_reserved_that_comes_after_the_captured_leads_nowhere_back() {
    let stage = Stage::start().await;
    stage.front.fault(json!({"operation": "webhook", "kind": "reordered"})).await;
    let session = stage.open("RES-1").await;
    stage.pay_unseen(&session).await;
    stage.capture(&session).await;
    stage.rest().await;
    let told: Vec<Value> = stage.front.ledger().await["webhooks"].as_array().unwrap().clone();
    assert!(told.iter().all(|one| one["standing"] == "delivered"), "{told:?}");
    let read = stage.session(&session).await;
    assert_eq!((&read["status"], &read["captured"]), (&json!("succeeded"), &json!(10_000)));
    assert_eq!(events(&read), ["session.created", "session.pending", "session.succeeded"]);
    stage.stop().await;
}

#[tokio::test]
async fn a_callback_before_the_create_answer_is_parked_and_matched() {
    let stage = Stage::start().await;
    stage.front.fault(json!({"operation": "webhook", "kind": "early"})).await;
    let session = stage.open("RES-1").await;
    stage.pass(1).await;
    assert_eq!(stage.status(&session).await, "authorized");
    stage.stop().await;
}

#[tokio::test]
async fn i3_a_forged_callback_is_refused_and_asks_nobody() {
    let stage = Stage::start().await;
    let session = stage.open("RES-1").await;
    let before = stage.front.calls(DETAILS).await;
    stage.front.act(id(&session), "forge", json!({})).await;
    stage.rest().await;
    let told = stage.front.ledger().await["webhooks"][0]["attempts"][0].clone();
    assert_eq!(told["status"], 401, "{told}");
    assert_eq!(stage.front.calls(DETAILS).await, before);
    assert_eq!(stage.status(&session).await, "pending");
    stage.stop().await;
}

#[tokio::test]
async fn i3_a_callback_with_a_moved_border_changes_nothing_and_costs_one_look_at_most() {
    let stage = Stage::start().await;
    let session = paid(&stage).await;
    let (before, asked) = (stage.session(&session).await, stage.front.calls(DETAILS).await);
    stage.front.act(id(&session), "shift", json!({})).await;
    stage.rest().await;
    let told = stage.front.ledger().await["webhooks"][1].clone();
    assert!(told["url"].as_str().unwrap().contains("amount=1001&"), "{told}");
    assert_eq!(told["standing"], "delivered", "the checksum fits: {told}");
    assert!(stage.front.calls(DETAILS).await <= asked + 1);
    assert_eq!(stage.session(&session).await, before);
    stage.stop().await;
}

/// What the borders between the values can be moved to, each with the checksum of the true callback:
/// 100 kroner as 1100, and another reservation's id.
#[tokio::test]
async fn i3_a_hundred_kroner_read_as_eleven_hundred_stay_a_hundred() {
    let callback = Callback { visa: "Visa 1".to_owned(), ..Callback::default() };
    let stage = Stage::with(Config { callback, ..Config::default() }).await;
    let session = paid(&stage).await;
    let (before, asked) = (stage.session(&session).await, stage.front.calls(DETAILS).await);
    let url = stage.front.ledger().await["webhooks"][0]["url"].as_str().unwrap().to_owned();
    let id = id(&session);
    let (head, tail) = id.split_at(id.len() - 1);
    for (own, moved) in [
        ("Visa%201&amount=100&".to_owned(), "Visa%20&amount=1100&".to_owned()),
        (format!("orderUuid={id}&status="), format!("orderUuid={head}&status={tail}")),
    ] {
        let shifted = url.replace(&own, &moved);
        assert_ne!(shifted, url);
        let answer = stage.world.http.get(&shifted).send().await.unwrap();
        assert!(answer.status().is_success(), "the checksum fits: {shifted}");
    }
    stage.rest().await;
    assert!(stage.front.calls(DETAILS).await <= asked + 1, "the other reservation is nobody's");
    assert_eq!(stage.session(&session).await, before);
    stage.stop().await;
}
