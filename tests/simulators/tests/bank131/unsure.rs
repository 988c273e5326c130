//! A session in `error`, which is not final.

use serde_json::{Value, json};

use crate::receiver::Receiver;
use crate::stage::{GOOD_CARD, MINUTE, Stage, UNSURE_CARD, refuses};

#[tokio::test]
async fn an_error_turns_out_accepted_later() {
    let receiver = Receiver::new().await;
    let stage = Stage::telling(&receiver).await;
    let id = stage.confirmed(UNSURE_CARD).await;
    let session = stage.status(&id).await;
    assert_eq!(
        (&session["status"], &session["payment_list"][0]["status"]),
        (&json!("error"), &json!("failed"))
    );
    assert_eq!(session["finished_at"], Value::Null);
    assert_eq!(stage.entry(&id).await["captured"], 0);
    stage.tick().await;
    stage.pass_and_tick(30 * MINUTE).await;
    assert_eq!(stage.words(&id).await, ("accepted".to_owned(), "succeeded".to_owned()));
    assert_eq!(stage.status(&id).await["error"], Value::Null);
    assert_eq!(receiver.events(), ["ready_to_confirm", "payment_finished", "payment_finished"]);
    let told = &receiver.letters()[2].body["session"];
    assert_eq!(
        (&told["status"], &told["payment_list"][0]["status"]),
        (&json!("accepted"), &json!("succeeded"))
    );
    assert_eq!(stage.entry(&id).await["captured"], 10000);
}

#[tokio::test]
async fn a_test_decides_when_and_how_it_ends() {
    let stage = Stage::with(|project| project.error_ms = None).await;
    for (status, captured) in [("accepted", 10000), ("cancelled", 0)] {
        let id = stage.confirmed(UNSURE_CARD).await;
        stage.pass_and_tick(600 * MINUTE).await;
        assert_eq!(stage.words(&id).await.0, "error");
        let entry = stage.order(&id, "settle", json!({"status": status})).await;
        assert_eq!((&entry["status"], &entry["captured"]), (&json!(status), &json!(captured)));
        let again = stage.plain("POST", &format!("/_payments/{id}/settle"), json!({"status": status})).await;
        assert_eq!(again.status, 409);
    }
}

#[tokio::test]
async fn the_bank_can_lose_track_of_any_payment_under_way() {
    let stage = Stage::new().await;
    let id = stage.carded(GOOD_CARD).await;
    assert_eq!(stage.order(&id, "lose_track", json!({})).await["status"], "error");
    for path in ["confirm", "cancel", "refund"] {
        let answer = stage.api(&format!("v2/session/{path}"), json!({"session_id": id})).await;
        refuses(&answer, (400, "session_wrong_state"), &path);
    }
}
