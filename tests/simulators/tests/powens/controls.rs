//! The simulator's own controls.

use serde_json::{Value, json};

use crate::stage::{CLIENT_SECRET, Stage, id};

#[tokio::test]
async fn the_index_names_every_control() {
    let stage = Stage::new().await;
    let page = stage.control("GET", "/", Value::Null).await;
    for path in ["/_ledger", "/_tick", "/_faults", "/_config/domain", "bank_executes", "/_health"] {
        assert!(page.body.contains(path), "{path}");
    }
    let health = stage.control("GET", "/_health", Value::Null).await.json();
    assert_eq!(health["status"], "ok");
}

#[tokio::test]
async fn wrong_orders_are_refused() {
    let stage = Stage::new().await;
    let id = id(&stage.create().await);
    for (path, body, status) in [
        (format!("/_payments/{id}/pay"), json!({}), 409),
        (format!("/_payments/{id}/step"), json!({}), 409),
        (format!("/_payments/{id}/bank_executes"), json!({}), 409),
        (format!("/_payments/{id}/become"), json!({"state": "partial"}), 409),
        (format!("/_payments/{id}/become"), json!({"state": "paid"}), 400),
        (format!("/_payments/{id}/dance"), json!({}), 400),
        ("/_payments/7/pay".to_owned(), json!({}), 404),
        ("/_faults".to_owned(), json!({"operation": "create", "kind": "lost"}), 400),
        ("/_faults".to_owned(), json!({"operation": "webhook", "kind": "timeout"}), 400),
        ("/_faults".to_owned(), json!([{"operation": "refund", "kind": "timeout"}]), 400),
    ] {
        let answer = stage.post_unsigned(&path, &body).await;
        assert_eq!(answer.status, status, "{path} {body}");
    }
}

#[tokio::test]
async fn a_final_state_is_left_only_by_force() {
    let stage = Stage::new().await;
    let id = stage.validated(json!({"label": "done - x"})).await;
    let answer = stage.post_unsigned(&format!("/_payments/{id}/become"), &json!({"state": "rejected"})).await;
    assert_eq!(answer.status, 409);
    let entry = stage.order(&id, "force", json!({"state": "rejected", "code": "invalidLabel"})).await;
    assert_eq!((&entry["status"], &entry["code"]), (&json!("rejected"), &json!("invalidLabel")));
    assert_eq!(entry["captured"], 0);
}

#[tokio::test]
async fn a_step_can_be_taken_before_its_time() {
    let stage = Stage::new().await;
    let id = stage.validated(json!({})).await;
    let entry = stage.order(&id, "step", json!({})).await;
    assert_eq!((&entry["status"], &entry["captured"]), (&json!("done"), &json!(5090)));
}

#[tokio::test]
async fn the_ledger_narrows() {
    let stage = Stage::new().await;
    stage.create().await;
    stage.create_with(json!({"reference_id": "RES-2"})).await;
    for query in ["reference=RES-2", "payment_id=1976"] {
        let part = stage.control("GET", &format!("/_ledger?{query}"), Value::Null).await.json();
        assert_eq!(part["payments"].as_array().unwrap().len(), 1, "{query}");
        assert_eq!(part["payments"][0]["reference"], "RES-2");
    }
    let none = stage.control("GET", "/_ledger?client_state=other", Value::Null).await.json();
    assert_eq!(none["payments"], json!([]));
}

#[tokio::test]
async fn the_ledger_holds_no_secret_of_the_client() {
    let stage = Stage::new().await;
    stage.create().await;
    let ledger = stage.ledger().await.to_string();
    assert!(!ledger.contains(CLIENT_SECRET) && !ledger.contains(&stage.token()));
}

#[tokio::test]
async fn a_stopped_simulator_answers_no_more() {
    let config = bellhop_simulators::powens::Config::default();
    let running = bellhop_simulators::powens::Simulator::start(config).await.unwrap();
    let address = running.base_url["http://".len()..].to_owned();
    assert!(tokio::net::TcpStream::connect(&address).await.is_ok());
    running.stop();
    tokio::task::yield_now().await;
    assert!(tokio::net::TcpStream::connect(&address).await.is_err());
}
