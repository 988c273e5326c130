//! Calls that a network or the bank spoils.

use http_body_util::BodyExt;
use serde_json::{Value, json};

use crate::http::{Answer, Call, send_head};
use crate::stage::{GOOD_CARD, PROJECT, Stage, at_once, refuses, signed, wish};

async fn create(stage: &Stage) -> Result<Answer, hyper::Error> {
    stage.try_api("v2/session/create", &wish(json!({})).to_string(), None).await
}

async fn sessions(stage: &Stage) -> usize {
    stage.ledger().await["payments"].as_array().unwrap().len()
}

#[tokio::test]
async fn a_connection_can_close_with_or_without_the_effect() {
    let stage = Stage::new().await;
    for (kind, more, effects) in [
        ("answer_lost_after_effect", json!({}), 1),
        ("reset", json!({}), 0),
        ("reset", json!({"effect": true}), 1),
    ] {
        let before = sessions(&stage).await;
        stage.fault("create", kind, more).await;
        assert!(create(&stage).await.is_err(), "{kind}");
        assert_eq!(sessions(&stage).await - before, effects, "{kind}");
    }
    let call = stage.ledger().await["call_log"][0].clone();
    assert_eq!((&call["fault"], &call["status"]), (&json!("answer_lost_after_effect"), &Value::Null));
}

#[tokio::test]
async fn error_answers_come_before_or_after_the_effect() {
    let stage = Stage::new().await;
    for (kind, more, refusal, effects) in [
        ("error_before", json!({}), (503, "internal_error"), 0),
        ("error_after", json!({"status": 500, "code": "provider_timeout"}), (500, "provider_timeout"), 1),
        ("too_many_requests", json!({"retry_after": 7}), (429, "too_many_requests"), 0),
        ("unauthorized", json!({}), (401, "authentication_error"), 0),
    ] {
        let before = sessions(&stage).await;
        stage.fault("create", kind, more).await;
        let answer = create(&stage).await.unwrap();
        refuses(&answer, refusal, &kind);
        assert_eq!(answer.header("retry-after"), if kind == "too_many_requests" { "7" } else { "" });
        assert_eq!(sessions(&stage).await - before, effects, "{kind}");
    }
}

#[tokio::test]
async fn spoiled_bodies_keep_the_status_of_success_and_the_effect() {
    let stage = Stage::new().await;
    for kind in ["garbage", "html", "truncated"] {
        let before = sessions(&stage).await;
        stage.fault("create", kind, json!({})).await;
        let answer = create(&stage).await.unwrap();
        assert_eq!(answer.status, 200, "{kind}");
        assert!(serde_json::from_str::<Value>(&answer.body).is_err(), "{kind}");
        assert_eq!(sessions(&stage).await - before, 1, "{kind}");
    }
}

#[tokio::test]
async fn a_confirmation_can_be_lost_on_its_way_back() {
    let stage = Stage::new().await;
    let id = stage.carded(GOOD_CARD).await;
    stage.fault("confirm", "answer_lost_after_effect", json!({})).await;
    let body = json!({"session_id": id}).to_string();
    assert!(stage.try_api("v2/session/confirm", &body, None).await.is_err());
    assert_eq!(stage.words(&id).await.0, "accepted", "the status settles it");
    assert_eq!(stage.ledger().await["confirms"], 1);
}

#[tokio::test]
async fn a_timeout_never_answers_although_the_session_exists() {
    let stage = Stage::new().await;
    stage.fault("create", "timeout", json!({})).await;
    let url = format!("{}/api/v2/session/create", stage.base);
    let headers = vec![("x-partner-project", PROJECT.to_owned()), ("x-partner-sign", signed("{}"))];
    let asked = Call { method: "POST", url: &url, headers, body: "{}".to_owned() };
    let looking = async { while stage.ledger().await["calls"].get("create").is_none() {} };
    tokio::select! {
        answer = send_head(asked) => panic!("answered: {answer:?}"),
        () = looking => {}
    }
    assert_eq!(sessions(&stage).await, 1);
}

#[tokio::test]
async fn a_slow_drip_sends_the_whole_answer_a_byte_at_a_time() {
    let stage = Stage::new().await;
    stage.fault("create", "slow_drip", json!({"delay_ms": 0})).await;
    let url = format!("{}/api/v2/session/create", stage.base);
    let headers = vec![("x-partner-project", PROJECT.to_owned()), ("x-partner-sign", signed("{}"))];
    let call = Call { method: "POST", url: &url, headers, body: "{}".to_owned() };
    let mut answer = send_head(call).await.unwrap();
    let (mut frames, mut whole) = (0, Vec::new());
    while let Some(frame) = answer.frame().await {
        frames += 1;
        whole.extend_from_slice(&frame.unwrap().into_data().unwrap());
    }
    assert_eq!(serde_json::from_slice::<Value>(&whole).unwrap()["session"]["status"], "created");
    assert!(frames > 1, "{frames}");
}

#[tokio::test]
async fn answers_can_lie_about_amount_reference_and_status_once() {
    let stage = Stage::new().await;
    let id = stage.carded(GOOD_CARD).await;
    for (kind, lie) in [
        ("mismatch_amount", "\"amount\":10001"),
        ("mismatch_reference", "\"reference\":\"BOOKING-1-other\""),
        ("mismatch_reference", "\"metadata\":\"order 1-other\""),
        ("unknown_status", "\"status\":\"under_review\""),
        ("extra_fields", "\"added_without_notice\":{\"since\":[2027,null,{\"a\":true}]}"),
    ] {
        stage.fault("status", kind, json!({})).await;
        for version in ["v2", "v1"] {
            let path = format!("{version}/session/status");
            let answer = stage.api(&path, json!({"session_id": id})).await;
            assert_eq!(answer.body.contains(lie), version == "v2", "{kind} {version}: {}", answer.body);
        }
    }
}

#[tokio::test]
async fn every_operation_can_fail_by_its_own_name_and_is_counted() {
    let stage = Stage::new().await;
    let id = stage.create().await;
    let session = json!({"session_id": id});
    for (operation, path, body) in [
        ("create", "v2/session/create", json!({})),
        ("token", "v1/token", json!({"acquiring_widget": session})),
        ("init_payment", "v2/session/init/payment", at_once("card_works")),
        ("init_payment_sync", "v2/session/init/payment/sync", at_once("card_works")),
        ("start_payment", "v2/session/start/payment", session.clone()),
        ("confirm", "v2/session/confirm", session.clone()),
        ("cancel", "v2/session/cancel", session.clone()),
        ("capture", "v2/session/capture", session.clone()),
        ("refund", "v2/session/refund", session.clone()),
        ("status", "v2/session/status", session.clone()),
    ] {
        let before = stage.ledger().await["calls"][operation].as_u64().unwrap_or(0);
        stage.fault(operation, "error_before", json!({"status": 502, "times": 2, "skip": 0})).await;
        for _ in 0..2 {
            assert_eq!(stage.api(path, body.clone()).await.status, 502, "{operation}");
        }
        assert_eq!(stage.ledger().await["calls"][operation], before + 2, "{operation}");
    }
    assert_eq!(sessions(&stage).await, 1, "nothing had an effect");
}
