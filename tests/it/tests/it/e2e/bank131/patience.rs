//! The 240 minutes that the bank waits for us, and the 60 that it waits for the payer.

use super::stage::{AtBank, WORKS, booking, booking_by, events};
use bellhop_simulators::bank131::Project;
use serde_json::json;

#[tokio::test]
async fn nobody_confirms_and_the_end_at_the_bank_is_told_to_the_site() {
    let at = AtBank::start().await;
    at.bank.lose_webhooks().await;
    let session = at.open(&booking("RES-1")).await;
    at.type_card(&session, WORKS).await;
    at.wait(241).await;
    let book = at.payment(&session).await;
    assert_eq!((&book["status"], &book["code"]), (&json!("cancelled"), &json!("capture_timeout")));
    assert_eq!(at.status(&session).await, "pending", "the worker was down all the while");
    at.pass(1).await;
    let read = at.read(&session).await;
    assert_eq!((&read["status"], &read["finished"]), (&json!("expired"), &json!(true)), "{read}");
    assert_eq!(*events(&read).last().unwrap(), "session.expired");
    assert_eq!(read["captured"], 0);
    at.stop().await;
}

/// The bank takes neither our word nor our refusal: every look fails aloud, and a person is asked.
#[tokio::test]
async fn a_bank_that_hears_nothing_from_us_for_hours_is_never_left_silently() {
    let at = AtBank::start().await;
    let session = at.open(&booking("RES-1")).await;
    for operation in ["confirm", "cancel"] {
        at.bank.fault(json!({"operation": operation, "kind": "error_before", "times": 0})).await;
    }
    at.pay(&session).await;
    for _ in 0..48 {
        at.pass(5).await;
    }
    let dead = at.world.stack.queue_name("RefreshDeadLetters").expect("a queue").to_owned();
    let logs = at.world.stack.logs().of("refresh-session").join("\n");
    assert!(logs.contains("was not worked off"), "{logs}");
    assert!(at.world.stack.queues().counts(&dead).visible > 0, "the alarm of dead letters");
    at.pass(5).await;
    let read = at.read(&session).await;
    assert_eq!(at.payment(&session).await["code"], "capture_timeout");
    assert_eq!((&read["finished"], &read["captured"]), (&json!(true), &json!(0)), "{read}");
    at.stop().await;
}

#[tokio::test]
async fn a_payer_who_stays_away_from_3_d_secure_ends_with_the_banks_patience() {
    let at = AtBank::start().await;
    let session = at.open(&booking("RES-1")).await;
    at.type_card(&session, "4000000000003220").await;
    at.rest().await;
    assert_eq!(at.payment(&session).await["stage"], "payer");
    at.pass(61).await;
    let (read, book) = (at.read(&session).await, at.payment(&session).await);
    assert_eq!((&book["status"], &book["captured"]), (&json!("cancelled"), &json!(0)));
    assert_eq!((&read["status"], &read["finished"]), (&json!("expired"), &json!(true)), "{read}");
    at.stop().await;
}

/// A project whose bank is asked to wait for less.
#[tokio::test]
async fn i4_what_was_confirmed_in_the_last_minute_counts() {
    let at = AtBank::with(json!({}), Project { confirm_ms: 4 * 60_000, ..Project::default() }).await;
    at.bank.lose_webhooks().await;
    let options = json!({"flow": "init", "recurrent_token": "card_works"});
    let session = at.open(&booking_by("RES-1", options)).await;
    at.pass(3).await;
    assert_eq!(at.status(&session).await, "succeeded");
    at.pass(3).await;
    assert_eq!(at.payment(&session).await["captured"], 14_500);
    at.stop().await;
}
