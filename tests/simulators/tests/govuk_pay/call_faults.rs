//! Calls that go wrong.

use http_body_util::BodyExt;
use serde_json::{Value, json};

use crate::http::{Call, send_head};
use crate::stage::{KEY, Stage, id, wish};

async fn create(stage: &Stage) -> Result<crate::http::Answer, hyper::Error> {
    stage.try_api("POST", "/v1/payments", wish(json!({}))).await
}

async fn payments(stage: &Stage) -> usize {
    stage.ledger().await["payments"].as_array().unwrap().len()
}

#[tokio::test]
async fn a_lost_answer_and_a_reset_differ_in_their_effect() {
    let stage = Stage::new().await;
    for (kind, more, effects) in [
        ("answer_lost_after_effect", json!({}), 1),
        ("reset", json!({}), 0),
        ("reset", json!({"effect": true}), 1),
    ] {
        let before = payments(&stage).await;
        stage.fault("create", kind, more).await;
        assert!(create(&stage).await.is_err(), "{kind}");
        assert_eq!(payments(&stage).await - before, effects, "{kind}");
    }
    let log = stage.ledger().await["call_log"].clone();
    assert_eq!((&log[0]["fault"], &log[0]["status"]), (&json!("answer_lost_after_effect"), &Value::Null));
}

#[tokio::test]
async fn error_answers_come_before_or_after_the_effect() {
    let stage = Stage::new().await;
    for (kind, more, status, code, effects) in [
        ("error_before", json!({}), 503, "P0999", 0),
        ("error_after", json!({"status": 500, "code": "P0198"}), 500, "P0198", 1),
        ("too_many_requests", json!({"retry_after": 7}), 429, "P0900", 0),
    ] {
        let before = payments(&stage).await;
        stage.fault("create", kind, more).await;
        let answer = create(&stage).await.unwrap();
        answer.refuses((status, code), &"");
        assert_eq!(answer.header("retry-after"), if status == 429 { "7" } else { "" });
        assert_eq!(payments(&stage).await - before, effects, "{kind}");
    }
}

#[tokio::test]
async fn unauthorized_is_401_without_an_effect() {
    let stage = Stage::new().await;
    stage.fault("create", "unauthorized", json!({})).await;
    assert_eq!(create(&stage).await.unwrap().status, 401);
    assert_eq!(payments(&stage).await, 0);
}

#[tokio::test]
async fn spoiled_bodies_keep_the_status_of_success_and_the_effect() {
    let stage = Stage::new().await;
    for kind in ["garbage", "html", "truncated"] {
        let before = payments(&stage).await;
        stage.fault("create", kind, json!({})).await;
        let answer = create(&stage).await.unwrap();
        assert_eq!(answer.status, 201, "{kind}");
        assert!(serde_json::from_str::<Value>(&answer.body).is_err(), "{kind}");
        assert_eq!(answer.header("content-type").starts_with("text/html"), kind == "html");
        assert_eq!(payments(&stage).await - before, 1, "{kind}");
    }
}

#[tokio::test]
async fn a_timeout_never_answers_although_the_payment_exists() {
    let stage = Stage::new().await;
    stage.fault("create", "timeout", json!({})).await;
    let url = format!("{}/v1/payments", stage.base);
    let waiting = tokio::spawn(async move {
        let headers =
            vec![("authorization", format!("Bearer {KEY}")), ("content-type", "application/json".to_owned())];
        let body = wish(json!({})).to_string();
        send_head(Call { method: "POST", url: &url, headers, body }).await.map(|_| ())
    });
    while stage.ledger().await["call_log"] == json!([]) {}
    assert_eq!(stage.ledger().await["call_log"][0]["status"], Value::Null);
    assert_eq!(payments(&stage).await, 1);
    assert!(!waiting.is_finished());
    waiting.abort();
}

#[tokio::test]
async fn a_slow_drip_sends_the_whole_answer_a_byte_at_a_time() {
    let stage = Stage::new().await;
    let id = id(&stage.create().await);
    stage.fault("get", "slow_drip", json!({"delay_ms": 0})).await;
    let url = format!("{}/v1/payments/{id}", stage.base);
    let headers = vec![("authorization", format!("Bearer {KEY}"))];
    let mut answer =
        send_head(Call { method: "GET", url: &url, headers, body: String::new() }).await.unwrap();
    let (mut frames, mut whole) = (0, Vec::new());
    while let Some(frame) = answer.frame().await {
        frames += 1;
        whole.extend_from_slice(&frame.unwrap().into_data().unwrap());
    }
    assert_eq!(serde_json::from_slice::<Value>(&whole).unwrap()["payment_id"], id.as_str());
    assert!(frames > 1, "{frames}");
}

#[tokio::test]
async fn answers_can_lie_about_amount_reference_and_status() {
    let stage = Stage::new().await;
    let id = id(&stage.create().await);
    for (kind, pointer, lie) in [
        ("mismatch_amount", "/amount", json!(14501)),
        ("mismatch_reference", "/reference", json!("RES-1-other")),
        ("unknown_status", "/state/status", json!("under_review")),
    ] {
        stage.fault("get", kind, json!({})).await;
        stage.fault("search", kind, json!({})).await;
        assert_eq!(stage.get(&id).await.pointer(pointer), Some(&lie));
        let list = stage.api("GET", "/v1/payments", Value::Null).await.json();
        assert_eq!(list["results"][0].pointer(pointer), Some(&lie));
        assert_ne!(stage.get(&id).await.pointer(pointer), Some(&lie), "once only");
    }
    stage.fault("get", "extra_fields", json!({})).await;
    let extra = stage.get(&id).await;
    assert!(extra["added_without_notice"].is_object() && extra["state"]["added_without_notice"].is_object());
}

#[tokio::test]
async fn faults_count_skip_and_clear() {
    let stage = Stage::new().await;
    stage.fault("create", "error_before", json!({"times": 2, "skip": 1})).await;
    let mut statuses = Vec::new();
    for _ in 0..4 {
        statuses.push(create(&stage).await.unwrap().status);
    }
    assert_eq!(statuses, [201, 503, 503, 201]);

    stage.fault("create", "error_before", json!({"times": 0})).await;
    assert_eq!(create(&stage).await.unwrap().status, 503);
    assert_eq!(create(&stage).await.unwrap().status, 503);
    stage.control("DELETE", "/_faults", Value::Null).await;
    assert_eq!(create(&stage).await.unwrap().status, 201);
    assert_eq!(stage.ledger().await["calls"]["create"], 7);
}

#[tokio::test]
async fn every_operation_can_fail_by_its_own_name() {
    let stage = Stage::new().await;
    let id = stage.paid(json!({})).await;
    for (operation, method, path) in [
        ("get", "GET", format!("/v1/payments/{id}")),
        ("search", "GET", "/v1/payments?reference=RES-1".to_owned()),
        ("events", "GET", format!("/v1/payments/{id}/events")),
        ("cancel", "POST", format!("/v1/payments/{id}/cancel")),
        ("capture", "POST", format!("/v1/payments/{id}/capture")),
        ("refund", "POST", format!("/v1/payments/{id}/refunds")),
        ("get_refunds", "GET", format!("/v1/payments/{id}/refunds")),
    ] {
        stage.fault(operation, "error_before", json!({"status": 502})).await;
        assert_eq!(stage.api(method, &path, Value::Null).await.status, 502, "{operation}");
        assert_eq!(stage.ledger().await["calls"][operation], 1, "{operation}");
    }
}
