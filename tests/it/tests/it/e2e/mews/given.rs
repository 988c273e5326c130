//! A payment request that was there already: whose it is, and that it is only one session's.

use super::browsing::is_paid_once;
use super::stage::{GOOD, Stage, with_options};
use crate::e2e::payer::Payer;
use serde_json::{Value, json};

#[tokio::test]
async fn i1_a_payment_request_is_one_bookings_and_no_others() {
    let stage = Stage::start().await;
    let named = stage.book_there().await;
    let first = stage.opened(&with_options("RES-1", named.clone())).await;
    let answer = stage.create(&with_options("RES-2", named)).await;
    let status = answer.status();
    let problem: Value = answer.json().await.unwrap();
    assert_eq!((status.as_u16(), &problem["code"]), (422, &json!("provider_refused")), "{problem}");
    let mut payer = Payer::of(&stage.world);
    payer.open(&first).await;
    payer.pay_at_mews(GOOD).await;
    stage.rest().await;
    stage.pass(3).await;
    is_paid_once(&stage, &first).await;
    let listed = stage.world.call("GET", "/v1/sessions?reference=RES-2").send().await.unwrap();
    let listed: Value = listed.json().await.unwrap();
    let second = &listed["data"][0];
    assert_eq!((&second["status"], &second["captured"]), (&json!("failed"), &json!(0)), "{listed}");
    stage.stop().await;
}

/// A booking of ours, named again by the booking site as if it were its own.
#[tokio::test]
async fn i1_a_request_of_a_booking_of_ours_is_nobody_elses_either() {
    let stage = Stage::start().await;
    let first = stage.open("RES-1").await;
    let group = stage.request(&first).await;
    let named = json!({
        "payment_request_id": group["payment_id"], "reservation_group_id": group["group_id"],
    });
    assert_eq!(stage.create(&with_options("RES-2", named)).await.status(), 422);
    stage.act(&first, "pay", json!({})).await;
    stage.rest().await;
    is_paid_once(&stage, &first).await;
    stage.stop().await;
}

/// Nothing is called to open it, so what is not there shows at the first look.
#[tokio::test]
async fn a_request_that_mews_does_not_know_is_never_paid() {
    let stage = Stage::alone().await;
    let named = json!({
        "payment_request_id": "ace78dac-a0f3-420e-8a42-acfb00b9e1e5",
        "reservation_group_id": "f6fa7e62-eb22-4176-bc49-e521d0524dee",
    });
    let session = stage.opened(&with_options("RES-1", named)).await;
    stage.pass(3).await;
    let read = stage.session(&session).await;
    assert_eq!((&read["status"], &read["captured"]), (&json!("pending"), &json!(0)), "{read}");
    stage.stop().await;
}

#[tokio::test]
async fn a_request_that_was_paid_before_is_not_paid_again() {
    let stage = Stage::start().await;
    let named = stage.book_there().await;
    stage.mews.act(named["payment_request_id"].as_str().unwrap(), "pay", json!({})).await;
    let session = stage.opened(&with_options("RES-1", named)).await;
    let mut payer = Payer::of(&stage.world);
    payer.open(&session).await;
    assert!(payer.sees("Payment received"), "its message was parked: {}", payer.page);
    is_paid_once(&stage, &session).await;
    stage.stop().await;
}
