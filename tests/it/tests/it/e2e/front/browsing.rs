//! Front's page in a real browser, from the payer's link to our landing.

use super::stage::{Stage, events, id, payment_id};
use crate::e2e::browser::Browser;
use crate::e2e::payer::{DECLINED, PAYS};
use serde_json::{Value, json};

/// A payer at Front's page.
async fn at_front(stage: &Stage, test: &'static str) -> (Value, Browser) {
    let session = stage.open("RES-1").await;
    let browser = at_front_with(&session, test).await;
    (session, browser)
}

/// The payer of this session at Front's page.
async fn at_front_with(session: &Value, test: &'static str) -> Browser {
    let mut browser = Browser::at("", test).await;
    browser.client.goto(session["pay_url"].as_str().unwrap()).await.unwrap();
    browser.expect_heading("Pay by card").await;
    assert_eq!(browser.text("#amount").await, "100.00 kr");
    browser
}

async fn pay(browser: &mut Browser, number: &str) {
    browser.fill_short_card(number).await;
    browser.press("#pay").await;
}

#[tokio::test]
async fn at_front_paid_and_taken_at_once() {
    let stage = Stage::start().await;
    let session = stage.open_automatic("RES-1").await;
    let mut browser = at_front_with(&session, "front-automatic").await;
    pay(&mut browser, PAYS).await;
    browser.expect_heading("Payment received").await;
    browser.close().await;
    stage.rest().await;
    let read = stage.session(&session).await;
    assert_eq!((&read["status"], &read["captured"]), (&json!("succeeded"), &json!(10_000)));
    assert_eq!(stage.reservation(&session).await["captured"], 10_000);
    stage.stop().await;
}

#[tokio::test]
async fn at_front_paid_and_held() {
    let stage = Stage::start().await;
    let (session, mut browser) = at_front(&stage, "front-paid").await;
    pay(&mut browser, PAYS).await;
    browser.expect_heading("Payment confirmed").await;
    browser.close().await;
    stage.rest().await;
    let read = stage.session(&session).await;
    assert_eq!((&read["status"], &read["authorized"]), (&json!("authorized"), &json!(10_000)));
    stage.stop().await;
}

#[tokio::test]
async fn at_front_declined_and_then_paid_with_another_card() {
    let stage = Stage::start().await;
    let (session, mut browser) = at_front(&stage, "front-declined").await;
    pay(&mut browser, DECLINED).await;
    browser.expect_heading("We have not seen your payment yet").await;
    assert_eq!(stage.status(&session).await, "pending", "they tell nobody of a decline");
    stage.pass(1).await;
    browser.press("a.button").await;
    browser.expect_heading("Pay by card").await;
    pay(&mut browser, PAYS).await;
    browser.expect_heading("Payment confirmed").await;
    browser.close().await;
    assert_eq!(stage.reservation(&session).await["authorized"], 10_000, "I1: held once");
    stage.stop().await;
}

#[tokio::test]
async fn at_front_canceled_by_the_payer_and_then_by_the_merchant() {
    let stage = Stage::start().await;
    let (session, mut browser) = at_front(&stage, "front-canceled").await;
    browser.press("#cancel-payment").await;
    browser.expect_heading("We have not seen your payment yet").await;
    let provider = stage.provider(json!({}));
    provider.cancels().unwrap().cancel(&payment_id(&session)).await.unwrap();
    stage.pass(6).await;
    browser.client.refresh().await.unwrap();
    browser.expect_heading("Payment canceled").await;
    browser.close().await;
    assert_eq!(stage.status(&session).await, "canceled");
    assert_eq!(stage.front.ledger().await["payable_now"], 0, "I1");
    stage.stop().await;
}

#[tokio::test]
async fn i4_at_front_left_without_returning_the_schedule_finds_the_hold() {
    let stage = Stage::start().await;
    stage.front.lose_webhooks().await;
    let (session, mut browser) = at_front(&stage, "front-left").await;
    let landing = stage.landing(&session).await;
    browser.fill_short_card(PAYS).await;
    browser.send_and_leave(&stage.world, "#card-form").await;
    assert_eq!(stage.reservation(&session).await["status"], "RESERVED");
    assert_eq!(stage.status(&session).await, "pending", "nobody told us");
    stage.pass(6).await;
    assert_eq!(stage.status(&session).await, "authorized");
    let mut later = Browser::at("", "front-left-later").await;
    later.client.goto(&landing).await.unwrap();
    later.expect_heading("Payment confirmed").await;
    later.close().await;
    stage.stop().await;
}

#[tokio::test]
async fn at_front_expired_at_the_due_date() {
    let stage = Stage::start().await;
    let (session, mut browser) = at_front(&stage, "front-expired").await;
    let due = stage.reservation(&session).await["due_at"].clone();
    assert_eq!(due, "2026-11-20T12:30:00.000Z", "the end of the session");
    stage.pass(32).await;
    assert_eq!(stage.status(&session).await, "expired");
    pay(&mut browser, PAYS).await;
    browser.expect_heading("This order can no longer be paid").await;
    browser.press("#return-url").await;
    browser.expect_heading("Time ran out").await;
    browser.close().await;
    assert_eq!(stage.reservation(&session).await["authorized"], 0);
    stage.stop().await;
}

#[tokio::test]
async fn at_front_returned_before_the_callback() {
    let stage = Stage::start().await;
    stage.front.fault(json!({"operation": "webhook", "kind": "held"})).await;
    let (session, mut browser) = at_front(&stage, "front-returned-first").await;
    pay(&mut browser, PAYS).await;
    browser.expect_heading("Payment confirmed").await;
    let before = stage.session(&session).await;
    stage.front.clear_faults().await;
    stage.pass(3).await;
    let read = stage.session(&session).await;
    assert_eq!((&read["status"], events(&read)), (&json!("authorized"), events(&before)));
    let told = stage.front.ledger().await["webhooks"][0].clone();
    assert_eq!((&told["payment_id"], &told["standing"]), (&json!(id(&session)), &json!("delivered")));
    browser.close().await;
    stage.stop().await;
}

#[tokio::test]
async fn i4_at_front_all_callbacks_lost_the_return_and_the_schedule_find_all() {
    let stage = Stage::start().await;
    stage.front.lose_webhooks().await;
    let (session, mut browser) = at_front(&stage, "front-all-lost").await;
    pay(&mut browser, PAYS).await;
    browser.expect_heading("Payment confirmed").await;
    stage.capture(&session).await;
    stage.pass(24 * 60 + 10).await;
    browser.client.refresh().await.unwrap();
    browser.expect_heading("Payment received").await;
    browser.close().await;
    let read = stage.session(&session).await;
    assert_eq!((&read["status"], &read["captured"]), (&json!("succeeded"), &json!(10_000)));
    stage.stop().await;
}

#[tokio::test]
async fn i1_at_front_a_lost_create_answer_lets_the_payer_try_again() {
    let stage = Stage::start().await;
    stage.front.fault(json!({"operation": "create", "kind": "answer_lost_after_effect"})).await;
    let answer = stage.create(&super::stage::booking("RES-1")).await;
    let session: Value = answer.json().await.unwrap();
    stage.pass(1).await;
    let mut browser = Browser::at("", "front-lost-create").await;
    browser.client.goto(session["pay_url"].as_str().unwrap()).await.unwrap();
    browser.expect_heading("Payment failed").await;
    browser.press("button").await;
    browser.expect_heading("Pay by card").await;
    pay(&mut browser, PAYS).await;
    browser.expect_heading("Payment confirmed").await;
    browser.close().await;
    stage.rest().await;
    assert_eq!(stage.status(&session).await, "authorized");
    stage.stop().await;
}
