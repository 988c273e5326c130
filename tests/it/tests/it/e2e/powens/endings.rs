//! How payments end that the payer left half-way.

use super::{AtPowens, booking, booking_done_at_once};
use serde_json::json;

#[tokio::test]
async fn i1_time_runs_out_while_the_payer_is_at_the_bank_and_the_money_still_counts() {
    let at = AtPowens::start().await;
    let session = at.open(&booking_done_at_once("RES-1")).await;
    at.visit(&session).await;
    at.act(&session, "become", json!({"state": "validating"})).await;
    at.pass(31).await;
    assert_eq!(at.status(&session).await, "expiring", "Powens cancels nothing that is validating");
    let mut other = booking("RES-1");
    other["supersede"] = true.into();
    let second = at.world.create("second", &other).await;
    assert_eq!(second.status(), 409, "the booking is not free");
    at.act(&session, "become", json!({"state": "done"})).await;
    at.rest().await;
    let read = at.world.session(&session).await;
    assert_eq!((&read["status"], &read["captured"]), (&json!("succeeded"), &json!(14_500)));
    at.stop().await;
}

#[tokio::test]
async fn a_payment_that_hangs_at_the_bank_ends_with_the_thirty_day_sweep() {
    let at = AtPowens::start().await;
    at.powens.lose_webhooks().await;
    let session = at.open(&booking("RES-1")).await;
    at.visit(&session).await;
    at.act(&session, "become", json!({"state": "validating"})).await;
    at.pass(31).await;
    for _ in 0..31 {
        at.pass(24 * 60).await;
    }
    assert_eq!(at.payment(&session).await["status"], "expired");
    let read = at.world.session(&session).await;
    assert_eq!((&read["status"], &read["finished"]), (&json!("expired"), &json!(true)), "{read}");
    let looks = at.powens.calls("get").await;
    assert!(looks <= 24 + 1, "I9: {looks} looks, and one for the page");
    at.stop().await;
}

#[tokio::test]
async fn i4_money_after_the_end_is_found_and_named_late() {
    let at = AtPowens::start().await;
    let session = at.open(&booking("RES-1")).await;
    at.pass(31).await;
    assert_eq!(at.status(&session).await, "expired");
    at.act(&session, "force", json!({"state": "done"})).await;
    at.act(&session, "emit", json!({})).await;
    at.rest().await;
    let read = at.world.session(&session).await;
    assert_eq!((&read["status"], &read["paid_late"]), (&json!("succeeded"), &json!(true)), "{read}");
    at.stop().await;
}

#[tokio::test]
async fn i1_a_lost_create_answer_is_found_by_our_end_to_end_id() {
    let at = AtPowens::start().await;
    at.powens.fault(json!({"operation": "create", "kind": "answer_lost_after_effect"})).await;
    let answer = at.create(&booking_done_at_once("RES-1")).await;
    assert_eq!(answer.status(), 202);
    let session = answer.json().await.expect("JSON");
    at.pass(1).await;
    let session = at.world.session(&session).await;
    assert_eq!(session["status"], "pending", "{session}");
    at.pay(&session, None).await;
    at.rest().await;
    assert_eq!(at.status(&session).await, "succeeded");
    assert_eq!(at.powens.calls("create").await, 1);
    at.stop().await;
}
