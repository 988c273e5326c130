//! Idempotency keys: refused the second time, and the first answer is not given again.

use serde_json::json;

use crate::stage::{Stage, at_once, refuses, wish};

#[tokio::test]
async fn a_repeated_key_is_refused_and_the_first_session_is_not_told() {
    let stage = Stage::new().await;
    let body = at_once("card_works").to_string();
    let first = stage.try_api("v2/session/init/payment", &body, Some("K1")).await.unwrap();
    assert_eq!(first.status, 200, "{}", first.body);
    for path in ["v2/session/init/payment", "v1/session/create"] {
        let again = stage.try_api(path, &body, Some("K1")).await.unwrap();
        refuses(&again, (400, "idempotency_key_already_exists"), &path);
        assert!(!again.body.contains("ps_"), "{}", again.body);
    }
    let ledger = stage.ledger().await;
    assert_eq!(ledger["payments"].as_array().unwrap().len(), 1);
    assert_eq!(ledger["payments"][0]["idempotency_key"], "K1");
    let used = json!([{"key": "K1", "operation": "init_payment", "calls": 3}]);
    assert_eq!(ledger["idempotency_keys"], used);
}

#[tokio::test]
async fn a_call_whose_answer_was_lost_used_its_key_and_one_without_effect_did_not() {
    let stage = Stage::new().await;
    let body = wish(json!({})).to_string();
    stage.fault("create", "answer_lost_after_effect", json!({})).await;
    assert!(stage.try_api("v2/session/create", &body, Some("lost")).await.is_err());
    let again = stage.try_api("v2/session/create", &body, Some("lost")).await.unwrap();
    refuses(&again, (400, "idempotency_key_already_exists"), &"lost");
    stage.fault("create", "error_before", json!({})).await;
    assert_eq!(stage.try_api("v2/session/create", &body, Some("fresh")).await.unwrap().status, 503);
    assert_eq!(stage.try_api("v2/session/create", &body, Some("fresh")).await.unwrap().status, 200);
}

#[tokio::test]
async fn a_call_under_a_wrong_signature_does_not_use_up_its_key() {
    let stage = Stage::new().await;
    let headers = vec![
        ("x-partner-project", crate::stage::PROJECT.to_owned()),
        ("x-partner-sign", "AAAA".to_owned()),
        ("x-partner-idempotency-key", "K".to_owned()),
    ];
    let refused = stage.call_with(headers, "v2/session/create", "{}").await.unwrap();
    refuses(&refused, (400, "authentication_error"), &"signature");
    assert_eq!(stage.try_api("v2/session/create", "{}", Some("K")).await.unwrap().status, 200);
}
