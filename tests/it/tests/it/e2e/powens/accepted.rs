//! `accepted`: the bank has taken the order and tells nothing more.

use super::page::Payer;
use super::{AtPowens, booking};
use bellhop_simulators::powens::Bank;
use serde_json::{Value, json};

const DAY: u64 = 24 * 60;

/// A session whose payer agreed at a bank without tracking.
async fn accepted(at: &AtPowens) -> Value {
    let session = at.open(&booking("RES-1")).await;
    at.pay(&session, Some(&Bank::without_tracking().uuid)).await;
    at.rest().await;
    assert_eq!(at.payment(&session).await["status"], "accepted");
    session
}

#[tokio::test]
async fn a_merchant_who_takes_the_risk_reads_succeeded_at_once() {
    let at = AtPowens::with(json!({"accepted": "succeed"})).await;
    let session = at.open(&booking("RES-1")).await;
    let mut payer = Payer::with_link(&at, &session, "powens-accepted").await;
    payer.approve_at_the_bank(&Bank::without_tracking().uuid).await;
    payer.browser.expect_heading("Payment received").await;
    payer.browser.close().await;
    assert_eq!(at.payment(&session).await["status"], "accepted");
    let read = at.world.session(&session).await;
    assert_eq!(
        (&read["status"], &read["captured"], &read["review"]),
        (&json!("succeeded"), &json!(14_500), &Value::Null)
    );
    at.stop().await;
}

#[tokio::test]
async fn i10_a_merchant_who_waits_reads_processing_and_the_payer_is_told_to_wait() {
    let at = AtPowens::with(json!({"accepted": "wait"})).await;
    let session = at.open(&booking("RES-1")).await;
    let mut payer = Payer::with_link(&at, &session, "powens-waiting").await;
    payer.approve_at_the_bank(&Bank::without_tracking().uuid).await;
    payer.browser.expect_heading("We are still checking").await;
    payer.browser.close().await;
    let read = at.world.session(&session).await;
    assert_eq!((&read["status"], &read["captured"]), (&json!("processing"), &json!(0)));
    at.stop().await;
}

#[tokio::test]
async fn a_merchant_who_waits_reads_succeeded_once_it_is_done() {
    let at = AtPowens::start().await;
    let session = accepted(&at).await;
    assert_eq!(at.status(&session).await, "processing", "to wait is what stands without a setting");
    at.act(&session, "force", json!({"state": "done"})).await;
    at.pass(31).await;
    assert_eq!(at.status(&session).await, "succeeded");
    assert_eq!(at.last_cause(&session).await, "schedule");
    at.stop().await;
}

#[tokio::test]
async fn a_merchant_who_waited_for_ten_days_has_it_reviewed() {
    let at = AtPowens::start().await;
    let session = accepted(&at).await;
    at.act(&session, "bank_refuses", json!({})).await;
    for day in 1..10 {
        at.pass(DAY).await;
        assert_eq!(at.status(&session).await, "processing", "day {day}");
    }
    at.pass(DAY + 1).await;
    let read = at.world.session(&session).await;
    assert_eq!(
        (&read["status"], &read["review"], &read["finished"]),
        (&json!("review"), &json!("still_processing"), &json!(false))
    );
    assert_eq!(read["events"].as_array().unwrap().last().unwrap()["type"], "session.review");
    assert_eq!(read["captured"], 0);
    at.stop().await;
}
