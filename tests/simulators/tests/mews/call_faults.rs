//! Calls that go wrong.

use http_body_util::BodyExt;
use serde_json::{Value, json};

use crate::http::{Answer, Call, send_head};
use crate::stage::{Stage, text};
use crate::wishes::wish;

async fn create(stage: &Stage) -> Result<Answer, hyper::Error> {
    stage.call("POST", "/api/distributor/v1/reservationGroups/create", &wish(json!({})).to_string()).await
}

async fn groups(stage: &Stage) -> usize {
    stage.ledger().await["groups"].as_array().unwrap().len()
}

#[tokio::test]
async fn a_lost_answer_books_and_a_reset_does_not() {
    let stage = Stage::new().await;
    for (kind, more, effects) in [
        ("answer_lost_after_effect", json!({}), 1),
        ("reset", json!({}), 0),
        ("reset", json!({"effect": true}), 1),
    ] {
        let before = groups(&stage).await;
        stage.fault("create", kind, more).await;
        assert!(create(&stage).await.is_err(), "{kind}");
        assert_eq!(groups(&stage).await - before, effects, "{kind}");
    }
    let call = stage.ledger().await["call_log"][0].clone();
    assert_eq!((&call["fault"], &call["status"]), (&json!("answer_lost_after_effect"), &Value::Null));
    assert_eq!(call["operation"], "create");
}

#[tokio::test]
async fn error_answers_come_before_or_after_the_effect() {
    let stage = Stage::new().await;
    for (kind, more, status, effects) in [
        ("error_before", json!({}), 503, 0),
        ("error_before", json!({"status": 403, "code": "The voucher is no longer valid."}), 403, 0),
        ("error_after", json!({"status": 500}), 500, 1),
        ("too_many_requests", json!({"retry_after": 7}), 429, 0),
        ("too_many_requests", json!({}), 429, 0),
        ("unauthorized", json!({}), 401, 0),
    ] {
        let before = groups(&stage).await;
        stage.fault("create", kind, more.clone()).await;
        let answer = create(&stage).await.unwrap();
        assert_eq!(answer.status, status, "{kind}");
        let message = text(&answer.json()["Message"]);
        assert!(more["code"].as_str().is_none_or(|code| code == message), "{message}");
        let wait = more["retry_after"].as_u64().map_or_else(String::new, |wait| wait.to_string());
        assert_eq!(answer.header("retry-after"), wait);
        assert_eq!(groups(&stage).await - before, effects, "{kind}");
    }
}

#[tokio::test]
async fn spoiled_bodies_keep_the_status_of_success_and_the_effect() {
    let stage = Stage::new().await;
    for kind in ["garbage", "html", "truncated"] {
        let before = groups(&stage).await;
        stage.fault("create", kind, json!({})).await;
        let answer = create(&stage).await.unwrap();
        assert_eq!(answer.status, 200, "{kind}");
        assert!(serde_json::from_str::<Value>(&answer.body).is_err(), "{kind}");
        assert_eq!(groups(&stage).await - before, 1, "{kind}");
    }
}

fn asked<'a>(url: &'a str) -> Call<'a> {
    let headers = vec![("content-type", "application/json".to_owned())];
    Call { method: "POST", url, headers, body: wish(json!({})).to_string() }
}

#[tokio::test]
async fn a_timeout_never_answers_although_the_group_exists() {
    let stage = Stage::new().await;
    stage.fault("create", "timeout", json!({})).await;
    let url = format!("{}/api/distributor/v1/reservationGroups/create", stage.base);
    let waiting = async {
        send_head(asked(&url)).await.expect_err("no answer comes");
    };
    let looking = async { while stage.ledger().await["calls"].get("create").is_none() {} };
    tokio::select! {
        () = waiting => panic!("answered"),
        () = looking => {}
    }
    assert_eq!(groups(&stage).await, 1);
}

#[tokio::test]
async fn a_slow_drip_sends_its_head_first_and_the_body_in_single_bytes() {
    let stage = Stage::new().await;
    stage.fault("create", "slow_drip", json!({"delay_ms": 0})).await;
    let url = format!("{}/api/distributor/v1/reservationGroups/create", stage.base);
    let answer = send_head(asked(&url)).await.unwrap();
    let body = answer.into_body().collect().await.unwrap().to_bytes();
    let whole: Value = serde_json::from_slice(&body).unwrap();
    assert!(whole["PaymentRequestId"].is_string());
}

#[tokio::test]
async fn answers_can_say_something_else_than_the_truth() {
    let stage = Stage::new().await;
    let booked = stage.booked().await;
    let group = text(&booked["Id"]);
    stage.order(&text(&booked["PaymentRequestId"]), "pay", json!({})).await;
    let extent = json!({"PaymentRequests": true, "Payments": true});
    stage.fault("get", "mismatch_amount", json!({})).await;
    let seen = stage.get_raw(&group, extent.clone()).await;
    assert!(seen.body.contains(r#""GrossValue":930.70"#), "{}", seen.body);
    stage.fault("get", "mismatch_reference", json!({})).await;
    assert!(text(&stage.get(&group).await["Reservations"][0]["Notes"]).ends_with("B-1-other"));
    stage.fault("get", "unknown_status", json!({})).await;
    assert_eq!(stage.get(&group).await["PaymentRequests"][0]["State"], "UnderReview");
    stage.fault("get", "extra_fields", json!({})).await;
    let more = stage.get(&group).await;
    assert!(
        more["AddedWithoutNotice"].is_object()
            && more["Payments"][0]["Amount"]["AddedWithoutNotice"].is_object()
    );
    let truth = stage.get_raw(&group, extent).await;
    assert!(truth.body.contains(r#""GrossValue":929.70"#) && !truth.body.contains("AddedWithoutNotice"));
}

#[tokio::test]
async fn connector_calls_go_wrong_too() {
    let stage = Stage::new().await;
    stage.requested().await;
    let list = json!({"Limitation": {"Count": 1}});
    stage.fault("payment_requests", "too_many_requests", json!({})).await;
    let refused = stage.connector("paymentRequests/getAll", list.clone()).await;
    assert_eq!((refused.status, refused.header("retry-after")), (429, ""), "the header may be missing");
    stage.fault("payment_requests", "error_before", json!({"status": 408, "skip": 1})).await;
    assert_eq!(stage.connector("paymentRequests/getAll", list.clone()).await.status, 200);
    let late = stage.connector("paymentRequests/getAll", list).await;
    assert_eq!((late.status, late.json()["RequestId"].is_string()), (408, true));
}
