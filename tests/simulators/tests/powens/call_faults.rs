//! Calls that go wrong.

use http_body_util::BodyExt;
use serde_json::{Value, json};

use crate::http::{Answer, Call, send_head};
use crate::stage::{Stage, credentials, id, wish};

async fn create(stage: &Stage) -> Result<Answer, hyper::Error> {
    let body = wish(json!({})).to_string();
    stage.try_api("POST", "/2.0/payments", &body).await
}

#[tokio::test]
async fn a_lost_answer_and_a_reset_differ_in_their_effect() {
    let stage = Stage::new().await;
    for (kind, more, effects) in [
        ("answer_lost_after_effect", json!({}), 1),
        ("reset", json!({}), 0),
        ("reset", json!({"effect": true}), 1),
    ] {
        let before = stage.payments().await;
        stage.fault("create", kind, more).await;
        assert!(create(&stage).await.is_err(), "{kind}");
        assert_eq!(stage.payments().await - before, effects, "{kind}");
    }
    let call = stage.ledger().await["call_log"][1].clone();
    assert_eq!((&call["fault"], &call["status"]), (&json!("answer_lost_after_effect"), &Value::Null));
}

#[tokio::test]
async fn error_answers_come_before_or_after_the_effect() {
    let stage = Stage::new().await;
    for (kind, more, refusal, effects) in [
        ("error_before", json!({}), (503, "bug"), 0),
        ("error_after", json!({"status": 500, "code": "internal"}), (500, "internal"), 1),
        ("too_many_requests", json!({"retry_after": 7}), (429, "tooManyRequests"), 0),
        ("unauthorized", json!({}), (401, "wrongToken"), 0),
    ] {
        let before = stage.payments().await;
        stage.fault("create", kind, more).await;
        let answer = create(&stage).await.unwrap();
        answer.refuses(refusal, &kind);
        let wait = if kind == "too_many_requests" { "7" } else { "" };
        assert_eq!(answer.header("retry-after"), wait);
        assert_eq!(stage.payments().await - before, effects, "{kind}");
    }
}

#[tokio::test]
async fn spoiled_bodies_keep_the_status_of_success_and_the_effect() {
    let stage = Stage::new().await;
    for kind in ["garbage", "html", "truncated"] {
        let before = stage.payments().await;
        stage.fault("create", kind, json!({})).await;
        let answer = create(&stage).await.unwrap();
        assert_eq!(answer.status, 200, "{kind}");
        assert!(serde_json::from_str::<Value>(&answer.body).is_err(), "{kind}");
        assert_eq!(stage.payments().await - before, 1, "{kind}");
    }
}

fn call<'a>(stage: &Stage, method: &'a str, url: &'a str, body: String) -> Call<'a> {
    let headers = vec![("authorization", format!("Bearer {}", stage.token()))];
    Call { method, url, headers, body }
}

#[tokio::test]
async fn a_timeout_never_answers_although_the_payment_exists() {
    let stage = Stage::new().await;
    stage.fault("create", "timeout", json!({})).await;
    let url = format!("{}/2.0/payments", stage.base);
    let asked = call(&stage, "POST", &url, wish(json!({})).to_string());
    let waiting = async {
        send_head(asked).await.expect_err("no answer comes");
    };
    let looking = async { while stage.ledger().await["calls"].get("create").is_none() {} };
    tokio::select! {
        () = waiting => panic!("answered"),
        () = looking => {}
    }
    assert_eq!(stage.payments().await, 1);
    assert_eq!(stage.ledger().await["call_log"][1]["status"], Value::Null);
}

#[tokio::test]
async fn a_slow_drip_sends_the_whole_answer_a_byte_at_a_time() {
    let stage = Stage::new().await;
    let id = id(&stage.create().await);
    stage.fault("get", "slow_drip", json!({"delay_ms": 0})).await;
    let url = format!("{}/2.0/payments/{id}", stage.base);
    let mut answer = send_head(call(&stage, "GET", &url, String::new())).await.unwrap();
    let (mut frames, mut whole) = (0, Vec::new());
    while let Some(frame) = answer.frame().await {
        frames += 1;
        whole.extend_from_slice(&frame.unwrap().into_data().unwrap());
    }
    assert_eq!(serde_json::from_slice::<Value>(&whole).unwrap()["state"], "created");
    assert!(frames > 1, "{frames}");
}

#[tokio::test]
async fn answers_can_lie_about_amount_reference_and_state_once() {
    let stage = Stage::new().await;
    let id = id(&stage.create().await);
    let own = format!("/2.0/payments/{id}");
    for (kind, lie) in [
        ("mismatch_amount", "\"amount\":50.9100000000,"),
        ("mismatch_reference", "\"reference_id\":\"RES-1-other\""),
        ("mismatch_reference", "\"client_state\":\"session 1-other\""),
        ("unknown_status", "\"state\":\"under_review\""),
        ("extra_fields", "\"added_without_notice\":{\"since\":[2027,null,{\"a\":true}]}"),
    ] {
        for (operation, path) in [("get", own.as_str()), ("search", "/2.0/payments")] {
            stage.fault(operation, kind, json!({})).await;
            let first = stage.api("GET", path, Value::Null).await;
            assert!(first.body.contains(lie), "{kind} {operation}: {}", first.body);
            first.json();
            let second = stage.api("GET", path, Value::Null).await;
            assert!(!second.body.contains(lie), "{kind} {operation}");
        }
    }
}

#[tokio::test]
async fn extra_fields_stand_in_every_object_and_leave_the_numbers_alone() {
    let stage = Stage::new().await;
    stage.fault("create", "extra_fields", json!({})).await;
    let answer = create(&stage).await.unwrap();
    let payment = answer.json();
    for place in ["", "/instructions/0", "/instructions/0/currency", "/instructions/0/beneficiary"] {
        let found = payment.pointer(&format!("{place}/added_without_notice"));
        assert!(found.is_some(), "{place}");
    }
    assert!(answer.body.contains("\"amount\":50.9000000000,"));
}

#[tokio::test]
async fn faults_count_skip_and_clear() {
    let stage = Stage::new().await;
    stage.fault("create", "error_before", json!({"times": 2, "skip": 1})).await;
    let mut statuses = Vec::new();
    for _ in 0..4 {
        statuses.push(create(&stage).await.unwrap().status);
    }
    assert_eq!(statuses, [200, 503, 503, 200]);
    stage.fault("create", "error_before", json!({"times": 0})).await;
    assert_eq!(create(&stage).await.unwrap().status, 503);
    stage.control("DELETE", "/_faults", Value::Null).await;
    assert_eq!(create(&stage).await.unwrap().status, 200);
}

#[tokio::test]
async fn every_operation_can_fail_by_its_own_name() {
    let stage = Stage::new().await;
    let own = format!("/2.0/payments/{}", id(&stage.create().await));
    for (operation, method, path, body) in [
        ("token", "POST", "/2.0/auth/token", credentials(json!({}))),
        ("scoped_token", "POST", &format!("{own}/scopedtoken"), json!({"scope": ["payments:validate"]})),
        ("get", "GET", &own, Value::Null),
        ("search", "GET", "/2.0/payments?limit=1", Value::Null),
        ("confirm", "POST", &own, json!({"confirm": true})),
        ("cancel", "POST", &own, json!({"cancel": true})),
    ] {
        let before = stage.ledger().await["calls"][operation].as_u64().unwrap_or(0);
        stage.fault(operation, "error_before", json!({"status": 502})).await;
        assert_eq!(stage.api(method, path, body).await.status, 502, "{operation}");
        assert_eq!(stage.ledger().await["calls"][operation], before + 1, "{operation}");
    }
    assert_eq!(stage.get("1975").await["state"], "created");
}
