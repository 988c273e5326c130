//! Service tokens, scoped tokens, scopes.

use serde_json::{Value, json};

use crate::http::Answer;
use crate::stage::{DAY, MINUTE, Stage, credentials, id, wish};

#[tokio::test]
async fn a_service_token_has_its_scope_and_no_word_about_its_life() {
    let stage = Stage::new().await;
    let answer = stage.post_unsigned("/2.0/auth/token", &credentials(json!({}))).await.json();
    let names: Vec<&String> = answer.as_object().unwrap().keys().collect();
    assert_eq!(names, ["scope", "token"]);
    assert_eq!(answer["scope"], "payments:admin");
    assert_eq!(stage.ledger().await["service_tokens"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn a_service_token_dies_after_thirty_minutes() {
    let stage = Stage::new().await;
    let id = id(&stage.create().await);
    stage.pass(30 * MINUTE - 1);
    assert_eq!(stage.state(&id).await, "created");
    stage.pass(1);
    let path = format!("/2.0/payments/{id}");
    stage.api("GET", &path, Value::Null).await.refuses((401, "wrongToken"), &"");
    let more = stage.api("POST", "/2.0/payments", wish(json!({}))).await;
    more.refuses((401, "wrongToken"), &"");
    stage.sign_in().await;
    assert_eq!(stage.state(&id).await, "created");
    assert_eq!(stage.payments().await, 1);
}

#[tokio::test]
async fn service_tokens_can_be_forgotten_and_payers_keep_theirs() {
    let stage = Stage::new().await;
    let id = id(&stage.create().await);
    let path = format!("/2.0/payments/{id}/scopedtoken");
    let scoped = stage.api("POST", &path, json!({"scope": ["payments:validate"]})).await.json();
    stage.control("DELETE", "/_tokens", Value::Null).await;
    let path = format!("/2.0/payments/{id}");
    stage.api("GET", &path, Value::Null).await.refuses((401, "wrongToken"), &"");
    let own = call(&stage, scoped["token"].as_str().unwrap(), ("GET", &path), json!({})).await;
    assert_eq!(own.status, 200);
    stage.sign_in().await;
    assert_eq!(stage.state(&id).await, "created");
}

#[tokio::test]
async fn wrong_credentials_get_no_token() {
    let stage = Stage::new().await;
    for (more, refusal) in [
        (json!({"client_secret": "no"}), (401, "unauthorized")),
        (json!({"client_id": "no"}), (401, "unauthorized")),
        (json!({"grant_type": "password"}), (400, "invalidValue")),
        (json!({"scope": "payments:everything"}), (400, "invalidValue")),
        (json!({"scope": null}), (400, "missingParameter")),
        (json!({"client_id": null}), (400, "missingParameter")),
        (json!({"client_secret": ""}), (400, "missingParameter")),
    ] {
        let answer = stage.post_unsigned("/2.0/auth/token", &credentials(more.clone())).await;
        answer.refuses(refusal, &more);
    }
}

#[tokio::test]
async fn calls_without_a_good_token_are_401_with_the_whole_error_body() {
    let stage = Stage::new().await;
    let answer = stage.call_as("unknown", ("GET", "/2.0/payments"), "").await.unwrap();
    answer.refuses((401, "wrongToken"), &"");
    let body = answer.json();
    let names: Vec<&String> = body.as_object().unwrap().keys().collect();
    assert_eq!(names, ["code", "description", "message", "request_id"]);
    assert!(body["request_id"].as_str().is_some_and(|id| id.len() == 36));
    let answer = stage.post_unsigned("/2.0/payments", &wish(json!({}))).await;
    answer.refuses((401, "wrongToken"), &"");
}

async fn token_of(stage: &Stage, scope: &str) -> String {
    let given = credentials(json!({"scope": scope}));
    let answer = stage.post_unsigned("/2.0/auth/token", &given).await;
    answer.json()["token"].as_str().unwrap().to_owned()
}

async fn call(stage: &Stage, token: &str, line: (&str, &str), body: Value) -> Answer {
    stage.call_as(token, line, &body.to_string()).await.unwrap()
}

#[tokio::test]
async fn a_scope_opens_only_its_own() {
    let stage = Stage::new().await;
    let id = id(&stage.create().await);
    let own = format!("/2.0/payments/{id}");
    let reader = token_of(&stage, "payments:read-only").await;
    assert_eq!(call(&stage, &reader, ("GET", &own), json!({})).await.status, 200);
    assert_eq!(call(&stage, &reader, ("GET", "/2.0/payments"), json!({})).await.status, 200);
    for (line, body) in [
        (("POST", "/2.0/payments"), wish(json!({}))),
        (("POST", own.as_str()), json!({"cancel": true})),
        (("POST", own.as_str()), json!({"confirm": true})),
        (("POST", &format!("{own}/scopedtoken")), json!({"scope": ["payments:validate"]})),
    ] {
        let answer = call(&stage, &reader, line, body).await;
        answer.refuses((403, "unauthorized"), &line.1);
    }
    let canceller = token_of(&stage, "payments:cancel payments:read-only").await;
    let answer = call(&stage, &canceller, ("POST", &own), json!({"cancel": true})).await;
    assert_eq!(answer.json()["state"], "rejected");
}

#[tokio::test]
async fn a_scoped_token_lives_seven_days_and_reaches_one_payment() {
    let stage = Stage::new().await;
    let (first, second) = (id(&stage.create().await), id(&stage.create().await));
    let path = format!("/2.0/payments/{first}/scopedtoken");
    let answer = stage.api("POST", &path, json!({"scope": ["payments:validate"]})).await.json();
    assert_eq!(answer["scope"], "payments:validate");
    assert_eq!(answer["expires_in"], 604_800);
    assert_eq!(answer["id_payment"].to_string(), first);
    let token = answer["token"].as_str().unwrap();
    for (path, status) in [
        (format!("/2.0/payments/{first}"), 200),
        (format!("/2.0/payments/{second}"), 404),
        ("/2.0/payments".to_owned(), 403),
    ] {
        let answer = call(&stage, token, ("GET", &path), json!({})).await;
        assert_eq!(answer.status, status, "{path}");
    }
    assert_eq!(stage.ledger().await["payable_now"], 1, "the other has no token");
    stage.pass(7 * DAY);
    let answer = call(&stage, token, ("GET", &format!("/2.0/payments/{first}")), json!({})).await;
    answer.refuses((401, "wrongToken"), &"");
    assert_eq!(stage.ledger().await["payable_now"], 0);
}

#[tokio::test]
async fn a_scoped_token_needs_a_list_of_a_payers_scopes_and_a_payment() {
    let stage = Stage::new().await;
    let path = format!("/2.0/payments/{}/scopedtoken", id(&stage.create().await));
    for (body, code) in [
        (json!({}), "missingParameter"),
        (json!({"scope": "payments:validate"}), "invalidValue"),
        (json!({"scope": []}), "invalidValue"),
        (json!({"scope": ["payments:admin"]}), "invalidValue"),
        (json!({"scope": ["nonsense"]}), "invalidValue"),
    ] {
        let answer = stage.api("POST", &path, body.clone()).await;
        answer.refuses((400, code), &body);
    }
    let body = json!({"scope": ["payments:validate"]});
    let answer = stage.api("POST", "/2.0/payments/7/scopedtoken", body).await;
    answer.refuses((404, "notFound"), &"");
}
