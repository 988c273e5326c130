//! The widget on our page, in a real browser.

use super::stage::{AtBank, DECLINED, WORKS, booking, events, is_paid_once, last_cause};
use super::widget::Payer;
use serde_json::json;

#[tokio::test]
async fn a_payer_pays_in_the_widget_and_lands_on_paid() {
    let at = AtBank::start().await;
    let session = at.open(&booking("RES-1")).await;
    let mut payer = Payer::with_link(&session, "bank131-paid").await;
    payer.type_card(&at, WORKS).await;
    payer.ends_at("Payment received").await;
    at.rest().await;
    is_paid_once(&at, &session).await;
    let read = at.read(&session).await;
    assert_eq!(events(&read)[..2], ["session.created", "session.pending"]);
    assert_eq!(*events(&read).last().unwrap(), "session.succeeded");
    at.stop().await;
}

#[tokio::test]
async fn i1_a_payer_is_declined_in_the_widget_tries_again_and_pays_once() {
    let at = AtBank::start().await;
    let session = at.open(&booking("RES-1")).await;
    let mut payer = Payer::with_link(&session, "bank131-declined").await;
    payer.type_card(&at, DECLINED).await;
    payer.browser.expect_heading("Payment failed").await;
    payer.browser.press("button").await;
    payer.browser.expect_heading("Pay by card").await;
    payer.type_card(&at, WORKS).await;
    payer.ends_at("Payment received").await;
    let read = at.read(&session).await;
    let attempts = read["attempts"].as_array().unwrap();
    let statuses: Vec<_> = attempts.iter().map(|attempt| attempt["status"].as_str().unwrap()).collect();
    assert_eq!((read["status"].as_str().unwrap(), statuses), ("succeeded", vec!["failed", "succeeded"]));
    let ledger = at.bank.ledger().await;
    assert_eq!((&ledger["captured_total"], &ledger["payable_now"]), (&json!(14_500), &json!(0)));
    at.stop().await;
}

/// The bank waits for our word, and nobody tells us that it does.
#[tokio::test]
async fn i4_a_payer_pays_in_the_widget_and_leaves_and_the_schedule_confirms_it() {
    let at = AtBank::start().await;
    at.bank.lose_webhooks().await;
    let session = at.open(&booking("RES-1")).await;
    let payer = Payer::with_link(&session, "bank131-left").await;
    payer.type_card_and_leave(&at, WORKS).await;
    assert_eq!(at.payment(&session).await["stage"], "confirm");
    assert_eq!(at.status(&session).await, "pending", "nobody told us");
    at.pass(3).await;
    is_paid_once(&at, &session).await;
    assert_eq!(last_cause(&at.read(&session).await), "schedule");
    at.stop().await;
}

#[tokio::test]
async fn i1_a_payer_who_pays_after_the_end_is_not_charged() {
    let at = AtBank::start().await;
    let session = at.open(&booking("RES-1")).await;
    let mut payer = Payer::with_link(&session, "bank131-expired").await;
    at.pass(31).await;
    let read = at.read(&session).await;
    assert_eq!((&read["status"], &read["finished"]), (&json!("expired"), &json!(true)), "{read}");
    payer.type_card(&at, WORKS).await;
    payer.browser.expect_heading("Time ran out").await;
    payer.open(&session).await;
    payer.ends_at("Time ran out").await;
    let ledger = at.bank.ledger().await;
    assert_eq!(
        (&ledger["confirms"], &ledger["cancels"], &ledger["captured_total"], &ledger["payable_now"]),
        (&json!(0), &json!(1), &json!(0), &json!(0))
    );
    at.stop().await;
}

/// The form stays away where its script does not come.
#[tokio::test]
async fn a_form_that_does_not_come_is_told_to_the_payer() {
    let at = AtBank::with(json!({"widget_form": "SomeOtherForm"}), Default::default()).await;
    let session = at.open(&booking("RES-1")).await;
    let mut payer = Payer::with_link(&session, "bank131-no-form").await;
    let told = payer.browser.text("#trouble").await;
    assert!(told.starts_with("The card form could not be shown, and nothing was charged."), "{told}");
    payer.browser.picture("trouble").await;
    payer.browser.close().await;
    at.stop().await;
}
