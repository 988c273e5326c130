//! Refunds and their compare-and-swap.

use serde_json::{Value, json};

use crate::http::Answer;
use crate::stage::{Stage, id};

async fn refund(stage: &Stage, id: &str, body: Value) -> Answer {
    stage.api("POST", &format!("/v1/payments/{id}/refunds"), body).await
}

#[tokio::test]
async fn part_refunds_succeed_until_nothing_is_left() {
    let stage = Stage::new().await;
    let id = stage.paid(json!({})).await;
    assert_eq!(stage.get(&id).await["refund_summary"]["status"], "available");

    let first = refund(&stage, &id, json!({"amount": 2000, "refund_amount_available": 14500})).await;
    assert_eq!(first.status, 202);
    let made = first.json();
    assert_eq!((&made["amount"], &made["status"]), (&json!(2000), &json!("success")));
    let own = stage
        .api(
            "GET",
            &format!("/v1/payments/{id}/refunds/{}", made["refund_id"].as_str().unwrap()),
            Value::Null,
        )
        .await;
    assert_eq!(own.json(), made);
    let summary = json!({"status": "available", "amount_available": 12500, "amount_submitted": 2000});
    assert_eq!(stage.get(&id).await["refund_summary"], summary);

    assert_eq!(
        refund(&stage, &id, json!({"amount": 12500, "refund_amount_available": 12500})).await.status,
        202
    );
    assert_eq!(stage.get(&id).await["refund_summary"]["status"], "full");
    let list = stage.api("GET", &format!("/v1/payments/{id}/refunds"), Value::Null).await.json();
    assert_eq!(list["_embedded"]["refunds"].as_array().unwrap().len(), 2);
    assert_eq!(stage.only_payment().await["refunded"], 14500);
}

#[tokio::test]
async fn an_old_view_of_what_is_available_is_412_and_moves_no_money() {
    let stage = Stage::new().await;
    let id = stage.paid(json!({})).await;
    let body = json!({"amount": 2000, "refund_amount_available": 14500});
    assert_eq!(refund(&stage, &id, body.clone()).await.status, 202);
    let again = refund(&stage, &id, body).await;
    again.refuses((412, "P0604"), &"");
    assert_eq!(stage.only_payment().await["refunded"], 2000);
}

#[tokio::test]
async fn what_cannot_be_refunded_says_why() {
    let stage = Stage::new().await;
    let open = id(&stage.create().await);
    let cancelled = id(&stage.create().await);
    stage.api("POST", &format!("/v1/payments/{cancelled}/cancel"), Value::Null).await;
    let paid = stage.paid(json!({})).await;
    let disputed = stage.paid(json!({})).await;
    stage.order(&disputed, "dispute", json!({})).await;
    let full = stage.paid(json!({})).await;
    refund(&stage, &full, json!({"amount": 14500})).await;
    for (id, amount, why) in [
        (open, 1, "pending"),
        (cancelled, 1, "unavailable"),
        (disputed, 1, "unavailable"),
        (full, 1, "full"),
        (paid, 14501, "amount_not_available"),
    ] {
        let answer = refund(&stage, &id, json!({"amount": amount})).await;
        answer.refuses((400, "P0603"), &why);
        assert!(answer.json()["description"].as_str().unwrap().ends_with(why), "{}", answer.body);
    }
}

#[tokio::test]
async fn wrong_refund_requests_are_named() {
    let stage = Stage::new().await;
    let id = stage.paid(json!({})).await;
    for (body, status, code) in [
        (json!({}), 400, "P0601"),
        (json!({"amount": "5"}), 400, "P0602"),
        (json!({"amount": 0}), 422, "P0602"),
        (json!({"amount": 10_000_001}), 422, "P0602"),
        (json!({"amount": 5, "refund_amount_available": "x"}), 400, "P0602"),
        (json!([]), 400, "P0697"),
    ] {
        let answer = refund(&stage, &id, body.clone()).await;
        answer.refuses((status, code), &body);
    }
}

#[tokio::test]
async fn elsewhere_than_in_the_sandbox_a_refund_ends_later_and_may_fail() {
    let stage = Stage::with(|config| config.accounts[0].provider = "stripe".to_owned()).await;
    let id = stage.paid(json!({})).await;
    let made = refund(&stage, &id, json!({"amount": 500})).await.json();
    assert_eq!(made["status"], "submitted");
    assert_eq!(stage.get(&id).await["refund_summary"]["amount_available"], 14000);
    stage.order(&id, "refund_fail", json!({})).await;
    assert_eq!(stage.get(&id).await["refund_summary"]["amount_available"], 14500);
    assert_eq!(stage.only_payment().await["refunded"], 0);

    refund(&stage, &id, json!({"amount": 500})).await;
    stage.order(&id, "refund_succeed", json!({})).await;
    assert_eq!(stage.only_payment().await["refunded"], 500);
}
