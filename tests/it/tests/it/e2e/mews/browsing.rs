//! The page of a payment request in a real browser, from the payer's link to our landing.

use super::stage::{DAY, GOOD, REFUSED, Stage, TWO_NIGHTS, last_event, request_id, with_options};
use crate::e2e::browser::Browser;
use serde_json::{Value, json};

/// The payer of this session at Mews' page.
pub async fn at_mews(session: &Value, test: &'static str) -> Browser {
    let mut browser = Browser::at("", test).await;
    browser.client.goto(session["pay_url"].as_str().unwrap()).await.unwrap();
    browser.expect_heading("Pay for your booking").await;
    assert_eq!(browser.text("#amount").await, "929.70 EUR");
    browser
}

pub async fn pay(browser: &mut Browser, number: &str) {
    browser.fill_short_card(number).await;
    browser.press("#pay").await;
}

/// Charged once for one booking, and so it reads.
pub async fn is_paid_once(stage: &Stage, session: &Value) {
    let read = stage.session(session).await;
    assert_eq!((&read["status"], &read["captured"]), (&json!("succeeded"), &json!(TWO_NIGHTS)), "{read}");
    let ledger = stage.mews.ledger().await;
    assert_eq!(ledger["charged"], json!({"EUR": "929.70"}));
    assert_eq!((&ledger["captured_total"], stage.groups().await.len()), (&json!(TWO_NIGHTS), 1));
}

/// The landing says paid, and so does the ledger.
pub async fn lands_on_paid(stage: &Stage, session: &Value, mut browser: Browser) {
    browser.expect_heading("Payment received").await;
    browser.close().await;
    stage.rest().await;
    is_paid_once(stage, session).await;
}

#[tokio::test]
async fn at_mews_a_booking_of_ours_is_paid() {
    let stage = Stage::start().await;
    let session = stage.open("RES-1").await;
    let mut browser = at_mews(&session, "mews-paid").await;
    pay(&mut browser, GOOD).await;
    lands_on_paid(&stage, &session, browser).await;
    stage.stop().await;
}

#[tokio::test]
async fn at_mews_a_request_that_was_there_is_paid_and_nothing_is_booked() {
    let stage = Stage::start().await;
    let named = stage.book_there().await;
    let session = stage.opened(&with_options("RES-1", named.clone())).await;
    assert_eq!(stage.mews.calls("create").await, 1, "the booking site's own");
    assert_eq!(request_id(&session), named["payment_request_id"]);
    let mut browser = at_mews(&session, "mews-given").await;
    pay(&mut browser, GOOD).await;
    lands_on_paid(&stage, &session, browser).await;
    stage.stop().await;
}

/// "Try to pay again" (seed 000): the same request, until it is final.
#[tokio::test]
async fn i1_at_mews_a_refused_payer_pays_on_the_same_request() {
    let stage = Stage::start().await;
    let session = stage.open("RES-1").await;
    let mut browser = at_mews(&session, "mews-refused").await;
    pay(&mut browser, REFUSED).await;
    assert_eq!(browser.text("#problems").await, "The payment was refused. You can try again.");
    let page = browser.client.current_url().await.unwrap();
    stage.rest().await;
    stage.wait(5).await;
    browser.press("#leave").await;
    browser.expect_heading("We have not seen your payment yet").await;
    assert_eq!(stage.status(&session).await, "pending", "a refused card ends nothing");
    browser.press("a.button").await;
    browser.expect_heading("Pay for your booking").await;
    assert_eq!(browser.client.current_url().await.unwrap(), page, "the same request, and the same way back");
    stage.wait(5).await;
    pay(&mut browser, GOOD).await;
    lands_on_paid(&stage, &session, browser).await;
    let request = stage.request(&session).await;
    let tries: Vec<&str> =
        request["attempts"].as_array().unwrap().iter().filter_map(|one| one["status"].as_str()).collect();
    assert_eq!((&request["times_opened"], tries), (&json!(2), vec!["Failed", "Charged"]));
    assert_eq!(stage.session(&session).await["attempts"].as_array().unwrap().len(), 1);
    stage.stop().await;
}

#[tokio::test]
async fn i4_at_mews_left_without_returning_the_schedule_finds_the_charge() {
    let stage = Stage::alone().await;
    let session = stage.open("RES-1").await;
    let mut browser = at_mews(&session, "mews-left").await;
    browser.fill_short_card(GOOD).await;
    browser.send_and_leave(&stage.world, "form").await;
    assert_eq!(stage.request(&session).await["status"], "Completed");
    assert_eq!(stage.status(&session).await, "pending", "nobody told us");
    stage.pass(3).await;
    is_paid_once(&stage, &session).await;
    assert_eq!(last_event(&stage.session(&session).await), ("session.succeeded", "schedule"));
    let mut later = Browser::at("", "mews-left-later").await;
    later.client.goto(&super::stage::landing(&session)).await.unwrap();
    later.expect_heading("Payment received").await;
    later.close().await;
    stage.stop().await;
}

#[tokio::test]
async fn at_mews_expired_with_the_request() {
    let stage = Stage::alone().await;
    let session = stage.open("RES-1").await;
    let mut browser = at_mews(&session, "mews-expired").await;
    stage.pass(DAY + 10).await;
    assert_eq!(stage.status(&session).await, "expired");
    pay(&mut browser, GOOD).await;
    browser.expect_heading("This payment request has expired").await;
    browser.press("#return-url").await;
    browser.expect_heading("Time ran out").await;
    browser.close().await;
    assert_eq!(stage.request(&session).await["captured"], 0);
    stage.stop().await;
}

#[tokio::test]
async fn i4_at_mews_expired_and_then_charged_on_its_own() {
    let stage = Stage::alone_with(|property| property.settlement_after_ms = Some(30 * 60_000)).await;
    let session = stage.open("RES-1").await;
    let mut browser = at_mews(&session, "mews-late").await;
    stage.pass(DAY + 10).await;
    browser.client.goto(&super::stage::landing(&session)).await.unwrap();
    browser.expect_heading("Time ran out").await;
    let told = browser.text("main").await;
    assert!(told.contains("the amount may still be taken from you"), "I10: {told}");
    assert_eq!(stage.asked_again(&session, "second").await, 409, "I1: no other way to pay meanwhile");
    stage.pass(3 * 60).await;
    let read = stage.session(&session).await;
    assert_eq!((&read["status"], &read["paid_late"]), (&json!("succeeded"), &json!(true)), "{read}");
    browser.client.refresh().await.unwrap();
    browser.expect_heading("Payment received").await;
    browser.close().await;
    assert_eq!(stage.request(&session).await["status"], "Expired", "the request stays as it ended");
    is_paid_once(&stage, &session).await;
    assert_eq!(stage.asked_again(&session, "third").await, 409);
    stage.stop().await;
}
