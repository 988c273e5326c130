//! A session in `error` "is not final".

use super::stage::{AtBank, booking, events};
use super::widget::Payer;
use bellhop_simulators::bank131::Project;
use serde_json::{Value, json};

/// The session goes to `error`.
const UNSURE: &str = "4000000000000119";

async fn unsure(at: &AtBank) -> Value {
    let session = at.open(&booking("RES-1")).await;
    at.type_card(&session, UNSURE).await;
    at.rest().await;
    let book = at.payment(&session).await;
    assert_eq!((&book["status"], &book["payment_status"]), (&json!("error"), &json!("failed")));
    assert_eq!(at.status(&session).await, "processing", "a failed payment of it is not final either");
    session
}

/// For good: a bank that says nothing by itself.
async fn at_a_silent_bank() -> AtBank {
    AtBank::with(json!({}), Project { error_ms: None, ..Project::default() }).await
}

#[tokio::test]
async fn i10_a_payer_whose_session_is_in_error_is_told_not_to_pay_again_and_it_becomes_paid() {
    let at = AtBank::start().await;
    let session = at.open(&booking("RES-1")).await;
    let mut payer = Payer::with_link(&session, "bank131-error").await;
    payer.type_card(&at, UNSURE).await;
    payer.browser.expect_heading("We are still checking").await;
    at.pass(31).await;
    let read = at.read(&session).await;
    assert_eq!((&read["status"], &read["captured"]), (&json!("succeeded"), &json!(14_500)), "{read}");
    payer.browser.client.refresh().await.expect("the landing again");
    payer.ends_at("Payment received").await;
    assert_eq!(at.payment(&session).await["captured"], 14_500);
    at.stop().await;
}

#[tokio::test]
async fn i4_an_error_that_becomes_accepted_unheard_is_found_by_the_schedule() {
    let at = AtBank::start().await;
    at.bank.lose_webhooks().await;
    let session = at.open(&booking("RES-1")).await;
    at.type_card(&session, UNSURE).await;
    for _ in 0..9 {
        at.pass(5).await;
    }
    assert_eq!(at.status(&session).await, "succeeded");
    at.stop().await;
}

#[tokio::test]
async fn an_error_that_never_ends_is_for_a_person_and_ends_the_doubt_when_it_does() {
    let at = at_a_silent_bank().await;
    let session = unsure(&at).await;
    for _ in 0..20 {
        at.pass(10).await;
        assert_eq!(at.status(&session).await, "processing", "not silently, and not too early");
    }
    for _ in 0..2 {
        at.pass(10).await;
    }
    let read = at.read(&session).await;
    assert_eq!((&read["status"], &read["review"]), (&json!("review"), &json!("still_processing")), "{read}");
    assert_eq!((&read["finished"], &read["captured"]), (&json!(false), &json!(0)));
    assert_eq!(*events(&read).last().unwrap(), "session.review");
    at.act(&session, "settle", json!({"status": "accepted"})).await;
    at.rest().await;
    let read = at.read(&session).await;
    assert_eq!((&read["status"], &read["captured"]), (&json!("succeeded"), &json!(14_500)), "{read}");
    at.stop().await;
}

#[tokio::test]
async fn an_error_that_ends_without_money_lets_the_payer_try_again() {
    let at = at_a_silent_bank().await;
    let session = unsure(&at).await;
    at.act(&session, "settle", json!({"status": "cancelled"})).await;
    at.rest().await;
    let read = at.read(&session).await;
    assert_eq!((&read["status"], &read["attempts"][0]["status"]), (&json!("pending"), &json!("failed")));
    let mut payer = crate::e2e::payer::Payer::of(&at.world);
    payer.open(&session).await;
    assert!(payer.sees("Payment failed") && payer.sees("Try again"), "{}", payer.page);
    at.stop().await;
}

#[tokio::test]
async fn i1_while_nobody_knows_the_booking_takes_no_other_session_and_no_other_try() {
    let at = at_a_silent_bank().await;
    let session = unsure(&at).await;
    let second = at.world.create("second", &booking("RES-1")).await;
    assert_eq!(second.status(), 409);
    let mut payer = crate::e2e::payer::Payer::of(&at.world);
    payer.open(&session).await;
    assert!(payer.sees("do not pay again") && !payer.sees("Try again"), "{}", payer.page);
    at.stop().await;
}
