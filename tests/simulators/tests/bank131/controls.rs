//! What a test can tell the simulator.

use serde_json::{Value, json};

use crate::stage::{GOOD_CARD, Stage};

#[tokio::test]
async fn the_first_page_lists_the_controls_and_the_cards() {
    let stage = Stage::new().await;
    let page = stage.plain("GET", "/", Value::Null).await;
    for text in
        ["POST /_payments/{id}/change_amount", "GET /_config/keys", "4000000000003220", "card_3ds_post"]
    {
        assert!(page.body.contains(text), "{text}");
    }
    assert_eq!(stage.plain("GET", "/_health", Value::Null).await.json(), json!({"status": "ok"}));
}

#[tokio::test]
async fn orders_that_are_wrong_or_impossible_change_nothing() {
    let stage = Stage::new().await;
    let id = stage.create().await;
    let before = stage.entry(&id).await;
    for (action, body, status) in [
        ("dance", json!({}), 400),
        ("pay", json!({"card": "4111111111111111"}), 400),
        ("pay", json!({}), 409),
        ("change_amount", json!({}), 400),
        ("change_amount", json!({"amount": 0}), 400),
        ("settle", json!({}), 400),
        ("settle", json!({"status": "accepted"}), 409),
        ("emit", json!({"type": "payment_lost"}), 400),
        ("approve", json!({}), 409),
        ("time_out", json!({}), 409),
        ("refund_accept", json!({}), 409),
        ("lose_track", json!({}), 409),
    ] {
        let answer = stage.plain("POST", &format!("/_payments/{id}/{action}"), body).await;
        assert_eq!(answer.status, status, "{action}: {}", answer.body);
    }
    assert_eq!(stage.plain("POST", "/_payments/ps_1/pay", json!({})).await.status, 404);
    assert_eq!(stage.entry(&id).await, before);
}

#[tokio::test]
async fn faults_that_cannot_be_are_refused() {
    let stage = Stage::new().await;
    for fault in [
        json!({"operation": "status", "kind": "lost"}),
        json!({"operation": "webhook", "kind": "garbage"}),
        json!({"operation": "webhook", "kind": "doubled_new_id"}),
        json!({"operation": "search", "kind": "garbage"}),
    ] {
        assert_eq!(stage.plain("POST", "/_faults", fault.clone()).await.status, 400, "{fault}");
    }
    assert_eq!(stage.plain("PUT", "/_config/project", json!({"holdd": true})).await.status, 400);
}

#[tokio::test]
async fn the_ledger_can_be_narrowed_and_a_payment_is_found_by_either_id() {
    let stage = Stage::new().await;
    let id = stage.carded(GOOD_CARD).await;
    stage.create().await;
    for query in ["session_id=ps_3230", "payment_id=pm_203"] {
        let book = stage.control("GET", &format!("/_ledger?{query}"), Value::Null).await.json();
        assert_eq!(book["payments"].as_array().unwrap().len(), 1, "{query}");
    }
    let both = stage.control("GET", "/_ledger?reference=BOOKING-1", Value::Null).await.json();
    assert_eq!(both["payments"].as_array().unwrap().len(), 2);
    assert_eq!(stage.order("pm_203", "time_out", json!({})).await["session_id"], json!(id));
}
