//! Calls that go wrong on order.

use http_body_util::BodyExt;
use serde_json::{Value, json};

use crate::http::{Call, send_head};
use crate::stage::{BASE, Stage, good_headers};
use crate::wish::wish;

async fn reservations(stage: &Stage) -> usize {
    stage.ledger().await["payments"].as_array().unwrap().len()
}

#[tokio::test]
async fn a_call_can_end_without_an_answer_before_or_after_its_effect() {
    let stage = Stage::new().await;
    for (kind, more, effects) in [
        ("answer_lost_after_effect", json!({}), 1),
        ("reset", json!({}), 0),
        ("reset", json!({"effect": true}), 1),
    ] {
        let before = reservations(&stage).await;
        stage.fault("create", kind, more).await;
        assert!(stage.raw("POST", "create", wish(&[]).to_string()).await.is_err(), "{kind}");
        assert_eq!(reservations(&stage).await - before, effects, "{kind}");
    }
    let log = stage.ledger().await["call_log"].clone();
    assert_eq!((&log[0]["fault"], &log[0]["status"]), (&json!("answer_lost_after_effect"), &Value::Null));
}

#[tokio::test]
async fn error_answers_come_before_or_after_the_effect_in_their_envelope() {
    let stage = Stage::new().await;
    let gateway = "Payment Gateway Error: Failed to Create Checkout Session At: PAR156";
    let internal = "internalErrorOccurredPleaseTryAgainLater";
    for (kind, more, status, message, effects) in [
        ("error_before", json!({}), 500, internal, 0),
        ("error_before", json!({"status": 510}), 510, gateway, 0),
        ("error_after", json!({"status": 503, "code": "busy"}), 503, "busy", 1),
        ("too_many_requests", json!({"retry_after": 7}), 429, "Too Many Attempts.", 0),
        ("unauthorized", json!({}), 401, "Unauthenticated.", 0),
    ] {
        let before = reservations(&stage).await;
        stage.fault("create", kind, more).await;
        let answer = stage.api("POST", "create", wish(&[])).await;
        let envelope = answer.json();
        assert_eq!((answer.status, &envelope["message"]), (status, &json!(message)));
        assert_eq!((&envelope["status_code"], &envelope["is_error"]), (&json!(status), &json!(true)));
        let wait = if status == 429 { "7" } else { "" };
        assert_eq!(answer.header("retry-after"), wait);
        assert_eq!(reservations(&stage).await - before, effects, "{kind}");
    }
}

#[tokio::test]
async fn the_errors_of_500_and_510_have_their_documented_shapes() {
    let stage = Stage::new().await;
    stage.fault("create", "error_before", json!({"status": 510})).await;
    let envelope = stage.api("POST", "create", wish(&[])).await.json();
    assert_eq!(envelope["status_message"], "Execution Exception Occurred");
    let told = "Payment Gateway Error(Submit Payment): Failed to Create Checkout Session At: PAR156";
    assert_eq!(envelope["errors"], json!([told]));
    stage.fault("create", "error_before", json!({})).await;
    let envelope = stage.api("POST", "create", wish(&[])).await.json();
    assert_eq!(envelope["status_message"], "Internal Dependency Error");
    assert!(
        envelope["errors"]["happenedAt"].is_string() && envelope["errors"]["internalErrorDetails"].is_array()
    );
}

#[tokio::test]
async fn spoiled_bodies_keep_the_status_of_success_and_the_effect() {
    let stage = Stage::new().await;
    for kind in ["garbage", "html", "truncated"] {
        let before = reservations(&stage).await;
        stage.fault("create", kind, json!({})).await;
        let answer = stage.api("POST", "create", wish(&[])).await;
        assert_eq!(answer.status, 201, "{kind}");
        assert!(serde_json::from_str::<Value>(&answer.body).is_err(), "{kind}");
        assert_eq!(answer.header("content-type").starts_with("text/html"), kind == "html");
        assert_eq!(reservations(&stage).await - before, 1, "{kind}");
    }
}

#[tokio::test]
async fn a_timeout_never_answers_although_the_reservation_exists() {
    let stage = Stage::new().await;
    stage.fault("create", "timeout", json!({})).await;
    let url = format!("{}{BASE}/create", stage.base);
    let waiting = tokio::spawn(async move {
        let body = wish(&[]).to_string();
        let call = Call { method: "POST", url: &url, headers: good_headers(), body };
        send_head(call).await.map(|_| ())
    });
    while stage.ledger().await["call_log"] == json!([]) {}
    assert_eq!(reservations(&stage).await, 1);
    assert!(!waiting.is_finished());
    waiting.abort();
}

#[tokio::test]
async fn a_slow_drip_sends_the_whole_answer_a_byte_at_a_time() {
    let stage = Stage::new().await;
    let uuid = stage.create().await;
    stage.fault("details", "slow_drip", json!({"delay_ms": 0})).await;
    let url = format!("{}{BASE}/details/{uuid}", stage.base);
    let call = Call { method: "GET", url: &url, headers: good_headers(), body: String::new() };
    let mut answer = send_head(call).await.unwrap();
    let (mut frames, mut whole) = (0, Vec::new());
    while let Some(frame) = answer.frame().await {
        frames += 1;
        whole.extend_from_slice(&frame.unwrap().into_data().unwrap());
    }
    let envelope: Value = serde_json::from_slice(&whole).unwrap();
    assert_eq!(envelope["data"]["reservationUuid"], uuid.as_str());
    assert!(frames > 1, "{frames}");
}

#[tokio::test]
async fn answers_can_lie_about_amount_reference_and_status_once() {
    let stage = Stage::new().await;
    let uuid = stage.paid(&[]).await;
    for (kind, lie) in [
        ("mismatch_amount", "\"grandTotal\":1000.01"),
        ("mismatch_amount", "\"reservedAmount\":1000.01"),
        ("mismatch_reference", "\"referenceNumber\":\"RES-1-other\""),
        ("unknown_status", "\"status\":\"UNDER REVIEW\""),
        ("extra_fields", "\"addedWithoutNotice\":{\"since\":[2027,null]}"),
    ] {
        stage.fault("details", kind, json!({})).await;
        let path = format!("details/{uuid}");
        let told = stage.api("GET", &path, Value::Null).await.body;
        assert!(told.contains(lie) && told.contains("\"capturedAmount\":0.00"), "{kind}: {told}");
        let truth = stage.api("GET", &path, Value::Null).await.body;
        assert!(!truth.contains(lie), "{kind}");
    }
    stage.fault("history", "mismatch_amount", json!({})).await;
    let told = stage.api("GET", "history", Value::Null).await.body;
    assert!(told.contains("\"amount\":\"1000.01\""), "{told}");
}

#[tokio::test]
async fn faults_count_skip_and_clear() {
    let stage = Stage::new().await;
    stage.fault("create", "error_before", json!({"times": 2, "skip": 1})).await;
    let mut statuses = Vec::new();
    for _ in 0..4 {
        statuses.push(stage.api("POST", "create", wish(&[])).await.status);
    }
    assert_eq!(statuses, [201, 500, 500, 201]);
    stage.fault("create", "error_before", json!({"times": 0})).await;
    assert_eq!(stage.api("POST", "create", wish(&[])).await.status, 500);
    stage.control("DELETE", "/_faults", Value::Null).await;
    stage.create().await;
    assert_eq!(stage.ledger().await["calls"]["create"], 6);
}

#[tokio::test]
async fn every_operation_can_fail_by_its_own_name() {
    let stage = Stage::new().await;
    for operation in
        ["submit", "details", "capture", "charge", "cancel", "complete", "refund", "resend", "history"]
    {
        let uuid = stage.create().await;
        let (method, path) = match operation {
            "details" => ("GET", format!("details/{uuid}")),
            "history" => ("GET", "history".to_owned()),
            "submit" => ("POST", "submit".to_owned()),
            other => ("POST", format!("{other}/{uuid}")),
        };
        stage.fault(operation, "error_before", json!({"status": 502})).await;
        assert_eq!(stage.api(method, &path, json!({})).await.status, 502, "{operation}");
        assert_eq!(stage.ledger().await["calls"][operation], 1, "{operation}");
    }
}
