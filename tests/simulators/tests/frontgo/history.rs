//! The history of events, through which a lost create is found.

use serde_json::{Value, json};

use crate::operations::capture_of;
use crate::stage::{DAY, HOUR, START, Stage, uuid};
use crate::wish::wish;

async fn titles(stage: &Stage, window: &str) -> Vec<String> {
    let answer = stage.api("GET", &format!("history{window}"), Value::Null).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    let events = answer.json()["data"].as_array().unwrap().clone();
    events.iter().map(|event| event["title"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn events_tell_everything_but_the_reference() {
    let stage = Stage::new().await;
    let by_email = [("/sendOrderBy", json!({"sms": false, "email": true}))];
    let id = uuid(&stage.create_with(&by_email).await);
    let answer = stage.api("GET", "history", Value::Null).await;
    assert_eq!(
        answer.json()["data"],
        json!([{"uuid": id, "title": "reservation-sent", "datetime": "20.11.2026 11:00", "sentTo": "kari@example.no",
            "actionBy": "Simulated merchant", "note": null, "paymentMethod": null, "isRefundable": false,
            "amount": "1000"}])
    );
    assert!(!answer.body.contains("RES-1"));
}

#[tokio::test]
async fn times_are_those_of_oslo_in_summer_too() {
    let stage = Stage::new().await;
    stage.pass(200 * DAY);
    stage.create_with(&[("/dueDateForPaymentLink", json!("9999999999"))]).await;
    let data = stage.api("GET", "history", Value::Null).await.json()["data"].clone();
    assert_eq!(data[0]["datetime"], "08.06.2027 12:00");
}

#[tokio::test]
async fn every_step_is_an_event_in_order() {
    let stage = Stage::new().await;
    let uuid = stage.paid(&[]).await;
    let capture = stage.accepted(&format!("capture/{uuid}"), capture_of(json!(55.5))).await;
    let refund = json!({"type": "reservation", "grandTotal": 5.5, "products": [{"id": 298, "amount": 5.5}],
        "source": "captured", "reference": capture["uuid"]});
    stage.accepted(&format!("refund/{uuid}"), refund).await;
    stage.accepted(&format!("complete/{uuid}"), json!({"note": "done"})).await;
    let expected = [
        "reservation-sent",
        "payment-reserved",
        "payment-captured",
        "refund-sent-from-captured",
        "reservation-completed",
    ];
    assert_eq!(titles(&stage, "").await, expected);
    let events = stage.api("GET", "history/", Value::Null).await.json()["data"].clone();
    let amounts: Vec<&str> = (0..5).map(|number| events[number]["amount"].as_str().unwrap()).collect();
    assert_eq!(amounts, ["1000", "1000", "55.5", "5.5", "0"]);
    assert_eq!((&events[2]["isRefundable"], &events[4]["note"]), (&json!(true), &json!("done")));
}

#[tokio::test]
async fn the_window_has_both_its_ends_and_the_default_is_a_day() {
    let stage = Stage::new().await;
    stage.create().await;
    let window = |from: i64, to: i64| format!("/{}/{}", START + from, START + to);
    assert_eq!(titles(&stage, &window(0, 0)).await.len(), 1);
    assert_eq!(titles(&stage, &window(-900, 0)).await.len(), 1);
    assert_eq!(titles(&stage, &window(1, 900)).await.len(), 0);
    assert_eq!(titles(&stage, &window(-900, -1)).await.len(), 0);
    stage.pass(DAY);
    assert_eq!(titles(&stage, "").await.len(), 1);
    stage.pass(1000);
    assert_eq!(titles(&stage, "").await.len(), 0);
    assert_eq!(stage.api("GET", "history/now/then", Value::Null).await.status, 417);
}

#[tokio::test]
async fn a_create_whose_answer_was_lost_is_found_by_its_details() {
    let stage = Stage::new().await;
    stage.create().await;
    stage.fault("create", "answer_lost_after_effect", json!({})).await;
    let lost = wish(&[("/referenceNo", json!("RES-2"))]).to_string();
    assert!(stage.raw("POST", "create", lost).await.is_err());
    let events = stage.api("GET", "history", Value::Null).await.json()["data"].clone();
    let mut found = Vec::new();
    for event in events.as_array().unwrap() {
        let details = stage.details(event["uuid"].as_str().unwrap()).await;
        found.push(details["referenceNumber"].as_str().unwrap().to_owned());
    }
    assert_eq!(found, ["RES-1", "RES-2"]);
}

#[tokio::test]
async fn a_bare_create_may_be_no_event_and_events_may_lag() {
    let stage = Stage::with(|config| config.creates_in_history = false).await;
    let uuid = stage.create().await;
    assert!(titles(&stage, "").await.is_empty());
    stage.control("PUT", "/_config/account", json!({"history_lag_ms": HOUR})).await;
    stage.order(&uuid, "pay", json!({})).await;
    assert!(titles(&stage, "").await.is_empty());
    stage.pass(HOUR);
    assert_eq!(titles(&stage, "").await, ["payment-reserved"]);
}
