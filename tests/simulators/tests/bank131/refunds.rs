//! Giving back, all or a part, later.

use serde_json::{Value, json};

use crate::receiver::Receiver;
use crate::stage::{GOOD_CARD, Stage, refuses};

async fn refund(stage: &Stage, id: &str, amount: i64) -> crate::http::Answer {
    let body =
        json!({"session_id": id, "amount_details": {"amount": amount, "currency": "rub"}, "metadata": "why"});
    stage.api("v2/session/refund", body).await
}

#[tokio::test]
async fn a_refund_takes_the_session_back_to_in_progress_and_is_accepted_later() {
    let receiver = Receiver::new().await;
    let stage = Stage::telling(&receiver).await;
    let id = stage.confirmed(GOOD_CARD).await;
    let answer = stage.session("v2/session/refund", json!({"session_id": id})).await;
    let payment = &answer["payment_list"][0];
    assert_eq!((&answer["status"], &payment["status"]), (&json!("in_progress"), &json!("succeeded")));
    let refund = &payment["refunds"][0];
    assert_eq!((&refund["id"], &refund["status"]), (&json!("rf_101"), &json!("in_progress")));
    assert_eq!(refund["amount_details"], json!({"amount": 10000, "currency": "rub"}));
    assert_eq!(refund["is_chargeback"], false);
    assert_eq!(stage.entry(&id).await["refunded"], 0);
    stage.pass_and_tick(1000).await;
    let session = stage.status(&id).await;
    assert_eq!(
        (&session["status"], &session["payment_list"][0]["refunds"][0]["status"]),
        (&json!("accepted"), &json!("accepted"))
    );
    assert_eq!(receiver.events().last().unwrap(), "payment_refunded");
    assert_eq!(stage.ledger().await["refunded_total"], 10000);
}

#[tokio::test]
async fn parts_can_be_refunded_until_nothing_is_left() {
    let stage = Stage::new().await;
    let id = stage.confirmed(GOOD_CARD).await;
    assert_eq!(refund(&stage, &id, 3000).await.status, 200);
    refuses(&refund(&stage, &id, 7001).await, (400, "refund_amount_too_large"), &"one under way counts");
    assert_eq!(refund(&stage, &id, 7000).await.status, 200);
    stage.pass_and_tick(1000).await;
    stage.tick().await;
    assert_eq!(stage.entry(&id).await["refunded"], 10000);
    let more = stage.api("v2/session/refund", json!({"session_id": id})).await;
    refuses(&more, (400, "refund_amount_too_large"), &"nothing left");
    assert_eq!(stage.status(&id).await["payment_list"][0]["refunds"][0]["metadata"], "why");
}

#[tokio::test]
async fn a_refund_can_fail_and_its_money_can_be_refunded_again() {
    let stage = Stage::with(|project| project.refund_ms = None).await;
    let id = stage.confirmed(GOOD_CARD).await;
    for (action, status) in
        [("refund_decline", "declined"), ("refund_error", "error"), ("refund_accept", "accepted")]
    {
        assert_eq!(refund(&stage, &id, 10000).await.status, 200, "{action}");
        stage.tick().await;
        let entry = stage.order(&id, action, json!({})).await;
        assert_eq!(entry["refunds"].as_array().unwrap().last().unwrap()["status"], status);
        assert_eq!(entry["status"], "accepted");
    }
    assert_eq!(stage.entry(&id).await["refunded"], 10000);
}

#[tokio::test]
async fn only_money_that_was_taken_can_be_refunded_and_parts_only_where_enabled() {
    let stage = Stage::with(|project| project.partial_refunds = false).await;
    let waiting = stage.carded(GOOD_CARD).await;
    refuses(&refund(&stage, &waiting, 1).await, (400, "session_wrong_state"), &"not paid");
    let id = stage.confirmed(GOOD_CARD).await;
    refuses(&refund(&stage, &id, 1).await, (400, "invalid_request"), &"a part");
    assert_eq!(refund(&stage, &id, 10000).await.status, 200);
    assert_eq!(stage.entry(&waiting).await["refunds"], Value::Array(vec![]));
}
