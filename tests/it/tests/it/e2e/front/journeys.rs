//! What payers do at Front, and what the booking site then reads.

use super::stage::{DETAILS, Stage, events, id, payment_id};
use crate::e2e::payer::{DECLINED, PAYS, Payer};
use serde_json::json;

#[tokio::test]
async fn at_front_a_payer_who_pays_lands_on_held_and_the_site_reads_authorized() {
    let stage = Stage::start().await;
    let session = stage.open("RES-1").await;
    let mut payer = Payer::of(&stage.world);
    payer.open(&session).await;
    payer.pay_at_front(PAYS).await;
    assert!(payer.sees("Payment confirmed"), "{}", payer.page);
    assert!(payer.sees("/stay/RES-1?session_id="), "the way back carries the outcome");
    stage.rest().await;
    let read = stage.session(&session).await;
    assert_eq!((&read["status"], &read["authorized"]), (&json!("authorized"), &json!(10_000)));
    assert_eq!(events(&read), ["session.created", "session.pending", "session.authorized"]);
    stage.stop().await;
}

#[tokio::test]
async fn i4_at_front_every_callback_lost_and_the_payer_gone_the_schedule_finds_the_hold() {
    let stage = Stage::start().await;
    stage.front.lose_webhooks().await;
    let session = stage.open("RES-1").await;
    stage.pay_unseen(&session).await;
    assert_eq!(stage.status(&session).await, "pending", "nobody told us");
    stage.pass(6).await;
    let read = stage.session(&session).await;
    assert_eq!(read["status"], "authorized");
    assert_eq!(read["events"].as_array().unwrap().last().unwrap()["cause"], "schedule");
    stage.stop().await;
}

#[tokio::test]
async fn i4_at_front_the_schedule_finds_what_the_merchant_captured_there() {
    let stage = Stage::start().await;
    stage.front.lose_webhooks().await;
    let session = stage.open("RES-1").await;
    stage.pay_unseen(&session).await;
    stage.pass(6).await;
    stage.capture(&session).await;
    stage.pass(24 * 60 + 10).await;
    let read = stage.session(&session).await;
    let wanted = (&json!("succeeded"), &json!(10_000), &json!(0));
    assert_eq!((&read["status"], &read["captured"], &read["authorized"]), wanted);
    stage.stop().await;
}

#[tokio::test]
async fn at_front_a_declined_payer_pays_with_another_card_on_the_same_page_once() {
    let stage = Stage::start().await;
    let session = stage.open("RES-1").await;
    let mut payer = Payer::of(&stage.world);
    payer.open(&session).await;
    payer.pay_at_front(DECLINED).await;
    assert!(payer.sees("do not pay again") && payer.sees("Continue to payment"), "I10: {}", payer.page);
    stage.pass(1).await;
    payer.open(&session).await;
    payer.pay_at_front(PAYS).await;
    assert!(payer.sees("Payment confirmed"), "{}", payer.page);
    stage.rest().await;
    assert_eq!(stage.status(&session).await, "authorized");
    assert_eq!(stage.reservation(&session).await["authorized"], 10_000, "I1: held once");
    stage.stop().await;
}

#[tokio::test]
async fn at_front_nobody_pays_and_the_session_expires() {
    let stage = Stage::start().await;
    let session = stage.open("RES-1").await;
    stage.pass(32).await;
    assert_eq!(stage.status(&session).await, "expired");
    assert_eq!(stage.reservation(&session).await["payable"], false, "I1");
    let mut late = Payer::of(&stage.world);
    late.open(&session).await;
    assert!(late.at.contains("/return/") && late.sees("Time ran out"), "{}", late.at);
    stage.stop().await;
}

#[tokio::test]
async fn what_the_merchant_cancels_at_front_is_canceled_here() {
    let stage = Stage::start().await;
    let session = stage.open("RES-1").await;
    let provider = stage.provider(json!({}));
    provider.cancels().unwrap().cancel(&payment_id(&session)).await.unwrap();
    stage.pass(6).await;
    assert_eq!(stage.status(&session).await, "canceled", "no callback tells of it, the schedule does");
    let again = stage.world.create("second", &super::stage::booking("RES-1")).await;
    assert_eq!(again.status(), 201, "the booking is free again");
    stage.stop().await;
}

#[tokio::test]
async fn i10_at_front_a_landing_that_cannot_ask_says_so_and_the_callback_brings_the_truth() {
    let stage = Stage::start().await;
    let session = stage.open("RES-1").await;
    let mut payer = Payer::of(&stage.world);
    payer.open(&session).await;
    stage.front.fault(json!({"operation": "webhook", "kind": "held"})).await;
    stage.front.fault(json!({"operation": DETAILS, "kind": "error_before", "status": 500})).await;
    payer.pay_at_front(PAYS).await;
    assert!(payer.sees("do not pay again"), "{}", payer.page);
    stage.front.clear_faults().await;
    stage.rest().await;
    let read = stage.session(&session).await;
    assert_eq!(read["status"], "authorized");
    assert_eq!(read["events"].as_array().unwrap().last().unwrap()["cause"], "notification");
    stage.stop().await;
}

#[tokio::test]
async fn at_front_a_status_of_tomorrow_changes_nothing() {
    let stage = Stage::start().await;
    let session = stage.open("RES-1").await;
    stage.front.fault(json!({"operation": DETAILS, "kind": "unknown_status", "times": 1})).await;
    stage.front.act(id(&session), "pay", json!({})).await;
    stage.rest().await;
    assert_eq!(stage.status(&session).await, "pending");
    stage.pass(6).await;
    assert_eq!(stage.status(&session).await, "authorized");
    stage.stop().await;
}
