//! After the end: automatic settlement may still charge, and the booking has no other session as long.

use super::browsing::is_paid_once;
use super::stage::{DAY, Stage, last_event};
use crate::e2e::payer::Payer;
use serde_json::json;

#[tokio::test]
async fn i4_a_request_that_the_hotel_cancels_and_then_charges_on_its_own() {
    let stage = Stage::start().await;
    let session = stage.open("RES-1").await;
    stage.act(&session, "cancel", json!({})).await;
    stage.pass(3).await;
    let read = stage.session(&session).await;
    let attempt = &read["attempts"][0];
    assert_eq!((&read["status"], &attempt["watched"]), (&json!("canceled"), &json!(true)), "{read}");
    assert_eq!(attempt["failure"], json!({"code": "canceled_by_merchant", "retry": false}));
    let mut payer = Payer::of(&stage.world);
    payer.open(&session).await;
    assert!(payer.sees("may still be taken from you") && !payer.sees("Try again"), "I10: {}", payer.page);
    assert_eq!(stage.asked_again(&session, "second").await, 409, "I1");
    stage.act(&session, "settle", json!({})).await;
    stage.rest().await;
    let read = stage.session(&session).await;
    assert_eq!((&read["status"], &read["paid_late"]), (&json!("succeeded"), &json!(true)), "{read}");
    assert_eq!(last_event(&read).1, "notification");
    is_paid_once(&stage, &session).await;
    stage.stop().await;
}

/// On the last day of the watch, with every webhook lost; before that, two tries to charge fail.
#[tokio::test]
async fn i4_a_charge_on_the_last_day_of_the_watch_is_found() {
    let stage = Stage::alone().await;
    let session = stage.open("RES-1").await;
    stage.act(&session, "expire", json!({})).await;
    stage.pass(3).await;
    for day in 0..13 {
        if day % 6 == 0 {
            stage.act(&session, "settle", json!({"works": false})).await;
        }
        stage.pass(DAY).await;
        assert_eq!(stage.status(&session).await, "expired", "day {day}");
    }
    stage.act(&session, "settle", json!({})).await;
    stage.pass_days(2).await;
    let read = stage.session(&session).await;
    assert_eq!((&read["status"], &read["paid_late"]), (&json!("succeeded"), &json!(true)), "{read}");
    assert_eq!(last_event(&read).1, "schedule");
    is_paid_once(&stage, &session).await;
    stage.stop().await;
}

#[tokio::test]
async fn i9_after_fourteen_days_the_watch_ends_and_the_booking_is_free() {
    let stage = Stage::start().await;
    let session = stage.open("RES-1").await;
    stage.act(&session, "expire", json!({})).await;
    stage.pass(3).await;
    assert_eq!(stage.status(&session).await, "expired");
    stage.pass_days(13).await;
    assert_eq!(stage.asked_again(&session, "second").await, 409, "the fourteenth day");
    stage.pass_days(2).await;
    let read = stage.session(&session).await;
    assert_eq!(
        (&read["status"], &read["attempts"][0]["watched"]),
        (&json!("expired"), &json!(false)),
        "{read}"
    );
    assert_eq!(stage.asked_again(&session, "third").await, 201);
    assert!(stage.mews.calls("get").await <= 24, "I9");
    stage.stop().await;
}

/// The bank takes longer than our time: the request is canceled, and the charge counts all the same.
#[tokio::test]
async fn i4_a_charge_that_the_bank_was_still_verifying_when_we_canceled() {
    let stage = Stage::with(|property| property.verifying_ms = 40 * 60_000).await;
    let session = stage.open("RES-1").await;
    stage.act(&session, "pay", json!({"outcome": "challenged"})).await;
    stage.act(&session, "verify", json!({})).await;
    stage.pass(31).await;
    assert_eq!(stage.request(&session).await["status"], "Canceled");
    let read = stage.session(&session).await;
    assert_eq!(
        (&read["status"], &read["attempts"][0]["watched"]),
        (&json!("expired"), &json!(true)),
        "{read}"
    );
    assert_eq!(stage.asked_again(&session, "second").await, 409, "I1: the bank may still agree");
    stage.wait(10 * 60).await;
    let read = stage.session(&session).await;
    assert_eq!((&read["status"], &read["paid_late"]), (&json!("succeeded"), &json!(true)), "{read}");
    is_paid_once(&stage, &session).await;
    stage.stop().await;
}
