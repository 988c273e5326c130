//! Our word, which the bank waits for: given once in effect, and never for another payment than ours.

use super::stage::{AtBank, WORKS, booking, booking_by, events, id, is_paid_once};
use super::widget::Payer;
use crate::e2e::insides::logs;
use serde_json::{Value, json};

/// Nothing was confirmed and nothing taken; the bank was told to stop, once.
async fn was_stopped(at: &AtBank, session: &Value, review: &str) {
    let (read, ledger) = (at.read(session).await, at.bank.ledger().await);
    assert_eq!((&read["status"], &read["review"]), (&json!("review"), &json!(review)), "{read}");
    assert_eq!(
        (&ledger["confirms"], &ledger["cancels"], &ledger["captured_total"]),
        (&json!(0), &json!(1), &json!(0)),
        "{ledger}"
    );
    assert_eq!(at.bank.calls("confirm").await, 0, "not even tried");
    assert_eq!(events(&read).iter().filter(|event| **event == "session.review").count(), 1);
}

#[tokio::test]
async fn i3_an_amount_that_was_changed_in_flight_is_canceled_at_the_bank_and_for_a_person() {
    let at = AtBank::start().await;
    let session = at.open(&booking("RES-1")).await;
    let mut payer = Payer::with_link(&session, "bank131-changed").await;
    at.act(&session, "change_amount", json!({"amount": 1_450_000})).await;
    payer.type_card(&at, WORKS).await;
    payer.ends_at("We are still checking").await;
    was_stopped(&at, &session, "amount_differs").await;
    at.stop().await;
}

#[tokio::test]
async fn i3_a_currency_or_an_amount_changed_before_our_word_is_never_confirmed() {
    for (with, review) in [
        (json!({"amount": 1}), "amount_differs"),
        (json!({"amount": 14_500, "currency": "usd"}), "currency_differs"),
    ] {
        let at = AtBank::start().await;
        at.bank.lose_webhooks().await;
        let session = at.open(&booking("RES-1")).await;
        at.type_card(&session, WORKS).await;
        at.act(&session, "change_amount", with).await;
        at.pass(3).await;
        was_stopped(&at, &session, review).await;
        at.stop().await;
    }
}

#[tokio::test]
async fn i3_a_payment_that_names_another_customer_is_never_confirmed() {
    for options in [json!({}), json!({"customer": {"reference": "guest-7"}})] {
        for other in ["RES-2", "RES-1 "] {
            let at = AtBank::start().await;
            let session = at.open(&booking_by("RES-1", options.clone())).await;
            at.act(&session, "change_reference", json!({"reference": other})).await;
            at.visit(&session).await;
            at.bank.act(id(&session), "pay", json!({})).await;
            at.rest().await;
            let ledger = at.bank.ledger().await;
            was_stopped(&at, &session, "reference_differs").await;
            assert_eq!(ledger["payments"][0]["payment_reference"], other);
            at.stop().await;
        }
    }
}

#[tokio::test]
async fn i3_a_refusal_that_did_not_reach_the_bank_is_given_again_within_minutes() {
    let at = AtBank::start().await;
    let session = at.open(&booking("RES-1")).await;
    at.visit(&session).await;
    at.act(&session, "change_amount", json!({"amount": 1})).await;
    at.bank.fault(json!({"operation": "cancel", "kind": "error_before", "status": 500})).await;
    at.pay(&session).await;
    assert_eq!(at.payment(&session).await["stage"], "confirm", "it still waits");
    assert_eq!(at.status(&session).await, "review");
    at.pass(3).await;
    was_stopped(&at, &session, "amount_differs").await;
    at.stop().await;
}

#[tokio::test]
async fn i1_a_confirm_whose_answer_was_lost_is_confirmed_once_in_effect() {
    for kind in ["answer_lost_after_effect", "error_after", "garbage", "html", "truncated", "timeout"] {
        let at = AtBank::start().await;
        let session = at.open(&booking("RES-1")).await;
        at.bank.fault(json!({"operation": "confirm", "kind": kind})).await;
        at.pay(&session).await;
        is_paid_once(&at, &session).await;
        assert_eq!(at.bank.calls("confirm").await, 1, "{kind}: what became of it was read back");
        at.stop().await;
    }
}

#[tokio::test]
async fn a_confirm_answer_that_was_lost_is_nothing_that_the_payer_sees() {
    let at = AtBank::start().await;
    let session = at.open(&booking("RES-1")).await;
    at.bank.fault(json!({"operation": "confirm", "kind": "answer_lost_after_effect"})).await;
    let mut payer = Payer::with_link(&session, "bank131-confirm-lost").await;
    payer.type_card(&at, WORKS).await;
    payer.ends_at("Payment received").await;
    is_paid_once(&at, &session).await;
    at.stop().await;
}

/// Nothing was heard of the confirm, and nothing of the look behind it.
#[tokio::test]
async fn i1_a_confirm_of_which_nothing_was_heard_is_settled_by_the_next_look() {
    let at = AtBank::start().await;
    at.bank.lose_webhooks().await;
    let session = at.open(&booking("RES-1")).await;
    at.type_card(&session, WORKS).await;
    at.bank.fault(json!({"operation": "confirm", "kind": "answer_lost_after_effect"})).await;
    at.bank.fault(json!({"operation": "status", "kind": "error_before", "skip": 1})).await;
    at.pass(3).await;
    assert_eq!(at.status(&session).await, "pending", "nobody knows");
    at.pass(3).await;
    is_paid_once(&at, &session).await;
    at.stop().await;
}

#[tokio::test]
async fn i4_a_confirm_that_did_not_reach_the_bank_is_given_again_within_minutes() {
    for fault in [
        json!({"kind": "error_before", "status": 500}),
        json!({"kind": "error_before", "status": 503}),
        json!({"kind": "timeout", "effect": false}),
        json!({"kind": "reset"}),
        json!({"kind": "too_many_requests", "retry_after": 30}),
    ] {
        let at = AtBank::start().await;
        let session = at.open(&booking("RES-1")).await;
        let mut whole = fault.clone();
        whole["operation"] = json!("confirm");
        at.bank.fault(whole).await;
        at.pay(&session).await;
        assert_eq!(at.payment(&session).await["stage"], "confirm", "{fault}");
        at.pass(3).await;
        is_paid_once(&at, &session).await;
        assert_eq!(at.bank.calls("confirm").await, 2, "{fault}");
        at.stop().await;
    }
}

/// "Already in progress or processed": the key was used, and only a look tells what became of it.
#[tokio::test]
async fn a_confirm_whose_key_was_used_is_no_error_and_is_settled_by_looking() {
    for kind in ["error_after", "error_before"] {
        let at = AtBank::start().await;
        let session = at.open(&booking("RES-1")).await;
        let used = "idempotency_key_already_exists";
        at.bank.fault(json!({"operation": "confirm", "kind": kind, "status": 400, "code": used})).await;
        at.pay(&session).await;
        at.pass(3).await;
        is_paid_once(&at, &session).await;
        let logs = logs(&at.world);
        assert!(!logs.contains("was not worked off"), "{kind}: {logs}");
        at.stop().await;
    }
}

#[tokio::test]
async fn i1_two_looks_at_once_confirm_once() {
    let at = AtBank::start().await;
    at.bank.fault(json!({"operation": "webhook", "kind": "doubled", "times": 0})).await;
    let session = at.open(&booking("RES-1")).await;
    at.type_card(&session, WORKS).await;
    let landing = session["pay_url"].as_str().unwrap().replace("/pay/", "/return/");
    let see = || at.world.http.get(&landing).send();
    let (one, two, ()) = tokio::join!(see(), see(), at.rest());
    assert_eq!((one.unwrap().status().as_u16(), two.unwrap().status().as_u16()), (200, 200));
    at.rest().await;
    is_paid_once(&at, &session).await;
    at.stop().await;
}

/// What the payer began and the merchant's word: a stored card is confirmed like any other.
#[tokio::test]
async fn i3_a_stored_card_with_another_amount_is_stopped_too() {
    let at = AtBank::start().await;
    at.bank.lose_webhooks().await;
    let options = json!({"flow": "init", "recurrent_token": "card_works"});
    let session = at.open(&booking_by("RES-1", options)).await;
    at.act(&session, "change_amount", json!({"amount": 14_501})).await;
    at.pass(3).await;
    was_stopped(&at, &session, "amount_differs").await;
    at.stop().await;
}
