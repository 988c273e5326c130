//! What was opened, left, and cannot be stopped at the bank.

use super::stage::{AtBank, WORKS, booking, booking_by, is_paid_once};
use bellhop_simulators::bank131::Project;
use serde_json::{Value, json};

const DAY: u64 = 24 * 60;

/// Where the bank does not ask for our word.
async fn where_nobody_is_asked() -> AtBank {
    let project = Project { auto_confirm: true, ..Project::default() };
    AtBank::with(json!({"auto_confirm": true}), project).await
}

async fn is_over_unpaid(at: &AtBank, session: &Value) {
    let read = at.read(session).await;
    let wanted = (&json!("expired"), &json!(true), &json!(0), &Value::Null);
    assert_eq!((&read["status"], &read["finished"], &read["captured"], &read["review"]), wanted, "{read}");
    assert_eq!(at.bank.ledger().await["captured_total"], 0);
}

#[tokio::test]
async fn i1_the_form_of_a_session_that_another_took_the_place_of_takes_no_money() {
    let at = AtBank::start().await;
    let first = at.open(&booking("RES-1")).await;
    at.visit(&first).await;
    let mut other = booking("RES-1");
    other["supersede"] = true.into();
    let second = at.world.create("second", &other).await;
    assert_eq!(second.status(), 201);
    let second: Value = second.json().await.unwrap();
    at.act(&first, "pay", json!({"card": WORKS})).await;
    at.rest().await;
    at.pass(2).await;
    assert_eq!(at.bank.ledger().await["cancels"], 1, "our word was no");
    at.type_card(&second, WORKS).await;
    at.rest().await;
    is_paid_once(&at, &second).await;
    assert_eq!(at.status(&first).await, "canceled");
    at.stop().await;
}

#[tokio::test]
async fn a_session_that_nobody_came_to_is_over_with_our_time() {
    for options in [json!({}), json!({"flow": "start", "recurrent_token": "card_works"})] {
        let at = AtBank::start().await;
        let session = at.open(&booking_by("RES-1", options.clone())).await;
        at.pass(31).await;
        is_over_unpaid(&at, &session).await;
        assert_eq!(at.bank.calls("start_payment").await, 0, "{options}");
        let again = at.world.create("second", &booking("RES-1")).await;
        assert_eq!(again.status(), 201, "the booking is free again");
        at.stop().await;
    }
}

/// A token lives a day, and the bank would take the money without a word.
#[tokio::test]
async fn i1_where_nobody_is_asked_a_form_that_was_shown_ends_a_day_after_our_time() {
    let at = where_nobody_is_asked().await;
    let session = at.open(&booking("RES-1")).await;
    at.visit(&session).await;
    at.pass(31).await;
    assert_eq!(at.status(&session).await, "expiring", "somebody may still pay");
    let second = at.world.create("second", &booking("RES-1")).await;
    assert_eq!(second.status(), 409, "so the booking is not free");
    at.pass(DAY).await;
    at.pass(2 * 60).await;
    is_over_unpaid(&at, &session).await;
    assert_eq!(at.bank.ledger().await["payable_now"], 0);
    at.stop().await;
}

#[tokio::test]
async fn i4_where_nobody_is_asked_a_payment_after_our_time_counts() {
    let at = where_nobody_is_asked().await;
    let session = at.open(&booking("RES-1")).await;
    at.visit(&session).await;
    at.pass(31).await;
    at.act(&session, "pay", json!({"card": WORKS})).await;
    at.rest().await;
    let read = at.read(&session).await;
    assert_eq!((&read["status"], &read["captured"]), (&json!("succeeded"), &json!(14_500)), "{read}");
    at.stop().await;
}

#[tokio::test]
async fn a_code_that_nobody_scans_is_over_when_the_bank_says_so() {
    let at = AtBank::start().await;
    let session = at.open(&booking_by("RES-1", json!({"flow": "init", "qr": {}}))).await;
    at.rest().await;
    at.pass(31).await;
    assert_eq!(at.status(&session).await, "expiring", "it cannot be stopped at the bank");
    at.pass(31).await;
    let read = at.read(&session).await;
    assert_eq!((&read["status"], &read["finished"]), (&json!("expired"), &json!(true)), "{read}");
    at.stop().await;
}

#[tokio::test]
async fn i4_a_code_that_is_scanned_after_our_time_counts() {
    let at = AtBank::start().await;
    let session = at.open(&booking_by("RES-1", json!({"flow": "init", "qr": {}}))).await;
    at.rest().await;
    at.pass(31).await;
    at.act(&session, "approve", json!({})).await;
    at.rest().await;
    is_paid_once(&at, &session).await;
    at.stop().await;
}
