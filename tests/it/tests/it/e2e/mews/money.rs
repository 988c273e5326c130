//! Whose money it is, how much, and in which currency: only what is charged for our request counts.

use super::browsing::is_paid_once;
use super::stage::{GOOD, REFUSED, Stage, TWO_NIGHTS, booking, events};
use crate::e2e::payer::Payer;
use bellhop_simulators::mews::Conversion;
use serde_json::{Value, json};

#[tokio::test]
async fn a_charge_in_the_cards_own_currency_is_recorded_and_confuses_nothing() {
    let dollars = Conversion { currency: "USD".to_owned(), rate: "1.0824".to_owned() };
    let stage = Stage::with(|property| property.charges_in = Some(dollars)).await;
    let session = stage.open("RES-1").await;
    let mut payer = Payer::of(&stage.world);
    payer.open(&session).await;
    payer.pay_at_mews(GOOD).await;
    assert!(payer.sees("Payment received"), "{}", payer.page);
    stage.rest().await;
    let read = stage.session(&session).await;
    assert_eq!((&read["status"], &read["captured"]), (&json!("succeeded"), &json!(TWO_NIGHTS)), "{read}");
    assert_eq!(read["attempts"][0]["charged_as"], json!({"value": 100_631, "currency": "USD"}));
    assert_eq!(stage.groups().await[0]["charged_to_cards"], json!({"USD": "1006.31"}));
    stage.stop().await;
}

/// The id of the newest request in the session's group.
async fn further_request(stage: &Stage, session: &Value, amount: &str) -> String {
    stage.act(session, "request", json!({"amount": amount})).await;
    let groups = stage.groups().await;
    groups[0]["requests"].as_array().unwrap().last().unwrap()["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn i3_what_is_paid_for_another_request_of_the_group_is_not_ours() {
    let stage = Stage::start().await;
    let session = stage.open("RES-1").await;
    let minibar = further_request(&stage, &session, "929.70").await;
    stage.mews.act(&minibar, "pay", json!({})).await;
    stage.rest().await;
    stage.pass(3).await;
    assert_eq!(stage.status(&session).await, "pending", "another request's money");
    let mut payer = Payer::of(&stage.world);
    payer.open(&session).await;
    payer.pay_at_mews(REFUSED).await;
    payer.pay_at_mews(REFUSED).await;
    payer.pay_at_mews(GOOD).await;
    stage.wait(5).await;
    payer.go(&payer.at.clone()).await;
    assert!(payer.sees("Payment received"), "{}", payer.page);
    let read = stage.session(&session).await;
    assert_eq!((&read["status"], &read["captured"]), (&json!("succeeded"), &json!(TWO_NIGHTS)));
    assert_eq!(events(&read), ["session.created", "session.pending", "session.succeeded"]);
    let request = stage.request(&session).await;
    assert_eq!(
        (request["attempts"].as_array().unwrap().len(), &request["captured"]),
        (3, &json!(TWO_NIGHTS))
    );
    stage.stop().await;
}

/// The rate costs more than the booking site believes.
#[tokio::test]
async fn i3_another_amount_than_ours_is_for_a_person() {
    let stage = Stage::start().await;
    let mut cheap = booking("RES-1");
    cheap["amount"]["value"] = json!(TWO_NIGHTS - 1);
    let session = stage.opened(&cheap).await;
    stage.act(&session, "pay", json!({})).await;
    stage.rest().await;
    let read = stage.session(&session).await;
    assert_eq!((&read["status"], &read["review"]), (&json!("review"), &json!("amount_differs")), "{read}");
    stage.stop().await;
}

#[tokio::test]
async fn a_word_of_tomorrow_changes_nothing() {
    let stage = Stage::alone().await;
    let session = stage.open("RES-1").await;
    stage.act(&session, "pay", json!({})).await;
    stage.mews.fault(json!({"operation": "get", "kind": "unknown_status", "times": 1})).await;
    stage.pass(3).await;
    assert_eq!(stage.status(&session).await, "pending");
    stage.pass(3).await;
    is_paid_once(&stage, &session).await;
    stage.stop().await;
}
