//! The simulator's own controls.

use bellhop_simulators::frontgo::{Config, Simulator};
use serde_json::{Value, json};

use crate::http::{Call, send};
use crate::stage::Stage;

async fn refused(stage: &Stage, method: &str, path: &str, body: Value) -> u16 {
    let url = format!("{}{path}", stage.base);
    let call = Call { method, url: &url, headers: vec![], body: body.to_string() };
    send(call).await.unwrap().status
}

#[tokio::test]
async fn the_index_names_every_control() {
    let stage = Stage::new().await;
    let page = stage.control("GET", "/", Value::Null).await.body;
    for path in
        ["/_health", "/_ledger", "/_tick", "/_faults", "/_config/callback", "/shift", "/replay", "/checkout/"]
    {
        assert!(page.contains(path), "{path}");
    }
    assert_eq!(stage.control("GET", "/_health", Value::Null).await.json()["status"], "ok");
}

#[tokio::test]
async fn the_ledger_narrows_by_reference_and_by_id() {
    let stage = Stage::new().await;
    stage.create().await;
    let other = stage.paid(&[("/referenceNo", json!("RES-2"))]).await;
    for filter in ["reference=RES-2".to_owned(), format!("payment_id={other}")] {
        let path = format!("/_ledger?{filter}");
        let part = stage.control("GET", &path, Value::Null).await.json();
        assert_eq!(part["payments"].as_array().unwrap().len(), 1);
        assert_eq!((&part["payable_now"], &part["payments"][0]["reference"]), (&json!(0), &json!("RES-2")));
        assert_eq!(part["webhooks"][0]["payment_id"], json!(other));
    }
    assert_eq!(stage.ledger().await["payable_now"], 1);
}

#[tokio::test]
async fn wrong_orders_are_refused() {
    let stage = Stage::new().await;
    let uuid = stage.create().await;
    let own = |action: &str| format!("/_payments/{uuid}/{action}");
    let fault = |operation: &str, kind: &str| json!({"operation": operation, "kind": kind});
    for (method, path, body, status) in [
        ("POST", own("dance"), json!({}), 400),
        ("POST", own("force"), json!({"status": "PAID"}), 400),
        ("POST", own("replay"), json!({}), 409),
        ("POST", own("release"), json!({}), 409),
        ("POST", own("refund_succeed"), json!({}), 409),
        ("POST", "/_payments/none/pay".to_owned(), json!({}), 404),
        ("POST", "/_faults".to_owned(), fault("create", "lost"), 400),
        ("POST", "/_faults".to_owned(), fault("webhook", "timeout"), 400),
        ("POST", "/_faults".to_owned(), fault("search", "reset"), 400),
        ("POST", "/_faults".to_owned(), fault("create", "unheard_of"), 400),
        ("PUT", "/_config/account".to_owned(), json!({"colour": 1}), 400),
        ("PUT", "/_config/callback".to_owned(), json!({"order": "other"}), 400),
    ] {
        assert_eq!(refused(&stage, method, &path, body).await, status, "{path}");
    }
}

#[tokio::test]
async fn orders_play_the_payer_and_the_gateway() {
    let stage = Stage::new().await;
    let uuid = stage.create().await;
    stage.order(&uuid, "decline", json!({})).await;
    let entry = stage.order(&uuid, "pay", json!({"via": "mastercard"})).await;
    assert_eq!((&entry["status"], &entry["method"]), (&json!("RESERVED"), &json!("mastercard")));
    let path = format!("/_payments/{uuid}/pay");
    assert_eq!(refused(&stage, "POST", &path, json!({})).await, 409, "once only");
    let entry = stage.order(&uuid, "force", json!({"status": "CAPTURED"})).await;
    assert_eq!((&entry["captured"], &entry["authorized"]), (&json!(100_000), &json!(0)));
    let unpaid = stage.create().await;
    assert_eq!(stage.order(&unpaid, "expire", json!({})).await["status"], "EXPIRED");
}

#[tokio::test]
async fn several_faults_can_be_set_at_once_and_are_listed() {
    let stage = Stage::new().await;
    let faults = json!([{"operation": "create", "kind": "reset"}, {"operation": "webhook", "kind": "lost", "times": 0}]);
    let listed = stage.control("POST", "/_faults", faults).await.json();
    assert_eq!(listed["faults"].as_array().unwrap().len(), 2);
    assert_eq!(stage.ledger().await["faults"], listed["faults"]);
}

#[tokio::test]
async fn a_simulator_can_tick_by_itself() {
    let every = std::time::Duration::from_millis(1);
    let running = Simulator::start_ticking(Config::default(), every).await.unwrap();
    let address = running.base_url["http://".len()..].to_owned();
    assert!(tokio::net::TcpStream::connect(&address).await.is_ok());
    running.stop();
    tokio::task::yield_now().await;
    assert!(tokio::net::TcpStream::connect(&address).await.is_err());
}
