//! A domain from before 2024-09-13: what happens while the payer is there is not pushed.

use super::{AtPowens, booking, booking_done_at_once};
use serde_json::json;

async fn old() -> AtPowens {
    let at = AtPowens::start().await;
    at.set_domain(json!({"systematic": false})).await;
    at
}

async fn webhooks(at: &AtPowens) -> usize {
    at.powens.ledger().await["webhooks"].as_array().expect("webhooks").len()
}

#[tokio::test]
async fn i4_what_is_done_before_the_payers_eyes_is_found_by_the_schedule() {
    let at = old().await;
    let session = at.open(&booking_done_at_once("RES-1")).await;
    at.pay(&session, None).await;
    at.rest().await;
    assert_eq!((webhooks(&at).await, at.status(&session).await.as_str()), (0, "pending"));
    at.pass(4).await;
    assert_eq!(at.status(&session).await, "succeeded");
    assert_eq!((webhooks(&at).await, at.last_cause(&session).await.as_str()), (0, "schedule"));
    at.stop().await;
}

#[tokio::test]
async fn what_is_done_in_the_background_is_pushed() {
    let at = old().await;
    let session = at.open(&booking("RES-1")).await;
    at.pay(&session, None).await;
    at.rest().await;
    assert_eq!((webhooks(&at).await, at.status(&session).await.as_str()), (0, "pending"));
    at.wait(15).await;
    assert_eq!(at.status(&session).await, "succeeded", "without the schedule");
    assert_eq!((webhooks(&at).await, at.last_cause(&session).await.as_str()), (1, "notification"));
    at.stop().await;
}

#[tokio::test]
async fn a_refusal_before_the_payers_eyes_is_found_by_the_schedule() {
    let at = old().await;
    let mut booking = booking("RES-1");
    booking["description"] = json!("rjct - Two nights");
    let session = at.open(&booking).await;
    at.pay(&session, None).await;
    at.pass(4).await;
    let read = at.world.session(&session).await;
    assert_eq!((webhooks(&at).await, &read["attempts"][0]["status"]), (0, &json!("failed")));
    at.stop().await;
}
