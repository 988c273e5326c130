//! 3-D Secure: the payment is `Verifying` meanwhile, and the request stays pending.

use super::browsing::{at_mews, is_paid_once, pay};
use super::stage::{CHALLENGED, GOOD, Stage};
use serde_json::Value;

const QUESTION: &str = "Your bank wants to know that it is you";

async fn last_try(stage: &Stage, session: &Value) -> Value {
    stage.request(session).await["attempts"].as_array().unwrap().last().unwrap()["status"].clone()
}

#[tokio::test]
async fn i10_at_mews_verified_while_the_payer_is_back_and_charged_later() {
    let stage = Stage::with(|property| property.verifying_ms = 60_000).await;
    let session = stage.open("RES-1").await;
    let mut browser = at_mews(&session, "mews-secure").await;
    pay(&mut browser, CHALLENGED).await;
    browser.expect_heading(QUESTION).await;
    stage.rest().await;
    stage.wait(5).await;
    browser.press("#approve").await;
    browser.expect_heading("We have not seen your payment yet").await;
    assert_eq!(last_try(&stage, &session).await, "Verifying");
    assert_eq!(stage.status(&session).await, "pending");
    stage.wait(60).await;
    browser.client.refresh().await.unwrap();
    browser.expect_heading("Payment received").await;
    browser.close().await;
    is_paid_once(&stage, &session).await;
    stage.stop().await;
}

#[tokio::test]
async fn at_mews_charged_as_soon_as_the_payer_has_answered() {
    let stage = Stage::start().await;
    let session = stage.open("RES-1").await;
    let mut browser = at_mews(&session, "mews-secure-at-once").await;
    pay(&mut browser, CHALLENGED).await;
    browser.expect_heading(QUESTION).await;
    stage.rest().await;
    stage.wait(5).await;
    browser.press("#approve").await;
    browser.expect_heading("Payment received").await;
    browser.close().await;
    stage.rest().await;
    is_paid_once(&stage, &session).await;
    stage.stop().await;
}

#[tokio::test]
async fn i1_at_mews_refused_by_the_payer_and_then_paid_with_another_card() {
    let stage = Stage::start().await;
    let session = stage.open("RES-1").await;
    let mut browser = at_mews(&session, "mews-secure-refused").await;
    pay(&mut browser, CHALLENGED).await;
    browser.expect_heading(QUESTION).await;
    browser.press("#refuse").await;
    browser.expect_heading("Pay for your booking").await;
    assert_eq!(last_try(&stage, &session).await, "Failed");
    stage.rest().await;
    stage.wait(5).await;
    pay(&mut browser, GOOD).await;
    browser.expect_heading("Payment received").await;
    browser.close().await;
    stage.rest().await;
    is_paid_once(&stage, &session).await;
    stage.stop().await;
}
