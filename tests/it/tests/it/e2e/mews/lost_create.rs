//! The booking is made and we do not hear of it: there is one room, and nobody books a second.

use super::browsing::is_paid_once;
use super::stage::{DAY, GOOD, Stage, booking, landing, stay};
use crate::e2e::payer::Payer;
use bellhop_simulators::mews::Rate;
use reqwest::StatusCode;
use serde_json::{Value, json};

const LOSSES: [&str; 5] = ["answer_lost_after_effect", "error_after", "garbage", "html", "truncated"];

/// Opens a session whose create answer never comes.
async fn open_unheard(stage: &Stage, kind: &str) -> Value {
    stage.mews.fault(json!({"operation": "create", "kind": kind})).await;
    let answer = stage.create(&booking("RES-1")).await;
    assert_eq!(answer.status(), 202, "{kind}: the outcome is not known");
    answer.json().await.expect("a session")
}

/// Everybody tries: the booking site with the same key, with another, and in place of the first; the
/// payer, by the link and by the landing; and the schedule, for days.
async fn everybody_tries_again(stage: &Stage, session: &Value) {
    let replayed = stage.create(&booking("RES-1")).await;
    assert_eq!(
        (replayed.status().as_u16(), replayed.headers()["idempotency-replayed"].as_bytes()),
        (202, &b"true"[..])
    );
    assert_eq!(stage.asked_again(session, "second").await, 409);
    let mut instead = booking("RES-1");
    instead["supersede"] = true.into();
    assert_eq!(stage.world.create("third", &instead).await.status(), 409);
    let mut payer = Payer::of(&stage.world);
    payer.open(session).await;
    assert!(payer.sees("do not pay again") && !payer.sees("Try again"), "I10: {}", payer.page);
    stage.world.http.post(format!("{}/retry", landing(session))).send().await.expect("an answer");
    stage.pass_days(3).await;
}

/// The alarm is a line of the log that says why, as any other review.
async fn alarm_is_raised(stage: &Stage, session: &Value) {
    let line = stage.world.stack.logs().line("refresh-session", "create_unknown").await;
    assert!(line.contains(r#""alarm":"review""#), "{line}");
    assert!(line.contains(session["id"].as_str().unwrap()), "{line}");
}

async fn one_room_is_booked_by_one_call(stage: &Stage) {
    assert_eq!((stage.groups().await.len(), stage.mews.calls("create").await), (1, 1));
}

#[tokio::test]
async fn i1_without_a_search_a_lost_booking_is_for_a_person_and_never_made_twice() {
    for kind in LOSSES {
        let stage = Stage::alone().await;
        let session = open_unheard(&stage, kind).await;
        assert_eq!(stage.status(&session).await, "created", "{kind}");
        stage.pass(2).await;
        let read = stage.session(&session).await;
        assert_eq!(
            (&read["status"], &read["review"]),
            (&json!("review"), &json!("create_unknown")),
            "{kind}"
        );
        alarm_is_raised(&stage, &session).await;
        everybody_tries_again(&stage, &session).await;
        one_room_is_booked_by_one_call(&stage).await;
        assert_eq!(stage.session(&session).await["review"], "create_unknown", "{kind}");
        stage.stop().await;
    }
}

#[tokio::test]
async fn i1_with_the_connector_a_lost_booking_is_found_by_its_notes_and_paid() {
    for kind in LOSSES {
        let stage = Stage::start().await;
        let session = open_unheard(&stage, kind).await;
        stage.pass(1).await;
        let found = stage.session(&session).await;
        assert_eq!((&found["status"], &found["review"]), (&json!("pending"), &Value::Null), "{kind}");
        stage.wait(5).await;
        let mut payer = Payer::of(&stage.world);
        payer.open(&session).await;
        payer.pay_at_mews(GOOD).await;
        assert!(payer.sees("Payment received"), "{kind}: {}", payer.page);
        stage.rest().await;
        one_room_is_booked_by_one_call(&stage).await;
        is_paid_once(&stage, &session).await;
        stage.stop().await;
    }
}

/// Thirty others book in the same minute, and one of them by us.
#[tokio::test]
async fn i1_in_a_busy_hotel_the_search_takes_ours_and_nobody_elses() {
    let stage = Stage::start().await;
    for _ in 0..15 {
        stage.book_there().await;
    }
    let session = open_unheard(&stage, "error_after").await;
    let other = stage.open("RES-2").await;
    for _ in 0..14 {
        stage.book_there().await;
    }
    stage.pass(1).await;
    let found = stage.session(&session).await;
    assert_eq!(found["status"], "pending");
    assert_ne!(found["attempt"]["provider_payment_id"], other["attempt"]["provider_payment_id"]);
    let notes = stage.request(&found).await["reference"].clone();
    assert!(notes.as_str().unwrap().contains(found["attempt"]["id"].as_str().unwrap()), "{notes}");
    assert_eq!(stage.mews.calls("get").await, 1, "no other guest's booking is read");
    stage.stop().await;
}

/// With the Connector API, a booking that was never made is known to be none after ten minutes.
#[tokio::test]
async fn a_booking_that_was_never_made_lets_the_payer_try_again() {
    let stage = Stage::start().await;
    let fault = json!({"operation": "create", "kind": "error_before", "status": 500});
    stage.mews.fault(fault).await;
    let answer = stage.create(&booking("RES-1")).await;
    assert_eq!(answer.status(), 202);
    let session: Value = answer.json().await.unwrap();
    for _ in 0..4 {
        stage.pass(4).await;
    }
    let attempt = stage.session(&session).await["attempts"][0].clone();
    assert_eq!(attempt["failure"], json!({"code": "create_lost", "retry": true}), "{attempt}");
    let mut payer = Payer::of(&stage.world);
    payer.open(&session).await;
    payer.try_again().await;
    payer.pay_at_mews(GOOD).await;
    assert!(payer.sees("Payment received"), "{}", payer.page);
    stage.rest().await;
    is_paid_once(&stage, &session).await;
    stage.stop().await;
}

/// The room is booked and answered for, and the table takes nothing more until the function is gone.
async fn die_before_storing(stage: &Stage) -> StatusCode {
    let fault = json!({"operation": "TransactWriteItems", "kind": "error_before", "skip": 1, "times": 100});
    stage.world.stack.table().add_fault(serde_json::from_value(fault).unwrap()).await.unwrap();
    let status = stage.create(&booking("RES-1")).await.status();
    stage.world.stack.table().gate().clear_faults();
    status
}

/// The session that nobody was told of.
async fn the_only_session(stage: &Stage) -> Value {
    let listed = stage.world.call("GET", "/v1/sessions?reference=RES-1").send().await.unwrap();
    let listed: Value = listed.json().await.unwrap();
    let all = listed["data"].as_array().unwrap_or_else(|| panic!("{listed}")).clone();
    assert_eq!(all.len(), 1, "{all:?}");
    all[0].clone()
}

#[tokio::test]
async fn i1_a_crash_between_booking_and_storing_leaves_one_room_and_an_alarm() {
    let stage = Stage::alone().await;
    let status = die_before_storing(&stage).await;
    assert!(status.is_server_error(), "{status}");
    let again = stage.create(&booking("RES-1")).await.status();
    assert_eq!(again, 409, "the first may still be in flight");
    let session = the_only_session(&stage).await;
    stage.pass(2).await;
    assert_eq!(stage.session(&session).await["review"], "create_unknown");
    alarm_is_raised(&stage, &session).await;
    assert_eq!(stage.asked_again(&session, "second").await, 409);
    let late = stage.create(&booking("RES-1")).await.status();
    assert_eq!(late, 202, "it stands as it is");
    stage.pass(DAY).await;
    one_room_is_booked_by_one_call(&stage).await;
    stage.stop().await;
}

#[tokio::test]
async fn i1_a_crash_between_booking_and_storing_is_found_with_the_connector() {
    let stage = Stage::start().await;
    let status = die_before_storing(&stage).await;
    assert!(status.is_server_error(), "{status}");
    stage.pass(1).await;
    let session = the_only_session(&stage).await;
    assert_eq!(session["status"], "pending");
    one_room_is_booked_by_one_call(&stage).await;
    stage.stop().await;
}

/// Nothing to pay, and the answer that says so was lost.
#[tokio::test]
async fn a_lost_booking_with_nothing_to_pay_is_found_too() {
    let stage = Stage::start().await;
    let mut booking = booking("RES-1");
    booking["options"]["mews"]["reservations"] = json!([stay(&Rate::at_the_desk())]);
    stage.mews.fault(json!({"operation": "create", "kind": "error_after"})).await;
    let session: Value = stage.create(&booking).await.json().await.unwrap();
    stage.pass(1).await;
    let read = stage.session(&session).await;
    assert_eq!(
        (&read["status"], &read["attempts"][0]["failure"]["code"]),
        (&json!("canceled"), &json!("nothing_to_pay"))
    );
    one_room_is_booked_by_one_call(&stage).await;
    stage.stop().await;
}
