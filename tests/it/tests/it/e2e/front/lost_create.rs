//! The answer to a create is lost, and the page with it.

use super::stage::{Stage, booking};
use crate::e2e::payer::{PAYS, Payer};
use bellhop_simulators::frontgo::Config;
use serde_json::{Value, json};

/// Opens a session whose create answer never comes.
async fn open_unheard(stage: &Stage, kind: &str) -> Value {
    stage.front.fault(json!({"operation": "create", "kind": kind})).await;
    let answer = stage.create(&booking("RES-1")).await;
    assert_eq!(answer.status(), 202, "{kind}: the outcome is not known");
    answer.json().await.expect("a session")
}

/// The payer tries again, and pays; Front holds the amount once.
async fn try_again_and_pay(stage: &Stage, session: &Value) {
    let mut payer = Payer::of(&stage.world);
    payer.open(session).await;
    assert!(payer.sees("Payment failed") && payer.sees("Try again"), "{}", payer.page);
    payer.try_again().await;
    payer.pay_at_front(PAYS).await;
    assert!(payer.sees("Payment confirmed"), "{}", payer.page);
    stage.rest().await;
    assert_eq!(stage.status(session).await, "authorized");
    let all = stage.front.payments("RES-1").await;
    let held: Vec<_> = all.iter().map(|one| one["authorized"].as_u64().unwrap()).collect();
    assert_eq!(held, [0, 10_000], "I1: held once");
}

#[tokio::test]
async fn i1_a_create_whose_answer_was_lost_is_stopped_and_the_payer_tries_again() {
    let stage = Stage::start().await;
    let session = open_unheard(&stage, "answer_lost_after_effect").await;
    stage.pass(1).await;
    let reservation = stage.reservation(&session).await;
    assert_eq!((&reservation["status"], &reservation["times_opened"]), (&json!("CANCELLED"), &json!(0)));
    let read = stage.session(&session).await;
    let attempt = &read["attempts"][0];
    assert_eq!((&read["status"], &attempt["status"]), (&json!("pending"), &json!("failed")));
    assert_eq!(attempt["failure"], json!({"code": "create_lost", "retry": true}));
    try_again_and_pay(&stage, &session).await;
    assert_eq!(stage.front.calls("create").await, 2);
    stage.stop().await;
}

#[tokio::test]
async fn each_way_of_losing_fronts_answer_ends_with_nothing_that_can_be_paid() {
    let stage = Stage::start().await;
    for (number, kind) in ["error_after", "garbage", "html", "truncated", "timeout"].into_iter().enumerate() {
        stage.front.fault(json!({"operation": "create", "kind": kind})).await;
        let answer = stage.create(&booking(&format!("RES-{number}"))).await;
        assert_eq!(answer.status(), 202, "{kind}");
        let session: Value = answer.json().await.unwrap();
        stage.pass(1).await;
        let attempt = stage.session(&session).await["attempts"][0].clone();
        assert_eq!(attempt["failure"]["code"], "create_lost", "{kind}: {attempt}");
    }
    assert_eq!(stage.front.ledger().await["payable_now"], 0, "I1");
    stage.stop().await;
}

#[tokio::test]
async fn i1_what_cannot_be_stopped_yet_lets_nobody_try_again() {
    let stage = Stage::start().await;
    let session = open_unheard(&stage, "answer_lost_after_effect").await;
    stage.front.fault(json!({"operation": "cancel", "kind": "error_before", "times": 1})).await;
    stage.pass(1).await;
    assert_eq!(stage.status(&session).await, "created");
    assert_eq!(stage.reservation(&session).await["status"], "SENT");
    stage.pass(2).await;
    assert_eq!(stage.reservation(&session).await["status"], "CANCELLED");
    try_again_and_pay(&stage, &session).await;
    stage.stop().await;
}

#[tokio::test]
async fn a_lost_create_that_was_paid_by_a_link_of_fronts_is_not_stopped() {
    let stage = Stage::start().await;
    let session = open_unheard(&stage, "answer_lost_after_effect").await;
    let uuid = stage.reservation(&session).await["payment_id"].as_str().unwrap().to_owned();
    stage.front.act(&uuid, "pay", json!({})).await;
    stage.pass(1).await;
    let read = stage.session(&session).await;
    assert_eq!((&read["status"], &read["authorized"]), (&json!("authorized"), &json!(10_000)));
    stage.stop().await;
}

/// Whether the history shows a bare create is not documented.
#[tokio::test]
async fn i1_what_no_history_shows_counts_as_lost_and_expires_unseen() {
    let stage = Stage::with(Config { creates_in_history: false, ..Config::default() }).await;
    let session = open_unheard(&stage, "answer_lost_after_effect").await;
    stage.pass(1).await;
    assert_eq!(stage.status(&session).await, "created");
    for _ in 0..3 {
        stage.pass(4).await;
    }
    let attempt = stage.session(&session).await["attempts"][0].clone();
    assert_eq!(attempt["failure"]["code"], "create_lost", "{attempt}");
    try_again_and_pay(&stage, &session).await;
    stage.pass(30).await;
    let orphan = stage.front.payments("RES-1").await.remove(0);
    assert_eq!((&orphan["status"], &orphan["times_opened"]), (&json!("EXPIRED"), &json!(0)));
    assert_eq!(stage.status(&session).await, "authorized");
    stage.stop().await;
}
