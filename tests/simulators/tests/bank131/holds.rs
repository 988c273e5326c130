//! Money that is held first.

use serde_json::json;

use crate::receiver::Receiver;
use crate::stage::{DAY, GOOD_CARD, Stage, id, refuses, wish};

async fn holding() -> Stage {
    Stage::with(|project| project.hold = true).await
}

fn part(id: &str, amount: i64) -> serde_json::Value {
    json!({"session_id": id, "amount_details": {"amount": amount, "currency": "rub"}})
}

#[tokio::test]
async fn a_hold_waits_for_the_capture_of_all_of_it() {
    let receiver = Receiver::new().await;
    let stage = Stage::telling(&receiver).await;
    stage.control("PUT", "/_config/project", json!({"hold": true})).await;
    let id = stage.confirmed(GOOD_CARD).await;
    let held = stage.status(&id).await;
    assert_eq!((&held["status"], &held["next_action"]), (&json!("in_progress"), &json!("capture")));
    assert_eq!(held["payment_list"][0]["status"], "pending");
    let entry = stage.entry(&id).await;
    assert_eq!((&entry["authorized"], &entry["captured"]), (&json!(10000), &json!(0)));
    let answer = stage.session("v2/session/capture", json!({"session_id": id})).await;
    assert_eq!(answer["status"], "in_progress", "as in the SDK's test");
    assert_eq!(stage.words(&id).await, ("accepted".to_owned(), "succeeded".to_owned()));
    stage.tick().await;
    assert_eq!(receiver.events(), ["ready_to_confirm", "ready_to_capture", "payment_finished"]);
    assert_eq!(stage.entry(&id).await["captured"], 10000);
}

#[tokio::test]
async fn a_part_can_be_captured_and_the_rest_is_released() {
    let stage = holding().await;
    let id = stage.confirmed(GOOD_CARD).await;
    for (case, body, code) in [
        ("too much", part(&id, 10001), "invalid_request"),
        ("nothing", part(&id, 0), "invalid_request"),
        (
            "another currency",
            json!({"session_id": id, "amount_details": {"amount": 1, "currency": "eur"}}),
            "invalid_request",
        ),
    ] {
        refuses(&stage.api("v2/session/capture", body).await, (400, code), &case);
    }
    stage.session("v2/session/capture", part(&id, 4000)).await;
    let entry = stage.entry(&id).await;
    assert_eq!(
        (&entry["captured"], &entry["released"], &entry["captures"]),
        (&json!(4000), &json!(6000), &json!(1))
    );
    let payment = stage.status(&id).await["payment_list"][0].clone();
    assert_eq!(payment["amount_details"]["amount"], 10000);
    assert_eq!(payment["amounts"]["gross"], json!({"amount": 4000, "currency": "RUB"}));
    refuses(&stage.api("v2/session/capture", part(&id, 1)).await, (400, "session_wrong_state"), &"twice");
    stage.control("PUT", "/_config/project", json!({"capture_shrinks_amount": true})).await;
    assert_eq!(stage.status(&id).await["payment_list"][0]["amount_details"]["amount"], 4000);
}

#[tokio::test]
async fn a_hold_can_be_cancelled() {
    let stage = holding().await;
    let id = stage.confirmed(GOOD_CARD).await;
    stage.session("v2/session/cancel", json!({"session_id": id})).await;
    assert_eq!(stage.words(&id).await, ("cancelled".to_owned(), "failed".to_owned()));
    let entry = stage.entry(&id).await;
    assert_eq!((&entry["captured"], &entry["released"]), (&json!(0), &json!(10000)));
}

#[tokio::test]
async fn a_hold_ends_after_five_days_as_the_project_wants() {
    for (auto_capture, status, captured) in [(false, "cancelled", 0), (true, "accepted", 10000)] {
        let stage = Stage::with(|project| (project.hold, project.auto_capture) = (true, auto_capture)).await;
        let id = stage.confirmed(GOOD_CARD).await;
        stage.pass_and_tick(5 * DAY - 1).await;
        assert_eq!(stage.words(&id).await.0, "in_progress", "too early");
        stage.pass_and_tick(1).await;
        assert_eq!(stage.words(&id).await.0, status);
        assert_eq!(stage.entry(&id).await["captured"], captured);
    }
}

#[tokio::test]
async fn without_a_hold_there_is_nothing_to_capture_and_a_code_is_never_held() {
    let stage = holding().await;
    let waiting = stage.carded(GOOD_CARD).await;
    refuses(
        &stage.api("v2/session/capture", part(&waiting, 1)).await,
        (400, "session_wrong_state"),
        &"unconfirmed",
    );
    let scanned = wish(json!({"payment_details": {"type": "faster_payment_system"}}));
    let scanned = id(&stage.session("v2/session/init/payment", scanned).await);
    stage.session("v2/session/confirm", json!({"session_id": scanned})).await;
    stage.order(&scanned, "approve", json!({})).await;
    assert_eq!(stage.words(&scanned).await.0, "accepted");
}
