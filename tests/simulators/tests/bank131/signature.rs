//! Who may call.

use data_encoding::BASE64;
use serde_json::{Value, json};

use crate::stage::{PROJECT, Stage, refuses, signed, wish};

#[tokio::test]
async fn a_call_counts_only_with_the_signature_of_exactly_its_bytes() {
    let stage = Stage::new().await;
    let body = wish(json!({})).to_string();
    let spaced = body.replace(':', ": ");
    let mut bent = BASE64.decode(signed(&body).as_bytes()).unwrap();
    bent[0] ^= 1;
    for (case, sent, signature) in [
        ("other bytes of the same JSON", &spaced, signed(&body)),
        ("one bit", &body, BASE64.encode(&bent)),
        ("empty", &body, String::new()),
        ("hex as in the old examples", &body, "a4f1698616d6ad7b8b73a9d72d281eeb".to_owned()),
    ] {
        let headers = vec![("x-partner-project", PROJECT.to_owned()), ("x-partner-sign", signature)];
        let answer = stage.call_with(headers, "v2/session/create", sent).await.unwrap();
        refuses(&answer, (400, "authentication_error"), &case);
    }
    assert_eq!(stage.ledger().await["payments"], json!([]));
    let answer = stage.try_api("v2/session/create", &spaced, None).await.unwrap();
    assert_eq!(answer.status, 200, "the same bytes are signed and sent: {}", answer.body);
}

#[tokio::test]
async fn the_project_must_be_known_and_the_signature_there() {
    let stage = Stage::new().await;
    let unsigned = vec![("x-partner-project", PROJECT.to_owned())];
    let answer = stage.call_with(unsigned, "v1/session/create", "{}").await.unwrap();
    refuses(&answer, (400, "authentication_error"), &"no signature");
    for project in ["other", ""] {
        let headers = vec![("x-partner-project", project.to_owned()), ("x-partner-sign", signed("{}"))];
        let answer = stage.call_with(headers, "v1/session/create", "{}").await.unwrap();
        refuses(&answer, (400, "identification_error"), &project);
    }
}

#[tokio::test]
async fn the_banks_public_key_is_told_and_its_private_one_is_not() {
    let stage = Stage::new().await;
    let told = stage.control("GET", "/_config/keys", Value::Null).await.json();
    assert_eq!(told["bank_public_key"], include_str!("../../keys/test-only-bank-public.pem"));
    let settings = stage.control("PUT", "/_config/project", json!({"hold": true})).await;
    assert!(!settings.body.contains("PRIVATE"), "{}", settings.body);
    let config = bellhop_simulators::bank131::Project::default();
    assert_eq!(told["bank_public_key"], config.bank_public_key().unwrap());
}

#[tokio::test]
async fn another_key_of_the_partner_takes_the_place_of_the_first() {
    let stage = Stage::new().await;
    let other = include_str!("../../keys/test-only-bank-public.pem");
    stage.control("PUT", "/_config/project", json!({"partner_public_key": other})).await;
    refuses(&stage.api("v2/session/create", json!({})).await, (400, "authentication_error"), &"the old key");
    let wrong = stage.plain("PUT", "/_config/project", json!({"partner_public_key": "x"})).await;
    assert_eq!(wrong.status, 400);
    assert!(wrong.body.contains("partner_public_key"), "{}", wrong.body);
}

#[tokio::test]
async fn a_key_that_is_none_stops_the_start_and_is_not_told() {
    let mut config = bellhop_simulators::bank131::Config::default();
    config.project.bank_private_key =
        "-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----".to_owned();
    let error = bellhop_simulators::bank131::Simulator::start(config).await.err().unwrap().to_string();
    assert!(error.contains("bank_private_key") && !error.contains("c2VjcmV0"), "{error}");
}
