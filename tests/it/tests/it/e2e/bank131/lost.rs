//! The answer to a create is lost.

use super::stage::{AtBank, WORKS, booking, booking_by, is_paid_once};
use crate::e2e::payer::Payer;
use serde_json::{Value, json};

fn stored_card() -> Value {
    booking_by("RES-1", json!({"flow": "init", "recurrent_token": "card_works"}))
}

#[tokio::test]
async fn i1_a_session_whose_create_answer_was_lost_is_forgotten_and_the_payer_tries_again() {
    for kind in ["answer_lost_after_effect", "error_after", "garbage", "truncated"] {
        let at = AtBank::start().await;
        at.bank.fault(json!({"operation": "create", "kind": kind})).await;
        let session = at.create_unheard(&booking("RES-1")).await;
        at.pass(1).await;
        assert_eq!(at.status(&session).await, "created", "{kind}");
        at.pass(5).await;
        let read = at.read(&session).await;
        let attempt = &read["attempts"][0];
        assert_eq!((&read["status"], &attempt["status"]), (&json!("pending"), &json!("failed")), "{kind}");
        assert_eq!(attempt["failure"], json!({"code": "create_lost", "retry": true}), "{kind}");
        let mut payer = Payer::of(&at.world);
        payer.open(&session).await;
        payer.try_again().await;
        assert!(payer.sees("Pay by card"), "{}", payer.page);
        let next = at.read(&session).await;
        at.act(&next, "pay", json!({"card": WORKS})).await;
        at.rest().await;
        is_paid_once(&at, &session).await;
        let ledger = at.bank.ledger().await;
        assert_eq!((&ledger["payable_now"], at.bank.calls("create").await), (&json!(0), 2), "{kind}");
        at.stop().await;
    }
}

#[tokio::test]
async fn i1_a_payment_whose_create_answer_was_lost_is_adopted_by_its_message() {
    for kind in ["answer_lost_after_effect", "error_after", "garbage", "timeout"] {
        let at = AtBank::start().await;
        at.bank.fault(json!({"operation": "init_payment", "kind": kind})).await;
        let answer = at.create(&stored_card()).await;
        assert!([201, 202].contains(&answer.status().as_u16()), "{kind}: its message may be there before");
        let session: Value = answer.json().await.unwrap();
        at.rest().await;
        is_paid_once(&at, &session).await;
        let read = at.read(&session).await;
        assert_eq!(read["attempts"].as_array().unwrap().len(), 1, "{kind}");
        assert_eq!(at.bank.calls("init_payment").await, 1, "{kind}: never created again");
        at.stop().await;
    }
}

/// The bank has no search: without its message, only a person can tell.
#[tokio::test]
async fn a_payment_whose_create_answer_and_messages_were_lost_is_for_a_person() {
    let at = AtBank::start().await;
    at.bank.lose_webhooks().await;
    at.bank.fault(json!({"operation": "init_payment", "kind": "answer_lost_after_effect"})).await;
    let session = at.create_unheard(&stored_card()).await;
    for _ in 0..3 {
        at.pass(2).await;
    }
    let read = at.read(&session).await;
    assert_eq!((&read["status"], &read["review"]), (&json!("review"), &json!("create_unknown")), "{read}");
    let ledger = at.bank.ledger().await;
    assert_eq!((&ledger["confirms"], &ledger["captured_total"]), (&json!(0), &json!(0)), "nobody said yes");
    at.stop().await;
}

/// The message comes days later, as from the bank's own people.
#[tokio::test]
async fn i4_a_late_message_still_adopts_a_payment_that_a_person_was_asked_about() {
    let at = AtBank::start().await;
    at.bank.fault(json!({"operation": "webhook", "kind": "held", "times": 0})).await;
    at.bank.fault(json!({"operation": "init_payment", "kind": "answer_lost_after_effect"})).await;
    let session = at.create_unheard(&stored_card()).await;
    for _ in 0..3 {
        at.pass(2).await;
    }
    assert_eq!(at.status(&session).await, "review");
    at.bank.clear_faults().await;
    at.rest().await;
    is_paid_once(&at, &session).await;
    at.stop().await;
}

#[tokio::test]
async fn a_create_that_did_nothing_frees_the_key_and_the_booking() {
    for (fault, status) in [
        (json!({"kind": "too_many_requests", "retry_after": 7}), 503),
        (json!({"kind": "error_before", "status": 400, "code": "invalid_request"}), 422),
        (json!({"kind": "error_before", "status": 400, "code": "authorization_error"}), 422),
    ] {
        let at = AtBank::start().await;
        let mut whole = fault.clone();
        whole["operation"] = json!("create");
        at.bank.fault(whole).await;
        assert_eq!(at.create(&booking("RES-1")).await.status(), status, "{fault}");
        let again = at.world.create("second", &booking("RES-1")).await;
        assert_eq!(again.status(), 201, "{fault}");
        at.stop().await;
    }
}
