//! The simulator's own controls.

use serde_json::{Value, json};

use crate::http::{Call, send};
use crate::stage::{Stage, id, wish};

async fn refused(stage: &Stage, path: &str, body: Value) -> u16 {
    let url = format!("{}{path}", stage.base);
    send(Call { method: "POST", url: &url, headers: vec![], body: body.to_string() }).await.unwrap().status
}

#[tokio::test]
async fn the_index_names_every_control() {
    let stage = Stage::new().await;
    let page = stage.control("GET", "/", Value::Null).await;
    for path in ["/_ledger", "/_tick", "/_faults", "/_config/webhook", "capture_error", "/_health"] {
        assert!(page.body.contains(path), "{path}");
    }
    assert_eq!(stage.control("GET", "/_health", Value::Null).await.json()["status"], "ok");
}

#[tokio::test]
async fn troubles_of_an_account_answer_with_their_code() {
    let stage = Stage::new().await;
    for (trouble, create, get) in [
        ("account_error", (500, "P0199"), 200),
        ("not_enabled", (403, "P0930"), 403),
        ("not_linked", (403, "P0940"), 403),
        ("disabled", (403, "P0941"), 200),
        ("unavailable", (503, "P0999"), 503),
    ] {
        stage.control("PUT", "/_config/account", json!({"trouble": trouble})).await;
        let answer = stage.api("POST", "/v1/payments", wish(json!({}))).await;
        answer.refuses(create, &trouble);
        assert_eq!(stage.api("GET", "/v1/payments", Value::Null).await.status, get, "{trouble}");
    }
}

#[tokio::test]
async fn the_rate_limit_counts_posts_of_one_second() {
    let stage = Stage::with(|config| config.posts_per_second = Some(2)).await;
    stage.create().await;
    stage.create().await;
    let answer = stage.api("POST", "/v1/payments", wish(json!({}))).await;
    answer.refuses((429, "P0900"), &"");
    assert_eq!(stage.api("GET", "/v1/payments", Value::Null).await.status, 200);
    stage.pass(1000);
    stage.create().await;
}

#[tokio::test]
async fn an_error_can_still_turn_out_a_success() {
    let stage = Stage::new().await;
    let id = id(&stage.create().await);
    stage.order(&id, "pay", json!({"card": "4000000000000119"})).await;
    let entry = stage.order(&id, "force", json!({"status": "success"})).await.json();
    assert_eq!((&entry["status"], &entry["captured"]), (&json!("success"), &json!(14500)));
}

#[tokio::test]
async fn wrong_orders_are_refused() {
    let stage = Stage::new().await;
    let id = id(&stage.create().await);
    for (path, body, status) in [
        (format!("/_payments/{id}/capture_error"), json!({}), 409),
        (format!("/_payments/{id}/dance"), json!({}), 400),
        (format!("/_payments/{id}/force"), json!({"status": "paid"}), 400),
        ("/_payments/none/pay".to_owned(), json!({}), 404),
        ("/_faults".to_owned(), json!({"operation": "create", "kind": "lost"}), 400),
        ("/_faults".to_owned(), json!({"operation": "webhook", "kind": "timeout"}), 400),
        ("/_faults".to_owned(), json!({"operation": "create", "kind": "unheard_of"}), 400),
    ] {
        assert_eq!(refused(&stage, &path, body).await, status, "{path}");
    }
}

#[tokio::test]
async fn the_ledger_narrows_by_reference() {
    let stage = Stage::new().await;
    stage.create().await;
    stage.create_with(json!({"reference": "RES-2"})).await;
    let part = stage.control("GET", "/_ledger?reference=RES-2", Value::Null).await.json();
    assert_eq!((&part["payable_now"], &part["payments"][0]["reference"]), (&json!(1), &json!("RES-2")));
    assert_eq!(stage.ledger().await["payable_now"], 2);
}

#[tokio::test]
async fn a_stopped_simulator_answers_no_more() {
    let running = bellhop_simulators::govuk_pay::Simulator::start(Default::default()).await.unwrap();
    let address = running.base_url["http://".len()..].to_owned();
    assert!(tokio::net::TcpStream::connect(&address).await.is_ok());
    running.stop();
    tokio::task::yield_now().await;
    assert!(tokio::net::TcpStream::connect(&address).await.is_err());
}
