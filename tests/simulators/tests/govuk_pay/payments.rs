//! Creating and reading payments.

use bellhop_simulators::govuk_pay::Account;
use serde_json::{Value, json};

use crate::http::{Answer, Call, send};
use crate::stage::{Stage, id, wish};

const JSON: (&str, &str) = ("content-type", "application/json");

async fn with_idempotency_key(stage: &Stage, key: &str, body: Value) -> Answer {
    stage.post_raw(&[JSON, ("idempotency-key", key)], &body.to_string()).await
}

#[tokio::test]
async fn a_created_payment_has_the_documented_shape() {
    let stage = Stage::new().await;
    let more = json!({"metadata": {"session": "ses_1", "n": 2, "ok": true}, "email": "joe@example.org"});
    let answer = stage.api("POST", "/v1/payments", wish(more)).await;
    assert_eq!(answer.status, 201);
    let payment = answer.json();
    let own = format!("{}/v1/payments/{}", stage.base, id(&payment));
    assert_eq!(answer.header("location"), own);
    assert_eq!(id(&payment).len(), 26);
    for (name, value) in [
        ("amount", json!(14500)),
        ("reference", json!("RES-1")),
        ("description", json!("Two nights, double room")),
        ("return_url", json!("https://booking.example/return?session=1")),
        ("state", json!({"status": "created", "finished": false})),
        ("created_date", json!("2026-11-20T10:00:00.000Z")),
        ("payment_provider", json!("sandbox")),
        ("language", json!("en")),
        ("delayed_capture", json!(false)),
        ("moto", json!(false)),
        ("email", json!("joe@example.org")),
        ("metadata", json!({"session": "ses_1", "n": 2, "ok": true})),
        ("refund_summary", json!({"status": "pending", "amount_available": 14500, "amount_submitted": 0})),
        ("settlement_summary", json!({})),
    ] {
        assert_eq!(payment[name], value, "{name}");
    }
    let links = &payment["_links"];
    assert_eq!(links["self"], json!({"href": own, "method": "GET"}));
    assert_eq!(links["cancel"], json!({"href": format!("{own}/cancel"), "method": "POST"}));
    assert!(links.get("capture").is_none());
    assert!(links["next_url"]["href"].as_str().unwrap().starts_with(&format!("{}/secure/", stage.base)));
}

#[tokio::test]
async fn a_wrong_or_missing_key_is_401_and_opens_nothing() {
    let stage = Stage::new().await;
    let url = format!("{}/v1/payments", stage.base);
    for key in ["", "Bearer api_test_other", "Basic api_test_key", "api_test_key"] {
        let headers = vec![("authorization", key.to_owned())];
        let body = wish(json!({})).to_string();
        let answer = send(Call { method: "POST", url: &url, headers, body }).await.unwrap();
        assert_eq!(answer.status, 401, "{key}");
    }
    assert_eq!(stage.ledger().await["payments"], json!([]));
}

#[tokio::test]
async fn an_account_never_sees_the_payments_of_another() {
    let other =
        Account { id: "other".to_owned(), api_keys: vec!["api_test_2".to_owned()], ..Account::default() };
    let stage = Stage::with(|config| config.accounts.push(other)).await;
    let id = id(&stage.create().await);
    for (path, code) in [("", "P0200"), ("/events", "P0300"), ("/refunds", "P0800")] {
        let url = format!("{}/v1/payments/{id}{path}", stage.base);
        let headers = vec![("authorization", "Bearer api_test_2".to_owned())];
        let answer = send(Call { method: "GET", url: &url, headers, body: String::new() }).await.unwrap();
        answer.refuses((404, code), &"");
    }
}

#[tokio::test]
async fn an_unknown_payment_is_404_with_the_code_of_the_operation() {
    let stage = Stage::new().await;
    for (method, path, code) in [
        ("GET", "", "P0200"),
        ("GET", "/events", "P0300"),
        ("POST", "/cancel", "P0500"),
        ("POST", "/capture", "P1000"),
        ("POST", "/refunds", "P0600"),
        ("GET", "/refunds", "P0800"),
        ("GET", "/refunds/x", "P0700"),
    ] {
        let body = if path == "/refunds" && method == "POST" { json!({"amount": 1}) } else { Value::Null };
        let answer = stage.api(method, &format!("/v1/payments/nothere{path}"), body).await;
        answer.refuses((404, code), &path);
        assert_eq!(answer.json()["description"], "Not found");
    }
}

#[tokio::test]
async fn events_list_every_state_from_the_oldest() {
    let stage = Stage::new().await;
    let id = stage.paid(json!({})).await;
    let events = stage.api("GET", &format!("/v1/payments/{id}/events"), Value::Null).await.json();
    let words: Vec<&str> = events["events"]
        .as_array()
        .unwrap()
        .iter()
        .map(|event| event["state"]["status"].as_str().unwrap())
        .collect();
    assert_eq!(words, ["created", "started", "submitted", "success"]);
    assert_eq!(events["events"][0]["updated"], "2026-11-20T10:00:00.000Z");
}

#[tokio::test]
async fn the_idempotency_key_is_ignored_for_web_payments() {
    let stage = Stage::new().await;
    let first = with_idempotency_key(&stage, "key-1", wish(json!({}))).await;
    let second = with_idempotency_key(&stage, "key-1", wish(json!({"amount": 1}))).await;
    assert_eq!((first.status, second.status), (201, 201));
    assert_ne!(id(&first.json()), id(&second.json()));
    assert_eq!(stage.ledger().await["payable_now"], 2);
    assert_eq!(stage.ledger().await["call_log"][1]["idempotency_key"], "key-1");
}

#[tokio::test]
async fn the_idempotency_key_is_still_validated() {
    let stage = Stage::new().await;
    for key in [String::new(), "a".repeat(256), "not_allowed".to_owned()] {
        let answer = with_idempotency_key(&stage, &key, wish(json!({}))).await;
        answer.refuses((422, "P0102"), &key);
        assert_eq!(answer.json()["header"], "Idempotency-Key");
    }
}

#[tokio::test]
async fn the_idempotency_key_counts_for_agreement_payments() {
    let stage = Stage::with(|config| config.accounts[0].agreements = vec!["agr1".to_owned()]).await;
    let body = |amount: i64| json!({"amount": amount, "reference": "R", "description": "D", "authorisation_mode": "agreement", "agreement_id": "agr1"});
    let first = with_idempotency_key(&stage, "k", body(5)).await;
    let again = with_idempotency_key(&stage, "k", body(5)).await;
    let other = with_idempotency_key(&stage, "k", body(6)).await;
    assert_eq!((first.status, again.status, other.status), (201, 200, 409));
    assert_eq!(id(&first.json()), id(&again.json()));
    other.refuses((409, "P0191"), &"");
    stage.tick().await;
    assert_eq!(stage.only_payment().await["captured"], 5);
}
