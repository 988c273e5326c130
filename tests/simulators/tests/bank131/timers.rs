//! What happens when nobody does anything.

use serde_json::json;

use crate::receiver::Receiver;
use crate::stage::{DAY, GET_CARD, GOOD_CARD, MINUTE, Stage, refuses};

#[tokio::test]
async fn a_confirmation_that_does_not_come_within_240_minutes_cancels_the_session() {
    let receiver = Receiver::new().await;
    let stage = Stage::telling(&receiver).await;
    let id = stage.carded(GOOD_CARD).await;
    stage.tick().await;
    stage.pass_and_tick(240 * MINUTE - 1).await;
    assert_eq!(stage.status(&id).await["next_action"], "confirm");
    stage.pass_and_tick(1).await;
    let session = stage.status(&id).await;
    assert_eq!(
        (&session["status"], &session["error"]["code"]),
        (&json!("cancelled"), &json!("capture_timeout"))
    );
    assert_eq!(session["payment_list"][0]["status"], "failed");
    assert_eq!(receiver.events(), ["ready_to_confirm", "payment_finished"]);
}

#[tokio::test]
async fn a_payer_who_stays_away_for_60_minutes_cancels_the_session() {
    let stage = Stage::new().await;
    let id = stage.confirmed(GET_CARD).await;
    stage.pass_and_tick(60 * MINUTE - 1).await;
    assert_eq!(stage.words(&id).await, ("in_progress".to_owned(), "pending".to_owned()));
    stage.pass_and_tick(1).await;
    assert_eq!(stage.words(&id).await, ("cancelled".to_owned(), "failed".to_owned()));
    assert_eq!(stage.status(&id).await["error"]["code"], "confirm_timeout");
    assert_eq!(stage.ledger().await["payable_now"], 0);
}

#[tokio::test]
async fn a_token_opens_the_form_for_24_hours() {
    let stage = Stage::new().await;
    let id = stage.create().await;
    let token = stage.token(&id).await;
    assert_eq!(stage.ledger().await["payable_now"], 1);
    stage.pass(DAY - 1);
    let path = format!("/widget/form?token={token}");
    assert_eq!(stage.plain("GET", &path, json!(null)).await.status, 200);
    stage.pass(1);
    assert_eq!(stage.plain("GET", &path, json!(null)).await.status, 403);
    assert_eq!(stage.ledger().await["payable_now"], 0);
    stage.token(&id).await;
    assert_eq!(stage.ledger().await["payable_now"], 1, "a new one can be had");
}

#[tokio::test]
async fn what_comes_too_late_is_refused_although_nobody_ticked() {
    let stage = Stage::new().await;
    let (id, secure) = (stage.carded(GOOD_CARD).await, stage.confirmed(GET_CARD).await);
    let url =
        stage.status(&secure).await["payment_list"][0]["customer_interaction"]["redirect"]["url"].clone();
    stage.pass(240 * MINUTE);
    let late = stage.api("v2/session/confirm", json!({"session_id": id})).await;
    refuses(&late, (400, "session_wrong_state"), &"240 minutes");
    assert_eq!(crate::payer::Payer::with(&stage, "").open(url.as_str().unwrap()).await.status, 403);
    assert_eq!(stage.ledger().await["captured_total"], 0);
}

#[tokio::test]
async fn the_timers_are_settings() {
    let stage = Stage::with(|project| (project.confirm_ms, project.payer_ms) = (1000, 2000)).await;
    let unconfirmed = stage.carded(GOOD_CARD).await;
    let unanswered = stage.confirmed(GET_CARD).await;
    stage.pass_and_tick(1000).await;
    assert_eq!(stage.words(&unconfirmed).await.0, "cancelled");
    assert_eq!(stage.words(&unanswered).await.0, "in_progress");
    stage.pass_and_tick(1000).await;
    assert_eq!(stage.words(&unanswered).await.0, "cancelled");
}
