//! A payment from the session to the money.

use serde_json::{Value, json};

use crate::receiver::Receiver;
use crate::stage::{DECLINED_CARD, GOOD_CARD, Stage, at_once, id, refuses};

#[tokio::test]
async fn the_bank_asks_for_a_confirmation_and_only_then_takes_the_money() {
    let receiver = Receiver::new().await;
    let stage = Stage::telling(&receiver).await;
    let id = stage.carded(GOOD_CARD).await;
    let waiting = stage.status(&id).await;
    assert_eq!(waiting["next_action"], "confirm");
    assert_eq!(
        (&waiting["status"], &waiting["payment_list"][0]["status"]),
        (&json!("in_progress"), &json!("pending"))
    );
    assert_eq!(stage.entry(&id).await["captured"], 0);
    let answer = stage.session("v2/session/confirm", json!({"session_id": id})).await;
    assert_eq!((&answer["status"], &answer["next_action"]), (&json!("in_progress"), &Value::Null));
    assert_eq!(stage.words(&id).await, ("accepted".to_owned(), "succeeded".to_owned()));
    stage.tick().await;
    assert_eq!(receiver.events(), ["ready_to_confirm", "payment_finished"]);
    let entry = stage.entry(&id).await;
    assert_eq!(
        (&entry["captured"], &entry["released"], &entry["confirms"]),
        (&json!(10000), &json!(0), &json!(1))
    );
}

#[tokio::test]
async fn a_confirmation_counts_once() {
    let stage = Stage::new().await;
    let id = stage.confirmed(GOOD_CARD).await;
    let again = stage.api("v2/session/confirm", json!({"session_id": id})).await;
    refuses(&again, (400, "session_wrong_state"), &"twice");
    let ledger = stage.ledger().await;
    assert_eq!((&ledger["confirms"], &ledger["calls"]["confirm"]), (&json!(1), &json!(2)));
    assert_eq!(ledger["captured_total"], 10000);
}

#[tokio::test]
async fn a_cancel_instead_of_the_confirmation_takes_no_money() {
    let receiver = Receiver::new().await;
    let stage = Stage::telling(&receiver).await;
    let id = stage.carded(GOOD_CARD).await;
    let answer = stage.session("v2/session/cancel", json!({"session_id": id})).await;
    assert_eq!(answer["status"], "in_progress", "as in the SDK's test");
    let session = stage.status(&id).await;
    assert_eq!(session["status"], "cancelled");
    assert_eq!(session["error"]["code"], "session_cancelled_by_partner");
    assert_eq!(session["payment_list"][0]["status"], "failed");
    stage.tick().await;
    assert_eq!(receiver.events(), ["ready_to_confirm", "payment_finished"]);
    for path in ["confirm", "cancel", "capture"] {
        let late = stage.api(&format!("v2/session/{path}"), json!({"session_id": id})).await;
        refuses(&late, (400, "session_wrong_state"), &path);
    }
    let ledger = stage.ledger().await;
    assert_eq!(
        (&ledger["cancels"], &ledger["confirms"], &ledger["captured_total"]),
        (&json!(1), &json!(0), &json!(0))
    );
}

#[tokio::test]
async fn a_card_can_be_declined_after_the_confirmation() {
    let stage = Stage::new().await;
    for (token, code) in [
        ("card_declined", "declined_by_issuer_bank"),
        ("card_funds", "insufficient_funds"),
        ("card_expired", "bank_card_expired"),
    ] {
        let id = id(&stage.session("v2/session/init/payment", at_once(token)).await);
        stage.session("v2/session/confirm", json!({"session_id": id})).await;
        let session = stage.status(&id).await;
        assert_eq!((&session["status"], &session["error"]["code"]), (&json!("cancelled"), &json!(code)));
        assert_eq!(session["payment_list"][0]["error"]["code"], code);
    }
    stage.confirmed(DECLINED_CARD).await;
    assert_eq!(stage.ledger().await["captured_total"], 0);
}

#[tokio::test]
async fn a_project_can_go_without_confirmations() {
    let receiver = Receiver::new().await;
    let stage = Stage::telling(&receiver).await;
    stage.control("PUT", "/_config/project", json!({"auto_confirm": true})).await;
    let id = stage.carded(GOOD_CARD).await;
    assert_eq!(stage.words(&id).await.0, "accepted");
    stage.tick().await;
    assert_eq!(receiver.events(), ["payment_finished"]);
}

#[tokio::test]
async fn updated_at_moves_on_although_the_clock_stands_still() {
    let stage = Stage::new().await;
    let id = stage.carded(GOOD_CARD).await;
    let before = stage.status(&id).await["updated_at"].clone();
    stage.session("v2/session/confirm", json!({"session_id": id})).await;
    let after = stage.status(&id).await;
    assert!(before.as_str() < after["updated_at"].as_str());
    assert_eq!(after["updated_at"].as_str().unwrap().len(), "2018-05-27T02:03:00.000000Z".len());
    assert_eq!(after["finished_at"], "2026-11-20T10:00:00.000000Z");
}
