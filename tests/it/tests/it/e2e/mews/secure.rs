//! 3-D Secure: the payment is `Verifying` meanwhile, and the request stays pending.

use super::browsing::{at_mews, lands_on_paid, pay};
use super::stage::{CHALLENGED, GOOD, Stage};
use crate::e2e::browser::Browser;
use serde_json::Value;

const QUESTION: &str = "Your bank wants to know that it is you";

async fn last_try(stage: &Stage, session: &Value) -> Value {
    stage.request(session).await["attempts"].as_array().unwrap().last().unwrap()["status"].clone()
}

/// A payer whose bank asks who they are; what was told of it until then is looked at.
async fn questioned(stage: &Stage, test: &'static str) -> (Value, Browser) {
    let session = stage.open("RES-1").await;
    let mut browser = at_mews(&session, test).await;
    pay(&mut browser, CHALLENGED).await;
    browser.expect_heading(QUESTION).await;
    stage.rest().await;
    stage.wait(5).await;
    (session, browser)
}

#[tokio::test]
async fn i10_at_mews_verified_while_the_payer_is_back_and_charged_later() {
    let stage = Stage::with(|property| property.verifying_ms = 60_000).await;
    let (session, mut browser) = questioned(&stage, "mews-secure").await;
    browser.press("#approve").await;
    browser.expect_heading("We have not seen your payment yet").await;
    assert_eq!(last_try(&stage, &session).await, "Verifying");
    assert_eq!(stage.status(&session).await, "pending");
    stage.wait(60).await;
    browser.client.refresh().await.unwrap();
    lands_on_paid(&stage, &session, browser).await;
    stage.stop().await;
}

#[tokio::test]
async fn at_mews_charged_as_soon_as_the_payer_has_answered() {
    let stage = Stage::start().await;
    let (session, browser) = questioned(&stage, "mews-secure-at-once").await;
    browser.press("#approve").await;
    lands_on_paid(&stage, &session, browser).await;
    stage.stop().await;
}

#[tokio::test]
async fn i1_at_mews_refused_by_the_payer_and_then_paid_with_another_card() {
    let stage = Stage::start().await;
    let (session, mut browser) = questioned(&stage, "mews-secure-refused").await;
    browser.press("#refuse").await;
    browser.expect_heading("Pay for your booking").await;
    assert_eq!(last_try(&stage, &session).await, "Failed");
    stage.rest().await;
    stage.wait(5).await;
    pay(&mut browser, GOOD).await;
    lands_on_paid(&stage, &session, browser).await;
    stage.stop().await;
}
