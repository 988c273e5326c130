//! A hold that the booking site wished to have taken at once: we take it, once.

use super::stage::{Stage, events};
use crate::e2e::payer::{PAYS, Payer};
use serde_json::{Value, json};

/// Taken, and by one call that had its effect.
async fn taken_once(stage: &Stage, session: &Value) {
    let read = stage.session(session).await;
    let wanted = (&json!("succeeded"), &json!(10_000), &json!(0));
    assert_eq!((&read["status"], &read["captured"], &read["authorized"]), wanted, "{read}");
    let book = stage.reservation(session).await;
    let takings = book["takings"].as_array().unwrap();
    assert_eq!((takings.len(), &takings[0]["amount"]), (1, &json!(10_000)), "I1: {book}");
}

#[tokio::test]
async fn an_automatic_capture_is_made_before_the_payer_lands_and_says_paid() {
    let stage = Stage::start().await;
    let session = stage.open_automatic("RES-1").await;
    let mut payer = Payer::of(&stage.world);
    payer.open(&session).await;
    payer.pay_at_front(PAYS).await;
    assert!(payer.sees("Payment received"), "{}", payer.page);
    stage.rest().await;
    taken_once(&stage, &session).await;
    let read = stage.session(&session).await;
    assert_eq!(events(&read), ["session.created", "session.pending", "session.succeeded"]);
    assert_eq!(stage.front.calls("capture").await, 1);
    stage.stop().await;
}

#[tokio::test]
async fn i4_an_automatic_capture_is_made_by_the_schedule_with_the_payer_gone_and_all_callbacks_lost() {
    let stage = Stage::start().await;
    stage.front.lose_webhooks().await;
    let session = stage.open_automatic("RES-1").await;
    stage.pay_unseen(&session).await;
    stage.pass(6).await;
    taken_once(&stage, &session).await;
    stage.stop().await;
}

#[tokio::test]
async fn i1_an_automatic_capture_whose_answer_was_lost_takes_the_money_once() {
    for kind in ["answer_lost_after_effect", "error_after", "garbage", "truncated"] {
        let stage = Stage::start().await;
        let session = stage.open_automatic("RES-1").await;
        stage.front.fault(json!({"operation": "capture", "kind": kind})).await;
        stage.pay_unseen(&session).await;
        stage.rest().await;
        stage.pass(6).await;
        taken_once(&stage, &session).await;
        assert_eq!(stage.front.calls("capture").await, 1, "{kind}");
        stage.stop().await;
    }
}

/// Neither the capture's answer nor the look behind it came: nobody knows, and the next look does.
#[tokio::test]
async fn i1_an_automatic_capture_of_which_nothing_was_heard_is_not_made_again() {
    let stage = Stage::start().await;
    stage.front.lose_webhooks().await;
    let session = stage.open_automatic("RES-1").await;
    stage.front.fault(json!({"operation": "capture", "kind": "answer_lost_after_effect"})).await;
    // The look and the one within the capture come through, and then none.
    let down = json!({"operation": "details", "kind": "error_before", "skip": 2, "times": 1});
    stage.front.fault(down).await;
    stage.pay_unseen(&session).await;
    stage.pass(6).await;
    assert_eq!(stage.reservation(&session).await["status"], "CAPTURED");
    stage.pass(10).await;
    taken_once(&stage, &session).await;
    assert_eq!(stage.front.calls("capture").await, 1);
    stage.stop().await;
}

#[tokio::test]
async fn an_automatic_capture_that_did_nothing_is_made_by_a_later_look() {
    let stage = Stage::start().await;
    let session = stage.open_automatic("RES-1").await;
    stage.front.fault(json!({"operation": "capture", "kind": "error_before", "status": 500})).await;
    stage.pay_unseen(&session).await;
    stage.rest().await;
    assert_eq!(stage.status(&session).await, "authorized");
    stage.pass(3).await;
    taken_once(&stage, &session).await;
    stage.stop().await;
}
