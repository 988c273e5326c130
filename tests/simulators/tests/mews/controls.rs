//! The control routes.

use serde_json::{Value, json};

use crate::stage::Stage;

async fn status(stage: &Stage, method: &str, path: &str, body: Value) -> u16 {
    stage.call(method, path, &body.to_string()).await.unwrap().status
}

#[tokio::test]
async fn the_index_lists_the_controls_and_health_answers() {
    let stage = Stage::new().await;
    let index = stage.call("GET", "/", "").await.unwrap();
    for words in ["_ledger", "_faults", "settlement_after_ms", "/navigator/payment-requests/detail/{id}"] {
        assert!(index.body.contains(words), "{words}");
    }
    assert_eq!(stage.control("GET", "/_health", json!({})).await.json(), json!({"status": "ok"}));
}

#[tokio::test]
async fn impossible_orders_are_refused() {
    let stage = Stage::new().await;
    let id = stage.requested().await;
    for (path, body, expected) in [
        ("/_payments/nothing/pay".to_owned(), json!({}), 404),
        (format!("/_payments/{id}/dance"), json!({}), 400),
        (format!("/_payments/{id}/pay"), json!({"outcome": "maybe"}), 400),
        (format!("/_payments/{id}/request"), json!({"amount": "1.005"}), 400),
        (format!("/_payments/{id}/verify"), json!({}), 409),
        (format!("/_payments/{id}/refund"), json!({}), 409),
        (format!("/_payments/{id}/complete"), json!({}), 409),
        (format!("/_payments/{id}/emit"), json!({}), 409),
    ] {
        assert_eq!(status(&stage, "POST", &path, body).await, expected, "{path}");
    }
    for fault in [
        json!({"operation": "create", "kind": "lost"}),
        json!({"operation": "webhook", "kind": "timeout"}),
        json!({"operation": "webhook", "kind": "doubled_new_id"}),
        json!({"operation": "dance", "kind": "timeout"}),
        json!({"operation": "create", "kind": "dance"}),
        json!({"operation": "create", "kind": "timeout", "more": 1}),
    ] {
        assert_eq!(status(&stage, "POST", "/_faults", fault.clone()).await, 400, "{fault}");
    }
    assert_eq!(status(&stage, "PUT", "/_config/property", json!({"nothing": 1})).await, 400);
    assert_eq!(status(&stage, "PUT", "/_config/property", json!([])).await, 400);
    assert_eq!(stage.ledger().await["faults"], json!([]));
}

#[tokio::test]
async fn faults_come_one_by_one_or_in_a_list_and_can_be_forgotten() {
    let stage = Stage::new().await;
    let one = json!({"operation": "create", "kind": "error_before", "times": 2});
    let two = json!([one, {"operation": "refund", "kind": "reset"}]);
    stage.control("POST", "/_faults", two).await;
    assert_eq!(stage.ledger().await["faults"].as_array().unwrap().len(), 2);
    stage.control("DELETE", "/_faults", json!({})).await;
    assert_eq!(stage.ledger().await["faults"], json!([]));
    stage.booked().await;
}

#[tokio::test]
async fn the_history_keeps_everything_with_the_money_after_it() {
    let stage = Stage::new().await;
    let id = stage.requested().await;
    stage.order(&id, "pay", json!({"outcome": "declined"})).await;
    stage.order(&id, "pay", json!({"outcome": "challenged"})).await;
    let entry = stage.order(&id, "verify", json!({})).await;
    let told: Vec<(String, u64)> = entry["history"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| (line["state"].as_str().unwrap_or("-").to_owned(), line["charged"].as_u64().unwrap()))
        .collect();
    let expected = [
        ("-", 0),
        ("Pending", 0),
        ("Failed", 0),
        ("Pending", 0),
        ("Verifying", 0),
        ("Charged", 92970),
        ("Completed", 92970),
    ];
    assert_eq!(told, expected.map(|(state, money)| (state.to_owned(), money)));
}
