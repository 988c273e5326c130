//! What a create request may say.

use serde_json::{Value, json};

use crate::rules::broken;
use crate::stage::{Stage, wish};

#[tokio::test]
async fn each_broken_rule_is_named_and_nothing_is_stored() {
    let stage = Stage::new().await;
    for rule in broken() {
        let answer = stage.api("POST", "/v1/payments", wish(rule.change.clone())).await;
        answer.refuses((rule.status, rule.code), &rule.change);
        assert_eq!(answer.json()["field"], rule.field, "{}", rule.change);
    }
    assert_eq!(stage.ledger().await["payments"], json!([]));
}

#[tokio::test]
async fn modes_that_are_not_enabled_are_refused() {
    let stage = Stage::new().await;
    for (change, code) in [
        (json!({"moto": true}), "P0196"),
        (json!({"authorisation_mode": "moto_api", "return_url": null}), "P0195"),
        (json!({"authorisation_mode": "agreement", "return_url": null, "agreement_id": "no"}), "P0103"),
    ] {
        let answer = stage.api("POST", "/v1/payments", wish(change)).await;
        answer.refuses((422, code), &"");
    }
}

#[tokio::test]
async fn limits_themselves_are_allowed() {
    let stage = Stage::new().await;
    let keys: Value = (0..15)
        .map(|n| (format!("{n:0>30}"), json!("é".repeat(100))))
        .collect::<serde_json::Map<_, _>>()
        .into();
    for change in [
        json!({"amount": 1}),
        json!({"amount": 10_000_000}),
        json!({"reference": "é".repeat(255), "description": "é".repeat(255)}),
        json!({"return_url": "http://127.0.0.1:9/return"}),
        json!({"metadata": keys}),
        json!({"an_unknown_field": 1}),
    ] {
        let answer = stage.api("POST", "/v1/payments", wish(change)).await;
        assert_eq!(answer.status, 201, "{}", answer.body);
    }
}

#[tokio::test]
async fn amounts_follow_the_account() {
    let stage = Stage::new().await;
    for (account, amount, status) in [
        (json!({"provider": "stripe"}), 29, 422),
        (json!({"provider": "stripe"}), 30, 201),
        (json!({"provider": "worldpay"}), 500_001, 422),
        (json!({"provider": "worldpay"}), 500_000, 201),
        (json!({"provider": "sandbox", "zero_amount": true}), 0, 201),
    ] {
        stage.control("PUT", "/_config/account", account.clone()).await;
        let answer = stage.api("POST", "/v1/payments", wish(json!({"amount": amount}))).await;
        assert_eq!(answer.status, status, "{account} {amount}");
    }
}

#[tokio::test]
async fn a_live_account_refuses_a_plain_http_return_url() {
    let stage = Stage::with(|config| config.accounts[0].live = true).await;
    let answer = stage.api("POST", "/v1/payments", wish(json!({"return_url": "http://b.example/"}))).await;
    answer.refuses((422, "P0920"), &"");
}

#[tokio::test]
async fn the_firewall_blocks_what_it_does_not_like() {
    let stage = Stage::new().await;
    let good = wish(json!({})).to_string();
    for (kind, accept, body) in [
        ("text/plain", "*/*", good.as_str()),
        ("application/json", "text/html", good.as_str()),
        ("application/json", "application/json", ""),
    ] {
        let headers = [("content-type", kind), ("accept", accept)];
        stage.post_raw(&headers, body).await.refuses((400, "P0920"), &kind);
    }
    for sign in ["<", ">", "\"", "\\", "|"] {
        let answer =
            stage.api("POST", "/v1/payments", wish(json!({"description": format!("a{sign}b")}))).await;
        answer.refuses((400, "P0920"), &sign);
    }
}

#[tokio::test]
async fn a_body_that_is_no_json_object_is_p0197() {
    let stage = Stage::new().await;
    for body in ["[1]", "{\"amount\": 1,}", "nonsense"] {
        let answer = stage.post_raw(&[("content-type", "application/json")], body).await;
        answer.refuses((400, "P0197"), &body);
    }
}
